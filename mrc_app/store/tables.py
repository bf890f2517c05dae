"""The tables as a pure function of the journal's rows: heads, the winner of each register, and what waits for a
parent."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any, NamedTuple

from mrc_app.store.kinds import Kind, kinds


class Candidate(NamedTuple):
    """One value written for a register, in the order in which it would be shown: favoured first, then the later
    clock."""

    favoured: bool
    hlc: int
    node: str
    seq: int
    value: Any


class Tables:
    """The tables of one file, settled record by record from heads and bodies."""

    def __init__(self, raw: Connection) -> None:
        self.raw = raw
        self.kinds = kinds()
        self.changed: set[str] = set()
        self.settled: set[str] = set()

    def absorb(self, node: str, seq: int, record: str, fields: dict[str, dict[str, Any]]) -> None:
        """Takes one row's fields into the heads: what it has seen stands down, itself stands unless already
        superseded."""
        for register, field in fields.items():
            for text in field["seen"]:
                other, _, number = text.rpartition(":")
                key = (record, register, other, int(number))
                gone = self.raw.execute(
                    "DELETE FROM head WHERE record = ? AND register = ? AND node = ? AND seq = ?", key
                ).rowcount
                if not gone:
                    self.raw.execute(
                        "INSERT OR IGNORE INTO superseded(node, seq, register) VALUES (?, ?, ?)",
                        (other, int(number), register),
                    )
        self.raw.executemany(
            "INSERT OR IGNORE INTO head(record, register, node, seq) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS "
            "(SELECT 1 FROM superseded WHERE node = ?3 AND seq = ?4 AND register = ?2)",
            [(record, register, node, seq) for register in fields],
        )

    def settle(self, records: Iterable[str]) -> None:
        """Brings the tables in line for these records and for whatever waited for them. Needs the gate open to
        all."""
        self.raw.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
        queue = deque(dict.fromkeys(records))
        waiting = set(queue)
        while queue:
            record = queue.popleft()
            waiting.discard(record)
            if self._settle(record):
                for child in self._children(record) - waiting:
                    waiting.add(child)
                    queue.append(child)
        self.raw.execute("DELETE FROM gate")

    def _children(self, record: str) -> set[str]:
        return {row[0] for row in self.raw.execute("SELECT record FROM pending WHERE reason = ?", (record,))}

    def _settle(self, record: str) -> bool:
        """Writes one record's row. True when it appeared: its children may follow."""
        bodies = self._bodies(record)
        self.raw.execute("DELETE FROM pending WHERE record = ?", (record,))
        names = {body["kind"] for _, _, body in bodies if body["op"] == "new"}
        if not names:
            self._wait(record, "*", "new")
            return False
        name = min(names)
        kind = self.kinds.get(name)
        if kind is None:
            self._wait(record, "*", f"kind {name}")
            return False
        values = self._values(record, kind, [one for one in bodies if one[2]["kind"] == name])
        return values is not None and self._write(kind, record, values)

    def _bodies(self, record: str) -> list[tuple[str, int, dict[str, Any]]]:
        found = self.raw.execute("SELECT node, seq, body FROM journal WHERE record = ? AND body IS NOT NULL", (record,))
        return [(node, seq, json.loads(body)) for node, seq, body in found]

    def _values(self, record: str, kind: Kind, bodies: list[tuple[str, int, dict[str, Any]]]) -> dict[str, Any] | None:
        standing: dict[str, set[tuple[str, int]]] = {}
        for register, node, seq in self.raw.execute("SELECT register, node, seq FROM head WHERE record = ?", (record,)):
            standing.setdefault(register, set()).add((node, seq))
        told: dict[str, list[Candidate]] = {}
        for node, seq, body in bodies:
            for register, field in body["fields"].items():
                value = field["value"]
                one = Candidate(kind.favours(register, value), body["hlc"], node, seq, value)
                told.setdefault(register, []).append(one)
        for register in told.keys() - kind.registers.keys():
            self._wait(record, register, "unknown")
        values = dict(kind.defaults)
        whole = kind.mandatory <= told.keys()
        for register in told.keys() & kind.registers.keys():
            chosen = self._choose(record, kind, register, told[register], standing.get(register, set()))
            whole = whole and (chosen is not None or register not in kind.mandatory)
            values.update(chosen or {})
        return values if whole else None

    def _choose(
        self, record: str, kind: Kind, register: str, told: list[Candidate], heads: set[tuple[str, int]]
    ) -> dict[str, Any] | None:
        """The first value that can stand: what stands now by bias and clock, then what stood before."""
        for one in sorted(told, key=lambda one: ((one.node, one.seq) in heads, one[:4]), reverse=True):
            values = spread(kind, kind.registers[register], one.value)
            reason = self._refused(kind, values)
            if reason is None:
                return values
            self._wait(record, register, reason)
        return None

    def _refused(self, kind: Kind, values: dict[str, Any]) -> str | None:
        """Why these values cannot stand yet: a word of a newer program, an empty field, or the uuid of a
        missing parent."""
        for column, value in values.items():
            if value is None:
                if column in kind.required:
                    return "empty"
            elif (column in kind.words and value not in kind.words[column]) or (
                column in kind.many_words and not set(str(value).split()) <= kind.many_words[column]
            ):
                return "word"
            elif column in kind.parents and not self._there(kind.parents[column], value):
                return str(value)
        return None

    def _there(self, table: str, uuid: str) -> bool:
        return self.raw.execute(f'SELECT 1 FROM "{table}" WHERE uuid = ?', (uuid,)).fetchone() is not None

    def _wait(self, record: str, register: str, reason: str) -> None:
        self.raw.execute(
            "INSERT OR IGNORE INTO pending(record, register, reason) VALUES (?, ?, ?)", (record, register, reason)
        )

    def _write(self, kind: Kind, record: str, values: dict[str, Any]) -> bool:
        self.changed.add(kind.name)
        self.settled.add(record)
        names = list(values)
        if self._there(kind.name, record):
            sets = ", ".join(f'"{name}" = ?' for name in names)
            self.raw.execute(f'UPDATE "{kind.name}" SET {sets} WHERE uuid = ?', (*values.values(), record))
            return False
        listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        extra, filled = (', "search"', ", ''") if "search" in kind.table.columns else ("", "")
        self.raw.execute(
            f'INSERT INTO "{kind.name}"(uuid, {listed}{extra}) VALUES (?, {marks}{filled})',
            (record, *values.values()),
        )
        return True


def spread(kind: Kind, columns: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A register's value as columns; a column the author's program did not know gets its default."""
    if len(columns) == 1 and not isinstance(value, dict):
        return {columns[0]: value}
    return {column: value.get(column, kind.defaults[column]) for column in columns}
