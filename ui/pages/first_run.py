"""The first day: language, a new or an existing centre file, the first officer, the recovery sheet, the printer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui.desk import Desk
from ui.look import px
from ui.page import Page
from ui.pages.first_steps import CentreStep, PrinterStep, Step, WelcomeStep, YouStep
from ui.pages.recovery import RecoveryStep
from ui.settings import documents_path, settings_path
from ui.widgets.controls import Scroll, button
from ui.widgets.dialogs import which_to_open
from ui.widgets.speech import SpeechBar
from ui.widgets.stepper import Stepper
from ui.widgets.text import Banner, label


class FirstRunPage(Page):
    """One calm screen after the other; Back keeps what was typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(spacing=18, widest=760)
        outer.addWidget(self._scroll, 1)
        body = self._scroll.body
        body.addWidget(SpeechBar(desk))
        names = [_("Start"), _("Centre"), _("You"), _("Recovery sheet"), _("Printer")]
        self.stepper = Stepper(names)
        body.addWidget(self.stepper)
        self.banner = Banner("", "red")
        body.addWidget(self.banner)
        ministry = partial(desk.window.show_page, "ministry")
        self.welcome = WelcomeStep(self._new, self._open_file, self._demo, ministry)
        self.centre, self.you = CentreStep(documents_path()), YouStep()
        self.recovery, self.printer = RecoveryStep(), PrinterStep(desk.settings.printer)
        self._steps: list[Step] = [self.welcome, self.centre, self.you, self.recovery, self.printer]
        for step in self._steps:
            body.addWidget(step)
            step.ready.connect(self.next)
        outer.addWidget(self._foot())
        self._opened: Any = None
        self._at = 0
        self._turn(0)

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(40), px(10), px(40), px(18))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setMaximumWidth(px(180))
        self.busy.setAccessibleName(_("Making the centre file"))
        self.doing = label(_("Making the encrypted file"), "small")
        self.back = button(_("Back"), on=self.previous)
        self.forward = button(_("Next"), "main", on=self.next)
        row.addWidget(self.busy)
        row.addWidget(self.doing, 1)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        self._wait(False)
        return foot

    @property
    def at(self) -> int:
        """Which step is on the screen (from 0)."""
        return self._at

    def _turn(self, step: int) -> None:
        self.banner.say("")
        self._at = step
        for number, part in enumerate(self._steps):
            part.setVisible(number == step)
        self.stepper.go(step)
        self.stepper.setVisible(step > 0)
        self.back.setVisible(step in (1, 2))
        self.forward.setVisible(step > 0)
        self.forward.setText(_("Finish") if step == len(self._steps) - 1 else _("Next"))
        self.forward.setAccessibleName(self.forward.text())
        first = self._steps[step].first()
        if first is not None and self.isVisible():
            first.setFocus()

    def previous(self) -> None:
        """One step back."""
        self._turn(max(self.at - 1, 0))

    def next(self) -> None:
        """One step on, when this one is complete."""
        if not self.forward.isEnabled() or not self._steps[self.at].complete():
            return
        if self._steps[self.at] is self.you:
            self._create()
        elif self._steps[self.at] is self.printer:
            self._finish()
        else:
            self._turn(self.at + 1)

    def _new(self) -> None:
        self._turn(1)

    def _wait(self, on: bool) -> None:
        for part in (self.busy, self.doing):
            part.setVisible(on)
        self.forward.setEnabled(not on)
        self.back.setEnabled(not on)

    def _create(self) -> None:
        from mrc_app import store

        centre, you = self.centre.form.values(), self.you.values()
        path = Path(centre.pop("path") or "")
        self._wait(True)
        self.desk.jobs.run(
            lambda _step: store.create(
                path, centre=centre["centre"] or "", country=centre["country"] or "", desk=centre["desk"] or "",
                languages=centre["languages"], settings=settings_path().parent, **you,
            ),
            done=self._created,
            failed=self._refused,
        )  # fmt: skip

    def _created(self, made: Any) -> None:
        self._wait(False)
        self._opened, sheet = made
        self.desk.settings.centre = str(self._opened.path)
        self.desk.settings.keep()
        self.recovery.show_sheet(str(sheet), self._opened.centre().name)
        self._turn(3)

    def _refused(self, trouble: MrcError) -> None:
        self._wait(False)
        if self.centre.knows(trouble):
            self._turn(1)
            self.centre.form.show_problem(trouble)
        else:
            self.you.form.show_problem(trouble)

    def _finish(self) -> None:
        self.desk.settings.printer = self.printer.answer()
        self.desk.settings.keep()
        opened, self._opened = self._opened, None
        self.desk.window.enter(opened)

    def _open_file(self) -> None:
        kinds = _("Centre files") + " (*.mrc)"
        chosen = which_to_open(self, _("Open a centre file"), str(documents_path()), kinds)
        if chosen:
            self.desk.settings.centre = chosen
            self.desk.window.show_page("unlock")

    def _demo(self) -> None:
        from ui.pages.demo_centre import make_demo

        self._wait(True)
        make_demo(self.desk, self._demo_made, self._demo_failed)

    def _demo_made(self, opened: Any) -> None:
        self.desk.window.enter(opened)

    def _demo_failed(self, trouble: MrcError) -> None:
        self._wait(False)
        self.banner.say(trouble.text(_))

    def leave(self) -> None:
        """A file made but not finished stays open until the window closes or the steps end."""

    def kept(self) -> dict[str, Any]:
        """Every step's answers, and the file already made."""
        answers = {"at": self.at, "centre": self.centre.form.values(), "you": self.you.form.values()}
        return {**answers, "opened": self._opened, "sheet": self.recovery.sheet}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts them back in the other language."""
        self.centre.form.fill(kept["centre"])
        self.you.form.fill(kept["you"])
        self._opened = kept["opened"]
        if self._opened is not None:
            self.recovery.show_sheet(kept["sheet"], self._opened.centre().name)
        self._turn(kept["at"])

    def first(self) -> QWidget | None:
        """The first control of the step."""
        return self._steps[self.at].first()
