"""Every page, in every screen language: it opens, is named for people who hear it, mirrors, and fits a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mrc_app.store.centre import Store
from tests.make import make_client, make_journey
from tests.ui.acting import settle
from ui.pages import DOOR, PAGES
from ui.panels import TABS
from ui.settings import SCREEN_LANGUAGES
from ui.widgets.text import Elided
from ui.window import Window

ABOUT_A_CLIENT = {"clients", "counselling", "guide"}
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QListView)


@pytest.fixture
def tigist(desk: Window, store: Store) -> str:
    """A client with what most pages show."""
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(
            session, call_name="Tigist", father="Alemu", language="am", sex="female", phone="0911234567",
            birth={"year": "1995", "calendar": "ethiopian", "estimated": True}, cover_text="Meseret calls",
        )  # fmt: skip
        make_journey(session, client)
        return client.uuid


def _turn(desk: Window, page: str, client: str, qtbot: QtBot) -> QWidget:
    desk.show_page(page, client if page in ABOUT_A_CLIENT else "")
    settle(qtbot, desk)
    return desk.page


def _speak(desk: Window, code: str, size: int = 100, theme: str = "light") -> None:
    settings = desk.desk.settings
    settings.language, settings.text_size, settings.theme = code, size, theme
    desk.dress()


def _shown(page: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    for kind in kinds:
        for widget in page.findChildren(kind):
            if widget.isVisible():
                yield widget


def _is_inner(widget: QWidget) -> bool:
    """A part of another control, such as the button inside a line or the list inside a combo box."""
    above = widget.parentWidget()
    return isinstance(above, (QComboBox, QScrollArea)) or (
        above is not None and above.inherits("QComboBoxPrivateContainer")
    )


INSIDE = sorted(set(PAGES) - set(DOOR))
EVERY_LANGUAGE = [
    code if code in ("en", "ar") else pytest.param(code, marks=pytest.mark.long) for code in SCREEN_LANGUAGES
]
"""One language of each direction in the ordinary run, all of them in the long one."""


@pytest.mark.parametrize("code", EVERY_LANGUAGE)
def test_every_page_opens_in_every_language_mirrors_is_heard_and_flashes_no_window(
    desk: Window, tigist: str, qtbot: QtBot, qapp: QApplication, code: str
) -> None:
    with _no_window_flashes(qapp):
        _open_every_page(desk, tigist, qtbot, code)


def _open_every_page(desk: Window, tigist: str, qtbot: QtBot, code: str) -> None:
    _speak(desk, code)
    wanted = Qt.LayoutDirection.RightToLeft if code == "ar" else Qt.LayoutDirection.LeftToRight
    for name in INSIDE:
        page = _turn(desk, name, tigist, qtbot)
        assert page.isVisible(), name
        assert page.layoutDirection() == wanted, name
        assert any(label.text() for label in _shown(page, QLabel)), name
        if name in ABOUT_A_CLIENT:
            assert any("Tigist" in label.text() for label in _shown(page, QLabel)), f"{name} does not say whose it is"
        assert _nameless(name, page) == []


@pytest.mark.parametrize("code", EVERY_LANGUAGE)
def test_every_tab_of_the_client_page_opens_in_every_language_and_flashes_no_window(
    desk: Window, tigist: str, qtbot: QtBot, qapp: QApplication, code: str
) -> None:
    _speak(desk, code)
    page = _turn(desk, "clients", tigist, qtbot)
    with _no_window_flashes(qapp):
        for tab in TABS:
            page.panel.turn(tab)  # type: ignore[attr-defined]
            settle(qtbot, desk)
            assert page.panel._panels[tab].isVisible(), tab  # type: ignore[attr-defined]


def _nameless(name: str, page: QWidget) -> list[str]:
    """The controls that say nothing to people who hear the screen."""
    nameless = []
    for widget in _shown(page, *CONTROLS):
        if _is_inner(widget):
            continue
        heard = QAccessible.queryAccessibleInterface(widget)
        said = heard.text(QAccessible.Text.Name) if heard else ""
        if not said.strip():
            nameless.append(f"{name}: {type(widget).__name__} {widget.objectName()}")
        if isinstance(widget, QComboBox) and not widget.accessibleName():
            nameless.append(f"{name}: combo named by its value")
    return nameless


def test_every_control_of_the_door_has_a_name(window: Window, qtbot: QtBot) -> None:
    nameless = []
    for name in DOOR:
        window.show_page(name)
        QApplication.processEvents()
        for part in window.page.findChildren(QWidget):
            if isinstance(part, CONTROLS) and not _is_inner(part):
                heard = QAccessible.queryAccessibleInterface(part)
                if heard is None or not heard.text(QAccessible.Text.Name).strip():
                    nameless.append(f"{name}: {type(part).__name__}")
    assert nameless == []


def _cut(page: QWidget) -> list[str]:
    wrong = []
    for widget in _shown(page, QPushButton, QCheckBox, QLabel):
        text = widget.text()  # type: ignore[attr-defined]
        if not text or isinstance(widget, Elided):
            continue
        if isinstance(widget, QLabel):
            needed = widget.minimumSizeHint()
            wrapped = widget.wordWrap()
            room_missing = widget.heightForWidth(widget.width()) > widget.height() + 2 if wrapped else (
                needed.width() > widget.width() + 1)  # fmt: skip
        else:
            room_missing = widget.fontMetrics().horizontalAdvance(text) > widget.width()
        if room_missing:
            wrong.append(f"{type(widget).__name__} “{text[:50]}” {widget.width()}x{widget.height()}")
        right = widget.mapTo(page, QPoint(widget.width(), 0)).x()
        left = widget.mapTo(page, QPoint(0, 0)).x()
        if right > page.width() + 1 or left < -1:
            wrong.append(f"outside: {type(widget).__name__} “{text[:50]}” {left}–{right} of {page.width()}")
    return wrong


@pytest.mark.parametrize("code", ["en", "ar"])
def test_nothing_is_cut_at_the_smallest_window_and_the_largest_text(
    desk: Window, tigist: str, qtbot: QtBot, code: str
) -> None:
    desk.resize(1024, 640)
    _speak(desk, code, size=150, theme="dark")
    wrong = []
    for name in INSIDE:
        page = _turn(desk, name, tigist, qtbot)
        QApplication.processEvents()
        wrong += [f"{name}: {what}" for what in _cut(page)]
        if name == "clients":
            for tab in TABS:
                page.panel.turn(tab)  # type: ignore[attr-defined]
                settle(qtbot, desk)
                wrong += [f"{name}/{tab}: {what}" for what in _cut(page)]
    assert wrong == []


def test_tab_reaches_every_part_of_the_registration_in_order(desk: Window, qtbot: QtBot) -> None:
    desk.show_page("register")
    desk.page.next()  # type: ignore[attr-defined]
    settle(qtbot, desk)
    form = desk.page.person.form  # type: ignore[attr-defined]
    form["call_name"].setFocus()
    seen = []
    for _step in range(6):
        focus = QApplication.focusWidget()
        seen.append(next((name for name in form.values() if focus in form[name].controls()), type(focus).__name__))
        focus.focusNextChild()  # type: ignore[union-attr]
        QApplication.processEvents()
    assert seen[:5] == ["call_name", "language", "record", "statistics", "how"]


@contextmanager
def _no_window_flashes(qapp: QApplication) -> Iterator[None]:
    windows = _Windows()
    qapp.installEventFilter(windows)
    try:
        yield
    finally:
        qapp.removeEventFilter(windows)
    assert windows.seen == [], "a part of a page flashed up as a window of its own and took the keyboard"


class _Windows(QObject):
    """Remembers every window that comes up beside the one window."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Counts what shows itself as a window."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False
