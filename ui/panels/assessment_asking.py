"""A questionnaire being answered: one question a screen or all at once, by keys 1 to 5, 0 for "does not apply"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.casework.instruments import NOT_APPLICABLE, Dimension, Instrument, Question
from mrc_app.i18n import _, isolate, language, languages
from ui.look import px
from ui.widgets.controls import Button, Flow, button
from ui.widgets.fields import LongField
from ui.widgets.text import card, chip, label

Sheet = dict[str, str]
"""By question: the code of the answer, or "na"."""


def text_in(texts: Mapping[str, str], code: str) -> tuple[str, str, bool]:
    """A text in a language, the language it stands in, and whether that is the one that was asked for."""
    if code in texts:
        return texts[code], code, True
    other = languages()[code].fallback if code in languages() else "en"
    found = other if other in texts else "en"
    return texts[found], found, False


def speak(made: Any, code: str) -> Any:
    """Puts a label in the direction of the language it is written in."""
    rtl = language(code).right_to_left
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    return made


class QuestionRow(QWidget):
    """One question with its answers as buttons."""

    answered = Signal(str)

    def __init__(
        self, dimension: Dimension, question: Question, code: str, place: str, none: str, *, large: bool
    ) -> None:
        super().__init__()
        self.question = question
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, px(6))
        column.setSpacing(px(10 if large else 5))
        name, spoken, _own = text_in(dimension.name, code)
        if large:
            column.addWidget(speak(label(f"{isolate(name)} · {isolate(place)}", "overline"), spoken))
        said, spoken, own = text_in(question.text, code)
        self.words = said
        column.addWidget(speak(label(said, "question" if large else "strong"), spoken))
        self.untranslated = chip(_("not translated into her language"), "amber")
        self.untranslated.setVisible(not own)
        column.addWidget(self.untranslated)
        if own:
            self.untranslated.setParent(None)
        self.setAccessibleName(f"{name}. {said}")
        self.buttons: dict[str, Button] = {}
        holder = QWidget()
        row = QVBoxLayout(holder) if large else Flow(6)
        if large:
            row.setContentsMargins(0, 0, 0, 0)
        else:
            holder.setLayout(row)
        listed = [(option.code, text_in(option.text, code)[0]) for option in question.options]
        for number, (key, text) in enumerate([*listed, (NOT_APPLICABLE, none)], 1):
            digit = 0 if key == NOT_APPLICABLE else number
            made = button(f"{digit}   {text}", "choice", on=partial(self.choose, key))
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus if large else Qt.FocusPolicy.ClickFocus)
            made.setAccessibleName(f"{said}: {text}")
            row.addWidget(made)
            self.buttons[key] = made
        column.addWidget(holder)

    @property
    def value(self) -> str:
        """The code of the answer; empty for none yet."""
        return next((key for key, made in self.buttons.items() if made.isChecked()), "")

    def mark(self, key: str) -> None:
        """Shows an answer without telling anybody."""
        for other, made in self.buttons.items():
            made.setChecked(other == key)

    def choose(self, key: str) -> None:
        """Answers."""
        self.mark(key)
        self.answered.emit(self.question.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers."""
        text = event.text()
        if text.isdecimal() and len(text) == 1:
            keys = list(self.buttons)
            number = int(text)
            if number == 0:
                self.choose(NOT_APPLICABLE)
                return
            if number < len(keys):
                self.choose(keys[number - 1])
                return
        super().keyPressEvent(event)


class Asking(QWidget):
    """The questions of an instrument. ``keep`` is told the sheet after every answer, so that a draft survives."""

    done = Signal()
    given_up = Signal()

    def __init__(self, asked: Instrument, code: str, *, one_by_one: bool, keep: Callable[[Sheet], object]) -> None:
        super().__init__()
        self.instrument, self.language, self.one_by_one, self._keep = asked, code, one_by_one, keep
        self.at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame, body = card(spacing=10)
        column.addWidget(frame)
        self._head(body)
        every = list(asked.questions())
        self.rows: list[QuestionRow] = []
        none = asked.not_applicable.get(code) or _("Does not apply")
        before = ""
        for number, (dimension, question) in enumerate(every, 1):
            if not one_by_one and dimension.id != before:
                said, spoken, _own = text_in(dimension.name, code)
                body.addWidget(speak(label(said, "heading"), spoken))
                before = dimension.id
            place = _("{n} of {all}", n=number, all=len(every))
            row = QuestionRow(dimension, question, code, place, none, large=one_by_one)
            row.answered.connect(self._answered)
            body.addWidget(row)
            self.rows.append(row)
        self.note = LongField(_("Note"), lines=2)
        self.note.call(_("Note"))
        self.note.setVisible(not one_by_one)
        body.addWidget(self.note)
        body.addLayout(self._foot())
        self.go(0)

    def _head(self, body: QVBoxLayout) -> None:
        body.addWidget(label(self.instrument.label, "heading"))
        keys = _("Keys 1 to {n} answer, 0 is “does not apply”, arrows go back and on.", n=self._most())
        body.addWidget(label(keys, "small"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximum(sum(1 for _one in self.instrument.questions()))
        body.addWidget(self.progress)

    def _most(self) -> int:
        return max(len(question.options) for _one, question in self.instrument.questions())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        self.back = button(_("Question before"), "", on=lambda: self.go(self.at - 1))
        self.on = button(_("Next question"), "", on=lambda: self.go(self.at + 1))
        for part in (self.back, self.on):
            part.setVisible(self.one_by_one)
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(button(_("Put away"), "quiet", on=self.given_up.emit))
        self.finish = button(_("Keep these answers"), "main", "check", self.done.emit)
        foot.addWidget(self.finish)
        return foot

    def sheet(self) -> Sheet:
        """What was answered so far."""
        return {row.question.id: row.value for row in self.rows if row.value}

    def answers(self) -> dict[str, dict[str, str]]:
        """The same by dimension, as the casework takes it."""
        given = self.sheet()
        return {
            one.id: {question.id: given[question.id] for question in one.questions if question.id in given}
            for one in self.instrument.dimensions
        }

    def fill(self, sheet: Mapping[str, str]) -> None:
        """Puts answers back, and stands at the first question that has none."""
        for row in self.rows:
            row.mark(sheet.get(row.question.id, ""))
        self.go(next((number for number, row in enumerate(self.rows) if not row.value), 0))

    def go(self, at: int) -> None:
        """Stands at a question."""
        self.at = min(max(at, 0), len(self.rows) - 1)
        for number, row in enumerate(self.rows):
            row.setVisible(not self.one_by_one or number == self.at)
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at < len(self.rows) - 1)
        last = self.at == len(self.rows) - 1
        self.note.setVisible(not self.one_by_one or last)
        given = len(self.sheet())
        self.progress.setValue(given)
        self.progress.setAccessibleName(_("{n} of {all} answered", n=given, all=len(self.rows)))
        self.rows[self.at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, question: str) -> None:
        self._keep(self.sheet())
        at = next(number for number, row in enumerate(self.rows) if row.question.id == question)
        if at == len(self.rows) - 1:
            self.go(at)
            self.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go(at + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the question before and the next one; Ctrl+S keeps, Escape puts away."""
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        if event.key() in (forward, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.go(self.at + 1)
        elif event.key() in (back, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.go(self.at - 1)
        elif event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
