"""Versions side by side: what each says, what differs, and the money lost per month and so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from mrc_app.casework import contract_differences, contracts
from mrc_app.casework.contracts import Contract
from mrc_app.errors import Problem
from mrc_app.i18n import _, isolate, ltr, screen_language
from mrc_app.money import written
from ui.look import px
from ui.panels.contract_said import term_name, term_said
from ui.widgets.chips import ChipsField
from ui.widgets.controls import clear
from ui.widgets.dates import screen_date
from ui.widgets.fields import TextField
from ui.widgets.text import Banner, label
from ui.words import shown, word


class BesideCard(QFrame):
    """Any two or more versions of a journey beside each other."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(18), px(16), px(18), px(16))
        self._column.setSpacing(px(10))
        self._column.addWidget(label(_("Versions side by side"), "heading"))
        self._choice = QVBoxLayout()
        self._column.addLayout(self._choice)
        self.hint = Banner("", "amber")
        self._column.addWidget(self.hint)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(16))
        self.grid.setVerticalSpacing(px(6))
        self._column.addLayout(self.grid)
        self.same = label("", "small")
        self.once = label("", "small")
        self._column.addWidget(self.same)
        self._column.addWidget(self.once)
        self.lost = label("", "strong")
        self._column.addWidget(self.lost)
        self.months = TextField(_("Months"), ordered=True, limit=6)
        self.months.call(_("Months worked like this"))
        self.months.setMaximumWidth(px(160))
        self._asked = label(_("Months worked like this"), "label")
        self._column.addWidget(self._asked)
        self._column.addWidget(self.months)
        self.months.changed.connect(self._tell_loss)
        self.versions: list[Contract] = []
        self.chips: ChipsField | None = None
        self._laid: tuple[Any, ...] = ()

    def show_versions(self, versions: list[Contract]) -> None:
        """Shows the versions of a journey; nothing with less than two."""
        self.setVisible(len(versions) > 1)
        self.versions = versions
        laid = tuple((one.uuid, one.terms, one.stage, one.seen_on) for one in versions)
        if laid == self._laid:
            return
        self._laid = laid
        clear(self._choice)
        self.chips = ChipsField([(one.uuid, version_name(one)) for one in versions]) if len(versions) > 1 else None
        if self.chips is not None:
            self.chips.call(_("Versions side by side"))
            self.chips.set_value([one.uuid for one in versions])
            self.chips.changed.connect(self._tell)
            self._choice.addWidget(self.chips)
            worked = contracts.months_worked(versions[-1], self._today())
            self.months.set_value(worked or None)
            self._tell()

    def _chosen(self) -> list[Contract]:
        wanted = self.chips.value() if self.chips is not None else []
        return [one for one in self.versions if one.uuid in wanted]

    def _tell(self) -> None:
        clear(self.grid)
        chosen = self._chosen()
        rows = contract_differences.side_by_side([contracts.terms(one) for one in chosen]) if len(chosen) > 1 else ()
        if rows:
            for column, one in enumerate(chosen, 1):
                self.grid.addWidget(label(version_name(one), "small"), 0, column)
                self.grid.setColumnStretch(column, 2)
            self.grid.setColumnStretch(0, 2)
        for place, row in enumerate((row for row in rows if row.differs), 1):
            self.grid.addWidget(label(term_name(row.term), "muted"), place, 0)
            for column, value in enumerate(row.values, 1):
                self.grid.addWidget(label(term_said(value) or _("not looked at"), "strong"), place, column)
        same = [term_name(row.term) for row in rows if not row.differs and None not in row.values]
        once = [term_name(row.term) for row in rows if not row.differs and None in row.values]
        self.once.setText(_("Not looked at in every version: {list}", list=" · ".join(once)) if once else "")
        self.once.setVisible(bool(once))
        self.same.setText(_("The same in all: {list}", list=" · ".join(same)) if same else "")
        self.same.setVisible(bool(same))
        self._tell_loss()

    def _tell_loss(self) -> None:
        chosen = self._chosen()
        self.hint.say("")
        for part in (self.lost, self.months, self._asked):
            part.setVisible(len(chosen) > 1)
        if len(chosen) < 2:
            return
        before, after = contracts.terms(chosen[0]), contracts.terms(chosen[-1])
        hints = [one.hint for one in contract_differences.differences(before, after) if one.hint is not None]
        self.hint.say(" ".join(dict.fromkeys(said(hint) for hint in hints)))
        typed = self.months.value() or "0"
        lost = contract_differences.loss(before, after, int(typed) if typed.isascii() and typed.isdecimal() else 0)
        code = screen_language().code
        if lost.per_month is None:
            self.lost.setText(said(lost.reason) if lost.reason else "")
        elif lost.total is None or not lost.months:
            self.lost.setText(_("Lost each month: {money}", money=ltr(written(lost.per_month, code))))
        else:
            month, total = (ltr(written(money, code)) for money in (lost.per_month, lost.total))
            words = _("Lost each month: {money}; in {months} months so far: {total}")
            self.lost.setText(words.format(money=month, months=ltr(typed), total=total))
        self.lost.setVisible(bool(self.lost.text()))


def said(problem: Problem) -> str:
    """A sentence of the rules in the screen's language."""
    return _(problem.message, **{name: shown(value) for name, value in problem.values.items()})


def version_name(contract: Contract) -> str:
    """A version as a chip or a heading says it."""
    return f"{word(contract.stage)}, {isolate(screen_date(contract.seen_on))}"
