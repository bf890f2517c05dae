"""Who brought her to work, on the journey's tab: each with the licence as it stands today, and jobs that fit."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout

from mrc_app.casework import recruiters
from mrc_app.casework.recruiter_words import LicenceState, LinkRole
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate
from ui.desk import Desk, Session
from ui.widgets.controls import Flow, button, clear
from ui.widgets.text import card, chip, label
from ui.words import cap, word

Part = tuple[Recruiter, LinkRole, LicenceState]


class JourneyRecruiters(QFrame):
    """The recruiters of a client's journeys."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.client = desk, ""
        frame, self._body = card(spacing=8)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def load(self, client: str) -> None:
        """Reads whom she came through."""
        self.client, today = client, self.desk.today()

        def read(session: Session) -> list[Part]:
            found = []
            for link in recruiters.of_client(session, client):
                try:
                    one = recruiters.by_uuid(session, link.recruiter)
                except MrcError:
                    continue  # taken off the register since
                found.append((one, link.role, recruiters.licence(one, today)))
            return found

        self.desk.ask(self, read, self._show)

    def _show(self, found: list[Part]) -> None:
        from ui.pages.recruiter_cards import TONES

        clear(self._body)
        self._body.addWidget(label(_("Recruiters and jobs"), "heading"))
        if not found:
            self._body.addWidget(label(_("Nobody from the register is linked with this journey."), "small"))
        for one, role, state in found:
            row = Flow(8)
            go = button(isolate(one.name), "quiet", on=partial(self._go, one.uuid))
            row.addWidget(go)
            row.addWidget(chip(word(role)))
            row.addWidget(chip(cap(_(state.label)), TONES[state]))
            self._body.addLayout(row)
        foot = Flow(8)
        foot.addWidget(button(_("Jobs that fit"), "", "clipboard-list", self._fitting))
        foot.addWidget(button(_("Find a recruiter"), "quiet", "search", partial(self._go, "")))
        self._body.addLayout(foot)

    def _go(self, uuid: str) -> None:
        self.desk.window.show_page("recruiters", uuid)

    def _fitting(self) -> None:
        self.desk.window.show_page("job_orders", self.client)
