"""Instalments: what was agreed to be paid to one person part by part, and what came, each with its receipt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import claims
from mrc_app.casework.claim_rules import Form, Kind
from mrc_app.casework.claims import ClaimEntry
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, new_uuid
from mrc_app.store.roles import May, needs

# -- Record


class Instalment(Record, table=True):
    """A part of what was agreed, to be paid to one person by a day. What was paid on it are entries of her claims."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"amount": ("minor", "currency")}

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    due_on: date = Field(index=True)
    minor: int
    currency: str
    kept_on: date
    kept_by: str


@dataclass(frozen=True)
class Part:
    """An instalment and what was paid on it so far."""

    instalment: Instalment
    paid: Money

    @property
    def due(self) -> Money:
        """What should be paid."""
        return Money(self.instalment.minor, self.instalment.currency)

    def late(self, today: date) -> bool:
        """Whether its day has passed and it is not paid whole."""
        return self.paid < self.due and self.instalment.due_on < today


# -- Actions


@needs(May.COUNSEL)
def plan(
    session: Session, *, client: str, grievance: str, parts: Sequence[tuple[date, Money]], on: date, by: str
) -> list[Instalment]:
    """The instalments of what was agreed with one person. Raises Invalid."""
    planned = [(due_on, claims.checked_amount(money)) for due_on, money in parts]
    kept = [
        Instalment(
            client=client, grievance=grievance, due_on=due_on, minor=money.minor, currency=money.currency,
            kept_on=on, kept_by=by,
        )
        for due_on, money in planned
    ]  # fmt: skip
    session.add_all(kept)
    session.flush()
    return kept


@needs(May.COUNSEL)
def receive(
    session: Session, instalment: Instalment, *, amount: Money, on: date, by: str, today: date, **typed: Any
) -> list[ClaimEntry]:
    """Money that came on an instalment, whole or in part, with its ``receipt``: shared over her claims of the case in
    that currency, by what was awarded or agreed, else by what is claimed. Raises Invalid."""
    _form, money, kept = claims.checked_entry(Form.PAYMENT, amount, on, today, typed)
    mine = [line for line in claims.of_grievance(session, instalment.grievance) if _fits(line, instalment)]
    if money.currency != instalment.currency or not mine:
        raise Invalid(amount=Problem(N_("This claim is in {currency}."), {"currency": instalment.currency}))
    awarded = any(line.four.awarded for line in mine)
    parts = claims.share(money, mine, Kind.AWARDED if awarded else Kind.CLAIMED)
    more = {**kept, "lump": new_uuid(), "instalment": instalment.uuid}
    return [claims.enter(session, line.claim, Form.PAYMENT, parts[line.claim.uuid], on, by, **more) for line in mine]


def _fits(line: claims.Line, instalment: Instalment) -> bool:
    return line.claim.client == instalment.client and line.claim.currency == instalment.currency


# -- Questions


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Instalment:
    """One instalment. Raises MrcError when there is none that this officer may see."""
    chosen = select(Instalment).where(Instalment.uuid == uuid, col(Instalment.gone).is_(False))
    found = session.exec(chosen).first()
    if found is None:
        raise MrcError(N_("This instalment is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def of_grievance(session: Session, grievance: str) -> list[Part]:
    """The instalments of a case by day, each with what was paid on it."""
    chosen = select(Instalment).where(Instalment.grievance == grievance, col(Instalment.gone).is_(False))
    found = list(session.exec(chosen.order_by(col(Instalment.due_on), col(Instalment.id))))
    paid: dict[str, int] = defaultdict(int)
    entries = select(ClaimEntry).where(ClaimEntry.grievance == grievance, col(ClaimEntry.gone).is_(False))
    for entry in session.exec(entries):
        paid[entry.instalment] += entry.minor
    return [Part(one, Money(paid[one.uuid], one.currency)) for one in found]
