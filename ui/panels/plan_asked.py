"""What is asked about a plan, its lines and its money; wordings that can be taken as they stand."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, NamedTuple

from mrc_app.casework.client_words import Answer
from mrc_app.casework.reintegration import PlanLine
from mrc_app.casework.reintegration_words import Closure, Dimension, Promise, WhoPays
from mrc_app.i18n import N_, _
from mrc_app.money import Money
from ui.forms import Form
from ui.panels.journey_asked import MoneyField
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, LongField, NumberField, SegmentField, TextField
from ui.words import choices


class Ready(NamedTuple):
    """A line that is often agreed on: its part of life and its words."""

    key: str
    dimension: Dimension
    words: str


READY = (
    Ready("tvet", Dimension.ECONOMIC, N_("Course at a trade school (TVET), hours: ")),
    Ready("rpl", Dimension.ECONOMIC, N_("Recognition of what she learned abroad (RPL) as: ")),
    Ready("job", Dimension.ECONOMIC, N_("Help with looking for work")),
    Ready("money", Dimension.ECONOMIC, N_("Course about money and saving")),
    Ready("business", Dimension.ECONOMIC, N_("Course about starting a business")),
    Ready("cash", Dimension.ECONOMIC, N_("Start-up money in instalments")),
    Ready("own", Dimension.ECONOMIC, N_("Own business: ")),
    Ready("cooperative", Dimension.ECONOMIC, N_("Cooperative with other returnees, members: ")),
    Ready("security", Dimension.SOCIAL, N_("Claim at the social security abroad")),
    Ready("papers", Dimension.SOCIAL, N_("Identity papers")),
    Ready("health", Dimension.SOCIAL, N_("Health cover for the family")),
    Ready("housing", Dimension.SOCIAL, N_("A place to live")),
    Ready("counselling", Dimension.PSYCHOSOCIAL, N_("Referral to counselling; complete when the service confirms it")),
    Ready("family", Dimension.PSYCHOSOCIAL, N_("Talk with the family")),
    Ready("group", Dimension.CULTURAL, N_("Group of returnees in the community")),
)


def planning(contact: date | None, today: date) -> Form:
    """A new plan: first contact, day, whether she agrees."""
    form = Form()
    form.add("contact_on", _("First contact after the return"), DualDateEdit())
    form.add("on", _("Day of the plan"), DualDateEdit())
    form.add("agreed", _("Does she agree with it?"), ChoiceField(choices(Answer), empty=None))
    form.fill({"contact_on": contact, "on": today})
    return form


def lining(line: PlanLine | None) -> Form:
    """One line. A ready wording fills in the action and the part of life."""
    form = Form()
    if line is None:
        wordings = [(one.key, _(one.words).strip()) for one in READY]
        ready = form.add("ready", _("Ready wording"), ChoiceField(wordings, empty=_("In other words")), span=2)
        ready.changed.connect(partial(_fill, form))
    form.add("action", _("What is done"), LongField(lines=2), span=2)
    form.add("dimension", _("Part of life"), ChoiceField(choices(Dimension), empty=None))
    form.add("promise", _("Agreed, or not promised?"), SegmentField(choices(Promise)))
    form.add("provider", _("Who does it"), TextField(limit=120), optional=True)
    form.add("who_pays", _("Who pays"), ChoiceField(choices(WhoPays), empty=None))
    form.add("cost", _("What it costs"), MoneyField(), optional=True)
    form.add("due", _("Until"), DualDateEdit(), optional=True)
    form.add("need", _("The need behind it"), LongField(lines=2), optional=True, span=2)
    form.fill({"promise": Promise.AGREED.value, "who_pays": WhoPays.NOT_KNOWN.value})
    if line is not None:
        form.fill({name: getattr(line, name) or None for name in
                   ("action", "dimension", "promise", "provider", "who_pays", "due", "need")})  # fmt: skip
        form.fill({"cost": None if line.cost_minor is None else Money(line.cost_minor, line.cost_currency)})
    return form


def _fill(form: Form) -> None:
    chosen = next((one for one in READY if one.key == form["ready"].value()), None)
    if chosen is not None:
        form.fill({"action": _(chosen.words), "dimension": chosen.dimension.value})


def instalments(line: PlanLine, today: date) -> Form:
    """Equal instalments, a month apart."""
    form = Form()
    form.add("number", _("How many instalments"), NumberField())
    form.add("amount", _("Each"), MoneyField())
    form.add("first", _("The first on"), DualDateEdit(), hint=_("The others follow a month apart."))
    form.fill({"number": 1, "first": today})
    if line.cost_minor is not None:
        form.fill({"amount": Money(line.cost_minor, line.cost_currency)})
    return form


def paying(today: date) -> Form:
    """An instalment that was paid."""
    form = Form()
    form.add("paid_on", _("Paid on"), DualDateEdit())
    form.add("receipt", _("Number of the receipt"), TextField(limit=60))
    form.fill({"paid_on": today})
    return form


def closing() -> Form:
    """Why a plan is closed."""
    form = Form(1)
    form.add("closure", _("Why is it closed?"), ChoiceField(choices(Closure), empty=None))
    form.add("note", _("Note"), LongField(lines=2), optional=True)
    return form


def dropping() -> Form:
    """Why a line is given up."""
    form = Form(1)
    form.add("result", _("Why is it given up?"), TextField(limit=400))
    return form


def a_line(typed: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a line from what was typed."""
    return {name: value for name, value in typed.items() if name != "ready"}
