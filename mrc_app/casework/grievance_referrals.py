"""Referrals where cases count: the asylum flag of any of her cases closes the doors of her own state too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from mrc_app.casework import duplicates, grievances, providers, referral_doors, referral_lists, referrals
from mrc_app.casework.consents import Consent, Purpose
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_lists import Offer
from mrc_app.casework.referral_words import Door, ReferralState
from mrc_app.casework.referrals import Referral, ReferralEvent
from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs

# -- Actions


@needs(May.COUNSEL)
def make(session: Session, *, client: str, grievance: str | None = None, **asked: Any) -> Referral:
    """A referral as ``referrals.make`` makes it, of a client or of her case. Raises Invalid, MrcError."""
    return referrals.make(session, client=client, grievance=grievance, **_joint(session, client, grievance), **asked)


@needs(May.DECIDE_REQUEST)
def make_without(session: Session, *, client: str, grievance: str | None = None, **asked: Any) -> Referral:
    """A referral as ``referrals.make_without`` makes it. Raises Invalid, MrcError."""
    joint = _joint(session, client, grievance)
    return referrals.make_without(session, client=client, grievance=grievance, **joint, **asked)


@needs(May.COUNSEL)
def send(session: Session, referral: Referral, **asked: Any) -> ReferralEvent:
    """Sent as ``referrals.send`` says. Raises Invalid, MrcError."""
    return referrals.send(session, referral, avoid_state=avoids_state(session, referral.client), **asked)


def _joint(session: Session, client: str, grievance: str | None) -> dict[str, Any]:
    """What her cases say; the case named must be one of hers."""
    if grievance is not None and grievance not in [case.uuid for case in grievances.of_client(session, client)]:
        raise MrcError(N_("This is not a case of hers."))
    return {"avoid_state": avoids_state(session, client)}


# -- Questions


@needs(May.SEE_NAMES)
def avoids_state(session: Session, client: str) -> bool:
    """Whether she, under any of her records, or any of her cases says that her own state must not know."""
    members = duplicates.members(session, client)
    return not all(grievances.origin_embassy_allowed(session, uuid) for uuid in members)


@needs(May.SEE_NAMES)
def offers(session: Session, client: str, found: Sequence[Provider], today: date) -> list[Offer]:
    """Services with what her answers say about each; those of the state she fears are left out."""
    return referral_lists.offers(session, client, found, today, avoid_state=avoids_state(session, client))


@needs(May.SEE_NAMES)
def agreed_on(session: Session, client: str, service: str, today: date) -> date | None:
    """The day of the yes under which a letter of referral may go to a service of this name; None where none stands.

    A service of the directory needs her yes to it, or to a referral to it that is not stopped; one that stands nowhere
    needs a P3 answer under its name.
    """
    answers = duplicates.consents_of(session, client)
    known = providers.by_name(session, service)
    avoid = avoids_state(session, client)
    days: list[date | None] = []
    for one in known:
        found = referrals.door(session, client, one, today, avoid_state=avoid)
        if found is Door.OWN_STATE:
            return None
        if found is Door.AGREED:
            days += [each.given_on for each in answers if each.scope in referral_doors.scopes(one)]
        days += [_yes(session, each, answers, one, today) for each in referrals.of_client(session, client)]
    if not known and duplicates.allows(session, client, Purpose.REFERRAL, service, today=today):
        days += [each.given_on for each in answers if each.purpose is Purpose.REFERRAL and each.scope == service]
    return max((day for day in days if day is not None), default=None)


def _yes(session: Session, one: Referral, answers: list[Consent], to: Provider, today: date) -> date | None:
    """The day of her yes to a referral to this service, where it stands and is not stopped."""
    stopped = referrals.current(referrals.events(session, one.uuid)) is ReferralState.STOPPED
    if one.provider != to.uuid or stopped:
        return None
    if one.without is not None:
        return one.without_on
    found = referral_doors.door_of(answers, to, one.uuid, today)
    days = [each.given_on for each in answers if each.scope == one.uuid]
    return max(days) if found is Door.AGREED else None
