"""What people search for, folded, beside the records: kept in step in the same transaction, never journalled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from mrc_app.store import same_person
from mrc_app.store.folding import fold
from mrc_app.store.kinds import kinds

MANY = 2000


def write(raw: Connection, things: Iterable[Any]) -> None:
    """Brings the search table in step with these records; a record marked gone leaves it."""
    found = list(things)
    if any(getattr(thing, "same_person", None) for thing in found):
        same_person.join(raw)
    for thing in found:
        said = getattr(thing, "search_text", None)
        if said is None:
            continue
        if thing.gone:
            same_person.drop_keys(raw, thing.uuid)
            raw.execute("DELETE FROM sought WHERE record = ?", (thing.uuid,))
            continue
        shown = str(thing.shown_as() if hasattr(thing, "shown_as") else thing)
        row = (
            thing.uuid,
            thing.__tablename__,
            str(getattr(thing, "number", "") or ""),
            shown,
            fold(shown),
            fold(said()),
        )
        raw.execute(
            "INSERT INTO sought(record, kind, number, shown, sort, text) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT(record) DO UPDATE SET "
            "number = excluded.number, shown = excluded.shown, sort = excluded.sort, text = excluded.text",
            row,
        )
        same_person.put_keys(raw, thing)


def renew(raw: Connection, records: Iterable[str]) -> None:
    """Brings the search table in step with records that were received or rebuilt, by uuid."""
    wanted = set(records)
    same_person.join(raw)
    for kind in kinds().values():
        if not wanted or not hasattr(kind.record, "search_text"):
            continue
        cursor = raw.execute(f'SELECT * FROM "{kind.name}"') if len(wanted) > MANY else None
        found = cursor or raw.execute(
            f'SELECT * FROM "{kind.name}" WHERE uuid IN (SELECT value FROM json_each(?))',
            (json.dumps(sorted(wanted)),),
        )
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            said = dict(zip(names, row, strict=True))
            if said["uuid"] in wanted:
                write(raw, [kind.standing_for(said)])
