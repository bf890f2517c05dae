"""The year after a return on Today: follow-ups that are due, money to be paid, premiums without a task."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.look import px
from ui.widgets.controls import button, clear
from ui.widgets.text import card, chip, label

if TYPE_CHECKING:
    from mrc_app.casework.agenda_returns import DueInYear

MOST = 20
"""Lines shown at most, the oldest first."""


class DiaryToday(QWidget):
    """The part of Today about returnees. Hidden where nothing is due."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(_("The year after a return"), "heading"))
        frame, self._lines = card(margin=8, spacing=2)
        column.addWidget(frame)
        self.hide()

    def refresh(self) -> None:
        """Reads what is due, beside the screen."""
        today = self.desk.today()

        def question(session: Any) -> list[DueInYear]:
            from mrc_app.casework import agenda_returns

            return agenda_returns.due(session, today, MOST)

        self.desk.ask(self, question, self._show)

    def _show(self, found: list[DueInYear]) -> None:
        clear(self._lines)
        for one in found:
            self._lines.addWidget(self._row(one))
        self.setVisible(bool(found))

    def _row(self, one: DueInYear) -> QWidget:
        from mrc_app.casework import clients
        from ui.panels.client import reach_words
        from ui.panels.return_parts import dots
        from ui.words import late_words

        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(px(10), px(7), px(8), px(7))
        inner.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        who = clients.full_name(one.client)
        words.addWidget(label(dots([who, what_words(one)]), "strong"))
        words.addWidget(label(" · ".join(reach_words(one.wording)), "small"))
        inner.addLayout(words, 1)
        inner.addWidget(chip(*late_words((self.desk.today() - one.due).days)), 0, Qt.AlignmentFlag.AlignVCenter)
        go = button(_("Open"), on=partial(self.desk.window.show_page, "clients", one.client.uuid))
        go.setAccessibleName(_("Open {who}", who=who))
        inner.addWidget(go)
        return row


def what_words(one: DueInYear) -> str:
    """What is due, in words."""
    from mrc_app.casework.covers import Cover
    from mrc_app.casework.follow_ups import FollowUp
    from mrc_app.money import Money
    from ui.panels.costs_asked import told
    from ui.words import word

    if isinstance(one.what, FollowUp):
        return word(one.what.kind)
    if isinstance(one.what, Cover):
        return _("Premium due: {scheme}", scheme=isolate(one.what.scheme))
    return _("Instalment to be paid: {amount}", amount=told(Money(one.what.minor, one.what.currency)))
