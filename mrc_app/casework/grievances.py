"""Grievances: cases. One case, one or many complainants, one or many respondents; a number and a neutral title.

A case is about many people, so it is a subject of its own: ``Grievance`` and whatever belongs to the whole case
(respondents, events, hearings, deadlines) has the subject ``grievance``; what belongs to one person of it (her place
in the case, her claim, her outcome) carries ``client`` and ``grievance``. A column called ``grievance`` is enough for
a record to be hidden, sealed and erased with its case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import clients, consents, duplicates, fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.casework.grievance_words import Against, Because, Code, LodgedBy, Outcome, State, Step
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store import restrictions
from mrc_app.store.folding import fold
from mrc_app.store.numbers import next_number
from mrc_app.store.officers import Officer
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, may, needs

# -- Words: see grievance_words

# -- Record


class Grievance(Record, table=True):
    """A case. ``title`` is neutral: it stands on the screen, in lists and in file names. How far it has come stands
    only in its events."""

    subject: ClassVar[str | None] = "uuid"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "danger": ("danger", "in_the_room", "safe_to_talk", "danger_asked_on", "danger_asked_by"),
        "lodged": ("lodged_through", "lodger", "lodger_is"),
        "incident": ("step", "country", "place"),
    }
    __table_args__ = checks(danger=Answer, safe_to_talk=Answer, step=Step, lodged_through=LodgedBy, asylum=Answer)

    number: str = Field(index=True)
    title: str = ""
    categories: tuple[Code, ...] = words_column(Code)
    step: Step = word_column(Step, Step.NOT_STATED)
    country: str = ""
    place: str = ""
    danger: Answer = word_column(Answer, Answer.NOT_ASKED)
    in_the_room: str = ""
    safe_to_talk: Answer = word_column(Answer, Answer.NOT_ASKED)
    danger_asked_on: date | None = None
    danger_asked_by: str | None = None
    lodged_on: date = Field(index=True)
    lodged_through: LodgedBy = word_column(LodgedBy, LodgedBy.HERSELF)
    lodger: str = ""
    lodger_is: str = ""
    asylum: Answer = word_column(Answer, Answer.NOT_ASKED)
    note: str = ""
    taken_by: str


class Complainant(Record, table=True):
    """One person of a case. ``consent`` is the uuid of her consent to take up the complaint (purpose P4)."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "outcome": ("outcome", "outcome_on", "outcome_because", "outcome_note", "outcome_by"),
    }
    __table_args__ = checks(outcome=Outcome, outcome_because=Because)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    since: date
    consent: str | None = Field(default=None, foreign_key="consent.uuid")
    outcome: Outcome = word_column(Outcome, Outcome.OPEN)
    outcome_on: date | None = None
    outcome_because: Because | None = word_column(Because)
    outcome_note: str = ""
    outcome_by: str | None = None


class Respondent(Record, table=True):
    """Whom a case is against. ``recruiter``: the uuid of the recruiter's record, where the desk keeps one."""

    subject: ClassVar[str | None] = "grievance"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"where": ("country", "address")}
    __table_args__ = checks(against=Against)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    name: str
    against: Against = word_column(Against, Against.EMPLOYER)
    recruiter: str | None = Field(default=None, foreign_key="recruiter.uuid", index=True)
    country: str = ""
    address: str = ""
    note: str = ""


class GrievanceEvent(Record, table=True):
    """One dated step of a case. Never overwritten: a mistake is followed by another event. ``n`` orders events of one
    day."""

    subject: ClassVar[str | None] = "grievance"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"step": ("state", "on", "n", "because", "note")}
    __table_args__ = checks(state=State, because=Because)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    state: State = word_column(State, State.INTAKE)
    on: date
    n: int = 0
    by: str
    because: Because | None = word_column(Because)
    note: str = ""


# -- Rules

TYPED: dict[str, fields.Check] = {
    "title": fields.text,
    "categories": fields.words(Code),
    "step": fields.word(Step),
    "country": fields.country,
    "place": fields.text,
    "in_the_room": fields.text,
    "danger": fields.word(Answer),
    "safe_to_talk": fields.word(Answer),
    "lodged_on": fields.day,
    "lodged_through": fields.word(LodgedBy),
    "lodger": fields.text,
    "lodger_is": fields.text,
    "asylum": fields.word(Answer),
    "note": fields.long_text,
}
ONLY_NAMED = frozenset({Code.E15})
"""What is kept from all but named officers from the first moment (facts collection §3.1)."""
NOBODY = N_("Choose at least one person whose case this is.")
NAMES_HER = N_("The title stands on screens and papers: write it without a name.")
NAME_OFFICERS = N_("This kind of complaint is kept for named officers: choose who may see it.")
TWO = N_("Name two officers: with one alone the case is lost when she is away.")


def shown_title(grievance: Grievance) -> str:
    """The case's own title, else its number: never a name, never what happened."""
    return grievance.title or grievance.number


def names_somebody(title: str, people: Iterable[Client]) -> bool:
    """Whether a title carries a name of one of the complainants."""
    said = set(fold(title).split())
    return any(
        len(part) > 2 and part in said
        for person in people
        for name in (person.call_name, person.given, person.father, person.grandfather, person.native)
        for part in fold(name).split()
    )


def embassy_allowed(fears: Answer, flags: Iterable[Answer]) -> bool:
    """Whether the embassy of her own country may stand in guides, cards, letters and referrals: not when she is known
    to fear her own state, nor when one of her cases carries the asylum flag."""
    return fears is not Answer.YES and Answer.YES not in set(flags)


def must_be_restricted(categories: Iterable[Code]) -> bool:
    """Whether a case of these codes is for named officers only."""
    return not ONLY_NAMED.isdisjoint(categories)


# -- Actions


@needs(May.COUNSEL)
def lodge(
    session: Session,
    *,
    desk_code: str,
    by: str,
    on: date,
    people: Sequence[str],
    officers: Sequence[str] = (),
    since: str = "",
    **typed: Any,
) -> Grievance:
    """Opens a case for its complainants (uuids of clients), with its first event.

    ``officers`` keeps it from everybody else from ``since`` (a UTC instant) on. Raises Invalid field by field.
    """
    kept = fields.checked(TYPED, typed)
    wrong: dict[str, Problem] = {}
    found = persons(session, people)
    if not found:
        wrong["people"] = Problem(NOBODY)
    wrong |= _wrong(kept, found, officers=officers)
    lodged = kept.pop("lodged_on", None) or on
    if lodged > on:
        wrong["lodged_on"] = Problem(N_("This day is still to come."))
    if wrong:
        raise Invalid(**wrong)
    if kept.get("danger", Answer.NOT_ASKED) is not Answer.NOT_ASKED:
        kept |= {"danger_asked_on": on, "danger_asked_by": by}
    number = next_number(session, desk_code, on.year)
    grievance = added(session, Grievance(number=number, lodged_on=lodged, taken_by=by, **kept))
    if officers:
        restrict(session, grievance, officers=officers, since=since)
    for person in found:
        take_in(session, grievance, person, lodged)
    added(session, GrievanceEvent(grievance=grievance.uuid, state=State.INTAKE, on=lodged, by=by))
    return grievance


@needs(May.COUNSEL)
def amend(session: Session, grievance: Grievance, *, changes: Mapping[str, Any]) -> Grievance:
    """Changes what is kept of the case itself, fields as in ``lodge``. Raises Invalid field by field."""
    kept = fields.checked(TYPED, changes)
    found = [person for _one, person in complainants(session, grievance.uuid)]
    named = [officer for one in restrictions.standing(session, grievance.uuid) for officer in one.officers]
    wrong = _wrong(kept, found, officers=named)
    if wrong:
        raise Invalid(**wrong)
    for column, value in kept.items():
        setattr(grievance, column, value)
    return added(session, grievance)


@needs(May.COUNSEL)
def ask_danger(session: Session, grievance: Grievance, *, on: date, by: str, **said: Any) -> Grievance:
    """Keeps the answers of the first screen: danger, in_the_room, safe_to_talk."""
    kept = fields.checked({name: TYPED[name] for name in ("danger", "in_the_room", "safe_to_talk")}, said)
    for column, value in {**kept, "danger_asked_on": on, "danger_asked_by": by}.items():
        setattr(grievance, column, value)
    return added(session, grievance)


@needs(May.RESTRICT)
def restrict(
    session: Session, grievance: Grievance, *, officers: Sequence[str], since: str
) -> restrictions.Restriction:
    """Keeps the case, and all that belongs to it, from everybody not named; its people stay findable.

    Two officers are named where two work with clients. Raises Invalid.
    """
    named = sorted(set(officers))
    if len(named) == 1 and len(_readers(session)) > 1:
        raise Invalid(officers=TWO)
    return restrictions.restrict(session, client=grievance.uuid, officers=named, since=since)


@needs(May.LIFT)
def lift(session: Session, grievance: Grievance, *, at: str) -> None:
    """Opens a case for everybody again. Raises NotAllowed without a restriction she may lift, Invalid for a code that
    asks for one."""
    if must_be_restricted(grievance.categories):
        raise Invalid(categories=NAME_OFFICERS)
    restrictions.lift(session, client=grievance.uuid, at=at)


def _wrong(kept: Mapping[str, Any], people: Sequence[Client], *, officers: Sequence[str]) -> dict[str, Problem]:
    wrong: dict[str, Problem] = {}
    if names_somebody(kept.get("title") or "", people):
        wrong["title"] = Problem(NAMES_HER)
    if must_be_restricted(kept.get("categories") or ()) and not officers:
        wrong["officers"] = Problem(NAME_OFFICERS)
    lodged_through = kept.get("lodged_through", LodgedBy.HERSELF)
    if lodged_through is not LodgedBy.HERSELF and not kept.get("lodger"):
        wrong["lodger"] = Problem(N_("Write who lodges the complaint."))
    return wrong


@needs(May.SEE_NAMES)
def persons(session: Session, uuids: Iterable[str]) -> list[Client]:
    """The clients, each person once."""
    found: dict[str, Client] = {}
    for uuid in uuids:
        found.setdefault(duplicates.shown(session, uuid), clients.by_uuid(session, uuid))
    return list(found.values())


@needs(May.COUNSEL)
def take_in(session: Session, grievance: Grievance, person: Client, since: date) -> Complainant:
    """A person's place in a case, with her consent to take the complaint up where she gave one."""
    agreed = [
        answer
        for answer in consents.of_client(session, person.uuid)
        if answer.purpose is consents.Purpose.COMPLAINT
        and answer.state is consents.State.GIVEN
        and answer.scope in ("", grievance.uuid)
    ]
    consent = agreed[-1].uuid if agreed else None
    return added(session, Complainant(client=person.uuid, grievance=grievance.uuid, since=since, consent=consent))


def _readers(session: Session) -> list[Officer]:
    active = session.exec(select(Officer).where(col(Officer.active).is_(True), col(Officer.gone).is_(False)))
    return [one for one in active if may(one.role, May.SEE_NAMES)]


# -- Questions

NO_CASE = N_("There is no case with the number {number}.")


@needs(May.SEE_NAMES)
def by_number(session: Session, number: str) -> Grievance:
    """The case with a number. Raises MrcError when there is none that this officer may see."""
    chosen = select(Grievance).where(Grievance.number == number.strip(), col(Grievance.gone).is_(False))
    found = session.exec(chosen.order_by(Grievance.uuid)).first()
    if found is None:
        raise MrcError(NO_CASE, number=number)
    return found


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Grievance:
    """The case with an identity. Raises MrcError when this officer may not see it."""
    found = session.exec(select(Grievance).where(Grievance.uuid == uuid, col(Grievance.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This case is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Grievance]:
    """The cases of a person, under whichever of her records, the latest first."""
    mine = select(Complainant.grievance).where(
        col(Complainant.client).in_(duplicates.members(session, client)), col(Complainant.gone).is_(False)
    )
    chosen = select(Grievance).where(col(Grievance.uuid).in_(mine), col(Grievance.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Grievance.lodged_on).desc(), col(Grievance.id).desc())))


@needs(May.SEE_NAMES)
def complainants(
    session: Session, grievance: str, after: int = 0, limit: int | None = None
) -> list[tuple[Complainant, Client]]:
    """The people of a case in the order they joined; a page of them after the row ``after`` of this file."""
    chosen = select(Complainant, Client).join(Client, col(Client.uuid) == col(Complainant.client))
    mine = chosen.where(
        Complainant.grievance == grievance, col(Complainant.gone).is_(False), col(Complainant.id) > after
    )
    return [(one, person) for one, person in session.exec(mine.order_by(col(Complainant.id)).limit(limit))]


@needs(May.SEE_NAMES)
def respondents(session: Session, grievance: str) -> list[Respondent]:
    """Whom a case is against."""
    chosen = select(Respondent).where(Respondent.grievance == grievance, col(Respondent.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Respondent.id))))


@needs(May.SEE_NAMES)
def origin_embassy_allowed(session: Session, client: str) -> bool:
    """Whether the embassy of her own country may stand in anything made for this client."""
    person = clients.by_uuid(session, client)
    return embassy_allowed(person.fears_own_state, [case.asylum for case in of_client(session, client)])


@needs(May.SEE_NAMES)
def named_officers(session: Session, grievance: str) -> list[str] | None:
    """The officers (uuids) a case is kept for; None for a case everybody sees."""
    standing = restrictions.standing(session, grievance)
    if not standing:
        return None
    return sorted(set.intersection(*(set(one.officers) for one in standing)))
