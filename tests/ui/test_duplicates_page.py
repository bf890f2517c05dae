"""One person registered twice, on the screen: found while she is typed, linked and unlinked by clicks, shown once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mrc_app.casework import clients, consents, duplicates
from mrc_app.casework.consents import Purpose
from mrc_app.store import lists, officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.officers import Centre
from tests.make import NO, TODAY, YES, make_client
from tests.ui.acting import click, settle, typed
from ui.panels.likely import LikelyPeople
from ui.window import Window

HAWA: dict[str, Any] = {
    "call_name": "Hawwa",
    "given": "Hawwa",
    "father": "Mohammed",
    "native": "ሐዋ መሐመድ",
    "sex": "female",
    "birth": {"year": 2001},
    "phone": "+251911234567",
    "district": "Kombolcha",
}
SINCE = "2026-11-20T08:00:00Z"


@pytest.fixture
def hawa(store: Store) -> str:
    """Hawa, and some who are not her."""
    with store.change(by=store.officer, do="clients.register") as session:
        made = make_client(session, **HAWA).uuid
        for given, father in (("Hirut", "Bekele"), ("Almaz", "Tesfaye"), ("Dawit", "Mohammed")):
            make_client(session, call_name=given, given=given, father=father, sex="female", birth={"age": 40})
    return made


@pytest.fixture
def abebe(desk: Window, store: Store, hawa: str, qtbot: QtBot) -> Iterator[Store]:
    """A colleague from whom Hawa is kept, at his own desk."""
    with store.change(by=store.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe")
    with store.change(by=store.officer, do="clients.restrict") as session:
        restrictions.restrict(session, client=hawa, officers=[store.officer], since=SINCE)
    made = Store(store.path, store.key, "abebe", "this computer")
    desk.enter(made)
    settle(qtbot, desk)
    yield made
    made.close()


def still(desk: Window, qtbot: QtBot, people: Any) -> None:
    """Until the keyboard has rested and the file has answered."""
    qtbot.waitUntil(lambda: not people._timer.isActive(), timeout=5_000)
    settle(qtbot, desk)


def registration(desk: Window, qtbot: QtBot) -> Any:
    """The second step of a registration, with every field open."""
    desk.show_page("register")
    page: Any = desk.page
    page.next()
    page.person.open(True)
    settle(qtbot, desk)
    return page


def fill(page: Any, **said: str) -> None:
    """Types letter by letter; scripts a keyboard of the test cannot make come in as an input method gives them."""
    for name, text in said.items():
        line = page.person.form[name].controls()[0]
        assert isinstance(line, QLineEdit)
        if text.isascii():
            typed(line, text)
        else:
            line.insert(text)


def answer(page: Any) -> None:
    """What must be answered before she is registered."""
    page.person.form.fill({"record": "given", "statistics": "given", "how": "signed"})


def names(people: Any) -> list[str]:
    """The people shown, as they can be read."""
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
    return [row.name.text().translate(marks).split(" · ")[0] for row in people.rows if row.isVisible()]


@pytest.mark.parametrize(
    "said", [{"given": "Hawa", "father": "Mohamed"}, {"native": "ሀዋ መሃመድ"}, {"native": "حواء محمد"}]
)
def test_a_name_typed_in_any_script_shows_her_with_reasons(
    desk: Window, hawa: str, qtbot: QtBot, said: dict[str, str]
) -> None:
    page = registration(desk, qtbot)
    people = page.person.likely
    assert not people.isVisible()
    fill(page, phone="0911 23 45 67", **said)
    still(desk, qtbot, people)
    assert people.isVisible() and names(people) == ["Hawwa Mohammed"]
    assert "ame phone" in people.rows[0].reasons.text() and "%" not in people.rows[0].reasons.text()
    assert not people.rows[0].against.isVisible()


@pytest.mark.long
def test_what_speaks_against_her_stands_apart_in_the_colour_of_a_warning(desk: Window, hawa: str, qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    page.person.form["sex"].set_value("male")
    fill(page, given="Hawwa", father="Mohammed", phone="0911234567")
    still(desk, qtbot, page.person.likely)
    row = page.person.likely.rows[0]
    assert "Same name" in row.reasons.text() and "other sex" not in row.reasons.text()
    assert row.against.isVisible() and row.against.text() == "But the other sex"
    assert row.against.property("role") == "caution"


def test_this_is_her_opens_her_record_and_the_draft_stays(desk: Window, hawa: str, qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    fill(page, call_name="Hawa", given="Hawa", father="Mohamed")
    still(desk, qtbot, page.person.likely)
    click(page.person.likely.rows[0].her)
    settle(qtbot, desk)
    assert desk.at == "clients" and desk.page.id == hawa
    desk.show_page("register")
    settle(qtbot, desk)
    assert page.person.form["given"].value() == "Hawa"


@pytest.mark.long
def test_somebody_else_puts_her_aside_for_this_registration(desk: Window, hawa: str, qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    fill(page, call_name="Hawa", given="Hawa", father="Mohamed")
    still(desk, qtbot, page.person.likely)
    click(page.person.likely.rows[0].other)
    settle(qtbot, desk)
    assert not page.person.likely.isVisible()
    fill(page, phone="0911234567")
    still(desk, qtbot, page.person.likely)
    assert names(page.person.likely) == []
    desk.show_page("today")
    desk.show_page("register")
    still(desk, qtbot, page.person.likely)
    assert names(page.person.likely) == [], "the draft remembers it"
    page.start_afresh()
    page.next()
    page.person.open(True)
    fill(page, given="Hawa", father="Mohamed", phone="0911234567")
    still(desk, qtbot, page.person.likely)
    assert names(page.person.likely) == ["Hawwa Mohammed"]


@pytest.mark.long
def test_nothing_stops_her_from_being_registered(desk: Window, store: Store, hawa: str, qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    fill(page, call_name="Hawa", given="Hawwa", father="Mohammed", phone="0911234567")
    answer(page)
    still(desk, qtbot, page.person.likely)
    assert names(page.person.likely) == ["Hawwa Mohammed"]
    click(page.forward)
    settle(qtbot, desk)
    assert desk.at == "clients" and desk.page.id not in ("", hawa)


def test_an_answer_that_later_typing_overtook_is_dropped(desk: Window, hawa: str, qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    people = page.person.likely
    fill(page, given="Hawwa", father="Mohammed", phone="0911234567")
    people.look()
    page.person.form.fill({"given": "Zenebech", "father": "Worku", "phone": None})
    people.look()
    settle(qtbot, desk)
    assert names(people) == []


def test_looking_leaves_the_window_free(desk: Window, hawa: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from mrc_app.casework import duplicate_search

    threads: list[threading.Thread] = []
    look = duplicate_search.look

    def watched(*asked: Any, **named: Any) -> Any:
        threads.append(threading.current_thread())
        return look(*asked, **named)

    monkeypatch.setattr(duplicate_search, "look", watched)
    page = registration(desk, qtbot)
    fill(page, given="Hawwa", father="Mohammed")
    assert threads == [], "not between two keys"
    still(desk, qtbot, page.person.likely)
    assert len(threads) == 1 and threads[0] is not threading.main_thread()


def test_an_outsider_is_never_shown_a_restricted_client(desk: Window, abebe: Store, qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    fill(page, call_name="Hawwa", given="Hawwa", father="Mohammed", phone="0911234567")
    answer(page)
    still(desk, qtbot, page.person.likely)
    assert names(page.person.likely) == [] and not page.person.likely.isVisible()
    click(page.forward)
    settle(qtbot, desk)
    assert desk.at == "clients", "and nothing is said at saving either"


def test_where_the_centre_wants_it_one_sentence_sends_him_to_the_supervisor(
    desk: Window, store: Store, abebe: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen's part; whether a hidden record is likely is the casework's answer, tested there."""
    from sqlmodel import select

    from mrc_app.casework import duplicate_search

    monkeypatch.setattr(duplicate_search, "ask_supervisor", lambda store, typed, today: typed["father"] == "Mohammed")
    with store.change(by=store.officer, do="centre.amend") as session:
        centre = session.exec(select(Centre)).one()
        centre.settings = {**centre.settings, "tell_hidden_duplicates": True}
        session.add(centre)
    abebe.tell(frozenset({"centre"}))
    page = registration(desk, qtbot)
    fill(page, call_name="Hawwa", given="Hawwa", father="Mohammed", native="ሐዋ መሐመድ", phone="0911234567")
    answer(page)
    still(desk, qtbot, page.person.likely)
    click(page.forward)
    settle(qtbot, desk)
    assert desk.at == "register" and names(page.person.likely) == []
    assert page.hidden.isVisible() and page.hidden.words.text() == "Ask your supervisor before you register her."
    assert page.forward.text() == "Register all the same"
    click(page.forward)
    settle(qtbot, desk)
    assert desk.at == "clients"


@pytest.fixture
def hawas(store: Store, hawa: str) -> tuple[str, str]:
    """Hawa, and a second record of hers, whose answer to a call was no."""
    with store.change(by=store.officer, do="clients.register") as session:
        again = make_client(session, call_name="Hawa", given="Hawa", father="Muhamed", birth={"year": 2002})
        for client, said in ((hawa, YES), (again.uuid, NO)):
            consents.ask(session, client=client, purpose=Purpose.CONTACT, said=said, by=store.officer, on=TODAY)
        return hawa, again.uuid


def opened(desk: Window, client: str, qtbot: QtBot) -> Any:
    """The line of one person on a client's page."""
    desk.show_page("clients", client)
    settle(qtbot, desk)
    page: Any = desk.page
    return page.panel.one


def pressed(part: QWidget, name: str) -> None:
    """Clicks the button with this name."""
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
    shown = [one for one in part.findChildren(QAbstractButton) if one.isVisible()]
    named = [one for one in shown if name in one.accessibleName().translate(marks)]
    assert named, f"no button {name}"
    click(named[0])


def words(part: QWidget) -> str:
    """Every word that can be read on a part of the screen."""
    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069\u00a0"))
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible()).translate(marks)


def merge(store: Store, one: str, other: str) -> None:
    with store.change(by=store.officer, do="duplicates.merge") as session:
        both = [clients.by_uuid(session, uuid) for uuid in (one, other)]
        duplicates.merge(session, one=both[0], other=both[1], by=store.officer, on=TODAY)


def test_two_records_are_linked_and_the_link_is_taken_apart_by_clicks(
    desk: Window, store: Store, hawas: tuple[str, str], qtbot: QtBot
) -> None:
    first, again = hawas
    line = opened(desk, first, qtbot)
    assert "One person" not in words(line)
    pressed(line, "Same person as")
    typed(line.same.sought.line, "Muhamed")
    qtbot.waitUntil(lambda: not line.same._timer.isActive())
    settle(qtbot, desk)
    pressed(line.same, "Muhamed")
    settle(qtbot, desk)
    told = words(line.same)
    for said in ("Hawwa Mohammed", "Hawa Muhamed", "2001", "2002", "different", "strictest consent"):
        assert said in told
    typed(line.same.form["reason"].line, "same mother")
    click(line.same.ok)
    settle(qtbot, desk)
    assert "One person, 2 records" in words(line) and line.same is None
    page: Any = desk.page
    assert page.people.people.total == 4 == lists.client_count(store)
    with store.read() as session:
        assert duplicates.links(session, again)[0].reason == "same mother"
    pressed(line, "Take the link apart")
    typed(line.form["reason"].line, "two sisters")
    click(line.ok)
    settle(qtbot, desk)
    assert "One person" not in words(line) and page.people.people.total == 5
    with store.read() as session:
        assert duplicates.members(session, first) == [first]


@pytest.mark.long
def test_the_other_number_opens_the_other_record(
    desk: Window, store: Store, hawas: tuple[str, str], qtbot: QtBot
) -> None:
    first, again = hawas
    merge(store, first, again)
    line = opened(desk, first, qtbot)
    pressed(line, f"Open her record {line.known[0].number}")
    settle(qtbot, desk)
    assert desk.page.id == again and line.known[0].uuid == first


@pytest.mark.long
def test_a_link_can_be_taken_back_from_the_message(
    desk: Window, store: Store, hawas: tuple[str, str], qtbot: QtBot
) -> None:
    line = opened(desk, hawas[0], qtbot)
    line.ask_same(hawas[1])
    settle(qtbot, desk)
    click(line.same.ok)
    settle(qtbot, desk)
    assert line.known
    pressed(desk.toast, "")
    settle(qtbot, desk)
    assert line.known == []


def test_the_consents_of_one_person_show_the_strictest_answer(
    desk: Window, store: Store, hawas: tuple[str, str], qtbot: QtBot
) -> None:
    first, again = hawas
    merge(store, first, again)
    opened(desk, first, qtbot)
    page: Any = desk.page
    page.panel.turn("consents")
    settle(qtbot, desk)
    panel = page.panel._panels["consents"]
    assert "Refused" in words(panel.rows[Purpose.CONTACT])
    assert "strictest answer" in words(panel) and panel.numbers[again] in words(panel.rows[Purpose.CONTACT])


@pytest.mark.long
def test_a_name_that_is_amended_shows_who_else_she_may_be(
    desk: Window, store: Store, hawas: tuple[str, str], qtbot: QtBot
) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        third = make_client(session, call_name="Hawa", phone="0911234567").uuid
    line = opened(desk, third, qtbot)
    page: Any = desk.page
    page.panel.turn("details")
    settle(qtbot, desk)
    panel = page.panel._panels["details"]
    assert panel.open("father")
    card = next(card for card in panel.cards if card.form is not None)
    typed(card.form["father"].line, "Mohammed")
    (people,) = card.findChildren(LikelyPeople)
    still(desk, qtbot, people)
    assert "Hawwa Mohammed" in names(people) and third not in {one.uuid for one in people.found}
    click(people.rows[names(people).index("Hawwa Mohammed")].her)
    settle(qtbot, desk)
    assert "Hawwa Mohammed" in words(line.same) and card.form is not None, "what was typed stays"


@pytest.mark.long
def test_every_control_has_a_name(desk: Window, store: Store, hawas: tuple[str, str], qtbot: QtBot) -> None:
    page = registration(desk, qtbot)
    fill(page, given="Hawa", father="Mohamed", phone="0911234567")
    still(desk, qtbot, page.person.likely)
    parts = [page.person.likely]
    heard = [button.accessibleName() for row in page.person.likely.rows for button in (row.her, row.other)
             if row.isVisible()]  # fmt: skip
    assert len(heard) == len(set(heard)) > 0, "each answer says whose it is"
    merge(store, *hawas)
    line = opened(desk, hawas[0], qtbot)
    line.ask_same()
    parts.append(line)
    for part in parts:
        for control in part.findChildren(QWidget):
            if isinstance(control, (QAbstractButton, QLineEdit)) and control.isVisible():
                said = QAccessible.queryAccessibleInterface(control)
                assert said is not None and said.text(QAccessible.Text.Name).strip()
