"""Receiving rows of other nodes: the one way in that does not come from a form. In any order, with repetition,
all or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_
from mrc_app.store import identity, rows, search_index
from mrc_app.store.rows import Row
from mrc_app.store.tables import Tables

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

_HEAD = re.compile(r"[^:]+:[0-9]{1,15}")
FORGED = N_("A row of what was received does not match its digest. Nothing was taken in.")


@dataclass
class Applied:
    """What receiving did: rows taken in and their nodes, rows known before, stubs filled, and nodes refused because
    two files wrote as one."""

    new: int = 0
    same: int = 0
    refilled: int = 0
    nodes: set[str] = field(default_factory=set)
    forked: set[str] = field(default_factory=set)
    kinds: frozenset[str] = frozenset()
    gaps: dict[str, int] = field(default_factory=dict)


def apply(store: Store, received: Iterable[Row]) -> Applied:
    """Takes rows of other nodes in. Raises CannotRead, with nothing changed, when a row was tampered with."""
    taken = list(received)
    done = Applied()
    with store.writing() as connection:
        done.forked = _forked(connection, taken)
        tables = Tables(connection)
        records = [row.record for row in taken if row.node not in done.forked and _take(connection, tables, row, done)]
        for node in {row.node for row in taken} - done.forked:
            lengthen(connection, node)
        for node in done.forked:
            connection.execute("UPDATE chain SET forked = 1 WHERE node = ?", (node,))
        _not_our_twin(store, connection, done)
        tables.settle(records)
        search_index.renew(connection, tables.settled)
        done.kinds = frozenset(tables.changed)
        done.gaps = _gaps(connection)
    store.tell(done.kinds)
    return done


def _forked(connection: Connection, taken: list[Row]) -> set[str]:
    """Nodes of which two files wrote: the same place with another digest. Their rows stay out, the others come
    in."""
    found = {row[0] for row in connection.execute("SELECT node FROM chain WHERE forked = 1")}
    within: dict[tuple[str, int], bytes] = {}
    for row in taken:
        known = connection.execute("SELECT digest FROM journal WHERE node = ? AND seq = ?", row[:2]).fetchone()
        there = known[0] if known else within.setdefault((row.node, row.seq), row.digest)
        if there != row.digest:
            found.add(row.node)
    return found


def _take(connection: Connection, tables: Tables, row: Row, done: Applied) -> bool:
    body = _checked(row)
    known = connection.execute("SELECT body, state FROM journal WHERE node = ? AND seq = ?", row[:2]).fetchone()
    if known is None:
        connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        done.new += 1
        done.nodes.add(row.node)
    elif known[1] == "withheld" and body is not None:
        connection.execute(
            "UPDATE journal SET body = ?, state = 'full' WHERE node = ? AND seq = ?", (row.body, row.node, row.seq)
        )
        done.refilled += 1
    else:
        done.same += 1
        return False
    if body is None:
        return False
    tables.absorb(row.node, row.seq, row.record, body["fields"])
    _hear(connection, body["hlc"])
    return True


def _checked(row: Row) -> dict[str, Any] | None:
    if row.body is None:
        return None
    if rows.digest(row.body) != row.digest:
        raise CannotRead(FORGED)
    try:
        body: dict[str, Any] = json.loads(row.body)
        fits = (
            (body["record"], body["subject"], row.state) == (row.record, row.subject, "full")
            and isinstance(body["hlc"], int)
            and {"at", "by", "do", "kind", "op"} <= body.keys()
            and all(map(_well_formed, body["fields"].values()))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        fits = False
    if not fits:
        raise CannotRead(FORGED)
    return body


def _well_formed(field: dict[str, Any]) -> bool:
    return "value" in field and all(_HEAD.fullmatch(head) for head in field["seen"])


def _hear(connection: Connection, hlc: int) -> None:
    """Moves the hybrid clock on, never further than a day ahead of this computer's."""
    heard = rows.bounded(hlc, rows.wall())
    connection.execute(
        "INSERT INTO meta(key, value) VALUES ('hlc', ?1) ON CONFLICT(key) DO UPDATE SET value = ?1 "
        "WHERE CAST(value AS INTEGER) < CAST(?1 AS INTEGER)",
        (str(heard),),
    )


def lengthen(connection: Connection, node: str) -> None:
    """Continues a node's chain over the rows that follow it without a gap."""
    seq, chained = connection.execute("SELECT seq, hash FROM chain WHERE node = ?", (node,)).fetchone() or (
        0,
        rows.start(node),
    )
    found = connection.execute("SELECT seq, digest FROM journal WHERE node = ? AND seq > ? ORDER BY seq", (node, seq))
    for number, sealed in found.fetchall():
        if number != seq + 1:
            break
        seq, chained = number, rows.link(chained, sealed)
    connection.execute(
        "INSERT INTO chain(node, seq, hash) VALUES (?1, ?2, ?3) ON CONFLICT(node) DO UPDATE SET seq = ?2, hash = ?3",
        (node, seq, chained),
    )


def _gaps(connection: Connection) -> dict[str, int]:
    """Nodes of which rows are missing in between, with the first missing number."""
    later = "SELECT 1 FROM journal j WHERE j.node = c.node AND j.seq > c.seq"
    sql = f"SELECT c.node, c.seq + 1 FROM chain c WHERE EXISTS ({later})"
    return dict(connection.execute(sql).fetchall())


def _not_our_twin(store: Store, connection: Connection, done: Applied) -> None:
    """Rows of our own node that we never wrote: this file is an older copy of itself, and goes on under a new
    node id."""
    if store.node in done.nodes:
        store.node = identity.new_node(connection, identity.get(connection, "token") or "")


def rebuild(connection: Connection) -> None:
    """Makes the tables, heads and search anew from the journal alone, inside the open transaction."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
    tables = Tables(connection)
    for name in tables.kinds:
        connection.execute(f'DELETE FROM "{name}"')
    for name in ("head", "superseded", "pending", "match_key", "sought"):
        connection.execute(f"DELETE FROM {name}")
    records: dict[str, None] = {}
    for node, seq, record, body in connection.execute(
        "SELECT node, seq, record, body FROM journal WHERE body IS NOT NULL"
    ).fetchall():
        tables.absorb(node, seq, record, json.loads(body)["fields"])
        records[record] = None
    tables.settle(records)
    search_index.renew(connection, tables.settled)
