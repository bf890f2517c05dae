"""The last steps before a guide leaves the desk: print, save, read aloud, copy; and the answers that go with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import N_, _
from ui.desk import Desk
from ui.jobs import Job
from ui.look import px
from ui.panels.preview import Pages, print_pages
from ui.settings import documents_path
from ui.widgets.controls import Flow, button
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import SegmentField
from ui.widgets.text import Banner, card, label


class Giving(QWidget):
    """The bar below a guide. ``wanted(how)`` asks the page to hand out: print, file, elsewhere, aloud or hand."""

    wanted = Signal(str)
    by_hand = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.trouble = Banner("", "amber")
        column.addWidget(self.trouble)
        column.addWidget(self._question())
        column.addLayout(self._progress())
        holder = QWidget()
        row = Flow(8)
        holder.setLayout(row)
        self.print = button(_("Print"), "main", "printer", lambda: self.wanted.emit("print"))
        self.print.setToolTip("Ctrl+P")
        self.save = button(_("Save as PDF"), "", "save", self.ask_where)
        self.save.setToolTip("Ctrl+S")
        self.told = button(_("I read it to her"), "main", "volume-2", lambda: self.wanted.emit("aloud"))
        self.copied = button(_("She has copied it"), "main", "notebook-pen", lambda: self.wanted.emit("hand"))
        self.script = button(_("Print the script"), "", "printer", lambda: self.wanted.emit("script"))
        self.no_printer = button(_("No printer?"), "quiet", "pencil", self.by_hand.emit)
        for part in (self.print, self.save, self.told, self.script, self.copied, self.no_printer):
            row.addWidget(part)
        column.addWidget(holder)

    def _question(self) -> QWidget:
        self.question, body = card("sunken", margin=14, spacing=8)
        body.addWidget(label(_("Before a file leaves: where does it go?"), "strong"))
        body.addWidget(label(_("A file on a phone is seen by everybody who holds the phone."), "small"))
        ways = [
            ("file", _("To her phone, which is hers alone")),
            ("shared", _("To a phone others use too")),
            ("elsewhere", _("Only to be printed")),
        ]
        self.where = SegmentField(ways)
        self.where.call(_("Before a file leaves: where does it go?"))
        self.where.changed.connect(self._answered)
        body.addWidget(self.where)
        self.question.hide()
        return self.question

    def _progress(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Printing"))
        self.stop = button(_("Stop"), "quiet", "x")
        self.stop.clicked.connect(lambda *_: self._job.cancel() if self._job else None)
        self._job: Job | None = None
        for part in (self.bar, self.stop):
            row.addWidget(part)
            part.hide()
        return row

    def offer(self, *, pages: bool, aloud: bool, hand: bool, script: bool, ready: bool) -> None:
        """Shows what can be done with what is on the screen."""
        self.script.setVisible(script)
        self.script.setEnabled(ready)
        for part, shown in ((self.print, pages), (self.save, pages), (self.told, aloud), (self.copied, hand)):
            part.setVisible(shown)
            part.setEnabled(ready)
        self.no_printer.setVisible(pages)
        if not pages:
            self.question.hide()

    def ask_where(self, general: bool | None = None) -> None:
        """Asks where the file goes; the answer goes on."""
        self.trouble.say("")
        self.where.blockSignals(True)
        self.where.set_value(None)
        self.where.blockSignals(False)
        self.question.show()
        self.where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self) -> None:
        way = self.where.value()
        if way == "shared":
            words = _("A file goes only to a phone that is hers alone. Print it, read it, or let her copy it.")
            self.trouble.say(words)
        elif way:
            self.question.hide()
            self.wanted.emit(way)

    # -- carrying out

    def choose_file(self, name: str) -> str:
        """Where the file goes; a neutral name is proposed. Empty when it was given up."""
        proposed = str(documents_path() / name)
        return where_to_save(self, _("Save as PDF"), proposed, "PDF (*.pdf)")

    def save_to(self, path: str, pdf: bytes) -> bool:
        """Writes the file whole or not at all; trouble is said in one sentence."""
        target = Path(path)
        part = target.with_name(target.name + ".part")
        try:
            part.write_bytes(pdf)
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            self.trouble.say(_("The file cannot be written there. Choose another folder."))
            return False
        return True

    def choose_printer(self, pages: Pages) -> QPrinter | None:
        """The printer that was chosen, set to the size of the pages; None when it was given up."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("notes")
        width, height = pages.sizes[0]
        printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        return printer if QPrintDialog(printer, self).exec() else None

    def start_print(self, pages: Pages, printer: QPrinter, done: Callable[[], None]) -> None:
        """Prints beside the screen, with progress; a stop takes effect between two pages."""
        self.bar.setRange(0, len(pages))
        for part in (self.bar, self.stop):
            part.show()

        self._job = self.desk.jobs.run(
            lambda step: print_pages(pages, printer, step),
            partial(self._printed, done),
            partial(self._not_printed, printer),
            self._further,
        )

    def _further(self, at: int, _all: int) -> None:
        self.bar.setValue(at)

    def _printed(self, done: Callable[[], None], _result: object) -> None:
        self._end()
        done()

    def _not_printed(self, printer: QPrinter, trouble: MrcError) -> None:
        printer.abort()
        self._end()
        self.trouble.say(trouble.text(_))

    def _end(self) -> None:
        self._job = None
        for part in (self.bar, self.stop):
            part.hide()


DONE = {
    "print": N_("Printed, and written down as given."),
    "file": N_("Saved, and written down as given. Delete the copy here once it is on her phone."),
    "elsewhere": N_("Saved. Delete the file once it is printed."),
    "aloud": N_("Written down: read aloud, nothing carried."),
    "hand": N_("Written down: copied by hand."),
}
