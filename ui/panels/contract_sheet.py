"""What is printed of a checked contract: the sheet she takes away, versions side by side, the letter to the agency."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import centres, clients, contract_verdicts, letters_given
from mrc_app.casework.letters_given_words import Choice
from mrc_app.errors import MrcError
from mrc_app.i18n import _
from mrc_app.store import officers, saved_files
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels import letter_asked
from ui.settings import documents_path
from ui.widgets.controls import button
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import ChoiceField
from ui.widgets.text import label
from ui.words import language_name


class ContractSheet(QDialog):
    """Chooses a language and what is made; a letter is asked about first and written down as given."""

    def __init__(self, desk: Desk, check: str, parent: QWidget) -> None:
        super().__init__(parent)
        from mrc_app.guides.letters_words import available

        self.desk, self.check = desk, check
        self.setWindowTitle(_("Result sheet and letters"))
        self.setMinimumWidth(px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(14))
        known = [(code, language_name(code)) for code in available()]
        self.client, hers = desk.read(self._her)
        self.form = form = Form(columns=2)
        form.add("language", _("Her language"), ChoiceField(known, empty=None))
        form.add("reader", _("Language of the agency"), ChoiceField(known, empty=None))
        form.fill({"language": hers if hers in dict(known) else "en", "reader": "en"})
        column.addWidget(form)
        column.addWidget(label(_("A paper she carries can be seen by others. Ask her whether it is safe."), "small"))
        self.trouble = label("", "problem")
        self.trouble.hide()
        column.addWidget(self.trouble)
        row = QHBoxLayout()
        self.sheet = button(_("Result sheet"), "main", "printer", self.make_result)
        self.versions = button(_("Versions side by side"), "", "list-checks", self.make_versions)
        self.letter = button(_("Letter to the agency"), "", "pencil", self.make_letter)
        for part in (self.sheet, self.versions, self.letter):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(button(_("Close"), "quiet", on=self.accept))
        column.addLayout(row)

    def _her(self, session: Any) -> tuple[str, str]:
        found = clients.by_uuid(session, contract_verdicts.by_uuid(session, self.check).client)
        return found.uuid, found.language

    # -- what is made

    def _drafts(self) -> bool:
        return centres.drafts_allowed(self.desk.store.centre().settings)

    def make_result(self) -> None:
        """The sheet she takes away."""
        from mrc_app.guides import contract_result, letters_records

        today, language = self.desk.today(), self.form["language"].value()

        def read(session: Any) -> Any:
            return letters_records.result(session, self.check, officer=self._officer(session), today=today)

        self._work(read, partial(contract_result.make, language=language, drafts=self._drafts()))

    def make_versions(self) -> None:
        """Versions side by side."""
        from mrc_app.guides import difference_sheet, letters_records

        asked = {"language": self.form["language"].value(), "today": self.desk.today(), "drafts": self._drafts()}
        make = partial(difference_sheet.make, **asked)
        self._work(lambda session: letters_records.beside(session, self.check), make)

    def make_letter(self) -> None:
        """The letter, once it was asked about; where it waits that is kept and nothing is written."""
        from mrc_app.guides import letters, letters_records

        asked = letter_asked.ask(self)
        if asked is None:
            return

        def read(session: Any) -> Any:
            number = clients.by_uuid(session, self.client).number
            by = letters_records.sender(self.desk.store.centre(), self._officer(session), self.desk.today())
            return letters_records.agency(session, number, by=by)

        drafts = self._drafts()
        copy = self.form["language"].value()
        reader = self.form["reader"].value()
        copy = copy if copy != reader else ""
        if asked["choice"] is Choice.WAITS:
            self._work(read, lambda prepared: self._keep(prepared, None, asked, reader, copy))
            return
        self._work(
            read,
            lambda prepared: (prepared, letters.make(prepared.facts, language=reader, copy=copy, drafts=drafts)),
            lambda made: self._keep(made[0], made[1], asked, reader, copy),
        )

    def _officer(self, session: Any) -> str:
        return next((one.name for one in officers.officers(session) if one.uuid == self.desk.store.officer), "")

    # -- carrying out

    def _work(self, read: Callable[[Any], Any], make: Callable[[Any], Any], after: Any = None) -> None:
        self.trouble.hide()
        self.setEnabled(False)
        store = self.desk.store

        def work(_step: Any) -> Any:
            with store.read() as session:
                facts = read(session)
            return make(facts)

        self.desk.jobs.run(work, partial(self._made, after), self._failed)

    def _made(self, after: Any, made: Any) -> None:
        self.setEnabled(True)
        paper = made[1] if isinstance(made, tuple) else made
        if paper is None or not self._saved(paper):
            return
        if after is not None:
            after(made)

    def _saved(self, paper: Any) -> bool:
        path = where_to_save(self, _("Save as PDF"), str(documents_path() / paper.file_name), "PDF (*.pdf)")
        if not path:
            return False
        try:
            Path(path).write_bytes(paper.pdf)
        except OSError:
            self._say(_("The file cannot be written there. Choose another folder."))
            return False
        saved_files.note(self.desk.store, Path(path), "letter", paper.pdf, self.client)
        self.desk.window.say(_("Saved. Delete the file once it is printed."))
        return True

    def _keep(self, prepared: Any, made: Any, asked: dict[str, Any], reader: str, copy: str) -> None:
        digest = sha256(made.pdf).hexdigest() if made is not None else ""
        facts, by = prepared.facts, self.desk.store.officer

        def act(session: Any) -> None:
            for client in prepared.clients:
                letters_given.keep(
                    session, client=client, grievance=prepared.grievance, on=facts.on, by=by, kind=facts.kind,
                    to_party=facts.receiver.name or _("the agency"), to_kind=facts.to, language=reader,
                    copy_language=copy, sha256=digest, **asked,
                )  # fmt: skip

        self.desk.change("letters_given.keep", act)

    def _failed(self, trouble: MrcError) -> None:
        self.setEnabled(True)
        self._say(trouble.text(_))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()


def ask(desk: Desk, check: str, parent: QWidget) -> None:
    """Opens the choice of papers for one check."""
    ContractSheet(desk, check, parent).exec()
