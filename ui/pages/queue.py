"""The queue of a clinic day: who waits, with a ticket or a name; the next one; what is finished later; the evening."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import queues
from mrc_app.casework.queues import Place, Queue, Stand
from mrc_app.i18n import _, isolate, ngettext
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.pages.queue_evening import Evening, EveningCard, evening
from ui.pages.queue_form import MiniForm
from ui.widgets.choosers import CountryField, LanguageField, name_of_country, name_of_language
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.fields import TextField
from ui.widgets.text import card, chip, label
from ui.words import word

DRAFT, OPEN = "queue_day", "queue:open"
"""The queue itself, and the mark that forms are to be finished: Today shows the mark."""
REST_MS = 1500
SHOWN = 60
"""People shown at once."""
TONES = {Stand.NOW: "green", Stand.WAITING: "blue", Stand.LATER: "amber"}


class QueuePage(Page):
    """The queue, the form of who sits at the table, and the figures of the day."""

    shows: ClassVar[frozenset[str]] = frozenset({"contact", "tally", "client", "grievance"})
    nav: ClassVar[str] = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.queue: Queue = ()
        self._names: dict[str, str] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.keep_draft)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=920)
        outer.addWidget(scroll)
        back = button(_("Today"), "quiet", "chevron-left", partial(desk.window.show_page, "today"))
        self.forward = button(_("Next"), "main", "users", self.next)
        self.forward.setToolTip("Ctrl+Return")
        self.heading = Heading(_("Queue"), " ", back, self.forward)
        scroll.body.addWidget(self.heading)
        self.table = self._table()
        scroll.body.addWidget(self.table)
        scroll.body.addWidget(self._door())
        frame, self._list = card(margin=8, spacing=2)
        scroll.body.addWidget(frame)
        self.evening = EveningCard(desk)
        scroll.body.addWidget(self.evening)
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+Return", self.next), ("Ctrl+Shift+S", self.finish_later)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _table(self) -> QWidget:
        frame, body = card(margin=20, spacing=12)
        row = QHBoxLayout()
        self.who = label("", "heading")
        row.addWidget(self.who, 1)
        self.speaks = chip("", "blue")
        row.addWidget(self.speaks)
        body.addLayout(row)
        self.mini = MiniForm(self.desk)
        self.mini.changed.connect(self._typed)
        self.mini.submitted.connect(self.save)
        self.mini.hers.connect(partial(self.desk.window.show_page, "clients"))
        body.addWidget(self.mini)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.wait = button(_("Finish later"), "", on=self.finish_later)
        self.wait.setToolTip("Ctrl+Shift+S")
        self.keep = button(_("Register"), "main", "check", self.save)
        self.keep.setToolTip("Ctrl+S")
        for part in (self.wait, self.keep):
            foot.addWidget(part)
        body.addLayout(foot)
        return frame

    def _door(self) -> QWidget:
        """Who comes takes a ticket; nothing more need be said."""
        frame, body = card(margin=20, spacing=12)
        body.addWidget(label(_("Somebody comes"), "heading"))
        self.door = Form()
        self.door.add(
            "name", _("Name"), TextField(limit=80), optional=True, span=2, hint=_("The ticket alone is enough.")
        )
        self.door.add("nationality", _("Nationality"), CountryField(), optional=True)
        self.door.add("language", _("Her language"), LanguageField(), optional=True)
        self.door.submitted.connect(self.join)
        body.addWidget(self.door)
        row = QHBoxLayout()
        self.give = button(_("Give a ticket"), "", "plus", self.join)
        row.addWidget(self.give)
        row.addStretch(1)
        body.addLayout(row)
        return frame

    def load(self, id: str) -> None:
        """The queue as it was left, and the form of who sits at the table."""
        self.queue = self._read()
        self.door.fill(dict.fromkeys(self.door.values()))
        self._seat()
        super().load(id)

    def refresh(self) -> None:
        """Shows the queue; the figures are counted beside the screen."""
        today, self.queue = self.desk.today(), self._read()
        waiting = sum(one.stand is Stand.WAITING for one in self.queue)
        below = " · ".join((screen_date(today), ngettext("{n} person waits", "{n} people wait", waiting)))
        self.heading.say(_("Queue"), below)
        self.forward.setEnabled(waiting > 0)
        self._show_list()
        self.desk.ask(self, lambda session: (evening(session, today), _officers(session)), self._told)

    def _read(self) -> Queue:
        """The queue as it stands now: another officer may have called somebody meanwhile."""
        return queues.of_day(queues.from_data(self.desk.store.draft(DRAFT, shared=True) or {}), self.desk.today())

    def _told(self, told: tuple[Evening, dict[str, str]]) -> None:
        figures, names = told
        self.evening.tell(figures)
        if names != self._names:
            self._names = names
            self._show_list()

    def _show_list(self) -> None:
        clear(self._list)
        found = queues.in_order(self.queue)
        for place in found[:SHOWN]:
            self._list.addWidget(self._row(place))
        if not found:
            self._list.addWidget(Empty("users", _("Nobody waits"), _("Who comes takes a ticket and stands here.")))

    def _row(self, place: Place) -> QWidget:
        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(px(10), px(7), px(8), px(7))
        inner.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(label(self._called(place), "strong"))
        said = [name_of_country(place.nationality) if place.nationality else ""]
        said += [screen_date(place.on) if place.on != self.desk.today() else ""]
        if any(said):
            words.addWidget(label(" · ".join(filter(None, said)), "small"))
        inner.addLayout(words, 1)
        if place.language:
            inner.addWidget(chip(name_of_language(place.language)), 0, Qt.AlignmentFlag.AlignVCenter)
        inner.addWidget(chip(word(place.stand), TONES[place.stand]), 0, Qt.AlignmentFlag.AlignVCenter)
        if not queues.mine(place, self.desk.store.officer):
            inner.addWidget(label(self._names.get(place.officer, ""), "small", wrap=False))
            return row
        if place.stand is not Stand.NOW:
            text = _("Finish") if place.stand is Stand.LATER else _("To the table")
            self._press(inner, text, "", partial(self.take, place.key), place)
        if place.stand is Stand.WAITING:
            self._press(inner, _("Went away"), "quiet", partial(self.went, place.key), place)
        return row

    def _press(self, row: QHBoxLayout, text: str, kind: str, act: Any, place: Place) -> None:
        made = button(text, kind, on=act)
        made.setAccessibleName(f"{text}: {self._called(place)}")
        row.addWidget(made)

    def _called(self, place: Place) -> str:
        ticket = _("Ticket {n}", n=place.ticket)
        return " · ".join((ticket, isolate(place.name))) if place.name else ticket

    def now(self) -> Place | None:
        """Who sits at the table."""
        return queues.at_table(self.queue, self.desk.store.officer)

    def _seat(self) -> None:
        place = self.now()
        self.table.setVisible(place is not None)
        if place is not None:
            self.who.setText(self._called(place))
            self.mini.begin(place)
        else:
            self.mini.rest()
        self._rest.stop()

    def _typed(self) -> None:
        language = self.mini.form["language"].value()
        self.speaks.setText(name_of_language(language) if language else "")
        self.speaks.setVisible(bool(language))
        words = _("Count this visit") if self.mini.refused() else _("Register")
        self.keep.setText(words)
        self.keep.setAccessibleName(words)
        self._rest.start(REST_MS)

    def _change(self, step: Callable[[Queue], Queue]) -> None:
        """Another queue, made from how it stands now, and kept at once in the centre file."""
        store = self.desk.store
        self.queue = step(self._read())
        store.draft_save(DRAFT, queues.as_data(self.queue), shared=True)
        if queues.unfinished(self.queue, store.officer):
            store.draft_save(OPEN, {})
        else:
            store.draft_drop(OPEN)

    def join(self) -> None:
        """One more person waits."""
        said = {name: value or "" for name, value in self.door.values().items()}
        self._change(lambda queue: queues.join(queue, self.desk.today(), **said))
        self.door.fill(dict.fromkeys(said))
        self.refresh()
        self.desk.window.say(_("Ticket {n}", n=self.queue[-1].ticket))
        self.door["name"].setFocus()

    def next(self) -> None:
        """Who has waited longest comes to the table."""
        place = queues.next_one(self._read())
        if place is not None:
            self.take(place.key)

    def take(self, key: str) -> None:
        """Somebody comes to the table; the form that was open there is finished later."""
        self.keep_draft()
        officer = self.desk.store.officer
        self._change(lambda queue: queues.take(queue, key, officer))
        self._seat()
        self.refresh()
        place = self.now()
        if place is not None and place.key == key:
            self.mini.form["danger"].setFocus()
        else:
            self.desk.window.say(_("Another officer has called this ticket."))

    def went(self, key: str) -> None:
        """She went away before her turn."""
        place = next(one for one in self.queue if one.key == key)
        self._change(lambda queue: queues.left(queue, key))
        self.refresh()
        self.desk.window.say(_("Went away"), partial(self._put_back, place))

    def _put_back(self, place: Place) -> None:
        """She came back: her own place again, whatever happened to the others."""
        if self.desk.is_open:
            self._change(lambda queue: tuple(place if one.key == place.key else one for one in queue))
            self.refresh()

    def finish_later(self) -> None:
        """Her form is kept half-filled, and she stays in the list."""
        place = self.now()
        if place is not None:
            self._rest.stop()
            typed = self.mini.typed()
            self._change(lambda queue: queues.later(queue, place.key, typed))
            self._seat()
            self.refresh()
            self.forward.setFocus()

    def save(self) -> None:
        """Keeps what she said, or counts the visit; the table is free."""
        place = self.now()
        if place is None or not self.mini.keep(_("Ticket {n}").format(n=place.ticket)):
            return
        self._change(lambda queue: queues.served(queue, place.key))
        self._seat()
        self.refresh()
        self.desk.window.say(_("Kept."))
        (self.forward if self.forward.isEnabled() else self.door["name"]).setFocus()

    def keep_draft(self) -> None:
        """What stands in the form is kept inside the centre file; she stays at the table."""
        self._rest.stop()
        place = self.now()
        if place is not None and self.desk.is_open:
            typed, officer = self.mini.typed(), self.desk.store.officer
            self._change(lambda queue: queues.take(queues.later(queue, place.key, typed), place.key, officer))

    def leave(self) -> None:
        """Nothing typed is lost when another page is opened."""
        self.keep_draft()

    def kept(self) -> dict[str, Any]:
        """What was typed, for a change of language."""
        return {"form": self.mini.typed(), "door": self.door.values()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.door.fill(kept["door"])
        if self.now() is not None:
            self.mini.form.fill(kept["form"])

    def first(self) -> QWidget | None:
        """The form at the table, or the next one's name."""
        return self.mini.form["danger"] if self.now() is not None else self.door["name"]


def _officers(session: Session) -> dict[str, str]:
    from mrc_app.store.officers import officers

    return {one.uuid: one.name for one in officers(session)}
