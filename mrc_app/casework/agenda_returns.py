"""The year after a return on the agenda: a premium that falls due is a task; what is due today stands on one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from mrc_app.casework import agenda, covers, follow_ups, reintegration_kept
from mrc_app.casework.agenda import CallWording, Task, TaskKind
from mrc_app.casework.clients import Client
from mrc_app.casework.covers import Cover
from mrc_app.casework.follow_ups import FollowUp
from mrc_app.casework.reintegration import SupportInstalment
from mrc_app.store.roles import May, needs

# -- Record


@dataclass(frozen=True)
class DueInYear:
    """Something of the year after a return that is due: a follow-up, an instalment, or a premium without a task."""

    what: FollowUp | SupportInstalment | Cover
    client: Client
    wording: CallWording
    due: date


# -- Rules

AHEAD = 7
"""Days ahead that money is listed; a follow-up is listed from its day on."""

# -- Actions


@needs(May.COUNSEL)
def premium(session: Session, cover: Cover, *, on: date, by: str, text: str) -> Task | None:
    """The task for a cover's next premium: made once, moved with the day, done when no premium is due any more."""
    waiting = _open_about(session, [cover.uuid])
    if cover.next_premium_on is None:
        for task in waiting:
            agenda.done(session, task, on=on, by=by)
        return None
    if waiting:
        return agenda.put_off(session, waiting[0], due=cover.next_premium_on)
    return agenda.add(
        session, due=cover.next_premium_on, text=text, on=on, by=by, kind=TaskKind.DEADLINE, client=cover.client,
        about=cover.uuid,
    )  # fmt: skip


# -- Questions


def _open_about(session: Session, about: Iterable[str]) -> list[Task]:
    chosen = select(Task).where(col(Task.about).in_(list(about)), col(Task.gone).is_(False)).order_by(col(Task.id))
    return [task for task in session.exec(chosen) if agenda.is_open(task)]


@needs(May.SEE_NAMES)
def due(session: Session, today: date, limit: int = 20) -> list[DueInYear]:
    """What is due of every year after a return, the oldest first, at most so many."""
    soon = today + timedelta(days=AHEAD)
    premiums = covers.premiums_due(session, soon, limit)
    known = {task.about for task in _open_about(session, [one.uuid for one in premiums])}
    found: list[tuple[date, FollowUp | SupportInstalment | Cover]] = [
        *((one.planned_on, one) for one in follow_ups.due(session, today, limit)),
        *((one.due, one) for one in reintegration_kept.instalments_due(session, soon, limit)),
        *((one.next_premium_on or soon, one) for one in premiums if one.uuid not in known),
    ]
    found = sorted(found, key=lambda one: one[0])[:limit]
    wanted = {one.client for _day, one in found}
    people = {one.uuid: one for one in session.exec(select(Client).where(col(Client.uuid).in_(wanted)))}
    return [
        DueInYear(one, people[one.client], agenda.call_wording(people[one.client]), day)
        for day, one in found
        if one.client in people
    ]
