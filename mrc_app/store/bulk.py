"""Many new records of this desk at once: an invented centre, a logbook typed off a sheet.

The same journal rows as ``Store.change`` would write, made without sessions and put in the way received rows
are: guarded, all or nothing. Only for records that are new; whoever adds them has checked them by the rules of
their noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import Invalid, Problem
from mrc_app.store import numbers, receiving, rows
from mrc_app.store.capture import NUL
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.records import new_uuid
from mrc_app.store.rows import Row
from mrc_app.store.seeing import register_value
from mrc_app.store.tables import Tables

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


class Batch:
    """New records of one unit of work, in the order in which they are added."""

    def __init__(self, raw: Connection, node: str, by: str, do: str) -> None:
        self._raw, self._kinds = raw, kinds()
        place = raw.execute("SELECT seq, hash FROM chain WHERE node = ?", (node,)).fetchone()
        self._node = node
        self._seq: int = place[0] if place else 0
        self._chained: bytes = place[1] if place else rows.start(node)
        clock = raw.execute("SELECT value FROM meta WHERE key = 'hlc'").fetchone()
        self._hlc = rows.tick(int(clock[0]) if clock else 0, rows.wall())
        self._said: dict[str, Any] = {"v": rows.VERSION, "txn": rows.new_salt(), "hlc": self._hlc, "by": by, "do": do}
        self._said["at"] = rows.now_text()
        self._told: list[tuple[Row, dict[str, Any]]] = []

    def number(self, desk_code: str, year: int) -> str:
        """The next number of a desk in a year."""
        return numbers.take(self._raw, desk_code, year)

    def add(self, kind: str, /, **values: Any) -> str:
        """Adds a record with the columns that are not left at their defaults; returns its uuid. Raises Invalid for a
        text with NUL."""
        known, uuid = self._kinds[kind], new_uuid()
        bound = {column: bind(value) if (bind := known.binds[column]) else value for column, value in values.items()}
        for column, value in bound.items():
            if isinstance(value, str) and "\x00" in value:
                raise Invalid(**{column: Problem(NUL)})
        body = self._said | {
            "salt": rows.new_salt(),
            "kind": kind,
            "record": uuid,
            "subject": known.about(uuid, bound),
            "op": "new",
            "fields": _fields(known, bound),
        }
        told = rows.canonical(body)
        self._seq += 1
        row = Row(self._node, self._seq, uuid, body["subject"], told, rows.digest(told), "full")
        self._chained = rows.link(self._chained, row.digest)
        self._told.append((row, body))
        return uuid

    def write(self) -> frozenset[str]:
        """Writes journal, chain, clock, tables and search; returns the kinds that changed."""
        tables = Tables(self._raw)
        receiving.write(self._raw, tables, [row for row, _ in self._told], self._told, [])
        self._raw.execute(
            "INSERT INTO chain(node, seq, hash) VALUES (?1, ?2, ?3) "
            "ON CONFLICT(node) DO UPDATE SET seq = ?2, hash = ?3",
            (self._node, self._seq, self._chained),
        )
        self._raw.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('hlc', ?)", (str(self._hlc),))
        return frozenset(tables.changed)


@contextmanager
def adding(store: Store, *, by: str, do: str) -> Iterator[Batch]:
    """A unit of work of officer ``by`` called ``do`` that only adds records: kept whole, or nothing is kept."""
    with store.writing() as connection:
        batch = Batch(connection, store.node, by, do)
        yield batch
        changed = batch.write()
    store.tell(changed)


def _fields(kind: Kind, bound: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The registers worth telling of a new record."""
    told = [column for column, value in bound.items() if value != kind.defaults[column]]
    values = kind.defaults | bound
    return {
        register: {"value": register_value(kind.registers[register], values), "seen": []}
        for register in dict.fromkeys(kind.register_of[column] for column in told)
    }
