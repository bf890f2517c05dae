"""Countries: the 249 codes of ISO 3166-1 (resources/countries.toml), their names, and pairs of them (corridors)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.places import RESOURCES

UNKNOWN = "XXX"
"""The alpha-3 code where no country is known: ISO 3166-1 leaves XAA to XXZ to users, ICAO Doc 9303-3 uses XXX so."""
_PAIR = re.compile(r"[A-Z]{2}-[A-Z]{2}")


@lru_cache(maxsize=1)
def alpha3() -> dict[str, str]:
    """Alpha-3 code by alpha-2 code, in order of alpha-2."""
    words = tomllib.loads((RESOURCES / "countries.toml").read_text("utf-8"))["codes"].split()
    return dict(zip(words[::2], words[1::2], strict=True))


def codes() -> list[str]:
    """Every alpha-2 code, sorted."""
    return list(alpha3())


def is_country(code: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 code (capital letters)."""
    return isinstance(code, str) and code in alpha3()


def name(code: str, language: str) -> str:
    """The country's name in a language (BCP 47), from CLDR, the short one where the full one is an administration's;
    else the fallback language's, else English.

    Raises Invalid for a country or language that does not exist.
    """
    from mrc_app import i18n

    check_country(code)
    known = i18n.language(language)
    short = _short().get(code, {})
    for reader, locale in (
        (known.code, known.babel),
        (known.fallback, i18n.babel_locale(known.fallback)),
        ("en", "en_001"),
    ):
        found = short.get(reader) or (_territories(locale).get(code) if locale else None)
        if found:
            return found
    return code


@lru_cache(maxsize=1)
def _short() -> dict[str, dict[str, str]]:
    return dict(tomllib.loads((RESOURCES / "countries.toml").read_text("utf-8"))["short"])


@lru_cache(maxsize=32)
def _territories(locale: str) -> dict[str, str]:
    from babel import Locale

    return {code: str(text) for code, text in Locale.parse(locale).territories.items() if len(code) == 2}


def check_country(code: str) -> str:
    """The code itself. Raises Invalid when there is no such country."""
    if not is_country(code):
        raise Invalid(country=Problem(N_("There is no country with the code “{code}”."), {"code": code}))
    return code


def pair(corridor: str) -> tuple[str, str]:
    """Origin and destination of a corridor id like ET-SA.

    Raises Invalid for a malformed id, a country that does not exist, or the same country twice.
    """
    if not _PAIR.fullmatch(corridor):
        raise Invalid(
            corridor=Problem(
                N_("“{corridor}” is not a corridor: write two country codes in capitals, for example ET-SA."),
                {"corridor": " ".join(corridor.split())[:40]},
            )
        )
    origin, destination = corridor.split("-")
    for code in (origin, destination):
        if not is_country(code):
            raise Invalid(
                corridor=Problem(
                    N_("“{corridor}” is not a corridor: there is no country with the code “{code}”."),
                    {"corridor": corridor, "code": code},
                )
            )
    if origin == destination:
        raise Invalid(
            corridor=Problem(N_("A corridor joins two different countries, not “{corridor}”."), {"corridor": corridor})
        )
    return origin, destination
