"""A row of tabs with names; arrows move along it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.controls import Button, Flow, button


class Tabs(QWidget):
    """Tabs by name; ``turn`` is told which one was pressed."""

    def __init__(self, names: Mapping[str, str], turn: Callable[[str], None]) -> None:
        super().__init__()
        row = Flow(14)
        self.setLayout(row)
        self.buttons: dict[str, Button] = {}
        self._names = dict(names)
        for name, text in names.items():
            made = button(text, "tab", on=partial(turn, name))
            made.setCheckable(True)
            row.addWidget(made)
            self.buttons[name] = made

    def mark(self, tab: str) -> None:
        """Shows which tab is open."""
        for name, made in self.buttons.items():
            made.setChecked(name == tab)

    def count(self, tab: str, number: int) -> None:
        """Shows beside the name how many wait there; nothing for none."""
        text = f"{self._names[tab]} ({number})" if number else self._names[tab]
        self.buttons[tab].setText(text.replace("&", "&&"))
        self.buttons[tab].setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move to the next tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = (event.key() == Qt.Key.Key_Right) != self.isRightToLeft()
            self.focusNextPrevChild(forward)
            return
        super().keyPressEvent(event)
