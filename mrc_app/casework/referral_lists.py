"""Lists of referrals: those nobody answered, and the services that a client can be referred to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from mrc_app.casework import providers, referral_doors, referrals
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_words import Door, ReferralState
from mrc_app.casework.referrals import Referral, ReferralEvent
from mrc_app.errors import Problem
from mrc_app.store.roles import May, needs

# -- Record


@dataclass(frozen=True)
class Told:
    """A referral with its service and steps, as it stands on a day. ``days``: since its last step."""

    referral: Referral
    provider: Provider
    events: list[ReferralEvent]
    state: ReferralState
    complete: bool
    days: int


@dataclass(frozen=True)
class Offer:
    """A service with what her answers say about it; ``why_not`` is the sentence beside a closed door."""

    provider: Provider
    door: Door
    why_not: Problem | None


# -- Rules

WAITING = (ReferralState.MADE, ReferralState.SENT)
PATIENCE = 14  # days

# -- Questions


@needs(May.SEE_NAMES)
def told(session: Session, referral: Referral, today: date) -> Told:
    """A referral as it stands."""
    steps = referrals.events(session, referral.uuid)
    last = steps[-1].on if steps else referral.made_on
    provider = providers.by_uuid(session, referral.provider)
    return Told(referral, provider, steps, referrals.current(steps), referrals.complete(steps), (today - last).days)


@needs(May.SEE_NAMES)
def latest(session: Session, *, limit: int = 100) -> list[Referral]:
    """The latest referrals of the centre."""
    chosen = select(Referral).where(col(Referral.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Referral.made_on).desc(), col(Referral.id).desc()).limit(limit)))


@needs(May.SEE_NAMES)
def unanswered(session: Session, today: date, *, days: int = PATIENCE, limit: int = 100) -> list[Told]:
    """Referrals made or sent so many days ago that nobody has answered, the oldest first."""
    before = today - timedelta(days=days)
    later = select(ReferralEvent.referral).where(
        col(ReferralEvent.state).not_in(WAITING) | (col(ReferralEvent.on) > before), col(ReferralEvent.gone).is_(False)
    )
    chosen = select(Referral).where(col(Referral.uuid).not_in(later), col(Referral.gone).is_(False))
    waiting = [told(session, one, today) for one in session.exec(chosen.order_by(col(Referral.made_on)).limit(limit))]
    return sorted(waiting, key=lambda one: -one.days)


@needs(May.SEE_NAMES)
def offers(
    session: Session, client: str, found: Sequence[Provider], today: date, *, avoid_state: bool = False
) -> list[Offer]:
    """Services with what her answers say about each. Those of the state she fears are left out."""
    doors = [(one, referrals.door(session, client, one, today, avoid_state=avoid_state)) for one in found]
    return [Offer(one, said, referral_doors.why_not(said, one)) for one, said in doors if said is not Door.OWN_STATE]
