"""One person kept under several records: the other numbers, the link taken apart, and the way to link another."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate, ltr, ngettext
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.panels.same_person import SamePerson
from ui.widgets.controls import Flow, button, clear
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.text import card, label


class Known(NamedTuple):
    """Another record of the same person; ``direct`` when no third record stands between."""

    uuid: str
    number: str
    name: str
    direct: bool


class OnePerson(QWidget):
    """The line below a client's name, and the form it opens."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.client = desk, ""
        self.known: list[Known] = []
        self.form: Form | None = None
        self.same: SamePerson | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.line = QWidget()
        self.line.hide()
        self._line = Flow(4)
        self.line.setLayout(self._line)
        column.addWidget(self.line)
        acts = QWidget()
        self._acts = Flow(4)
        acts.setLayout(self._acts)
        column.addWidget(acts)
        self.same_as = button(_("Same person as…"), "quiet", "users", self.ask_same)
        self._acts.addWidget(self.same_as)
        self._place = QVBoxLayout()
        column.addLayout(self._place)

    def load(self, client: str) -> None:
        """Shows this client (her uuid); a form left open for another one is closed."""
        if client != self.client:
            self.close_form()
        self.client = client
        self.desk.ask(self, partial(others, client=client), self._show)

    def _show(self, known: list[Known]) -> None:
        from mrc_app.store.roles import May, may

        self.known = known
        clear(self._line)
        may_merge = may(self.desk.store.role, May.MERGE)
        self.same_as.setVisible(may_merge)
        self.line.setVisible(bool(known))
        if not known:
            return
        words = ngettext("One person, {n} record", "One person, {n} records", len(known) + 1)
        self._line.addWidget(label(words, "strong", wrap=False))
        for one in known:
            opener = button(ltr(one.number), "quiet", "user", partial(self.desk.window.show_page, "clients", one.uuid))
            opener.setAccessibleName(_("Open her record {number}", number=one.number))
            opener.setToolTip(one.name)
            self._line.addWidget(opener)
        if may_merge:
            self._line.addWidget(button(_("Take the link apart"), "quiet", on=self.ask_apart))

    def add_action(self, part: QWidget) -> None:
        """Puts another action beside this one."""
        self._acts.addWidget(part)

    def ask_same(self, other: str = "") -> None:
        """Asks which record is the same person; with a uuid both are shown side by side at once."""
        self.close_form()
        self.same = SamePerson(self.desk, self.client, {self.client, *(one.uuid for one in self.known)})
        self.same.closed.connect(self.close_form)
        self._place.addWidget(self.same)
        self.same.begin(other)

    def ask_apart(self) -> None:
        """Asks which link is taken apart, and why."""
        self.close_form()
        self.form = form = Form(columns=1)
        near = [(one.uuid, f"{isolate(one.name)} · {ltr(one.number)}") for one in self.known if one.direct]
        form.add("other", _("Which record is somebody else?"), ChoiceField(near, empty=None))
        form.show_row("other", len(near) > 1)
        form.add("reason", _("Why?"), TextField(limit=200), hint=_("For example: two sisters with one phone."))
        form.submitted.connect(self._apart)
        frame, body = card("sunken", margin=14)
        body.addWidget(label(_("Both records stay as they are; nothing in them was mixed."), "small"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(_("Take the link apart"), "main", on=self._apart)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        form["reason"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _apart(self) -> None:
        if self.form is None:
            return
        said = self.form.values()

        def act() -> bool:
            take_apart(self.desk, self.client, said["other"], said["reason"] or "")
            return True

        if self.form.submit(act):
            self.close_form()
            self.desk.window.say(_("The link is taken apart."))

    def close_form(self) -> None:
        """Puts away what was opened; the keyboard goes back to where it was opened from."""
        at = self.focusWidget()
        inside = self._place.count() > 0 and at is not None and at.hasFocus() and at is not self.same_as
        self.form = self.same = None
        clear(self._place)
        if inside:
            self.same_as.setFocus()


def take_apart(desk: Desk, one: str, other: str, reason: str) -> None:
    """Takes the link between two records back; raises what the casework raises."""
    from mrc_app.casework import clients, duplicates

    by, on = desk.store.officer, desk.today()

    def act(session: Session) -> None:
        both = [clients.by_uuid(session, uuid) for uuid in (one, other)]
        duplicates.unmerge(session, one=both[0], other=both[1], by=by, on=on, reason=reason)

    desk.change("duplicates.unmerge", act)


def others(session: Session, client: str) -> list[Known]:
    """The other records of a client's person, the one that is shown first."""
    from mrc_app.casework import clients, duplicates

    near = {end for link in duplicates.links(session, client) for end in (link.a, link.b)}
    return [
        Known(one.uuid, one.number, clients.full_name(one), one.uuid in near)
        for one in duplicates.records(session, client)
        if one.uuid != client
    ]
