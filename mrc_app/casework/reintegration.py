"""Reintegration plans: what was agreed, by whom, when, who pays, and what is not promised.

A plan begins with her needs: every answer at the two lowest values of the assessment. Who comes home has heard promises
before; the plan says in so many words what nobody promised (facts.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session

from mrc_app.casework import fields, instruments
from mrc_app.casework.assessments import Assessment, kept_answers
from mrc_app.casework.client_words import Answer
from mrc_app.casework.instruments import Instrument
from mrc_app.casework.reintegration_words import Closure, Dimension, LineState, Promise, WhoPays
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see reintegration_words

# -- Record


class Plan(Record, table=True):
    """A reintegration plan of a client. ``contact_on``: her first contact after the return."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"closing": ("closed_on", "closure", "closure_note", "closed_by")}
    __table_args__ = checks(agreed=Answer, closure=Closure)

    client: str = Field(foreign_key="client.uuid", index=True)
    homecoming: str | None = None
    contact_on: date | None = None
    made_on: date = Field(index=True)
    made_by: str
    agreed: Answer = word_column(Answer, Answer.NOT_ASKED)
    closed_on: date | None = Field(default=None, index=True)
    closure: Closure | None = word_column(Closure)
    closure_note: str = ""
    closed_by: str | None = None


class PlanLine(Record, table=True):
    """One line: a need, what is done about it, by whom and until when. ``question``: the answer it came from."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "cost": ("cost_minor", "cost_currency", "who_pays"),
        "state": ("state", "state_on", "result"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"question"})
    __table_args__ = checks(dimension=Dimension, promise=Promise, state=LineState, who_pays=WhoPays)

    client: str = Field(foreign_key="client.uuid", index=True)
    plan: str = Field(foreign_key="plan.uuid", index=True)
    dimension: Dimension = word_column(Dimension, Dimension.OTHER)
    question: str = ""
    need: str = ""
    action: str = ""
    provider: str = ""
    promise: Promise = word_column(Promise, Promise.AGREED)
    cost_minor: int | None = None
    cost_currency: str = ""
    who_pays: WhoPays = word_column(WhoPays, WhoPays.NOT_KNOWN)
    due: date | None = Field(default=None, index=True)
    state: LineState = word_column(LineState, LineState.OPEN)
    state_on: date | None = None
    result: str = ""


class SupportInstalment(Record, table=True):
    """A part of a payment: due on a day, paid on a day, with the number of its receipt."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "amount": ("minor", "currency"),
        "paid": ("paid_on", "receipt", "paid_by"),
    }

    client: str = Field(foreign_key="client.uuid", index=True)
    line: str = Field(foreign_key="planline.uuid", index=True)
    minor: int
    currency: str
    due: date = Field(index=True)
    paid_on: date | None = None
    receipt: str = ""
    paid_by: str | None = None


@dataclass(frozen=True)
class Paid:
    """Of one currency: what is agreed in instalments, and what is paid of it."""

    agreed: Money
    paid: Money

    @property
    def open(self) -> Money:
        """What is still to be paid."""
        return self.agreed - self.paid


# -- Rules

WITHIN_DAYS = 30
LINE: dict[str, fields.Check] = {
    "dimension": fields.word(Dimension),
    "promise": fields.word(Promise),
    "who_pays": fields.word(WhoPays),
    "due": fields.day,
    "cost": fields.money,
    **dict.fromkeys(("need", "action", "result"), fields.long_text),
    **dict.fromkeys(("provider", "question"), fields.text),
}


def days_to_plan(plan: Plan) -> int | None:
    """Days from the first contact to the plan; None when the contact is not known."""
    return None if plan.contact_on is None else (plan.made_on - plan.contact_on).days


def in_time(plan: Plan) -> bool | None:
    """Whether the plan was made within thirty days of the first contact; None when that is not known."""
    days = days_to_plan(plan)
    return None if days is None else days <= WITHIN_DAYS


def line_of_need(instrument: Instrument, assessment: Assessment) -> list[dict[str, Any]]:
    """The first lines of a plan: one for every answer at the two lowest values, the lowest first."""
    known = {one.value for one in Dimension}
    return [
        {
            "dimension": (dimension.id if dimension.id in known else Dimension.OTHER.value),
            "question": question.id,
            "need": question.text["en"],
        }
        for dimension, question, _value in instruments.needs(instrument, kept_answers(assessment))
    ]


def checked_line(typed: Mapping[str, Any], kept: PlanLine | None = None) -> dict[str, Any]:
    """The columns of a line. Raises Invalid field by field; a line says what is needed or what is done."""
    columns = fields.checked(LINE, typed)
    if "cost" in columns:
        cost: Money | None = columns.pop("cost")
        columns |= {"cost_minor": cost.minor if cost else None, "cost_currency": cost.currency if cost else ""}
    after = [columns.get(name, getattr(kept, name, "")) for name in ("need", "action")]
    if not any(after):
        raise Invalid(action=N_("Write what is needed, or what is done about it."))
    return columns


def apart(lines: Iterable[PlanLine]) -> dict[Promise, list[PlanLine]]:
    """What is agreed and what is not promised, never on one list; what was given up is on neither."""
    found: dict[Promise, list[PlanLine]] = {Promise.AGREED: [], Promise.NOT_PROMISED: []}
    for line in lines:
        if line.state is not LineState.DROPPED:
            found[line.promise].append(line)
    return found


def totals(instalments: Iterable[SupportInstalment]) -> dict[str, Paid]:
    """By currency: agreed and paid. Two currencies are never added."""
    found: dict[str, Paid] = {}
    for one in instalments:
        amount, nothing = Money(one.minor, one.currency), Money(0, one.currency)
        before = found.get(one.currency, Paid(nothing, nothing))
        found[one.currency] = Paid(before.agreed + amount, before.paid + (amount if one.paid_on else nothing))
    return found


def late(one: SupportInstalment, today: date) -> bool:
    """Whether an instalment should have been paid before today."""
    return one.paid_on is None and one.due < today


# -- Actions

CLOSED = N_("This plan is closed.")


@needs(May.COUNSEL)
def plan(
    session: Session,
    *,
    client: str,
    on: date,
    by: str,
    contact_on: date | None = None,
    homecoming: str | None = None,
    agreed: Answer | str = Answer.NOT_ASKED,
    assessment: Assessment | None = None,
    instrument: Instrument | None = None,
) -> Plan:
    """A plan; with an assessment it begins with a line for each need. Raises Invalid."""
    kept = fields.checked({"agreed": fields.word(Answer)}, {"agreed": agreed})
    if contact_on and contact_on > on:
        raise Invalid(contact_on=N_("The first contact would come after the plan."))
    made = Plan(client=client, made_on=on, made_by=by, contact_on=contact_on, homecoming=homecoming, **kept)
    session.add(made)
    session.flush()
    if assessment is not None and instrument is not None:
        for line in line_of_need(instrument, assessment):
            add_line(session, made, **line)
    return made


@needs(May.COUNSEL)
def agree(session: Session, made: Plan, *, agreed: Answer | str) -> Plan:
    """Says whether she agrees with the plan."""
    _still_open(made)
    made.agreed = fields.checked({"agreed": fields.word(Answer)}, {"agreed": agreed})["agreed"]
    return added(session, made)


@needs(May.COUNSEL)
def add_line(session: Session, made: Plan, **typed: Any) -> PlanLine:
    """A line of the plan. Raises Invalid field by field."""
    _still_open(made)
    return added(session, PlanLine(client=made.client, plan=made.uuid, **checked_line({"action": "", **typed})))


@needs(May.COUNSEL)
def amend_line(session: Session, line: PlanLine, *, changes: Mapping[str, Any]) -> PlanLine:
    """Changes fields of a line. Raises Invalid; then nothing is changed."""
    for column, value in checked_line(changes, line).items():
        if getattr(line, column) != value:
            setattr(line, column, value)
    return added(session, line)


@needs(May.COUNSEL)
def move_line(session: Session, line: PlanLine, *, state: LineState | str, on: date, result: str = "") -> PlanLine:
    """Says how far a line has come, on a day. Raises Invalid; giving a line up needs its reason."""
    look = {"state": fields.word(LineState), "result": fields.long_text}
    kept = fields.checked(look, {"state": state, "result": result})
    if kept["state"] is LineState.DROPPED and not kept["result"]:
        raise Invalid(result=N_("Write why this is given up."))
    line.state, line.state_on, line.result = kept["state"], on, kept["result"] or line.result
    return added(session, line)


@needs(May.COUNSEL)
def instalment(session: Session, line: PlanLine, *, amount: Money | None, due: date | str) -> SupportInstalment:
    """A part of what is agreed, due on a day. Raises Invalid; what is not promised has no instalments."""
    kept = fields.checked({"amount": fields.money, "due": fields.day}, {"amount": amount, "due": due})
    wrong: dict[str, Problem] = {}
    if not kept["amount"] or not kept["amount"].minor:
        wrong["amount"] = Problem(N_("Write an amount and a currency."))
    if kept["due"] is None:
        wrong["due"] = Problem(N_("A day is needed here."))
    if line.promise is Promise.NOT_PROMISED:
        wrong["amount"] = Problem(N_("This is not promised: it has no instalments."))
    if wrong:
        raise Invalid(**wrong)
    paid: Money = kept["amount"]
    part = {"minor": paid.minor, "currency": paid.currency, "due": kept["due"]}
    return added(session, SupportInstalment(client=line.client, line=line.uuid, **part))


@needs(May.COUNSEL)
def pay(session: Session, one: SupportInstalment, *, on: date, by: str, receipt: str) -> SupportInstalment:
    """Says that an instalment was paid, with the number of its receipt. Raises Invalid without one."""
    number = fields.text("receipt", receipt)
    if one.paid_on is not None:
        raise MrcError(N_("This instalment is paid already."))
    if not number:
        raise Invalid(receipt=N_("Write the number of the receipt."))
    one.paid_on, one.receipt, one.paid_by = on, number, by
    return added(session, one)


@needs(May.COUNSEL)
def close(session: Session, made: Plan, *, closure: Closure | str, on: date, by: str, note: str = "") -> Plan:
    """Closes a plan with a reason. Raises Invalid for no known reason."""
    _still_open(made)
    look = {"closure": fields.word(Closure), "note": fields.long_text}
    kept = fields.checked(look, {"closure": closure, "note": note})
    made.closure, made.closure_note, made.closed_on, made.closed_by = kept["closure"], kept["note"], on, by
    return added(session, made)


def _still_open(made: Plan) -> None:
    if made.closed_on is not None:
        raise MrcError(CLOSED)


# -- Questions: see reintegration_kept
