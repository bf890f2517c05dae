"""The list of parcels that left or came, the newest first, some at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from mrc_app.exchange import desk_keys, ledgers, partners
from mrc_app.exchange.ledgers import Parcel
from mrc_app.i18n import _
from ui.desk import Desk, Session
from ui.pages.exchange_part import PAGE, ExchangePart, instant_words, parcel_words, state_chip
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots, line_row
from ui.widgets.controls import button, clear
from ui.widgets.empty import Empty
from ui.widgets.text import card


class History(ExchangePart):
    """Parcels of one direction (``out`` or ``in``)."""

    def __init__(self, desk: Desk, direction: str, title: str, empty: tuple[str, str]) -> None:
        super().__init__(desk)
        self._direction, self._empty, self._shown = direction, empty, PAGE
        frame, body = card(spacing=6)
        body.addWidget(heading_row("list-checks", title))
        self._list = QVBoxLayout()
        body.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=self._more)
        self.more.hide()
        body.addWidget(self.more)
        self.column.addWidget(frame)
        self.found: list[Parcel] = []

    def refresh(self) -> None:
        """Reads one more than is shown, to know whether there are more."""
        store, limit, direction = self.desk.store, self._shown + 1, self._direction

        def question(session: Session) -> tuple[list[Parcel], dict[str, str]]:
            names = {one.recipient: one.name for one in partners.partners(session, revoked=True)}
            names.setdefault(desk_keys.own(store).recipient, store.desk_name)
            return ledgers.parcels(store, limit, direction=direction), names

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[list[Parcel], dict[str, str]]) -> None:
        self.found, names = told
        clear(self._list)
        for one in self.found[: self._shown]:
            name = names.get(one.peer, _("a key nobody named"))
            title = parcel_words(one.kind, name)
            number = _("number {n}", n=one.no)
            row = line_row(title, dots([instant_words(one.at), number]), state_chip(one.state))
            self._list.addWidget(row)
        if not self.found:
            self._list.addWidget(Empty("folder-open", *self._empty))
        self.more.setVisible(len(self.found) > self._shown)

    def _more(self) -> None:
        self._shown += PAGE
        self.refresh()
