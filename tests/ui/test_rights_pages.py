"""What is hers by right, and what others ask about her, driven by click on a real centre file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mrc_app.casework import counselling, requests
from mrc_app.store import lists, saved_files
from mrc_app.store.centre import Store
from tests.make import TODAY, make_client
from tests.ui.acting import click, settle
from tests.ui.test_panels import tab, told
from ui.window import Window


@pytest.fixture
def tigist(store: Store) -> str:
    with store.change(by=store.officer, do="clients.register") as session:
        return make_client(session, call_name="Tigist", language="am").uuid


def page(desk: Window, name: str, qtbot: QtBot) -> Any:
    desk.show_page(name)
    settle(qtbot, desk)
    return desk.page


def button(parent: Any, name: str) -> Any:
    """The button with these words in its accessible name."""
    from PySide6.QtWidgets import QPushButton

    return next(part for part in parent.findChildren(QPushButton) if name in part.accessibleName() and part.isVisible())


def test_a_client_is_hidden_and_erased_for_good(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    card = tab(desk, tigist, "papers", qtbot).rights
    click(card.erase)
    card.form["because"].set_value("asked")
    click(card.ok)
    settle(qtbot, desk)
    assert lists.client_count(store) == 0
    rights = page(desk, "rights", qtbot)
    assert "She asked for it" in told(rights)
    click(button(rights, "Erase for good"))
    settle(qtbot, desk)
    assert "She asked for it" not in told(rights)
    with store.plain() as connection:
        assert connection.execute("SELECT count(*) FROM erased").fetchone() == (1,)


@pytest.mark.long
def test_a_hidden_client_is_shown_again(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    card = tab(desk, tigist, "papers", qtbot).rights
    click(card.erase)
    card.form["because"].set_value("mistake")
    click(card.ok)
    settle(qtbot, desk)
    rights = page(desk, "rights", qtbot)
    click(button(rights, "Show again"))
    settle(qtbot, desk)
    assert lists.client_count(store) == 1


def test_a_hold_for_a_law_stops_an_erasure_with_a_sentence(desk: Window, tigist: str, qtbot: QtBot) -> None:
    card = tab(desk, tigist, "papers", qtbot).rights
    click(card.hold)
    click(card.ok)
    assert "Name the law" in card.form.trouble("basis")
    card.form["basis"].set_value("Labour court 12/2026")
    click(card.ok)
    assert card.form is None
    click(card.erase)
    card.form["because"].set_value("asked")
    click(card.ok)
    assert "Labour court 12/2026" in card.form.banner.words.text()


def test_her_own_record_goes_only_where_it_is_safe(
    desk: Window, store: Store, tigist: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = tab(desk, tigist, "papers", qtbot).rights
    target = tmp_path / "out" / "record.pdf"
    target.parent.mkdir()
    monkeypatch.setattr(card, "choose", lambda name: str(target))
    click(card.own)
    click(card.ok)
    assert "Choose where" in card.form.banner.words.text()
    card.form["where"].set_value("shared")
    click(card.ok)
    assert "hers alone" in card.form.banner.words.text() and not target.exists()
    card.form["where"].set_value("hers")
    click(card.ok)
    settle(qtbot, desk)
    assert card.form is None
    assert target.read_bytes().startswith(b"%PDF")
    assert json.loads(target.with_suffix(".json").read_text())["person"][0]["call_name"] == "Tigist"
    assert len(saved_files.listed(store)) == 2
    with store.read() as session:
        [given] = counselling.handouts(session, tigist)
        assert (given.what, given.version, given.phone_private) == ("other", "own record", "yes")

    rights = page(desk, "rights", qtbot)
    assert "record.pdf" in told(rights)
    click(button(rights, "Delete the file: record.pdf"))
    settle(qtbot, desk)
    assert not target.exists() and "record.pdf" not in told(rights)


def test_a_request_is_written_down_decided_and_answered(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    register = page(desk, "requests", qtbot)
    assert "No requests yet" in told(register)
    click(register.new)
    click(register.ok)
    assert register.form.trouble("authority")
    register.form.fill({"authority": "Police", "asked": "her address", "in_writing": "no", "asked_on": TODAY})
    click(register.ok)
    settle(qtbot, desk)
    assert "Police" in told(register) and "not in writing" in told(register)
    click(button(register, "Decide: Police"))
    register.form.fill({"decision": "given", "reason": "they insist"})
    click(register.ok)
    assert "in writing" in register.form.trouble("decision")
    register.form.fill({"decision": "refused", "reason": "no order of a court"})
    click(register.ok)
    settle(qtbot, desk)
    assert "no order of a court" in told(register)
    click(button(register, "It came in writing"))
    settle(qtbot, desk)
    click(button(register, "Decide: Police"))
    register.form.fill({"decision": "partly", "reason": "court order 7"})
    click(register.ok)
    settle(qtbot, desk)
    click(button(register, "Write down what was given"))
    register.form.fill({"given": "the day of her registration"})
    click(register.ok)
    settle(qtbot, desk)
    with store.read() as session:
        (one,) = requests.register(session)
        assert (one.decision.value, one.given) == ("partly", "the day of her registration")
