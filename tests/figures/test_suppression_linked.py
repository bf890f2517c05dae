"""Releases read side by side: what one less the other tells. The auditor here is its own integer programme."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import highspy
import pytest

from mrc_app.errors import MrcError
from mrc_app.figures.suppression import Key, Release, Rule, inspect, protect
from mrc_app.figures.suppression_linked import Issue, guarded, worked_out
from mrc_app.figures.suppression_solving import CANNOT, Hiding
from mrc_app.figures.tables import TOTAL, Dimension, Table

K = 5
SEX, CODE = Dimension("sex", ("F", "M")), Dimension("code", ("a", "b", "c"))
QUARTERS = (
    (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31)),
)  # fmt: skip
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def table(numbers: Sequence[int], name: str = "C2") -> Table:
    return Table(name, (CODE, SEX), dict(zip(product("abc", "FM"), numbers, strict=True)))


def drawn(seed: int) -> list[Table]:
    rnd = random.Random(seed)
    return [table([rnd.choice([0, 1, 2, 3, rnd.randint(0, 30)]) for _ in range(6)]) for _ in range(4)]


def summed(tables: Sequence[Table]) -> Table:
    return table([sum(one.at(key) for one in tables) for key in product("abc", "FM")], tables[0].name)


def naive(made: Table, days: tuple[date, date]) -> Issue:
    """Protected by itself, as if nothing had left before."""
    release = protect([made], Rule())
    return Issue(*days, (made,), {made.name: frozenset(_untold(release, made))})


def _untold(release: Release, made: Table) -> Iterator[Key]:
    return (key for key in made.margins() if release.shown(made.name, key) is None)


def told(issue: Issue) -> dict[Key, int]:
    (made,) = issue.tables
    return {key: made.at(key) for key in made.margins() if key not in issue.untold.get(made.name, ())}


class Auditor:
    """Every whole-number table of every piece of time that agrees with all that was told."""

    def __init__(self, releases: Sequence[tuple[Issue, Sequence[int]]], pieces: int) -> None:
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.silent()
        keys = list(product("abc", "FM"))
        self.cells = {
            (piece, key): self.solver.addVariable(lb=0, type=highspy.HighsVarType.kInteger)
            for piece in range(pieces)
            for key in keys
        }
        for issue, covered in releases:
            for key, value in told(issue).items():
                self.solver.addConstr(sum(self.group(covered, key)) == value)

    def group(self, pieces: Sequence[int], key: Key) -> Any:
        return [
            one
            for (piece, cell), one in self.cells.items()
            if piece in pieces and all(part in (TOTAL, own) for part, own in zip(key, cell, strict=True))
        ]

    def between(self, piece: int, key: Key) -> tuple[float, float]:
        """The least and the most a group can be, up to k."""
        least, most = (self._end(piece, key, sense) for sense in (1, -1))
        return least, most

    def _end(self, piece: int, key: Key, sense: int) -> float:
        mine = self.group([piece], key)
        cap = self.solver.addVariable(lb=0, ub=K, type=highspy.HighsVarType.kInteger)
        row = self.solver.addConstr(cap <= sum(mine)) if sense < 0 else None
        if sense < 0:
            self.solver.maximize(cap)
            found = self.solver.val(cap)
        else:
            self.solver.minimize(sum(mine))
            found = self.solver.getInfo().objective_function_value
        if row is not None:
            self.solver.removeConstr(row)
        return float(round(found))

    def small(self, pieces: int) -> list[tuple[int, Key]]:
        """What is known to be a few people, and not known to be nobody."""
        found = []
        for piece, key in product(range(pieces), product((*"abc", TOTAL), ("F", "M", TOTAL))):
            _least, most = self.between(piece, key)
            if 0 < most < K:
                found.append((piece, key))
        return found


def published(quarters: Sequence[Table], guard: bool) -> list[tuple[Issue, list[int]]]:
    """Three quarters, the year, then the last quarter."""
    out: list[tuple[Issue, list[int]]] = []
    order = [([0], quarters[0]), ([1], quarters[1]), ([2], quarters[2]), ([0, 1, 2, 3], summed(quarters)),
             ([3], quarters[3])]  # fmt: skip
    for covered, made in order:
        issue = naive(made, YEAR if len(covered) == 4 else QUARTERS[covered[0]])
        if guard:
            before = [one for one, _ in out]
            issue = guarded(issue, before, Rule())
            assert all(one.none for one in worked_out(issue, before, Rule()))
        out.append((issue, covered))
    return out


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 20))])
def test_three_quarters_the_year_and_the_last_quarter_give_no_small_number_away(seed: int) -> None:
    for upto in (4, 5):
        releases = published(drawn(seed), guard=True)[:upto]
        assert Auditor(releases, 4).small(4) == []


def test_each_protected_by_itself_they_give_small_numbers_away() -> None:
    leaky = published(drawn(1), guard=False)
    assert Auditor(leaky, 4).small(4)
    issues = [one for one, _ in leaky]
    found = [worked_out(issues[at], issues[:at], Rule()) for at in (3, 4)]
    assert any(not one.none for story in found for one in story)


def test_a_year_that_is_three_quarters_and_two_people_does_not_tell_of_the_two() -> None:
    quarters = [table([20, 30, 10, 12, 9, 8]) for _ in range(3)] + [table([1, 0, 0, 1, 0, 0])]
    before = [naive(made, days) for made, days in zip(quarters[:3], QUARTERS[:3], strict=True)]
    year = naive(summed(quarters), YEAR)
    assert not year.untold["C2"]
    assert not all(one.none for one in worked_out(year, before, Rule()))
    safe = guarded(year, before, Rule())
    assert (TOTAL, TOTAL) in safe.untold["C2"]
    assert Auditor([*((one, [at]) for at, one in enumerate(before)), (safe, range(4))], 4).small(4) == []


FIRST = [20, 30, 10, 12, 9, 8]


@pytest.mark.parametrize("name", ["C2", "A2", "C7"])
@pytest.mark.parametrize("changed", [{0: 1}, {0: -1}, {0: 1, 3: -1}, {0: 7, 1: 1}])
def test_a_second_version_does_not_tell_whom_it_corrects(name: str, changed: Mapping[int, int]) -> None:
    first = naive(table(FIRST, name), QUARTERS[0])
    second = naive(table([n + changed.get(at, 0) for at, n in enumerate(FIRST)], name), QUARTERS[0])
    assert not all(one.none for one in worked_out(second, [first], Rule()))
    safe = guarded(second, [first], Rule())
    assert all(one.none for one in worked_out(safe, [first], Rule()))
    for key, value in told(safe).items():
        assert not 0 < abs(value - told(first)[key]) < K


def test_many_new_people_are_told_in_a_second_version() -> None:
    first = naive(table(FIRST), QUARTERS[0])
    safe = guarded(naive(table([n + 10 for n in FIRST]), QUARTERS[0]), [first], Rule())
    assert not safe.untold["C2"]


def test_a_third_version_is_read_beside_the_first_too() -> None:
    first = naive(table(FIRST), QUARTERS[0])
    second = guarded(naive(table([26, *FIRST[1:]]), QUARTERS[0]), [first], Rule())
    third = guarded(naive(table([21, *FIRST[1:]]), QUARTERS[0]), [first, second], Rule())
    assert ("a", "F") not in second.untold["C2"]
    assert {("a", "F"), (TOTAL, TOTAL)} <= third.untold["C2"]


def test_people_of_a_month_stand_in_the_quarter_once_and_the_rest_is_no_small_number() -> None:
    month = naive(table(FIRST, "A2"), (date(2026, 1, 1), date(2026, 1, 31)))
    quarter = naive(table([FIRST[0] + 2, *FIRST[1:]], "A2"), QUARTERS[0])
    safe = guarded(quarter, [month], Rule())
    assert {("a", "F"), ("a", TOTAL), (TOTAL, "F"), (TOTAL, TOTAL)} <= safe.untold["A2"]
    other = naive(table(FIRST, "A2"), QUARTERS[1])
    assert guarded(quarter, [other], Rule()) == quarter  # other days: nothing to take from one another
    late = guarded(month, [quarter], Rule())
    assert (TOTAL, TOTAL) in late.untold["A2"]


def test_a_row_that_only_one_release_has_was_nobody_in_the_other() -> None:
    first = Issue(*QUARTERS[0], (Table("C2", (Dimension("code", ("a",)), SEX), {("a", "F"): 20, ("a", "M"): 30}),), {})
    second = naive(table([20, 30, 2, 0, 0, 0]), QUARTERS[0])
    safe = guarded(second, [first], Rule())
    assert {("b", "F"), ("b", TOTAL), (TOTAL, TOTAL)} <= safe.untold["C2"]
    merged = Issue(*QUARTERS[0], (Table("C2", (Dimension("code", ("a+b",)), SEX), {("a+b", "F"): 22}),), {})
    rule = Rule(parts={"a+b": frozenset("ab")})
    assert all(one.none for one in worked_out(guarded(second, [merged], rule), [merged], rule))


def test_a_table_that_was_empty_or_is_empty_now_counts_nobody() -> None:
    nobody = Issue(*QUARTERS[0], (Table("C2", (Dimension("code", ()), Dimension("sex", ())), {}),), {})
    second = naive(table(FIRST), QUARTERS[0])
    assert guarded(second, [nobody], Rule()).untold == second.untold
    assert (
        guarded(nobody, [nobody], Rule()).untold == {"C2": frozenset()} or not guarded(nobody, [nobody], Rule()).untold
    )


def test_what_readers_know_already_hides_no_more_than_it_must() -> None:
    """Two versions that nobody checked differ by one; a year that adds nothing to it is told."""
    first, second = naive(table(FIRST), QUARTERS[0]), naive(table([21, *FIRST[1:]]), QUARTERS[0])
    year = naive(table([n * 4 + 20 for n in FIRST]), YEAR)
    safe = guarded(year, [first, second], Rule())
    assert (TOTAL, TOTAL) not in safe.untold["C2"]


def test_where_nothing_helps_all_of_it_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    first = naive(table(FIRST), QUARTERS[0])
    second = naive(table([21, *FIRST[1:]]), QUARTERS[0])

    def never(*_args: object, **_more: object) -> None:
        raise MrcError(CANNOT)

    monkeypatch.setattr(Hiding, "protect_derived", never)
    safe = guarded(second, [first], Rule())
    changed = {("a", "F"), ("a", TOTAL), (TOTAL, "F"), (TOTAL, TOTAL)}
    assert changed <= safe.untold["C2"]


# What others do


def by_line(made: Table) -> Release:
    """The usual rule: in each row and column with one gap, the smallest other number goes too."""
    first, second = made.dimensions
    gaps = {key for key in product(first.members, second.members) if 0 < made.at(key) < K}
    for _ in range(6):
        lines = [[(one, other) for other in second.members] for one in first.members]
        lines += [[(one, other) for one in first.members] for other in second.members]
        for line in lines:
            if len(gaps.intersection(line)) == 1:
                gaps.add(min((key for key in line if key not in gaps), key=made.at))
    universe = {one.id: frozenset(one.members) for one in made.dimensions}
    bare = Release((made,), frozenset(), Rule(), universe=universe)
    return Release((made,), frozenset(bare.group(made, key) for key in gaps), Rule(), universe=universe)


def test_one_more_gap_in_each_line_lets_a_reader_bound_the_small_ones() -> None:
    places = Dimension("place", ("x", "y", "z"))
    numbers = [1, 2, 40, 30, 9, 20, 8, 30, 25]
    made = Table("C2", (CODE, places), dict(zip(product("abc", "xyz"), numbers, strict=True)))
    found = inspect(by_line(made))
    assert not found.recovered and found.small  # 1 + 2 = 3 stands there as a difference
    assert inspect(protect([made], Rule())).passed
