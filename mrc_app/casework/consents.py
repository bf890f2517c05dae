"""Consent, purpose by purpose: given, refused or withdrawn; how; in which language; until when; for what.

Asking again makes a new record that replaces the one standing then; nothing is deleted. Where two desks asked at
once, the strictest answer stands. Purposes P1–P8 follow §6 of the facts collection (project design); a spoken
consent is certified by the officer who heard it (IOM practice, [W8]).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words


class Purpose(Labelled):
    """What a consent is for; ``code`` is P1 to P8."""

    RECORD = "record", N_("keep my record here")
    CONTACT = "contact", N_("contact me")
    REFERRAL = "referral", N_("share with the service I am referred to")
    COMPLAINT = "complaint", N_("take up my complaint with agency or employer")
    MINISTRY = "ministry", N_("share with the ministry under my name")
    STATISTICS = "statistics", N_("count me in statistics without my name")
    STORY = "story", N_("use my photo, voice or story")
    HAND_OVER = "hand_over", N_("hand my case to a partner abroad")

    @property
    def code(self) -> str:
        """P1 … P8, as forms and papers call it."""
        return f"P{list(Purpose).index(self) + 1}"


class State(Labelled):
    """What she answered."""

    GIVEN = "given", N_("given")
    REFUSED = "refused", N_("refused")
    WITHDRAWN = "withdrawn", N_("withdrawn")


class How(Labelled):
    """How the answer was given."""

    SIGNED = "signed", N_("signed")
    THUMB = "thumb", N_("thumb-print")
    AUDIO = "audio", N_("recorded voice")
    VERBAL = "verbal", N_("spoken, certified by the officer")


class Standing(Labelled):
    """What holds today."""

    GIVEN = "given", N_("given")
    REFUSED = "refused", N_("refused")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    EXPIRED = "expired", N_("expired")
    NOT_ASKED = "not_asked", N_("not asked")


STRICTEST = (Standing.WITHDRAWN, Standing.REFUSED, Standing.EXPIRED, Standing.GIVEN)

# -- Record


class Consent(Record, table=True):
    """One answer of one client for one purpose. ``scope``: "" (general), words, or a referral's or case's uuid."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "withdrawal": ("withdrawn_on", "withdrawn_by", "reason"),
        "given": ("how", "language", "interpreter", "given_on", "certified_by"),
    }
    bias: ClassVar[dict[str, tuple[Any, ...]]] = {"state": (State.WITHDRAWN.value,)}
    __table_args__ = checks(purpose=Purpose, state=State, how=How)

    client: str = Field(foreign_key="client.uuid", index=True)
    purpose: Purpose = word_column(Purpose, Purpose.RECORD)
    scope: str = ""
    state: State = word_column(State, State.REFUSED)
    how: How | None = word_column(How)
    language: str = ""
    interpreter: str = ""
    certified_by: str | None = None
    given_on: date
    expires_on: date | None = None
    asked_by: str
    withdrawn_on: date | None = None
    withdrawn_by: str | None = None
    reason: str = ""
    replaces: tuple[str, ...] = texts_column()


@dataclass(frozen=True)
class Said:
    """An answer to one purpose, as the officer typed it in."""

    state: State
    how: How | None = None
    language: str = ""
    interpreter: str = ""
    certified_by: str | None = None
    expires_on: date | None = None


# -- Rules


def problems(purpose: Purpose, said: Said, on: date) -> dict[str, Problem]:
    """What is wrong with an answer, field by field. A refusal needs no form; a consent says how it was given."""
    wrong: dict[str, Problem] = {}
    if said.state is State.WITHDRAWN:
        wrong["state"] = Problem(N_("Only a consent that was given can be withdrawn."))
    if said.state is State.GIVEN and said.how is None:
        wrong["how"] = Problem(N_("Say how the consent was given: signed, thumb-print, recorded or spoken."))
    if said.state is State.GIVEN and said.how is How.VERBAL and not said.certified_by:
        wrong["certified_by"] = Problem(N_("A spoken consent is certified by the officer who heard it."))
    if said.expires_on is not None and said.expires_on < on:
        wrong["expires_on"] = Problem(N_("The consent would end before it begins."))
    return wrong


def must_keep_record(said: Said) -> None:
    """Raises MrcError when she does not want a record: help goes on, and the visit is counted without a name."""
    if said.state is not State.GIVEN:
        raise MrcError(N_("She does not want a record. Help her all the same and count the visit without a name."))


def standing_of(consent: Consent, today: date) -> Standing:
    """What one answer means today. An expired consent is not a consent."""
    if consent.state is State.GIVEN and consent.expires_on is not None and consent.expires_on < today:
        return Standing.EXPIRED
    return Standing(consent.state.value)


def standing(answers: Iterable[Consent], today: date) -> Standing:
    """What answers to the same purpose and scope mean together: those not replaced count, the strictest stands."""
    kept = [answer for answer in answers if not answer.gone]
    found = {standing_of(answer, today) for answer in _unreplaced(kept)}
    return next((word for word in STRICTEST if word in found), Standing.NOT_ASKED)


def permits(answers: Iterable[Consent], purpose: Purpose, scope: str | None, today: date) -> bool:
    """Whether a client's answers allow a purpose. A withdrawn P1 or a general withdrawal stops everything under it.

    A referral needs its own consent; for other purposes the answer for the scope counts, else the general one.
    """
    mine = list(answers)
    if _under(mine, Purpose.RECORD, "", today) is Standing.WITHDRAWN:
        return False
    general = _under(mine, purpose, "", today)
    if not scope:
        return general is Standing.GIVEN
    special = _under(mine, purpose, scope, today)
    if general is Standing.WITHDRAWN:
        return False
    if special is Standing.NOT_ASKED and purpose is not Purpose.REFERRAL:
        return general is Standing.GIVEN
    return special is Standing.GIVEN


def standings(answers: list[Consent], today: date) -> Mapping[Purpose, Standing]:
    """For each purpose the standing general answer; a referral is given when one referral's consent stands."""
    table = {purpose: _under(answers, purpose, "", today) for purpose in Purpose}
    if table[Purpose.REFERRAL] is Standing.NOT_ASKED:
        scopes = {answer.scope for answer in answers if answer.purpose is Purpose.REFERRAL}
        found = {_under(answers, Purpose.REFERRAL, scope, today) for scope in scopes}
        table[Purpose.REFERRAL] = next((word for word in reversed(STRICTEST) if word in found), Standing.NOT_ASKED)
    return table


def _unreplaced(answers: list[Consent]) -> list[Consent]:
    replaced = {uuid for answer in answers for uuid in answer.replaces}
    return [answer for answer in answers if answer.uuid not in replaced]


def _under(answers: list[Consent], purpose: Purpose, scope: str, today: date) -> Standing:
    return standing((answer for answer in answers if answer.purpose is purpose and answer.scope == scope), today)


# -- Actions


@needs(May.COUNSEL)
def ask(session: Session, *, client: str, purpose: Purpose, said: Said, by: str, on: date, scope: str = "") -> Consent:
    """Keeps an answer in place of the one standing for this purpose and scope. Raises Invalid field by field."""
    wrong = problems(purpose, said, on)
    if purpose is Purpose.REFERRAL and said.state is State.GIVEN and not scope:
        wrong["scope"] = Problem(N_("Name the service she is referred to: each referral has its own consent."))
    if wrong:
        raise Invalid(**wrong)
    before = _heads(session, client, purpose, scope)
    answer = Consent(
        client=client,
        purpose=purpose,
        scope=scope,
        asked_by=by,
        given_on=on,
        replaces=tuple(answer.uuid for answer in before),
        **vars(said),
    )
    return added(session, answer)


@needs(May.COUNSEL)
def withdraw(session: Session, consent: Consent, *, on: date, by: str, reason: str = "") -> Consent:
    """Withdraws a consent from a day on. The record stays; what leaves later is stopped."""
    if consent.state is not State.GIVEN:
        raise MrcError(N_("Only a consent that was given can be withdrawn."))
    if on < consent.given_on:
        raise Invalid(on=N_("It cannot be withdrawn before it was given."))
    consent.state, consent.withdrawn_on, consent.withdrawn_by = State.WITHDRAWN, on, by
    consent.reason = reason.strip()
    return added(session, consent)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Consent]:
    """Every answer a client gave, oldest first."""
    chosen = select(Consent).where(Consent.client == client, col(Consent.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Consent.given_on), col(Consent.id))))


@needs(May.SEE_NAMES)
def matrix(session: Session, client: str, today: date) -> Mapping[Purpose, Standing]:
    """For each purpose what holds today of a client's answers."""
    return standings(of_client(session, client), today)


@needs(May.SEE_NAMES)
def allows(session: Session, client: str, purpose: Purpose, scope: str | None = None, *, today: date) -> bool:
    """Whether the client's consents allow a purpose today."""
    return permits(of_client(session, client), purpose, scope, today)


def _heads(session: Session, client: str, purpose: Purpose, scope: str) -> list[Consent]:
    answers = of_client(session, client)
    return _unreplaced([answer for answer in answers if answer.purpose is purpose and answer.scope == scope])
