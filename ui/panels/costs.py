"""Costs: what she paid, typed row by row, what she borrowed, and how many months of earnings that is."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import costs, journeys
from mrc_app.casework.client_words import Answer
from mrc_app.casework.cost_answer import Picture
from mrc_app.casework.costs import Cost, Income, Loan, Rate
from mrc_app.casework.journey_words import Per
from mrc_app.casework.journeys import Journey
from mrc_app.i18n import _, isolate, ltr
from mrc_app.money import Money
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels import costs_asked as asked
from ui.panels import costs_shown as shown
from ui.panels.costs_asked import told
from ui.panels.groups import heading_row
from ui.panels.journey import currency_of
from ui.panels.journey_asked import MoneyField
from ui.panels.panel import Panel
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.facts import Facts
from ui.widgets.text import card, chip, label
from ui.words import word


class Told(NamedTuple):
    """What was read for one client."""

    way: Journey | None
    paid: list[Cost]
    loans: list[Loan]
    incomes: list[Income]
    rates: list[Rate]
    known: dict[str, Any]
    picture: Picture


class CostsPanel(Panel):
    """The ledger of a client's current journey."""

    shows: ClassVar[frozenset[str]] = frozenset({"cost", "loan", "income", "rate", "journey", "journeystep"})
    most_rows: ClassVar[int] = 60
    """Payments shown at once; the sums are always of all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: Told | None = None
        self.form: Form | None = None
        self.entry: Form | None = None
        self._all = False
        frame, self._head = card(spacing=10)
        self.column.addWidget(frame)
        self._asking = QVBoxLayout()
        self.column.addLayout(self._asking)
        frame, body = card(spacing=6)
        body.addWidget(heading_row("notebook-pen", _("What she paid")))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        body.addLayout(self._rows)
        self._typing = QVBoxLayout()
        body.addLayout(self._typing)
        self.column.addWidget(frame)
        self._lending = QVBoxLayout()
        self.column.addLayout(self._lending)
        self.debts, self._debts = card(spacing=6)
        self.column.addWidget(self.debts)
        self.rules, self._rules = card(spacing=6)
        self.column.addWidget(self.rules)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client's costs; what was open for the one before is closed."""
        if client != self.client:
            self.close_form()
            self._all = False
            self.entry = None
            clear(self._typing)
        super().load(client)

    def refresh(self) -> None:
        """Reads and reckons again, beside the screen."""
        client, today = self.client, self.desk.today()

        def question(session: Any) -> Told:
            way = journeys.current(session, client)
            here = way.uuid if way else None
            paid = costs.of_journey(costs.of_client(session, client), here)
            lent = costs.of_journey(costs.loans(session, client), here)
            earned = costs.of_journey(costs.incomes(session, client), here)
            known = {row.uuid: seen(session, row) for row in (*paid, *lent, *earned)}
            picture = costs.reckoned(session, client, today, way)
            return Told(way, paid, lent, earned, costs.rates(session), known, picture)

        self.desk.ask(self, question, self._show)

    def _show(self, found: Told) -> None:
        self.told = found
        self._show_head(found)
        self._show_rows(found)
        self._show_debts(found)
        self._show_rules(found)
        if self.entry is None:
            self._begin_entry(found)

    # -- what is shown

    def _show_head(self, found: Told) -> None:
        clear(self._head)
        self._head.addWidget(heading_row("calculator", _("Costs and debt"), shown.level_chip(found.picture.debt)))
        facts = Facts(4, 170)
        facts.setProperty("role", "plain")
        facts.grid.setContentsMargins(0, 0, 0, 0)
        facts.tell(shown.figures(found.picture), _("Nothing"))
        self._head.addWidget(facts)
        for used in found.picture.sums.used:
            self._head.addWidget(label(shown.rate_words(used), "small"))
        if found.paid and shown.why_words(found.picture):
            self._head.addWidget(label(shown.why_words(found.picture), "muted"))
        for income in found.incomes:
            self._head.addWidget(self._earned(income))
        self.add_income = button(_("Add earnings"), "", "plus", self.ask_income)
        self.add_rate = button(_("Type a rate"), "", "plus", self.ask_rate)
        self._head.addWidget(_line(self.add_income, self.add_rate))

    def _earned(self, income: Income) -> QWidget:
        parts = [_("{amount} a month", amount=told(Money(income.amount_minor, income.currency))), word(income.basis)]
        parts += [screen_date(income.month)] if income.month else []
        return self._row(" · ".join(parts), "", self._take(income, _("earnings")))

    def _show_rows(self, found: Told) -> None:
        clear(self._rows)
        if not found.paid:
            self._rows.addWidget(label(_("Nothing is written down yet. Type the first payment below."), "muted"))
        hidden = 0 if self._all else max(len(found.paid) - self.most_rows, 0)
        if hidden:
            self._rows.addWidget(_line(button(_("Show all payments"), "quiet", on=self._show_all)))
        for cost in found.paid[hidden:]:
            self._rows.addWidget(self._paid(cost))
        if found.paid:
            total = f"{shown.rows_words(len(found.paid))}: {shown.sums(found.picture.sums.by_currency)}"
            self.total = label(total, "strong")
            self._rows.addWidget(self.total)

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _paid(self, cost: Cost) -> QWidget:
        paid = Money(cost.amount_minor, cost.currency)
        below = [screen_date(cost.paid_on) if cost.paid_on else "", isolate(cost.paid_to) if cost.paid_to else ""]
        if cost.refunded_minor:
            below.append(_("{amount} given back", amount=told(Money(cost.refunded_minor, cost.currency))))
        receipt = {Answer.YES: (_("receipt seen"), "green"), Answer.NO: (_("no receipt"), "amber")}
        ends: list[QWidget] = [chip(*receipt[cost.receipt])] if cost.receipt in receipt else []
        back = button(_("Given back"), "quiet", on=partial(self.ask_refund, cost))
        back.setAccessibleName(f"{_('Given back')}: {cost.code} {paid}")
        ends += [back, self._take(cost, f"{cost.code} {paid}")]
        title = f"{ltr(cost.code)} {word(cost.code)}: {told(paid)}"
        return self._row(title, " · ".join(part for part in below if part), *ends)

    def _row(self, title: str, below: str, *ends: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, px(2), 0, px(2))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "strong"))
        if below:
            words.addWidget(label(below, "small"))
        row.addLayout(words, 1)
        for part in ends:
            row.addWidget(part)
        return made

    def _take(self, row: Any, name: str) -> QWidget:
        made = button(_("Take back"), "quiet", "trash-2", partial(self.take_back, row))
        made.setAccessibleName(f"{_('Take back')}: {name}")
        return made

    def _show_debts(self, found: Told) -> None:
        clear(self._debts)
        self.add_loan = button(_("Add a loan"), "", "plus", self.ask_loan)
        self._debts.addWidget(heading_row("hand", _("What she borrowed"), self.add_loan))
        if not found.loans:
            self._debts.addWidget(label(_("No loan is written down."), "muted"))
        for loan in found.loans:
            amount = told(Money(loan.principal_minor, loan.currency))
            name = " · ".join(part for part in (amount, isolate(loan.lender_name) if loan.lender_name else "") if part)
            self._debts.addWidget(self._row(name, "", self._take(loan, _("loan"))))
        for part in shown.debt_rows(found.picture.debt):
            self._debts.addWidget(part)
        if found.loans:
            self._debts.addWidget(label(_("These are facts for you to weigh, not a score."), "small"))

    def _show_rules(self, found: Told) -> None:
        clear(self._rules)
        compared, beside = found.picture.compared, found.picture.beside
        self.rules.setVisible(bool(compared or beside))
        self._rules.addWidget(heading_row("shield-check", _("Beside what the rules let her pay")))
        for one in compared:
            self._rules.addWidget(shown.compared_row(one))
        for fact in beside:
            self._rules.addWidget(label(shown.beside_words(fact), "small"))

    # -- the quick row

    def _begin_entry(self, found: Told) -> None:
        currency = currency_of(found.way.origin if found.way else self.desk.store.centre().country)
        self.entry = asked.paying(currency)
        self.entry.submitted.connect(self.pay)
        clear(self._typing)
        self._typing.addWidget(label(_("Another payment"), "heading"))
        self._typing.addWidget(self.entry)
        self.keep = button(_("Keep this payment"), "main", "plus", self.pay)
        self._typing.addWidget(_line(self.keep))

    def pay(self) -> None:
        """Keeps the payment that was typed and begins the next one, with the same currency and day."""
        form, way = self.entry, self.told.way if self.told else None
        if form is None:
            return
        typed: dict[str, Any] = {name: value or "" for name, value in form.values().items()}
        said = self._said(way)

        def act(session: Any) -> Cost:
            return costs.pay(session, **said, **typed)

        made = form.submit(lambda: self.desk.change("costs.pay", act))
        if made is None:
            return
        amount = form["amount"]
        assert isinstance(amount, MoneyField)
        amount.amount.set_value(None)
        form.fill({"paid_to": None, "receipt": None})
        form["code"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _said(self, way: Journey | None) -> dict[str, Any]:
        desk = self.desk
        who = {"client": self.client, "on": desk.today(), "by": desk.store.officer}
        return who | {"journey": way.uuid if way else None}

    # -- forms

    def ask_refund(self, cost: Cost) -> None:
        """How much of a payment was given back."""
        money = Money(cost.amount_minor, cost.currency)
        title = _("Given back of {amount}", amount=told(money))
        self._open(asked.refunding(money, self.desk.today()), title, partial(self._refund, cost))

    def ask_loan(self) -> None:
        """What she borrowed, from whom and on what terms."""
        found = self.told
        currency = currency_of(found.way.origin if found and found.way else self.desk.store.centre().country)
        self._open(asked.borrowing(currency), _("A loan"), partial(self._add, "costs.borrow", costs.borrow))

    def ask_income(self) -> None:
        """What she earns in a month; the wage of her journey is offered as the contract's."""
        way = self.told.way if self.told else None
        wage = journeys.wage(way) if way and way.wage_per is Per.MONTH else None
        form = asked.earning(currency_of(way.destination) if way else "", wage)
        self._open(form, _("Earnings in a month"), partial(self._add, "costs.earn", costs.earn))

    def ask_rate(self) -> None:
        """A rate between two currencies, with its day and source."""
        found = self.told
        other = next(iter(found.picture.sums.by_currency), "") if found else ""
        one = currency_of(found.way.destination) if found and found.way else ""
        form = asked.rating(one, other, self.desk.today())
        self._open(form, _("A rate, with its day and source"), self._add_rate)

    def _open(self, form: Form, title: str, act: Any) -> None:
        self.close_form()
        self.form = form
        frame, self.ok = asked.asking(form, title, _("Keep"), act, self.close_form)
        (self._lending if "principal" in form else self._asking).addWidget(frame)
        first = next(name for name in ("number", "refunded", "principal", "basis") if name in form)
        form[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._asking)
        clear(self._lending)

    def _do(self, do: str, act: Any, known: list[Any] | None = None) -> None:
        if self.form is not None and self.form.submit(lambda: (self.desk.change(do, act, known), True)) is not None:
            self.close_form()
            self.refresh()

    def _values(self) -> dict[str, Any]:
        assert self.form is not None
        return {name: "" if value is None else value for name, value in self.form.values().items()}

    def _add(self, do: str, action: Any) -> None:
        said, typed = self._said(self.told.way if self.told else None), self._values()
        self._do(do, lambda session: action(session, **said, **typed))

    def _add_rate(self) -> None:
        typed, today, by = self._values(), self.desk.today(), self.desk.store.officer
        self._do("costs.type_rate", lambda session: costs.type_rate(session, **typed, today=today, by=by))

    def _refund(self, cost: Cost) -> None:
        typed, client, today = self._values(), self.client, self.desk.today()

        def act(session: Any) -> None:
            row = costs.one_of(session, costs.of_client, client, cost.uuid)
            costs.refund(session, row, amount=typed["refunded"] or None, on=typed["refunded_on"], today=today)

        self._do("costs.refund", act, self._knows(cost))

    def take_back(self, row: Cost | Loan | Income) -> None:
        """Takes a row back; the way to undo it is to type it again."""
        rows: dict[type[Any], Any] = {Cost: costs.of_client, Loan: costs.loans, Income: costs.incomes}
        client = self.client

        def act(session: Any) -> None:
            costs.take_back(session, costs.one_of(session, rows[type(row)], client, row.uuid))

        self.desk.change("costs.take_back", act, self._knows(row))
        self.desk.window.say(_("Taken back."))
        self.refresh()

    def _knows(self, row: Any) -> list[Any]:
        return [self.told.known[row.uuid]] if self.told and row.uuid in self.told.known else []


def _line(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = Flow(8)
    made.setLayout(row)
    for part in parts:
        row.addWidget(part)
    return made
