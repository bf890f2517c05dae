"""Grievances: cases. One case, one or many complainants, one or many respondents; a number and a neutral title.

A case is about many people, so it is a subject of its own: ``Grievance`` and whatever belongs to the whole case
(respondents, events, hearings, deadlines) has the subject ``grievance``; what belongs to one person of it (her place
in the case, her claim, her outcome) carries ``client`` and ``grievance``. A column called ``grievance`` is enough for
a record to be hidden, sealed and erased with its case.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Against, Because, Code, LodgedBy, Outcome, State, Step
from mrc_app.store.records import Record, checks, word_column, words_column

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
