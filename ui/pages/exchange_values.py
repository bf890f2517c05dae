"""What a contradiction is about, and its values, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mrc_app.exchange import handovers_telling
from mrc_app.exchange.handovers_parts import part_of
from mrc_app.i18n import N_, _, isolate, ltr
from ui.widgets.choosers import name_of_country
from ui.words import cap, phone, shown

KINDS = {
    "client": N_("Client"), "contact": N_("Conversation"), "journey": N_("Journey"), "task": N_("Task"),
    "consent": N_("Consent"), "centre": N_("The centre"), "officer": N_("Officer"), "partner": N_("Partner"),
    "provider": N_("Service to refer to"), "grievance": N_("Case"), "event": N_("Event"), "recruiter": N_("Recruiter"),
}  # fmt: skip
UUID = re.compile("[0-9a-f]{32}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def about(kind: str, field: str) -> str:
    """What two desks wrote differently."""
    part = part_of(kind)
    whole = KINDS.get(kind) or (part.label if part is not None else "")
    if field == "gone":
        what = _("put away or kept")
    else:
        what = _(handovers_telling.LABELS[field]) if field in handovers_telling.LABELS else field.replace("_", " ")
    return cap(": ".join(filter(None, (_(whole) if whole else "", what))))


def value_words(kind: str, field: str, value: Any, names: Mapping[str, str]) -> str:
    """A value in words; ``names`` are those of officers by their uuid."""
    if field == "gone":
        return _("put away") if value else _("kept")
    if field in handovers_telling.COUNTRIES:
        return name_of_country(str(value)) if value else _("nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    found = [_part(one, names) for one in handovers_telling.values(kind, field, value)]
    return " · ".join(filter(None, found)) or _("nothing")


def _part(one: Any, names: Mapping[str, str]) -> str:
    if isinstance(one, str):
        if one in names:
            return isolate(names[one])
        if UUID.fullmatch(one):
            return ""
        if DAY.fullmatch(one):
            return shown(date.fromisoformat(one))
        if one.startswith("+"):
            return phone(one)
        if any(one in said.values() for said in handovers_telling.ANSWERS.values()):
            return _(one)
    return isolate(shown(one)) if not isinstance(one, int) else ltr(str(one))
