"""What a record tells of the return: cover, assessments, the plan with what is not promised, and the diary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import Session

from mrc_app.calendars.days import Calendar, iso_like
from mrc_app.casework import (
    assessments,
    covers,
    follow_ups,
    instruments,
    reintegration,
    reintegration_kept,
    returns,
    skills,
)
from mrc_app.casework.instrument_words import Kind
from mrc_app.casework.reintegration import Plan
from mrc_app.casework.reintegration_words import Promise
from mrc_app.errors import Invalid
from mrc_app.money import Money
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Rules

Plain = Callable[[Record], dict[str, Any]]

# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, today: date, plain: Plain) -> dict[str, Any]:
    """Returns, covers, skills, assessments, plan and follow-ups of one client, as plain data."""
    plans = [_plan(session, one, today, plain) for one in reintegration_kept.of_client(session, client)]
    return {
        "returns": [plain(one) for one in returns.of_client(session, client)],
        "covers": [plain(one) | {"months": covers.months(one)} for one in covers.of_client(session, client)],
        "skills": [plain(one) for one in skills.of_client(session, client)],
        "trainings": [plain(one) for one in skills.trainings(session, client)],
        "recognitions": [plain(one) for one in skills.recognitions(session, client)],
        "enterprises": [plain(one) for one in follow_ups.enterprises(session, client)],
        "assessments": [_assessment(session, one, plain) for one in assessments.of_client(session, client)],
        "change": _change(session, client),
        "plan": plans[0] if plans else None,
        "earlier_plans": plans[1:],
        "follow_ups": [_follow_up(session, one, today, plain) for one in follow_ups.of_client(session, client)],
    }


def _assessment(session: Session, one: assessments.Assessment, plain: Plain) -> dict[str, Any]:
    kept = plain(one)
    told = {name: instruments.shown(value) for name, value in assessments.kept_scores(one).items()}
    answers = assessments.kept_answers(one)
    given = {
        dimension: {question: None if value is None else str(value) for question, value in sheet.items()}
        for dimension, sheet in answers.items()
    }
    try:
        asked = assessments.instrument_of(session, one.instrument, one.version)
    except Invalid:
        return kept | {"answers": given, "scores": told}
    result = instruments.score(asked, answers)
    low = [question.id for _dimension, question, _value in instruments.needs(asked, answers)]
    said = {"label": asked.label, "answered": result.answered, "of": result.of, "needs": low}
    if asked.kind is Kind.CHECKLIST:
        counts = {name: asdict(one) for name, one in instruments.counted(asked, answers).items()}
        return kept | {"answers": given, "counts": counts, "label": asked.label}
    return kept | {"answers": given, "scores": told} | said


def _change(session: Session, client: str) -> list[dict[str, Any]]:
    sheets = assessments.of_client(session, client)
    found = []
    for name in dict.fromkeys(one.instrument for one in sheets):
        pair = assessments.first_and_last(sheets, name)
        for one in assessments.paired([pair]) if pair else []:
            found.append(
                {
                    "instrument": name,
                    "dimension": one.dimension,
                    "before": instruments.shown(one.before),
                    "after": instruments.shown(one.after),
                }
            )
    return found


def _plan(session: Session, plan: Plan, today: date, plain: Plain) -> dict[str, Any]:
    lines = reintegration_kept.lines(session, plan)
    own = {line.uuid for line in lines}
    parts = [one for one in reintegration_kept.instalments(session, plan.client) if one.line in own]
    apart = reintegration.apart(lines)
    return plain(plan) | {
        "days_to_plan": reintegration.days_to_plan(plan),
        "within_30_days": reintegration.in_time(plan),
        "lines": [plain(line) for line in lines],
        "agreed_lines": [line.uuid for line in apart[Promise.AGREED]],
        "not_promised": [line.action or line.need for line in apart[Promise.NOT_PROMISED]],
        "instalments": [
            plain(one) | {"amount": str(Money(one.minor, one.currency)), "late": reintegration.late(one, today)}
            for one in parts
        ],
        "totals": {
            name: {"agreed": str(one.agreed), "paid": str(one.paid), "open": str(one.open)}
            for name, one in reintegration.totals(parts).items()
        },
    }


def _follow_up(session: Session, one: follow_ups.FollowUp, today: date, plain: Plain) -> dict[str, Any]:
    return plain(one) | {
        "standing": follow_ups.standing(one, today).value,
        "planned_on_ethiopian": iso_like(one.planned_on, Calendar.ETHIOPIAN),
        "attempts": [plain(tried) for tried in follow_ups.attempts(session, one)],
    }
