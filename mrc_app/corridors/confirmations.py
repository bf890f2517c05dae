"""A person at a centre confirmed a fact or a number: when, who, and the value as it was confirmed.

"Checked on" is that day. Until then, or once the file says something else, it is "not yet confirmed here".
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars.days import months_after
from mrc_app.corridors.catalogue import Contact
from mrc_app.corridors.facts import Fact
from mrc_app.corridors.services import RECHECK_MONTHS, check_days, is_fresh
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Words

# None: what is confirmed is named by the corridor's file.

# -- Record


class Confirmation(Record, table=True):
    """One check of one fact or contact (``fact``: its identity, the same at every desk)."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "check": ("value", "checked_on", "checked_by", "recheck_on", "note")
    }

    fact: str = Field(index=True)
    value: str
    checked_on: date
    checked_by: str
    recheck_on: date
    note: str = ""


# -- Rules


def holds(confirmation: Confirmation | None, subject: Fact | Contact) -> bool:
    """Whether the check was of this fact with the value it has now."""
    return (
        confirmation is not None
        and not confirmation.gone
        and confirmation.fact == subject.uuid
        and confirmation.value == subject.value_text
    )


def may_print_on_card(contact: Contact, confirmation: Confirmation | None, today: date) -> bool:
    """Whether a number may stand on a card that may be all she has: a person confirmed it, and recently."""
    if confirmation is None or not holds(confirmation, contact):
        return False
    return is_fresh(confirmation.checked_on, confirmation.recheck_on, today)


# -- Actions


@needs(May.NUMBERS)
def confirm(
    session: Session,
    *,
    subject: Fact | Contact,
    by: str,
    checked_on: date,
    today: date,
    recheck_on: date | None = None,
    value: str | None = None,
    note: str = "",
) -> Confirmation:
    """Keeps that a person checked a fact or a number. ``value`` is what was read, if it was typed again.

    A later check is another record. Raises Invalid for a day to come or a value that differs from the file's.
    """
    if value is not None and value.strip() != subject.value_text:
        said = {"said": value, "kept": subject.value_text}
        raise Invalid(value=Problem(N_("You confirmed “{said}”, but the fact says “{kept}”."), said))
    again = recheck_on or months_after(checked_on, RECHECK_MONTHS)
    check_days(checked_on, again, today)
    made = Confirmation(
        fact=subject.uuid,
        value=subject.value_text,
        checked_on=checked_on,
        checked_by=by,
        recheck_on=again,
        note=note.strip(),
    )
    session.add(made)
    return made


@needs(May.NUMBERS)
def withdraw(session: Session, confirmation: Confirmation) -> Confirmation:
    """Takes a check back: it was a mistake."""
    confirmation.gone = True
    session.add(confirmation)
    return confirmation


# -- Questions


def latest(session: Session, *subjects: Fact | Contact) -> dict[str, Confirmation]:
    """The latest check that still holds, by the identity of the fact or contact; unchecked ones are left out."""
    wanted = {subject.uuid: subject for subject in subjects}
    asked = (
        select(Confirmation)
        .where(col(Confirmation.gone).is_(False), col(Confirmation.fact).in_(list(wanted)))
        .order_by(col(Confirmation.checked_on), col(Confirmation.uuid))
    )
    return {one.fact: one for one in session.exec(asked) if holds(one, wanted[one.fact])}
