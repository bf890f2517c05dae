"""A contract checked against what is known of a corridor: the twenty-eight points. Pure.

The suggestion never comes without its reasons, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mrc_app.casework import contract_clauses as clauses
from mrc_app.casework import contract_deductions as deducted
from mrc_app.casework import contract_floors as floors
from mrc_app.casework import contract_limits as limits
from mrc_app.casework.contract_differences import Difference, differences
from mrc_app.casework.contract_findings import Check, Finding, Shown, Suggestion, Verdict
from mrc_app.casework.contract_overlays import questions
from mrc_app.casework.contract_setting import Setting
from mrc_app.casework.contract_sides import shown_value
from mrc_app.casework.contract_terms import Terms
from mrc_app.casework.journey_words import Sector
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import NOT_PRIVATE
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

# -- Words

NO_VERSION = N_("There is no earlier version to hold it against.")
SAME = N_("Nothing is worse than in the version before.")
OTHER_WAGE = N_("The wage is below the version before: {before} then, {after} now.")
SUBSTITUTED = N_("Terms changed against the version before. Ongoing changes can be a sign of contract substitution.")
CHANGED = N_("Some terms are another than in the version before: ask why.")
ANSWERED_RED = N_("At least one point is red.")
TO_MEND = N_("At least one point is missing, worse than a rule, or unclear.")
UNKNOWN_RULE = N_("For at least one point the rule cannot be told.")
ALL_GOOD = N_("No point is red, missing or unclear.")
SECTORS = (*Sector, *NOT_PRIVATE, "private")
_GRAVEST = ("wage.amount", "food.allowance", "food.provided", "isco", "employer", "workplace")

# -- Rules


def substitution(setting: Setting) -> list[Finding]:
    """Check 25: one finding, about the gravest change; every change stands in the differences."""
    if setting.against is None:
        return [Finding("25", "stage", Verdict.CANNOT_TELL, Problem(NO_VERSION))]
    found = differences(setting.against, setting.terms)
    worse = sorted((one for one in found if one.worse), key=_gravity)
    one = next(iter([*worse, *(change for change in found if change.worse is None)]), None)
    if one is None:
        return [Finding("25", "stage", Verdict.OK, Problem(SAME))]
    before, after = _shown(setting.against, one, one.before), _shown(setting.terms, one, one.after)
    verdict, reason = (Verdict.WORSE, SUBSTITUTED) if worse else (Verdict.UNCLEAR, CHANGED)
    said = Problem(OTHER_WAGE, {"before": before, "after": after}) if one.loss and one.term == "wage.amount" else None
    return [Finding("25", one.term, verdict, said or Problem(reason), red=bool(worse), contract=after, rule=before)]


def _gravity(one: Difference) -> int:
    return _GRAVEST.index(one.term) if one.term in _GRAVEST else len(_GRAVEST)


def _shown(terms: Terms, one: Difference, value: object) -> Shown:
    if one.term == "wage.amount":
        return floors.shown_wage(terms) or Shown()
    return shown_value(value) or Shown()  # type: ignore[arg-type]


CHECKS: dict[str, tuple[Callable[[Setting], list[Finding]], ...]] = {
    "1": (clauses.parties,),
    "2": (clauses.agency,),
    "3": (clauses.job,),
    "4": (clauses.workplace,),
    "5": (limits.duration,),
    "6": (floors.wage,),
    "7": (clauses.payment,),
    "8": (limits.hours,),
    "9": (limits.rest,),
    "10": (lambda setting: limits.limited(setting, limits.LEAVE),),
    "11": (deducted.deductions,),
    "12": (deducted.food,),
    "13": (clauses.room,),
    "14": (clauses.passport,),
    "15": (clauses.insurance,),
    "16": (clauses.health,),
    "17": (clauses.equipment,),
    "18": (clauses.movement,),
    "19": (lambda setting: limits.limited(setting, limits.PROBATION),),
    "20": (lambda setting: limits.limited(setting, limits.NOTICE), clauses.penalty),
    "21": (clauses.repatriation,),
    "22": (clauses.disputes,),
    "23": (clauses.language,),
    "24": (clauses.signature,),
    "25": (substitution,),
    "26": (clauses.social_security,),
    "27": (clauses.freedoms,),
    "28": (clauses.fees,),
}
"""The points, each with what looks at it."""


def check(
    terms: Terms,
    *,
    corridor: Corridor,
    today: date,
    signed: date | None = None,
    sector: str | None = None,
    worked: date | None = None,
    against: Terms | None = None,
) -> Check:
    """Every point, in order. ``signed`` and ``worked`` choose the minimum wage that counts.

    Raises Invalid for a sector that does not exist.
    """
    check_sector(sector)
    work = corridor.usual_sector(sector)
    setting = Setting(terms, corridor, today, work, signed, worked, against)
    findings = tuple(finding for points in CHECKS.values() for point in points for finding in point(setting))
    suggested, reasons = suggestion(findings)
    changed = differences(against, terms) if against is not None else ()
    return Check(findings, changed, suggested, reasons, questions(terms, work))


def check_sector(sector: str | None) -> None:
    """Raises Invalid for a sector that does not exist."""
    if sector and sector not in SECTORS:
        raise Invalid(sector=Problem(N_("There is no sector “{sector}”."), {"sector": sector[:40]}))


def suggestion(findings: Sequence[Finding]) -> tuple[Suggestion, tuple[Problem, ...]]:
    """What the findings suggest, with the reasons: of every red point, else of every point to mend."""
    red = [finding.reason for finding in findings if finding.red]
    unknown = [Problem(UNKNOWN_RULE)] if any(one.verdict is Verdict.CANNOT_TELL for one in findings) else []
    if red:
        return Suggestion.DO_NOT_SIGN, (Problem(ANSWERED_RED), *{said.message: said for said in red}.values(), *unknown)
    mend = [one for one in findings if one.verdict in (Verdict.MISSING, Verdict.WORSE, Verdict.UNCLEAR)]
    if mend:
        return Suggestion.CORRECT, (Problem(TO_MEND), *unknown)
    return Suggestion.PASS, (Problem(ALL_GOOD), *unknown)
