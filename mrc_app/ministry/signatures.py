"""Whose package it is: the detached minisign signature beside a file, checked against the recipient in the register.

A desk's signing key and its age recipient are two forms of one key, so the recipient that was compared by telephone is
enough: it leads back to the signing key, up to its sign, and both are tried.
"""

from __future__ import annotations

from pathlib import Path

from mrc_app.errors import CannotRead
from mrc_app.exchange import key_text, minisigs

P = 2**255 - 19
LONGEST = 4_000
"""Bytes of a signature file."""


def signed_by(path: Path, recipient: str) -> bool:
    """Whether the file beside ``path`` is a good signature of the desk with this recipient."""
    beside = minisigs.beside(path)
    if not beside.is_file() or beside.stat().st_size > LONGEST:
        return False
    return any(_fits(path, key) for key in signing_keys(recipient))


def _fits(path: Path, key: bytes) -> bool:
    try:
        minisigs.verify(path, key)
    except CannotRead:
        return False
    return True


def signing_keys(recipient: str) -> list[bytes]:
    """The two signing keys an age recipient can stand for (RFC 7748, 4.1); none for text that is no recipient."""
    public = key_text.public_of(recipient)
    u = int.from_bytes(public, "little") & (2**255 - 1) if public else P - 1
    if u % P == P - 1:
        return []
    y = (u - 1) * pow(u + 1, P - 2, P) % P
    return [(y | sign << 255).to_bytes(32, "little") for sign in (0, 1)]
