"""Skills: what she can do, the courses she takes, and the recognition of what she learned (forms F8 and F9, RPL).

Occupations are ISCO-08 codes. A job below what she is qualified for is hinted, never forbidden: the choice is hers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.skill_words import Level, Recognised, SkillKind, TrainingKind, TrainingState
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see skill_words

# -- Record


class Skill(Record, table=True):
    """Something she can do. ``years`` of practice; ``learned_country`` where she learned it (ISO 3166-1); ``noted_on``:
    the day it was asked and written down."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"what": ("kind", "isco", "title"), "term": ("since", "until")}
    __table_args__ = checks(kind=SkillKind, level=Level, paper_seen=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    kind: SkillKind = word_column(SkillKind, SkillKind.OTHER)
    isco: str = ""
    title: str = ""
    level: Level = word_column(Level, Level.NOT_ASKED)
    years: int | None = None
    learned_country: str = ""
    workplace: str = ""
    since: date | None = None
    until: date | None = None
    paper_seen: Answer = word_column(Answer, Answer.NOT_ASKED)
    number_last4: str = ""
    noted_on: date | None = None
    note: str = ""


class Training(Record, table=True):
    """A course. ``hours`` in all; a certificate's number by its last four characters."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "term": ("since", "until"),
        "state": ("state", "certified_on", "number_last4"),
    }
    __table_args__ = checks(kind=TrainingKind, state=TrainingState)

    client: str = Field(foreign_key="client.uuid", index=True)
    kind: TrainingKind = word_column(TrainingKind, TrainingKind.OTHER)
    course: str = ""
    provider: str = ""
    hours: int | None = None
    since: date | None = Field(default=None, index=True)
    until: date | None = None
    state: TrainingState = word_column(TrainingState, TrainingState.PLANNED)
    certified_on: date | None = None
    number_last4: str = ""
    note: str = ""


class Recognition(Record, table=True):
    """Recognition of prior learning: an occupation, who assessed it, at which level, with which result."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "what": ("isco", "occupation"),
        "result": ("result", "level", "assessed_on", "number_last4"),
    }
    __table_args__ = checks(result=Recognised)

    client: str = Field(foreign_key="client.uuid", index=True)
    isco: str = ""
    occupation: str = ""
    assessor: str = ""
    asked_on: date | None = None
    result: Recognised = word_column(Recognised, Recognised.PENDING)
    level: str = ""
    assessed_on: date | None = None
    number_last4: str = ""
    note: str = ""


Kept = TypeVar("Kept", Skill, Training, Recognition)

# -- Rules

NOTES: dict[str, fields.Check] = {"note": fields.long_text, "number_last4": fields.last4}
SKILL: dict[str, fields.Check] = {
    **NOTES,
    "kind": fields.word(SkillKind),
    "isco": fields.isco,
    "level": fields.word(Level),
    "years": fields.whole(0, 70),
    "learned_country": fields.country,
    "paper_seen": fields.word(Answer),
    **dict.fromkeys(("title", "workplace"), fields.text),
    **dict.fromkeys(("since", "until", "noted_on"), fields.day),
}
TRAINING: dict[str, fields.Check] = {
    **NOTES,
    "kind": fields.word(TrainingKind),
    "hours": fields.whole(1, 5000),
    "state": fields.word(TrainingState),
    **dict.fromkeys(("course", "provider"), fields.text),
    **dict.fromkeys(("since", "until", "certified_on"), fields.day),
}
RECOGNITION: dict[str, fields.Check] = {
    **NOTES,
    "isco": fields.isco,
    "result": fields.word(Recognised),
    **dict.fromkeys(("occupation", "assessor", "level"), fields.text),
    **dict.fromkeys(("asked_on", "assessed_on"), fields.day),
}
NEEDED = {Skill: "title", Training: "course", Recognition: "occupation"}
CHECKS: dict[type[Record], dict[str, fields.Check]] = {Skill: SKILL, Training: TRAINING, Recognition: RECOGNITION}
LEVELS = {"0": 0, "1": 3, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1}
"""ISCO-08 skill level by major group; managers count as 3, armed forces as not comparable ([R], facts.md §7)."""
BELOW = N_("This work asks for less than she is qualified for ({held} beside {offered}). The choice is hers.")


def checked(kind: type[Record], typed: Mapping[str, Any], kept: Record | None = None) -> dict[str, Any]:
    """The columns for what was typed. Raises Invalid field by field, also for dates in the wrong order."""
    columns = fields.checked(CHECKS[kind], typed)
    needed = NEEDED[kind]
    after = {name: columns.get(name, getattr(kept, name, None)) for name in (needed, "since", "until")}
    wrong: dict[str, Problem] = {}
    if not after[needed]:
        wrong[needed] = Problem(N_("Write something here."))
    if after["since"] and after["until"] and after["until"] < after["since"]:
        wrong["until"] = Problem(N_("The end would come before the start."))
    if wrong:
        raise Invalid(**wrong)
    return columns


def below_her_skill(job_isco: str, held: Iterable[str]) -> Problem | None:
    """The hint that a job asks for less than the best she holds; None when it does not, or cannot be told."""
    offered = LEVELS.get(job_isco[:1], 0)
    best = max((code for code in held if code), key=lambda code: LEVELS.get(code[:1], 0), default="")
    if not offered or LEVELS.get(best[:1], 0) <= offered:
        return None
    return Problem(BELOW, {"held": best, "offered": job_isco})


def held_codes(skills: Iterable[Skill], recognised: Iterable[Recognition]) -> list[str]:
    """The occupations she is known for: told as skills, or recognised in full."""
    told = [one.isco for one in skills if one.isco]
    return told + [one.isco for one in recognised if one.isco and one.result is Recognised.FULL]


# -- Actions


@needs(May.COUNSEL)
def keep(session: Session, *, client: str, **typed: Any) -> Skill:
    """A skill, written down. Raises Invalid field by field."""
    return added(session, Skill(client=client, **checked(Skill, {"title": "", **typed})))


@needs(May.COUNSEL)
def train(session: Session, *, client: str, **typed: Any) -> Training:
    """A course, written down. Raises Invalid field by field."""
    return added(session, Training(client=client, **checked(Training, {"course": "", **typed})))


@needs(May.COUNSEL)
def recognise(session: Session, *, client: str, **typed: Any) -> Recognition:
    """A recognition asked for or given. Raises Invalid field by field."""
    return added(session, Recognition(client=client, **checked(Recognition, {"occupation": "", **typed})))


@needs(May.COUNSEL)
def amend(session: Session, record: Kept, *, changes: Mapping[str, Any]) -> Kept:
    """Changes fields of a skill, a course or a recognition. Raises Invalid; then nothing is changed."""
    for column, value in checked(type(record), changes, record).items():
        if getattr(record, column) != value:
            setattr(record, column, value)
    return added(session, record)


@needs(May.COUNSEL)
def take_back(session: Session, record: Kept) -> Kept:
    """Takes back what was written by mistake; the journal keeps it."""
    record.gone = True
    return added(session, record)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Skill]:
    """A client's skills, as they were written down."""
    return _own(session, Skill, client)


@needs(May.SEE_NAMES)
def trainings(session: Session, client: str) -> list[Training]:
    """A client's courses, as they were written down."""
    return _own(session, Training, client)


@needs(May.SEE_NAMES)
def recognitions(session: Session, client: str) -> list[Recognition]:
    """A client's recognitions, as they were written down."""
    return _own(session, Recognition, client)


@needs(May.SEE_NAMES)
def by_uuid(session: Session, kind: type[Kept], uuid: str) -> Kept:
    """One skill, course or recognition. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(kind).where(col(kind.uuid) == uuid, col(kind.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This is not on this desk."))
    return found


def _own(session: Session, kind: type[Kept], client: str) -> list[Kept]:
    chosen = select(kind).where(col(kind.client) == client, col(kind.gone).is_(False)).order_by(col(kind.id))
    return list(session.exec(chosen))
