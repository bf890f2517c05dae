"""Pictures of the main pages, made without a screen.

``python -m ui.pictures CENTRE --user U --password-file F --languages en,fr,ar,am --out DIR``.

Names of the centre file stand on the pictures in the clear.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from mrc_app.errors import MrcError
from mrc_app.i18n import language

SIZE = (1280, 800)
LONGEST = 120.0
"""Seconds to wait for one page before it is taken as it stands."""
QUIET_ROUNDS = 20
PAGES = ("unlock", "today", "clients", "client", "register", "counselling", "guide")


def main(argv: list[str] | None = None) -> int:
    """Makes the pictures; 1 and one sentence when the centre file cannot be opened."""
    asked = _asked(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    password = asked.password_file.read_text("utf-8").strip()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings, _settings_in(settings):
        try:
            for code in asked.languages.split(","):
                for path in pictures(asked.centre, asked.user, password, language(code).code, asked.out, asked.theme):
                    sys.stdout.write(f"{path}\n")
        except MrcError as trouble:
            sys.stderr.write(f"{trouble}\n")
            return 1
    return 0


def _asked(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ui.pictures", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("centre", type=Path)
    parser.add_argument("--user", required=True)
    parser.add_argument("--password-file", type=Path, required=True)
    parser.add_argument("--languages", default="en,fr,ar,am")
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args(argv)


@contextmanager
def _settings_in(folder: str) -> Iterator[None]:
    """This computer's own settings are neither read nor changed."""
    before = os.environ.get("MRC_SETTINGS")
    os.environ["MRC_SETTINGS"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["MRC_SETTINGS"]
        else:
            os.environ["MRC_SETTINGS"] = before


def pictures(centre: Path, user: str, password: str, code: str, out: Path, theme: str = "light") -> Iterator[Path]:
    """The main pages over a centre file in one language, one PNG each."""
    from mrc_app import store
    from ui.app import make_application, make_window
    from ui.settings import Settings

    make_application([])
    window = make_window(Settings(language=code, theme=theme), str(centre))
    window.resize(*SIZE)
    window.show()
    try:
        yield _take(window, out / f"{code}-unlock.png")
        opened = store.open(centre, login=user, password=password)
        window.enter(opened)
        _still(window)
        client = somebody(opened)
        for name in PAGES[1:]:
            if client or name not in ("client", "counselling", "guide"):
                window.show_page("clients" if name == "client" else name, client if name in _ABOUT else "")
                yield _take(window, out / f"{code}-{name}.png")
    finally:
        window.close()
        window.deleteLater()


_ABOUT = ("client", "counselling", "guide")


def somebody(opened: object) -> str:
    """The client with the latest journey, else any; empty in a centre without clients."""
    from mrc_app.store.centre import Store

    assert isinstance(opened, Store)
    with opened.plain() as connection:
        for table, column in (("journey", "client"), ("client", "uuid")):
            row = connection.execute(f"SELECT {column} FROM seen_{table} WHERE gone = 0 ORDER BY id LIMIT 1").fetchone()  # noqa: S608
            if row is not None:
                return str(row[0])
    return ""


def _take(window: object, path: Path) -> Path:
    from ui.window import Window

    assert isinstance(window, Window)
    _still(window)
    window.grab().save(str(path))
    return path


def _still(window: object) -> None:
    """Waits until nothing is going on beside the screen, and the guide's pages are made."""
    from PySide6.QtWidgets import QApplication

    from ui.window import Window

    assert isinstance(window, Window)
    end, quiet = monotonic() + LONGEST, 0
    while quiet < QUIET_ROUNDS and monotonic() < end:
        QApplication.processEvents()
        sleep(0.02)  # lets the workers run: waiting inside the toolkit would hold them up
        busy = window.desk.jobs.busy or getattr(window.page, "made", True) is None
        quiet = 0 if busy else quiet + 1


if __name__ == "__main__":
    raise SystemExit(main())
