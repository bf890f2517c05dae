"""An office's own workbook filled: chosen cells get a figure, and everything else stays as it was, to the byte.

The parts of the file are copied as they are; only in the sheets that hold a mapped cell that one cell is written anew,
with the format it had. What formulas had worked out is taken out, so that the reader works it out again.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_

MOST_FILE = 10 * 1024 * 1024
MOST_BYTES = 80 * 1024 * 1024
MOST_PARTS = 2000
MACROS = N_("“{file}” holds programs (macros). Save it as a workbook without them (.xlsx).")
NO_BOOK = N_("“{file}” is not a workbook (.xlsx).")
TOO_LARGE = N_("“{file}” is too large for a report form.")
DAMAGED = N_("“{file}” is damaged and cannot be read.")
LOCKED = N_("“{file}” is locked with a password. Save it without one.")
NO_SHEET = N_("There is no sheet “{sheet}” in “{file}”.")
FORMULA = N_("{cell} holds a formula; a figure would destroy it. Map another cell.")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Value = int | Decimal | str | None


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a workbook by name, in its order. Raises CannotRead for what is no plain, sound, small workbook."""
    try:
        if path.stat().st_size > MOST_FILE:
            raise CannotRead(TOO_LARGE, file=path.name)
        with zipfile.ZipFile(path) as packed:
            return _unpacked(packed, path.name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error):
        raise CannotRead(DAMAGED if path.is_file() else NO_BOOK, file=path.name) from None


def _unpacked(packed: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    listed = packed.infolist()
    names = {one.filename for one in listed}
    if "xl/workbook.xml" not in names or len(names) != len(listed):
        raise CannotRead(NO_BOOK, file=file)
    if len(listed) > MOST_PARTS:
        raise CannotRead(TOO_LARGE, file=file)
    found, left = {}, MOST_BYTES
    for one in listed:
        if one.flag_bits & 1:
            raise CannotRead(LOCKED, file=file)
        with packed.open(one) as part:
            found[one.filename] = part.read(left + 1)
        left -= len(found[one.filename])
        if left < 0:
            raise CannotRead(TOO_LARGE, file=file)
    kinds = found.get("[Content_Types].xml", b"")
    if b"macroEnabled" in kinds or any("vbaProject" in name or "macrosheets" in name for name in names):
        raise CannotRead(MACROS, file=file)
    return found


def _tree(content: bytes, file: str) -> Any:
    from lxml import etree

    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, reader)
    except etree.XMLSyntaxError:
        raise CannotRead(DAMAGED, file=file) from None
    if tree.getroottree().docinfo.doctype:
        raise CannotRead(NO_BOOK, file=file)
    return tree


def sheets(book: Mapping[str, bytes], file: str) -> dict[str, str]:
    """The sheets by the name people read, with the part each is in."""
    links = _tree(book.get("xl/_rels/workbook.xml.rels", b""), file)
    targets = {one.get("Id"): one.get("Target", "") for one in links.iter(f"{{{PACKAGE}}}Relationship")}
    found = {}
    for one in _tree(book["xl/workbook.xml"], file).iter(f"{{{MAIN}}}sheet"):
        target = targets.get(one.get(f"{{{REL}}}id"), "")
        found[one.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {name: part for name, part in found.items() if part in book}


def filled(book: Mapping[str, bytes], values: Mapping[tuple[str, str], Value], file: str) -> bytes:
    """The workbook with values in its cells, by sheet and cell. Raises CannotRead for a sheet that is not there and for
    a cell with a formula."""
    from lxml import etree

    there, made = sheets(book, file), dict(book)
    wanted: dict[str, dict[str, Value]] = {}
    for (sheet, cell), value in values.items():
        if sheet not in there:
            raise CannotRead(NO_SHEET, sheet=sheet, file=file)
        wanted.setdefault(there[sheet], {})[cell] = value
    for part in there.values():
        tree = _tree(book[part], file)
        changed = _forget(tree)
        for cell, value in wanted.get(part, {}).items():
            _write(tree, cell, value)
        if changed or part in wanted:
            made[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _packed(made)


def _forget(tree: Any) -> bool:
    """Takes out what formulas had worked out before."""
    changed = False
    for formula in tree.iter(f"{{{MAIN}}}f"):
        cell = formula.getparent()
        for old in cell.findall(f"{{{MAIN}}}v"):
            cell.remove(old)
            changed = True
        if cell.get("t") in ("str", "e", "b"):
            del cell.attrib["t"]
    return changed


def _write(tree: Any, name: str, value: Value) -> None:
    cell = _cell(tree, name)
    if cell.find(f"{{{MAIN}}}f") is not None:
        raise CannotRead(FORMULA, cell=name)
    for old in list(cell):
        cell.remove(old)
    cell.attrib.pop("t", None)
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = cell.makeelement(f"{{{MAIN}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = value
        holder = cell.makeelement(f"{{{MAIN}}}is", {})
        holder.append(text)
        cell.append(holder)
    else:
        number = cell.makeelement(f"{{{MAIN}}}v", {})
        number.text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        cell.append(number)


def _cell(tree: Any, name: str) -> Any:
    """The cell, made in its place where it is not there yet."""
    letters, number = CELL.fullmatch(name).groups()  # type: ignore[union-attr]
    data = tree.find(f"{{{MAIN}}}sheetData")
    row = _placed(data, f"{{{MAIN}}}row", number, int(number), lambda one: int(one.get("r", "0")))
    return _placed(
        row, f"{{{MAIN}}}c", name, column(letters), lambda one: column(one.get("r", "A1").rstrip("0123456789"))
    )


def _placed(holder: Any, tag: str, name: str, at: int, place: Any) -> Any:
    after = None
    for one in holder.findall(tag):
        if place(one) == at:
            return one
        if place(one) > at:
            after = one
            break
    made = holder.makeelement(tag, {"r": name})
    if after is None:
        holder.append(made)
    else:
        after.addprevious(made)
    return made


def column(letters: str) -> int:
    """The number of a column by its letters, from 1."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found


def _packed(book: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in book.items():
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
