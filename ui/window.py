"""The window: the page that is turned to, and one signal that refreshes what changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from shiboken6 import delete

from mrc_app.errors import MrcError
from mrc_app.i18n import set_screen_language
from ui import coming_back, look
from ui.desk import Desk
from ui.frame import Frame
from ui.page import Page
from ui.pages import DOOR, for_role, page_class
from ui.settings import Settings
from ui.shortcuts import install
from ui.watch import Watch
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from mrc_app.store import Store

SMALLEST = (1024, 640)


class Window(QMainWindow):
    """The one window of the program."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.desk = Desk(settings, self)
        self.desk.changed.connect(self._changed)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 800)
        self._pages: dict[str, Page] = {}
        self._at = ""
        self.watch = Watch(self)
        self.lock, self.hide_all = self.watch.lock, self.watch.hide_all
        install(self)
        self._build()

    def _build(self) -> None:
        """Makes the frame in the language, colours and size of the moment."""
        self.watch.entitle()
        self.frame = Frame(self.desk)
        self.side = self.frame.side
        self.setCentralWidget(self.frame)
        self.toast = Toast(self)

    def show_page(self, page: str, id: str = "") -> None:
        """Turns to a page, for the thing with this identity; to Settings where her role does not see that page."""
        if self.desk.is_open and page not in DOOR:
            page = for_role(page, self.desk.store.role)
        if self._at in self._pages:
            self._pages[self._at].leave()
        if page not in self._pages:
            self._pages[page] = page_class(page)(self.desk)
        self._at = page
        shown = self._pages[page]
        shown.load(id)
        self.frame.turn_to(shown, beside=self.desk.is_open and page not in DOOR)
        self.focus_first()

    @property
    def page(self) -> Page:
        """The page that is turned to."""
        return self._pages[self._at]

    @property
    def at(self) -> str:
        """The name of the page that is turned to."""
        return self._at

    def focus_first(self) -> None:
        """The keyboard begins where the page says."""
        first = self.page.first()
        if first is not None and not self.watch.covered:
            QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))

    def _changed(self, kinds: frozenset[str]) -> None:
        if self._at in self._pages and self.page.shows & kinds:
            self.page.refresh()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Shows a short message at the foot of the window; none while it is hidden."""
        if not self.watch.covered:
            self.toast.say(text, undo)

    def dress(self) -> None:
        """Puts language, theme and text size of the settings on everything; what was typed stays.

        The old pages are deleted first: never call it from inside one of their signals, but by a timer of 0 ms.
        """
        settings, at = self.desk.settings, self._at
        kept, id = (self.page.kept(), self.page.id) if at in self._pages else ({}, "")
        self._pages, self._at = {}, ""
        delete(self.frame)
        delete(self.toast)
        set_screen_language(settings.language or "en")
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.wear(app, settings.theme, settings.text_size)
        self._build()
        if at:
            self.show_page(at, id)
            self.page.restore(kept)

    def enter(self, store: Store) -> None:
        """Opens the desk over an unlocked centre file."""
        self.desk.take(store)
        self._forget(*DOOR)
        self.side.tell()
        if not coming_back.bring(self):
            self.show_page("today")

    def put_away(self) -> None:
        """Takes every page down; each keeps its draft first, as far as the disk lets it."""
        for page in self._pages.values():
            with suppress(MrcError):
                page.leave()
        self._forget(*self._pages)

    def _forget(self, *names: str) -> None:
        for name in names:
            page = self._pages.pop(name, None)
            if page is not None:
                self.frame.take_off(page)
        self._at = self._at if self._at in self._pages else ""

    def open_palette(self) -> None:
        """Everything by typing: pages, actions, clients."""
        from ui.palette import Palette

        Palette(self.desk, self).exec()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps drafts, stops the workers, closes the centre file."""
        self.put_away()
        self.desk.jobs.close()
        self.desk.give_up()
        super().closeEvent(event)
