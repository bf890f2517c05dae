"""The terms of a contract, an advertisement or an offer, as a document of fixed keys. Pure.

A key that is absent was not looked at; an explicit "" says that the paper is silent about it.
A document is hostile until every key, type, date, amount and code in it has been checked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mrc_app.casework.journey_words import Per
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
        said = {"for": self.what, "amount": _plain(self.amount), "currency": self.currency}
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


def _text(term: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _refused(term, N_("“{term}” must be text."))
    said = unicodedata.normalize("NFC", value).strip()
    if any(unicodedata.category(sign) == "Cs" or sign == "\x00" for sign in said):
        raise _refused(term, N_("“{term}” holds a sign that cannot be kept."))
    if len(said) > LONGEST:
        raise _refused(term, N_("“{term}” is longer than {limit} characters."), limit=LONGEST)
    return said


def _yes_no(term: str, value: Any) -> bool | str:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip() == SILENT:
        return SILENT
    raise _refused(term, N_("“{term}” must be true or false."))


def _text_or_yes_no(term: str, value: Any) -> Value:
    return value if isinstance(value, bool) else _text(term, value)


def _day(term: str, value: Any) -> date | str:
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


def _day_or_yes_no(term: str, value: Any) -> Value:
    return value if isinstance(value, bool) else _day(term, value)


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


def _number(most: int) -> Reader:
    def reader(term: str, value: Any) -> Value:
        if isinstance(value, str) and value.strip() == SILENT:
            return SILENT
        number = _figure(term, value)
        if number > most:
            raise _refused(term, N_("“{term}”: {said} is more than {most}."), said=_quoted(value), most=most)
        return number

    return reader


def _amount(term: str, value: Any) -> Value:
    return SILENT if isinstance(value, str) and value.strip() == SILENT else _figure(term, value)


def _rest_days(term: str, value: Any) -> Value:
    if isinstance(value, str) and value.strip().replace(" ", "_").lower() == BY_AGREEMENT:
        return BY_AGREEMENT
    return _number(7)(term, value)


def _penalty(term: str, value: Any) -> Value:
    if isinstance(value, bool | str):
        return _text_or_yes_no(term, value)
    return _figure(term, value)


def _pay_day(term: str, value: Any) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 31:
        return str(value)
    return _text(term, value)


def _isco(term: str, value: Any) -> str:
    said = str(value) if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**4 else value
    code = _text(term, said)
    if code and not (code.isascii() and code.isdecimal() and len(code) <= 4):
        raise _refused(term, N_("“{term}”: “{said}” is not an ISCO-08 code."), said=_quoted(code))
    return code


def _currency(term: str, value: Any) -> str:
    code = _text(term, value).upper()
    if code and not _is_currency(code):
        raise _refused(term, N_("“{term}”: there is no currency “{said}”."), said=_quoted(value))
    return code


def _is_currency(code: str) -> bool:
    try:
        return decimals(code) >= 0
    except Invalid:
        return False


def _word(*words: str) -> Reader:
    def reader(term: str, value: Any) -> Value:
        said = _text(term, value).lower()
        if said and said not in words:
            one_of = ", ".join(words)
            raise _refused(term, N_("“{term}”: “{said}” is none of: {words}."), said=_quoted(value), words=one_of)
        return said

    return reader


def _deductions(term: str, value: Any) -> Value:
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
    flat = _read_all({"for": _text, "amount": _amount, "currency": _currency}, row, f"{term}.")
    said = {key.rpartition(".")[2]: value for key, value in flat.items()}
    amount = said.get("amount")
    found = Deduction(
        str(said["for"]) if "for" in said else None,
        amount if isinstance(amount, Decimal) else None,
        str(said["currency"]) if "currency" in said else None,
    )
    _fits(f"{term}.amount", found.amount, found.currency or "")
    return found


_READERS: dict[str, Reader | dict[str, Reader]] = {
    "job": _text,
    "isco": _isco,
    "employer": _text,
    "agency": {"name": _text, "licence": _text, "valid_to": _day},
    "workplace": _text,
    "wage": {
        "amount": _amount,
        "currency": _currency,
        "per": _word(*Per),
        "basis": _word(GROSS, NET),
        "paid_on": _pay_day,
        "slip": _text_or_yes_no,
    },
    "food": {"provided": _yes_no, "allowance": _amount},
    "accommodation": _text_or_yes_no,
    "hours": {"per_day": _number(24), "per_week": _number(168)},
    "overtime_percent": _number(1000),
    "rest": {"days_per_week": _rest_days, "may_be_worked": _yes_no},
    "leave_days": _number(366),
    "duration_months": _number(600),
    "probation_months": _number(600),
    "notice_days": _number(3660),
    "penalty_on_worker": _penalty,
    "passport_kept_by": _text,
    "insurance": {"policy": _text, "seen": _yes_no},
    "repatriation": {"paid_by": _text, "condition": _text},
    "deductions": _deductions,
    "fees_paid_by": _text,
    "medical": _text_or_yes_no,
    "sick_pay": _text_or_yes_no,
    "equipment_paid_by": _text,
    "movement": {"free": _yes_no, "phone": _yes_no},
    "social_security": _text_or_yes_no,
    "union_ban": _yes_no,
    "health_test_condition": _yes_no,
    "copy_given": _yes_no,
    "dispute": _text,
    "language_understood": _text_or_yes_no,
    "signed": _day_or_yes_no,
    "stage": _text,
}
KEYS: tuple[str, ...] = tuple(
    f"{key}.{part}" if part else key
    for key, reader in _READERS.items()
    for part in ("", *(reader if isinstance(reader, dict) else ()))
)
"""Every key of a terms document, in its order; a part of a table as "wage.amount"."""


@dataclass(frozen=True)
class Terms:
    """What one version says: value by dotted key. ``""`` where it is silent; no entry where nobody looked."""

    values: Mapping[str, Value]

    def get(self, key: str) -> Value | None:
        """The value; ``""`` where the paper is silent about it or about its whole table; None where absent."""
        found = self.values.get(key)
        return self.values.get(key.partition(".")[0]) if found is None else found

    def said(self, key: str) -> Value | None:
        """The value, or None where the paper is silent or nobody looked."""
        found = self.get(key)
        return None if found == SILENT and isinstance(found, str) else found

    def text(self, key: str) -> str:
        """A text, or "" where there is none."""
        found = self.said(key)
        return found if isinstance(found, str) else ""

    def number(self, key: str) -> Decimal | None:
        """A number, or None where there is none."""
        found = self.said(key)
        return found if isinstance(found, Decimal) else None

    def yes(self, key: str) -> bool | None:
        """True or false, or None where it is not said."""
        found = self.said(key)
        return found if isinstance(found, bool) else None

    def is_absent(self, key: str) -> bool:
        """Whether nobody looked at this term."""
        return self.get(key) is None

    def is_silent(self, key: str) -> bool:
        """Whether the paper is silent about this term: an explicit ``""``."""
        return self.get(key) == SILENT and not self.is_absent(key)

    @property
    def wage(self) -> Money | None:
        """The wage, where amount and currency are said."""
        return self._money("wage.amount")

    @property
    def food_allowance(self) -> Money | None:
        """The food allowance, in the currency of the wage."""
        return self._money("food.allowance")

    @property
    def deductions(self) -> tuple[Deduction, ...] | None:
        """The deductions; empty when it says there are none; None where it is silent or nobody looked."""
        found = self.said("deductions")
        return found if isinstance(found, tuple) else None

    @property
    def signed(self) -> date | None:
        """The day of signature, where it is said."""
        found = self.said("signed")
        return found if isinstance(found, date) else None

    def _money(self, key: str) -> Money | None:
        amount, currency = self.number(key), self.text("wage.currency")
        return Money.of(amount, currency) if amount is not None and currency else None

    def document(self) -> dict[str, Any]:
        """The canonical document: keys in their order, amounts as written decimals, dates as ISO text. Reads back."""
        made: dict[str, Any] = {}
        for key in KEYS:
            if key in self.values:
                top, _dot, part = key.partition(".")
                if part:
                    made.setdefault(top, {})[part] = written(self.values[key])
                else:
                    made[top] = written(self.values[key])
        return made


def written(value: Value) -> Any:
    """A value as a document holds it: text, true or false, or a list of deductions."""
    if isinstance(value, tuple):
        return [row.document() for row in value]
    if isinstance(value, Decimal):
        return _plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def read(document: Any) -> Terms:
    """The terms of a document. Raises one Invalid with every problem by its key; unknown keys are refused by name."""
    tops = {key: (_table(reader) if isinstance(reader, dict) else reader) for key, reader in _READERS.items()}
    found = _read_all(tops, document, "")
    flat: dict[str, Value] = {}
    for key, value in found.items():
        if isinstance(value, dict):
            flat |= value
        else:
            flat[key] = value
    currency = flat.get("wage.currency", "")
    for key in ("wage.amount", "food.allowance"):
        amount = flat.get(key)
        _fits(key, amount if isinstance(amount, Decimal) else None, str(currency))
    return Terms({key: flat[key] for key in KEYS if key in flat})


def _table(readers: dict[str, Reader]) -> Callable[[str, Any], Any]:
    def reader(term: str, value: Any) -> Any:
        return SILENT if isinstance(value, str) and value.strip() == SILENT else _read_all(readers, value, f"{term}.")

    return reader


def _read_all(readers: Mapping[str, Callable[[str, Any], Any]], document: Any, before: str) -> dict[str, Any]:
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


def _fits(term: str, amount: Decimal | None, currency: str) -> None:
    """Refuses more decimals than the currency has."""
    if amount is None or not currency:
        return
    try:
        Money.of(amount, currency)
    except Invalid:
        places = decimals(currency)
        message = N_("“{term}”: {currency} has {places} decimals; “{said}” has more.")
        raise _refused(term, message, currency=currency, places=places, said=_quoted(amount)) from None
