"""The file's shape: no drift between records and migrations; an upgrade keeps everything, or changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mrc_app.errors import CannotRead, MrcError
from mrc_app.store import (
    backup,
    copies,
    engine,
    going_back,
    guards,
    keys,
    opening,
    restoring,
    schema,
    search,
    unlocking,
    upgrades,
    verify,
)
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.records import metadata
from tests.make import LOGIN, first_and_last, make_client, make_store
from tests.store.nursery import ROOT

DRIFT = (
    "The records and the migrations differ. Before the first release: run\n"
    "  python -c 'from mrc_app.store import upgrades; upgrades.freeze()'\n"
    "and commit the coming migration's statements. After it: write a migration and add it to VERSIONS."
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


NOW = upgrades.NEWEST
LATER = f"{int(NOW) + 1:04d}"
NEXT = '''"""A later shape, for the test."""
import sqlalchemy as sa
from alembic import op

revision = "{later}"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("officer") as table:
        table.add_column(sa.Column("badge", sa.String, nullable=True))
    {last}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one version newer; the centre that tests copy is made before it by this one."""
    (tmp_path / "first").mkdir()
    make_store(tmp_path / "first").close()
    folder = tmp_path / "migrations"
    shutil.copytree(upgrades.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{LATER}_later.py").write_text(NEXT.format(later=LATER, newest=NOW, last=""), "utf-8")
    monkeypatch.setattr(upgrades, "VERSIONS", (*upgrades.VERSIONS, LATER))
    monkeypatch.setattr(upgrades, "NEWEST", LATER)
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
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (LATER,)
        assert "badge" in [row[1] for row in connection.execute("PRAGMA table_info(officer)")]
        assert guards.differences(connection, sorted(kinds())) == []
        assert verify.counts(connection)["client"] == 1
    assert len(search.find(opened, "tigist")) == 1
    opened.close()
    before = opening.connect(copy, key)
    assert before.execute("SELECT version_num FROM alembic_version").fetchone() == (NOW,)
    assert verify.counts(before)["client"] == 1
    before.close()
    assert keys.beside(copy).read_bytes() == keys.beside(path).read_bytes()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path, later: Path) -> None:
    path, key = a_desk(tmp_path)
    before = shape(path, key)
    (later / "versions" / f"{LATER}_later.py").write_text(
        NEXT.format(later=LATER, newest=NOW, last='op.execute("SELECT nothing FROM nowhere")'), "utf-8"
    )
    with pytest.raises(CannotRead, match="it stays as it was"):
        upgrades.upgrade(path, key, later)
    assert shape(path, key) == before
    Store(path, key, LOGIN, "this computer").close()


STEPS = ("backup", "copy", "verify", "keys", "list", "name", "migrate", "compare", "swap", "done")


@pytest.mark.parametrize("at", first_and_last(STEPS))
def test_an_upgrade_killed_at_any_step_leaves_a_file_that_opens(tmp_path: Path, later: Path, at: str) -> None:
    path, key = a_desk(tmp_path)
    told = [sys.executable, "-m", "tests.store.dying", "upgrade", str(path), key.hex(), str(later), at]
    said = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == -9, said.stdout + said.stderr
    found = opening.connect(path, key)
    shape_now = found.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    assert shape_now == (LATER if at == "done" else NOW)
    assert verify.pages(found) == []
    assert verify.counts(found)["client"] == 1
    found.close()
    upgrades.upgrade(path, key, later)
    opened = Store(path, key, LOGIN, "this computer")
    assert verify.report(opened).ok
    assert len(search.find(opened, "tigist")) == 1
    opened.close()
    assert not list(tmp_path.glob("*.upgrading*"))


@pytest.mark.parametrize("at", STEPS[:-1])
def test_trouble_at_any_step_of_an_upgrade_changes_nothing(tmp_path: Path, later: Path, at: str) -> None:
    path, key = a_desk(tmp_path)
    before = shape(path, key)

    def trouble(step: str) -> None:
        if step == at:
            raise OSError(28, "No space left on device")

    with pytest.raises(MrcError) as refused:
        upgrades.upgrade(path, key, later, trouble)
    assert refused.value.text().endswith(".")
    assert shape(path, key) == before
    assert not list(tmp_path.glob("*.upgrading*"))
    Store(path, key, LOGIN, "this computer").close()


def test_a_file_that_another_window_has_open_is_not_upgraded(tmp_path: Path, later: Path) -> None:
    path, key = a_desk(tmp_path)
    other = opening.connect(path, key)
    other.execute("SELECT count(*) FROM officer").fetchone()
    with pytest.raises(MrcError, match="open in another window"):
        upgrades.upgrade(path, key, later)
    other.close()
    assert upgrades.upgrade(path, key, later) is not None
    assert upgrades.upgrade(path, key, later) is None, "once is enough"


def test_one_step_back_from_an_upgrade_keeps_the_newer_file(tmp_path: Path, later: Path) -> None:
    path, key = a_desk(tmp_path)
    upgrades.upgrade(path, key, later)
    opened = Store(path, key, LOGIN, "this computer")
    node = opened.node
    opened.close()
    done = going_back.go_back(path, key, settings=tmp_path / "settings")
    assert (done.records["client"], done.left_behind) == (1, 0)
    assert version_of(path, key) == NOW
    assert version_of(done.kept, key) == LATER
    assert keys.beside(done.kept).exists()
    again = opening.connect(path, key)
    assert again.execute("SELECT value FROM meta WHERE key = 'node'").fetchone()[0] == node, "nothing was written since"
    again.close()


def test_a_step_back_over_new_work_goes_on_under_another_identity(tmp_path: Path, later: Path) -> None:
    path, key = a_desk(tmp_path)
    upgrades.upgrade(path, key, later)
    opened = Store(path, key, LOGIN, "this computer")
    with opened.change(by=opened.officer, do="clients.register") as session:
        make_client(session)
    node, code, wrote = opened.node, opened.desk_code, opened
    wrote.close()
    done = going_back.go_back(path, key, settings=tmp_path / "settings")
    assert done.left_behind > 0
    again = opening.connect(path, key)
    meta = dict(again.execute("SELECT key, value FROM meta").fetchall())
    again.close()
    assert meta["node"] != node
    assert meta["desk_code"].startswith(code)
    assert meta["desk_code"] != code


@pytest.mark.parametrize("at", first_and_last(["verify", "swap", "done"]))
def test_a_step_back_killed_at_any_step_leaves_a_file_that_opens(tmp_path: Path, later: Path, at: str) -> None:
    path, key = a_desk(tmp_path)
    upgrades.upgrade(path, key, later)
    told = [sys.executable, "-m", "tests.store.dying", "back", str(path), key.hex(), str(tmp_path / "settings"), at]
    said = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == -9, said.stdout + said.stderr
    assert version_of(path, key) == (NOW if at == "done" else LATER)
    found = opening.connect(path, key)
    assert verify.pages(found) == []
    assert verify.counts(found)["client"] == 1
    found.close()


def version_of(path: Path, key: bytes) -> str:
    """The version of a file's shape."""
    connection = opening.connect(path, key)
    try:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def test_without_an_upgrade_there_is_no_step_back(tmp_path: Path) -> None:
    path, key = a_desk(tmp_path)
    with pytest.raises(MrcError, match="no copy from before an upgrade"):
        going_back.go_back(path, key, settings=tmp_path / "settings")


def test_a_backup_of_an_older_shape_is_restored_and_upgraded(
    tmp_path: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = a_desk(tmp_path)
    monkeypatch.setattr(upgrades, "NEWEST", NOW)
    made = copies.make(path, key, tmp_path / "copies")
    monkeypatch.setattr(upgrades, "NEWEST", LATER)
    monkeypatch.setattr(upgrades, "MIGRATIONS", later)
    monkeypatch.setattr(upgrades.migrate, "__defaults__", (later, ""))
    done = restoring.restore(made.file, tmp_path / "again.mrc", key, settings=tmp_path / "settings", login=LOGIN)
    assert version_of(done.file, key) == LATER
    assert done.records["client"] == 1
    assert version_of(made.file, key) == NOW, "a backup is only ever read"


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
