"""A copy for a stick: where it goes, its passphrase, and its recovery sheet, shown once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, _, ltr
from ui.desk import Desk
from ui.forms import Form
from ui.settings import documents_path
from ui.widgets.controls import button
from ui.widgets.dialogs import which_folder
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, card, label

if TYPE_CHECKING:
    from ui.jobs import Step


class StickPanel(QWidget):
    """A sealed copy that names nobody, under a key of its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=24, spacing=12)
        outer.addWidget(frame)
        body.addWidget(label(_("A copy for a stick"), "heading"))
        why = _("It has its own passphrase: who finds the stick can open nothing on this computer with it.")
        body.addWidget(label(why, "muted"))
        self.form = Form(columns=1)
        self.form.add("folder", _("Folder on the stick"), TextField(ordered=True))
        hint = _("At least ten characters; several words are best. The same for all copies on one stick.")
        self.form.add("passphrase", _("Passphrase of the stick"), TextField(secret=True), hint=hint)
        self.form.submitted.connect(self.make)
        body.addWidget(self.form)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Writing to the stick"))
        self.busy.hide()
        body.addWidget(self.busy)
        row = QHBoxLayout()
        self.choose = button(_("Choose the folder"), "", "folder-open", self._choose)
        self.go = button(_("Write the copy"), "main", on=self.make)
        row.addWidget(self.choose)
        row.addWidget(self.go)
        row.addStretch(1)
        body.addLayout(row)
        self.done = Banner("", "green", "circle-check")
        body.addWidget(self.done)
        self.sheet = label("", "code")
        self.sheet.hide()
        body.addWidget(self.sheet)

    def begin(self) -> None:
        """Ready for another copy."""
        self.done.say("")
        self.sheet.hide()
        self.form.fill({"passphrase": None})
        self.form["folder"].setFocus()

    def _choose(self) -> None:
        chosen = which_folder(self, _("Folder on the stick"), str(documents_path()))
        if chosen:
            self.form.fill({"folder": chosen})

    def make(self) -> None:
        """Writes the copy beside the screen."""
        from mrc_app.store.roles import May

        self.form.clear_problems()
        said, store = self.form.values(), self.desk.store
        if not said["folder"]:
            self.form.show_problem(Invalid(folder=Problem(N_("Choose the folder on the stick."))))
            return
        folder, passphrase = Path(said["folder"]), said["passphrase"] or ""
        self._wait(True)

        def work(step: Step) -> Any:
            from mrc_app.store import stick

            store.allow(May.BACK_UP)
            return stick.make(store.path, store.key, folder, passphrase, reach=lambda _name: step(0, 0))

        self.desk.jobs.run(work, done=self._made, failed=self._refused)

    def _made(self, made: Any) -> None:
        self._wait(False)
        self.form.fill({"passphrase": None})
        self.done.say(_("Written and verified: {file}", file=ltr(made.copy.file.name)))
        if made.sheet:
            said = _("Written and verified: {file}. Write its recovery sheet down now; it is shown only once.",
                     file=ltr(made.copy.file.name))  # fmt: skip
            self.done.say(said)
            self.sheet.setText(ltr(made.sheet))
            self.sheet.setAccessibleName(_("Recovery code: {code}", code=made.sheet))
        self.sheet.setVisible(bool(made.sheet))

    def _refused(self, trouble: MrcError) -> None:
        self._wait(False)
        if isinstance(trouble, Invalid) and "password" in trouble.problems:
            trouble = Invalid(passphrase=trouble.problems["password"])
        self.form.show_problem(trouble)

    def _wait(self, on: bool) -> None:
        self.busy.setVisible(on)
        self.go.setEnabled(not on)
