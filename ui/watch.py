"""Watches the keyboard and the clock: hides the window at a key, locks it when nobody is there, locks the file down.

Keys are heard where they reach the program, at the window that has the keyboard, whichever page or dialog that is. A
filter on the whole application would be asked about every event of every widget.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid

from mrc_app.errors import MrcError
from mrc_app.i18n import N_, _
from ui import backing_up, coming_back
from ui.cover import Cover

if TYPE_CHECKING:
    from mrc_app.store.locking import Prepared
    from ui.window import Window

HIDE = Qt.Key.Key_F9
TWICE_S = 0.6
"""Two presses of Escape within this time hide as well: on some laptops F9 needs a second key."""
ALARM_S = 3.0
"""Two presses of Ctrl+Shift+L (or Shift+F9) within this time lock the file down."""
LOOK_MS = 5000
_TOUCHED = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip


def awake() -> float:
    """Seconds that pass while the computer sleeps too."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class Watch(QObject):
    """The guard of one window."""

    def __init__(self, window: Window, clock: Callable[[], float] = awake) -> None:
        super().__init__(window)
        self.window, self.clock = window, clock
        self.covered = False
        self._prepared: Prepared | None = None
        self._cover: Cover | None = None
        self._focus: QWidget | None = None
        self._told = ""
        self._touched = clock()
        self._escape = self._alarm = float("-inf")
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()
        QTimer.singleShot(400, self, self.cover)
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)

    def cover(self) -> Cover:
        """The cover, made once."""
        if self._cover is None:
            self._cover = Cover(self.window)
        return self._cover

    # -- hearing

    @Slot(QWindow)
    def _follow(self, focused: QWindow | None) -> None:
        if focused is not None and isValid(focused) and self._ours(focused):
            focused.removeEventFilter(self)
            focused.installEventFilter(self)
            if self.covered and focused is not self.window.windowHandle():
                QTimer.singleShot(0, self, self._close_dialogs)

    def _ours(self, window: QWindow | None) -> bool:
        own = self.window.windowHandle()
        while window is not None and window is not own:
            above = window.transientParent()
            if above is None:
                return not any(isinstance(top, QMainWindow) and top.windowHandle() is window for top in _tops())
            window = above
        return window is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every key and every movement of the hand reaches the program through here."""
        if event.type() in _TOUCHED:
            self._touched = self.clock()
            if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
                return self._heard(event)
        return False

    def _heard(self, event: QKeyEvent) -> bool:
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        if (event.key() == HIDE and mods == shift) or (event.key() == Qt.Key.Key_L and mods == shift | control):
            self.alarm()
            return True
        if event.key() == HIDE and not mods:
            self.turn()
            return True
        if event.key() == Qt.Key.Key_Escape:
            last, self._escape = self._escape, self._touched
            if self._touched - last <= TWICE_S:
                self._escape = float("-inf")
                self.turn()
                return True
        return False

    # -- hiding

    def entitle(self) -> None:
        """The title of the window: never anything of anybody, whatever page is shown."""
        self.window.setWindowTitle(_("Calculator") if self.covered else _("The caseworker's desk"))

    def turn(self) -> None:
        """The hide key: away with everything, or back again."""
        if self.covered:
            self.uncover()
        else:
            self.hide_all()

    def hide_all(self) -> None:
        """Puts the cover over the window and takes every dialog away, at once."""
        self.covered = True
        self._focus = self.window.focusWidget()
        self.window.frame.hide()
        self.window.toast.hush()
        self.entitle()
        self.cover().show_over()
        self._close_dialogs()
        if self._asks():
            QTimer.singleShot(0, self, self.lock)

    def _asks(self) -> bool:
        """Whether coming back needs the PIN or the password, and not the key alone."""
        desk = self.window.desk
        return desk.is_open and (desk.settings.hide_asks or desk.pin is not None)

    def uncover(self) -> None:
        """Takes the cover away: the page that was there, or the door where the file was locked meanwhile."""
        self.covered = False
        self.cover().hide()
        self.window.frame.show()
        self.entitle()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.window.at:
            self.window.focus_first()
        self._focus = None
        told, self._told = self._told, ""
        if told:
            self.window.say(told)

    def _close_dialogs(self) -> None:
        QToolTip.hideText()
        for top in _tops():
            if isinstance(top, QMainWindow) or not top.isVisible() or not self._ours(top.windowHandle()):
                continue
            if isinstance(top, QDialog):
                top.reject()
            top.hide()

    # -- locking

    def look(self) -> None:
        """Locks when nobody has touched the desk for the minutes of the settings."""
        desk = self.window.desk
        if desk.is_open and self.clock() - self._touched >= desk.settings.lock_minutes * 60:
            self.lock()

    def lock(self) -> None:
        """Keeps what was typed inside the file, closes it, and shows the door. Work that runs ends first."""
        desk = self.window.desk
        if not desk.is_open:
            return
        self._close_dialogs()
        self._prepare()
        coming_back.keep(self.window)
        self.window.toast.hush()
        self.window.put_away()
        desk.give_up(wait=True)
        self._focus = None
        self.window.show_page("locked" if desk.pin is not None and desk.pin.tries else "unlock")

    def _prepare(self) -> None:
        """A lockdown must be possible while the file is closed."""
        from mrc_app.store import locking

        self._prepared = None
        with suppress(MrcError):
            desk = self.window.desk
            self._prepared = locking.prepare(desk.store, backing_up.folder_for(desk.settings, desk.store.path))

    # -- lockdown

    def alarm(self) -> None:
        """The first press hides everything; the second within three seconds locks the file down."""
        last, self._alarm = self._alarm, self.clock()
        if self._alarm - last <= ALARM_S:
            self._alarm = float("-inf")
            self.lock_down()
        elif not self.covered:
            self.hide_all()

    def lock_down(self) -> None:
        """Only a supervisor's password or the recovery sheet opens the file from now on. Nothing is asked."""
        from mrc_app.store import locking

        desk, trouble = self.window.desk, N_("Sign in before you lock down.")
        if not self.covered:
            self.hide_all()
        if desk.pin is not None:
            desk.pin.destroy()
            desk.pin = None
        try:
            if desk.is_open:
                locking.lock_down(desk.store, backing_up.folder_for(desk.settings, desk.store.path))
            elif self._prepared is not None:
                self._prepared.carry_out()
            else:
                raise MrcError(trouble)
        except MrcError as refused:
            self._told = refused.text(_)
        desk.jobs.cancel_all()
        self.lock()
        if not desk.is_open and desk.settings.centre:
            self.window.show_page("unlock")


def _tops() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.windowHandle() is not None]
