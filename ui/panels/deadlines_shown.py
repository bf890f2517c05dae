"""How time limits are shown: the day first and in the colour of its urgency, then what is missing, then the rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework import deadlines, dossier_claims, grievances
from mrc_app.casework.deadline_rules import Standing, hearings_after, is_stale
from mrc_app.casework.deadline_words import Event, State, written
from mrc_app.casework.deadlines import Deadline
from mrc_app.errors import Problem
from mrc_app.i18n import _, isolate, ltr, ngettext, screen_language
from ui.look import px
from ui.panels.groups import heading_row
from ui.widgets.text import Banner, Elided, card, chip, label
from ui.words import word

TONES = {State.UNKNOWN: "amber", State.RUNNING: "blue", State.LAST_DAY: "red", State.PASSED: "red",
         State.DONE: "green", State.DROPPED: "plain"}  # fmt: skip


class Limit(NamedTuple):
    """A time limit as it is shown: how it stands, its sentences, and what this screen has seen of the record."""

    deadline: Deadline
    standing: Standing
    told: Sequence[Problem]
    late: Sequence[Problem]
    known: Any = None
    stale: bool = False
    who: str = ""


def say(said: Problem) -> str:
    """A sentence in the screen's language, with its days in the reader's calendar."""
    return written(said, screen_language().code)


def tone(found: Standing) -> str:
    """The colour of a time limit: red when a week or less is left."""
    return "red" if found.urgent and found.state is State.RUNNING else TONES[found.state]


def limits(session: Any, client: str, today: date) -> list[Limit]:
    """A client's time limits and those of her cases, ready to be shown."""
    cases = tuple(case.uuid for case in grievances.of_client(session, client))
    return ready(session, deadlines.of_client(session, client, cases), cases, today)


def ready(session: Any, found: Sequence[Deadline], cases: tuple[str, ...], today: date) -> list[Limit]:
    """Time limits with their sentences and the hearings that come too late for them."""
    from mrc_app.store import seen
    from mrc_app.store.officers import officers

    coming = dossier_claims.hearings(session, cases, today)
    every = tuple(sorted(day for days in coming.values() for day in days))
    names = {one.uuid: isolate(one.name) for one in officers(session)}
    shown = []
    for one in found:
        stands = deadlines.standing(one, today)
        late = hearings_after(stands.due, coming.get(one.grievance, ()) if one.grievance else every)
        told = deadlines.sentences(one, today, (), names)
        stale = is_stale(one.checked_on, one.read_on, today)
        shown.append(Limit(one, stands, told, late if deadlines.is_open(one) else (), seen(session, one), stale))
    return sorted(shown, key=_order)


def _order(limit: Limit) -> int:
    """The urgent ones first, then those whose day must be found out, then by day; what is closed last."""
    if not deadlines.is_open(limit.deadline):
        return 3
    return 0 if limit.standing.urgent else 1 if limit.standing.asks else 2


def warnings(session: Any, client: str, today: date) -> list[tuple[str, str]]:
    """What stands above a client's tabs: each open time limit that is urgent or has a hearing after it."""
    found = []
    for limit in limits(session, client, today):
        if deadlines.is_open(limit.deadline) and (limit.standing.urgent or limit.late):
            day = f"{word(limit.deadline.purpose)}: {say(limit.told[0])}"
            found.append((" ".join([day, *map(say, limit.late)]), "red" if limit.standing.urgent else "amber"))
    return found


def length_words(deadline: Deadline) -> str:
    """How long the time limit is and from when it counts."""
    if deadline.number is None or deadline.unit is None:
        return _("The length is not known.")
    if deadline.number == 0:
        return _("A day that was named.")
    plurals = {
        "days": ngettext("{n} day", "{n} days", deadline.number),
        "working_days": ngettext("{n} working day", "{n} working days", deadline.number),
        "weeks": ngettext("{n} week", "{n} weeks", deadline.number),
        "months": ngettext("{n} month", "{n} months", deadline.number),
        "years": ngettext("{n} year", "{n} years", deadline.number),
    }
    if deadline.event is Event.NOT_STATED:
        return _("{length}; {event}", length=plurals[deadline.unit.value], event=_(deadline.event.label))
    return _("{length} from the day: {event}", length=plurals[deadline.unit.value], event=_(deadline.event.label))


def limit_card(limit: Limit, *acts: QWidget) -> QWidget:
    """One time limit with what can be done about it."""
    one, found = limit.deadline, limit.standing
    frame, body = card(spacing=6)
    body.addWidget(heading_row("bell", word(one.purpose), chip(days_words(found), tone(found))))
    if limit.who:
        body.addWidget(label(limit.who, "strong"))
    if one.what:
        body.addWidget(label(isolate(one.what), "strong"))
    first = Banner(say(limit.told[0]), tone(found) if tone(found) in ("red", "amber", "green") else "blue", "calendar")
    body.addWidget(first)
    for said in limit.late:
        body.addWidget(Banner(say(said), "red"))
    for said in limit.told[1:]:
        body.addWidget(label(say(said), "small"))
    body.addLayout(_rule(one))
    if acts:
        from ui.widgets.controls import Flow

        holder = QWidget()
        row = Flow(8)
        holder.setLayout(row)
        for act in acts:
            row.addWidget(act)
        body.addWidget(holder)
    return frame


def _rule(one: Deadline) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(1))
    rule = _("Rule: {length} ({side})", length=length_words(one), side=_(one.side.label))
    source = [isolate(part) for part in (one.source, one.legal_basis, one.note) if part]
    for text in (rule, " · ".join(source), isolate(one.forum) if one.forum else ""):
        if text:
            column.addWidget(label(text, "small"))
    if one.source_url:
        column.addWidget(Elided(ltr(one.source_url), "small"))
    return column


def days_words(found: Standing) -> str:
    """A word or two for the chip."""
    if found.state is State.RUNNING and found.days_left is not None:
        return ngettext("{n} day left", "{n} days left", found.days_left)
    return word(found.state)
