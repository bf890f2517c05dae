"""From a password or a recovery sheet to an open centre file."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

from mrc_app.errors import CannotRead, NotAllowed
from mrc_app.i18n import N_
from mrc_app.store import erasing, identity, keys, opening, patience, people, refusals, sealing, upgrades
from mrc_app.store.centre import Store

STRANGER = N_("The key file “{file}” does not belong to this centre file, or the start of the centre file is damaged.")


WAITS = N_("This desk is empty. Receive the first parcel of the desk it belongs to, then sign in.")


def unlock(path: Path, login: str, password: str, settings: Path | None, *, waiting: bool = False) -> Store:
    """The store, opened by an officer's password; with ``waiting`` also an empty desk's, before its first parcel."""
    found, mac = _keys(path)
    if found.lockdown and not keys.has_slot(found, login):
        raise NotAllowed(keys.LOCKED_DOWN)
    with patience.attempt(path, keys.tag_of(found.id, login)):
        key, personal = keys.unlock_both(keys.beside(path), found, mac, login, password)
    store = with_key(path, key, login, settings, found.generation, personal, waiting=waiting)
    refusals.bring_in(store)
    return store


def recover(path: Path, sheet: str, login: str, password: str, settings: Path | None) -> Store:
    """The store, opened by the recovery sheet; the officer's password is set anew."""
    found, mac = _keys(path)
    secret = keys.new_password(password)
    key = keys.recover(keys.beside(path), found, mac, sheet)
    store = with_key(path, key, login, settings, found.generation)
    people.set_password(store, login, secret)
    store.hold(store.personal, sealing.sheet_private(keys.read_sheet(sheet)))
    sealing.catch_up(store)
    store.by_sheet = True
    return store


def with_key(
    path: Path, key: bytes, login: str, settings: Path | None, generation: int | None = None, personal: bytes = b"",
    *, waiting: bool = False,
) -> Store:  # fmt: skip
    """The store, opened by the key itself (after a short lock, and in tests). An older file is upgraded first."""
    connection = opening.connect(path, key)
    try:
        opening.light_check(connection, path)
        old = upgrades.version(connection, path) != upgrades.NEWEST
        if generation is not None:
            _same_generation(connection, path, generation)
        empty = not old and identity.waits(connection)
    finally:
        connection.close()
    if empty and not waiting:
        raise NotAllowed(WAITS)
    if old:
        upgrades.upgrade(path, key)
    store = Store(path, key, login, identity.computer_token(settings), founder=empty, personal=personal)
    if old:
        from mrc_app.store import receiving

        receiving.settle_waiting(store)
    erasing.catch_up(store)
    sealing.catch_up(store)
    return store


def _keys(path: Path) -> tuple[keys.Keys, str]:
    salt = opening.look(path)
    beside = keys.beside(path)
    found, mac = keys.read(beside)
    if found.id != salt.hex() and people.finish_rekey(path):
        found, mac = keys.read(beside)
    if found.id != salt.hex():
        raise CannotRead(STRANGER, file=beside.name)
    return found, mac


def _same_generation(connection: Connection, path: Path, generation: int) -> None:
    kept = int(identity.get(connection, "keys_gen") or 0)
    if generation < kept:
        raise CannotRead(keys.OLD, file=keys.beside(path).name)
    if generation > kept:
        identity.put(connection, keys_gen=generation)
