"""What her own record takes from every kind of record, by section: what is hers, and the cases she complains in.

Read through the session, so what an officer may not see is not there. Of a case it takes the whole case and her part;
other complainants' parts are left out, and their names are taken out of what was written about the whole case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import col, or_, select

from mrc_app.casework.attachments import Attachment
from mrc_app.casework.clients import Client
from mrc_app.casework.grievances import Complainant
from mrc_app.casework.imports import ImportBatch
from mrc_app.casework.recruiters import Recruiter
from mrc_app.store.folding import fold
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session

REST: dict[str, tuple[str, ...]] = {
    "journeys": ("journeystep",),
    "household": ("household",),
    "recruiters": ("recruiterlink", "recruiterevent", "recruiterreview"),
    "shares": ("share",),
    "grievances": (
        "grievance", "complainant", "respondent", "grievanceevent", "evidence", "hearing", "remedy", "injury",
        "casemark",
    ),
    "screening": ("screening", "screeninganswer"),
    "claims": ("claim", "wagemonth", "claimentry"),
    "instalments": ("instalment",),
    "case_costs": ("casecost",),
    "deadlines": ("deadline",),
    "returns": ("return",),
    "covers": ("cover",),
    "assessments": ("assessment",),
    "skills": ("skill", "training", "recognition"),
    "plans": ("plan", "planline", "supportinstalment"),
    "follow_ups": ("followup", "attempt"),
    "enterprises": ("enterprise",),
    "imported": ("importedrow",),
    "charge": ("assignment",),
    "holds": ("hold",),
}  # fmt: skip
"""The kinds read the same way, by the section they stand in."""
APART = {
    "link": "the records linked as one person are printed whole beside hers",
    "restriction": "that a record is kept from other officers must not be seen on a page somebody finds",
    "sexconfirmed": "that an officer saw that her sex is not stated; what is stated stands among her particulars",
    "erasure": "a record that waits to be erased is shown to nobody",
    "leftpart": "what left, for whom and when stands with what was shared",
    "exporttoken": "a random token under which she stands in a ministry's files; it says nothing of her",
    "handover": "a hand-over stands with what was shared; the rest of it is digests",
    "received": "digests of what came; what came stands in her record itself",
    "origin": "identities of records at the centre they came from",
}
"""Kinds about her that stand in no section, and why."""
PARENT = {
    "wagemonth": "claim", "claimentry": "claim", "screeninganswer": "screening", "planline": "plan",
    "supportinstalment": "line", "attempt": "follow_up", "complainant": "grievance", "respondent": "grievance",
    "grievanceevent": "grievance", "evidence": "grievance", "hearing": "grievance", "remedy": "grievance",
    "injury": "grievance", "casemark": "grievance",
}  # fmt: skip
"""What stands below what: kind → the column that points at the record above."""
HIDDEN_NAME = "…"
WORD = re.compile(r"\w+")


@needs(May.GIVE_RECORD)
def of(session: Session, members: Sequence[str]) -> dict[str, list[Any]]:
    """By section, every record of these kinds of a person with these identities."""
    mine = select(Complainant.grievance).where(col(Complainant.client).in_(members), col(Complainant.gone).is_(False))
    cases = list(session.exec(mine))
    others = _others(session, members, cases)
    found: dict[str, list[Any]] = {}
    for section, names in REST.items():
        read = [one for name in names for one in _of_kind(session, kinds()[name], members, cases)]
        found[section] = [without(one, others) for one in in_order(read)]
    return found


@needs(May.GIVE_RECORD)
def called(session: Session, found: dict[str, list[Any]]) -> dict[str, str]:
    """The names of recruiters and imported lists that these records point at."""
    wanted: dict[type[Any], set[str]] = {Recruiter: set(), ImportBatch: set()}
    for one in (one for records in found.values() for one in records):
        wanted[Recruiter] |= {getattr(one, "recruiter", None) or ""}
        wanted[ImportBatch] |= {getattr(one, "batch", None) or ""}
    said: dict[str, str] = {}
    for kind, uuids in wanted.items():
        for one in session.exec(select(kind).where(col(kind.uuid).in_(uuids - {""}))):
            said[one.uuid] = one.name if kind is Recruiter else one.file
    return said


def in_order(records: Iterable[Any]) -> Iterator[Any]:
    """Each record followed by what stands below it, by their days."""
    known = list(records)
    here = {one.uuid for one in known}
    below: dict[str, list[Any]] = {}
    for one in known:
        above = str(getattr(one, PARENT.get(one.__tablename__, ""), ""))
        below.setdefault(above if above in here else "", []).append(one)
    yield from _below(below, "")


def _below(below: dict[str, list[Any]], above: str) -> Iterator[Any]:
    for one in below.get(above, []):
        yield one
        yield from _below(below, one.uuid)


def without(record: Any, names: frozenset[str]) -> Any:
    """The record itself, or for one of a case a copy in which these names do not stand."""
    kind = kinds()[record.__tablename__]
    if not names or "grievance" not in (kind.name, *kind.columns):
        return record
    kept = {name: getattr(record, name) for name in kind.telling}
    said = {name: _masked(text, names) for name, text in kept.items() if isinstance(text, str)}
    return type(record)(**(record.model_dump() | said)) if said != kept else record


def _masked(text: str, names: frozenset[str]) -> str:
    return WORD.sub(lambda word: HIDDEN_NAME if fold(word.group()) in names else word.group(), text)


def _of_kind(session: Session, kind: Kind, members: Sequence[str], cases: Sequence[str]) -> list[Record]:
    record: Any = kind.record
    hers: Any
    if kind.subject == "uuid":
        hers = col(record.uuid).in_(cases)
    elif "client" not in kind.columns:
        hers = col(record.grievance).in_(cases)
    else:
        hers = col(record.client).in_(members)
        if "grievance" in kind.columns and "client" not in kind.required:
            hers = or_(hers, (col(record.client).is_(None)) & col(record.grievance).in_(cases))
    found = list(session.exec(select(record).where(hers, col(record.gone).is_(False))))
    if kind.name == "evidence":
        papers = {one.attachment for one in found} - {None}
        own = select(Attachment.uuid).where(col(Attachment.uuid).in_(papers), col(Attachment.client).in_(members))
        allowed = {None, *session.exec(own)}
        found = [one for one in found if one.attachment in allowed]
    return sorted(found, key=_age)


def _age(record: Any) -> tuple[date, int, int]:
    days = ("on", "lodged_on", "first", "due_on", "due", "since", "made_on", "planned_on", "from_on", "returned_on")
    found = (getattr(record, name, None) for name in days)
    day = next((one for one in found if isinstance(one, date)), date.max)
    return day, getattr(record, "n", 0), record.id or 0


def _others(session: Session, members: Sequence[str], cases: Sequence[str]) -> frozenset[str]:
    """The parts of the names and numbers of who else complains in these cases, as one looks for them."""
    if not cases:
        return frozenset()
    everybody = select(Complainant.client).where(col(Complainant.grievance).in_(cases))
    there = or_(col(Client.uuid).in_(everybody), col(Client.uuid).in_(members))
    people = list(session.exec(select(Client).where(there)))
    hers = {part for one in people if one.uuid in members for part in _parts(one)}
    return frozenset(part for one in people if one.uuid not in members for part in _parts(one)) - hers


def _parts(person: Client) -> set[str]:
    names = (person.call_name, person.given, person.father, person.grandfather, person.native, person.other_names)
    return {fold(word) for name in names for word in WORD.findall(str(name or "")) if len(word) > 2}
