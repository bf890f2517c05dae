"""A day outside: today's queue taken along in a small file of its own, and brought home in the evening."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, _, isolate, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.settings import documents_path
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.dialogs import where_to_save, which_to_open
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, card, label

KIND = "MRC (*.mrc)"


class OutreachPage(Page):
    """Take today's queue along; come home."""

    shows = frozenset({"task", "client"})
    nav = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=16, widest=820)
        outer.addWidget(scroll)
        back = button(_("Today"), "quiet", "chevron-left", partial(desk.window.show_page, "today"))
        queue = button(_("Queue"), "", "users", partial(desk.window.show_page, "queue"))
        scroll.body.addWidget(Heading(_("A day outside"), "", back, queue))
        self._file = ""
        self._along(scroll.body)
        self._home(scroll.body)

    def _along(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("Take today's queue along"), "heading"))
        frame, body = card(margin=24, spacing=14)
        body.addWidget(label(_("The file holds the people you choose and nobody else. It has its own password.")))
        self.people = QVBoxLayout()
        self.people.setSpacing(px(4))
        body.addLayout(self.people)
        self._boxes: dict[str, QCheckBox] = {}
        self.form = Form()
        self.form.add("password", _("Password of the file"), TextField(secret=True))
        self.form.add("again", _("The same password again"), TextField(secret=True))
        self.form.submitted.connect(self._ask_where)
        body.addWidget(self.form)
        self.take = button(_("Write the file"), "main", "save", self._ask_where)
        body.addWidget(self.take)
        self.packed = Banner("", "green")
        body.addWidget(self.packed)
        column.addWidget(frame)

    def _home(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("Come home"), "heading"))
        frame, body = card(margin=24, spacing=14)
        body.addWidget(label(_("What was written outside comes into this file. Doing it twice changes nothing.")))
        self.home_form = Form(columns=1)
        self.home_form.add(
            "password", _("Password of the file"), TextField(secret=True), optional=True,
            hint=_("Only where the file was written at another desk."),
        )  # fmt: skip
        body.addWidget(self.home_form)
        self.open = button(_("Choose the file"), "main", "folder-open", self._ask_which)
        body.addWidget(self.open)
        self.came = Banner("", "green")
        body.addWidget(self.came)
        self.destroy_button = button("", "danger", "trash-2", self.destroy_file)
        self._unsure()
        self.destroy_button.hide()
        body.addWidget(self.destroy_button)
        column.addWidget(frame)

    def refresh(self) -> None:
        """Asks who is expected today."""
        today, store = self.desk.today(), self.desk.store

        def question(_session: Any) -> list[tuple[str, str]]:
            from mrc_app.store import lists, outreach

            queue = set(outreach.queue(store, today))
            found = {task.client: task.name or "" for task in lists.tasks(store, today, limit=1000) if task.client}
            return [(uuid, name) for uuid, name in found.items() if uuid in queue]

        self.desk.ask(self, question, self._show)

    def _show(self, queue: list[tuple[str, str]]) -> None:
        was = {uuid: box.isChecked() for uuid, box in self._boxes.items()}
        clear(self.people)
        self._boxes = {}
        for uuid, name in queue:
            box = QCheckBox(isolate(name).replace("&", "&&"))
            box.setAccessibleName(name)
            box.setChecked(was.get(uuid, True))
            self._boxes[uuid] = box
            self.people.addWidget(box)
        if not queue:
            self.people.addWidget(label(_("Nobody is due today or late."), "muted"))
        self.take.setEnabled(bool(queue))

    def chosen(self) -> list[str]:
        """The clients with a tick."""
        return [uuid for uuid, box in self._boxes.items() if box.isChecked()]

    def _ask_where(self) -> None:
        if self.form.submit(self._password) is not None:
            where = where_to_save(self, _("Take today's queue along"), str(documents_path() / "outreach.mrc"), KIND)
            if where:
                self.pack(where)

    def _password(self) -> str:
        from mrc_app.store import keys

        said = self.form.values()
        if said["password"] != said["again"]:
            raise Invalid(again=Problem(N_("This is not the same password.")))
        return keys.new_password(said["password"] or "")

    def pack(self, where: str) -> None:
        """Writes the file beside the screen."""
        password = self.form.submit(self._password)
        if password is None:
            return
        store, chosen, out = self.desk.store, self.chosen(), Path(where)

        def work(_step: object) -> Any:
            from mrc_app.store import outreach

            return outreach.make(store, chosen, out, password=password)

        self._wait(True)
        self.desk.jobs.run(work, done=self._packed, failed=partial(self._failed, self.form))

    def _packed(self, packed: Any) -> None:
        self._wait(False)
        self.form.fill({"password": None, "again": None})
        self.packed.say(ngettext(
            "{n} client is in the file. Open it outside like any centre file.",
            "{n} clients are in the file. Open it outside like any centre file.", packed.clients,
        ))  # fmt: skip

    def _failed(self, form: Form, trouble: MrcError) -> None:
        self._wait(False)
        form.show_problem(trouble)

    def _wait(self, on: bool) -> None:
        self.take.setEnabled(not on and bool(self._boxes))
        self.open.setEnabled(not on)

    def _ask_which(self) -> None:
        chosen = which_to_open(self, _("Come home"), str(documents_path()), KIND)
        if chosen:
            self.bring_home(chosen)

    def bring_home(self, file: str) -> None:
        """Takes in what was written outside, beside the screen."""
        store, password = self.desk.store, self.home_form["password"].value()
        self.home_form.clear_problems()
        self._file = file

        def work(_step: object) -> Any:
            from mrc_app.store import outreach

            return outreach.come_home(store, Path(file), password=password)

        self._wait(True)
        self.desk.jobs.run(work, done=self._came, failed=partial(self._failed, self.home_form))

    def _came(self, came: Any) -> None:
        self._wait(False)
        said = [
            ngettext("{n} new entry came home.", "{n} new entries came home.", came.new),
            ngettext("{n} client is new.", "{n} clients are new.", came.clients) if came.clients else "",
            ngettext("{n} contradiction is to be looked at.", "{n} contradictions are to be looked at.", came.conflicts)
            if came.conflicts else "",
            _("A part stays in the file: only the colleague who is named may bring it home.") if came.held_back else "",
        ]  # fmt: skip
        self.came.say(" ".join(filter(None, said)))
        self._unsure()
        self.destroy_button.show()

    def _unsure(self) -> None:
        text = _("Destroy the file: everything is at home")
        self.destroy_button.setProperty("sure", False)
        self.destroy_button.setText(text)
        self.destroy_button.setAccessibleName(text)

    def destroy_file(self) -> None:
        """Writes over and removes the file that came home. A second press confirms."""
        from mrc_app.store import outreach

        if not self.destroy_button.property("sure"):
            self.destroy_button.setProperty("sure", True)
            self.destroy_button.setText(_("Press again to destroy it for good"))
            self.destroy_button.setAccessibleName(self.destroy_button.text())
            return
        password = self.home_form["password"].value()
        try:
            outreach.destroy(self.desk.store, Path(self._file), password=password)
        except MrcError as trouble:
            self._unsure()
            self.home_form.show_problem(trouble)
            return
        self.destroy_button.hide()
        self.home_form.fill({"password": None})
        self.came.say(_("The file is destroyed."))

    def first(self) -> QWidget | None:
        """The file's password: everybody of today's queue is chosen already."""
        return self.form["password"]
