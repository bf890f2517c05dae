"""Putting a backup back: pick a copy, see what is in it and that it is whole, restore it beside the file there is."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, _, isolate, ltr, ngettext
from ui import backing_up
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.pages.backups import age_words, size_words, when_words
from ui.settings import documents_path, settings_path
from ui.widgets.controls import Scroll, Tile, button, clear
from ui.widgets.dialogs import which_to_open
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, card, label

if TYPE_CHECKING:
    from mrc_app.store.restoring import Looked, Restored
    from ui.jobs import Step

MOST = 12


class RestorePage(Page):
    """A wizard on one page. The file that stands is never touched."""

    nav = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=16, widest=760)
        outer.addWidget(scroll)
        self.leave_button = button(_("Back"), "quiet", on=self._leave)
        below = _("A copy is first restored on trial and read whole. The file you have now is kept as it is.")
        scroll.body.addWidget(Heading(_("Restore a backup"), below, self.leave_button))
        self.banner = Banner("", "red")
        scroll.body.addWidget(self.banner)
        self.pick = QVBoxLayout()
        self.pick.setSpacing(px(8))
        scroll.body.addLayout(self.pick)
        scroll.body.addWidget(self._asking())
        scroll.body.addWidget(self._inside())
        self._file: Path | None = None
        self._key = b""
        self._looked: Looked | None = None
        self._own = False
        self._made: Restored | None = None

    def _asking(self) -> QWidget:
        self.asking, body = card(margin=24, spacing=12)
        self.who = label("", "muted")
        body.addWidget(self.who)
        self.form = Form(columns=1)
        self.form.add("login", _("Login name"), TextField(limit=60))
        self.form.add("password", _("Password"), TextField(secret=True))
        hint = _("Instead of the password, when it is lost.")
        self.form.add("sheet", _("Recovery sheet"), TextField(ordered=True, limit=80), hint=hint, optional=True)
        hint = _("It opens the restored file from now on; a new recovery sheet is made as well.")
        self.form.add("new", _("New password"), TextField(secret=True), hint=hint)
        self.form.submitted.connect(self.look)
        body.addWidget(self.form)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Reading the copy"))
        body.addWidget(self.busy)
        self.go = button(_("See what is in it"), "main", on=self.look)
        body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        return self.asking

    def _inside(self) -> QWidget:
        self.inside, body = card(margin=24, spacing=10)
        self.what, self.age, self.as_name = label("", "strong"), label("", "muted"), label("", "small")
        self.sheet = label("", "code")
        for line in (self.what, self.age, self.as_name, self.sheet):
            body.addWidget(line)
        self.do = button(_("Restore it beside the file that stands"), "main", "undo-2", self.put_back)
        body.addWidget(self.do, 0, Qt.AlignmentFlag.AlignLeft)
        self.open = button(_("Open the restored file"), "main", on=self._open)
        body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        return self.inside

    # -- picking

    def load(self, id: str) -> None:
        """A copy by its path, or the list of copies."""
        self.id = id
        self.banner.say("")
        self._made, self._looked, self._key = None, None, b""
        self.form.fill(dict.fromkeys(self.form.values()))
        self._file = Path(id) if id else None
        if self._file is None:
            self._list()
        else:
            self.choose(self._file)

    def _list(self) -> None:
        self.asking.hide()
        self.inside.hide()
        clear(self.pick)
        from mrc_app.store import copies

        centre = self._centre()
        found = copies.in_folder(self._folder(centre), centre.stem) if centre else []
        for copy in [copy for copy in found if copy.verified][:MOST]:
            below = " · ".join(isolate(part) for part in (age_words(copy.made), size_words(copy.size)))
            self.pick.addWidget(Tile("save", when_words(copy.made), below, partial(self.choose, copy.file)))
        other = _("A copy on a stick, or in another folder.")
        self.pick.addWidget(Tile("folder-open", _("Another copy"), other, self._other))

    def _centre(self) -> Path | None:
        if self.desk.is_open:
            return self.desk.store.path
        return Path(self.desk.settings.centre) if self.desk.settings.centre else None

    def _folder(self, centre: Path) -> Path:
        return backing_up.folder_for(self.desk.settings, centre)

    def _other(self) -> None:
        kinds = _("Centre files") + " (*.mrc)"
        chosen = which_to_open(self, _("Another copy"), str(documents_path()), kinds)
        if chosen:
            self.choose(Path(chosen))

    def choose(self, file: Path) -> None:
        """Takes a copy: asks for what opens it, or looks at once where the open file's key does."""
        from mrc_app.store import restoring

        self.banner.say("")
        clear(self.pick)
        self._file = file
        self.inside.hide()
        try:
            self._own = restoring.is_for_a_stick(file)
        except MrcError as trouble:
            self.banner.say(trouble.text(_))
            self._list()
            return
        self.form.show_row("new", self._own)
        said = _("This copy was made for a stick: its passphrase opens it, and you choose a new password.")
        self.who.setText(
            said if self._own else _("Who restores it? The password of the day the copy was made opens it.")
        )
        self.busy.hide()
        self.go.setEnabled(True)
        self.asking.show()
        if self.desk.is_open and restoring.opens(file, self.desk.store.key):
            self.form.fill({"login": self.desk.store.login})
            self.look(key=self.desk.store.key)

    # -- looking

    def look(self, key: bytes = b"") -> None:
        """Restores the copy on trial beside the screen."""
        self.form.clear_problems()
        file, said = self._file, self.form.values()
        if file is None or not self.go.isEnabled():
            return
        if self._own and not said["new"]:
            self.form.show_problem(Invalid(new=Problem(N_("Write something here."))))
            return
        near = self._near()
        self._wait(True)

        def work(step: Step) -> tuple[bytes, Looked]:
            from mrc_app.store import keys, restoring

            if self._own:
                keys.new_password(said["new"] or "")
            opens = key or restoring.key_of(
                file, login=said["login"] or "", password=said["password"] or "", sheet=said["sheet"] or ""
            )
            return opens, restoring.look(file, opens, near, lambda _name: step(0, 0))

        self.desk.jobs.run(work, done=self._looked_at, failed=self._refused)

    def _near(self) -> Path:
        """Where the trial takes place: on this computer's disk, never on the stick."""
        centre = self._centre()
        return centre.parent if centre else documents_path()

    def _looked_at(self, answer: tuple[bytes, Looked]) -> None:
        self._wait(False)
        self._key, self._looked = answer
        self.asking.hide()
        self._show(self._looked)

    def _refused(self, trouble: MrcError) -> None:
        self._wait(False)
        if isinstance(trouble, Invalid) and "password" in trouble.problems:
            trouble = Invalid(new=trouble.problems["password"])
        self.form.show_problem(trouble)

    def _wait(self, on: bool) -> None:
        self.busy.setVisible(on)
        self.go.setEnabled(not on)
        self.do.setEnabled(not on)

    def _show(self, looked: Looked) -> None:
        clients, written = looked.records.get("client", 0), datetime.fromisoformat(looked.written)
        tasks, rows = looked.records.get("task", 0), looked.records.get("journal", 0)
        inside = (
            ngettext("{n} client", "{n} clients", clients), ngettext("{n} task", "{n} tasks", tasks),
            ngettext("{n} entry in the journal", "{n} entries in the journal", rows),
        )  # fmt: skip
        self.what.setText(" · ".join(isolate(part) for part in inside))
        last = _("Last change in it: {when} ({age}).", when=when_words(written), age=age_words(written))
        whole = _("It was read whole, and nothing is wrong with it.")
        self.age.setText(f"{last} {whole}" if looked.ok else last)
        self.banner.say(" ".join(problem.text(_) for problem in looked.problems))
        self.as_name.setText(_("It will be called {file}.", file=ltr(str(self.target()))))
        self.sheet.hide()
        self.open.hide()
        self.do.show()
        self.inside.show()

    def target(self) -> Path:
        """A name that nothing has, beside the centre file."""
        file = self._file or Path("centre.mrc")
        centre = self._centre()
        folder, stem = (centre.parent, centre.stem) if centre else (documents_path(), "centre")
        day = self.desk.today().isoformat()
        made, number = folder / f"{stem}-restored-{day}.mrc", 1
        while made.exists() or made == file:
            number += 1
            made = folder / f"{stem}-restored-{day}-{number}.mrc"
        return made

    # -- restoring

    def put_back(self) -> None:
        """Restores the copy that was looked at, beside the file that stands."""
        from mrc_app.store.roles import May

        file, key, said, to = self._file, self._key, self.form.values(), self.target()
        if file is None or not key or not self.do.isEnabled():
            return
        by_sheet, live = bool(said["sheet"]), self._centre()
        try:
            if self.desk.is_open:
                self.desk.store.allow(May.RESTORE)
        except MrcError as trouble:
            self.banner.say(trouble.text(_))
            return
        self._wait(True)
        login = (said["login"] or "") if self._own or not by_sheet else ""

        def work(step: Step) -> Restored:
            from mrc_app.store import restoring

            return restoring.restore(
                file, to, key, settings=settings_path().parent, login=login, password=said["new"] or "", live=live,
                reach=lambda _name: step(0, 0),
            )  # fmt: skip

        self.desk.jobs.run(work, done=self._restored, failed=self._not_restored)

    def _restored(self, made: Restored) -> None:
        self._wait(False)
        self._made = made
        self.do.hide()
        self.open.show()
        self.age.setText(_("Restored. New client numbers begin with {code}.", code=ltr(made.desk_code)))
        self.as_name.setText(_("The restored file is {file}. Your old file is kept.", file=ltr(str(made.file))))
        if made.sheet:
            self.what.setText(_("This is its new recovery sheet. Write it down now; it is shown only once."))
            self.sheet.setText(ltr(made.sheet))
            self.sheet.setAccessibleName(_("Recovery code: {code}", code=made.sheet))
            self.sheet.show()
        self.open.setFocus()

    def _not_restored(self, trouble: MrcError) -> None:
        self._wait(False)
        self.banner.say(trouble.text(_))

    def _open(self) -> None:
        if self._made is None:
            return
        settings, window = self.desk.settings, self.desk.window
        settings.centre = str(self._made.file)
        settings.keep()
        self._forget()
        if self.desk.is_open:
            window.lock()
        window.show_page("unlock")

    def _leave(self) -> None:
        self._forget()
        self.desk.window.show_page("backups" if self.desk.is_open else "unlock")

    def _forget(self) -> None:
        self._key, self._looked = b"", None
        self.form.fill(dict.fromkeys(self.form.values()))

    def leave(self) -> None:
        """Keys and passwords do not stay behind."""
        self._forget()

    def first(self) -> QWidget | None:
        """The name, where one is asked for."""
        return self.form["login"] if not self.asking.isHidden() else self.leave_button
