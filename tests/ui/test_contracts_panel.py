"""Contracts on the screen: a version by form, 28 points by keyboard, verdict, her decision, approval file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mrc_app.casework import attachments, contract_files, contract_terms, contract_verdicts, contracts, journeys
from mrc_app.casework.contract_words import ItemState
from mrc_app.store.centre import Store
from tests.casework.test_contracts import CONTRACT, OFFER
from tests.make import make_client, make_journey
from tests.ui.acting import click, press, settle, typed
from tests.ui.test_panels import tab, told
from ui.panels.contracts import ContractsPanel
from ui.window import Window


@pytest.fixture
def panel(desk: Window, store: Store, qtbot: QtBot) -> ContractsPanel:
    """Tigist with her offer."""
    on = desk.desk.today()
    with store.change(by=store.officer, do="test") as session:
        journey = make_journey(session, make_client(session), sector="domestic")
        contracts.keep(session, journey, on=on, by=store.officer, stage="offer", terms=OFFER)
        client = journey.client
    made = tab(desk, client, "contracts", qtbot)
    assert isinstance(made, ContractsPanel)
    return made


def brought(panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot) -> str:
    """The contract she brought, kept without the form; its uuid."""
    with store.change(by=store.officer, do="test") as session:
        journey = journeys.current(session, panel.client)
        assert journey is not None
        made = contracts.keep(
            session, journey, on=desk.desk.today(), by=store.officer, stage="seen", terms=CONTRACT
        ).uuid
    panel.refresh()
    settle(qtbot, desk)
    return made


def test_a_version_is_typed_refused_by_field_and_kept(
    panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    click(panel.add)
    form = panel.form
    assert form is not None
    form["stage"].set_value("seen")
    typed(form["job"].controls()[0], "housemaid")
    typed(form["wage.amount"].controls()[0], "1000")
    typed(form["wage.currency"].controls()[0], "QQQ")
    form["wage.per"].set_value("month")
    typed(form["insurance.policy"].controls()[0], "-")
    typed(form["wage.slip"].controls()[0], "no")
    form["deductions"].set_value([{"for": "food", "amount": "50", "currency": "SAR"}])
    click(panel.keeping.ok)
    assert "currency" in form.trouble("wage.currency") and panel.form is form
    form["wage.currency"].set_value("sar")
    program = tmp_path / "contract.pdf"
    program.write_bytes(b"MZ\x90\x00")
    panel.take_paper(program)
    click(panel.keeping.ok)
    settle(qtbot, desk)
    assert "contract.pdf" in form.banner.words.text() and panel.form is form
    program.write_bytes(b"SAR 1,000 in words")
    panel.take_paper(program.rename(tmp_path / "contract.txt"))
    click(panel.keeping.ok)
    settle(qtbot, desk)
    assert panel.form is None
    with store.read() as session:
        kept = contracts.of_client(session, panel.client)[-1]
        assert contracts.terms(kept).document() == {
            "job": "housemaid", "wage": {"amount": "1000", "currency": "SAR", "per": "month", "slip": False},
            "insurance": {"policy": ""}, "deductions": [{"for": "food", "amount": "50", "currency": "SAR"}],
        }  # fmt: skip
        assert kept.attachment == attachments.of_client(session, panel.client)[0].uuid
    words = told(panel).replace("\u00a0", " ")
    assert "Contract she was shown" in words and "SAR 1,000.00" in words and "paper kept" in words


@pytest.mark.long
def test_a_version_is_changed_in_its_form_and_stamped(
    panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot
) -> None:
    uuid = brought(panel, desk, store, qtbot)
    panel.change(uuid)
    assert panel.form is not None and panel.form["rest.days_per_week"].value() == "by_agreement"
    assert panel.form["insurance.policy"].value() == "" and panel.form["insurance.seen"].value() is False
    panel.form["note"].set_value("a copy stays with her brother")
    click(panel.keeping.ok)
    settle(qtbot, desk)
    assert "a copy stays with her brother" in told(panel)
    panel.stamp(uuid)
    assert panel.form is not None
    click(panel.keeping.ok)
    assert "whose stamp" in panel.form.trouble("authority")
    typed(panel.form["authority"].controls()[0], "Embassy")
    panel.form["seen"].set_value("no")
    click(panel.keeping.ok)
    settle(qtbot, desk)
    assert "no stamp of: Embassy" in told(panel)
    with store.read() as session:
        assert contracts.terms(contracts.by_uuid(session, uuid)) == contract_terms.read(CONTRACT)


def test_the_28_points_are_worked_by_keyboard_alone(
    panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot
) -> None:
    uuid = brought(panel, desk, store, qtbot)
    panel.begin_check(uuid)
    settle(qtbot, desk)
    work = panel.work
    assert work is not None and "0 points answered · 5 red" in told(work)
    for row in work.rows:
        assert QApplication.focusWidget() is row.line
        if row.point.number == "14":
            press(row.line, Qt.Key.Key_P)
            typed(row.fields["page"].line, "p. 2, clause 7")
            press(row.fields["page"].line, Qt.Key.Key_Escape)
            press(row.line, Qt.Key.Key_3)
        else:
            press(row.line, Qt.Key.Key_Space)
    assert "28 points answered · 5 red" in told(work)
    press(work.rows[0].line, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is work.rows[-1].line
    click(work.keep)
    settle(qtbot, desk)
    assert panel.work is None
    words = told(panel)
    assert "5 red points" in words and "Passport stays with her" in words and "p. 2, clause 7" in words
    assert "The points suggest: Do not sign yet" in words and "Not yet" in words, "no verdict is taken by itself"
    with store.read() as session:
        (kept,) = contract_verdicts.of_client(session, panel.client)
        assert kept.red == ("9", "14", "15", "21", "25") and kept.pack.startswith("ET-SA")


def test_verdict_her_decision_and_the_call_are_kept(
    panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot
) -> None:
    uuid = brought(panel, desk, store, qtbot)
    panel.begin_check(uuid)
    assert panel.work is not None
    click(panel.work.rest)
    click(panel.work.keep)
    settle(qtbot, desk)
    result = panel.result
    click(result.decide)
    assert result.form is not None
    click(result.ok)
    assert "not one of the known words" in result.form.trouble("verdict")
    result.form["verdict"].set_value("pass")
    click(result.ok)
    assert "Write why" in result.form.trouble("because")
    result.form["verdict"].set_value("do_not_sign_yet")
    click(result.ok)
    settle(qtbot, desk)
    click(result.hers)
    assert result.form is not None
    result.form["decision"].set_value("waits")
    click(result.ok)
    settle(qtbot, desk)
    result.call_later()
    words = told(panel)
    assert "Do not sign yet" in words and "She waits" in words
    with store.read() as session:
        (kept,) = contract_verdicts.of_client(session, panel.client)
        assert (kept.verdict.value, kept.decision.value) == ("do_not_sign_yet", "waits")


def test_versions_stand_side_by_side_with_the_loss(
    panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot
) -> None:
    assert not panel.beside.isVisible()
    brought(panel, desk, store, qtbot)
    words = told(panel.beside)
    assert "1,200" in words and "1,000" in words and "by agreement" in words
    assert "Lost each month: SAR 200.00" in words.replace("\u00a0", " ")
    panel.beside.months.set_value("11")
    assert "in 11 months so far: SAR 2,200.00" in told(panel.beside).replace("\u00a0", " ")
    assert panel.beside.chips is not None
    panel.beside.chips.set_value([panel.beside.versions[0].uuid])
    assert "Lost each month" not in told(panel.beside)


def test_the_approval_file_is_ticked_and_counted(
    panel: ContractsPanel, desk: Window, store: Store, qtbot: QtBot
) -> None:
    assert "0 of 10 seen" in told(panel.papers) and "Read in a source" in told(panel.papers)
    row = panel.papers.rows["ET-agency", "passport"]
    press(row.states[ItemState.SEEN], Qt.Key.Key_Space)
    settle(qtbot, desk)
    assert "1 of 10 seen" in told(panel.papers)
    typed(row.note.line, "original and copy")
    press(row.note.line)
    settle(qtbot, desk)
    click(panel.papers.rows["ET-agency", "photos"].states[ItemState.NOT_NEEDED])
    settle(qtbot, desk)
    assert "1 of 9 seen" in told(panel.papers)
    with store.read() as session:
        kept = {one.item: one for one in contract_files.of_client(session, panel.client)}
        assert kept["passport"].note == "original and copy" and kept["passport"].state is ItemState.SEEN


@pytest.mark.long
def test_two_countries_stand_side_by_side_with_what_is_not_known(
    panel: ContractsPanel, desk: Window, qtbot: QtBot
) -> None:
    click(panel.lands)
    card = panel.lands_card
    assert card is not None
    card.other.set_value("JO")
    settle(qtbot, desk)
    words = told(card)
    assert (
        "Saudi Arabia" in words
        and "Jordan" in words
        and "Minimum wage" in words
        and "USD 275" in words.replace("\u00a0", " ")
    )
    assert "Not known here yet." in words and "weak source" in words
    card.other.set_value("TV")
    settle(qtbot, desk)
    assert "holds no facts about: Tuvalu" in told(card)
    click(panel.lands)
    assert panel.lands_card is None


@pytest.mark.long
def test_without_a_journey_the_tab_says_what_comes_first(desk: Window, store: Store, qtbot: QtBot) -> None:
    with store.change(by=store.officer, do="test") as session:
        client = make_client(session).uuid
    assert "No journey yet" in told(tab(desk, client, "contracts", qtbot))
