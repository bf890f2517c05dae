"""What one figure is: a count, a share, a middle or a sum, with the numbers behind it, before and after a release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mrc_app.figures.indicators_words import Unit
from mrc_app.figures.tables import Table

Number = int | Decimal | Fraction
Cell = tuple[str, tuple[str, ...]]
"""A cell or margin of a table: its name and key."""

PLACES = {Unit.PERCENT: 1, Unit.DAYS: 1, Unit.RATIO: 2, Unit.SCORE: 2}
"""Decimals a figure is shown with; none for the others."""


@dataclass(frozen=True)
class Figure:
    """One line of a report. ``n`` is how many stand behind it, ``of`` how many of whom; ``part`` tells lines of one
    indicator apart. ``cells``: what it is reckoned from, and hidden with. ``most``: the largest share of one person
    in a sum. ``counts``: whether it counts people or what people did, so that a small number may give one away."""

    code: str
    unit: Unit
    value: Number | None
    n: int | None = None
    of: int | None = None
    part: str = ""
    currency: str = ""
    cells: tuple[Cell, ...] = ()
    most: int = 0
    counts: bool = True
    hidden: bool = False


@dataclass(frozen=True)
class Spread:
    """SDG 10.7.1 for one group: n, mean, median, quartiles, and how many paid more than one month's earnings."""

    by: str
    member: str
    n: int
    mean: Fraction | None
    median: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    over_one: int
    hidden: bool = False


@dataclass(frozen=True)
class Counted:
    """Everything counted for a period. ``families``: tables that count the same people stand together."""

    figures: tuple[Figure, ...]
    families: tuple[tuple[Table, ...], ...]
    spreads: tuple[Spread, ...] = ()


def count(code: str, unit: Unit, number: int, **more: object) -> Figure:
    """A number of people, or of what people did."""
    return Figure(code, unit, number, **more)  # type: ignore[arg-type]


def share(code: str, part_of: int, whole: int, **more: object) -> Figure:
    """A percentage; no value where there is nobody."""
    value = Fraction(part_of * 100, whole) if whole else None
    return Figure(code, Unit.PERCENT, value, n=part_of, of=whole, **more)  # type: ignore[arg-type]


def middle(code: str, unit: Unit, values: Sequence[Number], part: str, **more: object) -> Figure:
    """The mean or the median (``part``) of some values; n is how many there are."""
    found = (mean if part.startswith("mean") else median)(values)
    return Figure(code, unit, found, n=len(values), part=part, **more)  # type: ignore[arg-type]


def mean(values: Iterable[Number]) -> Fraction | None:
    """The exact mean; None of nothing."""
    listed = [Fraction(value) for value in values]
    return sum(listed, Fraction(0)) / len(listed) if listed else None


def median(values: Iterable[Number]) -> Fraction | None:
    """The middle value, or the mean of the two in the middle."""
    return quantile(values, Fraction(1, 2))


def in_order(values: Iterable[Number]) -> list[Fraction]:
    """The values from the least to the greatest; floats only decide what they can decide."""
    return sorted((Fraction(value) for value in values), key=lambda value: (float(value), value))


def quantile(values: Iterable[Number], at: Fraction, *, ordered: bool = False) -> Fraction | None:
    """The value below which a part lies, by linear interpolation between ranks."""
    listed = [Fraction(value) for value in values] if ordered else in_order(values)
    if not listed:
        return None
    place = at * (len(listed) - 1)
    below = int(place)
    above = min(below + 1, len(listed) - 1)
    return listed[below] + (listed[above] - listed[below]) * (place - below)


def spread(by: str, member: str, ratios: Sequence[Fraction]) -> Spread:
    """The distribution of some ratios."""
    listed = in_order(ratios)
    lower, middle_, upper = (quantile(listed, Fraction(part, 4), ordered=True) for part in (1, 2, 3))
    return Spread(
        by, member, len(listed), mean(listed), middle_, lower, upper, sum(1 for ratio in listed if ratio > 1)
    )  # fmt: skip


def rounded(value: Number | None, places: int) -> str:
    """A number as text with so many decimals, half up; empty for none."""
    if value is None:
        return ""
    exact = Fraction(value)
    made = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{made.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
