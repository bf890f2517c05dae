"""The damage report names what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from mrc_app.errors import NotAllowed
from mrc_app.store import guards, opening, verify
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from tests.make import LOGIN, PASSWORD, make_client, make_store


@pytest.fixture
def desk(tmp_path: Path) -> Store:
    """A desk with a client."""
    made = make_store(tmp_path)
    with made.change(by=made.officer, do="clients.register") as session:
        make_client(session, call_name="Tigist")
    return made


def test_a_sound_file_is_found_sound(tmp_path: Path, desk: Store) -> None:
    desk.close()
    found = verify.verify(desk.path, login=LOGIN, password=PASSWORD, settings=tmp_path)
    assert (found.ok, found.problems) == (True, [])
    assert (found.records["client"], found.records["consent"], found.records["journal"]) == (1, 2, 5)


def test_a_report_changes_nothing(desk: Store) -> None:
    with desk.plain() as connection:
        before = list(connection.iterdump()) if hasattr(connection, "iterdump") else []
    assert verify.report(desk).ok
    with desk.plain() as connection:
        assert (list(connection.iterdump()) if hasattr(connection, "iterdump") else []) == before


def test_a_report_needs_a_password(tmp_path: Path, desk: Store) -> None:
    with pytest.raises(NotAllowed):
        verify.verify(desk.path, login=LOGIN, password="not this one", settings=tmp_path)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        ("UPDATE client SET call_name = 'Hirut'", "The table client differs from the journal in 1 rows."),
        ("DELETE FROM consent WHERE purpose = 'statistics'", "The table consent differs"),
        ("INSERT INTO head SELECT record, 'call_name', node, seq FROM journal WHERE seq = 4", "The table head differs"),
        ("DROP TRIGGER guard_client_update", "The guard guard_client_update is missing or changed."),
        ("DELETE FROM journal WHERE seq = 4", "is missing"),
        ("UPDATE journal SET body = x'7b7d' WHERE seq = 4", "was changed after it was written"),
    ],
)
def test_a_change_behind_the_journals_back_is_named(desk: Store, break_it: str, said: str) -> None:
    with desk.plain() as connection:
        connection.execute("BEGIN")
        for name in guards.triggers(sorted(kinds())):
            connection.execute(f"DROP TRIGGER {name}")
        if not break_it.startswith("DROP"):
            connection.execute(break_it)
        for name, sql in guards.triggers(sorted(kinds())).items():
            if not break_it.endswith(name):
                connection.execute(sql)
        connection.execute("COMMIT")
    found = verify.report(desk)
    assert not found.ok
    assert any(said in problem.text() for problem in found.problems), [problem.text() for problem in found.problems]


def test_damaged_pages_are_named(desk: Store) -> None:
    with desk.plain() as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
    desk.close()
    raw = bytearray(desk.path.read_bytes())
    raw[(root - 1) * opening.PAGE + 900] ^= 4
    desk.path.write_bytes(raw)
    again = Store(desk.path, _key(desk), LOGIN, "this computer")
    found = verify.report(again)
    assert not found.ok
    assert "page" in found.problems[0].text()
    again.close()


def _key(desk: Store) -> bytes:
    from mrc_app.store import keys

    beside = keys.beside(desk.path)
    return keys.unlock(beside, *keys.read(beside), LOGIN, PASSWORD)
