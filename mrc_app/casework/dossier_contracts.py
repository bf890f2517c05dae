"""The contracts of a client's record as plain data: versions, stamps, checks point by point, approval files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from mrc_app.casework import contract_files, contract_verdicts, contracts, journeys
from mrc_app.casework.contract_points import document_of
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Rules

Plain = Callable[[Record], dict[str, Any]]
DOCUMENTS = ("terms", "clauses", "used", "findings", "answers")
"""Columns that hold a document, told as documents."""


def opened(told: dict[str, Any]) -> dict[str, Any]:
    """A record's plain data with its documents opened."""
    return told | {name: document_of(told[name]) for name in DOCUMENTS if name in told}


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, plain: Plain) -> list[dict[str, Any]]:
    """Her contracts version by version, in the order of the journey, each with its stamps and its checks."""
    found = []
    for contract in contracts.of_client(session, client):
        checks = [
            opened(plain(check)) | {"suggested_now": contract_verdicts.suggestion(check).value}
            for check in contract_verdicts.of_contract(session, contract)
        ]
        stamps = [plain(stamp) for stamp in contracts.stamps(session, contract)]
        found.append(opened(plain(contract)) | {"stamps": stamps, "checks": checks})
    return found


@needs(May.SEE_NAMES)
def files_of(session: Session, client: str) -> list[dict[str, Any]]:
    """The approval files of her journeys: how many papers were seen of how many, and which are lacking."""
    return [
        {
            "journey": journey.uuid,
            "checklist": file.checklist.id,
            "basis": file.checklist.basis.value,
            "seen": file.seen,
            "needed": file.needed,
            "missing": [paper.id for paper in file.lacking],
            "items": [_line(line) for line in file.lines],
        }
        for journey in journeys.of_client(session, client)
        for file in contract_files.of_journey(session, journey)
    ]


def _line(line: contract_files.Line) -> dict[str, Any]:
    kept = line.kept
    told = {"item": line.paper.id, "name": line.paper.name, "state": line.state.value}
    return told | ({"on": kept.on.isoformat(), "note": kept.note} if kept else {})
