"""The first day: language, a new or an existing centre file, the first officer, the recovery sheet, the printer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui.desk import Desk
from ui.pages.first_steps import CentreStep, PrinterStep, Step, WelcomeStep, YouStep
from ui.pages.recovery import RecoveryStep
from ui.pages.stepping import SteppingPage
from ui.settings import documents_path, settings_path
from ui.widgets.dialogs import which_to_open


class FirstRunPage(SteppingPage):
    """One calm screen after the other; Back keeps what was typed."""

    may_go_back = (1, 2)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Making the encrypted file"))
        turn_to = desk.window.show_page
        self.welcome = WelcomeStep(
            self._new, self._open_file, self._demo, partial(turn_to, "join"), partial(turn_to, "ministry")
        )
        self.centre, self.you = CentreStep(documents_path()), YouStep()
        self.recovery, self.printer = RecoveryStep(), PrinterStep(desk.settings.printer)
        names = [_("Start"), _("Centre"), _("You"), _("Recovery sheet"), _("Printer")]
        self.put(names, [self.welcome, self.centre, self.you, self.recovery, self.printer])
        self._opened: Any = None
        self.turn(0)

    def turn(self, step: int) -> None:
        """Shows a step; the first is a choice of ways."""
        super().turn(step)
        self.stepper.setVisible(step > 0)
        self.forward.setVisible(step > 0)

    def go_on(self, step: Step) -> None:
        """Makes the file after the officer, ends after the printer."""
        if step is self.you:
            self._create()
        elif step is self.printer:
            self._finish()
        else:
            self.turn(self.at + 1)

    def _new(self) -> None:
        self.turn(1)

    def _create(self) -> None:
        from mrc_app import store

        centre, you = self.centre.form.values(), self.you.values()
        path = Path(centre.pop("path") or "")
        self.wait(True)
        self.desk.jobs.run(
            lambda _step: store.create(
                path, centre=centre["centre"] or "", country=centre["country"] or "", desk=centre["desk"] or "",
                languages=centre["languages"], settings=settings_path().parent, **you,
            ),
            done=self._created,
            failed=self._refused,
        )  # fmt: skip

    def _created(self, made: Any) -> None:
        self.wait(False)
        self._opened, sheet = made
        self.desk.settings.centre = str(self._opened.path)
        self.desk.settings.keep()
        self.recovery.show_sheet(str(sheet), self._opened.centre().name)
        self.turn(3)

    def _refused(self, trouble: MrcError) -> None:
        self.wait(False)
        if self.centre.knows(trouble):
            self.turn(1)
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

        self.wait(True)
        make_demo(self.desk, self._demo_made, self._demo_failed)

    def _demo_made(self, opened: Any) -> None:
        self.desk.window.enter(opened)

    def _demo_failed(self, trouble: MrcError) -> None:
        self.wait(False)
        self.banner.say(trouble.text(_))

    def kept(self) -> dict[str, Any]:
        """Every step's answers, and the file already made."""
        answers = {**super().kept(), "centre": self.centre.form.values(), "you": self.you.form.values()}
        return {**answers, "opened": self._opened, "sheet": self.recovery.sheet}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts them back in the other language."""
        self.centre.form.fill(kept["centre"])
        self.you.form.fill(kept["you"])
        self._opened = kept["opened"]
        if self._opened is not None:
            self.recovery.show_sheet(kept["sheet"], self._opened.centre().name)
        self.turn(kept["at"])
