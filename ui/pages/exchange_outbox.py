"""The outbox: what waits to be sent to a folder or a server, and the places. Nothing goes by itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import Cancelled, MrcError
from mrc_app.exchange import destinations, outbox
from mrc_app.exchange.destinations import Destination
from mrc_app.exchange.outbox import State, Waiting
from mrc_app.i18n import _, isolate, ltr, ngettext
from mrc_app.store.roles import May
from ui.desk import Desk, Session
from ui.forms import Form
from ui.pages.exchange_part import PAGE, ExchangePart, allow, instant_words
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots, flow_of, line_row, named
from ui.widgets.controls import button, clear
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.progress import Progress
from ui.widgets.text import Banner, card, chip, label
from ui.words import word

TONES = {State.QUEUED: "amber", State.SENT: "blue", State.ACKNOWLEDGED: "green", State.REFUSED: "red"}


class Told(NamedTuple):
    """What the card shows."""

    waiting: list[Waiting]
    places: list[Destination]


class OutboxCard(ExchangePart):
    """What waits, sending it, and the places."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        frame, body = card(spacing=8)
        self.send_button = button(_("Send what waits"), "main", "arrow-right", self.send)
        self.add = button(_("Add a place"), "quiet", "plus", self.ask)
        allow(self.add, desk.store.role, May.SETTINGS)
        body.addWidget(heading_row("arrow-left-right", _("Outbox"), self.add, self.send_button))
        self.about = label("", "small")
        body.addWidget(self.about)
        self.trouble = Banner("", "red")
        body.addWidget(self.trouble)
        self.progress = Progress(desk.jobs)
        body.addWidget(self.progress)
        self._list, self._places = QVBoxLayout(), QVBoxLayout()
        body.addLayout(self._list)
        self.more = button(_("Show more"), "quiet", on=self._more)
        body.addWidget(self.more)
        body.addWidget(self._form())
        body.addLayout(self._places)
        self.column.addWidget(frame)
        self.told = Told([], [])
        self._shown = PAGE

    def _form(self) -> QWidget:
        self.asking = QWidget()
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, 0, 0)
        self.form = form = Form()
        form.add("name", _("Name of the place"), TextField(limit=80))
        hint = _("A folder, or an address that begins with https:// or sftp://.")
        form.add("address", _("Address"), TextField(ordered=True, limit=400), hint=hint)
        form.add("login", _("User name there"), TextField(ordered=True), optional=True)
        form.add("password", _("Password"), TextField(secret=True), optional=True)
        hint = _("For sftp only, as the owner of the server read it to you: SHA256:…")
        form.add("host_key", _("Key of the server"), TextField(ordered=True), hint=hint, optional=True, span=2)
        form.submitted.connect(self.keep)
        column.addWidget(form)
        self.save = button(_("Keep the place"), "main", "check", self.keep)
        column.addWidget(flow_of(self.save, button(_("Cancel"), "quiet", on=self.asking.hide)))
        self.asking.hide()
        return self.asking

    def refresh(self) -> None:
        """Reads what waits and the places, beside the screen."""
        store = self.desk.store

        def question(_session: Session) -> Told:
            return Told(list(reversed(outbox.listed(store))), destinations.destinations(store))

        self.desk.ask(self, question, self._show)

    def _show(self, told: Told) -> None:
        self.told = told
        clear(self._list)
        for one in told.waiting[: self._shown]:
            self._list.addWidget(self._row(one))
        self.more.setVisible(len(told.waiting) > self._shown)
        number = sum(one.state is State.QUEUED for one in told.waiting)
        self.send_button.setVisible(bool(number))
        if number:
            said = ngettext("{n} file waits. It goes when you say so.", "{n} files wait. They go when you say so.",
                            number)  # fmt: skip
        elif told.places:
            said = _("Nothing waits. What you write can be put in here and sent when there is a network.")
        else:
            said = _("Where files can be sent over the network: add a place. A stick needs none.")
        self.about.setText(said)
        clear(self._places)
        for place in told.places:
            drop = allow(named(_("Remove"), place.name, "quiet", "trash-2", partial(self.remove, place.name)),
                         self.desk.store.role, May.SETTINGS)  # fmt: skip
            self._places.addWidget(
                line_row(isolate(place.name), dots([word(place.way), ltr(place.address)]), drop, role="")
            )

    def _row(self, one: Waiting) -> QWidget:
        drop = named(_("Take out"), one.name, "quiet", "x", partial(self.drop, one.id))
        below = dots([one.destination, instant_words(one.sent_at or one.at), one.trouble])
        return line_row(ltr(one.name), below, chip(word(one.state), TONES[one.state]), drop)

    def _more(self) -> None:
        self._shown += PAGE
        self._show(self.told)

    # -- files

    def chooser(self, file: Path) -> QWidget | None:
        """Where a file that was written could be sent; None where no place is known."""
        if not self.told.places:
            return None
        self.place = ChoiceField([(one.name, isolate(one.name)) for one in self.told.places], None)
        self.place.call(_("Send it to"))
        self.put = button(_("Put it into the outbox"), "", "arrow-right", partial(self.queue, file))
        return flow_of(label(_("Send it to"), wrap=False), self.place, self.put)

    def queue(self, file: Path) -> None:
        """Puts a file into the outbox, beside the screen."""
        store, place = self.desk.store, str(self.place.value())
        self.put.setEnabled(False)
        self.desk.jobs.run(lambda _step: outbox.queue(store, file, place), done=self._done, failed=self._failed)

    def send(self) -> None:
        """Sends what waits; Stop leaves the rest waiting."""
        store = self.desk.store
        self.trouble.say("")
        if self.progress.run(_("Sending …"), lambda step: outbox.send(store, step=step), self._done, self._failed):
            self.send_button.setEnabled(False)

    def drop(self, id: str) -> None:
        """Takes a file out."""
        store = self.desk.store
        self.desk.jobs.run(lambda _step: outbox.drop(store, id), done=self._done, failed=self._failed)

    def _done(self, _answer: object) -> None:
        self.send_button.setEnabled(True)
        self.trouble.say("")
        self.refresh()

    def _failed(self, trouble: MrcError) -> None:
        self.send_button.setEnabled(True)
        stopped = _("Stopped. What was not sent waits here.")
        self.trouble.say(stopped if isinstance(trouble, Cancelled) else trouble.text(_))
        self.refresh()

    # -- places

    def ask(self) -> None:
        """Asks for another place."""
        self.asking.setVisible(self.asking.isHidden())
        if not self.asking.isHidden():
            self.form["name"].setFocus()

    def keep(self) -> None:
        """Keeps a place."""
        said = {name: value or "" for name, value in self.form.values().items()}
        if self.form.submit(lambda: destinations.add(self.desk.store, **said)):
            self.form.fill(dict.fromkeys(said))
            self.asking.hide()
            self.refresh()

    def remove(self, name: str) -> None:
        """Forgets a place."""
        store = self.desk.store
        self.desk.jobs.run(lambda _step: destinations.remove(store, name), done=self._done, failed=self._failed)
