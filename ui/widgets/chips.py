"""Words as chips to press in, any number of them; one stop for Tab, arrows and letters inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.controls import Button, Flow
from ui.widgets.fields import Field


class _Chip(Button):
    """One chip: Space presses it in, arrows go on, a letter goes to the next word that begins with it."""

    def __init__(self, text: str, owner: ChipsField) -> None:
        super().__init__(text.replace("&", "&&"))
        self._owner = owner
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAutoDefault(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chip that was last looked at is the one Tab comes back to."""
        super().focusInEvent(event)
        self._owner.rest_on(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves inside the field."""
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        text = event.text()
        if event.key() in (forward, Qt.Key.Key_Down):
            self._owner.go(self, 1)
        elif event.key() in (back, Qt.Key.Key_Up):
            self._owner.go(self, -1)
        elif text.strip() and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._owner.seek(self, text)
        else:
            super().keyPressEvent(event)


class ChipsField(Field):
    """Any number of a list of words. Value: the chosen ones in the list's order."""

    def __init__(self, choices: Iterable[tuple[Any, str]]) -> None:
        super().__init__()
        layout = Flow(7)
        self.setLayout(layout)
        self._chips: list[tuple[Any, _Chip]] = []
        for value, text in choices:
            made = _Chip(text, self)
            made.toggled.connect(lambda *_: self.changed.emit())
            layout.addWidget(made)
            self._chips.append((value, made))
        self.rest_on(self._chips[0][1])

    def rest_on(self, chip: _Chip) -> None:
        """Makes a chip the one stop for Tab."""
        for _value, other in self._chips:
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is chip else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(chip)

    def go(self, chip: _Chip, step: int) -> None:
        """Moves the keyboard to the chip before or after."""
        chips = self.chips()
        chips[(chips.index(chip) + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def seek(self, chip: _Chip, text: str) -> None:
        """Moves the keyboard to the next chip whose word begins with this."""
        chips = self.chips()
        at = chips.index(chip) + 1
        for other in (*chips[at:], *chips[:at]):
            if other.text().casefold().startswith(text.casefold()):
                other.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def chips(self) -> list[_Chip]:
        """The chips in order."""
        return [chip for _value, chip in self._chips]

    def value(self) -> list[Any]:
        return [value for value, chip in self._chips if chip.isChecked()]

    def set_value(self, value: Any) -> None:
        chosen: Sequence[Any] = value or ()
        for known, chip in self._chips:
            chip.setChecked(known in chosen)

    def controls(self) -> list[QWidget]:
        return [*self.chips()]

    def call(self, name: str) -> None:
        for _value, chip in self._chips:
            chip.setAccessibleName(f"{name}: {chip.text().replace('&&', '&')}")
