"""A wall poster: one section in large type with its pictograms, and the numbers that were confirmed here.

It belongs to nobody: lines with room for somebody's own particulars, and lines of which something is not known here,
do not stand on it.
"""

from __future__ import annotations

from dataclasses import replace

from mrc_app.errors import Invalid, Problem
from mrc_app.guides.card import numbers
from mrc_app.guides.contacts import vcard
from mrc_app.guides.content import SectionRule
from mrc_app.guides.kinds import Kind, kind_of
from mrc_app.guides.layout import NUMBERS, Layout
from mrc_app.guides.lines import Particulars
from mrc_app.guides.text_model import Said, Section, TextModel
from mrc_app.guides.values import BLANK
from mrc_app.i18n import N_, isolate, ltr
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.setting import Paper

SIZES = tuple(float(size) for size in range(46, 15, -1))
"""Sizes of the type, the largest first; a poster takes the largest with which it is one sheet."""
MOST_NUMBERS = 3
FEWEST_LINES = 3


def paper(body: float) -> Paper:
    """A sheet of A3 with type of a size."""
    return Paper(297, 420, 22, 20, 13, body, body * 0.55, body / 14, smallest=11.0, note=max(13.0, body * 0.55))


def for_a_wall(rule: SectionRule, guide: str) -> bool:
    """Whether enough of a section is for everybody."""
    kind = kind_of(guide)
    if rule.id in {kind.cover, kind.card, kind.blank}:
        return False
    common = [line for line in rule.lines if line.flag != "P" and line.kind in ("line", "tick")]
    return len(common) >= FEWEST_LINES


def on_a_wall(model: TextModel, kind: Kind) -> TextModel:
    """The section as it stands on a wall. Raises Invalid for one that is somebody's own."""
    section = model.sections[0]
    lines = tuple(replace(line, source="", kind="line") for line in section.lines if _common(line))
    own = section.id in {kind.cover, kind.card, kind.blank}
    if own or len(lines) < FEWEST_LINES:
        said = N_("The section {section} has too little that is for everybody: choose another for the wall.")
        raise Invalid(section=Problem(said, {"section": section.id}))
    return replace(model, sections=(Section(section.id, section.title, lines),), sources=())


def blocks(model: TextModel, layout: Layout) -> list[b.Block]:
    """The poster as blocks."""
    section = model.sections[0]
    made = [layout.heading(section.title, 1), *layout.lines(section.lines)]
    return [*made, *_numbers(layout.of)]


def _common(line: Said) -> bool:
    own = line.flag == "P" or line.missing or bool(line.unknown) or bool(line.cells) or BLANK in line.text
    return not own and line.id not in NUMBERS and line.id != "D16.2" and line.kind in ("line", "tick")


def _numbers(of: Particulars) -> list[b.Block]:
    """The centre's number first, then others: in large type, the day of the check in small."""
    found = sorted(numbers(of), key=lambda each: "centre" not in each[0].roles)[:MOST_NUMBERS]
    made: list[b.Block] = [b.Fact(isolate(one.name), ltr(one.number), note) for one, note in found]
    centre = next((one for one, _note in found if "centre" in one.roles), None)
    if centre is not None:
        scan = of.words.find("X.scan")
        made += [b.Code(vcard(centre.number), scan.text, 30, scan.language), b.Note(scan.text, scan.language)]
    return [b.Together(made)] if made else []
