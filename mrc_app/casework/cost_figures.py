"""Costs counted: one row for each worker of whom something is known, for SDG 10.7.1. No names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from mrc_app.casework.centres import the_centre
from mrc_app.casework.cost_debts import debt_risk, thresholds
from mrc_app.casework.cost_rules import Reckoning, reckon
from mrc_app.casework.cost_words import Basis, Level
from mrc_app.casework.costs import Cost, Income, Loan, best_income, debt, earning, line, of_journey, quote, rates
from mrc_app.casework.journey_words import JourneyStage, Sector
from mrc_app.casework.journeys import Journey
from mrc_app.money import Money
from mrc_app.store.kinds import kinds
from mrc_app.store.roles import May, needs

# -- Rules


@dataclass(frozen=True)
class WorkerCost:
    """What one worker paid beside what she earns in a month. ``ratio`` is exact; None where it cannot be told.

    ``on`` is the month of the earnings, else the day they were written down; None without earnings. A worker of whom
    earnings are known and no cost was written down is here only when a row says that she paid: nothing typed is not
    nothing paid. One who paid zero is here with zero.
    """

    client: str
    journey: str | None
    origin: str
    destination: str
    sector: str
    on: date | None
    cost: Fraction | None
    currency: str
    income: Money | None
    ratio: Fraction | None
    basis: Basis | None
    isco: str = ""


class Way(NamedTuple):
    """What the figures need of a journey."""

    uuid: str
    origin: str
    destination: str
    sector: Sector | None
    isco: str


def _row(client: str, way: Way | None, income: Income | None, sums: Reckoning) -> WorkerCost:
    return WorkerCost(
        client=client,
        journey=way.uuid if way else None,
        origin=way.origin if way else "",
        destination=way.destination if way else "",
        sector=str(way.sector or "") if way else "",
        on=(income.month or income.noted_on) if income else None,
        cost=sums.total,
        currency=sums.currency,
        income=Money(income.amount_minor, income.currency) if income else None,
        ratio=sums.ratio,
        basis=income.basis if income else None,
        isco=way.isco if way else "",
    )


# -- Questions


@needs(May.COUNT)
def ratios(session: Session, until: date, since: date | None = None) -> list[WorkerCost]:
    """Every worker of whom a payment was written down by a day, with cost, earnings and ratio on her current journey.

    Those without a ratio (no earnings, or no rate) are in the list with None: they are the gap between n and all.
    With ``since`` only those of whom a payment or earnings are dated on that day or later.
    """
    paid, earned = _by_client(session, Cost, until), _by_client(session, Income, until)
    ways = _current(session)
    quotes = [quote(rate) for rate in rates(session)]
    found = []
    for client, costs in paid.items():
        if since and max(_days(costs, earned.get(client, []))) < since:
            continue
        way = ways.get(client)
        here = way.uuid if way else None
        income = best_income(of_journey(earned.get(client, []), here))
        sums = reckon(
            [line(cost) for cost in of_journey(costs, here)],
            earning=earning(income) if income else None, quotes=quotes, on=until,
            first_job=income.first_job_on if income else None,
        )  # fmt: skip
        found.append(_row(client, way, income, sums))
    return found


@needs(May.COUNT)
def debt_levels(session: Session, until: date, since: date) -> dict[str, Level]:
    """The debt risk of every client of whom a loan was written down in these days, with all that is known by the last
    of them: her loans on her current journey, her earnings, the rates, the centre's thresholds."""
    owed, earned = _by_client(session, Loan, until), _by_client(session, Income, until)
    ways, quotes = _current(session), [quote(rate) for rate in rates(session)]
    limits = thresholds(the_centre(session).settings)
    found = {}
    for client, loans in owed.items():
        if max(loan.noted_on for loan in loans) < since:
            continue
        here = ways[client].uuid if client in ways else None
        income = best_income(of_journey(earned.get(client, []), here))
        told = earning(income) if income else None
        mine = [debt(loan) for loan in of_journey(loans, here)]
        found[client] = debt_risk(mine, earning=told, quotes=quotes, on=until, limits=limits).level
    return found


def _days(costs: list[Any], incomes: list[Any]) -> Iterator[date]:
    yield from (cost.noted_on for cost in costs)
    yield from (income.month or income.noted_on for income in incomes)


def _by_client(session: Session, kind: Any, until: date) -> dict[str, list[Any]]:
    """What was written down by a day, without her words: a role that counts reads no names."""
    found: dict[str, list[Any]] = {}
    for row in _wordless(session, kind, kind.noted_on <= until, order=(col(kind.id),)):
        found.setdefault(row.client, []).append(row)
    return found


def _wordless(session: Session, kind: Any, criterion: Any, order: tuple[Any, ...]) -> list[Any]:
    known = kinds()[kind.__tablename__]
    names = ("uuid", *(name for name in known.columns if name not in known.telling))
    asked: Any = select(*(getattr(kind, name) for name in names)).where(col(kind.gone).is_(False), criterion)
    empty = dict.fromkeys(known.telling, "")
    return [
        SimpleNamespace(**empty, **dict(zip(names, row, strict=True))) for row in session.exec(asked.order_by(*order))
    ]


def _current(session: Session) -> dict[str, Way]:
    """The latest journey of each client that was not cancelled."""
    j = Journey
    columns: Any = (j.client, j.uuid, j.origin, j.destination, j.sector, j.isco)
    asked = select(*columns).where(col(j.gone).is_(False), j.stage != JourneyStage.CANCELLED)
    return {row[0]: Way(*row[1:]) for row in session.exec(asked.order_by(col(j.stage_on), col(j.id)))}
