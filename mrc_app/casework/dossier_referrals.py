"""What a record tells of referrals and unions: to whom, under which answer, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session

from mrc_app.casework import providers, referral_lists, referrals, unions
from mrc_app.casework.referrals import Referral
from mrc_app.casework.unions import UnionMembership
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

Plain = Callable[[Record], dict[str, Any]]

# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, today: date, plain: Plain) -> dict[str, Any]:
    """The referrals and the union memberships of one client, as plain data."""
    return {
        "referrals": [of_referral(session, one, today, plain) for one in referrals.of_client(session, client)],
        "unions": [_union(session, one, today, plain) for one in unions.of_client(session, client)],
    }


def _union(session: Session, one: UnionMembership, today: date, plain: Plain) -> dict[str, Any]:
    steps = unions.events(session, one.uuid)
    paid = unions.paid_to(steps)
    return plain(one) | {
        "events": [plain(event) for event in steps],
        "step": steps[-1].step.value,
        "paid_to": None if paid is None else paid.isoformat(),
        "may_be_told": unions.may_tell(session, one, today),
    }


@needs(May.SEE_NAMES)
def of_referral(session: Session, one: Referral, today: date, plain: Plain) -> dict[str, Any]:
    """One referral with its service and steps."""
    told = referral_lists.told(session, one, today)
    return plain(one) | {
        "id": one.uuid,
        "to": told.provider.name,
        "kind": told.provider.kind.value,
        "state": told.state.value,
        "complete": told.complete,
        "days_since_last_step": told.days,
        "confirmed": providers.confirmed(told.provider, today).value,
        "events": [plain(event) for event in told.events],
    }
