"""What a guide consists of: sections and lines as data, checked against the English catalogue.

The words are not here. A line is an id, a flag (``U`` true everywhere, ``C`` from the country pack, ``P`` from the
person's record), conditions, and a pictogram; its words stand in the ``guides`` catalogues under the same id.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Catalog
from mrc_app.places import RESOURCES

FOLDER = RESOURCES / "guides"
PICTOGRAMS = RESOURCES / "pictograms" / "svg"
VERSION = "2026-11-22"
"""The day the lines were last changed; printed on the last page."""
KINDS = {"line", "tick", "columns", "service", "service_papers", "table", "blank", "repeated", "subheading"}
FLAGS = {"U", "C", "P"}


@dataclass(frozen=True)
class LineRule:
    """One line: where its values come from, when it is printed, and how it is set."""

    id: str
    flag: str
    evidence: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    icon: str | None = None
    kind: str = "line"
    write_in: bool = False
    optional: bool = False


@dataclass(frozen=True)
class SectionRule:
    """A section: its id (``D6``), its pictogram and its lines in order."""

    id: str
    icon: str
    lines: tuple[LineRule, ...]


@dataclass(frozen=True)
class Danger:
    """Advice that must never be printed, and why. What is said instead stands in the catalogue under the same id."""

    id: str
    never: str
    why: str


@lru_cache(maxsize=8)
def sections(guide: str) -> tuple[SectionRule, ...]:
    """The sections of a guide (``departure`` or ``return``). Raises MrcError when the data is not sound."""
    read = tomllib.loads((FOLDER / f"{guide}.toml").read_text("utf-8"))
    found = tuple(_section(row) for row in read["section"])
    english = Catalog.load("en", "guides")
    for section in found:
        for wanted in (f"{section.id}.title", *(line.id for line in section.lines)):
            if english.find(wanted) is None:
                raise MrcError(N_("The guide names a line “{line}” that has no English text."), line=wanted)
    return found


@lru_cache(maxsize=1)
def dangers() -> tuple[Danger, ...]:
    """The rows Z1 to Z26 of dangerous advice."""
    read = tomllib.loads((FOLDER / "danger.toml").read_text("utf-8"))
    return tuple(Danger(row["id"], row["never"], row["why"]) for row in read["danger"])


def chosen(guide: str, leave_out: frozenset[str]) -> tuple[SectionRule, ...]:
    """The sections of a guide without those left out. Raises Invalid for a section the guide does not have."""
    known = {section.id for section in sections(guide)}
    for wanted in sorted(leave_out - known):
        raise Invalid(leave_out=Problem(N_("This guide has no section “{section}”."), {"section": wanted}))
    return tuple(section for section in sections(guide) if section.id not in leave_out)


def _section(row: dict[str, Any]) -> SectionRule:
    lines = tuple(_line(each) for each in row["line"])
    return SectionRule(row["id"], _pictogram(row["icon"]), lines)


def _line(row: dict[str, Any]) -> LineRule:
    rule = LineRule(
        id=row["id"],
        flag=row["flag"],
        evidence=tuple(row.get("evidence", ())),
        when=tuple(row.get("when", ())),
        icon=_pictogram(row["icon"]) if "icon" in row else None,
        kind=row.get("kind", "line"),
        write_in=row.get("write_in", False),
        optional=row.get("optional", False),
    )
    if rule.flag not in FLAGS or rule.kind not in KINDS:
        raise MrcError(N_("The line “{line}” of the guide is not well formed."), line=rule.id)
    return rule


def _pictogram(name: str) -> str:
    if not (PICTOGRAMS / f"{name}.svg").is_file():
        raise MrcError(N_("There is no pictogram “{name}”."), name=name)
    return name
