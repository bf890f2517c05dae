"""The Exchange page: what leaves is seen before it is written, what came is looked at before it is taken in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import select

from mrc_app.casework.clients import Client
from mrc_app.exchange import desk_keys, desk_parcels, partners
from mrc_app.exchange.partners import PartnerKind
from mrc_app.store import officers, restrictions, seen
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.exchange import desks
from tests.make import NO, OFFICER, TODAY, make_client
from tests.ui.acting import click, settle, typed
from ui.jobs import Step
from ui.pages.exchange import ExchangePage
from ui.pages.exchange_came import CamePart
from ui.pages.exchange_conflicts import ConflictsPart
from ui.pages.exchange_keys import KeysPart
from ui.pages.exchange_leaving import LeavingPart
from ui.pages.exchange_offer import Sent
from ui.pages.today import TodayPage
from ui.window import Window

MINISTRY = desk_keys.from_seed(bytes(range(32)))


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Store]]:
    """Two desks of one centre."""
    with desks.centre(tmp_path / "desks", 2) as found:
        yield found


@pytest.fixture
def store(two: list[Store]) -> Store:
    """The desk at the screen."""
    return two[0]


@pytest.fixture
def other(two: list[Store]) -> Store:
    """The desk that sends files."""
    return two[1]


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
    return page.parts[name.partition(":")[0]]


def amend(store: Store, client: str, **over: Any) -> None:
    def asked() -> Any:
        return select(Client).where(Client.uuid == client)

    with store.read() as session:
        known = seen(session, session.exec(asked()).one())
    with store.change(by=store.officer, do="test", seen=[known]) as session:
        one = session.exec(asked()).one()
        for name, value in over.items():
            setattr(one, name, value)
        session.add(one)


def client_of(store: Store, **over: Any) -> str:
    with store.change(by=OFFICER, do="test") as session:
        return make_client(session, **over).uuid


def trust(store: Store, key: str, name: str, kind: PartnerKind) -> None:
    with store.change(by=store.officer, do="test") as session:
        partners.trust(session, kind=kind, name=name, recipient=key, by=store.officer, on=TODAY)


def contradict(store: Store, other: Store, *clients: str) -> None:
    """Both desks write another district for the same clients, and this one hears of it."""
    desks.receive(other, desks.parcel(store, desk_keys.own(other).recipient))
    for client in clients:
        amend(store, client, district="Dangila")
        amend(other, client, district="Danghla")
    desks.receive(store, desks.parcel(other, desk_keys.own(store).recipient))


# -- what will leave


def test_what_leaves_for_a_desk_is_counted_and_its_key_shown_before_it_is_written(
    desk: Window, store: Store, other: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    client_of(store)
    part: LeavingPart = part_of(desk, qtbot, "leaves")
    assert "Nothing has left yet" not in told(part)  # the first parcel of the other desk
    part.folder = tmp_path
    part.what.set_value("desk")
    settle(qtbot, desk)
    said = told(part)
    assert "For Desk 2, sealed under this key" in said
    assert desk_keys.own(other).fingerprint in said and "not compared yet" in said
    assert not list(tmp_path.glob("*.parcel"))
    QTest.keyClick(part.go, Qt.Key.Key_Return)
    settle(qtbot, desk)
    written = next(tmp_path.glob("*.parcel"))
    assert f"Written: {written.name}" in told(part) and f"{written.name}.minisig" in told(part)
    assert desks.receive(other, written).new > 0


def test_stop_leaves_nothing_half_written(
    desk: Window, store: Store, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part: LeavingPart = part_of(desk, qtbot, "leaves")
    part.folder = tmp_path
    part.what.set_value("desk")
    settle(qtbot, desk)

    assert part.offer is not None
    whole, pressed = part.offer.write(store, tmp_path, TODAY), threading.Event()

    def work(step: Step) -> Sent:
        pressed.wait(5)
        return whole(step)

    monkeypatch.setattr(part.offer, "write", lambda *_all: work)
    part.write()
    click(part.progress.stop)
    pressed.set()
    settle(qtbot, desk)
    assert "Stopped. Nothing was written." in told(part)
    assert not list(tmp_path.glob("*.parcel*")) and part.go.isEnabled()


def test_a_ministry_is_shown_rows_and_who_is_withheld_and_its_key(desk: Window, store: Store, qtbot: QtBot) -> None:
    trust(store, MINISTRY.recipient, "Bureau", PartnerKind.MINISTRY)
    client_of(store, statistics=NO)
    part: LeavingPart = part_of(desk, qtbot, "leaves")
    part.what.set_value("ministry")
    part.offer.form.fill({"period": "2026-13"})  # type: ignore[union-attr]
    part.look()
    settle(qtbot, desk)
    assert part.card is None and part.offer.form.trouble("period")  # type: ignore[union-attr]
    part.offer.form.fill({"period": "2026-11"})  # type: ignore[union-attr]
    part.look()
    settle(qtbot, desk)
    assert MINISTRY.fingerprint in told(part) and "Rows" in told(part)
    assert "No consent to be counted\n1" in told(part)


@pytest.mark.long
def test_an_export_is_written_with_its_slip_to_print(desk: Window, store: Store, qtbot: QtBot, tmp_path: Path) -> None:
    trust(store, MINISTRY.recipient, "Bureau", PartnerKind.MINISTRY)
    part: LeavingPart = part_of(desk, qtbot, "leaves")
    part.folder = tmp_path
    part.what.set_value("ministry")
    part.offer.form.fill({"period": "2026-11"})  # type: ignore[union-attr]
    part.look()
    settle(qtbot, desk)
    part.write()
    settle(qtbot, desk)
    assert [one.suffix for one in sorted(tmp_path.glob("mrc-export*"))] == [".age", ".minisig", ".pdf"]
    assert part.slip.isVisibleTo(part)
    assert "Export · Bureau" in told(part.history)


def test_a_role_that_may_not_export_reads_why(desk: Window, store: Store, qtbot: QtBot) -> None:
    store.role = Role.CASEWORKER
    part: LeavingPart = part_of(desk, qtbot, "leaves")
    part.what.set_value("ministry")
    settle(qtbot, desk)
    assert "Not with your role" in told(part) and part.offer is None
    keys: KeysPart = part_of(desk, qtbot, "keys")
    assert not keys.add.isEnabled() and "Not with your role" in keys.add.toolTip()
    store.role = Role.DATA_OFFICER
    desk.put_away()
    part_of(desk, qtbot, "leaves")
    page = desk.page
    assert isinstance(page, ExchangePage) and "conflicts" not in page.tabs.buttons


# -- what came


def test_files_are_looked_at_first_and_what_is_missing_is_named_with_what_to_do(
    desk: Window, store: Store, other: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    desks.meet(store, other)
    client = client_of(other)
    lost = desks.parcel(other, desk_keys.own(store).recipient)
    amend(other, client, district="Bure")
    came = desks.parcel(other, desk_keys.own(store).recipient)
    noise = tmp_path / "photo.parcel"
    noise.write_bytes(b"rubbish")
    part: CamePart = part_of(desk, qtbot, "came")
    part.look([noise, came, Path(f"{came}.minisig")])
    settle(qtbot, desk)
    said = told(part)
    assert "Parcel of a desk of this centre" in said and "from Desk 2" in said and "new change" in said
    assert "is not a parcel of this program. Nothing was changed." in said
    assert [one.file for one in part.ready()] == [came]
    click(part.take)
    settle(qtbot, desk)
    assert part.outcomes[0].arrived is not None
    missing = f"Parcels missing from Desk 2: {desk_parcels.gaps(store)[0].values['numbers']}"
    assert missing in told(part) and "Write it a parcel" in told(part)
    part.look([lost])
    settle(qtbot, desk)
    part.take_in()
    settle(qtbot, desk)
    assert "missing from" not in told(part)
    assert desk.desk.read(lambda session: session.exec(select(Client)).one().district) == "Bure"


def test_a_strangers_file_shows_its_key_and_leads_to_trusting_it(
    desk: Window, store: Store, other: Store, qtbot: QtBot
) -> None:
    file = desks.parcel(other, desk_keys.own(store).recipient)
    key = desk_keys.own(other)
    with store.change(by=store.officer, do="test") as session:
        partners.by_key(session, key.recipient).gone = True
    part: CamePart = part_of(desk, qtbot, "came")
    part.look([file])
    settle(qtbot, desk)
    assert f"Nobody here has trusted the key of this file: {key.fingerprint}" in told(part) and not part.ready()
    keys: KeysPart = part_of(desk, qtbot, f"keys:{key.recipient}")
    form = keys.form
    assert form is not None and key.fingerprint in told(form)
    typed(form.form["name"].controls()[0], "Desk 2")
    click(form.ok)
    assert form.form.trouble("kind") == "Say what the key belongs to."
    form.form.fill({"kind": "desk"})
    form.compared.set_value(True)
    click(form.ok)
    settle(qtbot, desk)
    kept = desk.desk.read(lambda session: partners.by_key(session, "Desk 2"))
    assert kept.compared and "compared by telephone" in told(keys)
    part.look([file])
    settle(qtbot, desk)
    assert part.ready()


def test_files_that_are_dropped_are_looked_at(desk: Window, store: Store, other: Store, qtbot: QtBot) -> None:
    file = desks.parcel(other, desk_keys.own(store).recipient)
    part: CamePart = part_of(desk, qtbot, "came")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    at, keys = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    dropped = QDropEvent(at, Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, keys)
    part.dropEvent(dropped)
    settle(qtbot, desk)
    assert dropped.isAccepted() and [one.file for one in part.ready()] == [file]


# -- keys


def test_a_key_is_read_from_a_file_and_revoked_only_when_asked_twice(
    desk: Window, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    trust(store, MINISTRY.recipient, "Bureau", PartnerKind.MINISTRY)
    keys: KeysPart = part_of(desk, qtbot, "keys")
    assert desk_keys.own(store).fingerprint in told(keys) and "in three steps" in told(keys)
    keys.ask()
    settle(qtbot, desk)
    file = tmp_path / "key.txt"
    file.write_text(f"# public key: {MINISTRY.recipient}\n", "utf-8")
    assert keys.form is not None
    keys.form.read(tmp_path / "nothing")
    assert "There is no key in" in told(keys)
    keys.form.read(file)
    assert keys.form.form["recipient"].value() == MINISTRY.recipient
    one = next(each for each in keys.known if each.name == "Bureau")
    keys.ask_revoke(one)
    settle(qtbot, desk)
    assert "cannot be trusted again" in told(keys)
    click(keys.yes)
    settle(qtbot, desk)
    assert "revoked" in told(keys)
    keys.save_to(tmp_path / "key.pdf")
    settle(qtbot, desk)
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")


# -- contradictions


def test_equal_contradictions_are_settled_in_one_go_with_the_keyboard_and_counted_on_today(
    desk: Window, store: Store, other: Store, qtbot: QtBot
) -> None:
    first, second = client_of(store), client_of(store, call_name="Almaz")
    contradict(store, other, first, second)
    desk.show_page("today")
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, TodayPage) and "2 contradictions between desks" in told(page)
    assert "Exchange (2)" in told(desk.side)
    click(page.settle)
    settle(qtbot, desk)
    exchange = desk.page
    assert isinstance(exchange, ExchangePage)
    part = exchange.parts["conflicts"]
    assert isinstance(part, ConflictsPart) and len(part.cards) == 1
    card = part.cards[0]
    said = told(card)
    assert "Dangila" in said and "Danghla" in said and "Desk 1" in said and "Desk 2" in said
    part.settle(card, True)
    assert "Choose which value holds." in told(part)
    second_value = card.field.controls()[1]
    QTest.keyClick(card.field.controls()[0], Qt.Key.Key_Down)
    QTest.keyClick(second_value, Qt.Key.Key_Return)
    QTest.keyClick(card.acts[0], Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert "Nothing contradicts itself" in told(part) and "Exchange (2)" not in told(desk.side)
    held = desk.desk.read(lambda session: {one.district for one in session.exec(select(Client))})
    assert len(held) == 1


def test_one_of_several_equal_contradictions_is_settled_alone_and_opens_its_client(
    desk: Window, store: Store, other: Store, qtbot: QtBot
) -> None:
    first, second = client_of(store), client_of(store, call_name="Almaz")
    contradict(store, other, first, second)
    part: ConflictsPart = part_of(desk, qtbot, "conflicts")
    part.cards[0].field.set_value("0")
    part.settle(part.cards[0], False)
    settle(qtbot, desk)
    assert len(part.cards) == 1 and len(part.cards[0].group.all) == 1
    part.cards[0].opened.emit(part.cards[0].group.one.conflict.subject or "")
    assert desk.at == "clients"


def test_a_contradiction_about_a_client_restricted_to_others_is_not_shown(
    desk: Window, store: Store, other: Store, qtbot: QtBot
) -> None:
    client = client_of(store)
    contradict(store, other, client)
    with store.change(by=store.officer, do="test") as session:
        abebe = officers.add(session, name="Abebe", login="abebe").uuid
        restrictions.restrict(session, client=client, officers=[abebe], since="2026-11-20T08:00:00Z")
    part: ConflictsPart = part_of(desk, qtbot, "conflicts")
    assert not part.cards and "Nothing contradicts itself" in told(part)
