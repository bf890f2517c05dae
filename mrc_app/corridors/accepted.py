"""A corridor as this centre knows it: the pack its supervisor accepted, else the program's file, with the centre's own
values in their place; and what the centre confirmed or wrote over that has changed below it since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sqlmodel import Session, col, select

from mrc_app.corridors import catalogue, countries, overrides, reference_packs
from mrc_app.corridors.catalogue import Contact, Corridor
from mrc_app.corridors.confirmations import Confirmation
from mrc_app.corridors.facts import Fact
from mrc_app.corridors.overrides import Override
from mrc_app.corridors.reference_packs import ItemKind
from mrc_app.errors import CannotRead


@dataclass(frozen=True)
class Review:
    """Something of the centre's own that what it rests on has left behind. ``own`` is the centre's value, ``base`` what
    stood below it, ``now`` the fact or number as it is now (None: it is not there any more)."""

    corridor: str
    key: str
    fact: str
    own: str
    base: str
    now: Fact | Contact | None
    by: str
    on: str
    override: Override | None = None
    confirmation: Confirmation | None = None


def corridor(session: Session, id: str) -> Corridor:
    """A corridor by id (ET-SA) as this centre knows it. Raises Invalid for a malformed id or country, CannotRead."""
    found = without_overrides(session, id)
    own = overrides.overrides(session, id)
    return replace(found, facts=overrides.over(found.facts, own)) if own else found


def without_overrides(session: Session, id: str, *, but: str = "") -> Corridor:
    """A corridor as the accepted pack or the program has it; as if the pack ``but`` had not been accepted."""
    countries.pair(id)
    for pack, item in reference_packs.accepted(session, ItemKind.CORRIDOR, id, but=but):
        try:
            return replace(parsed(item.text, id), pack=pack.shown_as())
        except CannotRead:
            continue  # written for a newer version of this program, and accepted at a desk that has it
    return catalogue.corridor(id)


def corridors(session: Session) -> list[Corridor]:
    """Every corridor with facts, by id."""
    ids = {item.code for _pack, item in reference_packs.accepted(session, ItemKind.CORRIDOR)}
    return [corridor(session, id) for id in sorted(ids | {one.id for one in catalogue.corridors()})]


@lru_cache(maxsize=64)
def parsed(text: str, id: str) -> Corridor:
    """The corridor of a file's text, checked. Raises CannotRead."""
    return catalogue.of_text(text.encode(), f"{id}.toml")


def to_review(session: Session) -> list[Review]:
    """The centre's own values and confirmations whose fact or number has changed since."""
    known = {one.id: one for one in (without_overrides(session, id) for id in _ids(session))}
    things: dict[str, Fact | Contact] = {}
    for found in known.values():
        things.update({one.uuid: one for one in found.facts})
        things.update({one.uuid: one for one in found.contacts})
    return [*_stale_overrides(session, things), *_stale_confirmations(session, things)]


def _ids(session: Session) -> list[str]:
    sent = {item.code for _pack, item in reference_packs.accepted(session, ItemKind.CORRIDOR)}
    return sorted(sent | {one.id for one in catalogue.corridors()})


def _stale_overrides(session: Session, things: dict[str, Fact | Contact]) -> list[Review]:
    stale = []
    for one in overrides.overrides(session):
        now = things.get(one.uuid)
        if overrides.is_stale(one, now if isinstance(now, Fact) else None):
            day = one.written_on.isoformat()
            stale.append(Review(one.corridor, one.key, one.uuid, one.value, one.base, now, one.written_by, day, one))
    return stale


def _stale_confirmations(session: Session, things: dict[str, Fact | Contact]) -> list[Review]:
    asked = select(Confirmation).where(col(Confirmation.gone).is_(False))
    last = {one.fact: one for one in session.exec(asked.order_by(col(Confirmation.checked_on), col(Confirmation.uuid)))}
    stale = []
    for fact, one in sorted(last.items()):
        now = things.get(fact)
        if now is None or now.value_text == one.value:
            continue
        key = now.key if isinstance(now, Fact) else now.name
        day = one.checked_on.isoformat()
        stale.append(Review(now.corridor, key, fact, one.value, one.value, now, one.checked_by, day, None, one))
    return stale
