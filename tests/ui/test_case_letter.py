"""A letter of a case from the screen: what is chosen is seen, three questions come first, and it is kept as given."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from mrc_app.casework import consents, grievance_cases, grievance_people, grievance_screening, grievances, letters_given
from mrc_app.casework.letters_given_words import Choice, LetterKind
from tests.make import TODAY, YES, make_client
from tests.ui.acting import settle
from ui.panels import case_letter, letter_asked
from ui.panels.case_letter import CaseLetter
from ui.window import Window

SAFE: dict[str, Any] = {"still_under_control": "no", "has_passport": "yes", "family_safe": "yes"}


@pytest.fixture
def case(desk: Window) -> tuple[str, str]:
    """Almaz's case: words in a screening, a hearing to come, an employer."""
    store = desk.desk.store
    with store.change(by=store.officer, do="test") as session:
        her = make_client(session, given="Almaz", language="am")
        one = grievances.lodge(
            session, desk_code="BD1", by=store.officer, on=TODAY, people=[her.uuid], categories=["E1"],
            step="destination", country="LB",
        )  # fmt: skip
        grievances.ask_danger(session, one, on=TODAY, by=store.officer, danger="no", safe_to_talk="yes")
        grievance_people.against(session, one, name="House of Rami", against="household")
        consents.ask(session, client=her.uuid, purpose=consents.Purpose.COMPLAINT, said=YES, by=store.officer, on=TODAY)
        sheet = grievance_screening.begin(session, client=her.uuid, on=TODAY, by=store.officer, grievance=one.uuid)
        said = {"movement": ("yes", "The door was locked."), "threats": ("yes", "He spoke of the police.")}
        grievance_screening.answer(session, sheet, said=said)
        day = TODAY + timedelta(days=11)
        grievance_cases.plan_hearing(session, one, by=store.officer, on=day, forum="Labour office")
        return one.uuid, one.number


def opened(desk: Window, qtbot: QtBot, number: str) -> CaseLetter:
    letter = CaseLetter(desk.desk, number, desk)
    qtbot.addWidget(letter)
    letter.show()
    settle(qtbot, desk)
    return letter


def chosen(letter: CaseLetter, desk: Window, qtbot: QtBot, **said: Any) -> Any:
    letter.form.fill(said)
    letter.draw()
    settle(qtbot, desk)
    assert letter.drawn is not None
    return letter.drawn


def test_only_the_words_she_agreed_to_and_the_hearings_go_in(
    desk: Window, qtbot: QtBot, case: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid, number = case
    letter = opened(desk, qtbot, number)
    assert letter.form["copy"].value() == "am" and letter.form["to"].value() == "House of Rami"
    assert letter.drawn is not None and letter.drawn.prepared.facts.words == ()
    assert letter.offer is not None
    locked = next(one for one in letter.offer.said if "door" in one.text)
    drawn = chosen(letter, desk, qtbot, words=[locked.id], hearings=True)
    assert drawn.prepared.facts.words == ("The door was locked.",)
    assert [one.text for one in drawn.prepared.facts.events] == ["Labour office"]
    out = tmp_path / "out.pdf"
    monkeypatch.setattr(case_letter, "where_to_save", lambda *_: str(out))
    monkeypatch.setattr(letter_asked, "ask", lambda _parent: {**SAFE, "choice": Choice.GOES})
    letter.save_it()
    assert letter.gave and out.read_bytes() == drawn.written.pdf, "what was seen is what leaves"
    with desk.desk.store.read() as session:
        (kept,) = letters_given.of_grievance(session, uuid)
    assert (kept.kind, kept.copy_language, kept.sha256) == (
        LetterKind.COMPLAINT, "am", sha256(drawn.written.pdf).hexdigest(),
    )  # fmt: skip
    desk.show_page("grievance", uuid)
    settle(qtbot, desk)
    page: Any = desk.page
    assert page.letters.isVisibleTo(page) and page.told.letters[0].to_party == "House of Rami"


def test_a_letter_that_waits_is_kept_and_nothing_is_written(
    desk: Window, qtbot: QtBot, case: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid, number = case
    letter = opened(desk, qtbot, number)
    chosen(letter, desk, qtbot, kind="claim", language="fr")
    monkeypatch.setattr(letter_asked, "ask", lambda _parent: None)
    letter.save_it()
    assert not letter.gave, "given up"
    monkeypatch.setattr(letter_asked, "ask", lambda _parent: {**SAFE, "choice": Choice.WAITS})
    letter.print_it()
    with desk.desk.store.read() as session:
        (kept,) = letters_given.of_grievance(session, uuid)
    assert (kept.kind, kept.choice, kept.sha256) == (LetterKind.CLAIM, Choice.WAITS, "")


def test_a_printed_letter_is_kept_when_it_was_printed(
    desk: Window, qtbot: QtBot, case: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid, number = case
    letter = opened(desk, qtbot, number)

    def printer(_pages: Any) -> QPrinter:
        made = QPrinter()
        made.setOutputFileName(str(tmp_path / "printed.pdf"))
        return made

    monkeypatch.setattr(letter, "choose_printer", printer)
    monkeypatch.setattr(letter_asked, "ask", lambda _parent: {**SAFE, "choice": Choice.GOES})
    letter.print_it()
    settle(qtbot, desk)
    with desk.desk.store.read() as session:
        assert [one.choice for one in letters_given.of_grievance(session, uuid)] == [Choice.GOES]


def test_no_letter_is_drawn_without_her_consent_or_a_reader(desk: Window, qtbot: QtBot, case: tuple[str, str]) -> None:
    _uuid, number = case
    letter = opened(desk, qtbot, number)
    letter.form.fill({"to": ""})
    letter.draw()
    settle(qtbot, desk)
    assert letter.drawn is None and letter.form.trouble("to") and not letter.save.isEnabled()
    store = desk.desk.store
    with store.change(by=store.officer, do="test") as session:
        her = make_client(session)
        other = grievances.lodge(
            session, desk_code="BD1", by=store.officer, on=TODAY, people=[her.uuid], categories=["E1"],
            step="destination", country="LB",
        ).number  # fmt: skip
    letter = opened(desk, qtbot, other)
    assert "P4" in letter.trouble.text() and not letter.print.isEnabled()
