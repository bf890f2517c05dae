"""The wage beside each floor that may bind: origin, agreement and destination, each in its own currency and unit.

Nothing is converted: another currency, period or basis than the contract's answers "cannot tell", with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from mrc_app.casework.contract_findings import Finding, Shown, Verdict
from mrc_app.casework.contract_setting import NO_SIGNATURE_DAY, Setting
from mrc_app.casework.contract_terms import GROSS, NET, Terms
from mrc_app.corridors.facts import NO_FACT, Fact, Side
from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.money import Money

# -- Words

FLOORS = ("wage.minimum", "wage.minimum.hourly", "wage.minimum.agreement", "wage.agreement_minimum")
ZONES = "wage.minimum.zone"
UNITS = {
    ("hour", ""): N_("per hour"),
    ("day", ""): N_("per day"),
    ("week", ""): N_("per week"),
    ("month", ""): N_("per month"),
    ("piece", ""): N_("per piece"),
    ("trip", ""): N_("per trip"),
    ("hour", GROSS): N_("per hour, gross"),
    ("day", GROSS): N_("per day, gross"),
    ("week", GROSS): N_("per week, gross"),
    ("month", GROSS): N_("per month, gross"),
    ("piece", GROSS): N_("per piece, gross"),
    ("trip", GROSS): N_("per trip, gross"),
    ("hour", NET): N_("per hour, net"),
    ("day", NET): N_("per day, net"),
    ("week", NET): N_("per week, net"),
    ("month", NET): N_("per month, net"),
    ("piece", NET): N_("per piece, net"),
    ("trip", NET): N_("per trip, net"),
}
_UNIT = re.compile(r"per (hour|day|week|month)(?: (gross|net|after tax))?(?: \((.*)\))?")

BELOW = N_("The wage is below the minimum.")
NOT_BELOW = N_("The wage is not below the minimum.")
OTHER_CURRENCY = N_("The wage is in {wage} and the minimum in {minimum}: they are not converted here.")
OTHER_PERIOD = N_("The wage is counted {wage} and the minimum {minimum}: they are not converted here.")
OTHER_BASIS = N_("One figure is gross and the other net: they cannot be compared.")
BASIS_UNSAID = N_("The minimum says gross or net, and the contract does not.")
UNSAID = N_("The contract does not say currency and period of the wage.")
IN_WORDS = N_("The rule is in words, not a figure: read it beside the contract.")
OTHER_UNIT = N_("This minimum is counted in a way that cannot be compared here.")
BY_ZONE = N_("The minimum differs by province, up to {highest}: look up the workplace.")
WHICH_DAY = N_("It is not known here which day counts: on {one} the answer is another than on {other}.")
OTHER_SECTOR = N_("A minimum is known for other work only; whether it covers this work is not known here.")
NO_WAGE = N_("The contract does not say amount, currency and period of the wage.")
WAGE_UNSEEN = N_("Amount, currency or period of the wage was not looked at.")

# -- Rules


@dataclass(frozen=True)
class Floor:
    """A minimum wage as its unit says it: the money, the period, gross or net ("" where not said), and for whom."""

    money: Money
    per: str
    basis: str
    whom: str


def floor(fact: Fact) -> Floor | None:
    """The fact read as money per period; None for words or another unit."""
    unit, money = _UNIT.fullmatch(fact.unit), fact.money
    if unit is None or money is None:
        return None
    return Floor(money, unit[1], {"gross": GROSS, "net": NET, "after tax": NET}.get(unit[2] or "", ""), unit[3] or "")


def shown_wage(terms: Terms) -> Shown | None:
    """The wage as the contract says it; None where it does not."""
    amount = terms.number("wage.amount")
    if amount is None:
        return None
    unit = UNITS.get((terms.text("wage.per"), terms.text("wage.basis")), "")
    return Shown(amount=amount, currency=terms.text("wage.currency"), unit=unit)


def shown_rule(fact: Fact) -> Shown:
    """A minimum as its source says it."""
    read = floor(fact)
    if read is None:
        return Shown(text=f"{fact.currency} {fact.value_text} {'' if fact.unit == 'rule' else fact.unit}".strip())
    return Shown(
        amount=read.money.amount,
        currency=read.money.currency,
        unit=UNITS[read.per, read.basis],
        text=f"({read.whom})" if read.whom else "",
    )


def incomparable(terms: Terms, read: Floor) -> Problem | None:
    """Why the wage cannot be held against a minimum; None when it can."""
    currency, per, basis = terms.text("wage.currency"), terms.text("wage.per"), terms.text("wage.basis")
    if not currency or not per:
        return Problem(UNSAID)
    if currency != read.money.currency:
        return Problem(OTHER_CURRENCY, {"wage": currency, "minimum": read.money.currency})
    if per != read.per:
        units = {"wage": Shown(words=UNITS[per, ""]), "minimum": Shown(words=UNITS[read.per, ""])}
        return Problem(OTHER_PERIOD, units)
    if read.basis and basis != read.basis:
        return Problem(OTHER_BASIS if basis else BASIS_UNSAID)
    return None


def wage(setting: Setting) -> list[Finding]:
    """Check 6: the wage itself where it is not fully said, then one finding for each side that has a minimum."""
    terms = setting.terms
    found = [_stated(terms)]
    if terms.number("wage.amount") is not None:
        found += [_side(setting, side) for side in (Side.ORIGIN, Side.AGREEMENT, Side.DESTINATION)]
        if not any(found):
            shown = shown_wage(terms)
            found.append(Finding("6", "wage.amount", Verdict.CANNOT_TELL, Problem(NO_FACT), contract=shown))
    return [finding for finding in found if finding is not None]


def _stated(terms: Terms) -> Finding | None:
    keys = ("wage.amount", "wage.currency", "wage.per")
    shown = shown_wage(terms)
    for key in keys:
        if terms.is_silent(key):
            return Finding("6", key, Verdict.MISSING, Problem(NO_WAGE), red=True, contract=shown)
    for key in keys:
        if terms.is_absent(key):
            return Finding("6", key, Verdict.UNCLEAR, Problem(WAGE_UNSEEN), contract=shown)
    return None


def _side(setting: Setting, side: Side) -> Finding | None:
    """The finding of one side; None where nothing at all is known of it."""
    if not _facts_of(setting, side):
        return _other_sector(setting, side)
    days = setting.wage_days(side)
    if not days:
        unsaid = _on(setting, side, setting.today)
        return replace(unsaid, verdict=Verdict.CANNOT_TELL, reason=Problem(NO_SIGNATURE_DAY), red=False, on=None)
    found = [_on(setting, side, day) for day in days]
    one, other = found[0], found[-1]
    if one.verdict is other.verdict:
        return one
    reason = Problem(WHICH_DAY, {"one": days[0].isoformat(), "other": days[-1].isoformat()})
    return replace(one, verdict=Verdict.CANNOT_TELL, reason=reason, red=False)


def _facts_of(setting: Setting, side: Side) -> list[Fact]:
    keys = (*FLOORS, "wage.floor_rule")
    rows = ((setting.answer(key), key) for key in keys)
    return [
        fact
        for row, _key in rows
        for fact in (*row.facts, *(fact for fact, _why in row.candidates))
        if fact.side is side
    ]


def _other_sector(setting: Setting, side: Side) -> Finding | None:
    fact = next((fact for key in FLOORS if (fact := setting.elsewhere(key, side))), None)
    if fact is None:
        return None
    return _finding(setting.terms, Verdict.CANNOT_TELL, Problem(OTHER_SECTOR), fact, setting.day)


def _on(setting: Setting, side: Side, day: date) -> Finding:
    """The side's minimum on a day: the one counted as the contract counts, else why none can be held against it."""
    rows = [row for key in (*FLOORS, "wage.floor_rule") for row in setting.asked(key, side, day)]
    held = [(fact, read) for fact, why in rows if why is None and (read := floor(fact))]
    for fact, read in held:
        if incomparable(setting.terms, read) is None:
            return _compared(setting, fact, read, day)
    if held:
        fact, read = next((row for row in held if row[1].per == setting.terms.text("wage.per")), held[0])
        why = incomparable(setting.terms, read)
        return _finding(setting.terms, Verdict.CANNOT_TELL, why or Problem(UNSAID), fact, day)
    fact, doubt = rows[0]
    words = Problem(IN_WORDS if isinstance(fact.value, str) else OTHER_UNIT)
    return _finding(
        setting.terms, Verdict.CANNOT_TELL, words if isinstance(fact.value, str) else doubt or words, fact, day
    )


def _compared(setting: Setting, fact: Fact, read: Floor, day: date) -> Finding:
    terms = setting.terms
    paid = terms.wage
    if paid is None or paid < read.money:
        return _finding(terms, Verdict.WORSE, Problem(BELOW), fact, day)
    highest = _highest_zone(setting, fact.side, day)
    if highest and paid < highest.money:
        shown = Shown(amount=highest.money.amount, currency=highest.money.currency, unit=UNITS[highest.per, ""])
        return _finding(terms, Verdict.CANNOT_TELL, Problem(BY_ZONE, {"highest": shown}), fact, day)
    return _finding(terms, Verdict.OK, Problem(NOT_BELOW), fact, day)


def _highest_zone(setting: Setting, side: Side, day: date) -> Floor | None:
    zones = [floor(fact) for fact in setting.answer(ZONES, day).of(side)]
    read = [zone for zone in zones if zone and incomparable(setting.terms, zone) is None]
    return max(read, key=lambda zone: zone.money.minor, default=None)


def _finding(terms: Terms, verdict: Verdict, reason: Problem, fact: Fact, day: date) -> Finding:
    return Finding(
        "6", "wage.amount", verdict, reason, red=verdict is Verdict.WORSE, contract=shown_wage(terms),
        rule=shown_rule(fact), side=fact.side, fact=fact, on=day,
    )  # fmt: skip
