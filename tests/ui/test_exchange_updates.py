"""The Exchange page: reference updates and the outbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mrc_app.corridors import accepted, overrides, reference_packs
from mrc_app.corridors.reference_packs import PackState
from mrc_app.exchange import arriving, destinations, outbox, reference_updates
from mrc_app.exchange.outbox import State
from mrc_app.exchange.partners import PartnerKind
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.exchange.test_reference_updates import MINISTRY, RAISED, pack, trust
from tests.make import TODAY
from tests.ui.acting import click, settle
from ui.pages.exchange import ExchangePage
from ui.pages.exchange_came import CamePart
from ui.pages.exchange_leaving import LeavingPart
from ui.pages.exchange_updates import UpdatesPart
from ui.window import Window


def told(widget: QWidget) -> str:
    marks = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))
    said = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    said += [one.text() for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)]
    return "\n".join(said).translate(marks).replace("\u00a0", " ")


def part_of(desk: Window, qtbot: QtBot, name: str) -> Any:
    desk.show_page("exchange", name)
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, ExchangePage)
    return page.parts[name]


def state(desk: Window) -> PackState:
    found: PackState = desk.desk.read(lambda session: reference_packs.packs(session)[0].state)
    return found


def test_an_update_is_shown_as_a_difference_and_accepted(desk: Window, store: Store, qtbot: QtBot) -> None:
    trust(store, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
    file = pack(store, ZW_ZA=RAISED)
    came: CamePart = part_of(desk, qtbot, "came")
    came.look([file])
    settle(qtbot, desk)
    assert "Reference update" in told(came)
    came.take_in()
    settle(qtbot, desk)
    assert "a supervisor looks at the difference" in told(came)
    part: UpdatesPart = part_of(desk, qtbot, "updates")
    (card,) = part.cards.values()
    click(card.look)
    settle(qtbot, desk)
    said = told(card)
    assert "Ministry of Labour" in said and "28.79" in said and "30.23" in said
    QTest.keyClick(card.acts[0], Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert state(desk) is PackState.ACCEPTED


def test_an_accepted_update_is_taken_back_with_a_reason(desk: Window, store: Store, qtbot: QtBot) -> None:
    trust(store, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
    arriving.arrive(store, pack(store, ZW_ZA=RAISED), today=TODAY)
    with store.change(by=store.officer, do="test") as session:
        reference_updates.accept(session, reference_packs.packs(session)[0], by=store.officer, on=TODAY)
    part: UpdatesPart = part_of(desk, qtbot, "updates")
    (card,) = part.cards.values()
    click(card.acts[0])
    settle(qtbot, desk)
    click(card.go)
    assert card.form.trouble("because") and state(desk) is PackState.ACCEPTED
    card.form.fill({"because": "read wrongly"})
    click(card.go)
    settle(qtbot, desk)
    assert state(desk) is PackState.REVERTED and "Because: read wrongly" in told(part)


def test_who_is_no_supervisor_sees_the_difference_and_why_she_cannot_decide(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    trust(store, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
    arriving.arrive(store, pack(store, ZW_ZA=RAISED), today=TODAY)
    store.role = Role.CASEWORKER
    part: UpdatesPart = part_of(desk, qtbot, "updates")
    (card,) = part.cards.values()
    assert card.look.isEnabled() and not any(one.isEnabled() for one in card.acts)
    assert "a supervisor answers for them" in told(part)


def test_a_value_of_this_centre_comes_up_again_when_its_fact_changes(desk: Window, store: Store, qtbot: QtBot) -> None:
    trust(store, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
    with store.change(by=store.officer, do="test") as session:
        facts = accepted.without_overrides(session, "ZW-ZA").facts
        fact = next(one for one in facts if "28.79" in one.value_text)
        overrides.override(session, fact=fact, value="29.50", source="the labour office, by telephone",
                           as_of="2026-11", because="asked", by=store.officer, on=TODAY)  # fmt: skip
    part: UpdatesPart = part_of(desk, qtbot, "updates")
    assert part.reviews.isHidden()
    arriving.arrive(store, pack(store, ZW_ZA=RAISED), today=TODAY)
    with store.change(by=store.officer, do="test") as session:
        reference_updates.accept(session, reference_packs.packs(session)[0], by=store.officer, on=TODAY)
    part.refresh()
    settle(qtbot, desk)
    assert not part.reviews.isHidden()
    said = told(part.reviews)
    assert "29.50" in said and "28.79" in said and "30.23" in said
    click(next(one for one in part.reviews.findChildren(QPushButton) if one.text() == "Keep ours"))
    settle(qtbot, desk)
    assert part.reviews.isHidden()
    with store.read() as session:
        assert accepted.to_review(session) == []
        assert [one.value for one in overrides.overrides(session)] == ["29.50"]


def test_what_waits_goes_only_when_a_person_sends_it(desk: Window, store: Store, qtbot: QtBot, tmp_path: Path) -> None:
    part: LeavingPart = part_of(desk, qtbot, "leaves")
    box = part.outbox
    assert "A stick needs none." in told(box) and box.chooser(tmp_path) is None
    box.ask()
    box.form.fill({"name": "Stick", "address": "nowhere"})
    box.keep()
    assert box.form.trouble("address")
    stick = tmp_path / "stick"
    box.form.fill({"name": "Stick", "address": str(stick)})
    box.keep()
    settle(qtbot, desk)
    assert [one.name for one in destinations.destinations(store)] == ["Stick"] and "Stick" in told(box)
    trust(store, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
    file = pack(store, ZW_ZA=RAISED)
    chooser = box.chooser(file)
    assert chooser is not None
    click(box.put)
    settle(qtbot, desk)
    assert "1 file waits" in told(box)
    click(box.send_button)
    settle(qtbot, desk)
    assert "is the stick in?" in told(box) and outbox.listed(store)[0].state is State.QUEUED
    stick.mkdir()
    click(box.send_button)
    settle(qtbot, desk)
    assert outbox.listed(store)[0].state is State.SENT and (stick / file.name).exists()
    box.drop(outbox.listed(store)[0].id)
    settle(qtbot, desk)
    assert "Nothing waits" in told(box)
    box.remove("Stick")
    settle(qtbot, desk)
    assert not destinations.destinations(store)
