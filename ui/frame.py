"""What stands inside the window: the side bar, the pages beside it, and the message line over both."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui import look
from ui.desk import Desk
from ui.page import Page
from ui.side import Side

NARROW = 1080
"""Below this width (in pixels of 100 % text) the side bar shows icons only."""


class Frame(QWidget):
    """Side bar and pages, made anew for every language, theme and size of text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.side, self.stack = Side(desk), QStackedWidget()
        row.addWidget(self.side)
        row.addWidget(self.stack, 1)
        self.side.setVisible(desk.is_open)

    def turn_to(self, page: Page, *, beside: bool) -> None:
        """Shows a page, with the side bar beside it or alone."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.side.setVisible(beside)
        self.side.mark(page.nav)

    def take_off(self, page: Page) -> None:
        """Removes a page for good."""
        self.stack.removeWidget(page)
        page.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side bar folds where the page needs the room."""
        super().resizeEvent(event)
        self.side.fold(self.width() < look.px(NARROW))
