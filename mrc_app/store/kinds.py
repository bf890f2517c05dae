"""The kinds of record this program knows: for each table its columns, registers, parents and biases, read once
from the records.

The nouns stand above the store, so they are brought in by name: a package of nouns lists its modules in
``RECORD_MODULES``.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.types import TypeEngine

from mrc_app.store.records import Record, Word, WordList

NOUNS = ("mrc_app.corridors", "mrc_app.casework", "mrc_app.figures", "mrc_app.exchange")
OWN = ("mrc_app.store.officers", "mrc_app.store.restrictions", "mrc_app.store.erasures")
KEPT_APART = frozenset({"id", "uuid", "search"})
CODES = frozenset({
    "number", "officer", "for_officer", "about", "by", "language", "nationality", "second_nationality", "country",
    "origin", "destination", "corridor", "version", "isco", "wage_currency", "currency", "birth", "since", "lifted",
    "hours_per_day", "sha256", "digest",
})  # fmt: skip
"""Columns of text that hold a code, never a word of hers."""
WORDY = frozenset({"AutoString", "String", "Text"})
_DIALECT = SQLiteDialect_pysqlite()


@dataclass(frozen=True)
class Kind:
    """One kept table. ``registers`` maps a register to its columns, ``parents`` a column to the table it points
    at."""

    name: str
    record: type[Record]
    table: Table
    subject: str | None
    registers: dict[str, tuple[str, ...]]
    register_of: dict[str, str]
    parents: dict[str, str]
    required: frozenset[str]
    words: dict[str, frozenset[str]]
    many_words: dict[str, frozenset[str]]
    defaults: dict[str, Any]
    binds: dict[str, Callable[[Any], Any] | None]
    reads: dict[str, Callable[[Any], Any] | None]
    telling: frozenset[str]

    @property
    def columns(self) -> list[str]:
        """The columns the journal carries, in the table's order."""
        return list(self.register_of)

    @cached_property
    def free(self) -> frozenset[str]:
        """Columns that take any value: neither words of a list nor the uuid of a parent."""
        return frozenset(self.register_of) - self.words.keys() - self.many_words.keys() - self.parents.keys()

    @cached_property
    def mandatory(self) -> frozenset[str]:
        """Registers without which there is no row: a column that may not be empty and has no default."""
        needed = {name for name in self.required if self.defaults[name] is None}
        return frozenset(self.register_of[name] for name in needed)

    def has_word(self, column: str, value: Any) -> bool:
        """Whether this program knows a value as one of a column's words; any value where it is not a list of words."""
        if value is None:
            return True
        if column in self.many_words:
            return set(str(value).split()) <= self.many_words[column]
        return column not in self.words or value in self.words[column]

    def bound(self, column: str, value: Any) -> Any:
        """A value as the database is given it."""
        bind = self.binds[column]
        return bind(value) if bind else value

    def worth_telling(self, register: str, values: dict[str, Any]) -> bool:
        """Whether a new record's register is written down: a default says nothing, and a released default never
        changes."""
        return any(values[column] != self.defaults[column] for column in self.registers[register])

    def favours(self, register: str, value: Any) -> bool:
        """Whether a value wins over any later one written without knowledge of it."""
        decides = value.get(self.registers[register][0]) if isinstance(value, dict) else value
        return decides in self.record.bias.get(register, ())

    def standing_for(self, row: dict[str, Any]) -> Any:
        """Something that answers like the record of a row as the database keeps it, without the cost of a record."""
        values = {name: read(row[name]) if read else row[name] for name, read in self.reads.items() if name in row}
        return self._stand_in(uuid=row["uuid"], __tablename__=self.name, **values)

    @cached_property
    def _stand_in(self) -> Any:
        own = {
            name: value for name, value in vars(self.record).items() if inspect.isfunction(value) and name[:2] != "__"
        }
        return type(f"{self.record.__name__}AsRead", (SimpleNamespace,), own)

    def about(self, uuid: str, values: dict[str, Any]) -> str | None:
        """The client a record is about."""
        if self.subject is None:
            return None
        found = uuid if self.subject == "uuid" else values.get(self.subject)
        return found if isinstance(found, str) else None


def bring_in() -> None:
    """Imports every module that defines records, so that the tables are known."""
    for name in OWN:
        importlib.import_module(name)
    for package in NOUNS:
        for name in getattr(importlib.import_module(package), "RECORD_MODULES", ()):
            importlib.import_module(name)


def kinds() -> dict[str, Kind]:
    """Every kind of record by table name."""
    bring_in()
    return _kinds(tuple(_tables(Record)))


def _tables(record: type[Record]) -> Iterator[type[Record]]:
    for below in record.__subclasses__():
        if hasattr(below, "__table__"):
            yield below
        yield from _tables(below)


@lru_cache(maxsize=4)
def _kinds(records: tuple[type[Record], ...]) -> dict[str, Kind]:
    return {kind.name: kind for kind in sorted(map(_kind, records), key=lambda kind: kind.name)}


def _kind(record: type[Record]) -> Kind:
    table: Table = record.__table__  # type: ignore[attr-defined]
    groups = {name: tuple(columns) for name, columns in record.registers.items()}
    grouped = {column: name for name, columns in groups.items() for column in columns}
    columns = [column for column in table.columns if column.name not in KEPT_APART]
    register_of = {column.name: grouped.get(column.name, column.name) for column in columns}
    registers = {name: groups.get(name, (name,)) for name in dict.fromkeys(register_of.values())}
    typed = {column.name: column.type for column in columns}
    return Kind(
        name=table.name,
        record=record,
        table=table,
        subject=record.subject,
        registers=registers,
        register_of=register_of,
        parents={c.name: next(iter(c.foreign_keys)).target_fullname.split(".")[0] for c in columns if c.foreign_keys},
        required=frozenset(c.name for c in columns if not c.nullable),
        words={name: _listed(kept) for name, kept in typed.items() if isinstance(kept, Word)},
        many_words={name: _listed(kept) for name, kept in typed.items() if isinstance(kept, WordList)},
        defaults={c.name: _default(record, c.name, _binder(c.type)) for c in columns},
        binds={name: _binder(kept) for name, kept in typed.items()},
        reads={name: kept.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for name, kept in typed.items()},
        telling=_telling(record, columns),
    )


def _telling(record: type[Record], columns: list[Column[Any]]) -> frozenset[str]:
    """The columns that say in words who she is and what was said: names, numbers to call, notes. No codes."""
    if record.subject is None:
        return frozenset()
    return frozenset(
        column.name
        for column in columns
        if type(column.type).__name__ in WORDY
        and not column.foreign_keys
        and column.name not in (record.subject, record.same_person)
        and column.name not in CODES | record.codes
        and not column.name.endswith(("_by", "_country", "_currency"))
    )


def _binder(kept: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """How a column's value is given to this database: a plain Date has no processor of its own, only SQLite's
    has."""
    return kept.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _listed(kept: Word | WordList) -> frozenset[str]:
    return frozenset(word.value for word in kept.words)


def _default(record: type[Record], column: str, bind: Callable[[Any], Any] | None) -> Any:
    field = record.model_fields[column]
    made_anew = field.default_factory is not None and field.default_factory not in (list, dict, tuple)
    value = None if field.is_required() or made_anew else field.get_default(call_default_factory=True)
    return bind(value) if bind and value is not None else value
