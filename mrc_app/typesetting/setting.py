"""Sizes and looks: papers, type, colours. Lengths in points unless the name says mm."""

from __future__ import annotations

from dataclasses import dataclass

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.typesetting.fonts import direction
from mrc_app.typesetting.pictures import MM

WIDEST_ICON_MM = 12.0


@dataclass(frozen=True)
class Paper:
    """A sheet: its size, margins, body type, picture column; ``foot_mm`` is free under the foot,
    ``gap`` scales the space between blocks, ``lead`` sets Latin lines closer than their face asks for,
    ``smallest`` and ``note`` are the sizes of marks and of notes where they do not grow with the body."""

    width_mm: float
    height_mm: float
    side_mm: float
    top_mm: float
    foot_mm: float
    body: float
    icon_mm: float
    gap: float = 1.0
    lead: float = 0.0
    smallest: float = 0.0
    note: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width_mm * MM, self.height_mm * MM

    @property
    def width(self) -> float:
        """The width of the text area in points."""
        return (self.width_mm - 2 * self.side_mm) * MM


PAPERS = {
    "a6": Paper(105, 148, 6, 6, 4.5, 12, 10, 0.45, 1.2),
    "a6-thin": Paper(105, 148, 6, 6, 4.5, 12, 10, 0.35, 1.17),
    "a5": Paper(148, 210, 13, 13, 9, 13, 13),
    "a4": Paper(210, 297, 20, 18, 13, 14, 14),
    "a4-full": Paper(210, 297, 16, 13, 9, 12, 12, 0.5),
    "a4-dense": Paper(210, 297, 15, 11, 8, 8.5, 9, 0.4, 1.2),
    "letter": Paper(210, 297, 20, 15, 10, 11, 12, 0.45),
}


@dataclass(frozen=True)
class Setting:
    """How one document is set. ``line_art`` leaves out tints and colour, so that little toner is used;
    ``phones`` are numbers to be tapped that do not begin with their country; ``own_digits`` writes numbers in
    running text in the language's digits."""

    lang: str
    paper: Paper
    line_art: bool = False
    phones: frozenset[str] = frozenset()
    own_digits: bool = False

    @property
    def right_to_left(self) -> bool:
        """Whether lines start on the right."""
        return bool(direction(self.lang))

    @property
    def ink(self) -> str:
        """The colour of body text."""
        return "0 0 0" if self.line_art else "0.09 0.11 0.13"

    @property
    def soft(self) -> str:
        """The colour of labels, sources and notes: dark enough to read when copied."""
        return "0 0 0" if self.line_art else "0.32 0.36 0.40"

    @property
    def accent(self) -> str:
        """The colour of headings and rules."""
        return "0 0 0" if self.line_art else "0.043 0.29 0.45"

    @property
    def head_look(self) -> str:
        """How the header row of a table is filled; nothing in line art."""
        return "" if self.line_art else "0.91 0.94 0.96 rg f"

    @property
    def column(self) -> float:
        """The width of the picture column with its gap."""
        return max(self.paper.icon_mm + 3, WIDEST_ICON_MM + 2) * MM

    @property
    def small(self) -> float:
        """The size of notes and labels."""
        return self.paper.note or self.paper.body * 0.8

    @property
    def tiny(self) -> float:
        """The size of sources and marks."""
        return self.paper.smallest or self.paper.body * 0.66

    def heading(self, level: int) -> float:
        """The size of a heading."""
        return self.paper.body * {1: 1.45, 2: 1.2}.get(level, 1.05)


def setting(lang: str, paper: str | Paper, line_art: bool) -> Setting:
    """The setting of a document, on a paper by its name or one described. Raises Invalid for one there is none of."""
    if isinstance(paper, Paper):
        return Setting(lang, paper, line_art)
    if paper not in PAPERS:
        raise Invalid(paper=Problem(N_("There is no paper called “{name}”."), {"name": paper}))
    return Setting(lang, PAPERS[paper], line_art)
