"""From what was counted to what may be shown: merged rows, hidden cells, and figures that follow what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mrc_app.errors import MrcError
from mrc_app.figures.indicators_figures import Counted, Figure, Spread
from mrc_app.figures.indicators_words import Unit
from mrc_app.figures.tables import TOTAL, Table
from mrc_app.figures.tiers import SENSITIVE
from mrc_app.i18n import N_

Key = tuple[str, ...]
DOMINANT = 85  # percent of a sum that one person may be at most
JOINED = "+"
FAMILIES = {
    N_("wages or papers withheld"): ("E1", "E2", "E3", "E6", "E8", "R5", "T2"),
    N_("fees, false promises, no licence"): ("R1", "R2", "R3", "R4", "R6", "R7", "R8"),
    N_("conditions of work"): ("E4", "E5", "E7", "E9", "E10", "E11", "E12", "E13", "E17", "E18", "E19"),
    N_("the way home"): ("T1", "T6"),
}
"""Complaints that may stand in one row where a row alone would be too small (project design)."""
MERGED_BY = "matter"


@dataclass(frozen=True)
class Shown:
    """A table as it is shown: every cell and total; None where it is not told."""

    table: Table
    cells: Mapping[Key, int | None]


@dataclass(frozen=True)
class Released:
    """What is shown."""

    figures: tuple[Figure, ...]
    tables: tuple[Shown, ...]
    spreads: tuple[Spread, ...]


def everything(counted: Counted) -> Released:
    """All of it, for this office."""
    tables = tuple(Shown(one, _all(one)) for family in counted.families for one in family)
    return Released(counted.figures, tables, counted.spreads)


def released(counted: Counted, k: int) -> Released:
    """What may leave: no cell of fewer than ``k`` people, none that could be worked out, and what follows from them."""
    tables: list[Shown] = []
    for family in counted.families:
        tables += _protected([_merged(table, k) for table in family], k)
    cells = {shown.table.name: shown for shown in tables}
    figures = tuple(follow(one, cells, k) for one in counted.figures)
    spreads = tuple(_bare_spread(one) if 0 < one.n < k else one for one in counted.spreads)
    return Released(figures, tuple(tables), spreads)


def follow(figure: Figure, tables: Mapping[str, Shown], k: int) -> Figure:
    """The figure, or the figure with its numbers taken away: where what it rests on is hidden, or too few stand behind
    it or beside it."""
    rests = any(name in tables and tables[name].cells.get(key, 0) is None for name, key in figure.cells)
    if not rests and not _too_few(figure, k):
        return figure
    return replace(figure, value=None, n=None, of=None, most=0, hidden=True)


def _too_few(figure: Figure, k: int) -> bool:
    if not figure.counts:
        return False
    few = range(1, k)
    if figure.of is not None:
        n = figure.n or 0
        return figure.of in few or n in few or figure.of - n in few
    if figure.unit is Unit.MONEY:
        return (figure.n or 0) in few or figure.most * 100 > DOMINANT * int(figure.value or 0)
    behind = figure.n if figure.n is not None else int(figure.value or 0)
    return behind in few


def _bare_spread(one: Spread) -> Spread:
    return Spread(one.by, one.member, 0, None, None, None, None, 0, hidden=True)


# -- Tables


def _all(table: Table) -> dict[Key, int | None]:
    return {key: table.at(key) for key in table.margins()}


def _protected(family: Iterable[Table], k: int) -> list[Shown]:
    """The tables of one family, protected together; all of it hidden where they cannot be protected."""
    from mrc_app.figures import suppression

    safe = [replace(one, sensitive=SENSITIVE & _members(one)) for one in family]
    parts = {member: frozenset(member.split(JOINED)) for one in safe for member in _members(one) if JOINED in member}
    rule = suppression.Rule(k=k, sensitive=max(10, k), parts=parts)
    try:
        release = suppression.protect([one for one in safe if one.cells], rule)
    except MrcError:
        return [Shown(one.without(one.sensitive), dict.fromkeys(one.margins())) for one in safe]
    found = []
    for one in safe:
        there = next((table for table in release.tables if table.name == one.name), None)
        if there is not None:
            found.append(Shown(there, {key: release.shown(one.name, key) for key in there.margins()}))
        else:
            found.append(Shown(one.without(one.sensitive), {}))
    return found


def _members(table: Table) -> frozenset[str]:
    return frozenset(member for one in table.dimensions for member in one.members)


def _merged(table: Table, k: int) -> Table:
    """The table with complaints of one family in one row where a row alone is small. Nothing sensitive is merged."""
    from mrc_app.figures import suppression

    names = [one.id for one in table.dimensions]
    if MERGED_BY not in names:
        return table
    at = names.index(MERGED_BY)
    for family in FAMILIES.values():
        mine = [one for one in table.dimensions[at].members if one in family]
        while len(mine) > 1 and (small := next((one for one in mine if _small(table, at, one, k)), None)):
            place = mine.index(small)
            pair = mine[place - 1 : place + 1] if place else mine[:2]
            name = JOINED.join(pair)
            table = suppression.merge(table, MERGED_BY, pair, name)
            mine[mine.index(pair[0]) : mine.index(pair[0]) + 2] = [name]
    return table


def _small(table: Table, at: int, member: str, k: int) -> bool:
    keys = (key for key in table.margins() if key[at] == member and key != (TOTAL,) * len(key))
    return any(0 < table.at(key) < k for key in keys)
