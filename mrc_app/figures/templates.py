"""An office's own report form: which cell of the ministry's workbook holds which figure, mapped once and kept.

A cell is written as "Sheet!B7". What goes in is written in codes, as they stand in the plain table of a report:
"A2", "A2 sex=female age=15-17", "C5 paid USD", "A5", "A1 n", "target C2", "attainment C2", "period", "centre".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.figures import templates_filling as filling
from mrc_app.figures.indicators_words import DIMENSIONS, INDICATORS
from mrc_app.figures.tables import TOTAL
from mrc_app.figures.targets import AIMS
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session

# -- Words

HEADS = ("period", "start", "end", "centre", "tier", "made_on")
"""What is told about the report itself."""
KEPT = "report_templates"
"""Where the centre keeps its mappings: name → cell → what goes in."""

# -- Rules

PLACE = re.compile(r"(.+)!([A-Z]{1,3}[1-9][0-9]{0,6})")
MOST_CELLS = 2000
Document = dict[str, Any]


def place(text: str) -> tuple[str, str]:
    """Sheet and cell of "Sheet!B7". Raises Invalid."""
    found = PLACE.fullmatch(text.strip())
    if found is None:
        raise Invalid(
            cell=Problem(N_("“{cell}” is no cell. Write sheet and cell, for example Sheet1!B7."), {"cell": text})
        )
    return found[1].strip("'"), found[2]


def checked(said: Mapping[str, Any]) -> dict[str, str]:
    """A mapping as it is kept. Raises Invalid for what is no cell or no figure."""
    if not said or len(said) > MOST_CELLS:
        raise Invalid(cells=N_("Map at least one cell, and not more than two thousand."))
    made = {}
    for cell, what in said.items():
        sheet, name = place(cell)
        made[f"{sheet}!{name}"] = _what(str(what))
    return made


def _what(text: str) -> str:
    said = " ".join(text.split())
    head, *rest = said.split(" ")
    if said in HEADS or (head in ("target", "attainment") and len(rest) >= 1 and rest[0] in AIMS):
        return said
    wrong = [one for one in rest if "=" in one and one.partition("=")[0] not in DIMENSIONS]
    if head not in INDICATORS or wrong:
        shown = Problem(N_("“{what}” is no figure of a report. Write for example: A2 sex=female."), {"what": text})
        raise Invalid(what=shown)
    return said


def value(document: Document, what: str) -> filling.Value:
    """What a cell gets from a report: a number, a text, a star where it is not told; None where the report has none."""
    if what in HEADS:
        return str(document[what])
    head, *rest = what.split(" ")
    if head in ("target", "attainment"):
        return _aim(document, head, rest)
    by = dict(one.split("=", 1) for one in rest if "=" in one)
    if by:
        return _of_table(document, head, by)
    told = {"n", "of"} & set(rest)
    wanted = [one for one in rest if one not in told]
    for one in document["figures"]:
        if one["code"] == head and [*one["part"].split(), *([one["currency"]] if one["currency"] else [])] == wanted:
            if one["hidden"]:
                return "*"
            return one[next(iter(told))] if told else _number(one)
    return None


def _number(one: Document) -> filling.Value:
    from mrc_app.figures.report_words import amount

    found = amount(one)
    return int(found) if found is not None and one["unit"] != "money" and found == found.to_integral_value() else found


def _aim(document: Document, head: str, rest: list[str]) -> filling.Value:
    sex = next((one.partition("=")[2] for one in rest[1:] if one.startswith("sex=")), "")
    for one in document["targets"]:
        if (one["indicator"], one["sex"], one["event"]) == (rest[0], sex, ""):
            return int(one["number"]) if head == "target" else one["percent"] if one["percent"] is not None else "*"
    return None


def _of_table(document: Document, code: str, by: Mapping[str, str]) -> filling.Value:
    for table in document["tables"]:
        names = [one["id"] for one in table["dimensions"]]
        if table["name"].partition(".")[0] != code or not set(by) <= set(names):
            continue
        wanted = [by.get(name, TOTAL) for name in names]
        for *key, number in table["rows"]:
            if key == wanted:
                return "*" if number is None else int(number)
        return 0
    return None


def fill(path: Path, cells: Mapping[str, str], document: Document) -> tuple[bytes, list[str]]:
    """The filled workbook, and the cells for which this report has nothing: they are emptied, so that no figure of an
    earlier period stays. Raises CannotRead."""
    book = filling.parts(path)
    values = {place(cell): value(document, what) for cell, what in cells.items()}
    missing = [f"{sheet}!{cell}" for (sheet, cell), one in values.items() if one is None]
    return filling.filled(book, values, path.name), missing


def looked_at(path: Path, cells: Mapping[str, str]) -> None:
    """Tries a mapping on a form without keeping anything. Raises CannotRead for what cannot be filled."""
    book = filling.parts(path)
    filling.filled(book, {place(cell): Decimal(0) for cell in cells}, path.name)


# -- Actions


@needs(May.EXPORT)
def keep(session: Session, name: str, cells: Mapping[str, Any]) -> dict[str, str]:
    """Keeps the mapping of a form under a name, in the place of the one before. Raises Invalid."""
    from mrc_app.casework import fields
    from mrc_app.casework.centres import the_centre

    called = fields.text("name", name)
    if not called:
        raise Invalid(name=N_("Give the form a name."))
    made, centre = checked(cells), the_centre(session)
    centre.settings = {**centre.settings, KEPT: {**centre.settings.get(KEPT, {}), called: made}}
    session.add(centre)
    session.flush()
    return made


@needs(May.EXPORT)
def forget(session: Session, name: str) -> None:
    """Takes a mapping away. Raises MrcError when there is none of that name."""
    from mrc_app.casework.centres import the_centre

    of_name(session, name)
    centre = the_centre(session)
    left = {key: cells for key, cells in centre.settings[KEPT].items() if key != name}
    centre.settings = {**centre.settings, KEPT: left}
    session.add(centre)
    session.flush()


# -- Questions


@needs(May.COUNT)
def listed(session: Session) -> dict[str, dict[str, str]]:
    """The mappings by name."""
    from mrc_app.casework.centres import the_centre

    return dict(sorted(the_centre(session).settings.get(KEPT, {}).items()))


@needs(May.COUNT)
def of_name(session: Session, name: str) -> dict[str, str]:
    """One mapping. Raises MrcError when there is none of that name."""
    found = listed(session).get(name)
    if found is None:
        raise MrcError(N_("No form is kept under the name “{name}”."), name=name)
    return found
