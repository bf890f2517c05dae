"""What a typed field may hold: one check for each sort of field; all problems are found at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, language
from mrc_app.money import Money, decimals

# -- Rules

Check = Callable[[str, Any], Any]
SHORT, LONG = 120, 2000  # characters
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


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
    """A check for one word of a closed list. Left empty it is "not asked" or "not stated" where the list has that, None
    where it is optional, and refused otherwise."""
    unsaid = next((one for one in words if one.value in ("not_asked", "not_stated")), None)

    def check(field: str, value: Any) -> StrEnum | None:
        if value in (None, "") and (optional or unsaid):
            return unsaid
        try:
            return words(value)
        except ValueError:
            said = Problem(N_("“{word}” is not one of the known words."), {"word": value})
            raise Invalid(**{field: said}) from None

    return check


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


def several(value: Any) -> list[Any]:
    """The single values of a list, or of one text with commas between."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else list(value or ())


def language_codes(field: str, value: Any) -> tuple[str, ...]:
    """Several languages, each once, in the order given."""
    return tuple(dict.fromkeys(code for said in several(value) if (code := language_code(field, said))))


def day(field: str, value: object) -> date | None:
    """A whole date, ISO or already a date; None when empty."""
    if value in (None, "") or isinstance(value, date):
        return value or None  # type: ignore[return-value]
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise Invalid(**{field: Problem(N_("“{text}” is not a date."), {"text": value})}) from None


def whole(least: int, most: int) -> Check:
    """A check for a whole number within bounds; empty is None."""

    def check(field: str, value: object) -> int | None:
        if value in (None, ""):
            return None
        said = str(value).strip()
        if not said.isdecimal() or not least <= int(said) <= most:
            message = N_("“{number}” is not a number from {least} to {most}.")
            raise Invalid(**{field: Problem(message, {"number": value, "least": least, "most": most})})
        return int(said)

    return check


def yes_no(field: str, value: object) -> bool | None:
    """Yes or no; empty is None."""
    said = str("" if value is None else value).strip().casefold()
    if said and said not in YES_NO:
        raise Invalid(**{field: Problem(N_("“{word}” is not one of the known words."), {"word": value})})
    return YES_NO[said] if said else None


def hours(field: str, value: object) -> str:
    """Hours in a day, 0 to 24, as decimal text ("8.5"); empty stays empty."""
    said = text(field, value).replace(",", ".")
    if not said:
        return ""
    try:
        amount = Decimal(said)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount <= 24):
        raise Invalid(**{field: Problem(N_("“{hours}” is not a number of hours in a day."), {"hours": value})})
    return f"{amount.normalize():f}"


def words(listed: type[StrEnum]) -> Check:
    """A check for several words of a closed list."""
    one = word(listed)

    def check(field: str, value: Any) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(one(field, said) for said in several(value)))

    return check


def texts(field: str, value: Any) -> tuple[str, ...]:
    """Several short texts of one line each, each once."""
    return tuple(dict.fromkeys(" ".join(said.split()) for one in several(value) if (said := text(field, one))))


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


def money(field: str, value: object) -> Money | None:
    """An amount of zero or more of a currency that exists; None when empty. Raises Invalid."""
    if value in (None, ""):
        return None
    if not isinstance(value, Money):
        raise Invalid(**{field: N_("Write an amount and a currency.")})
    try:
        decimals(value.currency)
    except Invalid as said:
        raise Invalid(**{field: said.problem}) from None
    if value.minor < 0:
        raise Invalid(**{field: N_("An amount is not less than nothing.")})
    return value


def checked(checks: Mapping[str, Check], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Each typed value through its field's check. Raises one Invalid with every problem; unknown fields by name."""
    kept: dict[str, Any] = {}
    wrong: dict[str, Problem] = {}
    for field, value in typed.items():
        try:
            check: Check = checks.get(field, unknown)
            kept[field] = check(field, value)
        except Invalid as said:
            wrong |= said.problems
    if wrong:
        raise Invalid(**wrong)
    return kept


def unknown(field: str, value: object) -> Any:
    """The check of a field that does not exist: always refused."""
    raise Invalid(**{field: Problem(N_("There is no field “{field}”."), {"field": field})})
