"""What a case gathers: evidence and what the office has seen of it, hearings, and remedies that are no money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, TypeVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.grievance_words import Good, Held, Seen
from mrc_app.casework.grievances import Grievance
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

Row = TypeVar("Row", bound=Record)

# -- Words: see grievance_words

# -- Record


class Evidence(Record, table=True):
    """A piece of evidence: what it is, and what the office has seen of it. ``client``: whose it is, if one person's."""

    subject: ClassVar[str | None] = "grievance"
    __table_args__ = checks(seen=Seen)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    what: str
    seen: Seen = word_column(Seen, Seen.NONE)
    attachment: str | None = Field(default=None, foreign_key="attachment.uuid")
    on: date
    by: str
    note: str = ""


class Hearing(Record, table=True):
    """A hearing, meeting or conciliation. ``at``: the time as it stands on the summons."""

    subject: ClassVar[str | None] = "grievance"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "when": ("on", "at", "forum", "place"),
        "went": ("held", "result", "noted_on", "noted_by"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"at"})
    __table_args__ = checks(held=Held)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    forum: str
    place: str = ""
    on: date = Field(index=True)
    at: str = ""
    held: Held = word_column(Held, Held.PLANNED)
    result: str = ""
    planned_by: str
    noted_on: date | None = None
    noted_by: str | None = None


class Remedy(Record, table=True):
    """A remedy that is no money, for one person (``client``) or for all."""

    subject: ClassVar[str | None] = "grievance"
    __table_args__ = checks(good=Good)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    good: Good = word_column(Good, Good.OTHER)
    on: date
    by: str
    note: str = ""


# -- Rules

EVIDENCE: dict[str, fields.Check] = {
    "what": fields.text,
    "seen": fields.word(Seen),
    "client": fields.text,
    "attachment": fields.text,
    "note": fields.long_text,
}
HEARING: dict[str, fields.Check] = {
    "forum": fields.text,
    "place": fields.text,
    "on": fields.day,
    "at": fields.text,
    "held": fields.word(Held),
    "result": fields.long_text,
}
REMEDY: dict[str, fields.Check] = {
    "good": fields.word(Good),
    "client": fields.text,
    "on": fields.day,
    "note": fields.long_text,
}
SOMETHING = N_("Write something here.")
A_DAY = N_("A day is needed here.")
LATER = N_("This day is still to come.")


def next_hearing(hearings: Iterable[Hearing], today: date) -> Hearing | None:
    """The next hearing that is planned, today's included."""
    coming = [one for one in hearings if one.held is Held.PLANNED and one.on >= today and not one.gone]
    return min(coming, key=lambda one: (one.on, one.at), default=None)


def unnoted(hearings: Iterable[Hearing], today: date) -> list[Hearing]:
    """Hearings whose day is over and of which nobody wrote down how they went."""
    return [one for one in hearings if one.held is Held.PLANNED and one.on < today and not one.gone]


# -- Actions


@needs(May.COUNSEL)
def bring(session: Session, grievance: Grievance, *, on: date, by: str, **typed: Any) -> Evidence:
    """Writes a piece of evidence down: what, seen, client, attachment, note. Raises Invalid field by field."""
    kept = fields.checked(EVIDENCE, typed)
    if not kept.get("what"):
        raise Invalid(what=SOMETHING)
    kept |= {name: kept.get(name) or None for name in ("client", "attachment")}
    return added(session, Evidence(grievance=grievance.uuid, on=on, by=by, **kept))


@needs(May.COUNSEL)
def see(session: Session, evidence: Evidence, *, seen: Seen | str, attachment: str | None = None) -> Evidence:
    """Says that more of a piece was seen: its photo, its original, its paper on this desk."""
    evidence.seen = fields.checked({"seen": fields.word(Seen)}, {"seen": seen})["seen"]
    evidence.attachment = attachment or evidence.attachment
    return added(session, evidence)


@needs(May.COUNSEL)
def plan_hearing(session: Session, grievance: Grievance, *, by: str, **typed: Any) -> Hearing:
    """A hearing to come, or one that was: forum, place, on, at. Raises Invalid field by field."""
    kept = fields.checked(HEARING, typed)
    wrong = {} if kept.get("forum") else {"forum": Problem(SOMETHING)}
    if kept.get("on") is None:
        wrong["on"] = Problem(A_DAY)
    if wrong:
        raise Invalid(**wrong)
    return added(session, Hearing(grievance=grievance.uuid, planned_by=by, **kept))


@needs(May.COUNSEL)
def note_hearing(
    session: Session, hearing: Hearing, *, held: Held | str, result: str = "", on: date, by: str
) -> Hearing:
    """Writes down how a hearing went. The next one is planned apart. Raises Invalid."""
    kept = fields.checked({name: HEARING[name] for name in ("held", "result")}, {"held": held, "result": result})
    if on < hearing.on and kept["held"] not in (Held.PLANNED, Held.ADJOURNED):
        raise Invalid(held=N_("The day of this hearing is still to come."))
    hearing.held, hearing.result, hearing.noted_on, hearing.noted_by = kept["held"], kept["result"], on, by
    return added(session, hearing)


@needs(May.COUNSEL)
def remedy(session: Session, grievance: Grievance, *, by: str, today: date, **typed: Any) -> Remedy:
    """A remedy that is no money: good, client, on, note. Raises Invalid field by field."""
    kept = {"on": today} | {name: value for name, value in fields.checked(REMEDY, typed).items() if value}
    wrong = {} if kept.get("good") else {"good": Problem(N_("Choose a remedy."))}
    if kept["on"] > today:
        wrong["on"] = Problem(LATER)
    if kept.get("good") is Good.OTHER and not kept.get("note"):
        wrong["note"] = Problem(SOMETHING)
    if wrong:
        raise Invalid(**wrong)
    return added(session, Remedy(grievance=grievance.uuid, by=by, **kept))


# -- Questions


@needs(May.SEE_NAMES)
def evidence(session: Session, grievance: str) -> list[Evidence]:
    """The evidence of a case, in the order it came."""
    return of(session, Evidence, grievance, col(Evidence.id))


@needs(May.SEE_NAMES)
def hearings(session: Session, grievance: str) -> list[Hearing]:
    """The hearings of a case by day."""
    return of(session, Hearing, grievance, col(Hearing.on), col(Hearing.at))


@needs(May.SEE_NAMES)
def remedies(session: Session, grievance: str) -> list[Remedy]:
    """What was reached besides money, by day."""
    return of(session, Remedy, grievance, col(Remedy.on), col(Remedy.id))


@needs(May.SEE_NAMES)
def of(session: Session, kind: type[Row], grievance: str, *order: Any) -> list[Row]:
    """The records of one kind of a case, in an order."""
    table: Any = kind
    chosen = select(table).where(table.grievance == grievance, table.gone.is_(False))
    return list(session.exec(chosen.order_by(*order)))
