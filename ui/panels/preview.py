"""The pages of a guide before they are printed: drawn from memory, page by page, never through a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mrc_app.i18n import _, ltr
from ui.desk import Desk
from ui.look import colour, px
from ui.widgets.controls import button
from ui.widgets.text import label

_ONE_AT_A_TIME = threading.Lock()
"""The page renderer knows one thread at a time."""
PRINT_DPI = 300


class Pages:
    """The pages of a PDF in memory."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        import pypdfium2

        with _ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(pdf)
            self.sizes = [document.get_page_size(number) for number in range(len(document))]
            document.close()

    def __len__(self) -> int:
        return len(self.sizes)

    def draw(self, number: int, scale: float) -> QImage:
        """A page (from 0) as a picture; ``scale`` is pixels for each point."""
        import pypdfium2

        with _ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(self._pdf)
            bitmap: Any = document[number].render(scale=scale, prefer_bgrx=True)
            wide, high, stride = int(bitmap.width), int(bitmap.height), int(bitmap.stride)
            picture = QImage(bytes(bitmap.buffer), wide, high, stride, QImage.Format.Format_RGB32).copy()
            document.close()
        return picture


def print_pages(pages: Pages, printer: QPrinter, step: Callable[[int, int], None]) -> None:
    """Draws every page on a printer, as large as its paper allows. ``step`` is the job's: a cancel stops the print."""
    painter = QPainter(printer)
    try:
        for number in range(len(pages)):
            step(number, len(pages))
            if number:
                printer.newPage()
            picture = pages.draw(number, PRINT_DPI / 72)
            room = printer.pageRect(QPrinter.Unit.DevicePixel)
            size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
        step(len(pages), len(pages))
    finally:
        painter.end()


class _Paper(QWidget):
    """One page on the screen, white in every theme: it is paper."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()

    def show_picture(self, picture: QPixmap) -> None:
        """Shows a page."""
        self._picture = picture
        ratio = picture.devicePixelRatio() or 1
        self.setFixedSize(round(picture.width() / ratio) + px(4), round(picture.height() / ratio) + px(4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page and a thin edge."""
        painter = QPainter(self)
        if not self._picture.isNull():
            painter.drawPixmap(px(2), px(2), self._picture)
            painter.setPen(colour("line"))
            painter.drawRect(px(1), px(1), self.width() - px(3), self.height() - px(3))


class Preview(QWidget):
    """Turns the pages: arrows, Page Up and Down, Home, End; plus and minus make them larger and smaller."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pages: Pages | None = None
        self.at, self.zoom = 0, 1.0
        self._asked = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.paper = _Paper()
        self.area.setWidget(self.paper)
        column.addWidget(self.area, 1)
        column.addLayout(self._bar())

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(2))
        self.where = label("", "muted", wrap=False)
        self.back = button("", "quiet", "chevron-left", lambda: self.turn(self.at - 1))
        self.forward = button("", "quiet", "chevron-right", lambda: self.turn(self.at + 1))
        self.smaller = button("", "quiet", "zoom-out", lambda: self.grow(1 / 1.25))
        self.larger = button("", "quiet", "zoom-in", lambda: self.grow(1.25))
        names = (_("Page before"), _("Next page"), _("Smaller"), _("Larger"))
        row.addStretch(1)
        parts = (self.back, self.forward, self.smaller, self.larger)
        for part, name in zip(parts, names, strict=True):
            part.setAccessibleName(name)
            part.setToolTip(name)
        for shown in (self.back, self.where, self.forward, self.smaller, self.larger):
            row.addWidget(shown)
        row.addStretch(1)
        return row

    def show_pages(self, pages: Pages | None) -> None:
        """Shows other pages, from the first; None shows none."""
        same = self.pages is not None and pages is not None and len(pages) == len(self.pages)
        self.pages = pages
        self.turn(self.at if same else 0)

    def turn(self, number: int) -> None:
        """Turns to a page (from 0)."""
        if self.pages is None or not len(self.pages):
            self.paper.show_picture(QPixmap())
            self.where.setText("")
            return
        self.at = max(0, min(number, len(self.pages) - 1))
        self.where.setText(ltr(f"{self.at + 1} / {len(self.pages)}"))
        words = _("Page {n} of {all}", n=self.at + 1, all=len(self.pages))
        self.where.setAccessibleName(words)
        self.setAccessibleName(words)
        self.back.setEnabled(self.at > 0)
        self.forward.setEnabled(self.at < len(self.pages) - 1)
        self._draw()

    def grow(self, by: float) -> None:
        """Makes the page larger or smaller than the room it has."""
        self.zoom = max(0.5, min(self.zoom * by, 4.0))
        self._draw()

    def _draw(self) -> None:
        if self.pages is None or self.width() < 50:
            return
        pages, at, ratio = self.pages, self.at, self.devicePixelRatioF()
        width, height = pages.sizes[at]
        room = self.area.viewport().size()
        fit = min((room.width() - px(12)) / width, (room.height() - px(12)) / height)
        scale = max(0.2, fit * self.zoom) * ratio
        self._asked += 1
        self.desk.jobs.run(lambda _step: pages.draw(at, scale), done=partial(self._drawn, self._asked))

    def _drawn(self, asked: int, picture: QImage) -> None:
        if asked == self._asked:
            pixmap = QPixmap.fromImage(picture)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.paper.show_picture(pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page fits the room."""
        super().resizeEvent(event)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turns pages and changes their size."""
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        turns = {
            forward: self.at + 1, Qt.Key.Key_PageDown: self.at + 1, back: self.at - 1, Qt.Key.Key_PageUp: self.at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.pages or ()) - 1,
        }  # fmt: skip
        if event.key() in turns:
            self.turn(turns[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.grow(1.25)
        elif event.key() == Qt.Key.Key_Minus:
            self.grow(1 / 1.25)
        else:
            super().keyPressEvent(event)
