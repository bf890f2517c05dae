"""Work beside the screen with a bar, what was done so far, and a button that really stops it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui.jobs import Job, Jobs, Step
from ui.widgets.controls import button
from ui.widgets.text import label


class Progress(QWidget):
    """Shown only while its work is going on; one piece of work at a time."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "small", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(_("Stop"), "", "x", self._stop)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self._job is not None and self._job.running

    def run(
        self, name: str, work: Callable[[Step], Any], done: Callable[[Any], None], failed: Callable[[MrcError], None]
    ) -> bool:
        """Starts work under a name; False while other work is going on."""
        if self.busy:
            return False
        self.words.setText(name)
        self.bar.setAccessibleName(name)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        self._job = self._jobs.run(
            work, done=partial(self._ended, done), failed=partial(self._ended, failed), progress=self._further
        )
        return True

    def _further(self, done: int, total: int) -> None:
        if total > 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(1000, done * 1000 // total))

    def _ended(self, told: Callable[[Any], None], answer: Any) -> None:
        self.hide()
        told(answer)

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self._job.cancel()
