"""Everything by typing: pages, actions, and clients by name or number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mrc_app.i18n import _
from mrc_app.store.folding import fold
from ui.desk import Desk
from ui.icons import icon
from ui.look import px
from ui.side import NAVIGATION
from ui.widgets.text import leading

PATIENCE_MS = 90


class Command(NamedTuple):
    """A line of the palette."""

    icon: str
    text: str
    act: Callable[[], object]


class Palette(QDialog):
    """A line to type in and what it finds; Enter does the first."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Search or go to"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setProperty("role", "palette")
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Type a command or a client's name"))
        self.line.setAccessibleName(_("Search or go to"))
        self.line.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.found = QListWidget()
        self.found.setProperty("role", "popup")
        self.found.setAccessibleName(_("What was found"))
        self.found.setIconSize(QSize(px(18), px(18)))
        self.found.itemActivated.connect(self._do)
        self.found.itemClicked.connect(self._do)
        column.addWidget(self.line)
        column.addWidget(self.found)
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._search)
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.resize(min(px(560), window.width() - px(80)), min(px(420), window.height() - px(120)))
        self.move(window.x() + (window.width() - self.width()) // 2, window.y() + px(70))
        self._typed("")

    def _commands(self) -> list[Command]:
        show = self.desk.window.show_page
        pages = [Command(sign, _(text), partial(show, page)) for page, sign, text in NAVIGATION]
        return [
            *pages,
            Command("user-plus", _("New client"), partial(show, "register")),
            Command("users", _("Queue"), partial(show, "queue")),
            Command("bell", _("What is forgotten"), partial(show, "forgotten")),
            Command("lock", _("Lock"), self.desk.window.lock),
        ]

    def _typed(self, text: str) -> None:
        wanted = fold(text.strip())
        self.found.clear()
        for command in self._commands():
            if wanted in fold(command.text):
                self._add(command)
        self.found.setCurrentRow(0)
        self._asked += 1
        if wanted:
            self._timer.start(PATIENCE_MS)

    def _add(self, command: Command) -> None:
        item = QListWidgetItem(icon(command.icon, "muted"), command.text)
        item.setData(Qt.ItemDataRole.UserRole, command)
        item.setSizeHint(QSize(px(100), px(38)))
        self.found.addItem(item)

    def _search(self) -> None:
        text, asked, store = self.line.text().strip(), self._asked, self.desk.store

        def work(_step: object) -> list[tuple[str, str, str]]:
            from mrc_app.store import search

            return [(one.uuid, one.name, one.number) for one in search.find(store, text, limit=12)]

        def done(people: list[tuple[str, str, str]]) -> None:
            if asked == self._asked:
                for uuid, name, number in people:
                    go = partial(self.desk.window.show_page, "clients", uuid)
                    self._add(Command("user", f"{name} · {number}", go))
                self.found.setCurrentRow(0)

        self.desk.jobs.run(work, done=done)

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            command: Command = item.data(Qt.ItemDataRole.UserRole)
            self._asked += 1
            self.accept()
            command.act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the keyboard stays in the line; Enter does what is stood on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self.found.currentRow()
            if event.key() == Qt.Key.Key_Down:
                self.found.setCurrentRow(min(row + 1, self.found.count() - 1))
                return True
            if event.key() == Qt.Key.Key_Up:
                self.found.setCurrentRow(max(row - 1, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.found.currentItem())
                return True
        return super().eventFilter(watched, event)
