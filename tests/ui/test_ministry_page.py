"""The ministry's desk on the screen, without a centre file: receives, says who is silent, adds up, publishes."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ministry.built import CENTRE, MINISTRY, Made
from tests.ui.acting import click, press, settle, typed
from ui.pages.ministry import MinistryPage
from ui.window import Window


def page_of(window: Window, qtbot: QtBot, folder: Path) -> MinistryPage:
    window.show_page("ministry")
    page = window.page
    assert isinstance(page, MinistryPage)
    keys = folder / "ministry.txt"
    keys.write_text(MINISTRY.identity, "ascii")
    page.form.fill({"place": f"sqlite:///{folder / 'm.db'}", "identity": str(keys)})
    settle(qtbot, window)
    return page


def texts(page: MinistryPage) -> str:
    from PySide6.QtWidgets import QLabel

    said = "\n".join(one.text() for one in page.findChildren(QLabel) if one.text())
    return said.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))


def test_from_the_unlock_screen_to_a_publication_without_a_centre_file(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_page("unlock")
    click(window.page.ministry)  # type: ignore[attr-defined]
    assert window.at == "ministry"
    page = page_of(window, qtbot, tmp_path)
    files = [Made(centre=f"ETH-AA-{number:02}").put(tmp_path) for number in range(3)]
    noise = tmp_path / "noise.age"
    noise.write_bytes(b"age-encryption.org/v1\nrubbish")
    page.receive([*files, files[0], noise])
    settle(qtbot, window)
    said = texts(page)
    assert "3 taken in" in said
    assert "1 here already" in said
    assert "The package is not sealed for this key, or it is damaged." in said
    assert len(page.senders.found) == 3
    page.figures.form.fill({"period": "2026-Q3"})
    press(page.figures.show_them)
    settle(qtbot, window)
    assert "By centre" in texts(page) or "Complainants" in texts(page)
    out = tmp_path / "out"
    page.figures.publish_to(out)
    settle(qtbot, window)
    assert sorted(path.suffix for path in out.iterdir()) == [".xlsx", ".zip"]
    assert "the auditor got none of them back" in texts(page)


def test_a_centre_is_written_into_the_register_and_shown_with_what_is_missing(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(window, qtbot, tmp_path)
    assert "There is no file" in texts(page)
    press(page.senders.add)
    typed(page.senders.form["code"].controls()[0], "eth aa")
    press(page.senders.save)
    settle(qtbot, window)
    assert "no centre code" in page.senders.form.trouble("code")
    page.senders.form.fill({"code": "ETH-AA-01", "name": "Addis", "recipient": CENTRE.recipient})
    press(page.senders.save)
    settle(qtbot, window)
    page.receive([Made(period=period, seq=seq).put(tmp_path) for seq, period in ((1, "2025-Q1"), (3, "2025-Q3"))])
    settle(qtbot, window)
    said = texts(page)
    assert "2025-Q2" in said
    assert "Packages that never came: 2" in said


def test_a_threshold_under_three_is_said_at_its_field(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(window, qtbot, tmp_path)
    page.receive([Made().put(tmp_path)])
    settle(qtbot, window)
    page.figures.form.fill({"period": "2026-Q3", "k": 2})
    page.figures.publish_to(tmp_path / "out")
    settle(qtbot, window)
    assert "below 3" in page.figures.form.trouble("k")
    assert not (tmp_path / "out").exists()


def test_what_was_typed_stays_when_the_language_changes(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(window, qtbot, tmp_path)
    place = page.place()
    page.figures.form.fill({"period": "et:2019-03"})
    window.desk.settings.language = "ar"
    window.dress()
    settle(qtbot, window)
    again = window.page
    assert isinstance(again, MinistryPage)
    assert again.place() == place
    assert again.figures.form["period"].value() == "et:2019-03"


def test_a_ministry_makes_its_key_and_is_told_what_to_give_the_centres(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_page("first_run")
    click(window.page.welcome.ministry)  # type: ignore[attr-defined]
    page = page_of(window, qtbot, tmp_path)
    page.make_key(tmp_path / "key.txt")
    assert page.form["identity"].value() == str(tmp_path / "key.txt")
    assert "age1" in page.key.text()
    page.make_key(tmp_path / "key.txt")
    assert "exists already" in page.trouble.words.text()
