"""What a page is: it shows kinds of record, is refreshed when they change, can be taken down and put up again."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.look import px
from ui.widgets.controls import Button
from ui.widgets.text import Elided, label


class Page(QWidget):
    """A page of the window. ``shows``: the kinds of record on it; ``nav``: the entry of the side bar it belongs to."""

    shows: ClassVar[frozenset[str]] = frozenset()
    nav: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.id = ""
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def load(self, id: str) -> None:
        """Shows the thing with this identity; empty for a page that needs none."""
        self.id = id
        self.refresh()

    def refresh(self) -> None:
        """Reads again what the page shows."""

    def leave(self) -> None:
        """Called before another page is shown."""

    def kept(self) -> dict[str, Any]:
        """What was typed and is not yet kept, so that a change of language loses nothing."""
        return {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts back what ``kept`` told."""

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None


class Heading(QWidget):
    """The head of a page: its title, a line below it, and what can be done at the other end."""

    def __init__(self, title: str, below: str = "", *actions: Button) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.title = Elided(title, "title")
        self.below = label(below, "muted")
        if not below:
            self.below.hide()
        words.addWidget(self.title)
        words.addWidget(self.below)
        row.addLayout(words, 1)
        for action in actions:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, title: str, below: str = "") -> None:
        """Other words."""
        self.title.setText(title)
        self.below.setText(below)
        self.below.setVisible(bool(below))
