"""The tables as a pure function of the journal's rows: the winner of each register, and what waits for a parent.

Records are settled many at a time, parents before children: one question to the journal and one statement for each
kind of record, however many rows came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from sqlite3 import Connection
from typing import Any, NamedTuple

from mrc_app.store import heads, sealing
from mrc_app.store.heads import Told
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.rows import Head

AT_ONCE = 1000
"""Records settled together."""
Values = dict[str, Any]
Settled = dict[str, dict[str, Values]]
"""Rows as they were written: by kind, by uuid."""


class Candidate(NamedTuple):
    """One value written for a register, in the order in which it would be shown: standing first, then favoured, then
    the later clock."""

    stands: bool
    favoured: bool
    hlc: int
    node: str
    seq: int
    value: Any


class Tables:
    """The tables of one file, settled from the rows of the journal."""

    def __init__(self, raw: Connection) -> None:
        self.raw = raw
        self.kinds = kinds()
        self.order = {name: place for place, name in enumerate(_parents_first(self.kinds))}
        self.changed: set[str] = set()
        self._settled: Settled = {}
        self._known: dict[str, set[str]] = {}
        self._waits: list[tuple[str, str, str]] = []
        self._stand: dict[str, heads.Standing] = {}

    def settle(self, records: Iterable[str]) -> None:
        """Brings the tables in line for these records and for whatever waited for them."""
        self.raw.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
        self._known = {parent: set() for kind in self.kinds.values() for parent in kind.parents.values()}
        wanted = list(dict.fromkeys(records))
        while wanted:
            appeared: list[str] = []
            for some in _batches(wanted):
                appeared += self._settle(some)
            wanted = self._waiting_for(appeared)
        self.raw.execute("DELETE FROM gate")

    def take(self) -> Settled:
        """The rows written since they were last taken."""
        settled, self._settled = self._settled, {}
        return settled

    def _waiting_for(self, parents: list[str]) -> list[str]:
        if not parents or not self.raw.execute("SELECT 1 FROM pending LIMIT 1").fetchone():
            return []
        sql = "SELECT DISTINCT record FROM pending WHERE reason IN (SELECT value FROM json_each(?)) ORDER BY record"
        return [row[0] for row in self.raw.execute(sql, (json.dumps(parents),))]

    def _settle(self, records: list[str]) -> list[str]:
        """Writes the rows of some records; returns those that appeared: their children may follow."""
        records = self._open(records)
        told = heads.bodies(self.raw, records)
        self._stand = {record: heads.standing(own) for record, own in told.items() if len(own) > 1}
        heads.keep(self.raw, told, self._stand)
        self.raw.executemany("DELETE FROM pending WHERE record = ?", [(record,) for record in records])
        written: dict[str, dict[str, Values]] = {}
        for record, name, own in self._by_kind(told):
            values = self._values(record, self.kinds[name], own)
            if values is not None:
                written.setdefault(name, {})[record] = values
                self._known.get(name, set()).add(record)
        appeared = [uuid for name, rows in written.items() for uuid in self._write(self.kinds[name], rows)]
        self.raw.executemany("INSERT OR IGNORE INTO pending(record, register, reason) VALUES (?, ?, ?)", self._waits)
        self._waits = []
        return appeared

    def _open(self, records: list[str]) -> list[str]:
        """Those records whose rows can all be read here; the others wait for an officer who holds the key."""
        shut = sealing.shut(self.raw, records)
        waits = [(record, "*", "sealed") for record in shut]
        self.raw.executemany("INSERT OR IGNORE INTO pending(record, register, reason) VALUES (?, ?, ?)", waits)
        return [record for record in records if record not in shut]

    def _by_kind(self, told: dict[str, list[Told]]) -> list[tuple[str, str, list[Told]]]:
        """Record, kind and rows, parents before children. Where two desks made a record as different kinds, the first
        name counts."""
        found = []
        for record, own in told.items():
            name = min((body["kind"] for _, _, body in own if body["op"] == "new"), default="")
            if name in self.kinds:
                found.append((record, name, own))
            else:
                self._wait(record, "*", f"kind {name}" if name else "new")
        return sorted(found, key=lambda one: self.order[one[1]])

    def _values(self, record: str, kind: Kind, told: list[Told]) -> Values | None:
        values = dict(kind.defaults)
        written = _candidates(kind, told, self._stand.get(record, {}))
        whole = kind.mandatory <= written.keys()
        for register, candidates in written.items():
            if register not in kind.registers:
                self._wait(record, register, "unknown")
                continue
            chosen = self._choose(record, kind, register, candidates)
            whole = whole and (chosen is not None or register not in kind.mandatory)
            values.update(chosen or {})
        return values if whole else None

    def _choose(self, record: str, kind: Kind, register: str, written: list[Candidate]) -> Values | None:
        """The first value that can stand: what stands now by bias and clock, then what stood before."""
        for one in sorted(written, key=lambda one: one[:5], reverse=True) if len(written) > 1 else written:
            values = spread(kind, kind.registers[register], one[5])
            reason = self._refused(kind, values)
            if reason is None:
                return values
            self._wait(record, register, reason)
        return None

    def _refused(self, kind: Kind, values: Values) -> str | None:
        """Why these values cannot stand yet: a word of a newer program, an empty field, or the uuid of a
        missing parent."""
        for column, value in values.items():
            if column in kind.free and value is not None:
                continue
            if value is None:
                if column in kind.required:
                    return "empty"
            elif not kind.has_word(column, value):
                return "word"
            elif column in kind.parents and not self._there(kind.parents[column], value):
                return str(value)
        return None

    def _there(self, table: str, uuid: str) -> bool:
        known = self._known[table]
        if uuid in known:
            return True
        found = self.raw.execute(f'SELECT 1 FROM "{table}" WHERE uuid = ?', (uuid,)).fetchone() is not None
        if found:
            known.add(uuid)
        return found

    def _wait(self, record: str, register: str, reason: str) -> None:
        self._waits.append((record, register, reason))

    def _write(self, kind: Kind, rows: dict[str, Values]) -> list[str]:
        """Writes the rows of one kind; returns the uuids that were not there."""
        self.changed.add(kind.name)
        self._settled.setdefault(kind.name, {}).update(rows)
        sql = f'SELECT uuid FROM "{kind.name}" WHERE uuid IN (SELECT value FROM json_each(?))'
        there = {row[0] for row in self.raw.execute(sql, (json.dumps(list(rows)),))}
        sets = ", ".join(f'"{name}" = ?' for name in kind.defaults)
        self.raw.executemany(
            f'UPDATE "{kind.name}" SET {sets} WHERE uuid = ?', [(*rows[uuid].values(), uuid) for uuid in there]
        )
        self._insert(kind, {uuid: values for uuid, values in rows.items() if uuid not in there})
        return [uuid for uuid in rows if uuid not in there]

    def insert(self, new: Settled) -> None:
        """Writes the rows of records that nobody has heard of, whose journal rows say just this."""
        self.raw.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
        for name in sorted(new, key=self.order.__getitem__):
            self._insert(self.kinds[name], new[name])
        self.changed |= new.keys()
        self._settled = new
        self.raw.execute("DELETE FROM gate")

    def _insert(self, kind: Kind, rows: dict[str, Values]) -> None:
        listed, marks = ", ".join(f'"{name}"' for name in kind.defaults), ", ".join("?" * len(kind.defaults))
        self.raw.executemany(
            f'INSERT INTO "{kind.name}"(uuid, {listed}) VALUES (?, {marks})',
            [(uuid, *values.values()) for uuid, values in rows.items()],
        )


def spread(kind: Kind, columns: tuple[str, ...], value: Any) -> Values:
    """A register's value as columns; a column the author's program did not know gets its default."""
    if len(columns) == 1 and not isinstance(value, dict):
        return {columns[0]: value}
    return {column: value.get(column, kind.defaults[column]) for column in columns}


def _candidates(kind: Kind, told: list[Told], stand: heads.Standing) -> dict[str, list[Candidate]]:
    """Every value written for a record of this kind, by register."""
    if len(told) == 1:
        node, seq, body = told[0]
        return {name: [Candidate(True, False, 0, node, seq, one["value"])] for name, one in body["fields"].items()}
    found: dict[str, list[Candidate]] = {}
    for node, seq, body in told:
        head, hlc = Head(node, seq), body["hlc"]
        for register, field in body["fields"].items() if body["kind"] == kind.name else ():
            value = field["value"]
            one = Candidate(head in stand.get(register, ()), kind.favours(register, value), hlc, node, seq, value)
            found.setdefault(register, []).append(one)
    return found


def _parents_first(known: dict[str, Kind]) -> list[str]:
    """The names of the kinds so that each stands after those it points at."""
    found: dict[str, None] = {}
    while len(found) < len(known):
        free = [name for name, kind in known.items() if {*kind.parents.values()} - {name} <= found.keys()]
        found |= dict.fromkeys(free or sorted(known))
    return list(found)


def _batches(records: list[str]) -> Iterator[list[str]]:
    rest = iter(records)
    while some := list(islice(rest, AT_ONCE)):
        yield some
