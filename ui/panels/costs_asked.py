"""What is asked about a payment, a loan, earnings and a rate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mrc_app.casework.client_words import Answer
from mrc_app.casework.cost_words import Basis, Collateral, CostCode, Lender
from mrc_app.i18n import _, screen_language
from mrc_app.money import Money, written
from ui.forms import Form
from ui.look import px
from ui.panels.journey_asked import MoneyField
from ui.widgets.controls import button
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, SegmentField, TextField
from ui.widgets.text import card, label
from ui.words import choices, word


def told(money: Money) -> str:
    """An amount as the screen writes it, in order in every language."""
    from mrc_app.i18n import ltr

    return ltr(written(money, screen_language().code))


def codes() -> list[tuple[str, str]]:
    """The cost codes; typing the letters of a code chooses it."""
    return [(code.value, f"{code.value}  {word(code)}") for code in CostCode]


def answers() -> list[tuple[str, str]]:
    """Yes and no."""
    return choices((Answer.YES, Answer.NO))


def paying(currency: str) -> Form:
    """The row that is typed again and again: Enter in the last line keeps it."""
    form = Form()
    form.add("code", _("Paid for"), ChoiceField(codes(), empty=None))
    amount = MoneyField()
    amount.suggest(currency)
    form.add("amount", _("Amount"), amount)
    form.add("paid_on", _("Paid on"), DualDateEdit(), optional=True)
    form.add("receipt", _("Receipt seen"), SegmentField(answers()))
    form.add("paid_to", _("Paid to"), TextField(limit=120), optional=True, span=2)
    return form


def refunding(money: Money, today: date) -> Form:
    """How much was given back in all, and when."""
    form = Form()
    amount = MoneyField()
    amount.suggest(money.currency)
    form.add("refunded", _("Given back in all"), amount)
    form.add("refunded_on", _("Given back on"), DualDateEdit())
    form.fill({"refunded_on": today})
    return form


def borrowing(currency: str) -> Form:
    """A loan: what is not known stays empty and is said to be."""
    form = Form()
    amount = MoneyField()
    amount.suggest(currency)
    form.add("principal", _("Borrowed"), amount)
    form.add("lender", _("Who lent it"), ChoiceField(choices(Lender), empty=_("Not told")))
    form.add("interest", _("Interest in percent a month"), TextField(ordered=True, limit=8), optional=True)
    form.add("collateral", _("What stands for it"), ChoiceField(choices(Collateral), empty=_("Not told")))
    form.add("taken_from_wage", _("Is it taken from the wage?"), SegmentField(answers()))
    form.add("may_leave", _("May she leave before it is repaid?"), SegmentField(answers()))
    form.add("lender_name", _("Name of the lender"), TextField(limit=120), optional=True, span=2)
    return form


def earning(currency: str, wage: Money | None) -> Form:
    """What she earns in a month, and what of it she needs and sends home."""
    form = Form()
    form.add("basis", _("Where the figure is from"), ChoiceField(choices(Basis), empty=None))
    form.add("amount", _("Earnings a month, before deductions"), MoneyField())
    form.add("living", _("What she needs to live, a month"), MoneyField(), optional=True)
    form.add("remittance", _("What she sends home, a month"), MoneyField(), optional=True)
    form.add("month", _("First full month"), DualDateEdit(), optional=True)
    form.add("first_job_on", _("The first job began on"), DualDateEdit(), optional=True,
             hint=_("What was paid after this day is kept apart."))  # fmt: skip
    for name in ("amount", "living", "remittance"):
        field = form[name]
        assert isinstance(field, MoneyField)
        field.suggest(currency)
    if wage is not None:
        form.fill({"basis": Basis.CONTRACT.value, "amount": wage})
    return form


def rating(one: str, other: str, today: date) -> Form:
    """A rate between two currencies: 1 of the first is so many of the second."""
    form = Form()
    form.add("one", _("1 of this currency"), TextField(_("SAR"), ordered=True, limit=3))
    form.add("other", _("is so many of this one"), TextField(_("ETB"), ordered=True, limit=3))
    form.add("number", _("Rate"), TextField(ordered=True, limit=20))
    form.add("read_on", _("On"), DualDateEdit())
    form.add(
        "source", _("Who says so"), TextField(limit=120), hint=_("A bank's board, a newspaper, a website."), span=2
    )
    form.fill({"one": one, "other": other, "read_on": today})
    return form


def asking(form: Form, title: str, keep: str, act: Callable[[], object], cancel: Callable[[], object]) -> Any:
    """A form on a card with its two buttons; the main one and the card."""
    frame, body = card("sunken", margin=16, spacing=12)
    body.addWidget(label(title, "heading"))
    body.addWidget(form)
    foot = QHBoxLayout()
    foot.setSpacing(px(8))
    foot.addStretch(1)
    foot.addWidget(button(_("Cancel"), "quiet", on=cancel))
    ok = button(keep, "main", on=act)
    foot.addWidget(ok)
    holder = QVBoxLayout()
    holder.addLayout(foot)
    body.addLayout(holder)
    form.submitted.connect(act)
    return frame, ok
