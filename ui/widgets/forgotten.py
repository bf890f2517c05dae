"""How much waits with whom: officers down, kinds across, for a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from mrc_app.figures.forgotten import Left
from mrc_app.i18n import _, isolate, ltr
from ui.look import px
from ui.widgets.controls import button, clear
from ui.widgets.text import label
from ui.words import word


class ByOfficer(QFrame):
    """The counts as a small table; the name of an officer shows what waits with her."""

    def __init__(self, choose: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.choose = choose
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(12), px(18), px(12))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(4))
        column.addLayout(self._grid)

    def tell(self, counts: dict[str, dict[Left, int]], officers: dict[str, str]) -> None:
        """Shows other counts."""
        clear(self._grid)
        self._grid.addWidget(label(_("Officer"), "label"), 0, 0)
        for place, kind in enumerate(Left, 1):
            self._grid.addWidget(label(word(kind), "small"), 0, place, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(place, 1)
        for number, officer in enumerate(sorted(counts, key=lambda one: officers.get(one, "")), 1):
            self._row(number, officer, officers.get(officer, "") or _("nobody's"), counts[officer])

    def _row(self, number: int, officer: str, name: str, found: dict[Left, int]) -> None:
        told = ", ".join(f"{word(kind)} {found.get(kind, 0)}" for kind in Left)
        if officer:
            made = button(name, "quiet", on=partial(self.choose, officer))
            made.setAccessibleName(f"{isolate(name)}: {told}")
            self._grid.addWidget(made, number, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._grid.addWidget(label(name, "muted"), number, 0)
        for place, kind in enumerate(Left, 1):
            n = found.get(kind, 0)
            cell = label(ltr(n) if n else "–", "strong" if n else "muted", wrap=False)
            cell.setAccessibleName(f"{word(kind)}: {n}")
            self._grid.addWidget(cell, number, place)
