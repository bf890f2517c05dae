"""Before a letter leaves: is she under their control, has she her passport, is her family safe? The warnings stand
beside the answers; the choice is hers and the officer's, and it is kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import letters_given
from mrc_app.casework.letters_given_words import Choice, Known
from mrc_app.errors import Invalid
from mrc_app.i18n import _
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import button, clear
from ui.widgets.fields import SegmentField
from ui.widgets.text import Banner, label
from ui.words import choices

ANSWERS = [answer for answer in Known if answer is not Known.NOT_ASKED]


class LetterAsked(QDialog):
    """The title says nothing of what the letter is: it may be read over a shoulder."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Before a letter leaves"))
        self.setMinimumWidth(px(520))
        self.choice: Choice | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(14))
        column.addWidget(label(_("Ask her, alone. The letter can also wait."), "muted"))
        self.form = form = Form(columns=1)
        for name, question in letters_given.QUESTIONS.items():
            form.add(name, _(question), SegmentField(choices(ANSWERS)))
        form.changed.connect(self._tell)
        column.addWidget(form)
        self._warned = QVBoxLayout()
        self._warned.setSpacing(px(8))
        column.addLayout(self._warned)
        row = QHBoxLayout()
        row.addWidget(button(_("Cancel"), "quiet", on=self.reject))
        row.addStretch(1)
        self.wait = button(_("The letter waits"), on=lambda: self._choose(Choice.WAITS))
        self.go = button(_("The letter goes"), "main", on=lambda: self._choose(Choice.GOES))
        row.addWidget(self.wait)
        row.addWidget(self.go)
        column.addLayout(row)
        self._tell()

    def answers(self) -> dict[str, Known]:
        """What was answered so far."""
        said = self.form.values(*letters_given.QUESTIONS)
        return {name: Known(answer) if answer else Known.NOT_ASKED for name, answer in said.items()}

    def _tell(self) -> None:
        clear(self._warned)
        for problem in letters_given.warnings(**self.answers()):
            self._warned.addWidget(Banner(_(problem.message)))

    def _choose(self, choice: Choice) -> None:
        def act() -> bool:
            unasked = letters_given.unanswered(**self.answers())
            if unasked:
                raise Invalid(**dict.fromkeys(unasked, _("Ask this first.")))
            return True

        if self.form.submit(act):
            self.choice = choice
            self.accept()


def ask(parent: QWidget) -> dict[str, Any] | None:
    """Asks; the answers and the choice, or None when it was given up."""
    asked = LetterAsked(parent)
    return {**asked.answers(), "choice": asked.choice} if asked.exec() else None
