"""What a character is: its bidirectional class, its script, its bracket partner, whether it draws at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from mrc_app.typesetting import unicode_tables

CANONICAL = {0x2329: 0x3008, 0x232A: 0x3009}


def _table(text: str) -> tuple[list[int], list[str]]:
    starts, names, at = [], [], 0
    for run in text.split():
        cut = next(i for i, c in enumerate(run) if c.isupper())
        starts.append(at)
        names.append(run[cut:])
        at += int(run[:cut], 36)
    return starts, names


_BIDI = _table(unicode_tables.BIDI)
_SCRIPTS = _table(unicode_tables.SCRIPTS)


@lru_cache(maxsize=4096)
def bidi_class(char: str) -> str:
    """The bidirectional class of a character ("L", "AL", "NSM" …)."""
    starts, names = _BIDI
    return names[bisect_right(starts, ord(char)) - 1]


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The ISO 15924 code of a character's script; "Zyyy" for common, "Zinh" for inherited characters."""
    starts, names = _SCRIPTS
    return names[bisect_right(starts, ord(char)) - 1].capitalize()


def _brackets() -> dict[str, tuple[int, bool]]:
    found: dict[str, tuple[int, bool]] = {}
    for pair in unicode_tables.BRACKETS.split():
        half = len(pair) // 2
        opener, closer = int(pair[:half], 16), int(pair[half:], 16)
        name = CANONICAL.get(closer, closer)
        found[chr(opener)] = (name, True)
        found[chr(closer)] = (name, False)
    return found


BRACKETS = _brackets()
"""Bracket → (name of its pair, whether it opens)."""

CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that steer direction: obeyed, never drawn, never copied."""

UNSEEN = CONTROLS | frozenset("\u200b\u200c\u200d\u2060\u00ad\u034f\ufe0e\ufe0f\u180e\u2028\u2029\n\r\t")
"""Characters that need no glyph."""


def clean(text: str) -> str:
    """Text as it is set: narrow no-break spaces made ordinary ones, tabs spaces, one kind of line end."""
    if text.isascii() and "\r" not in text and "\t" not in text:
        return text
    out = text.replace("\u202f", "\u00a0").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return out.replace("\u2029", "\n").replace("\u2028", "\n").replace("\u00ad", "")


_ISOLATES = "\u2066\u2068"
_NUMBERS = re.compile("\u2066[^\u2069]*\u2069|\u2068[^\u2069]*\u2069|[+]?[0-9]+(?:[.,:/+\u2013-]+[0-9]+)+|[+][0-9]+")


def in_order(text: str) -> str:
    """Text for a line written from right to left: a range, a date or a fraction in Western digits stands in an isolate,
    so that 15-20 is not turned into 20-15. What stands in one already is left alone."""
    return _NUMBERS.sub(lambda found: found[0] if found[0][0] in _ISOLATES else f"\u2066{found[0]}\u2069", text)
