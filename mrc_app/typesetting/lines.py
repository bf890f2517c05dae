"""A paragraph as text: spans of several languages joined, shaped, and filled into lines of a given width.

Lengths are in points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import cast

from mrc_app.typesetting import bidi, breaking
from mrc_app.typesetting.apart import apart, ink
from mrc_app.typesetting.characters import clean, in_order
from mrc_app.typesetting.fonts import UNIVERSAL, direction, face, primary
from mrc_app.typesetting.shaping import (
    OBJECT,
    Glyph,
    MissingGlyph,
    Run,
    Word,
    by_word,
    itemise,
    missing,
    shape,
    spread,
    words,
)

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
INK = "0 0 0"
LEAST_LINE = 1.34
PITCH = {
    "NotoNastaliqUrdu": (1.3, 0.5), "NotoSansMyanmar": (1.06, 0.6), "Vazirmatn": (0.98, 0.46),
    "NotoSansThai": (1.02, 0.4), "NotoSansLao": (1.06, 0.38),
}  # fmt: skip
"""How far lines reach above and below their baseline for every point of size, where a face asks for far more than its
words need. What reaches further moves all lines of its paragraph apart (``apart``), so that none touches the next."""
LEADS = {
    UNIVERSAL: 1.0, "NotoSansEthiopic": 1.0, "NotoSansDevanagari": 1.05, "NotoSansBengali": 1.05,
    "NotoSansSinhala": 1.06, "NotoSansTamil": 1.05, "NotoSansSC": 1.1, "NotoSansTC": 1.1,
}  # fmt: skip
"""Families that small paper may set closer than their face asks for, and how close beside Latin."""
_CLOSER = 0.93
"""How much closer small paper sets the families of PITCH."""
_EVEN = frozenset({UNIVERSAL, "NotoSansEthiopic", "NotoSansSC", "NotoSansTC"})
"""Families whose letters never reach out of their lines unless these are set closer."""
_SLACK = 0.01


@dataclass(frozen=True)
class Span:
    """Text of one language and look. A ``boxed`` span is a label: one piece in a rounded outline.

    ``lead`` is the height of a line for every point of size; 0 leaves it to the face.
    """

    text: str
    lang: str
    size: float
    bold: bool = False
    colour: str = INK
    boxed: bool = False
    lead: float = 0.0


@dataclass(frozen=True)
class Piece:
    """Glyphs of one run on one line, from left to right, with the text their offsets count in; or the words of a run
    that is shaped word by word; of a label, how far its outline reaches below and above the baseline."""

    run: Run
    text: str
    shaped: tuple[Glyph, ...]
    width: float
    start: int
    outline: tuple[float, float] | None = None
    words: tuple[Word, ...] = ()

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Its glyphs, also those of its words."""
        return self.shaped or tuple(spread(self.words))


@dataclass(frozen=True)
class LineOfText:
    """One line: its pieces from left to right, its width, and how far it reaches above and below its baseline."""

    pieces: tuple[Piece, ...]
    width: float
    ascent: float
    descent: float


@lru_cache(maxsize=256)
def heights(lang: str, size: float, bold: bool, lead: float = 0.0) -> tuple[float, float]:
    """How far a line of a language reaches above and below its baseline: its face's own height, never too tight."""
    return face_heights(primary(lang), size, bold, lead)


@lru_cache(maxsize=256)
def face_heights(family: str, size: float, bold: bool, lead: float = 0.0) -> tuple[float, float]:
    """The same for a family."""
    one = face(family, bold)
    up, down = one.ascent * size / 1000, one.descent * size / 1000
    if family in PITCH:
        closer = _CLOSER if lead else 1.0
        return PITCH[family][0] * size * closer, PITCH[family][1] * size * closer
    if lead and family in LEADS:
        share = lead * LEADS[family] * size / (up + down)
        return up * share, down * share
    more = max(0.0, (LEAST_LINE * size - up - down) / 2)
    return up + more, down + more


def label_padding(size: float) -> float:
    """The room on either side of a label's words."""
    return size * 0.55


@lru_cache(maxsize=512)
def label_width(span: Span) -> float:
    """The width of a label with its outline."""
    return label_line(span).width + 2 * label_padding(span.size)


@lru_cache(maxsize=512)
def label_line(span: Span) -> LineOfText:
    """The words of a label, on one line."""
    words = Span(span.text.replace("\n", " "), span.lang, span.size, span.bold, span.colour)
    return LaidText((words,), span.lang).lines(1e9)[0]


@lru_cache(maxsize=512)
def label_outline(span: Span) -> tuple[float, float]:
    """How far the outline of a label reaches below (negative) and above its baseline."""
    deep, high = ink(label_line(span).pieces, span.size)
    return min(deep, -span.size * 0.22) - 1.6, max(high, span.size * 0.74) + 1.6


class LaidText:
    """Spans shaped once; ``lines`` fills them into any width.

    ``lang`` is the language whose direction the whole takes; a span of another language stands in an isolate
    of its own direction. Raises MissingGlyph.
    """

    def __init__(self, spans: Sequence[Span], lang: str) -> None:
        self.spans = tuple(spans)
        self.lang = lang
        self.base = direction(lang)
        self.text, self.owners = self._join()
        self._check()
        self.runs = self._runs()
        self.shaped = [
            words(self.text, run, run.start, run.end) if by_word(run) else shape(self.text, run) for run in self.runs
        ]
        self.firsts: dict[int, list[int]] = {}
        self.sums = self._sums()
        self.chances = breaking.chances(self.text, self.spans[0].lang) if self.text else ()
        self._lines: dict[float, list[LineOfText]] = {}

    def _join(self) -> tuple[str, list[int]]:
        text, owners = "", []
        for i, span in enumerate(self.spans):
            turn = direction(span.lang)
            part = OBJECT if span.boxed else clean(span.text)
            part = in_order(part) if turn or self.base else part
            if not span.boxed and turn != self.base:
                part = "\n".join(f"{RLI if turn else LRI}{row}{PDI}" for row in part.split("\n"))
            if i and text and not text[-1].isspace():
                text += " "
                owners.append(i - 1)
            text += part
            owners += [i] * len(part)
        return text, owners

    def _check(self) -> None:
        lost: list[str] = []
        for span in self.spans:
            lost += missing(clean(span.text), span.lang, span.bold)
        if lost:
            raise MissingGlyph(list(dict.fromkeys(lost)))

    def _runs(self) -> list[Run]:
        styles = [(span.lang, span.bold) for span in self.spans]
        runs: list[Run] = []
        start = 0
        for row in self.text.split("\n"):
            levels = bidi.levels(row, self.base)
            owners = self.owners[start : start + len(row)]
            for run in itemise(row, levels, owners, styles):
                runs.append(
                    Run(run.start + start, run.end + start, run.level, run.owner, run.lang, run.script, run.face)
                )
            start += len(row) + 1
        return runs

    def size(self, owner: int) -> float:
        """The type size of a span."""
        return self.spans[owner].size

    def _sums(self) -> list[float]:
        """The advance of the text before each character."""
        widths = [0.0] * len(self.text)
        for run, found in zip(self.runs, self.shaped, strict=True):
            if self.spans[run.owner].boxed:
                widths[self.text.index(OBJECT, run.start)] = label_width(self.spans[run.owner])
                continue
            scale, at = self.size(run.owner) / 1000, run.start
            firsts = self.firsts[run.start] = []
            for one in found:
                if isinstance(one, Word):
                    firsts.append(at)
                    end = at + len(one.steps)
                    widths[at:end] = [step * scale for step in one.steps]
                    at = end
                else:
                    widths[run.start + one.start] += one.advance * scale
        return [0.0, *accumulate(widths)]

    def _shown(self, start: int, end: int) -> int:
        """Where the visible part of a line ends: white space at its end is dropped."""
        text = self.text
        while end > start and (text[end - 1] in " \n\u3000\u200b" or (text[end - 1] == "\u00a0")):
            end -= 1
        return end

    def longest(self) -> float:
        """The width of the longest piece no line may break."""
        widest, start = 0.0, 0
        for end in self.chances:
            widest = max(widest, self.sums[self._shown(start, end)] - self.sums[start])
            start = end
        return widest

    def natural(self) -> float:
        """The width of the whole on one line."""
        return max((line.width for line in self.lines(1e9)), default=0.0)

    def lines(self, width: float) -> list[LineOfText]:
        """The lines of the text at a width."""
        key = round(width, 2)
        if key not in self._lines:
            self._lines[key] = self._apart([self._line(start, end) for start, end in self._fill(width + _SLACK)])
        return self._lines[key]

    def _apart(self, lines: list[LineOfText]) -> list[LineOfText]:
        """The lines with room for their letters, where these may reach out of their face's lines."""
        close = any(span.lead for span in self.spans) and not self.text.isascii()
        if not close and all(piece.run.face.family in _EVEN for line in lines for piece in line.pieces):
            return lines
        return apart(lines, self.size, bool(self.base))

    def _fill(self, width: float) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        start = last = 0
        for end in self.chances:
            while self.sums[self._shown(start, end)] - self.sums[start] > width:
                if last == start:
                    last = self._cut(start, end, width)
                if last >= end:
                    break
                found.append((start, last))
                start = last
            last = end
            if breaking.must(self.text, end):
                found.append((start, end))
                start = end
        if start < len(self.text) or not found:
            found.append((start, len(self.text)))
        return found

    def _cut(self, start: int, end: int, width: float) -> int:
        """Where a word longer than the line is cut: between letters, at least one on the line."""
        stops = [stop for stop in breaking.letters(self.text, self.spans[0].lang) if start < stop < end]
        if not stops:
            return end
        fitting = bisect_right([self.sums[stop] - self.sums[start] for stop in stops], width)
        return stops[max(0, fitting - 1)]

    def _line(self, start: int, end: int) -> LineOfText:
        shown = self._shown(start, end)
        pieces = [
            self._piece(run, found, max(start, run.start), min(shown, run.end))
            for run, found in zip(self.runs, self.shaped, strict=True)
            if run.start < shown and run.end > start
        ]
        order = bidi.visual_order([piece.run.level for piece in pieces])
        lead = self.spans[0].lead
        ascent, descent = heights(self.spans[0].lang, self.spans[0].size, self.spans[0].bold, lead)
        for piece in pieces:
            up, down = face_heights(piece.run.face.family, self.size(piece.run.owner), False, lead)
            ascent, descent = max(ascent, up), max(descent, down)
        return LineOfText(tuple(pieces[i] for i in order), sum(piece.width for piece in pieces), ascent, descent)

    def _piece(self, run: Run, shaped: tuple[Glyph, ...] | tuple[Word, ...], start: int, end: int) -> Piece:
        span = self.spans[run.owner]
        if span.boxed and OBJECT in self.text[start:end]:
            return Piece(run, "", (), label_width(span), start, label_outline(span))
        if by_word(run):
            found = self._cut_words(run, cast(tuple[Word, ...], shaped), start, end)
            width = sum(one.advance for one in found) * span.size / 1000
            return Piece(run, self.text[start:end], (), width, start, None, found)
        glyphs = cast(tuple[Glyph, ...], shaped)
        if (start, end) == (run.start, run.end):
            part, base = glyphs, start
        else:
            cut = _part(run, glyphs, start - run.start, end - run.start)
            part, base = (cut, run.start) if cut is not None else (shape(self.text, run, start, end), start)
        text = self.text[base : end if base == start else run.end]
        return Piece(run, text, part, sum(g.advance for g in part) * span.size / 1000, start)

    def _cut_words(self, run: Run, found: tuple[Word, ...], start: int, end: int) -> tuple[Word, ...]:
        """The words of the part [start, end) of a run, the space at its end left off."""
        first = bisect_left(self.firsts[run.start], start)
        last = bisect_left(self.firsts[run.start], end) - 1
        if first > last or self.firsts[run.start][first] != start:
            return words(self.text, run, start, end)
        return (*found[first:last], *words(self.text, run, self.firsts[run.start][last], end))


def _part(run: Run, glyphs: tuple[Glyph, ...], start: int, end: int) -> tuple[Glyph, ...] | None:
    """The glyphs of the part [start, end) of a run; None when the run may not be parted there without new shaping."""
    turn = -1 if run.level & 1 else 1
    starts = [glyph.start * turn for glyph in glyphs]
    edges = []
    for at in (start, end):
        if at <= 0 or at >= run.end - run.start:
            edges.append((len(glyphs) if at > 0 else 0) if turn > 0 else (0 if at > 0 else len(glyphs)))
            continue
        first, after = bisect_left(starts, at * turn), bisect_right(starts, at * turn)
        if first == after or any(glyph.unsafe for glyph in glyphs[first:after]):
            return None
        edges.append(first if turn > 0 else after)
    low, high = sorted(edges)
    return glyphs[low:high]
