"""Time limits of a client or a case: several at once, each with its own start, its rule as it was used, and its source.

Rules come from the corridor's file or are written down at the desk, and then say who typed them. The day is reckoned,
never moved, never called lapsed; what is not known is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, or_, select

from mrc_app.casework import clients, deadline_rules, duplicates, fields
from mrc_app.casework.deadline_rules import Clock, KnownRule, Standing
from mrc_app.casework.deadline_words import SENTENCES, Event, Other, Purpose, RestDay, RuleSide, Unit
from mrc_app.casework.grievances import Complainant
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, needs

# -- Words: see deadline_words

# -- Record


class Deadline(Record, table=True):
    """One time limit of a client, or of a whole case (then ``client`` is empty), with the rule's values as used.

    ``due`` is kept beside what it was reckoned from, so that a day can be asked for.
    """

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "clock": ("number", "unit", "rest_days", "other", "started_on", "other_on", "due"),
        "check": ("checked_on", "checked_by", "read_on"),
        "done": ("done_on", "done_by", "done_note"),
        "dropped": ("dropped_on", "dropped_by", "dropped_because"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"rule", "corridor", "confidence", "as_of", "source_url"})
    __table_args__ = checks(purpose=Purpose, event=Event, unit=Unit, side=RuleSide, other=Other)

    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    grievance: str | None = Field(default=None, foreign_key="grievance.uuid", index=True)
    rule: str = ""
    corridor: str = ""
    purpose: Purpose = word_column(Purpose, Purpose.CLAIM)
    what: str = ""
    event: Event = word_column(Event, Event.NOT_STATED)
    number: int | None = None
    unit: Unit | None = word_column(Unit)
    rest_days: tuple[RestDay, ...] = words_column(RestDay)
    other: Other | None = word_column(Other)
    started_on: date | None = None
    other_on: date | None = None
    due: date | None = Field(default=None, index=True)
    side: RuleSide = word_column(RuleSide, RuleSide.DESTINATION)
    forum: str = ""
    source: str = ""
    source_url: str = ""
    legal_basis: str = ""
    note: str = ""
    confidence: str = ""
    as_of: str = ""
    read_on: date | None = None
    checked_on: date | None = None
    checked_by: str = ""
    typed_by: str = ""
    kept_on: date
    kept_by: str
    done_on: date | None = None
    done_by: str | None = None
    done_note: str = ""
    dropped_on: date | None = None
    dropped_by: str | None = None
    dropped_because: str = ""


@dataclass(frozen=True)
class Told:
    """A time limit as it stands on a day, with the client it is about (None: the whole case)."""

    deadline: Deadline
    standing: Standing
    client: clients.Client | None = None


# -- Rules

START: dict[str, fields.Check] = {
    **dict.fromkeys(("started_on", "other_on"), fields.day),
    "what": fields.text,
}
CLOSED = N_("This time limit is closed already.")


def clock(deadline: Deadline) -> Clock:
    """What a time limit is reckoned from."""
    return Clock(
        deadline.number, deadline.unit, deadline.started_on, deadline.other, deadline.other_on, deadline.rest_days
    )


def is_open(deadline: Deadline) -> bool:
    """Whether a time limit is still followed."""
    return deadline.done_on is None and deadline.dropped_on is None and not deadline.gone


def standing(deadline: Deadline, today: date) -> Standing:
    """How a time limit stands on a day."""
    done, dropped = deadline.done_on is not None, deadline.dropped_on is not None
    return deadline_rules.standing(clock(deadline), today, done=done, dropped=dropped)


def sentences(
    deadline: Deadline, today: date, hearings: Sequence[date] = (), names: Mapping[str, str] | None = None
) -> list[Problem]:
    """What is said about a time limit, the day first, then what is missing, then who stands behind the rule: for the
    screen and for paper. ``names``: officers by uuid."""
    found = standing(deadline, today)
    if not is_open(deadline):
        return [_closed(deadline)]
    told = [deadline_rules.said(found), *deadline_rules.hearings_after(found.due, hearings)]
    told += [part for part in (deadline_rules.falls_on(found.due),) if part is not None]
    told += [Problem(ask.label) for ask in found.asks]
    if deadline.unit is Unit.WORKING_DAYS:
        told.append(Problem(SENTENCES["working_days"]))
    called = names or {}
    return told + deadline_rules.provenance(
        checked_on=deadline.checked_on,
        checked_by=called.get(deadline.checked_by, deadline.checked_by),
        read_on=deadline.read_on,
        typed_by=called.get(deadline.typed_by, deadline.typed_by),
        today=today,
    )


def _closed(deadline: Deadline) -> Problem:
    if deadline.done_on is not None:
        return Problem(SENTENCES["done"], {"day": deadline.done_on})
    return Problem(SENTENCES["dropped"], {"reason": deadline.dropped_because})


# -- Actions


@needs(May.COUNSEL)
def start(
    session: Session,
    rule: KnownRule,
    *,
    client: str | None = None,
    grievance: str | None = None,
    on: date,
    by: str,
    **typed: Any,
) -> Deadline:
    """A time limit of a client or a case under a rule: ``started_on``, ``other_on`` and ``what``, all of which may be
    missing. The rule's values are kept as they are now. Raises Invalid."""
    if client is None and grievance is None:
        raise Invalid(client=N_("A time limit belongs to a client or to a case."))
    kept = _started(fields.checked(START, typed), on)
    deadline = Deadline(client=client, grievance=grievance, kept_on=on, kept_by=by, **vars(rule), **kept)
    deadline.due = deadline_rules.reckon(clock(deadline)).due
    return added(session, deadline)


@needs(May.COUNSEL)
def tell(session: Session, deadline: Deadline, *, on: date, **typed: Any) -> Deadline:
    """Fills in what was missing, or mends it: ``started_on``, ``other_on``, ``what``. The day is reckoned again."""
    _still_open(deadline)
    for name, value in _started(fields.checked(START, typed), on).items():
        setattr(deadline, name, value)
    deadline.due = deadline_rules.reckon(clock(deadline)).due
    return added(session, deadline)


@needs(May.COUNSEL)
def done(session: Session, deadline: Deadline, *, on: date, by: str, note: str = "") -> Deadline:
    """Says that what had to be done was done."""
    _still_open(deadline)
    deadline.done_on, deadline.done_by, deadline.done_note = on, by, fields.long_text("note", note)
    return added(session, deadline)


@needs(May.COUNSEL)
def drop(session: Session, deadline: Deadline, *, on: date, by: str, because: str) -> Deadline:
    """Follows a time limit no longer. The reason stays; without one it is refused."""
    _still_open(deadline)
    reason = fields.long_text("because", because)
    if not reason:
        raise Invalid(because=N_("Write why this time limit is no longer followed."))
    deadline.dropped_on, deadline.dropped_by, deadline.dropped_because = on, by, reason
    return added(session, deadline)


@needs(May.NUMBERS)
def check(session: Session, deadline: Deadline, *, on: date, by: str) -> Deadline:
    """Says that the source of its rule was read again, on a day, and still says so."""
    deadline.checked_on, deadline.checked_by = on, by
    return added(session, deadline)


def _started(kept: dict[str, Any], today: date) -> dict[str, Any]:
    if kept.get("started_on") and kept["started_on"] > today + timedelta(days=366):
        raise Invalid(started_on=N_("This day is more than a year ahead."))
    return kept


def _still_open(deadline: Deadline) -> None:
    if not is_open(deadline):
        raise MrcError(CLOSED)


# -- Questions


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Deadline:
    """One time limit. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Deadline).where(Deadline.uuid == uuid, col(Deadline.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This time limit is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, cases: tuple[str, ...] = ()) -> list[Deadline]:
    """The time limits of a client and of the whole cases named, by day; those without a day first."""
    hers = col(Deadline.client).in_(duplicates.members(session, client))
    mine = or_(hers, col(Deadline.client).is_(None) & col(Deadline.grievance).in_(cases))
    return list(session.exec(_by_day(mine)))


@needs(May.SEE_NAMES)
def of_grievance(session: Session, grievance: str) -> list[Deadline]:
    """The time limits of a case and of its people, also those they have apart from any case (the end of a stay), by
    day; those without a day first."""
    people = select(Complainant.client).where(Complainant.grievance == grievance, col(Complainant.gone).is_(False))
    apart = col(Deadline.grievance).is_(None) & col(Deadline.client).in_(people)
    return list(session.exec(_by_day(or_(Deadline.grievance == grievance, apart))))


@needs(May.SEE_NAMES)
def coming(session: Session, today: date, ahead: int = 30, limit: int = 50) -> list[Told]:
    """Open time limits whose day has passed or comes within so many days, the earliest first: for the day's page."""
    chosen = _by_day(
        col(Deadline.due) <= today + timedelta(days=ahead),
        col(Deadline.done_on).is_(None),
        col(Deadline.dropped_on).is_(None),
    )
    found = list(session.exec(chosen.limit(limit)))
    wanted = {one.client for one in found if one.client}
    chosen = select(clients.Client).where(col(clients.Client.uuid).in_(wanted))
    people = {one.uuid: one for one in session.exec(chosen)}
    return [Told(one, standing(one, today), people.get(one.client or "")) for one in found]


def _by_day(*criteria: Any) -> Any:
    chosen = select(Deadline).where(*criteria, col(Deadline.gone).is_(False))
    return chosen.order_by(col(Deadline.due).nulls_first(), col(Deadline.id))
