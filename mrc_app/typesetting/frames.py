"""Frames and lines round text: the bar beside a fact, blank lines to write on, a dashed frame to cut out."""

from __future__ import annotations

from typing import Any

from mrc_app.typesetting.flow import Item, Shrunk, Stack
from mrc_app.typesetting.sheet import Laid, Sheet, line

_KAPPA = 0.5523


class Barred(Laid):
    """A body with a thin bar at the start of its lines."""

    INDENT = 9.0

    def __init__(self, body: Stack, colour: str, right_to_left: bool) -> None:
        super().__init__()
        self.body, self.colour, self.turned = body, colour, right_to_left

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = width
        self.height = self.body.wrap(width - self.INDENT, height)[1]
        return width, self.height

    def apart(self, width: float, height: float) -> list[Any]:
        """Its parts one by one, when it is higher than a page."""
        return [item.flowable for item in self.body.items]

    def draw(self) -> None:
        """Draws the bar and the body."""
        x = self.width - 1.5 if self.turned else 1.5
        self.canv.artifact(line(x, 1, x, self.height - 1, 2.0, self.colour))
        self.body.drawOn(self.canv, 0 if self.turned else self.INDENT, 0)


class BlankLines(Laid):
    """Empty lines to write on by hand."""

    PITCH = 25.0

    def __init__(self, count: int, body: float) -> None:
        super().__init__()
        self.count, self.pitch = count, max(self.PITCH, body * 2)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width, self.height = width, self.count * self.pitch + 1
        return width, self.height

    def least(self, width: float) -> float:
        """One line."""
        return self.pitch

    def split(self, width: float, height: float) -> list[Any]:
        """The lines that fit and the rest."""
        fit = int((height - 1) // self.pitch)
        if not 0 < fit < self.count:
            return []
        return [BlankLines(fit, self.pitch / 2), BlankLines(self.count - fit, self.pitch / 2)]

    def draw(self) -> None:
        """Draws the lines."""
        for number in range(self.count):
            y = 1 + number * self.pitch
            self.canv.artifact(line(0, y, self.width, y, 0.7, "0.48 0.48 0.48"))


class DashedFrame(Laid):
    """A frame to cut out, with scissors on its edge."""

    PAD = 11.0
    LEAST_SHRUNK = 0.82

    def __init__(self, body: Stack, label: Any, right_to_left: bool) -> None:
        super().__init__()
        self.turned = right_to_left
        self.inner = Stack([*([Item(label, after=5)] if label else []), *body.items])

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = width
        self.height = self.inner.wrap(width - 2 * self.PAD, height)[1] + 2 * self.PAD
        return width, self.height

    def apart(self, width: float, height: float) -> list[Any]:
        """What is in it when it is higher than a page: a little smaller in its frame, or without the frame."""
        if height >= self.LEAST_SHRUNK * self.wrap(width, height)[1]:
            return [Shrunk(self, height)]
        return [item.flowable for item in self.inner.items]

    def draw(self) -> None:
        """Draws the frame, the scissors and what is in it."""
        sheet: Sheet = self.canv
        w, h = self.width, self.height
        sheet.artifact([f"q 0.3 0.3 0.3 RG 0.9 w [4 3] 0 d 0.6 0.6 {w - 1.2:.2f} {h - 1.2:.2f} re S Q"])
        sheet.artifact(scissors(w - 26 if self.turned else 14, h - 0.6))
        self.inner.drawOn(sheet, self.PAD, self.PAD)


def _ring(x: float, y: float, r: float) -> str:
    k = r * _KAPPA
    return (
        f"{x - r:.2f} {y:.2f} m {x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c "
        f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c"
    )


def scissors(x: float, y: float) -> list[str]:
    """Small scissors on a line at height y, twelve points long from x."""
    return [
        f"q 1 1 1 rg {x - 2:.2f} {y - 4:.2f} 16 8 re f",
        f"0.2 0.2 0.2 RG 0.9 w 1 J {_ring(x + 1.8, y + 2, 1.6)} {_ring(x + 1.8, y - 2, 1.6)} S",
        f"{x + 3.2:.2f} {y + 1.3:.2f} m {x + 12:.2f} {y - 2.6:.2f} l",
        f"{x + 3.2:.2f} {y - 1.3:.2f} m {x + 12:.2f} {y + 2.6:.2f} l S Q",
    ]
