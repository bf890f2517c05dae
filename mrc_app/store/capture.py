"""One unit of work as the journal sees it: what was flushed is written down before the tables change, in the
same transaction.

One row per record, however often it is flushed. The row is reserved at the first flush and gets its body at the
commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from mrc_app.errors import Invalid, MrcError, NotAllowed, Problem
from mrc_app.i18n import N_
from mrc_app.store import heads, rows, sealing, search_index, touching, visibility
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.raw import raw_of
from mrc_app.store.records import Record
from mrc_app.store.rows import Head
from mrc_app.store.seeing import Seen, register_value
from mrc_app.store.tables import Tables

ERASE = "erasures.ask"
"""The action after which a client's own row says that she is to be erased."""
CLOSED = N_("This record is sealed and your key does not open it yet. Ask a colleague who is named to sign in.")
NUL = N_("The text holds a character that cannot be kept (NUL).")


@dataclass
class Entry:
    """A journal row being written. ``before`` are the heads a register had when this unit first touched it."""

    seq: int
    kind: Kind
    op: str
    before: Mapping[str, frozenset[Head]]
    subject: str | None = None
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)


class Unit:
    """A unit of work: who (``by``), what (``do``), and what its author had seen."""

    def __init__(self, node: str, by: str, do: str, seen: Iterable[Seen]) -> None:
        self.node, self.by, self.do = node, by, do
        self.seen = {one.record: one for one in seen}
        self.entries: dict[str, Entry] = {}
        self.failed = False
        self.first = self.next = 0
        self.hlc = 0

    @property
    def changed(self) -> frozenset[str]:
        """The kinds of record this unit changed."""
        return frozenset(entry.kind.name for entry in self.entries.values())

    def begin(self, raw: Connection) -> None:
        """Reads where this node's journal stands; the transaction is open and exclusive."""
        raw.execute("DELETE FROM gate")
        last = raw.execute("SELECT seq FROM chain WHERE node = ?", (self.node,)).fetchone()
        self.first = self.next = (last[0] if last else 0) + 1
        clock = raw.execute("SELECT value FROM meta WHERE key = 'hlc'").fetchone()
        self.hlc = rows.tick(int(clock[0]) if clock else 0, rows.wall())

    def flushing(self, session: Session, raw: Connection) -> None:
        """Journals what is about to be written and opens the gate for it."""
        if session.deleted:
            raise MrcError(N_("Records are never deleted; they are marked as gone."))
        known = kinds()
        for thing in [*session.new, *session.dirty]:
            if isinstance(thing, Record) and (thing in session.new or session.is_modified(thing)):
                self._note(raw, known[thing.__table__.name], thing, thing in session.new)  # type: ignore[attr-defined]
        raw.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES (?, ?)", (self.node, self.first))

    def flushed(self, session: Session, raw: Connection) -> None:
        """Closes the gate and brings the search table up to date."""
        raw.execute("DELETE FROM gate")
        touched = [thing for thing in [*session.new, *session.dirty] if isinstance(thing, Record)]
        search_index.write(raw, touched)

    def _note(self, raw: Connection, kind: Kind, thing: Record, new: bool) -> None:
        values = self._values(kind, thing)
        if new:
            changed = [register for register in kind.registers if kind.worth_telling(register, values)]
        else:
            changed = self._changed(kind, thing, values)
        if not changed:
            return
        entry = self.entries.get(thing.uuid) or self._reserve(raw, kind, thing.uuid, "new" if new else self._op(kind))
        entry.subject = kind.about(thing.uuid, values) or entry.subject
        for register in changed:
            self._follow(entry, register)
            entry.fields[register]["value"] = register_value(kind.registers[register], values)

    def _op(self, kind: Kind) -> str:
        return "erase" if self.do == ERASE and kind.subject == "uuid" else "set"

    def _values(self, kind: Kind, thing: Record) -> dict[str, Any]:
        values = {column: kind.bound(column, getattr(thing, column)) for column in kind.columns}
        for column, value in values.items():
            if isinstance(value, str) and "\x00" in value:
                raise Invalid(**{column: Problem(NUL)})
            if isinstance(value, str) and value.startswith(sealing.SHUT):
                raise NotAllowed(CLOSED)
        return values

    def _changed(self, kind: Kind, thing: Record, values: dict[str, Any]) -> list[str]:
        state: Any = inspect(thing)
        dirty = {kind.register_of[name] for name in kind.columns if state.attrs[name].history.has_changes()}
        told = self.seen.get(thing.uuid)
        return [register for register in sorted(dirty) if not self._untouched(kind, thing, register, values, told)]

    def _untouched(self, kind: Kind, thing: Record, register: str, values: dict[str, Any], told: Seen | None) -> bool:
        """The form still shows what it showed when it opened, while the record moved on: the author changed
        nothing."""
        columns = kind.registers[register]
        if told is None or thing.uuid in self.entries or told.values.get(register) != register_value(columns, values):
            return False
        state: Any = inspect(thing)
        for column in columns:
            history = state.attrs[column].history
            if history.deleted:
                setattr(thing, column, history.deleted[0])
        return True

    def _reserve(self, raw: Connection, kind: Kind, uuid: str, op: str) -> Entry:
        told = self.seen.get(uuid)
        entry = Entry(self.next, kind, op, told.heads if told else heads.on_screen(raw, kind, uuid))
        raw.execute(
            "INSERT INTO journal(node, seq, record, digest, state) VALUES (?, ?, ?, x'', 'full')",
            (self.node, entry.seq, uuid),
        )
        self.next += 1
        self.entries[uuid] = entry
        return entry

    def _follow(self, entry: Entry, register: str) -> None:
        """Names the values a register's new one follows; a removal follows everything that stood."""
        saw = entry.before.get(register, frozenset())
        if register == heads.GONE:
            saw = frozenset(head for own in entry.before.values() for head in own)
        entry.fields.setdefault(register, {"value": None, "seen": sorted(map(str, saw))})

    def seal(self, raw: Connection) -> None:
        """Writes the bodies, continues the chain, and lets the winner stand where somebody else's value was not
        seen."""
        if not self.entries:
            return
        txn, at = rows.new_salt(), rows.now_text()
        before = raw.execute("SELECT hash FROM chain WHERE node = ?", (self.node,)).fetchone()
        chained = before[0] if before else rows.start(self.node)
        for uuid, entry in sorted(self.entries.items(), key=lambda item: item[1].seq):
            body = rows.canonical(self._body(uuid, entry, txn, at))
            sealed = rows.digest(body)
            chained = rows.link(chained, sealed)
            raw.execute(
                "UPDATE journal SET body = ?, digest = ?, subject = ? WHERE node = ? AND seq = ?",
                (body, sealed, entry.subject, self.node, entry.seq),
            )
        raw.execute(
            "INSERT OR REPLACE INTO chain(node, seq, hash) VALUES (?, ?, ?)", (self.node, self.next - 1, chained)
        )
        raw.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('hlc', ?)", (str(self.hlc),))
        self._let_winners_stand(raw)

    def _let_winners_stand(self, raw: Connection) -> None:
        """Looks after the heads of what was amended; a record nobody had written before has none to look after."""
        plain = {uuid for uuid, entry in self.entries.items() if entry.op == "new" and not entry.before}
        amended = [uuid for uuid, entry in self.entries.items() if uuid not in plain or heads.GONE in entry.fields]
        contested = heads.keep(raw, heads.bodies(raw, amended)) if amended else set()
        if contested:
            Tables(raw).settle(sorted(contested))

    def _body(self, uuid: str, entry: Entry, txn: str, at: str) -> dict[str, Any]:
        return {
            "salt": rows.new_salt(),
            "v": rows.VERSION,
            "txn": txn,
            "hlc": self.hlc,
            "at": at,
            "by": self.by,
            "do": self.do,
            "kind": entry.kind.name,
            "record": uuid,
            "subject": entry.subject,
            "op": entry.op,
            "fields": entry.fields,
        }


class Changing(Session):
    """A session inside ``Store.change``: the store commits, nobody else."""

    unit: Unit

    def commit(self) -> None:
        """Refused: the unit of work commits by itself at its end."""
        raise RuntimeError("Store.change commits at its end; an action never does")

    def begin_nested(self) -> Any:
        """Refused: a half-kept unit of work would not match its journal."""
        raise RuntimeError("a unit of work is kept whole or not at all")

    def really_commit(self) -> None:
        """Flushes, seals the journal and commits."""
        if self.unit.failed:
            raise MrcError(N_("Nothing was kept, because one part could not be."))
        self.flush()
        raw = raw_of(self)
        self.unit.seal(raw)
        sealing.in_step(raw, self.info["ring"], {entry.subject for entry in self.unit.entries.values()})
        super().commit()


class Reading(Session):
    """A session inside ``Store.read``: whatever is changed in it is refused at the flush."""


@event.listens_for(Changing, "before_flush")
def _before_flush(session: Changing, context: object, instances: object) -> None:
    session.unit.flushing(session, raw_of(session))


@event.listens_for(Changing, "after_flush")
def _after_flush(session: Changing, context: object) -> None:
    session.unit.flushed(session, raw_of(session))


@event.listens_for(Changing, "after_rollback")
def _after_rollback(session: Changing) -> None:
    session.unit.failed = True


@event.listens_for(Reading, "before_flush")
def _refuse(session: Reading, context: object, instances: object) -> None:
    if session.new or session.deleted or any(session.is_modified(thing) for thing in session.dirty):
        raise MrcError(N_("Here records are only read; nothing was changed."))


@event.listens_for(Record, "load", propagate=True)
def _loaded(thing: Record, context: Any) -> None:
    _open_words(thing, context.session)


@event.listens_for(Record, "refresh", propagate=True)
def _refreshed(thing: Record, context: Any, _names: Any) -> None:
    _open_words(thing, context.session)


def _open_words(thing: Record, session: Session) -> None:
    """Takes the second seal off what was read, where this officer holds the key."""
    for name, value in list(vars(thing).items()):
        if isinstance(value, str) and value.startswith(sealing.MARK):
            set_committed_value(thing, name, session.info["ring"].text(value))


@event.listens_for(Changing, "do_orm_execute")
@event.listens_for(Reading, "do_orm_execute")
def _only_what_is_seen(state: ORMExecuteState) -> None:
    visibility.apply(state, touching.needed(state.statement, state.session.info["options"]))
