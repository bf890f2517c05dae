"""What a panel is: one tab of the client page."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.look import px


class Panel(QWidget):
    """A tab of the client page. ``shows`` names the kinds of record on it; ``client`` is the uuid it is about."""

    shows: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, client: str) -> None:
        super().__init__()
        self.desk, self.client = desk, client
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(14))

    def refresh(self) -> None:
        """Reads again what the panel shows; a form that is being filled stays as it is."""

    def open(self, field: str) -> bool:
        """Opens the form with this field and puts the keyboard there. False when the panel does not know the field."""
        return False

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None
