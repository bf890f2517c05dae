"""A letter of a case: what it is, for whom, in which languages, what of her own words; then it is seen, asked about,
and printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QSizeF, Qt, QTimer
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework.letters_given_words import Choice, LetterKind, To
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, _, isolate
from mrc_app.store import officers, saved_files
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.panels import letter_asked
from ui.panels.preview import Pages, Preview, print_pages
from ui.settings import documents_path
from ui.widgets.controls import Scroll, button
from ui.widgets.dates import DualDateEdit
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import ChoiceField, Field, TextField, TickField
from ui.widgets.text import label
from ui.words import choices, language_name

KINDS = (LetterKind.COMPLAINT, LetterKind.CLAIM, LetterKind.COMPLAINT_SHEET)
READERS = [one for one in To if one is not To.SERVICE]
REST_MS = 400
"""How long the hands rest before the letter is drawn again."""


@dataclass(frozen=True)
class Offer:
    """What a letter of this case may be made of."""

    language: str
    to: str
    to_kind: str
    addresses: dict[str, str]
    said: list[Any]
    hearings: int


@dataclass(frozen=True)
class Drawn:
    """A letter as it is seen: nothing else is printed, saved and written down."""

    prepared: Any
    written: Any
    pages: Pages
    language: str
    copy: str


class Sentences(Field):
    """Whole sentences to tick, each over as many lines as it needs. Value: the chosen ones."""

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._boxes: list[tuple[str, QCheckBox]] = []
        for value, text in lines:
            box = QCheckBox()
            box.setAccessibleName(text)
            box.toggled.connect(lambda *_: self.changed.emit())
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(text), 1)
            column.addLayout(row)
            self._boxes.append((value, box))
        self.setFocusProxy(self._boxes[0][1])

    def value(self) -> list[str]:
        return [value for value, box in self._boxes if box.isChecked()]

    def set_value(self, value: Any) -> None:
        for known, box in self._boxes:
            box.setChecked(known in (value or ()))

    def controls(self) -> list[QWidget]:
        return [box for _value, box in self._boxes]

    def call(self, name: str) -> None:
        """Each box is named after its own sentence."""


class CaseLetter(QDialog):
    """The title says nothing of what the letter is: it may be read over a shoulder."""

    def __init__(self, desk: Desk, number: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.number = desk, number
        self.drawn: Drawn | None = None
        self.offer: Offer | None = None
        self.gave = False
        self._asked = 0
        self.setWindowTitle(_("Letter"))
        self.setMinimumSize(px(980), px(640))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.draw)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        halves = QHBoxLayout()
        halves.setSpacing(px(16))
        self._asking = Scroll(spacing=12)
        self.preview = Preview(desk)
        halves.addWidget(self._asking, 5)
        halves.addWidget(self.preview, 6)
        column.addLayout(halves, 1)
        self.trouble = label("", "problem")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.note = label("", "caution")
        self.note.hide()
        column.addWidget(self.note)
        column.addLayout(self._foot())
        self.form = Form(columns=1)
        self._begin()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.no = button(_("Close"), "quiet", on=self.reject)
        self.save = button(_("Save as PDF"), "", "save", self.save_it)
        self.print = button(_("Print"), "main", "printer", self.print_it)
        row.addWidget(self.no)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.print)
        self._open(False)
        return row

    def _open(self, ready: bool) -> None:
        for part in (self.save, self.print):
            part.setEnabled(ready)

    # -- what is asked

    def _begin(self) -> None:
        try:
            self.offer = self.desk.read(self._offered)
        except MrcError as trouble:
            self._say(trouble.text(_))
            return
        self._ask(self.offer)
        self.draw()

    def _offered(self, session: Session) -> Offer:
        from mrc_app.casework import clients, grievance_cases, grievances
        from mrc_app.guides import letters_said
        from mrc_app.guides.letters_records import SENT_TO

        prepared = self._case(session, LetterKind.COMPLAINT)
        against = grievances.respondents(session, prepared.grievance)
        kind = SENT_TO.get(against[0].against, To.OTHER) if against else To.AUTHORITY
        return Offer(
            clients.by_uuid(session, prepared.clients[0]).language, against[0].name if against else "", kind.value,
            {one.name: one.address for one in against}, letters_said.said(session, prepared),
            len(grievance_cases.hearings(session, prepared.grievance)),
        )  # fmt: skip

    def _ask(self, offer: Offer) -> None:
        from mrc_app.guides.letters_words import available

        form, known = self.form, [(code, language_name(code)) for code in available()]
        form.add("kind", _("Kind of letter"), ChoiceField(choices(KINDS), empty=None))
        form.add("language", _("Language of whoever reads it"), ChoiceField(known, empty=None))
        form.add("copy", _("Her copy"), ChoiceField([("", _("no copy")), *known], empty=None))
        form.add("to", _("To whom"), TextField(limit=120))
        form.add("to_kind", _("Who that is"), ChoiceField(choices(READERS), empty=None))
        form.add("answer_by", _("Answer asked for by"), DualDateEdit(), optional=True)
        if offer.hearings:
            form.add("hearings", "", TickField(_("With the days of the hearings")))
        if offer.said:
            several = len({one.client for one in offer.said}) > 1
            quoted = [(one, f"“{isolate(one.text)}”") for one in offer.said]
            lines = [(one.id, f"{isolate(one.person)}: {text}" if several else text) for one, text in quoted]
            hint = _("Read each sentence to her. Only what she agrees to goes into the letter.")
            form.add("words", _("In her own words"), Sentences(lines), hint=hint)
        hers = offer.language if offer.language in dict(known) else ""
        form.fill({"kind": KINDS[0].value, "language": "en", "copy": hers if hers != "en" else "", "to": offer.to,
                   "to_kind": offer.to_kind})  # fmt: skip
        form.changed.connect(lambda: self._rest.start(REST_MS))
        form.changed.connect(lambda: self._open(False))
        self._asking.body.addWidget(form)
        self._asking.body.addStretch(1)

    # -- what is seen

    def draw(self) -> None:
        """Makes the letter beside the screen and shows its pages."""
        self._rest.stop()
        self._asked += 1
        said = self.form.values()
        language, copy = said["language"], said["copy"] or ""
        copy = copy if copy != language else ""
        store = self.desk.store

        def work(_step: Any) -> Drawn:
            from mrc_app.casework import centres
            from mrc_app.guides import letters

            with store.read() as session:
                prepared = self._prepared(session, said)
            drafts = centres.drafts_allowed(store.centre().settings)
            written = letters.make(prepared.facts, language=language, copy=copy, drafts=drafts)
            return Drawn(prepared, written, Pages(written.pdf), language, copy)

        number = self._asked
        self.desk.jobs.run(work, partial(self._show, number), partial(self._failed, number))

    def _prepared(self, session: Session, said: dict[str, Any]) -> Any:
        from mrc_app.guides import letters_said
        from mrc_app.guides.letters_facts import Party

        name = (said["to"] or "").strip()
        if not name:
            raise Invalid(to=Problem(N_("Say whom the letter goes to.")))
        addresses = self.offer.addresses if self.offer else {}
        prepared = self._case(
            session, LetterKind(said["kind"]), to=Party(name, addresses.get(name, "")), to_kind=To(said["to_kind"]),
            answer_by=said["answer_by"],
        )  # fmt: skip
        return letters_said.add(session, prepared, words=said.get("words") or (), hearings=bool(said.get("hearings")))

    def _case(self, session: Session, kind: LetterKind, **over: Any) -> Any:
        from mrc_app.guides import letters_records

        desk = self.desk
        officer = next((one.name for one in officers.officers(session) if one.uuid == desk.store.officer), "")
        by = letters_records.sender(desk.store.centre(), officer, desk.today())
        return letters_records.case(session, self.number, kind, by=by, **over)

    def _show(self, number: int, drawn: Drawn) -> None:
        if number == self._asked:
            self.drawn = drawn
            self.form.clear_problems()
            self._say("")
            self.note.setText(_("This translation is a draft: a speaker has not reviewed it."))
            self.note.setVisible(drawn.written.draft)
            self.preview.show_pages(drawn.pages)
            self._open(True)

    def _failed(self, number: int, trouble: MrcError) -> None:
        if number == self._asked:
            self.drawn = None
            self.preview.show_pages(None)
            self.form.show_problem(trouble)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    # -- what leaves

    def save_it(self) -> None:
        """Asks the three questions, then where the file goes."""
        self._leave(self._saved)

    def print_it(self) -> None:
        """Asks the three questions, then which printer."""
        self._leave(self._printed)

    def _leave(self, way: Callable[[Drawn, dict[str, Any]], None]) -> None:
        drawn = self.drawn
        if drawn is None:
            return
        asked = letter_asked.ask(self)
        if asked is None:
            return
        if asked["choice"] is Choice.WAITS:
            self._keep(drawn, asked, "")
            self.desk.window.say(_("The letter waits. It stands in the list of the case."))
        else:
            way(drawn, asked)

    def _saved(self, drawn: Drawn, asked: dict[str, Any]) -> None:
        path = where_to_save(self, _("Save as PDF"), str(documents_path() / drawn.written.file_name), "PDF (*.pdf)")
        if not path:
            return
        try:
            Path(path).write_bytes(drawn.written.pdf)
        except OSError:
            self._say(_("The file cannot be written there. Choose another folder."))
            return
        saved_files.note(self.desk.store, Path(path), "letter", drawn.written.pdf, drawn.prepared.clients[0])
        self._keep(drawn, asked, sha256(drawn.written.pdf).hexdigest())
        self.desk.window.say(_("Saved. Delete the file once it is printed."))

    def _printed(self, drawn: Drawn, asked: dict[str, Any]) -> None:
        printer = self.choose_printer(drawn.pages)
        if printer is None:
            return
        self._open(False)
        digest = sha256(drawn.written.pdf).hexdigest()
        self.desk.jobs.run(
            lambda step: print_pages(drawn.pages, printer, step),
            lambda _nothing: self._keep(drawn, asked, digest),
            self._not_printed,
        )

    def _not_printed(self, trouble: MrcError) -> None:
        self._say(trouble.text(_))
        self._open(True)

    def choose_printer(self, pages: Pages) -> QPrinter | None:
        """The printer that was chosen, set to the size of the pages; None when it was given up."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("notes")
        width, height = pages.sizes[0]
        printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        return printer if QPrintDialog(printer, self).exec() else None

    def _keep(self, drawn: Drawn, asked: dict[str, Any], digest: str) -> None:
        from mrc_app.casework import letters_given

        facts, by, prepared = drawn.prepared.facts, self.desk.store.officer, drawn.prepared

        def act(session: Session) -> None:
            for client in prepared.clients:
                letters_given.keep(
                    session, client=client, grievance=prepared.grievance, on=facts.on, by=by, kind=facts.kind,
                    to_party=facts.receiver.name, to_kind=facts.to, language=drawn.language, copy_language=drawn.copy,
                    sha256=digest, **asked,
                )  # fmt: skip

        self.desk.change("letters_given.keep", act)
        self.gave = True
        self.accept()


def ask(desk: Desk, number: str, parent: QWidget) -> bool:
    """Opens a letter of a case; whether one was kept."""
    dialog = CaseLetter(desk, number, parent)
    dialog.exec()
    return dialog.gave
