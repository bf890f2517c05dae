"""A program of its own that backs up, restores, upgrades or goes back, and dies (kill -9) at a named step or when it is
killed from outside. Says every step on standard output before it begins."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from mrc_app.errors import MrcError
from mrc_app.store import copies, going_back, keys, restoring, stick, upgrades
from tests.make import LOGIN


def reach(at: str) -> Callable[[str], None]:
    """Says each step; dies at the one named."""

    def told(step: str) -> None:
        sys.stdout.write(f"step {step}\n")
        sys.stdout.flush()
        if step == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return told


def act(what: str, path: Path, key: bytes, other: Path, at: str) -> None:
    """Does one thing with a centre file; ``other`` is the folder, the new file, or the migrations."""
    if what == "backup":
        while True:
            copies.make(path, key, other, reach=reach(at))
            if at:
                return
    elif what == "stick":
        stick.make(path, key, other, "a phrase for the stick", reach=reach(at), cost=keys.FLOOR)
    elif what == "restore":
        restoring.restore(path, other, key, settings=path.parent, login=LOGIN, reach=reach(at))
    elif what == "upgrade":
        later = f"{int(upgrades.NEWEST) + 1:04d}"
        upgrades.VERSIONS, upgrades.NEWEST = (*upgrades.VERSIONS, later), later
        upgrades.upgrade(path, key, other, reach(at))
    else:
        going_back.go_back(path, key, settings=other, reach=reach(at))


def limited(size: int) -> None:
    """No file grows beyond so many bytes; writing further is an error and no signal."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    if len(sys.argv) > 6:
        limited(int(sys.argv[6]))
    try:
        act(sys.argv[1], Path(sys.argv[2]), bytes.fromhex(sys.argv[3]), Path(sys.argv[4]), sys.argv[5])
    except MrcError as trouble:
        sys.stdout.write(f"refused {trouble.text()}\n")
    sys.stdout.write("done\n")
