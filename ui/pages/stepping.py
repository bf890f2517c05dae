"""A page of steps: one calm screen after the other; Back keeps what was typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.desk import Desk
from ui.look import px
from ui.page import Page
from ui.pages.first_steps import Step
from ui.widgets.controls import Scroll, button
from ui.widgets.speech import SpeechBar
from ui.widgets.stepper import Stepper
from ui.widgets.text import Banner, label


class SteppingPage(Page):
    """The frame of the steps: their names above, progress and the two ways below. ``go_on`` is what Next does at a
    complete step, ``may_go_back`` the steps that can be left backwards."""

    may_go_back: tuple[int, ...] = ()

    def __init__(self, desk: Desk, doing: str) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(spacing=18, widest=760)
        outer.addWidget(self._scroll, 1)
        self._scroll.body.addWidget(SpeechBar(desk))
        self.banner = Banner("", "red")
        self.steps: list[Step] = []
        outer.addWidget(self._foot(doing))
        self._at = 0

    def put(self, names: list[str], steps: list[Step]) -> None:
        """The steps and their names."""
        body = self._scroll.body
        self.stepper = Stepper(names)
        body.addWidget(self.stepper)
        body.addWidget(self.banner)
        self.steps = steps
        for step in steps:
            body.addWidget(step)
            step.ready.connect(self.next)

    def _foot(self, doing: str) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(40), px(10), px(40), px(18))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setMaximumWidth(px(180))
        self.busy.setAccessibleName(doing)
        self.doing = label(doing, "small")
        self.back = button(_("Back"), on=self.previous)
        self.forward = button(_("Next"), "main", on=self.next)
        row.addWidget(self.busy)
        row.addWidget(self.doing, 1)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        self.wait(False)
        return foot

    @property
    def at(self) -> int:
        """Which step is on the screen (from 0)."""
        return self._at

    def turn(self, step: int) -> None:
        """Shows a step."""
        self.banner.say("")
        self._at = step
        for number, part in enumerate(self.steps):
            part.setVisible(number == step)
        self.stepper.go(step)
        self.back.setVisible(step in self.may_go_back)
        self.forward.setText(_("Finish") if step == len(self.steps) - 1 else _("Next"))
        self.forward.setAccessibleName(self.forward.text())
        first = self.steps[step].first()
        if first is not None and self.isVisible():
            first.setFocus()

    def previous(self) -> None:
        """One step back."""
        self.turn(max(self.at - 1, 0))

    def next(self) -> None:
        """One step on, when this one is complete."""
        if self.forward.isEnabled() and self.steps[self.at].complete():
            self.go_on(self.steps[self.at])

    def go_on(self, _from: Step) -> None:
        """What follows a complete step."""
        self.turn(self.at + 1)

    def wait(self, on: bool) -> None:
        """Shows that work goes on, and that the steps wait for it."""
        for part in (self.busy, self.doing):
            part.setVisible(on)
        self.forward.setEnabled(not on)
        self.back.setEnabled(not on)

    def leave(self) -> None:
        """A file made but not finished stays open until the window closes or the steps end."""

    def first(self) -> QWidget | None:
        """The first control of the step."""
        return self.steps[self.at].first()

    def kept(self) -> dict[str, Any]:
        """Which step is shown."""
        return {"at": self.at}
