"""One person registered twice, on the screen: found while she is typed, linked and unlinked by clicks, shown once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mrc_app.casework import clients, duplicates
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.officers import Centre
from tests.make import make_client
from tests.ui.acting import click, settle, typed
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
    desk: Window, store: Store, abebe: Store, qtbot: QtBot
) -> None:
    from sqlmodel import select

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
