"""What a tab of the client page is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.look import px


class Panel(QWidget):
    """A tab of the client page. ``load`` shows a client; ``shows`` names the kinds of record on it.

    ``same_person`` is sent with the uuid of another client who may be this one.
    """

    shows: ClassVar[frozenset[str]] = frozenset()
    same_person = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.client = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))

    def load(self, client: str) -> None:
        """Shows this client (her uuid)."""
        self.client = client
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is shown."""
