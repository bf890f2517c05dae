"""The approval file of a journey: its papers, each seen, missing or not needed, and how many of how many."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import contract_files
from mrc_app.casework.contract_files import ApprovalFile, Line
from mrc_app.casework.contract_words import ItemState
from mrc_app.casework.journeys import Journey
from mrc_app.corridors.checklists import Basis
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk
from ui.look import px
from ui.widgets.controls import Button, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, chip, label
from ui.words import cap, word

STATES = (ItemState.SEEN, ItemState.MISSING, ItemState.NOT_NEEDED)
Tick = Callable[..., None]


class PaperRow(QWidget):
    """One paper with its three answers, the day, and a note."""

    def __init__(self, line: Line, tick: Tick) -> None:
        super().__init__()
        self.paper = line.paper
        self._tick = tick
        name = cap(_(line.paper.name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(3), 0, px(3))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(label(name, "strong"))
        self.below = label("", "small")
        words.addWidget(self.below)
        row.addLayout(words, 3)
        self.states: dict[ItemState, Button] = {}
        for state in STATES:
            made = button(word(state), "choice", on=partial(tick, line.paper.id, state))
            made.setCheckable(True)
            made.setAccessibleName(f"{name}: {word(state)}")
            row.addWidget(made)
            self.states[state] = made
        self.note = TextField(_("Note"), limit=200)
        self.note.call(f"{name}: {_('Note')}")
        self.note.line.editingFinished.connect(self._noted)
        row.addWidget(self.note, 2)
        self._kept = ""
        self.tell(line)

    def tell(self, line: Line) -> None:
        """Shows what is kept."""
        for state, made in self.states.items():
            made.setChecked(line.state is state)
        self._state = line.state
        self.below.setText(screen_date(line.kept.on) if line.kept else "")
        self.below.setVisible(line.kept is not None)
        self._kept = line.kept.note if line.kept else ""
        if not self.note.line.hasFocus():
            self.note.set_value(self._kept)

    def _noted(self) -> None:
        said = self.note.value() or ""
        if said != self._kept:
            self._kept = said
            self._tick(self.paper.id, self._state, said)


class PapersCard(QFrame):
    """The files of a journey, one list after the other."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(18), px(16), px(18), px(16))
        self._column.setSpacing(px(8))
        self.journey: Journey | None = None
        self._laid: tuple[Any, ...] = ()
        self.rows: dict[tuple[str, str], PaperRow] = {}
        self.counts: dict[str, Any] = {}
        self.trouble = Banner("", "red")

    def show_files(self, journey: Journey | None, files: list[ApprovalFile]) -> None:
        """Shows the files; the rows stay while they are of the same journey, so that the keyboard keeps its place."""
        self.journey = journey
        self.setVisible(bool(files))
        wanted = (journey.uuid if journey else "", tuple(file.checklist for file in files))
        if wanted != self._laid:
            self._laid = wanted
            self._lay(files)
        for file in files:
            self.counts[file.checklist.id].setText(count_words(file))
            for line in file.lines:
                self.rows[file.checklist.id, line.paper.id].tell(line)

    def _lay(self, files: list[ApprovalFile]) -> None:
        clear(self._column)
        self.rows, self.counts = {}, {}
        self.trouble = Banner("", "red")
        self._column.addWidget(self.trouble)
        for file in files:
            row = QHBoxLayout()
            row.addWidget(label(_(file.checklist.name), "heading"), 1)
            known = file.checklist
            count = self.counts[known.id] = chip("", "blue")
            row.addWidget(count)
            tone = "amber" if known.basis is Basis.REPORTED else "plain"
            row.addWidget(chip(word(known.basis), tone))
            self._column.addLayout(row)
            source = _("Source: {source}", source=isolate(known.source)) if known.source else ""
            parts = [_(known.note) if known.note else "", source, ltr(known.seen) if known.seen else ""]
            self._column.addWidget(label(" · ".join(part for part in parts if part), "small"))
            for line in file.lines:
                made = PaperRow(line, partial(self._tick, known.id))
                self.rows[known.id, line.paper.id] = made
                self._column.addWidget(made)

    def _tick(self, checklist: str, item: str, state: ItemState, note: str | None = None) -> None:
        desk, journey = self.desk, self.journey
        assert journey is not None
        on, by = desk.today(), desk.store.officer

        def act(session: Any) -> None:
            contract_files.item(session, journey, checklist=checklist, item=item, state=state, on=on, by=by, note=note)

        try:
            desk.change("contracts.item", act)
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
        self.changed.emit()


def count_words(file: ApprovalFile) -> str:
    """How many of how many papers were seen."""
    return _("{seen} of {needed} seen", seen=file.seen, needed=file.needed)
