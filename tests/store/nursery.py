"""Writers in processes of their own: begun, heard, waited for, killed. See writer.py."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from mrc_app.store.centre import Store

ROOT = Path(__file__).resolve().parents[2]


class Writer:
    """A writer in a process of its own, and what it says."""

    def __init__(self, nursery: subprocess.Popen[str], told: Path, asked: list[object]) -> None:
        self.nursery, self.told = nursery, told
        self.number = self._ask([*asked, str(told)])

    def _ask(self, what: object) -> int:
        assert self.nursery.stdin is not None and self.nursery.stdout is not None
        self.nursery.stdin.write(json.dumps(what) + "\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def said(self) -> list[str]:
        """The whole lines it wrote so far."""
        return self.told.read_text().split("\n")[:-1] if self.told.exists() else []

    def acknowledged(self) -> list[str]:
        """What it said was kept."""
        return [line.split()[1] for line in self.said() if line.startswith("ok ")]

    def wait(self) -> int:
        """Waits until it ended; 0, or the signal that killed it."""
        return self._ask(self.number)

    def kill(self) -> int:
        """Kills it in whatever it is doing."""
        os.kill(self.number, signal.SIGKILL)
        return self.wait()


Start = Callable[..., Writer]


class Nursery:
    """The program that forks them."""

    def __init__(self, folder: Path) -> None:
        told = [sys.executable, "-m", "tests.store.writer"]
        self._folder, self._numbers = folder, count()
        self._program = subprocess.Popen(told, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, desk: Store, name: str, many: int, limit: int = 0) -> Writer:
        """A writer on a desk's file that adds so many officers; no file may grow beyond ``limit`` bytes."""
        told = self._folder / f"{next(self._numbers)}.txt"
        return Writer(self._program, told, [str(desk.path), desk.key.hex(), name, many, limit])

    def close(self) -> None:
        """Ends the program."""
        self._program.communicate()
