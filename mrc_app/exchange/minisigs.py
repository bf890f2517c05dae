"""Detached signatures as the minisign program writes and checks them (prehashed, so that a file of any size is read
once, in pieces)."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from hashlib import blake2b, sha256
from pathlib import Path

from mrc_app.errors import CannotRead, MrcError
from mrc_app.i18n import N_

ENDING = ".minisig"
PIECE = 1 << 20
_PUBLIC, _HASHED = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
NO_SIGNATURE = N_("“{file}” has no signature beside it, or one that cannot be read.")
WRONG = N_("The signature beside “{file}” does not fit: the file was changed, or somebody else signed it.")


def beside(file: Path) -> Path:
    """Where a file's signature lies."""
    return file.with_name(file.name + ENDING)


def key_id(verify_key: bytes) -> bytes:
    """The eight bytes by which minisign tells keys apart."""
    return sha256(b"mrc minisign\x00" + verify_key).digest()[:8]


def public_file(verify_key: bytes) -> str:
    """The text of a ``minisign.pub``."""
    number = key_id(verify_key)[::-1].hex().upper()
    whole = base64.b64encode(_PUBLIC + key_id(verify_key) + verify_key).decode()
    return f"{_UNTRUSTED}minisign public key {number}\n{whole}\n"


def write(file: Path, verify_key: bytes, sign: Callable[[bytes], bytes], said: str = "") -> Path:
    """Signs a file and writes the signature beside it. Raises MrcError when the disk refuses."""
    if "\n" in said or "\r" in said:
        raise ValueError("a trusted comment is one line")
    signature = sign(_digest(file))
    whole = sign(signature + said.encode())
    target = beside(file)
    lines = (
        f"{_UNTRUSTED}signature of {file.name}",
        base64.b64encode(_HASHED + key_id(verify_key) + signature).decode(),
        f"{_TRUSTED}{said}",
        base64.b64encode(whole).decode(),
    )
    try:
        with target.open("w", encoding="utf-8", newline="\n") as out:
            out.write("\n".join(lines) + "\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as trouble:
        said_why = N_("“{file}” cannot be written here: {reason}.")
        raise MrcError(said_why, file=target.name, reason=trouble.strerror or str(trouble)) from None
    return target


def verify(file: Path, verify_key: bytes, signature: Path | None = None) -> str:
    """Checks the signature beside a file; returns its trusted comment. Raises CannotRead."""
    from mrc_app.exchange.desk_keys import signed_by

    try:
        lines = (signature or beside(file)).read_text("utf-8").split("\n")
        said = lines[2].removeprefix(_TRUSTED).rstrip("\r")
        sealed, whole = base64.b64decode(lines[1], validate=True), base64.b64decode(lines[3], validate=True)
    except (OSError, ValueError, IndexError):
        raise CannotRead(NO_SIGNATURE, file=file.name) from None
    fits = sealed[:2] == _HASHED and len(sealed) == 74 and signed_by(verify_key, _digest(file), sealed[10:])
    if not fits or not signed_by(verify_key, sealed[10:] + said.encode(), whole):
        raise CannotRead(WRONG, file=file.name)
    return said


def _digest(file: Path) -> bytes:
    whole = blake2b()
    try:
        with file.open("rb") as opened:
            while piece := opened.read(PIECE):
                whole.update(piece)
    except OSError as trouble:
        raise CannotRead(N_("“{file}” cannot be read: {reason}."), file=file.name, reason=trouble.strerror) from None
    return whole.digest()
