"""The first day, driven as a person would: from the first run to her saved guide, in English and in Arabic.

Every press and every key goes through the window. With MRC_FIRST_DAY_PICTURES naming a folder, a picture of each step
is saved there (scripts/first_day.sh does so under a real screen).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mrc_app.i18n import _, completeness, languages, screen_language
from mrc_app.store import keys
from tests.ui.acting import settle
from ui.widgets.text import Elided
from ui.window import Window

PASSWORD = "seven blue donkeys"
NAMES = {"en": "Tigist", "ar": "تيغست"}


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Password guesses as cheap as the format allows, and the toolkit's own file dialog."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    yield
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


@dataclass
class Person:
    """Somebody at the desk: sees what is on the screen, presses and types."""

    window: Window
    qtbot: QtBot
    code: str
    complete: bool
    folder: Path | None
    steps: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def page(self) -> Any:
        return self.window.page

    def see(self, name: str) -> None:
        """Looks at the page: nothing cut, everything named, everything in the screen's language; takes a picture."""
        settle(self.qtbot, self.window)
        QApplication.processEvents()
        self.steps += 1
        if self.folder is not None:
            self.window.grab().save(str(self.folder / f"{self.code}-{self.steps:02}-{name}.png"))
        self.wrong += [f"{name}: {what}" for what in (*cut(self.window), *nameless(self.window))]
        if self.complete and screen_language().code == self.code == "ar":
            self.wrong += [f"{name}: {what}" for what in left_in_english(self.window)]

    def press(self, text: str) -> None:
        """Presses the button with these words, scrolling to it as a person would."""
        found = [one for one in self.window.findChildren(QPushButton) if one.text() == text and one.isVisible()]
        assert found, f"no button “{text}”: {sorted({b.text() for b in buttons(self.window)})}"
        self.click(found[0])

    def click(self, widget: QWidget) -> None:
        reveal(widget)
        assert widget.isVisible() and widget.isEnabled(), widget
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Types where the keyboard is."""
        where = QApplication.focusWidget()
        assert where is not None
        keys_of(where, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        where = QApplication.focusWidget() or self.window
        QTest.keyClick(where, key, modifier)
        QApplication.processEvents()

    def fill(self, form: Any, name: str, text: str) -> None:
        """Clicks into a field of a form and types."""
        part = form[name].controls()[0]
        self.click(part)
        part.setFocus()
        if part.text():
            QTest.keyClick(part, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        keys_of(part, text)

    def choose(self, form: Any, name: str, place: int) -> None:
        """Clicks the button at a place of a row of choices."""
        self.click(form[name].controls()[place])

    def pick(self, form: Any, name: str, text: str) -> None:
        """Types into a searchable list and takes the first that is offered."""
        self.fill(form, name, text)
        popup = form[name].popup.popup()
        self.qtbot.waitUntil(popup.isVisible, timeout=3000)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=3000)

    def wait(self, until: Callable[[], bool], timeout: int = 60_000) -> None:
        self.qtbot.waitUntil(until, timeout=timeout)


def keys_of(widget: QWidget, text: str) -> None:
    """Types a text in any script: one press and release a letter."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()


def reveal(widget: QWidget) -> None:
    """Scrolls until a widget can be seen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    QApplication.processEvents()


def buttons(window: QWidget) -> Iterator[QPushButton]:
    """Every button that can be seen."""
    for one in window.findChildren(QPushButton):
        if one.isVisible() and one.text():
            yield one


def cut(window: QWidget) -> list[str]:
    """Words on the screen that have less room than they need, or stand outside of the window."""
    wrong = []
    for widget in window.findChildren(QWidget):
        if (
            not isinstance(widget, QPushButton | QCheckBox | QLabel)
            or not widget.isVisible()
            or isinstance(widget, Elided)
        ):
            continue
        text = widget.text()
        if not text:
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.heightForWidth(widget.width()) > widget.height() + 2
        elif isinstance(widget, QLabel):
            short = widget.minimumSizeHint().width() > widget.width() + 1
        else:
            short = widget.fontMetrics().horizontalAdvance(text) > widget.width()
        left, right = widget.mapTo(window, QPoint(0, 0)).x(), widget.mapTo(window, QPoint(widget.width(), 0)).x()
        if short or left < -1 or right > window.width() + 1:
            wrong.append(f"cut: “{text[:60]}” {widget.width()}x{widget.height()} at {left}")
    return wrong


def nameless(window: QWidget) -> list[str]:
    """Controls that say nothing to people who hear the screen."""
    wrong = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit) or not widget.isVisible():
            continue
        if isinstance(widget.parentWidget(), QComboBox | QScrollArea):
            continue
        heard = QAccessible.queryAccessibleInterface(widget)
        if heard is None or not heard.text(QAccessible.Text.Name).strip():
            wrong.append(f"no name: {type(widget).__name__} {widget.objectName()}")
    return wrong


OWN_NAMES = re.compile(
    r"She brings the contract|MIC Bahir Dar|Meseret|Tigist|Bahir|English|Français|ISCO-08|[A-Z]{2}-[A-Z]{2}"
    r"|Ctrl\+\w|\.mrc|\.pdf"
)


def left_in_english(window: QWidget) -> list[str]:
    """Sentences with two English words side by side, where the screen speaks Arabic."""
    wrong = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.isVisible():
            continue
        words = OWN_NAMES.sub("", widget.text())
        if re.search(r"[A-Za-z]{3,} [a-z]{2,}", words):
            wrong.append(f"in English: “{widget.text()[:60]}”")
    return wrong


def ui_complete(code: str) -> bool:
    """Whether the screen's catalogue of a language is complete."""
    row = next(row for row in completeness("ui") if row["code"] == code)
    return bool(row["translated"] >= row["total"])


@pytest.fixture(params=["en", "ar"])
def person(request: pytest.FixtureRequest, window: Window, qtbot: QtBot) -> Person:
    """Somebody who speaks English, or Arabic."""
    named = os.environ.get("MRC_FIRST_DAY_PICTURES")
    folder = Path(named) if named else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return Person(window, qtbot, request.param, ui_complete(request.param), folder)


def test_the_first_client_from_first_run_to_her_saved_guide(person: Person, tmp_path: Path) -> None:
    centre = tmp_path / "centre.mrc"
    make_centre(person, centre)
    register(person)
    counsel(person)
    plan_journey(person)
    saved = give_guide(person, tmp_path)
    check_what_is_kept(person, saved)
    assert not person.wrong, "\n".join(person.wrong)


def make_centre(person: Person, path: Path) -> None:
    """First run: language, centre, officer, recovery sheet typed back, printer."""
    person.see("welcome")
    person.press(languages()[person.code].autonym)
    person.see("language")
    person.click(person.page.welcome.new)
    form = person.page.centre.form
    person.fill(form, "centre", "MIC Bahir Dar")
    person.pick(form, "country", "ethiop")
    where = form["path"].controls()[0]
    person.click(where)
    where.selectAll()
    QTest.keyClicks(where, str(path))
    person.see("centre")
    person.press(_("Next"))
    form = person.page.you.form
    for name, text in (("officer", "Meseret"), ("login", "meseret"), ("password", PASSWORD), ("again", PASSWORD)):
        person.fill(form, name, text)
    person.see("you")
    person.press(_("Next"))
    person.wait(lambda: person.page.at == 3)
    person.see("recovery-sheet")
    person.fill(person.page.recovery.form, "sheet", person.page.recovery.sheet)
    person.press(_("Next"))
    assert person.page.at == 4
    person.press(_("Yes, there is a printer"))
    person.see("printer")
    person.press(_("Finish"))
    person.wait(lambda: type(person.page).__name__ == "TodayPage")
    person.see("today")


def register(person: Person) -> None:
    """Danger first, then a name, a language and two answers."""
    person.press(_("New client"))
    person.wait(lambda: type(person.page).__name__ == "RegisterPage")
    page = person.page
    person.click(page.safety.danger.controls()[1])
    person.click(page.safety.safe_to_talk.controls()[0])
    person.see("safety")
    person.press(_("Continue"))
    form = page.person.form
    person.fill(form, "call_name", NAMES[person.code])
    person.pick(form, "language", "amharic")
    person.choose(form, "record", 0)
    person.choose(form, "statistics", 0)
    person.choose(form, "how", 1)
    person.see("registration")
    person.press(_("Register"))
    person.wait(lambda: type(person.page).__name__ == "ClientsPage")
    person.see("client")


def counsel(person: Person) -> None:
    """A session by keyboard: mode, minutes, topics, a result, a follow-up in seven days."""
    person.click(person.window.findChild(QPushButton, "go-counselling"))
    person.wait(lambda: type(person.page).__name__ == "CounsellingPage")
    page = person.page
    settle(person.qtbot, person.window)
    first = page.session["danger"].controls()[0]
    assert QApplication.focusWidget() is first, (QApplication.focusWidget(), person.window.isActiveWindow())
    forward = Qt.Key.Key_Left if person.code == "ar" else Qt.Key.Key_Right
    person.key(forward)
    person.key(Qt.Key.Key_Space)
    assert page.session["danger"].value() == "no"
    page.session["safe_to_talk"].controls()[0].setFocus()
    person.key(Qt.Key.Key_Space)
    page.session["minutes"].setFocus()
    person.type("30")
    page.session["topics"].setFocus()
    person.key(Qt.Key.Key_Space)
    person.key(forward)
    person.key(forward)
    person.key(Qt.Key.Key_Space)
    person.key(Qt.Key.Key_Tab)
    person.type("She brings the contract.")
    person.see("counselling")
    person.click(next(one for one in buttons(page) if "7" in one.text()))
    person.see("follow-up")
    person.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.wait(lambda: type(person.page).__name__ == "ClientsPage")
    person.see("client-timeline")


def plan_journey(person: Person) -> None:
    """To Saudi Arabia, and what she was promised."""
    person.press(_("Journey"))
    settle(person.qtbot, person.window)
    panel = person.page.panel._panels["journey"]
    person.pick(panel.form, "destination", "saudi")
    person.see("journey")
    person.click(panel.ok)
    person.wait(lambda: panel.journey is not None and panel.cards[1].form is not None)
    form = panel.cards[1].form
    person.fill(form, "town", "Riyadh")
    person.fill(form, "wage", "1000")
    assert form["wage"].currency.value() == "SAR"
    person.see("job")
    person.click(panel.cards[1].keep)
    assert panel.cards[1].form is None
    person.see("job-kept")


def give_guide(person: Person, folder: Path) -> Path:
    """She says it is safe to carry; the pages are made, turned and saved for printing elsewhere."""
    person.click(person.window.findChild(QPushButton, "go-guide"))
    person.wait(lambda: type(person.page).__name__ == "GuidePage")
    page = person.page
    person.wait(lambda: page.made is not None)
    person.see("guide")
    person.click(page.giving.save)
    person.choose({"where": page.giving.where}, "where", 2)
    assert page.giving.trouble.isVisible(), "a guide leaves before she was asked whether it is safe"
    person.click(page.carry.controls()[0])
    person.wait(lambda: page.made is not None and page.giving.save.isEnabled())
    page.preview.setFocus()
    person.key(Qt.Key.Key_End)
    settle(person.qtbot, person.window)
    assert page.preview.at == len(page.preview.pages) - 1
    person.see("last-page")
    target = folder / "kept.pdf"
    person.click(page.giving.save)
    person.see("where-does-the-file-go")
    proposed: list[str] = []
    QTimer.singleShot(300, lambda: answer_dialog(target, proposed))
    person.choose({"where": page.giving.where}, "where", 2)
    assert target.exists()
    assert proposed and not re.search(NAMES[person.code], proposed[0])
    assert "SA" not in Path(proposed[0]).name
    person.see("saved")
    return target


def answer_dialog(target: Path, proposed: list[str]) -> None:
    """Types a path into the file dialog and presses Enter."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    proposed.append(line.text())
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, str(target))
    QTest.keyClick(line, Qt.Key.Key_Return)


def check_what_is_kept(person: Person, saved: Path) -> None:
    """The file is her guide; the centre file holds the session, the task, her answers and what she was given."""
    from pypdf import PdfReader

    from mrc_app.casework import agenda, clients, counselling, journeys

    reader = PdfReader(BytesIO(saved.read_bytes()))
    assert len(reader.pages) == person.page.made.pages
    assert NAMES[person.code] not in str(reader.metadata)
    uuid, desk = person.page.id, person.window.desk

    def kept(session: Any) -> tuple[Any, ...]:
        return (
            clients.by_uuid(session, uuid), counselling.of_client(session, uuid),
            agenda.for_client(session, uuid, desk.today()),
            journeys.current(session, uuid), counselling.handouts(session, uuid),
        )  # fmt: skip

    client, contacts, tasks, journey, handouts = desk.read(kept)
    assert (client.call_name, client.language) == (NAMES[person.code], "am")
    assert contacts[0].minutes == 30 and len(contacts[0].topics) == 2
    assert contacts[0].result == "She brings the contract."
    assert tasks[0].task.due == contacts[0].follow_up_on
    assert journey is not None and journey.corridor == "ET-SA" and journey.wage_minor == 100_000
    assert [(str(one.what), str(one.safe_to_carry), str(one.form)) for one in handouts] == [
        ("departure_guide", "yes", "paper")
    ]
