"""Text folded for search and sorting: one spelling for what people type differently, in any script."""

from __future__ import annotations

import re
import unicodedata

_ARABIC = {
    ord(written): kept
    for kept, shapes in {"ا": "أإآٱ", "ي": "ىیېئ", "ه": "ةۀەہھ", "ك": "کگڭ", "و": "ؤۋ", "ف": "ڤ"}.items()
    for written in shapes
}
_DROPPED = {
    "ـ",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u00ad",
    "\u2068",
    "\u2069",
    "ʼ",
    "’",
    "'",
    "`",
    "´",
    "ʿ",
    "ʾ",
}
_PLAIN = {ord(letter): None for letter in _DROPPED}
_LATIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SERIES = {"ሐ": "ሀ", "ኀ": "ሀ", "ሠ": "ሰ", "ዐ": "አ", "ፀ": "ጸ", "ኸ": "ሀ"}


def _ethiopic() -> dict[int, int]:
    """Letters of one sound and several shapes; in the h and glottal series the first and fourth vowel sound
    alike too."""
    table: dict[int, int] = {}
    for written, kept in _SERIES.items():
        for vowel in range(7):
            table[ord(written) + vowel] = ord(kept) + vowel
    for first in ("ሀ", "አ"):
        table[ord(first) + 3] = ord(first)
    for written, kept in _SERIES.items():
        if kept in ("ሀ", "አ"):
            table[ord(written) + 3] = ord(kept)
    return table


_ETHIOPIC = _ethiopic()


_MARKS = (
    (0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06ED), (0x135D, 0x135F),
)  # fmt: skip
"""Where the combining marks stand that do not belong to a word: Latin, Greek and Cyrillic accents, Arabic and Hebrew
vowel signs, Ethiopic length."""


def _gone() -> re.Pattern[str]:
    """What is left out: those marks, and signs that are written or not."""
    marks = [chr(point) for first, last in _MARKS for point in range(first, last + 1)]
    letters = [letter for letter in marks if unicodedata.category(letter) == "Mn"] + sorted(_DROPPED)
    return re.compile("[" + "".join(map(re.escape, letters)) + "]+")


_GONE = _gone()
_UNITED = {**_ETHIOPIC, **_ARABIC, **_LATIN}
_DECIMAL = re.compile(r"[^\D0-9]")


def fold(text: str) -> str:
    """The text as it is searched: case and accents gone, Arabic letter shapes and Ethiopic homophones united,
    digits ASCII."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_ARABIC))
    if (lower := apart.casefold()) != apart:  # capitals of the mathematical alphabets
        apart = unicodedata.normalize("NFKD", lower)
    kept = _DECIMAL.sub(_digit, _GONE.sub("", apart))
    return " ".join(unicodedata.normalize("NFC", kept).translate(_UNITED).split())  # type: ignore[arg-type]


def _digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))
