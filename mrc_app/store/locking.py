"""Lockdown: from one moment to the next only supervisors and the recovery sheet open the centre file.

The key file is written anew without the slots of everybody else. Those slots are not lost: they lie in a box inside the
key file that only the file's own key opens, so that a supervisor can put them back. The key file comes first, in one
step; its higher number reaches the file itself now or at the next unlock, so a crash in between leaves a file that
opens with a supervisor's password. The old key file is written over where the system lets us.

The backups in their folder on this computer are locked down with it: an old copy would open with an old password. A
lockdown does not reach copies that lie elsewhere, and not what somebody reads from a running computer.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import identity, keys
from mrc_app.store.keys import Keys, Slot
from mrc_app.store.roles import May, Role
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

NOBODY = N_("There is no supervisor and no recovery sheet to end a lockdown.")
CHANGED = N_("The key file was changed since. Sign in and lock down again.")
NONE_STANDS = N_("This centre file is not locked down.")


@dataclass(frozen=True)
class Lockdown:
    """The lockdown that stands: when (UTC), who pressed the keys (a login), and how many slots wait in the box."""

    at: str
    by: str
    waiting: int


@dataclass(frozen=True)
class Prepared:
    """A lockdown ready to be carried out without the file's key: the bytes of each key file as it will be, the centre
    file's first, then those of its backups."""

    path: Path
    generation: int
    content: bytes
    copies: tuple[Prepared, ...] = ()

    def carry_out(self) -> None:
        """Writes the key files; a backup that refuses is passed over. Raises MrcError when the disk refuses or the key
        file was changed since."""
        found, _mac = keys.read(self.path)
        if not found.lockdown:
            if found.generation >= self.generation:
                raise MrcError(CHANGED)
            keys.put(self.path, self.content)
        for copy in self.copies:
            with suppress(MrcError):
                copy.carry_out()


def prepare(store: Store, backups: Path | None = None) -> Prepared:
    """The lockdown of an open file, ready. ``backups`` is the folder of its copies, the usual one when None. Raises
    Invalid when nobody could end it."""
    key, stay = store.key, _logins(store, Role.SUPERVISOR)
    note = {"at": now_text(), "by": store.login}
    beside = keys.beside(store.path)
    ready = _prepared(beside, keys.check(beside, key), key, stay, note)
    copies = tuple(_prepared(file, found, key, stay, note) for file, found in _copies(store, backups))
    return replace(ready, copies=copies)


def _prepared(file: Path, found: Keys, key: bytes, stay: list[str], note: dict[str, str]) -> Prepared:
    down = found if found.lockdown else locked_down(found, key, stay, note)
    return Prepared(file, down.generation, keys.written(down, key))


def _copies(store: Store, backups: Path | None) -> Iterator[tuple[Path, Keys]]:
    """The key files of the copies that lie in the folder of backups and open with the same key."""
    from mrc_app.store import copies

    for file in sorted((backups or copies.folder_of(store.path)).glob("*.keys.json")):
        with suppress(MrcError):
            yield file, keys.check(file, store.key)


def lock_down(store: Store, backups: Path | None = None) -> None:
    """Locks the file and its backups down. Everybody may. The store stays open until it is closed. Raises MrcError."""
    store.allow(May.LOCK_DOWN)
    ready = prepare(store, backups)
    ready.carry_out()
    with suppress(MrcError), store.plain() as connection:
        _raise_generation(connection, ready.generation)


def standing(store: Store) -> Lockdown | None:
    """The lockdown that stands; None when there is none."""
    found = keys.check(keys.beside(store.path), store.key)
    if not found.lockdown:
        return None
    note, out = taken_out(found, store.key)
    return Lockdown(note.get("at", ""), note.get("by", ""), len(out))


def may_end(store: Store) -> bool:
    """Whether whoever opened the file may end a lockdown: a supervisor, or who held the recovery sheet."""
    return store.role is Role.SUPERVISOR or store.by_sheet


def end(store: Store, backups: Path | None = None) -> None:
    """Puts the passwords of everybody who still works here back. Raises NotAllowed, and MrcError when none stands."""
    if not store.by_sheet:
        store.allow(May.END_LOCKDOWN)
    beside = keys.beside(store.path)
    people = _logins(store, *Role)
    with store.writing() as connection:
        found = keys.check(beside, store.key)
        if not found.lockdown:
            raise MrcError(NONE_STANDS)
        free = set_free(found, store.key, people)
        identity.put(connection, keys_gen=free.generation)
        keys.write(beside, free, store.key)
    for file, copy in _copies(store, backups):
        if copy.lockdown:
            keys.write(file, set_free(copy, store.key, people), store.key)


def _logins(store: Store, *roles: Role) -> list[str]:
    with store.plain() as connection:
        rows = connection.execute("SELECT login, role FROM officer WHERE active = 1 AND gone = 0").fetchall()
    return [login for login, role in rows if role in roles]


def _raise_generation(connection: Any, generation: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if int(identity.get(connection, "keys_gen") or 0) < generation:
        identity.put(connection, keys_gen=generation)
    connection.execute("COMMIT")


# -- the key file


def locked_down(found: Keys, key: bytes, stay: Iterable[str], note: dict[str, str]) -> Keys:
    """A key file's content with only the slots of the logins in ``stay`` and the recovery sheet; the others go with
    ``note`` into the box. Raises Invalid when nobody could end it."""
    from nacl import bindings

    tags = {keys.tag_of(found.id, login) for login in stay}
    kept = tuple(slot for slot in found.slots if slot.kind == "recovery" or slot.tag in tags)
    if not kept:
        raise Invalid(login=Problem(NOBODY))
    out = [vars(slot) for slot in found.slots if slot not in kept]
    nonce = secrets.token_bytes(bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    text = json.dumps({**note, "slots": out}, sort_keys=True).encode()
    box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, _about(found), nonce, _under(key))
    return replace(found, generation=found.generation + 1, slots=kept, lockdown=(nonce + box).hex())


def taken_out(found: Keys, key: bytes) -> tuple[dict[str, str], tuple[Slot, ...]]:
    """The note and the slots in the box; nothing when the file got a new key meanwhile."""
    from nacl import bindings, exceptions

    raw, size = bytes.fromhex(found.lockdown), bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
    try:
        text = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(raw[size:], _about(found), raw[:size], _under(key))
    except exceptions.CryptoError:
        return {}, ()
    note = json.loads(text)
    return note, tuple(Slot(**slot) for slot in note.pop("slots"))


def set_free(found: Keys, key: bytes, people: Iterable[str]) -> Keys:
    """A key file's content after the lockdown: the slots of these logins are back. A slot made meanwhile stays."""
    there = {slot.tag for slot in found.slots if slot.kind == "password"}
    tags = {keys.tag_of(found.id, login) for login in people} - there
    back = tuple(slot for slot in taken_out(found, key)[1] if slot.tag in tags)
    return replace(found, generation=found.generation + 1, slots=(*found.slots, *back), lockdown="")


def _about(found: Keys) -> bytes:
    return f"{keys.FORMAT}:{found.id}:lockdown".encode()


def _under(key: bytes) -> bytes:
    return blake2b(b"lockdown", key=key, digest_size=keys.KEY, person=b"mrc lockdown").digest()
