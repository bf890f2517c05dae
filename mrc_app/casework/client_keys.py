"""The keys under which a client's record is found again by somebody who types her name another way.

Two names that sound alike; one alone, with the year of birth, with the district; the end of the phone number; the
passport.
They are kept beside the search index of this file, never journalled and never sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from mrc_app.casework.client_births import Birth
from mrc_app.casework.client_sounds import Unit, units
from mrc_app.store.folding import fold

# -- Record


@dataclass(frozen=True)
class Person:
    """What two registrations are compared by. ``lines`` are her names, each written out once: Latin, native, other.

    ``phone`` and ``passport`` are normalised; ``birth`` may be unknown.
    """

    lines: tuple[tuple[str, ...], ...]
    sex: str = ""
    birth: Birth | None = None
    phone: str = ""
    district: str = ""
    passport: str = ""


# -- Rules

PHONE_TAIL = 8  # digits that stay the same with and without country code or leading zero


def names(
    given: str, father: str, grandfather: str, native: str, call_name: str, other: str
) -> tuple[tuple[str, ...], ...]:
    """A person's names as lines: the parts she gave, the native spelling, what else she is called."""
    parts = tuple(filter(None, (given or call_name, father, grandfather)))
    extra = "" if call_name in (given, native) else call_name
    lines = (parts, (native,) if native else (), (other,) if other else (), (extra, father) if given and extra else ())
    return tuple(dict.fromkeys(line for line in lines if line))


def person(
    said: tuple[str, str, str, str, str, str],
    *,
    sex: str,
    birth: Birth | None,
    phone: str,
    district: str,
    passport: str,
) -> Person:
    """A person from her fields as they are typed or kept; ``said`` are the arguments of ``names``."""
    return Person(names(*said), str(sex), birth, phone_tail(phone), plain_district(district), plain_passport(passport))


def phone_tail(phone: str) -> str:
    """The last eight digits; nothing when there are fewer than six."""
    digits = "".join(letter for letter in phone if letter.isdecimal())
    return digits[-PHONE_TAIL:] if len(digits) >= 6 else ""


def plain_passport(passport: str) -> str:
    """Letters and digits only, in capitals."""
    said = "".join(letter for letter in passport.upper() if letter.isalnum())
    return said if len(said) > 4 else ""


@lru_cache(maxsize=5_000)
def plain_district(district: str) -> str:
    """A district as it sounds: the skeletons of its words."""
    return "".join(unit.heard.readings[0].skeleton for unit in units(fold(district)) if len(unit.places) == 1)


def years(birth: Birth | None) -> range:
    """The Gregorian years a birth may lie in."""
    return range(0) if birth is None else range(birth.first.year, birth.last.year + 1)


def keys(person: Person) -> set[str]:
    """Every key of a person."""
    found = {f"n{person.passport}"} if person.passport else set()
    found |= {f"p{person.phone}"} if person.phone else set()
    for line in person.lines:
        said = units(*line)
        for one, two in combinations(said, 2):
            found |= set(pair_keys(one, two))
        for unit in said:
            found |= set(word_keys(unit, years(person.birth), plain_district(person.district)))
    return found


def pair_keys(one: Unit, two: Unit) -> Iterator[str]:
    """The keys of two words of one name, in any order."""
    if not one.places & two.places:
        for a in one.heard.readings:
            for b in two.heard.readings:
                first, last = sorted((a.skeleton, b.skeleton))
                yield f"2{first}|{last}"


def word_keys(unit: Unit, born: range | tuple[int, ...], district: str) -> Iterator[str]:
    """The keys of one word: alone, with a year of birth, and with the district."""
    if len(unit.places) == 1:
        for reading in unit.heard.readings:
            yield f"w{reading.skeleton}"
            yield from (f"y{reading.skeleton}|{year}" for year in born)
            if district:
                yield f"d{reading.skeleton}|{district}"


def first_of_january(birth: Birth) -> bool:
    """Whether the day is the one that is written when nobody knows it."""
    return birth.first == birth.last and birth.first == date(birth.first.year, 1, 1)
