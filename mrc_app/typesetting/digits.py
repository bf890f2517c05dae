"""A language's own digits in running text, where a centre prints them.

Western digits stay where something else is written with them: in what stands left to right by itself (phone numbers,
money, addresses, the numbers of papers), and beside Latin letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mrc_app.i18n import language

_PERSIAN = 0x06F0
ZEROS = {
    "ar": 0x0660, "fa": _PERSIAN, "prs": _PERSIAN, "ps": _PERSIAN, "ur": _PERSIAN, "ne": 0x0966, "hi": 0x0966,
    "bn": 0x09E6, "my": 0x1040, "km": 0x17E0, "lo": 0x0ED0, "th": 0x0E50,
}  # fmt: skip
"""The digit nought of every language that has digits of its own in use."""
_KEPT = re.compile("\u2066[^\u2066\u2069]*\u2069|[^\\s\u2066\u2068\u2069]*[A-Za-z][^\\s\u2066\u2068\u2069]*")
_NAMED = re.compile("\u2068[^\u2066\u2068\u2069]*[A-Za-z][^\u2066\u2068\u2069]*")
"""A name with Latin letters: its digits belong to it."""


def has_own(lang: str) -> bool:
    """Whether a language has digits of its own in use."""
    return language(lang).code in ZEROS


@lru_cache(maxsize=32)
def _table(lang: str) -> dict[int, int]:
    zero = ZEROS.get(language(lang).code)
    return {} if zero is None else {ord("0") + digit: zero + digit for digit in range(10)}


def national(text: str, lang: str) -> str:
    """The text with the digits of its language, where it has its own."""
    table = _table(lang)
    if not table or not any(char.isascii() and char.isdigit() for char in text):
        return text
    out, at = [], 0
    kept = sorted((*_spans(_KEPT, text), *_spans(_NAMED, text)))
    for start, end in kept:
        if end <= at:
            continue
        out += [text[at:start].translate(table) if start > at else "", text[max(start, at) : end]]
        at = end
    return "".join([*out, text[at:].translate(table)])


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]
