"""A short message at the foot of the window, with Undo where something can be taken back. It covers no button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from mrc_app.i18n import _
from ui.look import px
from ui.widgets.controls import button
from ui.widgets.text import label

SHOWN_MS = 5000


class Toast(QFrame):
    """The one message line of a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(10), px(8))
        self.words = label("", wrap=False)
        self.undo = button(_("Undo"), on=self._take_back)
        row.addWidget(self.words)
        row.addWidget(self.undo)
        self._back: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Shows a message for some seconds and reads it out; ``undo`` takes the thing back."""
        self._back = undo
        self.words.setText(text)
        self.undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS * (2 if undo else 1))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def hush(self) -> None:
        """Takes the message away at once, and what it could undo."""
        self._timer.stop()
        self._back = None
        self.words.setText("")
        self.setAccessibleName("")
        self.hide()

    def _take_back(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()

    def _place(self) -> None:
        self.adjustSize()
        places = self._places()
        taken = self._buttons()
        free = (place for place in places if not any(place.intersects(button) for button in taken))
        self.move(next(free, places[0]).topLeft())

    def _places(self) -> list[QRect]:
        """Where it may stand, the best first: at the foot, then higher and higher."""
        window, step = self.window(), px(24)
        foot = window.height() - self.height() - step
        middle, end = (window.width() - self.width()) // 2, window.width() - self.width() - step
        heights = range(foot, max(foot // 2, 0), -step)
        return [QRect(QPoint(left, top), self.size()) for top in heights for left in (middle, step, end)]

    def _buttons(self) -> list[QRect]:
        """Every button that is seen now, but its own."""
        window = self.window()
        found = (one for one in window.findChildren(QAbstractButton) if one.isVisible() and not self.isAncestorOf(one))
        return [QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in found]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the foot of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
