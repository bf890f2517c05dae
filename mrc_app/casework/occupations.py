"""Occupations: the part of ISCO-08 that is looked up by name or code; any other code may still be typed.

The list is data (resources/isco). A title that nobody has checked against the list of the ILO says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from mrc_app.i18n import N_
from mrc_app.places import RESOURCES

# -- Words

REPORTED = N_("reported, not checked")

# -- Record


@dataclass(frozen=True)
class Occupation:
    """A unit group of ISCO-08. ``level``: skill level 1 to 4; ``reported``: not yet checked."""

    code: str
    level: int
    title: str
    reported: bool = False


# -- Rules


def look_up(text: str) -> list[Occupation]:
    """The occupations whose code begins with what was typed, or whose title holds every word of it."""
    said = text.casefold().split()
    if not said:
        return []
    return [
        one for one in listed() if one.code.startswith(said[0]) or all(part in one.title.casefold() for part in said)
    ]


# -- Questions


@lru_cache(maxsize=1)
def listed() -> tuple[Occupation, ...]:
    """Every occupation of the list, by code."""
    document = tomllib.loads((RESOURCES / "isco" / "isco08.toml").read_text("utf-8"))
    return tuple(Occupation(**one) for one in document["occupation"])


def of_code(code: str) -> Occupation | None:
    """The occupation with a code; None when the list does not have it."""
    return next((one for one in listed() if one.code == code), None)
