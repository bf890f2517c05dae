"""The first screen of a case: is she in danger now, who is in the room, is it safe to talk; and what to do first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mrc_app.i18n import _
from ui.desk import Desk
from ui.look import px
from ui.panels.grievance_asked import SAFE_ACTIONS, danger_form
from ui.widgets.controls import Flow, button
from ui.widgets.text import Banner, label


class DangerScreen(QFrame):
    """The three questions alone on the screen. ``answered`` carries the answers."""

    answered = Signal(object)

    def __init__(self, desk: Desk, words: str, cancel: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(22))
        column.setSpacing(px(14))
        column.addWidget(label(_("First of all"), "question"))
        self.form = danger_form()
        column.addWidget(self.form)
        self.first_aid = QFrame()
        self.first_aid.setProperty("banner", "red")
        told = QVBoxLayout(self.first_aid)
        told.setContentsMargins(px(14), px(12), px(14), px(12))
        for sentence in SAFE_ACTIONS:
            told.addWidget(label(_(sentence)))
        self.first_aid.hide()
        column.addWidget(self.first_aid)
        self.whisper = Banner("", "amber")
        column.addWidget(self.whisper)
        foot = Flow(8)
        self.ok = button(words, "main", on=self.go)
        foot.addWidget(self.ok)
        self.help = button(_("Whom to call"), "", "phone", partial(desk.window.show_page, "services"))
        foot.addWidget(self.help)
        foot.addWidget(button(_("Hide"), "", "calculator", desk.window.hide_all))
        if cancel is not None:
            foot.addWidget(button(_("Cancel"), "quiet", on=cancel))
        column.addLayout(foot)
        self.form.changed.connect(self._look)

    def _look(self) -> None:
        said = self.form.values()
        self.first_aid.setVisible(said["danger"] == "yes")
        unsafe = said["safe_to_talk"] == "no"
        self.whisper.say(_("Stop here. Agree on a safe day and way to talk.") if unsafe else "")

    def go(self) -> None:
        """Hands the answers on."""
        answers: dict[str, Any] = {name: value or "" for name, value in self.form.values().items()}
        self.answered.emit(answers)

    def first(self) -> Any:
        """Where the keyboard begins."""
        return self.form["danger"].controls()[0]
