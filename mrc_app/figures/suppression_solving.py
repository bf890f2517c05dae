"""Which further cells must go so that no small cell can be worked out: linear programming with HiGHS.

A reader knows every cell that is shown, of every table that counts the same people, and that no count is below zero.
For each small cell a second table is sought that agrees with everything shown and in which this cell is large enough;
the cells in which that second table must differ from the true one are hidden too, the cheapest ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, log1p, prod

import highspy
import numpy as np
from numpy.typing import NDArray

from mrc_app.errors import MrcError
from mrc_app.i18n import N_

Group = frozenset[tuple[str, frozenset[str]]]
"""Who is counted: for each dimension the members meant. A dimension that is not named means all of them."""
Places = NDArray[np.int64]
PART = "part"
"""The dimension that tells apart what different releases count: pieces of time, and what changed since."""
LARGEST = 20_000  # innermost cells; beyond, each table stands for itself and shared totals link them
NODES = 5_000  # of one whole-number question; one that is not answered by then counts as "cannot be"
CANNOT = N_("A small cell cannot be protected: what was published before gives it away. Publish fewer tables.")


@dataclass(frozen=True)
class Cell:
    """One published group: its true value, and how large a reader must be able to think it (0: no small cell)."""

    value: int
    need: int = 0


@dataclass(frozen=True)
class Known:
    """What was published before of a group: its value, or a bound where records were added or taken away since."""

    low: float
    high: float


@dataclass(frozen=True)
class Picture:
    """Everything a reader may have in hand: the groups of each table, their cells, what is known from before.

    ``derived``: groups that no table shows and that a reader could work out as a difference between releases.
    ``signs``: for members of the dimension "part", between what an innermost cell of theirs lies; else not below zero.
    """

    dimensions: Mapping[str, frozenset[str]]
    tables: Sequence[frozenset[Group]]
    cells: Mapping[Group, Cell]
    known: Mapping[Group, Known] = field(default_factory=dict)
    derived: frozenset[Group] = frozenset()
    signs: Mapping[str, Known] = field(default_factory=dict)

    @cached_property
    def _grids(self) -> list[tuple[_Grid, list[Group]]]:
        if prod(len(members) for members in self.dimensions.values()) <= LARGEST:
            every = dict.fromkeys(group for table in self.tables for group in sorted(table, key=_order))
            return [(_Grid(self.dimensions, 0), list(every))]
        found, start = [], 0
        for table in self.tables:
            named = {dimension for group in table for dimension, _ in group}
            grid = _Grid({one: self.dimensions[one] for one in sorted(named)}, start)
            start += grid.size
            found.append((grid, sorted(table, key=_order)))
        return found

    @cached_property
    def sums(self) -> list[tuple[Group, Places]]:
        """Each group with the innermost cells that add up to it; once for each table where tables stand alone."""
        return [(group, grid.places(group)) for grid, groups in self._grids for group in groups]

    @cached_property
    def size(self) -> int:
        """How many innermost cells there are."""
        return sum(grid.size for grid, _groups in self._grids)

    @cached_property
    def bounds(self) -> tuple[list[float], list[float]]:
        """Between what each innermost cell lies."""
        lows, highs = np.zeros(self.size), np.full(self.size, inf)
        for member, sign in self.signs.items():
            for grid, _groups in self._grids:
                places = grid.places(frozenset({(PART, frozenset({member}))}))
                lows[places], highs[places] = sign.low, sign.high
        return lows.tolist(), highs.tolist()


class _Grid:
    """The innermost cells of some dimensions, numbered from a start."""

    def __init__(self, dimensions: Mapping[str, frozenset[str]], start: int) -> None:
        self.members = {one: {name: at for at, name in enumerate(sorted(dimensions[one]))} for one in dimensions}
        shape = [len(names) for names in self.members.values()]
        self.size = prod(shape)
        self.numbers = np.arange(start, start + self.size, dtype=np.int64).reshape(shape)

    def places(self, group: Group) -> Places:
        """The numbers of the innermost cells of a group."""
        asked = dict(group)
        chosen = [
            sorted(names[one] for one in asked.get(dimension, frozenset(names)))
            for dimension, names in self.members.items()
        ]
        return self.numbers[np.ix_(*chosen)].ravel() if chosen else self.numbers.ravel()


def _order(group: Group) -> list[tuple[str, list[str]]]:
    return sorted((dimension, sorted(members)) for dimension, members in group)


def solver() -> highspy.Highs:
    """HiGHS, silent, and the same answer on every run."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    made.setOptionValue("output_flag", False)
    made.setOptionValue("threads", 1)
    made.setOptionValue("random_seed", 1)
    made.setOptionValue("mip_max_nodes", NODES)
    return made


@dataclass
class Model:
    """A linear model, row by row."""

    costs: list[float]
    uppers: list[float]
    lowers: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[Places] = field(default_factory=list)
    factors: list[NDArray[np.float64]] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    long: int = 0

    def row(self, places: Places, factors: NDArray[np.float64], low: float, high: float) -> int:
        """Adds a row and gives its number."""
        self.starts.append(self.long)
        self.places.append(places)
        self.factors.append(factors)
        self.lows.append(low)
        self.highs.append(high)
        self.long += len(places)
        return len(self.lows) - 1

    def passed(self, *, whole: int = 0) -> highspy.Highs:
        """The model in a solver; the first ``whole`` columns take whole numbers only."""
        made, lp = solver(), highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.lows)
        lowers = self.lowers + [0.0] * (len(self.costs) - len(self.lowers))
        lp.col_cost_, lp.col_lower_ = np.array(self.costs), np.array(lowers)
        lp.col_upper_ = np.array(self.uppers)
        lp.row_lower_, lp.row_upper_ = np.array(self.lows, float), np.array(self.highs, float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array([*self.starts, self.long], np.int32)
        lp.a_matrix_.index_ = np.concatenate(self.places).astype(np.int32)
        lp.a_matrix_.value_ = np.concatenate(self.factors)
        if whole:
            kinds = [highspy.HighsVarType.kInteger] * whole
            lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(self.costs) - whole)
        made.passModel(lp)
        return made


class Hiding:
    """The search for cells to hide. ``hidden`` grows until every small cell is protected."""

    def __init__(self, picture: Picture, hidden: Iterable[Group], *, whole: bool = False) -> None:
        self.picture, self.hidden = picture, set(hidden)
        self.groups = list(picture.cells)
        self.column = {group: picture.size + 2 * at for at, group in enumerate(self.groups)}
        self.rows: dict[Group, int] = {}
        self.solver = self._model().passed(whole=picture.size if whole else 0)

    def _model(self) -> Model:
        size, cells, known = self.picture.size, self.picture.cells, self.picture.known
        lows, highs = self.picture.bounds
        costs, uppers, places_of = [0.0] * size, list(highs), dict[Group, Places]()
        for group in self.groups:
            cost = 0.0 if group in self.hidden else _cost(group, cells[group].value)
            before = known.get(group, Known(0, inf))
            less, more = cells[group].value - before.low, before.high - cells[group].value
            costs += [cost, cost]
            uppers += [max(less, 0), max(more, 0)]
        model = Model(costs, uppers, list(lows))
        for group, places in self.picture.sums:
            if group in self.picture.derived:
                self._derived(model, group, places, places_of)
                continue
            at, value = self.column[group], cells[group].value
            factors = np.concatenate([np.ones(len(places)), [1.0, -1.0]])
            model.row(np.concatenate([places, [at, at + 1]]), factors, value, value)
        return model

    def _derived(self, model: Model, group: Group, places: Places, seen: dict[Group, Places]) -> None:
        """A row without bounds; a further table's row of the same group equals the first."""
        if group not in seen:
            seen[group] = places
            self.rows[group] = model.row(places, np.ones(len(places)), -inf, inf)
        else:
            factors = np.concatenate([np.ones(len(places)), -np.ones(len(seen[group]))])
            model.row(np.concatenate([places, seen[group]]), factors, 0, 0)

    def protect_derived(self, group: Group, need: int) -> None:
        """Hides what must go so that a group nobody shows may be ``need`` or more, or as far below zero. Raises
        MrcError where nothing helps."""
        row = self.rows[group]
        for low, high in ((need, inf), (-inf, -need)):
            self.solver.changeRowBounds(row, low, high)
            self.solver.run()
            found = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            values = self.solver.getSolution().col_value if found else []
            self.solver.changeRowBounds(row, -inf, inf)
            if found:
                self._hide([one for one, at in self.column.items() if values[at] + values[at + 1] > 1e-6])
                return
        raise MrcError(CANNOT)

    def protect(self, group: Group, need: int) -> None:
        """Hides what must go so that this group may be ``need`` or more. Raises MrcError where nothing helps."""
        self._hide([group])
        cell, at = self.picture.cells[group], self.column[group]
        before = self.picture.known.get(group, Known(0, inf))
        self.solver.changeColBounds(at, 0, 0)
        self.solver.changeColBounds(at + 1, max(need - cell.value, 1), max(before.high - cell.value, 0))
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise MrcError(CANNOT)
        values = self.solver.getSolution().col_value
        self.solver.changeColBounds(at, 0, max(cell.value - before.low, 0))
        self.solver.changeColBounds(at + 1, 0, max(before.high - cell.value, 0))
        self._hide([one for one, place in self.column.items() if values[place] + values[place + 1] > 1e-6])

    def _hide(self, groups: Sequence[Group]) -> None:
        for group in groups:
            if group not in self.hidden:
                self.hidden.add(group)
                for place in (self.column[group], self.column[group] + 1):
                    self.solver.changeColCost(place, 0.0)


def _cost(group: Group, value: int) -> float:
    """What is lost when a cell is hidden: totals and large cells are dear, and so is a zero."""
    inner = len(group)
    return (2.0 if value == 0 else 1.0 + log1p(value)) * (4.0 if inner == 0 else 1.0 + 1.0 / inner)


def complement(picture: Picture, hidden: Iterable[Group]) -> frozenset[Group]:
    """The hidden groups and all that must go with them: the smallest ones first, each judged by a linear programme."""
    search = Hiding(picture, hidden)
    small = [group for group, cell in picture.cells.items() if cell.need]
    for group in sorted(small, key=lambda one: (picture.cells[one].value, _order(one))):
        search.protect(group, picture.cells[group].need)
    return frozenset(search.hidden)


def complement_whole(picture: Picture, hidden: Iterable[Group], weak: Iterable[tuple[Group, int]]) -> frozenset[Group]:
    """The same, in whole numbers, for groups the auditor still found."""
    search = Hiding(picture, hidden, whole=True)
    for group, need in weak:
        search.protect(group, need)
    return frozenset(search.hidden)
