"""Sheets that were read in: each as one batch, each row with the person it made, so that it can be taken back.

A row is known again by a digest of its own id (a form's, or all it says), so that the same file twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent
from mrc_app.casework.counselling import Contact
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
    """One row that became a client. ``records`` is how many records about her the import made."""

    codes: ClassVar[frozenset[str]] = frozenset({"key", "content"})

    client: str = Field(foreign_key="client.uuid", index=True)
    batch: str = Field(foreign_key="importbatch.uuid", index=True)
    key: str = Field(index=True)
    content: str
    row: int
    records: int


@dataclass(frozen=True)
class TakenBack:
    """What an undo did: people hidden, and people who stay because somebody worked with them since."""

    gone: int
    kept: int


# -- Rules

UNDONE = N_("This import was taken back already.")


def untouched(rows: list[ImportedRow], journalled: dict[str, int]) -> list[ImportedRow]:
    """The rows whose people nobody changed since: the journal holds of them only what the import wrote."""
    return [row for row in rows if journalled.get(row.client, 0) <= row.records]


# -- Actions


@needs(May.REGISTER)
def undo(session: Session, batch: ImportBatch, *, on: date, by: str) -> TakenBack:
    """Takes an import back: hides every person it made whom nobody changed since. The others stay."""
    if batch.undone_on is not None:
        raise MrcError(UNDONE)
    rows = of_batch(session, batch)
    back = untouched(rows, _journalled(session, batch.uuid))
    for row in back:
        chosen: tuple[type[Record], ...] = (Client, Consent, Contact)
        for kind in chosen:
            column = kind.uuid if kind is Client else kind.client  # type: ignore[attr-defined]
            for record in session.exec(select(kind).where(column == row.client)):
                record.gone = True
                session.add(record)
        row.gone = True
        session.add(row)
    batch.undone_on, batch.undone_by, batch.kept = on, by, len(rows) - len(back)
    session.add(batch)
    session.flush()
    return TakenBack(len(back), batch.kept)


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


def _journalled(session: Session, batch: str) -> dict[str, int]:
    """How many journal rows there are about each person of an import."""
    sql = (
        "SELECT subject, count(*) FROM main.journal WHERE subject IN "
        "(SELECT client FROM main.importedrow WHERE batch = ?) GROUP BY subject"
    )
    return {row[0]: row[1] for row in session.connection().exec_driver_sql(sql, (batch,))}
