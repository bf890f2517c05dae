"""Versions of a contract beside each other: what changed, what it costs a month, and so far. Pure.

Contract substitution is hinted in words, never concluded. Only the same currency and period are subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mrc_app.casework.contract_payers import words
from mrc_app.casework.contract_terms import BY_AGREEMENT, KEYS, SILENT, Deduction, Terms, Value
from mrc_app.casework.journey_words import Per
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money

# -- Words

LESS_PAY = N_("The wage is lower than in the version before.")
LESS_FOOD = N_("Food or food money that was promised is not given.")
OTHER_JOB = N_("The job is another than in the version before.")
OTHER_EMPLOYER = N_("The employer is another than in the version before.")
OTHER_PLACE = N_("The workplace is another than in the version before.")
DROPPED = N_("The later version says nothing about this any more.")
WORSE_TERM = N_("This is worse for her than in the version before.")
CHANGED = N_("This is another than in the version before.")
WAGE_UNSAID = N_("One version does not say amount and currency of the wage.")
TWO_CURRENCIES = N_("The two wages are in different currencies and are not subtracted.")
TWO_PERIODS = N_("The two wages are counted by different periods and are not subtracted.")
NOT_MONTHLY = N_("The wage is not counted by the month: what was lost needs the hours or days worked.")
FOOD_UNKNOWN = N_("Whether food is still given is not said: only the wage is counted.")

# -- Rules

MORE_IS_BETTER = (
    "wage.amount", "food.allowance", "overtime_percent", "rest.days_per_week", "leave_days", "notice_days",
    "food.provided", "wage.slip", "movement.free", "movement.phone", "social_security", "medical", "sick_pay",
    "accommodation",
)  # fmt: skip
LESS_IS_BETTER = (
    "hours.per_day", "hours.per_week", "probation_months", "rest.may_be_worked", "union_ban", "health_test_condition",
    "penalty_on_worker",
)  # fmt: skip
_ABOUT_THE_PAPER = ("stage", "signed", "copy_given", "insurance.seen", "language_understood")
_TABLES = tuple({key.partition(".")[0] for key in KEYS if "." in key})
_LEAVES = tuple(key for key in KEYS if key not in _TABLES)
_HINTS = {
    "wage.amount": LESS_PAY,
    "food.allowance": LESS_FOOD,
    "food.provided": LESS_FOOD,
    "job": CHANGED,
    "isco": OTHER_JOB,
    "employer": OTHER_EMPLOYER,
    "workplace": OTHER_PLACE,
}
NAMES = ("job", "employer", "workplace", "agency.name")


@dataclass(frozen=True)
class Difference:
    """One term that changed. ``loss``: money lost per ``per`` (a word of journey_words.Per); None when not money or not
    lower. ``worse`` is None where it cannot be said."""

    term: str
    before: Value | None
    after: Value | None
    loss: Money | None = None
    per: str = ""
    worse: bool | None = None
    hint: Problem | None = None


@dataclass(frozen=True)
class Loss:
    """Money lost per month and over some months; ``total`` is None with the ``reason`` when it cannot be told."""

    per_month: Money | None
    months: int | Decimal
    total: Money | None
    reason: Problem | None = None


@dataclass(frozen=True)
class Row:
    """One term in several versions, in their order; None where a version does not have the term."""

    term: str
    values: tuple[Value | None, ...]
    differs: bool


def differences(before: Terms, after: Terms) -> tuple[Difference, ...]:
    """Every term that two versions say differently. A term that nobody looked at in one of them is no difference."""
    found = (_difference(before, after, term) for term in _LEAVES if term not in _ABOUT_THE_PAPER)
    return tuple(one for one in found if one is not None)


def _difference(before: Terms, after: Terms, term: str) -> Difference | None:
    old, new = before.get(term), after.get(term)
    if term == "food.allowance" and new is None and old not in (None, SILENT):
        new = Decimal(0) if after.yes("food.provided") is False else None
    if old is None or new is None or _same(term, old, new):
        return None
    worse = _worse(term, old, new)
    loss = _lost(before, after, term)
    hint = _HINTS.get(term) if worse is not False else None
    if new == SILENT:
        hint = DROPPED
    said = hint or (WORSE_TERM if worse else CHANGED)
    per = before.text("wage.per") if loss else ""
    return Difference(term, old, new, loss, per, worse, None if worse is False else Problem(said))


def _same(term: str, old: Value, new: Value) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        one, other = words(old), words(new)
        if term in NAMES and one and other and (one <= other or other <= one):
            return True
        return " ".join(old.casefold().split()) == " ".join(new.casefold().split())
    return type(old) is type(new) and old == new


def _worse(term: str, old: Value, new: Value) -> bool | None:
    """Whether the later version is worse for her; None where that cannot be said."""
    if new == SILENT:
        return term not in LESS_IS_BETTER and term != "deductions"
    if old == SILENT:
        return None
    if term in ("isco", "employer", "workplace"):
        return True
    if term == "rest.days_per_week" and BY_AGREEMENT in (old, new):
        return new == BY_AGREEMENT
    if term == "deductions" and isinstance(old, tuple) and isinstance(new, tuple):
        return True if set(new) > set(old) else False if set(new) < set(old) else None
    both = isinstance(old, Decimal | bool) and isinstance(new, Decimal | bool)
    if not both or term not in (*MORE_IS_BETTER, *LESS_IS_BETTER):
        return None
    return new < old if term in MORE_IS_BETTER else new > old  # type: ignore[operator]


def _lost(before: Terms, after: Terms, term: str) -> Money | None:
    """Money lost per period of the wage; None where nothing is, or it cannot be subtracted."""
    if _unlike(before, after):
        return None
    old, new = (before.wage, after.wage) if term == "wage.amount" else (_food(before), _food(after))
    if term not in ("wage.amount", "food.allowance") or old is None or new is None:
        return None
    return old - new if new < old else None


def _unlike(before: Terms, after: Terms) -> Problem | None:
    """Why two wages cannot be subtracted; None when they can."""
    if before.wage is None or after.wage is None:
        return Problem(WAGE_UNSAID)
    if before.wage.currency != after.wage.currency:
        return Problem(TWO_CURRENCIES)
    return None if before.text("wage.per") == after.text("wage.per") != "" else Problem(TWO_PERIODS)


def _food(terms: Terms) -> Money | None:
    """The food money of a version; nothing where it gives none; None where food is in kind or nothing is said."""
    if terms.food_allowance is not None:
        return terms.food_allowance
    none = terms.is_silent("food.allowance") or terms.yes("food.provided") is False
    return Money(0, terms.text("wage.currency")) if none and terms.text("wage.currency") else None


def loss(before: Terms, after: Terms, months: int | Decimal) -> Loss:
    """What the later version takes from her in some months, wage and food money together; nothing where it is more.

    Raises Invalid for months below zero.
    """
    if not Decimal(months).is_finite() or months < 0:
        raise Invalid(months=Problem(N_("“{months}” is not a number of months."), {"months": str(months)[:40]}))
    unlike = _unlike(before, after)
    if unlike is not None:
        return Loss(None, months, None, unlike)
    if before.text("wage.per") != Per.MONTH:
        return Loss(None, months, None, Problem(NOT_MONTHLY))
    assert before.wage is not None and after.wage is not None
    lost, old, new = before.wage - after.wage, _food(before), _food(after)
    counted = old is not None and new is not None
    if old is not None and new is not None:
        lost = lost + (old - new)
    lost = max(lost, Money(0, lost.currency), key=lambda money: money.minor)
    promised = old is not None and old.minor > 0 and not after.yes("food.provided")
    return Loss(lost, months, lost.share(Decimal(months)), None if counted or not promised else Problem(FOOD_UNKNOWN))


def side_by_side(versions: Sequence[Terms]) -> tuple[Row, ...]:
    """Every term that at least one version has, in the order of the terms file; the differing ones are marked."""
    rows = []
    for term in _LEAVES:
        values = tuple(version.get(term) for version in versions)
        if any(value is not None for value in values):
            said = [value for value in values if value is not None]
            rows.append(Row(term, values, any(not _same(term, said[0], other) for other in said[1:])))
    return tuple(rows)


def plain(value: Value | None) -> str | bool | list[dict[str, str]] | None:
    """A value as a document prints it: amounts as written decimals."""
    if isinstance(value, tuple):
        return [row.document() for row in value if isinstance(row, Deduction)]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if value is None or isinstance(value, str | bool) else value.isoformat()


def difference_row(found: Difference) -> dict[str, object]:
    """A difference as ``mrc check-contract --json`` prints it."""
    lost = found.loss
    return {
        "term": found.term, "before": plain(found.before), "after": plain(found.after),
        "loss": _written(lost) if lost else None, "currency": lost.currency if lost else None,
        "per": found.per or None, "worse": found.worse, "hint": found.hint.text() if found.hint else None,
    }  # fmt: skip


def _written(money: Money) -> str:
    return f"{money.amount:.0f}" if money.amount == money.amount.to_integral_value() else f"{money.amount:f}"
