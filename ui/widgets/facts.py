"""Key facts side by side: as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.look import px
from ui.widgets.controls import clear
from ui.widgets.text import label


class Facts(QFrame):
    """A card of named values. A value that is not known says so instead of standing empty."""

    def __init__(self, columns: int = 4, narrowest: int = 150) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._most, self._narrowest = columns, narrowest
        self._cells: list[QWidget] = []
        self._now = 0
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(px(18), px(14), px(18), px(14))
        self.grid.setHorizontalSpacing(px(18))
        self.grid.setVerticalSpacing(px(12))

    def tell(self, facts: Iterable[tuple[str, str]], unknown: str) -> None:
        """Shows named values."""
        clear(self.grid)
        self._cells = [self._cell(name, value, unknown) for name, value in facts]
        self._now = 0
        self._lay()

    def _cell(self, name: str, value: str, unknown: str) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(label(name, "small"))
        column.addWidget(label(value or unknown, "strong" if value else "muted"))
        column.addStretch(1)
        cell.setAccessibleName(f"{name}: {value or unknown}")
        return cell

    def _lay(self) -> None:
        room = max(self.width() - px(36), px(self._narrowest))
        columns = max(1, min(self._most, room // px(self._narrowest), len(self._cells) or 1))
        if columns == self._now:
            return
        for number in range(max(self._now, columns)):
            self.grid.setColumnStretch(number, (3 if number == 3 else 2) if number < columns else 0)
        self._now = columns
        for number, cell in enumerate(self._cells):
            self.grid.addWidget(cell, number // columns, number % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns."""
        super().resizeEvent(event)
        self._lay()
