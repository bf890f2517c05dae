"""Follow-ups: the diary of the year after a return, every attempt, and what was found.

Somebody who is not reached stays in the count as "not reached", never as "failed". Months are clipped to a month's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars.days import months_after
from mrc_app.casework import fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.counselling_words import Mode
from mrc_app.casework.follow_up_words import FollowUpKind, Standing, Working
from mrc_app.casework.reintegration_words import EnterpriseKind
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see follow_up_words

# -- Record


class FollowUp(Record, table=True):
    """A follow-up planned for a day; what was found stands with the day she was reached. Of who went abroad again it is
    asked whether by a regular way (``regular``), and whether the job is the one in the contract (``as_contracted``)."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "found": ("reached_on", "working", "work_isco", "work_title", "went_again", "given_up_on"),
        "tracer": ("regular", "as_contracted"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"work_isco"})
    __table_args__ = checks(kind=FollowUpKind, working=Working, went_again=Answer, regular=Answer, as_contracted=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    plan: str | None = Field(default=None, foreign_key="plan.uuid", index=True)
    kind: FollowUpKind = word_column(FollowUpKind, FollowUpKind.OTHER)
    planned_on: date = Field(index=True)
    reached_on: date | None = None
    given_up_on: date | None = None
    working: Working = word_column(Working, Working.NOT_ASKED)
    work_isco: str = ""
    work_title: str = ""
    went_again: Answer = word_column(Answer, Answer.NOT_ASKED)
    regular: Answer = word_column(Answer, Answer.NOT_ASKED)
    as_contracted: Answer = word_column(Answer, Answer.NOT_ASKED)
    note: str = ""


class Attempt(Record, table=True):
    """One attempt to reach her."""

    __table_args__ = checks(mode=Mode)

    client: str = Field(foreign_key="client.uuid", index=True)
    follow_up: str = Field(foreign_key="followup.uuid", index=True)
    on: date
    by: str
    mode: Mode = word_column(Mode, Mode.PHONE)
    reached: bool = False
    note: str = ""


class Enterprise(Record, table=True):
    """A business or cooperative of returnees: how many members, registered or not, with what it began."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "value": ("value_minor", "value_currency"),
        "registered": ("registered", "registered_on"),
    }
    __table_args__ = checks(kind=EnterpriseKind, registered=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    kind: EnterpriseKind = word_column(EnterpriseKind, EnterpriseKind.OWN)
    name: str = ""
    sector: str = ""
    members: int | None = None
    registered: Answer = word_column(Answer, Answer.NOT_ASKED)
    registered_on: date | None = None
    started_on: date | None = None
    value_minor: int | None = None
    value_currency: str = ""
    note: str = ""


# -- Rules

DIARY = (
    (FollowUpKind.CALL_1, 1),
    (FollowUpKind.CALL_3, 3),
    (FollowUpKind.SURVEY_6, 6),
    (FollowUpKind.SURVEY_12, 12),
)
"""Months after the start (facts.md §4, mark D)."""
TRACER = ("regular", "as_contracted")
"""What is asked of somebody who went abroad again."""
FOUND: dict[str, fields.Check] = {
    "working": fields.word(Working),
    "work_isco": fields.isco,
    "work_title": fields.text,
    **dict.fromkeys(("went_again", *TRACER), fields.word(Answer)),
    "note": fields.long_text,
}
ENTERPRISE: dict[str, fields.Check] = {
    "kind": fields.word(EnterpriseKind),
    "members": fields.whole(1, 5000),
    "registered": fields.word(Answer),
    "value": fields.money,
    "note": fields.long_text,
    **dict.fromkeys(("name", "sector"), fields.text),
    **dict.fromkeys(("registered_on", "started_on"), fields.day),
}


def diary(start: date) -> list[tuple[FollowUpKind, date]]:
    """Calls after 1 and 3 months, surveys after 6 and 12."""
    return [(kind, months_after(start, months)) for kind, months in DIARY]


def standing(one: FollowUp, today: date) -> Standing:
    """Where a follow-up stands on a day."""
    if one.reached_on is not None:
        return Standing.REACHED
    if one.given_up_on is not None:
        return Standing.NOT_REACHED
    return Standing.DUE if one.planned_on <= today else Standing.PLANNED


def reach_rate(listed: Iterable[FollowUp], today: date) -> tuple[int, int]:
    """How many were reached, of those that were due; who was not reached stays in the second figure."""
    due = [one for one in listed if standing(one, today) is not Standing.PLANNED]
    return sum(1 for one in due if one.reached_on is not None), len(due)


def in_work(one: FollowUp) -> bool | None:
    """Whether she works or has a business; None when nobody could ask her."""
    if one.reached_on is None or one.working is Working.NOT_ASKED:
        return None
    return one.working in (Working.EMPLOYED, Working.OWN_BUSINESS)


# -- Actions

REACHED_ALREADY = N_("She was reached already.")


@needs(May.COUNSEL)
def plan_year(session: Session, *, client: str, start: date, plan: str | None = None) -> list[FollowUp]:
    """Writes the year's follow-ups into the diary; asked twice, nothing is written twice."""
    there = {one.kind for one in of_client(session, client) if plan is None or one.plan == plan}
    return [
        add(session, client=client, planned_on=day, kind=kind, plan=plan)
        for kind, day in diary(start)
        if kind not in there
    ]


@needs(May.COUNSEL)
def add(
    session: Session,
    *,
    client: str,
    planned_on: date | str,
    kind: FollowUpKind | str = FollowUpKind.OTHER,
    plan: str | None = None,
) -> FollowUp:
    """One follow-up in the diary. Raises Invalid."""
    look = {"planned_on": fields.day, "kind": fields.word(FollowUpKind)}
    kept = fields.checked(look, {"planned_on": planned_on, "kind": kind})
    if kept["planned_on"] is None:
        raise Invalid(planned_on=N_("A day is needed here."))
    return added(session, FollowUp(client=client, plan=plan, **kept))


@needs(May.COUNSEL)
def move(session: Session, one: FollowUp, *, planned_on: date) -> FollowUp:
    """Puts a follow-up on another day."""
    _waiting(one)
    one.planned_on = planned_on
    return added(session, one)


@needs(May.COUNSEL)
def tried(
    session: Session,
    one: FollowUp,
    *,
    on: date,
    by: str,
    reached: bool,
    mode: Mode | str = Mode.PHONE,
    note: str = "",
    **found: Any,
) -> Attempt:
    """One attempt to reach her; reached, what was found is kept with it. Raises Invalid field by field."""
    _waiting(one)
    kept = fields.checked({"mode": fields.word(Mode), "note": fields.long_text}, {"mode": mode, "note": note})
    told = fields.checked(FOUND, found)
    if told and not reached:
        raise Invalid(reached=N_("Who was not reached has told nothing."))
    if told.get("went_again", one.went_again) is not Answer.YES:
        wrong = [name for name in TRACER if told.get(name, Answer.NOT_ASKED) is not Answer.NOT_ASKED]
        if wrong:
            raise Invalid(**dict.fromkeys(wrong, N_("This is asked only of somebody who went abroad again.")))
    made = added(session, Attempt(client=one.client, follow_up=one.uuid, on=on, by=by, reached=reached, **kept))
    if reached:
        one.reached_on = on
        for column, value in told.items():
            setattr(one, column, value)
        added(session, one)
    return made


@needs(May.COUNSEL)
def give_up(session: Session, one: FollowUp, *, on: date) -> FollowUp:
    """Says that nobody reached her. She stays in every count as "not reached"."""
    _waiting(one)
    one.given_up_on = on
    return added(session, one)


@needs(May.COUNSEL)
def start_enterprise(session: Session, *, client: str, **typed: Any) -> Enterprise:
    """A business or cooperative, written down. Raises Invalid field by field."""
    return added(session, Enterprise(client=client, **checked_enterprise({"kind": EnterpriseKind.OWN, **typed})))


@needs(May.COUNSEL)
def amend_enterprise(session: Session, kept: Enterprise, *, changes: Mapping[str, Any]) -> Enterprise:
    """Changes fields of a business. Raises Invalid; then nothing is changed."""
    for column, value in checked_enterprise(changes).items():
        if getattr(kept, column) != value:
            setattr(kept, column, value)
    return added(session, kept)


def checked_enterprise(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a business; ``value`` is Money or empty. Raises Invalid field by field."""
    columns = fields.checked(ENTERPRISE, typed)
    if "value" in columns:
        value: Money | None = columns.pop("value")
        columns |= {"value_minor": value.minor if value else None, "value_currency": value.currency if value else ""}
    return columns


def _waiting(one: FollowUp) -> None:
    if one.reached_on is not None:
        raise MrcError(REACHED_ALREADY)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[FollowUp]:
    """A client's diary, by day."""
    chosen = select(FollowUp).where(FollowUp.client == client, col(FollowUp.gone).is_(False))
    return list(session.exec(chosen.order_by(col(FollowUp.planned_on), col(FollowUp.id))))


@needs(May.SEE_NAMES)
def attempts(session: Session, one: FollowUp) -> list[Attempt]:
    """The attempts of a follow-up, the oldest first."""
    chosen = select(Attempt).where(Attempt.follow_up == one.uuid, col(Attempt.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Attempt.on), col(Attempt.id))))


@needs(May.SEE_NAMES)
def due(session: Session, today: date, limit: int = 100) -> list[FollowUp]:
    """Follow-ups that are due and waiting, the oldest first."""
    chosen = select(FollowUp).where(
        col(FollowUp.planned_on) <= today,
        col(FollowUp.reached_on).is_(None),
        col(FollowUp.given_up_on).is_(None),
        col(FollowUp.gone).is_(False),
    )
    return list(session.exec(chosen.order_by(col(FollowUp.planned_on), col(FollowUp.id)).limit(limit)))


@needs(May.SEE_NAMES)
def enterprises(session: Session, client: str) -> list[Enterprise]:
    """A client's businesses, as they were written down."""
    chosen = select(Enterprise).where(Enterprise.client == client, col(Enterprise.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Enterprise.id))))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> FollowUp:
    """One follow-up. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(FollowUp).where(FollowUp.uuid == uuid, col(FollowUp.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This follow-up is not on this desk."))
    return found
