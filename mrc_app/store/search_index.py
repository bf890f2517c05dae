"""What people search for, folded, beside the records: kept in step in the same transaction, never journalled."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from mrc_app.store.folding import fold
from mrc_app.store.records import Record


def write(raw: Connection, things: Iterable[Record]) -> None:
    """Brings the search table in step with these records; a record marked gone leaves it."""
    for thing in things:
        said = getattr(thing, "search_text", None)
        if said is None:
            continue
        if thing.gone:
            raw.execute("DELETE FROM sought WHERE record = ?", (thing.uuid,))
            continue
        shown = str(thing.shown_as() if hasattr(thing, "shown_as") else thing)
        row = (thing.uuid, thing.__tablename__, str(getattr(thing, "number", "") or ""), shown, fold(shown), fold(said()))
        raw.execute(
            "INSERT INTO sought(record, kind, number, shown, sort, text) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(record) "
            "DO UPDATE SET number = excluded.number, shown = excluded.shown, sort = excluded.sort, text = excluded.text",
            row,
        )
