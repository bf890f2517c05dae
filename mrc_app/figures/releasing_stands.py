"""What the last version of a report shows, and what of it stands in the next one.

Where fewer than k changed, the published number stands: a correction of one person is not read off two versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from mrc_app.figures.indicators_figures import PLACES, Figure, Spread, rounded

Key = tuple[str, ...]
QUARTILES = ("mean", "median", "lower", "upper")


@dataclass(frozen=True)
class Stands:
    """The numbers of a frozen document; empty where there is no version before."""

    cells: Mapping[tuple[str, Key], int | None] = field(default_factory=dict)
    figures: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    spreads: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    withheld: Mapping[str, int | None] = field(default_factory=dict)
    merges: tuple[str, ...] = ()

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Stands:
        """The numbers of a document."""
        return cls(
            {(one["name"], tuple(row[:-1])): row[-1] for one in document["tables"] for row in one["rows"]},
            {(one["code"], one["part"], one["currency"]): one for one in document["figures"]},
            {(one["by"], one["member"]): one for one in document["spreads"]},
            document["withheld"],
            tuple(document.get("merges", ())),
        )

    def cell(self, table: str, key: Key, value: int, k: int) -> int | None:
        """What an untold cell shows: the published number, or nothing."""
        there = self.members(table)
        missing = 0 if there and any(part not in known for part, known in zip(key, there, strict=True)) else None
        before = self.cells.get((table, key), missing)
        return before if before is not None and abs(value - before) < k else None

    def members(self, table: str) -> list[set[str]]:
        """What stood in each place of a table's keys; nothing where the table was not there."""
        keys = [key for name, key in self.cells if name == table]
        return [set(parts) for parts in zip(*keys, strict=True)]

    def number(self, reason: str, value: int, k: int) -> int:
        """A count of who was left out, as it stands."""
        before = self.withheld.get(reason)
        return before if before is not None and abs(value - before) < k else value

    def _figure(self, one: Figure, k: int) -> Mapping[str, Any] | None:
        before = self.figures.get((one.code, one.part, one.currency))
        if before is None or before["hidden"]:
            return None
        pairs = [(one.n, before["n"]), (one.of, before["of"])]
        if one.n is None and one.of is None:
            pairs.append((int(one.value or 0), int(Decimal(before["value"] or 0))))
        return before if all(abs((new or 0) - (old or 0)) < k for new, old in pairs) else None

    def figure(self, one: Figure, k: int) -> Figure | None:
        """The figure as it was published, where fewer than k came or went; None where there is none."""
        before = self._figure(one, k)
        if before is None:
            return None
        value = Decimal(before["value"]) if before["value"] else None
        return replace(one, value=value, n=before["n"], of=before["of"])

    def barely_changed(self, one: Figure, k: int) -> bool:
        """Whether a few people's correction is all that tells the figure from the published one."""
        before = self._figure(one, k)
        return before is not None and rounded(one.value, PLACES.get(one.unit, 0)) != before["value"]

    def _spread(self, one: Spread, k: int) -> Mapping[str, Any] | None:
        before = self.spreads.get((one.by, one.member))
        return before if before is not None and not before["hidden"] and abs(one.n - before["n"]) < k else None

    def spread(self, one: Spread, k: int) -> Spread | None:
        """The distribution as it was published."""
        before = self._spread(one, k)
        if before is None:
            return None
        parts = {name: Decimal(before[name]) if before[name] else None for name in QUARTILES}
        return replace(one, n=before["n"], over_one=before["over_one"], **parts)  # type: ignore[arg-type]

    def spread_barely_changed(self, one: Spread, k: int) -> bool:
        """Whether a few people's correction is all that tells the distribution from the published one."""
        before = self._spread(one, k)
        if before is None:
            return False
        return (one.n, one.over_one) != (before["n"], before["over_one"]) or any(
            rounded(getattr(one, name), 2) != before[name] for name in QUARTILES
        )
