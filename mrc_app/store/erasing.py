"""Erasing for good: the bodies of her rows, every row of the tables, search, keys, drafts, papers, and the free pages.

The journal keeps a stub for each of her rows (place, digest, no body), so its chain stays whole, and what comes late
from another desk arrives as a stub too. Which identities were erased is also written beside the file, as salted hashes:
an older copy that is put back has them erased again at its next opening. Out of reach: older backups until they are
rotated, parcels that left, printed paper, and words about her in other people's records.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import attachments, cases, guards, identity, rows, saved_files, sealing
from mrc_app.store.rows import Row

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

KEPT = "erasure"
"""The kind of record that outlives an erasure."""
DUE, LIST = "erasing_due", "erased_list"
BUSY = N_(
    "Erasing is not finished: another program reads the centre file. Close it; the rest is done at the next start."
)
UNREADABLE = N_("The list of erased records “{file}” beside the centre file is damaged. Put it back from a backup.")
_IDENTITY = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
Step = Callable[[int, int], None]
_IN = "IN (SELECT value FROM json_each(?))"


# -- carrying out


def carry_out(store: Store, clients: Iterable[str], step: Step = lambda _done, _all: None) -> None:
    """Erases clients (uuids), and the cases that are only theirs, for good.

    May be repeated: what a power cut left undone is done the next time. Raises MrcError when another program holds the
    file; the rows are gone then and the free pages follow later.
    """
    with store.plain() as connection:
        asked = set(clients)
        subjects = sorted(asked | cases.only_theirs(connection, asked))
    step(0, 4)
    saved_files.remove_about(store, subjects)
    _note_outside(store, subjects)
    with store.writing() as connection:
        changed = _erase(connection, subjects, store.ring.text)
    step(1, 4)
    with store.plain() as connection:
        attachments.sweep(connection, store.path)
    step(2, 4)
    _clean(store)
    step(4, 4)
    store.tell(changed)


def _erase(connection: Connection, subjects: list[str], text: Callable[[Any], Any]) -> frozenset[str]:
    """Everything inside the file, in the open transaction. ``text`` takes a second seal off a column's value."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    records = _records(connection, subjects)
    _drop_drafts(connection, subjects, text)
    asked = (json.dumps(sorted(records)),)
    connection.execute(f"DELETE FROM match_key WHERE id IN (SELECT id FROM sought WHERE record {_IN})", asked)
    connection.execute(f"DELETE FROM match_key WHERE id IN (SELECT -id FROM main.client WHERE uuid {_IN})", asked)
    connection.execute(f"DELETE FROM sought WHERE record {_IN}", asked)
    for table in ("head", "pending", "sealed_body"):
        connection.execute(f"DELETE FROM {table} WHERE record {_IN}", asked)
    connection.execute(f"UPDATE journal SET body = NULL, state = 'erased' WHERE record {_IN}", asked)
    for table in ("seal", "seal_key", "sealed_body", "saved_file"):
        connection.execute(f"DELETE FROM {table} WHERE client {_IN}", (json.dumps(subjects),))
    changed = _take_out(connection, records)
    connection.executemany(
        "INSERT OR IGNORE INTO erased(subject, at) VALUES (?, ?)", [(uuid, rows.now_text()) for uuid in subjects]
    )
    identity.put(connection, **{DUE: "1"})
    return changed


def _records(connection: Connection, subjects: list[str]) -> set[str]:
    """Every record about these clients: by its subject, or by another column that names one of them."""
    from mrc_app.store.kinds import kinds

    asked = (json.dumps(subjects),)
    found = set()
    for record, body in connection.execute(f"SELECT record, body FROM journal WHERE subject {_IN}", asked):
        if body is None or json.loads(body)["kind"] != KEPT:
            found.add(record)
    kept = {row[0] for row in connection.execute(f"SELECT uuid FROM main.{KEPT} WHERE client {_IN}", asked)}
    for kind in kinds().values():
        for column, parent in kind.parents.items():
            if parent == "client":
                sql = f'SELECT uuid FROM main."{kind.name}" WHERE "{column}" {_IN}'
                found |= {row[0] for row in connection.execute(sql, asked)}
    for case in filter(lambda subject: cases.is_case(connection, subject), subjects):
        found |= cases.records(connection, case)
    return found - kept


def _take_out(connection: Connection, records: set[str]) -> frozenset[str]:
    """Removes rows from the tables. Other people's records that pointed at one are settled without it."""
    from mrc_app.store import same_person
    from mrc_app.store.kinds import kinds
    from mrc_app.store.tables import Tables

    tables, changed, gone = Tables(connection), set[str](), records
    while gone:
        asked = (json.dumps(sorted(gone)),)
        connection.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
        for kind in kinds().values():
            if connection.execute(f'DELETE FROM main."{kind.name}" WHERE uuid {_IN}', asked).rowcount:
                changed.add(kind.name)
        tables.settle(_pointing(connection, gone))
        gone = _pointing(connection, gone)
    connection.execute("DELETE FROM gate")
    same_person.join(connection)
    return frozenset(changed | tables.changed)


def _pointing(connection: Connection, gone: set[str]) -> set[str]:
    from mrc_app.store.kinds import kinds

    asked = (json.dumps(sorted(gone)),)
    return {
        row[0]
        for kind in kinds().values()
        for column in kind.parents
        for row in connection.execute(f'SELECT uuid FROM main."{kind.name}" WHERE "{column}" {_IN}', asked)
    }


def _drop_drafts(connection: Connection, subjects: list[str], text: Callable[[Any], Any]) -> None:
    """Half-filled forms about them: by identity, number, phone, or a name of several words."""
    marks = list(subjects)
    for uuid in subjects:
        told = connection.execute(
            "SELECT number, phone, passport, call_name, given, father, grandfather, native FROM main.client "
            "WHERE uuid = ?",
            (uuid,),
        ).fetchone()
        if told:
            told = [said if (said := text(value)) != sealing.SHUT else "" for value in told]
            marks += [said for said in (*told[:3], " ".join(told[4:6]), *told[3:]) if said and len(said.split()) > 1]
            marks += [said for said in told[:3] if len(said) > 5]
    found = connection.execute("SELECT officer, key, body FROM draft").fetchall()
    about = [(officer, key) for officer, key, body in found if any(m in key or m in _said(body) for m in marks)]
    connection.executemany("DELETE FROM draft WHERE officer = ? AND key = ?", about)


def _said(body: str) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False)


def _clean(store: Store) -> None:
    """Search indexes and statistics anew, then every page written anew and the log emptied."""
    with store.apart() as connection:
        for name in guards.SEARCH:
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
            connection.execute("ANALYZE")
        connection.execute("VACUUM")
        identity.put(connection, **{LIST: _digest(beside(store.path))})
        connection.execute("DELETE FROM meta WHERE key = ?", (DUE,))
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            identity.put(connection, **{DUE: "1"})
            raise MrcError(BUSY)


# -- what was erased, kept outside


def beside(path: Path) -> Path:
    """The list of erased identities of a centre file: ``{"format": 1, "salt": hex, "ids": [hex, …]}``."""
    return path.with_name(f"{path.stem}.erased.json")


def erased_outside(path: Path) -> tuple[bytes, frozenset[str]]:
    """The salt and the salted hashes of the list; a new salt and nothing where there is none. Raises CannotRead."""
    try:
        said: Any = json.loads(beside(path).read_text("utf-8"))
        return bytes.fromhex(said["salt"]), frozenset(map(str, said["ids"]))
    except FileNotFoundError:
        return secrets.token_bytes(32), frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotRead(UNREADABLE, file=beside(path).name) from None


def hashed(salt: bytes, uuid: str) -> str:
    """An identity as it stands in the list."""
    return blake2b(uuid.encode(), key=salt, digest_size=16, person=b"mrc erased").hexdigest()


def _note_outside(store: Store, subjects: list[str]) -> None:
    salt, there = erased_outside(store.path)
    ids = sorted(there | {hashed(salt, uuid) for uuid in subjects})
    target = beside(store.path)
    part = target.with_name(target.name + ".new")
    with part.open("w", encoding="ascii") as file:
        json.dump({"format": 1, "salt": salt.hex(), "ids": ids}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def problems(path: Path) -> list[Problem]:
    """What the damage report says about the list."""
    try:
        erased_outside(path)
    except CannotRead as trouble:
        return [trouble.problem]
    return []


def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=16).hexdigest() if path.exists() else ""


# -- catching up, and what comes late


def catch_up(store: Store) -> None:
    """At every opening: what was confirmed and not finished, what an older copy brought back, and old scraps of papers.

    Nothing is said when it cannot be done now; it is tried again at the next opening.
    """
    try:
        with store.plain() as connection:
            subjects = waiting(connection) | _brought_back(connection, store.path)
            due = identity.get(connection, DUE)
            attachments.sweep(connection, store.path)
        if subjects or due:
            carry_out(store, subjects)
        elif _newer_list(store):
            with store.writing() as connection:
                identity.put(connection, **{LIST: _digest(beside(store.path))})
    except MrcError:
        return


def waiting(connection: Connection) -> set[str]:
    """Clients whose erasure was confirmed here or on another desk, and whose bytes are still in this file."""
    sql = (
        f"SELECT client FROM main.{KEPT} WHERE gone = 0 AND confirmed_on IS NOT NULL "
        "AND client NOT IN (SELECT subject FROM erased)"
    )
    return {row[0] for row in connection.execute(sql)}


def _newer_list(store: Store) -> bool:
    with store.plain() as connection:
        return (identity.get(connection, LIST) or "") != _digest(beside(store.path))


def _brought_back(connection: Connection, path: Path) -> set[str]:
    if (identity.get(connection, LIST) or "") == _digest(beside(path)):
        return set()
    salt, ids = erased_outside(path)
    there = connection.execute(
        "SELECT DISTINCT subject FROM journal WHERE subject IS NOT NULL AND subject NOT IN (SELECT subject FROM erased)"
    )
    return {uuid for (uuid,) in there if hashed(salt, uuid) in ids}


def without_words(connection: Connection, some: list[Row], checked: Callable[[Row], Any]) -> list[Row]:
    """Received rows, those that name an erased client as stubs. Each is checked before its words are dropped."""
    erased = {row[0] for row in connection.execute("SELECT subject FROM erased")}
    if not erased:
        return some
    asked = (json.dumps([row.record for row in some]),)
    sql = f"SELECT DISTINCT record FROM journal WHERE state = 'erased' AND record {_IN}"
    records = {row[0] for row in connection.execute(sql, asked)}
    return [
        row._replace(body=None, state="erased")
        if row.body and _names(row, erased, records) and checked(row)["kind"] != KEPT
        else row
        for row in some
    ]


def _names(row: Row, erased: set[str], records: set[str]) -> bool:
    if row.subject in erased or row.record in records:
        return True
    return not erased.isdisjoint(found.decode() for found in _IDENTITY.findall(row.body or b""))
