"""A group of facts on a card, read calmly and changed in place: Change turns the card into its form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.forms import Form
from ui.look import px
from ui.panels.asked import Asked
from ui.widgets.controls import button
from ui.widgets.facts import Facts
from ui.widgets.text import icon_label, label

Save = Callable[[dict[str, Any], Any], object]


def asked_form(asked: Iterable[Asked], record: Any = None) -> Form:
    """A form with these questions, filled from a record where there is one."""
    form = Form()
    for one in asked:
        if one.make is None:
            continue
        form.add(one.name, _(one.label), one.make(), hint=_(one.hint) if one.hint else "", span=one.span)
        if record is not None:
            form[one.name].set_value(one.read(record))
    form.clear_problems()
    return form


class GroupCard(QFrame):
    """A named group of facts of one record. ``save(changes, seen)`` is behind Save; only what was changed goes there.

    ``opened`` is told when its form is made, ``saved`` after the form is closed again.
    """

    saved = Signal()
    opened = Signal()

    def __init__(self, title: str, asked: Iterable[Asked], save: Save, *, note: str = "", folded: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.asked, self._save, self._folded = tuple(asked), save, folded
        self._record: Any = None
        self._seen: Any = None
        self.form: Form | None = None
        self._kept: dict[str, Any] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(18), px(12), px(18), px(16))
        self._column.setSpacing(px(8))
        self._head(title)
        self._note = label(note, "small")
        self._column.addWidget(self._note)
        self._note.setVisible(bool(note) and not folded)
        self.facts = Facts(3, 200)
        self.facts.setProperty("role", "plain")
        self.facts.grid.setContentsMargins(0, 0, 0, 0)
        self.open_points = label("", "small")
        self._column.addWidget(self.facts)
        self._column.addWidget(self.open_points)
        self._set_folded(folded)

    def _head(self, title: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        self.title = label(title, "heading")
        row.addWidget(self.title, 1)
        self.unfold = button(_("Show"), "quiet", "chevron-down", lambda: self._set_folded(not self._folded))
        self.unfold.setAccessibleName(_("Show or hide: {group}", group=title))
        row.addWidget(self.unfold)
        self.change = button(_("Change"), "quiet", "pencil", self.edit)
        self.change.setAccessibleName(_("Change: {group}", group=title))
        row.addWidget(self.change)
        self._column.addLayout(row)
        self.unfold.setVisible(self._folded)

    def _set_folded(self, folded: bool) -> None:
        self._folded = folded
        self.unfold.setText(_("Show") if folded else _("Hide"))
        self._tell()

    def show_record(self, record: Any, seen: Any) -> None:
        """Shows a record; a form that is open keeps what it began with."""
        if self.form is None:
            self._record, self._seen = record, seen
            self._tell()

    def _tell(self) -> None:
        reading = self.form is None
        told = [(one, one.tell(self._record)) for one in self.asked] if self._record is not None else []
        empty = [_(one.label) for one, words in told if not words and one.make is not None]
        self.facts.tell(((_(one.label), words) for one, words in told if words), "")
        self.facts.setVisible(reading and not self._folded and any(words for _one, words in told))
        self.open_points.setText(_("Not asked yet: {list}", list=" · ".join(empty)) if empty else "")
        self.open_points.setVisible(reading and not self._folded and bool(empty))
        self.change.setVisible(reading and not self._folded)

    def edit(self, field: str = "") -> None:
        """Turns the card into its form, at a field."""
        if self.form is None:
            self._folded = False
            self.form = asked_form(self.asked, self._record)
            self._kept = self.form.values()
            self.form.submitted.connect(self.save)
            self.opened.emit()
            self._column.addWidget(self.form)
            self._column.addLayout(self._foot())
            self._tell()
        first = next(one.name for one in self.asked if one.make is not None)
        target = self.form[field if field in self.form else first]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> QLayout:
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, px(6), 0, 0)
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.keep = button(_("Save"), "main", on=self.save)
        row.addWidget(self.keep)
        holder = QVBoxLayout()
        holder.addWidget(self._buttons)
        return holder

    def changes(self) -> dict[str, Any]:
        """What was typed that differs from what stood there."""
        if self.form is None:
            return {}
        return {name: value for name, value in self.form.values().items() if value != self._kept[name]}

    def save(self) -> None:
        """Keeps what was changed; what is refused is said under its field."""
        if self.form is None:
            return
        changes = self.changes()
        if changes and self.form.submit(lambda: (self._save(changes, self._seen), True)) is None:
            return
        self.close_form()
        self.saved.emit()

    def close_form(self) -> None:
        """Shows the facts again; what was typed and not saved is given up."""
        if self.form is None:
            return
        form, self.form = self.form, None
        for part in (form, self._buttons):
            part.setParent(None)
            part.deleteLater()
        self._tell()
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up, Ctrl+S keeps."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.form is not None and event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif self.form is not None and event.key() == Qt.Key.Key_S and control:
            self.save()
        else:
            super().keyPressEvent(event)


def heading_row(icon: str, text: str, *actions: QWidget) -> QWidget:
    """A heading with an icon before it and actions at its end."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(10))
    row.addWidget(icon_label(icon, "accent", 20))
    row.addWidget(label(text, "heading"), 1)
    for action in actions:
        row.addWidget(action)
    return made
