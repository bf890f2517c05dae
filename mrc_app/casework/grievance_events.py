"""How far a case has come: dated events, never overwritten; which may follow which, and why another may not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.grievance_words import Because, State
from mrc_app.casework.grievances import Grievance, GrievanceEvent
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import added
from mrc_app.store.roles import May, needs

# -- Words: see grievance_words

# -- Rules

SIDE_EXITS = (State.WITHDRAWN, State.LAPSED, State.REJECTED, State.TRANSFERRED)
ENDED = frozenset({State.CLOSED, *SIDE_EXITS})
_OPENED = (State.ADVICE, State.NEGOTIATION, State.REFERRED, State.FILED)
_TRIED = (State.SETTLED, State.FAILED)
NEXT: dict[State, tuple[State, ...]] = {
    State.INTAKE: (State.ASSESSED,),
    State.ASSESSED: _OPENED,
    State.ADVICE: (State.CLOSED, State.NEGOTIATION, State.REFERRED, State.FILED),
    State.NEGOTIATION: (State.REFERRED, State.FILED, State.MEDIATION, *_TRIED),
    State.REFERRED: (State.NEGOTIATION, State.FILED, State.MEDIATION, *_TRIED, State.ADJUDICATION, State.CLOSED),
    State.FILED: (State.NEGOTIATION, State.MEDIATION, *_TRIED, State.ADJUDICATION),
    State.MEDIATION: (*_TRIED, State.ADJUDICATION),
    State.SETTLED: (State.PAID_PART, State.PAID, State.FILED, State.ADJUDICATION, State.CLOSED),
    State.FAILED: (State.NEGOTIATION, State.REFERRED, State.FILED, State.ADJUDICATION, State.CLOSED),
    State.ADJUDICATION: (State.SETTLED, State.AWARDED),
    State.AWARDED: (State.PAID_PART, State.PAID, State.UNPAID, State.ADJUDICATION),
    State.PAID_PART: (State.PAID, State.UNPAID, State.ADJUDICATION, State.CLOSED),
    State.UNPAID: (State.PAID_PART, State.PAID, State.ADJUDICATION, State.CLOSED),
    State.PAID: (State.CLOSED,),
    State.REOPENED: (State.ASSESSED, *_OPENED, State.MEDIATION, State.ADJUDICATION),
    **dict.fromkeys((State.CLOSED, *SIDE_EXITS), (State.REOPENED,)),
}
"""What may follow what (project design after §3.2 of the facts collection); side exits stand open from every state."""
NEEDS_WORDS = {
    State.REOPENED: N_("Write why the case is opened again."),
    State.TRANSFERRED: N_("Write to whom the case was passed."),
    State.LAPSED: N_("Write why it lapsed, and who said so."),
    State.REJECTED: N_("Write who rejected it, and on which ground."),
}
ENDS_HERE = N_("This case has ended. Open it again first, with a reason.")
NOT_ENDED = N_("Only a case that has ended can be opened again.")
NOT_NEXT = N_("This step does not follow from where the case stands. Choose one of the steps offered.")
ASSESS_FIRST = N_("Assess the case first: what happened, what she wants, what is safe.")
SAME = N_("The case stands there already.")


def following(state: State) -> tuple[State, ...]:
    """The states that may follow one, the usual ones first."""
    return NEXT[state] if state in ENDED else (*NEXT[state], *SIDE_EXITS)


def may_follow(now: State, then: State) -> Problem | None:
    """Why a state may not follow another; None when it may."""
    if then in following(now):
        return None
    if then is now:
        return Problem(SAME)
    if now in ENDED:
        return Problem(ENDS_HERE)
    if then is State.REOPENED:
        return Problem(NOT_ENDED)
    return Problem(ASSESS_FIRST if now is State.INTAKE else NOT_NEXT)


def in_order(events: Iterable[GrievanceEvent]) -> list[GrievanceEvent]:
    """The events of a case as they happened."""
    return sorted((one for one in events if not one.gone), key=lambda one: (one.on, one.n, one.uuid))


def current(events: Iterable[GrievanceEvent]) -> State:
    """Where a case stands: its last event."""
    ordered = in_order(events)
    return ordered[-1].state if ordered else State.INTAKE


def ended_on(events: Iterable[GrievanceEvent]) -> date | None:
    """The day a case ended; None while it is open."""
    ordered = in_order(events)
    return ordered[-1].on if ordered and ordered[-1].state in ENDED else None


def age(lodged_on: date, events: Iterable[GrievanceEvent], today: date) -> int:
    """Days from the complaint to today, or to its end."""
    return ((ended_on(events) or today) - lodged_on).days


def problems(
    before: Sequence[GrievanceEvent], state: State, on: date, because: Because | None, note: str, today: date
) -> dict[str, Problem]:
    """What is wrong with a coming event, field by field."""
    wrong: dict[str, Problem] = {}
    stop = may_follow(current(before), state)
    last = in_order(before)[-1].on if before else on
    if stop is not None:
        wrong["state"] = stop
    if on > today:
        wrong["on"] = Problem(N_("This day is still to come."))
    elif on < last:
        wrong["on"] = Problem(N_("The step before it was on {last}."), {"last": last.isoformat()})
    if state is State.WITHDRAWN and because is None:
        wrong["because"] = Problem(N_("Choose why it was withdrawn."))
    if state in NEEDS_WORDS and not note:
        wrong["note"] = Problem(NEEDS_WORDS[state])
    if because is Because.OTHER and not note:
        wrong["note"] = Problem(N_("Write the reason."))
    return wrong


# -- Actions


@needs(May.COUNSEL)
def move(
    session: Session,
    grievance: Grievance,
    *,
    state: State | str,
    on: date | str | None,
    by: str,
    today: date,
    because: Because | str | None = None,
    note: str = "",
) -> GrievanceEvent:
    """Writes the next dated step of a case down. Nothing is overwritten. Raises Invalid, with the reason."""
    checked = {
        "state": fields.word(State),
        "on": fields.day,
        "because": fields.word(Because, optional=True),
        "note": fields.long_text,
    }
    kept = fields.checked(checked, {"state": state, "on": on, "because": because, "note": note})
    before = of_case(session, grievance.uuid)
    day = kept.pop("on")
    if day is None:
        raise Invalid(on=N_("A day is needed here."))
    wrong = problems(before, kept["state"], day, kept["because"], kept["note"], today)
    if wrong:
        raise Invalid(**wrong)
    return added(session, GrievanceEvent(grievance=grievance.uuid, on=day, n=len(before), by=by, **kept))


@needs(May.COUNSEL)
def reopen(session: Session, grievance: Grievance, *, on: date, by: str, today: date, note: str) -> GrievanceEvent:
    """Opens an ended case again; without a reason it is refused."""
    return move(session, grievance, state=State.REOPENED, on=on, by=by, today=today, note=note)


# -- Questions


@needs(May.SEE_NAMES)
def of_case(session: Session, grievance: str) -> list[GrievanceEvent]:
    """The events of a case as they happened."""
    chosen = select(GrievanceEvent).where(GrievanceEvent.grievance == grievance, col(GrievanceEvent.gone).is_(False))
    return in_order(session.exec(chosen))


@needs(May.SEE_NAMES)
def state_of(session: Session, grievance: str) -> State:
    """Where a case stands."""
    return current(of_case(session, grievance))
