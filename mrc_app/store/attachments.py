"""Papers and photos beside the centre file: one sealed file each, never changed, named by the record with its key.

A sealed file is the mark ``MRCPAPER1``, the 24 bytes that begin the stream, and pieces of 64 KiB under
XChaCha20-Poly1305 (libsodium's secretstream), the last marked as the last, all bound to the record's uuid. Nothing is
ever written in the clear. A file is on the disk before the record that names it is committed; what a broken-off unit
of work left behind is noise without a key and is swept away later.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import Any, BinaryIO, NamedTuple

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import leftovers
from mrc_app.store.keys import sync_folder

MARK = b"MRCPAPER1\n"
PIECE = 64 * 1024
_OVER = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_START = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
STALE_HOURS, ORPHAN_DAYS = 1, 30
"""A half-written file is dead after an hour; a whole one that no journal row names, after a month: an older copy of the
centre file that was put back may still hear of it from another desk."""

MISSING = N_("A paper is not on this computer: it is wanted from the desk or the backup that has it.")
REFUSED = N_("The paper cannot be kept: {reason}.")
DAMAGED = N_("A paper is damaged and cannot be shown.")


class Sealed(NamedTuple):
    """What was sealed: its key, its size in bytes and the SHA-256 of its content (hexadecimal)."""

    key: bytes
    size: int
    sha256: str


def folder(path: Path) -> Path:
    """The folder of sealed files of a centre file."""
    return path.with_name(f"{path.stem}.files")


def place(path: Path, uuid: str) -> Path:
    """Where the paper of a record lies."""
    return folder(path) / f"{uuid}.paper"


# -- writing and reading


def write(path: Path, uuid: str, content: Iterable[bytes]) -> Sealed:
    """Seals content under a new key; it is on the disk when this returns. Raises MrcError when the disk refuses."""
    target = place(path, uuid)
    part = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as trouble:
        raise MrcError(REFUSED, reason=trouble.strerror or str(trouble)) from None
    try:
        with leftovers.undone(lambda: part.unlink(missing_ok=True)):
            with part.open("xb") as file:
                done = _seal(file, uuid, content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            sync_folder(target.parent)
    except OSError as trouble:
        raise MrcError(REFUSED, reason=trouble.strerror or str(trouble)) from None
    return done


def _seal(file: BinaryIO, uuid: str, content: Iterable[bytes]) -> Sealed:
    key, whole, size = sodium.crypto_secretstream_xchacha20poly1305_keygen(), sha256(), 0
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    file.write(MARK + sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key))
    before: bytes | None = None
    for piece in _pieces(content):
        if before is not None:
            file.write(_push(state, before, uuid, _MORE))
        before = piece
        whole.update(piece)
        size += len(piece)
    file.write(_push(state, before or b"", uuid, _LAST))
    return Sealed(key, size, whole.hexdigest())


def _push(state: Any, piece: bytes, uuid: str, tag: int) -> bytes:
    return bytes(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, MARK + uuid.encode(), tag))


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for some in content:
        waiting += some
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)


def read(path: Path, uuid: str, key: bytes) -> Iterator[bytes]:
    """The content piece by piece. Raises CannotRead for a file that is missing, cut short, changed, or another's."""
    try:
        file = place(path, uuid).open("rb")
    except FileNotFoundError:
        raise CannotRead(MISSING) from None
    with file:
        if file.read(len(MARK)) != MARK:
            raise CannotRead(DAMAGED)
        state, tag = sodium.crypto_secretstream_xchacha20poly1305_state(), _MORE
        try:
            sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, file.read(_START), key)
            while tag != _LAST:
                piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(
                    state, file.read(PIECE + _OVER), MARK + uuid.encode()
                )
                yield piece
        except (CryptoError, ValueError):
            raise CannotRead(DAMAGED) from None
        if file.read(1):
            raise CannotRead(DAMAGED)


def whole(path: Path, uuid: str, key: bytes, digest: str) -> bytes:
    """The whole content, compared with the digest its record keeps. Raises CannotRead."""
    content = b"".join(read(path, uuid, key))
    if sha256(content).hexdigest() != digest:
        raise CannotRead(DAMAGED)
    return content


# -- what lies there


def there(path: Path) -> dict[str, Path]:
    """The sealed files beside a centre file, by the uuid of their record."""
    return {file.name.removesuffix(".paper"): file for file in folder(path).glob("*.paper")}


def wanted(connection: Connection, path: Path) -> list[str]:
    """The uuids of papers that a record names and that are not on this computer."""
    kept = connection.execute("SELECT uuid FROM main.attachment WHERE gone = 0 ORDER BY uuid").fetchall()
    found = there(path) if kept else {}
    return [uuid for (uuid,) in kept if uuid not in found]


def problems(connection: Connection, path: Path) -> list[Problem]:
    """What the damage report says about papers."""
    missing = len(wanted(connection, path))
    said = N_("{n} papers are not on this computer; they are wanted from the desk or the backup that has them.")
    return [Problem(said, {"n": missing})] if missing else []


def sweep(connection: Connection, path: Path, now: float | None = None) -> list[str]:
    """Removes half-written files, papers of erased records, and old ones that no journal row names; says which."""
    if not folder(path).is_dir():
        return []
    moment = time.time() if now is None else now
    dead = [file for file in folder(path).glob("*.new") if _age(file, moment) > STALE_HOURS * 3600]
    for uuid, file in there(path).items():
        states = {row[0] for row in connection.execute("SELECT state FROM journal WHERE record = ?", (uuid,))}
        unknown = not states and _age(file, moment) > ORPHAN_DAYS * 86400
        if unknown or states == {"erased"}:
            dead.append(file)
    for file in dead:
        file.unlink(missing_ok=True)
    return sorted(file.name for file in dead)


def _age(file: Path, now: float) -> float:
    try:
        return now - file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
