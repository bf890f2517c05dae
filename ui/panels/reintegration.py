"""Return: how she came back, what she is entitled to, her answers, her plan, the diary of the year, her skills."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.i18n import N_, _
from ui.desk import Desk
from ui.panels.panel import Panel
from ui.panels.return_parts import Part
from ui.widgets.controls import Button, Flow, button

PARTS = {
    "coming": (N_("Return and cover"), "return_coming:ComingPart"),
    "questions": (N_("Questions and scores"), "assessment_part:AssessmentPart"),
    "plan": (N_("Plan"), "plan_board:PlanPart"),
    "diary": (N_("Diary of the year"), "diary:DiaryPart"),
    "skills": (N_("Skills and work"), "skills_part:SkillsPart"),
}


class _Parts(QWidget):
    """The row of parts; arrows move along it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move to the next part."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild((event.key() == Qt.Key.Key_Right) != self.isRightToLeft())
            return
        super().keyPressEvent(event)


class ReintegrationPanel(Panel):
    """The tab; one part of it is shown at a time."""

    shows: ClassVar[frozenset[str]] = frozenset({
        "return", "cover", "assessment", "survey", "plan", "planline", "supportinstalment", "followup", "attempt",
        "enterprise", "skill", "training", "recognition", "journey", "joborder", "task", "claimentry",
    })  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        row = _Parts()
        flow = Flow(8)
        row.setLayout(flow)
        self.buttons: dict[str, Button] = {}
        for name, (text, _where) in PARTS.items():
            made = self.buttons[name] = button(_(text), "choice", on=partial(self.turn, name))
            made.setCheckable(True)
            flow.addWidget(made)
        self.column.addWidget(row)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.column.addStretch(1)
        self.parts: dict[str, Part] = {}
        self.part = "coming"

    def turn(self, part: str) -> None:
        """Shows another part."""
        self.part = part
        for name, made in self.buttons.items():
            made.setChecked(name == part)
        if part not in self.parts:
            module, made_by = PARTS[part][1].split(":")
            self.parts[part] = getattr(import_module(f"ui.panels.{module}"), made_by)(self.desk)
            self._place.addWidget(self.parts[part])
        for name, one in self.parts.items():
            one.setVisible(name == part)
        if self.client:
            self.parts[part].load(self.client)

    def refresh(self) -> None:
        """Reads the part that is shown again."""
        self.turn(self.part)
