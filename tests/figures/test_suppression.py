"""Suppression: what is hidden cannot be worked out, by the auditor's integer programmes or by counting every table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrc_app.errors import Invalid, MrcError
from mrc_app.figures.indicators_figures import rounded, share
from mrc_app.figures.suppression import (
    Offer,
    Release,
    Rule,
    inspect,
    merge,
    offers,
    protect,
)
from mrc_app.figures.suppression_audit import Attack, audit
from mrc_app.figures.suppression_solving import Cell, Known, Picture, complement_whole
from mrc_app.figures.tables import TOTAL, Dimension, Table
from mrc_app.figures.targets import attainment

SEX = Dimension("sex", ("F", "M"))
FACTS = {"unpaid": (14, 9), "never sent": (22, 17), "passport": (3, 1), "violence": (2, 0)}
STORY = {"unpaid": (14, 9), "passport": (3, 1), "never sent": (22, 17), "violence": (2, 0)}
T = TOTAL


def by_sex(rows: dict[str, tuple[int, int]], name: str = "complaints", sensitive: str = "") -> Table:
    cells: dict[tuple[str, ...], int] = {
        (row, sex): number for row, both in rows.items() for sex, number in zip("FM", both, strict=True)
    }
    members = frozenset({sensitive}) if sensitive else frozenset[str]()
    return Table(name, (Dimension("code", tuple(rows)), SEX), cells, sensitive=members)


def naive(table: Table, rule: Rule, keys: Sequence[tuple[str, ...]]) -> Release:
    """A release in which somebody hid just these cells."""
    universe = {one.id: frozenset(one.members) for one in table.dimensions}
    bare = Release((table,), frozenset(), rule, universe=universe)
    return Release((table,), frozenset(bare.group(table, key) for key in keys), rule, universe=universe)


def told(release: Release, name: str = "complaints") -> dict[tuple[str, ...], int | None]:
    return {key: release.shown(name, key) for key in release.table(name).margins()}


# The example of the facts and the story of the quarter


def test_hiding_only_the_small_cells_gives_them_back() -> None:
    table = by_sex(FACTS)
    release = naive(table, Rule(), [("passport", "F"), ("passport", "M"), ("violence", "F")])
    found = inspect(release)
    assert release.hidden < found.recovered  # 27 - 9 - 17 - 0 = 1; and the totals 4 and 2 stand there
    assert found.small >= release.hidden
    also_totals = [("passport", "F"), ("passport", "M"), ("passport", T), ("violence", "F"), ("violence", T)]
    assert inspect(naive(table, Rule(), also_totals)).recovered


def test_the_valid_answer_of_the_facts_passes_the_auditor() -> None:
    table = merge(by_sex(FACTS), "code", ("passport", "violence"), "other")
    assert table.at(("other", T)) == 6
    hidden: list[tuple[str, ...]] = [(row, sex) for row in ("other", "unpaid") for sex in "FM"]
    release = naive(table, Rule(), hidden)
    assert inspect(release).passed
    places = {("code", frozenset({"other"})), ("sex", frozenset({"F"}))}
    groups, cells = [frozenset(release.group(table, key) for key in table.margins())], {}
    for key in table.margins():
        cells[release.group(table, key)] = Cell(table.at(key))
    attack = Attack(Picture(release.universe, groups, cells), release.hidden)
    assert attack.can_be(frozenset(places), 0, 0) and attack.can_be(frozenset(places), 6, 6)
    assert not attack.can_be(frozenset(places), 7, inf)


def test_ours_hides_what_it_takes_and_shows_zeros() -> None:
    release = protect([by_sex(FACTS)], Rule())
    shown = told(release)
    assert inspect(release).passed
    assert shown["violence", "M"] == 0
    assert shown[T, T] == 68
    assert all(number is None or number == 0 or number >= 5 for number in shown.values())


def test_the_quarter_of_battambang() -> None:
    table = by_sex(STORY, sensitive="violence")
    assert attainment(table.total(), 60) == 113
    assert rounded(share("C2W", 41, 68).value, 1) == "60.3"
    best = offers(table, Rule())[0]
    assert best == Offer("code", ("unpaid", "passport"), 0, 6)
    rule = Rule(parts={"wages or papers withheld": frozenset(best.members)})
    release = protect([merge(table, "code", best.members, "wages or papers withheld")], rule)
    assert told(release) == {
        ("wages or papers withheld", "F"): 17, ("wages or papers withheld", "M"): 10,
        ("wages or papers withheld", T): 27, ("never sent", "F"): 22, ("never sent", "M"): 17,
        ("never sent", T): 39, (T, "F"): 39, (T, "M"): 27, (T, T): 66,
    }  # fmt: skip
    total = release.shown("complaints", (T, T))
    assert attainment(total, 60) == 110
    women = release.shown("complaints", (T, "F"))
    assert women and total and rounded(share("C2W", women, total).value, 1) == "59.1"
    assert inspect(release).passed


def test_a_total_with_the_violence_in_it_fails_the_auditor() -> None:
    table = by_sex(STORY, sensitive="violence")
    hidden = [key for key in table.margins() if key[0] in ("violence", "passport")]
    assert not inspect(naive(table, Rule(), hidden)).passed  # it prints 68
    merged = merge(table, "code", ("passport", "violence"), "other")
    rule = Rule(parts={"other": frozenset({"passport", "violence"})})
    assert merged.sensitive == {"other"}
    assert told(protect([merged], rule))[T, T] == 62  # a merged row is sensitive if any part is


def test_nationally_sensitive_rows_need_ten_and_show_no_zero() -> None:
    table = by_sex({**STORY, "violence": (12, 0), "agency": (30, 40)}, sensitive="violence")
    release = protect([table], Rule(national=True))
    shown = told(release)
    assert shown["violence", "M"] is None
    assert shown[T, T] == table.total()
    assert inspect(release).passed
    assert all(number is None or number >= 10 for key, number in shown.items() if key[0] == "violence")


# Linked tables, other measures, earlier releases


def test_tables_that_share_totals_are_protected_together() -> None:
    one = by_sex({"a": (20, 3), "b": (30, 40)}, "code × sex")
    place = Dimension("place", ("SA", "AE"))
    two = Table("sex × place", (SEX, place), {("F", "SA"): 25, ("F", "AE"): 25, ("M", "SA"): 41, ("M", "AE"): 2})
    release = protect([one, two], Rule())
    assert inspect(release).passed
    assert release.shown("code × sex", ("a", "M")) is None
    alone = protect([one], Rule())
    gaps = {release.group(one, key) for key in one.margins() if alone.shown(one.name, key) is None}
    split = Release((one, two), frozenset(gaps), Rule(), universe=release.universe)
    assert not inspect(split).passed


def test_tables_of_different_people_are_refused() -> None:
    one, two = by_sex({"a": (20, 30)}, "one"), by_sex({"a": (20, 31)}, "two")
    with pytest.raises(MrcError, match="do not count the same people"):
        protect([one, two], Rule())


def test_tables_too_large_for_one_cube_stand_alone_and_share_their_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mrc_app.figures.suppression_solving.LARGEST", 1)
    one = by_sex({"a": (20, 3), "b": (30, 40), "c": (9, 9)}, "one")
    two = Table("two", (SEX, Dimension("place", ("SA", "AE"))), {
        ("F", "SA"): 29, ("F", "AE"): 30, ("M", "SA"): 50, ("M", "AE"): 2,
    })  # fmt: skip
    release = protect([one, two], Rule())
    assert inspect(release).passed
    assert release.shown("two", ("M", "AE")) is None


def test_the_rule_has_a_floor() -> None:
    with pytest.raises(Invalid):
        Rule(k=2)
    with pytest.raises(Invalid):
        Rule(k=12)
    four = Table("x", tuple(Dimension(str(n), ("a",)) for n in range(4)), {})
    with pytest.raises(MrcError, match="three dimensions"):
        protect([four], Rule())
    only = by_sex({"violence": (4, 5)}, sensitive="violence")
    assert protect([only], Rule()).tables == ()


# The auditor against every table there is


def tables_with(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables_with(total - first, cells - 1):
            yield (first, *rest)


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_the_auditor_finds_what_counting_every_table_finds(data: Any) -> None:
    count_every_table(data, rows=2, most=4)


@pytest.mark.long
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_auditor_finds_what_counting_every_larger_table_finds(data: Any) -> None:
    count_every_table(data, rows=3, most=2)


def count_every_table(data: Any, rows: int, most: int) -> None:
    values = data.draw(st.lists(st.integers(0, most), min_size=rows * 2, max_size=rows * 2))
    table = by_sex({f"r{at}": (values[2 * at], values[2 * at + 1]) for at in range(rows)})
    keys = [key for key in table.margins() if key != (T, T)]
    hidden = data.draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    release = naive(table, Rule(k=3), hidden)
    order = sorted(table.cells)
    parts = {key: [at for at, cell in enumerate(order) if all(p in (T, c) for p, c in zip(key, cell, strict=True))]
             for key in keys}  # fmt: skip
    told = [(parts[key], table.at(key)) for key in keys if key not in hidden]
    seen: dict[tuple[str, ...], set[int]] = {key: set() for key in hidden}
    for other in tables_with(table.total(), len(order)):
        if all(sum(other[at] for at in places) == number for places, number in told):
            for key in hidden:
                seen[key].add(sum(other[at] for at in parts[key]))
    found = inspect(release)
    plain = {release.group(table, key) for key in table.margins() if key not in hidden and 0 < table.at(key) < 3}
    certain = {release.group(table, key) for key, reached in seen.items() if len(reached) == 1}
    assert found.recovered == certain | plain
    assert found.small == {
        release.group(table, key) for key, reached in seen.items() if 0 < table.at(key) < 3 and max(reached) < 3
    }


NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 60))


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_nothing_is_recovered_from_any_table(data: Any) -> None:
    attack_random(data, (2, 3, 3))


@pytest.mark.long
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_is_recovered_from_larger_tables(data: Any) -> None:
    attack_random(data, (3, 6, 6))


def attack_random(data: Any, sizes: tuple[int, ...]) -> None:
    """A three-way table, and the two-way tables of another split of the same people."""
    dimensions = tuple(
        Dimension(name, tuple(f"{name}{at}" for at in range(data.draw(st.integers(1, size)))))
        for name, size in zip(("sex", "age", "place"), sizes, strict=True)
    )
    keys = list(product(*(one.members for one in dimensions)))
    cells = dict(zip(keys, data.draw(st.lists(NUMBERS, min_size=len(keys), max_size=len(keys))), strict=True))
    three = Table("three", dimensions, cells)
    status: dict[tuple[str, ...], int] = {}
    for sex in dimensions[0].members:
        whole = three.at((sex, T, T))
        part = data.draw(st.integers(0, whole))
        status[sex, "regular"], status[sex, "not"] = part, whole - part
    two = Table("two", (dimensions[0], Dimension("status", ("regular", "not"))), status)
    release = protect([three, two], Rule())
    assert inspect(release).passed
    for table in (three, two):
        for key in table.margins():
            number = release.shown(table.name, key)
            assert number is None or number == 0 or number >= 5


def test_whole_number_search_protects_what_fractions_do_not() -> None:
    sex = {"sex": frozenset("FM")}
    groups = [frozenset({("sex", frozenset(one))}) for one in "FM"]
    cells = {groups[0]: Cell(3, 5), groups[1]: Cell(9), frozenset(): Cell(12)}
    picture = Picture(sex, [frozenset(cells)], cells)
    hidden = complement_whole(picture, {groups[0]}, [(groups[0], 5)])
    assert len(hidden) == 2
    assert audit(picture, hidden).passed
    bounded = Picture(sex, [frozenset(cells)], cells, {groups[0]: Known(0, 4)})
    assert audit(bounded, hidden).small == {groups[0]}
