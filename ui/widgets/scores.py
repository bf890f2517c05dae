"""Scores over time as a small chart, in the direction of the language; its words are read out, its figures stand
in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mrc_app.casework import instruments
from mrc_app.i18n import _, ltr
from ui.look import colour, px
from ui.widgets.dates import screen_date

TINTS = ("accent", "blue", "violet", "amber", "red")
MARKS = ("disc", "square", "diamond", "disc", "square")


class Line(NamedTuple):
    """One line: its name and its points, a day with a score from 0 to 1 or None."""

    name: str
    points: tuple[tuple[date, Decimal | None], ...]


class Scores(QWidget):
    """The chart. Each line has a colour and a mark of its own, so that it is told apart without colours."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Scores over time"))

    def tell(self, lines: Sequence[Line]) -> None:
        """Shows lines."""
        self._lines = list(lines)
        self.setAccessibleDescription("; ".join(spoken(one) for one in self._lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the scale, the days and the names."""
        return QSize(px(420), px(190) + px(22) * len(self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws scale, lines, marks, days and names."""
        days = sorted({day for one in self._lines for day, _score in one.points})
        if not days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(px(12))
        painter.setFont(font)
        box = QRectF(px(52), px(12), self.width() - px(104), px(136))
        self._scale(painter, box)
        self._days(painter, box, days)
        for number, one in enumerate(self._lines):
            self._line(painter, box, days, one, number)
            self._name(painter, one, number)

    def _scale(self, painter: QPainter, box: QRectF) -> None:
        rtl = self.isRightToLeft()
        for step in range(5):
            y = box.bottom() - box.height() * step / 4
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(colour("muted"))
            left = box.right() + px(8) if rtl else box.left() - px(50)
            side = Qt.AlignmentFlag.AlignLeft if rtl else Qt.AlignmentFlag.AlignRight
            place = QRectF(left, y - px(9), px(42), px(18))
            painter.drawText(
                place, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, f"{step / 4:.2f}"
            )

    def _days(self, painter: QPainter, box: QRectF, days: list[date]) -> None:
        painter.setPen(colour("muted"))
        wide = min(px(150), self.width() / len(days))
        for day in days:
            middle = self._x(box, days, day)
            left = min(max(middle - wide / 2, 0), self.width() - wide)
            place = QRectF(left, box.bottom() + px(6), wide, px(20))
            words = painter.fontMetrics().elidedText(screen_date(day), Qt.TextElideMode.ElideRight, int(wide))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _x(self, box: QRectF, days: list[date], day: date) -> float:
        part = 0.5 if len(days) == 1 else 0.08 + 0.84 * (day - days[0]).days / (days[-1] - days[0]).days
        return box.right() - box.width() * part if self.isRightToLeft() else box.left() + box.width() * part

    def _line(self, painter: QPainter, box: QRectF, days: list[date], one: Line, number: int) -> None:
        tint = colour(TINTS[number % len(TINTS)])
        points = [
            QPointF(self._x(box, days, day), box.bottom() - box.height() * float(score))
            for day, score in one.points
            if score is not None
        ]
        painter.setPen(QPen(tint, px(2)))
        for first, second in pairwise(points):
            painter.drawLine(first, second)
        for point in points:
            self._mark(painter, point, number)

    def _mark(self, painter: QPainter, point: QPointF, number: int) -> None:
        tint, size = colour(TINTS[number % len(TINTS)]), px(5)
        painter.setPen(QPen(tint, px(2)))
        painter.setBrush(colour("card"))
        kind = MARKS[number % len(MARKS)]
        if kind == "disc":
            painter.drawEllipse(point, size, size)
        elif kind == "square":
            painter.drawRect(QRectF(point.x() - size, point.y() - size, 2 * size, 2 * size))
        else:
            corners = [QPointF(0, -size - 1), QPointF(size + 1, 0), QPointF(0, size + 1), QPointF(-size - 1, 0)]
            painter.drawPolygon([point + corner for corner in corners])

    def _name(self, painter: QPainter, one: Line, number: int) -> None:
        y = px(192) + px(22) * number
        rtl = self.isRightToLeft()
        x = self.width() - px(60) if rtl else px(60)
        self._mark(painter, QPointF(x, y), number)
        painter.setPen(colour("text"))
        room = self.width() - px(140)
        left = px(68) if rtl else px(74)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        place = QRectF(left, y - px(11), room, px(22))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, one.name)


def spoken(one: Line) -> str:
    """A line in words."""
    parts = [
        _("{score} on {date}", score=ltr(instruments.shown(score)), date=screen_date(day)) if score is not None
        else _("no score on {date}", date=screen_date(day))
        for day, score in one.points
    ]  # fmt: skip
    return f"{one.name}: {', '.join(parts)}"
