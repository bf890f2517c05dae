"""Claims: the money of a client's cases, one case at a time."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from mrc_app.casework import grievances
from mrc_app.casework.grievances import Grievance
from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.panels.claims_case import CaseMoney
from ui.panels.panel import Panel
from ui.widgets.controls import Flow, button, clear
from ui.widgets.empty import Empty


class ClaimsPanel(Panel):
    """A client's cases and the money of the one that is chosen."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"claim", "claimentry", "wagemonth", "instalment", "casecost", "grievance", "complainant"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chosen = ""
        self.cases = QWidget()
        self._cases = Flow(8)
        self.cases.setLayout(self._cases)
        self.column.addWidget(self.cases)
        text = _("Claims belong to a case. Open the case first; its money is then written down here.")
        self.empty = Empty("calculator", _("No case yet"), text)
        self.empty.hide()
        self.column.addWidget(self.empty)
        self.money = CaseMoney(desk)
        self.money.hide()
        self.column.addWidget(self.money)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client's claims."""
        if client != self.client:
            self._chosen = ""
        super().load(client)

    def refresh(self) -> None:
        """Reads her cases again, beside the screen."""
        client = self.client

        def question(session: Any) -> list[Grievance]:
            return grievances.of_client(session, client)

        self.desk.ask(self, question, self._show)

    def _show(self, found: list[Grievance]) -> None:
        clear(self._cases)
        known = [case.uuid for case in found]
        if self._chosen not in known:
            self._chosen = known[0] if known else ""
        for case in found:
            made = button(isolate(grievances.shown_title(case)), "choice", on=partial(self._choose, case.uuid))
            made.setCheckable(True)
            made.setChecked(case.uuid == self._chosen)
            self._cases.addWidget(made)
        self.cases.setVisible(len(found) > 1)
        self.empty.setVisible(not found)
        self.money.setVisible(bool(found))
        if self._chosen:
            self.money.load(self._chosen)

    def _choose(self, case: str) -> None:
        self._chosen = case
        self.refresh()
