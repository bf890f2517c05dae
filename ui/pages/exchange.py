"""Exchange: what will leave and under which key, what came, what contradicts itself, and whose keys are trusted."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.i18n import N_, _
from mrc_app.store.roles import May, may
from ui.desk import Desk
from ui.page import Heading, Page
from ui.pages.exchange_part import ExchangePart
from ui.widgets.controls import Scroll
from ui.widgets.tabs import Tabs

PARTS = {
    "leaves": ("exchange_leaving:LeavingPart", N_("What will leave")),
    "came": ("exchange_came:CamePart", N_("What came")),
    "conflicts": ("exchange_conflicts:ConflictsPart", N_("Contradictions")),
    "keys": ("exchange_keys:KeysPart", N_("Keys and partners")),
    "updates": ("exchange_updates:UpdatesPart", N_("Reference updates")),
}


class ExchangePage(Page):
    """One part at a time. The page's id names it: ``came``, or ``keys:age1…`` for a key to be looked at."""

    shows: ClassVar[frozenset[str]] = frozenset({
        "partner", "ministryexport", "handover", "received", "referencepack", "client", "contact", "journey", "centre",
    })  # fmt: skip
    nav: ClassVar[str] = "exchange"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=940)
        outer.addWidget(scroll)
        below = _("By file or stick, sealed for whoever it is for. Nothing leaves without you.")
        scroll.body.addWidget(Heading(_("Exchange"), below))
        sees = may(desk.store.role, May.SEE_NAMES)
        names = {name: _(text) for name, (_where, text) in PARTS.items() if sees or name != "conflicts"}
        self.tabs = Tabs(names, self.turn)
        scroll.body.addWidget(self.tabs)
        self._place = QVBoxLayout()
        scroll.body.addLayout(self._place)
        self.parts: dict[str, ExchangePart] = {}
        self.at = "leaves"

    def load(self, id: str) -> None:
        """Turns to the part the id names; without one it stays where it was."""
        self.id = id
        name, _sep, about = id.partition(":")
        self.turn(name if name in self.tabs.buttons else self.at, about)
        self.count()

    def turn(self, name: str, about: str = "") -> None:
        """Shows a part."""
        if name not in self.parts:
            module, made = PARTS[name][0].split(":")
            self.parts[name] = getattr(import_module(f"ui.pages.{module}"), made)(self.desk)
            self.parts[name].settled.connect(self.count)
            self._place.addWidget(self.parts[name])
        self.at = name
        for other, part in self.parts.items():
            part.setVisible(other == name)
        self.tabs.mark(name)
        self.parts[name].load(about)

    def refresh(self) -> None:
        """Reads the part again that is shown, and what waits."""
        self.parts[self.at].refresh()
        self.count()

    def count(self) -> None:
        """How many contradictions wait, beside the screen."""
        from ui.contradicting import ask_count

        if "conflicts" in self.tabs.buttons:
            ask_count(self.desk, self.counted)

    def counted(self, number: int) -> None:
        """Shows how many wait: on the tab and at the side."""
        self.tabs.count("conflicts", number)
        self.desk.waits.emit("exchange", number)

    def first(self) -> QWidget | None:
        """Where the open part begins."""
        return self.parts[self.at].first() if self.at in self.parts else None

    def kept(self) -> dict[str, Any]:
        """The open part, and what was typed in every part."""
        return {"at": self.at, **{name: part.kept() for name, part in self.parts.items()}}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        if kept.get("at") in self.tabs.buttons:
            self.turn(kept["at"])
        for name, part in self.parts.items():
            part.restore(kept.get(name, {}))
