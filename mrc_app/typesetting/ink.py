"""The PDF operators that draw shaped glyphs in place and say what text they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mrc_app.typesetting.characters import CONTROLS
from mrc_app.typesetting.embedding import EmbeddedFont, utf16
from mrc_app.typesetting.shaping import Glyph, Word

FILLER = "\u200b"


def number(value: float) -> str:
    """A number as short as PDF allows, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def plain(text: str) -> str:
    """Text without the marks that steer direction."""
    if text.isascii():
        return text
    return "".join(char for char in text if char not in CONTROLS)


class Pen:
    """Draws glyphs from one point on; ``drawn`` is where the PDF's own pen stands, in thousandths of an em."""

    def __init__(self, font: EmbeddedFont, size: float) -> None:
        self.font = font
        self.size = size
        self.advance = font.face.advance
        self.out: list[str] = []
        self.open: list[str] = []
        self.codes: list[str] = []
        self.at = self.drawn = self.rise = 0.0

    def glyph(self, glyph: Glyph, text: str) -> None:
        """Adds one glyph."""
        shift = round(self.drawn - self.at - glyph.dx)
        if glyph.dy != self.rise:
            self.flush()
            self.rise = glyph.dy
            self.out.append(f"{number(glyph.dy * self.size / 1000)} Ts")
        if shift:
            self._end_codes()
            self.open.append(str(shift))
            self.drawn -= shift
        self.codes.append(self.font.code(glyph.glyph, text))
        self.drawn += self.advance(glyph.glyph)
        self.at += glyph.advance

    def flush(self) -> None:
        """Writes what is pending."""
        self._end_codes()
        if self.open:
            self.out.append(f"[{''.join(self.open)}] TJ")
            self.open = []

    def _end_codes(self) -> None:
        if self.codes:
            self.open.append(f"<{''.join(self.codes)}>")
            self.codes = []

    def say(self, text: str) -> None:
        """Begins a stretch whose text is given whole."""
        self.flush()
        self.out.append(f"/Span <</ActualText <FEFF{utf16(text)}>>> BDC")

    def said(self) -> None:
        """Ends such a stretch."""
        self.flush()
        self.out.append("EMC")


def clusters(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand for the same characters, together."""
    return [list(group) for _, group in groupby(glyphs, key=lambda glyph: glyph.start)]


def shares(text: str, count: int) -> list[str]:
    """A cluster's text dealt out to its glyphs."""
    if count == 1:
        return [text]
    if len(text) >= count:
        return [*text[: count - 1], text[count - 1 :]]
    return [*text, *[FILLER] * (count - len(text))]


def words(groups: list[list[Glyph]], text: str) -> Iterator[list[list[Glyph]]]:
    """Clusters word by word, spaces apart."""
    for _, word in groupby(groups, key=lambda group: text[group[0].start : group[0].end].isspace()):
        yield list(word)


def _draw(pen: Pen, groups: list[list[Glyph]], text: str) -> None:
    for group in groups:
        parts = shares(plain(text[group[0].start : group[0].end]) or FILLER, len(group))
        for glyph, part in zip(group, parts, strict=True):
            pen.glyph(glyph, part)


def _carried(pen: Pen, glyph: Glyph, text: str) -> None:
    """A glyph for several letters in a right-to-left run (lam-alef): it says the last of them, and glyphs without
    width after it say the others, because readers turn round the order of all they find, ligatures too."""
    nothing = pen.font.face.carrier if len(text) > 1 else None
    if nothing is None:
        pen.glyph(glyph, text)
        return
    pen.glyph(glyph, text[-1])
    for char in reversed(text[:-1]):
        pen.glyph(Glyph(nothing, glyph.start, glyph.end, 0.0, 0.0, glyph.dy, False), char)


def _stacked(pen: Pen, group: list[Glyph], text: str) -> None:
    """A cluster of several glyphs in a right-to-left run: the widest carries the text, its dots say nothing."""
    placed, at = [], pen.at
    for glyph in group:
        placed.append((at, glyph))
        at += glyph.advance
    body = max(placed, key=lambda one: one[1].advance)
    pen.at = body[0]
    _carried(pen, body[1], plain(text[group[0].start : group[0].end]) or FILLER)
    pen.say("")
    for start, glyph in placed:
        if glyph is not body[1]:
            pen.at = start
            pen.glyph(glyph, FILLER)
    pen.said()
    pen.at = at


def _leftwards(pen: Pen, groups: list[list[Glyph]], text: str) -> None:
    for group in groups:
        if len(group) > 1:
            _stacked(pen, group, text)
        else:
            _carried(pen, group[0], plain(text[group[0].start : group[0].end]) or FILLER)


def _rightwards(pen: Pen, groups: list[list[Glyph]], text: str) -> None:
    for word in words(groups, text):
        if any(len(group) > 1 for group in word):
            pen.say(plain(text[word[0][0].start : word[-1][0].end]))
            _draw(pen, word, text)
            pen.said()
        else:
            _draw(pen, word, text)


def word_operators(font: EmbeddedFont, size: float, words: Sequence[Word], x: float, y: float) -> list[str]:
    """Operators inside BT … ET that draw plain words, each written once for a document."""
    out, drift, known = [], 0.0, font.words
    for word in words:
        codes = known.get(word)
        if codes is None:
            codes = known[word] = _written(font, word)
        shift = round(drift)
        if shift:
            out.append(f">{shift}<")
            drift -= shift
        out.append(codes)
        drift += word.drift
    return [f"/{font.name} {number(size)} Tf 1 0 0 1 {number(x)} {number(y)} Tm", f"[<{''.join(out)}>] TJ"]


def _written(font: EmbeddedFont, word: Word) -> str:
    """The codes of a plain word, moved where letters are kerned."""
    known, out = font.codes, []
    for shift, glyph, text in word.marks:
        code = known.get((glyph, text)) or font.code(glyph, plain(text) or FILLER)
        out.append(f">{shift}<{code}" if shift else code)
    return "".join(out)


def operators(
    font: EmbeddedFont, size: float, glyphs: Sequence[Glyph], text: str, x: float, y: float, right_to_left: bool
) -> list[str]:
    """Operators inside BT … ET that draw the glyphs at a point; ``text`` is what their offsets count in.

    Left to right, a word with a cluster of several glyphs states its text as a whole. Right to left nothing
    states the text of a word, because readers of PDF turn it round a second time.
    """
    pen = Pen(font, size)
    if right_to_left:
        _leftwards(pen, clusters(glyphs), text)
    elif len({glyph.start for glyph in glyphs}) == len(glyphs):
        for glyph in glyphs:
            pen.glyph(glyph, plain(text[glyph.start : glyph.end]) or FILLER)
    else:
        _rightwards(pen, clusters(glyphs), text)
    pen.flush()
    if pen.rise:
        pen.out.append("0 Ts")
    return [f"/{font.name} {number(size)} Tf 1 0 0 1 {number(x)} {number(y)} Tm", *pen.out]
