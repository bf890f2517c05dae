"""A report as files: a workbook, a plain table of codes and numbers, and a PDF; the same numbers in all three."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from mrc_app.calendars.periods import Period
from mrc_app.figures.indicators_words import INDICATORS
from mrc_app.figures.report_words import ALL, BY, HIDDEN, TITLE, ReportWords, amount
from mrc_app.figures.reports import NOTES, Document
from mrc_app.figures.tables import TOTAL
from mrc_app.figures.tiers import Tier, Withheld
from mrc_app.i18n import N_, isolate
from mrc_app.store import saved_files
from mrc_app.typesetting import blocks as b

PINNED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same content gives the same bytes; a date alone would not
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell beginning like this is a formula to a spreadsheet."""
INDICATOR, VALUE, BEHIND, FORMULA = N_("Indicator"), N_("Value"), N_("n"), N_("How it is reckoned (P: the period)")
TARGET, NUMBER, REACHED, ATTAINED = N_("Targets"), N_("Target"), N_("Reached"), N_("Attainment")
GROUP, N, MEAN, MEDIAN, LOWER, UPPER, OVER = (
    N_("Group"), N_("n"), N_("mean"), N_("median"), N_("lower quartile"), N_("upper quartile"), N_("more than 1 month"),
)  # fmt: skip
SPREAD = N_("Recruitment cost in months of earnings (SDG 10.7.1)")
STAR = N_("* not shown")
PERSONAL = frozenset({"sex", "age", "kind", "stage", "origin", "district", "destination", "sector", "skill", "channel"})
PERSONAL |= {"disability", "minor", "mode", "matter", "backlog", "referred"}
"""Dimensions by which a list behind a cell can be made."""
VERSION, DRAFT = N_("Version {version}"), N_("Not frozen")
LEFT_OUT = N_("Left out: {n} ({reason})")
FEW = N_("fewer than {k}")


class Key(NamedTuple):
    """What a number of a report is: indicator, part, and in a table the word by dimension."""

    code: str
    part: str
    by: dict[str, str]


class Grid(NamedTuple):
    """A part of a report: its title, the head of its columns, and its rows; numbers as numbers. ``keys``: for each
    row what its cells are, None for a word."""

    title: str
    head: list[str]
    rows: list[list[Any]]
    keys: Sequence[Sequence[Key | None]] = ()


def file_name(period: Period, tier: Tier, version: int | None, ending: str) -> str:
    """ "mrc-report_et2019-03_internal_v1.xlsx": no name of a person or a town."""
    return f"mrc-report_{period.file_code}_{tier.value}_{f'v{version}' if version else 'draft'}.{ending}"


def files(document: Document, period: Period, *, language: str, version: int | None = None) -> dict[str, bytes]:
    """The three files by name. Raises Invalid for a language the desk does not know."""
    words = ReportWords.load(language)
    tier = Tier(document["tier"])
    made = {
        "xlsx": workbook(document, words, version), "csv": codes(document), "pdf": pdf(document, words, version),
    }  # fmt: skip
    return {file_name(period, tier, version, ending): content for ending, content in made.items()}


# -- What all of them hold


def about(document: Document, words: ReportWords, version: int | None) -> list[str]:
    """The lines at the head: whose report, which days, for whom, which version, what was left out."""
    lines = [
        document["centre"],
        f"{document['period']}: {words.day(document['start'])} – {words.day(document['end'])}",
        words.say(Tier(document["tier"]).label),
        words.say(VERSION, version=version) if version else words.say(DRAFT),
        *(words.say(NOTES[one]) for one in document["notes"]),
    ]
    for reason, n in document["withheld"].items():
        told = words.say(FEW, k=5) if n is None else n
        lines += [words.say(LEFT_OUT, n=told, reason=words.say(Withheld(reason).label))] if n != 0 else []
    return [*lines, words.say(STAR)] if Tier(document["tier"]) is not Tier.INTERNAL else lines


def grids(document: Document, words: ReportWords) -> Iterator[Grid]:
    """Figures, targets, tables and the distribution of costs, with labels."""
    yield _figures(document, words)
    if document["targets"]:
        rows = [
            [
                words.aim(one),
                one["number"],
                _number(one["actual"]),
                HIDDEN if one["percent"] is None else f"{one['percent']} %",
            ]
            for one in document["targets"]
        ]
        yield Grid(
            words.say(TARGET), [words.say(TARGET), words.say(NUMBER), words.say(REACHED), words.say(ATTAINED)], rows
        )
    for table in document["tables"]:
        yield grid(table, words)
    if document["spreads"]:
        yield _spreads(document, words)


def _figures(document: Document, words: ReportWords) -> Grid:
    rows: list[list[Any]] = []
    keys: list[list[Key | None]] = []
    for one in document["figures"]:
        part = f"{one['part']} {one['currency']}" if one["code"] in ("C5", "D3") and one["currency"] else one["part"]
        keys.append([None, None, Key(one["code"], part, {})])
        name = ": ".join(filter(None, (words.name(one["code"]), words.part(one["code"], one["part"]))))
        name += f" ({one['currency']})" if one["hidden"] and one["currency"] else ""
        first = not any(row[0] == one["code"] for row in rows)
        rows.append(
            [
                one["code"],
                name,
                _number(words.figure(one)),
                words.behind(one),
                words.formula(one["code"]) if first else "",
            ]
        )
    return Grid(words.say(TITLE), ["", *(words.say(one) for one in (INDICATOR, VALUE, BEHIND, FORMULA))], rows, keys)


def _number(text: str) -> Any:
    return HIDDEN if text == "" else int(text) if text.isdecimal() else text


def grid(table: dict[str, Any], words: ReportWords) -> Grid:
    """A table with one dimension (sex, where it has it) across and the others down; rows of nobody are left out."""
    dimensions = table["dimensions"]
    names = [one["id"] for one in dimensions]
    across = names.index("sex") if "sex" in names and len(names) > 1 else None
    values = {tuple(row[:-1]): row[-1] for row in table["rows"]}
    down = [place for place in range(len(names)) if place != across]
    columns = [*dimensions[across]["members"], TOTAL] if across is not None else [TOTAL]
    head = [words.dimension(names[place]) for place in down]
    head += (
        [words.member(names[across], one) for one in columns] if across is not None else [words.table(table["name"])]
    )
    rows: list[list[Any]] = []
    keys: list[list[Key | None]] = []
    code = table["name"].partition(".")[0]
    for key in dict.fromkeys(tuple(key[place] for place in down) for key in values):
        found = [values[_whole(key, down, across, one)] for one in columns]
        if any(value != 0 for value in found) or TOTAL in key:
            labels = [
                words.member(names[place], part, dimensions[place]["members"])
                for place, part in zip(down, key, strict=True)
            ]
            rows.append([*labels, *(HIDDEN if value is None else value for value in found)])
            whole = [dict(zip(names, _whole(key, down, across, one), strict=True)) for one in columns]
            told = [Key(code, "trained" if code == "E1" else "", one) for one in whole]
            keys.append([*(None for _label in labels), *(one if PERSONAL.issuperset(names) else None for one in told)])
    by = ", ".join(words.dimension(one) for one in names)
    return Grid(f"{words.table(table['name'])} – {by}", head, rows, keys)


def _whole(key: tuple[str, ...], down: list[int], across: int | None, column: str) -> tuple[str, ...]:
    parts = dict(zip(down, key, strict=True))
    if across is not None:
        parts[across] = column
    return tuple(parts[place] for place in sorted(parts))


def _spreads(document: Document, words: ReportWords) -> Grid:
    rows = []
    for one in document["spreads"]:
        group = words.say(BY[one["by"]])
        label = f"{group}: {words.member(one['by'], one['member'])}" if one["by"] else group
        values = [one[name] or HIDDEN for name in ("mean", "median", "lower", "upper")]
        rows.append(
            [
                label,
                HIDDEN if one["n"] is None else one["n"],
                *values,
                HIDDEN if one["over_one"] is None else one["over_one"],
            ]
        )
    return Grid(words.say(SPREAD), [words.say(one) for one in (GROUP, N, MEAN, MEDIAN, LOWER, UPPER, OVER)], rows)


def changed(what: list[str], words: ReportWords) -> str:
    """What a line of a change list is about: a figure, or a cell of a table. No person."""
    code = what[0].partition(".")[0]
    name = words.name(code) if code in INDICATORS else what[0]
    return ", ".join([name, *(words.say(ALL) if part == TOTAL else part for part in what[1:] if part)])


def merged_rows(merge: str, words: ReportWords) -> str:
    """An offer to put rows together: which table, which rows."""
    where, _, members = merge.partition("=")
    code, _, dimension = where.partition(".")
    return f"{words.table(code)}: {words.member(dimension, members)}"


# -- The files


def put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all. Raises MrcError when the place cannot be written."""
    saved_files.write(path, content)


def codes(document: Document) -> bytes:
    """One long table of codes and numbers, UTF-8 without a byte order mark; a hidden number is empty with status C."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "indicator",
            "part",
            "dim1",
            "member1",
            "dim2",
            "member2",
            "dim3",
            "member3",
            "unit",
            "currency",
            "value",
            "n",
            "of",
            "status",
        ]
    )
    for one in document["figures"]:
        value = amount(one)
        told = ["" if part is None else part for part in (value, one["n"], one["of"])]
        row = [one["code"], one["part"], *[""] * 6, one["unit"], one["currency"], *told, "C" if one["hidden"] else "F"]
        writer.writerow([_plain(cell) for cell in row])
    for table in document["tables"]:
        names = [one["id"] for one in table["dimensions"]]
        for *key, value in table["rows"]:
            pairs = [part for pair in zip(names, key, strict=True) for part in pair]
            row = [
                table["name"],
                "",
                *pairs,
                *[""] * (6 - len(pairs)),
                table["measure"],
                "",
                "" if value is None else value,
                "",
                "",
            ]
            writer.writerow([_plain(cell) for cell in [*row, "C" if value is None else "F"]])
    return out.getvalue().encode("utf-8")


def _plain(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def workbook(document: Document, words: ReportWords, version: int | None) -> bytes:
    """A workbook: about, the figures, one sheet for each table. Text stays text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": PINNED, "title": words.say(TITLE)})
    bold, wrap = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    first = book.add_worksheet("About")
    first.set_column(0, 0, 90)
    for number, line in enumerate([words.say(TITLE), *about(document, words, version)]):
        first.write_string(number, 0, line, bold if not number else wrap)
    names = [
        "Figures",
        *(["Targets"] if document["targets"] else []),
        *(one["name"] for one in document["tables"]),
        "SDG 10.7.1",
    ]
    for name, part in zip(names, grids(document, words), strict=False):
        sheet = book.add_worksheet(name[:31])
        if words.catalog.language.right_to_left:
            sheet.right_to_left()
        sheet.write_string(0, 0, part.title, book.add_format({"bold": True}))
        _fill(sheet, part, bold, wrap)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, part: Grid, bold: Any, wrap: Any) -> None:
    for place, text in enumerate(part.head):
        widest = max([len(str(row[place])) for row in part.rows] + [len(text)])
        sheet.set_column(place, place, min(max(widest + 2, 8), 60))
        sheet.write_string(2, place, text, bold)
    for number, row in enumerate(part.rows, 3):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell)
            else:
                sheet.write_string(number, place, str(cell), wrap)
    sheet.freeze_panes(3, 0)


def pdf(document: Document, words: ReportWords, version: int | None) -> bytes:
    """The report on paper."""
    from mrc_app.typesetting.compose import compose

    made: list[b.Block] = [b.Heading(words.say(TITLE))]
    made += [b.Note(isolate(line)) for line in about(document, words, version)]
    for part in grids(document, words):
        made.append(b.Heading(part.title, 2))
        made.append(b.Table([part.head, *([str(cell) for cell in row] for row in part.rows)]))
    return compose(made, language=words.code, title=words.say(TITLE), paper="a4-full").pdf
