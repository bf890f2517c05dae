"""A second computer joins a centre at the screen: from the key of the other desk to its first morning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import select

from mrc_app.casework.clients import Client
from mrc_app.exchange import desk_keys, desk_new
from mrc_app.store import keys
from mrc_app.store.centre import Store
from tests.exchange import desks
from tests.make import LOGIN
from tests.store.test_receiving import a_client
from tests.ui.acting import settle
from ui.pages.join import JoinPage
from ui.window import Window

PASSWORD = "seven blue donkeys"


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Password guesses as cheap as the format allows."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


@pytest.fixture
def page(window: Window) -> Iterator[JoinPage]:
    """The page, from the ways to begin."""
    window.page.welcome.join.click()  # type: ignore[attr-defined]
    assert isinstance(window.page, JoinPage)
    yield window.page


def begin(page: JoinPage, qtbot: QtBot, window: Window, store: Store, path: Path) -> None:
    """Fills the first three steps."""
    own = desk_keys.own(store)
    page.other.form.fill({"join": own.recipient.upper(), "name": "Desk 2", "path": str(path)})
    page.next()
    page.you.form.fill({"login": LOGIN, "password": PASSWORD, "again": PASSWORD})
    page.next()
    settle(qtbot, window)
    assert page.at == 2
    page.recovery.form.fill({"sheet": page.recovery.sheet})
    page.next()
    assert page.at == 3


def test_a_second_computer_joins_a_centre_without_a_command(
    page: JoinPage, window: Window, qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    uuid = a_client(store, call_name="Tigist")
    begin(page, qtbot, window, store, tmp_path / "second.mrc")
    assert window.desk.joining is not None
    desks.trust(store, desk_keys.own(window.desk.joining).recipient, "Desk 2")
    page.take_in(desks.parcel(store, "Desk 2"))
    settle(qtbot, window)
    assert window.at == "today" and window.desk.joining is None
    assert window.desk.read(lambda session: session.exec(select(Client.uuid)).all()) == [uuid]
    assert window.desk.store.desk_name == "Desk 2" and not desk_new.waits(window.desk.store)


def test_a_desk_that_waits_goes_on_where_it_was_left_when_it_is_unlocked(
    page: JoinPage, window: Window, qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    begin(page, qtbot, window, store, tmp_path / "second.mrc")
    assert window.desk.joining is not None
    key = desk_keys.own(window.desk.joining).recipient
    window.desk.give_up()
    window._forget("join")
    window.show_page("unlock")
    window.page.form.fill({"login": LOGIN, "password": PASSWORD})  # type: ignore[attr-defined]
    window.page.unlock()  # type: ignore[attr-defined]
    settle(qtbot, window)
    assert isinstance(window.page, JoinPage) and window.page.at == 3
    desks.trust(store, key, "Desk 2")
    window.page.take_in(desks.parcel(store, "Desk 2"))
    settle(qtbot, window)
    assert window.at == "today"


def test_a_wrong_key_a_wrong_parcel_and_a_stranger_are_told_in_a_sentence(
    page: JoinPage, window: Window, qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    page.other.form.fill({"join": "age1 nonsense", "name": "", "path": str(store.path)})
    page.next()
    assert page.at == 0
    assert {name for name in ("join", "name", "path") if page.other.form.trouble(name)} == {"join", "name", "path"}
    begin(page, qtbot, window, store, tmp_path / "second.mrc")
    wrong = tmp_path / "letter.parcel"
    wrong.write_text("Dear colleague")
    page.take_in(wrong)
    settle(qtbot, window)
    assert page.banner.words.text() and page.parcel.take.isEnabled() and window.desk.joining is not None
