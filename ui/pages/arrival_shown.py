"""How an arriving hand-over is shown: the counts, who she may be, and both values of every difference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.duplicate_search import Likely
from mrc_app.exchange import handovers_telling
from mrc_app.exchange.handovers_arriving import Look
from mrc_app.exchange.handovers_deciding import Difference
from mrc_app.exchange.handovers_parts import Part
from mrc_app.i18n import _, isolate, ltr
from ui.look import px
from ui.widgets.choosers import name_of_country
from ui.widgets.dates import screen_date
from ui.widgets.fields import SegmentField
from ui.widgets.text import label
from ui.words import cap, listed, phone, shown

SHORT = 42
"""Letters up to which both values stand side by side."""


class Choices(QWidget):
    """Every difference with ours and theirs as large buttons; arrow keys choose, Tab goes on."""

    changed = Signal()

    def __init__(self, differences: Sequence[Difference], theirs: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        self.fields: dict[str, SegmentField] = {}
        for one in differences:
            about = cap(_(handovers_telling.subject(one)))
            here = _("Here: {value}", value=value_words(one, one.ours))
            there = _("{name}: {value}", name=isolate(theirs), value=value_words(one, one.theirs))
            column.addWidget(label(about, "label"))
            field = SegmentField([("ours", here), ("theirs", there)], stacked=max(map(len, (here, there))) > SHORT)
            field.call(about)
            field.changed.connect(self.changed.emit)
            column.addWidget(field)
            self.fields[one.id] = field

    def complete(self) -> bool:
        """Whether every difference is chosen."""
        return all(field.value() for field in self.fields.values())

    def value(self) -> dict[str, str]:
        """Ours or theirs for every difference."""
        return {name: str(field.value()) for name, field in self.fields.items()}


def value_words(one: Difference, value: Any) -> str:
    """A value in words; what is empty says so."""
    if one.register == "gone":
        return _("put away") if value else _("kept")
    if one.register in handovers_telling.COUNTRIES:
        return name_of_country(str(value)) if value else _("nothing")
    found = [_part(part) for part in handovers_telling.values(one.kind, one.register, value)]
    return " · ".join(part for part in found if part) or _("nothing")


def _part(part: Any) -> str:
    if isinstance(part, str) and part.startswith("+"):
        return phone(part)
    if any(part in said.values() for said in handovers_telling.ANSWERS.values()):
        return _(part)
    return isolate(shown(part)) if part else ""


def likely_words(one: Likely) -> str:
    """A person she may be: name, number and why."""
    reasons = listed(_(why.message, **{name: shown(said) for name, said in why.values.items()}) for why in one.reasons)
    return " · ".join(filter(None, (isolate(one.name), ltr(one.number), reasons)))


def told_facts(look: Look) -> list[tuple[str, str]]:
    """The counts, the parts, and under which consent it came."""
    document, plan = look.coming.document, look.plan
    parts = cap(listed(_(Part(part).label) for part in document.parts if part in list(Part)))
    agreed = str(document.agreed.get("given_on") or "")
    return [
        (_("New"), str(plan.new)),
        (_("The same"), str(plan.same)),
        (_("Different"), str(len(plan.conflicts))),
        (_("Parts"), parts),
        (_("She agreed on"), screen_date(date.fromisoformat(agreed)) if agreed else ""),
    ]
