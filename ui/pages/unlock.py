"""The unlock screen: name, password, and the language. Nothing heavier is loaded before the password is right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Page
from ui.settings import settings_path
from ui.widgets.controls import Scroll, button
from ui.widgets.fields import TextField
from ui.widgets.speech import SpeechBar
from ui.widgets.text import Elided, card, icon_label, label


class UnlockPage(Page):
    """Who is at the desk? One sentence for every failure."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=18, widest=440)
        outer.addWidget(scroll)
        scroll.body.addWidget(SpeechBar(desk))
        scroll.body.addSpacing(px(40))
        frame, self._body = card(margin=28, spacing=16)
        scroll.body.addWidget(frame)
        self._head()
        self._form()
        self.other = button(_("Open or start another centre file"), "quiet", on=self._another)
        scroll.body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignHCenter)
        self.put_back = button(_("Restore a backup"), "quiet", on=partial(desk.window.show_page, "restore"))
        scroll.body.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignHCenter)
        self.ministry = button(_("Ministry desk"), "quiet", on=partial(desk.window.show_page, "ministry"))
        scroll.body.addWidget(self.ministry, 0, Qt.AlignmentFlag.AlignHCenter)

    def _head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(icon_label("lock", "accent", 26), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(_("Who is at the desk?"), "heading"))
        self.file = Elided("", "small")
        words.addWidget(self.file)
        row.addLayout(words, 1)
        self._body.addLayout(row)

    def _form(self) -> None:
        self.form = Form(columns=1)
        self.form.add("login", _("Login name"), TextField(limit=60))
        self.form.add("password", _("Password"), TextField(secret=True))
        self.form.submitted.connect(self.unlock)
        self._body.addWidget(self.form)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Opening the centre file"))
        self.busy.hide()
        self._body.addWidget(self.busy)
        self.open = button(_("Unlock"), "main", on=self.unlock)
        self._body.addWidget(self.open)

    def load(self, id: str) -> None:
        """Shows which centre file is to be opened."""
        self.id = id
        self.file.setText(Path(self.desk.settings.centre).name)

    def unlock(self) -> None:
        """Tries name and password beside the screen; the password guess is slow on purpose."""
        from mrc_app import store

        if not self.open.isEnabled():
            return
        self.form.clear_problems()
        said = self.form.values()
        path = Path(self.desk.settings.centre)
        self._wait(True)
        self.desk.jobs.run(
            lambda _step: store.open(
                path, login=said["login"] or "", password=said["password"] or "", settings=settings_path().parent,
                waiting=True,
            ),
            done=self._opened,
            failed=self._refused,
        )  # fmt: skip

    def _opened(self, opened: Any) -> None:
        from mrc_app.exchange import desk_new

        self.form.fill({"password": None})
        self._wait(False)
        self.desk.settings.keep()
        if desk_new.waits(opened):
            self.desk.joining = opened
            self.desk.window.show_page("join")
        else:
            self.desk.window.enter(opened)

    def _refused(self, trouble: MrcError) -> None:
        self._wait(False)
        self.form.show_problem(trouble)
        self.form["password"].setFocus()

    def _wait(self, on: bool) -> None:
        self.busy.setVisible(on)
        self.open.setEnabled(not on)

    def _another(self) -> None:
        self.desk.window.show_page("first_run")

    def kept(self) -> dict[str, Any]:
        """Name and password survive a change of language."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts them back."""
        self.form.fill(kept)

    def first(self) -> QWidget | None:
        """The name, or the password where the name stands already."""
        return self.form["password"] if self.form["login"].value() else self.form["login"]
