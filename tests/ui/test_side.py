"""The side bar: folded it still shows how much waits, and it offers each officer only where her role may go."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mrc_app.store import officers
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.ui.acting import settle
from ui import look
from ui.side import Entry
from ui.window import SMALLEST, Window


def entries(window: Window) -> dict[str, Entry]:
    return {one.accessibleName(): one for one in window.side.findChildren(Entry)}


def number_in_the_corner(entry: Entry) -> bool:
    """Whether the colour of a number stands in the upper corner at the end of the line."""
    picture = entry.grab().toImage()
    x = picture.width() - 3
    return bool(picture.pixelColor(x, look.px(8)) == QColor(look.colour("accent")))


def test_folded_a_number_stays_at_the_icon_and_in_name_and_tooltip(desk: Window, qtbot: QtBot) -> None:
    desk.resize(*SMALLEST)
    settle(qtbot, desk)
    assert not number_in_the_corner(entries(desk)["Exchange"])
    desk.desk.waits.emit("exchange", 120)
    entry = entries(desk)["Exchange (120)"]
    assert entry.text() == "" and "Exchange (120)" in entry.toolTip() and "Ctrl+" in entry.toolTip()
    assert number_in_the_corner(entry)
    desk.desk.waits.emit("exchange", 0)
    assert not number_in_the_corner(entries(desk)["Exchange"])


def test_the_next_officer_is_offered_her_own_pages_and_no_count_of_the_one_before(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    with store.change(by=store.officer, do="officers.add") as session:
        officers.add(session, name="Almaz", login="almaz", role=Role.ADMINISTRATOR)
    desk.desk.waits.emit("exchange", 2)
    assert {"Clients", "Exchange (2)"} <= set(entries(desk))
    desk.enter(Store(store.path, store.key, "almaz", "this computer"))
    settle(qtbot, desk)
    assert "Exchange" in entries(desk) and not {"Clients", "Exchange (2)"} & set(entries(desk))
