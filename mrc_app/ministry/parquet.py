"""Everything that stands for now, or what was published, as Parquet for analysts. Needs pyarrow (extra “ministry”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.ministry.database import Database
from mrc_app.store import saved_files

NEEDS = N_("Parquet needs the extra “ministry” of this program: pip install 'mrc-desk[ministry]'.")
COLUMNS = ("centre", "country", "period", "first_day", "last_day", "flow", "indicator", "dims", "cell", "unit")


def whole(database: Database, path: Path) -> int:
    """Writes every number of every centre (confidential: full counts); how many rows."""
    rows = database.rows(
        "SELECT p.centre, p.country, p.period, p.first_day, p.last_day, o.flow, o.indicator, o.dims, o.cell, o.unit, "
        "o.value FROM observation o JOIN package p ON p.id = o.package WHERE p.state = 'current' AND p.tier = 'MIN' "
        "ORDER BY p.centre, p.first_day, p.id, o.flow, o.indicator, o.cell"
    )
    columns: dict[str, list[Any]] = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    write(path, columns | {"value": [float(row[-1]) for row in rows]})
    return len(rows)


def released(observed: Mapping[str, Sequence[Mapping[str, str]]], folder: Path) -> list[Path]:
    """Writes the published tables, one file for each dataflow; a hidden number is null."""
    made = []
    for name, rows in observed.items():
        columns: dict[str, list[Any]] = {column: [row[column] for row in rows] for column in rows[0]}
        columns["OBS_VALUE"] = [int(row["OBS_VALUE"]) if row["OBS_VALUE"] else None for row in rows]
        made.append(folder / f"{name}.parquet")
        write(made[-1], columns)
    return made


def write(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Writes one table. Raises MrcError where pyarrow is absent or the disk refuses."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MrcError(NEEDS) from None
    with saved_files.part_of(path) as part:
        path.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(pyarrow.table(dict(columns)), part, compression="zstd")
