"""Records to be erased, records nobody needed for long, and the files saved from here onto this computer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import erasures
from mrc_app.casework.erasures import Review
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr
from mrc_app.store import erasing, saved_files
from mrc_app.store.erasures import Erasure
from mrc_app.store.roles import May, may
from mrc_app.store.saved_files import SavedFile
from ui.desk import Desk, Session
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.controls import Button, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.text import Banner, Elided, card, label
from ui.words import word


class RightsPage(Page):
    """Three lists, each with what can be done."""

    shows: ClassVar[frozenset[str]] = frozenset({"erasure", "hold", "client"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=860)
        outer.addWidget(scroll)
        self.back = button(_("Settings"), "quiet", "chevron-left", partial(desk.window.show_page, "settings"))
        scroll.body.addWidget(Heading(_("Keeping and erasing"), "", self.back))
        self.trouble = Banner("", "red")
        scroll.body.addWidget(self.trouble)
        self.waiting = self._part(scroll, _("To be erased"), _("Hidden already. Confirming cannot be taken back."))
        self.review = self._part(
            scroll, _("To review"), _("Nobody met these clients for a long time. Is the record still needed?")
        )
        self.saved = self._part(
            scroll, _("Files saved on this computer"), _("Delete them once they are printed or on her phone.")
        )

    @staticmethod
    def _part(scroll: Scroll, title: str, below: str) -> QVBoxLayout:
        scroll.body.addWidget(label(title, "heading"))
        scroll.body.addWidget(label(below, "small"))
        frame, body = card(spacing=6, margin=12)
        scroll.body.addWidget(frame)
        return body

    def refresh(self) -> None:
        """Reads the three lists."""
        role, today = self.desk.store.role, self.desk.today()
        months = erasures.review_months(self.desk.store.centre().settings)

        def question(session: Session) -> tuple[list[tuple[Erasure, str]], list[Review]]:
            waiting = erasures.asked(session) if may(role, May.ERASE) else []
            return waiting, erasures.to_review(session, today, months) if may(role, May.SEE_NAMES) else []

        self.desk.ask(self, question, self._show)

    def _show(self, told: tuple[list[tuple[Erasure, str]], list[Review]]) -> None:
        waiting, reviews = told
        for part in (self.waiting, self.review, self.saved):
            clear(part)
        for erasure, number in waiting:
            below = f"{word(erasure.because)} · {screen_date(erasure.asked_on)}"
            take_back = self._act(_("Show again"), "undo-2", number, partial(self.take_back, erasure.uuid))
            confirm = self._act(_("Erase for good"), "trash-2", number, partial(self.confirm, erasure.uuid), "danger")
            self.waiting.addWidget(self._row(ltr(number), below, take_back, confirm))
        for one in reviews:
            below = _("Number {number}, last contact on {date}", number=ltr(one.number), date=screen_date(one.last))
            look = self._act(_("Open"), "eye", one.name, partial(self.desk.window.show_page, "clients", one.client))
            self.review.addWidget(self._row(isolate(one.name), below, look))
        files = saved_files.listed(self.desk.store) if may(self.desk.store.role, May.SEE_NAMES) else []
        for file in files:
            self.saved.addWidget(self._file(file))
        for part, found in ((self.waiting, waiting), (self.review, reviews), (self.saved, files)):
            if not found:
                part.addWidget(label(_("Nothing here."), "muted"))

    def _file(self, file: SavedFile) -> QWidget:
        path = Path(file.path)
        below = ltr(str(path.parent)) if file.is_there else _("It is no longer there.")
        words = _("Delete the file") if file.is_there else _("Forget")
        delete = self._act(words, "trash-2", path.name, partial(self.delete, file.path))
        return self._row(isolate(path.name), below, delete)

    def _act(self, text: str, icon: str, about: str, act: Any, kind: str = "quiet") -> Button:
        made = button(text, kind, icon, act)
        made.setAccessibleName(f"{text}: {about}")
        return made

    @staticmethod
    def _row(title: str, below: str, *actions: Button) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(px(6), px(4), px(6), px(4))
        row.setSpacing(px(10))
        words = QVBoxLayout()
        words.addWidget(Elided(title, "strong"))
        words.addWidget(label(below, "small"))
        row.addLayout(words, 1)
        for action in actions:
            row.addWidget(action)
        return made

    # -- acting

    def confirm(self, uuid: str) -> None:
        """Keeps the confirmation, then lets the bytes go beside the screen."""
        desk, today = self.desk, self.desk.today()
        self.trouble.say("")

        def work(step: Any) -> None:
            def action(session: Session) -> str:
                found = next(one for one, _number in erasures.asked(session) if one.uuid == uuid)
                return erasures.confirm(session, found, on=today, by=desk.store.officer).client

            client = desk.change("erasures.confirm", action)
            erasing.carry_out(desk.store, [client], lambda done, total: None)

        desk.jobs.run(work, done=self._erased, failed=self._failed)

    def _erased(self, _result: object) -> None:
        self.desk.window.say(_("Erased. Nothing of her is left in this file."))
        self.refresh()

    def _failed(self, trouble: MrcError) -> None:
        self.trouble.say(trouble.text(_))
        self.refresh()

    def take_back(self, uuid: str) -> None:
        """Shows a hidden record again."""

        def action(session: Session) -> None:
            found = next(one for one, _number in erasures.asked(session) if one.uuid == uuid)
            erasures.take_back(session, found)

        self._try(lambda: self.desk.change("erasures.take_back", action))

    def delete(self, path: str) -> None:
        """Deletes a saved file."""
        self._try(lambda: saved_files.remove(self.desk.store, path))

    def _try(self, act: Any) -> None:
        self.trouble.say("")
        try:
            act()
        except MrcError as trouble:
            self.trouble.say(trouble.text(_))
        self.refresh()

    def first(self) -> QWidget | None:
        """The way back."""
        return self.back
