"""PDFs and other files that were saved from here onto this computer: where they lie, kept inside the encrypted file.

A file is removed only while it is still the one that was saved: somebody may have put another in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

CHANGED = N_("“{file}” is no longer the file that was saved. Look at it before you delete it.")


class SavedFile(NamedTuple):
    """One file: its path, what it is, the SHA-256 of what was saved, whose it is, by whom and when (UTC)."""

    path: str
    what: str
    sha256: str
    client: str | None
    officer: str
    at: str

    @property
    def is_there(self) -> bool:
        """Whether anything lies at that place now."""
        return Path(self.path).is_file()


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A path to write to beside ``path``, moved there at the end: a file is there whole or not at all. Raises MrcError
    when the place cannot be written."""
    part = path.with_name(path.name + ".new")
    try:
        yield part
        part.replace(path)
    except OSError as trouble:
        said = N_("“{file}” cannot be written: {trouble}.")
        raise MrcError(said, file=path.name, trouble=trouble.strerror or str(trouble)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all; makes its folder. Raises MrcError when the place cannot be written."""
    with part_of(path) as part:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)


def note(store: Store, path: Path, what: str, content: bytes, client: str | None = None) -> None:
    """Remembers a file that was just saved."""
    row = (str(path.absolute()), what, sha256(content).hexdigest(), client or None, store.officer, now_text())
    with store.plain() as connection:
        connection.execute("INSERT OR REPLACE INTO saved_file VALUES (?, ?, ?, ?, ?, ?)", row)


@needs(May.SEE_NAMES)
def listed(store: Store) -> list[SavedFile]:
    """The files saved from here, the latest first; those about clients this officer may see, and about nobody."""
    sql = (
        "SELECT f.path, f.what, f.sha256, f.client, f.officer, f.at FROM main.saved_file f "
        "WHERE f.client IS NULL OR EXISTS (SELECT 1 FROM temp.seen_client c WHERE c.uuid = f.client) ORDER BY f.at DESC"
    )
    with store.plain() as connection:
        return [SavedFile(*row) for row in connection.execute(sql)]


@needs(May.SEE_NAMES)
def remove(store: Store, path: str) -> bool:
    """Deletes a saved file from this computer and forgets it; True when it was there. Raises MrcError if it changed."""
    found = next((one for one in listed(store) if one.path == path), None)
    if found is None:
        raise MrcError(N_("This file was not saved from here."))
    there = _unlink(found)
    _forget(store, [path])
    return there


def remove_about(store: Store, clients: Iterable[str]) -> None:
    """Deletes every file saved about these clients; what was changed since is left where it is, and forgotten."""
    with store.plain() as connection:
        sql = "SELECT * FROM main.saved_file WHERE client IN (SELECT value FROM json_each(?))"
        found = [SavedFile(*row) for row in connection.execute(sql, (json.dumps(list(clients)),))]
    for one in found:
        try:
            _unlink(one)
        except MrcError:
            continue
    _forget(store, [one.path for one in found])


def _unlink(one: SavedFile) -> bool:
    path = Path(one.path)
    try:
        if sha256(path.read_bytes()).hexdigest() != one.sha256:
            raise MrcError(CHANGED, file=path.name)
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as trouble:
        said = N_("“{file}” cannot be deleted: {reason}.")
        raise MrcError(said, file=path.name, reason=trouble.strerror or str(trouble)) from None
    return True


def _forget(store: Store, paths: list[str]) -> None:
    with store.plain() as connection:
        connection.executemany("DELETE FROM saved_file WHERE path = ?", [(path,) for path in paths])
