"""The terms of a contract, an advertisement or an offer, as a document of fixed keys. Pure.

A key that is absent was not looked at; an explicit "" says that the paper is silent about it.
A document is hostile until every key, type, date, amount and code in it has been checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mrc_app.casework.contract_readers import (
    BY_AGREEMENT,
    GROSS,
    NET,
    SILENT,
    Deduction,
    Reader,
    Value,
    check_decimals,
    plain_number,
    read_all,
    read_amount,
    read_currency,
    read_day,
    read_day_or_yes_no,
    read_deductions,
    read_isco,
    read_number,
    read_pay_day,
    read_penalty,
    read_rest_days,
    read_text,
    read_text_or_yes_no,
    read_word,
    read_yes_no,
)
from mrc_app.casework.journey_words import Per
from mrc_app.money import Money

__all__ = ["BY_AGREEMENT", "GROSS", "KEYS", "NET", "SILENT", "Deduction", "Terms", "Value", "read", "written"]

# -- Words: see contract_readers

# -- Rules

_READERS: dict[str, Reader | dict[str, Reader]] = {
    "job": read_text,
    "isco": read_isco,
    "employer": read_text,
    "agency": {"name": read_text, "licence": read_text, "valid_to": read_day},
    "workplace": read_text,
    "wage": {
        "amount": read_amount,
        "currency": read_currency,
        "per": read_word(*Per),
        "basis": read_word(GROSS, NET),
        "paid_on": read_pay_day,
        "slip": read_text_or_yes_no,
    },
    "food": {"provided": read_yes_no, "allowance": read_amount},
    "accommodation": read_text_or_yes_no,
    "hours": {"per_day": read_number(24), "per_week": read_number(168)},
    "overtime_percent": read_number(1000),
    "rest": {"days_per_week": read_rest_days, "may_be_worked": read_yes_no},
    "leave_days": read_number(366),
    "duration_months": read_number(600),
    "probation_months": read_number(600),
    "notice_days": read_number(3660),
    "penalty_on_worker": read_penalty,
    "passport_kept_by": read_text,
    "insurance": {"policy": read_text, "seen": read_yes_no},
    "repatriation": {"paid_by": read_text, "condition": read_text},
    "deductions": read_deductions,
    "fees_paid_by": read_text,
    "medical": read_text_or_yes_no,
    "sick_pay": read_text_or_yes_no,
    "equipment_paid_by": read_text,
    "movement": {"free": read_yes_no, "phone": read_yes_no},
    "social_security": read_text_or_yes_no,
    "union_ban": read_yes_no,
    "health_test_condition": read_yes_no,
    "copy_given": read_yes_no,
    "dispute": read_text,
    "language_understood": read_text_or_yes_no,
    "signed": read_day_or_yes_no,
    "stage": read_text,
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
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else value


def read(document: Any) -> Terms:
    """The terms of a document. Raises one Invalid with every problem by its key; unknown keys are refused by name."""
    tops = {key: (_table(reader) if isinstance(reader, dict) else reader) for key, reader in _READERS.items()}
    found = read_all(tops, document, "")
    flat: dict[str, Value] = {}
    for key, value in found.items():
        if isinstance(value, dict):
            flat |= value
        else:
            flat[key] = value
    currency = flat.get("wage.currency", "")
    for key in ("wage.amount", "food.allowance"):
        amount = flat.get(key)
        check_decimals(key, amount if isinstance(amount, Decimal) else None, str(currency))
    return Terms({key: flat[key] for key in KEYS if key in flat})


def _table(readers: dict[str, Reader]) -> Callable[[str, Any], Any]:
    def reader(term: str, value: Any) -> Any:
        return SILENT if isinstance(value, str) and value.strip() == SILENT else read_all(readers, value, f"{term}.")

    return reader
