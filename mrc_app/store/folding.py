"""Text folded for search and sorting: one spelling for what people type differently, in any script."""

from __future__ import annotations

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


def _kept(mark: str) -> bool:
    """Whether a combining mark belongs to the word: not a Latin, Greek or Cyrillic accent, not an Arabic or
    Hebrew vowel sign."""
    point = ord(mark)
    return not (
        0x0300 <= point <= 0x036F
        or 0x0591 <= point <= 0x05C7
        or 0x0610 <= point <= 0x061A
        or 0x064B <= point <= 0x065F
        or point == 0x0670
        or 0x06D6 <= point <= 0x06ED
        or 0x135D <= point <= 0x135F
    )


def fold(text: str) -> str:
    """The text as it is searched: case and accents gone, Arabic letter shapes and Ethiopic homophones united,
    digits ASCII."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_ARABIC))
    if (lower := apart.casefold()) != apart:  # capitals of the mathematical alphabets
        apart = unicodedata.normalize("NFKD", lower)
    kept = [
        letter
        for letter in apart
        if letter not in _DROPPED and not (unicodedata.category(letter) == "Mn" and not _kept(letter))
    ]
    whole = unicodedata.normalize("NFC", "".join(map(_digit, kept))).translate(_ETHIOPIC).translate(_ARABIC)
    return " ".join(whole.translate(_LATIN).split())


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
