"""One term beside the rules of each side: what all checks share. Pure.

A check has one finding of its own, with the rule that binds first beside it; every further side is its own finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mrc_app.casework.contract_findings import Finding, Shown, Verdict
from mrc_app.casework.contract_setting import Setting
from mrc_app.casework.contract_terms import Value
from mrc_app.corridors.facts import Fact, Payer, Side
from mrc_app.errors import Problem
from mrc_app.i18n import N_

# -- Words

NOT_LOOKED = N_("Nobody looked at this yet.")
NOTHING_SAID = N_("The contract says nothing about this.")
STATED = N_("The contract says it.")
YES, NO = N_("yes"), N_("no")
UNITS: dict[str, str] = {
    "per month": N_("per month"),
    "months": N_("months"),
    "days": N_("days"),
    "percent": N_("percent"),
    "hours per day": N_("hours per day"),
    "hours per week": N_("hours per week"),
    "days per year": N_("days per year"),
    "day per week": N_("day per week"),
    "consecutive hours per week": N_("consecutive hours per week"),
    "consecutive hours per day": N_("consecutive hours per day"),
}
"""Units that can be said in any language; others are shown as the file has them."""
PAYERS: dict[str, str] = {
    Payer.EMPLOYER: N_("the employer pays"),
    Payer.WORKER: N_("the worker pays"),
    Payer.AGENCY: N_("the agency pays"),
    Payer.SHARED: N_("employer and worker share"),
    Payer.PROHIBITED_FOR_WORKER: N_("must not be charged to the worker"),
}
RULE_YES: dict[str, str] = {"passport.retention_ban": N_("Keeping her passport is forbidden.")}
BINDING = (Side.AGREEMENT, Side.DESTINATION, Side.ORIGIN)

# -- Rules

Judged = tuple[Verdict, str, bool]
"""What a term comes to: verdict, message id of the reason, and whether that is a red condition."""
Judge = Callable[[Value], Judged]


def shown_value(value: Value | None, unit: str = "") -> Shown | None:
    """A term as the contract says it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Shown(words=YES if value else NO)
    if isinstance(value, Decimal):
        return Shown(amount=value, unit=unit)
    return Shown(text=value.isoformat() if isinstance(value, date) else str(value))


def shown_fact(fact: Fact) -> Shown:
    """A rule as its source says it."""
    if fact.unit == "payer":
        return Shown(words=PAYERS[str(fact.value)])
    if isinstance(fact.value, bool):
        return Shown(words=RULE_YES[fact.key]) if fact.value and fact.key in RULE_YES else Shown(text=fact.value_text)
    if isinstance(fact.value, str):
        return Shown(text=fact.value)
    unit = UNITS.get(fact.unit, "")
    return Shown(
        "" if unit or fact.unit == "money" else fact.unit, amount=Decimal(fact.value), currency=fact.currency, unit=unit
    )


def rules(setting: Setting, *keys: str) -> list[tuple[Fact, Problem | None]]:
    """The rule of each side: that of the first key which the side has, with why it cannot tell where it cannot."""
    found: list[tuple[Fact, Problem | None]] = []
    for side in BINDING:
        rows = next((rows for key in keys if (rows := setting.asked(key, side))), ())
        found += rows[:1]
    return found


def named(setting: Setting, key: str) -> str:
    """A part of a table by its key; the whole table where the contract is silent about it, or nobody looked at it."""
    table = key.partition(".")[0]
    parts = any(other.startswith(f"{table}.") for other in setting.terms.values)
    return key if parts else table


def unsaid(
    setting: Setting, check: str, term: str, *keys: str, red: bool = False, silent: str = NOTHING_SAID
) -> Finding | None:
    """The finding for a term the contract is silent about, or nobody looked at; None where it is said."""
    terms = setting.terms
    if not (terms.is_absent(term) or terms.is_silent(term)):
        return None
    verdict, reason = (Verdict.UNCLEAR, NOT_LOOKED) if terms.is_absent(term) else (Verdict.MISSING, silent)
    bare = Finding(check, term, verdict, Problem(reason), red=red and verdict is Verdict.MISSING)
    known = [fact for fact, why in rules(setting, *keys) if why is None]
    return beside(bare, known[0], setting.day) if known else bare


def beside(finding: Finding, fact: Fact, on: date) -> Finding:
    """The finding with a rule beside it."""
    return replace(finding, rule=shown_fact(fact), side=fact.side, fact=fact, on=on)


def clause(setting: Setting, check: str, term: str, judge: Judge, *keys: str, red_silent: str = "") -> list[Finding]:
    """One term, judged; the rule that binds first stands beside it, and each further side is a finding of its own."""
    missing = unsaid(setting, check, term, *keys, red=bool(red_silent), silent=red_silent or NOTHING_SAID)
    if missing is not None:
        return [missing]
    value = setting.terms.said(term)
    assert value is not None
    verdict, reason, red = judge(value)
    own = Finding(check, term, verdict, Problem(reason), red=red, contract=shown_value(value))
    return with_sides(setting, own, *keys)


def with_sides(setting: Setting, own: Finding, *keys: str) -> list[Finding]:
    """A finding with the rule that binds first, then the further sides; red is said once."""
    found = rules(setting, *keys)
    held = [fact for fact, why in found if why is None]
    first = beside(own, held[0], setting.day) if held else own
    rest = [replace(beside(own, fact, setting.day), red=False) for fact in held[1:]]
    doubted = [
        replace(beside(own, fact, setting.day), verdict=Verdict.CANNOT_TELL, reason=why, red=False)
        for fact, why in found
        if why is not None
    ]
    return [first, *rest, *doubted]


def stated(value: Value) -> Judged:
    """Any words will do: the contract says something, and the officer reads it."""
    return Verdict.OK, STATED, False
