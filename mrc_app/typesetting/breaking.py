"""Where a line may end: ICU's rules and dictionaries, so that Thai, Khmer, Lao and Burmese break between words."""

from __future__ import annotations

from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker


@lru_cache(maxsize=2048)
def chances(text: str, lang: str) -> tuple[int, ...]:
    """Offsets at which a line may end, the text's own end last."""
    return tuple(end for _, end in LineBreaker(text, lang).segments())


def must(text: str, end: int) -> bool:
    """Whether the line has to end at this offset."""
    return end > 0 and text[end - 1] == "\n"


@lru_cache(maxsize=2048)
def letters(text: str, lang: str) -> tuple[int, ...]:
    """Offsets between letters as a reader sees them: the last resort for a word longer than its line."""
    return tuple(end for _, end in CharacterBreaker(text, lang).segments())
