"""The shape of the file: laid out for a new centre, brought up to date for an old one: a verified copy is made, another
copy is migrated and verified, and the two change places in one step.

Triggers and search indexes are code: they are taken out before a migration, put back after it and compared.
Foreign keys are off meanwhile (a rebuilt parent table would take its children along) and checked before the
commit. There is no way down: the copy made before the upgrade is the way back.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, MrcError
from mrc_app.i18n import N_
from mrc_app.store import opening

if TYPE_CHECKING:
    from mrc_app.store.backup import Reach

REFUSED = N_("“{file}” could not be upgraded; it stays as it was.")
VERSIONS = ("0001", "0002")
NEWEST = VERSIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"
STAMP = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
RELEASED = MIGRATIONS / "versions" / "0001_first.sql"
COMING = MIGRATIONS / "versions" / "0002_casework.sql"


def statements() -> list[str]:
    """The DDL of every table and index as this program's records describe them."""
    return list(_statements())


@cache
def _statements() -> tuple[str, ...]:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from mrc_app.store import schema  # noqa: F401 - its tables join the metadata
    from mrc_app.store.kinds import bring_in
    from mrc_app.store.records import metadata

    bring_in()
    dialect: Any = sqlite.dialect()
    found: list[str] = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        makers: list[Any] = [CreateTable(table), *map(CreateIndex, indexes)]
        found += [str(maker.compile(dialect=dialect)).strip() for maker in makers]
    return tuple("\n".join(line.rstrip() for line in statement.splitlines()) for statement in found)


def freeze() -> None:
    """Writes the coming migration anew: every table and index that the released ones do not make. A released migration
    is never written again, and a column added to a table that is out already is written by hand beside it."""
    out = {one.strip() for one in RELEASED.read_text("utf-8").split(";\n")}
    COMING.write_text(";\n\n".join(one for one in statements() if one not in out) + ";\n", "utf-8")


def lay_out(connection: Connection) -> None:
    """Makes every table, index and guard in an empty file, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements():
        connection.execute(statement)
    connection.execute(STAMP)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (NEWEST,))
    _furnish(connection)
    connection.execute("COMMIT")


def _furnish(connection: Connection) -> None:
    from mrc_app.store import guards
    from mrc_app.store.kinds import kinds

    known = kinds()
    connection.execute("DELETE FROM kind")
    connection.executemany(
        "INSERT INTO kind(name, subject, same_person, telling) VALUES (?, ?, ?, ?)",
        [(k.name, k.subject, k.record.same_person, " ".join(sorted(k.telling))) for k in known.values()],
    )
    guards.put(connection, sorted(known))
    connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('schema', ?)", (NEWEST,))


def version(connection: Connection, path: Path) -> str:
    """The version of the file's shape. Raises CannotRead for something else than a centre file, or a newer one."""
    with opening.told(path):
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "meta"} <= tables:
            raise CannotRead(opening.NOT_CENTRE, file=path.name)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if not found or found[0] not in VERSIONS:
        raise CannotRead(
            N_("“{file}” was written by a newer version of this program. Install the newer version."),
            file=path.name,
        )
    return str(found[0])


def upgrade(path: Path, key: bytes, migrations: Path = MIGRATIONS, reach: Reach = lambda _step: None) -> Path | None:
    """Brings an older file up to date and returns the verified copy made before; None when it was up to date already.

    A copy is migrated, verified and put in the file's place in one step: whatever happens, the old file or the new one
    stands there whole. Raises MrcError, with the file as it was.
    """
    from mrc_app.store import backup, swapping

    half = path.with_name(path.name + ".upgrading")
    with swapping.alone(path, key) as connection, backup.told(path.parent):
        if version(connection, path) == NEWEST:
            return None
        target = before_upgrade(path)
        reach("backup")
        backup.copy(connection, path, key, target, papers=False, reach=reach)
        try:
            reach("migrate")
            shutil.copyfile(target, half)
            migrate(half, key, migrations, name=path.name)
            reach("compare")
            _same_content(connection, half, key, path)
            swapping.folded(half, key)
            reach("swap")
            swapping.swap(path, half, connection)
        finally:
            for leftover in (half, Path(f"{half}-wal"), Path(f"{half}-shm"), Path(f"{half}-journal")):
                leftover.unlink(missing_ok=True)
    reach("done")
    return target


def before_upgrade(path: Path) -> Path:
    """A name for the copy made before an upgrade."""
    return path.with_name(f"{path.stem}.before-upgrade-{datetime.now(UTC).strftime('%Y%m%dT%H%M%S%fZ')}{path.suffix}")


def _same_content(connection: Connection, half: Path, key: bytes, path: Path) -> None:
    """The migrated copy has whole pages, whole guards, and every record and journal row of the original."""
    from mrc_app.store import backup, verify

    migrated = opening.connect(half, key)
    try:
        was, now = backup.place(connection), backup.place(migrated)
        lost = [name for name, count in was.records.items() if now.records.get(name, count) != count]
        if verify.pages(migrated) or verify.shape(migrated) or lost or was.chain != now.chain:
            raise CannotRead(REFUSED, file=path.name)
    finally:
        migrated.close()


def migrate(path: Path, key: bytes, migrations: Path = MIGRATIONS, name: str = "") -> None:
    """Changes the shape of a file that nobody uses, in one transaction. Raises MrcError with its shape as it was."""
    from sqlalchemy.exc import DatabaseError

    try:
        _migrate(path, key, migrations, name or path.name)
    except DatabaseError as trouble:
        if trouble.orig is not None and opening.sentence(trouble.orig, path).problem.message == opening.FULL:
            raise MrcError(opening.FULL) from trouble
        raise CannotRead(REFUSED, file=name or path.name) from trouble


def _migrate(path: Path, key: bytes, migrations: Path, name: str) -> None:
    from alembic import command
    from alembic.config import Config

    from mrc_app.store import engine, guards

    def connect() -> Connection:
        opened = opening.connect(path, key)
        opened.execute("PRAGMA foreign_keys = OFF")
        return opened

    settings = Config()
    settings.set_main_option("script_location", str(migrations).replace("%", "%%"))
    made = engine.engine(connect)
    try:
        with (
            opening.told(path),
            made.connect().execution_options(**{engine.CHANGE: True}) as connection,
            connection.begin(),
        ):
            raw: Any = connection.connection.driver_connection
            guards.drop(raw)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            _furnish(raw)
            if raw.execute("PRAGMA foreign_key_check").fetchall():
                raise CannotRead(REFUSED, file=name)
    finally:
        made.dispose()
