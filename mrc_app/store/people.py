"""Who can open the centre file: people added, disabled and given new passwords, each with her key slot, in step with
the generation kept inside the file."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.store import identity, keys, opening, sealing
from mrc_app.store.keys import Keys
from mrc_app.store.roles import May, Role, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


@needs(May.KEEP_PEOPLE)
def add(store: Store, *, name: str, login: str, role: Role, password: str) -> str:
    """A new officer with a password of her own; returns her uuid. Raises Invalid field by field."""
    from mrc_app.store import officers

    secret = keys.new_password(password)
    with store.change(by=store.officer, do="officers.add") as session:
        made = officers.add(session, name=name, login=login, role=role)
        uuid, known = made.uuid, made.login
    set_password(store, known, secret)
    return uuid


@needs(May.KEEP_PEOPLE)
def disable(store: Store, login: str, *, even_alone: bool = False) -> None:
    """Takes an officer's key slot away and ends her work here; her name stays in the journal.

    Raises NotAllowed for oneself, the last who keeps people, or (unless ``even_alone``) somebody without whom nobody
    could see a restricted client; Invalid for a stranger.
    """
    from mrc_app.store import officers

    with store.change(by=store.officer, do="officers.disable") as session:
        found = officers.signing_in_as(session, login)
        officers.disable(session, found, by=store.officer, even_alone=even_alone)
        known = found.login
    if keys.has_slot(keys.read(keys.beside(store.path))[0], known):
        remove(store, known)


@needs(May.KEEP_PEOPLE)
def reset(store: Store, login: str, password: str) -> None:
    """Gives an officer who forgot hers a new password; the journal says who did. Raises Invalid."""
    from mrc_app.store import officers

    secret = keys.new_password(password)
    with store.change(by=store.officer, do="officers.reset") as session:
        found = officers.signing_in_as(session, login)
        officers.note_reset(session, found, by=store.officer, at=now_text())
        known = found.login
    set_password(store, known, secret)


def set_password(store: Store, login: str, password: str) -> None:
    """Gives an officer a slot, or a new password in her slot. Raises Invalid(password=…), NotAllowed."""
    mine = login.strip().casefold() == store.login.strip().casefold()
    store.allow(May.OWN_PASSWORD if mine else May.KEEP_PEOPLE)
    secret = keys.new_password(password)
    personal = (store.personal if mine else b"") or sealing.new_private()

    def slotted(found: Keys, key: bytes) -> Keys:
        return keys.with_slot(found, keys.make_slot(found.id, key, "password", login, secret, personal=personal))

    _change(store, slotted)
    _publish(store, login, sealing.public_of(personal))
    if mine and personal != store.personal:
        store.hold(personal)


def _publish(store: Store, login: str, public: str) -> None:
    """Keeps the key that restricted records are sealed to for an officer, instead of one lost with her password."""
    from mrc_app.store import officers

    with store.change(by=store.officer, do="officers.key") as session:
        found = officers.by_login(session, login)
        if found is not None and public not in found.public_key.split():
            found.public_key = public
            session.add(found)


@needs(May.OWN_PASSWORD)
def publish_also(store: Store) -> None:
    """The officer's key at this desk stands beside those she has at other desks, whatever they wrote meanwhile."""
    from mrc_app.store import officers

    public = sealing.public_of(store.personal)
    with store.change(by=store.officer, do="officers.key") as session:
        found = officers.by_login(session, store.login)
        if found is not None and public not in found.public_key.split():
            found.public_key = f"{found.public_key} {public}".strip()
            session.add(found)


@needs(May.OWN_PASSWORD)
def change_password(store: Store, old: str, new: str) -> None:
    """The officer at the desk changes her own password. Raises NotAllowed for a wrong old one, Invalid for a
    weak new one."""
    beside = keys.beside(store.path)
    keys.unlock(beside, *keys.read(beside), store.login, old)
    set_password(store, store.login, new)


@needs(May.KEEP_PEOPLE)
def remove(store: Store, login: str) -> None:
    """Takes an officer's slot away. No older key file stays; a copy of one is noticed by its generation. Raises
    Invalid."""
    _change(store, lambda found, _key: keys.without(found, login))


@needs(May.KEEP_PEOPLE)
def new_sheet(store: Store) -> str:
    """A new recovery sheet in place of the old one, which opens nothing from now on."""
    sheet = keys.new_sheet()
    letters = keys.read_sheet(sheet)
    _change(store, lambda found, key: keys.with_slot(found, keys.make_slot(found.id, key, "recovery", "", letters)))
    with store.plain() as connection:
        identity.put(connection, **{sealing.SHEET: sealing.sheet_public(sheet)})
    sealing.catch_up(store)
    return sheet


@needs(May.REKEY)
def rekey(store: Store, password: str) -> str:
    """Gives the centre file a new key, which no key copied before opens; returns the new recovery sheet.

    The store is closed. Only the officer at the desk has a slot afterwards: everybody else is given a new password.
    Raises NotAllowed for a wrong password, MrcError when the file is open elsewhere or the disk refuses.
    """
    from mrc_app.store import stick, swapping

    beside, path, key, login, personal = keys.beside(store.path), store.path, store.key, store.login, store.personal
    keys.unlock(beside, *keys.read(beside), login, password)
    fresh = path.with_name(f"{path.stem}.rekey{path.suffix}")
    store.close()
    forget_half(path)
    with swapping.alone(path, key) as connection:
        new, salt, sheet = secrets.token_bytes(keys.KEY), secrets.token_bytes(opening.SALT), keys.new_sheet()
        with opening.told(path):
            fresh.open("xb").close()
            stick.export(connection, fresh, new, salt)
        slots = (
            keys.make_slot(salt.hex(), new, "password", login, password, personal=personal),
            keys.make_slot(salt.hex(), new, "recovery", "", keys.read_sheet(sheet)),
        )
        keys.write(keys.beside(fresh), keys.Keys(salt.hex(), 1, slots), new)
        swapping.folded(fresh, new)
        swapping.swap(path, fresh, connection)
    finish_rekey(path)
    connection = opening.connect(path, new)
    identity.put(connection, **{sealing.SHEET: sealing.sheet_public(sheet)})
    connection.close()
    return sheet


def finish_rekey(path: Path) -> bool:
    """Puts the key file of a new key beside the file it belongs to, also after the power failed between the two."""
    waiting = keys.beside(path.with_name(f"{path.stem}.rekey{path.suffix}"))
    if not waiting.exists() or keys.read(waiting)[0].id != opening.look(path).hex():
        return False
    waiting.replace(keys.beside(path))
    return True


def forget_half(path: Path) -> None:
    """Takes away what a re-key that did not come to its end left behind."""
    fresh = path.with_name(f"{path.stem}.rekey{path.suffix}")
    for leftover in (fresh, keys.beside(fresh)):
        leftover.unlink(missing_ok=True)


def _change(store: Store, edit: Callable[[Keys, bytes], Keys]) -> None:
    """The generation is written first, inside an open transaction, and kept only after the key file stands on
    the disk."""
    beside = keys.beside(store.path)
    with store.writing() as connection:
        found, _mac = keys.read(beside)
        new = edit(found, store.key)
        identity.put(connection, keys_gen=new.generation)
        keys.write(beside, new, store.key)
