"""The shape of the file: laid out for a new centre, brought up to date for an old one."""

from __future__ import annotations

from sqlite3 import Connection

SCHEMA = "0001"


def lay_out(connection: Connection) -> None:
    """Makes every table, index and guard in an empty file, in one transaction."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from mrc_app.store import guards, schema
    from mrc_app.store.kinds import kinds

    known = kinds()
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call]
    connection.execute("BEGIN IMMEDIATE")
    for table in schema.metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.execute("INSERT INTO alembic_version VALUES (?)", (SCHEMA,))
    connection.executemany("INSERT INTO kind(name, subject) VALUES (?, ?)", [(k.name, k.subject) for k in known.values()])
    guards.put(connection, sorted(known))
    connection.execute("INSERT INTO meta(key, value) VALUES ('schema', ?)", (SCHEMA,))
    connection.execute("COMMIT")
