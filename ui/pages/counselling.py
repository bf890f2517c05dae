"""Counselling: what was talked about and what comes next, kept by keyboard in less than a minute (form F2)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.client_words import Answer
from mrc_app.casework.counselling_words import Given, Mode, Topic
from mrc_app.i18n import _, ltr, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.page import Heading, Page
from ui.widgets.chips import ChipsField
from ui.widgets.controls import Flow, Scroll, button
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, LongField, NumberField, SegmentField, TextField
from ui.widgets.text import Banner, card, label
from ui.words import choices

MINUTES = (10, 20, 30, 45, 60)
LATER = (7, 14, 30)
"""Days to a follow-up that one press offers."""


class CounsellingPage(Page):
    """One session with one client."""

    shows: ClassVar[frozenset[str]] = frozenset()
    nav: ClassVar[str] = "clients"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=920)
        outer.addWidget(scroll)
        self.keep = button(_("Save"), "main", "check", self.save)
        self.keep.setToolTip("Ctrl+S")
        self.heading = Heading(_("Counselling"), " ", button(_("Back"), "quiet", on=self._back), self.keep)
        scroll.body.addWidget(self.heading)
        self.alarm = Banner("", "red", "shield-alert")
        scroll.body.addWidget(self.alarm)
        self.session, self.next = Form(), Form()
        frame, body = card(margin=20, spacing=12)
        self._ask_session()
        body.addWidget(self.session)
        scroll.body.addWidget(frame)
        frame, body = card(margin=20, spacing=12)
        body.addWidget(label(_("What comes next"), "heading"))
        self.reach = label("", "muted")
        body.addWidget(self.reach)
        self._ask_next()
        body.addWidget(self.next)
        scroll.body.addWidget(frame)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self._saved = False

    def _ask_session(self) -> None:
        form = self.session
        yes_no = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No"))]
        form.add("danger", _("Is she in danger now?"), SegmentField(yes_no))
        form.add("safe_to_talk", _("Is it safe to talk here?"), SegmentField(yes_no))
        form.add("mode", _("How you met"), ChoiceField(choices(Mode), empty=None))
        form.add("minutes", _("Minutes"), NumberField())
        form.add_part(self._presses(MINUTES, "minutes"))
        form.add("topics", _("Talked about"), ChipsField(choices(Topic)), span=2)
        form["topics"].explain(_("Space chooses, arrows move, a letter jumps."))
        form.add("result", _("What came of it"), LongField(lines=2), span=2, optional=True)
        form.add("given", _("Given to take away"), ChipsField(choices(Given)), span=2)
        form["danger"].changed.connect(self._warn)
        form["safe_to_talk"].changed.connect(self._warn)

    def _presses(self, minutes: tuple[int, ...], field: str) -> QWidget:
        holder = QWidget()
        row = Flow(6)
        holder.setLayout(row)
        for n in minutes:
            made = button(ngettext("{n} minute", "{n} minutes", n), "choice", on=partial(self._minutes, n))
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            row.addWidget(made)
        return holder

    def _minutes(self, n: int) -> None:
        self.session["minutes"].set_value(n)

    def _ask_next(self) -> None:
        form = self.next
        form.add("follow_up_on", _("See or call her again on"), DualDateEdit(), optional=True, span=2)
        holder = QWidget()
        row = Flow(6)
        holder.setLayout(row)
        for n in LATER:
            made = button(ngettext("In {n} day", "In {n} days", n), "choice", on=partial(self._later, n))
            row.addWidget(made)
        form.add_part(holder)
        form.add("call", _("How"), SegmentField([(True, _("We call her")), (False, _("She comes here"))]))
        form.add("text", _("What to do then"), TextField(limit=200), optional=True)
        form.submitted.connect(self.save)

    def _later(self, days: int) -> None:
        self.next["follow_up_on"].set_value(self.desk.today() + timedelta(days=days))

    def load(self, id: str) -> None:
        """A new session with this client; what was begun and not kept comes back."""
        self.id, self._saved = id, False
        self._blank()
        kept = self.desk.store.draft(self._draft())
        if kept:
            self.restore(kept)
        self.refresh()

    def _blank(self) -> None:
        for form in (self.session, self.next):
            form.fill(dict.fromkeys(form.values()))
            form.clear_problems()
        self.session.fill({"mode": Mode.CENTRE.value})

    def refresh(self) -> None:
        """Reads who she is and how she may be reached."""
        from mrc_app.casework import agenda, clients

        client = self.desk.read(lambda session: clients.by_uuid(session, self.id))
        self.heading.say(
            _("Counselling: {name}", name=client.call_name), f"{ltr(client.number)} · {screen_date(self.desk.today())}"
        )
        wording = agenda.call_wording(client)
        parts = [_(wording.reach.label), ltr(wording.phone) if wording.phone else "", wording.whose, wording.safe_hours]
        if wording.cover_text:
            parts.append(_("Say: “{words}”", words=wording.cover_text))
        self.reach.setText(" · ".join(part for part in parts if part))
        if self.next["call"].value() is None:
            self.next["call"].set_value(wording.reach in (agenda.Reach.ALLOWED, agenda.Reach.ASK_FIRST))

    def _warn(self) -> None:
        if self.session["danger"].value() == Answer.YES.value:
            self.alarm.say(
                _(
                    "Danger first: what does she need within the hour? "
                    "A safe place, a doctor, somebody to call. Write later."
                )
            )
        elif self.session["safe_to_talk"].value() == Answer.NO.value:
            self.alarm.say(
                _("Move to a place where nobody listens, or agree on another time. Ask nothing private here.")
            )
        else:
            self.alarm.say("")

    def save(self) -> None:
        """Keeps the session and, where there is a day, the task that follows."""
        from mrc_app.casework import agenda, counselling

        typed, later = self.session.values(), self.next.values()
        unasked = Answer.NOT_ASKED.value
        typed |= {name: typed[name] or unasked for name in ("danger", "safe_to_talk")}
        officer, on, client = self.desk.store.officer, self.desk.today(), self.id

        def act(session: Any) -> Any:
            contact = counselling.record(
                session, client=client, on=on, officer=officer, follow_up_on=later["follow_up_on"], **typed
            )
            agenda.follow_up(session, contact, by=officer, text=later["text"] or "", call=bool(later["call"]))
            return contact

        made = self._submit(lambda: self.desk.change("counselling.record", act))
        if made is None:
            return
        self._saved = True
        self.desk.store.draft_drop(self._draft())
        self._blank()
        when = made.follow_up_on
        words = _("Kept. Next: {date}.", date=screen_date(when)) if when else _("Kept.")
        self.desk.window.show_page("clients", self.id)
        self.desk.window.say(words)

    def _submit(self, act: Any) -> Any:
        """Trouble about the follow-up is said in its own form."""
        from mrc_app.errors import Invalid, MrcError

        for form in (self.session, self.next):
            form.clear_problems()
        try:
            return act()
        except Invalid as trouble:
            mine = {name: said for name, said in trouble.problems.items() if name in self.next}
            others = {name: said for name, said in trouble.problems.items() if name not in self.next}
            if mine:
                self.next.show_problem(Invalid(**mine))
            if others:
                self.session.show_problem(Invalid(**others))
        except MrcError as trouble:
            self.session.show_problem(trouble)
        return None

    def _back(self) -> None:
        self.desk.window.show_page("clients", self.id)

    def _draft(self) -> str:
        return f"counselling:{self.id}"

    def leave(self) -> None:
        """Keeps what was begun as a draft inside the centre file."""
        if self._saved or not self.id or not self.desk.is_open:
            return
        kept = self.kept()
        if self._begun(kept):
            self.desk.store.draft_save(self._draft(), kept)

    def _begun(self, kept: dict[str, Any]) -> bool:
        return any(
            kept.get(name) for name in ("danger", "safe_to_talk", "minutes", "topics", "given", "result", "text")
        )

    def kept(self) -> dict[str, Any]:
        """What was typed."""
        typed = {**self.session.values(), **self.next.values()}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in typed.items()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.session.fill(kept)
        self.next.fill(kept)

    def first(self) -> QWidget | None:
        """The question that comes first."""
        return self.session["danger"]
