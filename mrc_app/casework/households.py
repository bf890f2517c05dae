"""Households: who lives together, who is left behind when somebody goes, and who cares for whom.

Each child is a client of its own, registered with the consent of the person who answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, or_, select

from mrc_app.casework import clients, fields
from mrc_app.casework.client_words import Answer, Kind
from mrc_app.casework.clients import Client
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words


class Relation(Labelled):
    """What a member is to the client whose household it is."""

    SELF = "self", N_("the client")
    CHILD = "child", N_("child")
    PARTNER = "partner", N_("husband, wife or partner")
    PARENT = "parent", N_("parent")
    SIBLING = "sibling", N_("brother or sister")
    GRANDPARENT = "grandparent", N_("grandparent")
    GRANDCHILD = "grandchild", N_("grandchild")
    OTHER_KIN = "other_kin", N_("other relative")
    NOT_KIN = "not_kin", N_("not related")


# -- Record


class Household(Record, table=True):
    """The household of a client."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"place": ("country", "place")}

    client: str = Field(foreign_key="client.uuid", index=True)
    country: str = ""
    place: str = ""
    note: str = ""


class Membership(Record, table=True):
    """One person of a household. A relative who is no client has only a name. ``cares_for`` lists memberships."""

    subject: ClassVar[str | None] = "owner"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"span": ("since", "until")}
    __table_args__ = checks(relation=Relation, left_behind=Answer)

    owner: str = Field(foreign_key="client.uuid", index=True)
    household: str = Field(foreign_key="household.uuid", index=True)
    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    called: str = ""
    relation: Relation = word_column(Relation, Relation.OTHER_KIN)
    left_behind: Answer = word_column(Answer, Answer.NOT_ASKED)
    cares_for: tuple[str, ...] = texts_column()
    since: date | None = None
    until: date | None = None


# -- Rules


def belongs(member: Membership, today: date) -> bool:
    """Whether a member is of the household on a day."""
    begun = member.since is None or member.since <= today
    return begun and (member.until is None or today <= member.until) and not member.gone


def left_behind(members: Iterable[Membership], today: date) -> list[Membership]:
    """Those who stay when the client goes."""
    return [member for member in members if belongs(member, today) and member.left_behind is Answer.YES]


def carers(members: Iterable[Membership], member: Membership, today: date) -> list[Membership]:
    """Who cares for a member on a day. Empty: nobody is known, and that is worth a question."""
    return [other for other in members if belongs(other, today) and member.uuid in other.cares_for]


def without_carer(members: Iterable[Membership], today: date) -> list[Membership]:
    """Children left behind for whom nobody is named."""
    everybody = list(members)
    children = [child for child in left_behind(everybody, today) if child.relation is Relation.CHILD]
    return [child for child in children if not carers(everybody, child, today)]


# -- Actions


@needs(May.COUNSEL)
def found(session: Session, *, client: str, country: str = "", place: str = "", note: str = "") -> Household:
    """A household for a client, with the client as its first member. Raises MrcError when there is one already."""
    if of_client(session, client) is not None:
        raise MrcError(N_("This client has a household already."))
    kept = fields.checked(
        {"country": fields.country, "place": fields.text, "note": fields.long_text},
        {"country": country, "place": place, "note": note},
    )
    household = Household(client=client, **kept)
    session.add(household)
    session.flush()
    session.add(Membership(owner=client, household=household.uuid, client=client, relation=Relation.SELF))
    session.flush()
    return household


@needs(May.COUNSEL)
def join(
    session: Session,
    household: Household,
    *,
    relation: Relation | str,
    client: str | None = None,
    called: str = "",
    left_behind: Answer | str = Answer.NOT_ASKED,
    cares_for: Iterable[str] = (),
    since: date | None = None,
) -> Membership:
    """Adds a client, or a relative by a name to call. Raises Invalid, or MrcError for a member already there."""
    kept = fields.checked(
        {"relation": fields.word(Relation), "left_behind": fields.word(Answer), "called": fields.text},
        {"relation": relation, "left_behind": left_behind, "called": called},
    )
    if not client and not kept["called"]:
        raise Invalid(called=N_("Choose a client or write a name to call this person by."))
    if client and any(member.client == client for member in members(session, household)):
        raise MrcError(N_("This person is a member of the household already."))
    member = Membership(
        owner=household.client,
        household=household.uuid,
        client=client,
        cares_for=tuple(cares_for),
        since=since,
        **kept,
    )
    return added(session, member)


@needs(May.REGISTER)
def register_child(
    session: Session, household: Household, *, left_behind: Answer | str = Answer.NOT_ASKED, **typed: Any
) -> tuple[Client, Membership]:
    """Registers a child as a client of its own (keywords of clients.register) and joins it to the household."""
    child = clients.register(session, **{"kind": Kind.FAMILY, **typed})
    return child, join(session, household, relation=Relation.CHILD, client=child.uuid, left_behind=left_behind)


@needs(May.COUNSEL)
def care(session: Session, carer: Membership, *, cares_for: Iterable[str]) -> Membership:
    """Says for whom a member cares (uuids of memberships of the same household). Raises Invalid for a stranger."""
    wanted = tuple(dict.fromkeys(cares_for))
    chosen = select(Household).where(Household.uuid == carer.household)
    seen = {member.uuid for member in members(session, session.exec(chosen).one())}
    if set(wanted) - seen | set(wanted) & {carer.uuid}:
        raise Invalid(cares_for=N_("Only other members of the same household can be chosen."))
    carer.cares_for = (*wanted, *(uuid for uuid in carer.cares_for if uuid not in seen))
    return added(session, carer)


@needs(May.COUNSEL)
def leave(session: Session, member: Membership, *, on: date) -> Membership:
    """Ends a membership on a day; the record stays."""
    if member.since is not None and on < member.since:
        raise Invalid(on=Problem(N_("The membership began only on {since}."), {"since": member.since.isoformat()}))
    member.until = on
    return added(session, member)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> Household | None:
    """The household kept for a client."""
    chosen = select(Household).where(Household.client == client, col(Household.gone).is_(False))
    return session.exec(chosen.order_by(Household.uuid)).first()


@needs(May.SEE_NAMES)
def households_with(session: Session, client: str) -> list[Household]:
    """Every household a client is a member of, her own or another's."""
    chosen = select(Household).join(Membership, col(Membership.household) == col(Household.uuid))
    mine = chosen.where(Membership.client == client, col(Membership.gone).is_(False), col(Household.gone).is_(False))
    return list(session.exec(mine.order_by(Household.uuid)))


@needs(May.SEE_NAMES)
def members(session: Session, household: Household) -> list[Membership]:
    """The members ever kept of a household, in the order they were added; a client this officer may not see is none."""
    chosen = select(Membership).where(Membership.household == household.uuid, col(Membership.gone).is_(False))
    seen = or_(col(Membership.client).is_(None), col(Membership.client).in_(select(Client.uuid)))
    return list(session.exec(chosen.where(seen).order_by(col(Membership.id))))
