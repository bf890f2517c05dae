"""What people at the desks wrote and had on their screens, kept apart from the program, and what must stand then."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.store.heads import GONE
from mrc_app.store.rows import Head
from mrc_app.store.seeing import look

if TYPE_CHECKING:
    from mrc_app.store.centre import Store
    from mrc_app.store.seeing import Seen

Standing = Mapping[str, frozenset[Head]]
_READABLE = (
    "SELECT j.node, j.seq FROM journal j LEFT JOIN sealed_body s ON s.node = j.node AND s.seq = j.seq "
    "WHERE {} AND (j.body IS NOT NULL OR unsealed(s.box) IS NOT NULL)"
)
_NEW = (
    "SELECT j.node, j.seq, j.digest, coalesce(j.body, unsealed(s.box)) FROM journal j "
    "LEFT JOIN sealed_body s ON s.node = j.node AND s.seq = j.seq WHERE j.node = ? AND j.seq > ? ORDER BY j.seq"
)


LATER = "not a word yet"
"""A word of a newer program."""


@dataclass(frozen=True)
class Screen:
    """A form that is open: what the program says stands there, and what this memory says."""

    told: Seen
    standing: Standing


@dataclass(frozen=True)
class Wrote:
    """An acknowledged row: what was written, and the values its author had before her eyes."""

    place: Head
    digest: bytes
    kind: str
    record: str
    do: str
    hlc: int
    values: Mapping[str, Any]
    saw: Standing


@dataclass
class Memory:
    """Every acknowledged row of every desk."""

    rows: dict[Head, Wrote] = field(default_factory=dict)
    by_record: dict[str, list[Wrote]] = field(default_factory=dict)
    reached: Counter[tuple[str, str]] = field(default_factory=Counter)
    unsure: set[Head] = field(default_factory=set)
    twins: dict[str, int] = field(default_factory=dict)
    lost: set[Head] = field(default_factory=set)
    shown: dict[str, Standing] = field(default_factory=dict)
    trust_next: bool = False
    waits: set[tuple[str, str]] = field(default_factory=set)
    _upto: dict[tuple[str, str], int] = field(default_factory=dict)

    def open_form(self, store: Store, session: Any, record: Any) -> Screen:
        """A form opens at a desk."""
        told = look(session, record)
        with store.plain() as connection:
            there = readable(connection, "j.record = ?", record.uuid)
            self.waits = waiting(connection)
            return Screen(told, self.on_screen(connection, record.uuid, there))

    def look_up(self, store: Store) -> None:
        """What waits when somebody begins to change something: forms do not show it."""
        with store.plain() as connection:
            self.waits = waiting(connection)

    def acknowledge(self, store: Store, screens: Mapping[str, Standing] | None = None) -> None:
        """Remembers what was just written at a desk, and asks that it names exactly what stood on its author's
        screen."""
        place = (str(store.path), store.node)
        with store.plain() as connection:
            first = place not in self._upto
            found = connection.execute(_NEW, (store.node, self._upto.get(place, 0))).fetchall()
            new = {Head(node, seq) for node, seq, _digest, _body in found}
            for node, seq, digest, body in found:
                if body is not None and (Head(node, seq) not in self.rows or node in self.twins):
                    self._keep(connection, Head(node, seq), digest, json.loads(body), new, screens or {}, first)
                self._upto[place] = seq
        self._upto.setdefault(place, 0)
        self.trust_next = False

    def _keep(
        self, connection: Connection, at: Head, digest: bytes, body: dict[str, Any], new: set[Head],
        screens: Mapping[str, Standing], first: bool,
    ) -> None:  # fmt: skip
        record, said = body["record"], body["fields"]
        told = {name: frozenset(map(Head.of, one["seen"])) for name, one in said.items()}
        if not first and not self.trust_next:
            shown = self.shown.get(record) or screens.get(record)
            if shown is None:
                shown = self.on_screen(connection, record, readable(connection, "j.record = ?", record) - new)
            wanted = {name: expected(shown, name) for name in said}
            if not self.unsure & {place for own in wanted.values() for place in own}:
                assert told == wanted, f"{at} names {told}, but on the screen stood {wanted}"
        values = {name: one["value"] for name, one in said.items()}
        made = Wrote(at, digest, body["kind"], record, body["do"], body["hlc"], values, told)
        if at in self.rows:
            self.unsure.add(at)
            return
        if at.node in self.twins and at.seq > self.twins[at.node]:
            self.unsure.add(at)
        self.rows[at] = made
        self.by_record.setdefault(record, []).append(made)

    def learn(self, store: Store) -> None:
        """Takes over what stands in a file before the story begins."""
        with store.plain() as connection:
            nodes = [row[0] for row in connection.execute("SELECT DISTINCT node FROM journal")]
            for node in nodes:
                for _node, seq, digest, body in connection.execute(_NEW, (node, 0)).fetchall():
                    if body is not None and Head(node, seq) not in self.rows:
                        self._keep(connection, Head(node, seq), digest, json.loads(body), set(), {}, True)
                    if node == store.node:
                        self._upto[str(store.path), node] = seq

    def standing(self, record: str, there: set[Head]) -> dict[str, frozenset[Head]]:
        """What stands of a record where these rows can be read: every value, but those that the author of another
        had before her eyes."""
        written: dict[str, set[Head]] = {}
        for one in self.by_record.get(record, ()):
            for register in one.values if one.place in there else ():
                written.setdefault(register, set()).add(one.place)
        for one in self.by_record.get(record, ()):
            for register, saw in one.saw.items() if one.place in there else ():
                written.get(register, set()).difference_update(saw)
        return {register: frozenset(own) for register, own in written.items()}

    def on_screen(self, connection: Connection, record: str, there: set[Head]) -> dict[str, frozenset[Head]]:
        """Of what stands what a form can show: no word of a newer program that waits, no household that is not here."""

        def shows(register: str, value: Any) -> bool:
            if register == "household":
                return (
                    connection.execute("SELECT 1 FROM main.household WHERE uuid = ?", (value,)).fetchone() is not None
                )
            return value != LATER or (record, register) not in self.waits

        found = self.standing(record, there)
        return {
            register: frozenset(place for place in own if shows(register, self.rows[place].values[register]))
            for register, own in found.items()
        }

    def may_be_lost(self, store: Store) -> None:
        """A file dies: what nobody else has is gone with it."""
        with store.plain() as connection:
            self.lost |= readable(connection, "1")

    def twinned(self, store: Store) -> None:
        """Two files write as one from here on."""
        self.twins.setdefault(store.node, self.begin(store))

    def begin(self, store: Store) -> int:
        """A file that somebody takes up: what is in it is known. Returns how far its own node has come."""
        with store.plain() as connection:
            row = connection.execute("SELECT max(seq) FROM journal WHERE node = ?", (store.node,)).fetchone()
        self._upto[str(store.path), store.node] = row[0] or 0
        return int(row[0] or 0)

    def count(self, store: Store) -> None:
        """Counts which kinds of work contradict each other at a desk."""
        with store.plain() as connection:
            found: dict[tuple[str, str], list[Wrote]] = {}
            for record, register, node, seq in connection.execute("SELECT record, register, node, seq FROM head"):
                if Head(node, seq) in self.rows:
                    found.setdefault((record, register), []).append(self.rows[Head(node, seq)])
            for (record, register), own in found.items():
                for one, other in combinations(own, 2):
                    self._note(one.do, other.do)
                if register == GONE:
                    self._beside(connection, record, own)

    def _beside(self, connection: Connection, record: str, removals: Iterable[Wrote]) -> None:
        there = readable(connection, "j.record = ?", record)
        for removal in removals:
            known = {place for own in removal.saw.values() for place in own} | {removal.place}
            for register, own in self.standing(record, there).items():
                for place in own - known if register != GONE else ():
                    self._note(removal.do, self.rows[place].do)

    def _note(self, one: str, other: str) -> None:
        self.reached[min(one, other), max(one, other)] += 1


def expected(shown: Standing, register: str) -> frozenset[Head]:
    """What a new value follows: what stood for its register; a removal follows everything."""
    if register == GONE:
        return frozenset(place for own in shown.values() for place in own)
    return shown.get(register, frozenset())


def readable(connection: Connection, where: str, *values: Any) -> set[Head]:
    """The rows whose words can be read at a desk."""
    return {Head(*row) for row in connection.execute(_READABLE.format(where), values)}


def waiting(connection: Connection) -> set[tuple[str, str]]:
    """Records and registers of which something waits."""
    return set(connection.execute("SELECT record, register FROM pending").fetchall())
