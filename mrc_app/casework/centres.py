"""The centre's own facts: name, phone and address with the day somebody checked them, and the languages spoken there.

What is printed about the centre comes from here; a phone or address nobody checked prints as not yet confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mrc_app.casework import client_phones, fields
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.officers import Centre
from mrc_app.store.records import added
from mrc_app.store.roles import May, needs

# -- Rules

CHECKS: dict[str, fields.Check] = {
    "name": fields.text,
    "phone": fields.text,
    "phone_checked": fields.day,
    "address": fields.long_text,
    "address_checked": fields.day,
    "languages": fields.language_codes,
    "review_months": fields.whole(1, 120),
    "attachment_mb": fields.whole(1, 40),
    "print_drafts": fields.yes_no,
    "own_digits": fields.yes_no,
}
SETTINGS = frozenset({"review_months", "attachment_mb", "print_drafts", "own_digits"})
"""Choices of the centre that are kept together; left empty, what is usual holds."""


def drafts_allowed(settings: Mapping[str, Any]) -> bool:
    """Whether a centre prints translations that no speaker has signed: yes, each marked, unless it said no."""
    return settings.get("print_drafts") is not False


def own_digits(settings: Mapping[str, Any]) -> bool:
    """Whether a centre's guides write numbers in their language's own digits: no, unless it said yes."""
    return settings.get("own_digits") is True


def checked(typed: Mapping[str, Any], *, country: str, today: date) -> dict[str, Any]:
    """The columns for what was typed. Raises Invalid field by field, also for a check in the future or of nothing."""
    columns = fields.checked(CHECKS, typed)
    wrong: dict[str, Problem] = {}
    if "name" in columns and not columns["name"]:
        wrong["name"] = Problem(N_("Give the centre a name."))
    for what in ("phone", "address"):
        day = columns.get(f"{what}_checked")
        if day and day > today:
            wrong[f"{what}_checked"] = Problem(N_("This day is still to come."))
        elif day and what in columns and not columns[what]:
            wrong[what] = Problem(N_("There is nothing here that could have been checked."))
    if wrong:
        raise Invalid(**wrong)
    if columns.get("phone"):
        columns["phone"] = client_phones.international(columns["phone"], country)
    return columns


# -- Actions


@needs(May.SETTINGS)
def amend(session: Session, *, changes: Mapping[str, Any], today: date) -> Centre:
    """Changes the centre's facts. Raises Invalid field by field; then nothing is changed."""
    centre = the_centre(session)
    kept = checked(changes, country=centre.country, today=today)
    chosen = {**centre.settings, **{name: kept.pop(name) for name in SETTINGS & kept.keys()}}
    kept["settings"] = {name: value for name, value in chosen.items() if value is not None}
    for column, value in kept.items():
        if getattr(centre, column) != value:
            setattr(centre, column, value)
    return added(session, centre)


# -- Questions


def the_centre(session: Session) -> Centre:
    """The one centre of this file. Raises MrcError where it has none."""
    found = session.exec(select(Centre).where(col(Centre.gone).is_(False)).order_by(Centre.uuid)).first()
    if found is None:
        raise MrcError(N_("This file holds no centre."))
    return found
