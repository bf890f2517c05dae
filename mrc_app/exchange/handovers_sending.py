"""Sends a hand-over: looks first, then writes the parcel, and keeps what left only when the parcel is there."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.casework import clients, duplicates
from mrc_app.casework.attachments import Attachment, is_here
from mrc_app.casework.consents import Consent, Purpose, State
from mrc_app.errors import Invalid, MrcError
from mrc_app.exchange import desk_keys, handovers, handovers_snapshots, ledgers, minisigs, parcel_files, partners
from mrc_app.exchange.handovers import Document
from mrc_app.exchange.handovers_parts import Answers, Here, Origin, Part, Stays
from mrc_app.exchange.handovers_snapshots import Gathered, Preview
from mrc_app.exchange.parcel_files import Header
from mrc_app.exchange.partners import Partner, PartnerKind
from mrc_app.i18n import N_
from mrc_app.store import attachments as sealed
from mrc_app.store import leftovers
from mrc_app.store.raw import raw_of
from mrc_app.store.records import new_uuid
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.centre import Store

KIND, SCHEMA, PIECE = "handover", "handover/1", 48 * 1024
NAMED = N_("A hand-over carries her name: it goes to a partner who works with her, never to a ministry.")
NOTHING = N_("Nothing leaves: {reason}. Ask her first, then write down what she answered.")
EMPTY = N_("Nothing leaves: nothing is kept of the parts that were chosen.")
TO_OURSELVES = N_("This is the key of this desk itself.")


@dataclass(frozen=True)
class Offer:
    """What would leave: for whom, under which revision, and the preview."""

    partner: Partner
    preview: Preview
    document: Document
    gathered: Gathered
    missing: int


@dataclass(frozen=True)
class HandedOver:
    """A parcel that was written, and what stayed."""

    file: Path
    parts: tuple[str, ...]
    withheld: dict[str, str]
    handover: str
    revision: int
    moves: bool
    compared: bool
    missing: int
    sha256: str


@needs(May.HAND_OVER)
def offer(
    store: Store, client: str, *, to: str, parts: Sequence[Part], today: date, note: str = "", any_answer: bool = False
) -> Offer:
    """Looks at what would leave for a partner (key, fingerprint or name); nothing is written. ``client`` is a uuid.

    Raises Invalid(to=…), and MrcError when nothing may leave (``any_answer``: then the preview says so instead).
    """
    with store.read() as session:
        partner = _partner(session, store, to)
        here = handovers.here(session, client)
        answers = _answers(session, client, partner, today)
        seen = handovers_snapshots.preview(session, client, wanted=parts, answers=answers, here=here)
        if (not seen.parts or seen.empty) and not any_answer:
            raise _nothing(seen, answers)
        gathered = handovers_snapshots.gather(session, client, parts=seen.parts, shut=seen.shut, here=here)
        document = _document(session, seen, partner, here, gathered, answers, note)
    missing = sum(not is_here(store.path, one) for one in gathered.papers)
    return Offer(partner, seen, document, gathered, missing)


@needs(May.HAND_OVER)
def hand_over(
    store: Store, client: str, *, to: str, parts: Sequence[Part], out: Path, today: date, note: str = ""
) -> HandedOver:
    """Writes the parcel for a partner and keeps what left. Raises as ``offer`` and ``parcel_files.write`` do; then no
    file stays and nothing is kept."""
    made = offer(store, client, to=to, parts=parts, today=today, note=note)
    own, partner, document = desk_keys.own(store), made.partner, made.document
    with store.plain() as connection:
        number = ledgers.next_no(connection, partner.recipient, store.node)
    header = Header(
        kind=KIND, id=new_uuid(), no=number, centre=document.centre, to=(partner.recipient,), schema=SCHEMA,
        more={"handover": document.id, "revision": document.revision},
    )  # fmt: skip
    written = parcel_files.write(out, header, lambda: _lines(store.path, made), own)
    with (
        leftovers.undone(lambda: leftovers.remove((out, minisigs.beside(out)))),
        store.change(by=store.officer, do="handovers.hand_over") as session,
    ):
        handovers.note_sent(
            session, document, client=client, partner=partner, parcel=header.id, sha256=written.sha256,
            by=store.officer, at=now_text(),
        )  # fmt: skip
        told = {"handover": document.id, "revision": document.revision}
        ledgers.note(raw_of(session), _parcel(written, partner, store, number, told))
    return HandedOver(
        out, document.parts, made.preview.withheld, document.id, document.revision, document.moves,
        bool(partner.compared), made.missing, written.sha256,
    )  # fmt: skip


def _parcel(
    written: parcel_files.Written, partner: Partner, store: Store, number: int, told: dict[str, Any]
) -> ledgers.Parcel:
    head = written.header
    return ledgers.Parcel(
        head.id, "out", head.kind, partner.recipient, store.node, number, written.sha256, head.made_at, "written", told
    )


def _partner(session: Session, store: Store, to: str) -> Partner:
    partner = partners.by_key(session, to)
    if partner.kind is PartnerKind.MINISTRY:
        raise Invalid(to=NAMED)
    if partner.recipient == desk_keys.own(store).recipient:
        raise Invalid(to=TO_OURSELVES)
    return partner


def _answers(session: Session, client: str, partner: Partner, today: date) -> Answers:
    names = frozenset({partner.name, partner.recipient, partner.uuid})
    return Answers(tuple(duplicates.consents_of(session, client)), names, today)


def _nothing(seen: Preview, answers: Answers) -> MrcError:
    why = answers.stopped() or next(
        (one.stays for one in seen.lines if one.stays not in (None, Stays.NOT_CHOSEN, Stays.NOTHING)), None
    )
    return MrcError(NOTHING, reason=why.label) if why else MrcError(EMPTY)


def _document(
    session: Session, seen: Preview, partner: Partner, here: Here, gathered: Gathered, answers: Answers, note: str
) -> Document:
    client = clients.by_uuid(session, seen.client)
    sent = [one for one in handovers.sent_of(session, client.uuid) if one.recipient == partner.recipient]
    came = [one for one in handovers.received_of(session, client.uuid) if one.recipient == partner.recipient]
    owner = handovers.owner(session, client.uuid)
    known = [one.handover for one in came] + [one.handover for one in sent]
    closed = [case for case in gathered.local.values() if _is_closed(session, case)]
    return Document(
        id=known[0] if known else new_uuid(),
        revision=max((one.revision for one in sent), default=0) + 1,
        seen=max((one.revision for one in came), default=0),
        moves=not owner.recipient and not came,
        client=here.origin(client.uuid),
        number=client.number,
        centre=here.centre,
        centre_name=here.name,
        parts=tuple(part.value for part in seen.parts),
        made_on=answers.today,
        agreed=_agreed(answers, seen.parts),
        asylum=seen.asylum,
        restricted=seen.restricted,
        closed=tuple(Origin(*here.origin(case)) for case in sorted(closed)),
        note=note.strip(),
        items=gathered.items,
    )


def _is_closed(session: Session, record: str) -> bool:
    from mrc_app.store import restrictions

    return bool(restrictions.standing(session, record))


def _agreed(answers: Answers, parts: Sequence[Part]) -> dict[str, Any]:
    """How and when she agreed: the partner keeps her yes with the record."""
    scopes = {"", *answers.names, *(part.value for part in parts)}
    found: Consent | None = None
    for one in answers.said:
        if one.purpose is Purpose.HAND_OVER and one.state is State.GIVEN and one.scope in scopes:
            found = one
    if found is None:
        return {}
    return {
        "how": found.how.value if found.how else "", "language": found.language, "interpreter": found.interpreter,
        "given_on": found.given_on.isoformat(),
        "expires_on": found.expires_on.isoformat() if found.expires_on else None,
    }  # fmt: skip


def _lines(centre: Path, made: Offer) -> Iterator[dict[str, Any]]:
    yield made.document.head()
    for one in made.document.items:
        yield {"line": "record", "kind": one.kind, "origin": list(one.origin), "part": one.part, "fields": one.fields}
    origins = {uuid: origin for origin, uuid in made.gathered.local.items()}
    for paper in made.gathered.papers:
        if is_here(centre, paper):
            yield from _paper(centre, paper, origins[paper.uuid])


def _paper(centre: Path, paper: Attachment, origin: Origin) -> Iterator[dict[str, Any]]:
    for piece in sealed.read(centre, paper.uuid, bytes.fromhex(paper.key)):
        for at in range(0, len(piece), PIECE):
            said = base64.b64encode(piece[at : at + PIECE]).decode()
            yield {"line": "paper", "origin": list(origin), "data": said}


__all__ = ["HandedOver", "Offer", "hand_over", "offer"]
