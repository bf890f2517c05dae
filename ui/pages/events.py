"""Events and outreach: written down in two minutes by keyboard, and the latest of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.casework import events, paper_forms
from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Kind, Sex
from mrc_app.casework.counselling_words import Topic
from mrc_app.casework.events import Event, EventType, Item
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import _, isolate, ngettext
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.chips import ChipsField
from ui.widgets.choosers import LanguageField
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, Field, LongField, NumberField, TextField
from ui.widgets.text import Banner, Elided, card, chip, label
from ui.words import choices, word


class CountsField(Field):
    """A small number for each word of a list, side by side. Value: word → what was typed, empty ones left out."""

    def __init__(self, words: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        row = Flow(10)
        self.setLayout(row)
        self._lines: dict[str, QLineEdit] = {}
        self._words = dict(words)
        for value, text in words:
            line = QLineEdit()
            line.setMaxLength(6)
            line.setFixedWidth(px(64))
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.textChanged.connect(lambda *_: self.changed.emit())
            self._lines[value] = line
            row.addWidget(_under(text, line))
        self.setFocusProxy(next(iter(self._lines.values())))

    def value(self) -> dict[str, Any]:
        """The numbers typed."""
        return {name: line.text().strip() for name, line in self._lines.items() if line.text().strip()}

    def set_value(self, value: Any) -> None:
        """Fills the numbers in."""
        for name, line in self._lines.items():
            line.setText(str((value or {}).get(name, "")))

    def controls(self) -> list[QWidget]:
        """Every number, in the order of the list."""
        return list(self._lines.values())

    def call(self, name: str) -> None:
        """Each number is called by the question and its word."""
        for value, line in self._lines.items():
            line.setAccessibleName(f"{name}: {self._words[value]}")


def _under(text: str, line: QLineEdit) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(3))
    column.addWidget(label(text, "small", wrap=False))
    column.addWidget(line)
    return part


def _typed_in(session: Session, number: str, today: date, by: str) -> None:
    """Says that a paper form came back; what is wrong with its number is told at its field."""
    try:
        paper_forms.typed_in(session, number, on=today, by=by)
    except MrcError as wrong:
        raise Invalid(paper=wrong.problem) from None


class EventsPage(Page):
    """The form, and the latest events below it."""

    shows: ClassVar[frozenset[str]] = frozenset({"event"})
    nav: ClassVar[str] = "reports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=980)
        outer.addWidget(scroll)
        self.back = button(_("Figures"), "quiet", "chevron-left", partial(desk.window.show_page, "reports"))
        self.keep = button(_("Keep this event"), "main", "check", self.save)
        self.keep.setToolTip("Ctrl+S")
        self.keep.setEnabled(may(desk.store.role, May.TALLY))
        below = _("People met at events are counted apart from clients; an audience is an estimate and counts nobody.")
        paper = button(_("Paper forms"), "", "printer", partial(desk.window.show_page, "paper_forms"))
        scroll.body.addWidget(Heading(_("Events and outreach"), below, self.back, paper, self.keep))
        self.done = Banner("", "green", "circle-check")
        scroll.body.addWidget(self.done)
        frame, body = card(margin=20)
        self.form = self._form()
        body.addWidget(self.form)
        scroll.body.addWidget(frame)
        scroll.body.addWidget(label(_("The latest events"), "heading"))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        scroll.body.addLayout(self._list)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self.form.submitted.connect(self.save)
        self._blank()

    def _form(self) -> Form:
        form = Form()
        form.add("type", _("What kind of event?"), ChoiceField(choices(EventType), empty=None))
        form.add("place", _("Where?"), TextField(limit=120))
        form.add("on", _("Day"), DualDateEdit())
        form.add("people", _("How many people came?"), NumberField())
        form.add("sex", _("By sex"), CountsField(choices(Sex)), optional=True, span=2)
        form.add("age", _("By age"), CountsField(choices(AgeBand)), optional=True, span=2)
        form.add("kind", _("Who they are"), CountsField(choices(Kind)), optional=True, span=2)
        form.add("materials", _("Handed out"), CountsField(choices(Item)), optional=True, span=2)
        form.add("minutes", _("Minutes"), NumberField(), optional=True)
        form.add("audience", _("Estimated audience (radio, television)"), NumberField(), optional=True)
        form.add("topics", _("Talked about"), ChipsField(choices(Topic)), optional=True, span=2)
        form.add("language", _("Language"), LanguageField(), optional=True)
        form.add("partner", _("With whom?"), TextField(limit=120), optional=True)
        form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
        form.add("paper", _("Number of the paper form"), TextField(limit=40), optional=True,
                 hint=_("Where it was written down on a printed form first."))  # fmt: skip
        return form

    def _blank(self) -> None:
        empty = dict.fromkeys(("place", "people", "minutes", "audience", "language", "partner", "note", "paper"))
        counts: dict[str, Any] = {name: {} for name in ("sex", "age", "kind", "materials")}
        self.form.fill({"type": "community", "on": self.desk.today(), "topics": [], **empty, **counts})

    def load(self, id: str) -> None:
        """The page; ``id`` may be the number of the paper form that is typed in."""
        super().load(id)
        if id:
            self.form.fill({"paper": id})

    def refresh(self) -> None:
        """Reads the latest events."""
        self.desk.ask(self, events.latest, self._show)

    def _show(self, found: list[Event]) -> None:
        clear(self._list)
        if not found:
            self._list.addWidget(Empty("users", _("No events yet"), _("Schools, communities, job fairs, radio.")))
        for event in found:
            self._list.addWidget(self._card(event))

    def _card(self, event: Event) -> QWidget:
        frame, body = card(spacing=4, margin=14)
        top = QHBoxLayout()
        top.addWidget(Elided(isolate(event.place), "strong"), 1)
        top.addWidget(chip(word(event.type), "blue"))
        body.addLayout(top)
        parts = [screen_date(event.on), ngettext("{n} person", "{n} people", event.people)]
        parts += [f"{word(Sex(sex))} {number}" for sex, number in events.by(event, "sex").items()]
        if event.audience:
            parts.append(_("audience about {n}", n=event.audience))
        body.addWidget(label(" · ".join(parts), "small"))
        if may(self.desk.store.role, May.TALLY):
            away = button(_("Written down by mistake"), "quiet", "undo-2", partial(self.take_back, event.uuid))
            away.setAccessibleName(f"{away.text()}: {event.place}")
            row = QHBoxLayout()
            row.addWidget(away)
            row.addStretch(1)
            body.addLayout(row)
        return frame

    def save(self) -> None:
        """Keeps the event and is ready for the next."""
        typed, by, today = self.form.values(), self.desk.store.officer, self.desk.today()
        paper = typed.pop("paper", None)

        def act(session: Session) -> object:
            kept = events.record(session, by=by, today=today, **typed)
            if paper:
                _typed_in(session, paper, today, by)
            return kept

        if self.form.submit(lambda: self.desk.change("events.record", act)) is not None:
            self._blank()
            self.done.say(_("Kept. The form is ready for the next event."))
            self.form["type"].setFocus()
            self.refresh()

    def take_back(self, uuid: str) -> None:
        """Takes an event back."""
        self.desk.change("events.take_back", lambda session: events.take_back(session, events.by_uuid(session, uuid)))
        self.refresh()
        self.desk.window.say(_("Taken back."))

    def kept(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)

    def first(self) -> QWidget | None:
        """The kind of event."""
        return self.form["type"]
