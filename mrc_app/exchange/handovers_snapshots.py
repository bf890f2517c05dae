"""The snapshot of one client's consented parts: what leaves, what stays, seen before anything is written.

The same reading serves both ends: what a desk would send of a record is what an arriving record is compared with. So a
note that never left, or an officer's name, is never taken for a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from mrc_app.casework import attachments, clients, duplicates, grievance_cases, grievances, journeys
from mrc_app.casework.attachments import Attachment, What
from mrc_app.casework.providers import Provider
from mrc_app.exchange.handovers_parts import (
    KINDS,
    OF_HERSELF,
    OFFICERS,
    ON_A_JOURNEY,
    PERSON,
    ROUTE,
    WORDY,
    Answers,
    Here,
    Item,
    Origin,
    Part,
    Stays,
    case_stays,
    empty,
    stays,
)
from mrc_app.guides import own_record_rest
from mrc_app.store import restrictions
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs
from mrc_app.store.seeing import register_value

if TYPE_CHECKING:
    from sqlmodel import Session

_UUID = re.compile(r"[0-9a-f]{32}")
READ_FOR_HER = frozenset({name for names in own_record_rest.REST.values() for name in names})
"""Kinds that the person's own record reads, with the names of other complainants taken out."""


@dataclass(frozen=True)
class Gathered:
    """What was read: the items in the order in which they can be kept, the record behind each, papers to go along."""

    items: tuple[Item, ...] = ()
    local: Mapping[Origin, str] = field(default_factory=dict)
    papers: tuple[Attachment, ...] = ()

    def of_part(self, part: Part) -> int:
        """How many records a part has."""
        return sum(one.part == part.value for one in self.items)


@dataclass(frozen=True)
class Line:
    """A part in the preview: how many records it has, and why it stays (None: it leaves)."""

    part: Part
    records: int
    stays: Stays | None


@dataclass(frozen=True)
class Preview:
    """What leaves and what stays. ``parts`` are those she agreed to, also where nothing is kept of one yet; ``cases``
    stay although their part leaves, by number."""

    client: str
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    cases: Mapping[str, Stays]
    shut: frozenset[str]
    asylum: bool
    restricted: bool

    @property
    def empty(self) -> bool:
        """Whether nothing is kept of any part that may leave."""
        return not any(one.records for one in self.lines if one.part in self.parts)

    @property
    def withheld(self) -> dict[str, str]:
        """Part or case → why it stays."""
        stay = [one for one in self.lines if one.stays is not None and one.part not in self.parts]
        found = {one.part.value: one.stays.value for one in stay if one.stays is not None}
        return found | {f"case {number}": why.value for number, why in self.cases.items()}


# -- looking


@needs(May.HAND_OVER)
def preview(session: Session, client: str, *, wanted: Sequence[Part], answers: Answers, here: Here) -> Preview:
    """What of the parts wanted may leave under her answers. Nothing is written."""
    cases = grievances.of_client(session, client)
    shut, held = set(), {}
    for one in cases:
        closed = bool(restrictions.standing(session, one.uuid)) or grievances.must_be_restricted(one.categories)
        why = case_stays(answers, identities=(one.uuid, one.number), closed=closed, codes=one.categories)
        if why is not None:
            shut.add(one.uuid)
            held[one.number] = why
    whole = gather(session, client, parts=tuple(Part), shut=frozenset(shut), here=here)
    lines = tuple(filter(None, (_line(part, wanted, answers, whole) for part in Part)))
    going = tuple(part for part in Part if part in wanted and stays(part, answers) is None)
    person = clients.by_uuid(session, client)
    return Preview(
        client=client, parts=going, lines=lines, cases=held if Part.CLAIM in wanted else {}, shut=frozenset(shut),
        asylum=not grievances.origin_embassy_allowed(session, person.uuid),
        restricted=bool(restrictions.standing(session, client)),
    )  # fmt: skip


def _line(part: Part, wanted: Sequence[Part], answers: Answers, whole: Gathered) -> Line | None:
    """A part's line; None for one that nobody asked for and of which there is nothing."""
    records = whole.of_part(part) if part is not Part.CONTACTS else int(_told(whole, OF_HERSELF[part]))
    if part is Part.DOCUMENTS:
        records += int(_told(whole, OF_HERSELF[part]))
    if part not in wanted:
        return Line(part, records, Stays.NOT_CHOSEN) if records else None
    why = stays(part, answers)
    if why in (None, Stays.OWN_YES) and not records and part is not Part.NOTES:
        why = Stays.NOTHING
    return Line(part, records, why)


def _told(whole: Gathered, registers: Iterable[str]) -> bool:
    person = next(one for one in whole.items if one.kind == "client")
    return any(not empty(person.fields.get(name)) for name in registers)


# -- reading


@needs(May.HAND_OVER)
def gather(session: Session, client: str, *, parts: Sequence[Part], shut: frozenset[str], here: Here) -> Gathered:
    """The records of some parts of a client, none of the cases in ``shut``, parents before children."""
    members = duplicates.members(session, client)
    found: dict[str, tuple[Record, str]] = {client: (clients.by_uuid(session, client), "person")}
    for one, part in _of_parts(session, members, parts):
        case = one.uuid if one.__tablename__ == "grievance" else getattr(one, "grievance", None)
        if case is None or case not in shut:
            found[one.uuid] = (one, part)
    papers = _papers(session, members, parts, shut, {uuid: record for uuid, (record, _part) in found.items()})
    found |= {one.uuid: (one, part) for one, part in papers}
    _with_parents(found, members)
    if Part.JOURNEY not in parts:
        _only_this_way(session, client, found)
    order = {name: place for place, name in enumerate(_parents_first())}
    listed = sorted(found.values(), key=lambda pair: (order[pair[0].__tablename__], pair[0].uuid))  # type: ignore[index]
    sent = _Sending(here, frozenset(found), frozenset(members), client, frozenset(parts))
    items = tuple(sent.item(record, part) for record, part in listed)
    local = {here.origin(record.uuid): record.uuid for record, _part in listed}
    return Gathered(items, local, tuple(one for one, _part in papers))


def _of_parts(session: Session, members: Sequence[str], parts: Sequence[Part]) -> Iterator[tuple[Record, str]]:
    wanted = {name: part.value for part in parts for name in KINDS[part] if name != "attachment"}
    if READ_FOR_HER & wanted.keys():
        for records in own_record_rest.of(session, members).values():
            yield from ((one, wanted[one.__tablename__]) for one in records if one.__tablename__ in wanted)
    for name in sorted(wanted.keys() - READ_FOR_HER):
        record: Any = kinds()[name].record
        mine = select(record).where(col(record.client).in_(members), col(record.gone).is_(False))
        yield from ((one, wanted[name]) for one in session.exec(mine.order_by(record.uuid)))
    if ON_A_JOURNEY.intersection(parts):
        yield from ((one, "journey") for member in members for one in journeys.of_client(session, member))
    if Part.REFERRALS in parts:
        services = select(Provider).where(col(Provider.gone).is_(False))
        yield from ((one, "referrals") for one in session.exec(services.order_by(Provider.uuid)))


def _papers(
    session: Session, members: Sequence[str], parts: Sequence[Part], shut: frozenset[str], found: Mapping[str, Record]
) -> list[tuple[Attachment, str]]:
    """Her papers: those of the part itself, and those that a contract or a piece of evidence that goes points at."""
    closed = {
        one.attachment for case in shut for one in grievance_cases.evidence(session, case) if one.attachment is not None
    }
    pointed = {
        getattr(one, "attachment", None): part.value
        for one in found.values()
        for part in (Part.CLAIM, Part.CONTRACTS)
        if one.__tablename__ in KINDS[part]
    }
    kept: list[tuple[Attachment, str]] = []
    for one in (one for member in members for one in attachments.of_client(session, member)):
        medical = one.what is What.MEDICAL
        if one.uuid in closed or (medical and Part.HEALTH not in parts):
            continue
        part = Part.HEALTH.value if medical else pointed.get(one.uuid, "")
        if not part and Part.DOCUMENTS in parts:
            part = Part.DOCUMENTS.value
        if part:
            kept.append((one, part))
    return kept


def _with_parents(found: dict[str, tuple[Record, str]], members: Sequence[str]) -> None:
    """Leaves out what stands on a record that does not go, and services nobody was referred to."""
    named = {getattr(record, "provider", None) for record, _part in found.values()}
    for uuid, (record, _part) in list(found.items()):
        if record.__tablename__ == "provider" and uuid not in named:
            del found[uuid]
    going = True
    while going:
        lost = [uuid for uuid, (record, _part) in found.items() if _orphan(record, found, members)]
        for uuid in lost:
            del found[uuid]
        going = bool(lost)


def _only_this_way(session: Session, client: str, found: dict[str, tuple[Record, str]]) -> None:
    """Leaves out the journeys nobody asked for: all but the present one and those that something going stands on."""
    present = journeys.current(session, client)
    named = {getattr(record, "journey", None) for record, _part in found.values()} | {present.uuid if present else None}
    for uuid, (record, _part) in list(found.items()):
        if record.__tablename__ == "journey" and uuid not in named:
            del found[uuid]


def _orphan(record: Record, found: Mapping[str, Any], members: Sequence[str]) -> bool:
    kind = kinds()[record.__tablename__]  # type: ignore[index]
    return any(
        (parent := getattr(record, column)) not in found and parent not in members
        for column in kind.parents
        if column in kind.required
    )


def _parents_first() -> list[str]:
    known, found = kinds(), dict[str, None]()
    while len(found) < len(known):
        free = [name for name, kind in known.items() if {*kind.parents.values()} - {name} <= found.keys()]
        found |= dict.fromkeys(free or sorted(known))
    return list(found)


# -- one record as it travels


@dataclass(frozen=True)
class _Sending:
    here: Here
    going: frozenset[str]
    members: frozenset[str]
    client: str
    parts: frozenset[Part]

    def item(self, record: Record, part: str) -> Item:
        kind = kinds()[record.__tablename__]  # type: ignore[index]
        named = {column: self._value(kind, record, column) for column in kind.columns}
        wanted = self._registers(kind)
        fields = {
            register: register_value(columns, named)
            if kind.name != "attachment" or register != "content"
            else {column: named[column] for column in columns if column != "key"}
            for register, columns in kind.registers.items()
            if register in wanted
        }
        return Item(kind.name, self.here.origin(record.uuid), part, fields)

    def _registers(self, kind: Kind) -> frozenset[str]:
        if kind.name == "client":
            more = {name for part in self.parts for name in OF_HERSELF.get(part, ())}
            return frozenset(PERSON) | more
        if kind.name == "journey" and Part.JOURNEY not in self.parts:
            return frozenset(ROUTE)
        return frozenset(kind.registers) - {"gone"}

    def _value(self, kind: Kind, record: Record, column: str) -> Any:
        value = getattr(record, column)
        if column in pointing(kind):
            if value in self.members:
                value = self.client
            return list(self.here.origin(value)) if value in self.going else None
        if not is_open(column, self.parts):
            return None if value is None else ""
        bound = kind.bound(column, value)
        if names_officer(column) and isinstance(bound, str) and _UUID.fullmatch(bound):
            return self.here.name
        return bound


def pointing(kind: Kind) -> frozenset[str]:
    """The columns of a kind that name another record of hers."""
    return frozenset(kind.parents) | ({"grievance"} & set(kind.columns))


def is_open(column: str, parts: Iterable[Part]) -> bool:
    """Whether a column goes: notes in free words only with their own part."""
    return (column not in WORDY and not column.endswith("_note")) or Part.NOTES in parts


def names_officer(column: str) -> bool:
    """Whether a column names an officer."""
    return column in OFFICERS or column.endswith("_by")
