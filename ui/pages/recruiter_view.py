"""One recruiter: licence, names and branches, what happened, what workers said, and the jobs it offers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework import clients, job_orders, journeys, recruiter_events, recruiter_reviews, recruiters
from mrc_app.casework.job_orders import JobOrder
from mrc_app.casework.recruiter_events import RecruiterEvent
from mrc_app.casework.recruiter_reviews import Summary
from mrc_app.casework.recruiters import Recruiter
from mrc_app.i18n import _, isolate
from mrc_app.store import seen
from ui.desk import Desk, Session
from ui.forms import Form
from ui.page import Heading
from ui.pages import recruiter_cards as cards
from ui.pages.recruiter_forms import FormPlace, event_form, link_form, order_form, recruiter_form, review_form
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import preferred_calendar
from ui.widgets.facts import Facts
from ui.widgets.text import Banner, card, label

SHOWN = 20
"""Events shown; the sentence above them counts all."""


class Told(NamedTuple):
    """What the page reads at once."""

    one: Recruiter
    known: Any
    events: list[RecruiterEvent]
    said: Summary
    orders: list[tuple[JobOrder, Recruiter]]
    alike: list[str]


class RecruiterView(QWidget):
    """The right side of the page."""

    def __init__(self, desk: Desk, back: Callable[[], None], moved: Callable[[str], None]) -> None:
        super().__init__()
        self.desk, self.id, self.told = desk, "", None
        self._moved = moved
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(margin=26, spacing=14)
        outer.addWidget(scroll)
        self.back = button(_("All recruiters"), "quiet", "chevron-left", back)
        scroll.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.head = Heading("")
        scroll.body.addWidget(self.head)
        self._chips = QVBoxLayout()
        scroll.body.addLayout(self._chips)
        self.twice = Banner("", "amber")
        scroll.body.addWidget(self.twice)
        scroll.body.addWidget(self._acts())
        self.place = FormPlace()
        scroll.body.addWidget(self.place)
        self.facts = Facts(columns=2, narrowest=230)
        scroll.body.addWidget(self.facts)
        self._history, self._said, self._orders = (self._card(scroll) for _each in range(3))

    told: Told | None

    def _card(self, scroll: Scroll) -> QVBoxLayout:
        frame, body = card(spacing=6)
        scroll.body.addWidget(frame)
        return body

    def _acts(self) -> QWidget:
        row, flow = QWidget(), Flow(8)
        row.setLayout(flow)
        self.change = button(_("Change"), "", "pencil", self.begin_change)
        self.note = button(_("Write down what happened"), "", "notebook-pen", self.begin_event)
        self.review = button(_("A worker's review"), "", "list-checks", self.begin_review)
        self.order = button(_("Add a job order"), "", "plus", self.begin_order)
        self.link = button(_("Link to a client"), "", "user-plus", self.begin_link)
        for made in (self.change, self.note, self.review, self.link, self.order):
            flow.addWidget(made)
        return row

    def load(self, id: str) -> None:
        """Shows a recruiter; none for an empty identity."""
        if id != self.id:
            self.place.close_form()
        self.id = id
        self.refresh()

    def refresh(self) -> None:
        """Reads it again."""
        uuid, today = self.id, self.desk.today()
        if not uuid:
            return

        def read(session: Session) -> Told:
            one = recruiters.by_uuid(session, uuid)
            return Told(
                one,
                seen(session, one),
                recruiter_events.history(session, uuid),
                recruiter_reviews.summary_of(session, uuid),
                job_orders.listed(session, today, recruiter=uuid, past=True),
                [other.name for other in recruiters.alike(session, one)],
            )

        self.desk.ask(self, read, self._show)

    def _show(self, told: Told) -> None:
        if told.one.uuid != self.id:
            return
        self.told, today = told, self.desk.today()
        self.head.say(isolate(told.one.name), cards.below(told.one))
        clear(self._chips)
        self._chips.addWidget(cards.licence_chip(told.one, today), 0, Qt.AlignmentFlag.AlignLeading)
        also = ", ".join(map(isolate, told.alike))
        self.twice.say(_("Perhaps it is in the register twice: {names}", names=also) if also else "")
        self.facts.tell(cards.facts(told.one), _("not known"))
        clear(self._history)
        self._history.addWidget(label(_("What happened"), "heading"))
        counted = recruiter_events.tally(told.events, preferred_calendar())
        self._history.addWidget(label(cards.cases(counted), "strong"))
        for event in told.events[:SHOWN]:
            self._history.addWidget(cards.event_line(event))
        self._history.addWidget(label(_("For staff only; it is in no export."), "small"))
        clear(self._said)
        self._said.addWidget(label(_("What workers say"), "heading"))
        for line in cards.review_lines(told.said):
            self._said.addWidget(line)
        self._show_orders(told)

    def _show_orders(self, told: Told) -> None:
        clear(self._orders)
        self._orders.addWidget(label(_("Job orders"), "heading"))
        if not told.orders:
            self._orders.addWidget(label(_("No job order is known."), "muted"))
        for order, recruiter in told.orders:
            acts = []
            if order.filled_on is None:
                acts.append(button(_("All places taken"), "quiet", on=partial(self._filled, order.uuid)))
                acts[0].setAccessibleName(f"{acts[0].text()}: {order.title}")
            self._orders.addWidget(cards.order_frame(order, recruiter, self.desk.today(), acts))

    # -- forms

    def begin_new(self) -> None:
        """A recruiter that is not in the register yet."""
        form = recruiter_form()
        form.fill({"country": self.desk.store.centre().country, "kind": "agency"})
        by, today = self.desk.store.officer, self.desk.today()

        def act(typed: dict[str, Any]) -> None:
            said = {name: value or "" for name, value in typed.items()}
            made = self.desk.change("recruiters.add", lambda s: recruiters.add(s, by=by, on=today, **said))
            self.id = made.uuid

        self.place.open("new", form, _("A recruiter or employer"), act, lambda: self._moved(self.id))

    def begin_change(self) -> None:
        """Changes what is known; only what was changed is kept."""
        if self.told is None:
            return
        form, one, known = recruiter_form(), self.told.one, self.told.known
        form.fill({name: getattr(one, name) for name in form.values()} | {"kind": one.kind.value})
        before = form.values()
        by, today, uuid = self.desk.store.officer, self.desk.today(), self.id

        def act(typed: dict[str, Any]) -> None:
            changes = {name: value or "" for name, value in typed.items() if value != before[name]}

            def change(session: Session) -> None:
                recruiters.amend(session, recruiters.by_uuid(session, uuid), changes=changes, by=by, on=today)

            self.desk.change("recruiters.amend", change, [known])

        self.place.open("", form, isolate(one.name), act, lambda: self._moved(self.id))

    def begin_event(self) -> None:
        """Something that happened."""
        form = event_form()
        form.fill({"on": self.desk.today(), "kind": "complaint"})

        def act(session: Session, said: dict[str, Any], client: str | None) -> object:
            return recruiter_events.note_event(
                session, recruiter=self.id, client=client, by=self.desk.store.officer, today=self.desk.today(), **said
            )

        self._open("event", form, _("What happened?"), "recruiter_events.note_event", act)

    def begin_review(self) -> None:
        """A worker's answers."""

        def act(session: Session, said: dict[str, Any], client: str | None) -> object:
            return recruiter_reviews.note(
                session,
                client=client or "",
                recruiter=self.id,
                on=self.desk.today(),
                by=self.desk.store.officer,
                **said,
            )

        self._open("review", review_form(), _("A worker's review"), "recruiter_reviews.note", act, whose=True)

    def begin_link(self) -> None:
        """Its part in a client's journey."""

        def act(session: Session, said: dict[str, Any], client: str | None) -> object:
            journey = journeys.current(session, client or "")
            by, today = self.desk.store.officer, self.desk.today()
            return recruiters.link(
                session, client=client or "", recruiter=self.id, journey=journey.uuid if journey else None,
                role=said["role"], on=today, by=by,
            )  # fmt: skip

        self._open("link", link_form(), _("Its part in a client's journey"), "recruiters.link", act, whose=True)

    def begin_order(self) -> None:
        """A vacancy."""

        def act(session: Session, said: dict[str, Any], _client: str | None) -> object:
            by, today = self.desk.store.officer, self.desk.today()
            return job_orders.add(session, recruiter=self.id, by=by, on=today, **said)

        self._open("order", order_form(), _("A job order"), "job_orders.add", act)

    def _open(self, name: str, form: Form, title: str, do: str, act: Any, *, whose: bool = False) -> None:
        def kept(typed: dict[str, Any]) -> None:
            said = {name: value or "" for name, value in typed.items() if name != "number"}
            number = typed.get("number") or ""

            def change(session: Session) -> object:
                client = clients.by_number(session, number).uuid if number or whose else None
                return act(session, said, client)

            self.desk.change(do, change)

        def done() -> None:
            self.refresh()
            self.desk.window.say(_("Kept."))

        self.place.open(name, form, title, kept, done)

    def _filled(self, uuid: str) -> None:
        by, today = self.desk.store.officer, self.desk.today()

        def change(session: Session) -> None:
            job_orders.amend(session, job_orders.by_uuid(session, uuid), changes={"filled_on": today}, by=by, on=today)

        self.desk.change("job_orders.amend", change)
        self.refresh()

    def kept(self) -> dict[str, Any]:
        """What was typed into an open form."""
        place = self.place
        return {"form": place.name, "typed": place.form.values()} if place.form is not None and place.name else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Opens the form again with what was typed."""
        begin = {
            "new": self.begin_new, "event": self.begin_event, "review": self.begin_review, "order": self.begin_order,
            "link": self.begin_link,
        }.get(kept.get("form", ""))  # fmt: skip
        if begin is not None:
            begin()
            if self.place.form is not None:
                self.place.form.fill(kept["typed"])
