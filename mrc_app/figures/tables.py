"""A table of counts or sums, as suppression, reports and exports read it: the innermost cells, and totals from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PERSONS = "persons"
CONTACTS = "contacts"
MONEY = "money:"
"""Before an ISO 4217 code: a measure in minor units of one currency."""
TOTAL = "_T"
"""Stands in a key in place of a member: all members of that dimension together."""

JOINED = "+"
"""Between the parts of a merged member. A part may end with it: "50+"."""
_BETWEEN = re.compile(r"\+(?=[^+])")


def parts_of(member: str) -> tuple[str, ...]:
    """The parts of a merged member; of any other the member itself."""
    return tuple(_BETWEEN.split(member))


@dataclass(frozen=True)
class Dimension:
    """What a table is broken down by: its id and the ids of its members, in the order they are shown."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Innermost cells only: a key holds one member of each dimension, in their order; a cell that is missing is zero.

    ``measure``: "persons", "contacts" or "money:CUR". ``sensitive``: members (of whichever dimension) that stand in no
    row, no merged row and no total of a release below national level.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], int]
    measure: str = PERSONS
    sensitive: frozenset[str] = field(default_factory=frozenset)

    def at(self, key: Iterable[str]) -> int:
        """A cell or a margin: ``TOTAL`` in a place adds all members of that dimension up."""
        wanted = tuple(key)
        return sum(
            number
            for cell, number in self.cells.items()
            if all(part in (TOTAL, own) for part, own in zip(wanted, cell, strict=True))
        )

    def total(self) -> int:
        """Everything in the table."""
        return sum(self.cells.values())

    def without(self, members: frozenset[str]) -> Table:
        """The table as if these members did not exist: no row, and no part of any total."""
        kept = {cell: number for cell, number in self.cells.items() if members.isdisjoint(cell)}
        dimensions = tuple(
            Dimension(one.id, tuple(member for member in one.members if member not in members))
            for one in self.dimensions
        )
        return Table(self.name, dimensions, kept, self.measure, self.sensitive - members)

    def margins(self) -> list[tuple[str, ...]]:
        """Every key of the table, totals included, in the order of the dimensions."""
        keys: list[tuple[str, ...]] = [()]
        for one in self.dimensions:
            keys = [(*before, member) for before in keys for member in (*one.members, TOTAL)]
        return keys
