"""A new centre file: tables, guards, the desk's identity, its first officer and the recovery sheet."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import identity, keys, leftovers, opening, sealing
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role

if TYPE_CHECKING:
    from sqlite3 import Connection


def make(
    path: Path,
    *,
    centre: str,
    country: str,
    desk: str,
    officer: str,
    login: str,
    password: str,
    languages: Sequence[str],
    token: str,
    cost: keys.Cost | None = None,
) -> tuple[Store, str]:
    """The new store, open, and its recovery sheet. Raises Invalid for what was typed and MrcError when a file
    is in the way."""
    _check(centre=centre, country=country, desk=desk, officer=officer, login=login)
    secret = keys.new_password(password)
    beside = keys.beside(path)
    if beside.exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=beside.name)
    key, salt, sheet = secrets.token_bytes(keys.KEY), secrets.token_bytes(opening.SALT), keys.new_sheet()
    personal = sealing.new_private()
    slots = (
        keys.make_slot(salt.hex(), key, "password", login, secret, cost, personal),
        keys.make_slot(salt.hex(), key, "recovery", "", keys.read_sheet(sheet)),
    )
    connection = opening.create(path, key, salt)
    with leftovers.undone(lambda: leftovers.remove(leftovers.of_centre(path))):
        lay_out(connection, salt, desk, token, sealing.sheet_public(sheet))
        store = Store(path, key, login, token, founder=True, personal=personal)
        _first_rows(store, centre.strip(), country, officer.strip(), tuple(languages))
        keys.write(beside, keys.Keys(salt.hex(), 1, slots), key)
    return store, sheet


def _check(**typed: str) -> None:
    empty = {name: Problem(N_("Write something here.")) for name, text in typed.items() if not text.strip()}
    if empty:
        raise Invalid(**empty)


def lay_out(connection: Connection, salt: bytes, desk: str, token: str, sheet: str) -> None:
    """The tables of an empty file, its identity and the public half of its recovery sheet; closes the connection."""
    from mrc_app.store import upgrades

    try:
        upgrades.lay_out(connection)
        connection.execute("BEGIN IMMEDIATE")
        identity.put(connection, db=salt.hex(), keys_gen=1, **{sealing.SHEET: sheet})
        identity.new_desk(connection, desk.strip(), token)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _first_rows(store: Store, name: str, country: str, officer: str, languages: tuple[str, ...]) -> None:
    from mrc_app.store.officers import Centre, Officer

    first = Officer(uuid=store.officer, name=officer, login=store.login, role=Role.SUPERVISOR)
    first.public_key = sealing.public_of(store.personal)
    with store.change(by=store.officer, do="centre.create") as session:
        session.add(Centre(name=name, country=country, languages=languages))
        session.add(first)
    store.know_officer()
