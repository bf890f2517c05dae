"""What authorities asked for and what was answered: written down, decided by a supervisor, given or refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import clients, requests
from mrc_app.casework.client_words import Answer
from mrc_app.casework.requests import Decision, Request
from mrc_app.i18n import _, isolate, ltr
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.empty import Empty
from ui.widgets.fields import LongField, SegmentField, TextField
from ui.widgets.text import Elided, card, chip, label
from ui.words import choices, word

TONES = {Decision.OPEN: "amber", Decision.REFUSED: "plain", Decision.PARTLY: "blue", Decision.GIVEN: "blue"}


class RequestsPage(Page):
    """The register, the latest first, and the forms that belong to it."""

    shows: ClassVar[frozenset[str]] = frozenset({"request"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=860)
        outer.addWidget(scroll)
        self.back = button(_("Settings"), "quiet", "chevron-left", partial(desk.window.show_page, "settings"))
        self.new = button(_("Write a request down"), "main", "plus", self.ask_new)
        below = _("Nothing is given without a request in writing and a supervisor's decision.")
        scroll.body.addWidget(Heading(_("Requests by authorities"), below, self.back, self.new))
        self._place = QVBoxLayout()
        scroll.body.addLayout(self._place)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        scroll.body.addLayout(self._list)
        self.form: Form | None = None

    def refresh(self) -> None:
        """Reads the register."""

        def question(session: Session) -> list[tuple[Request, str]]:
            found = requests.register(session)
            names = {one.client: clients.by_uuid(session, one.client).number for one in found if one.client}
            return [(one, names.get(one.client or "", "")) for one in found]

        self.desk.ask(self, question, self._show)

    def _show(self, told: list[tuple[Request, str]]) -> None:
        clear(self._list)
        if not told:
            self._list.addWidget(
                Empty("clipboard-list", _("No requests yet"), _("Police, courts, ministries, embassies."))
            )
        for request, number in told:
            self._list.addWidget(self._card(request, number))

    def _card(self, request: Request, number: str) -> QWidget:
        frame, body = card(spacing=6)
        top = QHBoxLayout()
        top.addWidget(Elided(isolate(request.authority), "strong"), 1)
        top.addWidget(chip(word(request.decision), TONES[request.decision]))
        body.addLayout(top)
        written = _("in writing") if request.in_writing is Answer.YES else _("not in writing")
        parts = [screen_date(request.asked_on), request.person, request.basis, written, ltr(number) if number else ""]
        body.addWidget(label(" · ".join(part for part in parts if part), "small"))
        body.addWidget(label(request.asked))
        if request.reason:
            body.addWidget(label(_("Decided on {date}: {reason}", date=day(request.decided_on), reason=request.reason)))
        if request.given:
            body.addWidget(label(_("Given on {date}: {what}", date=day(request.given_on), what=request.given)))
        row = Flow(8)
        for text, act in self._acts(request):
            made = button(text, "quiet", on=partial(act, request.uuid))
            made.setAccessibleName(f"{text}: {request.authority}")
            row.addWidget(made)
        body.addLayout(row)
        return frame

    def _acts(self, request: Request) -> list[tuple[str, Callable[[str], None]]]:
        role = self.desk.store.role
        acts: list[tuple[str, Callable[[str], None]]] = []
        if request.in_writing is not Answer.YES and may(role, May.NOTE_REQUEST):
            acts.append((_("It came in writing"), self.came))
        if request.given_on is None and may(role, May.DECIDE_REQUEST):
            acts.append((_("Decide"), self.ask_decision))
        if request.given_on is None and requests.may_give(request) is None and may(role, May.NOTE_REQUEST):
            acts.append((_("Write down what was given"), self.ask_given))
        return acts

    # -- forms

    def ask_new(self) -> None:
        """A new request."""
        form = Form()
        form.add("authority", _("Which authority?"), TextField(limit=120))
        form.add("person", _("Who asked?"), TextField(limit=120), optional=True)
        form.add("asked_on", _("Day"), DualDateEdit(), optional=True)
        form.add("in_writing", _("Is it in writing?"), SegmentField([("yes", _("Yes")), ("no", _("No"))]))
        form.add("basis", _("Law or order they named"), TextField(limit=120), optional=True, span=2)
        form.add("number", _("About which client? Her number"), TextField(ordered=True), optional=True, span=2)
        form.add("asked", _("What do they ask for?"), LongField(lines=3), span=2)
        self._open(form, _("Keep"), self.keep_new)

    def keep_new(self) -> None:
        """Writes it down."""

        def action(session: Session, said: dict[str, Any]) -> object:
            number = said.pop("number") or ""
            client = clients.by_number(session, number).uuid if number else None
            return requests.note(
                session, by=self.desk.store.officer, on=self.desk.today(), client=client,
                **{name: value or "" for name, value in said.items()},
            )  # fmt: skip

        self._keep("requests.note", action)

    def came(self, uuid: str) -> None:
        """Notes that it came in writing."""
        action = partial(_came, uuid=uuid)
        self.desk.change("requests.came_in_writing", action)
        self.refresh()

    def ask_decision(self, uuid: str) -> None:
        """The supervisor's decision."""
        form = Form(columns=1)
        listed = [one for one in Decision if one is not Decision.OPEN]
        form.add("decision", _("What is decided?"), SegmentField(choices(listed), stacked=True))
        form.add("reason", _("Reason"), LongField(lines=2))

        def action(session: Session, said: dict[str, Any]) -> object:
            return requests.decide(
                session, requests.by_uuid(session, uuid), decision=said["decision"] or Decision.OPEN,
                reason=said["reason"] or "", on=self.desk.today(), by=self.desk.store.officer,
            )  # fmt: skip

        self._open(form, _("Keep"), lambda: self._keep("requests.decide", action))

    def ask_given(self, uuid: str) -> None:
        """What left."""
        form = Form(columns=1)
        form.add("given", _("What was given, to whom, how?"), LongField(lines=3))

        def action(session: Session, said: dict[str, Any]) -> object:
            found = requests.by_uuid(session, uuid)
            return requests.give(
                session, found, given=said["given"] or "", on=self.desk.today(), by=self.desk.store.officer
            )

        self._open(form, _("Keep"), lambda: self._keep("requests.give", action))

    def _keep(self, do: str, action: Callable[[Session, dict[str, Any]], object]) -> None:
        form = self.form
        if form is None:
            return

        def act() -> bool:
            said = form.values()
            self.desk.change(do, lambda session: action(session, said))
            return True

        if form.submit(act) is not None:
            self.close_form()
            self.refresh()
            self.desk.window.say(_("Kept."))

    def _open(self, form: Form, words: str, act: Callable[[], None]) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card("sunken", margin=16)
        body.addWidget(form)
        foot = Flow(8)
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        body.addLayout(foot)
        self._place.addWidget(frame)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    def kept(self) -> dict[str, Any]:
        """What was typed into a new request."""
        return self.form.values() if self.form is not None and "authority" in self.form else {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        if kept:
            self.ask_new()
            assert self.form is not None
            self.form.fill(kept)

    def first(self) -> QWidget | None:
        """A new request."""
        return self.new


def _came(session: Session, uuid: str) -> None:
    requests.came_in_writing(session, requests.by_uuid(session, uuid))


def day(on: Any) -> str:
    """A day as the screen writes it; empty for none."""
    return screen_date(on) if on else ""
