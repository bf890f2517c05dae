"""What is asked about a return and about a cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mrc_app.calendars.days import months_after
from mrc_app.casework import covers, returns
from mrc_app.casework.cover_words import ClaimState, Scheme
from mrc_app.casework.covers import Cover
from mrc_app.casework.return_words import NeedNow, ReturnKind, TravelPaper, Wish
from mrc_app.i18n import N_, Labelled, _
from mrc_app.money import Money
from ui.forms import Form
from ui.panels.asked import Asked, country, day, long, number, text, word
from ui.panels.costs_asked import told
from ui.panels.journey_asked import MoneyField, TextsField
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, ChoicesField, NumberField
from ui.words import choices, listed
from ui.words import word as say


def money(name: str, label: str, read: Any) -> Asked:
    """An amount with its currency."""

    def tell(record: Any) -> str:
        amount: Money | None = read(record)
        return told(amount) if amount else ""

    return Asked(name, label, MoneyField, read, tell)


def several(name: str, label: str, words: Iterable[Labelled]) -> Asked:
    """Any number of words of a list."""
    known = list(words)

    def read(record: Any) -> list[str]:
        return [one.value for one in getattr(record, name)]

    def tell(record: Any) -> str:
        return listed(say(one) for one in getattr(record, name))

    return Asked(name, label, lambda: ChoicesField(choices(known)), read, tell, span=2)


def must(name: str, label: str, words: Iterable[Labelled]) -> Asked:
    """One word of a list that has no "not asked": the first stands there to begin with."""
    known = list(words)

    def read(record: Any) -> Any:
        return getattr(record, name)

    return Asked(name, label, lambda: ChoiceField(choices(known), empty=None), read, lambda one: say(read(one)))


RETURN = (
    word("kind", N_("How she came back"), ReturnKind),
    day("returned_on", N_("Day of return")),
    country("from_country", N_("Came back from")),
    word("paper", N_("Paper she came back with"), TravelPaper),
    text("received_at", N_("Airport or border")),
    word("wish", N_("Stay or leave again"), Wish),
    several("needs", N_("What cannot wait"), NeedNow),
    money("debts", N_("What she owes"), returns.debts),
    money("savings", N_("What she saved"), returns.savings),
    long("skills_abroad", N_("What she learned abroad")),
    long("note", N_("Note")),
)
COVER = (
    text("scheme", N_("Name of the scheme")),
    must("kind", N_("What it pays for"), Scheme),
    country("country", N_("Country of the scheme")),
    text("number_last4", N_("Last four characters of her number"), ordered=True, limit=12),
    day("since", N_("Paid in from")),
    day("until", N_("Paid in until")),
    number("months", N_("Months paid in"), hint=N_("As she can prove or remember; else counted from the days.")),
    money("premium", N_("Premium each time"), covers.premium),
    day("next_premium_on", N_("Next premium on"), hint=N_("It becomes a task on Today.")),
    Asked(
        "beneficiaries", N_("Who is named to receive"), TextsField, lambda cover: list(cover.beneficiaries),
        lambda cover: ", ".join(cover.beneficiaries), N_("Separate several with commas."),
    ),
    must("claim", N_("State of the claim"), ClaimState),
    day("claim_on", N_("Since")),
    long("note", N_("Note")),
)  # fmt: skip


def premium_form(cover: Cover) -> Form:
    """A premium that was paid: the next day, a month further, and the months paid in, one more."""
    form = Form()
    form.add("next_premium_on", _("Next premium on"), DualDateEdit(), hint=_("Empty: none is due any more."))
    form.add("months", _("Months paid in"), NumberField())
    months = covers.months(cover)
    after = months_after(cover.next_premium_on, 1) if cover.next_premium_on else None
    form.fill({"next_premium_on": after, "months": None if months is None else months + 1})
    return form
