"""The row of screen languages, each under its own name, to switch at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mrc_app.i18n import _, languages, screen_language
from ui.desk import Desk
from ui.settings import SCREEN_LANGUAGES
from ui.widgets.controls import Flow, button


class SpeechBar(QWidget):
    """One button a language; the one the screen speaks is pressed in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        row = Flow(6)
        self.setLayout(row)
        for code in SCREEN_LANGUAGES:
            made = button(languages()[code].autonym, "choice", on=partial(self._speak, code))
            made.setCheckable(True)
            made.setChecked(code == screen_language().code)
            made.setObjectName(f"speak-{code}")
            made.setAccessibleName(_("Screen language: {language}", language=languages()[code].autonym))
            row.addWidget(made)

    def _speak(self, code: str) -> None:
        self.desk.settings.language = code
        self.desk.settings.keep()
        QTimer.singleShot(0, self.desk.window.dress)
