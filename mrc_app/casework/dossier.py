"""One client's record as kept, as plain data: what ``mrc case`` prints and her own copy is made from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from mrc_app.casework import (
    agenda,
    clients,
    consents,
    cost_answer,
    costs,
    counselling,
    dossier_claims,
    dossier_contracts,
    dossier_grievances,
    dossier_referrals,
    dossier_reintegration,
    households,
    journeys,
)
from mrc_app.errors import MrcError
from mrc_app.money import Money
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Rules

LOCAL = {"id", "gone"}


def plain(record: Record) -> dict[str, Any]:
    """A record as JSON can hold it: words as their values, dates ISO, tuples as lists; nothing local."""
    return {
        key: _plain(value) for key, value in record.model_dump().items() if key not in LOCAL and value not in (None, "")
    }


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


# -- Questions


@needs(May.SEE_NAMES)
def of(session: Session, number: str, today: date) -> dict[str, Any]:
    """Everything kept about the client with a number. Raises MrcError when nobody has it."""
    client = clients.by_number(session, number)
    age = clients.age(client, today)
    return {
        "number": client.number,
        "client": plain(client)
        | {"age": None if age is None else {"low": age.low, "high": age.high, "estimated": age.estimated}},
        "consents": [plain(answer) for answer in consents.of_client(session, client.uuid)],
        "journeys": [_journey(session, journey) for journey in journeys.of_client(session, client.uuid)],
        "contacts": [plain(contact) for contact in counselling.of_client(session, client.uuid)],
        "handouts": [plain(handout) for handout in counselling.handouts(session, client.uuid)],
        "household": _household(session, client.uuid),
        "tasks": [plain(task) for task in agenda.history(session, client.uuid)],
        "contracts": dossier_contracts.of_client(session, client.uuid, plain),
        "approval_files": dossier_contracts.files_of(session, client.uuid),
        **_costs(session, client.uuid, today),
        **dossier_claims.of_client(session, client.uuid, today),
        "grievances": dossier_grievances.of_client(session, client.uuid, today, plain),
        **dossier_referrals.of_client(session, client.uuid, today, plain),
        **dossier_reintegration.of_client(session, client.uuid, today, plain),
    }


@needs(May.SEE_NAMES)
def of_number(session: Session, number: str, today: date) -> dict[str, Any]:
    """A client's record, or a whole case, by its number. Raises MrcError when there is neither for this officer."""
    try:
        return of(session, number, today)
    except MrcError as nobody:
        try:
            case = dossier_grievances.of_number(session, number, today, plain)
        except MrcError:
            raise nobody from None
        return case | dossier_claims.of_case(session, case["grievance"]["uuid"], today)


def _journey(session: Session, journey: journeys.Journey) -> dict[str, Any]:
    wage: Money | None = journeys.wage(journey)
    steps = [plain(step) for step in journeys.steps(session, journey)]
    return plain(journey) | {"corridor": journey.corridor, "wage": str(wage) if wage else None, "steps": steps}


def _household(session: Session, client: str) -> list[dict[str, Any]]:
    household = households.of_client(session, client)
    found = households.members(session, household) if household else []
    known = {member.uuid for member in found}
    return [plain(member) | {"cares_for": [uuid for uuid in member.cares_for if uuid in known]} for member in found]


def _costs(session: Session, client: str, today: date) -> dict[str, Any]:
    rows = {
        "costs": [plain(row) for row in costs.of_client(session, client)],
        "loans": [plain(row) for row in costs.loans(session, client)],
        "incomes": [plain(row) for row in costs.incomes(session, client)],
    }
    found = cost_answer.document(costs.reckoned(session, client, today)) if any(rows.values()) else None
    return {**rows, "cost_summary": found}
