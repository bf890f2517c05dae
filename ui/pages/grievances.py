"""Cases: the open ones by age, the oldest first, and those that have ended."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework.grievance_words import State
from mrc_app.i18n import _, ltr, ngettext
from mrc_app.store import case_lists
from ui.desk import Desk
from ui.look import px
from ui.page import Heading, Page
from ui.panels.amnesties import AmnestiesCard
from ui.tables import ROW, Answer, PersonList, Row
from ui.widgets.controls import Scroll, button
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.words import word


class GrievancesPage(Page):
    """The list of cases; Enter or a double click opens one."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"grievance", "complainant", "grievanceevent", "hearing", "restriction", "amnesty"}
    )
    nav: ClassVar[str] = "grievances"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(28), px(22), px(28), px(22))
        outer.setSpacing(px(12))
        self._where = _("A case is opened from a client's page.")
        self.head = Heading(_("Cases"), self._where)
        outer.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.tabs = {ended: button(text, "tab", on=partial(self.turn, ended)) for ended, text in self._kinds()}
        for made in self.tabs.values():
            made.setCheckable(True)
            row.addWidget(made)
        self.windows = button(_("Amnesties"), "tab", on=self.turn_windows)
        self.windows.setCheckable(True)
        row.addWidget(self.windows)
        row.addStretch(1)
        outer.addLayout(row)
        self.empty = Empty("folder-open", _("No case here"), _("Cases kept for other officers do not show."))
        outer.addWidget(self.empty, 1)
        self.list = PersonList(desk.jobs, _("Cases"))
        self.list.activated.connect(self._open)
        self.list.clicked.connect(self._open)
        outer.addWidget(self.list, 1)
        self.amnesties, self.beside = AmnestiesCard(desk), Scroll(margin=0, widest=980)
        self.beside.body.addWidget(self.amnesties)
        self.beside.body.addStretch(1)
        self.beside.hide()
        outer.addWidget(self.beside, 1)
        self.list.people.loaded.connect(self._loaded)
        self.list.people.counted.connect(self._counted)
        self.ended = False

    def _kinds(self) -> list[tuple[bool, str]]:
        return [(False, _("Open, the oldest first")), (True, _("Ended"))]

    def refresh(self) -> None:
        """Reads the list again."""
        looking = not self.beside.isHidden()
        self.windows.setChecked(looking)
        for ended, made in self.tabs.items():
            made.setChecked(ended == self.ended and not looking)
        if looking:
            self.amnesties.refresh()
        store, today, ended = self.desk.store, self.desk.today(), self.ended

        def source(key: Any, limit: int) -> Answer:
            found = case_lists.cases(store, today, ended=ended, after=key or ("", ""), limit=limit)
            return Answer([case_row(one, today) for one in found], None)

        self.list.people.ask(source, lambda: case_lists.case_count(store, ended=ended))

    def _loaded(self) -> None:
        filled = self.list.people.rowCount() > 0
        self.list.setVisible(filled and self.beside.isHidden())
        self.empty.setVisible(not filled and self.beside.isHidden())

    def _counted(self, total: int) -> None:
        self.head.say(_("Cases"), f"{ngettext('{n} case', '{n} cases', total)} · {self._where}")

    def turn(self, ended: bool) -> None:
        """The open ones, or those that have ended."""
        self.ended = ended
        self.beside.hide()
        self.refresh()

    def turn_windows(self) -> None:
        """The amnesties and chances to regularise, in place of the list."""
        self.list.hide()
        self.empty.hide()
        self.beside.show()
        self.refresh()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.desk.window.show_page("grievance", index.data(ROW).id)

    def first(self) -> QWidget | None:
        """The list."""
        return self.list


def case_row(one: case_lists.CaseRow, today: date) -> Row:
    """A case as a line: neutral title or number, where it stands, how old, how many people, the next hearing."""
    state = State(one.state)
    age = (today - date.fromisoformat(one.lodged_on)).days
    parts = [
        word(state),
        ngettext("{n} day old", "{n} days old", age),
        ngettext("{n} person", "{n} people", one.people),
    ]
    if one.hearing:
        parts.append(_("hearing {date}", date=screen_date(date.fromisoformat(one.hearing))))
    if one.title:
        parts.append(ltr(one.number))
    tone = "red" if one.danger == "yes" else "amber" if age > 180 else "blue"
    return Row(one.uuid, one.title or one.number, " · ".join(parts), tone, (one.lodged_on, one.uuid))
