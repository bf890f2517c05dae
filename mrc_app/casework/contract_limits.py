"""Numbers of a contract beside numbers of the rules: hours, overtime, rest, leave, length, probation, notice. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from mrc_app.casework.contract_findings import Finding, Verdict
from mrc_app.casework.contract_setting import Setting
from mrc_app.casework.contract_sides import Judged, beside, clause, named, rules, shown_value, unsaid
from mrc_app.casework.contract_terms import BY_AGREEMENT, Value
from mrc_app.corridors.facts import NO_FACT, Fact
from mrc_app.errors import Problem
from mrc_app.i18n import N_

# -- Words

WITHIN = N_("This is not worse than the rule.")
TOO_MUCH = N_("This is more than the rule allows.")
TOO_LITTLE = N_("This is less than the rule gives.")
CLOSE = N_("The contract and the rule count in different units, and the two are close: read both.")
OTHER_UNIT = N_("The rule counts in another way than the contract: read both.")
STANDARD = N_("The standard length is another: ask why.")
AS_STANDARD = N_("This is the standard length.")
NO_REST = N_("There is no rest day.")
REST_NOT_FIXED = N_("The rest day is not fixed: “by agreement” is no rest day.")
REST_WORKED = N_("The rest day may be worked.")
REST_KEPT = N_("The rest day may not be worked.")
LITTLE_SLEEP = N_("These hours leave less rest in a day than the rule gives.")

# -- Rules

Bounds = tuple[Decimal, Decimal]
Reading = Callable[[Decimal], Bounds]
_UNIT_TAIL = r"(?:[ ,(;].*)?"


def _times(low: str, high: str) -> Reading:
    return lambda number: (number * Decimal(low), number * Decimal(high))


def _days_as_months(number: Decimal) -> Bounds:
    return number / 31, number / 28


def _hours_as_days(number: Decimal) -> Bounds:
    days = number / 24
    return min(Decimal(1), days), days


SAME = _times("1", "1")


@dataclass(frozen=True)
class Limit:
    """A number of the contract and the rule it meets. ``units``: pattern of the rule's unit → the rule's number in the
    contract's unit, as the least and the most it may come to; a unit that is not here is not compared."""

    check: str
    term: str
    key: str
    least: bool
    unit: str
    units: tuple[tuple[str, Reading], ...]

    def bounds(self, fact: Fact) -> Bounds | None:
        """The rule in the contract's unit; None where it is in words or in another unit."""
        if isinstance(fact.value, bool | str):
            return None
        number = Decimal(fact.value)
        return next((read(number) for unit, read in self.units if re.fullmatch(unit, fact.unit)), None)


HOURS_DAY = Limit(
    "8", "hours.per_day", "hours.daily_max", False, N_("hours per day"),
    ((r"(?:non-consecutive )?hours per day" + _UNIT_TAIL, SAME),),
)  # fmt: skip
HOURS_WEEK = Limit(
    "8", "hours.per_week", "hours.weekly_max", False, N_("hours per week"), ((r"hours per week(?: average)?", SAME),)
)  # fmt: skip
OVERTIME = Limit("8", "overtime_percent", "overtime.premium", True, N_("percent"), ((r"percent" + _UNIT_TAIL, SAME),))
REST = Limit(
    "9", "rest.days_per_week", "rest.weekly", True, N_("day per week"),
    ((r"consecutive hours per (?:week|7 days)(?:, paid)?", _hours_as_days),
     (r"(?:paid )?days? per (?:week|6-day interval)(?:; pay if worked)?", SAME)),
)  # fmt: skip
LEAVE = Limit(
    "10", "leave_days", "leave.annual", True, N_("days per year"),
    ((r"(?:working |paid )?days per year(?:, paid)?", SAME), (r"weeks per year(?:, paid)?", _times("5", "7"))),
)  # fmt: skip
PROBATION = Limit(
    "19", "probation_months", "probation.max", False, N_("months"), ((r"months", SAME), (r"days", _days_as_months))
)
NOTICE = Limit(
    "20", "notice_days", "contract.notice", True, N_("days"),
    ((r"months?" + _UNIT_TAIL, _times("28", "31")), (r"weeks?" + _UNIT_TAIL, _times("7", "7")), (r"days", SAME)),
)  # fmt: skip


def limited(setting: Setting, limit: Limit) -> list[Finding]:
    """A number beside each side's limit; "cannot tell" where no rule is known, or its unit is another."""
    missing = unsaid(setting, limit.check, limit.term, limit.key)
    if missing is not None:
        return [missing]
    value = setting.terms.number(limit.term)
    assert value is not None
    shown = shown_value(value, limit.unit)
    bare = Finding(limit.check, limit.term, Verdict.CANNOT_TELL, Problem(NO_FACT), contract=shown)
    found = [_held(setting, limit, value, fact, why, bare) for fact, why in rules(setting, limit.key)]
    return found or [bare]


def _held(setting: Setting, limit: Limit, value: Decimal, fact: Fact, why: Problem | None, bare: Finding) -> Finding:
    verdict, reason = (Verdict.CANNOT_TELL, why) if why else _judged(limit, value, fact)
    own = Finding(limit.check, limit.term, verdict, reason, contract=bare.contract)
    return beside(own, fact, setting.day)


def _judged(limit: Limit, value: Decimal, fact: Fact) -> tuple[Verdict, Problem]:
    bounds = limit.bounds(fact)
    if bounds is None:
        none = limit.least and value == 0 and not isinstance(fact.value, bool | str) and fact.value > 0
        return (Verdict.WORSE, Problem(TOO_LITTLE)) if none else (Verdict.CANNOT_TELL, Problem(OTHER_UNIT))
    low, high = bounds
    if value >= high if limit.least else value <= low:
        return Verdict.OK, Problem(WITHIN)
    if value < low if limit.least else value > high:
        return Verdict.WORSE, Problem(TOO_LITTLE if limit.least else TOO_MUCH)
    return Verdict.CANNOT_TELL, Problem(CLOSE)


def hours(setting: Setting) -> list[Finding]:
    """Check 8: hours of a day or of a week (one of the two is enough), overtime, and the rest the hours leave."""
    both = [limit for limit in (HOURS_DAY, HOURS_WEEK) if not setting.terms.is_absent(limit.term)]
    if not both or setting.terms.is_silent("hours"):
        gone = unsaid(setting, "8", "hours", HOURS_DAY.key, HOURS_WEEK.key)
        first = [gone] if gone else []
    else:
        first = [one for limit in both for one in limited(setting, limit)]
    rested = _sleep(setting)
    if rested:
        first = [one for one in first if one.term != HOURS_DAY.term or one.fact is not None]
    return [*first, *rested, *limited(setting, OVERTIME)]


def _sleep(setting: Setting) -> list[Finding]:
    """Hours that leave too little rest, where a side limits the rest and not the hours."""
    value = setting.terms.number(HOURS_DAY.term)
    if value is None:
        return []
    capped = {fact.side for fact, why in rules(setting, HOURS_DAY.key) if why is None}
    found = []
    for fact, why in rules(setting, "hours.daily_rest"):
        rest = None if isinstance(fact.value, bool | str) else fact.value
        if why is None and rest is not None and fact.side not in capped:
            short = 24 - value < rest
            verdict, said = (Verdict.WORSE, LITTLE_SLEEP) if short else (Verdict.OK, WITHIN)
            own = Finding("8", HOURS_DAY.term, verdict, Problem(said), contract=shown_value(value, HOURS_DAY.unit))
            found.append(beside(own, fact, setting.day))
    return found


def rest(setting: Setting) -> list[Finding]:
    """Check 9: red when there is none, when it is "by agreement", or when it may be worked."""
    terms = setting.terms
    days = terms.said(REST.term)
    if days == BY_AGREEMENT:
        return clause(setting, "9", REST.term, _not_fixed, REST.key)
    if terms.yes("rest.may_be_worked"):
        return clause(setting, "9", "rest.may_be_worked", _may_be_worked, REST.key)
    if days is None:
        gone = unsaid(setting, "9", named(setting, REST.term), REST.key, red=True, silent=NO_REST)
        return [gone] if gone else []
    if days == 0:
        return clause(setting, "9", REST.term, lambda _value: (Verdict.WORSE, NO_REST, True), REST.key)
    return [*limited(setting, REST), *clause(setting, "9", "rest.may_be_worked", _kept)]


def _not_fixed(value: Value) -> Judged:
    return Verdict.WORSE, REST_NOT_FIXED, True


def _may_be_worked(value: Value) -> Judged:
    return Verdict.WORSE, REST_WORKED, True


def _kept(value: Value) -> Judged:
    return Verdict.OK, REST_KEPT, False


def duration(setting: Setting) -> list[Finding]:
    """Check 5: the length. Some rules cap it, some set a standard, some only fill a gap."""
    term, key = "duration_months", "contract.duration"
    missing = unsaid(setting, "5", term, key)
    if missing is not None:
        return [missing]
    value = setting.terms.number(term)
    shown = shown_value(value, N_("months"))
    found = []
    for fact, why in rules(setting, key):
        verdict, reason = (Verdict.CANNOT_TELL, why) if why else _length(value, fact)
        found.append(beside(Finding("5", term, verdict, reason, contract=shown), fact, setting.day))
    return found or [Finding("5", term, Verdict.OK, Problem(N_("The contract says it.")), contract=shown)]


def _length(value: Decimal | None, fact: Fact) -> tuple[Verdict, Problem]:
    if value is None or isinstance(fact.value, bool | str):
        return Verdict.CANNOT_TELL, Problem(OTHER_UNIT)
    if "if the contract sets none" in fact.unit:
        return Verdict.OK, Problem(N_("The contract says it."))
    if "at most" in fact.unit or "maximum" in fact.unit:
        return (Verdict.WORSE, Problem(TOO_MUCH)) if value > fact.value else (Verdict.OK, Problem(WITHIN))
    if not fact.unit.startswith("months"):
        return Verdict.CANNOT_TELL, Problem(OTHER_UNIT)
    return (Verdict.OK, Problem(AS_STANDARD)) if value == fact.value else (Verdict.UNCLEAR, Problem(STANDARD))
