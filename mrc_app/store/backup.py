"""A verified copy of the centre file and its key file: written, opened again, read whole, counted, and only
then named."""

from __future__ import annotations

import os
from pathlib import Path
from sqlite3 import Connection

from mrc_app.errors import CannotRead, MrcError
from mrc_app.i18n import N_
from mrc_app.store import keys, opening, verify


def copy(connection: Connection, source: Path, key: bytes, target: Path) -> dict[str, int]:
    """Writes a verified copy of the open file to ``target`` and its key file beside it; returns the records by
    table.

    Raises MrcError when something stands there already or the disk refuses; no half copy stays.
    """
    if target.exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=target.name)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with opening.told(source):
            connection.execute("VACUUM INTO ?", (str(part),))
        counted = _checked(part, key)
        with opening.told(source):
            if counted != verify.counts(connection):
                raise CannotRead(
                    N_("The copy “{file}” does not hold as many records as the original."), file=target.name
                )
        _keys_beside(source, target)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            leftover.unlink(missing_ok=True)
    return counted


def _checked(part: Path, key: bytes) -> dict[str, int]:
    connection = opening.connect(part, key)
    try:
        if problems := verify.pages(connection):
            raise CannotRead(N_("The copy could not be verified: {reason}"), reason=problems[0].text())
        return verify.counts(connection)
    finally:
        connection.close()


def _keys_beside(source: Path, target: Path) -> None:
    beside = keys.beside(source)
    if beside.exists():
        keys.beside(target).write_bytes(beside.read_bytes())
