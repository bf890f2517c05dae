"""Room on the disk: how much is left, and a ballast file beside the centre file that is given up when the disk is
full, so that what was just typed can still be saved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mrc_app.errors import MrcError, Problem
from mrc_app.i18n import N_

MB = 1024 * 1024
BALLAST = 4 * MB
"""Bytes kept in reserve: some thirty saves."""
LEAST = 2 * MB
"""With less than this left a save may fail, so the ballast goes first."""
LOW = 200 * MB
"""Below this Today says that the disk is filling up."""

NEARLY_FULL = N_("The disk is full. Room for a few more saves was made: save again, then make room on the disk.")
TOO_LITTLE = N_("There is too little room in “{folder}”: {needed} MB are needed, {free} MB are free.")


def ballast(path: Path) -> Path:
    """Where the ballast of a centre file lies."""
    return path.with_name(path.name + ".ballast")


def free(folder: Path) -> int:
    """Bytes free in the nearest folder that exists; a very large number where the system does not say."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 1 << 62


def lay_aside(path: Path, size: int = BALLAST) -> bool:
    """Makes the ballast where there is plenty of room for it; says whether it stands. Never raises."""
    stands = ballast(path)
    try:
        if stands.exists() and stands.stat().st_size == size:
            return True
        if free(path.parent) < 10 * size:
            return False
        with stands.open("wb") as file:
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        release(path)
        return False
    return True


def release(path: Path) -> bool:
    """Gives the ballast up; says whether there was any."""
    try:
        ballast(path).unlink()
    except OSError:
        return False
    return True


def make_way(path: Path) -> None:
    """Before a save: gives the ballast up when the disk is nearly full."""
    if free(path.parent) < LEAST:
        release(path)


def require(folder: Path, needed: int) -> None:
    """Raises MrcError when a folder's disk has no room for so many bytes."""
    there = free(folder)
    if there < needed:
        raise MrcError(TOO_LITTLE, folder=folder.name or str(folder), needed=-(-needed // MB), free=there // MB)


def problems(path: Path) -> list[Problem]:
    """What Today says about the disk of the centre file."""
    left = free(path.parent)
    if left >= LOW:
        return []
    said = N_("The disk of this computer is nearly full: {free} MB are left. Make room before work is refused.")
    return [Problem(said, {"free": left // MB})]
