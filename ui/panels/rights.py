"""What is hers by right: her own record to take away, a hold a law asks for, and the erasure she may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mrc_app.casework import clients, erasures
from mrc_app.casework.erasures import HoldReason
from mrc_app.errors import MrcError
from mrc_app.i18n import _, screen_language
from mrc_app.store.erasures import Because
from mrc_app.store.roles import May, may
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.settings import documents_path
from ui.widgets.choosers import LanguageField
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import SegmentField, TextField
from ui.widgets.text import Banner, card, label
from ui.words import choices

OWN_RECORD = "own record"
"""What the note of a handout calls it: her own record is no edition of a guide."""


class RightsCard(QFrame):
    """Three buttons and the question that each of them asks first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.client = desk, ""
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(_("What is hers by right"), "heading"))
        self.trouble = Banner("", "red")
        column.addWidget(self.trouble)
        row = Flow(8)
        self.own = button(_("Give her own record"), "", "contact-round", self.ask_record)
        self.hold = button(_("Keep for a law"), "", "lock", self.ask_hold)
        self.erase = button(_("Erase her record"), "danger", "trash-2", self.ask_erase)
        for part in (self.own, self.hold, self.erase):
            row.addWidget(part)
        column.addLayout(row)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.form: Form | None = None

    def load(self, client: str) -> None:
        """The card of another client; an open question is closed."""
        if client != self.client:
            self.close_form()
            self.trouble.say("")
        self.client = client
        role = self.desk.store.role
        self.own.setVisible(may(role, May.GIVE_RECORD))
        self.hold.setVisible(may(role, May.ERASE))
        self.erase.setVisible(may(role, May.ASK_ERASURE))

    # -- her own record

    def ask_record(self) -> None:
        """In which language, and where it goes: a file on a phone others use never leaves from here."""
        spoken = self.desk.read(lambda session: clients.by_uuid(session, self.client).language)
        form = Form(columns=1)
        form.add("language", _("Language of the record"), LanguageField())
        ways = [
            ("hers", _("To her phone, which is hers alone")),
            ("shared", _("To a phone others use too")),
            ("print", _("On paper, and she says it is safe for her to carry")),
        ]
        form.add("where", _("Before a file leaves: where does it go?"), SegmentField(ways))
        form.fill({"language": spoken or screen_language().code})
        self._open(form, _("Make the PDF"), self.make_record)

    def make_record(self) -> None:
        """Makes the PDF and the open file beside the screen and saves both where the officer chooses."""
        form = self.form
        if form is None:
            return
        form.clear_problems()
        said = form.values()
        stop = {
            None: _("Choose where the file goes."),
            "shared": _("A file goes only to a phone that is hers alone. Print it, or read it to her."),
        }
        if said["where"] in stop:
            form.banner.say(stop[said["where"]])
            return
        language = said["language"] or screen_language().code
        chosen = self.choose(f"record-{language}.pdf")
        if chosen:
            self.ok.setEnabled(False)
            self._write(Path(chosen), language, with_file=said["where"] == "hers")

    def choose(self, name: str) -> str:
        """Where the file goes; empty when it was given up."""
        return where_to_save(self, _("Give her own record"), str(documents_path() / name), "PDF (*.pdf)")

    def _write(self, path: Path, language: str, *, with_file: bool) -> None:
        desk, client, today = self.desk, self.client, self.desk.today()

        def work(_step: Any) -> list[Path]:
            from mrc_app.guides import own_record

            own = desk.read(lambda session: own_record.of(session, clients.by_uuid(session, client).number))
            made = own_record.make(own, language=language, centre=desk.store.centre().name, today=today)
            files = {path: made.pdf}
            if with_file:
                data = own_record.document(own, today)
                files[path.with_suffix(".json")] = json.dumps(data, ensure_ascii=False, indent=1).encode()
            for target, content in files.items():
                keep_file(desk, target, "own_record", content, client)
            return list(files)

        desk.jobs.run(work, done=partial(self._written, client, language, with_file), failed=self._refused)

    def _written(self, client: str, language: str, with_file: bool, files: list[Path]) -> None:
        self._note(client, language, with_file)
        self.close_form()
        names = ", ".join(file.name for file in files)
        self.desk.window.say(_("Saved: {files}. Delete the copy here once she has it.", files=names))

    def _note(self, client: str, language: str, with_file: bool) -> None:
        """Keeps that she was given her own record, where this officer may say so."""
        from mrc_app.casework import counselling
        from mrc_app.casework.counselling_words import Edition, Given
        from mrc_app.casework.counselling_words import Form as Way

        store, today = self.desk.store, self.desk.today()
        if not may(store.role, May.HAND_OUT):
            return
        safe = {"form": Way.FILE, "phone_private": "yes"} if with_file else {"form": Way.PAPER, "safe_to_carry": "yes"}
        self.desk.change(
            "counselling.hand_out",
            lambda session: counselling.hand_out(
                session, client=client, on=today, by=store.officer, what=Given.OTHER, edition=Edition.FULL,
                language=language, version=OWN_RECORD, **safe,
            ),
        )  # fmt: skip

    def _refused(self, trouble: MrcError) -> None:
        if self.form is not None:
            self.ok.setEnabled(True)
            self.form.show_problem(trouble)

    # -- holding and erasing

    def ask_hold(self) -> None:
        """Which law, until when."""
        form = Form()
        form.add("because", _("Why is it kept?"), SegmentField(choices(HoldReason), stacked=True), span=2)
        form.add("basis", _("Law, court or file that asks for it"), TextField(limit=120), span=2, optional=True)
        form.add("until", _("Until"), DualDateEdit(), span=2, optional=True)
        form.fill({"because": HoldReason.LAW.value})
        self._open(form, _("Keep her record"), self.keep_hold)

    def keep_hold(self) -> None:
        """Puts the hold on."""

        def act(session: Session, said: dict[str, Any]) -> object:
            return erasures.hold(
                session, client=self.client, because=said["because"] or "", basis=said["basis"] or "",
                until=said["until"], on=self.desk.today(), by=self.desk.store.officer,
            )  # fmt: skip

        self._do("erasures.hold", act, _("Kept."))

    def ask_erase(self) -> None:
        """Why, and what will happen."""
        form = Form(columns=1)
        form.add("because", _("Why is it erased?"), SegmentField(choices(Because), stacked=True))
        words = _(
            "She disappears from every list at once. A supervisor confirms under Settings; then nothing of her is left "
            "here. Papers that left, and older backups until they are replaced, cannot be reached."
        )
        form.add_part(label(words, "small"))
        self._open(form, _("Hide and erase"), self.keep_erasure)

    def keep_erasure(self) -> None:
        """Hides her and goes back to the list."""

        def act(session: Session, said: dict[str, Any]) -> object:
            return erasures.ask(
                session, client=clients.by_uuid(session, self.client), because=said["because"] or "",
                on=self.desk.today(), by=self.desk.store.officer,
            )  # fmt: skip

        if self._do("erasures.ask", act, _("Hidden. A supervisor confirms under Settings.")):
            self.desk.window.show_page("clients")

    def _do(self, do: str, act: Callable[[Session, dict[str, Any]], object], words: str) -> bool:
        form = self.form
        if form is None or form.submit(lambda: self._change(do, act, form)) is None:
            return False
        self.close_form()
        self.desk.window.say(words)
        return True

    def _change(self, do: str, act: Callable[[Session, dict[str, Any]], object], form: Form) -> bool:
        said = form.values()
        self.desk.change(do, lambda session: act(session, said))
        return True

    def _open(self, form: Form, words: str, act: Callable[[], None]) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card("sunken", margin=14)
        body.addWidget(form)
        foot = Flow(8)
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        body.addLayout(foot)
        self._place.addWidget(frame)
        self.ok.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Puts the question away."""
        self.form = None
        clear(self._place)


def keep_file(desk: Desk, path: Path, what: str, content: bytes, client: str) -> None:
    """Writes a file whole or not at all, and remembers inside the centre file where it lies. Raises MrcError."""
    from mrc_app.i18n import N_
    from mrc_app.store import saved_files

    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise MrcError(N_("The file cannot be written there. Choose another folder.")) from None
    saved_files.note(desk.store, path, what, content, client)
