"""Importing a sheet at the screen: choose, say what columns hold, try, leave out, import, take back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from mrc_app.casework import events
from mrc_app.casework.clients import Client
from mrc_app.exchange import sheets_reading
from tests.make import OFFICER, make_client
from tests.ui.acting import click, settle
from ui.pages.import_sheet import ImportSheetPage
from ui.widgets.fields import ChoiceField
from ui.window import Window

BOOK = """No;First name;Father;Sex;Born;Mobile
1;Tigist;Bekele;W;12/03/1990;0911 223 344
2;Dawit;Girma;M;1988;0911 223 355
3;;Nobody;M;1988;
"""


def page_of(desk: Window, qtbot: QtBot) -> ImportSheetPage:
    desk.show_page("import_sheet")
    settle(qtbot, desk)
    page = desk.findChild(ImportSheetPage)
    assert page is not None
    return page


def names(desk: Window) -> list[str]:
    def question(session: Session) -> list[str]:
        return [one.call_name for one in session.exec(select(Client)) if not one.gone]

    found: list[str] = desk.desk.read(question)
    return found


def words(page: ImportSheetPage) -> str:
    said = "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    return said.replace("\u2068", "").replace("\u2069", "")


def test_a_logbook_is_tried_imported_and_taken_back(desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    with desk.desk.store.change(by=OFFICER, do="test") as session:
        make_client(session, call_name="Tigist", given="Tigist", father="Bekele", phone="0911223344", sex="F")
    file = tmp_path / "book.csv"
    file.write_text(BOOK, "utf-8")
    page = page_of(desk, qtbot)
    page.use(file)
    settle(qtbot, desk)
    assert page.form is not None
    assert page.form.fields["First name"].value() == "given"  # guessed by its name
    page.form.fields["Born"].set_value("birth_date")
    page.form.calendars["Born"].set_value("ethiopian:dmy")
    page.form.words["Sex"].set_value("W = F")
    page.form.form.fill({"external": "No"})
    click(page.try_it)
    assert "agreed to a record" in words(page)  # consent is asked for before anything else
    page.form.form.fill({"how": "signed", "statement": "Signed in the book", "statistics": "given"})
    click(page.try_it)
    settle(qtbot, desk)
    assert page.plan is not None
    assert (page.plan.rows, len(page.plan.ready), len(page.plan.blocked)) == (3, 2, 1)
    assert "Possibly registered already" in words(page)
    assert names(desk) == ["Tigist"]
    choice = next(
        one
        for one in page.findChildren(ChoiceField)
        if any(part.accessibleName().startswith("What to do with row") for part in one.controls())
    )
    choice.set_value("leave")
    click(page.go)
    settle(qtbot, desk)
    assert names(desk) == ["Tigist", "Dawit"]
    assert "1 imported, 0 known already, 2 not taken" in words(page)

    page.use(file)
    settle(qtbot, desk)
    assert page.form is not None
    assert page.form.calendars["Born"].value() == "ethiopian:dmy"  # remembered
    assert page.form.words["Sex"].value() == "W = F"
    page.attempt()
    settle(qtbot, desk)
    assert page.plan is not None
    assert page.plan.same == 1
    with desk.desk.store.read() as session:
        from mrc_app.casework import imports

        batch = imports.batches(session)[0].uuid
    page.take_back(batch)
    settle(qtbot, desk)
    assert names(desk) == ["Tigist"]
    page.take_back(batch)  # twice changes nothing
    assert "taken back" in words(page)


def test_words_no_list_knows_are_told_once_and_events_have_their_own_columns(
    desk: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "events.csv"
    file.write_text("Date;Place;Type;Women;Men\n2026-11-03;Dessie;kebele meeting;4;3\n2026-11-04;Wuchale;x;1;1\n")
    page = page_of(desk, qtbot)
    page.use(file)
    settle(qtbot, desk)
    page.tells_of.set_value("events")
    settle(qtbot, desk)
    assert page.form is not None and page.form.target == "events"
    assert [page.form.fields[one].value() for one in ("Date", "Place", "Women")] == ["on", "place", "sex_female"]
    page.attempt()
    settle(qtbot, desk)
    assert page.plan is not None and len(page.plan.blocked) == 2
    page.words.fields["Type", "kebele meeting"].set_value("community")
    page.words.fields["Type", "x"].set_value("school")
    page.explain()
    settle(qtbot, desk)
    assert page.plan is not None and (len(page.plan.ready), page.plan.errors) == (2, [])
    page.carry_out()
    settle(qtbot, desk)
    assert {one.place for one in desk.desk.read(events.latest)} == {"Dessie", "Wuchale"}


@pytest.mark.long
def test_what_is_no_sheet_is_said_on_the_page(desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "photo.xlsx"
    file.write_bytes(b"%PDF-1.7")
    page = page_of(desk, qtbot)
    page.use(file)
    settle(qtbot, desk)
    assert "is not a sheet this program reads" in words(page)
    assert page.form is None
    assert sheets_reading.text_of(None) == ""
