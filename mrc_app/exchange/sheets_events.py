"""A row of a logbook of events: who came by sex, age and kind, judged by the same rules as at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mrc_app.casework import events
from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import sheets_mapping, sheets_words
from mrc_app.exchange.sheets_mapping import DAYS, MARGINS, Column, Mapping
from mrc_app.exchange.sheets_reading import text_of
from mrc_app.exchange.sheets_rows import Fault, Identity, Ready, day_in, first_of

GROUPS = {f"{name}_{word}": (name, word) for name, words in MARGINS.items() for word in words}


class EventJudge:
    """Judges the rows of one sheet of events; each row is one event."""

    def __init__(self, mapping: Mapping, header: Sequence[str], *, on: date) -> None:
        self.mapping, self.header, self.on = mapping, header, on
        self.places = sheets_mapping.places(mapping, header)
        external = first_of(header, [mapping.external] if mapping.external else sheets_mapping.STABLE)
        self.name_of = {column.field: column.header for column in mapping.column}
        self._identity = Identity(mapping.source, external)

    def judge(self, number: int, row: Sequence[Any]) -> Ready | list[Fault]:
        """The event ready to be kept, or everything that is wrong with the row."""
        faults: list[Fault] = []
        typed: dict[str, Any] = {name: self._meant(Column(header=name, field=name), text, [], 0)
                                 for name, text in self.mapping.fixed.items()}  # fmt: skip
        for at, column in self.places.items():
            value = self._meant(column, row[at] if at < len(row) else "", faults, number)
            if value not in ("", None, []):
                typed[column.field] = value
        columns = self._columns(number, typed, faults)
        if faults:
            return faults
        key, content = self._identity.of(row, [text_of(row[at]) if at < len(row) else "" for at in self.places])
        return Ready(number, key, content, columns["on"], columns, {})

    def _meant(self, column: Column, cell: Any, faults: list[Fault], number: int) -> Any:
        name, text = column.field, text_of(cell)
        try:
            if name in DAYS:
                return day_in(column, cell)
            text = column.values.get(text, text)
            if name in sheets_words.LISTS:
                parts = sheets_words.parts(name, text, column.split, column.values)
                return [sheets_words.known(name, column.values.get(one, one)) for one in parts]
            return sheets_words.known(name, text) if name in sheets_words.LISTED else text
        except Invalid as wrong:
            faults.append(Fault(number, column.header, text, next(iter(wrong.problems.values()))))
            return None

    def _columns(self, number: int, typed: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
        plain = {name: value for name, value in typed.items() if name not in GROUPS}
        for name, value in typed.items():
            if name in GROUPS:
                margin, word = GROUPS[name]
                plain.setdefault(margin, {})[word] = value
        try:
            return events.columns(plain, self.on)
        except Invalid as wrong:
            told = {one.column for one in faults}
            for name, problem in wrong.problems.items():
                column = self.name_of.get(name, name)
                if column not in told:
                    faults.append(self._fault(number, name, column, typed, problem))
            return {}

    def _fault(self, number: int, name: str, column: str, typed: dict[str, Any], problem: Problem) -> Fault:
        said = typed.get(name, "")
        word = name if name in sheets_words.LISTED and said else ""
        return Fault(number, column, " ".join(said) if isinstance(said, list) else str(said), problem, word=word)
