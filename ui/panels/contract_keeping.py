"""The forms of the contracts tab: a new version with its photo or scan, a change, and a verification stamp."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import attachments, contracts
from mrc_app.casework.client_words import Answer
from mrc_app.casework.contract_points import document_of
from mrc_app.casework.contracts import Contract
from mrc_app.casework.journeys import Journey
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate
from ui.desk import Desk
from ui.forms import Form
from ui.panels import contract_form
from ui.panels.contract_beside import version_name
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.dialogs import which_to_open
from ui.widgets.fields import SegmentField, TextField
from ui.widgets.text import card, label


class Keeping(QWidget):
    """Where a form stands while it is open. ``done`` is called when something was kept."""

    def __init__(self, desk: Desk, done: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self._done = desk, done
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.form: Form | None = None
        self.file: Path | None = None
        self._known: Any = None
        self._act: Callable[[Any, dict[str, Any]], object] = lambda _session, _typed: None
        self._typed: Callable[[Form], dict[str, Any]] = contract_form.typed
        self._do = ""
        self.hide()

    def begin(self, way: Journey, before: Contract | None) -> None:
        """A new version, all empty: a term that was never looked at must not look as if it had been."""
        form = contract_form.version_form()
        form.fill({"stage": "seen" if before else "offer", "seen_on": self.desk.today()})
        form.clear_problems()
        self._open(form, _("New version"), self._keep_version, paper=True)
        desk, by = self.desk, self.desk.store.officer

        def act(session: Any, typed: dict[str, Any]) -> object:
            file = self.file
            if file is None:
                return contracts.keep(session, way, on=desk.today(), by=by, **typed)
            limit = attachments.limit_mb(desk.store.centre().settings)
            content = attachments.from_file(file, limit)
            return contracts.keep_with_paper(
                session, way, centre=desk.store.path, name=file.name, content=content, on=desk.today(), by=by,
                limit=limit, **typed,
            )  # fmt: skip

        self._act, self._do, self._known = act, "contracts.keep", None

    def change(self, contract: Contract, known: Any) -> None:
        """A version in its form."""
        form = contract_form.version_form()
        form.fill({name: getattr(contract, name) or None for name in contract_form.VERSION})
        contract_form.fill(form, document_of(contract.terms))
        self._open(form, _("Change: {version}", version=version_name(contract)), self._keep_version)
        uuid, today = contract.uuid, self.desk.today()

        def act(session: Any, typed: dict[str, Any]) -> object:
            return contracts.amend(session, contracts.by_uuid(session, uuid), changes=typed, today=today)

        self._act, self._do, self._known = act, "contracts.amend", [known]

    def stamp(self, contract: Contract) -> None:
        """A verification stamp of a version."""
        form = Form()
        form.add("authority", _("Whose stamp?"), TextField(limit=120), hint=_("Embassy, labour attaché, ministry …"))
        yes_no = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No"))]
        form.add("seen", _("Was the stamp seen?"), SegmentField(yes_no))
        form.add("stamped_on", _("Day of the stamp"), DualDateEdit(), optional=True)
        form.add("note", _("Note"), TextField(limit=400), optional=True)
        self._open(form, _("Stamp: {version}", version=version_name(contract)), self._keep_version)
        uuid, on, by = contract.uuid, self.desk.today(), self.desk.store.officer

        def act(session: Any, typed: dict[str, Any]) -> object:
            return contracts.stamp(session, contracts.by_uuid(session, uuid), on=on, by=by, **typed)

        self._act, self._do, self._known = act, "contracts.stamp", None
        self._typed = lambda asked: {name: value or "" for name, value in asked.values().items()}

    def _open(self, form: Form, title: str, act: Callable[[], None], *, paper: bool = False) -> None:
        self.close_form()
        self.form, self._typed = form, contract_form.typed
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        if paper:
            body.addWidget(self._paper())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(_("Keep"), "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        self.show()
        first = next(iter(form.values()))
        form[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _paper(self) -> QWidget:
        made = QFrame()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button(_("Add a photo or scan"), "", "file-plus", self.choose))
        self.named = label("", "muted")
        row.addWidget(self.named, 1)
        return made

    def choose(self) -> None:
        """Asks for the file."""
        kinds = _("Photos, PDF and text") + " (*.jpg *.jpeg *.png *.pdf *.txt)"
        chosen = which_to_open(self, _("Add a photo or scan"), str(documents_path()), kinds)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """The file that is kept together with the version."""
        self.file = file
        self.named.setText(isolate(file.name))

    def _keep_version(self) -> None:
        form, desk, do, known = self.form, self.desk, self._do, self._known
        if form is None:
            return
        form.clear_problems()
        typed, kept = self._typed(form), self._act

        def act(session: Any) -> object:
            return kept(session, typed)

        if self.file is None:
            if form.submit(lambda: (desk.change(do, act, known), True)) is not None:
                self._finish()
            return
        self.ok.setEnabled(False)
        desk.jobs.run(
            lambda _step: desk.change(do, act, known), done=lambda _made: self._finish(), failed=self._refused
        )

    def _refused(self, trouble: MrcError) -> None:
        if self.form is not None:
            self.ok.setEnabled(True)
            self.form.show_problem(trouble)

    def _finish(self) -> None:
        self.close_form()
        self._done()

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = self.file = None
        clear(self._place)
        self.hide()
