"""The README of a takeout: what lies in it and what every field means, in English, from the records themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
* `sha256sums.txt` has the checksum of every file: `sha256sum -c sha256sums.txt`.

Records marked as removed, the journal of changes and clients this officer may not see are not here. The journal is in a
backup of the centre file.
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


def _holds(kind: Kind, column: str) -> str:
    kept = kind.table.columns[column].type
    if isinstance(kept, Word | WordList):
        said = "; ".join(
            f"`{word.value}` {word.label if isinstance(word, Labelled) else ''}".strip() for word in kept.words
        )
        return f"{'several words' if isinstance(kept, WordList) else 'one word'}: {said}"
    if column in kind.parents:
        return f"uuid of a record in `{kind.parents[column]}`"
    if column in ("by", "officer", "registered_by", "added_by", "asked_by", "confirmed_by", "made_by", "done_by"):
        return "uuid of a record in `officer`"
    return {"Date": "date", "Integer": "whole number", "Boolean": "0 no, 1 yes", "JSON": "JSON"}.get(
        type(kept).__name__, "text"
    )
