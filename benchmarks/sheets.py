"""Reading and judging a logbook of 50,000 rows against openpyxl reading it alone, and openpyxl with the same judging.

python benchmarks/sheets.py [--rows 50000]          (openpyxl must be installed beside; the desk does not need it)
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mrc_app.exchange import sheets_mapping, sheets_reading
from mrc_app.exchange.sheets_rows import Judge

HEADER = ["No", "Given", "Father", "Sex", "Born", "Phone", "Came", "Going to", "District", "Note", "Mode", "Minutes"]
MAPPING: dict[str, Any] = {
    "source": "logbook",
    "external": "No",
    "consent": {"statement": "All signed the paper form", "how": "signed"},
    "column": [
        {"header": "Given", "field": "given"},
        {"header": "Father", "field": "father"},
        {"header": "Sex", "field": "sex"},
        {"header": "Born", "field": "birth_date", "calendar": "ethiopian"},
        {"header": "Phone", "field": "phone"},
        {"header": "Came", "field": "registered_on"},
        {"header": "Going to", "field": "location_country"},
        {"header": "District", "field": "district"},
        {"header": "Note", "field": "note"},
        {"header": "Minutes", "field": "contact_minutes"},
    ],
}
TODAY = date(2026, 11, 22)


def write(path: Path, rows: int) -> None:
    """An invented logbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, HEADER)
    for at in range(1, rows + 1):
        page.write_row(
            at, 0, [at, f"Given{at % 3000}", f"Father{at % 900}", "FM"[at % 2], f"{at % 28 + 1}/3/19{70 + at % 30}"]
        )
        page.write_string(at, 5, f"+2519{at % 100_000_000:08d}")
        page.write_datetime(at, 6, date(2026, 1, 1) + timedelta(days=at % 300), day)
        page.write_row(
            at, 7, [("SA", "AE", "LB")[at % 3], f"Woreda {at % 40}", f"came with row {at}", "centre", at % 60]
        )
    book.close()


def judged(header: tuple[str, ...], rows: Iterator[tuple[int, list[Any]]]) -> int:
    """How many rows pass."""
    judge = Judge(sheets_mapping.mapping_of(MAPPING), header, on=TODAY, home="ET", by="0" * 32)
    return sum(not isinstance(judge.judge(number, row), list) for number, row in rows)


def ours(path: Path) -> int:
    """Reading and judging as the desk does."""
    with sheets_reading.collecting_seldom():
        sheet = sheets_reading.read(path)
        return judged(sheet.header, sheet.rows())


def theirs(path: Path, *, judge: bool) -> int:
    """openpyxl, read-only, with or without our judging."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    header = tuple(str(cell) for cell in next(rows))
    told = ((number, list(row)) for number, row in enumerate(rows, 2))
    return judged(header, told) if judge else sum(1 for _ in told)


def main() -> None:
    """Prints seconds and ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=50_000)
    rows: int = asked.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logbook.xlsx"
        write(path, rows)
        found: dict[str, Any] = {"rows": rows}
        works = {
            "reading": lambda: sum(1 for _ in sheets_reading.read(path).rows()),
            "ours": lambda: ours(path),
            "openpyxl_reading": lambda: theirs(path, judge=False),
            "openpyxl_judged": lambda: theirs(path, judge=True),
        }
        for name, work in works.items():
            start = time.process_time()
            assert work() == rows
            found[name] = round(time.process_time() - start, 2)
        found["ratio_reading"] = round(found["openpyxl_reading"] / found["reading"], 1)
        found["ratio"] = round(found["openpyxl_judged"] / found["ours"], 1)
        sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
