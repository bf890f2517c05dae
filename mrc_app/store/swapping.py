"""Putting another file in the place of the centre file so that at every moment a whole file stands there.

Nobody else may have the file open: its write-ahead log is folded in and taken away first, which succeeds for the only
connection alone, and a lock is held until the other file stands in its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from sqlcipher3.dbapi2 import OperationalError

from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store import keys, opening

IN_USE = N_("The centre file “{file}” is open in another window or program. Close it there, then try again.")


@contextmanager
def alone(path: Path, key: bytes) -> Iterator[Connection]:
    """A connection that has the file to itself, without a write-ahead log beside it. Raises MrcError."""
    connection = opening.connect(path, key)
    try:
        if not _to_itself(connection):
            raise MrcError(IN_USE, file=path.name)
        yield connection
    finally:
        connection.close()


def _to_itself(connection: Connection) -> bool:
    try:
        connection.execute("PRAGMA busy_timeout = 3000")
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            return False
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except OperationalError:
        return False
    return True


def folded(path: Path, key: bytes) -> None:
    """Folds the write-ahead log of a closed file in and waits until the file is on the disk."""
    connection = opening.connect(path, key)
    with opening.told(path):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def swap(path: Path, other: Path, connection: Connection, aside: Path | None = None) -> None:
    """Puts ``other`` in the place of ``path``; what stood there stays under the name ``aside`` when one is given.

    Raises MrcError, with the old file in its place, when the disk refuses.
    """
    try:
        if aside is not None:
            _keep(path, aside)
        if os.name == "nt":
            connection.close()  # an open file cannot be replaced there
        other.replace(path)
        keys.sync_folder(path.parent)
    except OSError as trouble:
        raise MrcError(
            N_("“{file}” could not be replaced: {reason}. It stays as it was."),
            file=path.name, reason=trouble.strerror or str(trouble),
        ) from trouble  # fmt: skip


def _keep(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(path, aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
