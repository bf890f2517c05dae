"""The claims and time limits of a client's or a case's record as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mrc_app.casework import (
    claim_costs,
    claim_instalments,
    claim_rules,
    claim_sheet,
    claims,
    deadlines,
    duplicates,
    grievances,
)
from mrc_app.casework.deadline_rules import is_stale
from mrc_app.casework.deadline_words import written
from mrc_app.casework.deadlines import Deadline
from mrc_app.casework.grievance_cases import Hearing
from mrc_app.store.officers import officers
from mrc_app.store.roles import May, needs

# -- Rules

_BARE = dict.fromkeys(range(0x2066, 0x206A))


def plain_deadline(
    deadline: Deadline, today: date, hearings: tuple[date, ...], names: dict[str, str]
) -> dict[str, Any]:
    """A time limit as JSON can hold it: the day, how it stands, what is missing, who stands behind its rule."""
    found = deadlines.standing(deadline, today)
    told = deadlines.sentences(deadline, today, hearings, names)
    days = ("started_on", "other_on", "read_on", "checked_on", "done_on", "dropped_on")
    return {
        "uuid": deadline.uuid,
        "grievance": deadline.grievance,
        "purpose": deadline.purpose.value,
        "what": deadline.what or None,
        "event": deadline.event.value,
        "length": None if deadline.unit is None else f"{deadline.number} {deadline.unit.value}",
        "or_earlier": deadline.other.value if deadline.other else None,
        "due": found.due.isoformat() if found.due else None,
        "state": found.state.value,
        "days_left": found.days_left,
        "at_latest": found.at_latest,
        "asks": [ask.value for ask in found.asks],
        "hearings_after": [day.isoformat() for day in hearings if found.due and day > found.due],
        "side": deadline.side.value,
        **{name: getattr(deadline, name) or None for name in ("forum", "source", "source_url", "legal_basis", "note")},
        **{name: day.isoformat() if (day := getattr(deadline, name)) else None for name in days},
        "checked_by": names.get(deadline.checked_by, deadline.checked_by) or None,
        "typed_by": names.get(deadline.typed_by, deadline.typed_by) or None,
        "stale": is_stale(deadline.checked_on, deadline.read_on, today),
        "said": [written(one, "en").translate(_BARE) for one in told],
    }


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, today: date) -> dict[str, Any]:
    """A client's claims with their sums by currency, what her cases cost, instalments, and her time limits."""
    found = claims.of_client(session, client)
    cases = tuple(case.uuid for case in grievances.of_client(session, client))
    mine = duplicates.members(session, client)
    parts = [part for case in cases for part in claim_instalments.of_grievance(session, case)]
    return {
        "claims": [claim_sheet.plain_line(line) for line in found],
        "claim_totals": _totals(found),
        "instalments": [claim_sheet.plain_part(part, today) for part in parts if part.instalment.client in mine],
        "case_costs": [claim_sheet.plain_cost(cost) for cost in claim_costs.of_client(session, client)],
        "deadlines": _told(session, deadlines.of_client(session, client, cases), today, cases),
    }


@needs(May.SEE_NAMES)
def of_case(session: Session, grievance: str, today: date) -> dict[str, Any]:
    """The money of a case person by person, its sums, instalments, costs and time limits."""
    sheet = claim_sheet.of_grievance(session, grievance)
    return {
        "claims": [
            {"client": person.client.number, **claim_sheet.plain_line(line)}
            for person in sheet.persons
            for line in person.lines
        ],
        "claim_persons": {person.client.number: _fours(person.totals) for person in sheet.persons},
        "claim_totals": _fours(sheet.totals),
        "instalments": [claim_sheet.plain_part(part, today) for part in sheet.instalments],
        "case_costs": [claim_sheet.plain_cost(cost) for cost in sheet.costs],
        "deadlines": _told(session, deadlines.of_grievance(session, grievance), today, (grievance,)),
    }


@needs(May.SEE_NAMES)
def hearings(session: Session, cases: tuple[str, ...], today: date) -> dict[str, tuple[date, ...]]:
    """The days of the hearings still to come, by case."""
    chosen = select(Hearing).where(col(Hearing.grievance).in_(cases), col(Hearing.gone).is_(False))
    found: dict[str, tuple[date, ...]] = {}
    for one in session.exec(chosen.order_by(col(Hearing.on))):
        if one.on >= today:
            found[one.grievance] = (*found.get(one.grievance, ()), one.on)
    return found


def _told(session: Session, found: list[Deadline], today: date, cases: tuple[str, ...]) -> list[dict[str, Any]]:
    names = {one.uuid: one.name for one in officers(session)}
    coming = hearings(session, cases, today)
    every = tuple(sorted(day for days in coming.values() for day in days))
    return [
        plain_deadline(one, today, coming.get(one.grievance, ()) if one.grievance else every, names) for one in found
    ]


def _fours(totals: Any) -> list[dict[str, Any]]:
    return [claim_sheet.plain_four(four) for four in totals.values()]


def _totals(found: list[claims.Line]) -> list[dict[str, Any]]:
    return _fours(claim_rules.together(line.four for line in found))
