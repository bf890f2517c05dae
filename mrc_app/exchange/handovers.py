"""Hand-overs: one client's consented parts for a partner along the corridor, and who has the case.

A hand-over keeps one identity for good; each side counts its own revisions. Until the partner's receipt comes the giver
has the case and may send a revision; with an accepting receipt the case is the partner's. Afterwards both send updates
of the same hand-over. What was exchanged is kept as digests only, so that a later revision can be compared and nothing
can be read there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlmodel import Field, col, or_, select

from mrc_app.casework import consent_shares, duplicates, referral_withdrawals
from mrc_app.casework.consents import Purpose
from mrc_app.exchange import ledgers
from mrc_app.exchange.handovers_deciding import Base
from mrc_app.exchange.handovers_parts import Here, Item, Origin, Part
from mrc_app.exchange.ledgers import Received
from mrc_app.i18n import N_, Labelled
from mrc_app.store.officers import Centre
from mrc_app.store.records import Record, checks, new_uuid, texts_column, word_column
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.exchange.partners import Partner

# -- Words


class Sent(Labelled):
    """What became of a revision that left."""

    SENT = "sent", N_("sent, no receipt yet")
    ACCEPTED = "accepted", N_("acknowledged")
    REJECTED = "rejected", N_("not accepted")
    STOPPED = "stopped", N_("stopped: she withdrew before a receipt came")


# -- Record


class Handover(Record, table=True):
    """One revision that left. ``handover`` is the identity both sides know, ``seen`` the partner's revision known here
    when it left, ``moves`` whether the case passes on with the receipt, ``base`` digests of what left."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"answer": ("state", "answered_on", "because")}
    codes: ClassVar[frozenset[str]] = frozenset({"handover", "recipient", "parts", "parcel", "base"})
    __table_args__ = checks(state=Sent)

    client: str = Field(foreign_key="client.uuid", index=True)
    handover: str = Field(index=True)
    revision: int = 1
    partner_name: str
    recipient: str = Field(index=True)
    parts: tuple[str, ...] = texts_column()
    moves: bool = True
    seen: int = 0
    parcel: str = ""
    sha256: str = ""
    sent_on: date
    sent_by: str
    state: Sent = word_column(Sent, Sent.SENT)
    answered_on: date | None = None
    because: str = ""
    base: str = ""


# -- Rules


@dataclass(frozen=True)
class Document:
    """A hand-over as it travels: its head and its records."""

    id: str
    revision: int
    seen: int
    moves: bool
    client: Origin
    number: str
    centre: str
    centre_name: str
    parts: tuple[str, ...]
    made_on: date
    agreed: Mapping[str, Any]
    asylum: bool
    restricted: bool
    closed: tuple[Origin, ...]
    note: str
    items: tuple[Item, ...] = ()

    def head(self) -> dict[str, Any]:
        """The first line of the body."""
        said = {name: value for name, value in vars(self).items() if name != "items"}
        return {"line": "handover", **said, "made_on": self.made_on.isoformat()}


@dataclass(frozen=True)
class Left:
    """Something that ever left about a client: when, for whom, under which consent, which parts; of a hand-over also
    which revision, and what became of it."""

    on: date
    to: str
    purpose: Purpose
    parts: tuple[str, ...]
    revision: int = 0
    state: Sent | None = None
    answered_on: date | None = None
    because: str = ""
    parcel: str = ""


@dataclass(frozen=True)
class Owner:
    """Who has a case: a partner's name (empty: this desk), since when."""

    name: str
    recipient: str
    since: date | None


def in_force(sent: list[Handover], received: list[Received]) -> Owner:
    """Who has the case after these exchanges: the last acceptance that moved it decides."""
    moved = [
        (one.answered_on, one.partner_name, one.recipient)
        for one in sent
        if one.moves and one.state is Sent.ACCEPTED and one.answered_on is not None
    ]
    moved += [(date.fromisoformat(one.at[:10]), "", "") for one in received if told(one).get("moves")]
    if not moved:
        return Owner("", "", None)
    since, name, recipient = max(moved, key=lambda known: known[0])
    return Owner(name, recipient, since)


def told(received: Received) -> dict[str, Any]:
    """What was kept of a revision that came: digests, parts, whether the case came with it."""
    found: dict[str, Any] = json.loads(received.body) if received.body else {}
    return found


# -- Actions


@needs(May.HAND_OVER)
def note_sent(
    session: Session, document: Document, *, client: str, partner: Partner, parcel: str, sha256: str, by: str,
    at: str,
) -> Handover:  # fmt: skip
    """Keeps that a revision left: for the log of what left, for her own record, for the next comparison."""
    parts, on = document.parts, document.made_on
    made = Handover(
        client=client, handover=document.id, revision=document.revision, partner_name=partner.name,
        recipient=partner.recipient, parts=parts, moves=document.moves, seen=document.seen, parcel=parcel,
        sha256=sha256, sent_on=on, sent_by=by, base=Base.of(new_uuid(), document.items).text(),
    )  # fmt: skip
    session.add(made)
    consent_shares.note(
        session, client=client, to=partner.name, purpose=Purpose.HAND_OVER, fields=parts, on=on, by=by
    )  # fmt: skip
    ledgers.note_left(
        session, client=client, parcel=parcel, parts=dict.fromkeys(parts, document.revision), to=partner.name,
        recipient=partner.recipient, by=by, at=at, sha256=sha256,
    )  # fmt: skip
    session.flush()
    return made


@needs(May.HAND_OVER)
def note_answer(
    session: Session, *, handover: str, revision: int, recipient: str, accepted: bool, on: date, because: str = ""
) -> Handover | None:
    """Keeps the partner's receipt for a revision; None where this desk sent no such revision. A second receipt changes
    nothing."""
    chosen = select(Handover).where(
        Handover.handover == handover, Handover.revision == revision, Handover.recipient == recipient
    )
    sent = session.exec(chosen.order_by(Handover.uuid)).first()
    if sent is not None and sent.state in (Sent.SENT, Sent.STOPPED):
        sent.state, sent.answered_on = (Sent.ACCEPTED if accepted else Sent.REJECTED), on
        sent.because = because
        session.add(sent)
        session.flush()
    return sent


# -- Questions


@needs(May.HAND_OVER)
def here(session: Session, client: str) -> Here:
    """This centre, and where the records of a client that it did not make come from."""
    centre = session.exec(select(Centre).where(col(Centre.gone).is_(False)).order_by(Centre.uuid)).first()
    mine = or_(
        col(ledgers.Origin.client).in_(duplicates.members(session, client)), col(ledgers.Origin.client).is_(None)
    )
    chosen = select(ledgers.Origin).where(mine, col(ledgers.Origin.gone).is_(False))
    known = session.exec(chosen.order_by(col(ledgers.Origin.uuid).desc()))
    origins = {one.local: Origin(one.centre, one.record) for one in known}
    return Here(centre.uuid if centre else "", centre.name if centre else "", origins)


@needs(May.COUNT)
def origin_of(session: Session, record: str) -> Origin:
    """Where a client or a case was made first: the same at every desk, so that a joint count counts it once."""
    chosen = select(ledgers.Origin.centre, ledgers.Origin.record).where(
        ledgers.Origin.local == record, col(ledgers.Origin.gone).is_(False)
    )
    found = session.exec(chosen.order_by(ledgers.Origin.uuid)).first()
    if found is not None:
        return Origin(*found)
    centre = session.exec(select(Centre.uuid).where(col(Centre.gone).is_(False)).order_by(Centre.uuid)).first()
    return Origin(centre or "", record)


@needs(May.SEE_NAMES)
def sent_of(session: Session, client: str) -> list[Handover]:
    """The revisions that left about a person, oldest first."""
    mine = col(Handover.client).in_(duplicates.members(session, client))
    chosen = select(Handover).where(mine, col(Handover.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Handover.sent_on), col(Handover.id))))


@needs(May.SEE_NAMES)
def received_of(session: Session, client: str) -> list[Received]:
    """The revisions that came about a person and were accepted, oldest first."""
    mine = col(Received.client).in_(duplicates.members(session, client))
    chosen = select(Received).where(mine, Received.state == "accepted", col(Received.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Received.at), col(Received.id))))


@needs(May.SEE_NAMES)
def owner(session: Session, client: str) -> Owner:
    """Who has her case now."""
    return in_force(sent_of(session, client), received_of(session, client))


@needs(May.COUNT)
def passed_on(session: Session) -> frozenset[str]:
    """The records (cases among them) that a partner has now: in a count over several centres it is the partner's."""
    moved = select(Handover.base).where(
        Handover.state == Sent.ACCEPTED, col(Handover.moves).is_(True), col(Handover.gone).is_(False)
    )
    found = {row.partition("/")[2] for base in session.exec(moved) for row in Base.read(base).rows}
    came = select(ledgers.Origin.record, ledgers.Origin.local).where(col(ledgers.Origin.gone).is_(False))
    return frozenset(found | {local for record, local in session.exec(came) if record in found})


@needs(May.SEE_NAMES)
def left(session: Session, client: str) -> list[Left]:
    """Everything that ever left about a person, newest first: hand-overs with what the partner answered, letters,
    complaints shared and referrals sent."""
    sent = sent_of(session, client)
    parcels = {(one.sent_on, one.partner_name, one.parts) for one in sent}
    found = [
        Left(
            one.sent_on, one.partner_name, Purpose.HAND_OVER, tuple(sorted(one.parts, key=_place)), one.revision,
            one.state, one.answered_on, one.because, one.parcel,
        )
        for one in sent
    ]  # fmt: skip
    found += [
        Left(one.on, one.to, one.purpose, one.parts)
        for one in referral_withdrawals.left(session, client)
        if (one.on, one.to, one.parts) not in parcels
    ]
    return sorted(found, key=lambda row: (row.on, row.revision), reverse=True)


def _place(part: str) -> tuple[int, str]:
    return (list(Part).index(Part(part)), part) if part in list(Part) else (len(Part), part)
