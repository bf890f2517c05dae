"""Releases of overlapping periods read together: what a reader works out by taking one from the other.

A year less its quarters, a quarter less its months, a second version less the first: each difference counts people
too, and a small one is as telling as a small cell. What was told before is fixed and cannot be taken back; so the cells
of the coming release that would give a small difference away are hidden, and as many others as it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf

from mrc_app.errors import MrcError
from mrc_app.figures.suppression import Key, Release, Rule
from mrc_app.figures.suppression_audit import Attack
from mrc_app.figures.suppression_solving import CANNOT, PART, Cell, Group, Hiding, Known, Picture
from mrc_app.figures.tables import Dimension, Table

FLOWS = ("A1", "A3", "A4", "AV", "B1", "B2", "B3", "C1", "C2", "C2W", "C3", "C4", "C8", "D4", "E2")
"""What happens on one day only: months add up to their quarter. Of other tables people stand in several periods."""
STOCKS = ("C7",)
"""What stands on the last day of a period."""
SIGNS = (Known(0, inf), Known(-inf, 0), Known(-inf, inf))
"""What a reader may take for granted of a difference, the most first: only added, only taken away, nothing."""
ROUNDS = 6


@dataclass(frozen=True)
class Issue:
    """Tables of one release as they were counted (confidential), and the keys of each that were not told."""

    start: date
    end: date
    tables: tuple[Table, ...]
    untold: Mapping[str, frozenset[Key]]

    def only(self, names: frozenset[str]) -> Issue:
        """The release with these tables alone."""
        untold = {name: keys for name, keys in self.untold.items() if name in names}
        return replace(self, tables=tuple(one for one in self.tables if one.name in names), untold=untold)


@dataclass(frozen=True)
class Story:
    """Releases that a reader puts side by side, and the pieces each of them counts."""

    issues: tuple[Issue, ...]
    covers: tuple[frozenset[str], ...]
    signs: Mapping[str, Known]


@dataclass(frozen=True)
class Leaks:
    """What a reader works out: hidden cells with what he should be able to think, and small differences."""

    cells: tuple[tuple[Group, int], ...] = ()
    differences: tuple[Group, ...] = ()

    @property
    def none(self) -> bool:
        """Whether nothing was found."""
        return not self.cells and not self.differences

    def without(self, known: Leaks) -> Leaks:
        """Only what is new."""
        old = {group for group, _need in known.cells}
        cells = tuple(one for one in self.cells if one[0] not in old)
        return Leaks(cells, tuple(one for one in self.differences if one not in known.differences))


# What a reader puts side by side


def stories(now: Issue, before: Sequence[Issue]) -> Iterator[tuple[tuple[Issue, ...], tuple[frozenset[str], ...]]]:
    """The releases to be read together with the coming one, and the pieces they count; ``before`` in their order."""
    name = now.tables[0].name.partition(".")[0]
    last = {(one.start, one.end): one for one in before}
    same = [one for one in before if (one.start, one.end) == (now.start, now.end)]
    once = frozenset({"once"})
    if name in FLOWS:
        together = _touching(now, [one for one in before if one is last[one.start, one.end]])
        if together:
            yield (*together, now), _pieces((*together, now))
        same = same[:-1]
    else:
        for one in last.values():
            if one not in same and _one_in_the_other(one, now, stock=name in STOCKS):
                ordered = (one, now) if (one.end - one.start) <= (now.end - now.start) else (now, one)
                yield ordered, (once, once)
    for one in same:
        yield (one, now), (once, once)


def _one_in_the_other(one: Issue, other: Issue, *, stock: bool) -> bool:
    if stock:
        return one.end == other.end
    inside = one.start >= other.start and one.end <= other.end
    return inside or (other.start >= one.start and other.end <= one.end)


def _touching(now: Issue, before: Sequence[Issue]) -> tuple[Issue, ...]:
    """Every release that overlaps with this one, or with one that does."""
    found, start, end = list[Issue](), now.start, now.end
    while more := [one for one in before if one not in found and one.start <= end and one.end >= start]:
        found += more
        start, end = min(start, *(one.start for one in more)), max(end, *(one.end for one in more))
    return tuple(one for one in before if one in found)


def _pieces(issues: Sequence[Issue]) -> tuple[frozenset[str], ...]:
    """Each release as the pieces of time between all their first and last days."""
    edges = sorted({edge for one in issues for edge in (one.start, one.end + timedelta(days=1))})
    return tuple(
        frozenset(edge.isoformat() for edge in edges if one.start <= edge <= one.end) for one in issues
    )  # fmt: skip


def settled(issues: tuple[Issue, ...], covers: tuple[frozenset[str], ...], rule: Rule, now: Issue) -> Story:
    """The releases with a further piece, "what changed since", for each that does not agree with those before it."""
    story = Story(issues, covers, {})
    if _agrees(story, rule, now):
        return story
    found, signs = [covers[0]], dict[str, Known]()
    for at in range(1, len(issues)):
        story = Story(issues[: at + 1], (*found, covers[at]), dict(signs))
        if not _agrees(story, rule, now):
            part = f"since {at}"
            tries = (Story(issues[: at + 1], (*found, covers[at] | {part}), {**signs, part: sign}) for sign in SIGNS)
            story = next((one for one in tries if _agrees(one, rule, now)), story)
        found, signs = list(story.covers), dict(story.signs)
    return story


def _agrees(story: Story, rule: Rule, now: Issue) -> bool:
    try:
        made = Side(story, rule, now)
    except MrcError:
        return False
    return Attack(made.picture, ()).possible()


# All of it in one matrix


class Side:
    """A story as the solver and the auditor read it. ``hidden``: what none of its releases tells; ``mine``: the groups
    of the coming one."""

    def __init__(self, story: Story, rule: Rule, now: Issue) -> None:
        self.story, self.rule, self.now = story, rule, now
        parts = frozenset[str]().union(*story.covers)
        self.members = _members((*story.issues, now), rule)
        self.universe = {**{one: frozenset(found) for one, found in self.members.items()}, PART: parts}
        self.cells: dict[Group, Cell] = {}
        self.shown: set[Group] = set()
        self.before: set[Group] = set()
        self.mine: dict[Group, list[tuple[str, Key]]] = {}
        self.groups: dict[tuple[str, ...], set[Group]] = {}
        for issue, cover in zip(story.issues, story.covers, strict=True):
            for name in self.names:
                self._take(issue, self._table(issue, name), cover)
        derived = self._differences()
        known = {group: Known(self.cells[group].value, self.cells[group].value) for group in self.before}
        cells = {group: replace(one, need=0) if group in known else one for group, one in self.cells.items()}
        tables = [frozenset(found) for found in self.groups.values()]
        self.picture = Picture(self.universe, tables, cells, known, derived, story.signs)
        self.hidden = set(cells) - self.shown - self.before

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that are linked."""
        return tuple(one.name for one in self.now.tables)

    def _table(self, issue: Issue, name: str) -> Table:
        """A table with the rows that only other releases have: nobody stood in them."""
        like = next(one for one in self.now.tables if one.name == name)
        table = next((one for one in issue.tables if one.name == name), replace(like, cells={}, dimensions=()))
        mine = {one.id: one.members for one in table.dimensions}
        wider = []
        for one in like.dimensions:
            members = mine.get(one.id, ())
            there = frozenset[str]().union(*map(self.rule.atoms, members))
            wider.append(Dimension(one.id, (*members, *sorted(self.members[one.id] - there))))
        return replace(table, dimensions=tuple(wider))

    def _release(self, table: Table, cover: frozenset[str]) -> Release:
        return Release((table,), frozenset(), self.rule, {PART: cover}, self.universe)

    def _take(self, issue: Issue, table: Table, cover: frozenset[str]) -> None:
        release, untold = self._release(table, cover), issue.untold.get(table.name, frozenset())
        groups = self.groups.setdefault(tuple(one.id for one in table.dimensions), set())
        for key in table.margins():
            group, value = release.group(table, key), table.at(key)
            if group in self.cells and self.cells[group].value != value:
                raise MrcError(CANNOT)
            self.cells[group] = Cell(value, self.rule.need(table, key, value))
            groups.add(group)
            if issue is self.now:
                self.mine.setdefault(group, []).append((table.name, key))
            if key not in untold:
                (self.shown if issue is self.now else self.before).add(group)

    def _differences(self) -> frozenset[Group]:
        """The groups of every piece that no release shows alone."""
        found = set[Group]()
        alone = {next(iter(cover)) for cover in self.story.covers if len(cover) == 1}
        for name in self.names:
            table = self._table(self.now, name)
            for part in self.universe[PART] - alone:
                release = self._release(table, frozenset({part}))
                mine = {release.group(table, key) for key in table.margins()}
                self.groups[tuple(one.id for one in table.dimensions)] |= mine
                found |= mine
        return frozenset(found - self.cells.keys())

    def leaks(self, hidden: set[Group], *, all_of_it: bool = True) -> Leaks:
        """What the auditor works out of all these releases, by integer programming; only what is small, unless
        ``all_of_it``. Raises MrcError where the releases contradict each other."""
        attack = Attack(self.picture, hidden)
        if not attack.possible():
            raise MrcError(CANNOT)
        weak = list[tuple[Group, int]]()
        for group in sorted(attack.hidden, key=lambda one: self.cells[one].value):
            value, need = self.cells[group].value, self.picture.cells[group].need
            lost = bool(need) and not attack.can_be(group, need, inf)
            if not lost and all_of_it:
                lost = not attack.can_be(group, value + 1, inf) and not attack.can_be(group, 0, value - 1)
            if lost:
                weak.append((group, need or value + 1))
        k = self.rule.k
        return Leaks(tuple(weak), tuple(one for one in self.picture.derived if self._small(attack, one, k)))

    def _small(self, attack: Attack, group: Group, k: int) -> bool:
        """Whether a difference is known to be small, and not known to be nobody."""
        sign = next((self.story.signs[one] for one in dict(group)[PART] if one in self.story.signs), SIGNS[0])
        above, below = sign.high > 0, sign.low < 0
        if (above and attack.can_be(group, k, inf)) or (below and attack.can_be(group, -inf, -k)):
            return False
        return (above and attack.can_be(group, 1, inf)) or (below and attack.can_be(group, -inf, -1))


def _members(issues: Sequence[Issue], rule: Rule) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in (dimension for issue in issues for table in issue.tables for dimension in table.dimensions):
        found.setdefault(one.id, set()).update(*map(rule.atoms, one.members))
    return {one: members or {""} for one, members in found.items()}


# The coming release


def guarded(now: Issue, before: Sequence[Issue], rule: Rule) -> Issue:
    """The coming release of tables that count the same people, with as much hidden as it takes so that it tells nothing
    small together with any release before it."""
    first, names = now, frozenset(one.name for one in now.tables)
    for issues, covers in stories(now, [one.only(names) for one in before]):
        issues = tuple(now if one is first else one for one in issues)
        if _all_told_and_large(issues, covers, rule.k):
            continue
        story = settled(issues, covers, rule, now)
        now = replace(now, untold=_untold(Side(story, rule, now)))
    return now


def _all_told_and_large(issues: Sequence[Issue], covers: Sequence[frozenset[str]], k: int) -> bool:
    """Whether two releases of the same pieces tell everything and differ nowhere by a few."""
    if len(issues) != 2 or covers[0] != covers[1] or any(keys for one in issues for keys in one.untold.values()):
        return False
    one, other = ({(t.name, key): t.at(key) for t in issue.tables for key in t.margins()} for issue in issues)
    return not any(0 < abs(one.get(key, 0) - other.get(key, 0)) < k for key in one.keys() | other.keys())


def _untold(side: Side) -> dict[str, frozenset[Key]]:
    found = {name: set(side.now.untold.get(name, ())) for name in side.names}
    for group in _closed(side) & side.mine.keys():
        for name, key in side.mine[group]:
            found[name].add(key)
    return {one.name: frozenset(found[one.name] & set(one.margins())) for one in side.now.tables}


def _closed(side: Side) -> set[Group]:
    """What is hidden in the end. What readers knew already is left; where nothing else helps, all of it is hidden."""
    everything = side.hidden | (side.mine.keys() - side.before)
    try:
        return _without_leaks(side, None)
    except MrcError:
        pass
    try:
        return _without_leaks(side, side.leaks(everything))
    except MrcError:
        return everything


def _without_leaks(side: Side, known: Leaks | None) -> set[Group]:
    """What is hidden so that nothing is found; with what is ``known`` anyway, so that nothing small is found."""
    hidden = set(side.hidden)
    for turn in range(ROUNDS):
        found = side.leaks(hidden, all_of_it=known is None).without(known or Leaks())
        if found.none:
            return hidden
        search = Hiding(side.picture, hidden, whole=turn > 1)
        for group, need in found.cells:
            search.protect(group, need)
        for group in found.differences:
            search.protect_derived(group, side.rule.k)
        hidden = set(search.hidden)
    raise MrcError(CANNOT)


def worked_out(now: Issue, before: Sequence[Issue], rule: Rule) -> list[Leaks]:
    """What the auditor finds in a release together with those before it: one answer for each way to put them side by
    side. What readers knew without this release is not counted."""
    names = frozenset(one.name for one in now.tables)
    found = []
    for issues, covers in stories(now, [one.only(names) for one in before]):
        side = Side(settled(issues, covers, rule, now), rule, now)
        everything = side.hidden | (side.mine.keys() - side.before)
        plain = tuple(
            (group, one.need) for group, one in side.picture.cells.items() if one.need and group in side.shown
        )
        leaks = side.leaks(side.hidden).without(side.leaks(everything))
        found.append(replace(leaks, cells=leaks.cells + plain))
    return found
