"""Referrals on Today that nobody has answered for two weeks, the oldest first."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate, ngettext
from ui.desk import Desk, Session
from ui.look import px
from ui.panels.grievance_part import row_of
from ui.widgets.controls import button, clear
from ui.widgets.text import card, chip, label

MOST = 20


class ReferralsToday(QWidget):
    """The part of Today for referrals without an answer. Hidden where there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(_("Referrals without an answer"), "heading"))
        frame, self._lines = card(margin=12, spacing=6)
        column.addWidget(frame)
        self.hide()

    def refresh(self) -> None:
        """Reads what waits, beside the screen."""
        today = self.desk.today()

        def question(session: Session) -> list[tuple[Any, str]]:
            from mrc_app.casework import clients, referral_lists

            found = referral_lists.unanswered(session, today, limit=MOST)
            return [(one, clients.full_name(clients.by_uuid(session, one.referral.client))) for one in found]

        self.desk.ask(self, question, self._show)

    def _show(self, found: list[tuple[Any, str]]) -> None:
        clear(self._lines)
        for one, name in found:
            to = _("{name} to {service}", name=isolate(name), service=isolate(one.provider.name))
            opened = button(_("Open"), on=partial(self.open, one.referral.client))
            opened.setAccessibleName(_("Open the referral to {name}", name=one.provider.name))
            days = chip(ngettext("{n} day", "{n} days", one.days), "amber")
            self._lines.addWidget(row_of(label(to, "strong"), days, opened))
        self.setVisible(bool(found))

    def open(self, client: str) -> None:
        """Turns to the person's referrals."""
        self.desk.window.show_page("clients", f"{client}/referrals")
