"""Referrals (form F6): to whom, for what, under which consent, and how far it has come, step by dated step.

Every referral has its own consent (purpose P3, the referral's uuid as scope). What she answered before about a service,
or about a kind of service, is a P3 answer with the service's uuid, its name, or the kind's word as scope: a refusal
there closes the door to every referral it is about. A referral is complete only when the service itself confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import clients, consents, duplicates, fields, providers, referral_doors
from mrc_app.casework.client_births import Minor
from mrc_app.casework.client_words import Answer
from mrc_app.casework.consents import Consent, Purpose, Said
from mrc_app.casework.providers import Provider
from mrc_app.casework.referral_words import Door, Part, ReferralState, StopBecause, ToldBy, WithoutConsent
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, needs

# -- Words: see referral_words

# -- Record


class Referral(Record, table=True):
    """One referral. ``grievance``: the uuid of the case it belongs to; it is hidden with its case. ``parts``: what is
    told about her. Where it goes without her consent, ``without`` says why and who decided it."""

    codes: ClassVar[frozenset[str]] = frozenset({"grievance"})
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "asked": ("provider", "service", "purpose", "parts", "note"),
        "made": ("made_on", "made_by"),
        "without": ("without", "without_reason", "without_on", "without_by"),
    }
    __table_args__ = checks(without=WithoutConsent)

    client: str = Field(foreign_key="client.uuid", index=True)
    provider: str = Field(foreign_key="provider.uuid", index=True)
    grievance: str | None = Field(default=None, index=True)
    service: str
    purpose: str = ""
    parts: tuple[Part, ...] = words_column(Part)
    note: str = ""
    consent: str | None = Field(default=None, foreign_key="consent.uuid")
    without: WithoutConsent | None = word_column(WithoutConsent)
    without_reason: str = ""
    without_on: date | None = None
    without_by: str | None = None
    made_on: date = Field(index=True)
    made_by: str


class ReferralEvent(Record, table=True):
    """One dated step of a referral. Never overwritten. ``n`` orders the steps of one day."""

    codes: ClassVar[frozenset[str]] = frozenset({"grievance"})
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"step": ("state", "on", "n", "told_by", "because", "note")}
    __table_args__ = checks(state=ReferralState, told_by=ToldBy, because=StopBecause)

    client: str = Field(foreign_key="client.uuid", index=True)
    referral: str = Field(foreign_key="referral.uuid", index=True)
    grievance: str | None = Field(default=None, index=True)
    state: ReferralState = word_column(ReferralState, ReferralState.MADE)
    on: date = Field(index=True)
    n: int = 0
    by: str
    told_by: ToldBy = word_column(ToldBy, ToldBy.DESK)
    because: StopBecause | None = word_column(StopBecause)
    note: str = ""


# -- Rules

S = ReferralState
NEXT: dict[ReferralState, tuple[ReferralState, ...]] = {
    S.MADE: (S.SENT, S.STOPPED),
    S.SENT: (S.ACKNOWLEDGED, S.ACCEPTED, S.REFUSED, S.GIVEN, S.STOPPED),
    S.ACKNOWLEDGED: (S.ACCEPTED, S.REFUSED, S.GIVEN, S.STOPPED),
    S.ACCEPTED: (S.GIVEN, S.REFUSED, S.STOPPED),
    S.REFUSED: (S.FEEDBACK,),
    S.GIVEN: (S.GIVEN, S.FEEDBACK),
    S.FEEDBACK: (S.GIVEN, S.FEEDBACK),
    S.STOPPED: (),
}
OPEN = (S.MADE, S.SENT, S.ACKNOWLEDGED, S.ACCEPTED)
REFERRAL: dict[str, fields.Check] = {
    **dict.fromkeys(("service", "purpose"), fields.text),
    "parts": fields.words(Part),
    "note": fields.long_text,
}
STEP: dict[str, fields.Check] = {
    "state": fields.word(ReferralState),
    "on": fields.day,
    "told_by": fields.word(ToldBy),
    "note": fields.long_text,
}
LATER = N_("This day is still to come.")


def in_order(events: Iterable[ReferralEvent]) -> list[ReferralEvent]:
    """The steps by day, and within a day as they came."""
    return sorted(events, key=lambda one: (one.on, one.n, one.uuid))


def current(events: Iterable[ReferralEvent]) -> ReferralState:
    """How far a referral has come."""
    known = in_order(events)
    return known[-1].state if known else S.MADE


def complete(events: Iterable[ReferralEvent]) -> bool:
    """Whether the service itself has confirmed that it was given; her own word is kept, but is no confirmation."""
    return any(one.state is S.GIVEN and one.told_by is ToldBy.SERVICE for one in events)


def step_problems(
    events: Iterable[ReferralEvent], state: ReferralState, on: date, told_by: ToldBy, today: date
) -> dict[str, Problem]:
    """What is wrong with the next step, field by field."""
    known = in_order(events)
    wrong: dict[str, Problem] = {}
    if state not in NEXT[current(known)]:
        wrong["state"] = Problem(N_("This step does not follow the last one."))
    if on > today:
        wrong["on"] = Problem(LATER)
    elif known and on < known[-1].on:
        wrong["on"] = Problem(N_("This day is before the last step."))
    if state in (S.ACKNOWLEDGED, S.ACCEPTED, S.REFUSED) and told_by is not ToldBy.SERVICE:
        wrong["told_by"] = Problem(N_("Only the service can say this."))
    if state is S.GIVEN and told_by is ToldBy.DESK:
        wrong["told_by"] = Problem(N_("Say who confirmed it: the service, or the client."))
    return wrong


# -- Actions


@needs(May.COUNSEL)
def ask(session: Session, *, client: str, provider: str, said: Said, on: date, by: str) -> Consent:
    """Keeps her answer about a service in general: a no closes the door to it, a yes opens it. Raises Invalid."""
    known = providers.by_uuid(session, provider)
    return consents.ask(session, client=client, purpose=Purpose.REFERRAL, said=said, on=on, by=by, scope=known.uuid)


@needs(May.COUNSEL)
def make(
    session: Session,
    *,
    client: str,
    provider: str,
    on: date,
    by: str,
    said: Said | None = None,
    avoid_state: bool = False,
    grievance: str | None = None,
    **typed: Any,
) -> Referral:
    """Makes a referral: service, purpose, parts, note; not yet sent. ``said`` is her yes to this one; without it her
    standing yes to the service counts. Raises Invalid, MrcError where she refused or fears it (``avoid_state``)."""
    known, referral = _begun(session, client, provider, on, by, grievance, typed)
    found = door(session, client, known, on, avoid_state=avoid_state)
    given = said is not None and said.state is consents.State.GIVEN
    if found is not Door.AGREED and not (given and found in (Door.ASK, Door.EXPIRED)):
        raise referral_doors.closed(Door.REFUSED if said is not None and not given else found, known)
    session.add(referral)
    session.flush()
    yes = consents.ask(
        session,
        client=client,
        purpose=Purpose.REFERRAL,
        said=said or _as_said(session, client, known),
        on=on,
        by=by,
        scope=referral.uuid,
    )
    referral.consent = yes.uuid
    return _first_step(session, referral, on, by)


@needs(May.DECIDE_REQUEST)
def make_without(
    session: Session,
    *,
    client: str,
    provider: str,
    on: date,
    by: str,
    because: WithoutConsent | str,
    reason: str,
    avoid_state: bool = False,
    grievance: str | None = None,
    **typed: Any,
) -> Referral:
    """Makes a referral without her consent: a supervisor's decision for a life in danger or a child, with its reason.
    Never to the state she fears. Raises Invalid, MrcError."""
    checked = {"because": fields.word(WithoutConsent), "reason": fields.long_text}
    kept = fields.checked(checked, {"because": because, "reason": reason})
    if not kept["reason"]:
        raise Invalid(reason=N_("Write the reason: it may be asked for in years."))
    known, referral = _begun(session, client, provider, on, by, grievance, typed)
    minor = clients.minor(clients.by_uuid(session, client), on)
    if kept["because"] is WithoutConsent.CHILD and minor not in (Minor.CERTAIN, Minor.POSSIBLE):
        raise Invalid(because=N_("She is not known to be a child."))
    if _own_state(session, client, known, avoid_state=avoid_state):
        raise referral_doors.closed(Door.OWN_STATE, known)
    referral.without, referral.without_reason = kept["because"], kept["reason"]
    referral.without_on, referral.without_by = on, by
    session.add(referral)
    session.flush()
    return _first_step(session, referral, on, by)


@needs(May.COUNSEL)
def send(
    session: Session,
    referral: Referral,
    *,
    today: date,
    by: str,
    on: date | str | None = None,
    avoid_state: bool = False,
    note: str = "",
) -> ReferralEvent:
    """Writes down that it was sent. Refused where her consent does not stand on that day. Raises Invalid, MrcError."""
    known = providers.by_uuid(session, referral.provider)
    if _own_state(session, referral.client, known, avoid_state=avoid_state):
        raise referral_doors.closed(Door.OWN_STATE, known)
    answers = duplicates.consents_of(session, referral.client)
    found = Door.AGREED if referral.without else referral_doors.door_of(answers, known, referral.uuid, today)
    if found is not Door.AGREED:
        raise referral_doors.closed(found, known)
    return _step(session, referral, today, by, {"state": S.SENT, "on": on, "told_by": ToldBy.DESK, "note": note})


@needs(May.COUNSEL)
def step(
    session: Session,
    referral: Referral,
    *,
    state: ReferralState | str,
    today: date,
    by: str,
    on: date | str | None = None,
    told_by: ToldBy | str = ToldBy.SERVICE,
    note: str = "",
) -> ReferralEvent:
    """Writes down the next step after it was sent, and who said so. Raises Invalid field by field."""
    if state in (S.SENT, S.STOPPED):
        raise Invalid(state=N_("This step does not follow the last one."))
    return _step(session, referral, today, by, {"state": state, "on": on, "told_by": told_by, "note": note})


@needs(May.COUNSEL)
def stop(
    session: Session, referral: Referral, *, because: StopBecause | str, today: date, by: str, note: str = ""
) -> ReferralEvent:
    """Stops a referral that is still open, with the reason. Raises Invalid."""
    kept = fields.checked({"because": fields.word(StopBecause)}, {"because": because})
    if kept["because"] is StopBecause.OTHER and not note.strip():
        raise Invalid(note=N_("Write the reason."))
    last = events(session, referral.uuid)[-1].on
    typed = {"state": S.STOPPED, "on": max(last, today), "told_by": ToldBy.DESK, "note": note}
    return _step(session, referral, max(last, today), by, typed, kept["because"])


def _begun(
    session: Session, client: str, provider: str, on: date, by: str, grievance: str | None, typed: dict[str, Any]
) -> tuple[Provider, Referral]:
    kept = fields.checked(REFERRAL, {"service": "", "parts": (Part.NAME, Part.NEED), **typed})
    known = providers.by_uuid(session, provider)
    wrong = {} if kept["service"] else {"service": Problem(N_("Say what is asked of the service."))}
    if not kept["parts"]:
        wrong["parts"] = Problem(N_("Choose what is told about her."))
    if known.gone:
        wrong["provider"] = Problem(providers.NO_PROVIDER)
    if wrong:
        raise Invalid(**wrong)
    return known, Referral(client=client, provider=known.uuid, grievance=grievance, made_on=on, made_by=by, **kept)


def _first_step(session: Session, referral: Referral, on: date, by: str) -> Referral:
    session.add(
        ReferralEvent(
            client=referral.client, referral=referral.uuid, grievance=referral.grievance, state=S.MADE, on=on, by=by
        )
    )
    session.flush()
    return referral


def _step(
    session: Session,
    referral: Referral,
    today: date,
    by: str,
    typed: dict[str, Any],
    because: StopBecause | None = None,
) -> ReferralEvent:
    kept = fields.checked(STEP, typed)
    kept["on"] = kept["on"] or today
    before = events(session, referral.uuid)
    wrong = step_problems(before, kept["state"], kept["on"], kept["told_by"], today)
    if wrong:
        raise Invalid(**wrong)
    event = ReferralEvent(
        client=referral.client, referral=referral.uuid, grievance=referral.grievance, n=len(before), by=by,
        because=because, **kept,
    )  # fmt: skip
    return added(session, event)


def _as_said(session: Session, client: str, provider: Provider) -> Said:
    """Her standing yes to a service, for this referral."""
    answers = duplicates.consents_of(session, client)
    one = [
        each for each in answers if each.scope in referral_doors.scopes(provider) and each.state is consents.State.GIVEN
    ][-1]
    return Said(one.state, one.how, one.language, one.interpreter, one.certified_by, one.expires_on)


# -- Questions


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Referral:
    """One referral. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Referral).where(Referral.uuid == uuid, col(Referral.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This referral is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def events(session: Session, referral: str) -> list[ReferralEvent]:
    """The steps of a referral in order."""
    chosen = select(ReferralEvent).where(ReferralEvent.referral == referral, col(ReferralEvent.gone).is_(False))
    return in_order(session.exec(chosen))


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Referral]:
    """The referrals of a person, under whichever of her records, the latest first."""
    mine = col(Referral.client).in_(duplicates.members(session, client))
    return _listed(session, mine)


@needs(May.SEE_NAMES)
def of_case(session: Session, grievance: str) -> list[Referral]:
    """The referrals of a case, the latest first."""
    return _listed(session, col(Referral.grievance) == grievance)


@needs(May.SEE_NAMES)
def door(session: Session, client: str, provider: Provider, today: date, *, avoid_state: bool = False) -> Door:
    """What stands in the way of a new referral of a client to a service."""
    if _own_state(session, client, provider, avoid_state=avoid_state):
        return Door.OWN_STATE
    earlier = [one.uuid for one in of_client(session, client) if one.provider == provider.uuid]
    return referral_doors.door(duplicates.consents_of(session, client), provider, earlier, today)


def _own_state(session: Session, client: str, provider: Provider, *, avoid_state: bool) -> bool:
    """Whether a service belongs, or may belong, to the state that she is known to fear."""
    hers = duplicates.records(session, client)
    if not avoid_state and all(one.fears_own_state is not Answer.YES for one in hers):
        return False
    countries = [code for one in hers for code in (one.nationality, one.second_nationality, one.origin_country)]
    return providers.belongs_to(provider, countries)


def _listed(session: Session, criterion: Any) -> list[Referral]:
    chosen = select(Referral).where(criterion, col(Referral.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Referral.made_on).desc(), col(Referral.id).desc())))
