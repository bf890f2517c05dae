"""Writes mrc_app/typesetting/unicode_tables.py from the Unicode Character Database.

Run: python scripts/unicode_tables.py [folder of the UCD files, /usr/share/unicode when not given]
(Debian: apt-get install unicode-data.) Runs of equal value are written as a base-36 length and a name.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "mrc_app" / "typesetting" / "unicode_tables.py"
LAST = 0x110000
BIDI_NAMES = {
    "Left_To_Right": "L", "Right_To_Left": "R", "Arabic_Letter": "AL", "European_Terminator": "ET",
    "Boundary_Neutral": "BN",
}  # fmt: skip
LINE = re.compile(r"^(?:# @missing: )?([0-9A-F]{4,6})(?:\.\.([0-9A-F]{4,6}))?\s*;\s*(\w+)")


def rows(path: Path) -> list[tuple[int, int, str]]:
    """(first, last, value) of a UCD property file, defaults before what is written out."""
    missing, given = [], []
    for line in path.read_text("utf-8").splitlines():
        found = LINE.match(line)
        if found:
            first, last, value = found.groups()
            into = missing if line.startswith("#") else given
            into.append((int(first, 16), int(last or first, 16), value))
    return missing + given


def values(path: Path, names: dict[str, str], rest: str) -> list[str]:
    """The value of every code point."""
    table = [rest] * LAST
    for first, last, value in rows(path):
        table[first : last + 1] = [names.get(value, value)] * (last + 1 - first)
    return table


def base36(number: int) -> str:
    """A number in lower-case base 36."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    out = ""
    while number:
        number, rest = divmod(number, 36)
        out = digits[rest] + out
    return out or "0"


def runs(table: list[str]) -> str:
    """The table as runs: length in base 36, then the value in capitals."""
    out, start = [], 0
    for i in range(1, LAST + 1):
        if i == LAST or table[i] != table[start]:
            out.append(f"{base36(i - start)}{table[start]}")
            start = i
    return " ".join(out)


def scripts(folder: Path) -> list[str]:
    """ISO 15924 code of every code point; an unassigned point takes the script before it, so that runs are few."""
    short = {}
    for line in (folder / "PropertyValueAliases.txt").read_text("utf-8").splitlines():
        parts = [part.strip() for part in line.split("#")[0].split(";")]
        if parts[0] == "sc":
            short[parts[2]] = parts[1]
    table = values(folder / "Scripts.txt", short, "Zzzz")
    for i in range(1, LAST):
        if table[i] == "Zzzz":
            table[i] = table[i - 1]
    return [name.upper() for name in table]


def brackets(folder: Path) -> str:
    """Opening and closing brackets in pairs, one string."""
    out = []
    for line in (folder / "BidiBrackets.txt").read_text("utf-8").splitlines():
        parts = [part.strip() for part in line.split("#")[0].split(";")]
        if len(parts) == 3 and parts[2] == "o":
            out.append(parts[0] + parts[1])
    return " ".join(f"{pair[: len(pair) // 2]}{pair[len(pair) // 2 :]}" for pair in out)


def literal(name: str, text: str) -> str:
    """A string constant over several lines."""
    lines = textwrap.wrap(text, 108, break_long_words=False, break_on_hyphens=False)
    body = "\n".join(f'    "{line} "' for line in lines)
    return f"{name} = (\n{body}\n)\n"


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
    bidi = values(folder / "extracted" / "DerivedBidiClass.txt", BIDI_NAMES, "L")
    version = (folder / "Scripts.txt").read_text("utf-8").splitlines()[0].split("-")[1].removesuffix(".txt")
    OUT.write_text(
        f'"""Properties of characters, written by scripts/unicode_tables.py from the Unicode Character Database\n'
        f"{version} (© Unicode, Inc., Unicode License, https://www.unicode.org/license.txt). Not edited by hand.\n"
        '"""\n\nfrom __future__ import annotations\n\n'
        + literal("BIDI", runs(bidi))
        + "\n"
        + literal("SCRIPTS", runs(scripts(folder)))
        + "\n"
        + literal("BRACKETS", brackets(folder)),
        "utf-8",
    )


if __name__ == "__main__":
    main()
