"""Two records of one person: the other one is looked for, both are shown side by side, and the officer decides."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import N_, _, isolate, ltr
from ui.desk import Desk, Session
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import button, clear
from ui.widgets.dates import screen_date
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, chip, label
from ui.words import phone

PATIENCE_MS = 200
MOST = 6


class Line(NamedTuple):
    """One thing of both records, as the screen says it; ``weighs`` when a difference speaks against one person."""

    label: str
    this: str
    other: str
    weighs: bool


class SamePerson(QFrame):
    """First the other record, then both side by side. ``closed`` is sent when it is done or given up."""

    closed = Signal()

    def __init__(self, desk: Desk, client: str, own: Collection[str]) -> None:
        super().__init__()
        self.desk, self.client, self.own, self.other = desk, client, set(own), ""
        self._asked = 0
        self.form: Form | None = None
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(label(_("Same person as…"), "heading"), 1)
        head.addWidget(button(_("Cancel"), "quiet", on=self.closed.emit))
        column.addLayout(head)
        self._place = QVBoxLayout()
        self._place.setSpacing(px(10))
        column.addLayout(self._place)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)

    def begin(self, other: str = "") -> None:
        """Asks for the other record, or shows the one that is named."""
        clear(self._place)
        if other:
            self.compare(other)
            return
        self.sought = TextField(_("Name or number"))
        self.sought.call(_("Search clients"))
        self.sought.changed.connect(lambda: self._timer.start(PATIENCE_MS))
        self._place.addWidget(self.sought)
        self._found = QVBoxLayout()
        self._found.setSpacing(px(4))
        self._place.addLayout(self._found)
        self.sought.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Looks for what was typed beside the screen; an answer that later typing has overtaken is dropped."""
        self._asked += 1
        text, store = self.sought.value() or "", self.desk.store

        def work(_step: object) -> Any:
            from mrc_app.store import search

            return search.find(store, text, limit=MOST + len(self.own))

        self.desk.jobs.run(work, done=partial(self._answered, self._asked, text))

    def _answered(self, number: int, text: str, found: Any) -> None:
        if number != self._asked or self.other:
            return
        clear(self._found)
        others = [one for one in found if one.uuid not in self.own][:MOST]
        for one in others:
            words = f"{isolate(one.name)} · {ltr(one.number)}"
            self._found.addWidget(button(words, "choice", "user", partial(self.compare, one.uuid)))
        if text and not others:
            self._found.addWidget(label(_("Nobody found"), "muted"))

    def compare(self, other: str) -> None:
        """Shows both records side by side."""
        self.other = other
        self.desk.ask(self, partial(both, one=self.client, other=other), self._show)

    def _show(self, lines: list[Line]) -> None:
        clear(self._place)
        self._place.addWidget(_side_by_side(lines))
        self._place.addWidget(Banner(
            _("Both records stay as they are. The strictest consent and the restriction of either hold for both."),
            "blue", "info",
        ))  # fmt: skip
        self.form = form = Form(columns=1)
        form.add("reason", _("What tells you so?"), TextField(limit=200), hint=_("For example: same passport."))
        form.submitted.connect(self.keep)
        self._place.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Another record"), "quiet", on=self._again))
        self.ok = button(_("They are one person"), "main", on=self.keep)
        foot.addWidget(self.ok)
        self._place.addLayout(foot)
        form["reason"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        self.other, self.form = "", None
        self.begin()

    def keep(self) -> None:
        """Links both records."""
        if self.form is None:
            return
        desk, one, other = self.desk, self.client, self.other
        reason = self.form["reason"].value() or ""

        def act() -> bool:
            link(desk, one, other, reason)
            return True

        if self.form.submit(act):
            from ui.panels.one_person import take_apart

            self.closed.emit()
            desk.window.say(_("Kept as one person."), partial(take_apart, desk, one, other, ""))


def link(desk: Desk, one: str, other: str, reason: str) -> None:
    """Links two records; raises what the casework raises."""
    from mrc_app.casework import clients, duplicates

    by, on = desk.store.officer, desk.today()

    def act(session: Session) -> None:
        found = [clients.by_uuid(session, uuid) for uuid in (one, other)]
        duplicates.merge(session, one=found[0], other=found[1], by=by, on=on, reason=reason)

    desk.change("duplicates.merge", act)


def both(session: Session, one: str, other: str) -> list[Line]:
    """What tells two people apart, of both records."""
    from mrc_app.casework import clients
    from ui.panels.client_asked import birth_told

    a, b = (clients.by_uuid(session, uuid) for uuid in (one, other))
    return [
        Line(_(name), tell(a), tell(b), weighs)
        for name, tell, weighs in (
            (N_("Number"), lambda client: ltr(client.number), False),
            (N_("Name"), clients.full_name, False),
            (N_("Name in her own script"), lambda client: client.native, False),
            (N_("Birth"), birth_told, True),
            (N_("Phone"), lambda client: phone(client.phone) if client.phone else "", True),
            (N_("District"), lambda client: client.district, False),
            (N_("Registered"), lambda client: screen_date(client.registered_on), False),
        )
    ]


def _side_by_side(lines: list[Line]) -> QWidget:
    made = QFrame()
    made.setProperty("role", "sunken")
    grid = QGridLayout(made)
    grid.setContentsMargins(px(14), px(12), px(14), px(12))
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(7))
    for column, words in ((1, _("This record")), (2, _("The other record"))):
        grid.addWidget(label(words, "overline"), 0, column)
        grid.setColumnStretch(column, 1)
    for row, line in enumerate((one for one in lines if one.this or one.other), 1):
        grid.addWidget(label(line.label, "small", wrap=False), row, 0)
        for column, words in ((1, line.this), (2, line.other)):
            grid.addWidget(label(words or _("Not known yet"), "strong" if words else "muted"), row, column)
        if line.weighs and line.this and line.other and line.this != line.other:
            grid.addWidget(chip(_("different"), "amber"), row, 3)
    return made
