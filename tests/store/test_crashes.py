"""What was acknowledged stays: killed processes, a full disk, two programs writing at once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mrc_app.store import journal, verify
from mrc_app.store.centre import Store
from tests.make import LOGIN, make_store

ROOT = Path(__file__).resolve().parents[2]


def start(desk: Store, name: str, count: int, limit: int = 0) -> subprocess.Popen[str]:
    """A writer in its own process."""
    told = [sys.executable, "-m", "tests.store.writer", str(desk.path), desk.key.hex(), name, str(count), str(limit)]
    return subprocess.Popen(told, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> list[str]:
    """What the writer said was kept."""
    assert process.stdout is not None
    return [line.split()[1] for line in process.stdout.read().splitlines() if line.startswith("ok ")]


def logins(desk: Store) -> set[str]:
    """Who is in the file, and in its journal."""
    with desk.plain() as connection:
        kept = {row[0] for row in connection.execute("SELECT login FROM officer")}
        told = connection.execute("SELECT count(*) FROM journal WHERE body LIKE '%\"officer\"%'").fetchone()[0]
    assert told == len(kept)
    return kept


def kill_and_look(folder: Path, rounds: int) -> int:
    """Kills a writer again and again; returns how many acknowledged units were found again."""
    desk, chance, kept = make_store(folder), random.Random(3), set[str]()
    for number in range(rounds):
        process = start(desk, f"r{number}n", 100_000)
        assert process.stdout is not None
        first = [process.stdout.readline().split()[1] for _ in range(5)]
        time.sleep(chance.random() * 0.05)
        process.kill()
        kept |= {*first, *acknowledged(process)}
        process.wait()
        process.stdout.close()
        assert kept <= logins(desk)
        assert journal.audit(desk).intact
    assert verify.report(desk).ok
    desk.close()
    return len(kept)


def test_a_killed_program_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    assert kill_and_look(tmp_path, 3) >= 15


@pytest.mark.long
def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    assert kill_and_look(tmp_path, 100) >= 500


def test_a_full_disk_is_said_in_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    process = start(desk, "full", 5000, limit=1_500_000)
    said = process.communicate()[0].splitlines()
    kept = [line.split()[1] for line in said if line.startswith("ok ")]
    assert said[-1].startswith("refused The disk")
    assert len(kept) >= 10
    assert set(kept) <= logins(desk)
    assert verify.report(desk).ok
    desk.close()
    desk = Store(desk.path, make_store_key(desk), LOGIN, "this computer")
    desk.close()


def make_store_key(desk: Store) -> bytes:
    """The key of a closed store of this run (all come from one template)."""
    from mrc_app.store import keys
    from tests.make import PASSWORD

    beside = keys.beside(desk.path)
    return keys.unlock(beside, *keys.read(beside), LOGIN, PASSWORD)


def test_two_programs_write_at_once_and_both_are_kept(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    processes = [start(desk, name, 60) for name in ("a", "b")]
    kept = [login for process in processes for login in acknowledged(process)]
    assert [process.wait() for process in processes] == [0, 0]
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    assert len(kept) == 120
    assert set(kept) <= logins(desk)
    assert journal.audit(desk).intact
    desk.close()
