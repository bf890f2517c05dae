"""Deductions from the wage and food: what may never be taken, what a ceiling allows, what must be given. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mrc_app.casework.contract_findings import Finding, Shown, Verdict
from mrc_app.casework.contract_floors import UNITS, floor, incomparable, shown_rule
from mrc_app.casework.contract_payers import words
from mrc_app.casework.contract_setting import NO_SIGNATURE_DAY, Setting
from mrc_app.casework.contract_sides import NO, NOTHING_SAID, beside, named, rules, shown_value, unsaid, with_sides
from mrc_app.casework.contract_terms import Deduction, Terms
from mrc_app.corridors.facts import Confidence, Fact, Side, Source
from mrc_app.errors import Problem
from mrc_app.i18n import N_

# -- Words

NONE_TAKEN = N_("Nothing is deducted from the wage.")
FOR_RECRUITMENT = N_("Something is deducted for recruitment, travel or papers.")
FOR_LIVING = N_("Something is deducted for food or lodging.")
BANNED = N_("The rule forbids any deduction.")
ABOVE_CASE = N_("A deduction is above the most that may be taken in one case.")
ABOVE_SHARE = N_("The deductions together are above a quarter of the wage.")
ASK_DEDUCTION = N_("Ask what each deduction is for, and which rule allows it.")
BY_LAW = N_("Only what the law itself takes: tax or social security.")
FOOD_GIVEN = N_("Food is given.")
FOOD_MONEY_LOW = N_("The food allowance is below the rule.")
FOOD_MONEY = N_("The food allowance is not below the rule.")
NO_FOOD = N_("The contract gives neither food nor a food allowance.")
FOOD_PAID = N_("A food allowance is paid.")

_RECRUITMENT = frozenset(
    [
        "recruitment",
        "recruiting",
        "recruiter",
        "agency",
        "agent",
        "broker",
        "placement",
        "fee",
        "fees",
        "commission",
        "visa",
        "permit",
        "levy",
        "iqama",
        "ticket",
        "travel",
        "airfare",
        "flight",
        "passport",
        "deposit",
        "bond",
        "training",
        "loan",
        "advance",
    ]
)
_LIVING = frozenset(
    [
        "food",
        "meal",
        "meals",
        "board",
        "lodging",
        "accommodation",
        "housing",
        "house",
        "rent",
        "room",
        "dormitory",
        "bed",
    ]
)
_BY_LAW = frozenset(["tax", "taxes", "social", "security", "pension"])
_DAMAGE = frozenset(["damage", "damages", "breakage", "loss"])

# -- Rules

HONG_KONG = Source(
    "mwohk", "Philippine Migrant Workers Office Hong Kong, questions on the standard contract",
    "https://mwohk-ph.com/?p=54", "government", "2026-11-21",
)  # fmt: skip
CAPS = (
    Fact("PH-HK", "deduction.damage_max", "domestic", 300, "per case", Side.DESTINATION, Confidence.MEDIUM, HONG_KONG,
         currency="HKD", note="deduction for damage"),
    Fact("PH-HK", "deduction.share_max", "domestic", 25, "percent", Side.DESTINATION, Confidence.MEDIUM, HONG_KONG,
         note="total of damage deductions, and of recovery of advances, each at most a quarter of the period's wages"),
)  # fmt: skip
"""Ceilings for deductions that the corridor files do not hold. They bind domestic workers in Hong Kong."""


def deductions(setting: Setting) -> list[Finding]:
    """Check 11: red for any for recruitment, food or lodging, and above a ceiling."""
    gone = unsaid(setting, "11", "deductions", "deduction.ban")
    if gone is not None:
        return [gone]
    rows = setting.terms.deductions or ()
    own = Finding("11", "deductions", *_judged(rows), contract=_shown(rows))
    found = with_sides(setting, own, "deduction.ban")
    if own.red or own.verdict is Verdict.OK:
        return found
    one = next((one for one in found if one.rule and one.rule.text.startswith("no amount")), None)
    if one is not None:
        forbidden = replace(one, verdict=Verdict.WORSE, reason=Problem(BANNED), red=True)
        return [forbidden, *(other for other in found if other is not one)]
    capped = _capped(setting, rows)
    return [capped] if capped else found


def _judged(rows: Sequence[Deduction]) -> tuple[Verdict, Problem, bool]:
    if not rows:
        return Verdict.OK, Problem(NONE_TAKEN), False
    named = [words(row.what) for row in rows]
    if any(one & _RECRUITMENT for one in named):
        return Verdict.WORSE, Problem(FOR_RECRUITMENT), True
    if any(one & _LIVING for one in named):
        return Verdict.WORSE, Problem(FOR_LIVING), True
    if all(one & _BY_LAW for one in named):
        return Verdict.OK, Problem(BY_LAW), False
    return Verdict.UNCLEAR, Problem(ASK_DEDUCTION), False


def _capped(setting: Setting, rows: Sequence[Deduction]) -> Finding | None:
    """A deduction above a ceiling, in the ceiling's own currency."""
    if setting.corridor.destination != "HK" or setting.sector != "domestic":
        return None
    case, share = CAPS
    terms = setting.terms
    same = [row for row in rows if row.amount is not None and (row.currency or terms.text("wage.currency")) == "HKD"]
    own = Finding("11", "deductions", Verdict.WORSE, Problem(ABOVE_CASE), red=True, contract=_shown(rows))
    if any(words(row.what) & _DAMAGE and (row.amount or 0) > 300 for row in same):
        return beside(own, case, setting.day)
    total, wage = sum((row.amount or Decimal(0) for row in same), Decimal(0)), terms.number("wage.amount")
    if wage is not None and terms.text("wage.currency") == "HKD" and total > wage / 4:
        over = Finding("11", "deductions", Verdict.WORSE, Problem(ABOVE_SHARE), red=True, contract=_shown(rows))
        return beside(over, share, setting.day)
    return None


def _shown(rows: Sequence[Deduction]) -> Shown | None:
    said = (
        " ".join(part for part in (row.what, row.currency, Shown(amount=row.amount).figure) if part) for row in rows
    )
    return Shown(text="; ".join(said)) if rows else Shown(words=NONE_TAKEN)


def food(setting: Setting) -> list[Finding]:
    """Check 12: food in kind, or an allowance not below each side's rule."""
    terms, key = setting.terms, "wage.food_allowance"
    if terms.yes("food.provided"):
        own = Finding("12", "food.provided", Verdict.OK, Problem(FOOD_GIVEN), contract=shown_value(True))
        return with_sides(setting, own, key)
    allowance = terms.number("food.allowance")
    if allowance is None and terms.yes("food.provided") is None:
        gone = unsaid(setting, "12", named(setting, "food.provided"), key)
        return [gone] if gone else []
    shown = _allowance(terms, allowance) if allowance is not None else Shown(words=NO)
    found = [_held(setting, fact, why, shown) for fact, why in _food_rules(setting)]
    if found:
        return found
    given = (Verdict.OK, FOOD_PAID) if allowance else (Verdict.MISSING, NO_FOOD)
    return [Finding("12", "food.allowance", given[0], Problem(given[1]), contract=shown)]


def _food_rules(setting: Setting) -> list[tuple[Fact, Problem | None]]:
    """Each side's food allowance on the day that counts for wages there."""
    found: list[tuple[Fact, Problem | None]] = []
    for fact, _why in rules(setting, "wage.food_allowance"):
        days = setting.wage_days(fact.side)
        unsaid = (fact, Problem(NO_SIGNATURE_DAY))
        found += setting.asked("wage.food_allowance", fact.side, days[0])[:1] if days else [unsaid]
    return found


def _allowance(terms: Terms, amount: Decimal) -> Shown:
    unit = UNITS.get((terms.text("wage.per"), ""), "")
    return Shown(amount=amount, currency=terms.text("wage.currency"), unit=unit)


def _held(setting: Setting, fact: Fact, why: Problem | None, shown: Shown) -> Finding:
    read = floor(fact)
    doubt = why or (Problem(NOTHING_SAID) if read is None else incomparable(setting.terms, read))
    if doubt is not None or read is None:
        own = Finding("12", "food.allowance", Verdict.CANNOT_TELL, doubt or Problem(NOTHING_SAID), contract=shown)
    else:
        low = (shown.amount or Decimal(0)) < read.money.amount
        verdict, reason = (Verdict.WORSE, FOOD_MONEY_LOW) if low else (Verdict.OK, FOOD_MONEY)
        own = Finding("12", "food.allowance", verdict, Problem(reason), contract=shown)
    return replace(own, rule=shown_rule(fact), side=fact.side, fact=fact, on=setting.day)
