"""The termbase: what the field's things are called in each language, and which words are not used of people.

A term counts as used where its words, or their stems, stand in the text: languages put endings and beginnings to words,
and some write without spaces. That finds whether a term was used, not whether it was the best one.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mrc_app.places import LOCALES

AVOID = "avoid"
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200c\u200d\u200b]")
"""Arabic vowel signs and stretching, and the joiners: a word is the same with and without."""
_WORD = re.compile(r"\w+(?:[’'ʼ]\w+)*")
_PLACE = re.compile(r"\{\w*\}")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]")
_ALPHABET = re.compile("[a-z\u0370-\u04ff]", re.I)
_ENGLISH_PLURAL = {"y": "(?:y|ies)", "s": "(?:s|ses)"}


_ARABIC = re.compile("[\u0600-\u06ff]")
_LETTER = "[\\w\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09be-\u09cd\u0b82\u0bbe-\u0bcd\u0d82\u0d83\u0dca-\u0ddf]"
"""A letter, or a sign that is written on one."""
_ENDINGS = (
    (re.compile("[\u0900-\u097f]"), "(?:ों|ो|हरू|हरु|को|का|की|ले|लाई)?"),
    (re.compile("[\u0980-\u09ff]"), "(?:রা|দের|কে|ের|র|টি|গুলো)?"),
    (re.compile("[\u0600-\u06ff]"), "(?:وں|ان|ها|های|ات|ین|ين|ون|ونه)?"),
)
"""Where a vowel sign makes another word (a servant, a job), only the endings of the same word count."""


@dataclass(frozen=True)
class Term:
    """A concept in a language: the word to print, other words for it, and how it is known."""

    concept: str
    english: str
    lang: str
    term: str
    others: tuple[str, ...]
    register: str
    evidence: str
    note: str

    @property
    def words(self) -> tuple[str, ...]:
        """Every word for it, the one to print first."""
        return (self.term, *self.others)


@dataclass(frozen=True)
class Concept:
    """A concept of a language with every word that may be used for it."""

    id: str
    english: str
    term: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def rows(path: Path = LOCALES / "terms.csv") -> tuple[Term, ...]:
    """The termbase as it stands in locales/terms.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(
                row["concept_id"], row["english"], row["lang"], row["term"], _parts(row["alt_terms"]),
                row["register"], row["evidence"], row["note"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(" / ") if part.strip())


@lru_cache(maxsize=64)
def concepts(lang: str) -> dict[str, Concept]:
    """What a language calls each concept."""
    found: dict[str, list[Term]] = {}
    for row in rows():
        if row.lang == lang and row.register != AVOID:
            found.setdefault(row.concept, []).append(row)
    made = {}
    for concept, terms in found.items():
        first = min(terms, key=lambda one: one.register != "official")
        words = dict.fromkeys(form for one in terms for word in one.words for form in _forms(word))
        made[concept] = Concept(concept, first.english, first.term, tuple(words))
    return made


@lru_cache(maxsize=64)
def avoided(lang: str) -> tuple[Term, ...]:
    """The words that a language does not use of people; the better word stands in ``others``."""
    return tuple(row for row in rows() if row.lang == lang and row.register == AVOID)


def _forms(word: str) -> list[str]:
    """A word without its bracket, and what stands in the bracket where that is a short form: "rumah aman (PRT)"."""
    inside = [part for part in _BRACKETS.findall(word) if part.isupper() and part.isascii()]
    return [_BRACKETS.sub("", word).strip(), *inside]


# -- in a text


def plain(text: str) -> str:
    """A text as words are looked for in it: small letters, one spelling, no signs that are not spoken."""
    return _MARKS.sub("", unicodedata.normalize("NFC", text).casefold())


def uses(text: str, concept: Concept) -> bool:
    """Whether a text has a word for the concept, or an inflected form of it."""
    there = plain(text)
    return any(_stands(there, word) for word in concept.words)


def _stands(there: str, word: str) -> bool:
    if _UNSPACED.search(word):
        return _squeezed(word) in _squeezed(there)
    return all(stem in there for stem in stems(word))


def _squeezed(text: str) -> str:
    return "".join(plain(text).split())


@lru_cache(maxsize=8192)
def stems(word: str) -> tuple[str, ...]:
    """What stays of each word of a term when its ending goes; small words are left out where others remain."""
    found = [_stem(one) for one in _WORD.findall(plain(word))]
    long = [stem for stem in found if len(stem) > 2]
    return tuple(long or found)


def _stem(word: str) -> str:
    """A word without the part that changes: about a quarter, more of what is written with letters for vowels."""
    if not _ALPHABET.search(word):
        return word.removeprefix("ال")[: max(2, len(word) * 3 // 4)]
    return word[: max(3, min(len(word) - 1, len(word) * 3 // 4))] if len(word) > 3 else word


def found_avoided(text: str, lang: str) -> Iterator[Term]:
    """The words of a text that are not used of people: whole words with their endings, anywhere where a script has no
    spaces."""
    words = avoided(lang)
    there = plain(text) if words else ""
    for row in words:
        for within in _meant(lang).get(row.term, ()):
            there = there.replace(within, " ")
        if _pattern(row.term).search(there):
            yield row


@lru_cache(maxsize=1)
def allowed(path: Path = LOCALES / "checks.toml") -> dict[str, list[dict[str, Any]]]:
    """Where a check is not meant, with the reason: ``word`` and ``line`` (locales/checks.toml)."""
    return tomllib.loads(path.read_text("utf-8"))


@lru_cache(maxsize=64)
def _meant(lang: str) -> dict[str, tuple[str, ...]]:
    """Phrases in which a word to avoid says something else, by word."""
    rows = (row for row in allowed().get("word", ()) if row["lang"] == lang)
    return {row["word"]: tuple(plain(part) for part in row["within"]) for row in rows}


@lru_cache(maxsize=512)
def _pattern(term: str) -> re.Pattern[str]:
    if _UNSPACED.search(term):
        return re.compile(r"[\s\u200b]*".join(re.escape(sign) for sign in _squeezed(term)))
    words = [re.escape(word) for word in plain(term).split()]
    beginning = r"(?:[وفبلك]?ال|[وفبلك])?" if _ARABIC.search(term) else ""
    ending = next((some for script, some in _ENDINGS if script.search(term)), f"{_LETTER}{{0,3}}")
    ending = ending if len(term) > 3 else ""
    return re.compile(rf"(?<!{_LETTER}){beginning}" + r"\s+".join(words) + rf"{ending}(?!{_LETTER})")


# -- in the English


def named(english: str, concepts: Iterable[tuple[str, str]]) -> list[str]:
    """The concepts (id, English term) that an English line names, the longest names first; a word counts once."""
    left, found = _PLACE.sub(" ", english.lower()), []
    for id, name in sorted(concepts, key=lambda one: -len(one[1])):
        left, times = _name(name).subn(" ¦ ", left)
        if times:
            found.append(id)
    return found


@lru_cache(maxsize=256)
def _name(name: str) -> re.Pattern[str]:
    name = name.lower()
    last = _ENGLISH_PLURAL.get(name[-1], re.escape(name[-1]) + "s?")
    return re.compile(rf"(?<!\w){re.escape(name[:-1])}{last}(?!\w)")
