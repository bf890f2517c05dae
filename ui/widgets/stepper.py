"""The steps of a longer piece of work, painted as a line of numbered rings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mrc_app.i18n import _
from ui.look import colour, px


class Stepper(QWidget):
    """Where one stands in a row of named steps; read aloud as "Step 2 of 4: You"."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names, self._at = list(names), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go(0)

    def go(self, step: int) -> None:
        """Stands at a step (from 0)."""
        self._at = step
        words = _("Step {n} of {all}: {name}", n=step + 1, all=len(self._names), name=self._names[step])
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """A ring and a line of words."""
        return QSize(px(90) * len(self._names), px(58))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rings in the direction of the language."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._names)
        radius, y = px(13), px(16)
        for number, name in enumerate(self._names):
            place = len(self._names) - 1 - number if self.isRightToLeft() else number
            centre = QPointF(width * (place + 0.5), y)
            if number:
                side = 1 if self.isRightToLeft() else -1
                painter.setPen(QPen(colour("accent" if number <= self._at else "line"), 2))
                start = QPointF(centre.x() + side * (radius + px(6)), y)
                painter.drawLine(start, QPointF(centre.x() + side * (width - radius - px(6)), y))
            self._ring(painter, centre, radius, number)
            self._word(painter, QRectF(width * place, y + radius + px(6), width, px(24)), name, number)

    def _ring(self, painter: QPainter, centre: QPointF, radius: int, number: int) -> None:
        done, here = number < self._at, number == self._at
        painter.setPen(QPen(colour("accent" if done or here else "edge"), 2))
        painter.setBrush(colour("accent" if done else "card"))
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(colour("on_accent" if done else "accent" if here else "muted"))
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(px(13))
        painter.setFont(font)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _word(self, painter: QPainter, box: QRectF, name: str, number: int) -> None:
        font = QFont(self.font())
        font.setBold(number == self._at)
        font.setPixelSize(px(13))
        painter.setFont(font)
        painter.setPen(colour("text" if number == self._at else "muted"))
        line = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()) - px(8))
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, line)
