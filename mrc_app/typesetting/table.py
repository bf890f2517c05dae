"""Tables: no column narrower than its longest word, a header on every page, columns from the right when read so.

Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mrc_app.typesetting.paragraph import Paragraph
from mrc_app.typesetting.sheet import Laid, box, line

PAD_X, PAD_Y = 4.0, 3.5


def column_widths(least: Sequence[float], natural: Sequence[float], width: float) -> list[float]:
    """Widths of columns that fill a table: never under the longest word while there is room for that.

    Room beyond that goes first to the columns that need little of it. When the words alone are too wide,
    every column gives way in proportion.
    """
    if sum(least) >= width:
        return [width * one / sum(least) for one in least]
    spare = width - sum(least)
    wish = [max(0.0, n - m) for m, n in zip(least, natural, strict=True)]
    given = [0.0] * len(wish)
    for place, i in enumerate(sorted(range(len(wish)), key=wish.__getitem__)):
        given[i] = min(wish[i], spare / (len(wish) - place))
        spare -= given[i]
    return [m + g + spare / len(least) for m, g in zip(least, given, strict=True)]


def shared_widths(shares: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Widths by given shares, no column under its longest word while there is room for that."""
    wanted = [width * share / sum(shares) for share in shares]
    short = {i for i, (w, m) in enumerate(zip(wanted, least, strict=True)) if w < m}
    if not short or sum(least) >= width:
        return wanted if not short else column_widths(least, least, width)
    room = width - sum(least[i] for i in short)
    rest = [0.0 if i in short else shares[i] for i in range(len(shares))]
    if not sum(rest):
        return column_widths(least, least, width)
    return [least[i] if i in short else room * rest[i] / sum(rest) for i in range(len(shares))]


def _lowered(row: Sequence[Paragraph]) -> list[float]:
    """How far each wrapped cell stands lower, so that the first lines of all scripts share a baseline."""
    rise = max((cell.rise for cell in row), default=0.0)
    return [rise - cell.rise for cell in row]


class Grid(Laid):
    """Rows of paragraphs in reading order; the first ``heads`` rows are the header."""

    def __init__(
        self,
        rows: Sequence[Sequence[Paragraph]],
        right_to_left: bool,
        heads: int,
        shares: Sequence[float] | None,
        head_look: str,
        repeat: Sequence[Sequence[Paragraph]] = (),
    ) -> None:
        super().__init__()
        self.rows, self.turned, self.heads = [list(row) for row in rows], right_to_left, heads
        self.shares, self.head_look, self.repeat = shares, head_look, repeat
        self.fixed: list[float] | None = None
        self.crowded = False
        self.least_row, self.ruled, self.pad = 0.0, False, PAD_Y

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = width
        self.widths = self.fixed or self._columns(width)
        self.heights = [self._row_height(row) for row in self.rows]
        self.heights[self.heads :] = [max(high, self.least_row) for high in self.heights[self.heads :]]
        self.height = sum(self.heights)
        return width, self.height

    def _columns(self, width: float) -> list[float]:
        columns = list(zip(*self.rows, strict=True))
        edge = 2 * PAD_X + 0.1
        least = [max(cell.laid.longest() for cell in column) + edge for column in columns]
        self.crowded = sum(least) > width
        if self.shares:
            return shared_widths(self.shares, least, width)
        natural = [max(cell.laid.natural() for cell in column) + edge for column in columns]
        return column_widths(least, natural, width)

    def _row_height(self, row: Sequence[Paragraph]) -> float:
        high = [cell.wrap(w - 2 * PAD_X)[1] for cell, w in zip(row, self.widths, strict=True)]
        return max(h + down for h, down in zip(high, _lowered(row), strict=True)) + 2 * self.pad

    def least(self, width: float) -> float:
        """The header and one row."""
        self.wrap(width)
        return sum(self.heights[: self.heads + 1])

    def split(self, width: float, height: float) -> list[Any]:
        """The rows that fit, and the rest under a repeated header."""
        self.wrap(width)
        fit, used = 0, 0.0
        while fit < len(self.rows) and used + self.heights[fit] <= height + 0.01:
            used += self.heights[fit]
            fit += 1
        if fit <= self.heads or fit == len(self.rows):
            return []
        return [self._part(self.rows[:fit], self.heads), self._rest(self.rows[fit:])]

    def _part(self, rows: Sequence[Sequence[Paragraph]], heads: int) -> Grid:
        part = Grid(rows, self.turned, heads, self.shares, self.head_look, self.repeat)
        part.fixed, part.pad = self.widths, self.pad
        part.least_row, part.ruled = self.least_row, self.ruled
        return part

    def _rest(self, rows: Sequence[Sequence[Paragraph]]) -> Grid:
        again = [[cell.as_decoration() for cell in row] for row in (self.repeat or self.rows[: self.heads])]
        return self._part([*again, *rows], len(again))

    def apart(self, width: float, height: float) -> list[Any]:
        """The first row cut between lines where it is higher than a page, and the rest."""
        self.wrap(width)
        room = height - sum(self.heights[: self.heads]) - 2 * self.pad
        first, second = [], []
        for cell, w in zip(self.rows[self.heads], self.widths, strict=True):
            parts = cell.cut(w - 2 * PAD_X, room)
            first.append(parts[0])
            second.append(parts[1])
        head = self.rows[: self.heads]
        return [self._part([*head, first], self.heads), self._rest([second, *self.rows[self.heads + 1 :]])]

    def draw(self) -> None:
        """Draws rules, then every cell."""
        top = self.height
        for number, (row, high) in enumerate(zip(self.rows, self.heights, strict=True)):
            if number < self.heads and self.head_look:
                self.canv.artifact(box(0, top - high, self.width, high, self.head_look))
            self._draw_row(row, top)
            top -= high
            strong = number == self.heads - 1
            self.canv.artifact(line(0, top, self.width, top, 1.0 if strong else 0.4, "0.4 0.4 0.4"))

        if self.ruled:
            self._draw_columns()

    def _draw_columns(self) -> None:
        """Lines round the table and between its columns."""
        self.canv.artifact(line(0, self.height, self.width, self.height, 0.4, "0.4 0.4 0.4"))
        x = 0.0
        for wide in (0.0, *(reversed(self.widths) if self.turned else self.widths)):
            x += wide
            self.canv.artifact(line(x, 0, x, self.height, 0.4, "0.4 0.4 0.4"))

    def _draw_row(self, row: Sequence[Paragraph], top: float) -> None:
        x = self.width if self.turned else 0.0
        for cell, wide, down in zip(row, self.widths, _lowered(row), strict=True):
            left = x - wide if self.turned else x
            cell.drawOn(self.canv, left + PAD_X, top - self.pad - down - cell.height)
            x = left if self.turned else x + wide
