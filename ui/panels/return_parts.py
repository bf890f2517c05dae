"""What the parts of the return tab have in common: a form at the top, rows with buttons, changes that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.calendars import Calendar, covers, written
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, screen_language
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.panel import Panel
from ui.widgets.controls import Button, Flow, button, clear
from ui.widgets.dates import preferred_calendar, screen_date
from ui.widgets.text import card, label


class Part(Panel):
    """One part of the return tab. A form is open at a time, above everything else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: Form | None = None
        self._country = ""
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)

    def load(self, client: str) -> None:
        """Shows another client; what was open for the one before is closed."""
        if client != self.client:
            self.close_form()
        super().load(client)

    def open_form(self, form: Form, title: str, words: str, act: Callable[[], object], first: str = "") -> None:
        """Opens a form on a card; ``act`` is behind the main button and behind Enter in the last line."""
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        if first:
            form[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    def do(self, name: str, act: Callable[[Any], object], known: Sequence[Any] | None = None) -> bool:
        """Carries an action out; what it refuses is said in the open form, or at the foot of the window."""
        if self.form is not None:
            if self.form.submit(lambda: (self.desk.change(name, act, known), True)) is None:
                return False
            self.close_form()
        else:
            try:
                self.desk.change(name, act, known)
            except MrcError as trouble:
                self.desk.window.say(trouble.text(_))
                return False
        self.refresh()
        return True

    def typed(self) -> dict[str, Any]:
        """What stands in the open form; nothing typed is an empty text."""
        assert self.form is not None
        return {name: "" if value is None else value for name, value in self.form.values().items()}

    def both(self, day: date | None) -> str:
        """A day in both calendars."""
        self._country = self._country or self.desk.store.centre().country
        return two_dates(day, self._country)

    def mine(self) -> dict[str, Any]:
        """Today, and the officer at the desk."""
        return {"on": self.desk.today(), "by": self.desk.store.officer}


def line_row(title: str, below: str, *ends: QWidget, role: str = "strong") -> QWidget:
    """Two lines of words, and at their end what can be done."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, px(4), 0, px(4))
    row.setSpacing(px(8))
    words = QVBoxLayout()
    words.setSpacing(px(1))
    words.addWidget(label(title, role))
    if below:
        words.addWidget(label(below, "small"))
    row.addLayout(words, 1)
    for part in ends:
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    return made


def flow_of(*parts: QWidget) -> QWidget:
    """Parts in a line that breaks where there is no room."""
    made = QWidget()
    flow = Flow(8)
    made.setLayout(flow)
    for part in parts:
        flow.addWidget(part)
    return made


def named(text: str, about: str, kind: str = "", icon: str = "", on: Callable[[], object] | None = None) -> Button:
    """A button whose name, for people who hear the screen, says what it is about."""
    made = button(text, kind, icon, on)
    made.setAccessibleName(f"{text}: {about}")
    return made


def dots(parts: Iterable[str]) -> str:
    """Several short things in a line, each kept whole in a line of any direction; what is empty is left out."""
    first = "\u200f" if screen_language().right_to_left else ""
    return first + " · ".join(isolate(part) for part in parts if part)


CENTRES = {"ET": Calendar.ETHIOPIAN, "NP": Calendar.BIKRAM_SAMBAT}
"""Countries that count in a calendar of their own."""


def two_dates(day: date | None, country: str) -> str:
    """A day in both calendars where the screen or the centre's country has one of its own; empty for none."""
    if day is None:
        return ""
    own = CENTRES.get(country)
    if own is None or preferred_calendar() is not Calendar.GREGORIAN or not covers(day, own):
        return screen_date(day)
    return f"{screen_date(day)} ({isolate(written(day, screen_language().code, own))})"
