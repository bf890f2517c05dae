"""Clients: the people who come (form F1). One name to call her by is enough; the rest is asked when it is needed.

Nothing here blocks a service: an empty sex stays "not stated", a status "not asked". The words are in client_words,
births in client_births, what a field may hold in client_fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars import Calendar
from mrc_app.casework import client_births, client_keys, consents
from mrc_app.casework.client_births import Age, AgeBand, Basis, Birth, KnownAs, Minor
from mrc_app.casework.client_fields import checked
from mrc_app.casework.client_words import (
    Answer,
    Disability,
    Education,
    HeardOf,
    Kind,
    Marital,
    Paper,
    Reading,
    Sex,
    Stage,
    Status,
)
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.numbers import next_number
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words: see client_words

# -- Record


class Client(Record, table=True):
    """A person the centre works with. ``fears_own_state`` is never printed: it only leaves lines out."""

    subject: ClassVar[str | None] = "uuid"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "birth": (
            "birth",
            "birth_first",
            "birth_last",
            "birth_given",
            "birth_calendar",
            "birth_known_as",
            "birth_basis",
            "birth_estimated",
        ),
        "phone": (
            "phone",
            "phone_typed",
            "phone_whose",
            "may_call",
            "may_message",
            "who_may_answer",
            "safe_hours",
            "cover_text",
            "phone_private",
        ),
        "id": ("id_type", "id_last4", "id_expiry"),
        "passport": ("passport", "passport_expiry"),
        "emergency": ("emergency_name", "emergency_phone", "emergency_relation"),
        "union": ("union_member", "union_name"),
    }
    __table_args__ = checks(
        sex=Sex,
        birth_calendar=Calendar,
        birth_known_as=KnownAs,
        birth_basis=Basis,
        may_call=Answer,
        may_message=Answer,
        phone_private=Answer,
        can_read=Reading,
        interpreter=Answer,
        kind=Kind,
        stage=Stage,
        status=Status,
        education=Education,
        marital=Marital,
        disability=Disability,
        heard_of=HeardOf,
        id_type=Paper,
        union_member=Answer,
        fears_own_state=Answer,
    )

    number: str = Field(index=True)
    call_name: str
    given: str = ""
    father: str = ""
    grandfather: str = ""
    native: str = ""
    other_names: str = ""
    sex: Sex = word_column(Sex, Sex.NOT_STATED)

    birth: str | None = None
    birth_first: date | None = None
    birth_last: date | None = None
    birth_given: str = ""
    birth_calendar: Calendar | None = word_column(Calendar)
    birth_known_as: KnownAs | None = word_column(KnownAs)
    birth_basis: Basis | None = word_column(Basis)
    birth_estimated: bool = False

    phone: str = ""
    phone_typed: str = ""
    phone_whose: str = ""
    may_call: Answer = word_column(Answer, Answer.NOT_ASKED)
    may_message: Answer = word_column(Answer, Answer.NOT_ASKED)
    who_may_answer: str = ""
    safe_hours: str = ""
    cover_text: str = ""
    phone_private: Answer = word_column(Answer, Answer.NOT_ASKED)

    language: str = ""
    speaks: tuple[str, ...] = texts_column()
    can_read: Reading = word_column(Reading, Reading.NOT_ASKED)
    interpreter: Answer = word_column(Answer, Answer.NOT_ASKED)

    nationality: str = ""
    second_nationality: str = ""
    origin_country: str = ""
    origin_admin1: str = ""
    district: str = ""
    place: str = ""
    location_country: str = ""
    location_place: str = ""

    kind: Kind = word_column(Kind, Kind.NOT_STATED)
    stage: Stage = word_column(Stage, Stage.NOT_STATED)
    status: Status = word_column(Status, Status.NOT_ASKED)
    education: Education | None = word_column(Education)
    occupation: str = ""
    occupation_abroad: str = ""
    marital: Marital | None = word_column(Marital)
    dependants: int | None = None
    disability: Disability = word_column(Disability, Disability.NOT_ASKED)
    heard_of: HeardOf | None = word_column(HeardOf)

    id_type: Paper | None = word_column(Paper)
    id_last4: str = ""
    id_expiry: date | None = None
    passport: str = ""
    passport_expiry: date | None = None
    union_member: Answer = word_column(Answer, Answer.NOT_ASKED)
    union_name: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    emergency_relation: str = ""
    fears_own_state: Answer = word_column(Answer, Answer.NOT_ASKED)
    note: str = ""
    registered_on: date
    registered_by: str

    def shown_as(self) -> str:
        """Her name in lists."""
        return full_name(self)

    def search_text(self) -> str:
        """What she can be found by: number, every name, phone digits, district, the end of a paper's number."""
        names = (self.call_name, self.given, self.father, self.grandfather, self.native, self.other_names)
        return " ".join(filter(None, (self.number, *names, self.phone, self.district, self.place, self.id_last4)))

    def match_keys(self) -> set[str]:
        """The keys under which she is found by somebody who types her another way."""
        return client_keys.keys(as_person(self))


@dataclass(frozen=True)
class SafeContact:
    """How she may be reached, and what to say so that nobody learns why the centre calls."""

    phone: str
    whose: str
    may_call: Answer
    may_message: Answer
    who_may_answer: str
    safe_hours: str
    cover_text: str
    private: Answer


# -- Rules


def born(client: Client) -> Birth | None:
    """Her birth as it was told; None when nothing is known."""
    if client.birth_first is None or client.birth_last is None:
        return None
    return Birth(
        first=client.birth_first,
        last=client.birth_last,
        given=client.birth_given,
        calendar=client.birth_calendar or Calendar.GREGORIAN,
        known_as=client.birth_known_as or KnownAs.DAY,
        basis=client.birth_basis or Basis.STATED,
        estimated=client.birth_estimated,
    )


def age(client: Client, today: date) -> Age | None:
    """Her age on a day, with the least and the most it can be; None when nothing is known."""
    birth = born(client)
    return None if birth is None else client_births.age(birth, today)


def age_band(client: Client, today: date) -> AgeBand:
    """Her age band on a day."""
    return client_births.band(born(client), today)


def minor(client: Client, today: date) -> Minor:
    """Whether she is under 18: certainly, possibly, no, or not known."""
    return client_births.minor(born(client), today)


def as_person(client: Client) -> client_keys.Person:
    """What she is compared by with somebody about to be registered."""
    names = (client.given, client.father, client.grandfather, client.native, client.call_name, client.other_names)
    return client_keys.person(
        names,
        sex=client.sex,
        birth=born(client),
        phone=client.phone,
        district=client.district,
        passport=client.passport,
    )


def full_name(client: Client) -> str:
    """Given, father's and grandfather's name as far as known; without a given one the name to call her by."""
    return " ".join(filter(None, (client.given or client.call_name, client.father, client.grandfather)))


def first_name(client: Client) -> str:
    """The one name a guide's cover may carry."""
    return (client.given or client.call_name).split()[0]


def safe_contact(client: Client) -> SafeContact | None:
    """How to reach her; None without a phone."""
    if not client.phone:
        return None
    return SafeContact(
        phone=client.phone,
        whose=client.phone_whose,
        may_call=client.may_call,
        may_message=client.may_message,
        who_may_answer=client.who_may_answer,
        safe_hours=client.safe_hours,
        cover_text=client.cover_text,
        private=client.phone_private,
    )


WANTED = {
    "language": N_("language for her guide"),
    "sex": N_("sex"),
    "birth": N_("birth or age"),
    "origin_country": N_("country of origin"),
    "phone": N_("phone and how to call safely"),
    "emergency_name": N_("someone to call in an emergency"),
}


def missing(client: Client) -> dict[str, str]:
    """What a printed guide would still like to know: field → message id. Nothing here is ever demanded."""
    empty = (None, "", Sex.NOT_STATED)
    return {field: label for field, label in WANTED.items() if getattr(client, field) in empty}


def from_fields(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Keywords for ``register`` from a FIELDS document; unknown keys are refused by name. She is called by her
    given or native name."""
    known = ("given", "father", "grandfather", "native", "sex", "birth", "phone", "district", "passport")
    strange = [key for key in typed if key not in known]
    if strange:
        raise Invalid(**{key: Problem(N_("There is no field “{field}”."), {"field": key}) for key in strange})
    return {"call_name": str(typed.get("given") or typed.get("native") or "").strip(), **typed}


# -- Actions

NAMELESS = N_("A name to call her by is needed. It need not be her real name.")


@needs(May.REGISTER)
def register(
    session: Session,
    *,
    desk_code: str,
    by: str,
    on: date,
    call_name: str,
    record: consents.Said,
    statistics: consents.Said | None = None,
    home: str = "",
    **typed: Any,
) -> Client:
    """Registers a client with her answers to P1 (keep a record) and P6 (anonymous statistics).

    ``statistics`` None was not asked; ``home`` is the centre's country. Raises MrcError when she refuses a record, else
    Invalid field by field.
    """
    consents.must_keep_record(record)
    answers = {consents.Purpose.RECORD: record}
    if statistics is not None:
        answers[consents.Purpose.STATISTICS] = statistics
    columns = checked({"call_name": call_name, **typed}, on=on, home=home)
    wrong = _answers_wrong(answers, on)
    if not columns["call_name"]:
        wrong["call_name"] = Problem(NAMELESS)
    if wrong:
        raise Invalid(**wrong)
    number = next_number(session, desk_code, on.year)
    client = Client(number=number, registered_on=on, registered_by=by, **columns)
    session.add(client)
    session.flush()
    for purpose, said in answers.items():
        consents.ask(session, client=client.uuid, purpose=purpose, said=said, by=by, on=on)
    return client


@needs(May.AMEND)
def amend(session: Session, client: Client, *, changes: Mapping[str, Any], on: date, home: str = "") -> Client:
    """Changes fields, named as in ``register``. Raises Invalid field by field; then nothing is changed."""
    columns = checked(changes, on=on, home=home)
    if "call_name" in columns and not columns["call_name"]:
        raise Invalid(call_name=NAMELESS)
    for column, value in columns.items():
        if getattr(client, column) != value:
            setattr(client, column, value)
    return added(session, client)


def _answers_wrong(answers: Mapping[consents.Purpose, consents.Said], on: date) -> dict[str, Problem]:
    """Problems of the two answers: "record_how", "statistics_certified_by" and the like."""
    return {
        f"{purpose.value}_{field}": problem
        for purpose, said in answers.items()
        for field, problem in consents.problems(purpose, said, on).items()
    }


# -- Questions


@needs(May.SEE_NAMES)
def by_number(session: Session, number: str) -> Client:
    """The client with a number. Raises MrcError when nobody has it."""
    chosen = select(Client).where(Client.number == number.strip(), col(Client.gone).is_(False))
    found = session.exec(chosen.order_by(Client.uuid)).first()
    if found is None:
        raise MrcError(N_("There is no client with the number {number}."), number=number)
    return found


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Client:
    """The client with an identity. Raises MrcError when the desk has none, or this officer may not see her."""
    found = session.exec(select(Client).where(Client.uuid == uuid)).first()
    if found is None:
        raise MrcError(N_("This client is not on this desk."))
    return found
