"""How a difference is told to a person: what it is about, and both values in words instead of codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mrc_app.exchange.handovers_deciding import Difference
from mrc_app.exchange.handovers_parts import part_of
from mrc_app.i18n import N_
from mrc_app.store.kinds import kinds

LABELS: dict[str, str] = {
    "call_name": N_("name to call her by"),
    "given": N_("given name"),
    "father": N_("father's or family name"),
    "grandfather": N_("grandfather's name"),
    "native": N_("name in her own script"),
    "sex": N_("sex"),
    "birth": N_("birth or age"),
    "phone": N_("phone and how to call safely"),
    "emergency": N_("someone to call in an emergency"),
    "language": N_("language for her guide"),
    "speaks": N_("languages she speaks"),
    "nationality": N_("nationality"),
    "origin_country": N_("country of origin"),
    "location_country": N_("where she is now"),
    "location_place": N_("where she is now"),
    "district": N_("district"),
    "place": N_("place"),
    "id": N_("identity paper"),
    "passport": N_("passport"),
    "destination": N_("destination"),
    "gone": N_("taken back by the partner"),
    "amount": N_("amount"),
    "state": N_("how far it has come"),
    "when": N_("day and place"),
    "went": N_("how it went"),
    "done": N_("done"),
    "title": N_("title"),
}
"""What the registers are called that differ most often; any other is told under what its part is called."""
COUNTRIES = frozenset({"destination", "nationality", "origin_country", "location_country"})
ANSWERS: dict[str, dict[str, str]] = {
    "may_call": {"yes": N_("may be called"), "no": N_("must not be called")},
    "may_message": {"yes": N_("may be sent messages"), "no": N_("must not be sent messages")},
    "phone_private": {"yes": N_("the phone is hers alone"), "no": N_("others use the phone")},
}
"""What the answers about her phone mean (message ids)."""
QUIET = frozenset({"phone_typed", "birth_given", "birth_calendar", "birth_known_as", "birth_basis", "birth_first"})
"""Columns of a group that only repeat another one."""


def subject(one: Difference) -> str:
    """The message id of what a difference is about."""
    if one.register in LABELS:
        return LABELS[one.register]
    part = part_of(one.kind)
    return part.label if part is not None else N_("her record")


def values(kind: str, register: str, value: Any) -> list[Any]:
    """A register as words, dates, texts and message ids, in the order in which it is kept; what it does not say is left
    out."""
    known = kinds().get(kind)
    named: Mapping[str, Any] = value if isinstance(value, dict) else {register: value}
    order = known.registers.get(register, ()) if known else ()
    found: list[Any] = []
    for column, one in sorted(named.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 99):
        if column in ANSWERS:
            found += [ANSWERS[column][one]] if one in ANSWERS[column] else []
            continue
        if one in (None, "", "not_asked", "not_stated", 0) or column in QUIET or isinstance(one, bool):
            continue
        read = known.reads.get(column) if known else None
        try:
            found.append(read(one) if read else one)
        except ValueError:
            found.append(one)
    return found
