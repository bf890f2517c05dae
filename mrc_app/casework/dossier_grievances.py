"""A case as kept, as plain data: of one client (her part in it), or whole by its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session

from mrc_app.casework import (
    clients,
    duplicates,
    grievance_cases,
    grievance_checklists,
    grievance_events,
    grievance_injuries,
    grievance_screening,
    grievances,
)
from mrc_app.casework.grievances import Grievance
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

Plain = Callable[[Record], dict[str, Any]]

# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, today: date, plain: Plain) -> list[dict[str, Any]]:
    """A client's cases, with her own place in each; who else complains is only counted."""
    mine = set(duplicates.members(session, client))
    told = []
    for case in grievances.of_client(session, client):
        people = grievances.complainants(session, case.uuid)
        hurt = grievance_injuries.injuries(session, case.uuid)
        part = {
            "complainants": len(people),
            "hers": [plain(one) for one, person in people if person.uuid in mine],
            "injuries": [plain(one) for one in hurt if one.client in mine],
            "screenings": _screenings(session, case.uuid, plain, mine),
        }
        told.append(_whole(session, case, today, plain) | part)
    return told


@needs(May.SEE_NAMES)
def of_number(session: Session, number: str, today: date, plain: Plain) -> dict[str, Any]:
    """A whole case with everybody in it. Raises MrcError when there is none that this officer may see."""
    case = grievances.by_number(session, number)
    people = [
        plain(one) | {"number": person.number, "name": clients.full_name(person)}
        for one, person in grievances.complainants(session, case.uuid)
    ]
    return {
        "number": case.number,
        "grievance": _whole(session, case, today, plain),
        "complainants": people,
        "injuries": [plain(one) for one in grievance_injuries.injuries(session, case.uuid)],
        "screenings": _screenings(session, case.uuid, plain),
    }


def _whole(session: Session, case: Grievance, today: date, plain: Plain) -> dict[str, Any]:
    """What belongs to the whole case."""
    events = grievance_events.of_case(session, case.uuid)
    return plain(case) | {
        "title": grievances.shown_title(case),
        "state": grievance_events.current(events).value,
        "age_days": grievance_events.age(case.lodged_on, events, today),
        "restricted": grievances.named_officers(session, case.uuid) is not None,
        "respondents": [plain(one) for one in grievances.respondents(session, case.uuid)],
        "events": [plain(one) for one in events],
        "evidence": [plain(one) for one in grievance_cases.evidence(session, case.uuid)],
        "hearings": [plain(one) for one in grievance_cases.hearings(session, case.uuid)],
        "remedies": [plain(one) for one in grievance_cases.remedies(session, case.uuid)],
        "checklists": [plain(one) for one in grievance_checklists.marks(session, case.uuid)],
    }


def _screenings(session: Session, case: str, plain: Plain, only: set[str] | None = None) -> list[dict[str, Any]]:
    return [
        plain(sheet.screening)
        | {"ticked": sheet.ticked, "of": sheet.of, "answers": [plain(one) for one in sheet.answers]}
        | {"sentence": grievance_screening.NO_FINDING}
        for sheet in grievance_screening.of_case(session, case)
        if only is None or sheet.screening.client in only
    ]
