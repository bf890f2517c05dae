"""The shape of the file: laid out for a new centre, brought up to date for an old one after a verified copy was
made.

Triggers and search indexes are code: they are taken out before a migration, put back after it and compared.
Foreign keys are off meanwhile (a rebuilt parent table would take its children along) and checked before the
commit. There is no way down: the copy made before the upgrade is the way back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_
from mrc_app.store import opening

VERSIONS = ("0001",)
NEWEST = VERSIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"
STAMP = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
FIRST = MIGRATIONS / "versions" / "0001_first.sql"


def statements() -> list[str]:
    """The DDL of every table and index as this program's records describe them."""
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
    return ["\n".join(line.rstrip() for line in statement.splitlines()) for statement in found]


def freeze() -> None:
    """Writes the first migration anew from the records. Only before the first release; afterwards every change
    is a migration."""
    FIRST.write_text(";\n\n".join(statements()) + ";\n", "utf-8")


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


def upgrade(path: Path, key: bytes, migrations: Path = MIGRATIONS) -> Path:
    """Brings an older file up to date and returns the verified copy made before. Nothing is changed when a step
    fails."""
    from mrc_app.store import backup

    connection = opening.connect(path, key)
    try:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = path.with_name(f"{path.stem}.before-upgrade-{stamp}{path.suffix}")
        backup.copy(connection, path, key, target)
    finally:
        connection.close()
    _migrate(path, key, migrations)
    return target


def _migrate(path: Path, key: bytes, migrations: Path) -> None:
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
                raise CannotRead(N_("“{file}” could not be upgraded; it stays as it was."), file=path.name)
    finally:
        made.dispose()
