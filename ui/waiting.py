"""Work that must come to its end before anything else: done beside the screen, with a bar, and nothing to click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from ui.jobs import Jobs
from ui.widgets.text import label

Answer = TypeVar("Answer")


class Waiting(QDialog, Generic[Answer]):
    """A bar that goes on until the work has ended; it cannot be put away before."""

    def __init__(self, parent: QWidget, title: str, words: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.addWidget(label(words))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(words)
        column.addWidget(self.bar)
        self._ended = False
        self._answer: list[Answer] = []
        self._trouble: MrcError | None = None

    def over(self, jobs: Jobs, work: Callable[[], Answer]) -> Answer:
        """Does the work beside the screen and gives its answer back. Raises the MrcError it met."""
        jobs.run(lambda _step: work(), done=self._done, failed=self._failed)
        if not self._ended:
            self.exec()
        if self._trouble is not None:
            raise self._trouble
        return self._answer[0]

    def _done(self, answer: Answer) -> None:
        self._answer.append(answer)
        self._end()

    def _failed(self, trouble: MrcError) -> None:
        self._trouble = trouble
        self._end()

    def _end(self) -> None:
        self._ended = True
        self.accept()

    def reject(self) -> None:
        """Escape does not stop what cannot be stopped."""
        if self._ended:
            super().reject()
