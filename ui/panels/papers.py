"""Her papers: photos and scans added from a file, looked at in memory, said what they are and who added them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from mrc_app.casework import attachments
from mrc_app.casework.attachment_content import Media
from mrc_app.casework.attachments import Attachment, What
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.panels.panel import Panel
from ui.panels.preview import Pages, Preview
from ui.panels.rights import RightsCard
from ui.settings import documents_path
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import which_to_open
from ui.widgets.empty import Empty
from ui.widgets.fields import SegmentField, TextField
from ui.widgets.text import Banner, Elided, card, chip, label
from ui.words import choices, word

SHOWN_AT = 900
"""The longest side of a picture on the screen, before the size of the text is reckoned in."""


class PapersPanel(Panel):
    """The papers of a client, the latest first."""

    shows: ClassVar[frozenset[str]] = frozenset({"attachment"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.trouble = Banner("", "red")
        self.column.addWidget(self.trouble)
        row = QHBoxLayout()
        row.addWidget(label(_("Kept sealed beside the centre file; nothing is ever opened outside it."), "muted"), 1)
        self.add = button(_("Add from a file"), "main", "file-plus", self.choose)
        row.addWidget(self.add)
        self.column.addLayout(row)
        self._asking = QVBoxLayout()
        self.column.addLayout(self._asking)
        frame, self._list = card(spacing=4, margin=10)
        self.column.addWidget(frame)
        self._view = QVBoxLayout()
        self.column.addLayout(self._view)
        self.rights = RightsCard(desk)
        self.column.addWidget(self.rights)
        self.column.addStretch(1)
        self.form: Form | None = None
        self.file: Path | None = None
        self.viewed: QWidget | None = None

    def load(self, client: str) -> None:
        """Shows another client's papers; what was open for the one before is closed."""
        if client != self.client:
            self.close_form()
            self.close_view()
            self.trouble.say("")
        self.rights.load(client)
        super().load(client)

    def refresh(self) -> None:
        """Reads her papers again."""
        client, centre = self.client, self.desk.store.path

        def question(session: Session) -> tuple[list[Attachment], dict[str, str], set[str]]:
            from mrc_app.store import officers

            found = attachments.of_client(session, client)
            names = {officer.uuid: officer.name for officer in officers.officers(session)}
            return found, names, {paper.uuid for paper in found if attachments.is_here(centre, paper)}

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[list[Attachment], dict[str, str], set[str]]) -> None:
        papers, names, here = told
        clear(self._list)
        if not papers:
            text = _("A photo of her contract or a receipt can decide a claim later.")
            self._list.addWidget(Empty("folder-open", _("No papers yet"), text))
        for paper in papers:
            self._list.addWidget(self._row(paper, names.get(paper.added_by, ""), paper.uuid in here))

    def _row(self, paper: Attachment, by: str, here: bool) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(px(8), px(6), px(8), px(6))
        row.setSpacing(px(12))
        row.addWidget(chip(word(paper.what), "blue"))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(Elided(isolate(paper.name), "strong"))
        parts = [word(paper.media), size_words(paper.size), screen_date(paper.added_on), by, paper.note]
        words.addWidget(label(" · ".join(part for part in parts if part), "small"))
        row.addLayout(words, 1)
        if here:
            row.addWidget(self._act(_("View"), "eye", paper, self.view))
        else:
            row.addWidget(chip(_("Wanted: not on this computer"), "amber"))
        row.addWidget(self._act(_("Put away"), "trash-2", paper, self.put_away))
        return made

    def _act(self, text: str, icon: str, paper: Attachment, act: Any) -> QWidget:
        made = button(text, "quiet", icon, partial(act, paper.uuid))
        made.setAccessibleName(f"{text}: {paper.name}")
        return made

    # -- adding

    def choose(self) -> None:
        """Asks for the file."""
        kinds = _("Photos, PDF and text") + " (*.jpg *.jpeg *.png *.pdf *.txt)"
        chosen = which_to_open(self, _("Add from a file"), str(documents_path()), kinds)
        if chosen:
            self.ask(Path(chosen))

    def ask(self, file: Path) -> None:
        """Asks what the paper is."""
        self.close_form()
        self.file, self.form = file, Form()
        form = self.form
        what = SegmentField(choices(What))
        form.add("what", _("What is this paper?"), what, span=2)
        form.add("note", _("Note"), TextField(limit=200), optional=True, span=2)
        form.submitted.connect(self.keep)
        frame, body = card("sunken", margin=14)
        body.addWidget(label(isolate(file.name), "strong"))
        body.addWidget(form)
        body.addWidget(label(_("The file it came from stays where it is. Delete it there when you are done."), "small"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(_("Keep this paper"), "main", on=self.keep)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._asking.addWidget(frame)
        what.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Looks into the file beside the screen and keeps it; what is refused is said above the form."""
        form, file, desk, client = self.form, self.file, self.desk, self.client
        if form is None or file is None:
            return
        form.clear_problems()
        said = {"what": form["what"].value() or "", "note": form["note"].value() or ""}
        limit = attachments.limit_mb(desk.store.centre().settings)
        today = desk.today()

        def work(_step: Any) -> None:
            content = attachments.from_file(file, limit)

            def action(session: Session) -> Attachment:
                return attachments.add(
                    session, centre=desk.store.path, client=client, name=file.name, content=content, on=today,
                    by=desk.store.officer, limit=limit, **said,
                )  # fmt: skip

            desk.change("attachments.add", action)

        self.ok.setEnabled(False)
        desk.jobs.run(work, done=self._kept, failed=self._refused)

    def _kept(self, _result: object) -> None:
        self.close_form()
        self.refresh()
        self.desk.window.say(_("Kept."))

    def _refused(self, trouble: MrcError) -> None:
        if self.form is not None:
            self.ok.setEnabled(True)
            self.form.show_problem(trouble)

    def close_form(self) -> None:
        """Puts the question away."""
        self.form = self.file = None
        clear(self._asking)

    # -- looking and putting away

    def view(self, uuid: str) -> None:
        """Shows a paper below the list, from memory."""
        self.trouble.say("")
        desk = self.desk

        def work(_step: Any) -> tuple[Media, bytes]:
            def question(session: Session) -> tuple[Media, bytes]:
                paper = attachments.by_uuid(session, uuid)
                return paper.media, attachments.content(desk.store.path, paper)

            return desk.read(question)

        desk.jobs.run(work, done=self._viewed, failed=self._not_viewed)

    def _viewed(self, told: tuple[Media, bytes]) -> None:
        media, content = told
        self.close_view()
        self.viewed = as_pages(self.desk, content) if media is Media.PDF else as_shown(media, content)
        frame, body = card()
        close = button(_("Close"), "quiet", "x", self.close_view)
        body.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self.viewed)
        self._view.addWidget(frame)
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_viewed(self, trouble: MrcError) -> None:
        self.trouble.say(trouble.text(_))

    def close_view(self) -> None:
        """Takes the paper off the screen and out of memory."""
        self.viewed = None
        clear(self._view)

    def put_away(self, uuid: str) -> None:
        """Hides a paper added by mistake."""

        def action(session: Session) -> None:
            attachments.put_away(session, attachments.by_uuid(session, uuid))

        try:
            self.desk.change("attachments.put_away", action)
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
            return
        self.close_view()
        self.refresh()

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self.add


def size_words(size: int) -> str:
    """A size in KB or MB."""
    return ltr(f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB")


def as_pages(desk: Desk, content: bytes) -> QWidget:
    """A PDF, page by page."""
    made = Preview(desk)
    made.setMinimumHeight(px(560))
    made.show_pages(Pages(content))
    return made


def as_shown(media: Media, content: bytes) -> QWidget:
    """A picture no larger than the screen needs, decoded from memory; or plain text."""
    if media is Media.TEXT:
        words = QPlainTextEdit(content.decode("utf-8-sig"))
        words.setReadOnly(True)
        words.setAccessibleName(_("What the paper says"))
        words.setTabChangesFocus(True)
        words.setMinimumHeight(px(260))
        return words
    data = QByteArray(content)
    source = QBuffer(data)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setAutoTransform(True)
    size, most = reader.size(), QSize(px(SHOWN_AT), px(SHOWN_AT))
    if size.width() > most.width() or size.height() > most.height():
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    picture = QLabel()
    picture.setAccessibleName(_("Picture of the paper"))
    picture.setPixmap(QPixmap.fromImage(reader.read()))
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return picture
