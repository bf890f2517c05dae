"""What a client's fields may hold: each field with its check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mrc_app.casework import client_births, client_phones, fields
from mrc_app.casework.client_births import Birth
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
from mrc_app.errors import Invalid
from mrc_app.i18n import N_

# -- Rules


def sex(field: str, value: Any) -> Any:
    """A sex as a word or as F, M, X or U."""
    letters = {known.code: known for known in Sex}
    return letters.get(str(value).strip().upper()) or fields.word(Sex)(field, value or Sex.NOT_STATED)


CHECKS: dict[str, fields.Check] = {
    **dict.fromkeys(
        (
            *("call_name", "given", "father", "grandfather", "native", "other_names"),
            *("phone_whose", "who_may_answer", "safe_hours", "cover_text"),
            *("origin_admin1", "district", "place", "location_place"),
            *("passport", "union_name", "emergency_name", "emergency_relation"),
        ),
        fields.text,
    ),
    "note": fields.long_text,
    "sex": sex,
    **dict.fromkeys(
        ("may_call", "may_message", "phone_private", "interpreter", "union_member", "fears_own_state"),
        fields.word(Answer),
    ),
    "can_read": fields.word(Reading),
    "kind": fields.word(Kind),
    "stage": fields.word(Stage),
    "status": fields.word(Status),
    "disability": fields.word(Disability),
    "education": fields.word(Education, optional=True),
    "marital": fields.word(Marital, optional=True),
    "heard_of": fields.word(HeardOf, optional=True),
    "id_type": fields.word(Paper, optional=True),
    "id_last4": fields.last4,
    **dict.fromkeys(("id_expiry", "passport_expiry"), fields.day),
    **dict.fromkeys(("occupation", "occupation_abroad"), fields.isco),
    **dict.fromkeys(("nationality", "second_nationality", "origin_country", "location_country"), fields.country),
    "language": fields.language_code,
    "speaks": fields.language_codes,
    "dependants": fields.whole(0, 99),
}


def checked(typed: Mapping[str, Any], *, on: date, home: str) -> dict[str, Any]:
    """The columns for what was typed. Raises one Invalid with every problem; unknown fields by name.

    ``birth`` is a mapping (see client_births.told) or empty; phones are as typed; ``home`` is the country a number
    without "+" belongs to.
    """

    def phone(field: str, value: Any) -> str:
        typed = fields.text(field, value)
        return client_phones.international(typed, home, field) if typed else ""

    def birth(field: str, value: Any) -> Birth | None:
        if value and not isinstance(value, Mapping):
            raise Invalid(birth=N_("Give the birth as a date, a year or an age: one of the three."))
        return client_births.told(value, on) if value else None

    columns = fields.checked({**CHECKS, "phone": phone, "emergency_phone": phone, "birth": birth}, typed)
    if "birth" in columns:
        columns |= birth_columns(columns["birth"])
    if "phone" in columns:
        columns["phone_typed"] = fields.text("phone", typed["phone"])
    return columns


def birth_columns(birth: Birth | None) -> dict[str, Any]:
    """A client's birth columns; all empty when nothing is known."""
    if birth is None:
        empty = ("birth", "birth_first", "birth_last", "birth_calendar", "birth_known_as", "birth_basis")
        return {**dict.fromkeys(empty), "birth_given": "", "birth_estimated": False}
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
