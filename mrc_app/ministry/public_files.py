"""A publication as files: the ZIP of tier PUB with its tables, codes and structure, and the workbook beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import MrcError
from mrc_app.exchange import ministry_export_package as package
from mrc_app.exchange import ministry_export_periods as periods
from mrc_app.exchange import ministry_export_tables as tables
from mrc_app.exchange.ministry_export_profile import FLOWS, INDICATOR_NAMES, LABELS, TOTAL, UNKNOWN, Flow
from mrc_app.exchange.ministry_export_sdmx import structure_file
from mrc_app.exchange.ministry_export_words import CODES_VERSION, PROFILE, VERSION
from mrc_app.figures.suppression import NOTE
from mrc_app.figures.writing import PINNED
from mrc_app.i18n import N_, Catalog
from mrc_app.ministry import parquet, publishing
from mrc_app.ministry.database import opened
from mrc_app.ministry.publishing import Family, Published, source
from mrc_app.store import saved_files

FOUND = N_("The auditor got {n} hidden numbers back; nothing was published.")
METHOD = "lp-suppression/1"
TITLE = N_("Figures of the centres")
FREE = N_(
    "These tables may be shown to everybody. Numbers of fewer than {k} people are not told, nor what gives them away."
)
SAMPLE = N_("Administrative data of the centres' clients; not a national estimate.")
CENTRES = N_("{n} centres sent figures for this period.")
STAR = N_("* not shown")
HIDDEN = "*"
VALUE, ALL, NOT_STATED = N_("Value"), N_("All"), N_("not stated")
Row = tables.Row
Cell = tuple[str, ...]


def publish(
    url: str, period: str, k: int, folder: Path, today: date, languages: Sequence[str] = ("en",), *,
    with_parquet: bool = False, step: publishing.Step = lambda _done, _all: None,
) -> tuple[Published, list[Path]]:  # fmt: skip
    """Protects, audits, writes the files and remembers what was told; the publication and its files. Raises Invalid,
    MrcError; then nothing is written."""
    span = read_period(period)
    with opened(url) as database:
        made = publishing.prepare(database, span, k=k, step=step)
        if made.recoverable:
            raise MrcError(FOUND, n=made.recoverable)
        land = publishing.area(database, span)
        content = files(made, land, today, languages)
        paths = [folder / name for name in content]
        with database.change():  # remembered only if it is written, written only if it can be remembered
            publishing.keep(database, made, today)
            if with_parquet:
                paths += parquet.released(observations(made, land), folder)
            for name, whole in content.items():
                saved_files.write(folder / name, whole)
    return made, paths


def file_name(made: Published, area: str) -> str:
    """``mrc-export_ET_2026-Q3_PUB_0001.zip``."""
    return f"mrc-export_{area or 'ALL'}_{made.span.file_code}_PUB_{made.seq:04}.zip"


def files(made: Published, area: str, today: date, languages: Sequence[str] = ("en",)) -> dict[str, bytes]:
    """The files of a publication by name. Raises Invalid for a language the desk does not know."""
    spoken = tuple(dict.fromkeys([*languages, "en"]))
    lists = {name: (columns, rows) for name, columns, rows in tables.code_lists(spoken)}
    labels = {name: rows for name, (_columns, rows) in lists.items()}
    observed = observations(made, area)
    resources = [_resource(FLOWS[name], rows) for name, rows in observed.items()]
    resources += [
        package.Resource(f"codes/CL_{name}.csv", tables.as_csv(columns, rows), len(rows), package.codes_schema(columns))
        for name, (columns, rows) in lists.items()
    ]
    inside = {one.path: one.content for one in resources}
    book = workbook(made, labels, spoken[0])
    inside["report.xlsx"] = book
    inside["README.txt"] = readme(made, spoken)
    inside["sdmx/structure_2_1.xml"] = structure_file(list(observed), labels, today)
    inside[package.MANIFEST] = package.manifest(resources, _told(made, area, today))
    name = file_name(made, area)
    return {name: package.archive(inside), name.removesuffix(".zip") + ".xlsx": book}


def observations(made: Published, area: str) -> dict[str, list[Row]]:
    """The rows of every dataflow; a hidden number is empty with status C, whatever it was hidden for."""
    found: dict[str, list[Row]] = {}
    seen: set[Cell] = set()
    for one in made.families:
        for cell, value in _cells(one):
            if cell not in seen:  # a total that two tables share stands there once
                seen.add(cell)
                found.setdefault(cell[0], []).append(_row(cell, value, made, area))
    return found


def _cells(one: Family) -> Iterator[tuple[Cell, int | None]]:
    """Dataflow, indicator and a member of each dimension, and what is told of it."""
    for table, key, value in one.cells():
        flow, indicator = source(table)
        said = dict(zip((dim.id for dim in table.dimensions), key, strict=True))
        yield (flow, indicator, *(said.get(dim, TOTAL) for dim in FLOWS[flow].dims)), value


def _row(cell: Cell, value: int | None, made: Published, area: str) -> Row:
    flow, span = FLOWS[cell[0]], made.span
    return {
        "STRUCTURE": "dataflow", "STRUCTURE_ID": tables.structure(flow.id), "ACTION": "R",
        "FREQ": periods.frequency(span), "REF_AREA": area or "_Z", "CENTRE": TOTAL, "INDICATOR": cell[1],
        **dict(zip(flow.dims, cell[2:], strict=True)), "TIME_PERIOD": periods.time_period(span),
        "OBS_VALUE": "" if value is None else str(value), "UNIT_MEASURE": flow.units[cell[1]],
        "OBS_STATUS": "M" if value is None else "A", "CONF_STATUS": "C" if value is None else "F",
        "PERIOD_START": span.start.isoformat(), "PERIOD_END": span.end.isoformat(),
        "LOCAL_PERIOD": periods.local(span, area),
    }  # fmt: skip


def _resource(flow: Flow, rows: list[Row]) -> package.Resource:
    schema = package.flow_schema(flow)
    value = next(field for field in schema["fields"] if field["name"] == "OBS_VALUE")
    value.pop("constraints", None)  # a hidden number is empty
    for field in schema["fields"]:  # codes that stand in the lists only where an agreement switches them on
        if field["name"] in flow.dims and "enum" in field["constraints"]:
            known = field["constraints"]["enum"]
            known += sorted({row[field["name"]] for row in rows} - set(known))
    return package.Resource(flow.path, tables.as_csv(tables.columns(flow), rows), len(rows), schema)


def _told(made: Published, area: str, today: date) -> dict[str, Any]:
    span = made.span
    return {
        "name": file_name(made, area).removesuffix(".zip").lower().replace("_", "-"), "version": VERSION,
        "created": f"{today.isoformat()}T00:00:00Z", "mrc:profile": PROFILE, "mrc:tier": "PUB",
        "mrc:centre": TOTAL, "mrc:country": area,
        "mrc:period": {
            "code": span.code, "time_period": periods.time_period(span), "start": span.start.isoformat(),
            "end": span.end.isoformat(), "freq": periods.frequency(span),
        },
        "mrc:local_period": periods.local(span, area), "mrc:sequence": made.seq,
        "mrc:replaces": f"{made.seq - 1:04}" if made.seq > 1 else "", "mrc:app_version": version("mrc-desk"),
        "mrc:codes_version": CODES_VERSION, "mrc:centres": len(made.centres),
        "mrc:suppression": {"method": METHOD, "k": made.k, "date": today.isoformat()},
    }  # fmt: skip


# -- For people


def lines(made: Published, words: Catalog) -> list[str]:
    """What stands at the head of every copy."""
    said = words.find
    return [
        f"{said(TITLE) or TITLE}: {made.span.code} ({made.span.start} / {made.span.end})",
        (said(CENTRES) or CENTRES).format(n=len(made.centres)), (said(FREE) or FREE).format(k=made.k),
        said(NOTE) or NOTE, said(SAMPLE) or SAMPLE, said(STAR) or STAR,
    ]  # fmt: skip


def readme(made: Published, languages: Sequence[str]) -> bytes:
    """README.txt, one language after another."""
    parts = ["\n".join(lines(made, Catalog.load(code, "mrc_app"))) for code in languages]
    return ("\n\n----\n\n".join(parts) + "\n").encode("utf-8")


def workbook(made: Published, labels: Mapping[str, list[Row]], language: str) -> bytes:
    """report.xlsx: about, and a sheet for each dataflow with labels. Text stays text."""
    import xlsxwriter

    words, out = Catalog.load(language, "mrc_app"), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": PINNED, "title": words.find(TITLE) or TITLE})
    bold = book.add_format({"bold": True})
    first = book.add_worksheet("About")
    first.set_column(0, 0, 100)
    for number, line in enumerate(lines(made, words)):
        first.write_string(number, 0, line, bold if not number else None)
    named = {name: {row["code"]: row[f"label_{language}"] for row in rows} for name, rows in labels.items()}
    sheets: dict[str, tuple[Any, int]] = {}
    for cell, value in (found for one in made.families for found in _cells(one)):
        sheet, at = sheets.get(cell[0]) or (_sheet(book, cell[0], words, bold), 1)
        sheets[cell[0]] = sheet, at + 1
        _line(sheet, at, cell, value, named, words)
    book.close()
    return out.getvalue()


def _sheet(book: Any, flow: str, words: Catalog, bold: Any) -> Any:
    sheet = book.add_worksheet(flow.removeprefix("DF_")[:31])
    if words.language.right_to_left:
        sheet.right_to_left()
    head = [LABELS["INDICATOR"], *(LABELS.get(dim, dim) for dim in FLOWS[flow].dims), VALUE]
    for place, text in enumerate(head):
        sheet.write_string(0, place, words.find(text) or text, bold)
        sheet.set_column(place, place, 24)
    sheet.freeze_panes(1, 0)
    return sheet


def _line(
    sheet: Any, at: int, cell: Cell, value: int | None, named: Mapping[str, Mapping[str, str]], words: Catalog
) -> None:
    special = {TOTAL: words.find(ALL) or ALL, UNKNOWN: words.find(NOT_STATED) or NOT_STATED}
    title = INDICATOR_NAMES.get(cell[1], cell[1])
    sheet.write_string(at, 0, words.find(title) or title)
    for place, (dim, code) in enumerate(zip(FLOWS[cell[0]].dims, cell[2:], strict=True), 1):
        sheet.write_string(at, place, special.get(code) or named.get(dim, {}).get(code, code))
    if value is None:
        sheet.write_string(at, len(cell) - 1, HIDDEN)
    else:
        sheet.write_number(at, len(cell) - 1, value)
