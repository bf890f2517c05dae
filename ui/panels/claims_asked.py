"""What is asked about money of a case: a claim, an amount for one or several, a month table, a cost, instalments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mrc_app.casework import claim_months, claims
from mrc_app.casework.claim_months import MonthRow
from mrc_app.casework.claim_rules import CostKind, CostPayer, Head
from mrc_app.casework.claim_rules import Form as Way
from mrc_app.casework.claims import Line
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import _, isolate
from mrc_app.money import Money
from ui.forms import Form
from ui.look import px
from ui.panels.claims_shown import line_name
from ui.panels.costs_asked import told
from ui.panels.journey_asked import MoneyField
from ui.widgets.controls import clear
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, ChoicesField, NumberField, SegmentField, TextField, TickField
from ui.widgets.text import label
from ui.words import choices

Pairs = list[tuple[str, str]]
FOR_ALL = (Way.OFFER, Way.AWARD, Way.SETTLEMENT, Way.PAYMENT)


def money_field(currency: str) -> MoneyField:
    """An amount in the currency the case is about."""
    made = MoneyField()
    made.suggest(currency)
    return made


def claiming(people: Pairs, currency: str) -> Form:
    """What one person claims."""
    form = Form()
    form.add("client", _("Whose claim"), ChoiceField(people, empty=None))
    form.show_row("client", len(people) > 1)
    form.add("head", _("For"), ChoiceField(choices(Head), empty=None))
    form.add("amount", _("Amount"), money_field(currency))
    form.add("what", _("More exactly"), TextField(limit=120), optional=True)
    return form


def giving(lines: Pairs, currency: str, today: date) -> Form:
    """An offer, award, settlement or payment, for one claim or shared over several."""
    form = Form()
    form.add("form", _("What it is"), SegmentField(choices(FOR_ALL)), span=2)
    form.add("amount", _("The whole sum"), money_field(currency))
    form.add("on", _("On"), DualDateEdit())
    ticked = form.add("claims", _("For which claims"), ChoicesField(lines), span=2)
    form.show_row("claims", len(lines) > 1)
    form.add("receipt", _("Receipt or paper"), TextField(limit=120), optional=True)
    form.add("note", _("Note"), TextField(limit=400), optional=True)
    form.fill({"on": today})
    ticked.set_value([uuid for uuid, _name in lines])
    return form


def preview(form: Form, lines: Sequence[Line], names: dict[str, str]) -> str:
    """How the sum would be shared, one claim a line; empty where there is nothing to share yet."""
    chosen = form["claims"].value()
    money = form["amount"].value()
    some = [line for line in lines if line.claim.uuid in chosen]
    if not isinstance(money, Money) or len(some) < 2:
        return ""
    try:
        parts = claims.share(money, some)
    except (Invalid, MrcError) as trouble:
        return trouble.text(_)
    rows = [
        _("{claim}: {part} of {claimed}", claim=names[line.claim.uuid], part=told(parts[line.claim.uuid]),
          claimed=told(Money(line.four.claimed, line.claim.currency)))
        for line in some
    ]  # fmt: skip
    return "\n".join([_("Shared by what each claims, to the last minor unit:"), *rows])


def costing(people: Pairs, currency: str, today: date) -> Form:
    """What pursuing the case cost."""
    form = Form()
    form.add("client", _("For"), ChoiceField(people, empty=None))
    form.show_row("client", len(people) > 1)
    form.add("kind", _("Cost of"), ChoiceField(choices(CostKind), empty=None))
    form.add("amount", _("Amount"), money_field(currency))
    form.add("paid_by", _("Paid by"), ChoiceField(choices(CostPayer), empty=None))
    form.add("on", _("On"), DualDateEdit())
    form.add("until", _("For an extension: until"), DualDateEdit(), optional=True)
    form.add("receipt", _("Receipt"), TextField(limit=120), optional=True)
    form.fill({"on": today})
    return form


def parting(people: Pairs, currency: str, today: date) -> Form:
    """Instalments: how many, how much each, from which day, a month apart."""
    form = Form()
    form.add("client", _("To be paid to"), ChoiceField(people, empty=None))
    form.show_row("client", len(people) > 1)
    form.add("number", _("How many instalments"), NumberField())
    form.add("amount", _("Each"), money_field(currency))
    form.add("first", _("The first on"), DualDateEdit(), hint=_("The others follow a month apart."))
    form.fill({"first": today})
    return form


def coming(money: Money, today: date) -> Form:
    """What came on an instalment."""
    form = Form()
    amount = form.add("amount", _("What came"), MoneyField())
    amount.set_value(money)
    form.add("on", _("On"), DualDateEdit())
    form.add("receipt", _("Receipt"), TextField(limit=120), optional=True)
    form.fill({"on": today})
    return form


class MonthsForm(QWidget):
    """A month table: made from a wage and a length of work, then what was paid is typed row by row."""

    submitted = Signal()

    def __init__(self, line: Line, first: date | None, wage: Money | None) -> None:
        super().__init__()
        self.rows: tuple[MonthRow, ...] = line.months
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.form = Form()
        self.form.add("first", _("First day of work"), DualDateEdit())
        self.form.add("last", _("Last day of work"), DualDateEdit(), optional=True)
        self.form.add("months", _("Or whole months"), NumberField(), optional=True)
        day = _("Then the wage is for a day, and the last day is needed.")
        self.form.add("days", _("Or days of work"), NumberField(), hint=day, optional=True)
        amount = self.form.add("wage", _("Wage for a month, or for a day"), MoneyField())
        self.form.add("paid_months", _("Months paid whole, the first"), NumberField(), optional=True)
        self.form.add("paid", _("Or paid altogether"), TextField(ordered=True, limit=20), optional=True)
        self.form.add("by_days", _("First and last month"), TickField(_("She says: count them by days")))
        amount.suggest(line.claim.currency)
        self.form.fill({"first": first, "wage": wage})
        column.addWidget(self.form)
        self.left = label("", "small")
        column.addWidget(self.left)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(14))
        self.grid.setVerticalSpacing(px(4))
        column.addLayout(self.grid)
        self.sum = label("", "strong")
        column.addWidget(self.sum)
        self._paid: list[TextField] = []
        self._show()

    def make(self) -> bool:
        """Makes the table anew from what was typed; False where something is wrong with it."""
        return self.form.submit(self._made) is not None

    def _made(self) -> bool:
        said = self.form.values()
        first, last, wage = said["first"], said["last"], said["wage"]
        for name, value in (("first", first), ("last", last)):
            if not isinstance(value, date) and (value or name == "first"):
                raise Invalid(**{name: _("A day is needed here.")})
        claims.checked_amount(wage, field="wage")
        over = 0
        if said["days"]:
            rows = self._by_day(said)
        elif isinstance(last, date):
            table = claim_months.between(first, last, wage, by_days=said["by_days"])
            rows, over = table.rows, table.left_over
        else:
            rows = claim_months.whole_months(first, said["months"] if isinstance(said["months"], int) else 0, wage)
        paid = said["paid_months"] if isinstance(said["paid_months"], int) else 0
        self.rows = claim_months.paid_in_full(rows, paid)
        if said["paid"]:
            self.rows = claim_months.paid_altogether(self.rows, Money.of(said["paid"], wage.currency))
        self.left.setText(_("{n} days at the end are in no row.", n=over) if over else "")
        self._show()
        return True

    def _by_day(self, said: dict[str, Any]) -> tuple[MonthRow, ...]:
        days = said["days"] if isinstance(said["days"], int) else 0
        last = claims.needed_day(said["last"], "last")
        return (claim_months.worked_days(said["first"], last, days, said["wage"]),)

    def typed(self) -> tuple[MonthRow, ...]:
        """The rows with what was typed as paid. Raises Invalid for what is no amount."""
        paid = {}
        for number, (field, row) in enumerate(zip(self._paid, self.rows, strict=True)):
            paid[number] = Money.of(field.value() or "0", row.paid.currency)
        return claim_months.paid_by_row(self.rows, paid)

    def _show(self) -> None:
        clear(self.grid)
        self._paid = []
        for column, text in enumerate((_("Month"), _("Due"), _("Paid"))):
            if self.rows:
                self.grid.addWidget(label(text, "small"), 0, column)
        for number, row in enumerate(self.rows, 1):
            days = " · " + _("{n} days", n=row.days) if row.days else ""
            span = f"{screen_date(row.first)} – {screen_date(row.last)}{days}"
            field = TextField(ordered=True, limit=20)
            field.setMaximumWidth(px(150))
            field.set_value(f"{row.paid.amount}")
            field.call(_("Paid for {month}", month=span))
            field.changed.connect(self._add_up)
            field.line.returnPressed.connect(partial(self._next, number))
            self.grid.addWidget(label(isolate(span)), number, 0)
            self.grid.addWidget(label(told(row.due), wrap=False), number, 1)
            self.grid.addWidget(field, number, 2)
            self._paid.append(field)
        self.grid.setColumnStretch(0, 1)
        self._add_up()

    def _next(self, number: int) -> None:
        """Enter goes on to the next month, and from the last to what keeps the table."""
        if number < len(self._paid):
            self._paid[number].line.setFocus(Qt.FocusReason.TabFocusReason)
            self._paid[number].line.selectAll()
        else:
            self.submitted.emit()

    def _add_up(self) -> None:
        try:
            due, paid, owed = (told(money) for money in claim_months.totals(self.typed()))
        except Invalid as trouble:
            self.sum.setText(trouble.text(_) if self.rows else "")
            return
        self.sum.setText(_("Due {due}, paid {paid}, owed {owed}", due=due, paid=paid, owed=owed))


def names_of(lines: Sequence[Line], people: dict[str, str]) -> dict[str, str]:
    """Each claim by its person and head."""
    alone = len(people) == 1
    return {
        line.claim.uuid: line_name(line) if alone else f"{people.get(line.claim.client, '')}: {line_name(line)}"
        for line in lines
    }


def first_currency(lines: Sequence[Line]) -> str:
    """The currency most claims are in."""
    return lines[0].claim.currency if lines else ""
