"""From a client's records to the facts of one print. Reads, changes nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.casework import clients, grievances, journeys
from mrc_app.casework.client_words import Answer, Sex, Status
from mrc_app.casework.clients import Client
from mrc_app.casework.journeys import Journey
from mrc_app.corridors import confirmations, services
from mrc_app.corridors.catalogue import Corridor
from mrc_app.guides.card import language_name
from mrc_app.guides.person import PersonFacts
from mrc_app.guides.place import Centre, Checked, without_embassy
from mrc_app.guides.spoken import listed
from mrc_app.guides.values import Service
from mrc_app.guides.words import Words

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.centre import CentreFacts

_ANSWER = {Answer.YES: True, Answer.NO: False, Answer.NOT_ASKED: None}
_PRIVATE = {
    "N4": ("number",),
    "N7": ("passport", "id_last4"),
    "N10": (
        *("origin_admin1", "district", "place", "location_place", "phone", "phone_typed"),
        *("emergency_phone", "emergency_name", "emergency_relation"),
    ),
    "N13": ("father", "grandfather", "native", "other_names", "phone_whose", "cover_text", "who_may_answer"),
    "N3": ("note",),
    "N6": ("union_name",),
}
"""Columns of a client that no book may carry, by the rule that forbids it."""


def person_facts(
    session: Session,
    client: Client,
    journey: Journey | None = None,
    *,
    today: date,
    kind: str = "departure",
    place: str = "",
    **more: Any,
) -> PersonFacts:
    """The facts of a client and her journey for one print of a ``kind``; without a journey, of her current one.

    ``place`` is where the office meets her. ``more`` gives what the records do not hold (what she paid, what she wants
    on her card). The asylum flag of one of her cases counts like her own word that she fears her state.
    """
    if not grievances.origin_embassy_allowed(session, client.uuid):
        more = {"fears_own_state": True} | more
    journey = journey or journeys.current(session, client.uuid)
    if kind == "return":
        from mrc_app.guides.homecoming_records import homecoming

        asked = more.get("safe_to_carry")
        more["homecoming"] = homecoming(session, client, journey, today=today, place=place, safe_to_carry=asked)
    return facts_of(client, journey, today=today, **more)


def facts_of(client: Client, journey: Journey | None, *, today: date, **more: Any) -> PersonFacts:
    """The same without a session, from records that are already read."""
    minor = str(clients.minor(client, today))
    return PersonFacts(**{**_of_client(client), "minor": minor, **(_of_journey(journey) if journey else {}), **more})


def whom_to_call(
    session: Session, corridor: Corridor, language: str, client: Client | None = None
) -> tuple[Service, ...]:
    """The office's own list for both countries of a corridor, written for a reader. A number is needed to be listed.

    For a client who fears her own state, or whose case carries the asylum flag, without embassy and attaché.
    """
    found = services.services(session, corridor.origin, corridor.destination)
    writes = Words.load(language, home=corridor.origin).writes
    told = tuple(_service(one, corridor, writes) for one in found if one.number)
    allowed = client is None or grievances.origin_embassy_allowed(session, client.uuid)
    return told if allowed else without_embassy(told)


def confirmed_here(session: Session, corridor: Corridor) -> dict[str, Checked]:
    """What of the corridor's file a person at this centre confirmed, by the identity of the fact or contact."""
    latest = confirmations.latest(session, *corridor.facts, *corridor.contacts)
    return {fact: Checked(one.checked_on, one.recheck_on) for fact, one in latest.items()}


def centre_of(facts: CentreFacts) -> Centre:
    """The office as a guide names it."""
    return Centre(facts.name, facts.phone, date.fromisoformat(facts.phone_checked) if facts.phone_checked else None)


def _service(one: services.Service, corridor: Corridor, language: str) -> Service:
    papers = {services.Papers.YES: True, services.Papers.NO: False}.get(one.safe_without_papers)
    return Service(
        name=one.name,
        number=one.number,
        side="origin" if one.country == corridor.origin else "destination",
        hours=one.hours or None,
        languages=listed((language_name(code, language) for code in one.languages), language) or None,
        safe_without_papers=papers,
        confirmed=one.checked_on,
        recheck=one.recheck_on,
        roles=frozenset({str(one.kind)}),
    )


def _of_client(client: Client) -> dict[str, object]:
    woman = {Sex.FEMALE: True, Sex.MALE: False}.get(client.sex)
    irregular = {Status.IRREGULAR: True, Status.MIXED: True, Status.UNKNOWN: True, Status.REGULAR: False}
    return {
        "first_name": clients.first_name(client),
        "woman": woman,
        "irregular": irregular.get(client.status),
        "fears_own_state": _ANSWER[client.fears_own_state],
        "phone_private": _ANSWER[client.phone_private],
        "union": client.union_name if client.union_member is Answer.YES else "",
        "private": {rule: tuple(_texts(client, columns)) for rule, columns in _PRIVATE.items()},
    }


def _texts(client: Client, columns: tuple[str, ...]) -> list[str]:
    return [str(getattr(client, column)) for column in columns if getattr(client, column)]


def _of_journey(journey: Journey) -> dict[str, object]:
    return {
        "sector": str(journey.sector or ""),
        "employer": journey.employer,
        "town": journey.town,
        "job_title": journey.job_title,
        "wage": journeys.wage(journey),
        "pay_period": str(journey.wage_per or ""),
        "pay_day": journey.pay_day,
        "hours_day": journeys.hours_per_day(journey),
        "days_week": journey.days_per_week,
        "rest_day": str(journey.rest_day or ""),
        "rest_hours": journey.rest_hours,
        "food_room": str(journey.food_room or ""),
        "start": journey.starts_on,
        "end": journey.ends_on,
        "return_payer": str(journey.return_payer or ""),
        "city": journey.arrival_city,
        "meeting_person": journey.meeting_person,
        "permit_end": journey.permit_end,
    }
