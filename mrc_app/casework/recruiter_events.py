"""What happened with a recruiter: complaints and how they ended, for staff.

A client's case is seen, and counted, only by those who may see her.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, NamedTuple

from sqlmodel import Field, Session, col, select

from mrc_app.calendars import Calendar, from_gregorian
from mrc_app.casework import fields, recruiters
from mrc_app.casework.recruiter_words import EventKind
from mrc_app.errors import Invalid
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Record


class RecruiterEvent(Record, table=True):
    """Something that happened with a recruiter. ``about``: the uuid of the case it belongs to; of two events with the
    same ``about``, one complains and the other says how it ended."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"event": ("kind", "on", "outcome")}
    __table_args__ = checks(kind=EventKind)

    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    recruiter: str = Field(foreign_key="recruiter.uuid", index=True)
    about: str = Field(default="", index=True)
    kind: EventKind = word_column(EventKind, EventKind.OTHER)
    on: date
    outcome: str = ""
    by: str


class Tally(NamedTuple):
    """How many cases there were, the year the first began (in the office's calendar), and how many were settled."""

    cases: int
    since: int | None
    settled: int


# -- Rules

CASES = (EventKind.COMPLAINT, EventKind.SETTLED, EventKind.NOT_SETTLED)


def tally(events: Iterable[RecruiterEvent], calendar: Calendar) -> Tally:
    """How many cases there were and how many were settled: events about the same case are one."""
    cases: dict[str, date] = {}
    settled: set[str] = set()
    for event in events:
        case = event.about or event.uuid
        if event.gone or event.kind not in CASES:
            continue
        cases[case] = min(event.on, cases.get(case, event.on))
        if event.kind is EventKind.SETTLED:
            settled.add(case)
    since = from_gregorian(min(cases.values()), calendar).year if cases else None
    return Tally(len(cases), since, len(settled))


# -- Actions


@needs(May.COUNSEL)
def note_event(
    session: Session,
    *,
    recruiter: str,
    kind: EventKind | str,
    on: date,
    by: str,
    today: date,
    outcome: str = "",
    client: str | None = None,
    about: str = "",
) -> RecruiterEvent:
    """Writes down what happened with a recruiter. Raises Invalid field by field."""
    kept = fields.checked(
        {"kind": fields.word(EventKind), "outcome": fields.long_text, "on": fields.day},
        {"kind": kind, "outcome": outcome, "on": on},
    )
    if kept["on"] is None or kept["on"] > today:
        raise Invalid(on=N_("This day is still to come.") if kept["on"] else N_("Say on which day it was."))
    recruiters.by_uuid(session, recruiter)
    made = RecruiterEvent(client=client or None, recruiter=recruiter, about=about, by=by, **kept)
    return added(session, made)


# -- Questions


@needs(May.SEE_NAMES)
def history(session: Session, recruiter: str) -> list[RecruiterEvent]:
    """What happened with a recruiter, the latest first: only what this officer may see."""
    chosen = select(RecruiterEvent).where(RecruiterEvent.recruiter == recruiter, col(RecruiterEvent.gone).is_(False))
    return list(session.exec(chosen.order_by(col(RecruiterEvent.on).desc(), col(RecruiterEvent.id).desc())))


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[RecruiterEvent]:
    """What is kept about recruiters in a client's own cases, oldest first."""
    chosen = select(RecruiterEvent).where(RecruiterEvent.client == client, col(RecruiterEvent.gone).is_(False))
    return list(session.exec(chosen.order_by(col(RecruiterEvent.on), col(RecruiterEvent.id))))
