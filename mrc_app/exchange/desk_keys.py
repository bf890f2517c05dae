"""The one key pair of a desk: an Ed25519 key signs, and its X25519 form is the age identity parcels are sealed to.

So a recipient (``age1…``) compared once by phone also proves signatures: a signer's Ed25519 key is turned into its
X25519 form and compared with the recipient that was trusted. A stock age identity without a signing key can be read
with and not signed with.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import CannotRead, MrcError
from mrc_app.exchange import key_text, minisigs
from mrc_app.i18n import N_
from mrc_app.store import identity

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

SIGNING = "# signing key: "
NO_KEY = N_("“{file}” holds no age identity.")
NO_SIGNING = N_("This key can read and not sign. Make one with “mrc keys new”.")


@dataclass(frozen=True)
class Own:
    """A key pair that is ours. ``seed`` is the Ed25519 seed; None for a stock age identity, which cannot sign."""

    private: bytes = field(repr=False)
    seed: bytes | None = field(default=None, repr=False)

    @cached_property
    def public(self) -> bytes:
        """The X25519 public key."""
        from nacl.public import PrivateKey

        return bytes(PrivateKey(self.private).public_key)

    @property
    def recipient(self) -> str:
        """What others seal to: ``age1…``."""
        return key_text.recipient(self.public)

    @property
    def identity(self) -> str:
        """The secret as the age program reads it: ``AGE-SECRET-KEY-1…``."""
        return key_text.identity(self.private)

    @property
    def fingerprint(self) -> str:
        """Groups of digits, the same in every language."""
        return key_text.fingerprint(self.public)

    @property
    def words(self) -> str:
        """Six words for a line on which digits are hard to hear."""
        return key_text.words(self.public)

    @property
    def verify_key(self) -> bytes:
        """The Ed25519 public key. Raises MrcError for a key that cannot sign."""
        from nacl.signing import SigningKey

        return bytes(SigningKey(self._seed()).verify_key)

    def sign(self, said: bytes) -> bytes:
        """An Ed25519 signature. Raises MrcError for a key that cannot sign."""
        from nacl.signing import SigningKey

        return bytes(SigningKey(self._seed()).sign(said).signature)

    @property
    def minisign_public(self) -> str:
        """The public key file of the minisign program."""
        return minisigs.public_file(self.verify_key)

    def minisign(self, file: Path, said: str = "") -> Path:
        """Writes ``<file>.minisig`` beside a file and returns it. ``said`` is the trusted comment."""
        return minisigs.write(file, self.verify_key, self.sign, said)

    def _seed(self) -> bytes:
        if self.seed is None:
            raise MrcError(NO_SIGNING)
        return self.seed


def own(store: Store) -> Own:
    """The key pair of this desk."""
    with store.plain() as connection:
        return from_seed(bytes.fromhex(identity.get(connection, "signing_key") or ""))


def from_seed(seed: bytes) -> Own:
    """The pair of an Ed25519 seed."""
    from nacl import bindings

    _public, secret = bindings.crypto_sign_seed_keypair(seed)
    return Own(bindings.crypto_sign_ed25519_sk_to_curve25519(secret), seed)


def x25519_of(verify_key: bytes) -> bytes | None:
    """The X25519 form of an Ed25519 public key; None for bytes that are no such key."""
    from nacl import bindings
    from nacl.exceptions import CryptoError

    try:
        return bindings.crypto_sign_ed25519_pk_to_curve25519(verify_key)
    except (CryptoError, TypeError, ValueError):
        return None


def recipient_of(verify_key: bytes) -> str | None:
    """The recipient a signer is known by; None for bytes that are no key."""
    public = x25519_of(verify_key)
    return key_text.recipient(public) if public else None


def signed_by(verify_key: bytes, said: bytes, signature: bytes) -> bool:
    """Whether a signature is this key's."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(verify_key).verify(said, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


# -- files of a ministry or a partner without a centre file


def write_identity_file(path: Path, made_on: str) -> Own:
    """A new stock age identity in a file of its own; a comment keeps what signs. Raises MrcError when a file is there
    or the disk refuses."""
    made = from_seed(os.urandom(32))
    text = (
        f"# created: {made_on}\n# public key: {made.recipient}\n{SIGNING}{made._seed().hex()}\n"
        f"# fingerprint: {made.fingerprint}\n{made.identity}\n"
    )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=path.name) from None
    except OSError as trouble:
        raise MrcError(
            N_("“{file}” cannot be written here: {reason}."), file=path.name, reason=trouble.strerror or str(trouble)
        ) from None
    return made


def from_identity_file(path: Path) -> Own:
    """The pair of an age identity file, its own or a stock one. Raises CannotRead."""
    try:
        lines = path.read_text("utf-8").splitlines()[:1000]
    except (OSError, UnicodeDecodeError):
        raise CannotRead(N_("“{file}” cannot be read."), file=path.name) from None
    privates = [found for line in lines if (found := key_text.private_of(line)) is not None]
    if not privates:
        raise CannotRead(NO_KEY, file=path.name)
    seeds = [line.removeprefix(SIGNING).strip() for line in lines if line.startswith(SIGNING)]
    for seed in seeds:
        if len(seed) == 64 and set(seed) <= set("0123456789abcdef"):
            made = from_seed(bytes.fromhex(seed))
            if made.private == privates[0]:
                return made
    return Own(privates[0])
