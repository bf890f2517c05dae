"""Job orders: what is open now; for a client what fits her, with the reasons and what stands in the way."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework import clients, job_orders
from mrc_app.casework.job_orders import JobOrder, Match
from mrc_app.casework.recruiters import Recruiter
from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk, Session
from ui.forms import Form
from ui.page import Heading, Page
from ui.pages.recruiter_cards import order_frame
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.empty import Empty
from ui.widgets.fields import TextField
from ui.widgets.text import card, label

SHOWN = 50


class JobOrdersPage(Page):
    """The open job orders, those that close first before the others; with a client, those that fit her."""

    shows: ClassVar[frozenset[str]] = frozenset({"joborder", "recruiter", "client", "journey"})
    nav: ClassVar[str] = "recruiters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=860)
        outer.addWidget(scroll)
        back = button(_("Recruiters"), "quiet", "chevron-left", partial(desk.window.show_page, "recruiters"))
        self.every = button(_("All job orders"), "", on=partial(self.load, ""))
        self.head = Heading(_("Job orders"), " ", back, self.every)
        scroll.body.addWidget(self.head)
        self.form = Form(columns=1)
        self.number: TextField = self.form.add(
            "number", _("What fits a client? Her number"), TextField(ordered=True, limit=40), optional=True
        )
        self.form.submitted.connect(self.find_fitting)
        scroll.body.addWidget(self.form)
        self.look = button(_("Show what fits"), "main", "search", self.find_fitting)
        scroll.body.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeading)
        frame, self._list = card(spacing=4)
        scroll.body.addWidget(frame)
        self.more = button(_("Show more"), "quiet", on=self._further)
        scroll.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._limit = SHOWN

    def load(self, id: str) -> None:
        """Shows all, or what fits the client with this identity."""
        self._limit = SHOWN
        self.form.clear_problems()
        super().load(id)

    def find_fitting(self) -> None:
        """What fits the client whose number was typed."""
        number = self.number.value() or ""

        def act() -> str:
            return self.desk.read(lambda session: clients.by_number(session, number).uuid)

        found = self.form.submit(act)
        if found is not None:
            self.load(found)

    def _further(self) -> None:
        self._limit += SHOWN
        self.refresh()

    def refresh(self) -> None:
        """Reads the job orders again."""
        client, today, limit = self.id, self.desk.today(), self._limit

        def read(session: Session) -> tuple[str, list[Match], list[tuple[JobOrder, Recruiter]]]:
            if not client:
                return "", [], job_orders.listed(session, today, limit=limit + 1)
            who = clients.by_uuid(session, client)
            name = f"{isolate(clients.full_name(who))} · {ltr(who.number)}"
            return name, job_orders.matches(session, client, today)[: limit + 1], []

        self.desk.ask(self, read, self._show)

    def _show(self, told: tuple[str, list[Match], list[tuple[JobOrder, Recruiter]]]) -> None:
        name, found, every = told
        below = _("What fits {name}", name=name) if name else _("Open now; those that close first come first.")
        self.head.say(_("Job orders"), below)
        self.every.setVisible(bool(self.id))
        clear(self._list)
        pairs: list[tuple[JobOrder, Recruiter, Match | None]] = [(one.order, one.recruiter, one) for one in found]
        pairs += [(order, recruiter, None) for order, recruiter in every]
        if not pairs:
            self._list.addWidget(self._nothing())
        for order, recruiter, match in pairs[: self._limit]:
            self._list.addWidget(self._frame(order, recruiter, match))
        self.more.setVisible(len(pairs) > self._limit)
        if found:
            self._list.addWidget(label(_("Reasons, not a promise: the choice is hers."), "small"))

    def _nothing(self) -> Empty:
        if self.id:
            text = _("Say in her journey where she wants to go and which work she looks for.")
            return Empty("clipboard-list", _("Nothing fits yet"), text)
        return Empty("clipboard-list", _("No job orders"), _("Add one on the page of the recruiter who brings it."))

    def _frame(self, order: JobOrder, recruiter: Recruiter, match: Match | None) -> QWidget:
        go = button(_("Recruiter"), "quiet", on=partial(self.desk.window.show_page, "recruiters", recruiter.uuid))
        go.setAccessibleName(_("Recruiter: {name}", name=recruiter.name))
        return order_frame(order, recruiter, self.desk.today(), [go], match)

    def kept(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)

    def first(self) -> QWidget | None:
        """The client's number."""
        return self.number
