"""The journey and the case that a row of a logbook may hold, judged by the same rules as at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mrc_app.casework import fields, grievance_people, grievances, journeys
from mrc_app.casework.grievance_events import NEEDS_WORDS
from mrc_app.casework.grievance_words import Against, Because, LodgedBy, Outcome, State
from mrc_app.casework.journey_words import JourneyStage
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money

JOURNEY: dict[str, fields.Check] = {
    **journeys.CHECKS,
    "stage": fields.word(JourneyStage, optional=True),
    **dict.fromkeys(("wage", "wage_currency"), fields.text),
}
CASE: dict[str, fields.Check] = {
    **grievances.TYPED,
    "state": fields.word(State, optional=True),
    "because": fields.word(Because, optional=True),
    "outcome": fields.word(Outcome, optional=True),
    "against": grievance_people.RESPONDENT["name"],
    "against_kind": fields.word(Against, optional=True),
}
TO_COME = N_("This day is still to come.")
A_DAY = N_("A day is needed here.")
NAMED_ONLY = N_("This kind of complaint is kept for named officers. Type this case in by hand.")
NO_CURRENCY = N_("A wage needs its currency.")
NOT_FIRST = N_("A book cannot say this of a case. Type it in by hand.")


def journey(said: Mapping[str, Any], *, on: date, home: str, today: date) -> dict[str, Any]:
    """The columns of a journey. Without an origin she left from the centre's country. Raises Invalid by field."""
    typed = {name: value for name, value in said.items() if name not in ("stage", "stage_on", "wage_currency")}
    wrong: dict[str, Problem] = {}
    stage_on = said.get("stage_on") or on
    if stage_on > today:
        wrong["stage_on"] = Problem(TO_COME)
    if "wage" in typed:
        try:
            typed["wage"] = _money(str(typed["wage"]), said.get("wage_currency", ""))
        except Invalid as refused:
            wrong["wage"] = next(iter(refused.problems.values()))
            del typed["wage"]
    try:
        columns = journeys.checked({"origin": home, "destination": "", **typed})
    except Invalid as refused:
        wrong |= refused.problems
    if wrong:
        raise Invalid(**wrong)
    return {**columns, "stage": said.get("stage") or JourneyStage.PLANNED, "stage_on": stage_on}


def _money(text: str, currency: str) -> Money:
    """ "1,200" with its currency beside it, or "SAR 1200"."""
    words = text.split()
    letters = [one for one in words if one.isalpha() and len(one) == 3]
    code = currency or (letters[0] if letters else "")
    if not code:
        raise Invalid(wage=NO_CURRENCY)
    return Money.of(" ".join(one for one in words if one not in letters), code.upper())


def case(said: Mapping[str, Any], *, on: date, today: date, source: str) -> dict[str, Any]:
    """A case as its records: the case itself, her part in it, whom it is against, its steps. Raises Invalid by field.

    A book does not tell the steps between: a case begins on its day and stands where the book says, from the day it
    says. What only named officers may see is never taken from a sheet.
    """
    wrong: dict[str, Problem] = {}
    lodged = said.get("lodged_on") or on
    if lodged > today:
        wrong["lodged_on"] = Problem(TO_COME)
    if grievances.must_be_restricted(said.get("categories") or ()):
        wrong["categories"] = Problem(NAMED_ONLY)
    if said.get("lodged_through", LodgedBy.HERSELF) is not LodgedBy.HERSELF and not said.get("lodger"):
        wrong["lodger"] = Problem(N_("Write who lodges the complaint."))
    steps = [{"state": State.INTAKE, "on": lodged}, *_step(said, lodged, today, source, wrong)]
    part = _part(said, lodged, today, source, wrong)
    if wrong:
        raise Invalid(**wrong)
    kept = {name: said[name] for name in grievances.TYPED if name in said and name != "lodged_on"}
    against = {"name": said.get("against"), "against": said.get("against_kind") or Against.EMPLOYER}
    return {
        "grievance": {**kept, "lodged_on": lodged},
        "complainant": {"since": lodged, **part},
        "respondent": against if said.get("against") else None,
        "events": steps,
    }


def _step(
    said: Mapping[str, Any], lodged: date, today: date, source: str, wrong: dict[str, Problem]
) -> list[dict[str, Any]]:
    state = said.get("state") or State.INTAKE
    if state is State.INTAKE:
        return []
    if state is State.REOPENED:
        wrong["state"] = Problem(NOT_FIRST)
    day_of = _day(said.get("state_on"), lodged, today)
    if isinstance(day_of, Problem):
        wrong["state_on"] = day_of
    because = said.get("because")
    if state is State.WITHDRAWN and because is None:
        wrong["because"] = Problem(N_("Choose why it was withdrawn."))
    note = source if state in NEEDS_WORDS or because is Because.OTHER else ""
    because = because if state is State.WITHDRAWN else None
    return [{"state": state, "on": day_of, "n": 1, "because": because, "note": note}]


def _part(said: Mapping[str, Any], lodged: date, today: date, source: str, wrong: dict[str, Problem]) -> dict[str, Any]:
    outcome = said.get("outcome") or Outcome.OPEN
    if outcome is Outcome.OPEN:
        return {}
    on = said.get("outcome_on") or said.get("state_on")
    because = said.get("because") if outcome is Outcome.WITHDRAWN else None
    for name, problem in grievance_people.outcome_problems(outcome, on, because, source, today).items():
        wrong["because" if name == "because" else "outcome_on"] = problem
    if on is not None and on < lodged:
        wrong["outcome_on"] = Problem(N_("This day is before the complaint."))
    return {"outcome": outcome, "outcome_on": on, "outcome_because": because, "outcome_note": source}


def _day(on: date | None, lodged: date, today: date) -> date | Problem:
    if on is None:
        return Problem(A_DAY)
    if on > today:
        return Problem(TO_COME)
    return Problem(N_("This day is before the complaint.")) if on < lodged else on
