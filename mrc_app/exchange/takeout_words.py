"""The README of a takeout: what lies in it and what every field means, in English, from the records themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from mrc_app.i18n import Labelled
from mrc_app.store.kinds import Kind
from mrc_app.store.records import Word, WordList

if TYPE_CHECKING:
    from mrc_app.store.centre import CentreFacts

HEAD = """# {name}: everything this centre keeps

Taken out on {day}. For every kind of record there is `records/<kind>.csv` and the same as `records/<kind>.json`.

* CSV: UTF-8 with a byte order mark, comma, one header line, empty for nothing. Lists stand one a line inside a cell, or
  with a space between where they are words of a closed list. A cell that a spreadsheet could take for a formula begins
  with an apostrophe; the JSON has it without.
* Dates are `YYYY-MM-DD`. Instants are UTC. Money is in minor units (cents) beside its currency.
* `uuid` is a record's identity; a field that points at another record holds that record's uuid.
* `papers/` holds photos and scans, each named by the uuid of its record in `attachment`.
* `records/persons.csv` says which clients' records an officer linked as one person ({persons} persons). The records
  themselves are apart, as they were typed.
* `dictionary.csv` says of every column of every file what it holds, which words it may hold and what they mean.
* `sha256sums.txt` has the checksum of every file: `sha256sum -c sha256sums.txt`.

Records marked as removed, the journal of changes, what one computer alone remembers (drafts, refusals, files saved
there, parcels on their way) and clients this officer may not see are not here. The journal is in a backup of the centre
file.
"""


def readme(
    centre: CentreFacts, day: date, known: Mapping[str, Kind], counted: Mapping[str, int], missing: int, persons: int
) -> str:
    """The whole page."""
    lines = [HEAD.format(name=centre.name, day=day.isoformat(), persons=persons)]
    if missing:
        lines.append(
            f"**{missing} papers were not on this computer or are damaged; they are missing from `papers/`.**\n"
        )
    for name, kind in sorted(known.items()):
        lines += _kind(kind, counted[name])
    return "\n".join(lines)


def _kind(kind: Kind, count: int) -> Iterator[str]:
    yield f"## {kind.name} ({count})\n"
    yield " ".join((kind.record.__doc__ or "").split()) + "\n"
    yield "| field | holds |"
    yield "|---|---|"
    yield "| uuid | identity |"
    for column in kind.columns:
        if column not in ("gone", "key"):
            yield f"| {column} | {_holds(kind, column)} |"
    yield ""


def dictionary(known: Mapping[str, Kind]) -> Iterator[tuple[str, str, str, str, str]]:
    """Every column of every file: its kind, name, type, what it holds, and the words it may hold with their sense."""
    yield "kind", "column", "type", "holds", "words"
    for name, kind in sorted(known.items()):
        yield name, "uuid", "uuid", "identity of this record", ""
        for column in kind.columns:
            if column not in ("gone", "key"):
                kept = kind.table.columns[column].type
                words = _meanings(kept.words) if isinstance(kept, Word | WordList) else ""
                holds = "one word" if isinstance(kept, Word) else "several words" if words else _holds(kind, column)
                yield name, column, _type(kind, column), holds, words
    yield "persons", "client", "uuid", "uuid of a record in `client`", ""
    yield "persons", "person", "uuid", "the record under which this person is shown", ""


def _type(kind: Kind, column: str) -> str:
    if column in kind.parents or _is_officer(column):
        return "uuid"
    kept = type(kind.table.columns[column].type).__name__
    return {"Date": "date", "Integer": "integer", "Boolean": "boolean", "JSON": "json"}.get(kept, "text")


def _meanings(words: Iterable[object]) -> str:
    return "; ".join(f"{word.value} = {word.label}" if isinstance(word, Labelled) else str(word) for word in words)


def _is_officer(column: str) -> bool:
    return column in ("by", "officer") or column.endswith("_by")


def _holds(kind: Kind, column: str) -> str:
    kept = kind.table.columns[column].type
    if isinstance(kept, Word | WordList):
        said = "; ".join(
            f"`{word.value}` {word.label if isinstance(word, Labelled) else ''}".strip() for word in kept.words
        )
        return f"{'several words' if isinstance(kept, WordList) else 'one word'}: {said}"
    if column in kind.parents:
        return f"uuid of a record in `{kind.parents[column]}`"
    if _is_officer(column):
        return "uuid of a record in `officer`"
    if column.endswith("_minor") or column == "minor":
        beside = column.removesuffix("minor") + "currency"
        return f"money in minor units of `{beside}`" if beside in kind.columns else "money in minor units"
    if column == "currency" or column.endswith("_currency"):
        return "currency (ISO 4217)"
    if column == "country" or column.endswith("_country") or column in ("origin", "destination", "nationality"):
        return "country (ISO 3166-1 alpha-2)"
    if column == "language" or column == "speaks":
        return "language (BCP 47)"
    if column == "isco" or column.endswith("_isco"):
        return "occupation (ISCO-08)"
    return {"Date": "date", "Integer": "whole number", "Boolean": "0 no, 1 yes", "JSON": "JSON"}.get(
        type(kept).__name__, "text"
    )
