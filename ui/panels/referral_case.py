"""The referrals of one case: where each stands, and the way to the person whose it is."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mrc_app.casework import clients, grievances, referral_lists, referrals
from mrc_app.casework.referral_lists import Told
from mrc_app.i18n import _, isolate
from ui.desk import Desk, Session
from ui.look import px
from ui.panels.grievance_part import row_of
from ui.panels.groups import heading_row
from ui.panels.referral_shown import TONES
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.text import chip, label
from ui.words import word

SHOWN = 20


class CaseReferrals(QFrame):
    """A card on the page of a case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.case = desk, ""
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(8))
        column.addWidget(heading_row("hand-heart", _("Referrals")))
        self._lines = QVBoxLayout()
        column.addLayout(self._lines)

    def load(self, case: str) -> None:
        """Shows the referrals of a case."""
        self.case, today = case, self.desk.today()

        def question(session: Session) -> tuple[list[tuple[Told, str]], list[tuple[str, str]]]:
            found = [referral_lists.told(session, one, today) for one in referrals.of_case(session, case)[:SHOWN]]
            people = [person for _one, person in grievances.complainants(session, case, limit=SHOWN)]
            names = [(clients.full_name(clients.by_uuid(session, one.referral.client))) for one in found]
            return list(zip(found, names, strict=True)), [(one.uuid, clients.full_name(one)) for one in people]

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[list[tuple[Told, str]], list[tuple[str, str]]]) -> None:
        found, people = told
        clear(self._lines)
        for one, name in found:
            self._lines.addWidget(self._row(one, name))
        if not found:
            self._lines.addWidget(
                label(_("Nobody was referred in this case. A referral is made with each person."), "small")
            )
            for uuid, name in people:
                made = button(_("Refer {name}", name=name), "quiet", "hand-heart", partial(self.open, uuid))
                self._lines.addWidget(row_of(made, QWidget(), stretch=1))

    def _row(self, one: Told, name: str) -> QWidget:
        to = label(_("{name} to {service}", name=isolate(name), service=isolate(one.provider.name)), "strong")
        last = label(screen_date(one.events[-1].on), "small")
        opened = button(_("Open"), "quiet", "chevron-right", partial(self.open, one.referral.client))
        opened.setAccessibleName(_("Open the referral to {name}", name=one.provider.name))
        return row_of(to, chip(word(one.state), TONES[one.state]), last, opened)

    def open(self, client: str) -> None:
        """Turns to the person's referrals."""
        self.desk.window.show_page("clients", f"{client}/referrals")
