"""Fields of a form. Each has ``value()``, ``set_value()`` and the signal ``changed``, and takes the focus whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.icons import icon
from ui.look import px
from ui.widgets.controls import Button, CalmCombo, Flow, button
from ui.widgets.text import leading


class Field(QWidget):
    """What every field of a form can do."""

    changed = Signal()

    def value(self) -> Any:
        """What is in the field; None when it is empty."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Fills the field."""
        raise NotImplementedError

    def controls(self) -> list[QWidget]:
        """The parts that take the keyboard, in order."""
        raise NotImplementedError

    def call(self, name: str) -> None:
        """Names every part for people who hear the screen."""
        for part in self.controls():
            part.setAccessibleName(name)

    def explain(self, text: str) -> None:
        """The hint or the trouble, for people who hear the screen."""
        for part in self.controls():
            part.setAccessibleDescription(text)

    def mark(self, wrong: bool) -> None:
        """Shows that this field is the one to look at again."""
        for part in self.controls():
            part.setProperty("wrong", "true" if wrong else "false")
            part.style().unpolish(part)
            part.style().polish(part)

    def _column(self, *parts: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for part in parts:
            column.addWidget(part)
        self.setFocusProxy(parts[0])


class TextField(Field):
    """One line. ``ordered`` keeps phones, numbers and passwords from left to right in every language."""

    def __init__(self, hint: str = "", *, ordered: bool = False, secret: bool = False, limit: int = 200) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(limit)
        if ordered or secret:
            self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.line.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self._column(self.line)
        self.line.textChanged.connect(lambda *_: self.changed.emit())
        if secret:
            self._make_secret()

    def _make_secret(self) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        show = self.line.addAction(icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        show.setText(_("Show or hide the password"))
        show.setToolTip(show.text())
        show.triggered.connect(self._show)
        for part in self.line.findChildren(QWidget):
            part.setAccessibleName(show.text())

    def _show(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)

    def value(self) -> str | None:
        """The text as typed (a password is not trimmed), None when nothing is there."""
        text = self.line.text()
        if self.line.echoMode() == QLineEdit.EchoMode.Normal and not self.line.actions():
            text = text.strip()
        return text or None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def controls(self) -> list[QWidget]:
        return [self.line]


class NumberField(TextField):
    """A whole number, typed. None when it is not one; the action says what is wrong with it."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint, ordered=True, limit=9)

    def value(self) -> Any:
        text = super().value()
        if text is None:
            return None
        return int(text) if text.isdecimal() else text


class _Notes(QPlainTextEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab leaves the field."""
        if event.key() == Qt.Key.Key_Tab:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Backtab:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class LongField(Field):
    """Several lines. Tab goes on to the next field."""

    def __init__(self, hint: str = "", lines: int = 3) -> None:
        super().__init__()
        self.area = _Notes()
        self.area.setPlaceholderText(hint)
        self.area.setTabChangesFocus(True)
        self.area.setMinimumHeight(px(24 * lines))
        self.area.setMaximumHeight(px(30 * lines + 20))
        self._column(self.area)
        self.area.textChanged.connect(self.changed.emit)

    def value(self) -> str | None:
        return self.area.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        self.area.setPlainText("" if value is None else str(value))

    def controls(self) -> list[QWidget]:
        return [self.area]


Choices = Iterable[tuple[Any, str]]


class ChoiceField(Field):
    """One of a short list of words. ``empty`` is the first line that means no answer; None leaves it out."""

    def __init__(self, choices: Choices, empty: str | None = "") -> None:
        super().__init__()
        self.combo = CalmCombo()
        if empty is not None:
            self.combo.addItem(empty or _("Not said"), None)
        for value, text in choices:
            self.combo.addItem(text, value)
        self._column(self.combo)
        self.combo.currentIndexChanged.connect(lambda *_: self.changed.emit())

    def set_choices(self, choices: Choices, value: Any) -> None:
        """Other words to choose from, and the one that is chosen; the first where that is not among them."""
        self.combo.blockSignals(True)
        self.combo.clear()
        for each, text in choices:
            self.combo.addItem(text, each)
        self.set_value(value)
        self.combo.blockSignals(False)

    def value(self) -> Any:
        return self.combo.currentData()

    def set_value(self, value: Any) -> None:
        for row in range(self.combo.count()):
            if self.combo.itemData(row) == value:
                self.combo.setCurrentIndex(row)
                return
        self.combo.setCurrentIndex(0)

    def controls(self) -> list[QWidget]:
        return [self.combo]


class _Choice(Button):
    moved = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move along the line of choices; Enter chooses and goes on to the next field."""
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        if event.key() in (forward, Qt.Key.Key_Down):
            self.moved.emit(1)
        elif event.key() in (back, Qt.Key.Key_Up):
            self.moved.emit(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.focusNextChild()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SegmentField(Field):
    """One of two to five words, all in sight, as large buttons. Nothing is chosen beforehand.

    ``entered`` is sent when Enter chose one.
    """

    entered = Signal()

    def __init__(self, choices: Choices, *, stacked: bool = False) -> None:
        super().__init__()
        self._buttons: list[tuple[Any, Button]] = []
        layout = QVBoxLayout(self) if stacked else Flow(8)
        if not stacked:
            self.setLayout(layout)
        else:
            layout.setSpacing(px(8))
        layout.setContentsMargins(0, 0, 0, 0)
        for value, text in choices:
            made = _Choice(text.replace("&", "&&"))
            made.setProperty("kind", "choice")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(partial(self._choose, value))
            made.moved.connect(partial(self._step, len(self._buttons)))
            made.entered.connect(self.entered)
            layout.addWidget(made)
            self._buttons.append((value, made))
        self._choose(None)

    def _step(self, at: int, by: int) -> None:
        self._buttons[(at + by) % len(self._buttons)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, value: Any, *_ignored: object) -> None:
        """Marks one; the Tab key stops at it, or at the first where none is chosen."""
        chosen = next((made for other, made in self._buttons if other == value), self._buttons[0][1])
        for other, made in self._buttons:
            made.setChecked(other == value)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if made is chosen else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(chosen)
        self.changed.emit()

    def value(self) -> Any:
        return next((value for value, made in self._buttons if made.isChecked()), None)

    def set_value(self, value: Any) -> None:
        self._choose(value)

    def controls(self) -> list[QWidget]:
        return [made for _value, made in self._buttons]

    def call(self, name: str) -> None:
        for _value, made in self._buttons:
            made.setAccessibleName(f"{name}: {made.text().replace('&&', '&')}")


class ChoicesField(Field):
    """Any number of a list of words, as ticks that flow in lines."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        layout = Flow(8)
        self.setLayout(layout)
        self._boxes: list[tuple[Any, QCheckBox]] = []
        for value, text in choices:
            box = QCheckBox(text.replace("&", "&&"))
            box.toggled.connect(lambda *_: self.changed.emit())
            layout.addWidget(box)
            self._boxes.append((value, box))
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])

    def value(self) -> list[Any]:
        return [value for value, box in self._boxes if box.isChecked()]

    def set_value(self, value: Any) -> None:
        chosen: Sequence[Any] = value or ()
        for known, box in self._boxes:
            box.setChecked(known in chosen)

    def controls(self) -> list[QWidget]:
        return [box for _value, box in self._boxes]

    def call(self, name: str) -> None:
        for _value, box in self._boxes:
            box.setAccessibleName(f"{name}: {box.text().replace('&&', '&')}")


class TickField(Field):
    """Yes or nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = QCheckBox(text.replace("&", "&&"))
        self._column(self.box)
        self.box.toggled.connect(lambda *_: self.changed.emit())

    def value(self) -> bool:
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def controls(self) -> list[QWidget]:
        return [self.box]

    def call(self, name: str) -> None:
        self.box.setAccessibleName(self.box.text().replace("&&", "&") or name)


def screen_is_mirrored() -> bool:
    """Whether the screen runs from right to left now."""
    return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


__all__ = [
    "ChoiceField", "ChoicesField", "Field", "LongField", "NumberField", "SegmentField", "TextField", "TickField",
    "button", "screen_is_mirrored",
]  # fmt: skip
