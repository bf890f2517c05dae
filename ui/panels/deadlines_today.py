"""Time limits on Today: what has passed and what ends within a month, the earliest first."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.look import px
from ui.widgets.controls import button, clear
from ui.widgets.text import card, chip, label

MOST, AHEAD = 20, 30
"""Time limits shown at most, and how many days ahead."""


class DeadlinesToday(QWidget):
    """The part of Today that counts days. Hidden where nothing comes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(_("Time limits"), "heading"))
        frame, self._lines = card(margin=8, spacing=2)
        column.addWidget(frame)
        self.hide()

    def refresh(self) -> None:
        """Reads what comes, beside the screen."""
        today = self.desk.today()

        def question(session: Any) -> list[Any]:
            from mrc_app.casework import deadlines

            return deadlines.coming(session, today, AHEAD, MOST)

        self.desk.ask(self, question, self._show)

    def _show(self, found: list[Any]) -> None:
        clear(self._lines)
        for one in found:
            self._lines.addWidget(self._row(one))
        self.setVisible(bool(found))

    def _row(self, one: Any) -> QWidget:
        from mrc_app.casework import clients, deadline_rules
        from ui.panels import deadlines_shown as shown
        from ui.words import word

        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(px(10), px(7), px(8), px(7))
        inner.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        who = isolate(clients.full_name(one.client)) if one.client else ""
        words.addWidget(label(" · ".join(part for part in (who, word(one.deadline.purpose)) if part), "strong"))
        words.addWidget(label(shown.say(deadline_rules.said(one.standing)), "small"))
        inner.addLayout(words, 1)
        left = chip(shown.days_words(one.standing), shown.tone(one.standing))
        inner.addWidget(left, 0, Qt.AlignmentFlag.AlignVCenter)
        if one.client:
            go = button(_("Open"), on=partial(self.desk.window.show_page, "clients", one.client.uuid))
            go.setAccessibleName(_("Open {who}", who=clients.full_name(one.client)))
            inner.addWidget(go)
        return row
