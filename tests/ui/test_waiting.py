"""What stands in the way of buttons, and work that is waited for."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.errors import MrcError
from tests.ui.acting import press
from ui.waiting import Waiting
from ui.window import Window


def test_the_work_is_done_beside_the_screen_and_its_answer_comes_back(window: Window) -> None:
    waiting: Waiting[int] = Waiting(window, "New key", "Please wait.")
    assert waiting.over(window.desk.jobs, threading.get_ident) != threading.get_ident()
    assert waiting.bar.accessibleName() == "Please wait."


def test_its_trouble_comes_back_too_and_escape_does_not_stop_it(window: Window) -> None:
    waiting: Waiting[int] = Waiting(window, "New key", "Please wait.")
    waiting.show()
    press(waiting, Qt.Key.Key_Escape)
    assert waiting.isVisible()

    def refused() -> int:
        raise MrcError("No.")

    with pytest.raises(MrcError, match="No"):
        waiting.over(window.desk.jobs, refused)


def test_a_message_covers_no_button(window: Window, qtbot: QtBot) -> None:
    window.say("Kept.")
    at_the_foot = QRect(window.toast.pos(), window.toast.size())
    button = QPushButton("Print", window)
    button.setGeometry(at_the_foot)
    button.show()
    window.say("Kept.")
    covered = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    assert window.toast.isVisible() and not QRect(window.toast.pos(), window.toast.size()).intersects(covered)
