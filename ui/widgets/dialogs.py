"""Small questions in a window of their own, with buttons in the screen's language."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.look import px
from ui.widgets.controls import button
from ui.widgets.fields import TextField
from ui.widgets.text import label


class AskText(QDialog):
    """One question with one line for the answer, which may stay empty."""

    def __init__(self, parent: QWidget, title: str, question: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(380))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(12))
        self.field = TextField()
        self.field.call(question)
        asked = label(question, "label")
        asked.setBuddy(self.field)
        column.addWidget(asked)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        self.no, self.yes = button(_("Cancel"), on=self.reject), button(title, "main", on=self.accept)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.yes.setDefault(True)

    def answer(self) -> str | None:
        """Asks; None when the person thought better of it."""
        return (self.field.value() or "") if self.exec() else None


def where_to_save(parent: QWidget, title: str, proposed: str, kinds: str) -> str:
    """The path of a file to write; empty when none was chosen."""
    dialog = _files(parent, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(proposed)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Save"))
    return dialog.selectedFiles()[0] if dialog.exec() else ""


def which_to_open(parent: QWidget, title: str, folder: str, kinds: str) -> str:
    """The path of a file that exists; empty when none was chosen."""
    dialog = _files(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(folder)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Open"))
    return dialog.selectedFiles()[0] if dialog.exec() else ""


def several_to_open(parent: QWidget, title: str, folder: str, kinds: str) -> list[str]:
    """The paths of files that exist; none when none was chosen."""
    dialog = _files(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setDirectory(folder)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Open"))
    return dialog.selectedFiles() if dialog.exec() else []


def which_folder(parent: QWidget, title: str, folder: str) -> str:
    """The path of a folder; empty when none was chosen."""
    dialog = _files(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(folder)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Choose"))
    return dialog.selectedFiles()[0] if dialog.exec() else ""


def _files(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setNameFilter(kinds)
    words = {
        QFileDialog.DialogLabel.LookIn: _("Place"),
        QFileDialog.DialogLabel.FileName: _("Name of the file"),
        QFileDialog.DialogLabel.FileType: _("Kind of file"),
        QFileDialog.DialogLabel.Reject: _("Cancel"),
    }
    for which, text in words.items():
        dialog.setLabelText(which, text)
    return dialog
