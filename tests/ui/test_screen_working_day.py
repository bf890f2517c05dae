"""A working day at the screen: finding clients, registering by keyboard, drafts, what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.casework import agenda, clients, consents, counselling
from mrc_app.store import drafts, lists
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, make_client
from tests.ui.acting import click, press, settle, typed
from ui.pages.clients import ClientsPage
from ui.pages.register import RegisterPage
from ui.pages.today import TodayPage
from ui.tables import ROW
from ui.window import Window

KEY = Qt.Key


def _keys(*keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        QApplication.processEvents()


def _type(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def _register(desk: Window, qtbot: QtBot) -> RegisterPage:
    desk.show_page("register")
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, RegisterPage)
    return page


def _clients(desk: Window, qtbot: QtBot, id: str = "") -> ClientsPage:
    desk.show_page("clients", id)
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, ClientsPage)
    return page


def _said(widget: object) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())  # type: ignore[attr-defined]


@pytest.fixture
def three(store: Store) -> list[str]:
    """Three clients: Tigist, Almaz, and one whose name is written in Ethiopic."""
    with store.change(by=store.officer, do="clients.register") as session:
        made = [make_client(session, call_name=name, given=name) for name in ("Tigist", "Almaz", "ሐዋ")]
        return [client.uuid for client in made]


def test_a_client_is_registered_with_the_keyboard_alone(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    assert page.safety.danger.controls()[0].hasFocus()
    _keys(KEY.Key_Right, KEY.Key_Return)
    assert page.safety.values()["danger"] == "no"
    _keys(KEY.Key_Return)
    assert page.safety.values()["safe_to_talk"] == "yes"
    _keys(KEY.Key_Return)
    settle(qtbot, desk)
    assert page.person.form["call_name"].controls()[0].hasFocus()
    _type("Hawa")
    _keys(KEY.Key_Return, KEY.Key_Return, KEY.Key_Return, KEY.Key_Return)
    assert page.person.form["how"].controls()[0].hasFocus()
    _keys(KEY.Key_Right, KEY.Key_Return)
    assert page.forward.hasFocus()
    _keys(KEY.Key_Return)
    settle(qtbot, desk)
    assert isinstance(desk.page, ClientsPage)
    with store.read() as session:
        client = clients.by_uuid(session, desk.page.id)
        assert (client.call_name, client.language) == ("Hawa", "am")
        answers = {answer.purpose: answer for answer in consents.of_client(session, client.uuid)}
        assert answers[consents.Purpose.RECORD].how is consents.How.THUMB
        assert answers[consents.Purpose.STATISTICS].state is consents.State.GIVEN
    assert store.draft("register") is None
    assert "Hawa is registered." in desk.toast.words.text().replace("\u2068", "").replace("\u2069", "")


def test_what_is_refused_stands_under_its_field_and_stays_typed(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    page.next()
    page.person.open(True)
    typed(page.person.form["phone"].controls()[0], "12")
    page.person.form.fill({"record": "given", "statistics": "refused", "how": "signed", "call_name": "Hawa"})
    click(page.forward)
    assert "not a phone number" in page.person.form.trouble("phone")
    assert page.person.form["phone"].value() == "12"
    assert page.person.form["call_name"].value() == "Hawa"
    assert lists.client_count(store) == 0
    page.person.form["phone"].set_value("0911234567")
    assert page.person.form.trouble("phone") == ""


def test_nothing_is_asked_away_an_open_answer_is_named(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    page.next()
    click(page.forward)
    for name in ("call_name", "record", "statistics"):
        assert page.person.form.trouble(name), name
    assert lists.client_count(store) == 0


def test_danger_is_said_in_red_and_kept_with_the_registration(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    click(page.safety.danger.controls()[0])
    assert page.safety.help.isVisible()
    page.next()
    page.person.form.fill({"call_name": "Almaz", "record": "given", "statistics": "given", "how": "verbal"})
    click(page.forward)
    settle(qtbot, desk)
    with store.read() as session:
        contact = counselling.of_client(session, desk.page.id)[0]
        assert contact.danger == "yes"
        spoken = consents.of_client(session, desk.page.id)[0]
        assert spoken.certified_by == store.officer
    settle(qtbot, desk)
    assert "immediate danger" in _said(desk.page)


def test_where_it_is_not_safe_to_talk_the_screen_says_stop(desk: Window, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    click(page.safety.safe_to_talk.controls()[1])
    assert page.safety.stop.isVisible()
    assert "Nothing has been kept" in page.safety.stop.words.text()


def test_a_draft_survives_another_page_a_lock_and_another_morning(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    page.next()
    typed(page.person.form["call_name"].controls()[0], "Hawa")
    page.person.form.fill({"record": "given"})
    desk.show_page("today")
    settle(qtbot, desk)
    assert "registration to finish" in " ".join(b.text() for b in desk.page.findChildren(QPushButton))
    page = _register(desk, qtbot)
    assert page.person.form["call_name"].value() == "Hawa"
    typed(page.person.form["call_name"].controls()[0], "tu")
    desk.lock()
    from mrc_app import store as centre_files

    opened = centre_files.open(store.path, login=LOGIN, password=PASSWORD, settings=store.path.parent / "other")
    desk.enter(opened)
    page = _register(desk, qtbot)
    assert page.person.form["call_name"].value() == "Hawatu"
    assert page.person.form["record"].value() == "given"
    click(page.afresh)
    assert page.person.form["call_name"].value() is None
    with opened.plain() as connection:
        assert drafts.keys(connection, opened.officer) == []


def test_somebody_who_wants_no_record_leaves_none(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    page.next()
    typed(page.person.form["call_name"].controls()[0], "Hawa")
    click(page.without)
    settle(qtbot, desk)
    assert type(desk.page).__name__ == "TallyPage"
    assert lists.client_count(store) == 0
    assert store.draft("register") is None
    page = _register(desk, qtbot)
    assert page.person.form["call_name"].value() is None


def test_a_change_of_language_keeps_what_was_typed(desk: Window, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    page.next()
    page.person.open(True)
    typed(page.person.form["call_name"].controls()[0], "Hawa")
    typed(page.person.form["district"].controls()[0], "Kombolcha")
    desk.desk.settings.language = "ar"
    desk.dress()
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, RegisterPage)
    assert page.person.form["call_name"].value() == "Hawa"
    assert page.person.form["district"].value() == "Kombolcha"
    assert page.person.form["district"].isVisible()


def _names(page: ClientsPage) -> list[str]:
    model = page.people.people
    return [model.index(row).data(ROW).title for row in range(model.rowCount())]


def test_clients_are_found_while_one_types_and_all_come_back(desk: Window, three: list[str], qtbot: QtBot) -> None:
    page = _clients(desk, qtbot)
    assert len(_names(page)) == 3
    assert page.count.text().replace("\u2068", "").replace("\u2069", "") == "3 clients"
    typed(page.sought, "tig")
    qtbot.waitUntil(lambda: _names(page) == ["Tigist"])
    page.sought.clear()
    qtbot.waitUntil(lambda: len(_names(page)) == 3)
    qtbot.waitUntil(lambda: page.count.text().replace("\u2068", "").replace("\u2069", "") == "3 clients")
    page.sought.setText("ሀዋ")
    qtbot.waitUntil(lambda: _names(page) == ["ሐዋ"])


def test_nobody_found_says_so_and_what_to_try(desk: Window, three: list[str], qtbot: QtBot) -> None:
    page = _clients(desk, qtbot)
    typed(page.sought, "zzz")
    qtbot.waitUntil(page.nobody.isVisible)
    assert "Nobody found" in _said(page.nobody)


def test_an_answer_that_comes_too_late_is_dropped(desk: Window, three: list[str], qtbot: QtBot) -> None:
    from threading import Event

    from ui.pages.clients import read_clients

    page, go = _clients(desk, qtbot), Event()

    def slow(after: object, limit: int) -> object:
        go.wait(5)
        return read_clients(desk.desk.store, "Almaz", after, limit)

    page.people.people.ask(slow)  # type: ignore[arg-type]
    page.people.people.ask(lambda after, limit: read_clients(desk.desk.store, "Tigist", after, limit))
    qtbot.waitUntil(lambda: _names(page) == ["Tigist"])
    go.set()
    settle(qtbot, desk)
    assert _names(page) == ["Tigist"]


@pytest.mark.long
def test_standing_on_a_row_shows_her_beside_the_list(desk: Window, three: list[str], qtbot: QtBot) -> None:
    page = _clients(desk, qtbot)
    page.people.setFocus()
    page.people.setCurrentIndex(page.people.people.index(0))
    settle(qtbot, desk)
    assert page.panel.name.text() == "Almaz"
    _keys(KEY.Key_Down)
    settle(qtbot, desk)
    assert page.panel.name.text() == "Tigist"


@pytest.mark.long
def test_a_list_longer_than_a_page_is_read_on_as_it_is_scrolled(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        for number in range(130):
            make_client(session, call_name=f"Client {number:03}")
    page = _clients(desk, qtbot)
    assert page.people.people.rowCount() == 100
    page.people.scrollToBottom()
    qtbot.waitUntil(lambda: page.people.people.rowCount() == 130)
    assert _names(page) == sorted(_names(page))


@pytest.mark.long
def test_what_another_window_kept_is_shown_without_asking(
    desk: Window, three: list[str], store: Store, qtbot: QtBot
) -> None:
    page = _clients(desk, qtbot, three[0])
    with store.change(by=store.officer, do="clients.amend") as session:
        clients.amend(session, clients.by_uuid(session, three[0]), changes={"given": "Tigest"}, on=desk.desk.today())
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: page.panel.name.text() == "Tigest")


def test_today_shows_late_calls_with_the_words_that_are_safe(desk: Window, store: Store, qtbot: QtBot) -> None:
    today = desk.desk.today()
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(
            session,
            call_name="Tigist",
            phone="0911234567",
            phone_whose="brother",
            may_call="yes",
            cover_text="Meseret calls",
        )
        shy = make_client(session, call_name="Almaz", phone="0911234568", may_call="no")
        for person in (client, shy):
            agenda.add(
                session, due=today - timedelta(days=2), kind="call", on=today, by=store.officer, client=person.uuid
            )
    desk.show_page("today")
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, TodayPage)
    said = _said(page).replace("\u2068", "").replace("\u2069", "")
    assert "2 days late" in said
    assert "say: Meseret calls" in said
    assert "Do not call her." in said
    assert "234568" not in said.replace(" ", "").replace("\u00a0", "")
    assert page._counts["late"].number.text() == "2"


def test_a_task_done_leaves_today(desk: Window, store: Store, qtbot: QtBot) -> None:
    today = desk.desk.today()
    with store.change(by=store.officer, do="agenda.add") as session:
        task = agenda.add(session, due=today, text="Fetch the paper", on=today, by=store.officer).uuid
    desk.show_page("today")
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, TodayPage)
    assert "Fetch the paper" in _said(page)
    page.finish(task, "fetched")
    settle(qtbot, desk)
    assert "Fetch the paper" not in _said(page)
    with store.read() as session:
        assert agenda.due(session, today) == []


def test_every_page_is_reached_by_its_key(desk: Window, qtbot: QtBot) -> None:
    for key, name in (
        (KEY.Key_2, "ClientsPage"),
        (KEY.Key_4, "RecruitersPage"),
        (KEY.Key_5, "GrievancesPage"),
        (KEY.Key_6, "ReportsPage"),
        (KEY.Key_7, "DashboardPage"),
        (KEY.Key_8, "ExchangePage"),
        (KEY.Key_9, "SettingsPage"),
        (KEY.Key_1, "TodayPage"),
        (KEY.Key_N, "RegisterPage"),
    ):
        QTest.keyClick(desk, key, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, desk)
        assert type(desk.page).__name__ == name
    desk.desk.settings.language = "fr"
    desk.dress()
    settle(qtbot, desk)
    QTest.keyClick(desk, KEY.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert type(desk.page).__name__ == "ClientsPage"


@pytest.mark.long
def test_the_palette_goes_to_pages_and_to_people(desk: Window, three: list[str], qtbot: QtBot) -> None:
    from ui.palette import Palette

    palette = Palette(desk.desk, desk)
    palette.show()
    typed(palette.line, "settin")
    press(palette.line)
    settle(qtbot, desk)
    assert type(desk.page).__name__ == "SettingsPage"
    palette = Palette(desk.desk, desk)
    palette.show()
    typed(palette.line, "Tigist")
    qtbot.waitUntil(lambda: palette.found.count() > 0)
    press(palette.line)
    settle(qtbot, desk)
    assert isinstance(desk.page, ClientsPage)
    assert desk.page.id == three[0]


@pytest.mark.long
def test_the_centres_phone_is_kept_with_the_day_it_was_checked(desk: Window, store: Store, qtbot: QtBot) -> None:
    from ui.pages.settings import SettingsPage

    desk.show_page("settings")
    page = desk.page
    assert isinstance(page, SettingsPage)
    page.centre.fill({"phone": "0911", "phone_checked": None})
    page.save()
    assert "not a phone number" in page.centre.trouble("phone")
    page.centre.fill({"phone": "0911 234 567", "phone_checked": desk.desk.today()})
    page.save()
    assert store.centre().phone == "+251911234567"
    assert store.centre().phone_checked == desk.desk.today().isoformat()


@pytest.mark.long
def test_a_draft_thrown_away_comes_back_with_undo(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = _register(desk, qtbot)
    page.next()
    typed(page.person.form["call_name"].controls()[0], "Hawa")
    page.keep_draft()
    click(page.afresh)
    assert store.draft("register") is None
    assert desk.toast.isVisible()
    click(desk.toast.undo)
    settle(qtbot, desk)
    assert isinstance(desk.page, RegisterPage)
    assert desk.page.person.form["call_name"].value() == "Hawa"
    assert not desk.toast.isVisible()


def test_a_small_question_has_its_buttons_in_the_screens_language(desk: Window, qtbot: QtBot) -> None:
    from ui.widgets.dialogs import AskText

    desk.desk.settings.language = "ar"
    desk.dress()
    asked = AskText(desk, "تم", "؟")
    assert asked.no.text() != "Cancel"
    asked.show()
    typed(asked.field.line, "reached")
    press(asked.field.line)
    assert asked.result() == 1
    assert asked.field.value() == "reached"
