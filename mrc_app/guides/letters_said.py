"""What a letter of a case may say beside its facts: her own words, chosen one by one, and the days of its hearings.

Nothing of this goes in by itself: each sentence is chosen with her, and only people whom the letter names anyway have
any here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mrc_app.casework import clients, grievance_cases, grievance_screening
from mrc_app.casework.client_words import Answer
from mrc_app.guides.letters_facts import Event
from mrc_app.guides.letters_records import Prepared
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class Said:
    """Something one person of a case said, as it was written down: in a screening, or with a piece of evidence."""

    id: str
    client: str
    person: str
    text: str


@needs(May.COUNSEL)
def said(session: Session, prepared: Prepared) -> list[Said]:
    """What the people a letter names have said, each sentence once; none for a letter that is about no case."""
    if prepared.grievance is None:
        return []
    names = {uuid: clients.full_name(clients.by_uuid(session, uuid)) for uuid in prepared.clients}
    rows = [
        (one.uuid, one.client, one.words)
        for sheet in grievance_screening.of_case(session, prepared.grievance)
        for one in sheet.answers
        if one.answer is Answer.YES
    ]
    rows += [(one.uuid, one.client or "", one.note) for one in grievance_cases.evidence(session, prepared.grievance)]
    found: dict[tuple[str, str], Said] = {}
    for uuid, client, text in rows:
        if client in names and text.strip():
            found.setdefault((client, text.strip()), Said(uuid, client, names[client], text.strip()))
    return list(found.values())


@needs(May.COUNSEL)
def add(session: Session, prepared: Prepared, *, words: Collection[str] = (), hearings: bool = False) -> Prepared:
    """The letter with the chosen words (by ``Said.id``) and, where wanted, the hearings of the case by date."""
    chosen = tuple(one.text for one in said(session, prepared) if one.id in words)
    events = _hearings(session, prepared) if hearings else ()
    return replace(prepared, facts=replace(prepared.facts, words=chosen, events=events))


def _hearings(session: Session, prepared: Prepared) -> tuple[Event, ...]:
    found = grievance_cases.hearings(session, prepared.grievance) if prepared.grievance else []
    return tuple(
        Event(one.on, ", ".join(part for part in (one.forum, one.place, one.at, one.result) if part))
        for one in sorted(found, key=lambda one: (one.on, one.at))
    )
