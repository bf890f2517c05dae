"""Numbered blank forms for the hours without power: which numbers are out, which came back and were typed in.

A form tells nothing about anybody: only its number, what it is for, and whether it came back, so that none is lost.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.numbers import next_number, read_number
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words


class FormKind(Labelled):
    """What a blank form is for."""

    REGISTRATION = "registration", N_("registration form")
    COUNSELLING = "counselling", N_("counselling note")
    GRIEVANCE = "grievance", N_("complaint form")
    EVENT = "event", N_("event form")
    SIGN_IN = "sign_in", N_("sign-in sheet")
    VILLAGE = "village", N_("village tally sheet")


class FormState(Labelled):
    """Where a form is."""

    OUT = "out", N_("printed, not back yet")
    ENTERED = "entered", N_("typed in")
    SPOILED = "spoiled", N_("spoiled or not used")
    LOST = "lost", N_("lost")


# -- Record


class PaperForm(Record, table=True):
    """One printed form."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"state": ("state", "state_on", "state_by", "note")}
    __table_args__ = checks(kind=FormKind, state=FormState)

    number: str = Field(index=True)
    kind: FormKind = word_column(FormKind, FormKind.REGISTRATION)
    language: str = ""
    printed_on: date
    printed_by: str
    state: FormState = word_column(FormState, FormState.OUT)
    state_on: date | None = None
    state_by: str | None = None
    note: str = ""


# -- Rules

MOST = 200
"""Forms printed at once."""
LEAST_PRINTED = N_("Print between 1 and {most} forms at once.")
NOT_PRINTED = N_("No form with the number {number} was printed at this centre.")
BACK_ALREADY = N_("Form {number} is back already: {state}.")
SAY_WHY = N_("Write what is known about the form: who had it, since when.")


def desk_prefix(desk_code: str) -> str:
    """How form numbers of a desk begin, so that none can be taken for a client's."""
    return f"F{desk_code}"[:8]


# -- Actions


@needs(May.TALLY)
def number_forms(
    session: Session, *, kind: FormKind | str, count: int, language: str, desk_code: str, on: date, by: str
) -> list[PaperForm]:
    """Takes the next numbers for forms that are about to be printed. Raises Invalid field by field."""
    kept = fields.checked(
        {"kind": fields.word(FormKind), "language": fields.language_code}, {"kind": kind, "language": language}
    )
    if not 1 <= count <= MOST:
        raise Invalid(count=Problem(LEAST_PRINTED, {"most": MOST}))
    prefix = desk_prefix(desk_code)
    made = [
        PaperForm(number=next_number(session, prefix, on.year), printed_on=on, printed_by=by, **kept)
        for _ in range(count)
    ]
    session.add_all(made)
    session.flush()
    return made


@needs(May.TALLY)
def settle(
    session: Session, form: PaperForm, *, state: FormState | str, on: date, by: str, note: str = ""
) -> PaperForm:
    """Says what became of a form; a lost one needs a word. Raises Invalid, MrcError for one that is typed in."""
    if form.state is FormState.ENTERED:
        raise MrcError(BACK_ALREADY, number=form.number, state=form.state.label)
    look = {"state": fields.word(FormState), "note": fields.long_text}
    kept = fields.checked(look, {"state": state, "note": note})
    if kept["state"] is FormState.LOST and not kept["note"]:
        raise Invalid(note=SAY_WHY)
    form.state, form.note, form.state_on, form.state_by = kept["state"], kept["note"], on, by
    return added(session, form)


@needs(May.TALLY)
def typed_in(session: Session, number: str, *, on: date, by: str) -> PaperForm:
    """Says that the form with a printed number was typed in. Raises Invalid, MrcError for one that is back already."""
    return settle(session, by_number(session, number), state=FormState.ENTERED, on=on, by=by)


@needs(May.TALLY)
def out_again(session: Session, form: PaperForm) -> PaperForm:
    """Takes back what was said about a form by mistake."""
    form.state, form.note, form.state_on, form.state_by = FormState.OUT, "", None, None
    return added(session, form)


# -- Questions


@needs(May.COUNT)
def by_number(session: Session, number: str) -> PaperForm:
    """The form with a printed number. Raises Invalid for a mistyped number, MrcError for one that was never printed."""
    wanted = read_number(number)
    chosen = select(PaperForm).where(PaperForm.number == wanted, col(PaperForm.gone).is_(False))
    found = session.exec(chosen.order_by(PaperForm.uuid)).first()
    if found is None:
        raise MrcError(NOT_PRINTED, number=wanted)
    return found


@needs(May.COUNT)
def of_state(session: Session, state: FormState, limit: int = 200) -> list[PaperForm]:
    """The forms that are out, typed in, spoiled or lost, the oldest first."""
    chosen = select(PaperForm).where(PaperForm.state == state, col(PaperForm.gone).is_(False))
    return list(session.exec(chosen.order_by(col(PaperForm.printed_on), col(PaperForm.id)).limit(limit)))


@needs(May.COUNT)
def tally(session: Session) -> dict[FormState, int]:
    """How many forms are where; states of none are left out."""
    kept = Counter(session.exec(select(PaperForm.state).where(col(PaperForm.gone).is_(False))))
    return {state: kept[state] for state in FormState if kept[state]}
