"""Costs: what a worker paid to get the job, what she borrowed for it, and what she earns: SDG 10.7.1 for one person.

Interest is kept apart and never part of the cost. A rate between two currencies is typed, with its day and source.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import centres, cost_ledger, journeys
from mrc_app.casework.client_words import Answer
from mrc_app.casework.cost_answer import Picture, picture
from mrc_app.casework.cost_debts import Debt, thresholds
from mrc_app.casework.cost_fields import AMOUNT_MISSING, TO_COME, checked_cost, checked_income, checked_loan
from mrc_app.casework.cost_rules import Earning, Line, Quote
from mrc_app.casework.cost_words import Basis, Collateral, CostCode, Lender, PaidHow
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see cost_words


# -- Record


class Cost(Record, table=True):
    """One payment for a job abroad, in minor units of ``currency``; ``refunded_minor`` of it was given back."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "money": ("amount_minor", "currency", "refunded_minor", "refunded_on"),
        "payment": ("paid_to", "paid_how", "place"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"code"})
    __table_args__ = checks(code=CostCode, receipt=Answer, paid_how=PaidHow)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.uuid", index=True)
    code: CostCode = word_column(CostCode, CostCode.FEE)
    amount_minor: int
    currency: str
    paid_on: date | None = None
    paid_to: str = ""
    paid_how: PaidHow | None = word_column(PaidHow)
    place: str = ""
    receipt: Answer = word_column(Answer, Answer.NOT_ASKED)
    refunded_minor: int = 0
    refunded_on: date | None = None
    note: str = ""
    noted_on: date
    noted_by: str


class Loan(Record, table=True):
    """Money borrowed to go, in minor units of ``currency``. ``interest`` is percent a month as decimal text."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "money": ("principal_minor", "currency"),
        "lender": ("lender", "lender_name"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"interest"})
    __table_args__ = checks(lender=Lender, collateral=Collateral, taken_from_wage=Answer, may_leave=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.uuid", index=True)
    principal_minor: int
    currency: str
    lender: Lender | None = word_column(Lender)
    lender_name: str = ""
    interest: str = ""
    collateral: Collateral | None = word_column(Collateral)
    taken_from_wage: Answer = word_column(Answer, Answer.NOT_ASKED)
    may_leave: Answer = word_column(Answer, Answer.NOT_ASKED)
    borrowed_on: date | None = None
    note: str = ""
    noted_on: date
    noted_by: str


class Income(Record, table=True):
    """What a worker earns in a month at the destination: ``basis`` says whether it was paid or is the contract's.

    ``living_minor`` is what she says she needs to live, ``remittance_minor`` what she sends home, in the same currency.
    """

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "money": ("amount_minor", "currency", "basis", "month", "living_minor", "remittance_minor")
    }
    __table_args__ = checks(basis=Basis)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.uuid", index=True)
    basis: Basis = word_column(Basis, Basis.ACTUAL)
    amount_minor: int
    currency: str
    month: date | None = None
    living_minor: int | None = None
    remittance_minor: int | None = None
    first_job_on: date | None = None
    note: str = ""
    noted_on: date
    noted_by: str


class Rate(Record, table=True):
    """A rate somebody typed: 1 ``one`` = ``number`` ``other`` on the day ``read_on``, as ``source`` says."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"rate": ("one", "other", "number", "read_on", "source")}

    one: str = Field(index=True)
    other: str = Field(index=True)
    number: str
    read_on: date
    source: str
    typed_by: str


# -- Rules

_SAID = {Answer.YES: True, Answer.NO: False}


def line(cost: Cost) -> Line:
    """A payment as the ledger reckons with it."""
    paid, back = Money(cost.amount_minor, cost.currency), Money(cost.refunded_minor, cost.currency)
    return Line(cost.code, paid, back, cost.paid_on, cost.paid_to, _SAID.get(cost.receipt))


def debt(loan: Loan) -> Debt:
    """A loan as the debt risk reckons with it."""
    return Debt(
        Money(loan.principal_minor, loan.currency), loan.lender, Decimal(loan.interest) if loan.interest else None,
        loan.collateral, _SAID.get(loan.taken_from_wage), _SAID.get(loan.may_leave),
    )  # fmt: skip


def earning(income: Income) -> Earning:
    """An income as the ratio reckons with it."""
    living, home = (
        None if minor is None else Money(minor, income.currency)
        for minor in (income.living_minor, income.remittance_minor)
    )
    return Earning(Money(income.amount_minor, income.currency), income.basis, living, home)


def quote(rate: Rate) -> Quote:
    """A rate as sums are converted with it."""
    return Quote(rate.one, rate.other, Decimal(rate.number), rate.read_on, rate.source)


def of_journey(rows: list[Any], journey: str | None) -> list[Any]:
    """The rows of a journey and those that name none; all of them without a journey."""
    return [row for row in rows if journey is None or row.journey in (None, journey)]


def best_income(rows: list[Income]) -> Income | None:
    """The one a ratio is reckoned with: what was really earned before what a contract says, the latest of them."""
    actual = [row for row in rows if row.basis is Basis.ACTUAL]
    return (actual or rows or [None])[-1]  # type: ignore[list-item]


# -- Actions


@needs(May.COUNSEL)
def pay(session: Session, *, client: str, on: date, by: str, **typed: Any) -> Cost:
    """Writes a payment down: code, amount (Money), refunded, paid_on, paid_to, paid_how, place, receipt, refunded_on,
    journey, note. Raises Invalid field by field."""
    return added(session, Cost(client=client, noted_on=on, noted_by=by, **checked_cost(typed, on)))


@needs(May.COUNSEL)
def borrow(session: Session, *, client: str, on: date, by: str, **typed: Any) -> Loan:
    """Writes a loan down: principal (Money), lender, lender_name, interest, collateral, taken_from_wage, may_leave,
    borrowed_on, journey, note. Raises Invalid field by field."""
    return added(session, Loan(client=client, noted_on=on, noted_by=by, **checked_loan(typed, on)))


@needs(May.COUNSEL)
def earn(session: Session, *, client: str, on: date, by: str, **typed: Any) -> Income:
    """Writes earnings of a month down: amount (Money), basis, month, living, remittance, first_job_on, journey, note.
    Raises Invalid field by field."""
    return added(session, Income(client=client, noted_on=on, noted_by=by, **checked_income(typed, on)))


@needs(May.COUNSEL)
def type_rate(
    session: Session, *, one: str, other: str, number: Any, read_on: Any, source: str, today: date, by: str
) -> Rate:
    """Keeps a rate: 1 ``one`` = ``number`` ``other``. Raises Invalid."""
    try:
        made = cost_ledger.quote(one, other, number, read_on, source)
    except Invalid as wrong:
        names = {"date": "read_on", "on": "read_on", "text": "source", "currency": "one"}
        raise Invalid(**{names.get(name, name): said for name, said in wrong.problems.items()}) from None
    if made.on > today:
        raise Invalid(read_on=TO_COME)
    row = Rate(
        one=made.one, other=made.other, number=f"{made.number:f}", read_on=made.on, source=made.source, typed_by=by
    )
    return added(session, row)


@needs(May.COUNSEL)
def refund(session: Session, cost: Cost, *, amount: Any, on: Any, today: date) -> Cost:
    """Writes down how much of a payment was given back in all, and when. Raises Invalid."""
    paid = Money(cost.amount_minor, cost.currency)
    kept = checked_cost({"amount": paid, "refunded": amount, "refunded_on": on}, today)
    if amount is None:
        raise Invalid(refunded=AMOUNT_MISSING)
    cost.refunded_minor, cost.refunded_on = kept["refunded_minor"], kept["refunded_on"]
    return added(session, cost)


@needs(May.COUNSEL)
def take_back(session: Session, row: Cost | Loan | Income | Rate) -> None:
    """Takes a row back that was typed by mistake; the journal keeps it."""
    row.gone = True
    added(session, row)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Cost]:
    """What a client paid, in the order in which it was written down."""
    chosen = select(Cost).where(Cost.client == client, col(Cost.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Cost.id))))


@needs(May.SEE_NAMES)
def loans(session: Session, client: str) -> list[Loan]:
    """What a client borrowed."""
    chosen = select(Loan).where(Loan.client == client, col(Loan.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Loan.id))))


@needs(May.SEE_NAMES)
def incomes(session: Session, client: str) -> list[Income]:
    """What a client earns, in the order in which it was written down."""
    chosen = select(Income).where(Income.client == client, col(Income.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Income.id))))


@needs(May.COUNT)
def rates(session: Session) -> list[Rate]:
    """Every rate that was typed here, in the order in which it was."""
    return list(session.exec(select(Rate).where(col(Rate.gone).is_(False)).order_by(col(Rate.id))))


@needs(May.SEE_NAMES)
def one_of(session: Session, rows: Callable[[Session, str], list[Any]], client: str, uuid: str) -> Any:
    """One row of a client. Raises MrcError when it is not there any more."""
    found = next((row for row in rows(session, client) if row.uuid == uuid), None)
    if found is None:
        raise MrcError(N_("This row is not on this desk any more."))
    return found


@needs(May.SEE_NAMES)
def reckoned(session: Session, client: str, today: date, journey: Journey | None = None) -> Picture:
    """Everything reckoned of a client's costs on a journey (her current one): sums, ratio, excess and debt risk."""
    from mrc_app.corridors import accepted

    way = journey or journeys.current(session, client)
    here = way.uuid if way else None
    income = best_income(of_journey(incomes(session, client), here))
    return picture(
        [line(cost) for cost in of_journey(of_client(session, client), here)],
        [debt(loan) for loan in of_journey(loans(session, client), here)],
        on=today, rates_until=today, earning=earning(income) if income else None,
        quotes=[quote(rate) for rate in rates(session)],
        first_job=income.first_job_on if income else None,
        limits=thresholds(centres.the_centre(session).settings),
        corridor=accepted.corridor(session, way.corridor) if way else None,
        sector=str(way.sector) if way and way.sector else None,
    )  # fmt: skip
