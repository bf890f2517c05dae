"""The side bar: where one can go, who works here, and that the desk works without a network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.i18n import N_, _
from ui.desk import Desk
from ui.icons import icon, spaced
from ui.look import px
from ui.pages import for_role
from ui.widgets.controls import Button, button
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


class Side(QFrame):
    """The side bar; folded it shows icons only and every name stays as tooltip and accessible name.

    It is filled when a centre file is open: the unlock screen does not wait for it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("side")
        self._words: list[tuple[Button, str, str]] = []
        self._entries: dict[str, Button] = {}
        self._waiting: dict[str, int] = {}
        self._folded = False
        desk.waits.connect(self.wait)
        if desk.is_open:
            self.tell()

    def _fill(self) -> None:
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

    def _head(self) -> None:
        self._name = label("", "strong")
        self._who = Elided("", "small")
        self._column.addWidget(self._name)
        self._column.addWidget(self._who)
        self._column.addSpacing(px(10))

    def _entry(self, sign: str, text: str, keys: str, act: Callable[[], object]) -> Button:
        words = _(text)
        made = button(words, "nav", "", act)
        made.setToolTip(f"{words}  {keys}".strip())
        made.setLayoutDirection(self.layoutDirection())
        self._words.append((made, words, sign))
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

    def tell(self) -> None:
        """Shows the names of the centre and of the officer at work. A centre file is open."""
        if not self._entries:
            self._fill()
        self._name.setText(self.desk.store.centre().name)
        self._who.setText(self.desk.store.officer_name)
        self.fold(self._folded)

    def mark(self, nav: str) -> None:
        """Shows which entry the page on the screen belongs to."""
        for page, entry in self._entries.items():
            entry.setChecked(page == nav)

    def wait(self, page: str, number: int) -> None:
        """Shows beside an entry how many things wait there; nothing for none."""
        self._waiting[page] = number
        self.fold(self._folded)

    def _named(self, made: Button, words: str) -> str:
        number = next((n for page, n in self._waiting.items() if self._entries.get(page) is made), 0)
        return f"{words} ({number})" if number else words

    def fold(self, folded: bool) -> None:
        """Icons only, or icons with words."""
        self._folded = folded
        if not self._entries:
            return
        self.setFixedWidth(px(FOLDED if folded else WIDE))
        for made, words, sign in self._words:
            shown = self._named(made, words)
            made.setAccessibleName(shown)
            made.setText("" if folded else shown.replace("&", "&&"))
            made.setIcon(icon(sign, "muted", 18, "green") if folded else spaced(sign, "muted", checked="green"))
            made.setIconSize(QSize(px(18 if folded else 25), px(18)))
        for part in (self._name, self._who, self._pill):
            part.setVisible(not folded)
