"""The people of a case: who joins it, what came of it for each, and whom it is against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from mrc_app.casework import clients, duplicates, fields, grievances
from mrc_app.casework.grievance_words import Against, Because, Outcome
from mrc_app.casework.grievances import Complainant, Grievance, Respondent
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import added
from mrc_app.store.roles import May, needs

# -- Words: see grievance_words

# -- Rules

RESPONDENT: dict[str, fields.Check] = {
    "name": fields.text,
    "against": fields.word(Against),
    "recruiter": fields.text,
    "country": fields.country,
    "address": fields.text,
    "note": fields.long_text,
}
LAST = N_("A case needs at least one person. Close the case instead.")


def outcome_problems(
    outcome: Outcome, on: date | None, because: Because | None, note: str, today: date
) -> dict[str, Problem]:
    """What is wrong with an outcome, field by field."""
    wrong: dict[str, Problem] = {}
    if outcome is not Outcome.OPEN and on is None:
        wrong["on"] = Problem(N_("A day is needed here."))
    if on is not None and on > today:
        wrong["on"] = Problem(N_("This day is still to come."))
    if outcome is Outcome.WITHDRAWN and because is None:
        wrong["because"] = Problem(N_("Choose why it was withdrawn."))
    if because is Because.OTHER and not note:
        wrong["note"] = Problem(N_("Write the reason."))
    return wrong


def tally(people: Iterable[Complainant]) -> dict[Outcome, int]:
    """How many people came to which outcome, in the order of the list; outcomes of nobody are left out."""
    found = [one.outcome for one in people]
    return {outcome: found.count(outcome) for outcome in Outcome if outcome in found}


# -- Actions


@needs(May.COUNSEL)
def join(session: Session, grievance: Grievance, *, people: Sequence[str], on: date) -> list[Complainant]:
    """Adds clients (uuids) to a case; who is in it already is passed over. Raises Invalid when nobody was chosen."""
    wanted = grievances.persons(session, people)
    if not wanted:
        raise Invalid(people=grievances.NOBODY)
    known = {duplicates.shown(session, one.client) for one, _ in grievances.complainants(session, grievance.uuid)}
    new = [person for person in wanted if duplicates.shown(session, person.uuid) not in known]
    if grievances.names_somebody(grievance.title, new):
        raise Invalid(people=grievances.NAMES_HER)
    return [grievances.take_in(session, grievance, person, on) for person in new]


@needs(May.COUNSEL)
def take_out(session: Session, complainant: Complainant) -> None:
    """Takes a person out who was added by mistake; the last one stays. Raises MrcError."""
    if len(grievances.complainants(session, complainant.grievance, limit=2)) < 2:
        raise MrcError(LAST)
    complainant.gone = True
    added(session, complainant)


@needs(May.COUNSEL)
def decide(
    session: Session,
    people: Sequence[Complainant],
    *,
    outcome: Outcome | str,
    on: date | str | None,
    by: str,
    today: date,
    because: Because | str | None = None,
    note: str = "",
) -> list[Complainant]:
    """The same outcome for the people chosen, each with its day; all or nobody. Raises Invalid field by field."""
    checked = {
        "outcome": fields.word(Outcome),
        "on": fields.day,
        "because": fields.word(Because, optional=True),
        "note": fields.long_text,
    }
    kept = fields.checked(checked, {"outcome": outcome, "on": on, "because": because, "note": note})
    wrong = outcome_problems(kept["outcome"], kept["on"], kept["because"], kept["note"], today)
    if not people:
        wrong["people"] = Problem(N_("Choose at least one person."))
    if any(kept["on"] and kept["on"] < one.since for one in people):
        wrong["on"] = Problem(N_("This day is before the complaint of one of them."))
    if wrong:
        raise Invalid(**wrong)
    for one in people:
        one.outcome, one.outcome_on, one.outcome_because = kept["outcome"], kept["on"], kept["because"]
        one.outcome_note, one.outcome_by = kept["note"], by
        session.add(one)
    session.flush()
    return list(people)


@needs(May.COUNSEL)
def against(session: Session, grievance: Grievance, **typed: Any) -> Respondent:
    """Adds somebody the case is against. Raises Invalid field by field."""
    kept = fields.checked(RESPONDENT, typed)
    if not kept.get("name"):
        raise Invalid(name=N_("Write a name, or what is known of it."))
    kept["recruiter"] = kept.get("recruiter") or None
    return added(session, Respondent(grievance=grievance.uuid, **kept))


@needs(May.COUNSEL)
def not_against(session: Session, respondent: Respondent) -> None:
    """Takes a respondent out who was added by mistake."""
    respondent.gone = True
    added(session, respondent)


# -- Questions


@needs(May.SEE_NAMES)
def chosen(session: Session, grievance: str, uuids: Iterable[str]) -> list[Complainant]:
    """The complainants of a case with these identities."""
    wanted = set(uuids)
    return [one for one, _person in grievances.complainants(session, grievance) if one.uuid in wanted]


@needs(May.SEE_NAMES)
def hidden_from(session: Session, people: Iterable[str]) -> list[str]:
    """The names of those who are restricted: their case is seen only by who may see every one of them."""
    from mrc_app.store import restrictions

    return [
        clients.full_name(clients.by_uuid(session, uuid)) for uuid in people if restrictions.standing(session, uuid)
    ]
