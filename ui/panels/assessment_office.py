"""The questionnaires of this desk: those that come with the program, and the office's own, loaded from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mrc_app.casework import assessments
from mrc_app.casework.instruments import MOST_BYTES, Instrument
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, languages, ngettext
from ui.desk import Desk
from ui.look import px
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dialogs import which_to_open
from ui.widgets.text import Banner, label
from ui.words import word


class QuestionnairesCard(QFrame):
    """What can be asked here, and the way to more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        self._list = QVBoxLayout()
        column.addLayout(self._list)
        self.trouble = Banner("", "red")
        column.addWidget(self.trouble)
        text = _("A file of the shape described with the program. Its questions are asked under its own name only.")
        column.addWidget(label(text, "small"))
        self.load_button = button(_("Load a questionnaire"), "", "folder-open", self._ask)
        column.addWidget(self.load_button, 0, Qt.AlignmentFlag.AlignLeft)

    def tell(self) -> None:
        """Reads what is here; nothing for a role that may not."""
        from mrc_app.store.roles import May, may

        allowed = may(self.desk.store.role, May.SEE_NAMES)
        self.setVisible(allowed)
        self.load_button.setVisible(may(self.desk.store.role, May.SETTINGS))
        if allowed:
            self.desk.ask(self, assessments.available, self._show)

    def _show(self, found: list[Instrument]) -> None:
        clear(self._list)
        for one in found:
            questions = list(one.questions())
            spoken = set.intersection(*(set(question.text) for _dimension, question in questions))
            names = [languages()[code].autonym for code in languages() if code in spoken]
            count = ngettext("{n} question", "{n} questions", len(questions))
            self._list.addWidget(label(isolate(one.label), "strong"))
            self._list.addWidget(label(" · ".join([word(one.kind), count, *names]), "small"))

    def _ask(self) -> None:
        kinds = f"{_('Questionnaires')} (*.toml)"
        path = which_to_open(self, _("Load a questionnaire"), str(documents_path()), kinds)
        if path:
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Loads a file. What is wrong with it is said in one sentence."""
        on, by = self.desk.today(), self.desk.store.officer
        self.trouble.say("")

        def act(session: Any) -> Instrument:
            return assessments.load(session, document=document, on=on, by=by)

        try:
            if path.stat().st_size > MOST_BYTES:
                self.trouble.say(_("This file is too large for an instrument."))
                return
            document = path.read_text("utf-8")
            made = self.desk.change("assessments.load", act)
        except (OSError, UnicodeDecodeError):
            self.trouble.say(_("This file cannot be read."))
            return
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
            return
        self.desk.window.say(_("{name} can be asked now.", name=made.label))
        self.tell()
