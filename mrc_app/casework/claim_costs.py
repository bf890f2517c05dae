"""What pursuing a case cost, and who paid it: extension fees, travel to a hearing, a translation."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import claims, duplicates, fields
from mrc_app.casework.claim_rules import CostKind, CostPayer
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Record


class CaseCost(Record, table=True):
    """A cost of the case for a person. ``until``: for an extension of her stay, the day it runs to."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"amount": ("minor", "currency")}
    __table_args__ = checks(kind=CostKind, paid_by=CostPayer)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    kind: CostKind = word_column(CostKind, CostKind.OTHER)
    minor: int
    currency: str
    on: date
    until: date | None = None
    paid_by: CostPayer = word_column(CostPayer, CostPayer.NOT_STATED)
    receipt: str = ""
    note: str = ""
    kept_by: str


# -- Rules

COST: dict[str, fields.Check] = {
    **claims.ENTRY,
    "kind": fields.word(CostKind),
    "paid_by": fields.word(CostPayer),
    "until": fields.day,
}


def totals(costs: list[CaseCost]) -> dict[str, Money]:
    """The costs by currency."""
    found: dict[str, Money] = {}
    for cost in costs:
        found[cost.currency] = found.get(cost.currency, Money(0, cost.currency)) + Money(cost.minor, cost.currency)
    return found


# -- Actions


@needs(May.COUNSEL)
def note(
    session: Session, *, client: str, grievance: str, amount: Money, on: date, by: str, today: date, **typed: Any
) -> CaseCost:
    """A cost of the case: ``kind``, ``paid_by``, ``until``, ``receipt``, ``note``. Raises Invalid field by field."""
    kept = fields.checked(COST, typed)
    money = claims.checked_amount(amount)
    if on > today:
        raise Invalid(on=Problem(N_("This day is still to come.")))
    cost = CaseCost(
        client=client, grievance=grievance, minor=money.minor, currency=money.currency, on=on, kept_by=by, **kept
    )
    return added(session, cost)


@needs(May.COUNSEL)
def take_back(session: Session, cost: CaseCost) -> CaseCost:
    """Takes a cost back that was a mistake."""
    cost.gone = True
    return added(session, cost)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[CaseCost]:
    """What pursuing her cases cost, by day."""
    mine = col(CaseCost.client).in_(duplicates.members(session, client))
    chosen = select(CaseCost).where(mine, col(CaseCost.gone).is_(False))
    return list(session.exec(chosen.order_by(col(CaseCost.on), col(CaseCost.id))))


@needs(May.SEE_NAMES)
def of_grievance(session: Session, grievance: str) -> list[CaseCost]:
    """What a case cost, by day."""
    chosen = select(CaseCost).where(CaseCost.grievance == grievance, col(CaseCost.gone).is_(False))
    return list(session.exec(chosen.order_by(col(CaseCost.on), col(CaseCost.id))))
