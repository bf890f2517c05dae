"""Values that contradict each other, as a person sees and settles them: the values, who wrote them, where, when.

Contradictions about the same field with the same values are settled in one go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import select

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import desk_parcels
from mrc_app.i18n import N_
from mrc_app.store import conflicts, heads
from mrc_app.store.conflicts import Conflict
from mrc_app.store.raw import raw_of
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import Head
from mrc_app.store.seeing import Seen
from mrc_app.store.tables import spread

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlmodel import Session

    from mrc_app.store.centre import Store
    from mrc_app.store.kinds import Kind

# -- Words

UNKNOWN = N_("There is no contradiction “{id}” here.")
OTHER = N_("“{value}” is none of the values: {values}. Choose one of them.")
NEWER = N_("“{value}” was written by a newer program. Renew this one first, or choose the other value.")
WAITS = N_("A record with this contradiction is not complete here yet. Receive what is missing first.")

# -- Rules


@dataclass(frozen=True)
class Value:
    """One of the values that stand: as the journal keeps it, who wrote it, where and when."""

    value: Any
    by: str
    desk: str
    at: str


@dataclass(frozen=True)
class Contradiction:
    """A field of a record in which several values stand. ``client`` is her number, where it is about a client;
    ``equal`` are the ids of others with the same field and values."""

    id: str
    kind: str
    field: str
    client: str
    values: tuple[Value, ...]
    conflict: Conflict
    equal: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """As the command prints it."""
        values = [{"value": one.value, "by": one.by, "desk": one.desk, "at": one.at} for one in self.values]
        field = f"{self.kind}.{self.field}"
        return {"id": self.id, "client": self.client, "field": field, "values": values, "equal": list(self.equal)}


def id_of(conflict: Conflict) -> str:
    """By what a contradiction is named on the command line."""
    return f"{conflict.record}.{conflict.register}"


def alike(conflict: Conflict) -> tuple[str, str, frozenset[str]]:
    """What two contradictions share that may be settled in one go."""
    told = frozenset(json.dumps(one.value, sort_keys=True) for one in conflict.versions)
    return conflict.kind, conflict.register, told


def chosen(conflict: Conflict, text: str) -> Any:
    """The value a person typed: its text, its JSON, or ``#1`` for the first. Raises Invalid."""
    for number, one in enumerate(conflict.versions, 1):
        if text in (f"#{number}", json.dumps(one.value, sort_keys=True, ensure_ascii=False), _text(one.value)):
            return one.value
    values = ", ".join(_text(one.value) for one in conflict.versions)
    raise Invalid(settle=Problem(OTHER, {"value": text, "values": values}))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)


# -- Actions


@needs(May.AMEND)
def settle(store: Store, choices: Iterable[tuple[Conflict, Any]]) -> int:
    """Writes the chosen values, each as following exactly the values that were shown; returns how many. A value that
    came meanwhile stays a contradiction. Raises Invalid for a record that is not complete here."""
    from mrc_app.store.kinds import kinds

    wanted = list(choices)
    by_record: dict[str, list[tuple[Conflict, Any]]] = {}
    for conflict, value in wanted:
        by_record.setdefault(conflict.record, []).append((conflict, value))
    with store.plain() as connection:
        seen = [
            Seen(
                record,
                {one.register: _shown(connection, one) for one, _ in own},
                {one.register: _UNLIKE for one, _ in own},
            )
            for record, own in by_record.items()
        ]
    with store.change(by=store.officer, do="conflicts.settle", seen=seen) as session:
        for record, own in by_record.items():
            kind = kinds()[own[0][0].kind]
            thing = session.exec(select(kind.record).where(kind.record.uuid == record)).first()
            if thing is None:
                raise Invalid(settle=Problem(WAITS))
            for conflict, value in own:
                for column, kept in spread(kind, kind.registers[conflict.register], value).items():
                    _require(session, kind, column, kept)
                    read = kind.reads[column]
                    setattr(thing, column, read(kept) if read else kept)
                    flag_modified(thing, column)
            session.add(thing)
    return len(wanted)


def _require(session: Session, kind: Kind, column: str, value: Any) -> None:
    """Raises Invalid(settle=…) for a value that cannot stand here yet."""
    if not kind.has_word(column, value):
        raise Invalid(settle=Problem(NEWER, {"value": _text(value)}))
    parent = kind.parents.get(column)
    there = f'SELECT 1 FROM main."{parent}" WHERE uuid = ?'  # noqa: S608
    if parent and value is not None and raw_of(session).execute(there, (value,)).fetchone() is None:
        raise Invalid(settle=Problem(WAITS))


def _shown(connection: Connection, conflict: Conflict) -> frozenset[Head]:
    """The values a person saw side by side. Who removes a record again knows what the one who removed it first knew."""
    found = {version.head for version in conflict.versions}
    if conflict.register == heads.GONE:
        sql = "SELECT body FROM temp.seen_journal WHERE node = ? AND seq = ? AND body IS NOT NULL"
        for head in list(found):
            for (body,) in connection.execute(sql, head).fetchall():
                said = json.loads(body)["fields"].get(heads.GONE, {"seen": []})
                found |= {Head.of(text) for text in said["seen"]}
    return frozenset(found)


_UNLIKE = object()
"""Like nothing that a register holds."""


@needs(May.AMEND)
def settle_by_id(store: Store, typed: Mapping[str, str], *, equal: bool = False) -> int:
    """Settles by id and typed value; with ``equal`` also whatever has the same field and values. Raises Invalid."""
    known = {id_of(one): one for one in _found(store)}
    choices: dict[str, tuple[Conflict, Any]] = {}
    for id_, text in typed.items():
        if id_ not in known:
            raise Invalid(settle=Problem(UNKNOWN, {"id": id_}))
        value = chosen(known[id_], text)
        same = [one for one in known.values() if equal and alike(one) == alike(known[id_])]
        choices |= {id_of(one): (one, value) for one in [*same, known[id_]]}
    return settle(store, choices.values())


# -- Questions


def _found(store: Store) -> list[Conflict]:
    with store.plain() as connection:
        return list(conflicts.found(connection))


def count(store: Store) -> int:
    """How many contradictions wait among the records this officer may see."""
    return len(_found(store))


def contradictions(store: Store, client: str | None = None) -> list[Contradiction]:
    """What contradicts itself among the records this officer may see; of one client (uuid) when named."""
    with store.plain() as connection:
        found = list(conflicts.found(connection, client))
        numbers = dict(connection.execute("SELECT uuid, number FROM temp.seen_client").fetchall()) if found else {}
        names = dict(connection.execute("SELECT uuid, name FROM main.officer").fetchall())
        nodes = {version.head.node for one in found for version in one.versions}
        desks = {node: desk_parcels.desk_of(connection, node, store.desk_name) for node in nodes}
    groups: dict[Any, list[str]] = {}
    for one in found:
        groups.setdefault(alike(one), []).append(id_of(one))
    return [
        Contradiction(
            id_of(one), one.kind, one.register, str(numbers.get(one.subject, "")),
            tuple(Value(v.value, names.get(v.by, v.by), desks[v.head.node], v.at) for v in one.versions),
            one, tuple(id_ for id_ in groups[alike(one)] if id_ != id_of(one)),
        )
        for one in found
    ]  # fmt: skip


def listed(store: Store) -> list[dict[str, Any]]:
    """The contradictions as commands print them."""
    return [one.told() for one in contradictions(store)]
