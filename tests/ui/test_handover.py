"""Handing over on the screen: ticks for what leaves, reasons for what stays; at the other end a choice by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mrc_app.casework import clients, grievances
from mrc_app.exchange import arriving, handovers, handovers_sending
from mrc_app.exchange.handovers_parts import Part, chosen
from mrc_app.store.centre import Store
from tests.exchange.test_handovers_story import known_since_2023, met, trust
from tests.make import new_store
from tests.ui.acting import click, settle
from ui.pages.arrival import ArrivalPage
from ui.panels.handover import HandoverPanel
from ui.window import Window


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """PLU's desk in Hong Kong."""
    (tmp_path / "plu").mkdir()
    made = new_store(tmp_path / "plu", centre="PLU Hong Kong", country="HK", desk="Chater Garden")
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path, store: Store) -> Iterator[Store]:
    """SENTRO's desk in Quezon City; each trusts the other's key."""
    (tmp_path / "sentro").mkdir()
    made = new_store(tmp_path / "sentro", centre="SENTRO Quezon City", country="PH", desk="Joel")
    trust(store, made, "SENTRO")
    trust(made, store, "PLU")
    yield made
    made.close()


def told(widget: QWidget) -> str:
    marks = dict.fromkeys(map(ord, "\u200e\u2066\u2067\u2068\u2069"))
    said = "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))
    return said.translate(marks).replace("\u00a0", " ")


def panel_of(desk: Window, qtbot: QtBot, client: str) -> HandoverPanel:
    desk.show_page("clients", client)
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.panel.tabs.buttons["handover"])
    settle(qtbot, desk)
    found = page.panel._panels["handover"]
    assert isinstance(found, HandoverPanel)
    return found


def test_what_leaves_is_ticked_and_what_stays_says_why(
    desk: Window, store: Store, other: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    liza, _case = met(store)
    panel = panel_of(desk, qtbot, liza)
    assert "This desk has her case." in told(panel) and "Nothing has left" in told(panel)
    click(panel.begin)
    settle(qtbot, desk)
    asking = panel.asking
    assert asking is not None and asking.offer is not None
    assert asking.offer.partner.fingerprint in told(panel)
    assert "stays: it needs a yes of its own" in told(panel)
    assert {Part.CLAIM, Part.CONTACTS, Part.DOCUMENTS} <= asking.boxes.keys()
    assert Part.COUNSELLING not in asking.boxes and not asking.ok.isEnabled()
    for part in (Part.CLAIM, Part.DOCUMENTS):
        QTest.keyClick(asking.boxes[part], Qt.Key.Key_Space)
    assert asking.ok.isEnabled() and asking.parts() == (Part.CLAIM, Part.DOCUMENTS)
    click(asking.compared.box)
    assert not asking.ok.isEnabled()
    click(asking.compared.box)
    panel.ask_her("counselling", "what was said in counselling")
    form = panel.place.form
    assert form is not None
    form.fill({"answer": "given", "how": "signed"})
    click(panel.place.ok)
    settle(qtbot, desk)
    assert Part.COUNSELLING in asking.boxes and asking.parts() == (Part.CLAIM, Part.DOCUMENTS)
    panel.write_to(tmp_path / "liza.handover")
    settle(qtbot, desk)
    assert "Written" in told(panel) and "sent, no receipt yet" in told(panel).lower()
    arrived = arriving.arrive(other, tmp_path / "liza.handover", today=desk.desk.today())
    assert arrived.receipt is not None
    desk.show_page("arrival", str(arrived.receipt))
    settle(qtbot, desk)
    assert "SENTRO" in told(desk.page)
    with store.read() as session:
        assert handovers.owner(session, liza).name == "SENTRO"


def test_three_differences_are_chosen_by_keyboard_and_nothing_is_kept_before(
    desk: Window, store: Store, other: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    there = known_since_2023(store)
    liza, _case = met(other)
    file = tmp_path / "liza.handover"
    with other.change(by=other.officer, do="consents.ask") as session:
        from mrc_app.casework import consents
        from tests.make import YES

        consents.ask(
            session, client=liza, purpose=consents.Purpose.HAND_OVER, said=YES, by=other.officer, on=desk.desk.today()
        )  # fmt: skip
    handovers_sending.hand_over(
        other, liza, to="PLU", parts=chosen("claim,contacts,documents"), out=file, today=desk.desk.today()
    )
    desk.show_page("arrival", str(file))
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, ArrivalPage) and page.who is not None and not page.ok.isEnabled()
    with store.read() as session:
        assert grievances.of_client(session, there) == []
    QTest.keyClick(page.who.controls()[0], Qt.Key.Key_Space)
    settle(qtbot, desk)
    assert page.choices is not None and len(page.choices.fields) == 3
    assert "Perez" in told_buttons(page) and "Peres" in told_buttons(page) and "Saudi Arabia" in told_buttons(page)
    assert not page.ok.isEnabled()
    for field, place in zip(page.choices.fields.values(), (1, 0, 1), strict=True):
        QTest.keyClick(field.controls()[place], Qt.Key.Key_Space)
    assert page.ok.isEnabled()
    click(page.ok)
    settle(qtbot, desk)
    assert "Send this receipt back" in page.done.words.text()
    with store.read() as session:
        her = clients.by_uuid(session, there)
        assert (her.father, her.phone) == ("Perez", "+85255550112")
        assert len(grievances.of_client(session, there)) == 1


def told_buttons(page: QWidget) -> str:
    from PySide6.QtWidgets import QPushButton

    return "\n".join(one.text() for one in page.findChildren(QPushButton))
