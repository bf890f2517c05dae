"""The folder of automatic copies: which stand there, whether one is due, which go when newer ones have come.

Seven daily and four weekly copies stay: the newest of each of the last seven days that have one, and of each of the
four last weeks before them. What this program did not name is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import CannotRead, Problem
from mrc_app.i18n import N_
from mrc_app.store import backup, identity, manifests, opening

if TYPE_CHECKING:
    from sqlite3 import Connection

    from mrc_app.store.backup import Reach
    from mrc_app.store.restoring import Looked

DAILY, WEEKLY = 7, 4
OLD_DAYS = 3
"""Older than this, Today says so."""
APART = timedelta(hours=4)
"""Two automatic copies of one day stand at least so far apart."""
STAMP = "%Y%m%dT%H%M%SZ"
_NAMED = re.compile(r"(?P<stem>.+)-(?P<stamp>\d{8}T\d{6}Z)(?:-\d+)?\.mrc")


@dataclass(frozen=True)
class Copy:
    """A copy in a folder. ``made`` is from its name; ``verified``: its list stands beside it and its size fits."""

    file: Path
    made: datetime
    size: int
    kind: str
    verified: bool
    head: str = ""
    papers: int = 0
    records: dict[str, int] = field(default_factory=dict)


def folder_of(path: Path) -> Path:
    """Where copies of a centre file lie when no other folder was chosen."""
    return path.with_name(f"{path.stem}.backups")


def name_for(stem: str, folder: Path, now: datetime) -> Path:
    """A name for a new copy that nothing in the folder has."""
    whole = folder / f"{stem}-{now.astimezone(UTC).strftime(STAMP)}.mrc"
    number = 1
    while whole.exists():
        number += 1
        whole = whole.with_name(f"{stem}-{now.astimezone(UTC).strftime(STAMP)}-{number}.mrc")
    return whole


def in_folder(folder: Path, stem: str = "") -> list[Copy]:
    """The copies in a folder, newest first; of one centre file when its stem is given. No folder has none."""
    try:
        files = [file for file in folder.iterdir() if file.suffix == ".mrc"]
    except OSError:
        return []
    found = [copy for file in files if (copy := look(file, stem)) is not None]
    return sorted(found, key=lambda copy: (copy.made, copy.file.name), reverse=True)


def look(file: Path, stem: str = "") -> Copy | None:
    """A copy as its name and its list tell, without opening it; None for what is named otherwise."""
    named = _NAMED.fullmatch(file.name)
    if named is None or (stem and named["stem"] != stem):
        return None
    try:
        made = datetime.strptime(named["stamp"], STAMP).replace(tzinfo=UTC)
        size = file.stat().st_size
    except (ValueError, OSError):
        return None
    try:
        told = manifests.read(file)
    except CannotRead:
        told = None
    if told is None:
        return Copy(file, made, size, "copy", False)
    said = told[0]
    return Copy(file, made, size, said.kind, said.size == size, said.head, len(said.papers))


def newest(copies: Iterable[Copy], now: datetime) -> Copy | None:
    """The newest verified copy that does not come from the future: a wrong clock must not hide that none was made."""
    sound = [copy for copy in copies if copy.verified and copy.made <= now + timedelta(days=1)]
    return max(sound, key=lambda copy: copy.made, default=None)


def to_go(copies: Iterable[Copy], now: datetime) -> list[Copy]:
    """The copies that newer ones have made needless. One from the future or without its list is left alone."""
    sound = sorted(
        (copy for copy in copies if copy.verified and copy.made <= now + timedelta(days=1)),
        key=lambda copy: copy.made, reverse=True,
    )  # fmt: skip
    by_day: dict[date, Copy] = {}
    for copy in sound:
        by_day.setdefault(copy.made.date(), copy)
    days = list(by_day.values())
    kept, by_week = days[:DAILY], dict[tuple[int, int], Copy]()
    for copy in days[DAILY:]:
        by_week.setdefault(copy.made.isocalendar()[:2], copy)
    kept += list(by_week.values())[:WEEKLY]
    return [copy for copy in sound if copy not in kept]


def due(copies: Iterable[Copy], head: str, now: datetime, *, ending: bool) -> bool:
    """Whether an automatic copy is made now: something changed since the last one, and that is of another day (at the
    first start) or some hours old (when the desk closes)."""
    last = newest(copies, now)
    if last is None:
        return True
    if last.head == head and now - last.made < timedelta(days=OLD_DAYS):
        return False
    if ending and now - last.made >= APART:
        return True
    return last.made.astimezone().date() != now.astimezone().date()


def make(
    path: Path,
    key: bytes,
    folder: Path,
    now: datetime | None = None,
    reach: Reach = backup.nothing,
    *,
    rotate: bool = True,
) -> Copy:
    """Makes a verified copy of a centre file in a folder, then lets the needless ones go where asked. Raises MrcError.

    Works on a connection of its own: other threads and programs go on writing.
    """
    moment = now or datetime.now(UTC)
    sweep(folder, path.stem)
    earlier = [copy for copy in in_folder(folder, path.stem) if copy.verified]
    target = name_for(path.stem, folder, moment)
    connection = opening.connect(path, key)
    try:
        records = backup.copy(connection, path, key, target, like=earlier[0].file if earlier else None, reach=reach)
    finally:
        connection.close()
    if rotate:
        let_go(in_folder(folder, path.stem), moment, target)
    made = look(target)
    assert made is not None
    return replace(made, records=records)


def let_go(there: list[Copy], now: datetime, but: Path) -> None:
    """Removes the copies that newer ones have made needless, never the one just made."""
    for copy in to_go(there, now):
        if copy.file != but:
            backup.remove(copy.file)


def make_if_due(
    path: Path, key: bytes, folder: Path, *, ending: bool, now: datetime | None = None, reach: Reach = backup.nothing
) -> Copy | None:
    """An automatic copy, where one is due. Raises MrcError."""
    moment = now or datetime.now(UTC)
    connection = opening.connect(path, key)
    try:
        head = backup.place(connection).head
    finally:
        connection.close()
    there = in_folder(folder, path.stem)
    return make(path, key, folder, moment, reach) if due(there, head, moment, ending=ending) else None


def sweep(folder: Path, stem: str) -> None:
    """Takes away what killed programs left half written or half removed."""
    if not folder.is_dir():
        return
    for ending in (".mrc.part", ".mrc.part-wal", ".mrc.part-shm", ".keys.json", ".backup.json", ".backup.json.part"):
        for left in folder.glob(f"*{ending}"):
            whole = left.with_name(left.name.removesuffix(ending) + ".mrc")
            named = _NAMED.fullmatch(whole.name)
            if named is None or named["stem"] != stem:
                continue
            if not whole.exists():
                backup.remove(whole)
                left.unlink(missing_ok=True)
            elif ".part" in ending:
                left.unlink(missing_ok=True)


# -- what is noted about rehearsals inside the file


REHEARSE_DAYS, OVERDUE_DAYS = 30, 45


@dataclass(frozen=True)
class State:
    """How a centre file stands with its backups. ``changed``: something was written since the newest one."""

    copies: list[Copy]
    last: Copy | None
    age: timedelta
    changed: bool
    rehearsed: date | None
    rehearsed_ok: bool

    def rehearsal_due(self, today: date) -> bool:
        """Whether the newest copy is to be restored on trial: once a month, and again after one that failed."""
        if self.last is None:
            return False
        return self.rehearsed is None or not self.rehearsed_ok or (today - self.rehearsed).days >= REHEARSE_DAYS


def state(connection: Connection, path: Path, folder: Path, now: datetime) -> State:
    """How an open centre file stands with its backups in a folder."""
    there = in_folder(folder, path.stem)
    last = newest(there, now)
    said = identity.get(connection, "rehearsed")
    return State(
        there, last, max(now - last.made, timedelta(0)) if last else timedelta(0),
        last is None or last.head != backup.place(connection).head,
        date.fromisoformat(said) if said else None, identity.get(connection, "rehearsed_ok") == "1",
    )  # fmt: skip


def problems(state: State, today: date) -> list[Problem]:
    """What Today says about backups; nothing when all is well."""
    if state.last is None:
        return [Problem(N_("There is no backup of this centre file yet."))]
    found = []
    if state.age > timedelta(days=OLD_DAYS):
        found.append(Problem(N_("The last backup is {n} days old."), {"n": state.age.days}))
    if state.rehearsed is not None and not state.rehearsed_ok:
        said = N_("The newest backup could not be restored on trial. Make a new one, and have the disk looked at.")
        found.append(Problem(said))
    elif state.rehearsed is not None and (today - state.rehearsed).days > OVERDUE_DAYS:
        days = (today - state.rehearsed).days
        found.append(Problem(N_("No backup was restored on trial for {n} days."), {"n": days}))
    return found


def rehearse(path: Path, key: bytes, folder: Path, today: date, reach: Reach = backup.nothing) -> Looked | None:
    """Restores the newest copy on trial, beside the copies, and notes the day; None when there is no copy.

    Raises MrcError when it failed; that is noted too, unless the trial was only stopped or there was no room for it.
    """
    from mrc_app.store import restoring

    last = newest(in_folder(folder, path.stem), datetime.now(UTC))
    if last is None:
        return None
    try:
        looked = restoring.look(last.file, key, folder, reach)
    except CannotRead:
        note_rehearsal(path, key, today, last.file, False)
        raise
    note_rehearsal(path, key, today, last.file, looked.ok)
    return looked


def note_rehearsal(path: Path, key: bytes, on: date, copy: Path, ok: bool) -> None:
    """Writes into the centre file that a copy was restored on trial."""
    connection = opening.connect(path, key)
    try:
        with opening.told(path):
            identity.put(connection, rehearsed=on.isoformat(), rehearsed_copy=copy.name, rehearsed_ok=int(ok))
    finally:
        connection.close()
