"""What is asked about a journey and the job as it was told."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mrc_app.casework.client_words import Answer
from mrc_app.casework.journey_words import FoodRoom, Per, RecruitedThrough, RestDay, ReturnPayer, Sector
from mrc_app.errors import Invalid
from mrc_app.i18n import N_, _, ltr, screen_language
from ui.look import px
from ui.panels.asked import Asked, country, day, long, number, text, word
from ui.widgets.fields import Field, TextField
from ui.widgets.occupations import OccupationField, occupation_words

COMMAS = re.compile("[,،፣、]")


class MoneyField(Field):
    """An amount and its currency. Value: Money, None when empty, the typed text when it is no amount."""

    def __init__(self) -> None:
        super().__init__()
        self.amount = TextField(_("Amount"), ordered=True, limit=20)
        self.currency = TextField(_("SAR"), ordered=True, limit=3)
        self.currency.setFixedWidth(px(84))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount, 1)
        row.addWidget(self.currency)
        self.setFocusProxy(self.amount)
        for part in (self.amount, self.currency):
            part.changed.connect(self.changed.emit)

    def value(self) -> Any:
        """Money, or what was typed where it is none."""
        from mrc_app.money import Money

        amount, currency = self.amount.value(), (self.currency.value() or "").upper()
        if not amount:
            return None
        try:
            return Money.of(amount, currency)
        except Invalid:
            return f"{amount} {currency}"

    def set_value(self, value: Any) -> None:
        self.amount.set_value(None if value is None else value.amount)
        self.currency.set_value(None if value is None else value.currency)

    def suggest(self, currency: str) -> None:
        """A currency to begin with."""
        if not self.currency.value():
            self.currency.set_value(currency)

    def controls(self) -> list[QWidget]:
        return [*self.amount.controls(), *self.currency.controls()]

    def call(self, name: str) -> None:
        self.amount.call(f"{name}: {_('Amount')}")
        self.currency.call(f"{name}: {_('Currency')}")


def wage_read(journey: Any) -> Any:
    """The wage as Money."""
    from mrc_app.casework import journeys

    return journeys.wage(journey)


def wage_told(journey: Any) -> str:
    """The wage with its currency's own decimals."""
    from mrc_app.money import written

    wage = wage_read(journey)
    return ltr(written(wage, screen_language().code)) if wage else ""


class TextsField(TextField):
    """Several short words with commas between, of whatever script."""

    def value(self) -> Any:
        """The words."""
        return [part.strip() for part in COMMAS.split(super().value() or "") if part.strip()]

    def set_value(self, value: Any) -> None:
        super().set_value(", ".join(value or ()))


ROUTE = (
    country("origin", N_("From")),
    country("destination", N_("To")),
    day("departs_on", N_("Day of departure")),
    text("airport", N_("Airport of departure")),
    text("arrival_city", N_("City of arrival")),
    text("meeting_person", N_("Who meets her there")),
    word("repeat", N_("Has she worked abroad before?"), Answer),
    word("recruited_through", N_("Found through"), RecruitedThrough, silent=""),
    text("agency", N_("Agency or broker")),
    Asked(
        "programmes", N_("Programmes"), TextsField, lambda journey: list(journey.programmes),
        lambda journey: ", ".join(journey.programmes), N_("Separate several with commas."),
    ),
)  # fmt: skip
JOB = (
    word("sector", N_("Kind of work"), Sector, silent=""),
    text("job_title", N_("Work as told")),
    text("employer", N_("Employer")),
    text("town", N_("Town of work")),
    text("address", N_("Address of work")),
    Asked(
        "isco",
        N_("ISCO-08 code"),
        OccupationField,
        lambda journey: journey.isco or None,
        lambda journey: occupation_words(journey.isco),
    ),
    Asked("wage", N_("Wage"), MoneyField, wage_read, wage_told, N_("Currency: three letters, for example SAR.")),
    word("wage_per", N_("Paid by the"), Per, silent=""),
    text("pay_day", N_("Pay day")),
    text("hours_per_day", N_("Hours a day"), ordered=True, limit=8),
    number("days_per_week", N_("Days a week")),
    word("rest_day", N_("Rest day"), RestDay, silent=""),
    number("rest_hours", N_("Hours of rest together")),
    word("food_room", N_("Food and room"), FoodRoom, silent=""),
    word("return_payer", N_("Who pays the ticket home"), ReturnPayer, silent=""),
    day("starts_on", N_("Work begins")),
    day("ends_on", N_("Work ends")),
    day("permit_end", N_("Permit ends")),
    long("note", N_("Note")),
)
SAME = {"wage_minor": "wage", "wage_currency": "wage"}
"""Columns that are asked under another name."""
