"""Backups on the screen: said on Today, made and tried from the page, put back beside the file that stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mrc_app.store import copies, going_back, room, stick
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, make_client
from tests.ui.acting import click, settle
from ui import backing_up
from ui.pages.backups import BackupsPage
from ui.pages.restore import RestorePage
from ui.window import Window


def said(page: QWidget) -> str:
    """Everything a page shows."""
    return bare("\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible()))


def bare(text: str) -> str:
    """Words without the marks that keep numbers in order."""
    return text.replace("\u2068", "").replace("\u2069", "")


def turned(desk: Window, name: str, qtbot: QtBot, id: str = "") -> QWidget:
    """A page of the window, settled."""
    desk.show_page(name, id)
    settle(qtbot, desk)
    return desk.page


def _client(store: Store) -> None:
    with store.change(by=store.officer, do="clients.register") as session:
        make_client(session)


def test_today_says_that_there_is_no_backup_and_the_first_start_of_the_day_makes_one(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    assert "There is no backup of this centre file yet." in said(desk.page)
    automatic = backing_up.of(desk.desk)
    automatic.run(store)
    settle(qtbot, desk)
    assert automatic.trouble is None
    made = copies.in_folder(copies.folder_of(store.path), "centre")
    assert [copy.verified for copy in made] == [True]
    assert room.ballast(store.path).exists()
    assert "backup" not in said(desk.page).lower(), "all is well, so Today says nothing"
    with store.plain() as connection:
        state = copies.state(connection, store.path, automatic.folder(store), datetime.now(UTC))
    assert (state.rehearsed, state.rehearsed_ok) == (desk.desk.today(), True)


def test_a_backup_folder_that_is_gone_is_said_on_today(
    desk: Window, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "stick").write_text("a file where a folder should be")
    desk.desk.settings.backups = str(tmp_path / "stick")
    automatic = backing_up.of(desk.desk)
    automatic.run(store)
    settle(qtbot, desk)
    assert automatic.trouble is not None
    assert "cannot be written" in said(desk.page)


def test_an_old_backup_is_said_on_today(desk: Window, store: Store, qtbot: QtBot) -> None:
    copies.make(store.path, store.key, copies.folder_of(store.path), datetime.now(UTC) - timedelta(days=9))
    assert "The last backup is 9 days old." in said(turned(desk, "today", qtbot))


def test_back_up_now_and_try_a_restore(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = turned(desk, "backups", qtbot)
    assert isinstance(page, BackupsPage)
    assert "No backup yet" in said(page)
    click(page.now)
    settle(qtbot, desk)
    assert "verified" in said(page)
    assert "Last backup:" in page.last.text()
    click(page.trial)
    settle(qtbot, desk)
    assert page.rehearsed.text().startswith("Rehearsed on")
    assert page.troubles == []


def test_locking_and_closing_make_a_copy_of_what_was_written(desk: Window, store: Store, qtbot: QtBot) -> None:
    folder = copies.folder_of(store.path)
    _client(store)
    desk.lock()
    settle(qtbot, desk)
    assert len(copies.in_folder(folder)) == 1
    assert not desk.desk.is_open


def test_a_copy_for_a_stick_shows_its_sheet_once(desk: Window, store: Store, qtbot: QtBot, tmp_path: Path) -> None:
    page = turned(desk, "backups", qtbot)
    assert isinstance(page, BackupsPage)
    click(page.to_stick)
    panel = page.stick
    panel.form.fill({"folder": str(tmp_path / "stick"), "passphrase": "short"})
    panel.make()
    settle(qtbot, desk)
    assert "at least 10" in panel.form.trouble("passphrase")
    panel.form.fill({"passphrase": "a phrase for the stick"})
    panel.make()
    settle(qtbot, desk)
    assert panel.sheet.isVisible()
    assert panel.form["passphrase"].value() is None
    panel.begin()
    assert not panel.sheet.isVisible()
    assert [copy.kind for copy in copies.in_folder(tmp_path / "stick", stick.STEM)] == ["stick"]


@pytest.mark.long
def test_a_copy_is_looked_at_and_restored_beside_the_file(desk: Window, store: Store, qtbot: QtBot) -> None:
    _client(store)
    copy = copies.make(store.path, store.key, copies.folder_of(store.path))
    page = turned(desk, "restore", qtbot, str(copy.file))
    assert isinstance(page, RestorePage)
    assert "1 client" in bare(page.what.text())
    assert "nothing is wrong" in page.age.text()
    before = store.path.read_bytes()
    to = page.target()
    click(page.do)
    settle(qtbot, desk)
    assert to.exists()
    assert store.path.read_bytes() == before
    click(page.open)
    settle(qtbot, desk)
    assert desk.desk.settings.centre == str(to)
    assert not desk.desk.is_open


def test_a_damaged_copy_is_refused_on_the_page(desk: Window, store: Store, qtbot: QtBot) -> None:
    copy = copies.make(store.path, store.key, copies.folder_of(store.path))
    raw = bytearray(copy.file.read_bytes())
    raw[50_000] ^= 1
    copy.file.write_bytes(raw)
    page = turned(desk, "restore", qtbot, str(copy.file))
    assert isinstance(page, RestorePage)
    assert "is damaged" in said(page)
    assert not page.inside.isVisible()


def test_before_anything_is_open_a_copy_is_restored_with_its_password(
    window: Window, store: Store, qtbot: QtBot
) -> None:
    _client(store)
    copy = copies.make(store.path, store.key, copies.folder_of(store.path))
    store.close()
    store.path.unlink()
    window.desk.settings.centre = str(store.path)
    window.show_page("unlock")
    click(window.page.put_back)  # type: ignore[attr-defined]
    page = window.page
    assert isinstance(page, RestorePage)
    page.choose(copy.file)
    page.form.fill({"login": LOGIN, "password": "not the password"})
    page.look()
    settle(qtbot, window)
    assert "not right" in said(page)
    page.form.fill({"password": PASSWORD})
    page.look()
    settle(qtbot, window)
    assert "1 client" in bare(page.what.text())
    to = page.target()
    click(page.do)
    settle(qtbot, window)
    assert to.exists()


def test_going_back_before_the_upgrade_is_offered_where_there_was_one(desk: Window, store: Store, qtbot: QtBot) -> None:
    page = turned(desk, "backups", qtbot)
    assert "Before the last upgrade" not in said(page)
    copy = copies.make(store.path, store.key, copies.folder_of(store.path))
    for file in copy.file.parent.glob(f"{copy.file.stem}.*"):
        ending = file.name.removeprefix(copy.file.stem)
        file.rename(store.path.with_name(f"{store.path.stem}.before-upgrade-20260101T000000000000Z{ending}"))
    _client(store)
    page = turned(desk, "backups", qtbot)
    assert isinstance(page, BackupsPage)
    assert "Before the last upgrade" in said(page)
    page.go_back()
    settle(qtbot, desk)
    assert not desk.desk.is_open
    assert len(list(store.path.parent.glob("centre.after-upgrade-*.mrc"))) == 1
    assert going_back.copies(store.path)
