"""The ground the screen stands on: Qt itself, what is loaded, fonts, icons, settings, jobs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mrc_app.errors import MrcError
from mrc_app.i18n import languages
from mrc_app.places import LOCALES, RESOURCES
from ui import look
from ui.app import crash_note
from ui.icons import icon
from ui.jobs import Jobs, Step
from ui.settings import Settings, load_settings, settings_path

ROOT = Path(__file__).resolve().parents[2]


class _Sender(QObject):
    said = Signal(int)


def test_three_thousand_signals_leave_the_references_to_true_alone() -> None:
    sender, heard = _Sender(), []
    sender.said.connect(heard.append)
    before = sys.getrefcount(True)
    for number in range(3000):
        sender.said.emit(number)
    assert len(heard) == 3000
    assert abs(sys.getrefcount(True) - before) < 50


def test_the_way_to_the_unlock_screen_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; from ui.app import make_application, make_window\n"
        "from ui.settings import Settings\n"
        "app = make_application([]); w = make_window(Settings(language='am', centre='x.mrc')); w.show()\n"
        "[app.processEvents() for _ in range(5)]; assert type(w.page).__name__ == 'UnlockPage'\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('sqlmodel', 'sqlalchemy', 'pydantic', 'reportlab')\n"
        "  or m.startswith(('mrc_app.guides', 'babel.dates', 'nepali', 'hijri', 'mrc_app.casework'))])\n"
    )
    subprocess.run([sys.executable, "scripts/catalogues.py", "compile"], cwd=ROOT, check=True, capture_output=True)
    env = {
        "QT_QPA_PLATFORM": "offscreen",
        "MRC_SETTINGS": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
    }
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=env, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"


def _missing_glyphs(text: str, font: QFont) -> list[str]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    wrong = []
    for run in layout.glyphRuns():
        if run.rawFont().familyName() == "" or 0 in run.glyphIndexes():
            wrong.append(text)
    return wrong


@pytest.mark.parametrize("code", ["fr", "ar", "am"])
def test_every_screen_word_has_its_letters_in_the_bundled_fonts(qapp: QApplication, code: str) -> None:
    from babel.messages.pofile import read_po

    file = LOCALES / code / "LC_MESSAGES" / "mrc_app.po"
    if not file.exists():
        pytest.skip(f"no screen catalogue for {code} yet")
    with file.open("rb") as opened:
        catalog = read_po(opened)
    font = look.app_font()
    said = [part for message in catalog if message.id and message.string
            for part in ((message.string,) if isinstance(message.string, str) else message.string)]  # fmt: skip
    assert said
    assert [text for text in said if _missing_glyphs(re.sub(r"[\u2066-\u2069\n]", " ", text), font)] == []


def test_every_language_is_shown_under_its_own_name_without_a_missing_letter(qapp: QApplication) -> None:
    font = look.app_font()
    no_font = {"ff-Adlm", "ko", "ja"}
    wrong = [one.code for one in languages().values() if one.code not in no_font and _missing_glyphs(one.autonym, font)]
    assert wrong == []


def test_every_icon_that_is_named_exists_and_none_lies_unused(qapp: QApplication) -> None:
    there = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    named = set()
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in there:
                named.add(node.value)
    assert there - named == set()
    for name in named:
        assert not icon(name, "accent").pixmap(18, 18).isNull()


def test_settings_come_back_and_a_damaged_file_gives_the_defaults() -> None:
    Settings(language="ar", theme="dark", text_size=130, printer=False).keep()
    kept = load_settings()
    assert (kept.language, kept.theme, kept.text_size, kept.printer) == ("ar", "dark", 130, False)
    settings_path().write_text("{broken", "utf-8")
    assert load_settings() == Settings()
    settings_path().write_text(json.dumps({"theme": "pink", "text_size": 900, "language": 5}), "utf-8")
    kept = load_settings()
    assert (kept.theme, kept.text_size, kept.language) == ("system", 150, "")


def test_a_crash_note_names_places_in_the_program_and_no_value() -> None:
    try:
        name = "Tigist Alemu"
        raise ValueError(name)
    except ValueError as trouble:
        note = crash_note(type(trouble), trouble.__traceback__)
    assert "ValueError" in note
    assert "test_screen_foundation.py" in note
    assert "Tigist" not in note


def test_a_cancelled_job_really_stops(qtbot: QtBot) -> None:
    jobs, steps, told = Jobs(), [], []
    go = threading.Event()

    def work(step: Step) -> str:
        for number in range(10_000):
            steps.append(number)
            step(number, 10_000)
            go.wait(0.001)
        return "finished"

    job = jobs.run(work, done=told.append, failed=told.append)
    qtbot.waitUntil(lambda: len(steps) > 3)
    job.cancel()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], MrcError)
    assert "Stopped" in told[0].text()
    stopped_at = len(steps)
    qtbot.wait(30)
    assert len(steps) == stopped_at < 10_000
    jobs.close()


def test_progress_arrives_on_the_screens_thread(qtbot: QtBot) -> None:
    jobs, threads, told = Jobs(), set(), []
    jobs.run(lambda step: [step(n, 3) for n in range(3)] and "done", done=told.append,
             progress=lambda *_: threads.add(threading.get_ident()))  # fmt: skip
    qtbot.waitUntil(lambda: told == ["done"])
    assert threads == {threading.get_ident()}
    jobs.close()


def test_dark_and_light_are_two_looks(qapp: QApplication) -> None:
    look.wear(qapp, "dark", 150)
    try:
        assert look.colour("page").lightness() < 60
        assert look.px(10) == 15
        assert qapp.font().pixelSize() == 21
    finally:
        look.wear(qapp, "light", 100)
    assert look.colour("page").lightness() > 200
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
