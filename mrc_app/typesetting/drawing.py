"""A drawing of plain marks on paper: vectors in two inks and patterns that hold when copied, words in any script.

The marks are one picture with words of its own for those who listen; the words inside it are decoration then.
"""

from __future__ import annotations

from mrc_app.typesetting.lines import Span
from mrc_app.typesetting.marks import (
    DARK,
    DISC,
    LEFT,
    MIDDLE,
    PALE,
    RIGHT,
    STRIPED,
    Bar,
    Dot,
    Picture,
    Stroke,
    Words,
    stripes,
)
from mrc_app.typesetting.paragraph import Paragraph
from mrc_app.typesetting.setting import Setting
from mrc_app.typesetting.sheet import Laid, Sheet, box, line
from mrc_app.typesetting.tags import Element

_KAPPA = 0.5523
LEAST_SHRUNK = 0.6
GRID = "0.78 0.78 0.78"


class Drawing(Laid):
    """A picture ``width`` points wide."""

    def __init__(self, picture: Picture, width: float, setting: Setting, element: Element) -> None:
        super().__init__()
        self.picture, self.setting, self.element = picture, setting, element
        self.unit = width / picture.width
        self.width, self.height = width, picture.height * self.unit
        self.turned = setting.right_to_left

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draws the figure tagged, then its words."""
        sheet: Sheet = self.canv
        out: list[str] = []
        for one in self.picture.marks:
            if isinstance(one, Bar):
                out += self._bar(one)
            elif isinstance(one, Stroke):
                out += self._stroke(one)
            elif isinstance(one, Dot):
                out += self._dot(one)
        sheet.write([sheet.tags.begin(self.element), *out, "EMC"])
        for one in self.picture.marks:
            if isinstance(one, Words) and one.text:
                self._words(sheet, one)

    def _y(self, y: float) -> float:
        return self.height - y * self.unit

    def _bar(self, one: Bar) -> list[str]:
        ink, u = self.setting.accent, self.unit
        place = (one.x * u, self._y(one.y + one.height), one.width * u, one.height * u)
        looks = {DARK: f"{ink} rg f", PALE: f"0.8 0.84 0.88 rg {ink} RG 0.6 w B"}
        made = box(*place, looks.get(one.fill, f"1 1 1 rg {ink} RG 0.7 w B"))
        if one.fill == STRIPED:
            made += [part for stroke in stripes(one) for part in self._stroke(stroke, 0.5)]
        return made

    def _stroke(self, one: Stroke, width: float = 1.2) -> list[str]:
        u = self.unit
        look = (width, self.setting.accent) if one.strong else (0.4, GRID)
        return line(one.x * u, self._y(one.y), one.to_x * u, self._y(one.to_y), *look)

    def _dot(self, one: Dot) -> list[str]:
        x, y, r, ink = one.x * self.unit, self._y(one.y), one.size * self.unit, self.setting.accent
        if one.shape != DISC:
            return box(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, f"{ink} rg f")
        k = r * _KAPPA
        ring = (
            f"{x - r:.2f} {y:.2f} m {x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
            f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c "
            f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
            f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c"
        )
        return [f"q 1 1 1 rg {ink} RG 1.1 w {ring} b Q"]

    def _words(self, sheet: Sheet, one: Words) -> None:
        room, size = one.width * self.unit, one.size * self.unit
        made = self._said(one, size)
        if made.laid.natural() > room:
            made = self._said(one, size * max(LEAST_SHRUNK, room / made.laid.natural() - 0.01))
        _width, high = made.wrap(room)
        middle = self._y(one.y + one.height / 2)
        made.drawOn(sheet, one.x * self.unit, middle - high / 2)

    def _said(self, one: Words, size: float) -> Paragraph:
        look = self.setting
        span = Span(one.text, look.lang, size, False, look.soft if one.soft else look.ink)
        made = Paragraph([span], look.lang)
        reads_left = bool(made.laid.base)
        ends = {LEFT: reads_left, RIGHT: not reads_left}
        made.align = "middle" if one.align == MIDDLE else "end" if ends[one.align] else "start"
        return made
