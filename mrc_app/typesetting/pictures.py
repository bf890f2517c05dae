"""Pictograms, tick boxes and QR codes: line art drawn as vectors."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from io import BytesIO
from typing import Any

import segno

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.places import RESOURCES
from mrc_app.typesetting.sheet import Laid, Sheet, box
from mrc_app.typesetting.tags import Element

FOLDER = RESOURCES / "pictograms"
MM = 72 / 25.4
LEAST_MM = 8.0
QUIET_MODULES = 2
INK_HEX = "#000000"


@lru_cache(maxsize=1)
def _catalogue() -> tuple[frozenset[str], dict[str, float]]:
    data = tomllib.loads((FOLDER / "pictograms.toml").read_text("utf-8"))
    least = {row["concept"]: float(row.get("min_mm", LEAST_MM)) for row in data["pictogram"]}
    return frozenset(data["mirrored"]), least


def least_mm(name: str) -> float:
    """The smallest width in millimetres at which a pictogram can be told."""
    return max(LEAST_MM, _catalogue()[1].get(name, LEAST_MM))


def mirrored(name: str) -> bool:
    """Whether a pictogram is turned round in a document written from right to left."""
    return name in _catalogue()[0]


def svg(name: str, colour: str = INK_HEX) -> str:
    """The drawing of a pictogram. Raises Invalid when there is none of that name."""
    path = FOLDER / "svg" / f"{name}.svg"
    if "/" in name or not path.is_file():
        raise Invalid(icon=Problem(N_("There is no pictogram called “{name}”."), {"name": name}))
    return path.read_text("utf-8").replace("currentColor", colour).replace(INK_HEX, colour)


@lru_cache(maxsize=256)
def _drawing(name: str) -> Any:
    from svglib.svglib import svg2rlg

    return svg2rlg(BytesIO(svg(name).encode()))


def draw_icon(sheet: Sheet, name: str, x: float, y: float, size: float, turned: bool) -> None:
    """Draws a pictogram into the square at (x, y); the drawing itself is in the file once."""
    from reportlab.graphics import renderPDF

    drawing = _drawing(name)
    form = f"icon-{name}"
    if form not in sheet.icons:
        sheet.icons.add(form)
        sheet.beginForm(form, 0, 0, drawing.width, drawing.height)
        renderPDF.draw(drawing, sheet, 0, 0)
        sheet.endForm()
    scale = size / drawing.width
    sheet.saveState()
    if turned and mirrored(name):
        sheet.transform(-scale, 0, 0, scale, x + size, y)
    else:
        sheet.transform(scale, 0, 0, scale, x, y)
    sheet.doForm(form)
    sheet.restoreState()


class Pictogram(Laid):
    """A pictogram ``size`` points wide; decoration unless it has an element of its own."""

    def __init__(self, name: str, size: float, turned: bool, element: Element | None = None) -> None:
        super().__init__()
        svg(name)
        self.name, self.size, self.turned, self.element = name, size, turned, element

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = self.height = self.size
        return self.size, self.size

    def draw(self) -> None:
        """Draws it, tagged."""
        self.canv.write([self.canv.tags.begin(self.element)])
        draw_icon(self.canv, self.name, 0, 0, self.size, self.turned)
        self.canv.write(["EMC"])


class TickBox(Laid):
    """An empty box to tick."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self.size = size

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = self.height = self.size
        return self.size, self.size

    def draw(self) -> None:
        """Draws the box."""
        self.canv.artifact(box(0.6, 0.6, self.size - 1.2, self.size - 1.2, "0.2 0.2 0.2 RG 1.1 w S"))


class Bullet(Laid):
    """The dot before an item of a list."""

    def __init__(self, body: float, colour: str) -> None:
        super().__init__()
        self.size, self.colour = body * 0.3, colour

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = self.height = self.size
        return self.size, self.size

    def draw(self) -> None:
        """Draws the dot: a short thick line with round ends."""
        half = self.size / 2
        self.canv.artifact(
            [f"q {self.colour} RG 1 J {self.size:.2f} w {half:.2f} {half:.2f} m {half:.2f} {half:.2f} l S Q"]
        )


class QrCode(Laid):
    """A QR code ``size`` points wide with its quiet edge: black rectangles, merged row by row, in one path."""

    def __init__(self, data: str, size: float, element: Element | None = None) -> None:
        super().__init__()
        self.matrix = [bytes(row) for row in segno.make(data, error="m", micro=False).matrix]
        self.size, self.element = size, element

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = self.height = self.size
        return self.size, self.size

    def draw(self) -> None:
        """Draws the code, tagged."""
        count = len(self.matrix)
        unit = self.size / (count + 2 * QUIET_MODULES)
        out = [self.canv.tags.begin(self.element), "0 0 0 rg"]
        for row, bits in enumerate(self.matrix):
            y = self.size - (row + 1 + QUIET_MODULES) * unit
            for first, last in _dark(bits):
                x = (first + QUIET_MODULES) * unit
                out.append(f"{x:.3f} {y:.3f} {(last - first) * unit:.3f} {unit:.3f} re")
        self.canv.write([*out, "f", "EMC"])


def _dark(bits: bytes) -> list[tuple[int, int]]:
    """Stretches [first, last) of dark modules in a row."""
    found, start = [], None
    for i, bit in enumerate([*bits, 0]):
        if bit and start is None:
            start = i
        elif not bit and start is not None:
            found.append((start, i))
            start = None
    return found
