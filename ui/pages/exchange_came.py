"""What came: files chosen or dropped are looked at first, then taken in one after another; what is missing is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import Cancelled, MrcError, Problem
from mrc_app.exchange import arriving, arriving_look, desk_parcels
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.arriving_look import Came, Look
from mrc_app.i18n import N_, _, ngettext
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.pages.exchange_came_shown import FileCard, arrived_words
from ui.pages.exchange_history import History
from ui.pages.exchange_part import ExchangePart, told_of
from ui.panels.groups import heading_row
from ui.panels.return_parts import flow_of, line_row, named
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dialogs import several_to_open
from ui.widgets.progress import Progress
from ui.widgets.text import Banner, card, label

RIGHTS = {
    Came.DESK: May.EXCHANGE, Came.HANDOVER: May.HAND_OVER, Came.RECEIPT: May.HAND_OVER,
    Came.ACKNOWLEDGEMENT: May.EXPORT, Came.REFERENCE: May.EXCHANGE,
}  # fmt: skip
NOT_YOURS = N_("Your role does not take in files of this kind. Ask a supervisor.")
MOST = 40
"""Files looked at in one go."""


class Outcome(NamedTuple):
    """What came of a file: what was taken in, or why not."""

    look: Look
    arrived: Arrived | None
    trouble: Problem | None


class CamePart(ExchangePart):
    """The place for files, the files, what is missing here, and what came lately."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        frame, body = card(margin=18)
        self.pick = button(_("Choose files"), "main", "folder-open", self.choose)
        text = _("Drop the files that came here, or choose them. They are looked at first; nothing is taken in yet.")
        body.addWidget(line_row(_("What came?"), text, self.pick, role="heading"))
        self.column.addWidget(frame)
        self.progress = Progress(desk.jobs)
        self.column.addWidget(self.progress)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        self._files = QVBoxLayout()
        self._files.setSpacing(10)
        self.column.addLayout(self._files)
        frame, self._missing = card(spacing=8)
        self._missing_card = frame
        self.column.addWidget(frame)
        frame.hide()
        empty = (_("Nothing has come yet"), _("Parcels, receipts and answers you take in are listed here."))
        self.history = History(desk, "in", _("What came lately"), empty)
        self.column.addWidget(self.history)
        self.looked: list[Look] = []
        self.outcomes: list[Outcome] = []
        self.take = button("", "main", "check", self.take_in)

    def load(self, about: str) -> None:
        """``about`` is a file to look at."""
        self.refresh()
        if about:
            self.look([Path(about)])

    def refresh(self) -> None:
        """Reads what is missing and what came; the files that were chosen stay."""
        store = self.desk.store

        def question(_session: Session) -> tuple[list[Problem], list[desk_parcels.Desk]]:
            return desk_parcels.waiting(store), desk_parcels.desks(store)

        self.desk.ask(self, question, self._tell_missing)
        self.history.refresh()

    # -- looking

    def choose(self) -> None:
        """Asks for the files."""
        chosen = several_to_open(self, _("Choose the files that came"), str(documents_path()), "(*)")
        if chosen:
            self.look([Path(one) for one in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Looks at what was dropped."""
        files = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.look(files)

    def look(self, files: Sequence[Path]) -> None:
        """Looks at files beside the screen; the signatures that lie beside them are passed over."""
        wanted = [one for one in files if not one.name.endswith((".minisig", ".slip.pdf"))][:MOST]
        store = self.desk.store
        self.trouble.say("")
        self.outcomes = []

        def work(step: Any) -> list[Look]:
            found = []
            for number, path in enumerate(wanted):
                step(number, len(wanted))
                found.append(arriving_look.look(store, path))
            return arriving_look.in_order(found)

        self.progress.run(_("Looking at the files …"), work, self._show, self._failed)

    def _show(self, looked: list[Look]) -> None:
        self.looked = looked
        clear(self._files)
        for one in looked:
            made = FileCard(self._refused(one))
            made.trust.clicked.connect(partial(self._trust, one))
            made.open.clicked.connect(partial(self._open, one))
            self._files.addWidget(made)
        ready = self.ready()
        if ready:
            words = ngettext("Take {n} file in", "Take {n} files in", len(ready))
            self.take = button(words, "main", "check", self.take_in)
            self._files.addWidget(flow_of(self.take))
            self.take.setFocus()

    def _refused(self, one: Look) -> Look:
        """A file that her role does not take in says so."""
        role = self.desk.store.role
        if one.may_come_in and one.kind is not None and not may(role, RIGHTS[one.kind]):
            return replace(one, trouble=Problem(NOT_YOURS))
        return one

    def ready(self) -> list[Look]:
        """The files that can be taken in here and now; a hand-over is looked at on a page of its own."""
        found = [self._refused(one) for one in self.looked]
        return [one for one in found if one.may_come_in and one.kind is not Came.HANDOVER]

    def _trust(self, one: Look, *_args: object) -> None:
        self.desk.window.show_page("exchange", f"keys:{one.recipient}")

    def _open(self, one: Look, *_args: object) -> None:
        self.desk.window.show_page("arrival", str(one.file))

    # -- taking in

    def take_in(self) -> None:
        """Takes the files in, one after another; each whole or not at all."""
        store, today, ready = self.desk.store, self.desk.today(), self.ready()
        self.outcomes = outcomes = []
        self.take.setEnabled(False)

        def work(step: Any) -> list[Outcome]:
            for number, one in enumerate(ready):
                step(number * 1000, len(ready) * 1000)
                try:
                    arrived = arriving.arrive(store, one.file, today=today, step=_part(step, number, len(ready)))
                    outcomes.append(Outcome(one, arrived, None))
                except Cancelled:
                    raise
                except MrcError as trouble:
                    outcomes.append(Outcome(one, None, trouble.problem))
            return outcomes

        name = ngettext("Taking in {n} file …", "Taking in {n} files …", len(ready))
        self.progress.run(name, work, self._taken, self._failed)

    def _taken(self, outcomes: list[Outcome]) -> None:
        self.outcomes = outcomes
        clear(self._files)
        for one in outcomes:
            made = FileCard(one.look)
            made.tell(arrived_words(one.arrived) if one.arrived else [], one.trouble)
            if one.arrived is not None and one.arrived.conflicts:
                go = button(_("Look at the contradictions"), "", "triangle-alert", self._to_conflicts)
                made.body.addWidget(flow_of(go))
            if one.arrived is not None and one.arrived.kind == Came.REFERENCE:
                go = button(_("Look at the difference"), "", "list-checks", self._to_updates)
                made.body.addWidget(flow_of(go))
            self._files.addWidget(made)
        self.looked = [one for one in self.looked if one.kind is Came.HANDOVER]
        self.refresh()
        self.settled.emit()
        self.pick.setFocus()

    def _to_conflicts(self) -> None:
        self.desk.window.show_page("exchange", "conflicts")

    def _to_updates(self) -> None:
        self.desk.window.show_page("exchange", "updates")

    def _failed(self, trouble: MrcError) -> None:
        done = [one for one in self.outcomes if one.arrived is not None]
        if done:
            self._taken(self.outcomes)
        self.take.setEnabled(True)
        if isinstance(trouble, Cancelled):
            said = ngettext("Stopped. {n} file was taken in before; of the others nothing.",
                            "Stopped. {n} files were taken in before; of the others nothing.", len(done))  # fmt: skip
            self.trouble.say(said if done else _("Stopped. Nothing was changed."))
        else:
            self.trouble.say(trouble.text(_))

    # -- what is missing

    def _tell_missing(self, told: tuple[list[Problem], list[desk_parcels.Desk]]) -> None:
        missing, desks = told
        clear(self._missing)
        self._missing_card.setVisible(bool(missing))
        if not missing:
            return
        self._missing.addWidget(heading_row("triangle-alert", _("What is missing or waits here")))
        for problem in missing:
            asked = next((one for one in desks if one.name == problem.values.get("desk")), None)
            text = told_of(problem)
            ends = []
            if asked is not None and may(self.desk.store.role, May.EXCHANGE):
                go = partial(self.desk.window.show_page, "exchange", f"leaves:{asked.recipient}")
                ends = [named(_("Write it a parcel"), asked.name, on=go)]
            self._missing.addWidget(line_row(text, "", *ends, role=""))
        self._missing.addWidget(label(_("A parcel tells the other desk what is missing here."), "small"))

    def first(self) -> QWidget | None:
        """Choosing files."""
        return self.pick


def _part(step: Any, number: int, of: int) -> Any:
    """The progress of one file among several."""

    def told(done: int, total: int) -> None:
        step(number * 1000 + (done * 1000 // total if total else 0), of * 1000)

    return told
