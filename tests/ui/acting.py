"""What a person does at the screen: presses, types, clicks, and waits until it stands still."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.window import Window


def settle(qtbot: QtBot, window: Window) -> None:
    """Waits until no work is going on beside the screen and its answers are shown."""
    for _round in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not window.desk.jobs.busy, timeout=15_000)
        QApplication.processEvents()


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Presses a key in a widget."""
    QTest.keyClick(widget, key)


def typed(widget: QWidget, text: str) -> None:
    """Types into a widget as a person does."""
    widget.setFocus()
    QTest.keyClicks(widget, text)


def click(widget: QWidget) -> None:
    """Clicks in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
