"""Who answers in which language: what a corridor's file says in codes or in English, named for one reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mrc_app.guides.card import language_name

_BETWEEN = re.compile(r"[,;()]|\bplus\b|\band\b")
_COMMA = {**dict.fromkeys(("ar", "fa", "prs", "ps", "ur"), "، "), **dict.fromkeys(("am", "ti"), "፣ "), "zh": "、"}
_ALSO = {"putonghua": "zh", "mandarin": "zh", "bahasa indonesia": "id", "tagalog": "fil"}


def spoken_there(text: str, reader: str) -> tuple[str, bool]:
    """The languages of a contact in the reader's words, and whether every one of them could be named.

    One that is not known leaves the whole text as it is written, so that nothing is lost.
    """
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    codes = [_code(part) for part in parts]
    if None in codes:
        return text, False
    return listed((language_name(code, reader) for code in codes if code), reader), True


def listed(words: Iterable[str], reader: str) -> str:
    """Each word once, with the commas of the reader's script."""
    return _COMMA.get(reader.partition("-")[0], ", ").join(dict.fromkeys(words))


def has_words(hours: str) -> bool:
    """Whether opening hours hold more than numbers and signs that are read everywhere."""
    return bool(re.search(r"[^\W\d_]{3,}", hours))


def _code(said: str) -> str | None:
    known = _english()
    plain = said.casefold()
    if plain in known.values():
        return plain
    return _ALSO.get(plain) or known.get(plain)


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    from babel import Locale

    return {str(name).casefold(): str(code) for code, name in Locale("en").languages.items()}
