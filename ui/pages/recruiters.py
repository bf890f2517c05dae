"""Recruiters and employers: found while one types, and beside the list the one stood on; where there is little room,
one of the two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.icons import icon
from ui.look import px
from ui.page import Page
from ui.pages.clients import LIST_WIDTH, PATIENCE_MS, TOO_NARROW
from ui.pages.recruiter_view import RecruiterView
from ui.tables import Answer, PersonList, Row
from ui.widgets.controls import button
from ui.widgets.empty import Empty
from ui.widgets.text import Elided, label, leading
from ui.words import cap

if TYPE_CHECKING:
    from datetime import date

    from mrc_app.store import Store


class RecruitersPage(Page):
    """The register and one recruiter side by side."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"recruiter", "recruiterevent", "recruiterreview", "joborder", "link", "restriction"}
    )
    nav: ClassVar[str] = "recruiters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.left = self._left()
        row.addWidget(self.left)
        self.rule = QFrame()
        self.rule.setObjectName("rule")
        self.rule.setFixedWidth(1)
        row.addWidget(self.rule)
        self.right = QWidget()
        column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = RecruiterView(desk, self._back, self.load)
        self.none = Empty("contact-round", _("None chosen"), _("Choose one in the list, or add the first."))
        column.addWidget(self.view, 1)
        column.addWidget(self.none, 1)
        row.addWidget(self.right, 1)
        self._facing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        self._show("")

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(px(14), px(22), px(12), px(6))
        column.setSpacing(px(10))
        top = QHBoxLayout()
        top.addWidget(Elided(_("Recruiters"), "title"), 1)
        self.new = button(_("Add"), "main", "plus", self.begin)
        self.new.setAccessibleName(_("Add a recruiter or employer"))
        top.addWidget(self.new)
        column.addLayout(top)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Name, branch, licence or phone"))
        self.sought.setAccessibleName(_("Search recruiters"))
        self.sought.setClearButtonEnabled(True)
        self.sought.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.sought.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for part in self.sought.findChildren(QWidget):
            part.setAccessibleName(_("Clear the search"))
        self.sought.textChanged.connect(lambda *_: self._timer.start(PATIENCE_MS))
        self.sought.installEventFilter(self)
        column.addWidget(self.sought)
        line = QHBoxLayout()
        self.count = label("", "small")
        line.addWidget(self.count, 1)
        line.addWidget(button(_("Job orders"), "quiet", "clipboard-list", self._orders))
        column.addLayout(line)
        self.list = PersonList(self.desk.jobs, _("Recruiters"))
        self.list.chosen.connect(self._show)
        self.list.clicked.connect(lambda *_: self._turn(to_one=True))
        self.list.activated.connect(lambda *_: self._turn(to_one=True))
        self.list.people.loaded.connect(self._loaded)
        self.list.people.counted.connect(self._counted)
        column.addWidget(self.list, 1)
        self.nobody = Empty("search", _("Nobody found"), _("Try fewer letters, or another name it goes by."))
        column.addWidget(self.nobody, 1)
        self.nobody.hide()
        return left

    def _orders(self) -> None:
        self.desk.window.show_page("job_orders")

    def load(self, id: str) -> None:
        """Shows the list, and the recruiter with this identity when one is named."""
        self._show(id or self.id)
        self.search()
        self._turn(to_one=bool(id))

    def refresh(self) -> None:
        """Reads list and recruiter again."""
        self.search()
        self.view.refresh()

    def search(self) -> None:
        """Asks for what was typed; everybody when nothing was."""
        text, store, today = self.sought.text().strip(), self.desk.store, self.desk.today()
        source = partial(read_recruiters, store, text, today)
        self.list.people.ask(source, None if text else partial(count_recruiters, store))
        if text:
            self.count.setText("")

    def _counted(self, total: int) -> None:
        self.count.setText(ngettext("{n} in the register", "{n} in the register", total))

    def _loaded(self) -> None:
        self.nobody.setVisible(not self.list.people.rowCount() and bool(self.sought.text().strip()))
        self.list.setVisible(not self.nobody.isVisibleTo(self.left))
        self.list.stand_on(self.id)

    def _show(self, id: str) -> None:
        self.id = id
        self.view.setVisible(bool(id))
        self.none.setVisible(not id)
        if id:
            self.view.load(id)

    def begin(self) -> None:
        """Asks for a new one."""
        self.view.show()
        self.none.hide()
        self.view.begin_new()
        self._turn(to_one=True)

    def _back(self) -> None:
        self._turn(to_one=False)
        self.list.setFocus()

    def _turn(self, *, to_one: bool) -> None:
        narrow = self.width() < px(TOO_NARROW)
        self._facing = to_one
        self.left.setVisible(not narrow or not to_one)
        self.right.setVisible(not narrow or to_one)
        self.rule.setVisible(not narrow)
        self.view.back.setVisible(narrow)
        if narrow:
            self.left.setMaximumWidth(16777215)
            self.left.setMinimumWidth(0)
        else:
            self.left.setFixedWidth(px(LIST_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one after the other."""
        super().resizeEvent(event)
        self._turn(to_one=self._facing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, arrow down and Enter go into the list."""
        onward = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.sought and pressed in onward:
            self.list.setFocus()
            self.list.setCurrentIndex(self.list.people.index(0))
            if pressed != Qt.Key.Key_Down:
                self._turn(to_one=True)
            return True
        return super().eventFilter(watched, event)

    def kept(self) -> dict[str, Any]:
        """What was searched, which side faces one, and what was typed into a form."""
        return {"sought": self.sought.text(), "facing": self._facing, **self.view.kept()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Searches the same again and opens the form again."""
        self.sought.setText(kept["sought"])
        self.view.restore(kept)
        self._turn(to_one=kept["facing"])

    def first(self) -> QWidget | None:
        """The search."""
        return self.sought


def read_recruiters(store: Store, text: str, today: date, after: Any, limit: int) -> Answer:
    """A page of the register, or what a search found. Read beside the screen."""
    from mrc_app.casework import recruiters
    from ui.pages.recruiter_cards import TONES, listed_below

    with store.read() as session:
        page = recruiters.register(session, text, after or recruiters.FIRST, limit)
        rows = []
        for one, sort in page:
            tone = TONES[recruiters.licence(one, today)]
            rows.append(
                Row(
                    one.uuid,
                    one.name,
                    cap(listed_below(one, today)),
                    "blue" if tone == "plain" else tone,
                    (sort, one.uuid),
                )
            )
    return Answer(rows, None)


def count_recruiters(store: Store) -> int:
    """How many there are. Read beside the screen."""
    from mrc_app.casework import recruiters

    with store.read() as session:
        return recruiters.count(session)
