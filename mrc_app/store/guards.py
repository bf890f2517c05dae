"""What stands in the file beside the tables: triggers that abort a write bypassing the journal, and the two
search indexes.

They are code, not shape: dropped before a migration, put back after it, compared with this page at start-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

BYPASSED = "write bypasses the journal"

_OPEN = """EXISTS (SELECT 1 FROM gate g WHERE g.node = '*' OR EXISTS (
  SELECT 1 FROM journal j WHERE j.record = {uuid} AND j.node = g.node AND j.seq >= g.seq))"""

_JOURNAL = {
    "guard_journal_delete": f"""CREATE TRIGGER guard_journal_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, '{BYPASSED}'); END""",
    "guard_journal_update": f"""CREATE TRIGGER guard_journal_update BEFORE UPDATE ON journal
WHEN NOT (OLD.node = NEW.node AND OLD.seq = NEW.seq AND OLD.record = NEW.record
  AND (length(OLD.digest) = 0 OR (OLD.digest = NEW.digest AND (NEW.body IS NULL OR OLD.body IS NULL))))
BEGIN SELECT RAISE(ABORT, '{BYPASSED}'); END""",
}
_WORDS = """unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''"""
SEARCH = {
    "sought_words": f"""CREATE VIRTUAL TABLE sought_words USING fts5(text, content='sought', content_rowid='id',
  tokenize='{_WORDS}', prefix='1 2 3')""",
    "sought_parts": """CREATE VIRTUAL TABLE sought_parts USING fts5(text, content='sought', content_rowid='id',
  tokenize='trigram')""",
}
VOCABULARY = {
    "sought_terms": "CREATE VIRTUAL TABLE sought_terms USING fts5vocab('sought_parts', 'row')",
    "sought_places": "CREATE VIRTUAL TABLE sought_places USING fts5vocab('sought_parts', 'instance')",
}
INDEXED = {
    "sought_insert": """CREATE TRIGGER sought_insert AFTER INSERT ON sought BEGIN
  INSERT INTO sought_words(rowid, text) VALUES (NEW.id, NEW.text);
  INSERT INTO sought_parts(rowid, text) VALUES (NEW.id, NEW.text); END""",
    "sought_delete": """CREATE TRIGGER sought_delete AFTER DELETE ON sought BEGIN
  INSERT INTO sought_words(sought_words, rowid, text) VALUES ('delete', OLD.id, OLD.text);
  INSERT INTO sought_parts(sought_parts, rowid, text) VALUES ('delete', OLD.id, OLD.text); END""",
    "sought_update": """CREATE TRIGGER sought_update AFTER UPDATE OF text ON sought BEGIN
  INSERT INTO sought_words(sought_words, rowid, text) VALUES ('delete', OLD.id, OLD.text);
  INSERT INTO sought_parts(sought_parts, rowid, text) VALUES ('delete', OLD.id, OLD.text);
  INSERT INTO sought_words(rowid, text) VALUES (NEW.id, NEW.text);
  INSERT INTO sought_parts(rowid, text) VALUES (NEW.id, NEW.text); END""",
}


def triggers(tables: list[str]) -> dict[str, str]:
    """Every trigger by name, for the given kept tables."""
    found = {**_JOURNAL, **INDEXED}
    for table in tables:
        for event, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            name = f"guard_{table}_{event}"
            let = (
                _OPEN.format(uuid=f"{row}.uuid")
                if event != "delete"
                else "EXISTS (SELECT 1 FROM gate WHERE node = '*')"
            )
            found[name] = f"""CREATE TRIGGER {name} BEFORE {event.upper()} ON "{table}"
WHEN NOT {let}
BEGIN SELECT RAISE(ABORT, '{BYPASSED}'); END"""
    return found


def drop(connection: Connection) -> None:
    """Takes every trigger and both search indexes out, before a migration."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for name in (*VOCABULARY, *SEARCH):
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def put(connection: Connection, tables: list[str]) -> None:
    """Puts triggers and search indexes in, and fills the indexes from the search table."""
    for name, sql in SEARCH.items():
        connection.execute(sql)
        connection.execute(f"INSERT INTO {name}({name}, rank) VALUES ('secure-delete', 1)")
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
    for sql in (*VOCABULARY.values(), *triggers(tables).values()):
        connection.execute(sql)


@contextmanager
def lifted(connection: Connection, name: str) -> Iterator[None]:
    """Takes one guard of the journal out for a moment of the open transaction; with the transaction, it comes back."""
    connection.execute(f'DROP TRIGGER "{name}"')
    yield
    connection.execute(_JOURNAL[name])


def differences(connection: Connection, tables: list[str]) -> list[str]:
    """The names of triggers and indexes in the file that are missing, changed or unknown to this program."""
    wanted = {**triggers(tables), **SEARCH, **VOCABULARY}
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name IN (?, ?, ?, ?)", (*SEARCH, *VOCABULARY)
    )
    there = dict(rows.fetchall())
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
