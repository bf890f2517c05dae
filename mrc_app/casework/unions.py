"""Unions: from interest to joining, dues and leaving, each step dated; shown to others only with its own consent.

Its consent is a P3 answer with the membership's uuid as scope. Nothing here is printed in guides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import consents, duplicates, fields
from mrc_app.casework.consents import Consent, Purpose, Said
from mrc_app.casework.union_words import UnionStep
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see union_words

# -- Record


class UnionMembership(Record, table=True):
    """A client and a union. ``provider``: the uuid of the union's entry in the directory, where there is one."""

    client: str = Field(foreign_key="client.uuid", index=True)
    union: str
    provider: str | None = Field(default=None, foreign_key="provider.uuid", index=True)
    note: str = ""
    noted_on: date
    noted_by: str


class UnionEvent(Record, table=True):
    """One dated step. Never overwritten. ``paid_to``: the day up to which dues are paid."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"step": ("step", "on", "n", "paid_to", "note")}
    __table_args__ = checks(step=UnionStep)

    client: str = Field(foreign_key="client.uuid", index=True)
    membership: str = Field(foreign_key="unionmembership.uuid", index=True)
    step: UnionStep = word_column(UnionStep, UnionStep.INTEREST)
    on: date
    n: int = 0
    paid_to: date | None = None
    note: str = ""
    by: str


# -- Rules

U = UnionStep
NEXT: dict[UnionStep, tuple[UnionStep, ...]] = {
    U.INTEREST: (U.ASKED, U.JOINED, U.LEFT),
    U.ASKED: (U.JOINED, U.LEFT),
    U.JOINED: (U.DUES, U.LEFT),
    U.DUES: (U.DUES, U.LEFT),
    U.LEFT: (U.INTEREST, U.ASKED, U.JOINED),
}
STEP: dict[str, fields.Check] = {
    "step": fields.word(UnionStep),
    **dict.fromkeys(("on", "paid_to"), fields.day),
    "note": fields.long_text,
}


def in_order(events: Iterable[UnionEvent]) -> list[UnionEvent]:
    """The steps by day, and within a day as they came."""
    return sorted(events, key=lambda one: (one.on, one.n, one.uuid))


def paid_to(events: Iterable[UnionEvent]) -> date | None:
    """The day up to which dues are paid; None when none were, or she has left since."""
    found = None
    for one in in_order(events):
        found = None if one.step is U.LEFT else max(filter(None, (found, one.paid_to)), default=None)
    return found


def problems(before: list[UnionEvent], kept: dict[str, Any], today: date) -> dict[str, Problem]:
    """What is wrong with the next step, field by field."""
    wrong: dict[str, Problem] = {}
    if before and kept["step"] not in NEXT[before[-1].step]:
        wrong["step"] = Problem(N_("This step does not follow the last one."))
    if kept["on"] > today:
        wrong["on"] = Problem(N_("This day is still to come."))
    elif before and kept["on"] < before[-1].on:
        wrong["on"] = Problem(N_("This day is before the last step."))
    if kept["step"] is U.DUES and kept["paid_to"] is None:
        wrong["paid_to"] = Problem(N_("Say up to which day dues are paid."))
    if kept["step"] is not U.DUES and kept["paid_to"] is not None:
        wrong["paid_to"] = Problem(N_("A day up to which dues are paid belongs to dues."))
    return wrong


# -- Actions


@needs(May.COUNSEL)
def begin(
    session: Session, *, client: str, union: str, today: date, by: str, provider: str | None = None, **typed: Any
) -> UnionMembership:
    """Notes a client's interest in a union, or the step she has reached there: step, on, paid_to, note. Raises
    Invalid."""
    name = fields.text("union", union)
    if not name:
        raise Invalid(union=N_("Write the name of the union."))
    membership = UnionMembership(client=client, union=name, provider=provider, noted_on=today, noted_by=by)
    session.add(membership)
    session.flush()
    step(session, membership, today=today, by=by, **{"step": U.INTEREST, **typed})
    return membership


@needs(May.COUNSEL)
def step(session: Session, membership: UnionMembership, *, today: date, by: str, **typed: Any) -> UnionEvent:
    """Writes the next step down: step, on, paid_to, note. Raises Invalid field by field."""
    kept = fields.checked(STEP, {"step": "", "on": None, "paid_to": None, "note": "", **typed})
    kept["on"] = kept["on"] or today
    before = events(session, membership.uuid)
    wrong = problems(before, kept, today)
    if wrong:
        raise Invalid(**wrong)
    event = UnionEvent(client=membership.client, membership=membership.uuid, n=len(before), by=by, **kept)
    return added(session, event)


@needs(May.COUNSEL)
def ask_to_tell(session: Session, membership: UnionMembership, *, said: Said, on: date, by: str) -> Consent:
    """Keeps her answer to whether others may be told of her membership. Raises Invalid."""
    return consents.ask(
        session, client=membership.client, purpose=Purpose.REFERRAL, said=said, on=on, by=by, scope=membership.uuid
    )


# -- Questions


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> UnionMembership:
    """One membership. Raises MrcError when there is none that this officer may see."""
    chosen = select(UnionMembership).where(UnionMembership.uuid == uuid, col(UnionMembership.gone).is_(False))
    found = session.exec(chosen).first()
    if found is None:
        raise MrcError(N_("This membership is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[UnionMembership]:
    """A person's memberships, under whichever of her records, oldest first."""
    mine = col(UnionMembership.client).in_(duplicates.members(session, client))
    chosen = select(UnionMembership).where(mine, col(UnionMembership.gone).is_(False))
    return list(session.exec(chosen.order_by(col(UnionMembership.id))))


@needs(May.SEE_NAMES)
def events(session: Session, membership: str) -> list[UnionEvent]:
    """The steps of a membership in order."""
    chosen = select(UnionEvent).where(UnionEvent.membership == membership, col(UnionEvent.gone).is_(False))
    return in_order(session.exec(chosen))


@needs(May.SEE_NAMES)
def may_tell(session: Session, membership: UnionMembership, today: date) -> bool:
    """Whether somebody else may be told: only with her own yes to just this."""
    return duplicates.allows(session, membership.client, Purpose.REFERRAL, membership.uuid, today=today)


@needs(May.SEE_NAMES)
def to_tell(session: Session, client: str, today: date) -> list[UnionMembership]:
    """The memberships that others may be told of."""
    return [one for one in of_client(session, client) if may_tell(session, one, today)]
