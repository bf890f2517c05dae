"""Lays an arriving hand-over beside what is kept here: who she is, what is new, the same, or different.

Nothing is written here; what an officer has to choose is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.casework import clients, duplicate_search, duplicates, journeys, providers
from mrc_app.casework.duplicate_search import Likely
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.exchange import handovers, handovers_snapshots, ledgers
from mrc_app.exchange.handovers import Document
from mrc_app.exchange.handovers_deciding import Base, Beside, Difference, Plan, decide
from mrc_app.exchange.handovers_parts import Here, Item, Origin, Part
from mrc_app.exchange.handovers_reading import Coming, identity_of
from mrc_app.exchange.ledgers import Received
from mrc_app.i18n import N_
from mrc_app.store.folding import fold
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.raw import raw_of
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlmodel import Session

    from mrc_app.exchange.partners import Partner
    from mrc_app.store.centre import Store

NEW = "new"
NOT_SENT = N_("{name} was never given this record. Nothing was taken in.")
SOMEBODY_ELSE = N_("This file names a record of somebody else. Nothing was taken in.")
NO_PERSON = N_("“{person}” is none of the people who may be her; write her number, or new.")


@dataclass(frozen=True)
class Decisions:
    """What an officer decided: accept or not, who she is here, and ours or theirs for each difference."""

    accept: bool = True
    because: str = ""
    person: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(said: Mapping[str, Any]) -> Decisions:
        """From a document of decisions; unknown keys are refused by name."""
        kinds_: dict[str, type] = {"accept": bool, "because": str, "person": str, "choices": dict}
        for key, value in said.items():
            if key not in kinds_:
                raise Invalid(decide=Problem(N_("There is no field “{field}”."), {"field": key}))
            if not isinstance(value, kinds_[key]):
                raise Invalid(decide=Problem(N_("“{field}” cannot be read."), {"field": key}))
        choices = {str(name): str(choice) for name, choice in _flat(said.get("choices", {}))}
        return Decisions(said.get("accept", True), said.get("because", ""), said.get("person", ""), choices)


def _flat(said: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """``client.phone = "theirs"`` and ``"client.phone" = "theirs"`` say the same."""
    for name, value in said.items():
        whole = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from _flat(value, whole)
        else:
            yield whole, value


@dataclass(frozen=True)
class Look:
    """A hand-over laid beside what is kept here. ``client``: her identity here; ``likely``: people she may be;
    ``asked``: whether an officer has to say who she is; ``number``: of the record compared with."""

    coming: Coming
    here: Here
    client: str
    number: str
    first: bool
    likely: tuple[Likely, ...]
    asked: bool
    local: Mapping[Origin, str]
    plan: Plan
    known_before: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing is left to choose."""
        return self.plan.ready and not self.asked


# -- beside what is here


@needs(May.REGISTER)
def look(store: Store, coming: Coming, partner: Partner, decisions: Decisions, today: date) -> Look:
    """Lays a hand-over beside what is kept here; nothing is written. Raises MrcError where this officer may not see
    the record it belongs to, Invalid for a decision that is none."""
    document = coming.document
    with store.read() as session:
        known = _known(session, document.client)
    likely = tuple(duplicate_search.look(store, _typed(document), today=today)) if known is None else ()
    chosen, asked = _person(known, likely, decisions)
    with store.read() as session:
        return _beside(session, coming, partner, decisions, chosen=chosen, known=known, likely=likely, asked=asked)


def _known(session: Session, origin: Origin) -> str | None:
    """Her identity here, if she was handed over before or was made here."""
    if origin.centre == handovers.here(session, "").centre:
        return origin.record
    return ledgers.local_of(session, *origin)


def _typed(document: Document) -> dict[str, Any]:
    """What is asked of the register: as if somebody typed her in."""
    person = next((one.fields for one in document.items if one.kind == "client"), {})
    names = ("call_name", "given", "father", "grandfather", "native", "sex")
    typed: dict[str, Any] = {name: person.get(name) or "" for name in names}
    birth = person.get("birth") or {}
    if first := birth.get("birth_first"):
        whole = first == birth.get("birth_last")
        typed["birth"] = {"date": first} if whole else {"year": int(str(first)[:4])}
    typed["phone"] = (person.get("phone") or {}).get("phone", "")
    typed["passport"] = (person.get("passport") or {}).get("passport", "")
    return typed


def _person(known: str | None, likely: tuple[Likely, ...], decisions: Decisions) -> tuple[str | None, bool]:
    """Who she is here (None: nobody yet), and whether an officer has still to say so."""
    if known is not None:
        return known, False
    if not decisions.person:
        return (likely[0].uuid, True) if likely else (None, False)
    if decisions.person.strip() == NEW:
        return None, False
    for one in likely:
        if decisions.person.strip() in (one.number, one.uuid):
            return one.uuid, False
    raise Invalid(decide=Problem(NO_PERSON, {"person": decisions.person}))


def _beside(
    session: Session, coming: Coming, partner: Partner, decisions: Decisions, *, chosen: str | None, known: str | None,
    likely: tuple[Likely, ...], asked: bool,
) -> Look:  # fmt: skip
    document = coming.document
    client = chosen or identity_of(document.client)
    if document.client.centre == handovers.here(session, "").centre:
        _require_sent(session, client, document, partner)
    number = clients.by_uuid(session, chosen).number if chosen else ""
    here = handovers.here(session, client)
    local = {**{one: uuid for uuid, one in here.origins.items()}, document.client: client}
    for one in document.items:
        local.setdefault(one.origin, one.origin.record if one.origin.centre == here.centre else identity_of(one.origin))
    local |= _services(session, document, here)
    items = _here(session, client, document, Here(here.centre, here.name, _back(local, here)), exists=bool(chosen))
    gone = _apart(session, client, document, here, (local, items))
    beside = Beside(items, local, gone)
    way = _way(session, client, document, items) if chosen and known is None else None
    plan = decide(
        document.items, beside, base(session, client, document, partner), decisions.choices, known=kinds(), way=way
    )
    if way is not None and decisions.choices.get(way.id) == "ours":
        local[way.origin] = way.local
    before = _received(session, client, document, partner)
    return Look(
        coming, here, client, number, first=known is None, likely=likely, asked=asked, local=local, plan=plan,
        known_before=before >= document.revision,
    )  # fmt: skip


def _require_sent(session: Session, client: str, document: Document, partner: Partner) -> None:
    """A record made here comes back only from a partner it was handed to. Raises MrcError."""
    sent = handovers.sent_of(session, client)
    if not any(one.handover == document.id and one.recipient == partner.recipient for one in sent):
        raise MrcError(NOT_SENT, name=partner.name)


def _back(local: Mapping[Origin, str], here: Here) -> dict[str, Origin]:
    """Identity here → where the giver says it was made, so that both readings use the same names."""
    return dict(here.origins) | {uuid: origin for origin, uuid in local.items() if origin.centre != here.centre}


def _here(session: Session, client: str, document: Document, here: Here, *, exists: bool) -> dict[Origin, Item]:
    if not exists:
        return {}
    parts = tuple(part for part in Part if part.value in document.parts)
    found = handovers_snapshots.gather(session, client, parts=parts, shut=frozenset(), here=here)
    return {one.origin: one for one in found.items}


def _services(session: Session, document: Document, here: Here) -> dict[Origin, str]:
    """Services known here under the same name in the same country take the place of the giver's."""
    told = [one for one in document.items if one.kind == "provider" and one.origin not in here.origins.values()]
    if not told:
        return {}
    found = {}
    for one in told:
        name, where = str(one.fields.get("name") or ""), one.fields.get("where") or {}
        same = [known for known in providers.by_name(session, name) if known.country == where.get("country", "")]
        if len(same) == 1 and fold(same[0].name) == fold(name):
            found[one.origin] = same[0].uuid
    return found


def _apart(
    session: Session, client: str, document: Document, here: Here, beside: tuple[dict[Origin, str], dict[Origin, Item]]
) -> frozenset[Origin]:
    """Records of the document that are hers, in the file, and not among what was read: put away, or lost with an older
    copy. Raises MrcError where one is somebody else's: no partner writes into another record."""
    (local, items), raw, found = beside, raw_of(session), set[Origin]()
    hers = frozenset(duplicates.members(session, client))
    for one in document.items:
        kind = kinds().get(one.kind)
        if one.origin in items or kind is None or local[one.origin] == client:
            continue
        owners = _owners(raw, kind, local[one.origin])
        if owners is not None and kind.subject and hers.isdisjoint(owners):
            raise MrcError(SOMEBODY_ELSE)
        if owners is not None or one.origin.centre == here.centre:
            found.add(one.origin)
    return frozenset(found)


def _owners(raw: Connection, kind: Kind, uuid: str) -> set[str] | None:
    """Whom a record of this file is about; None where there is no such record."""
    column = next((name for name in ("client", "grievance") if name in kind.columns), "uuid")
    row = raw.execute(f'SELECT "{column}" FROM main."{kind.name}" WHERE uuid = ?', (uuid,)).fetchone()  # noqa: S608
    if row is None:
        return None
    if column == "client" and row[0] is not None:
        return {row[0]}
    case = uuid if kind.name == "grievance" else row[0]
    return {one[0] for one in raw.execute("SELECT client FROM main.complainant WHERE grievance = ?", (case,))}


def _way(
    session: Session, client: str, document: Document, items: Mapping[Origin, Item]
) -> Difference | None:  # fmt: skip
    """Whether the giver says she went somewhere else than the journey kept here says."""
    ours = journeys.current(session, client)
    told = [one for one in document.items if one.kind == "journey" and one.origin not in items]
    if ours is None or not told:
        return None
    theirs = max(told, key=lambda one: str((one.fields.get("stage") or {}).get("stage_on", "")))
    there = (theirs.fields.get("route") or {}).get("destination", "")
    if there == ours.destination:
        return None
    return Difference(
        "journey.destination", "journey", theirs.origin, "destination", ours.destination, there, ours.uuid
    )


# -- what was exchanged before


def base(session: Session, client: str, document: Document, partner: Partner) -> Base:
    """What both sides knew last: the giver's last revision taken in here, or what left here and the giver has seen."""
    came = [one for one in _came(session, client, document, partner) if one.revision < document.revision]
    went = [
        one
        for one in handovers.sent_of(session, client)
        if one.handover == document.id and one.recipient == partner.recipient and one.revision <= document.seen
    ]
    last = max(came, key=lambda one: one.revision, default=None)
    sent = max(went, key=lambda one: one.revision, default=None)
    if sent is not None and (last is None or sent.seen >= last.revision):
        return Base.read(sent.base)
    return Base.read(str(handovers.told(last).get("base", ""))) if last is not None else Base()


def _came(session: Session, client: str, document: Document, partner: Partner) -> list[Received]:
    return [
        one
        for one in handovers.received_of(session, client)
        if one.handover == document.id and one.recipient == partner.recipient
    ]


def _received(session: Session, client: str, document: Document, partner: Partner) -> int:
    """The giver's last revision taken in here."""
    return max((one.revision for one in _came(session, client, document, partner)), default=0)
