"""Requests by authorities: who asked for what, on which ground, and what was answered. Nothing is given unasked.

Nothing leaves without a request in writing and a supervisor's decision; a refusal is written down like a gift.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.client_words import Answer
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words


class Decision(Labelled):
    """What a supervisor decided."""

    OPEN = "open", N_("not decided yet")
    REFUSED = "refused", N_("nothing is given")
    PARTLY = "partly", N_("a part is given")
    GIVEN = "given", N_("given as asked")


# -- Record


class Request(Record, table=True):
    """What an authority asked for and what it was given. ``client`` is empty where it asked about nobody."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "decision": ("decision", "reason", "decided_on", "decided_by"),
        "given": ("given", "given_on", "given_by"),
    }
    __table_args__ = checks(in_writing=Answer, decision=Decision)

    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    authority: str
    person: str = ""
    basis: str = ""
    in_writing: Answer = word_column(Answer, Answer.NOT_ASKED)
    asked: str
    asked_on: date = Field(index=True)
    noted_by: str
    decision: Decision = word_column(Decision, Decision.OPEN)
    reason: str = ""
    decided_on: date | None = None
    decided_by: str | None = None
    given: str = ""
    given_on: date | None = None
    given_by: str | None = None


# -- Rules

REQUEST: dict[str, fields.Check] = {
    **dict.fromkeys(("authority", "person", "basis"), fields.text),
    "in_writing": fields.word(Answer),
    "asked": fields.long_text,
    "asked_on": fields.day,
}
ONLY_WRITTEN = N_("Nothing is given without a request in writing. Ask for it; note here when it came.")
NOT_DECIDED = N_("A supervisor has not decided that anything is given.")


def may_give(request: Request) -> Problem | None:
    """Why nothing may be given for a request yet; None when it may."""
    if request.in_writing is not Answer.YES:
        return Problem(ONLY_WRITTEN)
    if request.decision not in (Decision.PARTLY, Decision.GIVEN):
        return Problem(NOT_DECIDED)
    return None


# -- Actions


@needs(May.NOTE_REQUEST)
def note(session: Session, *, by: str, on: date, client: str | None = None, **typed: Any) -> Request:
    """Writes a request down: authority, person, basis, in_writing, asked, asked_on. Raises Invalid field by field."""
    kept = {"asked_on": on} | {name: value for name, value in fields.checked(REQUEST, typed).items() if value}
    wrong = {name: Problem(N_("Write something here.")) for name in ("authority", "asked") if not kept.get(name)}
    if kept["asked_on"] > on:
        wrong["asked_on"] = Problem(N_("This day is still to come."))
    if wrong:
        raise Invalid(**wrong)
    return added(session, Request(client=client or None, noted_by=by, **kept))


@needs(May.NOTE_REQUEST)
def came_in_writing(session: Session, request: Request) -> Request:
    """Notes that the request has come in writing."""
    request.in_writing = Answer.YES
    return added(session, request)


@needs(May.DECIDE_REQUEST)
def decide(session: Session, request: Request, *, decision: Decision | str, reason: str, on: date, by: str) -> Request:
    """A supervisor's decision, with its reason. To give something the request must be in writing. Raises Invalid."""
    checked = {"decision": fields.word(Decision), "reason": fields.long_text}
    kept = fields.checked(checked, {"decision": decision, "reason": reason})
    wrong: dict[str, Problem] = {}
    if kept["decision"] in (Decision.PARTLY, Decision.GIVEN) and request.in_writing is not Answer.YES:
        wrong["decision"] = Problem(ONLY_WRITTEN)
    if kept["decision"] is Decision.OPEN:
        wrong["decision"] = Problem(N_("Choose what is decided."))
    if not kept["reason"]:
        wrong["reason"] = Problem(N_("Write the reason: it may be asked for in years."))
    if wrong:
        raise Invalid(**wrong)
    if request.given_on is not None:
        raise MrcError(N_("What was asked for has been given already."))
    request.decision, request.reason = kept["decision"], kept["reason"]
    request.decided_on, request.decided_by = on, by
    return added(session, request)


@needs(May.NOTE_REQUEST)
def give(session: Session, request: Request, *, given: str, on: date, by: str) -> Request:
    """Writes down what was given, and when. Refused without a request in writing and a supervisor's decision."""
    stop = may_give(request)
    if stop is not None:
        raise MrcError(stop.message)
    said = fields.long_text("given", given)
    if not said:
        raise Invalid(given=N_("Write what was given."))
    request.given, request.given_on, request.given_by = said, on, by
    return added(session, request)


# -- Questions


@needs(May.SEE_NAMES)
def register(session: Session) -> list[Request]:
    """Every request, the latest first."""
    chosen = select(Request).where(col(Request.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Request.asked_on).desc(), col(Request.id).desc())))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Request:
    """One request. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Request).where(Request.uuid == uuid, col(Request.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This request is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def about(session: Session, client: str) -> list[Request]:
    """The requests about one client, the latest first."""
    return [request for request in register(session) if request.client == client]
