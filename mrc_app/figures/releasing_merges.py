"""Rows that an office puts together before a release, so that fewer cells are blank: offered, and chosen by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mrc_app.errors import Invalid, Problem
from mrc_app.figures.tables import JOINED, Table, parts_of
from mrc_app.figures.tiers import SENSITIVE
from mrc_app.i18n import N_

if TYPE_CHECKING:
    from mrc_app.figures.suppression import Rule

OFFERED = ("age", "kind", "matter")
"""Dimensions whose neighbours are offered as one row."""
MOST = 6
NOT_ONE = N_("“{merge}” is not a merging. Write it like A2.age=15-17+18-24.")
DELICATE = N_("“{merge}” cannot be merged: it is left out of every row.")


@dataclass(frozen=True)
class Merge:
    """Members of one dimension that stand in one row, in every table of an indicator."""

    code: str
    dimension: str
    members: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.code}.{self.dimension}={JOINED.join(self.members)}"


@dataclass(frozen=True)
class Offered:
    """A merging, and how many cells of the table are blank before and after."""

    merge: Merge
    before: int
    after: int


def read(text: str) -> Merge:
    """A merging as it is written. Raises Invalid."""
    where, _, members = text.strip().partition("=")
    code, _, dimension = where.partition(".")
    parts = tuple(part.strip() for part in parts_of(members))
    if not code or not dimension or len(parts) < 2 or not all(parts):
        raise Invalid(merge=Problem(NOT_ONE, {"merge": text}))
    if not SENSITIVE.isdisjoint(parts):
        raise Invalid(merge=Problem(DELICATE, {"merge": text}))
    return Merge(code, dimension, parts)


def applied(family: Sequence[Table], merges: Iterable[Merge]) -> list[Table]:
    """The tables of one family with the merged rows; members that are not there are passed over."""
    tables = list(family)
    for one in merges:
        if any(table.name.partition(".")[0] == one.code for table in tables):
            tables = [_merged(table, one) for table in tables]
    return tables


def _merged(table: Table, one: Merge) -> Table:
    from mrc_app.figures import suppression

    dimension = next((found for found in table.dimensions if found.id == one.dimension), None)
    there = [member for member in (dimension.members if dimension else ()) if _parts(member) <= set(one.members)]
    return suppression.merge(table, one.dimension, there, JOINED.join(there)) if len(there) > 1 else table


def _parts(member: str) -> set[str]:
    return set(parts_of(member))


def offered(families: Iterable[Sequence[Table]], rule: Rule) -> list[Offered]:
    """Neighbours whose merging leaves fewer cells blank, the best first."""
    from mrc_app.figures import suppression

    found = []
    for table in (table for family in families for table in family[:1] if table.cells):
        for one in suppression.offers(table, rule):
            parts = tuple(part for member in one.members for part in parts_of(member))
            if one.dimension in OFFERED and SENSITIVE.isdisjoint(parts):
                merge = Merge(table.name.partition(".")[0], one.dimension, parts)
                found.append(Offered(merge, one.before, one.hidden))
    return sorted(found, key=lambda one: one.after - one.before)[:MOST]
