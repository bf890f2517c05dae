"""Paper forms at the screen: printed with numbers, typed in on the page of events, and none stays out unseen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from mrc_app.casework import events, paper_forms
from mrc_app.casework.paper_forms import FormState
from tests.ui.acting import settle
from ui.pages.events import EventsPage
from ui.pages.paper_forms import PaperFormsPage
from ui.window import Window


def out(desk: Window) -> list[str]:
    def question(session: Session) -> list[str]:
        return [one.number for one in paper_forms.of_state(session, FormState.OUT)]

    found: list[str] = desk.desk.read(question)
    return found


def test_a_tally_sheet_goes_out_and_comes_back(desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show_page("paper_forms")
    settle(qtbot, desk)
    page = desk.findChild(PaperFormsPage)
    assert page is not None
    page.print_to(tmp_path / "sheets.pdf", "village", 3, "am")
    settle(qtbot, desk)
    first, second, third = out(desk)
    assert (tmp_path / "sheets.pdf").read_bytes().startswith(b"%PDF")
    shown = "\n".join(one.text() for one in page.findChildren(QLabel))
    assert first in shown.replace("\u2066", "").replace("\u2069", "")
    desk.show_page("events", first)
    settle(qtbot, desk)
    form = desk.findChild(EventsPage)
    assert form is not None
    form.form.fill({"place": "Dessie", "people": "62", "sex": {"female": "41", "male": "21"}})
    assert form.form.values()["paper"] == first
    form.save()
    settle(qtbot, desk)
    assert out(desk) == [second, third]
    form.form.fill({"place": "Dessie", "people": "5", "paper": first})
    form.save()  # the same sheet twice: nothing is kept
    assert len(desk.desk.read(events.latest)) == 1
    desk.show_page("paper_forms")
    page.back_form.fill({"number": second})
    page.was_spoiled()
    settle(qtbot, desk)
    assert out(desk) == [third]
    page.back_form.fill({"number": "nonsense"})
    page.typed_in()
    settle(qtbot, desk)
    assert out(desk) == [third]
