"""Hiding at a key, locking when nobody is there, the PIN, and the lockdown: with real keys at the real window."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mrc_app import store as centre_files
from mrc_app.errors import NotAllowed
from mrc_app.store import keys, locking, officers, people, pins
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, make_client
from tests.ui.acting import click, press, settle, typed
from ui.backing_up import Automatic
from ui.cover import Calculator
from ui.pages import DOOR, PAGES
from ui.settings import Settings, load_settings, settings_path
from ui.watch import ALARM_S, HIDE
from ui.widgets.dialogs import AskText
from ui.window import Window

PIN = "4711"
NAMES = ("Tigist", "Alemu", "0911234567", "Bahir", "Meseret")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least costly guess the program still accepts."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


@pytest.fixture(autouse=True)
def no_backups(monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy that is made at every lock has tests of its own, and takes its time."""
    monkeypatch.setattr(Automatic, "at_end", lambda *_told, **_more: None)


class Clock:
    """The seconds of the test."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(desk: Window) -> Iterator[Clock]:
    """Time stands still until the test moves it."""
    made = Clock()
    desk.watch.clock = made
    desk.watch._touched = made()
    yield made


@pytest.fixture
def tigist(desk: Window, store: Store) -> str:
    """A client, so that there is something to hide."""
    with store.change(by=store.officer, do="clients.register") as session:
        return make_client(session, call_name="Tigist", father="Alemu", phone="0911234567").uuid


def key(window: Window, which: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as it reaches the program: at the window that has the keyboard."""
    QTest.keyClick(QApplication.focusWindow() or window.windowHandle(), which, mods)


def when_a_dialog_has_the_keyboard(desk: Window, act: Callable[[], object]) -> None:
    """Acts while a dialog waits for its answer; gives up after some seconds and takes the dialog away."""
    timer = QTimer(desk)
    tries = iter(range(100))

    def look() -> None:
        modal = QApplication.activeModalWidget()
        if modal is not None and QApplication.focusWindow() is modal.windowHandle():
            timer.stop()
            act()
            QTimer.singleShot(3000, modal, modal.close)
        elif next(tries, None) is None and modal is not None:
            timer.stop()
            modal.close()

    timer.timeout.connect(look)
    timer.start(20)


def shown_words() -> str:
    """Every word on the screen now: labels, buttons, fields, titles, tooltips, names for people who hear it."""
    words = []
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        for part in [top, *top.findChildren(QWidget)]:
            if part.isVisible():
                words += [part.accessibleName(), part.toolTip(), part.accessibleDescription(), part.windowTitle()]
                words += [part.text()] if hasattr(part, "text") else []
                words += [part.toPlainText()] if isinstance(part, QPlainTextEdit) else []
                words += [part.placeholderText()] if isinstance(part, QLineEdit) else []
    return "\n".join(words)


def assert_nothing_personal() -> None:
    words = shown_words()
    assert [name for name in NAMES if name in words] == []


# -- hiding


def test_one_key_hides_every_page_in_less_than_fifty_milliseconds(desk: Window, tigist: str, qtbot: QtBot) -> None:
    desk.watch.cover()
    for page in sorted(set(PAGES) - set(DOOR)):
        desk.show_page(page, tigist if page in ("clients", "counselling", "guide") else "")
        settle(qtbot, desk)
        took = []
        for again in range(3):  # the quickest counts: other programs work on this computer too
            assert desk.windowTitle() == "The caseworker's desk", page
            start = time.perf_counter()
            key(desk, HIDE)
            took.append(time.perf_counter() - start)
            assert desk.watch.cover().isVisible()
            assert desk.windowTitle() == "Calculator"
            if not again:
                assert_nothing_personal()
            key(desk, HIDE)
            assert desk.page.isVisible()
            assert not desk.watch.cover().isVisible()
        assert min(took) < 0.05, (page, took)


def test_a_dialog_that_is_open_goes_too_and_answers_nothing(desk: Window, tigist: str, qtbot: QtBot) -> None:
    answers: list[str | None] = []
    seen: list[bool] = []

    def while_open() -> None:
        typed(asked.field.line, "Tigist")
        key(desk, HIDE)
        seen.append(any(isinstance(top, AskText) and top.isVisible() for top in QApplication.topLevelWidgets()))
        assert_nothing_personal()

    asked = AskText(desk, "Done", "What came of it?")
    when_a_dialog_has_the_keyboard(desk, while_open)
    answers.append(asked.answer())
    assert (answers, seen) == ([None], [False])
    assert desk.watch.covered
    key(desk, HIDE)


def test_the_palette_goes_too_and_no_key_of_the_window_works_behind_the_cover(
    desk: Window, tigist: str, qtbot: QtBot
) -> None:
    when_a_dialog_has_the_keyboard(desk, lambda: key(desk, HIDE))
    desk.open_palette()
    assert desk.watch.covered
    for letter in (Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_F):
        key(desk, letter, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert desk.at == "today"
    assert_nothing_personal()
    key(desk, HIDE)


def test_a_dialog_that_comes_up_behind_the_cover_goes_at_once(desk: Window, qtbot: QtBot) -> None:
    key(desk, HIDE)
    late = AskText(desk, "Done", "Tigist Alemu?")
    late.open()
    qtbot.waitUntil(lambda: not late.isVisible())
    desk.say("Tigist Alemu is registered.")
    assert_nothing_personal()
    key(desk, HIDE)
    late.deleteLater()


def test_escape_twice_hides_too_and_once_does_not(desk: Window, clock: Clock) -> None:
    key(desk, Qt.Key.Key_Escape)
    clock.now += 2
    key(desk, Qt.Key.Key_Escape)
    assert not desk.watch.covered
    clock.now += 0.3
    key(desk, Qt.Key.Key_Escape)
    assert desk.watch.covered
    key(desk, HIDE)


def test_the_button_at_the_foot_of_the_side_bar_hides(desk: Window, qtbot: QtBot) -> None:
    hide = next(part for part in desk.side.findChildren(QWidget) if part.accessibleName() == "Hide")
    click(hide)
    assert desk.watch.covered
    assert_nothing_personal()
    key(desk, HIDE)


def test_what_was_typed_stands_there_again_after_hiding(desk: Window, qtbot: QtBot) -> None:
    desk.show_page("register")
    desk.page.next()  # type: ignore[attr-defined]
    settle(qtbot, desk)
    line = desk.page.person.form["call_name"].controls()[0]  # type: ignore[attr-defined]
    typed(line, "Hawa")
    key(desk, HIDE)
    for digit in (Qt.Key.Key_1, Qt.Key.Key_2):
        key(desk, digit)
    assert desk.watch.cover().display.text() == "12"
    key(desk, HIDE)
    assert desk.focusWidget() is line
    assert line.text() == "Hawa"


def test_hiding_works_before_anybody_signed_in(window: Window) -> None:
    key(window, HIDE)
    assert window.watch.cover().isVisible()
    key(window, HIDE)
    assert window.page.isVisible()


@pytest.mark.parametrize(
    ("keys_pressed", "shown"),
    [("12+30=", "42"), ("7÷2=", "3.5"), ("1÷0=", "0"), ("0.1+0.2=", "0.3"), ("2×3+4=", "10"), ("5−8=", "-3")],
)
def test_the_calculator_calculates(keys_pressed: str, shown: str) -> None:
    calculator = Calculator()
    for sign in keys_pressed:
        calculator.press(sign)
    assert calculator.shown == shown


# -- locking


def _lock_after(desk: Window, clock: Clock, seconds: float) -> None:
    clock.now += seconds
    desk.watch.look()


def test_the_desk_locks_itself_after_the_minutes_of_the_settings_and_the_key_is_gone(
    desk: Window, store: Store, clock: Clock, tigist: str, qtbot: QtBot
) -> None:
    desk.desk.settings.lock_minutes = 2
    _lock_after(desk, clock, 100)
    key(desk, Qt.Key.Key_Tab)
    _lock_after(desk, clock, 100)
    assert desk.desk.is_open, "a key was pressed in between"
    _lock_after(desk, clock, 21)
    settle(qtbot, desk)
    assert not desk.desk.is_open
    assert store._key is None
    assert store._engine is None
    assert store._light == []
    assert desk.at == "unlock"
    assert_nothing_personal()


def test_the_mouse_keeps_the_desk_open(desk: Window, clock: Clock) -> None:
    clock.now += 200
    QTest.mouseMove(desk.windowHandle(), desk.rect().center())
    QApplication.processEvents()
    _lock_after(desk, clock, 200)
    assert desk.desk.is_open


def _with_pin(desk: Window, remember: bool = False) -> None:
    desk.desk.pin = pins.choose(desk.desk.store, PIN, remember=remember)


def _type_pin(desk: Window, qtbot: QtBot, pin: str) -> None:
    line = desk.page.form["pin"].controls()[0]  # type: ignore[attr-defined]
    typed(line, pin)
    press(line)
    settle(qtbot, desk)


def test_after_a_lock_the_pin_brings_the_same_page_with_the_same_draft(
    desk: Window, clock: Clock, qtbot: QtBot, store: Store
) -> None:
    _with_pin(desk)
    desk.show_page("register")
    desk.page.next()  # type: ignore[attr-defined]
    settle(qtbot, desk)
    typed(desk.page.person.form["call_name"].controls()[0], "Hawa")  # type: ignore[attr-defined]
    desk.page.person.form["language"].set_value("am")  # type: ignore[attr-defined]
    _lock_after(desk, clock, 301)
    settle(qtbot, desk)
    assert (desk.at, store._key) == ("locked", None)
    assert "Hawa" not in shown_words()
    assert_nothing_personal()
    assert b"Hawa" not in store.path.read_bytes()
    _type_pin(desk, qtbot, PIN)
    assert desk.at == "register"
    form = desk.page.person.form  # type: ignore[attr-defined]
    assert form["call_name"].isVisible()
    assert (form["call_name"].value(), form["language"].value()) == ("Hawa", "am")
    assert desk.desk.store.draft("lock") is None


@pytest.mark.long
def test_a_tab_of_a_client_comes_back_after_the_password_too(
    desk: Window, clock: Clock, qtbot: QtBot, tigist: str
) -> None:
    desk.show_page("clients", tigist)
    settle(qtbot, desk)
    desk.page.panel.turn("details")  # type: ignore[attr-defined]
    settle(qtbot, desk)
    _lock_after(desk, clock, 301)
    assert desk.at == "unlock"
    assert_nothing_personal()
    typed(desk.page.form["login"].controls()[0], LOGIN)  # type: ignore[attr-defined]
    typed(desk.page.form["password"].controls()[0], PASSWORD)  # type: ignore[attr-defined]
    press(desk.page.form["password"].controls()[0])  # type: ignore[attr-defined]
    settle(qtbot, desk)
    assert (desk.at, desk.page.id, desk.page.panel.tab) == ("clients", tigist, "details")  # type: ignore[attr-defined]


def test_five_wrong_pins_and_only_the_password_is_left(desk: Window, clock: Clock, qtbot: QtBot) -> None:
    _with_pin(desk)
    desk.lock()
    for left in (4, 3, 2, 1):
        _type_pin(desk, qtbot, "0815")
        assert f"Tries left: {left}" in shown_words().replace("\u2068", "").replace("\u2069", "")
        assert desk.page.form["pin"].value() is None  # type: ignore[attr-defined]
    _type_pin(desk, qtbot, "0815")
    assert desk.at == "unlock"
    assert desk.desk.pin is None
    assert "Sign in with your password" in shown_words()


def test_with_a_pin_hiding_locks_and_coming_back_asks_for_it(desk: Window, store: Store, qtbot: QtBot) -> None:
    _with_pin(desk)
    key(desk, HIDE)
    qtbot.waitUntil(lambda: not desk.desk.is_open)
    settle(qtbot, desk)
    assert desk.watch.cover().isVisible()
    assert store._key is None
    assert_nothing_personal()
    key(desk, HIDE)
    assert desk.at == "locked"
    assert desk.page.isVisible()
    _type_pin(desk, qtbot, PIN)
    assert desk.at == "today"


def test_hiding_can_ask_for_the_password_where_there_is_no_pin(desk: Window, qtbot: QtBot) -> None:
    desk.desk.settings.hide_asks = True
    key(desk, HIDE)
    qtbot.waitUntil(lambda: not desk.desk.is_open)
    key(desk, HIDE)
    assert desk.at == "unlock"


@pytest.mark.long
def test_the_pin_is_set_and_taken_away_in_the_settings(desk: Window, qtbot: QtBot) -> None:
    desk.show_page("settings")
    settle(qtbot, desk)
    card = desk.page.lock  # type: ignore[attr-defined]
    typed(card.pin["pin"].controls()[0], "1111")
    click(card.set)
    assert "first that somebody would try" in card.pin.trouble("pin")
    assert desk.desk.pin is None
    card.pin.fill({"pin": None, "remember": True})
    typed(card.pin["pin"].controls()[0], PIN)
    click(card.set)
    assert desk.desk.pin is not None
    assert card.pin["pin"].value() is None
    desk.desk.pin = None  # as after a restart
    desk.lock()
    desk.enter(centre_files.open(
        desk.desk.settings.centre, login=LOGIN, password=PASSWORD, settings=settings_path().parent
    ))  # fmt: skip
    assert desk.desk.pin is not None
    settle(qtbot, desk)
    assert desk.at == "settings"
    click(desk.page.lock.drop)  # type: ignore[attr-defined]
    assert desk.desk.pin is None
    assert pins.remembered(desk.desk.store) is None


@pytest.mark.long
def test_the_minutes_are_kept_on_this_computer(desk: Window, qtbot: QtBot) -> None:
    desk.show_page("settings")
    settle(qtbot, desk)
    desk.page.lock.form["lock_minutes"]._buttons[0][1].click()  # type: ignore[attr-defined]
    assert load_settings().lock_minutes == 2
    Settings(lock_minutes=99).keep()
    assert load_settings().lock_minutes == 5


def test_work_that_runs_ends_before_the_key_is_dropped_and_the_screen_is_locked_at_once(
    desk: Window, store: Store, qtbot: QtBot
) -> None:
    import threading

    go, ended = threading.Event(), []

    def work(step: object) -> str:
        go.wait(10)
        with store.plain() as connection:
            return str(connection.execute("SELECT count(*) FROM client").fetchone()[0])

    desk.desk.jobs.run(work, done=ended.append)
    desk.lock()
    assert desk.at == "unlock"
    assert store._key is not None, "the work still needs it"
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.waitUntil(lambda: store._key is None)
    assert ended == ["0"]


# -- lockdown


def _alarm(desk: Window) -> None:
    key(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def abebe(store: Store) -> str:
    """A caseworker with a password of her own."""
    with store.change(by=store.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe", role=Role.CASEWORKER)
    people.set_password(store, "abebe", "another long word")
    return "another long word"


def _opens(desk: Window, login: str, password: str) -> bool:
    folder = Path(desk.desk.settings.centre)
    try:
        centre_files.open(folder, login=login, password=password, settings=settings_path().parent).close()
    except NotAllowed as refused:
        assert "locked down" in refused.text()
        return False
    return True


def test_two_presses_within_three_seconds_lock_the_file_down(
    desk: Window, store: Store, clock: Clock, tigist: str, abebe: str, qtbot: QtBot
) -> None:
    desk.show_page("clients", tigist)
    settle(qtbot, desk)
    _alarm(desk)
    assert desk.watch.covered, "the first press hides"
    clock.now += ALARM_S - 0.1
    _alarm(desk)
    settle(qtbot, desk)
    assert_nothing_personal()
    assert store._key is None
    assert not _opens(desk, "abebe", abebe)
    assert _opens(desk, LOGIN, PASSWORD)


def test_two_presses_too_far_apart_lock_nothing_down(desk: Window, clock: Clock, abebe: str) -> None:
    _alarm(desk)
    clock.now += ALARM_S + 0.1
    _alarm(desk)
    assert _opens(desk, "abebe", abebe)


def test_a_lockdown_works_while_the_desk_is_locked_and_the_pin_opens_nothing_then(
    desk: Window, clock: Clock, abebe: str, qtbot: QtBot
) -> None:
    _with_pin(desk)
    desk.lock()
    settle(qtbot, desk)
    for _ in range(2):
        key(desk, HIDE, Qt.KeyboardModifier.ShiftModifier)
    assert not _opens(desk, "abebe", abebe)
    key(desk, HIDE)
    assert desk.at == "unlock"
    assert desk.desk.pin is None


def test_a_supervisor_is_offered_the_end_of_the_lockdown_on_today(
    desk: Window, store: Store, abebe: str, qtbot: QtBot
) -> None:
    locking.lock_down(store)
    desk.show_page("today")
    settle(qtbot, desk)
    assert "locked down" in shown_words()
    end = next(part for part in desk.page.findChildren(QWidget) if part.accessibleName() == "End the lockdown")
    click(end)
    settle(qtbot, desk)
    assert locking.standing(store) is None
    assert _opens(desk, "abebe", abebe)
    assert "locked down" not in shown_words()
