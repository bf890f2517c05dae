"""Who may be, and who is, the same person: keys under which a record is found twice, and the clients linked as one.

Both tables follow from the records, in the same transaction; they are never journalled and never leave this file.
"""

from __future__ import annotations

from sqlite3 import Connection
from typing import Any

from mrc_app.store.kinds import kinds


def put_keys(raw: Connection, thing: Any) -> None:
    """Brings the keys of a record in step with it; needs its row in the search table."""
    made = getattr(thing, "match_keys", None)
    if made is None:
        return
    number = raw.execute("SELECT id FROM sought WHERE record = ?", (thing.uuid,)).fetchone()[0]
    wanted = set(made())
    there = {row[0] for row in raw.execute("SELECT key FROM match_key WHERE id = ?", (number,))}
    raw.executemany("DELETE FROM match_key WHERE key = ? AND id = ?", [(key, number) for key in there - wanted])
    raw.executemany("INSERT INTO match_key(key, id) VALUES (?, ?)", [(key, number) for key in sorted(wanted - there)])


def put_new_keys(raw: Connection, numbered: list[tuple[int, Any]]) -> None:
    """Writes the keys of records that were not in the search table before; each comes with its number there."""
    found = [
        (key, number) for number, thing in numbered if hasattr(thing, "match_keys") for key in set(thing.match_keys())
    ]
    raw.executemany("INSERT INTO match_key(key, id) VALUES (?, ?)", sorted(found))


def drop_keys(raw: Connection, uuid: str) -> None:
    """Takes the keys of a record away, before its row leaves the search table."""
    raw.execute("DELETE FROM match_key WHERE id = (SELECT id FROM sought WHERE record = ?)", (uuid,))


def join(raw: Connection) -> None:
    """Makes the table of linked clients anew: each with the one that is shown for all, the smallest uuid."""
    wanted: dict[str, str] = {}
    for one, other in _links(raw):
        wanted[max(_top(wanted, one), _top(wanted, other))] = min(_top(wanted, one), _top(wanted, other))
    tops = {client: _top(wanted, client) for client in {*wanted, *wanted.values()}}
    there = dict(raw.execute("SELECT client, shown FROM linked").fetchall())
    raw.executemany("DELETE FROM linked WHERE client = ?", [(client,) for client in there.keys() - tops.keys()])
    changed = [(client, top) for client, top in sorted(tops.items()) if there.get(client) != top]
    raw.executemany("INSERT OR REPLACE INTO linked(client, shown) VALUES (?, ?)", changed)


def _top(shown: dict[str, str], client: str) -> str:
    while shown.get(client, client) != client:
        client = shown[client]
    return client


def _links(raw: Connection) -> list[tuple[str, str]]:
    """Both ends of every record that declares two clients to be one person."""
    found: list[tuple[str, str]] = []
    for kind in kinds().values():
        if kind.record.same_person:
            ends = f'"{kind.subject}", "{kind.record.same_person}"'
            found += raw.execute(f'SELECT {ends} FROM "{kind.name}" WHERE gone = 0').fetchall()
    return found
