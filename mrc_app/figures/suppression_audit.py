"""The auditor: tries to work out what is hidden, from what is shown alone, by integer programming.

It knows nothing of how the cells were chosen. It may use every cell that is shown, of all tables together, what was
published before, and that counts are whole and not below zero. It looks for other tables that agree with all of it:
a hidden cell that is the same in every one of them is recovered; a small one that is below k in all of them is known to
be small. The true values serve only to aim the questions.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import inf

import highspy
import numpy as np

from mrc_app.figures.suppression_solving import Group, Known, Model, Picture, Places


@dataclass(frozen=True)
class Audit:
    """What the auditor found: ``recovered`` cells have one value only, ``small`` ones are provably below k."""

    hidden: int
    recovered: frozenset[Group]
    small: frozenset[Group]

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.recovered and not self.small


class Attack:
    """Whole-number tables that agree with everything that is shown."""

    def __init__(self, picture: Picture, hidden: Collection[Group]) -> None:
        self.hidden = [group for group in picture.cells if group in hidden]
        self.rows: dict[Group, int] = {}
        self.places: dict[Group, Places] = {}
        self.known = picture.known
        self.derived, (lows, highs) = picture.derived, picture.bounds
        model = Model([0.0] * picture.size, list(highs), list(lows))
        for group, places in picture.sums:
            if group not in hidden and group not in picture.derived:
                value = picture.cells[group].value
                model.row(places, np.ones(len(places)), value, value)
            elif group not in self.rows:
                before = self._before(group)
                self.rows[group] = model.row(places, np.ones(len(places)), before.low, before.high)
                self.places[group] = places
            else:
                factors = np.concatenate([np.ones(len(places)), -np.ones(len(self.places[group]))])
                model.row(np.concatenate([places, self.places[group]]), factors, 0, 0)
        self.quick = model.passed()
        self.solver = model.passed(whole=picture.size)
        self.seen: dict[Group, tuple[float, float]] = {}

    def _before(self, group: Group) -> Known:
        return self.known.get(group, Known(-inf if group in self.derived else 0, inf))

    def possible(self) -> bool:
        """Whether there is any table that agrees with what is shown."""
        self.solver.run()
        return bool(self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def can_be(self, group: Group, low: float, high: float) -> bool:
        """Whether some table has this group between two numbers."""
        if any(low <= reached <= high for reached in self.seen.get(group, ())):
            return True
        before, row = self._before(group), self.rows[group]
        low, high = max(low, before.low), min(high, before.high)
        if low > high:
            return False
        found = self._found(self.quick, row, low, high)
        if found and not self._looked(self.quick):
            found = self._found(self.solver, row, low, high)
            self._looked(self.solver)
        for one in (self.quick, self.solver):
            one.changeRowBounds(row, before.low, before.high)
        return found

    def _found(self, solver: highspy.Highs, row: int, low: float, high: float) -> bool:
        """Whether some table has a row between two numbers; fractions are tried first, they rule most out."""
        solver.changeRowBounds(row, low, high)
        solver.run()
        return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _looked(self, solver: highspy.Highs) -> bool:
        """Remembers what every hidden group was in the table found; not where its numbers are not whole."""
        values = np.array(solver.getSolution().col_value)
        if len(values) == 0 or float(np.abs(values - values.round()).max()) > 1e-6:
            return False
        for group, places in self.places.items():
            value = round(float(values[places].sum()), 6)
            least, most = self.seen.get(group, (inf, -inf))
            self.seen[group] = min(least, value), max(most, value)
        return True


def audit(picture: Picture, hidden: Collection[Group]) -> Audit:
    """Tries every hidden group. A hidden group with a ``need`` must be able to reach it; no group may be certain; and
    what has a need and is not hidden is there for all to read."""
    attack = Attack(picture, hidden)
    small = {
        group for group in attack.hidden if (need := picture.cells[group].need) and not attack.can_be(group, need, inf)
    }
    recovered = {
        group
        for group in attack.hidden
        if not attack.can_be(group, (value := picture.cells[group].value) + 1, inf)
        and not attack.can_be(group, 0, value - 1)
    }
    plain = {group for group, cell in picture.cells.items() if cell.need and group not in hidden}
    return Audit(len(attack.hidden), frozenset(recovered | plain), frozenset(small))
