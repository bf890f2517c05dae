"""A page with a list that is searched while one types, and beside it the one stood on; where there is little room, the
two take turns."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.desk import Desk
from ui.icons import icon
from ui.look import px
from ui.page import Page
from ui.tables import PersonList
from ui.widgets.controls import Button
from ui.widgets.empty import Empty
from ui.widgets.text import Elided, label, leading

LIST_WIDTH = 340
TOO_NARROW = 800
"""Below this width (100 % text) the list and the one beside it take turns."""
PATIENCE_MS = 90


class Beside(Protocol):
    """What stands beside the list; ``back`` leads to the list where the two take turns."""

    back: Button

    def load(self, id: str, /) -> None:
        """Shows the one with this identity."""

    def refresh(self) -> None:
        """Reads it again."""

    def setVisible(self, visible: bool, /) -> None:
        """Shown while one is chosen."""


class ListPage(Page):
    """A subclass puts its own buttons into ``top`` and ``line``, calls ``stand_beside`` and says what a search asks."""

    def __init__(self, desk: Desk, title: str, nobody: str) -> None:
        super().__init__(desk)
        self._facing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.left = self._left(title, nobody)
        row.addWidget(self.left)
        self.rule = QFrame()
        self.rule.setObjectName("rule")
        self.rule.setFixedWidth(1)
        row.addWidget(self.rule)
        self.right = QWidget()
        row.addWidget(self.right, 1)

    def _left(self, title: str, nobody: str) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(px(14), px(22), px(12), px(6))
        column.setSpacing(px(10))
        self.top, self.line = QHBoxLayout(), QHBoxLayout()
        self.top.addWidget(Elided(title, "title"), 1)
        column.addLayout(self.top)
        self.sought = QLineEdit()
        self.sought.setClearButtonEnabled(True)
        self.sought.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.sought.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for part in self.sought.findChildren(QWidget):
            part.setAccessibleName(_("Clear the search"))
        self.sought.textChanged.connect(lambda *_: self._timer.start(PATIENCE_MS))
        self.sought.installEventFilter(self)
        column.addWidget(self.sought)
        self.count = label("", "small")
        self.line.addWidget(self.count, 1)
        column.addLayout(self.line)
        self.people = PersonList(self.desk.jobs, title)
        self.people.chosen.connect(self._show)
        self.people.clicked.connect(lambda *_: self._turn(to_one=True))
        self.people.activated.connect(lambda *_: self._turn(to_one=True))
        self.people.people.loaded.connect(self._loaded)
        self.people.people.counted.connect(lambda total: self.count.setText(self.count_words(total)))
        column.addWidget(self.people, 1)
        self.nobody = Empty("search", _("Nobody found"), nobody)
        column.addWidget(self.nobody, 1)
        self.nobody.hide()
        return left

    def stand_beside(self, view: Any, none: Empty) -> None:
        """``view`` (a widget that is a ``Beside``) shows the one stood on; ``none`` is shown before one is chosen."""
        self._view: Beside = view
        self.none = none
        column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view, 1)
        column.addWidget(none, 1)
        self._show("")

    def ask(self, text: str) -> None:
        """Asks the list for what was typed; for everybody when nothing was."""
        raise NotImplementedError

    def count_words(self, total: int) -> str:
        """How many there are, in words."""
        raise NotImplementedError

    def load(self, id: str) -> None:
        """Shows the list, and the one with this identity when one is named."""
        self._show(id or self.id)
        self.search()
        self._turn(to_one=bool(id))

    def refresh(self) -> None:
        """Reads the list and the one beside it again."""
        self.search()
        self._view.refresh()

    def search(self) -> None:
        """Searches for what was typed."""
        text = self.sought.text().strip()
        if text:
            self.count.setText("")
        self.ask(text)

    def _loaded(self) -> None:
        self.nobody.setVisible(not self.people.people.rowCount() and bool(self.sought.text().strip()))
        self.people.setVisible(not self.nobody.isVisibleTo(self.left))
        self.people.stand_on(self.id)

    def _show(self, id: str) -> None:
        self.id = id
        self._view.setVisible(bool(id))
        self.none.setVisible(not id)
        if id:
            self._view.load(id)

    def _back(self) -> None:
        self._turn(to_one=False)
        self.people.setFocus()

    def _turn(self, *, to_one: bool) -> None:
        narrow = self.width() < px(TOO_NARROW)
        self._facing = to_one
        self.left.setVisible(not narrow or not to_one)
        self.right.setVisible(not narrow or to_one)
        self.rule.setVisible(not narrow)
        self._view.back.setVisible(narrow)
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
        """From the search, arrow down and Enter go into the list; Escape empties it."""
        if watched is self.sought and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.people.setFocus()
                if not self.people.currentIndex().isValid() or event.key() != Qt.Key.Key_Down:
                    self.people.setCurrentIndex(self.people.people.index(0))
                if event.key() != Qt.Key.Key_Down:
                    self._turn(to_one=True)
                return True
            if event.key() == Qt.Key.Key_Escape and self.sought.text():
                self.sought.clear()
                return True
        return super().eventFilter(watched, event)

    def kept(self) -> dict[str, Any]:
        """What was searched, and which of the two faces one."""
        return {"sought": self.sought.text(), "facing": self._facing}

    def restore(self, kept: dict[str, Any]) -> None:
        """Searches the same again."""
        self.sought.setText(kept["sought"])
        self._turn(to_one=kept["facing"])

    def first(self) -> QWidget | None:
        """The search."""
        return self.sought
