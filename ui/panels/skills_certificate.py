"""Choosing the language of the certificate of experience, and where to save it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from mrc_app.store import saved_files
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.settings import documents_path
from ui.widgets.controls import button
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import ChoiceField
from ui.widgets.text import label
from ui.words import language_name


class ExperiencePaper(QDialog):
    """One language, one button."""

    def __init__(self, desk: Desk, client: str, parent: QWidget) -> None:
        super().__init__(parent)
        from mrc_app.casework import clients
        from mrc_app.guides.experience import written_in

        self.desk, self.client = desk, client
        self.setWindowTitle(_("Certificate of experience"))
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(14))
        self.form = form = Form(columns=1)
        form.add(
            "language", _("Language"), ChoiceField([(code, language_name(code)) for code in written_in()], empty=None)
        )
        hers = desk.read(lambda session: clients.by_uuid(session, client).language)
        form.fill({"language": hers if hers in written_in() else "en"})
        column.addWidget(form)
        text = _("It says what she told and which papers you saw. It is no qualification, and it says so.")
        column.addWidget(label(text, "small"))
        self.trouble = label("", "problem")
        self.trouble.hide()
        column.addWidget(self.trouble)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Close"), "quiet", on=self.accept))
        self.make = button(_("Save as PDF"), "main", "printer", self.begin)
        row.addWidget(self.make)
        column.addLayout(row)

    def begin(self) -> None:
        """Makes the page beside the screen."""
        from mrc_app.casework import centres
        from mrc_app.guides import experience

        store, client, today = self.desk.store, self.client, self.desk.today()
        language = self.form["language"].value()
        self.trouble.hide()
        self.setEnabled(False)

        def work(_step: Any) -> Any:
            with store.read() as session:
                told = experience.of_client(session, client, centre=store.centre().name, today=today)
            drafts = centres.drafts_allowed(store.centre().settings)
            return experience.make(told, language=language, drafts=drafts)

        self.desk.jobs.run(work, self._made, self._failed)

    def _made(self, paper: Any) -> None:
        self.setEnabled(True)
        path = where_to_save(self, _("Save as PDF"), str(documents_path() / paper.file_name), "PDF (*.pdf)")
        if path:
            self.save(paper, Path(path))

    def save(self, paper: Any, path: Path) -> None:
        """Writes the page; the desk remembers that a file lies there."""
        try:
            path.write_bytes(paper.pdf)
        except OSError:
            self._say(_("The file cannot be written there. Choose another folder."))
            return
        saved_files.note(self.desk.store, path, "letter", paper.pdf, self.client)
        self.desk.window.say(_("Saved. Delete the file once it is printed."))
        self.accept()

    def _failed(self, trouble: MrcError) -> None:
        self.setEnabled(True)
        self._say(trouble.text(_))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()


def ask(desk: Desk, client: str, parent: QWidget) -> None:
    """Opens the choice for one client."""
    ExperiencePaper(desk, client, parent).exec()
