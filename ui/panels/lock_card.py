"""Settings of the lock: when the desk locks itself, the PIN, and the keys that hide and lock down."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.i18n import _, ltr, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.settings import LOCK_MINUTES
from ui.widgets.controls import Flow, button
from ui.widgets.fields import SegmentField, TextField
from ui.widgets.text import card, label


class LockCard(QWidget):
    """What protects the desk when somebody comes in, or nobody is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=24)
        outer.addWidget(frame)
        body.setSpacing(px(14))
        for text in self._keys():
            body.addWidget(label(text))
        self.form = Form(columns=1)
        minutes = [(n, ngettext("{n} minute", "{n} minutes", n)) for n in LOCK_MINUTES]
        self.form.add("lock_minutes", _("The desk locks itself when nobody touches it for"), SegmentField(minutes))
        ways = [(False, _("the key alone")), (True, _("the PIN or the password"))]
        self.form.add(
            "hide_asks", _("After hiding, come back with"), SegmentField(ways),
            hint=_("With a PIN, hiding always locks the desk too."),
        )  # fmt: skip
        self.form.fill(vars(desk.settings))
        self.form.changed.connect(self._keep)
        body.addWidget(self.form)
        body.addWidget(self._pin())
        self.tell()

    def _keys(self) -> list[str]:
        return [
            _("{key} or Escape twice: hides everything behind a calculator. The same again comes back.", key=ltr("F9")),
            _("{key} twice within three seconds: locks the file down at once. Then only a supervisor's password or the"
              " recovery sheet opens it.", key=ltr("Ctrl+Shift+L")),
        ]  # fmt: skip

    def _pin(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.pin = Form(columns=1)
        self.pin.add(
            "pin", _("A PIN of four to eight digits re-opens the desk after a lock"), TextField(secret=True, limit=8),
            hint=_("After five wrong tries the password is needed."),
        )  # fmt: skip
        ways = [(False, _("until the program ends")), (True, _("every day: kept inside the encrypted file"))]
        self.pin.add("remember", _("The PIN holds"), SegmentField(ways))
        self.pin.fill({"remember": False})
        self.pin.submitted.connect(self.choose)
        column.addWidget(self.pin)
        self.state = label("", "small")
        column.addWidget(self.state)
        acts = QWidget()
        acts.setLayout(row := Flow(8))
        self.set = button(_("Set the PIN"), on=self.choose)
        self.drop = button(_("No PIN any more"), "quiet", on=self.forget)
        row.addWidget(self.set)
        row.addWidget(self.drop)
        column.addWidget(acts)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return whole

    def tell(self) -> None:
        """Says whether there is a PIN."""
        there = self.desk.pin is not None and self.desk.pin.tries > 0
        self.state.setText(_("There is a PIN.") if there else _("There is no PIN: the password is asked for."))
        self.drop.setEnabled(there)

    def _keep(self) -> None:
        settings = self.desk.settings
        for name, value in self.form.values().items():
            if value is not None:
                setattr(settings, name, value)
        settings.keep()

    def choose(self) -> None:
        """Sets the PIN."""
        from mrc_app.store import pins

        said, store = self.pin.values(), self.desk.store
        act = partial(pins.choose, store, said["pin"] or "", remember=bool(said["remember"]))
        made: Any = self.pin.submit(act)
        if made is not None:
            self.desk.pin = made
            self.pin.fill({"pin": None})
            self.tell()
            self.desk.window.say(_("The PIN is set."))

    def forget(self) -> None:
        """Takes the PIN away."""
        from mrc_app.store import pins

        pins.forget(self.desk.store)
        if self.desk.pin is not None:
            self.desk.pin.destroy()
        self.desk.pin = None
        self.tell()
        self.desk.window.say(_("There is no PIN: the password is asked for."))
