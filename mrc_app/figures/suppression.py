"""Tables that give nobody away: what is hidden, and what may be merged instead.

Tables that count the same people are protected together, with all their totals. Below k a cell is hidden, and with it
as many others as it takes; one flag for both, so that nobody sees which is small. Violence, trafficking, death and
detention stand in no row, merged row or total below national level; there they need ten. Money and medians follow their
number of people: see releasing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.figures.suppression_audit import Audit, audit
from mrc_app.figures.suppression_solving import (
    CANNOT,
    Cell,
    Group,
    Picture,
    complement,
    complement_whole,
)
from mrc_app.figures.tables import TOTAL, Dimension, Table
from mrc_app.i18n import N_

Key = tuple[str, ...]
NOTE = N_("Small and sensitive categories were merged or left out.")
FEWEST = 3  # no release goes below
ROUNDS = 8
APART = N_("The tables “{one}” and “{other}” do not count the same people.")


@dataclass(frozen=True)
class Rule:
    """From how many on a cell is told. ``parts``: what stands in a merged member."""

    k: int = 5
    sensitive: int = 10
    national: bool = False
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.k < FEWEST:
            raise Invalid(k=Problem(N_("Nothing is published below {least} people."), {"least": FEWEST}))
        if self.sensitive < self.k:
            raise Invalid(sensitive=N_("Sensitive tables need at least as many people as the others."))

    def atoms(self, member: str) -> frozenset[str]:
        """What stands in a member: itself, unless it is a merged one."""
        return self.parts.get(member, frozenset({member}))

    def delicate(self, table: Table, member: str) -> bool:
        """Whether a member of a table, or any part of it, is sensitive."""
        return member in table.sensitive or bool(self.atoms(member) & table.sensitive)

    def need(self, table: Table, key: Key, value: int) -> int:
        """How large a reader must be able to think this cell; 0 where it may be told."""
        delicate = any(part != TOTAL and self.delicate(table, part) for part in key)
        least = self.sensitive if delicate else self.k
        return least if value < least and (value > 0 or delicate) else 0


@dataclass(frozen=True)
class Release:
    """Tables as counted for a release (confidential), and the groups that are not told."""

    tables: tuple[Table, ...]
    hidden: frozenset[Group]
    rule: Rule
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    universe: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        """The table of a name, as counted for this release."""
        return next(table for table in self.tables if table.name == name)

    def shown(self, name: str, key: Key) -> int | None:
        """A cell or total as it is told; None where it is hidden, small or not."""
        table = self.table(name)
        return None if self.group(table, key) in self.hidden else table.at(key)

    def group(self, table: Table, key: Key) -> Group:
        """Who a key of a table counts."""
        return _group(table, key, self.rule, self.within, self.universe)


@dataclass(frozen=True)
class Offer:
    """Two or more neighbouring members that may become one, and how many cells are then hidden."""

    dimension: str
    members: tuple[str, ...]
    hidden: int
    before: int


def protect(
    tables: Sequence[Table],
    rule: Rule,
    *,
    within: Mapping[str, frozenset[str]] | None = None,
) -> Release:
    """Decides what is hidden in tables that count the same people. ``within``: what holds for all of them, such as the
    quarters of a period. What was published before is suppression_linked's.

    Raises MrcError where the tables disagree.
    """
    allowed = [_allowed(table, rule) for table in tables]
    kept = tuple(table for table in allowed if all(one.members for one in table.dimensions))
    bare = Release(kept, frozenset(), rule, within or {}, _universe(kept, rule, within or {}))
    if not kept:
        return bare
    picture = _picture(bare)
    hidden = {group for group, cell in picture.cells.items() if cell.need}
    return replace(bare, hidden=_closed(picture, hidden) & _groups(bare))


def inspect(release: Release) -> Audit:
    """Lets the auditor loose on a release; also on one that was suppressed by other means. What is told of sensitive
    members below national level counts as recovered."""
    whole = replace(release, universe=_universe(release.tables, release.rule, release.within))
    found = audit(_picture(whole), release.hidden)
    told = {
        whole.group(table, key)
        for table in whole.tables
        if not whole.rule.national
        for key in table.margins()
        if _delicate(table, key, whole.rule)
    }
    return replace(found, recovered=found.recovered | (told - release.hidden))


def _closed(picture: Picture, hidden: set[Group]) -> frozenset[Group]:
    """What is hidden in the end: the auditor sends the solver back until it finds nothing."""
    closed = complement(picture, hidden)
    for _ in range(ROUNDS):
        found = audit(picture, closed)
        if found.passed:
            return closed
        weak = [(one, picture.cells[one].need or picture.cells[one].value + 1) for one in found.small | found.recovered]
        closed = complement_whole(picture, closed, weak)
    raise MrcError(CANNOT)


def _allowed(table: Table, rule: Rule) -> Table:
    """The table as it may be counted at this level."""
    if len(table.dimensions) > 3:
        raise MrcError(N_("A table with more than three dimensions is not published."))
    if rule.national:
        return table
    members = {member for one in table.dimensions for member in one.members}
    return table.without(frozenset(one for one in members if rule.delicate(table, one)))


def _universe(tables: Sequence[Table], rule: Rule, within: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found = dict(within)
    for one in (dimension for table in tables for dimension in table.dimensions):
        found[one.id] = found.get(one.id, frozenset()).union(*map(rule.atoms, one.members))
    return found


def _group(
    table: Table, key: Key, rule: Rule, within: Mapping[str, frozenset[str]], universe: Mapping[str, frozenset[str]]
) -> Group:
    asked = dict(within)
    for one, part in zip(table.dimensions, key, strict=True):
        meant = one.members if part == TOTAL else (part,)
        asked[one.id] = frozenset[str]().union(*map(rule.atoms, meant))
    return frozenset((name, members) for name, members in asked.items() if members != universe[name])


def _delicate(table: Table, key: Key, rule: Rule) -> bool:
    """Whether anything sensitive stands in a cell or total."""
    return any(
        rule.delicate(table, member)
        for one, part in zip(table.dimensions, key, strict=True)
        for member in (one.members if part == TOTAL else (part,))
    )


def _numbers(table: Table) -> dict[Key, int]:
    """Every cell and total of a table, in one pass."""
    found = dict.fromkeys(table.margins(), 0)
    for cell, number in table.cells.items():
        for key in product(*((part, TOTAL) for part in cell)):
            found[key] += number
    return found


def _groups(release: Release) -> frozenset[Group]:
    return frozenset(release.group(table, key) for table in release.tables for key in table.margins())


def _cells(release: Release) -> tuple[list[frozenset[Group]], dict[Group, Cell]]:
    """The groups of each table, and each with its value. Raises MrcError where two tables disagree about one."""
    groups, cells, first = [], dict[Group, Cell](), dict[Group, str]()
    for table in release.tables:
        mine = set()
        for key, value in _numbers(table).items():
            group = release.group(table, key)
            need = release.rule.need(table, key, value)
            if group in cells and cells[group].value != value:
                raise MrcError(APART, one=first[group], other=table.name)
            cells[group] = Cell(value, max(need, cells[group].need if group in cells else 0))
            first.setdefault(group, table.name)
            mine.add(group)
        groups.append(frozenset(mine))
    return groups, cells


def _picture(release: Release) -> Picture:
    """All that a reader may put together."""
    groups, cells = _cells(release)
    return Picture(release.universe, groups, cells)


# Merged categories


def merge(table: Table, dimension: str, members: Sequence[str], name: str) -> Table:
    """The table with some members of a dimension as one, where the first of them stood. It is sensitive if any is."""
    at = next(number for number, one in enumerate(table.dimensions) if one.id == dimension)
    old = table.dimensions[at].members
    first = min(old.index(member) for member in members)
    kept = [name if number == first else member for number, member in enumerate(old)]
    new = tuple(member for number, member in enumerate(kept) if number == first or member not in members)
    cells: dict[Key, int] = {}
    for key, number in table.cells.items():
        to = (*key[:at], name if key[at] in members else key[at], *key[at + 1 :])
        cells[to] = cells.get(to, 0) + number
    dimensions = (*table.dimensions[:at], Dimension(dimension, new), *table.dimensions[at + 1 :])
    delicate = frozenset({name}) if table.sensitive & set(members) else frozenset[str]()
    return replace(table, dimensions=dimensions, cells=cells, sensitive=table.sensitive - set(members) | delicate)


def offers(table: Table, rule: Rule) -> list[Offer]:
    """Pairs of neighbours whose merging hides fewer cells, the best first. Sensitive members are never offered."""
    allowed = _allowed(table, rule)
    before = len(protect([allowed], rule).hidden)
    found = []
    for one in allowed.dimensions:
        for pair in zip(one.members, one.members[1:], strict=False):
            if _small(allowed, one.id, pair, rule):
                joined = merge(allowed, one.id, pair, "+".join(pair))
                found.append(Offer(one.id, pair, len(protect([joined], rule).hidden), before))
    return sorted((one for one in found if one.hidden < before), key=lambda one: one.hidden)


def _small(table: Table, dimension: str, pair: Sequence[str], rule: Rule) -> bool:
    if any(rule.delicate(table, member) for member in pair):
        return False
    at = next(number for number, one in enumerate(table.dimensions) if one.id == dimension)
    return any(key[at] in pair and rule.need(table, key, value) for key, value in _numbers(table).items())
