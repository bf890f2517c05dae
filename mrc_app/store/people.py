"""Who can open the centre file: key slots added, changed and taken away, in step with the generation kept
inside the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mrc_app.store import identity, keys
from mrc_app.store.keys import Keys

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


def set_password(store: Store, login: str, password: str) -> None:
    """Gives an officer a slot, or a new password in her slot. Raises Invalid(password=…)."""
    secret = keys.new_password(password)
    _change(store, lambda found, key: keys.with_slot(found, keys.make_slot(found.id, key, "password", login, secret)))


def change_password(store: Store, old: str, new: str) -> None:
    """The officer at the desk changes her own password. Raises NotAllowed for a wrong old one, Invalid for a
    weak new one."""
    beside = keys.beside(store.path)
    keys.unlock(beside, *keys.read(beside), store.login, old)
    set_password(store, store.login, new)


def remove(store: Store, login: str) -> None:
    """Takes an officer's slot away. No older key file stays; a copy of one is noticed by its generation. Raises
    Invalid."""
    _change(store, lambda found, _key: keys.without(found, login))


def new_sheet(store: Store) -> str:
    """A new recovery sheet in place of the old one, which opens nothing from now on."""
    sheet = keys.new_sheet()
    letters = keys.read_sheet(sheet)
    _change(store, lambda found, key: keys.with_slot(found, keys.make_slot(found.id, key, "recovery", "", letters)))
    return sheet


def _change(store: Store, edit: Callable[[Keys, bytes], Keys]) -> None:
    """The generation is written first, inside an open transaction, and kept only after the key file stands on
    the disk."""
    beside = keys.beside(store.path)
    with store.writing() as connection:
        found, _mac = keys.read(beside)
        new = edit(found, store.key)
        identity.put(connection, keys_gen=new.generation)
        keys.write(beside, new, store.key)
