"""Run by a Python that has frictionless, pysdmx and sdmx1 (see test_ministry_export_readers): reads an unpacked export
with all three and prints what each of them saw as JSON."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any


def frictionless_says(folder: Path) -> list[str]:
    """The kinds of error frictionless finds."""
    from frictionless import validate  # type: ignore[import-not-found]

    report = validate(str(folder / "datapackage.json"))
    return sorted({str(one[0]) for one in report.flatten(["type"])})


def readers_say(folder: Path) -> dict[str, list[int]]:
    """The rows of every dataflow: in the file, as pysdmx reads it, as sdmx1 reads it."""
    import sdmx  # type: ignore[import-not-found]
    from pysdmx.io import read_sdmx  # type: ignore[import-not-found]

    structure = sdmx.read_sdmx(folder / "sdmx" / "structure_2_1.xml")
    found = {}
    for file in sorted((folder / "indicators").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            rows = sum(1 for _row in csv.reader(opened)) - 1
        one: Any = sdmx.read_sdmx(file, structure=structure.structure[f"DSD{file.stem[2:]}"])
        found[file.stem] = [
            rows, sum(len(part.data) for part in read_sdmx(str(file)).data), sum(len(part.obs) for part in one.data)
        ]  # fmt: skip
    structures = read_sdmx(str(folder / "sdmx" / "structure_2_1.xml"))
    assert len(structures.get_data_structure_definitions()) == len(found)
    return found


if __name__ == "__main__":
    print(json.dumps([
        {"errors": frictionless_says(where), "rows": readers_say(where) if (where / "sdmx").is_dir() else {}}
        for where in map(Path, sys.argv[1:])
    ]))  # fmt: skip
