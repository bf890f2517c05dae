"""An empty desk of a centre: its own file, key and recovery sheet, no records. Its first parcel from the desk it joins
brings the centre, the officers and everything else."""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.exchange import desk_keys, key_text
from mrc_app.i18n import N_
from mrc_app.store import identity, keys, leftovers, making, opening, sealing

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

NOT_A_KEY = N_("“{key}” is not a key (age1…).")
EMPTY = N_("Write something here.")


class Made(NamedTuple):
    """The new desk: its id, its key, and the recovery sheet, to be printed now (it is kept nowhere)."""

    desk: str
    own: desk_keys.Own
    sheet: str


def make(
    path: Path, *, join: str, name: str, login: str, password: str, settings: Path | None = None,
    cost: keys.Cost | None = None,
) -> Made:  # fmt: skip
    """Makes the file of an empty desk that takes in parcels of the desk with the recipient ``join``.

    Raises Invalid for what was typed, MrcError when a file is in the way; nothing half made stays.
    """
    key_of = join.strip().lower()
    if key_text.public_of(key_of) is None:
        raise Invalid(join=Problem(NOT_A_KEY, {"key": join}))
    empty = {field: Problem(EMPTY) for field, text in (("name", name), ("user", login)) if not text.strip()}
    if empty:
        raise Invalid(**empty)
    secret, beside = keys.new_password(password), keys.beside(path)
    if beside.exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=beside.name)
    key, salt, sheet = secrets.token_bytes(keys.KEY), secrets.token_bytes(opening.SALT), keys.new_sheet()
    slots = (
        keys.make_slot(salt.hex(), key, "password", login, secret, cost, sealing.new_private()),
        keys.make_slot(salt.hex(), key, "recovery", "", keys.read_sheet(sheet)),
    )
    connection = opening.create(path, key, salt)
    with leftovers.undone(lambda: leftovers.remove(leftovers.of_centre(path))):
        making.lay_out(connection, salt, name, identity.computer_token(settings), sealing.sheet_public(sheet))
        with closing(opening.connect(path, key)) as made:
            identity.put(made, joins=key_of)
            desk = identity.get(made, "desk") or ""
            own = desk_keys.from_seed(bytes.fromhex(identity.get(made, "signing_key") or ""))
        keys.write(beside, keys.Keys(salt.hex(), 1, slots), key)
    return Made(desk, own, sheet)


def waits(store: Store) -> bool:
    """Whether this is a desk that was made to join a centre and has not had its first parcel yet."""
    with store.plain() as connection:
        return identity.waits(connection)
