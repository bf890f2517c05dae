"""The first day at the screen: making a centre, the recovery sheet, unlocking, switching the language."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from mrc_app import store as centre_files
from mrc_app.i18n import screen_language
from mrc_app.store import keys
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD
from tests.ui.acting import click, press, settle, typed
from ui.pages.first_run import FirstRunPage
from ui.pages.unlock import UnlockPage
from ui.settings import load_settings
from ui.window import Window


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Password guesses as cheap as the format allows: their cost is tested with the store."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


def _first_run(window: Window) -> FirstRunPage:
    page = window.page
    assert isinstance(page, FirstRunPage)
    return page


def _unlock(window: Window) -> UnlockPage:
    page = window.page
    assert isinstance(page, UnlockPage)
    return page


def test_a_centre_is_made_from_first_click_to_today(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    page = _first_run(window)
    click(page.welcome.new)
    form = page.centre.form
    typed(form["centre"].controls()[0], "MIC Bahir Dar")
    typed(form["country"].controls()[0], "ethiop")
    press(form["country"].popup.popup())
    assert form["country"].value() == "ET"
    form["path"].set_value(str(tmp_path / "bahir-dar.mrc"))
    click(page.forward)
    assert page.at == 2
    for name, text in (("officer", "Meseret"), ("login", LOGIN), ("password", PASSWORD), ("again", PASSWORD)):
        typed(page.you.form[name].controls()[0], text)
    click(page.forward)
    settle(qtbot, window)
    assert page.at == 3
    sheet = page.recovery.sheet
    typed(page.recovery.form["sheet"].controls()[0], sheet[:-2])
    click(page.forward)
    assert page.recovery.form.trouble("sheet")
    assert page.at == 3
    page.recovery.form["sheet"].set_value(sheet.lower().replace("-", " "))
    click(page.forward)
    assert page.at == 4
    click(page.printer.choice.controls()[1])
    click(page.forward)
    settle(qtbot, window)
    assert type(window.page).__name__ == "TodayPage"
    assert load_settings().printer is False
    assert load_settings().centre == str(tmp_path / "bahir-dar.mrc")
    assert window.desk.store.centre().name == "MIC Bahir Dar"
    assert window.desk.store.centre().country == "ET"
    window.lock()
    again = centre_files.recover(
        tmp_path / "bahir-dar.mrc",
        sheet=sheet,
        login=LOGIN,
        password="nine green lamps",
        settings=tmp_path / "settings",
    )
    again.close()


def test_what_is_missing_stands_under_its_field_and_nothing_typed_is_lost(window: Window) -> None:
    page = _first_run(window)
    click(page.welcome.new)
    typed(page.centre.form["desk"].controls()[0], " by the door")
    click(page.forward)
    assert page.at == 1
    assert page.centre.form.trouble("centre") == "Give the centre a name."
    assert page.centre.form.trouble("country") == "Choose the country the centre is in."
    assert page.centre.form["desk"].value() == "Desk 1 by the door"
    assert page.centre.form["centre"].controls()[0].hasFocus()
    assert page.centre.form["centre"].controls()[0].accessibleDescription() == "Give the centre a name."


def test_two_different_passwords_are_refused(window: Window) -> None:
    page = _first_run(window)
    page.turn(2)
    page.you.form.fill({"officer": "Meseret", "login": "m", "password": "seven blue donkeys", "again": "seven blue"})
    click(page.forward)
    assert page.at == 2
    assert page.you.form.trouble("again") == "The two passwords are not the same."


def test_a_short_password_says_how_to_make_it_better(window: Window) -> None:
    page = _first_run(window)
    page.turn(2)
    typed(page.you.form["password"].controls()[0], "donkey")
    assert "at least 10" in page.you.strength.text()


def test_the_language_is_chosen_first_and_what_was_typed_stays(window: Window, qtbot: QtBot) -> None:
    page = _first_run(window)
    click(page.welcome.new)
    typed(page.centre.form["centre"].controls()[0], "MIC Dessie")
    arabic = page.findChild(QPushButton, "speak-ar")
    click(arabic)
    settle(qtbot, window)
    assert screen_language().code == "ar"
    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    page = _first_run(window)
    assert page.at == 1
    assert page.centre.form["centre"].value() == "MIC Dessie"
    assert load_settings().language == "ar"


def test_the_sheet_is_saved_as_a_pdf_of_one_page(window: Window, tmp_path: Path) -> None:
    from pypdf import PdfReader

    page = _first_run(window)
    page.recovery.show_sheet(keys.new_sheet(), "MIC Dessie")
    page.recovery.save_to(str(tmp_path / "sheet.pdf"))
    assert len(PdfReader(tmp_path / "sheet.pdf").pages) == 1


def _at_the_door(window: Window, store: Store) -> UnlockPage:
    store.close()
    window.desk.settings.centre = str(store.path)
    window.show_page("unlock")
    return _unlock(window)


def test_name_and_password_open_the_desk_by_keyboard_alone(window: Window, store: Store, qtbot: QtBot) -> None:
    page = _at_the_door(window, store)
    typed(page.form["login"].controls()[0], LOGIN)
    press(page.form["login"].controls()[0])
    assert page.form["password"].controls()[0].hasFocus()
    typed(page.form["password"].controls()[0], PASSWORD)
    press(page.form["password"].controls()[0])
    settle(qtbot, window)
    assert type(window.page).__name__ == "TodayPage"
    assert window.side.isVisible()


def test_a_wrong_password_is_refused_in_one_sentence_and_the_name_stays(
    window: Window, store: Store, qtbot: QtBot
) -> None:
    page = _at_the_door(window, store)
    page.form.fill({"login": LOGIN, "password": "wrong wrong wrong"})
    click(page.open)
    settle(qtbot, window)
    assert page.form.banner.words.text() == "The name or the password is not right."
    assert page.form["login"].value() == LOGIN
    assert page.open.isEnabled()
    assert not window.desk.is_open


def test_a_missing_file_is_one_sentence_and_no_new_centre(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window.desk.settings.centre = str(tmp_path / "gone.mrc")
    window.show_page("unlock")
    page = _unlock(window)
    page.form.fill({"login": LOGIN, "password": PASSWORD})
    click(page.open)
    settle(qtbot, window)
    assert page.form.banner.isVisible()
    assert page.form.banner.words.text().count(".") <= 2
    assert not (tmp_path / "gone.mrc").exists()


def test_locking_takes_the_desk_away(desk: Window, qtbot: QtBot) -> None:
    desk.lock()
    settle(qtbot, desk)
    assert not desk.desk.is_open
    assert not desk.side.isVisible()
    assert type(desk.page).__name__ == "UnlockPage"
    with pytest.raises(RuntimeError):
        _ = desk.desk.store
