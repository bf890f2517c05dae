"""Long work beside the screen: it reports steps, and a cancel really stops it at the next step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeGuard

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from mrc_app.errors import Cancelled, MrcError
from mrc_app.i18n import N_

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Step = Callable[[int, int], None]


class Job(QObject):
    """One piece of long work. ``step(done, total)`` inside it reports progress and is where a cancel takes effect."""

    _ended = Signal(object, object)
    _stepped = Signal(int, int)

    def __init__(
        self,
        work: Callable[[Step], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[MrcError], None] | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        super().__init__()
        self._work, self._done, self._failed, self._progress = work, done, failed, progress
        self._stop = threading.Event()
        self.running = True
        self._ended.connect(self._end)
        self._stepped.connect(self._show)

    def cancel(self) -> None:
        """Asks the work to stop at its next step; the work is then told as cancelled."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Called by the work: reports, and raises Cancelled when the person asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self._stepped.emit(done, total)

    def carry_out(self) -> None:
        """Runs the work in the worker's thread."""
        try:
            result = self._work(self.step)
        except Exception as trouble:  # noqa: BLE001  a job meets the world: its trouble is told on the screen
            self._ended.emit(None, trouble)
        else:
            self._ended.emit(result, None)

    @Slot(object, object)
    def _end(self, result: Any, trouble: Exception | None) -> None:
        self.running = False
        if trouble is None:
            if _stands(self._done):
                self._done(result)
        elif isinstance(trouble, MrcError):
            if _stands(self._failed):
                self._failed(trouble)
        else:
            if _stands(self._failed):
                self._failed(MrcError(N_("Something went wrong. A note about it was left on this computer.")))
            raise trouble

    @Slot(int, int)
    def _show(self, done: int, total: int) -> None:
        if _stands(self._progress) and self.running:
            self._progress(done, total)


def _stands(told: Callable[..., None] | None) -> TypeGuard[Callable[..., None]]:
    """Whether somebody is still there to be told: a page may have been taken down while the work went on."""
    if told is None:
        return False
    while isinstance(told, partial):
        told = told.func
    owner = getattr(getattr(told, "func", told), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class Jobs(QObject):
    """The workers of one window. ``quiet`` is sent when the last piece of work has ended."""

    quiet = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._running: set[Job] = set()

    def run(
        self,
        work: Callable[[Step], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[MrcError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Job:
        """Starts work beside the screen; ``done`` or ``failed`` is called on the screen's thread."""
        job = Job(work, done, failed, progress)
        self._running.add(job)
        job._ended.connect(lambda *_: self._ended(job))
        self._workers().submit(job.carry_out)
        return job

    def _ended(self, job: Job) -> None:
        self._running.discard(job)
        if not self._running:
            self.quiet.emit()

    def cancel_all(self) -> None:
        """Stops what can be stopped."""
        for job in tuple(self._running):
            job.cancel()

    def _workers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="job")
        return self._pool

    @property
    def busy(self) -> bool:
        """Whether any work is still going on."""
        return bool(self._running)

    def close(self) -> None:
        """Stops what can be stopped and waits for the rest."""
        self.cancel_all()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
