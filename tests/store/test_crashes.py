"""What was acknowledged stays: killed processes, a full disk, two programs writing at once."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from mrc_app.store import journal, verify
from mrc_app.store.centre import Store
from tests.make import LOGIN, make_store
from tests.store.nursery import Start


def logins(desk: Store) -> set[str]:
    """Who is in the file, and in its journal."""
    with desk.plain() as connection:
        kept = {row[0] for row in connection.execute("SELECT login FROM officer")}
        told = connection.execute("SELECT count(*) FROM journal WHERE body LIKE '%\"officer\"%'").fetchone()[0]
    assert told == len(kept)
    return kept


def kill_and_look(start: Start, folder: Path, rounds: int) -> int:
    """Kills a writer again and again; returns how many acknowledged units were found again."""
    desk, chance, kept = make_store(folder), random.Random(3), set[str]()
    for number in range(rounds):
        writer = start(desk, f"r{number}n", 100_000)
        while len(writer.acknowledged()) < 5:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        assert writer.kill() == signal.SIGKILL
        kept |= set(writer.acknowledged())
        assert kept <= logins(desk)
        assert journal.audit(desk).intact
    assert verify.report(desk).ok
    desk.close()
    return len(kept)


def test_a_killed_program_loses_nothing_it_acknowledged(start: Start, tmp_path: Path) -> None:
    assert kill_and_look(start, tmp_path, 5) >= 25


@pytest.mark.long
def test_a_hundred_kills_lose_nothing(start: Start, tmp_path: Path) -> None:
    assert kill_and_look(start, tmp_path, 100) >= 500


def test_a_full_disk_is_said_in_one_sentence_and_loses_nothing(start: Start, tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    writer = start(desk, "full", 5000, limit=1_500_000)
    assert writer.wait() == 0
    assert writer.said()[-1].startswith("refused The disk")
    assert len(writer.acknowledged()) >= 10
    assert set(writer.acknowledged()) <= logins(desk)
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


def test_two_programs_write_at_once_and_both_are_kept(start: Start, tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    writers = [start(desk, name, 60) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    kept = [login for writer in writers for login in writer.acknowledged()]
    assert len(kept) == 120
    assert set(kept) <= logins(desk)
    assert journal.audit(desk).intact
    desk.close()
