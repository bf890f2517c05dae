"""Recruiters and employers: who they are, whether their licence holds, and their part in a client's journey.

The register is the office's own. A name it goes by elsewhere is an alias, not another recruiter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from sqlalchemy import func, tuple_
from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.recruiter_words import LicenceState, LinkRole, RecruiterKind
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.folding import fold
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs
from mrc_app.store.schema import sought

# -- Words: see recruiter_words

# -- Record


class Recruiter(Record, table=True):
    """An agency, a sub-agent or an employer, with the licence as somebody read it. ``works_for``: the uuid of the
    agency that a sub-agent brings people to."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "licence": ("licence_number", "licence_valid_to", "checked_on", "checked_by", "source"),
    }
    __table_args__ = checks(kind=RecruiterKind)

    kind: RecruiterKind = word_column(RecruiterKind, RecruiterKind.AGENCY)
    name: str
    country: str = Field(index=True)
    licence_number: str = ""
    licence_valid_to: date | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    source: str = ""
    branches: tuple[str, ...] = texts_column()
    aliases: tuple[str, ...] = texts_column()
    phone: str = ""
    address: str = ""
    works_for: str = Field(default="", index=True)
    note: str = ""

    def shown_as(self) -> str:
        """Its name in lists."""
        return self.name

    def search_text(self) -> str:
        """What it can be found by: every name it goes by, its branches, licence and phone."""
        parts = (self.name, *self.aliases, *self.branches, self.licence_number, self.phone)
        return " ".join(part for part in parts if part)


class RecruiterLink(Record, table=True):
    """A recruiter's part in one client's journey. ``about``: the uuid of a contract or cost row it is named in."""

    __table_args__ = checks(role=LinkRole)

    client: str = Field(foreign_key="client.uuid", index=True)
    recruiter: str = Field(foreign_key="recruiter.uuid", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.uuid", index=True)
    about: str = Field(default="", index=True)
    role: LinkRole = word_column(LinkRole, LinkRole.AGENCY)
    on: date
    by: str


# -- Rules

SOON = timedelta(days=60)
RECRUITER: dict[str, fields.Check] = {
    "kind": fields.word(RecruiterKind),
    **dict.fromkeys(("name", "licence_number", "source", "phone", "works_for"), fields.text),
    **dict.fromkeys(("address", "note"), fields.long_text),
    "country": fields.country,
    **dict.fromkeys(("licence_valid_to", "checked_on"), fields.day),
    **dict.fromkeys(("branches", "aliases"), fields.texts),
}
NAMELESS = N_("Write the name it goes by.")
LICENCE = ("licence_number", "licence_valid_to", "checked_on", "source")


def checked(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns for what was typed. Raises Invalid field by field."""
    columns = fields.checked(RECRUITER, typed)
    wrong: dict[str, Problem] = {}
    if not columns.get("name", "-"):
        wrong["name"] = Problem(NAMELESS)
    if not columns.get("country", "-"):
        wrong["country"] = Problem(N_("Say in which country it is registered."))
    phone = columns.get("phone", "")
    if phone and not any(sign.isdigit() for sign in phone):
        wrong["phone"] = Problem(N_("“{number}” is not a phone number."), {"number": phone})
    on = columns.get("checked_on")
    if on and on > today:
        wrong["checked_on"] = Problem(N_("This day is still to come."))
    if on and not columns.get("source"):
        wrong["source"] = Problem(N_("Say where the licence was looked up."))
    if wrong:
        raise Invalid(**wrong)
    return columns


def licence(recruiter: Recruiter, today: date) -> LicenceState:
    """What a recruiter's licence is worth on a day. An expiry day in the past counts even when nobody checked it."""
    if recruiter.kind is RecruiterKind.EMPLOYER and not recruiter.licence_number:
        return LicenceState.NOT_NEEDED
    end = recruiter.licence_valid_to
    if not recruiter.licence_number or end is None:
        return LicenceState.UNKNOWN
    if end < today:
        return LicenceState.EXPIRED
    if recruiter.checked_on is None or recruiter.checked_on > today:
        return LicenceState.UNCHECKED
    return LicenceState.ENDS_SOON if end <= today + SOON else LicenceState.VALID


def blocked(recruiter: Recruiter, today: date) -> Problem | None:
    """Why nobody is sent to this recruiter on a day; None when the licence stands in nobody's way."""
    state = licence(recruiter, today)
    if state is LicenceState.EXPIRED:
        return Problem(
            N_("The licence of {name} ended on {date}."), {"name": recruiter.name, "date": recruiter.licence_valid_to}
        )
    if state is LicenceState.UNKNOWN:
        return Problem(N_("No licence of {name} is known."), {"name": recruiter.name})
    if state is LicenceState.UNCHECKED:
        return Problem(N_("Nobody has checked the licence of {name}."), {"name": recruiter.name})
    return None


def about_whom(recruiter: Recruiter, others: Iterable[Recruiter]) -> list[Recruiter]:
    """Recruiters that go by one of the same names in the same country, folded as search does: perhaps one of them
    twice."""
    mine = {fold(name) for name in (recruiter.name, *recruiter.aliases)}
    return [
        other
        for other in others
        if other.uuid != recruiter.uuid
        and other.country == recruiter.country
        and mine & {fold(name) for name in (other.name, *other.aliases)}
    ]


# -- Actions


@needs(May.NUMBERS)
def add(session: Session, *, by: str, on: date, **typed: Any) -> Recruiter:
    """Enters a recruiter: kind, name, country, licence_number, licence_valid_to, checked_on, source, branches,
    aliases, phone, address, works_for, note. Raises Invalid field by field."""
    columns = checked({"name": "", "country": "", "kind": "", **typed}, on)
    return added(session, Recruiter(**columns, checked_by=by if columns.get("checked_on") else None))


@needs(May.NUMBERS)
def amend(session: Session, recruiter: Recruiter, *, changes: Mapping[str, Any], by: str, on: date) -> Recruiter:
    """Changes fields, named as in ``add``. A licence typed anew is unchecked until a day and a source are said."""
    before = {name: getattr(recruiter, name) for name in LICENCE}
    columns = checked({**({"source": recruiter.source} if "checked_on" in changes else {}), **changes}, on)
    number, end = (columns.get(name, before[name]) for name in LICENCE[:2])
    if (number, end) != (before["licence_number"], before["licence_valid_to"]) and "checked_on" not in columns:
        columns |= {"checked_on": None, "source": ""}
    for column, value in columns.items():
        setattr(recruiter, column, value)
    if recruiter.checked_on != before["checked_on"]:
        recruiter.checked_by = by if recruiter.checked_on else None
    return added(session, recruiter)


@needs(May.NUMBERS)
def remove(session: Session, recruiter: Recruiter) -> None:
    """Takes a recruiter off the register; what happened with it stays."""
    recruiter.gone = True
    added(session, recruiter)


@needs(May.COUNSEL)
def link(
    session: Session,
    *,
    client: str,
    recruiter: str,
    role: LinkRole | str,
    on: date,
    by: str,
    journey: str | None = None,
    about: str = "",
) -> RecruiterLink:
    """Says which part a recruiter had in a client's journey; said twice it is kept once. Raises Invalid, MrcError."""
    kept = fields.checked({"role": fields.word(LinkRole)}, {"role": role})
    by_uuid(session, recruiter)
    for one in of_client(session, client):
        if (one.recruiter, one.role, one.journey, one.about) == (recruiter, kept["role"], journey, about):
            return one
    made = RecruiterLink(client=client, recruiter=recruiter, journey=journey, about=about, on=on, by=by, **kept)
    return added(session, made)


@needs(May.COUNSEL)
def unlink(session: Session, link: RecruiterLink) -> None:
    """Takes a part back that was said by mistake."""
    link.gone = True
    added(session, link)


# -- Questions

FIRST = ("", "")


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Recruiter:
    """The recruiter with an identity. Raises MrcError when the desk has none."""
    found = session.exec(select(Recruiter).where(Recruiter.uuid == uuid, col(Recruiter.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This recruiter is not in the register."))
    return found


@needs(May.SEE_NAMES)
def register(
    session: Session, text: str = "", after: tuple[str, str] = FIRST, limit: int = 100
) -> list[tuple[Recruiter, str]]:
    """A page of the register by name, each with the key its place in the order has: those of whom a name, an alias, a
    branch, the licence or the phone holds every word of ``text``, written in any way."""
    place = (sought.c.sort, sought.c.record)
    chosen = (
        select(Recruiter, sought.c.sort)
        .join(sought, sought.c.record == Recruiter.uuid)
        .where(sought.c.kind == "recruiter", col(Recruiter.gone).is_(False), tuple_(*place) > tuple_(*after))
        .order_by(*place)
        .limit(limit)
    )
    for word in fold(text).split():
        chosen = chosen.where(func.instr(sought.c.text, word) > 0)
    return [(recruiter, sort) for recruiter, sort in session.exec(chosen)]


@needs(May.SEE_NAMES)
def count(session: Session) -> int:
    """How many recruiters stand in the register."""
    return session.exec(select(func.count()).select_from(Recruiter).where(col(Recruiter.gone).is_(False))).one()


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[RecruiterLink]:
    """The recruiters' parts in a client's journeys, oldest first."""
    chosen = select(RecruiterLink).where(RecruiterLink.client == client, col(RecruiterLink.gone).is_(False))
    return list(session.exec(chosen.order_by(col(RecruiterLink.on), col(RecruiterLink.id))))


@needs(May.SEE_NAMES)
def alike(session: Session, recruiter: Recruiter) -> list[Recruiter]:
    """Recruiters of the same country that go by one of the same names."""
    chosen = select(Recruiter).where(Recruiter.country == recruiter.country, col(Recruiter.gone).is_(False))
    return about_whom(recruiter, session.exec(chosen))
