"""The keys of the window. Each is a QShortcut: a button's own shortcut would be lost when its words change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from ui.side import NAVIGATION

if TYPE_CHECKING:
    from ui.window import Window


def install(window: Window) -> None:
    """Ctrl+1 … the pages, Ctrl+N new client, Ctrl+F find, Ctrl+K everything, Ctrl+L lock. All need an open file."""
    pages = {f"Ctrl+{number}": page for number, (page, _icon, _text) in enumerate(NAVIGATION, 1)}
    pages |= {"Ctrl+N": "register", "Ctrl+F": "clients"}
    for keys, page in pages.items():
        _key(window, keys, partial(window.show_page, page))
    _key(window, "Ctrl+L", window.lock)
    _key(window, "Ctrl+K", window.open_palette)


def _key(window: Window, keys: str, act: Callable[[], object]) -> None:
    QShortcut(QKeySequence(keys), window).activated.connect(lambda: act() if _free(window) else None)


def _free(window: Window) -> bool:
    return window.desk.is_open and not window.watch.covered
