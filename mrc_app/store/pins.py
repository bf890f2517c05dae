"""A short PIN that re-opens the desk after a short lock, on this computer and only while the program runs.

While the desk is locked the program holds no key of the centre file. It holds a box: the key, sealed under what
Argon2id makes of the PIN together with a random secret that never leaves the memory. Five wrong PINs destroy the box,
and the password is asked for. The box protects from somebody who sits down at the keyboard. It does not protect from
somebody who copies the memory of the running computer and tries ten thousand PINs elsewhere: then lock down, or switch
off.

A PIN that is to be remembered stands inside the encrypted file, stretched, so that the next sign-in by password makes a
new box without asking for it again.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import CannotRead, Invalid, NotAllowed, Problem
from mrc_app.i18n import N_
from mrc_app.store import identity, keys

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

TRIES = 5
WRONG = N_("This PIN is not right. Tries left: {n}.")
NO_MORE = N_("The PIN was wrong {n} times. Sign in with your password.")
OVER = N_("This PIN is not valid any more. Sign in with your password.")


class Stretched:
    """What a PIN becomes: a salt, what it cost, and 32 bytes."""

    def __init__(self, salt: bytes, cost: keys.Cost, made: bytes) -> None:
        self.salt, self.cost, self.made = salt, cost, made


class Sealed:
    """The box with the key of one centre file, for one officer. ``tries`` left; 0 when it was destroyed."""

    def __init__(self, store: Store, pin: Stretched) -> None:
        from nacl import bindings

        self.path, self.login = store.path, store.login
        self.tries = TRIES
        self._salt, self._cost, self._secret = pin.salt, pin.cost, secrets.token_bytes(keys.KEY)
        self._nonce = secrets.token_bytes(bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
        self._box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
            store.key + store.personal, self._about(), self._nonce, self._under(pin.made)
        )
        self._turn = threading.Lock()

    def open(self, pin: str, settings: Path | None = None) -> Store:
        """The store again. Raises NotAllowed for a wrong PIN, and when the box is gone or the officer's password slot
        was taken away meanwhile."""
        from mrc_app.store import unlocking

        with self._turn:
            both = self._try(pin)
            self.tries = TRIES
        key, personal = both[: keys.KEY], both[keys.KEY :]
        try:
            found = keys.check(keys.beside(self.path), key)
            if not keys.has_slot(found, self.login):
                raise NotAllowed(keys.LOCKED_DOWN if found.lockdown else OVER)
            return unlocking.with_key(self.path, key, self.login, settings, found.generation, personal)
        except (NotAllowed, CannotRead):
            self.destroy()
            raise

    def _try(self, pin: str) -> bytes:
        from nacl import bindings, exceptions

        if self.tries < 1:
            raise NotAllowed(OVER)
        self.tries -= 1
        made = _stretch(pin, self._salt, self._cost)
        try:
            return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
                self._box, self._about(), self._nonce, self._under(made)
            )
        except exceptions.CryptoError:
            if self.tries < 1:
                self.destroy()
                raise NotAllowed(NO_MORE, n=TRIES) from None
            raise NotAllowed(WRONG, n=self.tries) from None

    def destroy(self) -> None:
        """Forgets everything the key could be made from."""
        self.tries = 0
        self._box = self._nonce = self._salt = self._secret = b""

    def _about(self) -> bytes:
        return f"mrc pin:{self.path}:{self.login}".encode()

    def _under(self, made: bytes) -> bytes:
        return blake2b(made, key=self._secret, digest_size=keys.KEY, person=b"mrc pin").digest()


def checked(pin: str) -> str:
    """The PIN, if it is one. Raises Invalid(pin=…)."""
    if not re.fullmatch(r"[0-9]{4,8}", pin):
        raise Invalid(pin=Problem(N_("A PIN has four to eight digits.")))
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if len(set(pin)) < 2 or steps in ({1}, {-1}):
        raise Invalid(pin=Problem(N_("This PIN is the first that somebody would try.")))
    return pin


def choose(store: Store, pin: str, *, remember: bool) -> Sealed:
    """A PIN for the officer at the desk: until the program ends, or remembered inside the file. Raises Invalid."""
    made = _new(checked(pin))
    with store.plain() as connection:
        if remember:
            kept = {"salt": made.salt.hex(), "ops": made.cost.ops, "mem": made.cost.mem, "made": made.made.hex()}
            identity.put(connection, **{_name(store): json.dumps(kept)})
        else:
            connection.execute("DELETE FROM meta WHERE key = ?", (_name(store),))
    return Sealed(store, made)


def remembered(store: Store) -> Sealed | None:
    """A new box under the PIN this officer chose to be remembered; None when she chose none."""
    with store.plain() as connection:
        kept = identity.get(connection, _name(store))
    if kept is None:
        return None
    said = json.loads(kept)
    cost = keys.Cost(said["ops"], said["mem"])
    return Sealed(store, Stretched(bytes.fromhex(said["salt"]), cost, bytes.fromhex(said["made"])))


def forget(store: Store) -> None:
    """The officer at the desk wants no PIN any more."""
    with store.plain() as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (_name(store),))


def _name(store: Store) -> str:
    return f"pin:{store.officer}"


def _new(pin: str) -> Stretched:
    salt, cost = secrets.token_bytes(16), keys.COST
    return Stretched(salt, cost, _stretch(pin, salt, cost))


def _stretch(pin: str, salt: bytes, cost: keys.Cost) -> bytes:
    from nacl import pwhash

    return pwhash.argon2id.kdf(keys.KEY, pin.encode(), salt, opslimit=cost.ops, memlimit=cost.mem)
