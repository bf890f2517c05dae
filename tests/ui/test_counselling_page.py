"""Counselling and the visit without a name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from mrc_app.casework import agenda, counselling
from mrc_app.store.centre import Store
from tests.make import make_client
from tests.ui.acting import click, settle, typed
from ui.window import Window


@pytest.fixture
def tigist(store: Store) -> str:
    """A client who may be called under a cover name."""
    with store.change(by=store.officer, do="clients.register") as session:
        safe = {"phone": "0911234567", "may_call": "yes", "cover_text": "Meseret calls"}
        return make_client(session, call_name="Tigist", **safe).uuid


def page_of(desk: Window, client: str, qtbot: QtBot) -> Any:
    desk.show_page("counselling", client)
    settle(qtbot, desk)
    return desk.page


def test_the_safe_words_stand_beside_the_follow_up(desk: Window, tigist: str, qtbot: QtBot) -> None:
    words = page_of(desk, tigist, qtbot).reach.text()
    assert "She may be called." in words
    assert "Meseret calls" in words


def test_a_session_and_its_task_are_kept_with_one_key(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    page = page_of(desk, tigist, qtbot)
    typed(page.session["minutes"].controls()[0], "25")
    page.session["topics"].set_value(["contract", "fees"])
    page._later(7)
    QTest.keyClick(page.session["minutes"].controls()[0], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    today = desk.desk.today()
    with store.read() as session:
        contact = counselling.of_client(session, tigist)[0]
        task = agenda.for_client(session, tigist, today)[0]
    assert (contact.minutes, contact.mode, len(contact.topics)) == (25, "centre", 2)
    assert (task.task.due, task.task.kind) == (today + timedelta(days=7), "call")


def test_danger_is_answered_before_anything_is_written(desk: Window, tigist: str, qtbot: QtBot) -> None:
    page = page_of(desk, tigist, qtbot)
    click(page.session["danger"].controls()[0])
    assert page.alarm.isVisible()
    assert "within the hour" in page.alarm.words.text()


def test_a_follow_up_in_the_past_is_said_in_its_own_place(desk: Window, tigist: str, qtbot: QtBot) -> None:
    page = page_of(desk, tigist, qtbot)
    page.next["follow_up_on"].set_value(desk.desk.today() - timedelta(days=1))
    page.save()
    assert "before the contact" in page.next.trouble("follow_up_on")


def test_what_was_begun_comes_back_as_a_draft(desk: Window, tigist: str, qtbot: QtBot) -> None:
    page = page_of(desk, tigist, qtbot)
    page.session["result"].set_value("She brings the contract on Monday.")
    desk.show_page("today")
    page = page_of(desk, tigist, qtbot)
    assert page.session["result"].value() == "She brings the contract on Monday."


def test_a_visit_without_a_name_has_nowhere_to_write_one(desk: Window, store: Store, qtbot: QtBot) -> None:
    desk.show_page("tally")
    settle(qtbot, desk)
    page: Any = desk.page
    assert [part for kind in (QLineEdit, QPlainTextEdit) for part in page.findChildren(kind)] == []
    click(page.form["sex"].controls()[0])
    click(page.form["topics"].controls()[0])
    click(page.keep)
    settle(qtbot, desk)
    today = desk.desk.today()
    with store.read() as session:
        counted = counselling.tallies(session, today, today)
    assert [(str(one.sex), len(one.topics)) for one in counted] == [("female", 1)]
    assert page.form["topics"].value() == []
    assert any("1" in part.text() and "without a name" in part.text() for part in page.findChildren(QLabel))
