"""From a client's records to what her return guide may know. Reads, changes nothing.

Nothing of a case kept for named officers is taken along unless it was asked whether the book is safe to carry; an
officer who is not named cannot read such a case at all. Needs and answers of an assessment are never printed: only
what was agreed about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mrc_app.casework import (
    claims,
    covers,
    deadlines,
    follow_ups,
    grievance_cases,
    grievances,
    reintegration,
    reintegration_kept,
    returns,
)
from mrc_app.casework.clients import Client
from mrc_app.casework.cover_words import ClaimState
from mrc_app.casework.deadline_words import Purpose
from mrc_app.casework.follow_up_words import FollowUpKind
from mrc_app.casework.grievances import Grievance
from mrc_app.casework.journeys import Journey
from mrc_app.casework.reintegration_words import Promise
from mrc_app.corridors.services import RECHECK_MONTHS
from mrc_app.guides.homecoming import (
    Business,
    Covered,
    Hearing,
    Homecoming,
    LastDay,
    Meeting,
    Owed,
    Part,
    Plan,
    Step,
)
from mrc_app.money import Money

if TYPE_CHECKING:
    from sqlmodel import Session

_SURVEYS = frozenset({FollowUpKind.SURVEY_6, FollowUpKind.SURVEY_12, FollowUpKind.SURVEY_LATER})


def homecoming(
    session: Session, client: Client, journey: Journey | None, *, today: date, place: str, safe_to_carry: bool | None
) -> Homecoming:
    """What the records know of a client's return. ``place``: where the office meets her."""
    cases = _cases(session, client, safe_to_carry)
    back = returns.of_client(session, client.uuid)
    savings = next((found for one in back if (found := returns.savings(one)) is not None), None)
    return Homecoming(
        home=_home(journey, [one.returned_on for one in back], today),
        owed=_owed(session, client, cases, journey),
        last_days=_last_days(session, client, cases),
        hearing=_hearing(session, cases, today),
        covers=tuple(_cover(one) for one in covers.of_client(session, client.uuid)),
        plan=_plan(session, client),
        meetings=_meetings(session, client, today),
        place=place,
        safe_hours=client.safe_hours,
        savings=savings,
        business=_business(session, client),
    )


def _home(journey: Journey | None, days: Sequence[date | None], today: date) -> bool | None:
    """Whether she is home: yes once a day of return has come, no while her journey says that she is abroad."""
    found = [day for day in (*days, journey.returned_on if journey else None) if day is not None]
    if any(day <= today for day in found):
        return True
    return False if journey is not None and str(journey.stage) == "abroad" else None


def _cases(session: Session, client: Client, safe_to_carry: bool | None) -> list[Grievance]:
    found = grievances.of_client(session, client.uuid)
    if safe_to_carry:
        return found
    return [one for one in found if grievances.named_officers(session, one.uuid) is None]


def _owed(session: Session, client: Client, cases: Sequence[Grievance], journey: Journey | None) -> tuple[Owed, ...]:
    """What is still open of her claims, by who owes it and by currency."""
    against = {one.uuid: _who(session, one, journey) for one in cases}
    found: dict[tuple[str, str], Money] = {}
    for line in claims.of_client(session, client.uuid):
        if line.claim.grievance in against and line.four.open.minor > 0:
            key = (against[line.claim.grievance], line.claim.currency)
            found[key] = found.get(key, Money(0, line.claim.currency)) + line.four.open
    return tuple(Owed(who, amount) for (who, _currency), amount in found.items())


def _who(session: Session, case: Grievance, journey: Journey | None) -> str:
    named = grievances.respondents(session, case.uuid)
    return named[0].name if named else journey.employer if journey else ""


def _last_days(session: Session, client: Client, cases: Sequence[Grievance]) -> tuple[LastDay, ...]:
    known = tuple(one.uuid for one in cases)
    found = deadlines.of_client(session, client.uuid, known)
    return tuple(
        _last_day(one, one.due)
        for one in found
        if one.due is not None
        and deadlines.is_open(one)
        and one.purpose is Purpose.CLAIM
        and (one.grievance is None or one.grievance in known)
    )


def _last_day(one: deadlines.Deadline, due: date) -> LastDay:
    from mrc_app.calendars.days import months_after

    again = months_after(one.checked_on, RECHECK_MONTHS) if one.checked_on else None
    return LastDay(
        due, one.forum, one.source, one.source_url, one.as_of, one.confidence == "low", one.checked_on, again
    )


def _hearing(session: Session, cases: Sequence[Grievance], today: date) -> Hearing | None:
    listed = [each for case in cases for each in grievance_cases.hearings(session, case.uuid)]
    found = grievance_cases.next_hearing(listed, today)
    return Hearing(found.on, found.at, found.forum) if found else None


def _cover(one: covers.Cover) -> Covered:
    claim = "" if one.claim is ClaimState.NONE else str(one.claim)
    return Covered(one.scheme, one.country, covers.months(one), one.number_last4, claim, str(one.kind))


def _plan(session: Session, client: Client) -> Plan | None:
    made = reintegration_kept.current(session, client.uuid)
    if made is None:
        return None
    listed = reintegration_kept.lines(session, made)
    apart = reintegration.apart(listed)
    mine = {one.uuid for one in listed}
    parts = [one for one in reintegration_kept.instalments(session, client.uuid) if one.line in mine]
    return Plan(
        made.made_on,
        tuple(_step(one, parts) for one in apart[Promise.AGREED] if one.action),
        tuple(one.action for one in apart[Promise.NOT_PROMISED] if one.action),
        tuple(Part(Money(one.minor, one.currency), one.due, one.paid_on, one.receipt) for one in parts),
    )


def _step(line: reintegration.PlanLine, parts: Sequence[reintegration.SupportInstalment]) -> Step:
    totals = reintegration.totals(one for one in parts if one.line == line.uuid)
    agreed = [paid.agreed for paid in totals.values()]
    cost = Money(line.cost_minor, line.cost_currency) if line.cost_minor is not None else None
    return Step(line.action, line.provider, line.due, agreed[0] if len(agreed) == 1 else cost)


def _meetings(session: Session, client: Client, today: date) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(one.planned_on, one.kind in _SURVEYS)
        for one in follow_ups.of_client(session, client.uuid)
        if one.planned_on >= today and one.reached_on is None and one.given_up_on is None
    )


def _business(session: Session, client: Client) -> Business | None:
    found = follow_ups.enterprises(session, client.uuid)
    return Business(found[0].name, found[0].members) if found else None
