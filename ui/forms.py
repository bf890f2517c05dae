"""Forms whose fields are named after the keywords of the action behind OK.

Trouble is said under its field; nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import _
from ui.look import px
from ui.widgets.fields import Field
from ui.widgets.text import Banner, label

Made = TypeVar("Made")


class _Row(QWidget):
    """A field with its label above it, its hint below it, and room for one sentence of trouble."""

    def __init__(self, name: str, text: str, field: Field, hint: str, optional: bool) -> None:
        super().__init__()
        self.field, self.name, self._hint = field, name, hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(5))
        self.label = label(_("{label} (optional)").format(label=text) if optional and text else text, "label")
        self.label.setBuddy(field)
        self.hint = label(hint, "small")
        for part, words in ((self.label, text), (self.hint, hint)):
            if not words:
                part.hide()
        self.trouble = label("", "problem")
        self.trouble.hide()
        column.addWidget(self.label)
        column.addWidget(field)
        column.addWidget(self.hint)
        column.addWidget(self.trouble)
        column.addStretch(1)
        field.call(text)
        field.explain(hint)
        field.setObjectName(name)
        field.changed.connect(lambda: self.say(""))

    def say(self, text: str) -> None:
        """Puts a sentence of trouble under the field; an empty one takes it away."""
        if not text and not self.trouble.text():
            return
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        self.hint.setVisible(bool(self._hint) and not text)
        self.field.mark(bool(text))
        self.field.explain(text or self._hint)


class Form(QWidget):
    """A form of one or two columns. ``submit`` calls the action with the values and shows what it refuses."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._rows: dict[str, _Row] = {}
        self._columns = columns
        self._shown = 0
        self._spans: list[tuple[QWidget, int]] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(14))
        self.banner = Banner("", "red")
        outer.addWidget(self.banner)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(16))
        outer.addLayout(self._grid)

    def add(self, name: str, text: str, field: Field, *, hint: str = "", optional: bool = False, span: int = 1) -> Any:
        """Adds a field under the name of the action's keyword and returns it."""
        row = _Row(name, text, field, hint, optional)
        self._rows[name] = row
        self._spans.append((row, span))
        field.changed.connect(self.changed.emit)
        for part in field.controls():
            if isinstance(part, QLineEdit):
                part.installEventFilter(self)
        self._shown = 0
        self._lay()
        return field

    def add_part(self, part: QWidget) -> None:
        """Adds something that is no field, over the whole width."""
        self._spans.append((part, self._columns))
        self._shown = 0
        self._lay()

    def show_row(self, name: str, shown: bool) -> None:
        """Shows or hides a field with its label."""
        self._rows[name].setVisible(shown)

    def __getitem__(self, name: str) -> Field:
        return self._rows[name].field

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def values(self, *names: str) -> dict[str, Any]:
        """The values by keyword: all of them, or those named."""
        return {name: self._rows[name].field.value() for name in (names or self._rows)}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Puts values into the fields that know them."""
        for name, value in values.items():
            if name in self._rows:
                self._rows[name].field.set_value(value)

    def submit(self, action: Callable[[], Made]) -> Made | None:
        """Calls the action. What it refuses is shown; the answer is None then and everything typed stays."""
        self.clear_problems()
        try:
            return action()
        except MrcError as trouble:
            self.show_problem(trouble)
            return None

    def show_problem(self, trouble: MrcError) -> None:
        """Each sentence under its field; what belongs to no field here stands above the form."""
        if not isinstance(trouble, Invalid):
            self.banner.say(trouble.text(_))
            self._reveal(self.banner)
            return
        loose = [said for name, said in trouble.problems.items() if not self._say(name, said)]
        self.banner.say(" ".join(said.text(_) for said in loose))
        first = next((self._rows[name] for name in self._rows if self._rows[name].trouble.text()), None)
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(first)
        else:
            self._reveal(self.banner)

    def _say(self, name: str, said: Problem) -> bool:
        row = self._rows.get(name)
        if row is None or row.isHidden():
            return False
        row.say(said.text(_))
        return True

    def clear_problems(self) -> None:
        """Takes every sentence of trouble away."""
        self.banner.say("")
        for row in self._rows.values():
            row.say("")

    def trouble(self, name: str) -> str:
        """The sentence under a field now."""
        return self._rows[name].trouble.text()

    def _reveal(self, part: QWidget) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            area = above
            QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(part, 0, px(40)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line goes on to the next field; in the last one it is OK."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QLineEdit):
                shown = [row.field for row in self._rows.values() if row.isVisible()]
                if watched in shown[-1].controls()[-1:]:
                    self.submitted.emit()
                else:
                    self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        columns = self._columns if self.width() >= px(300) * self._columns or not self.isVisible() else 1
        if columns == self._shown:
            return
        self._shown = columns
        row = column = 0
        for part, span in self._spans:
            wide = min(span, columns)
            if column + wide > columns:
                row, column = row + 1, 0
            self._grid.addWidget(part, row, column, 1, wide)
            column += wide
        for number in range(self._columns):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
