"""The ministry's desk: packages of many centres received, who is silent, the numbers together, and what is published.

It works without a centre file: it is reached from the unlock screen, or from Settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import Cancelled, MrcError
from mrc_app.i18n import _, ltr, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.page import Heading, Page
from ui.pages.ministry_figures import FiguresCard
from ui.pages.ministry_senders import SendersCard
from ui.settings import documents_path
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dialogs import several_to_open, where_to_save, which_to_open
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, card, chip, label

if TYPE_CHECKING:
    from mrc_app.ministry.receiving import Answer, Received
    from ui.jobs import Job, Step

SHOWN = 50
"""Refused files shown; all of them stand in the list of what is kept apart."""


class MinistryPage(Page):
    """Where the numbers are kept, what came, who sends, and the figures; one below the other."""

    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=1040)
        outer.addWidget(scroll)
        self.back = button(_("Back"), "quiet", "chevron-left", self._leave)
        below = _("For the office that brings the figures of many centres together. No client is shown here by name.")
        scroll.body.addWidget(Heading(_("Ministry desk"), below, self.back))
        scroll.body.addWidget(self._where())
        self.trouble = Banner("", "red")
        scroll.body.addWidget(self.trouble)
        self._waiting_row = self._waiting()
        scroll.body.addWidget(self._waiting_row)
        self.result = QVBoxLayout()
        scroll.body.addLayout(self.result)
        self.senders = SendersCard(desk, self.place, self.refresh)
        self.figures = FiguresCard(desk, self.place)
        scroll.body.addWidget(self.senders)
        scroll.body.addWidget(self.figures)
        self._job: Job | None = None

    def _where(self) -> QWidget:
        frame, body = card(margin=18)
        self.form = form = Form()
        hint = _("sqlite:///FILE, or postgresql://USER@COMPUTER/NAME for many centres")
        form.add("place", _("Where the figures are kept"), TextField(ordered=True, limit=500), hint=hint)
        hint = _("The age identity file (AGE-SECRET-KEY-1…) whose recipient the centres were given.")
        form.add("identity", _("The ministry's key"), TextField(ordered=True, limit=500), hint=hint)
        form.fill({"place": f"sqlite:///{documents_path() / 'ministry.db'}"})
        form.submitted.connect(self.refresh)
        body.addWidget(form)
        row = Flow(8)
        self.choose_key = button(_("Choose the key"), "", "folder-open", self._choose_key)
        self.look = button(_("Show what is there"), "", "list-checks", self.refresh)
        self.go = button(_("Receive packages"), "main", "file-plus", self._choose_files)
        self.new_key = button(_("Make a new key"), "quiet", "plus", self._ask_new_key)
        for one in (self.choose_key, self.new_key, self.look, self.go):
            row.addWidget(one)
        body.addLayout(row)
        self.key = label("", "small")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.hide()
        body.addWidget(self.key)
        return frame

    def _waiting(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Receiving packages"))
        self.so_far = label("", "small", wrap=False)
        self.stop = button(_("Stop"), "", "x", self._stop)
        row.addWidget(self.bar, 1)
        row.addWidget(self.so_far)
        row.addWidget(self.stop)
        part.hide()
        return part

    # -- where

    def place(self) -> str:
        """The address of the database as typed."""
        return self.form["place"].value() or ""

    def _leave(self) -> None:
        there = "settings" if self.desk.is_open else "unlock" if self.desk.settings.centre else "first_run"
        self.desk.window.show_page(there)

    def _choose_key(self) -> None:
        path = which_to_open(self, _("Choose the key"), str(documents_path()), _("Key files (*.txt *)"))
        if path:
            self.form.fill({"identity": path})

    def _ask_new_key(self) -> None:
        path = where_to_save(self, _("Make a new key"), str(documents_path() / "ministry-key.txt"), "*.txt")
        if path:
            self.make_key(Path(path))

    def make_key(self, path: Path) -> None:
        """Makes the ministry's key and shows what the centres are to be given. The file itself stays here."""
        from mrc_app.exchange.desk_keys import write_identity_file

        try:
            made = write_identity_file(path, self.desk.today().isoformat())
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
            return
        self.trouble.say("")
        self.form.fill({"identity": str(path)})
        said = _("Give the centres this key: {key}. Compare it with them by telephone: {digits}. Keep the file secret.",
                 key=ltr(made.recipient), digits=ltr(made.fingerprint))  # fmt: skip
        self.key.setText(said)
        self.key.show()

    def refresh(self) -> None:
        """Reads who sent what; a database that is not there yet is no trouble."""
        self.trouble.say("")
        self.senders.read()
        self.figures.forget()

    # -- receiving

    def _choose_files(self) -> None:
        paths = several_to_open(
            self, _("Receive packages"), str(documents_path()), _("Packages of centres (*.age *.zip)")
        )
        if paths:
            self.receive([Path(path) for path in paths])

    def receive(self, files: Sequence[Path]) -> None:
        """Takes packages in beside the screen."""
        if self._job is not None and self._job.running:
            return
        said = self.form.values()
        self.form.clear_problems()
        self.trouble.say("")
        clear(self.result)

        def work(step: Step) -> tuple[Received, int]:
            from mrc_app.exchange.desk_keys import from_identity_file
            from mrc_app.ministry import answering, centres, database, opening, receiving

            key = Path(said["identity"] or "")
            keys, own = opening.identities(key), from_identity_file(key)
            with database.opened(said["place"] or "", make=True) as at:
                found = receiving.receive(at, files, keys, step=step)
                register = {one.code: one.recipient for one in centres.listed(at)}
            return found, len(answering.answer(found, own, register).files)

        self.bar.setRange(0, len(files))
        self.bar.setValue(0)
        self.so_far.setText("")
        self._waiting_row.show()
        self.go.setEnabled(False)
        self._job = self.desk.jobs.run(work, done=self._received, failed=self._failed, progress=self._progress)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.so_far.setText(_("{done} of {total}", done=done, total=total))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._waiting_row.hide()
        self.go.setEnabled(True)

    def _failed(self, trouble: MrcError) -> None:
        self._ended()
        if isinstance(trouble, Cancelled):
            self.trouble.say(_("Stopped. What was received before stays; receive the files again to go on."))
        else:
            self.trouble.say(trouble.text(_))
        self.senders.read()

    def _received(self, answer: tuple[Received, int]) -> None:
        found, answers = answer
        self._ended()
        frame, body = card(margin=18, spacing=8)
        body.addWidget(label(_("What came"), "heading"))
        refused = found.of("refused")
        chips = Flow(8)
        for text, tone in (
            (_("{n} taken in", n=len(found.of("accepted"))), "green"),
            (_("{n} here already", n=len(found.of("duplicate"))), "plain"),
            (_("{n} refused", n=len(refused)), "red" if refused else "plain"),
        ):
            chips.addWidget(chip(text, tone))
        body.addLayout(chips)
        for one in refused[:SHOWN]:
            body.addWidget(label(_refusal(one)))
        if len(refused) > SHOWN:
            body.addWidget(label(_("and {n} more", n=len(refused) - SHOWN), "small"))
        if answers:
            said = ngettext("{n} answer was written beside its package: give it back to the centre.",
                            "{n} answers were written beside their packages: give them back to the centres.",
                            answers)  # fmt: skip
            body.addWidget(label(said, "small"))
        self.result.addWidget(frame)
        self.senders.read()
        self.figures.forget()

    # -- a page

    def kept(self) -> dict[str, Any]:
        """Where the figures are and which key opens packages."""
        return self.form.values() | self.figures.kept()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)
        self.figures.restore(kept)
        self.senders.read()

    def first(self) -> QWidget | None:
        """The place."""
        return self.form["place"]


def _refusal(one: Answer) -> str:
    """A file that was refused, and why."""
    reason = one.reason.text(_) if one.reason is not None else ""
    return f"{ltr(one.file.name)}: {reason}"
