"""The forms of a referral: her yes, what is asked and told, the next step, and why it is stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mrc_app.casework import referrals
from mrc_app.casework.consents import How, Said, State
from mrc_app.casework.referral_words import Part, ReferralState, StopBecause, ToldBy, WithoutConsent
from mrc_app.casework.union_words import UnionStep
from mrc_app.errors import Invalid
from mrc_app.i18n import N_, _
from ui.forms import Form
from ui.widgets.choosers import LanguageField
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, ChoicesField, LongField, SegmentField, TextField
from ui.words import choices, word


def ask_yes(form: Form, question: str) -> None:
    """Adds the questions that belong to an answer."""
    form.add("answer", question, SegmentField([("given", _("Yes")), ("refused", _("No"))]), span=2)
    form.add("how", _("How she gave it"), ChoiceField(choices(How)))
    form.add("language", _("Language it was asked in"), LanguageField(), optional=True)


def said(typed: dict[str, Any], officer: str) -> Said:
    """Her answer as it was typed. Raises Invalid when none was chosen."""
    if typed.get("answer") is None:
        raise Invalid(answer=N_("Choose her answer."))
    if typed["answer"] != "given":
        return Said(State.REFUSED)
    how = How(typed["how"]) if typed["how"] else None
    return Said(State.GIVEN, how, typed["language"] or "", certified_by=officer if how is How.VERBAL else None)


def refer_form(cases: list[tuple[str, str]], *, supervisor: bool) -> Form:
    """What is asked of the service, what is told, and her yes to just this."""
    form = Form()
    form.add("service", _("What is asked of the service"), TextField(limit=120))
    form.add("purpose", _("What it is for"), TextField(limit=120), optional=True)
    form.add("parts", _("What is told about her"), ChoicesField(choices(Part)), span=2)
    form.add("grievance", _("Case"), ChoiceField(cases, empty=_("No case")))
    form.show_row("grievance", bool(cases))
    ask_yes(form, _("Does she agree to this referral, and to what is told?"))
    form.add("without", _("Without her yes"), ChoiceField(choices(WithoutConsent), empty=_("No exception")))
    form.add("reason", _("Reason of this decision"), LongField(lines=2), span=2)
    form.show_row("without", supervisor)

    def turn() -> None:
        alone = bool(form["without"].value())
        form.show_row("reason", alone)
        form.show_row("answer", not alone)
        for name in ("how", "language"):
            form.show_row(name, not alone and form["answer"].value() != "refused")

    for name in ("answer", "without"):
        form[name].changed.connect(turn)
    turn()
    form.fill({"parts": [Part.NAME.value, Part.NEED.value]})
    return form


def step_form(state: ReferralState) -> Form:
    """What happened since, when, and who said so."""
    steps = [one for one in referrals.NEXT[state] if one not in (ReferralState.SENT, ReferralState.STOPPED)]
    form = Form()
    form.add("state", _("What happened?"), SegmentField([(one.value, word(one)) for one in steps]), span=2)
    tellers = (ToldBy.SERVICE, ToldBy.CLIENT)
    form.add(
        "told_by", _("Who says so?"), SegmentField([(one.value, word(one)) for one in tellers]), span=2,
        hint=_("A referral is complete when the service itself says that the service was given."),
    )  # fmt: skip
    form.add("on", _("Day"), DualDateEdit(), optional=True)
    form.add("note", _("What was said"), LongField(lines=2), optional=True, span=2)
    form.fill({"state": steps[0].value, "told_by": ToldBy.SERVICE.value})
    return form


def sent_form() -> Form:
    """The day it went, and how."""
    form = Form()
    form.add("on", _("Day"), DualDateEdit(), optional=True)
    form.add("note", _("How it went: by hand, by letter, by phone"), TextField(limit=200), optional=True)
    return form


def stop_form() -> Form:
    """Why it goes no further. A withdrawn consent is withdrawn on the Consents tab."""
    form = Form()
    reasons: Iterable[StopBecause] = (one for one in StopBecause if one is not StopBecause.WITHDRAWN)
    form.add("because", _("Why?"), ChoiceField(choices(reasons), empty=None))
    form.add("note", _("Note"), TextField(limit=200), optional=True)
    return form


def union_form(*, new: bool) -> Form:
    """Which union, which step, and up to when dues are paid."""
    form = Form()
    if new:
        form.add("union", _("Union"), TextField(limit=120), span=2)
    form.add("step", _("How far"), ChoiceField(choices(UnionStep), empty=None))
    form.add("on", _("Day"), DualDateEdit(), optional=True)
    form.add("paid_to", _("Dues paid up to"), DualDateEdit())
    form.add("note", _("Note"), TextField(limit=200), optional=True)

    def turn() -> None:
        form.show_row("paid_to", form["step"].value() == UnionStep.DUES.value)

    form["step"].changed.connect(turn)
    turn()
    return form
