"""How a client's name sounds, in any script: the same few letters for spellings that are one name.

A word is written in Latin letters (resources/names/letters.toml for scripts where a general table loses what a
name needs),
then read by the rules of resources/names/sounds.toml. The tables are the project's own; variants they were
never tuned on
are kept beside the tests.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from mrc_app.places import RESOURCES

# -- Record


@dataclass(frozen=True)
class Reading:
    """One way to read a word: ``skeleton`` are its consonants by class, ``fine`` the same with the vowels it shows."""

    skeleton: str
    fine: str


@dataclass(frozen=True, eq=False)
class Heard:
    """A word as it is heard; one object a word. ``latin`` is its spelling in Latin letters, ``whole`` whether
    its vowels
    are all written, ``skeletons`` those of its readings."""

    latin: str
    whole: bool
    readings: tuple[Reading, ...]
    skeletons: frozenset[str]


@dataclass(frozen=True, eq=False)
class Unit:
    """A word of a name, or two neighbours written together, with its place(s) in the name."""

    heard: Heard
    places: frozenset[int]


@dataclass(frozen=True)
class Script:
    """How a script is written in Latin letters."""

    letters: dict[str, str]
    endings: dict[str, str]
    inherent: str
    article: str
    silenced_by: str
    repeats: bool
    whole: bool


# -- Rules

_WORD = re.compile(r"[\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]+")
_APOSTROPHES = re.compile("['’ʼʻ`´ʾʿ\u200b-\u200f\u0640]")
_LATIN = str.maketrans(
    {
        "ç": "s",
        "ş": "sh",
        "š": "sh",
        "č": "ch",
        "ž": "zh",
        "ñ": "n",
        "ı": "i",
        "ŋ": "ng",
        "ɓ": "b",
        "ɗ": "d",
        "ø": "o",
        "ß": "ss",
        "œ": "e",
        "æ": "e",
        "đ": "d",
        "ł": "l",
        "ɛ": "e",
        "ɔ": "o",
        "ƴ": "y",
    }
)


class Sounds:
    """The tables, read once."""

    def __init__(self) -> None:
        folder = RESOURCES / "names"
        sounds = tomllib.loads((folder / "sounds.toml").read_text("utf-8"))
        written = tomllib.loads((folder / "letters.toml").read_text("utf-8"))
        self.rules = re.compile("|".join(f"({pattern})" for pattern, _ in sounds["rules"]))
        self.sounds: list[list[str]] = [said.split() for _, said in sounds["rules"]]
        self.vowels: dict[str, str] = {
            letter: vowel for vowel, letters in sounds["vowels"].items() for letter in letters
        }
        self.most: int = sounds["most"]
        self.particles, self.halves = frozenset(sounds["particles"]), frozenset(sounds["halves"])
        self.servant = re.compile(sounds["servant"])
        self.glued = [re.compile(pattern) for pattern in sounds["glued"]]
        self.scripts = [(_range(table["range"]), _script(table)) for table in written.values()]


def _range(spans: list[str]) -> re.Pattern[str]:
    return re.compile("[" + "".join(spans) + "]")


def _script(table: dict[str, Any]) -> Script:
    letters = table.get("letters", {}) | table.get("first", {})
    return Script(
        letters=dict(sorted(letters.items(), key=lambda item: -len(item[0]))),
        endings=table.get("endings", {}),
        inherent=table.get("inherent", ""),
        article=table.get("article", ""),
        silenced_by=table.get("silenced_by", ""),
        repeats=table.get("repeats", False),
        whole=table.get("vowels_written", True),
    )


@lru_cache(maxsize=1)
def sounds() -> Sounds:
    """The tables of this program."""
    return Sounds()


@lru_cache(maxsize=50_000)
def latin(word: str) -> tuple[str, bool]:
    """A word in lower-case Latin letters, and whether all its vowels are written."""
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFC", word.casefold()))
    script = script_of(bare)
    if script is None:
        return _plain(bare.translate(_LATIN)), True
    return _plain(_written(bare, script)), script.whole


def script_of(word: str) -> Script | None:
    """The script of a word that is written in Latin by our own tables; None for Latin letters and all others."""
    return next((script for span, script in sounds().scripts if span.search(word)), None)


def _plain(text: str) -> str:
    from anyascii import anyascii

    kept = "ǧ"
    apart = "".join(letter if letter == kept else unicodedata.normalize("NFKD", letter) for letter in text)
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    said = "".join(letter if letter == kept else anyascii(letter) for letter in bare).lower()
    return "".join(letter for letter in said if letter.isalpha())


def _written(word: str, script: Script) -> str:
    """A word of another script in Latin letters, its silent signs gone and its unwritten vowel put in."""
    from anyascii import anyascii

    if script.silenced_by:
        for letters, said in script.letters.items():
            if script.silenced_by in letters:
                word = word.replace(letters, said)
        word = re.sub(f".{script.silenced_by}", "", word)
    ending = next((end for end in script.endings if word.endswith(end)), "")
    tail = script.endings.get(ending, "")
    word, out, place = word.removesuffix(ending), [], 0
    while place < len(word):
        letters = next((known for known in script.letters if word.startswith(known, place)), word[place])
        said = script.letters.get(letters, anyascii(letters))
        place += len(letters)
        bare = unicodedata.category(letters[-1]) == "Lo" and not _sign(word[place : place + 1])
        vowel = script.inherent if bare and said and said[-1] not in "aeiou" else ""
        out.append(said + vowel)
    return "".join(out) + tail


def _sign(letter: str) -> bool:
    """Whether a vowel sign or a stop follows, so that the unwritten vowel is not spoken."""
    return bool(letter) and unicodedata.category(letter) in ("Mn", "Mc") and letter not in "ंँং"


@lru_cache(maxsize=50_000)
def heard(word: str) -> Heard:
    """A word as it is heard, in every way it may be read."""
    text, whole = latin(word)
    tables = sounds()
    text = tables.servant.sub(r"\1", text)
    spellings = [text, *(cut.sub("", text) for cut in tables.glued if cut.search(text))]
    script = script_of(word)
    if script and script.article and word.startswith(script.article) and len(word) > len(script.article) + 2:
        spellings.insert(0, latin(word.removeprefix(script.article))[0])
    found: dict[str, Reading] = {}
    for spelling in spellings:
        for reading in _readings(spelling, bool(script and script.repeats)):
            found.setdefault(reading.skeleton, reading)
    kept = tuple(found.values())[: tables.most]
    return Heard(text, whole, kept, frozenset(reading.skeleton for reading in kept))


def _readings(text: str, repeats: bool) -> list[Reading]:
    tables = sounds()
    ways: list[tuple[str, ...]] = [()]
    place = 0
    while place < len(text):
        match = tables.rules.match(text, place)
        if match:
            said = [
                _silent(match[0], tables) if sound == "_" else sound
                for sound in tables.sounds[(match.lastindex or 1) - 1]
            ]
        else:
            said = [tables.vowels.get(text[place], "h" if text[place] == "h" else "")]
        ways = [(*way, sound) for way in ways for sound in said][: tables.most * 2]
        place = match.end() if match else place + 1
    return [_reading(way, repeats) for way in ways]


def _silent(letters: str, tables: Sounds) -> str:
    return tables.vowels.get(letters[0], "h" if "h" in letters else "")


def _reading(way: tuple[str, ...], repeats: bool) -> Reading:
    """Letters written twice are one sound, unless the script leaves a vowel between them out."""
    kept = [*way[:1], *(after for before, after in pairwise(way) if after != before or (after.isupper() and repeats))]
    fine = "".join(kept)
    return Reading("".join(letter for letter in fine if letter.isupper()) or "A", fine.rstrip("aiuh") or fine)


@lru_cache(maxsize=20_000)
def units(*fields: str) -> tuple[Unit, ...]:
    """The words of a name in order, and neighbours of one field written together. Particles are left out."""
    found: list[Unit] = []
    place = 0
    for field in fields:
        words = _words(field)
        found += [Unit(heard(word), frozenset({place + number})) for number, word in enumerate(words)]
        found += [
            Unit(heard(one + two), frozenset({place + number, place + number + 1}))
            for number, (one, two) in enumerate(pairwise(words))
        ]
        place += len(words)
    return tuple(found)


def _words(field: str) -> list[str]:
    """The words of a field: halves joined with what follows, particles out unless nothing else is there."""
    tables = sounds()
    said = _WORD.findall(_APOSTROPHES.sub("", unicodedata.normalize("NFC", field.casefold())))
    kept: list[str] = []
    half = ""
    for word in said:
        plain = latin(word)[0]
        if plain in tables.halves and not half:
            half = word
        elif half:
            kept.append(half + _without_article(word) if half else word)
            half = ""
        elif plain not in tables.particles:
            kept.append(word)
    kept += [half] if half else []
    return (kept or said)[:6]


def _without_article(word: str) -> str:
    for _span, script in sounds().scripts:
        if script.article and word.startswith(script.article):
            return word.removeprefix(script.article)
    return word


@lru_cache(maxsize=200_000)
def alike(one: Heard, two: Heard) -> float:
    """How alike two words sound, 0 to 1. Below 0.5 they do not share a skeleton."""
    if one.latin == two.latin:
        return 1.0
    if one.skeletons.isdisjoint(two.skeletons):
        return _nearly(one, two)
    shared = [(a, b) for a in one.readings for b in two.readings if a.skeleton == b.skeleton]
    return max(0.5 + _fine(a.fine, b.fine, one.whole, two.whole) / 2 for a, b in shared)


def _fine(one: str, two: str, one_whole: bool, two_whole: bool) -> float:
    """How alike the vowels are: where a script leaves them out, only those it shows have to be there."""
    from rapidfuzz.distance import Indel

    if one_whole and two_whole:
        return float(Indel.normalized_similarity(one, two))
    few, many = (one, two) if not one_whole else (two, one)
    if _within(few.replace("h", ""), many.replace("h", "")):
        return 0.9
    return 0.9 * float(Indel.normalized_similarity(one, two))


def _within(few: str, many: str) -> bool:
    letters = iter(many)
    return all(letter in letters for letter in few)


def _nearly(one: Heard, two: Heard) -> float:
    """An initial of the other word, or a slip: 0.4, else nothing."""
    short, long = sorted((one.latin, two.latin), key=len)
    if len(short) == 1:
        return 0.4 if long.startswith(short) else 0.0
    if len(short) < 4:
        return 0.0
    pairs = [(short, long)] if one.whole and two.whole else []
    mine, theirs = one.readings[0].skeleton, two.readings[0].skeleton
    pairs += [(mine, theirs)] if min(len(mine), len(theirs)) >= 3 else []
    return 0.4 if any(_one_slip(*pair) for pair in pairs) else 0.0


def _one_slip(one: str, two: str) -> bool:
    """Whether one letter is exchanged with its neighbour, left out, put in or another one."""
    if abs(len(one) - len(two)) > 1 or len(set(one) ^ set(two)) > 2:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(one, two, score_cutoff=1) <= 1
