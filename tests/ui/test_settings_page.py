"""The centre's choices on the settings page."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from mrc_app.casework import centres
from mrc_app.store.centre import Store
from tests.ui.acting import click, settle
from ui.window import Window


def test_a_centre_says_whether_drafts_are_printed_and_in_which_digits(desk: Window, store: Store, qtbot: QtBot) -> None:
    desk.show_page("settings")
    page: Any = desk.page
    settle(qtbot, desk)
    assert page.centre["print_drafts"].value() is True and page.centre["own_digits"].value() is False
    click(page.centre["print_drafts"].controls()[1])
    click(page.centre["own_digits"].controls()[1])
    click(page.save_button)
    settle(qtbot, desk)
    kept = store.centre().settings
    assert not centres.drafts_allowed(kept) and centres.own_digits(kept)
