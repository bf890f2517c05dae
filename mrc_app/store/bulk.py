"""Many new records of this desk at once: an invented centre, a logbook typed off a sheet.

The same journal rows as ``Store.change`` would write, made without sessions and put straight into the tables:
guarded, all or nothing. Only for records that are new; whoever adds them has checked them by the rules of
their noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import Invalid, Problem
from mrc_app.store import numbers, rows, search_index
from mrc_app.store.capture import NUL
from mrc_app.store.kinds import Kind
from mrc_app.store.records import new_uuid
from mrc_app.store.rows import Row
from mrc_app.store.seeing import register_value
from mrc_app.store.tables import Settled, Tables

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


CACHE = 256 * 1024
"""KiB of the file kept in memory meanwhile: the indexes of a large centre would be read again for every record."""
AT_ONCE = 5000
"""Records put into the tables together."""


class Batch:
    """New records of one unit of work, in the order in which they are added."""

    def __init__(self, raw: Connection, node: str, by: str, do: str) -> None:
        self._raw, self._tables = raw, Tables(raw)
        place = raw.execute("SELECT seq, hash FROM chain WHERE node = ?", (node,)).fetchone()
        self._node = node
        self._seq: int = place[0] if place else 0
        self._chained: bytes = place[1] if place else rows.start(node)
        clock = raw.execute("SELECT value FROM meta WHERE key = 'hlc'").fetchone()
        self._hlc = rows.tick(int(clock[0]) if clock else 0, rows.wall())
        self._said: dict[str, Any] = {"v": rows.VERSION, "txn": rows.new_salt(), "hlc": self._hlc, "by": by, "do": do}
        self._said |= {"at": rows.now_text(), "op": "new"}
        self._rows: list[Row] = []
        self._new: Settled = {}

    def number(self, desk_code: str, year: int) -> str:
        """The next number of a desk in a year."""
        return numbers.take(self._raw, desk_code, year)

    def add(self, name: str, /, **values: Any) -> str:
        """Adds a record of a kind with the columns that are not left at their defaults; returns its uuid. Raises
        Invalid for a text with NUL."""
        kind, uuid = self._tables.kinds[name], new_uuid()
        bound = {column: bind(value) if (bind := kind.binds[column]) else value for column, value in values.items()}
        for column, value in bound.items():
            if isinstance(value, str) and "\x00" in value:
                raise Invalid(**{column: Problem(NUL)})
        whole = kind.defaults | bound
        subject = kind.about(uuid, whole)
        about = {"salt": rows.new_salt(), "kind": name, "record": uuid, "subject": subject}
        body = rows.canonical({**self._said, **about, "fields": _fields(kind, bound, whole)})
        self._seq += 1
        self._rows.append(Row(self._node, self._seq, uuid, subject, body, rows.digest(body), "full"))
        self._chained = rows.link(self._chained, self._rows[-1].digest)
        self._new.setdefault(name, {})[uuid] = whole
        if len(self._rows) == AT_ONCE:
            self._put()
        return uuid

    def _put(self) -> None:
        self._raw.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._tables.insert(self._new)
        search_index.renew(self._raw, self._tables.take())
        self._rows, self._new = [], {}

    def finish(self) -> frozenset[str]:
        """Writes what is left, the chain and the clock; returns the kinds that changed."""
        self._put()
        self._raw.execute(
            "INSERT INTO chain(node, seq, hash) VALUES (?1, ?2, ?3) "
            "ON CONFLICT(node) DO UPDATE SET seq = ?2, hash = ?3",
            (self._node, self._seq, self._chained),
        )
        self._raw.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('hlc', ?)", (str(self._hlc),))
        return frozenset(self._tables.changed)


class Adding:
    """Units of work that only add records, one after the other."""

    def __init__(self, store: Store, raw: Connection, by: str, do: str) -> None:
        self._store, self._raw, self._by, self._do = store, raw, by, do

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One unit of work: kept whole, or nothing is kept."""
        self._raw.execute("BEGIN IMMEDIATE")
        batch = Batch(self._raw, self._store.node, self._by, self._do)
        yield batch
        changed = batch.finish()
        self._raw.execute("COMMIT")
        self._store.tell(changed)


@contextmanager
def adding(store: Store, *, by: str, do: str) -> Iterator[Adding]:
    """Officer ``by`` adds many records, in units of work called ``do``. Nothing else is written meanwhile."""
    with store.apart() as connection:
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        yield Adding(store, connection, by, do)


def _fields(kind: Kind, bound: dict[str, Any], whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The registers worth telling of a new record."""
    told = [kind.register_of[column] for column, value in bound.items() if value != kind.defaults[column]]
    return {
        register: {"value": register_value(kind.registers[register], whole), "seen": []}
        for register in dict.fromkeys(told)
    }
