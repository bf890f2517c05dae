"""The lock screen: a PIN, or the password. It shows nothing of anybody: no name, no centre, no file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Page
from ui.settings import settings_path
from ui.widgets.controls import Scroll, button
from ui.widgets.fields import TextField
from ui.widgets.text import card, icon_label, label


class LockedPage(Page):
    """The desk stands still until somebody types the PIN."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=18, widest=380)
        outer.addWidget(scroll)
        scroll.body.addSpacing(px(80))
        frame, body = card(margin=28, spacing=16)
        scroll.body.addWidget(frame)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(icon_label("lock", "accent", 26), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(_("The desk is locked"), "heading"), 1)
        body.addLayout(row)
        body.addWidget(label(_("What was typed is kept inside the encrypted file."), "small"))
        self.form = Form(columns=1)
        self.form.add("pin", _("PIN"), TextField(secret=True, limit=8))
        self.form.submitted.connect(self.unlock)
        body.addWidget(self.form)
        self.open = button(_("Open"), "main", on=self.unlock)
        body.addWidget(self.open)
        self.other = button(_("Sign in with the password"), "quiet", on=self._password)
        scroll.body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignHCenter)

    def unlock(self) -> None:
        """Tries the PIN beside the screen."""
        sealed = self.desk.pin
        if not self.open.isEnabled():
            return
        if sealed is None or not sealed.tries:
            self._password()
            return
        pin, settings = self.form["pin"].value() or "", settings_path().parent
        self.form.clear_problems()
        self.open.setEnabled(False)
        self.desk.jobs.run(lambda _step: sealed.open(pin, settings), done=self._opened, failed=self._refused)

    def _opened(self, opened: Any) -> None:
        self.form.fill({"pin": None})
        self.open.setEnabled(True)
        if self.desk.is_open:
            opened.close()
        else:
            self.desk.window.enter(opened)

    def _refused(self, trouble: MrcError) -> None:
        self.form.fill({"pin": None})
        self.open.setEnabled(True)
        if self.desk.pin is not None and self.desk.pin.tries:
            self.form.show_problem(trouble)
            self.form["pin"].setFocus()
            return
        self.desk.pin = None
        self._password()
        self.desk.window.say(trouble.text(_))

    def _password(self) -> None:
        self.form.fill({"pin": None})
        self.desk.window.show_page("unlock")

    def first(self) -> QWidget | None:
        """The PIN."""
        return self.form["pin"]
