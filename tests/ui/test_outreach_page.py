"""A day outside, on the screen: the queue with its ticks, the file, and coming home."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mrc_app import store as centre_files
from mrc_app.casework import agenda, clients
from mrc_app.errors import MrcError
from mrc_app.store import keys
from mrc_app.store.centre import Store
from tests.make import LOGIN, make_client
from tests.ui.acting import click, settle, typed
from ui.settings import settings_path
from ui.window import Window

AWAY = "tables in the park"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least costly guess the program still accepts."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


def test_the_queue_goes_along_and_comes_home_and_the_file_is_destroyed(
    desk: Window, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    today = desk.desk.today()
    with store.change(by=store.officer, do="clients.register") as session:
        found = {name: make_client(session, call_name=name, on=today).uuid for name in ("Liza", "Dewi", "Awa")}
        for name, days in (("Liza", 0), ("Dewi", -3), ("Awa", 5)):
            agenda.add(session, due=today + timedelta(days=days), text="table", on=today, by=store.officer,
                       client=found[name], kind="visit")  # fmt: skip
    desk.show_page("today")
    click(next(part for part in desk.page.findChildren(QWidget) if part.accessibleName() == "A day outside"))
    settle(qtbot, desk)
    page = desk.page
    assert sorted(box.accessibleName() for box in page._boxes.values()) == ["Dewi", "Liza"]  # type: ignore[attr-defined]
    assert page.form["password"].controls()[0].hasFocus()  # type: ignore[attr-defined]
    page._boxes[found["Dewi"]].click()  # type: ignore[attr-defined]
    out = tmp_path / "park.mrc"
    typed(page.form["password"].controls()[0], AWAY)  # type: ignore[attr-defined]
    typed(page.form["again"].controls()[0], "another one")  # type: ignore[attr-defined]
    page.pack(str(out))  # type: ignore[attr-defined]
    assert "not the same" in page.form.trouble("again")  # type: ignore[attr-defined]
    assert not out.exists()
    page.form.fill({"again": AWAY})  # type: ignore[attr-defined]
    page.pack(str(out))  # type: ignore[attr-defined]
    settle(qtbot, desk)
    assert page.form["password"].value() is None  # type: ignore[attr-defined]
    away = centre_files.open(out, login=LOGIN, password=AWAY, settings=settings_path().parent)
    with away.change(by=away.officer, do="clients.amend") as session:
        liza = clients.by_uuid(session, found["Liza"])
        clients.amend(session, liza, changes={"district": "Wan Chai"}, on=today, home="ET")
    with away.read() as session, pytest.raises(MrcError):
        clients.by_uuid(session, found["Dewi"])
    away.close()
    page.bring_home(str(out))  # type: ignore[attr-defined]
    settle(qtbot, desk)
    with store.read() as session:
        assert clients.by_uuid(session, found["Liza"]).district == "Wan Chai"
    click(page.destroy_button)  # type: ignore[attr-defined]
    assert out.exists(), "the first press only asks"
    click(page.destroy_button)  # type: ignore[attr-defined]
    assert not out.exists()
    assert not keys.beside(out).exists()
