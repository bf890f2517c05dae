"""Injuries and illnesses from work: who was told, the insurer, the medical paper, and the last day of a claim."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlmodel import Field, Session, col

from mrc_app.casework import fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_cases import LATER, SOMETHING, of
from mrc_app.casework.grievance_words import Seen
from mrc_app.casework.grievances import Grievance
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see grievance_words

# -- Record


class Injury(Record, table=True):
    """An injury or illness from work: who was told, the insurer, the medical paper, the day the claim must be in."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "reported": ("reported", "reported_on", "reported_to"),
        "insurer": ("insurer", "policy"),
        "paper": ("paper", "paper_on"),
        "clock": ("claim_by", "clock_source", "clock_checked_on"),
    }
    __table_args__ = checks(reported=Answer, paper=Seen)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    happened_on: date | None = None
    what: str
    reported: Answer = word_column(Answer, Answer.NOT_ASKED)
    reported_on: date | None = None
    reported_to: str = ""
    insurer: str = ""
    policy: str = ""
    paper: Seen = word_column(Seen, Seen.NONE)
    paper_on: date | None = None
    claim_by: date | None = None
    clock_source: str = ""
    clock_checked_on: date | None = None
    kept_on: date
    kept_by: str
    note: str = ""


class Clock(NamedTuple):
    """What is known of the last day for a claim: days left (negative when it has passed), and whether it is known."""

    known: bool
    days: int = 0


# -- Rules

INJURY: dict[str, fields.Check] = {
    **dict.fromkeys(("happened_on", "reported_on", "paper_on", "claim_by", "clock_checked_on"), fields.day),
    **dict.fromkeys(("what", "reported_to", "insurer", "policy", "clock_source"), fields.text),
    "reported": fields.word(Answer),
    "paper": fields.word(Seen),
    "note": fields.long_text,
}


def clock(injury: Injury, today: date) -> Clock:
    """How long a claim for an injury can still be made, as far as the office wrote the day down."""
    return Clock(False) if injury.claim_by is None else Clock(True, (injury.claim_by - today).days)


def injury_problems(kept: dict[str, Any], today: date) -> dict[str, Problem]:
    """What is wrong with an injury, field by field. A last day names its source and when it was checked."""
    wrong: dict[str, Problem] = {}
    if not kept.get("what"):
        wrong["what"] = Problem(SOMETHING)
    for name in ("happened_on", "reported_on", "paper_on", "clock_checked_on"):
        if kept.get(name) and kept[name] > today:
            wrong[name] = Problem(LATER)
    if kept.get("claim_by") and not kept.get("clock_source"):
        wrong["clock_source"] = Problem(N_("Write where this last day stands."))
    if kept.get("claim_by") and not kept.get("clock_checked_on"):
        wrong["clock_checked_on"] = Problem(N_("Write on which day this was checked."))
    return wrong


# -- Actions


@needs(May.COUNSEL)
def hurt(session: Session, grievance: Grievance, *, client: str, on: date, by: str, **typed: Any) -> Injury:
    """An injury or illness of one person of the case. Raises Invalid field by field."""
    kept = fields.checked(INJURY, typed)
    wrong = injury_problems(kept, on)
    if wrong:
        raise Invalid(**wrong)
    return added(session, Injury(client=client, grievance=grievance.uuid, kept_on=on, kept_by=by, **kept))


@needs(May.COUNSEL)
def amend_injury(session: Session, injury: Injury, *, changes: dict[str, Any], on: date) -> Injury:
    """More about an injury: who was told, the insurer, the paper, the last day. Raises Invalid field by field."""
    kept = fields.checked(INJURY, changes)
    whole = {name: getattr(injury, name) for name in INJURY} | kept
    wrong = injury_problems(whole, on)
    if wrong:
        raise Invalid(**wrong)
    for column, value in kept.items():
        setattr(injury, column, value)
    return added(session, injury)


# -- Questions


@needs(May.SEE_NAMES)
def injuries(session: Session, grievance: str) -> list[Injury]:
    """The injuries of a case."""
    return of(session, Injury, grievance, col(Injury.id))
