"""Receiving rows of other nodes: the one way in that does not come from a form. In any order, with repetition,
all or nothing."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_
from mrc_app.store import erasing, identity, rows, sealing, search_index
from mrc_app.store.rows import Row
from mrc_app.store.tables import Tables

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

AT_ONCE = 2000
"""Rows taken in together."""
CACHE = 64 * 1024
"""KiB of the file kept in memory meanwhile: else pages of the indexes are enciphered again for every few rows."""
SETTLED_AT_ONCE = 10_000
"""Records settled before what is searched for is brought in step."""
_HEAD = re.compile(r"[^:]+:[0-9]{1,15}")
FORGED = N_("A row of what was received does not match its digest. Nothing was taken in.")


@dataclass
class Applied:
    """What receiving did: rows taken in and their nodes, rows known before, stubs filled, and nodes refused because
    two files wrote as one. ``unsettled`` are records whose rows were put down and whose tables wait, ``about`` their
    subjects."""

    new: int = 0
    same: int = 0
    refilled: int = 0
    nodes: set[str] = field(default_factory=set)
    forked: set[str] = field(default_factory=set)
    kinds: frozenset[str] = frozenset()
    gaps: dict[str, int] = field(default_factory=dict)
    unsettled: dict[str, None] = field(default_factory=dict)
    about: set[str | None] = field(default_factory=set)

    def forget(self) -> None:
        """What was put down is taken back with its transaction: nothing of it is to be settled."""
        self.unsettled, self.about = {}, set()


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A transaction for receiving: as the store's own, with more of the file kept in memory until it ends. Nothing of
    a row lives in circles, so that looking for such, a fifth of the time, can wait as well."""
    collects = gc.isenabled()
    with store.writing() as connection:
        usual = connection.execute("PRAGMA cache_size").fetchone()[0]
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        gc.disable()
        try:
            yield connection
        finally:
            if collects:
                gc.enable()
            connection.execute(f"PRAGMA cache_size = {usual}")


def apply(store: Store, received: Iterable[Row]) -> Applied:
    """Takes rows of other nodes in. Raises CannotRead, with nothing changed, when a row was tampered with."""
    taken = list(received)
    done = Applied()
    with writing(store) as connection:
        done.forked = _forked(connection, taken)
        for node in done.forked:
            quarantine(connection, node)
        tables = Tables(connection)
        for some in batches(row for row in taken if row.node not in done.forked):
            put_down(connection, some, done)
        settle(connection, tables, done)
        for node in {row.node for row in taken} - done.forked:
            lengthen(connection, node)
        not_our_twin(store, connection, done)
        done.kinds = frozenset(tables.changed)
        done.gaps = gaps(connection)
    store.tell(done.kinds)
    if erasing.KEPT in done.kinds:
        erasing.catch_up(store)
    return done


def batches(rows_in: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows_in)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _forked(connection: Connection, taken: list[Row]) -> set[str]:
    """Nodes of which two files wrote: the same place with another digest. Their rows stay out, the others come
    in."""
    found = {row[0] for row in connection.execute("SELECT node FROM chain WHERE forked = 1")}
    within: dict[tuple[str, int], bytes] = {}
    for some in batches(taken):
        there = {place: digest for place, (digest, _) in known(connection, some).items()}
        for row in some:
            place = (row.node, row.seq)
            if there.get(place, within.setdefault(place, row.digest)) != row.digest:
                found.add(row.node)
    return found


def known(connection: Connection, some: list[Row]) -> dict[tuple[str, int], tuple[bytes, str]]:
    """Digest and state of those rows that are in the journal already."""
    found: dict[tuple[str, int], tuple[bytes, str]] = {}
    for node in {row.node for row in some}:
        numbers = [row.seq for row in some if row.node == node]
        sql = "SELECT seq, digest, state FROM journal WHERE node = ? AND seq IN (SELECT value FROM json_each(?))"
        for seq, digest, state in connection.execute(sql, (node, json.dumps(numbers))):
            found[node, seq] = (digest, state)
    return found


def take(connection: Connection, tables: Tables, some: list[Row], done: Applied) -> None:
    """Takes some rows in and settles their records, inside the open transaction. Raises CannotRead."""
    put_down(connection, some, done)
    settle(connection, tables, done)


def put_down(connection: Connection, some: list[Row], done: Applied) -> None:
    """Takes some rows into the journal only, inside the open transaction; their records wait for ``settle``, once for
    all of them. Raises CannotRead."""
    some = erasing.without_words(connection, some, checked)
    there = known(connection, some)
    new: dict[tuple[str, int], Row] = {}
    refilled: dict[tuple[str, int], Row] = {}
    for row in some:
        place = (row.node, row.seq)
        if place not in there and place not in new:
            new[place] = row
        elif place in there and there[place][1] == "withheld" and row.body is not None and place not in refilled:
            refilled[place] = row
        else:
            done.same += 1
    told = [(row, body["hlc"]) for row in [*new.values(), *refilled.values()] if (body := checked(row)) is not None]
    _write(connection, list(new.values()), list(refilled.values()))
    _hear(connection, max((hlc for _, hlc in told), default=0))
    done.unsettled |= dict.fromkeys(row.record for row, _ in told)
    done.about |= {row.subject for row, _ in told}
    done.new += len(new)
    done.refilled += len(refilled)
    done.nodes |= {row.node for row in new.values()}


def _write(connection: Connection, new: list[Row], refilled: list[Row]) -> None:
    connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", new)
    connection.executemany(
        "UPDATE journal SET body = ?, state = 'full' WHERE node = ? AND seq = ?",
        [(row.body, row.node, row.seq) for row in refilled],
    )


def settle(connection: Connection, tables: Tables, done: Applied) -> None:
    """Settles what was put down, the search table and the seals too: every record once, however many of its rows
    came."""
    records, done.unsettled = done.unsettled, {}
    about, done.about = done.about, set()
    rest = iter(records)
    while some := list(islice(rest, SETTLED_AT_ONCE)):
        tables.settle(some)
        search_index.renew(connection, tables.take())
    if records:
        sealing.in_step(connection, sealing.Ring(), about)


def checked(row: Row) -> dict[str, Any] | None:
    """The body of a row that is whole and well formed; None for a stub. Raises CannotRead for a forged one."""
    if row.body is None:
        return None
    if rows.digest(row.body) != row.digest:
        raise CannotRead(FORGED)
    try:
        body: dict[str, Any] = json.loads(row.body.decode())
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
    if not hlc:
        return
    heard = rows.bounded(hlc, rows.wall())
    connection.execute(
        "INSERT INTO meta(key, value) VALUES ('hlc', ?1) ON CONFLICT(key) DO UPDATE SET value = ?1 "
        "WHERE CAST(value AS INTEGER) < CAST(?1 AS INTEGER)",
        (str(heard),),
    )


def quarantine(connection: Connection, node: str) -> None:
    """From now on nothing of a node comes in: two files wrote as one."""
    connection.execute("UPDATE chain SET forked = 1 WHERE node = ?", (node,))


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


def gaps(connection: Connection) -> dict[str, int]:
    """Nodes of which rows are missing in between, with the first missing number."""
    later = "SELECT 1 FROM journal j WHERE j.node = c.node AND j.seq > c.seq"
    sql = f"SELECT c.node, c.seq + 1 FROM chain c WHERE EXISTS ({later})"
    return dict(connection.execute(sql).fetchall())


def not_our_twin(store: Store, connection: Connection, done: Applied) -> None:
    """Rows of our own node that we never wrote: this file is an older copy of itself, and goes on under a new
    node id and with a new ending of its desk code, so that no number is given twice."""
    if store.node in done.nodes:
        store.desk_code = identity.new_start(connection, identity.get(connection, "token") or "")
        store.node = identity.get(connection, "node") or ""


def settle_waiting(store: Store) -> None:
    """After an upgrade: what waited for words, fields and kinds that this program knows now is settled."""
    with store.writing() as connection:
        reasons = "reason IN ('unknown', 'word', 'empty', 'new') OR reason LIKE 'kind %'"
        waiting = [row[0] for row in connection.execute(f"SELECT DISTINCT record FROM pending WHERE {reasons}")]
        if waiting:
            tables = Tables(connection)
            tables.settle(waiting)
            search_index.renew(connection, tables.take())
            subjects = "SELECT DISTINCT subject FROM journal WHERE record IN (SELECT value FROM json_each(?))"
            about = {row[0] for row in connection.execute(subjects, (json.dumps(waiting),))}
            sealing.in_step(connection, sealing.Ring(), about)


def rebuild(connection: Connection, *, search: bool = True) -> None:
    """Makes the tables, heads and search anew from the journal alone, inside the open transaction. Without ``search``
    what people search for is left as it was."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
    tables = Tables(connection)
    for name in (*tables.kinds, "head", "pending"):
        key = "record" if name in ("head", "pending") else "uuid"
        connection.execute(f'DELETE FROM "{name}" WHERE "{key}" NOT IN (SELECT record FROM sealed_body)')
    if search:
        search_index.empty(connection)
    for some in _batches_of_records(connection):
        tables.settle(some)
        settled = tables.take()
        if search:
            search_index.renew(connection, settled)


def _batches_of_records(connection: Connection) -> Iterator[list[str]]:
    """Every record once, in the order in which they were first written."""
    sql = (
        "SELECT record FROM journal WHERE body IS NOT NULL AND record NOT IN (SELECT record FROM sealed_body) "
        "GROUP BY record ORDER BY min(node), min(seq)"
    )
    cursor = connection.execute(sql)
    while some := [row[0] for row in cursor.fetchmany(AT_ONCE)]:
        yield some
