"""A part of the page of a case: a card with a heading, its lines, and one form at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.panels.grievance_asked import CaseTold
from ui.widgets.controls import Button, Flow, button, clear
from ui.widgets.fields import LongField
from ui.widgets.text import icon_label, label

Act = Callable[[Session, dict[str, Any]], object]


class CasePart(QFrame):
    """One card. ``kept`` is sent when something was changed."""

    kept = Signal()

    def __init__(self, desk: Desk, title: str, icon: str, *actions: Button) -> None:
        super().__init__()
        self.desk = desk
        self.case = ""
        self.told: CaseTold | None = None
        self.form: Form | None = None
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(icon_label(icon, "accent", 18))
        head.addWidget(label(title, "heading"), 1)
        for action in actions:
            head.addWidget(action)
        column.addLayout(head)
        self.place = QVBoxLayout()
        column.addLayout(self.place)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(px(8))
        column.addLayout(self.lines)

    def show_case(self, told: CaseTold) -> None:
        """Shows the case; a form that is open stays."""
        if told.case.uuid != self.case:
            self.close_form()
        self.told, self.case = told, told.case.uuid
        clear(self.lines)
        self.tell(told)

    def tell(self, told: CaseTold) -> None:
        """Fills the lines."""
        raise NotImplementedError

    def ask(self, form: Form, do: str, act: Act, words: str = "") -> None:
        """Opens a form; OK calls the action with what was typed."""
        self.close_form()
        self.form = form
        submit = self._submit(form, do, act)
        form.submitted.connect(submit)
        frame = QFrame()
        frame.setProperty("role", "sunken")
        body = QVBoxLayout(frame)
        body.setContentsMargins(px(14), px(14), px(14), px(14))
        body.setSpacing(px(12))
        body.addWidget(form)
        hint_words(form, lambda: self.told is not None and self.told.recognised)
        foot = Flow(8)
        self.ok = button(words or _("Keep"), "main", on=submit)
        foot.addWidget(self.ok)
        self.no = button(_("Cancel"), "quiet", on=self.close_form)
        foot.addWidget(self.no)
        body.addLayout(foot)
        self.place.addWidget(frame)
        QTimer.singleShot(0, form, lambda: _first(form))

    def _submit(self, form: Form, do: str, act: Act) -> Callable[[], None]:
        def submit() -> None:
            def change() -> bool:
                said = {name: "" if value is None else value for name, value in form.values().items()}
                self.desk.change(do, lambda session: act(session, said))
                return True

            if form.submit(change) is not None:
                self.close_form()
                self.kept.emit()

        return submit

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self.place)

    def empty(self, words: str) -> None:
        """Says that nothing is there yet."""
        self.lines.addWidget(label(words, "small"))


def _first(form: Form) -> None:
    for name in form.values():
        controls = form[name].controls()
        if controls:
            controls[0].setFocus()
            return


def hint_words(form: Form, found: Callable[[], bool]) -> None:
    """Hints at words to avoid while they are typed, under the long fields of a form; nothing is ever refused."""
    for name in form.values():
        field = form[name]
        if isinstance(field, LongField):
            hint_under(field, found)


def hint_under(field: LongField, found: Callable[[], bool]) -> None:
    """Hints at words to avoid under one long field."""
    from mrc_app.casework import grievance_wording

    told = label("", "caution")
    told.hide()
    layout = field.layout()
    if layout is not None:
        layout.addWidget(told)

    def look() -> None:
        hints = grievance_wording.hints(field.value() or "", found=found())
        told.setText("\n".join(_(one.message, word=one.word, better=one.better) for one in hints))
        told.setVisible(bool(hints))

    field.changed.connect(look)


def row_of(*parts: QWidget, stretch: int = 0) -> QWidget:
    """Widgets in a line; one of them takes the room."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(10))
    for number, part in enumerate(parts):
        row.addWidget(part, 1 if number == stretch else 0)
    return holder
