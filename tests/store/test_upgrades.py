"""The file's shape: no drift between records and migrations; an upgrade keeps everything, or changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mrc_app.errors import CannotRead, MrcError
from mrc_app.store import backup, engine, guards, keys, opening, schema, search, unlocking, upgrades, verify
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.records import metadata
from tests.make import LOGIN, make_client, make_store

DRIFT = (
    "The records and the migrations differ. Before the first release: run\n"
    "  python -c 'from mrc_app.store import upgrades; upgrades.freeze()'\n"
    "and commit mrc_app/store/migrations/versions/0001_first.sql. After it: write a migration and add it to VERSIONS."
)


def shape(path: Path, key: bytes) -> dict[str, str]:
    """Every table, index and trigger with its statement."""
    connection = opening.connect(path, key)
    rows = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: "".join(sql.split()) for name, sql in rows}


def test_the_migrations_make_the_same_tables_as_the_records(tmp_path: Path, centre: Store) -> None:
    assert schema.metadata is metadata
    path, key = tmp_path / "migrated.mrc", bytes(range(32))
    opening.create(path, key, bytes(16)).close()
    connection = opening.connect(path, key)
    connection.execute("CREATE TABLE seed (x)")
    connection.execute("DROP TABLE seed")
    connection.close()
    upgrades.migrate(path, key)
    migrated, made = shape(path, key), shape(centre.path, centre.key)
    assert {name: migrated.get(name) for name in migrated | made} == {
        name: made.get(name) for name in migrated | made
    }, DRIFT
    pool = engine.engine(lambda: opening.connect(path, key))
    with pool.connect() as compared:
        found = compare_metadata(MigrationContext.configure(compared), metadata)
    pool.dispose()
    # The search indexes and Alembic's own table are code, not records.
    assert [one for one in found if not str(one[1]).startswith(("sought_", "alembic_version"))] == [], DRIFT


def test_the_newest_version_is_the_last_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", str(upgrades.MIGRATIONS))
    script = ScriptDirectory.from_config(settings)
    assert script.get_current_head() == upgrades.NEWEST
    assert {one.revision for one in script.walk_revisions()} == set(upgrades.VERSIONS)


NEXT = '''"""A later shape, for the test."""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("officer") as table:
        table.add_column(sa.Column("badge", sa.String, nullable=True))
    {last}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one version newer."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrades.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_later.py").write_text(NEXT.format(last=""), "utf-8")
    monkeypatch.setattr(upgrades, "NEWEST", "0002")
    monkeypatch.setattr(upgrades, "VERSIONS", ("0001", "0002"))
    return folder


def a_desk(folder: Path) -> tuple[Path, bytes]:
    """A closed file with a client."""
    made = make_store(folder)
    with made.change(by=made.officer, do="clients.register") as session:
        make_client(session, call_name="Tigist")
    key = made.key
    made.close()
    return made.path, key


def test_an_upgrade_keeps_rows_guards_and_search_after_a_verified_copy(tmp_path: Path, later: Path) -> None:
    path, key = a_desk(tmp_path)
    copy = upgrades.upgrade(path, key, later)
    assert copy is not None
    opened = Store(path, key, LOGIN, "this computer")
    with opened.plain() as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
        assert "badge" in [row[1] for row in connection.execute("PRAGMA table_info(officer)")]
        assert guards.differences(connection, sorted(kinds())) == []
        assert verify.counts(connection)["client"] == 1
    assert len(search.find(opened, "tigist")) == 1
    opened.close()
    before = opening.connect(copy, key)
    assert before.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert verify.counts(before)["client"] == 1
    before.close()
    assert keys.beside(copy).read_bytes() == keys.beside(path).read_bytes()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path, later: Path) -> None:
    path, key = a_desk(tmp_path)
    before = shape(path, key)
    (later / "versions" / "0002_later.py").write_text(
        NEXT.format(last='op.execute("SELECT nothing FROM nowhere")'), "utf-8"
    )
    with pytest.raises(CannotRead, match="it stays as it was"):
        upgrades.upgrade(path, key, later)
    assert shape(path, key) == before
    Store(path, key, LOGIN, "this computer").close()


def test_an_older_file_is_upgraded_at_unlock(tmp_path: Path, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, key = a_desk(tmp_path)
    real = upgrades.upgrade
    monkeypatch.setattr(upgrades, "upgrade", lambda path, key: real(path, key, later))
    unlocking.with_key(path, key, LOGIN, tmp_path).close()
    assert len(list(tmp_path.glob("centre.before-upgrade-*.mrc"))) == 1


def test_a_copy_is_whole_and_never_half(tmp_path: Path, centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        make_client(session)
    target = tmp_path / "copies" / "copy.mrc"
    target.parent.mkdir()
    with centre.apart() as connection:
        counted = backup.copy(connection, centre.path, centre.key, target)
        with pytest.raises(MrcError, match="exists already"):
            backup.copy(connection, centre.path, centre.key, target)
    assert (counted["client"], counted["journal"]) == (1, 5)
    assert sorted(path.name for path in target.parent.iterdir()) == ["copy.backup.json", "copy.keys.json", "copy.mrc"]
    copied = Store(target, centre.key, LOGIN, "this computer")
    assert verify.report(copied).ok
    copied.close()


def test_a_damaged_original_gives_no_copy(tmp_path: Path) -> None:
    path, key = a_desk(tmp_path)
    raw = bytearray(path.read_bytes())
    connection = opening.connect(path, key)
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
    connection.close()
    raw[(root - 1) * 4096 + 900] ^= 4
    path.write_bytes(raw)
    connection = opening.connect(path, key)
    with pytest.raises(CannotRead):
        backup.copy(connection, path, key, tmp_path / "copy.mrc")
    connection.close()
    assert not list(tmp_path.glob("copy*"))
