"""The top of the program with a screen: what is loaded before the first window, what happens when something breaks."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mrc_app.i18n import N_, _, languages, set_screen_language
from ui import look
from ui.settings import SCREEN_LANGUAGES, Settings, load_settings, notes_path
from ui.window import Window

_HARMLESS = ("OpenType support missing", "propagateSizeHints", "This plugin does not support")


def main(argv: list[str]) -> int:
    """Opens the window, over the centre file named if there is one. Returns the exit code."""
    app = make_application(argv)
    window = make_window(load_settings(), argv[0] if argv else "")
    sys.excepthook = lambda kind, trouble, trace: stopped(window, kind, trouble, trace)
    window.show()
    QTimer.singleShot(150, lambda: warm_up(window))
    return app.exec()


def make_application(argv: list[str]) -> QApplication:
    """The Qt application: Fusion, named, quiet about fonts."""
    qInstallMessageHandler(_speak)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["mrc", *argv])
    app.setStyle("Fusion")
    app.setApplicationName("mrc-desk")
    app.setQuitOnLastWindowClosed(True)
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)  # a dialog of the system would not hear F9
    return app


def make_window(settings: Settings, centre: str = "") -> Window:
    """The window in the language and look of the settings, at the page where this computer stands."""
    settings.language = settings.language if settings.language in SCREEN_LANGUAGES else system_language()
    if settings.calendar:
        prefer_calendar(settings.calendar)
    if centre:
        settings.centre = str(Path(centre).absolute())
    set_screen_language(settings.language)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        look.wear(app, settings.theme, settings.text_size)
    window = Window(settings)
    window.show_page("unlock" if settings.centre else "first_run")
    return window


def prefer_calendar(name: str) -> None:
    """Dates are typed and written in this calendar first; a name that is no calendar leaves the language's own."""
    from mrc_app.calendars import Calendar
    from ui.widgets.dates import Preferred

    Preferred.calendar = Calendar(name) if name in set(Calendar) else None


def system_language() -> str:
    """The desktop's language where the screen speaks it, else English."""
    from PySide6.QtCore import QLocale

    code = QLocale.system().bcp47Name().split("-")[0]
    return code if code in SCREEN_LANGUAGES and code in languages() else "en"


def warm_up(window: Window) -> None:
    """Loads what comes after the unlock screen while the person types: the store, beside the screen."""

    def load(_step: object) -> None:
        import mrc_app.casework.timeline
        import mrc_app.store.lists
        from mrc_app.corridors import catalogue
        from ui.widgets.choosers import countries_in

        countries_in(window.desk.settings.language)
        catalogue.corridors()
        import mrc_app.guides.making  # noqa: F401

    window.desk.jobs.run(load)


def stopped(window: Window, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
    """Leaves a note about what broke: places in the program only, no text, no value, no name of a person."""
    note = crash_note(kind, trace)
    path = notes_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(note)
    sys.stderr.write(note)
    window.say(_(N_("Something went wrong. A note about it was left on this computer.")))


def crash_note(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The note: the moment, the kind of trouble, and the lines of the program it passed through."""
    import traceback

    here = Path(__file__).resolve().parent.parent
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M} {kind.__name__}"]
    for frame in traceback.extract_tb(trace):
        file = Path(frame.filename)
        name = file.relative_to(here).as_posix() if file.is_relative_to(here) else file.name
        lines.append(f"  {name}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def _speak(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    if not any(harmless in text for harmless in _HARMLESS):
        sys.stderr.write(f"Qt: {text}\n")
