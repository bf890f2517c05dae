"""Where a line may end: ICU's rules and dictionaries, so that Thai, Khmer, Lao and Burmese break between words."""

from __future__ import annotations

from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker

_NEVER_FIRST = frozenset("·‧・～〜－／")
"""What no line of Chinese begins with besides what ICU keeps from there: dots inside names, signs between numbers."""


@lru_cache(maxsize=2048)
def chances(text: str, lang: str) -> tuple[int, ...]:
    """Offsets at which a line may end, the text's own end last."""
    found = (end for _, end in LineBreaker(text, lang).segments())
    if not lang.startswith("zh"):
        return tuple(found)
    return tuple(end for end in found if end == len(text) or text[end] not in _NEVER_FIRST)


def must(text: str, end: int) -> bool:
    """Whether the line has to end at this offset."""
    return end > 0 and text[end - 1] == "\n"


@lru_cache(maxsize=2048)
def letters(text: str, lang: str) -> tuple[int, ...]:
    """Offsets between letters as a reader sees them: the last resort for a word longer than its line."""
    return tuple(end for _, end in CharacterBreaker(text, lang).segments())
