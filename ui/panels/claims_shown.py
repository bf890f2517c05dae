"""How the money of a case is shown: four kinds side by side, percentages of the claim, "no offer" said as words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mrc_app.casework import clients
from mrc_app.casework.claim_costs import CaseCost, totals
from mrc_app.casework.claim_rules import Four, Kind
from mrc_app.casework.claim_sheet import Person, Sheet
from mrc_app.casework.claims import Line
from mrc_app.i18n import N_, _, isolate, ltr
from mrc_app.money import Money
from ui.look import px
from ui.panels.costs_asked import told
from ui.widgets.dates import screen_date
from ui.widgets.text import label
from ui.words import word

MOST_LINES = 60
"""Lines of a table shown at once; its sums are always of all."""
NONE_YET = {Kind.OFFERED: N_("no offer"), Kind.AWARDED: N_("none yet"), Kind.PAID: N_("nothing yet")}
KINDS = tuple(Kind)


def amount(four: Four, kind: Kind) -> str:
    """One of the four kinds, with its percentage of the claim; in words where it was never said."""
    money = four.money(kind)
    if money is None:
        return _(NONE_YET[kind])
    percent = None if kind is Kind.CLAIMED else four.percent(kind)
    return told(money) if percent is None else f"{told(money)} · {ltr(f'{percent} %')}"


def line_name(line: Line) -> str:
    """What a claim is for."""
    what = isolate(line.claim.what) if line.claim.what else ""
    return " · ".join(part for part in (word(line.claim.head), what) if part)


class MoneyTable(QWidget):
    """Persons and heads downwards, the four kinds of money across, sums by currency at the foot."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(px(18))
        self.grid.setVerticalSpacing(px(6))
        self._row = 0

    def tell(self, sheet: Sheet, everything: bool = False) -> int:
        """Shows a case's money; the answer is how many lines are not shown."""
        from ui.widgets.controls import clear

        clear(self.grid)
        self._row = 0
        self._put(["", *(word(kind) for kind in KINDS)], "small")
        shown = hidden = 0
        for person in sheet.persons:
            if not everything and shown + len(person.lines) > MOST_LINES:
                hidden += len(person.lines)
                continue
            shown += len(person.lines)
            self._person(person, alone=len(sheet.persons) == 1)
        names = _("All together") if len(sheet.persons) > 1 else _("Together")
        self._sums(names, sheet.totals)
        self.grid.setColumnStretch(0, 1)
        return hidden

    def _person(self, person: Person, *, alone: bool) -> None:
        name = isolate(clients.full_name(person.client))
        if not alone and len(person.lines) == 1:
            line = person.lines[0]
            self._put([f"{name} · {line_name(line)}", *self._four(line.four)], "")
            return
        if not alone:
            self._put([name], "strong")
        for line in person.lines:
            self._put([line_name(line), *self._four(line.four)], "")
        if not alone:
            self._sums(_("{name}, together", name=name), person.totals)

    def _sums(self, name: str, sums: Mapping[str, Four]) -> None:
        for four in sums.values():
            self._put([name, *self._four(four)], "strong")

    def _four(self, four: Four) -> list[str]:
        return [amount(four, kind) for kind in KINDS]

    def _put(self, texts: Sequence[str], role: str) -> None:
        for column, text in enumerate(texts):
            self.grid.addWidget(self._cell(text, role, column), self._row, column)
        self._row += 1

    def _cell(self, text: str, role: str, column: int) -> QLabel:
        made = label(text, role, wrap=column == 0 or role == "small")
        if column:
            made.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            )
        return made


def figures(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The sums that matter most, by name."""
    for four in sheet.totals.values():
        yield _("Still to come"), told(four.open)
    spent = totals(list(sheet.costs))
    if spent:
        yield _("What the case cost"), " · ".join(told(money) for money in spent.values())


def cost_words(cost: CaseCost) -> str:
    """A cost of the case in one line."""
    parts = [word(cost.kind), told(Money(cost.minor, cost.currency)), screen_date(cost.on)]
    if cost.until:
        parts.append(_("until {day}", day=screen_date(cost.until)))
    parts += [_("paid by: {who}", who=_(cost.paid_by.label)), isolate(cost.receipt) if cost.receipt else ""]
    return " · ".join(part for part in parts if part)
