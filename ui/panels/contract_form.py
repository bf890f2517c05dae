"""The form of one version of a contract: every term in groups. What nobody looked at stays empty, what the paper is
silent about is a dash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mrc_app.casework.contract_words import TERMS, Stage
from mrc_app.casework.journey_words import Per
from mrc_app.i18n import N_, _
from ui.forms import Form
from ui.widgets.choosers import LanguageField
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, Field, LongField, TextField
from ui.widgets.text import label
from ui.words import cap, choices

SILENT = "–"
DASHES = {"-", "–", "—", "−"}
EXPLAINED = N_("Leave empty what you did not look at. Write – where the paper says nothing about it.")


class TermField(TextField):
    """A term as text. Value: None when nobody looked, "" when the paper is silent."""

    def value(self) -> Any:
        said = super().value()
        return "" if said in DASHES else said

    def set_value(self, value: Any) -> None:
        super().set_value(SILENT if value == "" and isinstance(value, str) else value)


class LooseField(TermField):
    """A term that is said in words or by yes or no."""

    def value(self) -> Any:
        said = super().value()
        words = {_("yes").casefold(): True, _("no").casefold(): False}
        return words.get(said.casefold(), said) if said else said

    def set_value(self, value: Any) -> None:
        super().set_value((_("yes") if value else _("no")) if isinstance(value, bool) else value)


class DeductionsField(LongField):
    """Deductions, one a line: what for, amount, currency."""

    def value(self) -> Any:
        said = super().value()
        if said is None:
            return None
        if said in DASHES:
            return ""
        rows = [[part.strip() for part in line.replace("،", ",").split(",")] for line in said.splitlines()]
        names = ("for", "amount", "currency")
        return [{name: part for name, part in zip(names, row, strict=False) if part} for row in rows if any(row)]

    def set_value(self, value: Any) -> None:
        if isinstance(value, list):
            rows = [", ".join(str(row[name]) for name in ("for", "amount", "currency") if name in row) for row in value]
            super().set_value("\n".join(rows))
        else:
            super().set_value(SILENT if value == "" else None)


def _text() -> Field:
    return TermField(limit=2000)


def _loose() -> Field:
    return LooseField(limit=2000)


def _ordered() -> Field:
    return TermField(ordered=True, limit=40)


def _chosen(listed: list[tuple[Any, str]]) -> Field:
    return ChoiceField([*listed, ("", _("The paper does not say"))], empty=_("Not looked at"))


def _yes_no() -> Field:
    return _chosen([(True, _("Yes")), (False, _("No"))])


def _per() -> Field:
    return _chosen(list(choices(Per)))


def _basis() -> Field:
    return _chosen([("gross", _("Gross")), ("net", _("Net"))])


GROUPS: dict[str, dict[str, Callable[[], Field]]] = {
    N_("Who and what"): {
        "employer": _text, "workplace": _text, "job": _text, "isco": _ordered,
        "agency.name": _text, "agency.licence": _ordered, "agency.valid_to": _ordered,
    },
    N_("Wage"): {
        "wage.amount": _ordered, "wage.currency": _ordered, "wage.per": _per, "wage.basis": _basis,
        "wage.paid_on": _text, "wage.slip": _loose, "overtime_percent": _ordered,
        "deductions": lambda: DeductionsField(_("One a line: what for, amount, currency"), 2),
    },
    N_("Food and room"): {"food.provided": _yes_no, "food.allowance": _ordered, "accommodation": _loose},
    N_("Time"): {
        "hours.per_day": _ordered, "hours.per_week": _ordered, "rest.days_per_week": _text,
        "rest.may_be_worked": _yes_no, "leave_days": _ordered, "duration_months": _ordered,
        "probation_months": _ordered, "notice_days": _ordered,
    },
    N_("Freedom and safety"): {
        "passport_kept_by": _text, "movement.free": _yes_no, "movement.phone": _yes_no,
        "penalty_on_worker": _loose,
        "insurance.policy": _text, "insurance.seen": _yes_no, "medical": _loose,
        "sick_pay": _loose,
        "equipment_paid_by": _text, "social_security": _loose, "union_ban": _yes_no,
        "health_test_condition": _yes_no,
    },
    N_("Cost, end and journey home"): {
        "fees_paid_by": _text, "repatriation.paid_by": _text, "repatriation.condition": _text, "dispute": _text,
        "language_understood": _loose, "copy_given": _yes_no, "signed": _loose,
    },
}  # fmt: skip
"""Every term by group, with the field it is typed in."""
HINTS = {
    "agency.valid_to": N_("As YYYY-MM-DD, for example 2027-06-30."),
    "wage.currency": N_("Three letters, for example SAR."),
    "rest.days_per_week": N_("A number, or “by agreement”."),
    "signed": N_("Yes, no, or the day as YYYY-MM-DD."),
}
KEYS = tuple(key for group in GROUPS.values() for key in group)
VERSION = ("stage", "language", "seen_on", "signed_on", "note")


def version_form() -> Form:
    """A form for one version: stage, days and language first, then every term in its group."""
    form = Form()
    form.add("stage", _("What is it?"), ChoiceField(choices(Stage), empty=None))
    form.add("language", _("Language of the paper"), LanguageField(), optional=True)
    form.add("seen_on", _("Seen on"), DualDateEdit())
    form.add("signed_on", _("Signed on"), DualDateEdit(), optional=True)
    form.add_part(label(_(EXPLAINED), "muted"))
    for title, terms in GROUPS.items():
        form.add_part(label(_(title), "heading"))
        for key, make in terms.items():
            hint = _(HINTS[key]) if key in HINTS else ""
            form.add(key, cap(_(TERMS[key])), make(), hint=hint, span=2 if key == "deductions" else 1)
    form.add_part(label(_("Note"), "heading"))
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


def fill(form: Form, document: Mapping[str, Any]) -> None:
    """Puts the terms of a document into the form."""
    for key in KEYS:
        top, _dot, part = key.partition(".")
        value = document.get(top)
        if part and isinstance(value, Mapping):
            value = value.get(part)
        form[key].set_value(value)
    form.clear_problems()


def document(form: Form) -> dict[str, Any]:
    """What was typed as a document of terms."""
    made: dict[str, Any] = {}
    for key, value in form.values(*KEYS).items():
        if value is None:
            continue
        top, _dot, part = key.partition(".")
        if part:
            made.setdefault(top, {})[part] = value
        else:
            made[top] = value
    return made


def typed(form: Form) -> dict[str, Any]:
    """The keywords of the action: the version's own fields and its terms."""
    said = form.values(*VERSION)
    return {name: "" if value is None else value for name, value in said.items()} | {"terms": document(form)}
