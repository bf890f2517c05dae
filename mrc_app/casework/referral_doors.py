"""What her answers say about a referral to a service: whether the door is open, and the sentence where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mrc_app.casework import consents
from mrc_app.casework.consents import Consent, Purpose, Standing, State
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_words import Door
from mrc_app.errors import MrcError, Problem
from mrc_app.i18n import N_

# -- Rules

WHY_NOT = {
    Door.REFUSED: N_("She refused to be referred to {name}. Help her all the same, and ask again only if she wishes."),
    Door.WITHDRAWN: N_("She withdrew her consent for {name}. Nothing more goes there."),
    Door.EXPIRED: N_("Her consent for {name} has ended. Ask her again."),
    Door.ASK: N_("Ask her first: each referral needs her own yes. Nothing goes to {name} without it."),
    Door.OWN_STATE: N_("She fears her own state, and {name} belongs to it or may. No referral goes there."),
}


def scopes(provider: Provider) -> tuple[str, str]:
    """The scopes under which a P3 answer is about a service: its uuid, its name."""
    return provider.uuid, provider.name


def door(answers: Iterable[Consent], provider: Provider, earlier: Iterable[str], today: date) -> Door:
    """What all the answers of a person say about a new referral to a service. ``earlier``: the uuids of her referrals
    to it. The strictest answer of any of her records holds."""
    mine = list(answers)
    shut = _shut(mine, provider, today)
    if shut is not None:
        return shut
    if _taken_back(mine, provider, set(earlier)):
        return Door.WITHDRAWN
    named = {_standing(mine, scope, today) for scope in scopes(provider)}
    if Standing.EXPIRED in named:
        return Door.EXPIRED
    if Standing.GIVEN in named:
        return Door.AGREED
    return Door.REFUSED if _standing(mine, "", today) is Standing.REFUSED else Door.ASK


def door_of(answers: Iterable[Consent], provider: Provider, referral: str, today: date) -> Door:
    """What all the answers of a person say about sending a referral (its uuid) that was made: its own yes, unless she
    refused or withdrew something that it falls under."""
    mine = list(answers)
    own = _standing(mine, referral, today)
    return _shut(mine, provider, today) or (
        {Standing.GIVEN: Door.AGREED, Standing.NOT_ASKED: Door.ASK}.get(own) or Door(own.value)
    )


def why_not(found: Door, provider: Provider) -> Problem | None:
    """The sentence beside a door that is not open; None when it is."""
    return Problem(WHY_NOT[found], {"name": provider.name}) if found in WHY_NOT else None


def closed(found: Door, provider: Provider) -> MrcError:
    """The refusal itself."""
    return MrcError(WHY_NOT[found], name=provider.name)


def _shut(answers: list[Consent], provider: Provider, today: date) -> Door | None:
    """Withdrawn or refused: the record, referrals altogether, the service, or its kind."""
    record = consents.standing((one for one in answers if one.purpose is Purpose.RECORD), today)
    found = {_standing(answers, scope, today) for scope in (*scopes(provider), provider.kind.value)}
    if Standing.WITHDRAWN in {record, _standing(answers, "", today), *found}:
        return Door.WITHDRAWN
    return Door.REFUSED if Standing.REFUSED in found else None


def _standing(answers: list[Consent], scope: str, today: date) -> Standing:
    about = (one for one in answers if one.purpose is Purpose.REFERRAL and one.scope == scope)
    return consents.standing(about, today)


def _taken_back(answers: list[Consent], provider: Provider, referrals: set[str]) -> bool:
    """Whether she withdrew an earlier referral to a service and has not said yes to that service since."""
    about = [one for one in answers if one.purpose is Purpose.REFERRAL]
    back = [one.withdrawn_on for one in about if one.scope in referrals and one.withdrawn_on is not None]
    yes = [one.given_on for one in about if one.scope in scopes(provider) and one.state is State.GIVEN]
    return bool(back) and max(yes, default=date.min) < max(back)
