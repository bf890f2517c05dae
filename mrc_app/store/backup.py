"""A verified copy of the centre file, its key file and its papers: written, opened again, read whole, compared with the
original, and only then named.

A backup is four things with one stem in one folder: the file, ``.keys.json``, ``.files`` (papers) and ``.backup.json``,
a list of what belongs to it, sealed with the file's key. The list names no person, no centre and no count.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import attachments, erasing, keys, leftovers, manifests, opening, room, rows, verify

Reach = Callable[[str], object]
"""Told the name of every step before it begins; whatever it raises stops the work with nothing half done."""
SPARE = room.BALLAST

CANNOT_WRITE = N_("The backup cannot be written in “{folder}”: {reason}.")
FULL = N_("The disk became full while a backup was written in “{folder}”; no half copy was left.")
UNLIKE = N_("The copy “{file}” does not hold what the original holds.")


class Place(NamedTuple):
    """Where a file's journal stands (node → last number and hash), and its records by table."""

    chain: dict[str, tuple[int, bytes]]
    records: dict[str, int]

    @property
    def head(self) -> str:
        """One hash over all chain heads."""
        return rows.audit_head([(node, *at) for node, at in self.chain.items()])


def nothing(_name: str) -> None:
    """A reach that goes on."""


def place(connection: Connection) -> Place:
    """Where the journal of an open file stands at one moment."""
    connection.execute("BEGIN")
    try:
        return place_now(connection)
    finally:
        connection.execute("ROLLBACK")


def place_now(connection: Connection) -> Place:
    """The same inside a transaction that is open."""
    chain = {node: (seq, bytes(h)) for node, seq, h in connection.execute("SELECT node, seq, hash FROM chain")}
    return Place(chain, verify.counts(connection))


def copy(
    connection: Connection, source: Path, key: bytes, target: Path, *, like: Path | None = None, reach: Reach = nothing,
    papers: bool = True,
) -> dict[str, int]:  # fmt: skip
    """Writes a verified copy of the open file to ``target`` with everything that belongs to it; returns the records by
    table.

    ``like`` is an earlier copy whose papers may be linked instead of written again. Other programs may write meanwhile.
    Raises MrcError when something stands there already or the disk refuses; no half copy stays.
    """
    refuse(source, target)
    with half(target) as part:
        room.require(part.parent, source.stat().st_size + SPARE)
        reach("copy")
        at = _copied(connection, source, part, key, reach)
        return finish(source, part, key, target, at, "copy", like if papers else None, reach, papers=papers)


def _copied(connection: Connection, source: Path, part: Path, key: bytes, reach: Reach) -> Place:
    """The copy, made and compared: its journal stands between where the original stood before and after."""
    with opening.told(source):
        before = place(connection)
        connection.execute("VACUUM INTO ?", (str(part),))
        after = place(connection)
    reach("verify")
    copied = checked(part, key)
    still = before == after
    if (still and copied != before) or not all(_between(copied, before, after, node) for node in after.chain):
        raise CannotRead(UNLIKE, file=source.name)
    return copied


def _between(copied: Place, before: Place, after: Place, node: str) -> bool:
    low, high = before.chain.get(node, (0, b"")), after.chain[node]
    found = copied.chain.get(node, (0, b""))
    if found[0] in (low[0], high[0]):
        return found in (low, high)
    return low[0] < found[0] < high[0]


def checked(part: Path, key: bytes) -> Place:
    """What a fresh copy holds, after every page of it was read. Raises CannotRead when a page is damaged."""
    connection = opening.connect(part, key)
    try:
        if problems := verify.pages(connection):
            raise CannotRead(N_("The copy could not be verified: {reason}"), reason=problems[0].text())
        return place(connection)
    finally:
        connection.close()


def finish(
    source: Path, part: Path, key: bytes, target: Path, at: Place, kind: str, like: Path | None, reach: Reach,
    slots: keys.Keys | None = None, papers: bool = True,
) -> dict[str, int]:  # fmt: skip
    """Puts papers, keys and list beside a verified copy, and names the copy last: before that there is no backup."""
    reach("papers")
    listed = _papers(source, target, like) if papers else {}
    reach("keys")
    if slots is not None:
        keys.write(keys.beside(target), slots, key)
    elif keys.beside(source).exists():
        _bytes_to(keys.beside(target), keys.beside(source).read_bytes())
    if erasing.beside(source).exists():
        _bytes_to(erasing.beside(target), erasing.beside(source).read_bytes())
    flushed(part)
    reach("list")
    manifests.write(target, manifests.of(part, kind, at.head, listed), key)
    reach("name")
    part.replace(target)
    keys.sync_folder(target.parent)
    return at.records


def _papers(source: Path, target: Path, like: Path | None) -> dict[str, tuple[int, str]]:
    """Brings the papers into the copy's folder: from an earlier copy by link, else written; name → size and SHA-256."""
    listed: dict[str, tuple[int, str]] = {}
    there = attachments.there(source)
    if not there:
        return listed
    into = attachments.folder(target)
    into.mkdir(mode=0o700, exist_ok=True)
    known = manifests.papers_of(like) if like else {}
    for file in there.values():
        size, goal = file.stat().st_size, into / file.name
        goal.unlink(missing_ok=True)
        earlier = known.get(file.name)
        if like and earlier and earlier[0] == size and _linked(attachments.folder(like) / file.name, goal, size):
            listed[file.name] = earlier
            continue
        room.require(into, size + SPARE)
        _bytes_to(goal, file.read_bytes())
        listed[file.name] = (size, manifests.digest(goal))
    keys.sync_folder(into)
    return listed


def _linked(earlier: Path, goal: Path, size: int) -> bool:
    try:
        if earlier.stat().st_size != size:
            return False
        os.link(earlier, goal)
    except OSError:
        return False
    return True


def _bytes_to(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flushed(path: Path) -> None:
    """Waits until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def refuse(source: Path, target: Path) -> None:
    """Raises MrcError for a target that is the centre file, lies among its papers, or stands already."""
    if target.exists() and source.exists() and target.samefile(source):
        raise MrcError(N_("The backup would replace the centre file itself; choose another folder."))
    if attachments.folder(source) in (target.parent, *target.parents):
        raise MrcError(N_("The backup would lie among the papers of the centre file; choose another folder."))
    if target.exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=target.name)


@contextmanager
def half(target: Path) -> Iterator[Path]:
    """An empty file to write into; whatever goes wrong, nothing of the copy stays and the trouble is one sentence."""
    part = target.with_name(target.name + ".part")
    with told(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)

    def unmade() -> None:
        if not target.exists():
            remove(target)

    try:
        with leftovers.undone(unmade), told(target.parent):
            part.unlink(missing_ok=True)
            part.open("xb").close()
            yield part
    finally:
        leftovers.remove((part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")))


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turns what the disk says while a backup is written into one sentence about the backup."""
    name = folder.name or str(folder)
    try:
        yield
    except OSError as trouble:
        if trouble.errno == errno.ENOSPC:
            raise MrcError(FULL, folder=name) from trouble
        raise MrcError(CANNOT_WRITE, folder=name, reason=trouble.strerror or str(trouble)) from trouble
    except MrcError as trouble:
        if trouble.problem.message == opening.FULL:
            raise MrcError(FULL, folder=name) from trouble
        raise


def remove(target: Path) -> None:
    """Takes a backup away whole: the file first, so that what is left of it is never taken for a backup."""
    leftovers.remove((target, keys.beside(target), manifests.beside(target), erasing.beside(target)))
    shutil.rmtree(attachments.folder(target), ignore_errors=True)


def warnings(source: Path, folder: Path) -> list[Problem]:
    """What speaks against a folder for backups: a cloud, or the disk the centre file itself lies on."""
    found: list[Problem] = []
    if cloud := opening.warnings(folder / "x"):
        said = N_(
            "Backups here are copied to a cloud ({name}). They stay sealed, but an old copy opens with an old password."
        )
        found.append(Problem(said, cloud[0].values))
    near = folder
    while not near.exists() and near != near.parent:
        near = near.parent
    if source.exists() and near.stat().st_dev == source.stat().st_dev:
        found.append(
            Problem(N_("The backups lie on the same disk as the centre file: copy them to a stick from time to time."))
        )
    return found
