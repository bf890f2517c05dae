"""The letters of a case: those that went, wait or were stopped, and a new one."""

from __future__ import annotations

from mrc_app.casework.letters_given_words import Choice
from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.panels import case_letter
from ui.panels.grievance_asked import CaseTold
from ui.panels.grievance_part import CasePart, row_of
from ui.widgets.controls import button
from ui.widgets.dates import screen_date
from ui.widgets.text import chip, label
from ui.words import language_name, word

TONES = {Choice.GOES: "green", Choice.WAITS: "amber", Choice.STOPPED: "red"}


class LettersPart(CasePart):
    """One line for each letter and person, the latest first."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("Write a letter"), "", "pencil", self.begin)
        super().__init__(desk, _("Letters"), "file-plus", self.add)

    def tell(self, told: CaseTold) -> None:
        if not told.letters:
            self.empty(_("No letter yet. Before one leaves you ask her three questions about her safety."))
        for one in told.letters:
            languages = " + ".join(language_name(code) for code in (one.language, one.copy_language) if code)
            about = [screen_date(one.on), word(one.kind), isolate(one.to_party), languages]
            about += [told.names[one.client]] if len(told.names) > 1 and one.client in told.names else []
            self.lines.addWidget(row_of(label(" · ".join(about)), chip(word(one.choice), TONES[one.choice])))

    def begin(self) -> None:
        """Opens the letter to write."""
        if self.told is not None and case_letter.ask(self.desk, self.told.case.number, self):
            self.kept.emit()
