"""Referrals where cases count: the asylum flag of any of her cases closes the doors of her own state too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from mrc_app.casework import duplicates, grievances, referral_lists, referrals
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_lists import Offer
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
