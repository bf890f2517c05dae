"""What every page is given: this computer's settings, the open centre file, the workers, and a way to other pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui import backing_up
from ui.jobs import Jobs
from ui.settings import Settings

if TYPE_CHECKING:
    from mrc_app.store import Store
    from mrc_app.store.pins import Sealed

Answer = TypeVar("Answer")
Session = Any
"""A session of the centre file: the screen hands it on to the casework and never looks inside."""
LAST_MS = 60_000
"""Work that is going on when the desk is locked may end within this time."""


class Moves(Protocol):
    """The part of the window that pages may ask for."""

    def show_page(self, page: str, id: str = "") -> None:
        """Turns to a page."""

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Shows a short message."""

    def dress(self) -> None:
        """Puts the chosen language, theme and text size on the whole window."""

    def enter(self, store: Store) -> None:
        """Opens the desk over an unlocked centre file."""

    def open_palette(self) -> None:
        """Everything by typing."""

    def lock(self) -> None:
        """Closes the centre file and asks for the password again."""

    def hide_all(self) -> None:
        """Hides everything behind the calculator."""


class Desk(QObject):
    """The working place. ``changed`` carries the kinds of record that changed, ``waits`` a page and how much waits
    there. ``joining``: an empty desk's file, open until its first parcel came."""

    changed = Signal(object)
    waits = Signal(str, int)

    def __init__(self, settings: Settings, window: Moves) -> None:
        super().__init__()
        self.settings = settings
        self.window = window
        self.jobs = Jobs(self)
        self.jobs.quiet.connect(self._end)
        self.pin: Sealed | None = None
        self.joining: Store | None = None
        self._store: Store | None = None
        self._ending: list[Store] = []
        self._asked: dict[int, int] = {}

    @property
    def store(self) -> Store:
        """The open centre file. RuntimeError when none is open: no page of the desk is shown then."""
        if self._store is None:
            raise RuntimeError("no centre file is open")
        return self._store

    @property
    def is_open(self) -> bool:
        """Whether a centre file is open."""
        return self._store is not None

    def today(self) -> date:
        """The day on this computer's clock."""
        return datetime.now().astimezone().date()

    def take(self, store: Store) -> None:
        """Works on this centre file from now on. The officer's PIN of before counts on, or the one she had kept."""
        from mrc_app.store import pins

        if self.pin is None or not self.pin.tries or (self.pin.path, self.pin.login) != (store.path, store.login):
            self.pin = pins.remembered(store)
        self._store = store
        store.listen(self._told)
        backing_up.of(self).begin_day(store)

    def give_up(self, *, wait: bool = False) -> None:
        """Closes the centre file; its keys leave the memory. With ``wait`` work that is going on ends first, but after
        a minute it is stopped."""
        if self.joining is not None:
            self._ending.append(self.joining)
            self.joining = None
        if self._store is not None:
            backing_up.of(self).at_end(self._store, wait=wait)
            self._ending.append(self._store)
            self._store = None
        if wait and self.jobs.busy:
            QTimer.singleShot(LAST_MS, self, self._end)
        else:
            self._end()

    def _end(self) -> None:
        ending, self._ending = self._ending, []
        if ending and self._store is None:
            self.jobs.cancel_all()
        for store in ending:
            store.close()

    def _told(self, kinds: frozenset[str]) -> None:
        if self._store is not None:
            self.changed.emit(kinds)

    def read(self, question: Callable[[Session], Answer]) -> Answer:
        """Asks the centre file a question."""
        with self.store.read() as session:
            return question(session)

    def ask(self, page: QObject, question: Callable[[Session], Answer], done: Callable[[Answer], None]) -> None:
        """Asks beside the screen. An answer that a newer question of the same page has overtaken is dropped; so is one
        that comes when the desk was locked meanwhile."""
        store = self._store
        if store is None:
            return
        number = self._asked[id(page)] = self._asked.get(id(page), 0) + 1

        def answered(answer: Answer) -> None:
            if isValid(page) and self._asked.get(id(page)) == number and self._store is not None:
                done(answer)

        def look(_step: object) -> Answer:
            with store.read() as session:
                return question(session)

        self.jobs.run(look, done=answered, failed=self._failed)

    def _failed(self, trouble: MrcError) -> None:
        if self._store is not None:
            self.window.say(trouble.text(_))

    def change(self, do: str, action: Callable[[Session], Answer], seen: Sequence[Any] | None = None) -> Answer:
        """Carries out an action of the officer at the desk, ``do`` in the journal; raises what the action raises."""
        with self.store.change(by=self.store.officer, do=do, seen=seen) as session:
            return action(session)
