"""Reading a corridor file. A file is hostile until every table, field, date, code and word in it has been checked.

Format corridor-facts/1, described in resources/corridors/README.md. Anything wrong raises CannotRead, in one
sentence that names the file and the field; nothing of the file is used then.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from mrc_app.calendars.days import known_to
from mrc_app.corridors import countries
from mrc_app.corridors.facts import Confidence, Fact, Payer, Side, Source
from mrc_app.errors import CannotRead, Invalid
from mrc_app.i18n import N_, Labelled

SCHEMA = "corridor-facts/1"
MOST_BYTES, MOST_ROWS, LONGEST_TEXT = 1_000_000, 5_000, 2_000
STATUSES = ("open", "suspended", "restricted", "unknown", "not_checked")
KINDS_OF_SOURCE = ("law_text", "government", "igo_union", "ngo", "law_firm", "news", "reference", "commercial")
KINDS_OF_LAW = ("law", "agreement", "standard_contract", "policy", "guideline", "notice")
CLAIMS = ("administrative", "employment", "illegal_recruitment")

_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,3}")
_URL = re.compile(r"https?://[^\s<>\"]{3,}")
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
# Control characters and the marks that turn the direction of text have no place in a fact.
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Fault(Labelled):
    """What can be wrong with a corridor file; the label is the whole sentence."""

    SAME_ID = "same_id", N_("The corridor file {file} cannot be used: {field} has the same id twice.")
    NO_SOURCE = (
        "no_source",
        N_("The corridor file {file} cannot be used: {field} names a source that is not in the file."),
    )
    SAME_FACT = "same_fact", N_("The corridor file {file} cannot be used: {field} holds the same fact twice.")
    TOO_LARGE = (
        "too_large",
        N_("The corridor file {file} cannot be used: {field} is more than a corridor file can have."),
    )
    NOT_TOML = "not_toml", N_("The corridor file {file} cannot be used: {field} is not valid TOML in UTF-8.")
    UNKNOWN_TABLE = "unknown_table", N_("The corridor file {file} cannot be used: {field} is not a known table.")
    OTHER_FORMAT = "other_format", N_("The corridor file {file} cannot be used: {field} is not corridor-facts/1.")
    NO_PAIR = "no_pair", N_("The corridor file {file} cannot be used: {field} is not two country codes.")
    OTHER_PAIR = (
        "other_pair",
        N_("The corridor file {file} cannot be used: {field} does not fit its origin and destination."),
    )
    OTHER_NAME = (
        "other_name",
        N_("The corridor file {file} cannot be used: {field} does not fit the name of the file."),
    )
    NO_ROWS = "no_rows", N_("The corridor file {file} cannot be used: {field} is not a list of rows.")
    MISSING = "missing", N_("The corridor file {file} cannot be used: {field} is missing.")
    UNKNOWN_FIELD = "unknown_field", N_("The corridor file {file} cannot be used: {field} is not a known field.")
    NOT_ALLOWED = (
        "not_allowed",
        N_("The corridor file {file} cannot be used: {field} has a value that is not allowed."),
    )
    NO_PAYER = "no_payer", N_("The corridor file {file} cannot be used: {field} is not a payer.")
    NO_TRUTH = "no_truth", N_("The corridor file {file} cannot be used: {field} is neither true nor false.")
    NO_AMOUNT = "no_amount", N_("The corridor file {file} cannot be used: {field} is not an amount.")
    BACKWARDS = "backwards", N_("The corridor file {file} cannot be used: {field} lies before valid_from.")
    TOO_FINE = (
        "too_fine",
        N_("The corridor file {file} cannot be used: {field} has more decimals than its currency."),
    )


Check = Callable[[Any], bool]
Rows = tuple[Mapping[str, Any], ...]


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT and not UNSEEN.search(value)


def _word(value: Any) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def is_date(value: Any) -> bool:
    """Whether it is "2023", "2023-10" or "2023-10-03"."""
    try:
        return isinstance(value, str) and bool(known_to(value))
    except Invalid:
        return False


def _value(value: Any) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < Decimal(10) ** 15
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**15) or _text(value)


def _currency(value: Any) -> bool:
    from babel.core import get_global

    return isinstance(value, str) and value in get_global("all_currencies")


def _among(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(map(_word, value))


def _tags(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in value)


def _key(value: Any) -> bool:
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def _url(value: Any) -> bool:
    return _text(value) and _URL.fullmatch(value) is not None


def _bool(value: Any) -> bool:
    return isinstance(value, bool)


def _year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1800 <= value <= 2200


_SURE = _among(*Confidence)
_SIDE = _among(*Side)
_SOURCED: dict[str, Check] = {"confidence": _SURE, "source": _word}
_HEAD_MUST: dict[str, Check] = {
    "id": _text,
    "origin": countries.is_country,
    "destination": countries.is_country,
    "grade": _among("A", "B", "C", "D"),
    "sectors": _words,
    "languages": _tags,
    "compiled": is_date,
    "status": _among(*STATUSES),
}
_HEAD_MAY: dict[str, Check] = {
    "languages_basis": _text,
    "status_as_of": is_date,
    "status_source": _word,
    "status_note": _text,
}
# table: (fields that must be there, fields that may be)
_TABLES: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "fact": (
        {"key": _key, "sector": _word, "value": _value, "unit": _text, "side": _SIDE, **_SOURCED},
        {
            "currency": _currency, "valid_from": is_date, "valid_to": is_date, "superseded": _bool, "as_of": is_date,
            "claim": _among(*CLAIMS), "legal_basis": _text, "note": _text,
        },
    ),
    "law": (
        {"name": _text, "kind": _among(*KINDS_OF_LAW), **_SOURCED},
        {"number": _text, "year": _year, "as_of": is_date, "note": _text},
    ),
    "body": ({"side": _SIDE, "name": _text, "role": _text, **_SOURCED}, {"as_of": is_date, "note": _text}),
    "contact": (
        {"side": _SIDE, "name": _text, "value": _text, **_SOURCED},
        {"kind": _word, "hours": _text, "languages": _text, "as_of": is_date, "note": _text},
    ),
    "document": ({"name": _text, **_SOURCED}, {"as_of": is_date, "note": _text}),
    "missing": ({"key": _text, "note": _text}, {}),
    "source": (
        {"id": _word, "title": _text, "url": _url, "kind": _among(*KINDS_OF_SOURCE), "seen": is_date},
        {"published": is_date, "published_basis": _text, "note": _text},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Pack:
    """A corridor file, checked: its head, its rows by table, and its facts."""

    head: Mapping[str, Any]
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    sources: Mapping[str, Source]
    facts: tuple[Fact, ...]


def _refuse(file: str, field: str, fault: Fault) -> CannotRead:
    return CannotRead(fault.label, file=file, field=field)


def read_pack(content: bytes, file: str) -> Pack:
    """The checked content of a corridor file named ``file`` (ET-SA.toml). Raises CannotRead."""
    data = _toml(content, file)
    head = _table(data.get("corridor"), _HEAD_MUST, _HEAD_MAY, file, "corridor")
    _check_id(head, file)
    rows = {name: _rows(data.get(name, []), name, file) for name in _TABLES}
    sources = {row["id"]: Source(**row) for row in rows["source"]}
    if len(sources) != len(rows["source"]):
        raise _refuse(file, "source", Fault.SAME_ID)
    for name in ("fact", "law", "body", "contact", "document"):
        _check_sources(rows[name], sources, name, file)
    if head.get("status_source") and head["status_source"] not in sources:
        raise _refuse(file, "corridor.status_source", Fault.NO_SOURCE)
    facts = tuple(_fact(row, number, sources, head["id"], file) for number, row in enumerate(rows["fact"], 1))
    if len({fact.uuid for fact in facts}) != len(facts):
        raise _refuse(file, "fact", Fault.SAME_FACT)
    return Pack(head, rows, sources, facts)


def _toml(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise _refuse(file, "its size", Fault.TOO_LARGE)
    try:
        data = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        raise _refuse(file, "its text", Fault.NOT_TOML) from None
    unknown = sorted(set(data) - {"schema", "corridor", *_TABLES})
    if unknown:
        raise _refuse(file, unknown[0][:60], Fault.UNKNOWN_TABLE)
    if data.get("schema") != SCHEMA:
        raise _refuse(file, "schema", Fault.OTHER_FORMAT)
    return data


def _check_id(head: Mapping[str, Any], file: str) -> None:
    try:
        pair = countries.pair(head["id"])
    except Invalid:
        raise _refuse(file, "corridor.id", Fault.NO_PAIR) from None
    if pair != (head["origin"], head["destination"]):
        raise _refuse(file, "corridor.id", Fault.OTHER_PAIR)
    if file != f"{head['id']}.toml":
        raise _refuse(file, "corridor.id", Fault.OTHER_NAME)


def _rows(found: Any, name: str, file: str) -> Rows:
    if not isinstance(found, list) or len(found) > MOST_ROWS:
        raise _refuse(file, name, Fault.NO_ROWS)
    must, may = _TABLES[name]
    return tuple(_table(row, must, may, file, f"{name} {number}") for number, row in enumerate(found, 1))


def _table(found: Any, must: dict[str, Check], may: dict[str, Check], file: str, where: str) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise _refuse(file, where, Fault.MISSING)
    for field in must:
        if field not in found:
            raise _refuse(file, f"{where}.{field}", Fault.MISSING)
    for field, value in found.items():
        check = must.get(field) or may.get(field)
        if check is None:
            raise _refuse(file, f"{where}.{field[:60]}", Fault.UNKNOWN_FIELD)
        if not _holds(check, value):
            raise _refuse(file, f"{where}.{field}", Fault.NOT_ALLOWED)
    return cast(Mapping[str, Any], found)


def _holds(check: Check, value: Any) -> bool:
    return check(value) if not isinstance(value, dict) else False


def _check_sources(rows: Rows, sources: Mapping[str, Source], name: str, file: str) -> None:
    for number, row in enumerate(rows, 1):
        if row["source"] not in sources:
            raise _refuse(file, f"{name} {number}.source", Fault.NO_SOURCE)


def _fact(row: Mapping[str, Any], number: int, sources: Mapping[str, Source], corridor: str, file: str) -> Fact:
    where = f"fact {number}"
    if row["unit"] == "payer" and row["value"] not in tuple(Payer):
        raise _refuse(file, f"{where}.value", Fault.NO_PAYER)
    if row["unit"] == "bool" and not isinstance(row["value"], bool):
        raise _refuse(file, f"{where}.value", Fault.NO_TRUTH)
    if row.get("currency") and isinstance(row["value"], bool | str):
        raise _refuse(file, f"{where}.value", Fault.NO_AMOUNT)
    start, end = row.get("valid_from"), row.get("valid_to")
    if start and end and known_to(start)[0] > known_to(end)[1]:
        raise _refuse(file, f"{where}.valid_to", Fault.BACKWARDS)
    given = {**row, "side": Side(row["side"]), "confidence": Confidence(row["confidence"])}
    fact = Fact(**{**given, "source": sources[row["source"]], "corridor": corridor})
    try:
        _ = fact.money
    except Invalid:
        raise _refuse(file, f"{where}.value", Fault.TOO_FINE) from None
    return fact
