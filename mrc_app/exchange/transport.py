"""Carrying a sealed file to where it goes: into a folder, onto a WebDAV or HTTPS server, or by SFTP.

A carrier writes under a passing name, makes sure that everything arrived, and only then gives the file its name: the
other side never sees half a parcel. It never follows a server to another address and never sends a password in clear.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mrc_app.errors import MrcError
from mrc_app.exchange.destinations import Destination, Way
from mrc_app.exchange.parcel_files import PIECE, digest_of
from mrc_app.i18n import N_

Step = Callable[[int, int], None]
NO_FOLDER = N_("The folder of “{name}” is not there: is the stick in?")
OTHER_THERE = N_("Another file with the name “{file}” lies there already; it was not touched.")
NOT_WHOLE = N_("“{file}” did not arrive whole; it stays in the outbox.")
REFUSED = N_("“{file}” cannot be written to “{name}”: {reason}.")


class Unsent(MrcError):
    """A file could not be carried; it waits. ``passing``: it may go well in a moment."""

    def __init__(self, message: str, *, passing: bool = False, **values: object) -> None:
        super().__init__(message, **values)
        self.passing = passing


@dataclass(frozen=True)
class Load:
    """What is carried: the sealed file, the name it gets there, its size, and the passing name meanwhile."""

    file: Path
    name: str
    size: int
    passing: str

    @classmethod
    def of(cls, file: Path, name: str, id: str) -> Load:
        """The load of a file of the outbox."""
        return cls(file, name, file.stat().st_size, f".{name}.{id[:8]}.sending")

    @property
    def sha256(self) -> str:
        """The digest of what is carried."""
        return digest_of(self.file)


class Carrier(Protocol):
    """One way to one place."""

    def put(self, load: Load, step: Step) -> bool:
        """Brings a file there; again changes nothing. True when the place was asked afterwards and had it whole. Raises
        Unsent; ``step`` (bytes done, all) may raise Cancelled."""

    def close(self) -> None:
        """Ends the connection."""


def carrier(to: Destination) -> Carrier:
    """What carries to a destination. Raises MrcError where an extra is missing."""
    if to.way is Way.FOLDER:
        return Folder(to)
    if to.way is Way.SFTP:
        from mrc_app.exchange.transport_sftp import Sftp

        return Sftp(to)
    from mrc_app.exchange.transport_webdav import WebDav

    return WebDav(to)


class Folder:
    """A folder or a stick."""

    def __init__(self, to: Destination) -> None:
        self._to, self._folder = to, Path(to.address)

    def put(self, load: Load, step: Step) -> bool:
        """Copies, reads back, and only then names the file."""
        if not self._folder.is_dir():
            raise Unsent(NO_FOLDER, name=self._to.name)
        target, part = self._folder / load.name, self._folder / load.passing
        try:
            if target.exists():
                if target.stat().st_size == load.size and digest_of(target) == load.sha256:
                    return True
                raise Unsent(OTHER_THERE, file=load.name)
            _copy(load, part, step)
            if digest_of(part) != load.sha256:
                raise Unsent(NOT_WHOLE, file=load.name)
            part.replace(target)
        except OSError as trouble:
            reason = trouble.strerror or str(trouble)
            raise Unsent(REFUSED, file=load.name, name=self._to.name, reason=reason) from None
        finally:
            _drop(part)
        return True

    def close(self) -> None:
        """Nothing stays open."""


def _copy(load: Load, part: Path, step: Step) -> None:
    done = 0
    with load.file.open("rb") as whole, part.open("wb") as copy:
        while piece := whole.read(PIECE):
            copy.write(piece)
            done += len(piece)
            step(done, load.size)
        copy.flush()
        os.fsync(copy.fileno())


def _drop(part: Path) -> None:
    from contextlib import suppress

    with suppress(OSError):
        part.unlink(missing_ok=True)
