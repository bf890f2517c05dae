"""Choosing a service for a client: what her answers say stands beside each, and a closed door stays closed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.casework import grievance_referrals, providers
from mrc_app.casework.referral_lists import Offer
from mrc_app.casework.referral_words import Door
from mrc_app.i18n import _, isolate
from ui.desk import Desk, Session
from ui.list_page import PATIENCE_MS
from ui.look import px
from ui.pages.providers import details
from ui.widgets.controls import button, clear
from ui.widgets.empty import Empty
from ui.widgets.text import chip, label, leading
from ui.words import sentence, word

SHOWN = 12
TONES = {Door.AGREED: "green", Door.ASK: "blue", Door.REFUSED: "amber", Door.WITHDRAWN: "red", Door.EXPIRED: "amber"}
CLOSED = (Door.REFUSED, Door.WITHDRAWN)


class Chooser(QFrame):
    """A search over the directory. ``chosen`` carries a Provider; ``asked`` one she is asked about again; ``left`` is
    sent when it is put away."""

    chosen = Signal(object)
    asked = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, *, supervisor: bool) -> None:
        super().__init__()
        self.desk, self.client, self._supervisor = desk, "", supervisor
        self.offers: list[Offer] = []
        self._after = providers.FIRST
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(label(_("Which service?"), "heading"), 1)
        head.addWidget(button(_("Cancel"), "quiet", on=self.left.emit))
        column.addLayout(head)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Name, service or phone"))
        self.sought.setAccessibleName(_("Search services"))
        self.sought.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        self.sought.textChanged.connect(lambda *_: self._timer.start(PATIENCE_MS))
        column.addWidget(self.sought)
        self._list = QVBoxLayout()
        column.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=lambda: self._ask(self._after))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)

    def load(self, client: str) -> None:
        """Shows the services for a client."""
        self.client = client
        self.search()

    def search(self) -> None:
        """Reads the first page."""
        self._ask(providers.FIRST)

    def _ask(self, after: tuple[str, str]) -> None:
        client, today, text = self.client, self.desk.today(), self.sought.text().strip()

        def question(session: Session) -> tuple[list[Offer], tuple[str, str], bool]:
            page = providers.directory(session, text, after, SHOWN)
            found = grievance_referrals.offers(session, client, [one for one, _place in page], today)
            return found, page[-1][1] if page else after, len(page) == SHOWN

        self.desk.ask(self, question, partial(self._show, after))

    def _show(self, after: tuple[str, str], told: tuple[list[Offer], tuple[str, str], bool]) -> None:
        found, self._after, more = told
        if after == providers.FIRST:
            clear(self._list)
            self.offers = []
        for offer in found:
            self._list.addWidget(self._row(offer))
            self.offers.append(offer)
        self.more.setVisible(more)
        if not self.offers:
            act = button(_("Services to refer to"), "", on=partial(self.desk.window.show_page, "providers"))
            self._list.addWidget(Empty("search", _("No service found"), _("Add it to the directory first."), act))

    def _row(self, offer: Offer) -> QWidget:
        holder, one, shut = QWidget(), offer.provider, offer.door in CLOSED
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, px(6), 0, px(6))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        name = label(isolate(one.name), "muted" if shut else "strong")
        words.addWidget(name)
        words.addWidget(label(details(one)[0], "small"))
        if shut and offer.why_not is not None:
            words.addWidget(label(sentence(offer.why_not.message, offer.why_not.values), "caution"))
        row.addLayout(words, 1)
        row.addWidget(chip(word(offer.door), TONES[offer.door]), 0, Qt.AlignmentFlag.AlignTop)
        flow = QVBoxLayout()
        flow.setSpacing(px(4))
        choose = button(_("Choose"), "", on=partial(self.chosen.emit, one))
        choose.setAccessibleName(_("Choose {name}", name=one.name))
        choose.setEnabled(not shut or self._supervisor)
        flow.addWidget(choose)
        if shut:
            again = button(_("Ask again"), "quiet", on=partial(self.asked.emit, one))
            again.setAccessibleName(_("Ask her again about {name}", name=one.name))
            flow.addWidget(again)
        row.addLayout(flow)
        return holder
