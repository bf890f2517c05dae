"""From what was counted to what may be shown: merged rows, hidden cells, and figures that follow what they rest on.

What was released before is looked at too: a number that would give a small difference away is not told, or stands as it
was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from mrc_app.errors import MrcError
from mrc_app.figures.indicators_figures import Counted, Figure, Spread
from mrc_app.figures.indicators_words import Unit
from mrc_app.figures.releasing_merges import Merge, applied
from mrc_app.figures.releasing_stands import Stands
from mrc_app.figures.tables import JOINED, TOTAL, Dimension, Table, parts_of
from mrc_app.figures.tiers import SENSITIVE
from mrc_app.i18n import N_

if TYPE_CHECKING:
    from mrc_app.figures.suppression import Rule
    from mrc_app.figures.suppression_linked import Issue

Key = tuple[str, ...]
DOMINANT = 85  # percent of a sum that one person may be at most
SENSITIVE_K = 10
FAMILIES = {
    N_("wages or papers withheld"): ("E1", "E2", "E3", "E6", "E8", "R5", "T2"),
    N_("fees, false promises, no licence"): ("R1", "R2", "R3", "R4", "R6", "R7", "R8"),
    N_("conditions of work"): ("E4", "E5", "E7", "E9", "E10", "E11", "E12", "E13", "E17", "E18", "E19"),
    N_("the way home"): ("T1", "T6"),
}
"""Complaints that may stand in one row where a row alone would be too small (project design)."""
MERGED_BY = "matter"
BEHIND = ".="
"""In the name of a table that is not shown: how many stand behind a figure."""
SPREAD = "B4.by_"


@dataclass(frozen=True)
class Shown:
    """A table as it is shown: every cell and total; None where it is not told."""

    table: Table
    cells: Mapping[Key, int | None]


@dataclass(frozen=True)
class Released:
    """What is shown; and the same as it was counted, with what of it is not told, for the releases to come."""

    figures: tuple[Figure, ...]
    tables: tuple[Shown, ...]
    spreads: tuple[Spread, ...]
    issue: Issue | None = None


@dataclass(frozen=True)
class Earlier:
    """What was released before. ``readers``: for each kind of reader the releases in her hands, in their order;
    ``last``: what the last version of the same report shows."""

    readers: tuple[tuple[Issue, ...], ...] = ()
    last: Stands = field(default_factory=Stands)


def everything(counted: Counted) -> Released:
    """All of it, for this office."""
    tables = tuple(Shown(one, _all(one)) for family in counted.families for one in family)
    return Released(counted.figures, tables, counted.spreads)


def released(
    counted: Counted,
    k: int,
    days: tuple[date, date] = (date.min, date.max),
    earlier: Earlier | None = None,
    merges: Sequence[Merge] = (),
) -> Released:
    """What may leave: no cell of fewer than ``k`` people, none that could be worked out from this release or together
    with earlier ones, and what follows from them."""
    from mrc_app.figures.suppression_linked import Issue

    before = earlier or Earlier()
    families = merged(counted, k, merges)
    families += [_spread_tables(counted.spreads)] if counted.spreads else []
    tables, untold = list[Table](), dict[str, frozenset[Key]]()
    for family in (*families, *_behind(counted.figures)):
        safe, gone = _protected(family, k) if not _is_behind(family[0]) else _too_few(family, k)
        issue = _guarded(Issue(*days, tuple(safe), gone), before, k)
        tables += safe
        untold.update(issue.untold)
    issue = Issue(*days, tuple(tables), {name: keys for name, keys in untold.items() if keys})
    shown = {one.name: _shown(one, untold.get(one.name, frozenset()), before.last, k) for one in tables}
    figures = tuple(_figure(one, shown, untold, before.last, k) for one in counted.figures)
    spreads = tuple(_spread(one, untold, before.last, k) for one in counted.spreads)
    seen = tuple(one for name, one in shown.items() if BEHIND not in name and not name.startswith(SPREAD))
    return Released(figures, seen, spreads, issue)


def merged(counted: Counted, k: int, merges: Sequence[Merge] = ()) -> list[list[Table]]:
    """The families of tables with the rows that stand together."""
    return [applied([_merged(table, k) for table in family], merges) for family in counted.families]


def _guarded(issue: Issue, before: Earlier, k: int) -> Issue:
    from mrc_app.figures.suppression_linked import guarded

    for readers in before.readers:
        names = frozenset(one.name for one in issue.tables)
        rule = rule_for([*issue.tables, *(table for one in readers for table in one.only(names).tables)], k)
        issue = guarded(issue, readers, rule)
    return issue


def rule_for(tables: Iterable[Table], k: int) -> Rule:
    """The rule of a threshold for tables some of whose members are merged ones."""
    from mrc_app.figures.suppression import Rule

    merged = {member for one in tables for member in _members(one) if len(parts_of(member)) > 1}
    return Rule(k=k, sensitive=max(SENSITIVE_K, k), parts={one: frozenset(parts_of(one)) for one in merged})


# -- Figures


def _behind(figures: Sequence[Figure]) -> list[list[Table]]:
    """How many stand behind each figure that no table shows, as tables that are not shown: the ones and the others of a
    share, or all of them."""
    found = {}
    for one in figures:
        if not one.counts or (one.cells and one.of is None):
            continue
        name = behind(one)
        if one.of is None:
            n = one.n if one.n is not None else int(one.value or 0)
            found[name] = Table(name, (), {(): n} if n else {})
        else:
            n = one.n or 0
            found[name] = Table(name, (Dimension("share", ("of", "not")),), {("of",): n, ("not",): one.of - n})
    return [[one] for one in found.values()]


def behind(one: Figure) -> str:
    """The name of the table behind a figure."""
    return f"{one.code}{BEHIND}{one.part}.{one.currency}"


def _is_behind(table: Table) -> bool:
    return BEHIND in table.name


def _too_few(family: list[Table], k: int) -> tuple[list[Table], dict[str, frozenset[Key]]]:
    """All of a figure is untold where too few stand behind it or beside it."""
    few = {one.name: any(0 < one.at(key) < k for key in one.margins()) for one in family}
    return family, {one.name: frozenset(one.margins()) if few[one.name] else frozenset() for one in family}


def _figure(
    figure: Figure, shown: Mapping[str, Shown], untold: Mapping[str, frozenset[Key]], last: Stands, k: int
) -> Figure:
    """The figure; or as it stood, where too few changed; or without its numbers."""
    if not figure.counts:
        return figure
    cells = [(name, key) for name, key in figure.cells if name in shown]
    told = not _alone(figure) if figure.unit is Unit.MONEY else True
    told = told and not any(key in untold.get(name, ()) for name, key in cells) and not untold.get(behind(figure))
    told = told and not _few(figure, k)
    if told and not last.barely_changed(figure, k):
        return figure
    stood = last.figure(figure, k)
    if stood is not None and not any(shown[name].cells.get(key, 0) is None for name, key in cells):
        return stood
    return replace(figure, value=None, n=None, of=None, most=0, hidden=True)


def _alone(figure: Figure) -> bool:
    """Whether one person stands for most of a sum."""
    return figure.most * 100 > DOMINANT * int(figure.value or 0)


def _few(figure: Figure, k: int) -> bool:
    numbers = [figure.n if figure.n is not None else int(figure.value or 0)] if figure.of is None else []
    if figure.of is not None:
        n = figure.n or 0
        numbers = [n, figure.of, figure.of - n]
    return any(0 < number < k for number in numbers)


# -- Distributions


def _spread_tables(spreads: Sequence[Spread]) -> list[Table]:
    """How many stand behind each distribution: by sex, by sector …, all of the same people."""
    whole = next((one.n for one in spreads if not one.by), 0)
    found = []
    for by in dict.fromkeys(one.by for one in spreads if one.by):
        cells: dict[Key, int] = {(one.member,): one.n for one in spreads if one.by == by}
        rest = whole - sum(cells.values())
        if rest:
            cells[("",)] = rest
        found.append(Table(f"{SPREAD}{by}", (Dimension(by, tuple(key[0] for key in cells)),), cells))
    return found or [Table(f"{SPREAD}all", (), {(): whole} if whole else {})]


def _spread(one: Spread, untold: Mapping[str, frozenset[Key]], last: Stands, k: int) -> Spread:
    if one.by:
        gone = (one.member,) in untold.get(SPREAD + one.by, ())
    else:
        gone = any(name.startswith(SPREAD) and bool(keys & {(), (TOTAL,)}) for name, keys in untold.items())
    if not gone and not last.spread_barely_changed(one, k):
        return one
    stood = last.spread(one, k)
    return stood if stood is not None else Spread(one.by, one.member, 0, None, None, None, None, 0, hidden=True)


# -- Tables


def _all(table: Table) -> dict[Key, int | None]:
    return {key: table.at(key) for key in table.margins()}


def _shown(table: Table, untold: frozenset[Key], last: Stands, k: int) -> Shown:
    if not table.cells:
        return Shown(table, {})
    cells: dict[Key, int | None] = {}
    for key in table.margins():
        value = table.at(key)
        cells[key] = last.cell(table.name, key, value, k) if key in untold else value
    return _as_before(Shown(table, cells), last) if untold else Shown(table, cells)


def _as_before(shown: Shown, last: Stands) -> Shown:
    """Without rows and columns that the last version does not have and that show nobody."""
    known = last.members(shown.table.name)
    if not known:
        return shown
    kept = []
    for place, one in enumerate(shown.table.dimensions):
        new = {member for member in one.members if member not in known[place]}
        empty = {member for member in new if not any(shown.cells[key] for key in shown.cells if key[place] == member)}
        hidden = {key[place] for key, value in shown.cells.items() if value is None}
        kept.append(Dimension(one.id, tuple(member for member in one.members if member not in empty - hidden)))
    table = replace(shown.table, dimensions=tuple(kept))
    return Shown(table, {key: shown.cells[key] for key in table.margins()})


def _protected(family: Iterable[Table], k: int) -> tuple[list[Table], dict[str, frozenset[Key]]]:
    """The tables of one family, without what is sensitive, and what is untold of each so that they protect each other;
    all of it where they cannot be protected."""
    from mrc_app.figures import suppression

    safe = [replace(one, sensitive=SENSITIVE & _members(one)) for one in family]
    kept = [one.without(one.sensitive) for one in safe]
    try:
        release = suppression.protect([one for one in safe if one.cells], rule_for(safe, k))
    except MrcError:
        return kept, {one.name: frozenset(one.margins()) for one in kept}
    there = {one.name for one in release.tables}
    gone = {one.name: frozenset(_hidden(release, one)) if one.name in there else frozenset() for one in kept}
    return kept, gone


def _hidden(release: object, table: Table) -> Iterable[Key]:
    from mrc_app.figures.suppression import Release

    assert isinstance(release, Release)
    return (key for key in table.margins() if release.shown(table.name, key) is None)


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
