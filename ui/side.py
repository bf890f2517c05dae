"""The side bar: where one can go, who works here, and that the desk works without a network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import N_, _
from ui.desk import Desk
from ui.icons import icon, spaced
from ui.look import colour, px
from ui.pages import for_role
from ui.widgets.controls import Button, clear
from ui.widgets.text import Elided, icon_label, label

NAVIGATION = (
    ("today", "sun", N_("Today")),
    ("clients", "users", N_("Clients")),
    ("guide", "book-open", N_("Guides")),
    ("recruiters", "contact-round", N_("Recruiters")),
    ("grievances", "folder-open", N_("Cases")),
    ("reports", "list-checks", N_("Figures")),
    ("dashboard", "chart-column", N_("Dashboard")),
    ("exchange", "arrow-left-right", N_("Exchange")),
    ("settings", "settings", N_("Settings")),
)
WIDE, FOLDED = 212, 64
MOST = 99
"""The highest number beside a folded entry; more is written 99+."""


class Entry(Button):
    """One place of the side bar: an icon with its words, or folded the icon alone; and how much waits there."""

    def __init__(self, sign: str, words: str, keys: str, act: Callable[[], object]) -> None:
        super().__init__()
        self._sign, self._words, self._keys = sign, words, keys
        self.waiting = 0
        self._folded = False
        self.setProperty("kind", "nav")
        self.setAutoDefault(False)
        self.clicked.connect(lambda *_: act())

    def show_as(self, *, folded: bool) -> None:
        """Words or no words; the name for the ear and the tooltip have them always."""
        self._folded = folded
        shown = f"{self._words} ({self.waiting})" if self.waiting else self._words
        self.setAccessibleName(shown)
        self.setToolTip(f"{shown}  {self._keys}")
        self.setText("" if folded else shown.replace("&", "&&"))
        look = icon(self._sign, "muted", 18, "green") if folded else spaced(self._sign, "muted", checked="green")
        self.setIcon(look)
        self.setIconSize(QSize(px(18 if folded else 25), px(18)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Folded, what waits is a number in the corner where the line ends."""
        super().paintEvent(event)
        if self._folded and self.waiting:
            self._number(QPainter(self))

    def _number(self, painter: QPainter) -> None:
        text = str(self.waiting) if self.waiting <= MOST else f"{MOST}+"
        font = self.font()
        font.setPixelSize(px(11))
        font.setBold(True)
        painter.setFont(font)
        high = px(16)
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + px(8))
        place = QRect(0 if self.isRightToLeft() else self.width() - wide, 0, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(place, high / 2, high / 2)
        painter.setPen(colour("on_accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Side(QFrame):
    """The side bar; folded it shows icons only and every name stays as tooltip and accessible name.

    It is filled when a centre file is open: the unlock screen does not wait for it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("side")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(12), px(18), px(12), px(12))
        self._column.setSpacing(px(4))
        outer.addWidget(inner, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedWidth(1)
        outer.addWidget(rule)
        self._all: list[Entry] = []
        self._entries: dict[str, Entry] = {}
        self._folded = False
        desk.waits.connect(self.wait)
        if desk.is_open:
            self.tell()

    def tell(self) -> None:
        """Shows the centre, the officer at work and where her role may go. A centre file is open."""
        clear(self._column)
        self._all, self._entries = [], {}
        self._head()
        self._entry("search", N_("Search or go to"), "Ctrl+K", self.desk.window.open_palette)
        self._column.addSpacing(px(6))
        for number, (page, sign, text) in enumerate(NAVIGATION, 1):
            if for_role(page, self.desk.store.role) != page:
                continue
            made = self._entry(sign, text, f"Ctrl+{number}", partial(self.desk.window.show_page, page))
            made.setCheckable(True)
            self._entries[page] = made
        self._column.addStretch(1)
        self._foot()
        self.fold(self._folded)

    def _head(self) -> None:
        self._name = label(self.desk.store.centre().name, "strong")
        self._who = Elided(self.desk.store.officer_name, "small")
        self._column.addWidget(self._name)
        self._column.addWidget(self._who)
        self._column.addSpacing(px(10))

    def _entry(self, sign: str, text: str, keys: str, act: Callable[[], object]) -> Entry:
        made = Entry(sign, _(text), keys, act)
        self._all.append(made)
        self._column.addWidget(made)
        return made

    def _foot(self) -> None:
        self._entry("calculator", N_("Hide"), "F9", self.desk.window.hide_all)
        self._entry("lock", N_("Lock"), "Ctrl+L", self.desk.window.lock)
        self._pill = QFrame()
        self._pill.setProperty("role", "pill")
        row = QHBoxLayout(self._pill)
        row.setContentsMargins(px(10), px(9), px(10), px(9))
        row.addWidget(icon_label("wifi-off", "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(_("Works without a network. Nothing leaves this computer."), "small"), 1)
        self._column.addSpacing(px(6))
        self._column.addWidget(self._pill)

    def mark(self, nav: str) -> None:
        """Shows which entry the page on the screen belongs to."""
        for page, entry in self._entries.items():
            entry.setChecked(page == nav)

    def wait(self, page: str, number: int) -> None:
        """Shows beside an entry how many things wait there; nothing for none."""
        if page in self._entries:
            self._entries[page].waiting = number
            self._entries[page].show_as(folded=self._folded)

    def fold(self, folded: bool) -> None:
        """Icons only, or icons with words."""
        self._folded = folded
        if not self._all:
            return
        self.setFixedWidth(px(FOLDED if folded else WIDE))
        for entry in self._all:
            entry.show_as(folded=folded)
        for part in (self._name, self._who, self._pill):
            part.setVisible(not folded)
