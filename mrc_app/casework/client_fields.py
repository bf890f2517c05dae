"""What a client's fields may hold: each field with its check; all problems are found at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mrc_app.casework import client_births, client_phones
from mrc_app.casework.client_words import (
    Answer,
    Disability,
    Education,
    HeardOf,
    Kind,
    Marital,
    Paper,
    Reading,
    Sex,
    Stage,
    Status,
)
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, language

# -- Rules

Check = Callable[[str, Any], Any]
SHORT, LONG = 120, 2000  # characters


def text(field: str, value: object, limit: int = SHORT) -> str:
    """A trimmed text in composed form. Raises Invalid for a hidden NUL or more characters than the field takes."""
    if value is None:
        return ""
    said = unicodedata.normalize("NFC", str(value)).strip()
    if "\x00" in said:
        raise Invalid(**{field: N_("The text holds a sign that cannot be kept.")})
    if len(said) > limit:
        raise Invalid(**{field: Problem(N_("This is longer than {limit} characters."), {"limit": limit})})
    return said


def long_text(field: str, value: object) -> str:
    """A note of some sentences."""
    return text(field, value, LONG)


def word(words: type[StrEnum], *, optional: bool = False) -> Check:
    """A check for one word of a closed list."""

    def check(field: str, value: Any) -> StrEnum | None:
        if value in (None, "") and optional:
            return None
        try:
            return words(value)
        except ValueError:
            said = Problem(N_("“{word}” is not one of the known words."), {"word": value})
            raise Invalid(**{field: said}) from None

    return check


def sex(field: str, value: Any) -> StrEnum | None:
    """A sex as a word or as F, M, X or U."""
    letters = {known.code: known for known in Sex}
    return letters.get(str(value).strip().upper()) or word(Sex)(field, value or Sex.NOT_STATED)


def country(field: str, value: object) -> str:
    """An ISO 3166-1 alpha-2 code, or "" when not known."""
    code = text(field, value).upper()
    if code:
        from mrc_app.corridors.countries import is_country

        if not is_country(code):
            raise Invalid(**{field: Problem(N_("There is no country “{country}”."), {"country": code})})
    return code


def language_code(field: str, value: object) -> str:
    """A language the desk knows, or "" when not asked."""
    code = text(field, value)
    if not code:
        return ""
    try:
        return language(code).code
    except Invalid as wrong:
        raise Invalid(**{field: wrong.problem}) from None


def language_codes(field: str, value: Any) -> tuple[str, ...]:
    """Several languages, each once, in the order given."""
    return tuple(dict.fromkeys(code for said in value or () if (code := language_code(field, said))))


def day(field: str, value: object) -> date | None:
    """A whole date, ISO or already a date; None when empty."""
    if value in (None, "") or isinstance(value, date):
        return value or None  # type: ignore[return-value]
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise Invalid(**{field: Problem(N_("“{text}” is not a date."), {"text": value})}) from None


def count(field: str, value: object) -> int | None:
    """A whole number from 0 to 99."""
    if value in (None, ""):
        return None
    said = str(value).strip()
    if not said.isdecimal() or int(said) > 99:
        raise Invalid(**{field: Problem(N_("“{number}” is not a number from 0 to 99."), {"number": value})})
    return int(said)


def isco(field: str, value: object) -> str:
    """An ISCO-08 code of one to four digits, or ""."""
    code = text(field, value)
    if code and not re.fullmatch(r"[0-9]{1,4}", code):
        raise Invalid(**{field: Problem(N_("“{code}” is not an ISCO-08 code."), {"code": code})})
    return code


def last4(field: str, value: object) -> str:
    """The last four characters of a paper's number; more is refused, so that no full number slips in."""
    said = text(field, value).upper()
    if len(said) > 4:
        raise Invalid(**{field: N_("Only the last four characters of the number.")})
    return said


CHECKS: dict[str, Check] = {
    **dict.fromkeys(
        (
            *("call_name", "given", "father", "grandfather", "native", "other_names"),
            *("phone_whose", "who_may_answer", "safe_hours", "cover_text"),
            *("origin_admin1", "district", "place", "location_place"),
            *("passport", "union_name", "emergency_name", "emergency_relation"),
        ),
        text,
    ),
    "note": long_text,
    "sex": sex,
    **dict.fromkeys(
        ("may_call", "may_message", "phone_private", "interpreter", "union_member", "fears_own_state"), word(Answer)
    ),
    "can_read": word(Reading),
    "kind": word(Kind),
    "stage": word(Stage),
    "status": word(Status),
    "disability": word(Disability),
    "education": word(Education, optional=True),
    "marital": word(Marital, optional=True),
    "heard_of": word(HeardOf, optional=True),
    "id_type": word(Paper, optional=True),
    "id_last4": last4,
    **dict.fromkeys(("id_expiry", "passport_expiry"), day),
    **dict.fromkeys(("occupation", "occupation_abroad"), isco),
    **dict.fromkeys(("nationality", "second_nationality", "origin_country", "location_country"), country),
    "language": language_code,
    "speaks": language_codes,
    "dependants": count,
}
BIRTH = ("birth", "birth_first", "birth_last", "birth_given", "birth_calendar", "birth_known_as", "birth_basis")


def checked(typed: Mapping[str, Any], *, on: date, home: str) -> dict[str, Any]:
    """The columns for what was typed: unknown fields refused by name, every problem reported under its field.

    ``birth`` is a mapping (see client_births.told) or empty; phones are as typed; ``home`` is the country a number
    without "+" belongs to.
    """
    columns: dict[str, Any] = {}
    wrong: dict[str, Problem] = {}
    for field, value in typed.items():
        try:
            columns |= _columns(field, value, on, home)
        except Invalid as said:
            wrong |= said.problems
    if wrong:
        raise Invalid(**wrong)
    return columns


def _columns(field: str, value: Any, on: date, home: str) -> dict[str, Any]:
    if field == "birth":
        return _birth(value, on)
    if field in ("phone", "emergency_phone"):
        typed = text(field, value)
        number = client_phones.international(typed, home, field) if typed else ""
        return {field: number, "phone_typed": typed} if field == "phone" else {field: number}
    if field not in CHECKS:
        raise Invalid(**{field: Problem(N_("There is no field “{field}”."), {"field": field})})
    return {field: CHECKS[field](field, value)}


def _birth(value: Any, on: date) -> dict[str, Any]:
    if not value:
        return {**dict.fromkeys(BIRTH), "birth_given": "", "birth_estimated": False}
    if not isinstance(value, Mapping):
        raise Invalid(birth=N_("Give the birth as a date, a year or an age: one of the three."))
    birth = client_births.told(value, on)
    return {
        "birth": birth.partial,
        "birth_first": birth.first,
        "birth_last": birth.last,
        "birth_given": birth.given,
        "birth_calendar": birth.calendar,
        "birth_known_as": birth.known_as,
        "birth_basis": birth.basis,
        "birth_estimated": birth.estimated,
    }
