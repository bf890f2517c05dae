"""Whom to call on a corridor: the centre's own list first, then the numbers printed by the corridor's sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mrc_app.corridors import confirmations, services
from mrc_app.corridors.catalogue import Contact, Corridor
from mrc_app.corridors.facts import Confidence, Side, Source
from mrc_app.corridors.services import Papers, Service


@dataclass(frozen=True)
class Number:
    """Somebody to call. ``on_card``: whether a card may carry the number today; ``source`` is a file's, else None.

    ``kind`` is a word of services.Kind, which is also the name of the place in the guides' sentences.
    """

    kind: str
    name: str
    number: str
    country: str
    side: Side
    on_card: bool
    hours: str = ""
    languages: str = ""
    cost: str = ""
    address: str = ""
    safe_without_papers: Papers = Papers.NOT_KNOWN
    confirmed_on: date | None = None
    recheck_on: date | None = None
    source: Source | None = None
    as_of: str = ""
    weak: bool = False


def directory(session: Session, corridor: Corridor, today: date) -> list[Number]:
    """Every number for a corridor; one the centre lists itself is not repeated from the corridor's file."""
    own = [_own(one, corridor, today) for one in services.services(session, corridor.destination, corridor.origin)]
    listed = {_digits(one.number) for one in own}
    checked = confirmations.latest(session, *corridor.contacts)
    others = [_printed(one, corridor, checked.get(one.uuid), today) for one in corridor.contacts]
    return own + [one for one in others if _digits(one.number) not in listed]


def unconfirmed(corridor: Corridor) -> list[Number]:
    """The numbers of the corridor's file alone, without a centre: none may go on a card."""
    return [_printed(one, corridor, None, date.min) for one in corridor.contacts]


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def _own(one: Service, corridor: Corridor, today: date) -> Number:
    return Number(
        kind=one.kind.value,
        name=one.name,
        number=one.number,
        country=one.country,
        side=Side.ORIGIN if one.country == corridor.origin else Side.DESTINATION,
        on_card=services.may_print_on_card(one, today),
        hours=one.hours,
        languages=", ".join(one.languages),
        cost=one.cost,
        address=services.shown_address(one),
        safe_without_papers=one.safe_without_papers,
        confirmed_on=one.checked_on,
        recheck_on=one.recheck_on,
    )


def _printed(one: Contact, corridor: Corridor, check: confirmations.Confirmation | None, today: date) -> Number:
    return Number(
        kind=one.kind or "other",
        name=one.name,
        number=one.value,
        country=corridor.origin if one.side is Side.ORIGIN else corridor.destination,
        side=one.side,
        on_card=confirmations.may_print_on_card(one, check, today),
        hours=one.hours,
        languages=one.languages,
        confirmed_on=check.checked_on if check else None,
        recheck_on=check.recheck_on if check else None,
        source=one.source,
        as_of=one.as_of,
        weak=one.confidence is Confidence.LOW,
    )
