"""What stood on the author's screen when a form opened: for each register of a record its heads and its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mrc_app.store import heads
from mrc_app.store.raw import raw_of
from mrc_app.store.rows import Head

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.records import Record


@dataclass(frozen=True)
class Seen:
    """The heads and values of one record at one moment; hand it to ``Store.change(seen=[…])`` when the form is
    saved."""

    record: str
    heads: Mapping[str, frozenset[Head]]
    values: Mapping[str, Any]


def look(session: Session, record: Record) -> Seen:
    """What stands on the screen now for a record read in this session."""
    from mrc_app.store.kinds import kinds

    kind = kinds()[record.__table__.name]  # type: ignore[attr-defined]
    raw = raw_of(session)
    values = {
        register: register_value(columns, {column: kind.bound(column, getattr(record, column)) for column in columns})
        for register, columns in kind.registers.items()
    }
    return Seen(record.uuid, heads.on_screen(raw, kind, record.uuid), values)


def register_value(columns: tuple[str, ...], values: Mapping[str, Any]) -> Any:
    """A register's value as the journal carries it: the bare value of one column, or a group by column name."""
    return values[columns[0]] if len(columns) == 1 else {column: values[column] for column in columns}
