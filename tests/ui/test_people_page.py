"""People on the screen: a colleague added and disabled, who sees a client, and a role that reads no names."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mrc_app import store as stores
from mrc_app.casework import caseload, clients
from mrc_app.errors import NotAllowed
from mrc_app.store import keys, lists, officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import make_client
from tests.ui.acting import click, settle, typed
from ui.panels.seen_by import WhoWorksWithHer
from ui.window import Window

HERS = "green hills of Gondar"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


def shown(page: Any) -> str:
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069\u00a0"), " ")
    return "\n".join(part.text() for part in page.findChildren(QLabel) if part.isVisible()).translate(marks)


def named(page: Any, words: str) -> QPushButton:
    """The button a screen reader calls so; of a list that was filled again, the one that is there now."""
    return [one for one in page.findChildren(QPushButton) if one.accessibleName() == words][-1]


def people_page(desk: Window, qtbot: QtBot) -> Any:
    desk.show_page("people")
    settle(qtbot, desk)
    return desk.page


def test_a_colleague_is_added_signs_in_and_is_disabled(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = people_page(desk, qtbot)
    click(page.add)
    click(page.ok)
    assert "10 characters" in page.form.trouble("password")
    typed(page.form["name"].controls()[0], "Abebe")
    typed(page.form["login"].controls()[0], "abebe")
    typed(page.form["password"].controls()[0], HERS)
    click(page.ok)
    settle(qtbot, desk)
    assert "Abebe" in shown(page) and page.form is None
    stores.open(store.path, login="abebe", password=HERS, settings=store.path.parent).close()
    named(page, "Disable: Abebe").click()
    settle(qtbot, desk)
    assert "no longer sign in" in shown(page)
    click(page.ok)
    settle(qtbot, desk)
    assert "does not work here any more" in shown(page)
    with pytest.raises(NotAllowed):
        stores.open(store.path, login="abebe", password=HERS, settings=store.path.parent)


@pytest.mark.long
def test_a_caseload_is_handed_over(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        abebe = officers.add(session, name="Abebe", login="abebe").uuid
        make_client(session, by=store.officer, call_name="Tigist")
    page = people_page(desk, qtbot)
    named(page, "Hand over clients: Meseret").click()
    page.form["to"].set_value(abebe)
    click(page.ok)
    settle(qtbot, desk)
    with store.read() as session:
        assert [one.call_name for one in caseload.of_officer(session, abebe)] == ["Tigist"]


def test_who_sees_a_client_is_chosen_and_taken_back(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        officers.add(session, name="Abebe", login="abebe")
        uuid = make_client(session, by=store.officer, call_name="Tigist").uuid
    abebe = Store(store.path, store.key, "abebe", "this computer")
    dialog = WhoWorksWithHer(desk.desk, uuid, desk)
    qtbot.addWidget(dialog)
    assert "restrict" not in dialog.windowTitle().lower()
    dialog.form["who"].set_value("named")
    dialog.form["officers"].set_value([])
    dialog.keep()
    assert "Name at least one officer" in dialog.form.trouble("officers") or dialog.form.banner.isVisible()
    dialog.form["officers"].set_value([store.officer])
    dialog.keep()
    assert lists.client_count(abebe) == 0 and lists.client_count(store) == 1
    again = WhoWorksWithHer(desk.desk, uuid, desk)
    qtbot.addWidget(again)
    assert again.form["officers"].value() == [store.officer]
    again.form["who"].set_value("everybody")
    again.keep()
    assert lists.client_count(abebe) == 1
    with store.read() as session:
        assert restrictions.standing(session, clients.by_uuid(session, uuid).uuid) == []
    abebe.close()


def test_what_was_refused_stands_on_the_page(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
    dawit = Store(store.path, store.key, "dawit", "this computer")
    with pytest.raises(NotAllowed):
        lists.clients(dawit)
    dawit.close()
    assert "Dawit" in shown(people_page(desk, qtbot))
    assert "read clients' names" in shown(desk.page)


def test_a_role_that_reads_no_names_finds_settings_and_no_list(window: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        officers.add(session, name="Almaz", login="almaz", role=Role.ADMINISTRATOR)
        make_client(session, call_name="Tigist")
    window.enter(Store(store.path, store.key, "almaz", "this computer"))
    settle(qtbot, window)
    for name in ("today", "clients", "register"):
        window.show_page(name)
        settle(qtbot, window)
        assert type(window.page).__name__ == "SettingsPage"
    page = people_page(window, qtbot)
    assert page.add.isVisible() and "What was refused" not in shown(page)
