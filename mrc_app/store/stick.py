"""A copy for a stick, under a key of its own: who finds the stick and guesses its passphrase has that copy, and nothing
that opens the computer. Its files are called ``desk-copy-…`` and name no centre and no person.

The copies of one folder share a key, so that one passphrase and one recovery sheet open them all.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from mrc_app.errors import CannotRead, NotAllowed
from mrc_app.i18n import N_
from mrc_app.store import backup, copies, keys, opening, room
from mrc_app.store.backup import Reach
from mrc_app.store.copies import Copy

STEM = "desk-copy"
LOGIN = "stick"
"""The slot of the passphrase in the stick's key file."""
OTHER = N_("The copies in this folder have another passphrase. Use that one, or choose an empty folder.")


class Made(NamedTuple):
    """A copy on a stick, and its recovery sheet when it is the first one there."""

    copy: Copy
    sheet: str | None


class _Locks(NamedTuple):
    key: bytes
    salt: bytes
    slots: keys.Keys
    sheet: str | None


def make(
    path: Path, key: bytes, folder: Path, passphrase: str, now: datetime | None = None, reach: Reach = backup.nothing,
    cost: keys.Cost | None = None,
) -> Made:  # fmt: skip
    """Writes a verified copy of a centre file under the stick's key; needless older ones go.

    Raises Invalid(password=…) for a weak passphrase, NotAllowed for another one than the stick's, MrcError when the
    disk refuses.
    """
    moment = now or datetime.now(UTC)
    locks = _locks(folder, passphrase, cost)
    copies.sweep(folder, STEM)
    target = copies.name_for(STEM, folder, moment)
    earlier = next((copy.file for copy in copies.in_folder(folder, STEM) if copy.verified), None)
    connection = opening.connect(path, key)
    try:
        with backup.half(target) as part:
            room.require(folder, path.stat().st_size + backup.SPARE)
            reach("copy")
            at = _exported(connection, path, part, locks, reach)
            records = backup.finish(path, part, locks.key, target, at, "stick", earlier, reach, locks.slots)
    finally:
        connection.close()
    copies.let_go(copies.in_folder(folder, STEM), moment, target)
    made = copies.look(target)
    assert made is not None
    return Made(replace(made, records=records), locks.sheet)


def _locks(folder: Path, passphrase: str, cost: keys.Cost | None) -> _Locks:
    secret = keys.new_password(passphrase)
    for copy in copies.in_folder(folder, STEM):
        beside = keys.beside(copy.file)
        try:
            found, mac = keys.read(beside)
            return _Locks(keys.unlock(beside, found, mac, LOGIN, secret), bytes.fromhex(found.id), found, None)
        except NotAllowed:
            raise NotAllowed(OTHER) from None
        except CannotRead:
            continue
    key, salt, sheet = secrets.token_bytes(keys.KEY), secrets.token_bytes(opening.SALT), keys.new_sheet()
    slots = (
        keys.make_slot(salt.hex(), key, "password", LOGIN, secret, cost),
        keys.make_slot(salt.hex(), key, "recovery", "", keys.read_sheet(sheet)),
    )
    return _Locks(key, salt, keys.Keys(salt.hex(), 1, slots), sheet)


def _exported(connection: Connection, source: Path, part: Path, locks: _Locks, reach: Reach) -> backup.Place:
    with opening.told(source):
        before = export(connection, part, locks.key, locks.salt)
    reach("verify")
    copied = backup.checked(part, locks.key)
    if copied != before:
        raise CannotRead(backup.UNLIKE, file=source.name)
    return copied


def export(connection: Connection, part: Path, key: bytes, salt: bytes) -> backup.Place:
    """Writes everything in an open file into an empty file under another key, as it stood at one moment; says which."""
    connection.execute("ATTACH DATABASE ? AS other KEY " + f"\"x'{key.hex()}{salt.hex()}'\"", (str(part),))
    try:
        connection.execute("BEGIN")
        at = backup.place_now(connection)
        connection.execute("SELECT sqlcipher_export('other')")
        connection.execute(
            "INSERT OR REPLACE INTO other.meta(key, value) VALUES ('db', ?), ('keys_gen', '1')", (salt.hex(),)
        )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH DATABASE other")
    return at


def rekeyed(path: Path, key: bytes, target: Path, login: str, password: str) -> str:
    """Writes a copy of a closed file under a fresh key that this officer's new password opens, and a new recovery
    sheet; returns the sheet. Raises Invalid(password=…)."""
    secret, sheet = keys.new_password(password), keys.new_sheet()
    new, salt = secrets.token_bytes(keys.KEY), secrets.token_bytes(opening.SALT)
    connection = opening.connect(path, key)
    try:
        with opening.told(path):
            target.open("xb").close()
            export(connection, target, new, salt)
    finally:
        connection.close()
    slots = (
        keys.make_slot(salt.hex(), new, "password", login, secret),
        keys.make_slot(salt.hex(), new, "recovery", "", keys.read_sheet(sheet)),
    )
    keys.write(keys.beside(target), keys.Keys(salt.hex(), 1, slots), new)
    return sheet
