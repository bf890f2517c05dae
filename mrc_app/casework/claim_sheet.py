"""The money of a whole case on one sheet: each person's claims, the sums by currency, instalments and costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mrc_app.casework import claim_costs, claim_instalments, claim_rules, claims
from mrc_app.casework.claim_costs import CaseCost
from mrc_app.casework.claim_instalments import Part
from mrc_app.casework.claim_months import MonthRow
from mrc_app.casework.claim_rules import Four, Kind
from mrc_app.casework.claims import ClaimEntry, Line
from mrc_app.casework.clients import Client
from mrc_app.money import Money
from mrc_app.store.roles import May, needs

# -- Record


@dataclass(frozen=True)
class Person:
    """One person's claims in a case, and their sums by currency."""

    client: Client
    lines: tuple[Line, ...]
    totals: Mapping[str, Four]


@dataclass(frozen=True)
class Sheet:
    """The money of a case: its people, the sums of all by currency, instalments and what the case cost."""

    persons: tuple[Person, ...]
    totals: Mapping[str, Four]
    instalments: tuple[Part, ...]
    costs: tuple[CaseCost, ...]


# -- Rules


def plain_four(four: Four) -> dict[str, Any]:
    """The four kinds as text with the currency's decimals; null where nothing was ever said. Percentages beside."""
    told: dict[str, Any] = {"currency": four.currency}
    for kind in Kind:
        money = four.money(kind)
        told[kind.value] = None if money is None else str(money.amount)
    told["open"] = str(four.open.amount)
    for kind in (Kind.OFFERED, Kind.AWARDED, Kind.PAID):
        told[f"{kind.value}_percent"] = four.percent(kind)
    return told


def plain_line(line: Line) -> dict[str, Any]:
    """A claim as JSON can hold it."""
    claim = line.claim
    return {
        "uuid": claim.uuid, "grievance": claim.grievance, "head": claim.head.value, "what": claim.what or None,
        **plain_four(line.four),
        "entries": [_plain_entry(entry) for entry in line.entries],
        "months": [_plain_month(row) for row in line.months],
    }  # fmt: skip


def _plain_entry(entry: ClaimEntry) -> dict[str, Any]:
    money = Money(entry.minor, entry.currency)
    return {
        "uuid": entry.uuid, "form": entry.form.value, "amount": str(money.amount), "currency": entry.currency,
        "on": entry.on.isoformat(), "shared": bool(entry.lump), "receipt": entry.receipt or None,
        "note": entry.note or None,
    }  # fmt: skip


def _plain_month(row: MonthRow) -> dict[str, Any]:
    return {
        "first": row.first.isoformat(), "last": row.last.isoformat(), "days": row.days,
        "due": str(row.due.amount), "paid": str(row.paid.amount), "owed": str(row.owed.amount),
    }  # fmt: skip


def plain_part(part: Part, today: date) -> dict[str, Any]:
    """An instalment as JSON can hold it."""
    return {
        "uuid": part.instalment.uuid, "due_on": part.instalment.due_on.isoformat(), "due": str(part.due.amount),
        "paid": str(part.paid.amount), "currency": part.due.currency, "late": part.late(today),
    }  # fmt: skip


def plain_cost(cost: CaseCost) -> dict[str, Any]:
    """A cost of the case as JSON can hold it."""
    return {
        "uuid": cost.uuid, "kind": cost.kind.value, "amount": str(Money(cost.minor, cost.currency).amount),
        "currency": cost.currency, "on": cost.on.isoformat(), "until": cost.until.isoformat() if cost.until else None,
        "paid_by": cost.paid_by.value, "receipt": cost.receipt or None, "note": cost.note or None,
    }  # fmt: skip


# -- Questions


@needs(May.SEE_NAMES)
def of_grievance(session: Session, grievance: str) -> Sheet:
    """The money of a case as far as this officer may see its people."""
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in claims.of_grievance(session, grievance):
        grouped[line.claim.client].append(line)
    chosen = select(Client).where(col(Client.uuid).in_(list(grouped)))
    people = {one.uuid: one for one in session.exec(chosen)}
    persons = [
        Person(people[uuid], tuple(theirs), claim_rules.together(line.four for line in theirs))
        for uuid, theirs in grouped.items()
    ]
    totals = claim_rules.together(line.four for person in persons for line in person.lines)
    parts, costs = claim_instalments.of_grievance(session, grievance), claim_costs.of_grievance(session, grievance)
    return Sheet(tuple(persons), totals, tuple(parts), tuple(costs))
