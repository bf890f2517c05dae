"""The dashboard and what is forgotten on the screen: read aloud, by keyboard, turned round, each line to its record."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mrc_app.casework import agenda, counselling, follow_ups, grievances
from mrc_app.figures import targets
from mrc_app.figures.forgotten import Left
from mrc_app.store import officers
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import OFFICER, make_client
from tests.ui.acting import press, settle
from ui.pages.dashboard import DashboardPage
from ui.pages.forgotten import SHOWN, ForgottenPage
from ui.window import Window

pytestmark = pytest.mark.gui


def words(page: object) -> str:
    assert isinstance(page, (DashboardPage, ForgottenPage))
    return " ".join(one.text() for one in page.findChildren(QLabel))


@pytest.fixture
def busy(desk: Window, store: Store) -> Window:
    """Three people met this month, an old case, a target; late tasks of two officers and a late follow-up."""
    today = desk.desk.today()
    with store.change(by=store.officer, do="test") as session:
        abebe = officers.add(session, name="Abebe", login="abebe").uuid
        people = [make_client(session, call_name=name, on=today) for name in ("Hawa", "Liza", "Tigist")]
        for one in people:
            counselling.record(session, client=one.uuid, on=today, officer=OFFICER)
        old = today - timedelta(days=200)
        grievances.lodge(session, desk_code="BD1", by=OFFICER, on=old, people=[people[0].uuid], categories=["E1"])
        targets.aim(session, indicator="A3", period=f"{today:%Y-%m}", by=OFFICER, on=today, number=6)
        for number in range(SHOWN + 2):
            agenda.add(
                session, due=today - timedelta(days=number + 1), text=f"Ring {number}", on=old, by=store.officer,
                client=people[1].uuid, for_officer=abebe if not number else store.officer,
            )  # fmt: skip
        follow_ups.add(session, client=people[2].uuid, planned_on=today - timedelta(days=3), kind="call_1")
    return desk


def dashboard(window: Window, qtbot: QtBot) -> DashboardPage:
    window.show_page("dashboard")
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, DashboardPage)
    return page


def test_each_chart_is_read_aloud_and_gives_its_table_by_keyboard(
    busy: Window, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    page = dashboard(busy, qtbot)
    assert [one.chart.id for one in page.cards] == ["services", "backlog", "money", "change", "targets"]
    first = page.cards[0]
    told = QAccessible.queryAccessibleInterface(first.view)
    assert told.text(QAccessible.Text.Name) == "Services over time"
    assert "persons served 3, contacts 3" in told.text(QAccessible.Text.Description)
    assert not first.view.grab().toImage().isNull()
    press(first.view, Qt.Key.Key_Space)
    assert first.as_table and first.table.item(first.table.rowCount() - 1, 2).text() == "3"
    assert first.turn.accessibleName() == "\u2068Services over time\u2069: show the chart"
    page.refresh()
    settle(qtbot, busy)
    assert page.cards[0].as_table, "a chart that was turned to its table stays so"
    press(page.cards[0].turn)
    assert not page.cards[0].as_table
    page.toggle_all()
    assert [one.as_table for one in page.cards] == [True, True, False, False, True], "an empty chart has no table"
    page.toggle_all()
    assert "Targets reached: 0 of 1." in words(page) and "Open for more than 180 days: 1." in words(page)
    page.save_to(tmp_path / "board.pdf")
    settle(qtbot, busy)
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")
    page.form.fill({"period": "soon"})
    page.refresh()
    assert "is not a period" in page.form.trouble("period")


def test_an_answer_that_a_newer_question_overtook_is_dropped(busy: Window, qtbot: QtBot) -> None:
    page = dashboard(busy, qtbot)
    for code in ("2020", "2021-02"):
        page.form.fill({"period": code})
        page.refresh()
    settle(qtbot, busy)
    assert page.shown is not None and page.shown.board.period.code == "2021-02"
    assert page.about.text().startswith("\u20682021-02\u2069")


@pytest.mark.long
def test_it_fits_a_small_screen_and_is_turned_round_in_arabic(busy: Window, qtbot: QtBot) -> None:
    busy.desk.settings.language = "ar"
    busy.dress()
    busy.resize(1024, 640)
    settle(qtbot, busy)
    page = dashboard(busy, qtbot)
    for card in page.cards:
        assert card.view.isRightToLeft() and card.geometry().right() <= page.width()
    assert page.cards[1].y() > page.cards[0].y()


def test_what_is_forgotten_opens_its_record(busy: Window, store: Store, qtbot: QtBot) -> None:
    dashboard(busy, qtbot).forgotten.click()
    settle(qtbot, busy)
    page = busy.page
    assert isinstance(page, ForgottenPage)
    assert list(page.sections) == [Left.FOLLOW_UP, Left.TASK, Left.CASE]
    tasks = page.sections[Left.TASK]
    assert (tasks.number, len(tasks.shown)) == (SHOWN + 2, SHOWN)
    tasks.more.click()
    settle(qtbot, busy)
    assert len(tasks.shown) == SHOWN + 2 and tasks.more.isHidden()
    page.choose(next(uuid for uuid, name in page._names.items() if name == "Abebe"))
    settle(qtbot, busy)
    assert [len(one.shown) for one in page.sections.values()] == [1]
    page.choose("")
    settle(qtbot, busy)
    page.open(page.sections[Left.CASE].shown[0])
    settle(qtbot, busy)
    assert busy.at == "grievance"


@pytest.mark.long
def test_a_line_about_a_client_opens_her_page_at_its_tab(busy: Window, qtbot: QtBot) -> None:
    busy.show_page("forgotten")
    settle(qtbot, busy)
    page = busy.page
    assert isinstance(page, ForgottenPage)
    page.open(page.sections[Left.FOLLOW_UP].shown[0])
    settle(qtbot, busy)
    assert busy.at == "clients" and busy.page.panel.tab == "reintegration"  # type: ignore[attr-defined]


@pytest.mark.long
def test_an_officer_sees_her_own_and_a_data_officer_settings_in_its_place(
    busy: Window, store: Store, qtbot: QtBot
) -> None:
    with store.change(by=store.officer, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
    busy.enter(Store(store.path, store.key, "abebe", "this computer"))
    settle(qtbot, busy)
    busy.show_page("forgotten")
    settle(qtbot, busy)
    page = busy.page
    assert isinstance(page, ForgottenPage) and page.officer.isHidden() and "Ring 0" in words(page)
    assert list(page.sections) == [Left.TASK] and len(page.sections[Left.TASK].shown) == 1
    busy.enter(Store(store.path, store.key, "dawit", "this computer"))
    settle(qtbot, busy)
    busy.show_page("forgotten")
    assert busy.at == "settings"
    busy.put_away()
    assert dashboard(busy, qtbot).forgotten.isHidden()


@pytest.mark.long
def test_where_nothing_waits_the_page_says_so(desk: Window, qtbot: QtBot) -> None:
    desk.show_page("forgotten")
    settle(qtbot, desk)
    assert "Nothing is forgotten" in words(desk.page)
