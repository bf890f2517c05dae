"""Withdrawal: what went out under a consent, which part of it, to whom and on which day; and the rest is stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mrc_app.casework import consent_shares, consents, duplicates, providers, referral_doors, referrals
from mrc_app.casework.consents import Consent, Purpose, State
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_words import ReferralState, StopBecause
from mrc_app.casework.referrals import Referral
from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs

# -- Record


@dataclass(frozen=True)
class Left:
    """One thing that left: on which day, to whom, under which purpose, and which parts (words, no values)."""

    on: date
    to: str
    purpose: Purpose
    parts: tuple[str, ...]
    referral: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawal: the answers taken back, what had gone out before, and what was stopped."""

    consents: list[Consent]
    left: list[Left]
    stopped: list[Referral]


# -- Rules

NOTHING = N_("She gave no consent for this that could be withdrawn.")


def standing_yes(answers: Iterable[Consent], purpose: Purpose, wanted: frozenset[str] | None) -> list[Consent]:
    """The answers to a purpose that say yes and that no later one replaced; of some scopes, or of every one."""
    kept = list(answers)
    replaced = {uuid for one in kept for uuid in one.replaces}
    return [
        one
        for one in kept
        if one.purpose is purpose
        and one.state is State.GIVEN
        and one.uuid not in replaced
        and (wanted is None or one.scope in wanted)
    ]


# -- Actions


@needs(May.COUNSEL)
def withdraw(
    session: Session, *, client: str, purpose: Purpose, on: date, by: str, to: Provider | None = None, reason: str = ""
) -> Withdrawn:
    """Withdraws her consent to a purpose, under all of her records; of referrals those to one service (``to``).
    Raises MrcError when there is none."""
    mine = referrals.of_client(session, client)
    about = [one for one in mine if to is None or one.provider == to.uuid]
    wanted = None if to is None else frozenset({*referral_doors.scopes(to), to.kind.value, *(r.uuid for r in about)})
    found = standing_yes(duplicates.consents_of(session, client), purpose, wanted)
    if not found:
        raise MrcError(NOTHING)
    return _withdraw(session, client, found, on, by, reason)


@needs(May.COUNSEL)
def withdraw_one(session: Session, consent: Consent, *, on: date, by: str, reason: str = "") -> Withdrawn:
    """Withdraws one answer. Her yes to a service in general goes with a referral to it that is withdrawn. Raises
    MrcError, Invalid."""
    found = [consent]
    for one in referrals.of_client(session, consent.client):
        if consent.purpose is Purpose.REFERRAL and one.uuid == consent.scope:
            scopes = frozenset(referral_doors.scopes(providers.by_uuid(session, one.provider)))
            answers = duplicates.consents_of(session, consent.client)
            found += [more for more in standing_yes(answers, Purpose.REFERRAL, scopes) if more.given_on <= on]
    return _withdraw(session, consent.client, found, on, by, reason)


def _withdraw(session: Session, client: str, found: list[Consent], on: date, by: str, reason: str) -> Withdrawn:
    for one in found:
        consents.withdraw(session, one, on=on, by=by, reason=reason)
    gone_out: list[Left] = []
    for purpose in dict.fromkeys(one.purpose for one in found):
        gone_out += left(session, client, None if purpose is Purpose.RECORD else purpose)
    concerned = _concerned(session, client, found)
    if concerned is not None:
        gone_out = [one for one in gone_out if not one.referral or one.referral in concerned]
    stopped = _stop(session, client, found, concerned, on, by, reason)
    return Withdrawn(found, sorted(gone_out, key=lambda one: (one.on, one.to)), stopped)


def _concerned(session: Session, client: str, found: list[Consent]) -> set[str] | None:
    """The referrals that withdrawn answers are about; None for all of them."""
    if any(one.purpose is Purpose.RECORD or (one.purpose is Purpose.REFERRAL and not one.scope) for one in found):
        return None
    said = {one.scope for one in found if one.purpose is Purpose.REFERRAL}
    about = set()
    for one in referrals.of_client(session, client):
        known = providers.by_uuid(session, one.provider)
        if said & {one.uuid, *referral_doors.scopes(known), known.kind.value}:
            about.add(one.uuid)
    return about


def _stop(
    session: Session, client: str, found: list[Consent], concerned: set[str] | None, on: date, by: str, reason: str
) -> list[Referral]:
    if all(one.purpose not in (Purpose.RECORD, Purpose.REFERRAL) for one in found):
        return []
    stopped = []
    for one in referrals.of_client(session, client):
        open_still = referrals.current(referrals.events(session, one.uuid)) in referrals.OPEN
        if open_still and one.without is None and (concerned is None or one.uuid in concerned):
            referrals.stop(session, one, because=StopBecause.WITHDRAWN, today=on, by=by, note=reason)
            stopped.append(one)
    return stopped


# -- Questions


@needs(May.SEE_NAMES)
def left(session: Session, client: str, purpose: Purpose | None = None) -> list[Left]:
    """What left about a person, under whichever of her records, oldest first; of one purpose, or of all."""
    found = [
        Left(share.on, share.to, share.purpose, share.fields)
        for uuid in duplicates.members(session, client)
        for share in consent_shares.of_client(session, uuid)
    ]
    for one in referrals.of_client(session, client):
        to, parts = providers.by_uuid(session, one.provider).name, tuple(part.value for part in one.parts)
        for event in referrals.events(session, one.uuid):
            if event.state is ReferralState.SENT:
                found.append(Left(event.on, to, Purpose.REFERRAL, parts, one.uuid))
    return sorted((one for one in found if purpose in (None, one.purpose)), key=lambda one: (one.on, one.to))
