"""The recovery sheet: shown once, printed, saved or written down, and typed back so that it is sure to be right."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, _, ltr
from ui.forms import Form
from ui.look import px
from ui.pages.first_steps import Step
from ui.settings import documents_path
from ui.widgets.controls import Flow, button
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import TextField
from ui.widgets.text import card, label


class RecoveryStep(Step):
    """The only way in when every password is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = self._centre = ""
        self.say(
            _("The recovery sheet"),
            _("It opens the file when a password is lost. Keep it on paper in a locked place, never on this computer."),
        )
        frame, body = card(margin=24, spacing=14)
        self.code = label("", "code")
        self.code.setTextInteractionFlags(self.code.textInteractionFlags())
        body.addWidget(self.code)
        acts = QWidget()
        row = Flow(8)
        acts.setLayout(row)
        row.addWidget(button(_("Print"), "", "printer", self._print))
        row.addWidget(button(_("Save as PDF"), "", "save", self._save))
        body.addWidget(acts)
        body.addSpacing(px(6))
        self.form = Form(columns=1)
        self.form.add(
            "sheet", _("Type the letters and digits from your paper"), TextField(ordered=True, limit=80),
            hint=_("Capital or small letters, with or without the dashes."),
        )  # fmt: skip
        self.form.submitted.connect(self.ready.emit)
        body.addWidget(self.form)
        self.column.addWidget(frame)

    def show_sheet(self, sheet: str, centre: str) -> None:
        """Puts a fresh sheet on the screen."""
        self.sheet, self._centre = sheet, centre
        self.code.setText(ltr(sheet))
        self.code.setAccessibleName(_("Recovery code: {code}", code=sheet))

    def complete(self) -> bool:
        """Whether what was typed back is the sheet."""
        self.form.clear_problems()
        try:
            check_typed(self.form["sheet"].value() or "", self.sheet)
        except Invalid as trouble:
            self.form.show_problem(trouble)
            return False
        return True

    def first(self) -> QWidget | None:
        return self.form["sheet"]

    def _document(self) -> QTextDocument:
        words = (
            _("Recovery sheet"), self._centre, ltr(self.sheet),
            _("It opens the file when a password is lost. Keep it on paper in a locked place, never on this computer."),
        )  # fmt: skip
        document = QTextDocument()
        document.setPlainText("\n\n".join(words))
        font = self.font()
        font.setPixelSize(18)
        document.setDefaultFont(font)
        return document

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self._document().print_(printer)

    def _save(self) -> None:
        chosen = where_to_save(self, _("Save as PDF"), str(documents_path() / "sheet.pdf"), "PDF (*.pdf)")
        if chosen:
            self.save_to(chosen)

    def save_to(self, path: str) -> None:
        """Writes the sheet as a one-page PDF."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(path)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
        printer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
        self._document().print_(printer)


def check_typed(typed: str, sheet: str) -> None:
    """Raises Invalid(sheet=…) when what was typed back is not the sheet."""
    from mrc_app.store.keys import read_sheet

    if read_sheet(typed) != read_sheet(sheet):
        raise Invalid(sheet=Problem(N_("This is another recovery sheet than the one above.")))
