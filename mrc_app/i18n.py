"""Words in two languages at once: the screen's, and a document's.

``_`` speaks the screen's language, ``Catalog`` a document's, ``N_`` marks a word that is translated later.
The .po file is the truth; a compiled .mo beside it is used when it is at least as new.
"""

from __future__ import annotations

import gettext
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from mrc_app.errors import Invalid, Problem
from mrc_app.places import LOCALES, RESOURCES

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"
SCREEN = "mrc_app"


def N_(message: str) -> str:
    """Marks a message id for the catalogues and returns it unchanged."""
    return message


class Labelled(StrEnum):
    """A closed list of words: each member is the word that is kept and carries the message id of its label."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Labelled:
        """A member written as ``WORD = "word", N_("label")``."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.label = label
        return member


@dataclass(frozen=True)
class Language:
    """A language the desk knows: BCP 47 code, names, writing direction, and where dates come from."""

    code: str
    name: str
    autonym: str
    direction: str
    script: str
    babel: str
    fallback: str

    @property
    def right_to_left(self) -> bool:
        """Whether its lines run from right to left."""
        return self.direction == "rtl"


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """Every known language by code (resources/languages.toml)."""
    rows = tomllib.loads((RESOURCES / "languages.toml").read_text("utf-8"))["language"]
    return {row["code"]: Language(**row) for row in rows}


def language(code: str) -> Language:
    """The language of a BCP 47 code. Raises Invalid when the desk does not know it."""
    known = languages()
    found = known.get(code) or known.get(code.replace("_", "-")) or known.get(code.split("-")[0].lower())
    if found is None or (
        found.code != code and "-" in code and code.split("-")[0] in ("zh", "ff") and code not in known
    ):
        raise Invalid(language=Problem("The desk does not know the language “{code}”.", {"code": code}))
    return found


def babel_locale(code: str) -> str:
    """The Babel locale that writes dates and numbers for a language; its fallback where Babel has none."""
    known = language(code)
    return known.babel or language(known.fallback).babel or "en_001"


def isolate(value: object) -> str:
    """A value made safe to stand inside a sentence of any direction (first-strong isolate)."""
    return f"{FSI}{value}{PDI}"


def ltr(value: object) -> str:
    """A phone, e-mail, address or number kept in order inside any sentence: isolated left to right, never broken."""
    text = str(value).replace(" ", "\u00a0")
    return f"{LRI}{text}{PDI}"


@lru_cache(maxsize=64)
def _translations(code: str, domain: str, stamp: tuple[int, int]) -> gettext.NullTranslations:
    folder = LOCALES / code.replace("-", "_") / "LC_MESSAGES"
    compiled, source = folder / f"{domain}.mo", folder / f"{domain}.po"
    if stamp[1] and stamp[1] >= stamp[0]:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    if not stamp[0]:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalog = read_po(file, locale=None, domain=domain)
    out = BytesIO()
    write_mo(out, catalog)
    out.seek(0)
    return gettext.GNUTranslations(out)


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


@dataclass(frozen=True)
class Catalog:
    """The words of one document language and domain (``guides``, ``letters`` or the screen's ``mrc_app``)."""

    language: Language
    domain: str
    _translation: gettext.NullTranslations

    @classmethod
    def load(cls, code: str, domain: str) -> Catalog:
        """The catalogue of a language; empty when none was written. Raises Invalid for an unknown language."""
        known = language(code)
        folder = LOCALES / known.code.replace("-", "_") / "LC_MESSAGES"
        stamp = (_stamp(folder / f"{domain}.po"), _stamp(folder / f"{domain}.mo"))
        return cls(known, domain, _translations(known.code, domain, stamp))

    def find(self, message: str) -> str | None:
        """The translation, or None when there is none. Identifiers are never shown for a missing text."""
        found = self._translation.gettext(message)
        return found if found and found != message else None

    def header(self, name: str) -> str:
        """A header of the catalogue, like ``X-Status``; empty when it has none."""
        return self._translation.info().get(name.lower(), "")

    def plural(self, one: str, many: str, n: int) -> str:
        """The form for ``n`` things."""
        return self._translation.ngettext(one, many, n)


class _Screen:
    code = "en"
    translation: gettext.NullTranslations = gettext.NullTranslations()


def set_screen_language(code: str) -> Language:
    """Makes ``_`` speak a language. Raises Invalid when the desk does not know it."""
    catalog = Catalog.load(code, SCREEN)
    _Screen.code, _Screen.translation = catalog.language.code, catalog._translation
    return catalog.language


def screen_language() -> Language:
    """The language the screen speaks now."""
    return language(_Screen.code)


def _(message: str, **values: object) -> str:
    """The message in the screen's language; each value isolated so that it cannot disturb the sentence's direction."""
    text = _Screen.translation.gettext(message)
    return text.format(**{name: isolate(value) for name, value in values.items()}) if values else text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """The form for ``n`` things in the screen's language; ``{n}`` is filled in."""
    text = _Screen.translation.ngettext(one, many, n)
    return text.format(n=isolate(n), **{name: isolate(value) for name, value in values.items()})
