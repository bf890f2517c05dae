"""The files of a reference pack. Each is hostile until every field of it has been checked; what is wrong is named.

A corridor is a file of the format corridor-facts/1, an instrument one of instrument/1. Services are providers/1 and
words of the guides words/1, described in docs/REFERENCE.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mrc_app.casework import fields, instruments, providers
from mrc_app.casework.instruments import Instrument
from mrc_app.corridors import catalogue, packs
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Confidence
from mrc_app.corridors.reference_packs import ItemKind
from mrc_app.errors import CannotRead, Invalid, MrcError
from mrc_app.i18n import N_, Catalog, language

MOST_BYTES, MOST_ROWS, LONGEST = 1_000_000, 5_000, 2_000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.toml")
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")

BAD_NAME = N_("“{file}” is not the name of a file of a reference pack.")
TOO_LARGE = N_("“{file}” cannot be used: it is too large.")
NOT_TOML = N_("“{file}” cannot be used: it is not TOML in UTF-8.")
NO_SCHEMA = N_("“{file}” cannot be used: its schema is none that this program knows.")
UNKNOWN = N_("“{file}” cannot be used: {field} is not a known field.")
MISSING = N_("“{file}” cannot be used: {field} is missing.")
NOT_ALLOWED = N_("“{file}” cannot be used: {field} has a value that is not allowed.")
TWICE = N_("“{file}” cannot be used: {field} stands there twice.")
PLACES = N_("“{file}” cannot be used: {field} has other placeholders than the English text.")
REASON = N_("“{file}” cannot be used: {field}: {reason}")
SHIPPED = N_("“{file}” cannot be used: the instrument {field} comes with the program.")


@dataclass(frozen=True)
class Service:
    """One service of a pack: what is kept of it, and where that was read."""

    id: str
    kept: Mapping[str, Any]
    source: str
    as_of: str
    confidence: str
    source_url: str = ""


@dataclass(frozen=True)
class GuideWords:
    """Texts of the guides in one language."""

    language: str
    texts: Mapping[str, str]
    source: str
    as_of: str


@dataclass(frozen=True)
class Item:
    """One file of a pack, checked. ``code`` is what it renews: a corridor's id, an instrument's, a list's, a
    language."""

    kind: ItemKind
    code: str
    name: str
    text: str
    content: Corridor | Instrument | tuple[Service, ...] | GuideWords


def read(name: str, text: str) -> Item:
    """A file of a pack, checked. Raises CannotRead, in one sentence that names the file and the field."""
    if not NAME.fullmatch(name):
        raise CannotRead(BAD_NAME, file=name[:80])
    if len(text) > MOST_BYTES:
        raise CannotRead(TOO_LARGE, file=name)
    try:
        text.encode()
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        raise CannotRead(NOT_TOML, file=name) from None
    reader = _READERS.get(str(data.get("schema")))
    if reader is None:
        raise CannotRead(NO_SCHEMA, file=name)
    return reader(name, text, data)


# -- corridors


def _corridor(name: str, text: str, data: Mapping[str, Any]) -> Item:
    del data
    found = catalogue.of_text(text.encode(), name)
    return Item(ItemKind.CORRIDOR, found.id, name, text, found)


# -- instruments


def _instrument(name: str, text: str, data: Mapping[str, Any]) -> Item:
    if len(text) > instruments.MOST_BYTES:
        raise CannotRead(TOO_LARGE, file=name)
    known = ("schema", "id", "version", "kind", "name", "minimum_answered", "needs_at_or_below", "source", "answer",
             "dimension", "not_applicable")  # fmt: skip
    _only(name, data, known, "")
    found = instruments.read(data)
    if not CODE.fullmatch(found.id):
        raise CannotRead(NOT_ALLOWED, file=name, field="id")
    if not found.source.strip():
        raise CannotRead(MISSING, file=name, field="source")
    if found.id in {one.id for one in instruments.shipped()}:
        raise CannotRead(SHIPPED, file=name, field=found.id)
    return Item(ItemKind.INSTRUMENT, found.id, name, text, found)


# -- services


def _providers(name: str, text: str, data: Mapping[str, Any]) -> Item:
    _only(name, data, ("schema", "id", "provider"), "")
    code = _text(name, data, "id", "")
    if not CODE.fullmatch(code):
        raise CannotRead(NOT_ALLOWED, file=name, field="id")
    rows = data.get("provider")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
        raise CannotRead(MISSING, file=name, field="provider")
    made = tuple(_service(name, row, f"provider {number}") for number, row in enumerate(rows, 1))
    places = [(providers.place(one.kept["name"], one.kept["kind"], one.kept["country"])) for one in made]
    for found in ([one.id for one in made], places):
        twice = next((number for number, one in enumerate(found, 1) if found.index(one) != number - 1), 0)  # type: ignore[arg-type]
        if twice:
            raise CannotRead(TWICE, file=name, field=f"provider {twice}")
    return Item(ItemKind.PROVIDERS, code, name, text, made)


def _service(name: str, row: Any, where: str) -> Service:
    if not isinstance(row, dict):
        raise CannotRead(NOT_ALLOWED, file=name, field=where)
    own = ("id", "source", "source_url", "as_of", "confidence")
    _only(name, row, (*own, *providers.PROVIDER), f"{where}.")
    told = {field: _text(name, row, field, where) for field in ("id", "source", "as_of", "confidence")}
    if not packs.is_date(told["as_of"]):
        raise CannotRead(NOT_ALLOWED, file=name, field=f"{where}.as_of")
    if told["confidence"] not in tuple(Confidence):
        raise CannotRead(NOT_ALLOWED, file=name, field=f"{where}.confidence")
    for field, value in row.items():
        good = isinstance(value, str) and not packs.UNSEEN.search(value)
        if not good and not (field in ("services", "languages") and _texts(value)):
            raise CannotRead(NOT_ALLOWED, file=name, field=f"{where}.{field}")
    typed = {field: value for field, value in row.items() if field in providers.PROVIDER}
    try:
        kept = fields.checked(providers.PROVIDER, {**providers.EMPTY, "kind": "", **typed})
        wrong = providers.problems(kept)
        if wrong:
            raise Invalid(**wrong)
    except Invalid as refused:
        field, said = next(iter(refused.problems.items()))
        raise CannotRead(REASON, file=name, field=f"{where}.{field}", reason=said.text()) from None
    return Service(kept=kept, source_url=str(row.get("source_url", "")), **told)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and not packs.UNSEEN.search(one) for one in value)


# -- words of the guides


def _guide_words(name: str, text: str, data: Mapping[str, Any]) -> Item:
    from mrc_app.guides.words import names

    _only(name, data, ("schema", "language", "source", "as_of", "texts"), "")
    told = {field: _text(name, data, field, "") for field in ("language", "source", "as_of")}
    if not packs.is_date(told["as_of"]):
        raise CannotRead(NOT_ALLOWED, file=name, field="as_of")
    try:
        code = language(told["language"]).code
    except MrcError:
        raise CannotRead(NOT_ALLOWED, file=name, field="language") from None
    texts = data.get("texts")
    if not isinstance(texts, dict) or not 0 < len(texts) <= MOST_ROWS:
        raise CannotRead(MISSING, file=name, field="texts")
    english = Catalog.load("en", "guides")
    for id, said in texts.items():
        _one_text(name, id, said, english, names)
    return Item(ItemKind.WORDS, code, name, text, GuideWords(code, dict(texts), told["source"], told["as_of"]))


def _one_text(name: str, id: str, said: Any, english: Catalog, names: Callable[[str], list[str]]) -> None:
    where = f"texts.{id[:60]}"
    there = english.find(id)
    if there is None:
        raise CannotRead(UNKNOWN, file=name, field=where)
    if not isinstance(said, str) or not 0 < len(said.strip()) <= LONGEST or packs.UNSEEN.search(said):
        raise CannotRead(NOT_ALLOWED, file=name, field=where)
    if sorted(set(names(said))) != sorted(set(names(there))):
        raise CannotRead(PLACES, file=name, field=where)


# -- every file


def again(kind: ItemKind, code: str, text: str) -> Item:
    """A file that was kept, read again. Raises CannotRead where it was written for a newer version of this program."""
    return read(f"{code}.toml" if kind is ItemKind.CORRIDOR else f"{kind.value}.toml", text)


def _only(name: str, data: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    strange = sorted(set(data) - set(known))
    if strange:
        raise CannotRead(UNKNOWN, file=name, field=f"{where}{strange[0][:60]}")


def _text(name: str, data: Mapping[str, Any], field: str, where: str) -> str:
    shown = f"{where}.{field}" if where else field
    if field not in data:
        raise CannotRead(MISSING, file=name, field=shown)
    said = data[field]
    if not isinstance(said, str) or not 0 < len(said.strip()) <= LONGEST or packs.UNSEEN.search(said):
        raise CannotRead(NOT_ALLOWED, file=name, field=shown)
    return said.strip()


_READERS: dict[str, Callable[[str, str, Mapping[str, Any]], Item]] = {
    packs.SCHEMA: _corridor,
    "instrument/1": _instrument,
    "providers/1": _providers,
    "words/1": _guide_words,
}
