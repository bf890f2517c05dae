"""Clients: found while one types, and beside the list the one stood on; where there is little room, one of the two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.icons import icon
from ui.look import px
from ui.page import Page
from ui.panels.client import ClientPanel
from ui.tables import Answer, PersonList, Row, tone_of
from ui.widgets.controls import button
from ui.widgets.empty import Empty
from ui.widgets.text import Elided, label, leading

if TYPE_CHECKING:
    from mrc_app.store import Store

LIST_WIDTH = 340
TOO_NARROW = 800
"""Below this width (100 % text) the list and the client take turns."""
PATIENCE_MS = 90


class ClientsPage(Page):
    """The list of clients and the client page side by side."""

    shows = frozenset(
        {"client", "consent", "contact", "handout", "journey", "journeystep", "household", "task", "link", "deadline"}
    )
    nav = "clients"

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
        self.panel = ClientPanel(desk, self._back)
        self.none = Empty("users", _("Nobody chosen"), _("Choose a client in the list, or find one by name or number."))
        column.addWidget(self.panel, 1)
        column.addWidget(self.none, 1)
        row.addWidget(self.right, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        self._show_client("")

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(px(14), px(22), px(12), px(6))
        column.setSpacing(px(10))
        top = QHBoxLayout()
        top.addWidget(Elided(_("Clients"), "title"), 1)
        self.new = button(_("New client"), "main", "plus", partial(self.desk.window.show_page, "register"))
        self.new.setToolTip(_("New client") + "  Ctrl+N")
        top.addWidget(self.new)
        column.addLayout(top)
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Name or number"))
        self.sought.setAccessibleName(_("Search clients"))
        self.sought.setClearButtonEnabled(True)
        self.sought.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.sought.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for part in self.sought.findChildren(QWidget):
            part.setAccessibleName(_("Clear the search"))
        self.sought.textChanged.connect(lambda *_: self._timer.start(PATIENCE_MS))
        self.sought.installEventFilter(self)
        column.addWidget(self.sought)
        self.count = label("", "small")
        column.addWidget(self.count)
        self.people = PersonList(self.desk.jobs, _("Clients"))
        self.people.chosen.connect(self._chosen)
        self.people.clicked.connect(lambda *_: self._turn(to_client=True))
        self.people.activated.connect(lambda *_: self._turn(to_client=True))
        self.people.people.loaded.connect(self._loaded)
        self.people.people.counted.connect(self._counted)
        column.addWidget(self.people, 1)
        self.nobody = Empty(
            "search", _("Nobody found"), _("Try fewer letters, the number, or the name in another script.")
        )
        column.addWidget(self.nobody, 1)
        self.nobody.hide()
        return left

    def load(self, id: str) -> None:
        """Shows the list, and the client with this identity when one is named."""
        self._show_client(id or self.id)
        self.search()
        self._turn(to_client=bool(id))

    def refresh(self) -> None:
        """Reads list and client again."""
        self.search()
        self.panel.refresh()

    def search(self) -> None:
        """Asks for what was typed; everybody when nothing was."""
        text, store = self.sought.text().strip(), self.desk.store
        self.people.people.ask(partial(read_clients, store, text), None if text else partial(count_clients, store))

    def _counted(self, total: int) -> None:
        self.count.setText(ngettext("{n} client", "{n} clients", total))

    def _loaded(self) -> None:
        self.nobody.setVisible(not self.people.people.rowCount() and bool(self.sought.text().strip()))
        self.people.setVisible(not self.nobody.isVisibleTo(self.left))
        self.people.stand_on(self.id)

    def _chosen(self, id: str) -> None:
        self._show_client(id)

    def _show_client(self, id: str) -> None:
        self.id = id
        self.panel.setVisible(bool(id))
        self.none.setVisible(not id)
        if id:
            self.panel.load(id)

    def _back(self) -> None:
        self._turn(to_client=False)
        self.people.setFocus()

    def _turn(self, *, to_client: bool) -> None:
        narrow = self.width() < px(TOO_NARROW)
        self._facing = to_client
        self.left.setVisible(not narrow or not to_client)
        self.right.setVisible(not narrow or to_client)
        self.rule.setVisible(not narrow)
        self.panel.show_back(narrow)
        if narrow:
            self.left.setMaximumWidth(16777215)
            self.left.setMinimumWidth(0)
        else:
            self.left.setFixedWidth(px(LIST_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one after the other."""
        super().resizeEvent(event)
        self._turn(to_client=getattr(self, "_facing", False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, arrow down and Enter go into the list."""
        if watched is self.sought and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.people.setFocus()
                if not self.people.currentIndex().isValid() or event.key() != Qt.Key.Key_Down:
                    self.people.setCurrentIndex(self.people.people.index(0))
                if event.key() != Qt.Key.Key_Down:
                    self._turn(to_client=True)
                return True
            if event.key() == Qt.Key.Key_Escape and self.sought.text():
                self.sought.clear()
                return True
        return super().eventFilter(watched, event)

    def kept(self) -> dict[str, Any]:
        """What was searched and which tab was open."""
        return {"sought": self.sought.text(), "tab": self.panel.tab, "facing": self._facing}

    def restore(self, kept: dict[str, Any]) -> None:
        """Searches the same again."""
        self.sought.setText(kept["sought"])
        self.panel.turn(kept["tab"])
        self._turn(to_client=kept["facing"])

    def first(self) -> QWidget | None:
        """The search."""
        return self.sought


def read_clients(store: Store, text: str, after: Any, limit: int) -> Answer:
    """A page of the list, or what a search found. Read beside the screen."""
    from mrc_app.store import lists, search

    if text:
        found = search.find(store, text, limit=limit - 1)
        return Answer([Row(one.uuid, one.name, one.number, tone_of(one.uuid)) for one in found], len(found))
    page = lists.clients(store, after or ("", ""), limit)
    rows = [
        Row(
            one.uuid,
            one.name,
            " · ".join(filter(None, (one.number, one.district))),
            tone_of(one.uuid),
            (one.sort, one.uuid),
        )
        for one in page
    ]
    return Answer(rows, None)


def count_clients(store: Store) -> int:
    """How many clients there are. Read beside the screen."""
    from mrc_app.store import lists

    return lists.client_count(store)
