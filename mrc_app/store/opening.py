"""The one file that opens the centre file: SQLCipher with a raw key, mode=rw, and one sentence for every kind
of trouble.

Nothing here creates a file except ``create``; a refused file is left byte for byte as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlcipher3.dbapi2 as driver

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import keys, leftovers, views

if TYPE_CHECKING:
    from sqlite3 import Connection

SALT = 16
PAGE = 4096
BUSY_SECONDS = 10.0
SMALL = 4 * 1024 * 1024
_PLAIN = b"SQLite format 3\x00"
_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "mega",
    "pcloud",
    "syncthing",
    "yandex.disk",
    "yandexdisk",
    "box sync",
    "clouddocs",
)
_NETWORK = (
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "fuse.sshfs",
    "fuse.davfs",
    "davfs",
    "fuse.rclone",
)

DAMAGED = N_("The centre file “{file}” is damaged. Restore it from the last backup.")
FULL = N_("The disk is full. What you typed was not saved; make room and save again.")
NOT_CENTRE = N_("“{file}” is not a centre file.")


def connect(path: Path, key: bytes) -> Connection:
    """A keyed connection to an existing centre file.

    Raises CannotRead when the file is missing, empty, plain, truncated, damaged or not opened by this key, and
    MrcError when the disk or another program stands in the way.
    """
    look(path)
    with told(path):
        connection = _keyed(path, key, None)
    try:
        with told(path):
            _settle(connection)
    except MrcError:
        connection.close()
        raise
    return connection


def create(path: Path, key: bytes, salt: bytes) -> Connection:
    """A new, empty encrypted file whose first 16 bytes are ``salt``. Raises MrcError when anything stands there
    already."""
    refuse_network(path)
    try:
        path.open("xb").close()
    except FileExistsError:
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=path.name) from None
    except OSError as trouble:
        raise MrcError(
            N_("“{file}” cannot be written here: {reason}."), file=path.name, reason=trouble.strerror
        ) from None
    with told(path):
        connection = _keyed(path, key, salt)
        _settle(connection)
    return connection


def look(path: Path) -> bytes:
    """The file's salt, read without opening a database. Raises CannotRead for what cannot be a centre file."""
    refuse_network(path)
    name = path.name
    try:
        with path.open("rb") as file:
            start = file.read(SALT)
        size = path.stat().st_size
    except FileNotFoundError:
        raise CannotRead(N_("There is no centre file “{file}”."), file=name) from None
    except OSError as trouble:
        raise CannotRead(N_("“{file}” cannot be read: {reason}."), file=name, reason=trouble.strerror) from None
    if size == 0:
        raise CannotRead(N_("“{file}” is empty: it is not a centre file."), file=name)
    if start == _PLAIN:
        raise CannotRead(N_("“{file}” is an ordinary database without encryption, not a centre file."), file=name)
    if (size < PAGE or size % PAGE) and not keys.beside(path).exists():
        raise CannotRead(NOT_CENTRE, file=name)
    if size < PAGE or size % PAGE:
        raise CannotRead(N_("The centre file “{file}” is cut short. Restore it from the last backup."), file=name)
    return start


def _keyed(path: Path, key: bytes, salt: bytes | None) -> Connection:
    if len(key) != 32:
        raise ValueError("the key of a centre file is 32 bytes")
    uri = path.absolute().as_uri() + "?mode=rw"
    connection: Any = driver.connect(
        uri,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        factory=views.Seeing,
    )
    with leftovers.undone(connection.close):
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{(salt or b'').hex()}'\"")
        connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise MrcError(N_("This program was built without encryption and will not open a centre file."))
    return cast("Connection", connection)


def _settle(connection: Connection) -> None:
    connection.create_function("unsealed", 1, _nothing)
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if not mode or mode[0] != "wal":
        raise MrcError(N_("The centre file cannot be written in this folder."))
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "cell_size_check = ON",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _nothing(_box: object) -> None:
    """What a program without anybody's keys can open of sealed records."""


def light_check(connection: Connection, path: Path) -> None:
    """A cheap look for damage: the whole file when small, else the tables read at unlock. Raises CannotRead."""
    with told(path):
        if path.stat().st_size <= SMALL:
            said = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        else:
            names = ("meta", "kind", "chain", "officer", "centre")
            said = [row[0] for name in names for row in connection.execute(f"PRAGMA quick_check('{name}')")]
    if any(line != "ok" for line in said):
        raise CannotRead(DAMAGED, file=path.name)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the driver's errors into one sentence a caseworker understands."""
    try:
        yield
    except driver.IntegrityError:
        raise
    except driver.DatabaseError as trouble:
        raise sentence(trouble, path) from trouble


def sentence(trouble: BaseException, path: Path) -> MrcError:
    """What a driver error means for the person at the desk."""
    text = str(trouble).lower()
    if "locked" in text or "busy" in text:
        return MrcError(
            N_("Another program is writing to the centre file “{file}”. Try again in a moment."), file=path.name
        )
    if "full" in text:
        return MrcError(FULL)
    if "readonly" in text or "read-only" in text:
        return MrcError(N_("The centre file “{file}” may only be read here; nothing was changed."), file=path.name)
    if "disk i/o" in text:
        return MrcError(N_("The disk refused to write the centre file “{file}”; nothing was changed."), file=path.name)
    if "unable to open" in text:
        return CannotRead(N_("“{file}” cannot be opened in this folder."), file=path.name)
    if "not a database" in text or "malformed" in text or "corrupt" in text or "hmac" in text or "vtable" in text:
        return CannotRead(DAMAGED, file=path.name)
    return MrcError(N_("The centre file “{file}” refused: {reason}."), file=path.name, reason=str(trouble))


def warnings(path: Path) -> list[Problem]:
    """What speaks against keeping the live file where it is: a folder that another program copies to a cloud."""
    parts = [part.lower() for part in path.absolute().parts]
    known = next(
        (mark for mark in _SYNCED for part in parts if part == mark or part.startswith((mark + " ", mark + "-"))),
        None,
    )
    if known is None:
        return []
    return [
        Problem(
            N_(
                "The centre file lies in a folder that is copied to a cloud ({name}). It can be damaged there: move it."
            ),
            {"name": known},
        )
    ]


def refuse_network(path: Path) -> None:
    """Raises MrcError when the path lies on a network drive, where several computers would damage the file."""
    text = str(path)
    if text.startswith(("\\\\", "//")) or _network_type(path.absolute()):
        raise MrcError(
            N_("“{file}” lies on a network drive. Keep the centre file on this computer's own disk."),
            file=path.name,
        )


def _network_type(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    rows = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    over = [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
    real = path.resolve()
    best = max(
        (mount for mount in over if real.is_relative_to(mount[0])),
        key=lambda mount: len(mount[0]),
        default=("", ""),
    )
    return best[1] in _NETWORK
