"""A drawing as plain marks: rectangles, lines, shapes and words, the same for paper and for the screen.

Lengths are in units of its own, from the top left corner down; whoever draws it chooses how long a unit is. It is laid
out once from left to right and turned round as a whole for a language that is read the other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

LEFT, MIDDLE, RIGHT = "left", "middle", "right"
_TURNED = {LEFT: RIGHT, MIDDLE: MIDDLE, RIGHT: LEFT}
DARK, LIGHT, STRIPED, PALE = "dark", "light", "striped", "pale"
"""How a bar is filled. They are told apart without colour: full, outlined, striped, and a quiet ground."""
DISC, SQUARE = "disc", "square"


@dataclass(frozen=True)
class Bar:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str = DARK


@dataclass(frozen=True)
class Stroke:
    """A straight line; ``strong`` ones are part of the figure, the others of its scale."""

    x: float
    y: float
    to_x: float
    to_y: float
    strong: bool = False


@dataclass(frozen=True)
class Dot:
    """A small mark about a point: an open disc or a full square."""

    x: float
    y: float
    shape: str = DISC
    size: float = 5.0


@dataclass(frozen=True)
class Words:
    """One line of words in a box, shortened where it is too long. ``soft`` words belong to the scale."""

    x: float
    y: float
    width: float
    text: str
    align: str = LEFT
    soft: bool = False
    size: float = 12.0

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.size * 1.5


Mark = Bar | Stroke | Dot | Words


@dataclass(frozen=True)
class Picture:
    """Marks on a ground of some width and height."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def turned(self) -> Picture:
        """The picture for a language that is read from right to left: what stood left stands right."""
        return replace(self, marks=tuple(_turned(one, self.width) for one in self.marks))


def _turned(one: Mark, width: float) -> Mark:
    if isinstance(one, Bar):
        return replace(one, x=width - one.x - one.width)
    if isinstance(one, Stroke):
        return replace(one, x=width - one.x, to_x=width - one.to_x)
    if isinstance(one, Dot):
        return replace(one, x=width - one.x)
    return replace(one, x=width - one.x - one.width, align=_TURNED[one.align])


def stripes(bar: Bar, gap: float = 5.0) -> Sequence[Stroke]:
    """The slanted lines that fill a striped bar."""
    found = []
    at = gap
    while at < bar.width + bar.height:
        x, y = min(at, bar.width), max(0.0, at - bar.width)
        to_x, to_y = max(0.0, at - bar.height), min(at, bar.height)
        found.append(Stroke(bar.x + x, bar.y + y, bar.x + to_x, bar.y + to_y, True))
        at += gap
    return found
