"""A damage report of a centre file: pages, indexes, foreign keys, the journal's chain, and the tables against
the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from sqlcipher3.dbapi2 import DatabaseError

from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.store import attachments, erasing, guards, journal, receiving

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

MOST = 20


@dataclass(frozen=True)
class Verified:
    """What was found: how many records by table, and every problem in a sentence."""

    file: Path
    records: dict[str, int]
    ok: bool
    problems: list[Problem]


def verify(path: Path, *, login: str, password: str, settings: Path | None = None) -> Verified:
    """Unlocks a centre file and reports on it. Raises like ``store.open`` when it cannot be unlocked at all."""
    from mrc_app.store import unlocking

    opened = unlocking.unlock(path, login, password, settings)
    try:
        return report(opened)
    finally:
        opened.close()


def report(store: Store) -> Verified:
    """The report of an open centre file. Nothing is changed."""
    with store.plain() as connection:
        problems = pages(connection)
        if not problems:
            problems = [*shape(connection), *journal.check(connection)]
        counted = counts(connection, seen=True) if not problems else {}
    if not problems:
        problems = against_journal(store)
    if not problems:
        with store.plain() as connection:
            problems = [*erasing.problems(store.path), *attachments.problems(connection, store.path)]
    return Verified(store.path, counted, not problems, problems)


def pages(connection: Connection) -> list[Problem]:
    """What the cipher and SQLite find page by page; every row of both answers is read."""
    broken: list[str] = []
    for question, sound in (("cipher_integrity_check", ()), ("integrity_check(100)", ("ok",))):
        try:
            said = [str(row[0]) for row in connection.execute(f"PRAGMA {question}").fetchall()]
        except DatabaseError as trouble:
            said = [str(trouble)]
        broken += [line for line in said if line not in sound]
    return [Problem(N_("A page of the file is damaged: {reason}."), {"reason": line}) for line in broken[:MOST]]


def shape(connection: Connection) -> list[Problem]:
    """Children without parents, and guards that are missing or changed."""
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    tables = [row[0] for row in connection.execute("SELECT name FROM kind")]
    return [
        *(
            Problem(N_("A row of {table} points at nothing."), {"table": table})
            for table in sorted({row[0] for row in orphans})
        ),
        *(
            Problem(N_("The guard {name} is missing or changed."), {"name": name})
            for name in guards.differences(connection, tables)
        ),
    ]


def counts(connection: Connection, *, seen: bool = False) -> dict[str, int]:
    """Records by table, removed ones included, and the journal's rows; with ``seen`` only what this officer may see."""
    names = [row[0] for row in connection.execute("SELECT name FROM kind ORDER BY name")]
    place, view = ("temp", "seen_") if seen else ("main", "")
    return {
        name: int(connection.execute(f'SELECT count(*) FROM {place}."{view}{name}"').fetchone()[0])
        for name in [*names, "journal"]
    }


def against_journal(store: Store) -> list[Problem]:
    """Rebuilds the tables from the journal inside a transaction that is taken back, and names every table that
    differs."""
    from mrc_app.store.kinds import kinds

    problems: list[Problem] = []
    with store.apart() as connection:
        connection.execute("BEGIN IMMEDIATE")
        wanted = {
            name: ", ".join(f'"{column}"' for column in ("uuid", *kind.columns)) for name, kind in kinds().items()
        }
        wanted["head"] = "record, register, node, seq"
        for name, columns in wanted.items():
            connection.execute(f'CREATE TEMP TABLE "was_{name}" AS SELECT {columns} FROM main."{name}"')
        receiving.rebuild(connection, search=False)
        for name, columns in wanted.items():
            lost = _missing(
                connection, f"SELECT {columns} FROM temp.was_{name}", f'SELECT {columns} FROM main."{name}"'
            )
            extra = _missing(
                connection, f'SELECT {columns} FROM main."{name}"', f"SELECT {columns} FROM temp.was_{name}"
            )
            if lost or extra:
                problems.append(
                    Problem(
                        N_("The table {table} differs from the journal in {n} rows."),
                        {"table": name, "n": max(lost, extra)},
                    )
                )
        connection.execute("ROLLBACK")
    return problems


def _missing(connection: Connection, these: str, those: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({these} EXCEPT {those})").fetchone()[0])
