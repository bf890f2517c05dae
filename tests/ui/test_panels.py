"""The tabs of the client page: details, consents, journey, family, driven by click and key on a real centre file."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.casework import clients, consents, households, journeys
from mrc_app.casework.consents import Purpose, Standing
from mrc_app.store.centre import Store
from tests.make import make_client, make_journey
from tests.ui.acting import click, press, settle, typed
from ui.window import Window


@pytest.fixture
def tigist(store: Store) -> str:
    """A client whose year of birth is known in the Ethiopian calendar."""
    with store.change(by=store.officer, do="clients.register") as session:
        born = {"year": "1995", "calendar": "ethiopian", "estimated": True}
        client = make_client(session, call_name="Tigist", language="am", phone="0911234567", birth=born)
        return client.uuid


def tab(desk: Window, client: str, name: str, qtbot: QtBot) -> Any:
    """A tab of the client page, turned to by its button."""
    desk.show_page("clients", client)
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.panel.tabs.buttons[name])
    settle(qtbot, desk)
    return page.panel._panels[name]


def told(panel: Any) -> str:
    """Every word that can be read on a panel."""
    from PySide6.QtWidgets import QLabel

    marks = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
    return "\n".join(part.text() for part in panel.findChildren(QLabel) if part.isVisible()).translate(marks)


def test_an_estimated_birth_is_shown_in_both_calendars_and_marked(desk: Window, tigist: str, qtbot: QtBot) -> None:
    panel = tab(desk, tigist, "details", qtbot)
    words = told(panel)
    assert "1995 (Ethiopian) · between 11 September 2002 and 11 September 2003" in words
    assert "estimated" in words


@pytest.mark.long
def test_a_group_is_changed_in_place_and_only_what_was_changed_is_kept(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    panel = tab(desk, tigist, "details", qtbot)
    assert panel.open("cover_text")
    card = next(card for card in panel.cards if card.form is not None)
    typed(card.form["cover_text"].controls()[0], "Meseret calls")
    assert card.changes() == {"cover_text": "Meseret calls"}
    press(card.form["cover_text"].controls()[0], Qt.Key.Key_Tab)
    click(card.keep)
    settle(qtbot, desk)
    assert card.form is None
    assert "Meseret calls" in told(panel)
    with store.read() as session:
        assert clients.by_uuid(session, tigist).cover_text == "Meseret calls"


def test_a_refused_value_is_said_under_its_field_and_stays_typed(desk: Window, tigist: str, qtbot: QtBot) -> None:
    panel = tab(desk, tigist, "details", qtbot)
    panel.open("id_last4")
    card = next(card for card in panel.cards if card.form is not None)
    typed(card.form["id_last4"].controls()[0], "EP1234567")
    click(card.keep)
    assert card.form is not None
    assert "last four" in card.form.trouble("id_last4")
    assert card.form["id_last4"].value() == "EP1234567"
    press(card, Qt.Key.Key_Escape)
    assert card.form is None


@pytest.mark.long
def test_sensitive_questions_are_folded_away_until_they_are_wanted(desk: Window, tigist: str, qtbot: QtBot) -> None:
    panel = tab(desk, tigist, "details", qtbot)
    assert "Migration status" not in told(panel)
    click(panel.cards[-1].unfold)
    assert "Migration status" in told(panel)


def test_a_form_that_is_being_filled_survives_a_change_by_somebody_else(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    panel = tab(desk, tigist, "details", qtbot)
    panel.open("district")
    card = next(card for card in panel.cards if card.form is not None)
    typed(card.form["district"].controls()[0], "South Gondar")
    with store.change(by=store.officer, do="clients.amend") as session:
        client = clients.by_uuid(session, tigist)
        clients.amend(session, client, changes={"father": "Alemu"}, on=desk.desk.today())
    settle(qtbot, desk)
    assert card.form["district"].value() == "South Gondar"
    click(card.keep)
    with store.read() as session:
        client = clients.by_uuid(session, tigist)
        assert (client.district, client.father) == ("South Gondar", "Alemu")


def test_consent_is_asked_with_how_it_was_given_and_withdrawn_again(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    row = tab(desk, tigist, "consents", qtbot).rows[Purpose.CONTACT]
    click(row.ask)
    click(row.form["state"].controls()[0])
    click(row.ok)
    assert "Say how the consent was given" in row.form.trouble("how")
    row.form["how"].set_value("verbal")
    click(row.ok)
    settle(qtbot, desk)
    today = desk.desk.today()
    with store.read() as session:
        assert consents.matrix(session, tigist, today)[Purpose.CONTACT] is Standing.GIVEN
        assert consents.of_client(session, tigist)[-1].certified_by == store.officer
    click(row.take_back)
    typed(row.form["reason"].controls()[0], "her uncle asked")
    click(row.ok)
    settle(qtbot, desk)
    with store.read() as session:
        assert consents.matrix(session, tigist, today)[Purpose.CONTACT] is Standing.WITHDRAWN
    assert "her uncle asked" in told(row)


def test_an_unanswered_consent_is_not_kept(desk: Window, tigist: str, qtbot: QtBot) -> None:
    row = tab(desk, tigist, "consents", qtbot).rows[Purpose.STORY]
    click(row.ask)
    click(row.ok)
    assert row.form.trouble("state") == "Choose her answer."


def test_any_two_countries_make_a_journey_and_what_is_missing_is_named(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    panel = tab(desk, tigist, "journey", qtbot)
    panel.form["origin"].set_value("SN")
    panel.form["destination"].set_value("MR")
    click(panel.ok)
    settle(qtbot, desk)
    assert "This desk holds no facts for this corridor yet" in told(panel)
    assert "Employer" in {one.text() for one in panel.missing.findChildren(QPushButton)}
    form = panel.cards[1].form
    typed(form["wage"].amount.controls()[0], "1000.555")
    click(panel.cards[1].keep)
    assert form.trouble("wage")
    form["wage"].amount.set_value("1000")
    click(panel.cards[1].keep)
    with store.read() as session:
        journey = journeys.current(session, tigist)
        assert journey is not None
        assert (journey.corridor, journey.wage_minor, journey.wage_currency) == ("SN-MR", 100_000, "MRU")


@pytest.mark.long
def test_a_stage_is_reached_on_a_day_and_its_history_stays(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    with store.change(by=store.officer, do="journeys.plan") as session:
        make_journey(session, clients.by_uuid(session, tigist))
    panel = tab(desk, tigist, "journey", qtbot)
    panel.begin_stage()
    panel.form["stage"].set_value("travelling")
    click(panel.ok)
    settle(qtbot, desk)
    words = told(panel)
    assert "Planned" in words
    assert "Travelling" in words


@pytest.mark.long
def test_a_child_becomes_a_client_of_its_own_and_somebody_cares_for_it(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    panel = tab(desk, tigist, "family", qtbot)
    panel.begin()
    click(panel.ok)
    panel.child()
    panel.form.fill({"call_name": "Selam", "birth": {"age": "4"}, "left_behind": "yes"})
    click(panel.ok)
    assert panel.form.trouble("record_how")
    panel.form["record_how"].set_value("thumb")
    click(panel.ok)
    settle(qtbot, desk)
    assert "Nobody is named who cares for: Selam" in told(panel)
    panel.relative()
    panel.form.fill({"called": "Abeba", "relation": "parent", "left_behind": "yes"})
    click(panel.ok)
    grandmother = next(member for member in panel.members if member.called == "Abeba")
    child = next(member for member in panel.members if member.relation == "child")
    panel.care(grandmother)
    panel.form["cares_for"].set_value([child.uuid])
    click(panel.ok)
    settle(qtbot, desk)
    assert "cared for by Abeba" in told(panel)
    assert "Nobody is named" not in told(panel)
    with store.read() as session:
        home = households.of_client(session, tigist)
        assert home is not None
        assert len(households.members(session, home)) == 3
        assert child.client is not None
        assert clients.by_uuid(session, child.client).call_name == "Selam"


def test_chips_are_one_stop_for_tab_and_letters_jump(desk: Window, tigist: str, qtbot: QtBot) -> None:
    desk.show_page("counselling", tigist)
    settle(qtbot, desk)
    field: Any = desk.page.session["topics"]  # type: ignore[attr-defined]
    field.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_H)
    assert QApplication.focusWidget().text() == "Health"
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert field.value() == ["health"]
