"""What people search for, folded, beside the records: kept in step in the same transaction, never journalled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.store import guards, same_person
from mrc_app.store.folding import fold
from mrc_app.store.kinds import kinds

if TYPE_CHECKING:
    from mrc_app.store.tables import Settled

END = "  "
"""So that the last letters too begin a sequence of three."""
Line = tuple[str, str, str, str, str]
"""Kind, number, name as shown, name as sorted, every word to be found."""


def write(raw: Connection, things: Iterable[Any]) -> None:
    """Brings the search table in step with these records; a record marked gone leaves it."""
    found = list(things)
    if any(getattr(thing, "same_person", None) for thing in found):
        same_person.join(raw)
    sought = {thing.uuid: thing for thing in found if hasattr(thing, "search_text")}
    if not sought:
        return
    columns = "record, id, kind, number, shown, sort, text"
    sql = f"SELECT {columns} FROM sought WHERE record IN (SELECT value FROM json_each(?))"
    there = {row[0]: row[1:] for row in raw.execute(sql, (json.dumps(list(sought)),))}
    for uuid in [uuid for uuid, thing in sought.items() if thing.gone]:
        same_person.drop_keys(raw, uuid)
        raw.execute("DELETE FROM sought WHERE record = ?", (uuid,))
        del sought[uuid]
    _insert(raw, [thing for uuid, thing in sought.items() if uuid not in there])
    _update(raw, [(thing, there[uuid]) for uuid, thing in sought.items() if uuid in there])


def _insert(raw: Connection, things: list[Any]) -> None:
    last = raw.execute("SELECT coalesce(max(id), 0) FROM sought").fetchone()[0]
    numbered = list(enumerate(things, last + 1))
    raw.executemany(
        "INSERT INTO sought(id, record, kind, number, shown, sort, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, thing.uuid, *_line(thing)) for number, thing in numbered],
    )
    same_person.put_new_keys(raw, numbered)


def _update(raw: Connection, things: list[tuple[Any, tuple[Any, ...]]]) -> None:
    """Writes only what changed: an index is not made anew for a note."""
    for thing, (number, *was) in things:
        line = _line(thing)
        if line != tuple(was):
            raw.execute("UPDATE sought SET kind = ?, number = ?, shown = ?, sort = ? WHERE id = ?", (*line[:4], number))
        if line[4] != was[4]:
            raw.execute("UPDATE sought SET text = ? WHERE id = ?", (line[4], number))
        same_person.put_keys(raw, thing)


def _line(thing: Any) -> Line:
    shown = str(thing.shown_as() if hasattr(thing, "shown_as") else thing)
    number = str(getattr(thing, "number", "") or "")
    return thing.__tablename__, number, shown, fold(shown), fold(thing.search_text()) + END


def empty(raw: Connection) -> None:
    """Takes everything out at once, before all is written anew."""
    raw.execute("DROP TRIGGER sought_delete")
    raw.execute("DELETE FROM match_key")
    raw.execute("DELETE FROM sought")
    for name in guards.SEARCH:
        raw.execute(f"INSERT INTO {name}({name}) VALUES ('delete-all')")
    raw.execute(guards.INDEXED["sought_delete"])


def renew(raw: Connection, settled: Settled) -> None:
    """Brings the search table in step with rows that were received or rebuilt."""
    known = kinds()
    for name, rows in settled.items():
        kind = known[name]
        if hasattr(kind.record, "search_text"):
            write(raw, [kind.standing_for({"uuid": uuid, **values}) for uuid, values in rows.items()])
        elif kind.record.same_person:
            same_person.join(raw)
