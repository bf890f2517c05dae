"""One reader for each sort of term: text, yes or no, a day, a number, an amount, a currency, deductions. Pure.

A value is hostile until its type, size and sense have been checked; every refusal names its term.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money, decimals, typed

# -- Words

SILENT = ""
"""What a version says of a term it is silent about."""
BY_AGREEMENT = "by_agreement"
"""A rest day "by agreement": named, but not fixed."""
GROSS, NET = "gross", "net"

# -- Rules

LONGEST, MOST_DEDUCTIONS = 2000, 50
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Deduction:
    """One deduction from the wage. ``what`` is what it is for; None where the paper does not say it."""

    what: str | None = None
    amount: Decimal | None = None
    currency: str | None = None

    def document(self) -> dict[str, str]:
        """As it stands in a terms file."""
        said = {"for": self.what, "amount": plain_number(self.amount), "currency": self.currency}
        return {key: value for key, value in said.items() if value is not None}


Value = str | bool | Decimal | date | tuple[Deduction, ...]
Reader = Callable[[str, Any], Value]


def _refused(term: str, message: str, **values: object) -> Invalid:
    return Invalid(**{term: Problem(message, {"term": term, **values})})


def _quoted(value: object) -> str:
    """A refused value, short enough for a sentence; never the digits of a number that is too long to write."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**20:
        return "…"
    text = " ".join(str(value).split()) if isinstance(value, str | bool | int | Decimal | float | date) else "…"
    return text.encode("utf-8", "replace").decode()[:40]


def read_text(term: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _refused(term, N_("“{term}” must be text."))
    said = unicodedata.normalize("NFC", value).strip()
    if any(unicodedata.category(sign) == "Cs" or sign == "\x00" for sign in said):
        raise _refused(term, N_("“{term}” holds a sign that cannot be kept."))
    if len(said) > LONGEST:
        raise _refused(term, N_("“{term}” is longer than {limit} characters."), limit=LONGEST)
    return said


def read_yes_no(term: str, value: Any) -> bool | str:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip() == SILENT:
        return SILENT
    raise _refused(term, N_("“{term}” must be true or false."))


def read_text_or_yes_no(term: str, value: Any) -> Value:
    return value if isinstance(value, bool) else read_text(term, value)


def read_day(term: str, value: Any) -> date | str:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and value.strip() == SILENT:
        return SILENT
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else _no_day(term, value)
    except ValueError:
        return _no_day(term, value)


def _no_day(term: str, value: Any) -> date:
    raise _refused(term, N_("“{term}”: “{said}” is not a date (YYYY-MM-DD)."), said=_quoted(value))


def read_day_or_yes_no(term: str, value: Any) -> Value:
    return value if isinstance(value, bool) else read_day(term, value)


def _figure(term: str, value: Any) -> Decimal:
    """A number that is finite and not negative. Raises Invalid naming the term."""
    number = None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, float):
        number = Decimal(repr(value))
    elif isinstance(value, str) and len(value) <= 40:
        number = typed(value, 2) if not value.strip().startswith("+") else None
        number = None if number is None or number.is_nan() else number
    if number is None or not number.is_finite():
        raise _refused(term, N_("“{term}”: “{said}” is not a number."), said=_quoted(value))
    if number < 0:
        raise _refused(term, N_("“{term}” cannot be below zero, but is “{said}”."), said=_quoted(value))
    if number >= _LARGEST or int(number.as_tuple().exponent) < -9:
        raise _refused(term, N_("“{term}”: “{said}” is not a number that can be."), said=_quoted(value))
    return Decimal(int(number)) if number == int(number) else number


def read_number(most: int) -> Reader:
    def reader(term: str, value: Any) -> Value:
        if isinstance(value, str) and value.strip() == SILENT:
            return SILENT
        number = _figure(term, value)
        if number > most:
            raise _refused(term, N_("“{term}”: {said} is more than {most}."), said=_quoted(value), most=most)
        return number

    return reader


def read_amount(term: str, value: Any) -> Value:
    return SILENT if isinstance(value, str) and value.strip() == SILENT else _figure(term, value)


def read_rest_days(term: str, value: Any) -> Value:
    if isinstance(value, str) and value.strip().replace(" ", "_").lower() == BY_AGREEMENT:
        return BY_AGREEMENT
    return read_number(7)(term, value)


def read_penalty(term: str, value: Any) -> Value:
    plain = isinstance(value, str) and value.strip().isascii() and value.strip().replace(".", "", 1).isdecimal()
    return read_text_or_yes_no(term, value) if isinstance(value, bool | str) and not plain else _figure(term, value)


def read_pay_day(term: str, value: Any) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 31:
        return str(value)
    return read_text(term, value)


def read_isco(term: str, value: Any) -> str:
    said = str(value) if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**4 else value
    code = read_text(term, said)
    if code and not (code.isascii() and code.isdecimal() and len(code) <= 4):
        raise _refused(term, N_("“{term}”: “{said}” is not an ISCO-08 code."), said=_quoted(code))
    return code


def read_currency(term: str, value: Any) -> str:
    code = read_text(term, value).upper()
    if code and not _is_currency(code):
        raise _refused(term, N_("“{term}”: there is no currency “{said}”."), said=_quoted(value))
    return code


def _is_currency(code: str) -> bool:
    try:
        return decimals(code) >= 0
    except Invalid:
        return False


def read_word(*words: str) -> Reader:
    def reader(term: str, value: Any) -> Value:
        said = read_text(term, value).lower()
        if said and said not in words:
            one_of = ", ".join(words)
            raise _refused(term, N_("“{term}”: “{said}” is none of: {words}."), said=_quoted(value), words=one_of)
        return said

    return reader


def read_deductions(term: str, value: Any) -> Value:
    if isinstance(value, str) and value.strip() == SILENT:
        return SILENT
    if not isinstance(value, list | tuple) or len(value) > MOST_DEDUCTIONS:
        raise _refused(term, N_("“{term}” must be a list of tables with for, amount and currency."))
    wrong: dict[str, Problem] = {}
    rows: list[Deduction] = []
    for number, row in enumerate(value, 1):
        try:
            rows.append(_deduction(f"{term}[{number}]", row))
        except Invalid as refused:
            wrong |= refused.problems
    if wrong:
        raise Invalid(**wrong)
    return tuple(rows)


def _deduction(term: str, row: Any) -> Deduction:
    flat = read_all({"for": read_text, "amount": read_amount, "currency": read_currency}, row, f"{term}.")
    said = {key.rpartition(".")[2]: value for key, value in flat.items()}
    amount = said.get("amount")
    found = Deduction(
        str(said["for"]) if "for" in said else None,
        amount if isinstance(amount, Decimal) else None,
        str(said["currency"]) if "currency" in said else None,
    )
    check_decimals(f"{term}.amount", found.amount, found.currency or "")
    return found


def plain_number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def read_all(readers: Mapping[str, Callable[[str, Any], Any]], document: Any, before: str) -> dict[str, Any]:
    name = before.removesuffix(".")
    if not isinstance(document, Mapping):
        raise _refused(name or "terms", N_("“{term}” must be a table of named values."))
    kept: dict[str, Any] = {}
    wrong: dict[str, Problem] = {}
    for key, value in document.items():
        term = before + _quoted(key)
        try:
            if not isinstance(key, str) or key not in readers:
                raise _refused(term, N_("There is no term “{term}”."))
            kept[term] = readers[key](term, value)
        except Invalid as refused:
            wrong |= refused.problems
    if wrong:
        raise Invalid(**wrong)
    return kept


def check_decimals(term: str, amount: Decimal | None, currency: str) -> None:
    """Refuses more decimals than the currency has."""
    if amount is None or not currency:
        return
    try:
        Money.of(amount, currency)
    except Invalid:
        places = decimals(currency)
        message = N_("“{term}”: {currency} has {places} decimals; “{said}” has more.")
        raise _refused(term, message, currency=currency, places=places, said=_quoted(amount)) from None
