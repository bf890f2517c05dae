"""Two files that wrote as one node: what this one wrote since they parted, and nobody has, goes on under its new node.

The rows keep their authors, clocks and words; only their places change, and the places they name as seen among
themselves. What was sent to somebody else keeps its place (journal: never renumber what was sent).
"""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from mrc_app.store import guards, receiving, rows
from mrc_app.store.tables import Tables

TOLD = 1000
"""How many of the last rows of a node are named to the two files that wrote it."""
_LETTERS = 16


def digests(connection: Connection, node: str) -> list[Any]:
    """The last rows that are here of a node, as ``[first number, [start of each digest]]``."""
    last = connection.execute("SELECT seq FROM chain WHERE node = ?", (node,)).fetchone()
    upto = int(last[0]) if last else 0
    first = max(1, upto - TOLD + 1)
    sql = "SELECT digest FROM journal WHERE node = ? AND seq BETWEEN ? AND ? ORDER BY seq"
    return [first, [row[0].hex()[:_LETTERS] for row in connection.execute(sql, (node, first, upto))]]


def agreed(connection: Connection, node: str, told: Any) -> int | None:
    """How far another file's rows of a node are the ones that are here; None where what it told does not reach back
    to that place, or is not well formed."""
    match told:
        case [int(first), list(theirs)] if first > 0:
            sql = "SELECT seq, digest FROM journal WHERE node = ? AND seq >= ?"
            mine = {seq: found.hex()[:_LETTERS] for seq, found in connection.execute(sql, (node, first))}
            alike = first - 1
            while alike - first + 1 < len(theirs) and mine.get(alike + 1) == theirs[alike - first + 1]:
                alike += 1
            return alike if alike >= first or first == 1 else None
    return None


def renumber(connection: Connection, node: str, after: int, to: str) -> bool:
    """Gives the rows of ``node`` from ``after`` on places of the node ``to``, inside the open transaction; False, with
    nothing changed, where words among them cannot be read by the officer who is signed in."""
    sql = (
        "SELECT j.seq, j.record, j.subject, coalesce(j.body, unsealed(s.box)), j.state, s.box IS NOT NULL "
        "FROM journal j LEFT JOIN sealed_body s ON s.node = j.node AND s.seq = j.seq "
        "WHERE j.node = ? AND j.seq > ? ORDER BY j.seq"
    )
    found = connection.execute(sql, (node, after)).fetchall()
    if any(body is None and state == "full" for _seq, _record, _subject, body, state, _sealed in found):
        return False
    places = {f"{node}:{one[0]}": f"{to}:{number}" for number, one in enumerate(found, 1)}
    with guards.lifted(connection, "guard_journal_update"):
        for number, (seq, _record, _subject, body, _state, sealed) in enumerate(found, 1):
            _move(connection, (node, seq), (to, number), _with_places(body, places))
            if sealed:  # closed again below, with everything of its client
                connection.execute("DELETE FROM sealed_body WHERE node = ? AND seq = ?", (node, seq))
    connection.execute("DELETE FROM checkpoint WHERE node = ? AND seq > ?", (node, after))
    connection.execute("DELETE FROM chain WHERE node IN (?, ?)", (node, to))
    for one in (node, to):
        receiving.lengthen(connection, one)
    done = receiving.Applied(unsettled=dict.fromkeys(one[1] for one in found), about={one[2] for one in found})
    receiving.settle(connection, Tables(connection), done)
    return True


def _move(connection: Connection, place: tuple[str, int], to: tuple[str, int], body: bytes | None) -> None:
    connection.execute("UPDATE journal SET node = ?, seq = ? WHERE node = ? AND seq = ?", (*to, *place))
    if body is not None:
        changed = (body, rows.digest(body), *to)
        connection.execute("UPDATE journal SET body = ?, digest = ? WHERE node = ? AND seq = ?", changed)


def _with_places(body: bytes | None, places: dict[str, str]) -> bytes | None:
    """A body that names the new places of rows it had seen."""
    if body is None:
        return None
    said = json.loads(body)
    for field in said["fields"].values():
        field["seen"] = sorted(places.get(one, one) for one in field["seen"])
    return rows.canonical(said)
