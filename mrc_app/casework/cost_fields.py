"""What may be typed about costs: each field's check, all problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mrc_app.casework import cost_ledger, fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.cost_words import Basis, Collateral, CostCode, Lender, PaidHow
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

# -- Rules


def _percent(field: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    try:
        return f"{cost_ledger.percent_of(value).normalize():f}"
    except Invalid as wrong:
        raise Invalid(**{field: wrong.problem}) from None


NOTED: dict[str, fields.Check] = {"note": fields.long_text, "journey": lambda _field, value: value or None}
COST: dict[str, fields.Check] = {
    "code": fields.word(CostCode),
    "amount": fields.money,
    "refunded": fields.money,
    **dict.fromkeys(("paid_on", "refunded_on"), fields.day),
    **dict.fromkeys(("paid_to", "place"), fields.text),
    "paid_how": fields.word(PaidHow, optional=True),
    "receipt": fields.word(Answer),
    **NOTED,
}
LOAN: dict[str, fields.Check] = {
    "principal": fields.money,
    "lender": fields.word(Lender, optional=True),
    "lender_name": fields.text,
    "interest": _percent,
    "collateral": fields.word(Collateral, optional=True),
    **dict.fromkeys(("taken_from_wage", "may_leave"), fields.word(Answer)),
    "borrowed_on": fields.day,
    **NOTED,
}
INCOME: dict[str, fields.Check] = {
    "basis": fields.word(Basis),
    **dict.fromkeys(("amount", "living", "remittance"), fields.money),
    **dict.fromkeys(("month", "first_job_on"), fields.day),
    **NOTED,
}
AMOUNT_MISSING = N_("Write the amount and its currency.")
TO_COME = N_("This day is still to come.")


def checked_cost(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns of a payment. Raises Invalid field by field, also for more given back than paid."""
    kept = fields.checked(COST, typed)
    paid, back = kept.pop("amount", None), kept.pop("refunded", None)
    wrong = _to_come(kept, today, "paid_on", "refunded_on")
    if paid is None:
        wrong["amount"] = Problem(AMOUNT_MISSING)
    elif back is not None and back.currency != paid.currency:
        wrong["refunded"] = Problem(N_("A refund is in the currency that was paid."))
    elif back is not None and back.minor > paid.minor:
        wrong["refunded"] = Problem(N_("More was given back than was paid."))
    if paid is None or wrong:
        raise Invalid(**wrong)
    columns = {"amount_minor": paid.minor, "currency": paid.currency, "refunded_minor": back.minor if back else 0}
    return kept | columns


def checked_loan(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns of a loan. Raises Invalid field by field."""
    kept = fields.checked(LOAN, typed)
    owed, wrong = kept.pop("principal", None), _to_come(kept, today, "borrowed_on")
    if owed is None:
        wrong["principal"] = Problem(AMOUNT_MISSING)
    if owed is None or wrong:
        raise Invalid(**wrong)
    return kept | {"principal_minor": owed.minor, "currency": owed.currency}


def checked_income(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns of an income. Raises Invalid field by field: living cost and remittance are in its currency."""
    kept = fields.checked(INCOME, typed)
    wage, parts = kept.pop("amount", None), {name: kept.pop(name, None) for name in ("living", "remittance")}
    wrong = _to_come(kept, today, "month")
    if wage is None:
        wrong["amount"] = Problem(AMOUNT_MISSING)
        raise Invalid(**wrong)
    for name, part in parts.items():
        if part is not None and part.currency != wage.currency:
            wrong[name] = Problem(N_("This is in the currency of the earnings."))
    if wrong:
        raise Invalid(**wrong)
    amounts = {f"{name}_minor": part.minor if part else None for name, part in parts.items()}
    return kept | amounts | {"amount_minor": wage.minor, "currency": wage.currency}


def _to_come(kept: Mapping[str, Any], today: date, *names: str) -> dict[str, Problem]:
    return {name: Problem(TO_COME) for name in names if kept.get(name) and kept[name] > today}
