"""A backup put back: copied into a place of its own, opened, verified whole, counted; only then moved to where it is
wanted. The backup itself is only ever read.

The restored file goes on under a new node id and a new ending of the desk code (``identity.new_start``), so that other
desks are not blocked and no number on paper is given out again. A file that stands is never overwritten.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import (
    attachments,
    backup,
    copies,
    erasing,
    identity,
    journal,
    keys,
    manifests,
    opening,
    roles,
    room,
    rows,
    stick,
    swapping,
    upgrades,
    verify,
)
from mrc_app.store.backup import Reach
from mrc_app.store.logins import officer_of

if TYPE_CHECKING:
    from sqlite3 import Connection

STALE_SECONDS = 3600
LARGE = 200_000
"""Journal rows above which the tables are not made anew from the journal: the copy is the very bytes that were verified
when it was made, and ``mrc verify`` compares the tables of any file that takes minutes."""
DAMAGED = N_("The backup “{file}” is damaged. Nothing was restored; try an older one.")
CHANGED = N_("The list of the backup “{file}” was changed by somebody. Nothing was restored; try an older one.")


@dataclass(frozen=True)
class Looked:
    """What a backup holds. ``written`` is the instant of its last change, ``schema`` the shape it was made with."""

    file: Path
    records: dict[str, int]
    written: str
    schema: str
    papers: int
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong with it."""
        return not self.problems


@dataclass(frozen=True)
class Restored:
    """The file that was made. ``problems`` name papers that did not come along; ``sheet`` is a new recovery sheet."""

    file: Path
    records: dict[str, int]
    problems: list[Problem]
    desk_code: str
    sheet: str | None = None


class Broken(CannotRead):
    """A backup that does not hold what it should; nothing was restored."""


# -- the key of a backup


def is_for_a_stick(file: Path) -> bool:
    """Whether a backup was made for a stick and opens with the stick's passphrase. Raises CannotRead."""
    return keys.knows(_slots(file)[0], stick.LOGIN)


def opens(file: Path, key: bytes) -> bool:
    """Whether this key is the backup's. Raises CannotRead."""
    return keys.fits(*_slots(file), key)


def _slots(file: Path) -> tuple[keys.Keys, str]:
    if not file.is_file():
        raise CannotRead(N_("There is no backup “{file}”."), file=file.name)
    return keys.read(keys.beside(file))


def origin(file: Path) -> Path | None:
    """The centre file beside whose folder of copies this one lies, if it does."""
    folder = file.absolute().parent
    if folder.suffix != ".backups":
        return None
    found = folder.with_suffix(".mrc")
    return found if keys.beside(found).exists() else None


def key_of(file: Path, *, login: str = "", password: str = "", sheet: str = "") -> bytes:
    """The key of a backup, from a password or a recovery sheet. Raises like ``store.open`` and ``store.recover``."""
    beside = keys.beside(file)
    found, mac = _slots(file)
    if sheet:
        return keys.recover(beside, found, mac, sheet)
    return keys.unlock(beside, found, mac, stick.LOGIN if is_for_a_stick(file) else login, password)


# -- looking and rehearsing


def look(file: Path, key: bytes, near: Path, reach: Reach = backup.nothing, *, papers: bool = True) -> Looked:
    """Restores a backup on trial in a folder beside ``near`` and tells what it holds; nothing of the trial stays.

    Raises Broken, or CannotRead for a backup of a newer program, MrcError when there is no room.
    """
    with _trial(file, near, reach, papers=papers) as trial:
        return _verified(file, trial, key, reach)


@contextmanager
def _trial(file: Path, near: Path, reach: Reach, *, papers: bool = True) -> Iterator[Path]:
    """A copy of the backup's file, with its papers linked or copied, in a folder that is removed again."""
    _sweep(near)
    folder = near / f".restoring-{secrets.token_hex(4)}"
    try:
        with backup.told(near):
            size = file.stat().st_size
            room.require(near, 2 * size + backup.SPARE)
            reach("copy")
            folder.mkdir(mode=0o700, parents=True)
            trial = folder / "trial.mrc"
            shutil.copyfile(file, trial)
            backup.flushed(trial)
            reach("papers")
            _bring(attachments.there(file) if papers else {}, attachments.folder(trial))
            yield trial
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bring(papers: dict[str, Path], into: Path) -> None:
    if not papers:
        return
    into.mkdir(mode=0o700)
    for paper in papers.values():
        shutil.copyfile(paper, into / paper.name)
        backup.flushed(into / paper.name)
    keys.sync_folder(into)


def _sweep(near: Path) -> None:
    """Removes trials that a killed program left."""
    for left in near.glob(".restoring-*"):
        if time.time() - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _verified(file: Path, trial: Path, key: bytes, reach: Reach) -> Looked:
    problems = _as_listed(file, trial, key)
    reach("verify")
    schema, written, head = _opened(file, trial, key)
    found = manifests.read(file)
    if found and found[0].head != head:
        raise Broken(CHANGED, file=file.name)
    if schema != upgrades.NEWEST:
        reach("upgrade")
        upgrades.migrate(trial, key)
    reach("rebuild")
    records, missing = _report(file, trial, key)
    return Looked(file, records, written, schema, len(attachments.there(trial)), [*problems, *missing])


def _as_listed(file: Path, trial: Path, key: bytes) -> list[Problem]:
    """Compares the copied bytes with the backup's list; a damaged paper is told, a damaged file refused."""
    found = manifests.read(file)
    if found is None:
        return []
    manifest, seal = found
    if not manifests.sealed(manifest, seal, key):
        raise Broken(CHANGED, file=file.name)
    if (trial.stat().st_size, manifests.digest(trial)) != (manifest.size, manifest.sha256):
        raise Broken(DAMAGED, file=file.name)
    there = attachments.folder(trial)
    wrong = [
        name
        for name, (_size, sha) in manifest.papers.items()
        if not (there / name).is_file() or manifests.digest(there / name) != sha
    ]
    said = N_("{n} papers of the backup are missing or damaged.")
    return [Problem(said, {"n": len(wrong)})] if wrong else []


def _opened(file: Path, trial: Path, key: bytes) -> tuple[str, str, str]:
    """The shape, the instant of the last change and the journal's head of a copy whose pages and chain are whole."""
    connection = opening.connect(trial, key)
    try:
        with opening.told(file):
            schema = upgrades.version(connection, file)
            problems = [*verify.pages(connection), *journal.check(connection)]
            if problems:
                raise Broken(DAMAGED, file=file.name)
            clock = int(identity.get(connection, "hlc") or 0) // rows.TICKS // 1000
            return (
                schema,
                datetime.fromtimestamp(clock, UTC).isoformat(timespec="minutes"),
                backup.place(connection).head,
            )
    finally:
        connection.close()


def _report(file: Path, trial: Path, key: bytes) -> tuple[dict[str, int], list[Problem]]:
    """The rest of the damage report, after pages and chain: guards, and the tables against the journal. Papers that are
    not there are told, anything else is refused."""
    from mrc_app.store.centre import Store

    connection = opening.connect(trial, key)
    try:
        missing, records = attachments.problems(connection, trial), verify.counts(connection)
        login, token = _somebody(connection), identity.get(connection, "token") or ""
        problems = verify.shape(connection)
    finally:
        connection.close()
    if records["journal"] <= LARGE and not problems:
        opened = Store(trial, key, login, token)
        try:
            problems = verify.against_journal(opened)
        finally:
            opened.close()
    if problems:
        raise Broken(DAMAGED, file=file.name)
    return records, missing


def _somebody(connection: Connection) -> str:
    row = connection.execute("SELECT login FROM officer WHERE active = 1 AND gone = 0 ORDER BY uuid LIMIT 1").fetchone()
    if row is None:
        raise CannotRead(N_("Nobody works at the desk of this copy."))
    return str(row[0])


# -- restoring


def restore(
    file: Path, to: Path, key: bytes, *, settings: Path | None, login: str = "", password: str = "",
    live: Path | None = None, reach: Reach = backup.nothing,
) -> Restored:  # fmt: skip
    """Restores a backup to a file that does not stand yet.

    ``live`` is the centre file it comes from: where that has a newer key file for the same key, who left stays out.
    A stick's copy gets a key of its own again, opened by ``login`` with ``password``, and a new recovery sheet. With a
    ``login`` her role must allow restoring.

    Raises Broken, NotAllowed, Invalid(password=…), CannotRead or MrcError; nothing is left then.
    """
    _free(file, to)
    new_key = is_for_a_stick(file)
    if new_key:
        keys.new_password(password)
    with _trial(file, to.parent, reach) as trial:
        looked = _verified(file, trial, key, reach)
        records = _erase_again(file, trial, key, live or origin(file) or to, looked)
        code = _begin_anew(trial, key, identity.computer_token(settings), login)
        sheet: str | None = None
        if new_key:
            reach("key")
            with_key = trial.with_name("own.mrc")
            sheet = stick.rekeyed(trial, key, with_key, login, password)
            with_key.replace(trial)
            keys.beside(with_key).replace(keys.beside(trial))
        else:
            keys.beside(trial).write_bytes(_newest_keys(file, live or origin(file), key))
            swapping.folded(trial, key)
        reach("name")
        _move(trial, to)
    return Restored(to, records, looked.problems, code, sheet)


def _free(file: Path, to: Path) -> None:
    if to.suffix != ".mrc":
        raise MrcError(N_("A centre file's name ends in .mrc: “{file}” does not."), file=to.name)
    opening.refuse_network(to)
    if to.exists():
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=to.name)
    beside = keys.beside(to)
    if beside.exists() and keys.read(beside)[0].id != keys.read(keys.beside(file))[0].id:
        raise MrcError(N_("“{file}” exists already; nothing was changed."), file=beside.name)


def _begin_anew(trial: Path, key: bytes, token: str, login: str) -> str:
    connection = opening.connect(trial, key)
    try:
        with opening.told(trial):
            if login:
                roles.require(officer_of(connection, login)[2], roles.May.RESTORE)
            connection.execute("BEGIN IMMEDIATE")
            code = identity.new_start(connection, token)
            connection.execute("COMMIT")
    finally:
        connection.close()
    return code


def _erase_again(file: Path, trial: Path, key: bytes, live: Path, looked: Looked) -> dict[str, int]:
    """Erases in the trial who was erased since the copy was made, by the longest list known; what it holds then."""
    from mrc_app.store.centre import Store

    near = [live, *(copy.file for copy in copies.in_folder(file.parent)), file]
    found = [(len(erasing.erased_outside(one)[1]), one) for one in near if erasing.beside(one).exists()]
    if not found:
        return looked.records
    shutil.copyfile(erasing.beside(max(found)[1]), erasing.beside(trial))
    connection = opening.connect(trial, key)
    try:
        login, token = _somebody(connection), identity.get(connection, "token") or ""
    finally:
        connection.close()
    opened = Store(trial, key, login, token)
    try:
        erasing.catch_up(opened)
        with opened.plain() as plain:
            return verify.counts(plain)
    finally:
        opened.close()


def _newest_keys(file: Path, live: Path | None, key: bytes) -> bytes:
    """The key file kept with the backup, or the one beside the live file when that is newer and for the same key."""
    beside = keys.beside(file)
    if live is not None:
        try:
            here, mac = keys.read(keys.beside(live))
            if keys.fits(here, mac, key) and here.generation > keys.read(beside)[0].generation:
                return keys.beside(live).read_bytes()
        except CannotRead:
            pass
    return beside.read_bytes()


def _move(trial: Path, to: Path) -> None:
    """Papers and keys first, the file last: before that there is no centre file, after that it is whole."""
    papers, into = attachments.folder(trial), attachments.folder(to)
    if papers.is_dir():
        into.mkdir(mode=0o700, exist_ok=True)
        for paper in papers.iterdir():
            paper.replace(into / paper.name)
        keys.sync_folder(into)
    backup.flushed(keys.beside(trial))
    backup.flushed(trial)
    if erasing.beside(trial).exists():
        erasing.beside(trial).replace(erasing.beside(to))
    keys.beside(trial).replace(keys.beside(to))
    trial.replace(to)
    keys.sync_folder(to.parent)
