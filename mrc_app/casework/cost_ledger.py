"""A ledger as a person wrote it: [[cost]] and [[loan]] tables. Everything wrong is said at once, by row and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mrc_app.casework.cost_debts import Debt
from mrc_app.casework.cost_rules import Line, Quote
from mrc_app.casework.cost_words import Collateral, CostCode, Lender
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money, decimals, typed

# -- Rules

COST = ("code", "amount", "currency", "date", "paid_to", "receipt", "refunded")
LOAN = ("principal", "currency", "lender", "interest_per_month", "collateral", "taken_from_wage", "may_leave")
NEEDED = {"cost": ("code", "amount", "currency"), "loan": ("principal", "currency")}
MOST_INTEREST = Decimal(1000)

LENDERS: Mapping[str, Lender] = {
    **{str(lender): lender for lender in Lender},
    **dict.fromkeys(("sponsor", "kafeel", "kafil"), Lender.EMPLOYER),
    **dict.fromkeys(("agent",), Lender.AGENCY),
    **dict.fromkeys(("broker", "subagent", "sub-agent"), Lender.RECRUITER),
    **dict.fromkeys(("family", "parent", "parents", "brother", "sister", "uncle", "aunt", "kin"), Lender.RELATIVE),
    **dict.fromkeys(("neighbour", "neighbor"), Lender.FRIEND),
    **dict.fromkeys(("cooperative", "savings group", "sacco"), Lender.SAVINGS_GROUP),
    **dict.fromkeys(("money lender", "money-lender"), Lender.MONEYLENDER),
}
COLLATERALS: Mapping[str, Collateral] = {
    **{str(kind): kind for kind in Collateral},
    **dict.fromkeys(("house papers", "house deed", "home", "property papers"), Collateral.HOUSE),
    **dict.fromkeys(("land papers", "land title", "land certificate", "field"), Collateral.LAND),
    **dict.fromkeys(("gold", "jewelry", "jewels"), Collateral.JEWELLERY),
    **dict.fromkeys(("cattle", "animals"), Collateral.LIVESTOCK),
    **dict.fromkeys(("car", "motorcycle"), Collateral.VEHICLE),
    **dict.fromkeys(("guarantee", "guarantor"), Collateral.GUARANTOR),
    **dict.fromkeys(("passport", "identity papers", "identity documents", "id", "id card"), Collateral.DOCUMENTS),
    **dict.fromkeys(("labor", "work", "her work", "his work", "own work"), Collateral.LABOUR),
}
_RATE = re.compile(r"([A-Za-z]{3}):([A-Za-z]{3})=([^@=]*)@([^,@]*),(.*)", re.S)


@dataclass(frozen=True)
class Ledger:
    """What was paid and what was borrowed, checked."""

    lines: tuple[Line, ...] = ()
    debts: tuple[Debt, ...] = ()


def read(document: Mapping[str, Any]) -> Ledger:
    """The ledger of a document. Raises one Invalid that names every row and key that is wrong."""
    wrong: dict[str, Problem] = {}
    for name in document:
        if name not in NEEDED:
            wrong[name] = Problem(N_("There is no table “{key}” in a ledger; there are cost and loan."), {"key": name})
    lines = [_cost(row) for row in _rows(document, "cost", COST, wrong)]
    debts = [_loan(row) for row in _rows(document, "loan", LOAN, wrong)]
    if wrong:
        raise Invalid(**wrong)
    return Ledger(tuple(line for line in lines if line), tuple(debt for debt in debts if debt))


class _Row:
    """One table of the document: reads a key through its check and keeps what is wrong with it."""

    def __init__(self, name: str, said: Mapping[str, Any], wrong: dict[str, Problem]) -> None:
        self.name, self.said, self.wrong = name, said, wrong

    def get(self, key: str, check: Callable[[Any], Any], empty: Any = None) -> Any:
        """The checked value; ``empty`` when nothing was said or it was refused."""
        value = self.said.get(key)
        if value is None or value == "":
            return empty
        try:
            return check(value)
        except Invalid as refused:
            self.refuse(key, refused.problem)
            return empty

    def refuse(self, key: str, said: Problem) -> None:
        """Keeps a problem under its row and key."""
        values = {"row": self.name, "key": key, "said": said.text()}
        self.wrong.setdefault(f"{self.name} {key}", Problem(N_("{row}, {key}: {said}"), values))

    def whole(self) -> bool:
        """Whether nothing of this row was refused."""
        return not any(name.startswith(f"{self.name} ") for name in self.wrong)


def _rows(document: Mapping[str, Any], name: str, keys: Iterable[str], wrong: dict[str, Problem]) -> Iterable[_Row]:
    listed = document.get(name, [])
    if not isinstance(listed, list) or any(not isinstance(one, Mapping) for one in listed):
        wrong[name] = Problem(N_("“{key}” is a list of tables: write [[{key}]] above each row."), {"key": name})
        return []
    rows = [_Row(f"{name} {number}", said, wrong) for number, said in enumerate(listed, 1)]
    for row in rows:
        for key in row.said:
            if key not in keys:
                row.refuse(key, Problem(N_("there is no such key.")))
        for key in NEEDED[name]:
            if row.said.get(key) in (None, ""):
                row.refuse(key, Problem(N_("this is missing.")))
    return rows


def _cost(row: _Row) -> Line | None:
    code = row.get("code", code_of)
    currency = row.get("currency", currency_of)
    paid = row.get("amount", lambda value: amount_of(value, currency))
    refunded = row.get("refunded", lambda value: _refund(value, paid, currency))
    on, receipt = row.get("date", day_of), row.get("receipt", yes_or_no)
    paid_to = row.get("paid_to", text_of, "")
    if not row.whole():
        return None
    return Line(code, paid, refunded or Money(0, currency), on, paid_to, receipt)


def _loan(row: _Row) -> Debt | None:
    currency = row.get("currency", currency_of)
    principal = row.get("principal", lambda value: amount_of(value, currency))
    debt = Debt(
        principal=principal,
        lender=row.get("lender", lambda value: _word(value, LENDERS)),
        interest=row.get("interest_per_month", percent_of),
        collateral=row.get("collateral", lambda value: _word(value, COLLATERALS)),
        taken_from_wage=row.get("taken_from_wage", yes_or_no),
        may_leave=row.get("may_leave", yes_or_no),
    )
    return debt if row.whole() else None


def _refund(value: Any, paid: Money | None, currency: str | None) -> Money | None:
    if isinstance(value, bool):
        return paid if value else None
    money = amount_of(value, currency)
    if money is not None and paid is not None and money.minor > paid.minor:
        raise Invalid(refunded=N_("more was given back than was paid."))
    return money


def code_of(value: Any) -> CostCode:
    """A cost code. Raises Invalid."""
    try:
        return CostCode(str(value).strip().upper())
    except ValueError:
        said = {"word": value, "list": ", ".join(CostCode)}
        raise Invalid(code=Problem(N_("“{word}” is not one of {list}."), said)) from None


def currency_of(value: Any) -> str:
    """A currency code. Raises Invalid when there is no such currency."""
    code = str(value).strip().upper()
    decimals(code)
    return code


def amount_of(value: Any, currency: str | None) -> Money | None:
    """An amount of zero or more; None where its currency is refused already. Raises Invalid."""
    number = number_of(value, 2 if currency is None else decimals(currency))
    if not number.is_finite():
        raise Invalid(amount=Problem(N_("“{text}” is not an amount of money."), {"text": value}))
    if number < 0:
        raise Invalid(amount=Problem(N_("“{text}” is less than nothing."), {"text": value}))
    return None if currency is None else Money.of(number, currency)


def number_of(value: Any, places: int = 2) -> Decimal:
    """A number as typed or as a file holds it; not a number (NaN) when it is none."""
    if isinstance(value, str):
        return typed(value, places)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return Decimal("NaN")
    return Decimal(str(value))


def percent_of(value: Any) -> Decimal:
    """Percent a month, 0 to 1000. Raises Invalid."""
    number = number_of(str(value).rstrip("% ") if isinstance(value, str) else value)
    if not number.is_finite() or not 0 <= number <= MOST_INTEREST:
        raise Invalid(interest=Problem(N_("“{text}” is not a percentage from 0 to 1000."), {"text": value}))
    return number


def day_of(value: Any) -> date:
    """A whole day. Raises Invalid."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise Invalid(date=Problem(N_("“{text}” is not a date (YYYY-MM-DD)."), {"text": value})) from None


def yes_or_no(value: Any) -> bool:
    """True or false, also as yes and no. Raises Invalid."""
    known = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}
    found = known.get(value.strip().lower() if isinstance(value, str) else value if isinstance(value, bool) else None)
    if found is None:
        raise Invalid(answer=Problem(N_("“{text}” is neither true nor false."), {"text": value}))
    return found


def text_of(value: Any) -> str:
    """A short text. Raises Invalid for one that is too long."""
    from mrc_app.casework import fields

    return fields.text("text", value)


def _word(value: Any, known: Mapping[str, Any]) -> Any:
    found = known.get(str(value).strip().lower()) or known.get(str(value).strip().lower().replace("_", " "))
    if found is None:
        said = {"word": value, "list": ", ".join(dict.fromkeys(str(one) for one in known.values()))}
        raise Invalid(word=Problem(N_("“{word}” is not one of {list}."), said))
    return found


NOT_A_RATE = N_("“{text}” is not a rate; write it as SAR:ETB=38@2026-11-20,bank board.")


def rate(text: str) -> Quote:
    """A rate typed as C1:C2=N@DATE,SOURCE: 1 C1 = N C2. Raises Invalid with one sentence."""
    parts = _RATE.fullmatch(text.strip())
    if parts is None:
        raise Invalid(rate=Problem(NOT_A_RATE, {"text": text}))
    one, other, number, on, source = (part.strip() for part in parts.groups())
    return quote(one, other, number, on, source)


def quote(one: Any, other: Any, number: Any, on: Any, source: Any) -> Quote:
    """A rate from its parts. Raises Invalid with the first thing that is wrong."""
    first, second = currency_of(one), currency_of(other)
    if first == second:
        raise Invalid(other=Problem(N_("A rate needs two currencies; both are {currency}."), {"currency": first}))
    value = number_of(number, 2)
    if not value.is_finite() or value <= 0 or value >= Decimal(10) ** 12:
        raise Invalid(number=Problem(N_("“{text}” is not a rate: it must be more than zero."), {"text": number}))
    said = text_of(source)
    if not said:
        raise Invalid(source=N_("A rate needs its source: who says so."))
    if on in (None, ""):
        raise Invalid(on=N_("A rate needs the day it was read."))
    return Quote(first, second, value, day_of(on), said)
