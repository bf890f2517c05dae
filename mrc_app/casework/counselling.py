"""Counselling: each contact with a client (form F2), what was given to carry, and visits counted without a name.

Immediate danger and "is it safe to talk?" come first. Somebody who wants no record is helped and tallied.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_fields import sex as sex_check
from mrc_app.casework.client_words import Answer, Kind, Sex
from mrc_app.casework.counselling_words import Edition, Form, Given, Mode, Topic
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, needs

# -- Words: see counselling_words

# -- Record


class Contact(Record, table=True):
    """One meeting, call or message with a client. ``minutes`` is how long it took."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"safety": ("danger", "safe_to_talk")}
    __table_args__ = checks(mode=Mode, danger=Answer, safe_to_talk=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    on: date = Field(index=True)
    mode: Mode = word_column(Mode, Mode.CENTRE)
    minutes: int | None = None
    topics: tuple[Topic, ...] = words_column(Topic)
    given: tuple[Given, ...] = words_column(Given)
    language: str = ""
    result: str = ""
    follow_up_on: date | None = None
    officer: str
    danger: Answer = word_column(Answer, Answer.NOT_ASKED)
    safe_to_talk: Answer = word_column(Answer, Answer.NOT_ASKED)
    note: str = ""


class Handout(Record, table=True):
    """What a client was given, and what she decided first: is it safe for her to carry, is the phone hers alone?"""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "what": ("what", "language", "edition", "form", "corridor", "version"),
        "safety": ("safe_to_carry", "phone_private"),
    }
    __table_args__ = checks(what=Given, edition=Edition, form=Form, safe_to_carry=Answer, phone_private=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    contact: str | None = Field(default=None, foreign_key="contact.uuid", index=True)
    on: date
    by: str
    what: Given = word_column(Given, Given.DEPARTURE_GUIDE)
    edition: Edition = word_column(Edition, Edition.FULL)
    form: Form = word_column(Form, Form.PAPER)
    language: str = ""
    corridor: str = ""
    version: str = ""
    pages: int | None = None
    safe_to_carry: Answer = word_column(Answer, Answer.NOT_ASKED)
    phone_private: Answer = word_column(Answer, Answer.NOT_ASKED)


class Tally(Record, table=True):
    """A visit counted without a name, a phone or a free word: nobody can be found by it."""

    subject: ClassVar[str | None] = None
    __table_args__ = checks(mode=Mode, sex=Sex, age_band=AgeBand, kind=Kind)

    on: date = Field(index=True)
    mode: Mode = word_column(Mode, Mode.CENTRE)
    topics: tuple[Topic, ...] = words_column(Topic)
    sex: Sex = word_column(Sex, Sex.NOT_STATED)
    age_band: AgeBand = word_column(AgeBand, AgeBand.NOT_STATED)
    kind: Kind = word_column(Kind, Kind.NOT_STATED)
    officer: str


# -- Rules

CONTACT: dict[str, fields.Check] = {
    "mode": fields.word(Mode),
    "minutes": fields.whole(0, 1440),
    "topics": fields.words(Topic),
    "given": fields.words(Given),
    "language": fields.language_code,
    "result": fields.long_text,
    "follow_up_on": fields.day,
    **dict.fromkeys(("danger", "safe_to_talk"), fields.word(Answer)),
    "note": fields.long_text,
}
HANDOUT: dict[str, fields.Check] = {
    "what": fields.word(Given),
    "edition": fields.word(Edition),
    "form": fields.word(Form),
    "language": fields.language_code,
    **dict.fromkeys(("corridor", "version"), fields.text),
    "pages": fields.whole(1, 999),
    **dict.fromkeys(("safe_to_carry", "phone_private"), fields.word(Answer)),
}
TALLY: dict[str, fields.Check] = {
    "mode": fields.word(Mode),
    "topics": fields.words(Topic),
    "sex": sex_check,
    "age_band": fields.word(AgeBand),
    "kind": fields.word(Kind),
}


def safe_editions(safe_to_carry: Answer, phone_private: Answer) -> list[tuple[Edition, Form]]:
    """What may leave with her, the best first. Not asked counts as no: then nothing to carry is offered.

    A book goes only when she said it is safe to carry, a file only to a phone that is hers alone.
    """
    carried = [(Edition.FULL, Form.PAPER), (Edition.DISCREET, Form.PAPER), (Edition.CARD, Form.PAPER)]
    filed = [(Edition.FULL, Form.FILE), (Edition.DISCREET, Form.FILE)]
    spoken = [(Edition.SPOKEN, Form.VOICE), (Edition.TEN_LINES, Form.PAPER)]
    offered = carried if safe_to_carry is Answer.YES else []
    return [*offered, *(filed if phone_private is Answer.YES else []), *spoken]


def may_hand_out(edition: Edition, form: Form, safe_to_carry: Answer, phone_private: Answer) -> dict[str, Problem]:
    """Why something may not leave with her yet: the question that was not answered with yes."""
    if (edition, form) in safe_editions(safe_to_carry, phone_private):
        return {}
    if form is Form.FILE:
        return {"phone_private": Problem(N_("A file goes only to a phone that is hers alone. Ask her first."))}
    if form is Form.PAPER and edition is not Edition.SPOKEN:
        return {"safe_to_carry": Problem(N_("Ask first whether it is safe for her to carry this."))}
    return {"form": Problem(N_("This edition does not exist in this form."))}


# -- Actions


@needs(May.COUNSEL)
def record(session: Session, *, client: str, on: date, officer: str, **typed: Any) -> Contact:
    """Keeps a contact: mode, minutes, topics, given, result, follow_up_on, danger, safe_to_talk, language, note.

    Raises Invalid field by field.
    """
    kept = fields.checked(CONTACT, typed)
    _after(kept, on)
    contact = Contact(client=client, on=on, officer=officer, **kept)
    return added(session, contact)


@needs(May.COUNSEL)
def amend(session: Session, contact: Contact, *, changes: Mapping[str, Any]) -> Contact:
    """Changes fields of a contact, its day too. Raises Invalid field by field; then nothing is changed."""
    kept = fields.checked({**CONTACT, "on": _needed_day}, changes)
    _after(kept, kept.get("on", contact.on))
    for column, value in kept.items():
        if getattr(contact, column) != value:
            setattr(contact, column, value)
    return added(session, contact)


@needs(May.HAND_OUT)
def hand_out(session: Session, *, client: str, on: date, by: str, contact: str | None = None, **typed: Any) -> Handout:
    """Keeps what was given: what, edition, form, language, corridor, version, pages, safe_to_carry, phone_private.

    Raises Invalid when the two safety questions do not allow it.
    """
    handout = Handout(client=client, on=on, by=by, contact=contact, **fields.checked(HANDOUT, typed))
    wrong = may_hand_out(handout.edition, handout.form, handout.safe_to_carry, handout.phone_private)
    if wrong:
        raise Invalid(**wrong)
    return added(session, handout)


@needs(May.TALLY)
def tally(session: Session, *, on: date, officer: str, **typed: Any) -> Tally:
    """Counts a visit without a name: mode, topics, sex, age_band, kind. Anything else is refused by name."""
    counted = Tally(on=on, officer=officer, **fields.checked(TALLY, typed))
    return added(session, counted)


def _needed_day(field: str, value: object) -> date:
    found = fields.day(field, value)
    if found is None:
        raise Invalid(**{field: N_("A day is needed here.")})
    return found


def _after(kept: Mapping[str, Any], on: date) -> None:
    later = kept.get("follow_up_on")
    if later is not None and later < on:
        raise Invalid(follow_up_on=N_("The follow-up would come before the contact."))


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Contact]:
    """A client's contacts, the latest first."""
    chosen = select(Contact).where(Contact.client == client, col(Contact.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Contact.on).desc(), col(Contact.id).desc())))


@needs(May.SEE_NAMES)
def handouts(session: Session, client: str) -> list[Handout]:
    """What a client was given, the latest first."""
    chosen = select(Handout).where(Handout.client == client, col(Handout.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Handout.on).desc(), col(Handout.id).desc())))


@needs(May.SEE_NAMES)
def on_day(session: Session, day: date) -> list[Contact]:
    """The contacts of one day, in the order they were kept."""
    chosen = select(Contact).where(Contact.on == day, col(Contact.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Contact.id))))


@needs(May.COUNT)
def tallies(session: Session, first: date, last: date) -> list[Tally]:
    """Visits without a name from one day to another, both included."""
    chosen = select(Tally).where(col(Tally.on) >= first, col(Tally.on) <= last, col(Tally.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Tally.on), col(Tally.id))))
