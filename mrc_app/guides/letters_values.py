"""What a contract says, in the words of a reader: each term named, each value written in her language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mrc_app.casework.contract_findings import Shown
from mrc_app.casework.contract_floors import UNITS as WAGE_UNITS
from mrc_app.casework.contract_sides import NO, NOTHING_SAID, PAYERS, YES
from mrc_app.casework.contract_terms import BY_AGREEMENT, KEYS, Deduction, Terms, Value
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import isolate, ltr
from mrc_app.money import Money

POINT_OF = {
    "job": "3", "workplace": "4", "wage": "6", "food": "12", "accommodation": "13", "hours": "8",
    "overtime_percent": "8", "rest": "9", "leave_days": "10", "duration_months": "5", "probation_months": "19",
    "notice_days": "20", "penalty_on_worker": "20", "passport_kept_by": "14", "insurance": "15", "repatriation": "21",
    "deductions": "11", "fees_paid_by": "28", "medical": "16", "sick_pay": "16", "equipment_paid_by": "17",
    "movement": "18", "social_security": "26", "union_ban": "27", "health_test_condition": "27", "copy_given": "23",
    "dispute": "22", "language_understood": "23", "signed": "24",
}  # fmt: skip
"""The point of the check whose name a term bears."""
OWN = {"isco": "T.isco", "employer": "T.employer", "agency": "T.agency", "duration_months": "T.length"}
COUNTED = {
    "duration_months": "V.months", "probation_months": "V.months", "leave_days": "V.days", "notice_days": "V.days",
    "hours.per_day": "V.hours", "hours.per_week": "V.hours", "rest.days_per_week": "V.days",
}  # fmt: skip
AFTER = {"hours.per_day": "V.day", "hours.per_week": "V.week", "rest.days_per_week": "V.week"}
UNTOLD = frozenset({"stage"})
TOPS: tuple[str, ...] = tuple(dict.fromkeys(key.partition(".")[0] for key in KEYS if key not in UNTOLD))
"""The terms in their order, without their parts."""
UNIT_WORDS: dict[str, tuple[str, ...]] = {
    **{said: tuple(f"V.{part}" for part in parts if part) for parts, said in WAGE_UNITS.items()},
    "months": ("V.months",), "days": ("V.days",), "hours per day": ("V.hours", "V.day"),
    "hours per week": ("V.hours", "V.week"), "days per year": ("V.days", "V.year"),
    "day per week": ("V.days", "V.week"),
}  # fmt: skip
"""Units as findings name them, in the words of letters; the first may hold the number."""
SAID_WORDS = {
    YES: "V.yes", NO: "V.no", NOTHING_SAID: "V.nothing", PAYERS["employer"]: "V.employer", PAYERS["worker"]: "V.worker",
    PAYERS["agency"]: "V.agency",
}  # fmt: skip
_YES_NO = {True: "V.yes", False: "V.no"}


@dataclass(frozen=True)
class Row:
    """One term in several versions: its name and what each says, in words."""

    term: str
    name: str
    values: tuple[str, ...]


def term_name(words: LetterWords, term: str) -> str:
    """The name of a term, or of the table it stands in."""
    top = term.partition(".")[0]
    return words.raw(OWN[top] if top in OWN else f"R.{POINT_OF[top]}.name")


def compared(words: LetterWords, versions: Sequence[Terms]) -> list[Row]:
    """Every term that at least two versions name differently; a term nobody looked at in one of them is not told."""
    rows = []
    for top in TOPS:
        if sum(_looked_at(terms, top) for terms in versions) < 2:
            continue
        values = tuple(said(words, terms, top) if _looked_at(terms, top) else "–" for terms in versions)
        if len({value for value in values if value != "–"}) > 1:
            rows.append(Row(top, term_name(words, top), values))
    return rows


def said(words: LetterWords, terms: Terms, top: str) -> str:
    """What a version says of a term, with all its parts; "nothing" where the paper is silent."""
    if top == "wage" and terms.wage is not None:
        return _wage(words, terms)
    if top == "food" and terms.food_allowance is not None:
        return words.money(terms.food_allowance)
    parts = [one for key in _parts(terms, top) if (one := _part(words, terms, key))]
    comma = "، " if words.language.right_to_left else ", "
    return comma.join(parts) or words.raw("V.nothing")


def figure(words: LetterWords, shown: Shown | None) -> str:
    """What a contract or a rule says; "" where this language cannot say it."""
    if shown is None:
        return ""
    if shown.words:
        return words.raw(SAID_WORDS[shown.words]) if shown.words in SAID_WORDS else words.of_screen(shown.words)
    if shown.amount is None:
        return isolate(shown.text) if shown.text else ""
    if shown.currency:
        return " ".join([words.money(Money.of(shown.amount, shown.currency)), *_unit(words, shown.unit)])
    if shown.unit == "percent":
        return ltr(f"{shown.figure} %")
    unit = _unit(words, shown.unit, n=shown.figure)
    return " ".join(unit) if unit else isolate(f"{shown.figure} {shown.text}".strip()) if not shown.unit else ""


def _unit(words: LetterWords, unit: str, **values: object) -> list[str]:
    return [words.say(part, **values) for part in UNIT_WORDS.get(unit, ())]


def _looked_at(terms: Terms, top: str) -> bool:
    return any(key.partition(".")[0] == top for key in terms.values)


def _parts(terms: Terms, top: str) -> list[str]:
    return [key for key in KEYS if key in terms.values and key.partition(".")[0] == top]


def _wage(words: LetterWords, terms: Terms) -> str:
    assert terms.wage is not None
    per, basis = terms.text("wage.per"), terms.text("wage.basis")
    parts = [words.money(terms.wage)]
    parts += [words.raw(f"V.{word}") for word in (per, basis) if word and words.has(f"V.{word}")]
    return " ".join(parts)


def _part(words: LetterWords, terms: Terms, key: str) -> str:
    value = terms.said(key)
    if value is None or (key == "food.provided" and terms.food_allowance is not None):
        return ""
    if key in COUNTED and isinstance(value, Decimal):
        counted = words.raw("V.one_day") if COUNTED[key] == "V.days" and value == 1 else _counted(words, key, value)
        return f"{counted} {words.raw(AFTER[key])}" if key in AFTER else counted
    return _value(words, value)


def _counted(words: LetterWords, key: str, value: Decimal) -> str:
    return words.say(COUNTED[key], n=f"{value.normalize():f}")


def _value(words: LetterWords, value: Value) -> str:
    if isinstance(value, bool):
        return words.raw(_YES_NO[value])
    if isinstance(value, date):
        return isolate(words.day(value))
    if isinstance(value, Decimal):
        return ltr(f"{value.normalize():f}")
    if isinstance(value, tuple):
        return ", ".join(_deduction(words, one) for one in value) or words.raw("V.nothing")
    known = f"V.{BY_AGREEMENT if value == BY_AGREEMENT else value.strip().lower().replace(' ', '_')}"
    return words.raw(known) if words.has(known) else isolate(value)


def _deduction(words: LetterWords, one: Deduction) -> str:
    amount = Money.of(one.amount, one.currency) if one.amount is not None and one.currency else None
    told = [isolate(one.what) if one.what else "", words.money(amount) if amount else ""]
    return " ".join(part for part in told if part)
