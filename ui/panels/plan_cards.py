"""A line of the plan as a card; its state by keys 1 to 4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import reintegration
from mrc_app.casework.reintegration import PlanLine, SupportInstalment
from mrc_app.casework.reintegration_words import LineState, Promise
from mrc_app.i18n import _, isolate, ltr
from mrc_app.money import Money
from ui.look import px
from ui.panels.costs_asked import told
from ui.panels.return_parts import dots, flow_of, line_row, named
from ui.widgets.text import chip, label
from ui.words import word

STATES = tuple(LineState)
TONES = {LineState.OPEN: "plain", LineState.STARTED: "blue", LineState.DONE: "green", LineState.DROPPED: "red"}


class LineCard(QFrame):
    """One line. ``moved`` carries the state that was asked for."""

    moved = Signal(str)
    changed = Signal()
    parted = Signal()

    def __init__(self, line: PlanLine, need: str, due: str, answer: str = "") -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line = line
        title = isolate(line.action) if line.action else isolate(need)
        self.setAccessibleName(f"{title}, {word(line.state)}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(14), px(10), px(14), px(10))
        self._column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label(title, "strong"), 1)
        head.addWidget(chip(word(line.state), TONES[line.state]), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        if answer and not line.action:
            self._column.addWidget(label(_("Her answer: {answer}", answer=answer), "small"))
        for words in self._below(need, due):
            self._column.addWidget(label(words, "small"))
        self._column.addWidget(self._acts(title))

    def _below(self, need: str, due: str) -> list[str]:
        line = self.line
        cost = told(Money(line.cost_minor, line.cost_currency)) if line.cost_minor is not None else ""
        known = line.who_pays.value != "not_known"
        parts = [
            _("by: {who}", who=isolate(line.provider)) if line.provider else "",
            _("costs: {amount}", amount=cost) if cost else "",
            _("paid by: {who}", who=word(line.who_pays)) if known and line.promise is Promise.AGREED else "",
        ]
        rows = [
            _("Need: {need}", need=isolate(need)) if need and line.action else "",
            dots(parts),
            _("until {day}", day=due) if due else "",
            isolate(line.result) if line.result else "",
        ]
        return [row for row in rows if row]

    def _acts(self, title: str) -> QWidget:
        bare = not self.line.action
        change = named(_("Say what is done") if bare else _("Change"), title, "", "pencil", self.changed.emit)
        acts: list[QWidget] = [change]
        self.states = {}
        for number, state in enumerate(STATES, 1):
            if state is not self.line.state and not (bare and state is not LineState.DROPPED):
                made = named(word(state), title, "quiet", on=partial(self.moved.emit, state.value))
                made.setToolTip(str(number))
                self.states[state] = made
                acts.append(made)
        if self.line.promise is Promise.AGREED and not bare:
            acts.append(named(_("Instalments"), title, "quiet", "plus", self.parted.emit))
        return flow_of(*acts)

    def add(self, part: QWidget) -> None:
        """An instalment below the line."""
        self._column.insertWidget(self._column.count() - 1, part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 set the state, Enter changes the line."""
        text = event.text()
        if text in ("1", "2", "3", "4"):
            self.moved.emit(STATES[int(text) - 1].value)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.changed.emit()
        else:
            super().keyPressEvent(event)


def instalment_row(
    part: SupportInstalment, both: Callable[[date | None], str], today: date, pay: Callable[[], object]
) -> QWidget:
    """A part of the money: when it is due, or when it was paid with the number of its receipt."""
    amount = told(Money(part.minor, part.currency))
    if part.paid_on is not None:
        below = _("paid on {day}, receipt {number}", day=both(part.paid_on), number=ltr(part.receipt))
        return line_row(amount, below, chip(_("Paid"), "green"), role="")
    due = _("due on {day}", day=both(part.due))
    late = reintegration.late(part, today)
    state = chip(_("late") if late else _("due") if part.due <= today else _("to come"), "red" if late else "plain")
    return line_row(amount, due, state, named(_("Paid"), f"{amount} {due}", "", "check", pay), role="")
