"""One step back: the copy made before the last upgrade takes the file's place; what stood there is kept beside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store import backup, identity, keys, opening, restoring, swapping
from mrc_app.store.backup import Place, Reach

if TYPE_CHECKING:
    from mrc_app.store.restoring import Looked

NONE = N_("There is no copy from before an upgrade beside “{file}”.")
_BEFORE = ".before-upgrade-"


@dataclass(frozen=True)
class WentBack:
    """``kept`` is where the newer file lies now, ``left_behind`` how many changes it holds that the file does not."""

    file: Path
    records: dict[str, int]
    kept: Path
    left_behind: int


def copies(path: Path) -> list[Path]:
    """The copies made before upgrades of a centre file, newest first."""
    return sorted(path.parent.glob(f"{path.stem}{_BEFORE}*{path.suffix}"), reverse=True)


def go_back(path: Path, key: bytes, *, settings: Path | None, reach: Reach = backup.nothing) -> WentBack:
    """Puts the file from before the last upgrade in its place, verified. Nobody may have the file open.

    It opens with the earlier version of the program; this version upgrades it again when it is unlocked. Where changes
    were made since, the file goes on under a new node id and desk code. Raises MrcError, with the file as it was.
    """
    found = copies(path)
    if not found:
        raise MrcError(NONE, file=path.name)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside, ready = (
        path.with_name(f"{path.stem}.after-upgrade-{stamp}{path.suffix}"),
        path.with_name(path.name + ".back"),
    )
    reach("verify")
    looked: Looked = restoring.look(found[0], key, path.parent, papers=False)
    with swapping.alone(path, key) as connection, backup.told(path.parent):
        later = backup.place(connection)
        try:
            shutil.copyfile(found[0], ready)
            left = _begin(ready, key, later, identity.computer_token(settings))
            swapping.folded(ready, key)
            shutil.copyfile(keys.beside(path), keys.beside(aside))
            reach("swap")
            swapping.swap(path, ready, connection, aside)
        finally:
            for leftover in (ready, Path(f"{ready}-wal"), Path(f"{ready}-shm"), Path(f"{ready}-journal")):
                leftover.unlink(missing_ok=True)
            if not aside.exists():
                keys.beside(aside).unlink(missing_ok=True)
    reach("done")
    return WentBack(path, looked.records, aside, left)


def _begin(ready: Path, key: bytes, later: Place, token: str) -> int:
    """A new identity where the newer file has changes this one has not; how many."""
    connection = opening.connect(ready, key)
    try:
        with opening.told(ready):
            here = backup.place(connection)
            if here.chain == later.chain:
                return 0
            connection.execute("BEGIN IMMEDIATE")
            identity.new_start(connection, token)
            connection.execute("COMMIT")
            return sum(seq - here.chain.get(node, (0, b""))[0] for node, (seq, _hash) in later.chain.items())
    finally:
        connection.close()
