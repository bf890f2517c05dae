"""What a page is made of: plain descriptions of blocks, without sizes or fonts.

Whoever writes a guide speaks only in these; ``compose`` sets them on paper. ``lang`` is a BCP 47 code and
None means the document's; ``mark`` is a short visible note printed small after the text, such as
"not translated yet", in the document's language. ``icon`` is a name from resources/pictograms/svg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mrc_app.typesetting.marks import Picture


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; it opens an entry in the outline and stays with what follows. ``second`` is the same
    in another language, under it."""

    text: str
    level: int = 1
    icon: str | None = None
    lang: str | None = None
    mark: str | None = None
    second: Cell | None = None


@dataclass(frozen=True)
class Line:
    """One sentence on its own: with a pictogram, a tick box or a bullet at its start when asked.

    ``inset`` sets it where the words beside a pictogram stand, so that a page has one edge.
    """

    text: str
    icon: str | None = None
    tick: bool = False
    strong: bool = False
    small: bool = False
    lang: str | None = None
    mark: str | None = None
    bullet: bool = False
    inset: bool = False


@dataclass(frozen=True)
class Note:
    """Small text; ``inset`` as for a Line."""

    text: str
    lang: str | None = None
    mark: str | None = None
    inset: bool = False


@dataclass(frozen=True)
class Fact:
    """A label, its value, and where the value comes from in small."""

    label: str
    value: str
    source: str = ""
    lang: str | None = None
    mark: str | None = None


@dataclass(frozen=True)
class Cell:
    """One cell of a table that needs more than its text."""

    text: str
    lang: str | None = None
    mark: str | None = None
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the header when ``header`` is true and is repeated on every page.

    ``widths`` are shares of the page's width, one per column; None lets the content decide. A form to be filled in by
    hand has rows at least ``row_mm`` high and is ``ruled``: lines between its columns too. ``tight`` rows stand closer,
    in slightly smaller type, where many must fit on few pages.
    """

    rows: Sequence[Sequence[str | Cell]]
    header: bool = True
    widths: Sequence[float] | None = None
    lang: str | None = None
    mark: str | None = None
    row_mm: float = 0.0
    ruled: bool = False
    tight: bool = False


@dataclass(frozen=True)
class Pair:
    """One line in two languages side by side, with a pictogram or a tick box at its start when asked."""

    first: Cell
    second: Cell
    icon: str | None = None
    tick: bool = False


@dataclass(frozen=True)
class Figure:
    """A pictogram on its own, ``width_mm`` wide (never under 8), with words for those who cannot see it."""

    icon: str
    alt: str
    width_mm: float = 20.0
    lang: str | None = None


@dataclass(frozen=True)
class Code:
    """A QR code of ``data``, ``width_mm`` wide, with words for those who cannot see it."""

    data: str
    alt: str
    width_mm: float = 22.0
    lang: str | None = None


@dataclass(frozen=True)
class Chart:
    """A drawing, with the words that stand for it to those who cannot see it, and its table beside it.

    ``share``: the part of the page's width that the drawing takes; at 1 the table stands below it.
    """

    picture: Picture
    alt: str
    table: Table
    share: float = 0.56


@dataclass(frozen=True)
class WriteIn:
    """A label and blank lines to write on."""

    label: str
    lines: int = 1
    lang: str | None = None
    mark: str | None = None


@dataclass(frozen=True)
class CutOut:
    """A dashed frame to be cut out, kept on one page."""

    blocks: Sequence[Block]
    label: str = ""
    lang: str | None = None
    mark: str | None = None


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page."""

    blocks: Sequence[Block]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class Space:
    """Empty height in millimetres."""

    mm: float


Block = (
    Heading
    | Line
    | Note
    | Fact
    | Table
    | Pair
    | Figure
    | Code
    | Chart
    | WriteIn
    | CutOut
    | Together
    | PageBreak
    | Space
)
