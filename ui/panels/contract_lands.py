"""Two corridors side by side ("Jordan or Saudi?"): wages, rights, costs, time limits, and what is not known."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from mrc_app.casework import contract_corridors
from mrc_app.casework.contract_corridors import Comparison, Entry
from mrc_app.casework.contract_points import problem_kept, shown_kept
from mrc_app.casework.journeys import Journey
from mrc_app.corridors import accepted
from mrc_app.i18n import N_, _, isolate, ltr
from ui.desk import Desk
from ui.look import px
from ui.panels.contract_said import SIDES, SURE, reason, shown
from ui.widgets.choosers import CountryField, name_of_country
from ui.widgets.controls import button, clear
from ui.widgets.text import Banner, label
from ui.words import cap

KEYS = {
    "wage.minimum": N_("Minimum wage"),
    "hours.daily_max": N_("Most hours a day"),
    "hours.weekly_max": N_("Most hours a week"),
    "hours.daily_rest": N_("Rest between two days"),
    "rest.weekly": N_("Weekly rest"),
    "leave.annual": N_("Paid leave"),
    "leave.sick": N_("Sick leave"),
    "passport.retention_ban": N_("Keeping her passport is forbidden"),
    "repatriation.duty": N_("Who pays the journey home"),
    "cost.recruitment_fee": N_("Who pays the recruitment fee"),
    "cost.worker_fee_max": N_("Most the worker may pay"),
    "cost.ticket": N_("Who pays the ticket"),
    "cost.visa_permit": N_("Who pays visa and permit"),
    "cost.insurance": N_("Who pays the insurance"),
    "complaint.time_limit": N_("Time limit for a complaint"),
    "deduction.ban": N_("Deductions forbidden"),
    "overtime.premium": N_("Overtime premium"),
    "probation.max": N_("Longest probation"),
    "contract.notice": N_("Notice"),
    "contract.duration": N_("Length of the contract"),
    "contract.change_job": N_("Changing the employer"),
    "eos.benefit": N_("Money at the end of the contract"),
    "wage.payment_method": N_("Way of payment"),
    "wage.payment_deadline": N_("When the wage must be paid"),
}
"""What a question is called; every other one stands under its key."""
MOST = 60
"""Lines shown at once."""


class LandsCard(QFrame):
    """Her corridor beside one to another country."""

    closed = Signal()

    def __init__(self, desk: Desk, way: Journey) -> None:
        super().__init__()
        self.desk, self.way = desk, way
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(16), px(18), px(16))
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(label(_("Two countries side by side"), "heading"), 1)
        head.addWidget(button(_("Close"), "quiet", "x", self.closed.emit))
        column.addLayout(head)
        self.other = CountryField()
        self.other.call(_("The other country"))
        self.other.changed.connect(self.tell)
        row = QHBoxLayout()
        row.addWidget(label(_("{country} beside", country=name_of_country(way.destination)), "label", wrap=False))
        row.addWidget(self.other, 1)
        column.addLayout(row)
        self.note = Banner("", "amber")
        column.addWidget(self.note)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(18))
        self.grid.setVerticalSpacing(px(8))
        column.addLayout(self.grid)

    def tell(self) -> None:
        """Compares with the country that was chosen."""
        from mrc_app.corridors import countries

        clear(self.grid)
        self.note.say("")
        code = self.other.value() or ""
        if not countries.is_country(code) or code in (self.way.origin, self.way.destination):
            return
        ids = [f"{self.way.origin}-{land}" for land in (self.way.destination, code)]
        pair = self.desk.read(lambda session: [accepted.corridor(session, id) for id in ids])
        sector = self.way.sector.value if self.way.sector else None
        self._show(contract_corridors.compare(pair, sector=sector, today=self.desk.today()))

    def _show(self, found: Comparison) -> None:
        empty = [name_of_country(one.destination) for one in found.corridors if not one.known]
        if empty:
            self.note.say(_("This desk holds no facts about: {countries}.", countries=" · ".join(empty)))
        for column, one in enumerate(found.corridors, 1):
            self.grid.addWidget(label(name_of_country(one.destination), "strong"), 0, column)
            self.grid.setColumnStretch(column, 3)
        self.grid.setColumnStretch(0, 2)
        place, group = 1, None
        for line in found.lines[:MOST]:
            if line.group is not group:
                group = line.group
                self.grid.addWidget(label(cap(_(group.label)), "heading"), place, 0, 1, 3)
                place += 1
            name = _(KEYS[line.key]) if line.key in KEYS else ltr(line.key)
            self.grid.addWidget(label(name, "muted"), place, 0)
            for column, entries in enumerate(line.entries, 1):
                self.grid.addWidget(self._cell(entries), place, column)
            place += 1

    def _cell(self, entries: tuple[Entry, ...]) -> QFrame:
        cell = QFrame()
        words = QVBoxLayout(cell)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(px(2))
        if not entries:
            words.addWidget(label(_("Not known here yet."), "small"))
        for one in entries:
            words.addWidget(label(shown(shown_kept(one.shown)), "" if one.doubt is None else "muted"))
            if one.doubt is not None:
                words.addWidget(label(reason(problem_kept(one.doubt)), "small"))
            words.addWidget(label(behind(one), "small"))
        words.addStretch(1)
        return cell


def behind(entry: Entry) -> str:
    """Whose rule it is, where it was read, how old and how sure."""
    fact = entry.fact
    age = _("of {date}", date=ltr(fact.as_of)) if fact.as_of else _("undated")
    parts = [_(SIDES[fact.side.value]), isolate(fact.source.title), age, _(SURE[fact.confidence.value])]
    return cap(" · ".join(parts))
