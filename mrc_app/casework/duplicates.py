"""Duplicates: who may be registered already, and two records of one person linked and unlinked again.

Nothing is merged by itself. A merge is a link record: the records stay as they are and where they are, the one with the
smallest uuid is shown for all; taking the link back leaves no trace but the journal's. The strictest consent and
the restriction of any member hold for all. The search for likely duplicates is in duplicate_search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from sqlmodel import Field, Session, col, or_, select

from mrc_app.casework import clients, consents, fields
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent, Purpose, Standing
from mrc_app.errors import Invalid, MrcError
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added
from mrc_app.store.roles import May, needs

# -- Record


class Link(Record, table=True):
    """Two clients' records that are one person, as an officer found. Taken back, the link is ``gone``."""

    subject: ClassVar[str | None] = "a"
    same_person: ClassVar[str | None] = "b"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"unmerged": ("unmerged_on", "unmerged_by", "unmerge_reason")}

    a: str = Field(foreign_key="client.uuid", index=True)
    b: str = Field(foreign_key="client.uuid", index=True)
    merged_on: date
    merged_by: str
    reason: str = ""
    unmerged_on: date | None = None
    unmerged_by: str | None = None
    unmerge_reason: str = ""


# -- Rules


def together(links: Iterable[Link], client: str) -> frozenset[str]:
    """Every client that links, followed any number of times, make one person with this one; she is among them."""
    near: dict[str, set[str]] = {}
    for link in links:
        if not link.gone:
            near.setdefault(link.a, set()).add(link.b)
            near.setdefault(link.b, set()).add(link.a)
    found, next_ones = {client}, {client}
    while next_ones:
        next_ones = {other for one in next_ones for other in near.get(one, ())} - found
        found |= next_ones
    return frozenset(found)


def permits(answers: Iterable[Iterable[Consent]], purpose: Purpose, scope: str | None, today: date) -> bool:
    """Whether the answers of every member allow a purpose: one must allow it, and none that was asked may refuse.

    A member who was never asked about the purpose abstains; one whose consent to a record was withdrawn refuses all.
    """
    allowed = False
    for member in answers:
        mine = list(member)
        says = consents.permits(mine, purpose, scope, today)
        asked = any(answer.purpose in (purpose, Purpose.RECORD) and _speaks(answer, purpose, scope) for answer in mine)
        if asked and not says:
            return False
        allowed = allowed or says
    return allowed


def _speaks(answer: Consent, purpose: Purpose, scope: str | None) -> bool:
    if answer.purpose is purpose:
        return answer.scope in ("", scope or "")
    return answer.state is consents.State.WITHDRAWN


# -- Actions


@needs(May.MERGE)
def merge(session: Session, *, one: Client, other: Client, by: str, on: date, reason: str = "") -> Link:
    """Links two records of one person. Raises Invalid for the same record twice, MrcError when they are linked
    already."""
    if one.uuid == other.uuid:
        raise Invalid(other=N_("These are not two records but one."))
    if other.uuid in members(session, one.uuid):
        raise MrcError(N_("These two records are already kept as one person."))
    first, second = sorted((one.uuid, other.uuid))
    link = Link(a=first, b=second, merged_on=on, merged_by=by, reason=fields.text("reason", reason))
    return added(session, link)


@needs(May.MERGE)
def unmerge(session: Session, *, one: Client, other: Client, by: str, on: date, reason: str = "") -> list[Link]:
    """Takes the link between two records back. Raises MrcError when they are not linked with each other directly."""
    pair = sorted((one.uuid, other.uuid))
    found = [link for link in links(session, one.uuid) if [link.a, link.b] == pair]
    if not found and other.uuid in members(session, one.uuid):
        raise MrcError(N_("These two are linked only through a third record. Take back that link."))
    if not found:
        raise MrcError(N_("These two records are not linked."))
    for link in found:
        link.unmerged_on, link.unmerged_by = on, by
        link.unmerge_reason, link.gone = fields.text("reason", reason), True
        session.add(link)
    session.flush()
    return found


# -- Questions


@needs(May.SEE_NAMES)
def links(session: Session, client: str) -> list[Link]:
    """The links that hold between this client and others."""
    return _touching(session, {client})


@needs(May.SEE_NAMES)
def members(session: Session, client: str) -> list[str]:
    """The uuids of every record that is one person with this one, the shown one first; herself alone when unmerged."""
    found: dict[str, Link] = {}
    known, next_ones = {client}, {client}
    while next_ones:
        new = {link.uuid: link for link in _touching(session, next_ones)}
        next_ones = {end for link in new.values() for end in (link.a, link.b)} - known
        known |= next_ones
        found |= new
    return sorted(together(found.values(), client))


@needs(May.SEE_NAMES)
def shown(session: Session, client: str) -> str:
    """The uuid of the record that is shown for this person: the smallest."""
    return members(session, client)[0]


@needs(May.SEE_NAMES)
def records(session: Session, client: str) -> list[Client]:
    """The records of one person that are still kept, the shown one first."""
    found = [clients.by_uuid(session, uuid) for uuid in members(session, client)]
    return [record for record in found if not record.gone]


@needs(May.SEE_NAMES)
def consents_of(session: Session, client: str) -> list[Consent]:
    """Every answer kept under any record of this person, record by record, oldest first."""
    return [answer for uuid in members(session, client) for answer in consents.of_client(session, uuid)]


@needs(May.SEE_NAMES)
def matrix(session: Session, client: str, today: date) -> Mapping[Purpose, Standing]:
    """For each purpose what holds today for this person: the strictest of all her records."""
    return consents.standings(consents_of(session, client), today)


@needs(May.SEE_NAMES)
def allows(session: Session, client: str, purpose: Purpose, scope: str | None = None, *, today: date) -> bool:
    """Whether this person's consents allow a purpose today: the strictest of all her records holds."""
    answers = [consents.of_client(session, uuid) for uuid in members(session, client)]
    return permits(answers, purpose, scope, today)


def _touching(session: Session, ends: set[str]) -> list[Link]:
    touches = or_(col(Link.a).in_(ends), col(Link.b).in_(ends))
    chosen = select(Link).where(touches, col(Link.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Link.uuid))))
