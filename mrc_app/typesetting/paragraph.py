"""A paragraph that sets every script: in place of ReportLab's own, which cannot (docs/adr/0003)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate, groupby

from mrc_app.typesetting.ink import number, operators, word_operators
from mrc_app.typesetting.lines import LaidText, LineOfText, Piece, Span, label_line, label_outline, label_padding
from mrc_app.typesetting.links import Link, links
from mrc_app.typesetting.sheet import Laid, Sheet
from mrc_app.typesetting.tags import Element

FEWEST_LINES = 2
Placed = tuple[int, Piece, float, float]


class Paragraph(Laid):
    """Spans set ragged from the side where ``lang`` starts. ``element`` is what it is to a listener; ``document`` the
    document's language where that is another; ``phones`` are numbers that can be tapped besides those with a country.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        lang: str,
        element: Element | None = None,
        *,
        align: str = "start",
        document: str = "",
        phones: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.laid = LaidText(spans, lang)
        self.element = element
        self.align = align
        self.parts = self._parts(element, document or lang)
        self.links = links(self.laid.text, phones) if element else ()
        self.first: int = 0
        self.last: int | None = None
        self._lines: list[LineOfText] = []

    def _parts(self, element: Element | None, document: str) -> list[Element | None]:
        """The element each span's marks belong to: a Span of its own where its language is another."""
        if element is None:
            return [None] * len(self.laid.spans)
        home = element.lang or document
        if self.laid.spans[0].lang != home and not element.lang:
            home = element.lang = self.laid.spans[0].lang
        return [element if span.lang == home else element.add("Span", span.lang) for span in self.laid.spans]

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Fills the lines; returns the size."""
        self.width = width
        self._lines = self.laid.lines(width)[self.first : self.last]
        self.height = sum(line.ascent + line.descent for line in self._lines)
        return width, self.height

    def least(self, width: float) -> float:
        """The height of the fewest lines that may stand alone at a page's end."""
        self.wrap(width)
        few = self._lines if len(self._lines) <= FEWEST_LINES + 1 else self._lines[:FEWEST_LINES]
        return sum(line.ascent + line.descent for line in few)

    def split(self, width: float, height: float) -> list[Paragraph]:
        """The part that fits and the rest; nothing when too few lines would stand alone."""
        self.wrap(width)
        used = list(accumulate(line.ascent + line.descent for line in self._lines))
        fit = bisect_right(used, height + 0.01)
        if fit == len(self._lines):
            return [self]
        fit = min(fit, len(self._lines) - FEWEST_LINES)
        if fit < FEWEST_LINES:
            return []
        return [self._slice(self.first, self.first + fit), self._slice(self.first + fit, self.last)]

    def _slice(self, first: int, last: int | None) -> Paragraph:
        part = object.__new__(Paragraph)
        part.__dict__.update(self.__dict__)
        part.first, part.last = first, last
        part.wrap(self.width)
        return part

    def cut(self, width: float, height: float) -> list[Paragraph]:
        """The lines that fit (at least one) and the rest, which may be none."""
        self.wrap(width)
        used = list(accumulate(line.ascent + line.descent for line in self._lines))
        fit = max(1, bisect_right(used, height))
        return [self._slice(self.first, self.first + fit), self._slice(self.first + fit, self.last)]

    def as_decoration(self) -> Paragraph:
        """The same text for a place where it is only repeated: it is not read out again."""
        again = self._slice(self.first, self.last)
        again.parts = [None] * len(self.parts)
        again.links = ()
        return again

    @property
    def top(self) -> float:
        """The height of the first line: what stands beside it is centred on it."""
        return self._lines[0].ascent + self._lines[0].descent if self._lines else 0.0

    @property
    def rise(self) -> float:
        """How far the first baseline lies below the top."""
        return self._lines[0].ascent if self._lines else 0.0

    def _placed(self) -> list[Placed]:
        """(owner, piece, x, baseline) of every piece in the order it is read."""
        found, y = [], self.height
        for line in self._lines:
            y -= line.ascent
            x, row = self._left(line), []
            for piece in line.pieces:
                row.append((piece.run.owner, piece, x, y))
                x += piece.width
            found += sorted(row, key=lambda item: item[1].start)
            y -= line.descent
        return found

    def _left(self, line: LineOfText) -> float:
        room = max(0.0, self.width - line.width)
        if self.align == "middle":
            return room / 2
        return room if self.laid.base ^ (self.align == "end") else 0.0

    def draw(self) -> None:
        """Draws the lines, tagged, on the canvas."""
        sheet: Sheet = self.canv
        for (owner, link), group in groupby(self._placed(), key=lambda item: (item[0], self._link(item[1]))):
            if self.laid.spans[owner].boxed:
                for _, piece, x, y in group:
                    self._label(sheet, owner, piece.width, x, y)
                continue
            row, element = list(group), self.parts[owner]
            if link and element:
                element = element.add("Link")
            self._show(sheet, owner, element, row)
            if link and element:
                self._tapped(sheet, element, link, row)

    def _show(self, sheet: Sheet, owner: int, element: Element | None, row: Sequence[Placed]) -> None:
        """Draws pieces of one span, as parts of an element."""
        span = self.laid.spans[owner]
        out = [sheet.tags.begin(element), f"{span.colour} rg", "BT"]
        for _, piece, x, y in row:
            out += drawn(sheet, piece, span.size, x, y)
        sheet.write([*out, "ET", "EMC"])

    def _link(self, piece: Piece) -> Link | None:
        """The link a piece belongs to."""
        return next((link for link in self.links if link.start <= piece.start < link.end), None)

    def _tapped(self, sheet: Sheet, element: Element, link: Link, row: Sequence[Placed]) -> None:
        """The areas of a link, one on each line."""
        for y, pieces in groupby(row, key=lambda item: item[3]):
            line = list(pieces)
            size = self.laid.spans[line[0][0]].size
            left, right = min(item[2] for item in line), max(item[2] + item[1].width for item in line)
            sheet.link(element, link.target, self.laid.text[link.start : link.end],
                       (left, y - size * 0.25, right, y + size * 0.8))  # fmt: skip

    def _label(self, sheet: Sheet, owner: int, width: float, x: float, y: float) -> None:
        """A label: its words in a rounded outline."""
        span = self.laid.spans[owner]
        inner = label_line(span)
        pad = label_padding(span.size)
        low, top = label_outline(span)
        outline = rounded(x + 0.6, y + low, width - 1.2, top - low, span.size * 0.35)
        sheet.artifact([f"{span.colour} RG 0.6 w", *outline, "S"])
        out = [sheet.tags.begin(self.parts[owner]), f"{span.colour} rg", "BT"]
        at = x + pad
        for piece in inner.pieces:
            out += drawn(sheet, piece, span.size, at, y)
            at += piece.width
        sheet.write([*out, "ET", "EMC"])


def drawn(sheet: Sheet, piece: Piece, size: float, x: float, y: float) -> list[str]:
    """The operators that draw a piece at a point."""
    font = sheet.fonts.font(piece.run.face)
    if piece.words and all(one.plain for one in piece.words):
        return word_operators(font, size, piece.words, x, y)
    return operators(font, size, piece.glyphs, piece.text, x, y, bool(piece.run.level & 1))


def rounded(x: float, y: float, width: float, height: float, radius: float) -> list[str]:
    """The path of a rectangle with round corners."""
    r, k = min(radius, height / 2, width / 2), min(radius, height / 2, width / 2) * 0.4477
    right, top = x + width, y + height
    points = [
        ((x + r, y), "m"), ((right - r, y), "l"), ((right - k, y, right, y + k, right, y + r), "c"),
        ((right, top - r), "l"), ((right, top - k, right - k, top, right - r, top), "c"),
        ((x + r, top), "l"), ((x + k, top, x, top - k, x, top - r), "c"),
        ((x, y + r), "l"), ((x, y + k, x + k, y, x + r, y), "c"),
    ]  # fmt: skip
    return [*[f"{' '.join(map(number, place))} {op}" for place, op in points], "h"]
