"""An outreach file: a small centre file for a day outside, with the records of the people who are expected, and nobody
else's.

It has a key of its own, the same centre and officers, and a desk identity of its own, so that numbers given outside
never clash. Journal rows go along whole, as they were written; what was written outside comes home the way rows of any
desk do: in any order, with repetition, contradictions kept in sight. The centre file keeps the outreach file's key, so
that coming home needs no second password. Then the file may be destroyed: written over and removed, but only when
every row of it is at home.

What it does not do: it cannot take back a copy somebody made of the file, and a disk with wear levelling may keep old
bytes; they stay encrypted under a key that is gone.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from mrc_app.errors import CannotRead, Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import (
    attachments,
    conflicts,
    copies,
    drafts,
    erasing,
    identity,
    keys,
    leftovers,
    making,
    opening,
    patience,
    receiving,
    room,
    sealing,
)
from mrc_app.store.centre import Store
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

ALONG = frozenset({"centre", "officer", "service", "confirmation"})
"""Kinds about no client that go along."""
ROWS = "SELECT node, seq, record, subject, body, digest, state FROM temp.seen_journal"
_UUID = re.compile(rb"[0-9a-f]{32}")

NOBODY = N_("Choose at least one client to take along.")
NOT_HERE = N_("One of these clients is not here, or you may not see her.")
OTHER_CENTRE = N_("“{file}” was taken along from another centre. Nothing was taken in.")
NOT_OUTREACH = N_("“{file}” is not an outreach file of this centre.")
NOT_HOME = N_("Not everything in “{file}” is at home yet. Bring it home first.")


@dataclass(frozen=True)
class Packed:
    """What went along: clients, journal rows, and rows left behind because they name somebody who stays."""

    clients: int
    rows: int
    left_out: int


@dataclass(frozen=True)
class Home:
    """What came home: new and known rows, clients met outside, contradictions about the people of the file, papers,
    drafts, and rows this officer may not open (they stay in the file)."""

    new: int
    same: int
    clients: int
    conflicts: int
    papers: int
    drafts: int
    held_back: int


@needs(May.OUTREACH)
def queue(store: Store, today: date) -> list[str]:
    """The clients with something due today or late, of whom this officer may know."""
    from mrc_app.store import lists

    return list(dict.fromkeys(task.client for task in lists.tasks(store, today, limit=1000) if task.client))


# -- taking along


@needs(May.OUTREACH)
def make(store: Store, chosen: Iterable[str], out: Path, *, password: str) -> Packed:
    """Writes the outreach file. Records linked as one person go along together.

    Raises Invalid for a weak password, for nobody, or for somebody this officer may not see, and MrcError when a file
    stands in the way. Nothing half made stays.
    """
    secret = keys.new_password(password)
    if keys.beside(out).exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=keys.beside(out).name)
    with store.plain() as connection:
        people = _people(connection, list(chosen))
        taken, left_out = _rows_along(connection, people)
        token, sheet = identity.get(connection, "token") or "", identity.get(connection, sealing.SHEET) or ""
        mine = (identity.get(connection, "desk_code"), centre_of(connection))
    key, salt = secrets.token_bytes(keys.KEY), secrets.token_bytes(opening.SALT)
    empty = opening.create(out, key, salt)
    with leftovers.undone(lambda: leftovers.remove(_files(out))):
        making.lay_out(empty, salt, f"{store.desk_name} +", token, sheet)
        _fill(store, out, key, token, taken, mine)
        slot = keys.make_slot(salt.hex(), key, "password", store.login, secret, None, store.personal)
        keys.write(keys.beside(out), keys.Keys(salt.hex(), 1, (slot,)), key)
        _carry_papers(store.path, out, {row.record for row in taken})
        with store.plain() as connection:
            identity.put(connection, **{_name(salt): key.hex()})
    return Packed(len(people), len(taken), left_out)


def _people(connection: Connection, chosen: list[str]) -> set[str]:
    """The chosen clients and whoever is linked with one of them as the same person."""
    if not chosen:
        raise Invalid(clients=Problem(NOBODY))
    asked = "SELECT uuid FROM temp.seen_client WHERE gone = 0 AND uuid IN (SELECT value FROM json_each(?))"
    one_person = (
        "SELECT o.client FROM linked m CROSS JOIN linked o ON o.shown = m.shown "
        "WHERE m.client IN (SELECT value FROM json_each(?))"
    )
    linked = [row[0] for row in connection.execute(one_person, (json.dumps(chosen),))]
    seen = {row[0] for row in connection.execute(asked, (json.dumps([*chosen, *linked]),))}
    if not seen.issuperset(chosen):
        raise Invalid(clients=Problem(NOT_HERE))
    return seen


def _rows_along(connection: Connection, people: set[str]) -> tuple[list[Row], int]:
    """Every row about these people and about nobody in particular; none that names a client who stays."""
    staying = {row[0].encode() for row in connection.execute("SELECT uuid FROM main.client")}
    staying -= {uuid.encode() for uuid in people}
    hers = f"{ROWS} WHERE subject IN (SELECT value FROM json_each(?))"
    found = [Row(*row) for row in connection.execute(hers, (json.dumps(sorted(people)),))]
    for kind in sorted(ALONG):
        about = f'{ROWS} WHERE subject IS NULL AND record IN (SELECT uuid FROM main."{kind}")'
        found += [Row(*row) for row in connection.execute(about)]
    whole = [row for row in found if row.body is not None]
    along = [row for row in whole if not staying.intersection(_UUID.findall(row.body or b""))]
    return along, len(whole) - len(along)


def _fill(store: Store, out: Path, key: bytes, token: str, taken: list[Row], mine: tuple[str | None, str]) -> None:
    with closing(Store(out, key, store.login, token, founder=True, personal=store.personal)) as made:
        receiving.apply(made, taken)
        with made.plain() as connection:
            while identity.get(connection, "desk_code") == mine[0]:
                identity.new_desk(connection, f"{store.desk_name} +", token)
            identity.put(connection, outreach_of=mine[1])
        made.know_officer()
        sealing.catch_up(made)


def _carry_papers(source: Path, target: Path, records: set[str]) -> int:
    """Brings the sealed papers of records along; those that are there stay as they are."""
    there = attachments.there(target)
    moved = 0
    for uuid, file in attachments.there(source).items():
        if uuid in records and uuid not in there:
            place = attachments.place(target, uuid)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            part = place.with_name(place.name + ".new")
            shutil.copyfile(file, part)
            part.replace(place)
            moved += 1
    return moved


# -- coming home


@needs(May.OUTREACH)
def come_home(store: Store, file: Path, *, password: str | None = None) -> Home:
    """Takes in what was written outside. Again changes nothing. ``password`` is needed only where this centre file does
    not know the outreach file's key. Raises CannotRead, and MrcError for another centre's file; nothing is taken in."""
    with closing(_opened(store, file, password)) as away:
        with away.plain() as connection:
            brought = [Row(*row) for row in connection.execute(ROWS)]
            left = {
                (whose, key): drafts.read(connection, whose, key)
                for whose in (store.officer, drafts.EVERYBODY)
                for key in drafts.keys(connection, whose)
            }
        whole = [row for row in brought if row.body is not None or row.state != "full"]
        papers = _carry_papers(file, store.path, {row.record for row in whole})
        before = _clients(store)
        done = receiving.apply(store, whole)
    subjects = {row.subject for row in whole if row.subject}
    with store.plain() as connection:
        against = sum(one.subject in subjects for one in conflicts.found(connection))
    return Home(
        done.new, done.same, _clients(store) - before, against, papers, _drafts_home(store, left),
        len(brought) - len(whole),
    )  # fmt: skip


def _drafts_home(store: Store, left: dict[tuple[str, str], dict[str, object] | None]) -> int:
    """Half-filled forms come home too, where none of the same name lies here."""
    wanted = [
        (whose == drafts.EVERYBODY, key, draft) for (whose, key), draft in left.items() if draft and key != "lock"
    ]
    found = [one for one in wanted if store.draft(one[1], shared=one[0]) is None]
    for shared, key, draft in found:
        store.draft_save(key, draft or {}, shared=shared)
    return len(found)


@needs(May.OUTREACH)
def destroy(store: Store, file: Path, *, password: str | None = None) -> None:
    """Writes over and removes the outreach file, its keys and its papers, and forgets its key. Raises MrcError as long
    as a row or a paper of it is not at home."""
    salt = opening.look(file)
    with closing(_opened(store, file, password)) as away, away.plain() as there, store.plain() as here:
        known = set(here.execute("SELECT node, seq, digest FROM main.journal").fetchall())
        if any(row not in known for row in there.execute("SELECT node, seq, digest FROM main.journal")):
            raise MrcError(NOT_HOME, file=file.name)
        if not attachments.there(file).keys() <= attachments.there(store.path).keys():
            raise MrcError(NOT_HOME, file=file.name)
    for one in _files(file):
        _write_over(one)
    for folder in (attachments.folder(file), copies.folder_of(file)):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
    with store.plain() as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (_name(salt),))


def _opened(store: Store, file: Path, password: str | None) -> Store:
    """The outreach file, read with the eyes of the officer at the desk."""
    salt = opening.look(file)
    with store.plain() as connection:
        known, centre = identity.get(connection, _name(salt)), centre_of(connection)
        token = identity.get(connection, "token") or ""
    if known is not None:
        key = bytes.fromhex(known)
    elif password is not None:
        key = keys.unlock(keys.beside(file), *keys.read(keys.beside(file)), store.login, password)
    else:
        raise CannotRead(NOT_OUTREACH, file=file.name)
    with closing(opening.connect(file, key)) as connection:
        of = identity.get(connection, "outreach_of")
        if of is None:
            raise CannotRead(NOT_OUTREACH, file=file.name)
        if of != centre or centre_of(connection) != centre:
            raise MrcError(OTHER_CENTRE, file=file.name)
        token = identity.get(connection, "token") or token
    return Store(file, key, store.login, token, personal=store.personal)


def centre_of(connection: Connection) -> str:
    """The uuid of the centre's own record: the same on every desk of a centre."""
    row = connection.execute("SELECT uuid FROM main.centre WHERE gone = 0 ORDER BY uuid LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _clients(store: Store) -> int:
    with store.plain() as connection:
        return int(connection.execute("SELECT count(*) FROM main.client").fetchone()[0])


def _name(salt: bytes) -> str:
    return f"outreach:{salt.hex()}"


def _files(out: Path) -> Iterator[Path]:
    """Everything an outreach file is made of and what lies beside it, the keys first, then its own backups."""
    here = (keys.beside(out), *attachments.there(out).values(), out, Path(f"{out}-wal"), Path(f"{out}-shm"))
    beside = (patience.beside(out), erasing.beside(out), room.ballast(out))
    copied = sorted(copies.folder_of(out).rglob("*"), key=lambda one: not one.name.endswith(".keys.json"))
    yield from (one for one in (*here, *beside, *copied) if one.is_file())


def _write_over(file: Path) -> None:
    try:
        with file.open("r+b") as open_file:
            left = file.stat().st_size
            while left > 0:
                left -= open_file.write(secrets.token_bytes(min(left, 1 << 20)))
            open_file.flush()
            os.fsync(open_file.fileno())
        file.unlink()
    except OSError as trouble:
        raise MrcError(N_("“{file}” cannot be removed: {reason}."), file=file.name, reason=trouble.strerror) from None
