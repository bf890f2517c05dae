"""Where a ministry keeps what centres sent: SQLite in one file, or PostgreSQL at scale. The SQL is the same for both.

Rows go in by the thousand: COPY on PostgreSQL, executemany on SQLite; decisions are made by statements over whole sets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead, MrcError
from mrc_app.i18n import N_
from mrc_app.store import leftovers

Rows = Iterable[Sequence[Any]]
VERSION = 1
LOCK = 7_264_001  # one receiving process at a time; others wait
SCHEMA = "mrc"
TABLES = (
    "CREATE TABLE IF NOT EXISTS desk (version INTEGER NOT NULL)",
    """CREATE TABLE IF NOT EXISTS centre (code TEXT PRIMARY KEY, name TEXT NOT NULL, recipient TEXT NOT NULL,
       since TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS package (id BIGINT PRIMARY KEY, content TEXT NOT NULL UNIQUE, sealed TEXT NOT NULL,
       centre TEXT NOT NULL, country TEXT NOT NULL, tier TEXT NOT NULL, period TEXT NOT NULL,
       local_period TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, seq INTEGER NOT NULL,
       signer TEXT NOT NULL, state TEXT NOT NULL, rows INTEGER NOT NULL, withheld TEXT NOT NULL,
       received TEXT NOT NULL, file TEXT NOT NULL, UNIQUE (centre, tier, first_day, last_day, seq))""",
    "CREATE INDEX IF NOT EXISTS package_sealed ON package (sealed)",
    """CREATE TABLE IF NOT EXISTS observation (package BIGINT NOT NULL, flow TEXT NOT NULL, indicator TEXT NOT NULL,
       dims TEXT NOT NULL, cell TEXT NOT NULL, unit TEXT NOT NULL, value NUMERIC NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS observation_package ON observation (package)",
    """CREATE TABLE IF NOT EXISTS case_row (package BIGINT NOT NULL, kind TEXT NOT NULL, no INTEGER NOT NULL,
       body TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS case_row_package ON case_row (package)",
    """CREATE TABLE IF NOT EXISTS quarantine (sealed TEXT PRIMARY KEY, file TEXT NOT NULL, centre TEXT NOT NULL,
       period TEXT NOT NULL, tier TEXT NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL, said TEXT NOT NULL,
       at TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS publication (id BIGINT PRIMARY KEY, period TEXT NOT NULL, seq INTEGER NOT NULL,
       k INTEGER NOT NULL, made TEXT NOT NULL, suppressed INTEGER NOT NULL, families TEXT NOT NULL)""",
)
STAGING = (
    """CREATE TEMP TABLE IF NOT EXISTS staged_package (no INTEGER, content TEXT, sealed TEXT, centre TEXT, country TEXT,
       tier TEXT, period TEXT, local_period TEXT, first_day TEXT, last_day TEXT, seq INTEGER, signer TEXT, rows INTEGER,
       withheld TEXT, received TEXT, file TEXT, reason TEXT)""",
    """CREATE TEMP TABLE IF NOT EXISTS staged_observation (no INTEGER, flow TEXT, indicator TEXT, dims TEXT, cell TEXT,
       unit TEXT, value NUMERIC)""",
    "CREATE TEMP TABLE IF NOT EXISTS staged_case_row (no INTEGER, kind TEXT, line INTEGER, body TEXT)",
)
STAGED = ("staged_package", "staged_observation", "staged_case_row")


class Database:
    """One connection. ``change`` is a transaction that only one receiving process at a time is in."""

    def __init__(self, connection: Any, *, postgres: bool) -> None:
        self.connection, self.postgres = connection, postgres

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The answer to a question. ``?`` stands for a value."""
        return [tuple(row) for row in self._run(sql, values).fetchall()]

    def run(self, sql: str, *values: Any) -> int:
        """Carries a statement out; how many rows it touched."""
        return int(self._run(sql, values).rowcount)

    def _run(self, sql: str, values: Sequence[Any]) -> Any:
        return self.connection.execute(sql.replace("?", "%s") if self.postgres else sql, tuple(values))

    def bulk(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Many rows into a table at once."""
        named = ", ".join(columns)
        if not self.postgres:
            marks = ", ".join("?" * len(columns))
            self.connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)
            return
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def empty(self, table: str) -> None:
        """Takes every row out, and the room they took: nobody else tidies a temporary table up."""
        self.connection.execute(f"TRUNCATE {table}" if self.postgres else f"DELETE FROM {table}")

    def analyze(self, *tables: str) -> None:
        """Tells PostgreSQL how large the staging tables are: without it every plan is a guess."""
        for table in tables if self.postgres else ():
            self.connection.execute(f"ANALYZE {table}")

    @contextmanager
    def change(self) -> Iterator[None]:
        """All of it or nothing. Raises MrcError when the database refuses (a full disk, a lost connection)."""
        with self._transaction("BEGIN" if self.postgres else "BEGIN IMMEDIATE"):
            if self.postgres:
                self.connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            yield

    @contextmanager
    def staging(self) -> Iterator[None]:
        """A transaction over this connection's own staging tables; nobody else waits for it."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            with leftovers.undone(self._take_back):
                self.connection.execute(begin)
                yield
                self.connection.execute("COMMIT")
        except _errors() as trouble:
            raise _said(trouble) from None

    def _take_back(self) -> None:
        with suppress(*_errors()):
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Gives the connection back."""
        self.connection.close()


@contextmanager
def opened(url: str, *, make: bool = False) -> Iterator[Database]:
    """The database of a URL (``sqlite:///file`` or ``postgresql://…``). ``make``: made when there is none yet.

    Raises MrcError with one sentence; a password in the URL is never said.
    """
    try:
        database = _sqlite(url, make=make) if url.startswith("sqlite:") else _postgres(url)
    except _errors() as trouble:
        raise _said(trouble) from None
    try:
        _prepare(database, make=make)
        yield database
    finally:
        database.close()


def _sqlite(url: str, *, make: bool) -> Database:
    name = url.removeprefix("sqlite:///")
    if name == url or not name:
        raise MrcError(N_("Write the place as sqlite:///FILE or postgresql://USER@COMPUTER/NAME."))
    path = Path(name)
    if not make and not path.is_file():
        raise MrcError(N_("There is no file “{file}”."), file=name)
    if not path.absolute().parent.is_dir():
        raise MrcError(N_("There is no folder “{folder}”."), folder=path.absolute().parent)
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("PRAGMA busy_timeout = 30000")
    connection.execute("PRAGMA temp_store = MEMORY")
    return Database(connection, postgres=False)


def _postgres(url: str) -> Database:
    if not url.startswith(("postgresql://", "postgres://")):
        raise MrcError(N_("Write the place as sqlite:///FILE or postgresql://USER@COMPUTER/NAME."))
    try:
        import psycopg
    except ImportError:
        raise MrcError(
            N_("PostgreSQL needs the extra “ministry” of this program: pip install 'mrc-desk[ministry]'.")
        ) from None
    connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    connection.execute("SET client_min_messages = warning")
    return Database(connection, postgres=True)


def _prepare(database: Database, *, make: bool) -> None:
    """Tables where there are none; refuses a database of a newer program, or one that is something else."""
    try:
        if database.postgres:
            if make:
                database.run(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            database.run(f"SET search_path TO {SCHEMA}, pg_temp")
        else:
            found = {name for (name,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if found and "desk" not in found:
                raise CannotRead(N_("This file holds something else, not what a ministry desk keeps."))
            database.run("PRAGMA journal_mode = WAL")
            database.run("PRAGMA synchronous = NORMAL")
        if make:
            _make(database)
        version = database.rows("SELECT max(version) FROM desk")[0][0]
    except _errors() as trouble:
        raise _said(trouble) from None
    if version != VERSION:
        raise CannotRead(N_("What is kept there was written by a newer program. Please update this one."))


def _make(database: Database) -> None:
    with database.change():
        for sql in TABLES:
            database.run(sql)
        if not database.rows("SELECT version FROM desk"):
            database.run("INSERT INTO desk (version) VALUES (?)", VERSION)


def _errors() -> tuple[type[Exception], ...]:
    """What the drivers that are loaded may raise."""
    import sys

    loaded = sys.modules.get("psycopg")
    return (sqlite3.Error, loaded.Error) if loaded else (sqlite3.Error,)


def _said(trouble: BaseException) -> MrcError:
    """One sentence; the driver's own words without addresses and passwords."""
    if isinstance(trouble, sqlite3.Error):
        return MrcError(N_("The file of the ministry desk cannot be used: {trouble}."), trouble=str(trouble))
    code = getattr(trouble, "sqlstate", None) or type(trouble).__name__
    if code in ("3F000", "42P01"):
        return MrcError(N_("Nothing was received into this database yet."))
    return MrcError(N_("The database refused ({code}). Is it running, and is this user allowed in?"), code=code)
