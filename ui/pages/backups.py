"""Backups: how this centre file stands, a copy now, a copy for a stick, the copies there are, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr, ngettext
from ui import backing_up
from ui.desk import Desk
from ui.look import px
from ui.page import Heading, Page
from ui.panels.stick import StickPanel
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.dialogs import AskText, which_folder
from ui.widgets.empty import Empty
from ui.widgets.text import Banner, card, chip, label

if TYPE_CHECKING:
    from mrc_app.store.copies import Copy, State
    from ui.jobs import Job, Step

MOST = 15
"""Copies shown in the list."""


@dataclass(frozen=True)
class _Standing:
    """What the page shows."""

    state: State
    troubles: list[str]
    hints: list[str]
    before: list[Path]


class BackupsPage(Page):
    """How this centre file stands with its backups, and everything that can be done about it."""

    shows = frozenset[str]()
    nav = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=16, widest=820)
        outer.addWidget(scroll)
        self.now = button(_("Back up now"), "main", "save", self.back_up)
        back = button(_("Settings"), "quiet", on=partial(desk.window.show_page, "settings"))
        scroll.body.addWidget(
            Heading(_("Backups"), _("A copy is made every day, read again whole, and kept sealed."), back, self.now)
        )
        self.notices = QVBoxLayout()
        self.notices.setSpacing(px(8))
        scroll.body.addLayout(self.notices)
        scroll.body.addWidget(self._standing())
        self.stick = StickPanel(desk)
        self.stick.hide()
        scroll.body.addWidget(self.stick)
        scroll.body.addWidget(label(_("Copies"), "heading"))
        frame, self.list = card(margin=8, spacing=2)
        scroll.body.addWidget(frame)
        self._before_title = label(_("Before the last upgrade"), "heading")
        self._before_frame, self.before = card(margin=18)
        scroll.body.addWidget(self._before_title)
        scroll.body.addWidget(self._before_frame)
        self._job: Job | None = None
        self.troubles: list[str] = []
        backing_up.of(desk).done.connect(self.refresh)

    def _standing(self) -> QWidget:
        frame, body = card(margin=24, spacing=10)
        self.last, self.rehearsed, self.where = label("", "strong"), label("", "muted"), label("", "small")
        for line in (self.last, self.rehearsed, self.where):
            body.addWidget(line)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Working on a backup"))
        self.busy.hide()
        body.addWidget(self.busy)
        acts = QWidget()
        row = Flow(8)
        acts.setLayout(row)
        self.to_stick = button(_("To a stick"), "", "shield-check", self._stick)
        self.put_back = button(_("Restore"), "", "undo-2", partial(self.desk.window.show_page, "restore"))
        self.trial = button(_("Try a restore now"), "", "list-checks", self.rehearse)
        self.folder = button(_("Change the folder"), "", "folder-open", self._folder)
        self.stop = button(_("Stop"), "", "x", self._stop)
        self.stop.hide()
        for act in (self.to_stick, self.put_back, self.trial, self.folder, self.stop):
            row.addWidget(act)
        body.addWidget(acts)
        return frame

    # -- showing

    def refresh(self) -> None:
        """Looks at the folder again, beside the screen."""
        if not self.desk.is_open:
            return
        store, automatic, today = self.desk.store, backing_up.of(self.desk), self.desk.today()
        folder = automatic.folder(store)

        def look(_session: Any) -> _Standing:
            from mrc_app.store import backup, copies, going_back, room

            with store.plain() as connection:
                state = copies.state(connection, store.path, folder, datetime.now(UTC))
            troubles = [*copies.problems(state, today), *room.problems(store.path)]
            hints = backup.warnings(store.path, folder)
            red, amber = ([problem.text(_) for problem in some] for some in (troubles, hints))
            return _Standing(state, red, amber, going_back.copies(store.path))

        self.desk.ask(self, look, self._show)

    def _show(self, seen: _Standing) -> None:
        automatic = backing_up.of(self.desk)
        clear(self.notices)
        self.troubles = [*([automatic.trouble.text(_)] if automatic.trouble else []), *seen.troubles]
        for text in self.troubles:
            self.notices.addWidget(Banner(text, "red"))
        for text in seen.hints:
            self.notices.addWidget(Banner(text, "amber", "info"))
        state = seen.state
        self.last.setText(
            _("Last backup: {when}", when=when_words(state.last.made)) if state.last else _("No backup yet")
        )
        self.rehearsed.setText(rehearsed_words(state))
        self.where.setText(_("Folder: {folder}", folder=ltr(str(automatic.folder(self.desk.store)))))
        self.trial.setEnabled(state.last is not None)
        clear(self.list)
        for copy in state.copies[:MOST]:
            self.list.addWidget(self._row(copy))
        if not state.copies:
            self.list.addWidget(Empty("save", _("No copies yet"), _("The first one is made today.")))
        self._tell_before(seen.before)

    def _row(self, copy: Copy) -> QWidget:
        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(px(10), px(7), px(8), px(7))
        inner.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(label(when_words(copy.made), "strong"))
        words.addWidget(
            label(" · ".join(isolate(part) for part in (age_words(copy.made), size_words(copy.size))), "small")
        )
        inner.addLayout(words, 1)
        inner.addWidget(chip(_("verified"), "green") if copy.verified else chip(_("not verified"), "amber"))
        go = button(_("Restore"), on=partial(self.desk.window.show_page, "restore", str(copy.file)))
        go.setAccessibleName(_("Restore the copy of {when}", when=when_words(copy.made)))
        inner.addWidget(go)
        return row

    def _tell_before(self, found: list[Path]) -> None:
        clear(self.before)
        for part in (self._before_title, self._before_frame):
            part.setVisible(bool(found))
        if not found:
            return
        said = _("The file as it was before the last upgrade is kept as {file}.", file=ltr(found[0].name))
        self.before.addWidget(label(said))
        after = _("Going back keeps the newer file beside it. Open it then with the earlier version of the program.")
        self.before.addWidget(label(after, "small"))
        row = QWidget()
        flow = Flow(8)
        row.setLayout(flow)
        flow.addWidget(button(_("Go back to before the upgrade"), "danger", "undo-2", self._ask_back))
        self.before.addWidget(row)

    # -- doing

    def back_up(self) -> None:
        """A verified copy now."""
        from mrc_app.store.roles import May

        store = self.desk.store
        folder = backing_up.of(self.desk).folder(store)

        def work(step: Step) -> Copy:
            from mrc_app.store import copies

            store.allow(May.BACK_UP)
            return copies.make(store.path, store.key, folder, reach=lambda _name: step(0, 0))

        self._run(work, lambda made: _("Backup made and verified: {size}.", size=size_words(made.size)))

    def rehearse(self) -> None:
        """Restores the newest copy on trial now."""
        store, today = self.desk.store, self.desk.today()
        folder = backing_up.of(self.desk).folder(store)

        def work(step: Step) -> Any:
            from mrc_app.store import copies

            return copies.rehearse(store.path, store.key, folder, today, reach=lambda _name: step(0, 0))

        self._run(work, lambda _looked: _("The newest backup was restored on trial and is whole."))

    def _run(self, work: Any, said: Any) -> None:
        if self._job is not None and self._job.running:
            return
        self._wait(True)

        def done(answer: Any) -> None:
            self._wait(False)
            backing_up.of(self.desk).trouble = None
            self.desk.window.say(said(answer))
            self.refresh()

        def failed(trouble: MrcError) -> None:
            self._wait(False)
            self.refresh()
            self.desk.window.say(trouble.text(_))

        self._job = self.desk.jobs.run(work, done=partial(_if_here, self, done), failed=partial(_if_here, self, failed))

    def _wait(self, on: bool) -> None:
        self.busy.setVisible(on)
        self.stop.setVisible(on)
        for part in (self.now, self.trial):
            part.setEnabled(not on)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stick(self) -> None:
        self.stick.show()
        self.stick.begin()

    def _folder(self) -> None:
        chosen = which_folder(self, _("Folder for backups"), str(backing_up.of(self.desk).folder(self.desk.store)))
        if chosen:
            self.use_folder(chosen)

    def use_folder(self, folder: str) -> None:
        """Copies go there from now on."""
        self.desk.settings.backups = folder
        self.desk.settings.keep()
        self.refresh()

    def _ask_back(self) -> None:
        said = AskText(self, _("Go back"), _("Why? (optional) The newer file is kept.")).answer()
        if said is not None:
            self.go_back()

    def go_back(self) -> None:
        """Puts the file from before the upgrade in its place; the desk is locked for it."""
        from mrc_app.store import going_back
        from mrc_app.store.roles import May
        from ui.settings import settings_path

        store, window = self.desk.store, self.desk.window
        path, key = store.path, store.key
        try:
            store.allow(May.RESTORE)
            store.close()
            done = going_back.go_back(path, key, settings=settings_path().parent)
        except MrcError as trouble:
            window.say(trouble.text(_))
        else:
            window.say(
                _("The file is as before the upgrade; the newer one is kept as {file}.", file=ltr(done.kept.name))
            )
        window.lock()

    def first(self) -> QWidget | None:
        """A copy now."""
        return self.now


def _if_here(page: BackupsPage, act: Any, answer: Any) -> None:
    from shiboken6 import isValid

    if isValid(page) and page.desk.is_open:
        act(answer)


def when_words(made: datetime) -> str:
    """A day and a minute on this computer's clock."""
    local = made.astimezone()
    return _("{date}, {time}", date=screen_date(local.date()), time=ltr(local.strftime("%H:%M")))


def age_words(made: datetime) -> str:
    """How long ago, in days."""
    days = (datetime.now(UTC).astimezone().date() - made.astimezone().date()).days
    if days <= 0:
        return _("today")
    return ngettext("{n} day ago", "{n} days ago", days)


def size_words(size: int) -> str:
    """A size a person can compare."""
    if size < 1024 * 1024:
        return _("{n} kB", n=-(-size // 1024))
    return _("{n} MB", n=round(size / 1024 / 1024, 1))


def rehearsed_words(state: State) -> str:
    """When a copy was last restored on trial."""
    if state.rehearsed is None:
        return _("No copy was restored on trial yet; that happens by itself once a month.")
    if not state.rehearsed_ok:
        return _("The trial of {date} failed.", date=screen_date(state.rehearsed))
    return _("Rehearsed on {date}: the copy was restored on trial and is whole.", date=screen_date(state.rehearsed))
