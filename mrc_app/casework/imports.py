"""Sheets that were read in: each as one batch, each row with what it made, so that it can be taken back.

A row is known again by a digest of its own id (a form's, or all it says), so that the same file twice changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent
from mrc_app.casework.counselling import Contact
from mrc_app.casework.events import Event
from mrc_app.casework.grievances import Complainant, Grievance, GrievanceEvent, Respondent
from mrc_app.casework.journeys import Journey, JourneyStep
from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Words: none

# -- Record


class ImportBatch(Record, table=True):
    """One sheet read in. ``mapping`` is kept for the next sheet with the same ``header`` (a digest)."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"undone": ("undone_on", "undone_by", "kept")}

    file: str
    sha256: str
    header: str = Field(index=True)
    mapping: str = ""
    on: date
    by: str
    rows: int = 0
    ok: int = 0
    same: int = 0
    rejected: int = 0
    warnings: int = 0
    undone_on: date | None = None
    undone_by: str | None = None
    kept: int = 0


class ImportedRow(Record, table=True):
    """One row about one client. ``new``: the row made her; otherwise it belongs to somebody who was here.

    ``person`` is the digest of the number she has in that book; ``records`` how many records about her the row made;
    ``wrote`` is JSON: kind and uuid of what it made and what is not found by a client it made herself.
    """

    codes: ClassVar[frozenset[str]] = frozenset({"key", "content", "person", "wrote", "sheet"})

    client: str = Field(foreign_key="client.uuid", index=True)
    batch: str = Field(foreign_key="importbatch.uuid", index=True)
    key: str = Field(index=True)
    content: str
    sheet: str = ""
    row: int
    new: bool = True
    person: str = Field(default="", index=True)
    records: int
    wrote: str = "[]"


class ImportedEvent(Record, table=True):
    """One row that became an event; who came to it has no name."""

    subject: ClassVar[str | None] = None

    event: str = Field(foreign_key="event.uuid", index=True)
    batch: str = Field(foreign_key="importbatch.uuid", index=True)
    key: str = Field(index=True)
    content: str
    row: int


@dataclass(frozen=True)
class TakenBack:
    """What an undo did: rows taken back, and rows that stay because somebody worked with them since."""

    gone: int
    kept: int


# -- Rules

UNDONE = N_("This import was taken back already.")
HERS: tuple[type[Record], ...] = (Client, Consent, Contact, Journey, JourneyStep, Complainant)
"""What an import makes about a client."""
OF_A_CASE: tuple[type[Record], ...] = (Grievance, Respondent, GrievanceEvent)
MADE = {kind.__tablename__: kind for kind in (*HERS, *OF_A_CASE)}
AT_ONCE = 400
"""Records looked for in one question, and rows taken back between two looks at whether to stop."""
Step = Callable[[int, int], object]


def unheard(_done: int, _all: int) -> None:
    """Nobody waits for it."""


def wrote(row: ImportedRow) -> list[tuple[str, str]]:
    """Kind and uuid of what a row made beside a new client."""
    return [(kind, uuid) for kind, uuid in json.loads(row.wrote)]


def untouched(rows: Sequence[ImportedRow], about: Mapping[str, int], told: Mapping[str, int]) -> list[ImportedRow]:
    """The rows nobody worked with since. ``about``: journal rows by client or case; ``told``: by record.

    Where somebody worked with a client the import made, or with one of her cases, every row about her stays.
    """
    made = {row.client for row in rows if row.new}
    expected = Counter[str]()
    for row in rows:
        expected[row.client] += row.records
    worked = {client for client in made if about.get(client, 0) > expected[client]}
    for row in rows:
        parts = wrote(row)
        ours = sum(kind in {one.__tablename__ for one in OF_A_CASE} for kind, _uuid in parts)
        cases = [uuid for kind, uuid in parts if kind == Grievance.__tablename__]
        changed = any(told.get(uuid, 0) > 1 for _kind, uuid in parts)
        if changed or any(about.get(case, 0) > ours for case in cases):
            worked.add(row.client)
    return [row for row in rows if row.client not in worked]


# -- Actions


@needs(May.REGISTER)
def undo(session: Session, batch: ImportBatch, *, on: date, by: str, step: Step = unheard) -> TakenBack:
    """Takes an import back: hides what it made and nobody changed since. What was worked with stays. ``step`` hears how
    far it is (rows done, rows in all) and stops it by raising: then nothing is taken back."""
    if batch.undone_on is not None:
        raise MrcError(UNDONE)
    rows, events = of_batch(session, batch), events_of_batch(session, batch)
    back = untouched(rows, _journalled(session, rows, "subject"), _journalled(session, rows, "record"))
    for at in range(0, len(back), AT_ONCE):
        step(at, len(rows) + len(events))
        _hide_rows(session, back[at : at + AT_ONCE])
    changed = _journalled_events(session, batch)
    unchanged = [one for one in events if changed.get(one.event, 0) <= 1]
    step(len(rows), len(rows) + len(events))
    _gone(session, Event, [one.event for one in unchanged])
    _put_away(session, unchanged)
    kept = len(rows) + len(events) - len(back) - len(unchanged)
    batch.undone_on, batch.undone_by, batch.kept = on, by, kept
    session.add(batch)
    session.flush()
    return TakenBack(len(back) + len(unchanged), kept)


def _hide_rows(session: Session, rows: Sequence[ImportedRow]) -> None:
    _hide(session, HERS, [row.client for row in rows if row.new])
    parts = [part for row in rows for part in wrote(row)]
    for name, kind in MADE.items():
        _gone(session, kind, [uuid for made, uuid in parts if made == name])
    _put_away(session, rows)


def _hide(session: Session, kinds: Sequence[type[Record]], clients: Sequence[str]) -> None:
    for kind in kinds:
        column: Any = kind.uuid if kind is Client else kind.client  # type: ignore[attr-defined]
        _put_away(session, session.exec(select(kind).where(col(column).in_(clients))))


def _gone(session: Session, kind: type[Record], uuids: Sequence[str]) -> None:
    for some in _some(uuids):
        _put_away(session, session.exec(select(kind).where(col(kind.uuid).in_(some))))


def _put_away(session: Session, records: Iterable[Record]) -> None:
    for record in list(records):
        record.gone = True
        session.add(record)
    session.flush()


def _some(uuids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uuids), AT_ONCE):
        yield uuids[start : start + AT_ONCE]


# -- Questions


@needs(May.SEE_NAMES)
def batches(session: Session, limit: int = 50) -> list[ImportBatch]:
    """The sheets that were read in, the latest first."""
    chosen = select(ImportBatch).where(col(ImportBatch.gone).is_(False))
    return list(session.exec(chosen.order_by(col(ImportBatch.id).desc()).limit(limit)))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> ImportBatch:
    """One import. Raises MrcError when there is none."""
    found = session.exec(select(ImportBatch).where(ImportBatch.uuid == uuid)).first()
    if found is None:
        raise MrcError(N_("This import is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def of_batch(session: Session, batch: ImportBatch) -> list[ImportedRow]:
    """The rows of an import that stand, in their order."""
    chosen = select(ImportedRow).where(ImportedRow.batch == batch.uuid, col(ImportedRow.gone).is_(False))
    return list(session.exec(chosen.order_by(col(ImportedRow.row))))


@needs(May.SEE_NAMES)
def mapping_for(session: Session, header: str) -> str:
    """The mapping last used for a header; empty when it was never seen."""
    chosen = select(ImportBatch).where(ImportBatch.header == header, ImportBatch.mapping != "")
    found = session.exec(chosen.order_by(col(ImportBatch.id).desc())).first()
    return found.mapping if found else ""


@needs(May.SEE_NAMES)
def events_of_batch(session: Session, batch: ImportBatch) -> list[ImportedEvent]:
    """The events of an import that stand, in the order of their rows."""
    chosen = select(ImportedEvent).where(ImportedEvent.batch == batch.uuid, col(ImportedEvent.gone).is_(False))
    return list(session.exec(chosen.order_by(col(ImportedEvent.row))))


def _journalled(session: Session, rows: Sequence[ImportedRow], by: str) -> dict[str, int]:
    """How many journal rows there are by what an import made: about each client and case, or of each record."""
    parts = [part for row in rows for part in wrote(row)]
    if by == "record":
        wanted = [uuid for _kind, uuid in parts]
    else:
        cases = [uuid for kind, uuid in parts if kind == Grievance.__tablename__]
        wanted = list(dict.fromkeys([*(row.client for row in rows if row.new), *cases]))
    found: dict[str, int] = {}
    for some in _some(wanted):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {by}, count(*) FROM main.journal WHERE {by} IN ({marks}) GROUP BY {by}"  # noqa: S608 - two names
        found |= {row[0]: row[1] for row in session.connection().exec_driver_sql(sql, tuple(some))}
    return found


def _journalled_events(session: Session, batch: ImportBatch) -> dict[str, int]:
    sql = (
        "SELECT record, count(*) FROM main.journal WHERE record IN "
        "(SELECT event FROM main.importedevent WHERE batch = ?) GROUP BY record"
    )
    return {row[0]: row[1] for row in session.connection().exec_driver_sql(sql, (batch.uuid,))}
