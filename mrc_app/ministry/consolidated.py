"""The centres' numbers added up: what adds up is added, a median or a mean of one centre is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from mrc_app.calendars.periods import Period
from mrc_app.exchange.ministry_export_profile import TOTAL
from mrc_app.ministry.checking import adds
from mrc_app.ministry.database import Database

Cell = tuple[str, ...]
HEADLINES = (
    ("DF_PERSONS", "PERSONS_N"), ("DF_PERSONS", "PERSONS_NEW_N"), ("DF_SERVICES", "SERVICES_N"),
    ("DF_GRIEVANCES", "GRIEVANCES_N"), ("DF_RETURNEES", "RETURNEES_N"), ("DF_TRAINING", "TRAINED_N"),
    ("DF_OUTREACH_SEX", "MET_SEX_N"), ("DF_VISITS", "VISITS_N"), ("DF_REFERRALS", "REFERRALS_N"),
)  # fmt: skip
"""What one line for each centre shows."""


class Sender(NamedTuple):
    """A package that stands for a centre and a period."""

    package: int
    centre: str
    seq: int
    signer: str


@dataclass(frozen=True)
class Sum:
    """One indicator of a dataflow over all centres: its cells, leaves and totals alike."""

    flow: str
    indicator: str
    dims: tuple[str, ...]
    unit: str
    cells: Mapping[Cell, Decimal]

    @property
    def leaves(self) -> dict[Cell, Decimal]:
        """The cells with a member of every dimension."""
        return {cell: value for cell, value in self.cells.items() if TOTAL not in cell}


def senders(database: Database, span: Period) -> list[Sender]:
    """Who sent counts for exactly these days, whatever the period is called. Months are never added up to a quarter:
    somebody who came twice would be counted twice."""
    rows = database.rows(
        "SELECT id, centre, seq, signer FROM package WHERE state = 'current' AND tier = 'MIN' AND first_day = ? "
        "AND last_day = ? ORDER BY centre",
        span.start.isoformat(), span.end.isoformat(),
    )  # fmt: skip
    return [Sender(*row) for row in rows]


def sums(database: Database, span: Period) -> list[Sum]:
    """Every indicator over all centres, by dataflow. Units (a currency is one) are never added up."""
    rows = database.rows(
        "SELECT o.flow, o.indicator, o.dims, o.unit, o.cell, sum(o.value) FROM observation o JOIN package p "
        "ON p.id = o.package WHERE p.state = 'current' AND p.tier = 'MIN' AND p.first_day = ? AND p.last_day = ? "
        "GROUP BY o.flow, o.indicator, o.dims, o.unit, o.cell ORDER BY 1, 2, 3, 4, 5",
        span.start.isoformat(), span.end.isoformat(),
    )  # fmt: skip
    found: dict[tuple[str, str, str, str], dict[Cell, Decimal]] = defaultdict(dict)
    for flow, indicator, dims, unit, cell, value in rows:
        if adds(flow, indicator):
            found[flow, indicator, dims, unit][tuple(cell.split("|"))] = exact(value)
    return [
        Sum(flow, indicator, tuple(dims.split(",")), unit, cells)
        for (flow, indicator, dims, unit), cells in found.items()
    ]


def exact(value: object) -> Decimal:
    """A number of either database, without what a sum of binary fractions leaves behind."""
    made = value if isinstance(value, Decimal) else Decimal(repr(value))
    return made.quantize(Decimal("0.000000001")).normalize() if made.as_tuple().exponent else made


def headlines(database: Database, span: Period) -> dict[str, dict[str, Decimal]]:
    """For each centre that sent: its total of each headline indicator; nothing where it said nothing."""
    rows = database.rows(
        "SELECT p.centre, o.flow, o.indicator, o.cell, o.value FROM observation o JOIN package p ON p.id = o.package "
        "WHERE p.state = 'current' AND p.tier = 'MIN' AND p.first_day = ? AND p.last_day = ?",
        span.start.isoformat(), span.end.isoformat(),
    )  # fmt: skip
    found: dict[str, dict[str, Decimal]] = {one.centre: {} for one in senders(database, span)}
    for centre, flow, indicator, cell, value in rows:
        if (flow, indicator) in HEADLINES and set(cell.split("|")) == {TOTAL}:
            found[centre][indicator] = exact(value)
    return found


def by_member(one: Sum) -> dict[str, dict[str, Decimal]]:
    """For each dimension the total of each of its members, from the totals the centres sent."""
    found: dict[str, dict[str, Decimal]] = {dimension: {} for dimension in one.dims}
    for cell, value in one.cells.items():
        named = [place for place, member in enumerate(cell) if member != TOTAL]
        if len(named) == 1:
            found[one.dims[named[0]]][cell[named[0]]] = value
    return {dimension: members for dimension, members in found.items() if members}
