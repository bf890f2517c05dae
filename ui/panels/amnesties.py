"""Amnesties and chances to regularise as the office read them: the list, and a new one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.desk import Desk, Session
from ui.forms import Form
from ui.panels.amnesty import source_words, window_words
from ui.panels.groups import heading_row
from ui.widgets.choosers import CountryField
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import LongField, TextField
from ui.widgets.text import card, chip, label

SHOWN = 50


def window_form() -> Form:
    """A window as it stands in its source."""
    form = Form()
    form.add("country", _("In which country?"), CountryField(), span=2)
    form.add("begins_on", _("First day"), DualDateEdit(), span=2)
    form.add("ends_on", _("Last day"), DualDateEdit(), optional=True, span=2)
    form.add("source", _("Where did you read it?"), TextField(limit=120), span=2)
    form.add("checked_on", _("Checked on"), DualDateEdit(), span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


class AmnestiesCard(QWidget):
    """The latest windows first; a window is shown on the cases of those whom it may touch."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form: Form | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, column = card()
        outer.addWidget(frame)
        column.addWidget(heading_row("calendar", _("Amnesties and chances to regularise")))
        column.addWidget(label(_("Each stands on the cases of people known to be in that country."), "small"))
        self.add = button(_("Add one"), "", "plus", self.begin)
        row = Flow(8)
        row.addWidget(self.add)
        column.addLayout(row)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self._lines = QVBoxLayout()
        column.addLayout(self._lines)

    def refresh(self) -> None:
        """Reads the windows beside the screen."""

        def question(session: Session) -> list[Any]:
            from mrc_app.casework import grievance_amnesties

            return grievance_amnesties.amnesties(session)[:SHOWN]

        self.desk.ask(self, question, self._show)

    def _show(self, found: list[Any]) -> None:
        from mrc_app.casework import grievance_amnesties

        clear(self._lines)
        today = self.desk.today()
        for one in found:
            row = QWidget()
            line = Flow(8)
            row.setLayout(line)
            line.addWidget(label(window_words(one), "strong", wrap=False))
            if grievance_amnesties.is_open(one, today):
                line.addWidget(chip(_("Open today"), "green"))
            self._lines.addWidget(row)
            self._lines.addWidget(label(source_words(one, today), "small"))
        if not found:
            self._lines.addWidget(label(_("None is written down."), "small"))

    def begin(self) -> None:
        """Opens the form."""
        self.close_form()
        self.form = form = window_form()
        form.fill({"checked_on": self.desk.today()})
        form.submitted.connect(self.keep)
        self._place.addWidget(form)
        foot, holder = Flow(8), QWidget()
        holder.setLayout(foot)
        self.ok = button(_("Keep"), "main", on=self.keep)
        foot.addWidget(self.ok)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self._place.addWidget(holder)
        QTimer.singleShot(0, form, form["country"].setFocus)

    def keep(self) -> None:
        """Keeps what was typed."""
        from mrc_app.casework import grievance_amnesties

        form, by = self.form, self.desk.store.officer
        if form is None:
            return

        def change() -> bool:
            said = {name: "" if value is None else value for name, value in form.values().items()}
            self.desk.change(
                "grievance_amnesties.open_window",
                lambda session: grievance_amnesties.open_window(session, by=by, **said),
            )
            return True

        if form.submit(change) is not None:
            self.close_form()
            self.refresh()

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)
        self.add.setFocus()
