"""Words in two languages at once: the screen's, and a document's.

``_`` speaks the screen's language, ``Catalog`` a document's, ``N_`` marks a word that is translated later.
The .po file is the truth; a compiled .mo beside it is used when it is at least as new.
"""

from __future__ import annotations

import gettext
import logging
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from mrc_app.errors import Invalid, Problem
from mrc_app.places import LOCALES as LOCALES
from mrc_app.places import RESOURCES, own_words
from mrc_app.wording import marks, merged
from mrc_app.wording.marks import Standing

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"
SCREEN = "mrc_app"
_OTHER_CODES = {"tl": "fil", "fa-af": "prs", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}
_OTHER_CODES |= dict.fromkeys(("zh-hk", "zh-tw", "zh-mo"), "zh-hant")
_log = logging.getLogger("mrc.i18n")


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
    """A language the desk knows: BCP 47 code, names, writing direction, and where dates come from.

    ``fallback`` stands in for what it lacks, ``second`` (by country of origin) comes before that.
    """

    code: str
    name: str
    autonym: str
    direction: str
    script: str
    babel: str
    fallback: str
    second: Mapping[str, str] = field(default_factory=dict, hash=False)

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
    """The language of a BCP 47 code; a region it does not list is left off, a script never is.

    Raises Invalid when the desk does not know the language.
    """
    known = _by_small_letters()
    plain = code.strip().replace("_", "-").lower()
    parts = _OTHER_CODES.get(plain, plain).split("-")
    for length in range(len(parts), 0, -1):
        found = known.get("-".join(parts[:length]))
        if found is not None and _same_script(found, parts[length:]):
            return found
    raise Invalid(language=Problem(N_("The desk does not know the language “{code}”."), {"code": code}))


@lru_cache(maxsize=1)
def _by_small_letters() -> dict[str, Language]:
    return {name.lower(): found for name, found in languages().items()}


def _same_script(found: Language, left_off: list[str]) -> bool:
    return all(part == found.script.lower() for part in left_off if len(part) == 4 and part.isalpha())


@lru_cache(maxsize=128)
def babel_locale(code: str) -> str:
    """The Babel locale that writes dates and numbers for a language; its fallback's where Babel has none (logged).

    Raises Invalid when the desk does not know the language.
    """
    from mrc_app.wording.locale_data import keep_languages_apart

    keep_languages_apart()
    known = language(code)
    if known.babel:
        return known.babel
    stand_in = language(known.fallback)
    _log.info("No dates and numbers for %s (%s): written as in %s.", known.code, known.name, stand_in.name)
    return stand_in.babel or "en_001"


def isolate(value: object) -> str:
    """A value made safe to stand inside a sentence of any direction (first-strong isolate)."""
    return f"{FSI}{value}{PDI}"


def ltr(value: object) -> str:
    """A phone, e-mail, address or number kept in order inside any sentence: isolated left to right, unbroken."""
    text = str(value).replace(" ", "\u00a0")
    return f"{LRI}{text}{PDI}"


class _Nothing(gettext.NullTranslations):
    """Stands behind every catalogue, so that a missing text is told from one that equals its message id."""

    def gettext(self, message: str) -> str:
        return ""


def _backed(translation: gettext.NullTranslations) -> gettext.NullTranslations:
    translation.add_fallback(_Nothing())
    return translation


@dataclass(frozen=True)
class _Files:
    """A catalogue on the disk: the program's .po and .mo, this computer's own .po, and when each was written."""

    code: str
    domain: str
    source: Path
    compiled: Path
    own: Path
    stamps: tuple[int, int, int, int]

    @classmethod
    def of(cls, code: str, domain: str) -> _Files:
        inside = f"{code.replace('-', '_')}/LC_MESSAGES/{domain}"
        paths = (LOCALES / f"{inside}.po", LOCALES / f"{inside}.mo", own_words() / f"{inside}.po")
        english = LOCALES / "en" / "LC_MESSAGES" / f"{domain}.po"
        stamps = tuple(_stamp(path) for path in (*paths, english))
        return cls(code, domain, *paths, stamps)  # type: ignore[arg-type]

    def english(self) -> dict[str, str]:
        """What its ids say in English; of the screen's, only asked where this computer has words of its own."""
        if self.domain == SCREEN:
            return merged.by_itself(merged.entries(self.source, self.own, {})) if self.stamps[2] else {}
        path = LOCALES / "en" / "LC_MESSAGES" / f"{self.domain}.po"
        return merged.by_name(path, self.stamps[3])


@lru_cache(maxsize=160)
def _translations(files: _Files) -> gettext.NullTranslations:
    shipped = _shipped(files)
    if not files.stamps[2]:
        return shipped
    found = merged.reviewed(files.own, files.english())
    if not found:
        return shipped
    rule = _headers(files.source, files.stamps[0]).get("plural-forms", "")
    own = merged.OwnWords(found, rule)
    own.add_fallback(shipped)
    return own


def _shipped(files: _Files) -> gettext.NullTranslations:
    source, compiled = files.stamps[:2]
    if compiled and compiled >= source:
        with files.compiled.open("rb") as file:
            return _backed(_not_empty(gettext.GNUTranslations(file)))
    if not source:
        return _backed(gettext.NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with files.source.open("rb") as file:
        catalog = read_po(file, locale=None, domain=files.domain)
    out = BytesIO()
    write_mo(out, catalog)
    out.seek(0)
    return _backed(_not_empty(gettext.GNUTranslations(out)))


def _not_empty(found: gettext.GNUTranslations) -> gettext.NullTranslations:
    """A catalogue that was begun and says nothing yet is none."""
    return found if any(getattr(found, "_catalog", {})) else gettext.NullTranslations()


@lru_cache(maxsize=256)
def _standing(files: _Files) -> Standing:
    """How far a catalogue is."""
    return _standings((files,))[0]


@lru_cache(maxsize=8)
def _standings(several: tuple[_Files, ...]) -> list[Standing]:
    """How far catalogues of a kind are, of every text that English has; of the screen's, that any of them has."""
    there = [merged.entries(files.source, files.own, files.english()) for files in several]
    if several[0].domain != SCREEN:
        english = several[0].english()
        return [marks.standing(found, english) for found in there]
    wanted = {id: text for found in there for id, text in merged.by_itself(found).items()}
    return [marks.standing(found, wanted) for found in there]


@lru_cache(maxsize=64)
def _headers(path: Path, stamp: int) -> dict[str, str]:
    if not stamp:
        return {}
    top = path.read_text("utf-8").partition("\n\n")[0]
    lines = [line.strip('"').removesuffix("\\n") for line in top.splitlines() if line.startswith('"')]
    rows = [line.partition(": ") for line in lines]
    return {name.lower(): value.strip() for name, _colon, value in rows}


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
        return cls(known, domain, _translations(_Files.of(known.code, domain)))

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return type(self._translation) is gettext.NullTranslations

    def standing(self) -> Standing:
        """How far it is, who read it and when."""
        if self.language.code == "en":
            return marks.source(0)
        return _standing(_Files.of(self.language.code, self.domain))

    def find(self, message: str) -> str | None:
        """The translation, or None when there is none. Identifiers are never shown for a missing text."""
        return self._translation.gettext(message) or None if message else None

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


class Spoken(gettext.NullTranslations):
    """The words of one person's language; where it has none, the screen's, and those are counted."""

    def __init__(self, hers: gettext.NullTranslations, screens: gettext.NullTranslations) -> None:
        super().__init__()
        self._hers, self._screens = hers, screens
        self.missing = 0

    def gettext(self, message: str) -> str:
        """Her word, or the screen's."""
        found = self._hers.gettext(message)
        self.missing += not found
        return found or self._screens.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Her form for ``n`` things, or the screen's."""
        found = self._hers.ngettext(msgid1, msgid2, n)
        return self._screens.ngettext(msgid1, msgid2, n) if found in (msgid1, msgid2) else found


def speaks(code: str) -> bool:
    """Whether the desk knows a language and its screen says anything in it."""
    try:
        catalog = Catalog.load(code, SCREEN)
    except Invalid:
        return False
    return catalog.language.code == "en" or not catalog.empty


@contextmanager
def speaking(code: str) -> Iterator[Spoken]:
    """``_`` speaks one person's language inside, and the screen's again afterwards. A word that her language lacks is
    said in the screen's and counted. Raises Invalid when the desk does not know the language."""
    catalog = Catalog.load(code, SCREEN)
    before = _Screen.code, _Screen.translation
    english = catalog.language.code == "en"
    spoken = Spoken(gettext.NullTranslations() if english else catalog._translation, before[1])
    _Screen.code, _Screen.translation = catalog.language.code, spoken
    try:
        yield spoken
    finally:
        _Screen.code, _Screen.translation = before


def _(message: str, **values: object) -> str:
    """The message in the screen's language; each value isolated, so that it cannot turn the sentence."""
    text = (_Screen.translation.gettext(message) if message else "") or message
    return text.format(**{name: isolate(value) for name, value in values.items()}) if values else text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """The form for ``n`` things in the screen's language; ``{n}`` is filled in."""
    text = _Screen.translation.ngettext(one, many, n)
    return text.format(n=isolate(n), **{name: isolate(value) for name, value in values.items()})


DOMAINS = {"ui": SCREEN, "guides": "guides", "letters": "letters", "experience": "experience"}
"""The kinds of words, and the catalogue of each."""
NO_KIND = N_("There is no kind of words “{kind}”. There are: {kinds}.")


def completeness(kind: str) -> list[dict[str, Any]]:
    """How much of the screen (``ui``), the guides or another paper each known language says, from the .po files, and
    how much of that a speaker signed. ``reviewed``: all of it, by ``reviewed_by``, the last on ``reviewed_on``.

    Raises Invalid for another kind.
    """
    if kind not in DOMAINS:
        raise Invalid(kind=Problem(NO_KIND, {"kind": kind, "kinds": ", ".join(DOMAINS)}))
    files = tuple(_Files.of(code, DOMAINS[kind]) for code in languages())
    return [_complete(known, found) for known, found in zip(languages().values(), _standings(files), strict=True)]


def _complete(known: Language, found: Standing) -> dict[str, Any]:
    found = marks.source(found.total) if known.code == "en" else found
    return {
        "code": known.code,
        "name": known.name,
        "autonym": known.autonym,
        "direction": known.direction,
        "translated": found.translated,
        "total": found.total,
        "signed": found.signed,
        "reviewed": found.reviewed,
        "reviewed_by": list(found.roles),
        "reviewed_on": found.on,
        "status": found.status,
    }
