"""A window for every test, in a settings folder of its own; fonts and style sheet are put on once for the whole run."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mrc_app.i18n import set_screen_language
from mrc_app.store.centre import Store
from tests import make
from tests.ui.acting import settle
from ui import look, tokens
from ui.app import make_application, make_window
from ui.settings import Settings
from ui.widgets.dates import Preferred
from ui.window import Window


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The plain application; ``qapp`` dresses it."""
    return QApplication


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Style, fonts and style sheet, once."""
    make_application([])
    look.wear(qapp, "light", 100)


@pytest.fixture(autouse=True)
def fresh(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings in the test's own folder; the language, calendar and look of a former test are taken back."""
    monkeypatch.setenv("MRC_SETTINGS", str(tmp_path / "settings"))
    Preferred.calendar = None
    set_screen_language("en")
    if (
        look.tokens() is not tokens.LIGHT
        or look.px(100) != 100
        or qapp.layoutDirection() != Qt.LayoutDirection.LeftToRight
    ):
        look.wear(qapp, "light", 100)
    yield


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[Window]:
    """A window at the first run."""
    made = make_window(Settings(language="en"))
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A real centre file with its first officer."""
    made = make.make_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(window: Window, store: Store, qtbot: QtBot) -> Iterator[Window]:
    """The window over an open centre file, at Today."""
    window.desk.settings.centre = str(store.path)
    window.enter(store)
    settle(qtbot, window)
    yield window
    store.close()  # a backup at the end is made where a test asks for it, not after every one
    window.close()
