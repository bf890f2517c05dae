"""Before a letter leaves: the three questions, the warnings beside them, and what is printed of a checked contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mrc_app.casework import consents, contract_verdicts, contracts, letters_given
from mrc_app.casework.letters_given_words import Choice
from tests.make import TODAY, YES, make_client, make_journey
from tests.ui.acting import settle
from ui.panels import contract_sheet, letter_asked
from ui.panels.contract_sheet import ContractSheet
from ui.panels.letter_asked import LetterAsked
from ui.widgets.text import Banner
from ui.window import Window


def test_a_letter_goes_only_when_all_three_were_answered(qtbot: QtBot, window: Window) -> None:
    asked = LetterAsked(window)
    qtbot.addWidget(asked)
    asked.go.click()
    assert asked.choice is None and asked.form.trouble("family_safe") == "Ask this first."
    asked.form.fill({"still_under_control": "yes", "has_passport": "no", "family_safe": "not_known"})
    asked._tell()
    assert len(asked.findChildren(Banner)) >= 3, "each danger has its sentence"
    asked.go.click()
    assert asked.choice is Choice.GOES, "it warns and never blocks"
    assert "letter" in asked.windowTitle().lower() and "complaint" not in asked.windowTitle().lower()


@pytest.fixture
def check(desk: Window) -> tuple[str, str]:
    store = desk.desk.store
    with store.change(by=store.officer, do="test") as session:
        her = make_client(session, given="Tigist", language="am")
        consents.ask(session, client=her.uuid, purpose=consents.Purpose.COMPLAINT, said=YES, by=store.officer, on=TODAY)
        way = make_journey(session, her, agency="Ethio Star")
        paper = contracts.keep(
            session, way, on=TODAY, by=store.officer, stage="seen", terms={"passport_kept_by": "employer"}
        )
        return her.uuid, contract_verdicts.check(session, paper, way, on=TODAY, by=store.officer).uuid


def test_papers_of_a_check_are_made_and_the_letter_is_written_down(
    qtbot: QtBot, desk: Window, check: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, uuid = check
    out = tmp_path / "out.pdf"
    monkeypatch.setattr(contract_sheet, "where_to_save", lambda *_: str(out))
    papers = ContractSheet(desk.desk, uuid, desk)
    qtbot.addWidget(papers)
    assert papers.form["language"].value() == "am"
    for make in (papers.make_result, papers.make_versions):
        out.unlink(missing_ok=True)
        make()
        settle(qtbot, desk)
        assert out.read_bytes().startswith(b"%PDF"), make
    answers: dict[str, Any] = {"still_under_control": "yes", "has_passport": "no", "family_safe": "yes"}
    for choice in (Choice.WAITS, Choice.GOES):
        out.unlink(missing_ok=True)
        said = {**answers, "choice": choice}
        monkeypatch.setattr(letter_asked, "ask", lambda _parent, said=said: said)
        papers.make_letter()
        settle(qtbot, desk)
        assert out.exists() is (choice is Choice.GOES)
    with desk.desk.store.read() as session:
        kept = letters_given.of_client(session, client)
        assert [one.choice for one in kept] == [Choice.GOES, Choice.WAITS]
        assert [bool(one.sha256) for one in kept] == [True, False] and kept[0].copy_language == "am"


def test_a_letter_nobody_agreed_to_is_refused_in_one_sentence(
    qtbot: QtBot, desk: Window, check: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, uuid = check
    store = desk.desk.store
    with store.change(by=store.officer, do="test") as session:
        for one in consents.of_client(session, client):
            if one.purpose is consents.Purpose.COMPLAINT:
                consents.withdraw(session, one, on=TODAY, by=store.officer)
    papers = ContractSheet(desk.desk, uuid, desk)
    qtbot.addWidget(papers)
    said = {"still_under_control": "no", "has_passport": "yes", "family_safe": "yes", "choice": Choice.GOES}
    monkeypatch.setattr(letter_asked, "ask", lambda _parent: said)
    papers.make_letter()
    settle(qtbot, desk)
    assert "P4" in papers.trouble.text() and papers.isEnabled()


def test_the_question_is_asked_by_its_door(
    qtbot: QtBot, desk: Window, check: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QWidget] = []
    monkeypatch.setattr(ContractSheet, "exec", lambda dialog: shown.append(dialog))
    contract_sheet.ask(desk.desk, check[1], desk)
    assert len(shown) == 1
    monkeypatch.setattr(LetterAsked, "exec", lambda _dialog: 0)
    assert letter_asked.ask(desk) is None
