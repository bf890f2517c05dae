"""Backups that the desk makes by itself: at the first start of a day, when it is locked, and when it closes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mrc_app.errors import Cancelled, MrcError
from mrc_app.i18n import _

if TYPE_CHECKING:
    from mrc_app.store import Store
    from ui.desk import Desk
    from ui.jobs import Step
    from ui.settings import Settings

SOON_MS = 4000
"""The first page of the day comes first."""


class Automatic(QObject):
    """The backups of one desk. ``done`` is sent after each attempt; ``trouble`` is the last one's."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.trouble: MrcError | None = None
        self._busy = False

    def folder(self, store: Store) -> Path:
        """Where copies go: the folder of the settings, else the one beside the centre file."""
        return folder_for(self.desk.settings, store.path)

    def begin_day(self, store: Store) -> None:
        """A few seconds after signing in: today's first copy and, once a month, a trial of the newest."""
        QTimer.singleShot(SOON_MS, self, lambda: self.run(store) if self._works_on(store) else None)

    def _works_on(self, store: Store) -> bool:
        return self.desk.is_open and self.desk.store is store

    def run(self, store: Store, *, ending: bool = False) -> None:
        """Makes a copy where one is due, beside the screen; two never run at once."""
        if self._busy:
            return
        self._busy = True
        path, key, folder, today = store.path, store.key, self.folder(store), self.desk.today()
        self.desk.jobs.run(
            lambda step: _make(path, key, folder, today, step, ending=ending), done=self._made, failed=self._failed
        )

    def _made(self, _answer: Any) -> None:
        self._busy, self.trouble = False, None
        self.done.emit()

    def _failed(self, trouble: MrcError) -> None:
        self._busy = False
        self.trouble = None if isinstance(trouble, Cancelled) else trouble
        self.done.emit()

    def at_end(self, store: Store, *, wait: bool) -> None:
        """The last thing before the file is closed: beside the screen when the desk is only locked (``wait``), at once
        when the program ends. Not after a lockdown: that is no moment to go on reading."""
        from mrc_app.store import copies, locking

        try:
            if locking.standing(store) is not None:
                return
            if wait:
                self.run(store, ending=True)
                return
            if isinstance(self.desk.window, QWidget):
                self.desk.window.hide()  # nobody waits for it
            copies.make_if_due(store.path, store.key, self.folder(store), ending=True)
        except MrcError as trouble:
            self.trouble = trouble

    def notices(self, store: Store, today: date) -> list[str]:
        """What Today says about backups and the room on the disk. Called beside the screen."""
        from mrc_app.store import copies, room

        with store.plain() as connection:
            state = copies.state(connection, store.path, self.folder(store), datetime.now(UTC))
        found = [*copies.problems(state, today), *room.problems(store.path)]
        said = [problem.text(_) for problem in found]
        return [self.trouble.text(_), *said] if self.trouble is not None else said


def folder_for(settings: Settings, centre: Path) -> Path:
    """Where copies of a centre file go on this computer."""
    from mrc_app.store import copies

    return Path(settings.backups) if settings.backups else copies.folder_of(centre)


def of(desk: Desk) -> Automatic:
    """The automatic backups of a desk."""
    found = desk.findChild(Automatic)
    return found if isinstance(found, Automatic) else Automatic(desk)


def _make(path: Path, key: bytes, folder: Path, today: Any, step: Step, *, ending: bool) -> None:
    """A copy where one is due, the reserve on the disk, and a trial where one is due."""
    from mrc_app.store import copies, opening, room

    made = copies.make_if_due(path, key, folder, ending=ending, reach=lambda _name: step(0, 0))
    room.lay_aside(path)
    if ending:
        return
    connection = opening.connect(path, key)
    try:
        state = copies.state(connection, path, folder, datetime.now(UTC))
    finally:
        connection.close()
    if state.rehearsal_due(today) or (made is not None and not state.rehearsed_ok):
        copies.rehearse(path, key, folder, today, reach=lambda _name: step(0, 0))
