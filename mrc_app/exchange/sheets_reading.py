"""Reading a sheet somebody brings: xlsx, ods or csv. Values only, formulas as they were last computed.

A sheet is a stranger's file. Before a workbook is opened its true, unpacked size is counted and how far its cells
reach, so that a small file cannot fill the memory.
"""

from __future__ import annotations

import csv
import gc
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_

MOST_BYTES = 400_000_000  # unpacked
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 20_000_000  # rows times columns
CHUNK = 1 << 20
GUESSED = 20  # first rows among which the header is looked for
TOO_LARGE = N_("“{file}” is too large to be a logbook. Split it into smaller sheets.")
NO_SHEET = N_("“{file}” is not a sheet this program reads. Save it as xlsx, ods or csv.")
DAMAGED = N_("“{file}” is damaged.")
_REACH = re.compile(rb""" r=["']([A-Z]{0,9})([0-9]{1,9})["']""")
_FAR = re.compile(rb""" r=["'](?:[A-Z]{3}|[D-Z][A-Z]|[A-Z]{0,2}(?:[0-9]{7}|[2-9][0-9]{5}))""")
"""A cell beyond column CZ or row 199,999. A sheet without one has at most 104 times 200,000 cells."""
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated=["']([0-9]+)["'][^>]*?office:value-type""")
_ROWS = re.compile(rb"""number-rows-repeated=["']([0-9]{4,})["'](.{0,4000})""", re.S)
_ARABIC = re.compile(rb"[\xc0-\xff\x81\x8d\x8e\x90]{4}")
"""Four letters running that are accented ones in the West: no word there has them."""
_DIVIDERS = ",;\t|"
_EMPTY = ("", None)


@dataclass(frozen=True)
class Sheet:
    """A sheet opened: its header, and its rows in a stream with the number each has in the file."""

    file: str
    names: tuple[str, ...]
    header: tuple[str, ...]
    body: Callable[[], Iterator[tuple[int, list[Any]]]]

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Every row below the header that holds anything."""
        for number, row in self.body():
            for cell in row:
                if cell not in _EMPTY:
                    yield number, row
                    break


def read(path: Path, *, sheet: str = "", header_row: int = 0, header_rows: int = 1) -> Sheet:
    """Opens a file. ``header_row`` counts from 1; 0 looks for it. Raises CannotRead with one sentence."""
    if not path.is_file():
        raise CannotRead(N_("There is no file “{file}”."), file=path.name)
    with path.open("rb") as opened:
        start = opened.read(8)
    if start[:4] == b"PK\x03\x04":
        return _workbook(path, sheet, header_row, header_rows)
    if start[:4] == b"\xd0\xcf\x11\xe0" or start[:5] == b"%PDF-" or path.stat().st_size == 0:
        raise CannotRead(NO_SHEET, file=path.name)
    return _csv(path, header_row, header_rows)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Looks for rubbish less often meanwhile: many small things are made and kept, and none goes in circles."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _header(rows: list[list[Any]], at: int, count: int, spans: list[tuple[int, int, int, int]]) -> tuple[str, ...]:
    """One header from one or more rows: a merged cell above names every column below it."""
    some = [[_plain(cell) for cell in row] for row in rows[at : at + count]]
    for top, left, bottom, right in spans:
        if at <= top < at + count:
            said = some[top - at][left]
            for below in range(top, min(bottom + 1, at + count)):
                for column in range(left, min(right + 1, len(some[below - at]))):
                    some[below - at][column] = said if below == top else ""
    if not spans:
        for row in some[:-1]:
            for column in range(1, len(row)):
                row[column] = row[column] or row[column - 1]
    return tuple("/".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*some, strict=True))


def _guess(rows: list[list[Any]]) -> int:
    """The first row that looks like a header: the most cells with words in them."""

    def words(row: list[Any]) -> int:
        return len({cell for cell in row if isinstance(cell, str) and cell.strip() and not cell.strip()[0].isdigit()})

    return max(range(len(rows)), key=lambda at: (words(rows[at]), -at)) if rows else 0


def _plain(cell: Any) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


# -- workbooks


def _workbook(path: Path, wanted: str, header_row: int, header_rows: int) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    _weigh(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = tuple(book.sheet_names)
        if wanted and wanted not in names:
            raise CannotRead(N_("There is no sheet “{sheet}” in “{file}”."), sheet=wanted, file=path.name)
        sheet = book.get_sheet_by_name(wanted or names[0])
    except (CalamineError, IndexError, OSError, ValueError, zipfile.BadZipFile):
        raise CannotRead(NO_SHEET, file=path.name) from None
    down, across = sheet.start or (0, 0)
    spans = [
        (a - down, b - across, c - down, d - across) for (a, b), (c, d) in (sheet.merged_cell_ranges or ()) if a >= down
    ]
    top = [list(row) for row in islice(sheet.iter_rows(), GUESSED + header_rows)]
    skipped = max(down - _lead(top, down), 0) if top else 0
    at = max(header_row - 1 - skipped, 0) if header_row else _guess(top)

    def body() -> Iterator[tuple[int, list[Any]]]:
        for number, row in enumerate(islice(sheet.iter_rows(), at + header_rows, None), at + header_rows + skipped + 1):
            yield number, list(row)

    return Sheet(path.name, names, _header(top, at, header_rows, spans), body)


def _lead(top: list[list[Any]], down: int) -> int:
    """How many empty rows the reader gives before the first that holds anything."""
    return next((at for at, row in enumerate(top) if any(cell not in ("", None) for cell in row)), 0) if down else 0


def _weigh(path: Path) -> None:
    """Unpacks every part for its size alone. Raises CannotRead for a bomb, a damaged file or one of another kind."""
    try:
        with zipfile.ZipFile(path) as packed, path.open("rb") as raw:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if not names & {"xl/workbook.xml", "content.xml"} or len(parts) > 5000:
                raise CannotRead(NO_SHEET, file=path.name)
            left = MOST_BYTES
            for part in parts:
                if part.flag_bits & 1:
                    raise CannotRead(N_("“{file}” is locked with a password. Save it without one."), file=path.name)
                sheet = re.search(r"worksheets/[^/]*\.xml$|^content\.xml$", part.filename)
                reach = _Reach(path.name) if sheet else None
                left -= _unpacked(raw, part, left, path.name, reach)
                if reach is not None and reach.far:
                    _unpacked(raw, part, MOST_BYTES, path.name, _Reach(path.name, every=True))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError):
        raise CannotRead(DAMAGED, file=path.name) from None


def _unpacked(raw: Any, part: zipfile.ZipInfo, left: int, file: str, reach: _Reach | None) -> int:
    """The true size of one part, whatever its header says."""
    raw.seek(part.header_offset)
    head = raw.read(30)
    raw.seek(part.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"))
    packed, size, tail = part.compress_size, 0, b""
    engine = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if engine is None and part.compress_type != zipfile.ZIP_STORED:
        raise CannotRead(NO_SHEET, file=file)
    while packed > 0 and (some := raw.read(min(CHUNK, packed))):
        packed -= len(some)
        while some:
            out = engine.decompress(some, CHUNK * 4) if engine else some
            some = engine.unconsumed_tail if engine else b""
            size += len(out)
            if size > left:
                raise CannotRead(TOO_LARGE, file=file)
            if reach:
                reach.see(tail + out)
                tail = out[-200:]
    return size


class _Reach:
    """How far the cells of a sheet reach, by their own words: one cell far away would fill the memory."""

    def __init__(self, file: str, *, every: bool = False) -> None:
        self.file, self.row, self.columns, self.every, self.far = file, 0, 0, every, False

    def see(self, some: bytes) -> None:
        """Looks at a piece of a sheet."""
        self.far = self.far or _FAR.search(some) is not None
        found = _REACH.findall(some) if self.every else []
        self.row = max(self.row, max((int(number) for _, number in found), default=0))
        self.columns = max(self.columns, max(map(_column, {letters for letters, _ in found}), default=0))
        repeated = max(map(int, _REPEATED.findall(some)), default=0)
        blown = any(b"office:value" in after.split(b"</table:table-row>")[0] for _, after in _ROWS.findall(some))
        cells = self.row * self.columns
        if self.row > MOST_ROWS or self.columns > MOST_COLUMNS or cells > MOST_CELLS or repeated > 1000 or blown:
            raise CannotRead(TOO_LARGE, file=self.file)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# -- csv


def _csv(path: Path, header_row: int, header_rows: int) -> Sheet:
    if path.stat().st_size > MOST_BYTES:
        raise CannotRead(TOO_LARGE, file=path.name)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as opened:
        start = opened.read(20_000)
    if "\x00" in start:
        raise CannotRead(NO_SHEET, file=path.name)
    divider = max(_DIVIDERS, key=start.count)

    def lines() -> Iterator[list[str]]:
        try:
            with path.open(encoding=encoding, newline="") as text:
                for number, row in enumerate(csv.reader(text, delimiter=divider), 1):
                    if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                        raise CannotRead(TOO_LARGE, file=path.name)
                    yield row
        except (csv.Error, UnicodeError):
            raise CannotRead(DAMAGED, file=path.name) from None

    top = [list[Any](row) for row in islice(lines(), GUESSED + header_rows)]
    widest = max(map(len, top), default=0)
    top = [row + [""] * (widest - len(row)) for row in top]
    at = header_row - 1 if header_row else _guess(top)

    def body() -> Iterator[tuple[int, list[Any]]]:
        for number, row in enumerate(islice(lines(), at + header_rows, None), at + header_rows + 1):
            yield number, [*row, *[""] * (widest - len(row))]

    return Sheet(path.name, (), _header(top, at, header_rows, []), body)


def _encoding(path: Path) -> str:
    """utf-8 or utf-16 by their marks or their zeros, utf-8 where it fits, else what Excel writes: in the West, or where
    words are Arabic."""
    with path.open("rb") as opened:
        start = opened.read(20_000)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    zeros = [start[at::2].count(0) for at in (0, 1)]
    if max(zeros) > len(start) // 5 and min(zeros) == 0:
        return "utf-16-le" if zeros[1] else "utf-16-be"
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(CHUNK):
                pass
    except UnicodeDecodeError:
        return "cp1256" if _ARABIC.search(path.read_bytes()) else "cp1252"
    return "utf-8-sig"


# -- cells

EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's count, as it stands for every day after February 1900."""


def text_of(cell: Any) -> str:
    """A cell as a person typed it: whole numbers without ".0", dates as ISO."""
    if type(cell) is str:
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).strip()


def day_of(cell: Any, order: str) -> str:
    """A day as year-month-day, in whatever calendar the column is: from a date, Excel's count, or text.

    An Ethiopian or Nepali day that Excel took for a date of its own keeps its numbers. "" is empty; text that is no
    date is given back as it stands.
    """
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 10_000 <= cell < 120_000:
        return (EPOCH + timedelta(days=int(cell))).isoformat()
    said = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text_of(cell))
    parts = re.split(r"[-/. ]", said.split("T")[0].strip())
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return said
    if len(parts) == 1 and len(said) == 5:
        return (EPOCH + timedelta(days=int(said))).isoformat()
    if len(parts) == 3 and len(parts[0]) != 4:
        placed = dict(zip(order, parts, strict=True))
        parts = [placed["y"], placed["m"], placed["d"]]
    elif len(parts) == 2 and len(parts[0]) != 4:
        parts.reverse()
    return "-".join(part.zfill(2) for part in parts)
