"""From characters to glyphs: runs of one script, level, face and span, each shaped by HarfBuzz.

Lengths are in thousandths of the type size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.typesetting.characters import UNSEEN, script
from mrc_app.typesetting.fonts import Face, chain, face, language_tag

CONTEXT = 5
_UNSAFE = int(hb.GlyphFlags.UNSAFE_TO_BREAK)
_COMMON = ("Zyyy", "Zinh", "Zzzz")
_SHAPED_AS = {"Hans": "Hani", "Hant": "Hani", "Aran": "Arab"}
OBJECT = "\ufffc"
_BY_WORD = frozenset({"NotoSans", "NotoSansEthiopic"})
"""Families in which no letter changes across a space: their words are shaped one by one and remembered."""
_UNSPACED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hani"})
_WORDS = re.compile(r"\S+\s*|\s+")


class MissingGlyph(MrcError):
    """No typeface of the program can draw some characters; nothing was written."""

    def __init__(self, characters: Sequence[str]) -> None:
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters)
        super().__init__(N_("These characters cannot be printed: {characters}."), characters=named)
        self.characters = tuple(characters)


class Glyph(NamedTuple):
    """A glyph in its place: its number, the characters [start, end) it stands for, advance and offset."""

    glyph: int
    start: int
    end: int
    advance: float
    dx: float
    dy: float
    unsafe: bool


@dataclass(frozen=True)
class Run:
    """Characters [start, end) of a paragraph that are shaped together."""

    start: int
    end: int
    level: int
    owner: int
    lang: str
    script: str
    face: Face


class Word:
    """A word with the space after it, shaped: its glyphs, the advance of each character, and whether it is ``plain``:
    one glyph in its place for each letter or ligature."""

    __slots__ = ("advance", "drift", "glyphs", "marks", "plain", "steps", "text")

    def __init__(self, one: Face, text: str, glyphs: tuple[Glyph, ...]) -> None:
        self.text, self.glyphs = text, glyphs
        self.steps = [0.0] * len(text)
        for glyph in glyphs:
            self.steps[glyph.start] += glyph.advance
        self.advance = sum(self.steps)
        alone = len({glyph.start for glyph in glyphs}) == len(glyphs)
        self.plain = alone and not any(glyph.dx or glyph.dy for glyph in glyphs)
        self.marks, self.drift = self._marks(one) if self.plain else ((), 0.0)

    def _marks(self, one: Face) -> tuple[tuple[tuple[int, int, str], ...], float]:
        """What is written for a plain word: before each glyph how far the PDF's pen moves back, the glyph, its text;
        and how far the pen stands off at the end. A PDF states advances in whole thousandths, and no kerning."""
        found, drift = [], 0.0
        for glyph in self.glyphs:
            shift = round(drift)
            drift += one.advance(glyph.glyph) - glyph.advance - shift
            found.append((shift, glyph.glyph, self.text[glyph.start : glyph.end]))
        return tuple(found), drift


@lru_cache(maxsize=16384)
def word(one: Face, lang: str, code: str, text: str) -> Word:
    """A word of a family that is shaped word by word."""
    return Word(one, text, shaped(one, lang, code, 0, "", text, ""))


def by_word(run: Run) -> bool:
    """Whether a run is shaped word by word."""
    return run.face.family in _BY_WORD and not run.level & 1


def words(text: str, run: Run, start: int, end: int) -> tuple[Word, ...]:
    """The words of the part [start, end) of a run."""
    one, lang, code = run.face, run.lang, run.script
    return tuple(word(one, lang, code, each) for each in _WORDS.findall(text, start, end))


def spread(found: Sequence[Word]) -> Iterator[Glyph]:
    """The glyphs of words, their offsets counted from the first."""
    at = 0
    for each in found:
        for glyph in each.glyphs:
            yield glyph._replace(start=glyph.start + at, end=glyph.end + at)
        at += len(each.text)


def missing(text: str, lang: str, bold: bool = False) -> list[str]:
    """The characters of a text no face in the whole chain can draw."""
    return [
        char
        for char in dict.fromkeys(text)
        if char not in UNSEEN and char != OBJECT and not _faces(char, lang, script(char), bold)
    ]


@lru_cache(maxsize=8192)
def _faces(char: str, lang: str, code: str, bold: bool) -> tuple[Face, ...]:
    weights = (True, False) if bold else (False,)
    faces = [face(family, weight) for weight in weights for family in chain(lang, code)]
    return tuple(one for one in faces if char in one.characters)


def _scripts(text: str, start: int, end: int) -> list[str]:
    """The script of each character; common ones take the script before them, or the first that follows."""
    found = [script(char) for char in text[start:end]]
    last = next((code for code in found if code not in _COMMON), "Latn")
    for i, code in enumerate(found):
        if code in _COMMON:
            found[i] = last
        last = found[i]
    return found


def _stretches(text: str, levels: Sequence[int], owners: Sequence[int]) -> list[tuple[int, int]]:
    edges = [i for i in range(1, len(text)) if levels[i] != levels[i - 1] or owners[i] != owners[i - 1]]
    return list(zip([0, *edges], [*edges, len(text)], strict=True)) if text else []


def itemise(text: str, levels: Sequence[int], owners: Sequence[int], styles: Sequence[tuple[str, bool]]) -> list[Run]:
    """The runs of a text; ``styles`` gives each owner's language and whether it is bold."""
    runs: list[Run] = []
    for start, end in _stretches(text, levels, owners):
        if text.isascii() and not levels[start]:
            lang, bold = styles[owners[start]]
            runs += [
                Run(a, b, 0, owners[start], lang, "Latn", one) for a, b, one in _latin(text, start, end, lang, bold)
            ]
            continue
        codes = _scripts(text, start, end)
        at = start
        for i in range(start + 1, end + 1):
            if i == end or codes[i - start] != codes[at - start]:
                lang, bold = styles[owners[at]]
                parts = _by_face(text, at, i, lang, codes[at - start], bold)
                runs += [Run(a, b, levels[at], owners[at], lang, codes[at - start], one) for a, b, one in parts]
                at = i
    return runs


def _latin(text: str, start: int, end: int, lang: str, bold: bool) -> list[tuple[int, int, Face]]:
    """The same for a stretch of ASCII, which the first face has whole."""
    one = face(chain(lang, "Latn")[0], bold)
    return [(start, end, one)] if one.ascii else _by_face(text, start, end, lang, "Latn", bold)


def _by_face(text: str, start: int, end: int, lang: str, code: str, bold: bool) -> list[tuple[int, int, Face]]:
    """One face for the whole stretch when a face has it all, else the first that has each character."""
    needed = {char for char in text[start:end] if char not in UNSEEN and char != OBJECT}
    families = chain(lang, code)
    for family in families:
        one = face(family, bold)
        if needed <= one.characters:
            return [(start, end, one)]
    parts: list[tuple[int, int, Face]] = []
    for i in range(start, end):
        char = text[i]
        if parts and (char in UNSEEN or (script(char) == "Zinh" and char in parts[-1][2].characters)):
            one = parts[-1][2]
        else:
            found = _faces(char, lang, code, bold)
            one = found[0] if found else face(families[0], bold)
        if parts and parts[-1][2] is one:
            parts[-1] = (parts[-1][0], i + 1, one)
        else:
            parts.append((i, i + 1, one))
    return parts


def shape(text: str, run: Run, start: int | None = None, end: int | None = None) -> tuple[Glyph, ...]:
    """The glyphs of a run, or of its part [start, end), from left to right; offsets count from the part's start."""
    first = run.start if start is None else start
    last = run.end if end is None else end
    before, after = text[max(0, first - CONTEXT) : first], text[last : last + CONTEXT]
    return shaped(run.face, run.lang, run.script, run.level & 1, before, text[first:last], after)


@lru_cache(maxsize=16384)
def shaped(
    one: Face, lang: str, code: str, right_to_left: int, before: str, text: str, after: str
) -> tuple[Glyph, ...]:
    """The glyphs of a text between two contexts."""
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(char) for char in before + text + after], len(before), len(text))
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.script = _SHAPED_AS.get(code, code)
    buffer.language = language_tag(lang)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(one.font, buffer)
    return _glyphs(buffer, len(before), text, 1000 / one.upem, code in _UNSPACED)


def _glyphs(buffer: hb.Buffer, shift: int, text: str, scale: float, everywhere: bool) -> tuple[Glyph, ...]:
    """The glyphs of a shaped buffer. Whether a line may be parted at a glyph is asked only where lines end: beside a
    space, or ``everywhere`` in scripts without them; elsewhere it counts as unsafe."""
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    if not infos:
        return ()
    clusters = [info.cluster - shift for info in infos]
    starts = sorted(set(clusters))
    spans = {a: (a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)}
    asked = set(starts) if everywhere else {at for at in starts if text[at].isspace() or text[at - 1].isspace()}
    spans[starts[0]] = (0, spans[starts[0]][1])
    return tuple(
        Glyph(
            info.codepoint,
            *spans[at],
            place.x_advance * scale,
            place.x_offset * scale,
            place.y_offset * scale,
            at not in asked or bool(int.__and__(info.flags, _UNSAFE)),
        )
        for info, place, at in zip(infos, places, clusters, strict=True)
    )
