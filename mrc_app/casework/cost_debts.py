"""Debt bondage risk: triggers and facts, never a score. One trigger is enough for high; the officer sees each fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from mrc_app.casework.cost_rules import Earning, Quote, converted, rounded
from mrc_app.casework.cost_words import BINDING, CONTROLLING, Collateral, Lender, Level, Trigger
from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.money import Money

# -- Rules


@dataclass(frozen=True)
class Debt:
    """A loan taken to go. What is None was not told. ``interest`` is in percent a month."""

    principal: Money
    lender: Lender | None = None
    interest: Decimal | None = None
    collateral: Collateral | None = None
    taken_from_wage: bool | None = None
    may_leave: bool | None = None


@dataclass(frozen=True)
class DebtFact:
    """One thing known, or said not to be known, of loan ``loan`` (from 1; 0 for all of them together)."""

    loan: int
    fact: str
    value: str | None
    said: Problem
    trigger: Trigger | None = None


Found = tuple[Problem, Trigger | None]


@dataclass(frozen=True)
class DebtRisk:
    """The level with what made it so and everything beside it."""

    level: Level
    triggers: tuple[Trigger, ...]
    facts: tuple[DebtFact, ...]


@dataclass(frozen=True)
class Thresholds:
    """From where on a debt is a high risk: more months, or more percent a month, than these."""

    months: Decimal = Decimal(12)
    interest: Decimal = Decimal(3)


MOST_MONTHS, MOST_INTEREST = "debt_months", "debt_interest"
"""The centre's settings for the two thresholds."""


def thresholds(settings: Mapping[str, Any]) -> Thresholds:
    """The centre's thresholds; what is no number counts as not set."""
    usual = Thresholds()
    return Thresholds(
        _number(settings.get(MOST_MONTHS), usual.months), _number(settings.get(MOST_INTEREST), usual.interest)
    )


def _number(said: Any, usual: Decimal) -> Decimal:
    try:
        number = Decimal(str(said))
    except InvalidOperation:
        return usual
    return number if number.is_finite() and number >= 0 else usual


NOT_TOLD = {
    "lender": N_("Who lent it is not told."),
    "interest_per_month": N_("The interest is not told."),
    "collateral": N_("What stands for it is not told."),
    "taken_from_wage": N_("Whether it is taken from the wage is not told."),
    "may_leave": N_("Whether she may leave before it is repaid is not told."),
}


def debt_risk(
    debts: Iterable[Debt],
    *,
    earning: Earning | None = None,
    quotes: Sequence[Quote] = (),
    on: date | None = None,
    limits: Thresholds | None = None,
) -> DebtRisk:
    """High when any trigger holds; unknown when nothing is known of any loan."""
    listed, most = list(debts), limits or Thresholds()
    facts = [fact for number, debt in enumerate(listed, 1) for fact in _of_loan(number, debt, most)]
    told = any(fact.value is not None and fact.fact != "principal" for fact in facts)
    together = list(_together(listed, earning, quotes, on, most)) if listed else []
    facts += together
    told = told or any(fact.fact == "months_to_repay" and fact.value is not None for fact in together)
    triggers = tuple(trigger for trigger in Trigger if any(fact.trigger is trigger for fact in facts))
    level = Level.HIGH if triggers else Level.NOT_HIGH if told else Level.UNKNOWN
    return DebtRisk(level, triggers, tuple(facts))


def _of_loan(loan: int, debt: Debt, most: Thresholds) -> Iterator[DebtFact]:
    yield DebtFact(loan, "principal", str(debt.principal), Problem(N_("Owed: {amount}."), {"amount": debt.principal}))
    told: tuple[tuple[str, Any, Callable[[Any, Thresholds], Found]], ...] = (
        ("lender", debt.lender, _lender),
        ("interest_per_month", debt.interest, _interest),
        ("collateral", debt.collateral, _collateral),
        ("taken_from_wage", debt.taken_from_wage, _from_wage),
        ("may_leave", debt.may_leave, _leave),
    )
    for name, value, found in told:
        if value is None:
            yield DebtFact(loan, name, None, Problem(NOT_TOLD[name]))
        else:
            said, trigger = found(value, most)
            yield DebtFact(loan, name, _plain(value), said, trigger)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _lender(lender: Lender, most: Thresholds) -> Found:
    return Problem(N_("Lender: {lender}."), {"lender": lender}), Trigger.LENDER if lender in CONTROLLING else None


def _interest(percent: Decimal, most: Thresholds) -> Found:
    values = {"percent": _plain(percent), "limit": _plain(most.interest)}
    if percent > most.interest:
        return Problem(N_("Interest: {percent} % a month, more than {limit} %."), values), Trigger.INTEREST
    return Problem(N_("Interest: {percent} % a month."), values), None


def _collateral(given: Collateral, most: Thresholds) -> Found:
    trigger = Trigger.COLLATERAL if given in BINDING else None
    return Problem(N_("What stands for it: {collateral}."), {"collateral": given}), trigger


def _from_wage(taken: bool, most: Thresholds) -> Found:
    return Problem(N_("It is taken from the wage.") if taken else N_("It is not taken from the wage.")), None


def _leave(may: bool, most: Thresholds) -> Found:
    if may:
        return Problem(N_("She may leave before it is repaid.")), None
    return Problem(N_("She may not leave before it is repaid.")), Trigger.MAY_LEAVE


def _together(
    debts: list[Debt], earning: Earning | None, quotes: Sequence[Quote], on: date | None, most: Thresholds
) -> Iterator[DebtFact]:
    if earning is None or earning.wage.minor <= 0:
        why = N_("How long it takes to repay cannot be told: no earnings are known.")
        yield DebtFact(0, "months_to_repay", None, Problem(why))
        return
    owed: dict[str, int] = {}
    for debt in debts:
        owed[debt.principal.currency] = owed.get(debt.principal.currency, 0) + debt.principal.minor
    made = converted(owed, earning.wage.currency, quotes, on)
    if made.total is None:
        values = {"currency": ", ".join(made.without_rate), "other": earning.wage.currency}
        why = N_("How long it takes to repay cannot be told: there is no rate between {currency} and {other}.")
        yield DebtFact(0, "months_to_repay", None, Problem(why, values))
        return
    wages = made.total / Fraction(earning.wage.amount)
    said = Problem(N_("The debt is {months} months of earnings."), {"months": rounded(wages)})
    yield DebtFact(0, "debt_to_wage", str(rounded(wages)), said)
    yield _months(made.total, earning, most)


def _months(owed: Fraction, earning: Earning, most: Thresholds) -> DebtFact:
    left = Fraction(earning.wage.amount)
    for part in (earning.living, earning.remittance):
        left -= Fraction(part.amount) if part else 0
    if left <= 0:
        said = Problem(N_("Nothing of the earnings is left to repay it."))
        return DebtFact(0, "months_to_repay", "never", said, Trigger.MONTHS if owed else None)
    months = owed / left
    long = months > Fraction(most.months)
    values = {"months": rounded(months), "limit": _plain(most.months)}
    if earning.living is None or earning.remittance is None:
        words = N_("At least {months} months to repay it; what she needs to live or sends home is not told.")
    elif long:
        words = N_("{months} months to repay it, more than {limit}.")
    else:
        words = N_("{months} months to repay it.")
    known = long or (earning.living is not None and earning.remittance is not None)
    value = str(rounded(months)) if known else None
    return DebtFact(0, "months_to_repay", value, Problem(words, values), Trigger.MONTHS if long else None)
