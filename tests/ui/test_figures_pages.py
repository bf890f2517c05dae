"""Events and figures on the screen: an event by keyboard, a report shown, frozen, opened again and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from mrc_app.casework import counselling, events
from mrc_app.figures import templates
from mrc_app.store import officers
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import OFFICER, make_client
from tests.ui.acting import settle, typed
from ui.pages.events import EventsPage
from ui.pages.reports import ReportsPage
from ui.widgets.controls import Button
from ui.window import Window

pytestmark = pytest.mark.gui


def words(page: object) -> str:
    assert isinstance(page, (EventsPage, ReportsPage))
    return " ".join(one.text() for one in page.findChildren(QLabel))


def test_an_event_is_written_down_by_keyboard_and_its_sums_are_checked(
    window: Window, store: Store, qtbot: QtBot
) -> None:
    window.enter(store)
    settle(qtbot, window)
    window.show_page("events")
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, EventsPage)
    typed(page.form["place"].controls()[0], "Dessie woreda hall")
    typed(page.form["people"].controls()[0], "62")
    women, men = page.form["sex"].controls()[:2]
    typed(women, "41")
    typed(men, "22")
    page.save()
    assert page.form.trouble("sex") == "By sex these are 63 people, but 62 were there."
    men.clear()  # type: ignore[attr-defined]
    typed(men, "21")
    typed(page.form["age"].controls()[1], "9")
    page.save()
    settle(qtbot, window)
    with store.read() as session:
        (event,) = events.latest(session)
    assert (event.people, events.by(event, "sex")) == (62, {"female": 41, "male": 21})
    assert "Female 41 · Male 21" in words(page)
    assert page.form["people"].value() is None and women.accessibleName() == "By sex: Female"
    page.take_back(event.uuid)
    settle(qtbot, window)
    assert "No events yet" in words(page)


def test_a_report_is_shown_frozen_opened_and_saved(window: Window, store: Store, qtbot: QtBot, tmp_path: Path) -> None:
    with store.change(by=store.officer, do="test") as session:
        for number in range(6):
            one = make_client(session, call_name=f"Guest {number}", sex="female")
            counselling.record(session, client=one.uuid, on=one.registered_on, officer=OFFICER)
    window.enter(store)
    settle(qtbot, window)
    window.show_page("reports")
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, ReportsPage)
    page.ask_folder()
    assert page.trouble.words.text() == "Show the figures first."
    page.form.fill({"period": "last month"})
    page.show_figures()
    settle(qtbot, window)
    assert "is not a period" in page.form.trouble("period")
    page.form.fill({"period": "2026-11", "tier": "internal"})
    page.freeze_it()
    settle(qtbot, window)
    assert "This period ends on" in page.form.trouble("period")
    page.form.fill({"period": f"2026-11-01/{page.desk.today()}", "tier": "internal"})
    page.aims.fill({"indicator": "A2", "number": "12"})
    page.set_target()
    settle(qtbot, window)
    assert "Persons newly registered" in words(page) and "50 %" in words(page)
    page.freeze_it()
    settle(qtbot, window)
    assert page.shown is not None and page.shown.version == 1
    page.save_to(tmp_path)
    settle(qtbot, window)
    assert sorted(one.suffix for one in tmp_path.glob("mrc-report_*_internal_v1.*")) == [".csv", ".pdf", ".xlsx"]
    with store.change(by=store.officer, do="test") as session:
        number = make_client(session, call_name="One more", sex="not_stated").number
    page.freeze_it()
    settle(qtbot, window)
    assert list(page.ticks) == [number] and page.shown.version == 1
    assert number in page.ticks[number].accessibleName()
    page.ticks[number].setChecked(True)
    page.freeze_it()
    settle(qtbot, window)
    assert page.ticks == {}
    assert "What changed since the version before" in words(page)
    assert "typed in since: 1" in words(page).lower()
    page.refresh()
    settle(qtbot, window)
    assert "Version 2" in words(page)
    assert "One more" not in words(page)


def test_rows_that_would_be_blank_are_offered_as_one(window: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        for age, many in (("16", 3), ("20", 9), ("30", 9), ("40", 8)):
            for number in range(many):
                make_client(session, call_name=f"Guest {number}", sex="female", birth={"age": age})
    window.enter(store)
    settle(qtbot, window)
    window.show_page("reports")
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, ReportsPage)
    page.form.fill({"period": "2026-11", "tier": "public"})
    page.show_figures()
    settle(qtbot, window)
    assert page.shown is not None and "Fewer blanks" in words(page)
    page.merge("A1.age=15-17+18-24")
    settle(qtbot, window)
    assert page.shown.document["merges"] == ["A1.age=15-17+18-24"]
    assert "15–17 / 18–24" in words(page) or "15-17 / 18-24" in words(page).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.long
def test_an_administrator_finds_settings_in_place_of_figures(window: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        officers.add(session, name="Almaz", login="almaz", role=Role.ADMINISTRATOR)
    window.enter(Store(store.path, store.key, "almaz", "this computer"))
    settle(qtbot, window)
    for name in ("reports", "events"):
        window.show_page(name)
        settle(qtbot, window)
        assert type(window.page).__name__ == "SettingsPage"


def test_from_a_figure_to_the_list_behind_it_and_to_the_client(
    window: Window, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    with store.change(by=store.officer, do="test") as session:
        for name in ("Hawa", "Almaz"):
            one = make_client(session, call_name=name, sex="female")
            counselling.record(session, client=one.uuid, on=one.registered_on, officer=OFFICER)
        templates.keep(session, "MoL", {"Monthly!B3": "A2", "Monthly!B4": "A5"})
    window.enter(store)
    settle(qtbot, window)
    window.show_page("reports")
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, ReportsPage)
    page.form.fill({"period": f"2026-11-01/{page.desk.today()}", "tier": "internal"})
    page.show_figures()
    settle(qtbot, window)
    figures = [one for one in page.findChildren(Button) if one.accessibleName().startswith("Who is behind it")]
    assert figures and "Persons newly registered" in figures[0].accessibleName()
    figures[0].setFocus()
    qtbot.keyClick(figures[0], Qt.Key.Key_Space)
    settle(qtbot, window)
    listed = [one for one in page.listed.findChildren(Button) if "Hawa" in one.text()]
    assert len(listed) == 1
    form = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(form) as book:
        book.add_worksheet("Monthly")
    page.own_form.fill_to(form, tmp_path / "filled.xlsx")
    settle(qtbot, window)
    assert CalamineWorkbook.from_path(str(tmp_path / "filled.xlsx")).get_sheet_by_name("Monthly").to_python()[0] == [
        2.0
    ]
    listed[0].click()
    settle(qtbot, window)
    assert type(window.page).__name__ == "ClientsPage"
