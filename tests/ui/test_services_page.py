"""The office's directory: added, confirmed by a person, changed again."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.corridors import catalogue, confirmations, services
from mrc_app.store.centre import Store
from tests.ui.acting import click, settle, typed
from ui.window import Window


def shown(page: Any) -> str:
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069\u00a0"), " ")
    return "\n".join(part.text() for part in page.findChildren(QLabel) if part.isVisible()).translate(marks)


def press(page: Any, words: str) -> None:
    """Presses the first button that is called so."""
    click(next(one for one in page.findChildren(QPushButton) if one.text() == words and one.isVisible()))


def test_a_number_is_added_confirmed_today_and_unconfirmed_when_it_changes(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    desk.show_page("services")
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.add)
    click(page.ok)
    assert page.form.trouble("name") == "Give the service a name."
    page.form["kind"].set_value("union")
    typed(page.form["name"].controls()[0], "CETU desk")
    typed(page.form["number"].controls()[0], "+251 11 551 0000")
    click(page.ok)
    settle(qtbot, desk)
    assert "Not yet confirmed here" in shown(page)
    press(page, "I called it today")
    settle(qtbot, desk)
    assert "Checked on" in shown(page)
    today = desk.desk.today()
    with store.read() as session:
        found = services.services(session, "ET")
        assert services.may_print_on_card(found[0], today)
    press(page, "Another number")
    page.form["number"].set_value("+251 11 552 0000")
    click(page.ok)
    settle(qtbot, desk)
    assert "Not yet confirmed here" in shown(page)


def test_a_number_of_a_source_is_confirmed_by_whoever_called_it(desk: Window, store: Store, qtbot: QtBot) -> None:
    desk.show_page("services", "ET-SA")
    settle(qtbot, desk)
    page: Any = desk.page
    contact = catalogue.corridor("ET-SA").contacts[0]
    assert contact.name in shown(page)
    press(page, "I called it today")
    settle(qtbot, desk)
    with store.read() as session:
        assert contact.uuid in confirmations.latest(session, contact)
