"""What a package counts, checked line by line: the columns, the codes, the numbers, and that the parts add up."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from mrc_app.errors import Problem
from mrc_app.exchange.ministry_export_profile import CASE_TABLES, FLOWS, Rows
from mrc_app.i18n import N_
from mrc_app.ministry.opening import Package

LONGEST = 500_000
"""Rows of one package."""
FIRST = 20
"""Faults that are told; the rest are counted."""
REQUIRED = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "CENTRE", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE",
            "CONF_STATUS")  # fmt: skip
STRUCTURE = re.compile(r"[A-Z0-9_]+:(DF_[A-Z0-9_]+)\((\d+)\.\d+(?:\.\d+)?\)")
CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,59}")
DAYS = r"[0-9A-Za-z][0-9A-Za-z:/-]{0,40}"
COLUMN = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
TOTAL, APART = "_T", re.compile(r"_(?:MED|MEDIAN|MEAN|RATIO|AGG|RATE|PCT|SHARE)(?:_|$)")
NOT_COUNTED = frozenset({"FREQ", "REF_AREA", "CENTRE", "INDICATOR", "LOCAL_PERIOD"})
HEAD = N_("The columns are not those of this profile.")
WIDE = N_("The row has more or fewer cells than the head.")
ODD = N_("A value does not belong in this column.")  # not repeated: a hostile package would choose our words
TWICE = N_("The same cell stands there twice.")
SUMS = N_("The parts of {indicator} do not add up to the total that is said.")
COUNTS = N_("The package says {said} rows; there are {found}.")
MANY = N_("There are more rows than any package has.")
ORPHAN = N_("The row belongs to no case of this package.")
NOTHING = N_("The package holds no table.")
CASES = {rows.path: rows for rows in CASE_TABLES}
"""Files of tier CASE; a column this profile does not know is left behind."""


class Fault(NamedTuple):
    """What is wrong, and where."""

    file: str
    row: int
    column: str
    reason: Problem


class Observation(NamedTuple):
    """One number of a dataflow. ``dims``: the names of its dimensions, ``cell``: their members, both in their order."""

    flow: str
    indicator: str
    dims: str
    cell: str
    unit: str
    value: str


@dataclass
class Checked:
    """The rows of a package that may be kept, and what is wrong with it; with any fault nothing is kept."""

    observations: list[Observation] = field(default_factory=list)
    cases: list[tuple[str, int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def rows(self) -> int:
        """How many rows there are to keep."""
        return len(self.observations) + len(self.cases)

    def wrong(self, file: str, row: int, column: str, message: str, **values: object) -> None:
        """Writes a fault down."""
        if len(self.faults) < FIRST:
            self.faults.append(Fault(file, row, column, Problem(message, values)))
        else:
            self.more += 1


def check(package: Package) -> Checked:
    """Reads every table of a package, as streams. Raises CannotRead only where the package cannot be read at all."""
    found = Checked()
    tables = {path: one for path, one in package.manifest.resources.items() if path.endswith(".csv")}
    counts = dict.fromkeys(tables, 0)
    for path, resource in sorted(tables.items()):
        with package.text(path) as text:
            rows = _rows(csv.reader(text), path, found)
            if path.startswith("indicators/"):
                counts[path] = _indicators(rows, path, resource, package, found)
            elif path.startswith("data/") and package.manifest.tier == "CASE":
                counts[path] = _cases(rows, path, resource, found)
        if found.rows > LONGEST:
            found.wrong(path, 0, "", MANY)
            break
    _counted(package, tables, counts, found)
    if not found.faults:
        _related(found)
    if not any(path.startswith(("indicators/", "data/")) for path in tables):
        found.wrong("datapackage.json", 0, "resources", NOTHING)
    return found


def _rows(reader: Iterator[list[str]], path: str, found: Checked) -> Iterator[list[str]]:
    """The lines of a CSV; a line that is none ends it with a fault."""
    try:
        yield from reader
    except (csv.Error, UnicodeDecodeError):
        found.wrong(path, 0, "", HEAD)


def _head(header: list[str], resource: Mapping[str, Any], wanted: Sequence[str]) -> bool:
    """Whether the head holds what is needed, once, and is what the description says."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    named = [one.get("name") for one in fields if isinstance(one, dict)] if isinstance(fields, list) else None
    return set(wanted) <= set(header) and len(set(header)) == len(header) and named in (None, header)


# -- Indicators


def _indicators(
    rows: Iterator[list[str]], path: str, resource: Mapping[str, Any], package: Package, found: Checked
) -> int:
    header = next(rows, [])
    if not _head(header, resource, REQUIRED) or not all(map(COLUMN.fullmatch, header)):
        found.wrong(path, 1, "", HEAD)
        return 0
    at = {name: place for place, name in enumerate(header)}
    between = range(at["STRUCTURE_ID"] + 1, at["TIME_PERIOD"])
    dims = [place for place in between if header[place] not in {*NOT_COUNTED, "ACTION"}]
    names = ",".join(header[place] for place in dims)
    seen: set[tuple[str, ...]] = set()
    start, number = len(found.observations), 0
    for number, row in enumerate(rows, 1):
        if (wrong := _wrong(row, header, at, dims, package)) is not None:
            found.wrong(path, number + 1, *wrong)
            continue
        flow = STRUCTURE.fullmatch(row[at["STRUCTURE_ID"]])[1]  # type: ignore[index]
        indicator, cell = row[at["INDICATOR"]], tuple(row[place] for place in dims)
        if (flow, indicator, *cell) in seen:
            found.wrong(path, number + 1, "INDICATOR", TWICE)
        seen.add((flow, indicator, *cell))
        if value := row[at["OBS_VALUE"]]:
            found.observations.append(
                Observation(flow, indicator, names, "|".join(cell), row[at["UNIT_MEASURE"]], value)
            )
        if number > LONGEST:
            break
    _add_up(found, start, path)
    return number


def adds(flow: str, indicator: str) -> bool:
    """Whether the leaves of an indicator add up to its totals, and centres to a country. A median does not."""
    if flow in FLOWS and indicator in FLOWS[flow].units:
        return indicator in FLOWS[flow].sums
    return APART.search(indicator) is None


def _wrong(
    row: list[str], header: list[str], at: Mapping[str, int], dims: Sequence[int], package: Package
) -> tuple[str, str] | None:
    """The column and the sentence of the first thing wrong with a row."""
    if len(row) != len(header):
        return "", WIDE
    value = row[at["OBS_VALUE"]]
    indicator = row[at["INDICATOR"]]
    structure = STRUCTURE.fullmatch(row[at["STRUCTURE_ID"]])
    counted = structure is not None and adds(structure[1], indicator)
    tests = (
        ("STRUCTURE_ID", structure is not None and structure[2] == "1"),
        ("ACTION", row[at["ACTION"]] in ("R", "I")),
        ("CENTRE", row[at["CENTRE"]] == package.manifest.centre),
        ("INDICATOR", COLUMN.fullmatch(indicator) is not None),
        ("OBS_VALUE", NUMBER.fullmatch(value) is not None if value else not counted),
        ("OBS_VALUE", not value.startswith("-") or not counted),
        ("UNIT_MEASURE", CODE.fullmatch(row[at["UNIT_MEASURE"]]) is not None),
        ("CONF_STATUS", row[at["CONF_STATUS"]] == "N"),
    )
    for column, good in tests:
        if not good:
            return column, HEAD if column == "STRUCTURE_ID" else ODD
    for place in dims:
        if CODE.fullmatch(row[place]) is None:
            return header[place], ODD
    return None


def _add_up(found: Checked, start: int, path: str) -> None:
    """Every total is the sum of its parts, in each pair of breakdowns of which one is finer than the other."""
    tables: dict[tuple[str, str], dict[frozenset[int], dict[tuple[str, ...], Decimal]]] = defaultdict(dict)
    for one in found.observations[start:]:
        if not adds(one.flow, one.indicator):
            continue
        cell = tuple(one.cell.split("|"))
        pattern = frozenset(place for place, member in enumerate(cell) if member != TOTAL)
        tables[one.flow, one.indicator].setdefault(pattern, {})[cell] = Decimal(one.value)
    for (_flow, indicator), patterns in tables.items():
        if any(not _agrees(coarse, patterns) for coarse in patterns):
            found.wrong(path, 0, "OBS_VALUE", SUMS, indicator=indicator)


def _agrees(coarse: frozenset[int], patterns: Mapping[frozenset[int], Mapping[tuple[str, ...], Decimal]]) -> bool:
    finer = [one for one in patterns if coarse < one]
    nearest = [one for one in finer if not any(other < one for other in finer)]
    for one in nearest:
        sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        for cell, value in patterns[one].items():
            sums[tuple(member if place in coarse else TOTAL for place, member in enumerate(cell))] += value
        said = patterns[coarse]
        if any(said.get(key, Decimal()) != sums.get(key, Decimal()) for key in said.keys() | sums.keys()):
            return False
    return True


# -- Cases


def _cases(rows: Iterator[list[str]], path: str, resource: Mapping[str, Any], found: Checked) -> int:
    """Rows of people without a name: only the columns this profile knows are taken."""
    header, table = next(rows, []), CASES.get(path)
    wanted = [] if table is None else [one.name for one in table.fields if one.required]
    if table is None or not _head(header, resource, wanted):
        found.wrong(path, 1, "", HEAD)
        return 0
    at = {one.name: header.index(one.name) for one in table.fields if one.name in header}
    number = 0
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            found.wrong(path, number + 1, "", WIDE)
            continue
        said = {name: row[place] for name, place in at.items()}
        for name in _strange(table, said):
            found.wrong(path, number + 1, name, ODD)
        found.cases.append((table.id, number, json.dumps(said, separators=(",", ":"))))
        if number > LONGEST:
            break
    return number


def _strange(table: Rows, said: Mapping[str, str]) -> Iterator[str]:
    """The columns of a row whose value cannot be."""
    for one in table.fields:
        value = said.get(one.name, "")
        usual = NUMBER.pattern if one.type in ("number", "integer") else DAYS if one.name == "period" else CODE.pattern
        pattern = one.pattern or usual
        if (one.required and not value) or (value and re.fullmatch(pattern, value) is None):
            yield one.name


def _related(found: Checked) -> None:
    """Every row of a case names a case of this package."""
    tokens: dict[str, set[str]] = {"case_token": set(), "grievance_token": set()}
    rows = [(kind, number, json.loads(body)) for kind, number, body in found.cases]
    for kind, _number, said in rows:
        if kind in ("cases", "grievances"):
            name = "case_token" if kind == "cases" else "grievance_token"
            tokens[name].add(said[name])
    for kind, number, said in rows:
        for name, known in tokens.items():
            if name in said and said[name] not in known:
                found.wrong(f"data/{kind}.csv", number + 1, name, ORPHAN)


def _counted(package: Package, tables: Mapping[str, Mapping[str, Any]], counts: dict[str, int], found: Checked) -> None:
    """As many rows as the description says, by the name or the path of the table."""
    for path, resource in tables.items():
        for name in (path, str(resource.get("name"))):
            said = package.manifest.counts.get(name)
            if said is not None and said != counts[path] and path.startswith(("indicators/", "data/")):
                found.wrong(path, 0, "", COUNTS, said=said, found=counts[path])
