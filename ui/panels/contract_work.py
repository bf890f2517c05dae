"""The check of a contract, worked by keyboard: 28 points, the suggestion of the rule on each, one key for an answer.

Arrows move, 1 to 5 answer and go on, Space takes the suggestion and goes on; nothing is answered by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mrc_app.casework.contract_points import ANSWERS, Point
from mrc_app.i18n import _, ltr, ngettext
from ui.look import px
from ui.panels.contract_said import STATE_TONES, behind, beside, reason
from ui.widgets.controls import Button, Flow, button, clear
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, Elided, card, chip, label
from ui.words import word

PAGE, NOTE = "page", "note"


class PointButton(Button):
    """The line of one point; it takes the focus and the keys."""

    looked_at = Signal()
    key = Signal(int)

    def __init__(self, point: Point) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self._inner = row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(6), px(10), px(6))
        row.setSpacing(px(10))
        number = label(ltr(point.number), "small", wrap=False)
        number.setFixedWidth(px(24))
        row.addWidget(number)
        row.addWidget(Elided(_(point.label), "strong"), 1)
        self._chips = QHBoxLayout()
        row.addLayout(self._chips)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(px(38))

    def tell(self, point: Point) -> None:
        """Shows the state: the officer's answer, else what is suggested."""
        clear(self._chips)
        state, answered = word(point.state), point.answer is not None
        said = state if answered else _("suggested: {state}", state=state)
        if point.red:
            self._chips.addWidget(chip(_("Red"), "red"))
        self._chips.addWidget(chip(said, STATE_TONES[point.state.value] if answered else "plain"))
        red = f", {_('Red')}" if point.red else ""
        self.setAccessibleName(f"{point.number} {_(point.label)}: {said}{red}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The point that is looked at opens."""
        super().focusInEvent(event)
        self.looked_at.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, numbers, Space and letters work the check; everything else goes on."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        wanted = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_N, Qt.Key.Key_P)
        if plain and (event.key() in wanted or Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_5):
            self.key.emit(event.key())
            return
        super().keyPressEvent(event)


class PointRow(QWidget):
    """One point: its line, and below it, while it is looked at, why, where it stands, and the officer's words."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        self.point = point
        self.said: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.line = PointButton(point)
        column.addWidget(self.line)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.fields: dict[str, TextField] = {}
        self.line.tell(point)

    def open(self, answer: Callable[[int], None]) -> None:
        """Shows what is behind the suggestion and the fields."""
        if self.fields:
            return
        frame, body = card("sunken", margin=12, spacing=6)
        for finding in self.point.findings:
            body.addWidget(label(reason(finding["reason"]), "strong" if finding["red"] else ""))
            for text in (beside(finding), behind(finding)):
                if text:
                    body.addWidget(label(text, "small"))
        if not self.point.findings:
            body.addWidget(label(_("Nothing is known here to hold this against: read the contract."), "small"))
        body.addWidget(self._buttons(answer))
        row = QHBoxLayout()
        for name, text in ((PAGE, _("Page and clause")), (NOTE, _("Note"))):
            made = TextField(text, limit=120 if name == PAGE else 400)
            made.set_value(self.said.get(name))
            made.call(f"{text}: {_(self.point.label)}")
            made.changed.connect(partial(self._typed, name, made))
            row.addWidget(made, 1 if name == PAGE else 2)
            self.fields[name] = made
        body.addLayout(row)
        self._place.addWidget(frame)

    def _buttons(self, answer: Callable[[int], None]) -> QWidget:
        holder = QWidget()
        row = Flow(6)
        holder.setLayout(row)
        for number, state in enumerate(ANSWERS, 1):
            made = button(f"{number}  {word(state)}", "choice", on=partial(answer, number))
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            made.setCheckable(True)
            made.setChecked(self.point.answer is not None and self.point.answer.state is state)
            row.addWidget(made)
        return holder

    def _typed(self, name: str, field: TextField) -> None:
        self.said[name] = field.value() or ""

    def close_up(self) -> None:
        """Only the line stays."""
        self.fields = {}
        clear(self._place)


class CheckWork(QWidget):
    """The 28 points of one version. ``answers()`` are what the officer said; ``finished`` is sent to keep them."""

    finished = Signal()
    given_up = Signal()

    def __init__(self, title: str, points: Callable[[dict[str, Any]], list[Point]]) -> None:
        super().__init__()
        self._points, self.said = points, dict[str, dict[str, str]]()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.trouble = Banner("", "red")
        column.addWidget(self.trouble)
        frame, body = card(spacing=2, margin=12)
        body.addWidget(label(title, "heading"))
        keys = _("1 to 5 answer, Space takes the suggestion, arrows move, P page, N note, Ctrl+S keeps.")
        body.addWidget(label(keys, "small"))
        self.progress = label("", "small")
        body.addWidget(self.progress)
        self.rows = [PointRow(point) for point in points({})]
        for place, row in enumerate(self.rows):
            row.line.looked_at.connect(partial(self._open, place))
            row.line.key.connect(partial(self._key, place))
            row.line.clicked.connect(partial(self.go, place))
            body.addWidget(row)
        column.addWidget(frame)
        column.addLayout(self._foot())
        for keys_, act in (("Ctrl+S", self.finished.emit), ("Escape", self._back)):
            shortcut = QShortcut(QKeySequence(keys_), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.at = -1
        self._count()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.rest = button(_("Take all other suggestions"), "", "list-checks", self.take_rest)
        foot.addWidget(self.rest)
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.given_up.emit))
        self.keep = button(_("Keep this check"), "main", "check", self.finished.emit)
        foot.addWidget(self.keep)
        return foot

    def begin(self) -> None:
        """Puts the keyboard on the first point."""
        self.go(0)

    def go(self, place: int) -> None:
        """Moves to a point."""
        self.rows[place % len(self.rows)].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, place: int) -> None:
        if place == self.at:
            return
        for number, row in enumerate(self.rows):
            if number != place:
                row.close_up()
        self.at = place
        self.rows[place].open(partial(self.answer, place))
        QTimer.singleShot(0, self, partial(self._reveal, place))

    def _reveal(self, place: int) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self.rows[place], 0, px(60))

    def _key(self, place: int, key: int) -> None:
        row = self.rows[place]
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.go(place + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            row.fields[NOTE if key == Qt.Key.Key_N else PAGE].setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Space:
            self.take(place)
            self.go(place + 1)
        else:
            self.answer(place, key - int(Qt.Key.Key_0))

    def answer(self, place: int, number: int) -> None:
        """Answers a point with one of the five states and goes on."""
        self.said[self.rows[place].point.number] = {"state": ANSWERS[number - 1].value}
        self._told(place)
        self.go(place + 1)

    def take(self, place: int) -> None:
        """Takes the suggestion of a point as the officer's answer; "cannot tell" is unclear to her."""
        state = self.rows[place].point.suggested
        kept = state if state in ANSWERS else ANSWERS[3]
        self.said[self.rows[place].point.number] = {"state": kept.value}
        self._told(place)

    def take_rest(self) -> None:
        """Takes the suggestion of every point without an answer, because the officer asked for it."""
        for place, row in enumerate(self.rows):
            if row.point.number not in self.said:
                self.take(place)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, place: int) -> None:
        for row, point in zip(self.rows, self._points(self.answers()), strict=True):
            row.point = point
        row = self.rows[place]
        row.line.tell(row.point)
        self._count()

    def _count(self) -> None:
        red = sum(row.point.red for row in self.rows)
        done = ngettext("{n} point answered", "{n} points answered", len(self.said))
        self.progress.setText(f"{done} · {ngettext('{n} red point', '{n} red points', red)}")

    def answers(self) -> dict[str, dict[str, str]]:
        """Number of the point → state, page and note, for every point the officer answered or wrote to."""
        found = dict(self.said)
        for row in self.rows:
            words = {name: text for name, text in row.said.items() if text}
            if words:
                state = {"state": row.point.state.value if row.point.state in ANSWERS else ANSWERS[3].value}
                found[row.point.number] = {**found.get(row.point.number, state), **words}
        return found

    def _back(self) -> None:
        """Escape leaves a field for its point."""
        if self.at >= 0:
            self.go(self.at)
