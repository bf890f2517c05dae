"""Events and outreach (form F7): who came by sex, age band and kind; what was handed out; who may have heard.

People met at an event are no clients and are never added to them; the audience of a broadcast is an estimate and stands
apart from everybody. Margins are enough: nobody needs to know who of the girls was a returnee.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Kind, Sex
from mrc_app.casework.counselling_words import Topic
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, added, checks, word_column, words_column
from mrc_app.store.roles import May, needs

# -- Words


class EventType(Labelled):
    """What kind of event it was (form F7)."""

    SCHOOL = "school", N_("school")
    TVET = "tvet", N_("vocational centre")
    COMMUNITY = "community", N_("community meeting")
    JOB_FAIR = "job_fair", N_("job fair")
    BROADCAST = "broadcast", N_("radio or television")
    UNION = "union", N_("union meeting")
    ORIENTATION = "orientation", N_("pre-departure orientation session")
    OTHER = "other", N_("another event")


class Item(Labelled):
    """What was handed out."""

    LEAFLET = "leaflet", N_("leaflets")
    GUIDE = "guide", N_("guides")
    CARD = "card", N_("cards with numbers")
    POSTER = "poster", N_("posters")
    OTHER = "other", N_("other material")


# -- Record


class Event(Record, table=True):
    """One event. ``attendance`` is JSON: rows of sex, age band, kind (each may be null: not told apart) and a number;
    ``materials`` is JSON, item → number; ``audience`` is an estimate and never part of ``people``."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"people": ("people", "attendance")}
    __table_args__ = checks(type=EventType)

    on: date = Field(index=True)
    type: EventType = word_column(EventType, EventType.COMMUNITY)
    place: str
    district: str = ""
    topics: tuple[Topic, ...] = words_column(Topic)
    language: str = ""
    partner: str = ""
    minutes: int | None = None
    people: int
    attendance: str = "[]"
    materials: str = "{}"
    audience: int | None = None
    note: str = ""
    by: str


# -- Rules

Row = tuple[str | None, str | None, str | None, int]
MOST = 100_000
MARGINS: dict[str, type[Labelled]] = {"sex": Sex, "age": AgeBand, "kind": Kind}
EVENT: dict[str, fields.Check] = {
    "type": fields.word(EventType),
    **dict.fromkeys(("place", "district", "partner"), fields.text),
    "topics": fields.words(Topic),
    "language": fields.language_code,
    "minutes": fields.whole(1, 6000),
    "audience": fields.whole(0, 100_000_000),
    "note": fields.long_text,
}
TOO_MANY = {
    "sex": N_("By sex these are {counted} people, but {people} were there."),
    "age": N_("By age these are {counted} people, but {people} were there."),
    "kind": N_("By kind of client these are {counted} people, but {people} were there."),
    "cells": N_("In the table these are {counted} people, but {people} were there."),
}
TOO_FEW = {
    "sex": N_("By sex only {counted} of the {people} people are counted. Write the others as “not stated”."),
    "kind": N_(
        "By kind of client only {counted} of the {people} people are counted. Write the others as “not stated”."
    ),
    "cells": N_("In the table only {counted} of the {people} people are counted."),
}
DISAGREE = {
    "sex": N_("The table and the numbers by sex do not agree."),
    "age": N_("The table and the numbers by age do not agree."),
    "kind": N_("The table and the numbers by kind of client do not agree."),
}


def margin(field: str, said: Mapping[str, Any]) -> dict[str, int]:
    """Numbers by word of one margin, in the order of the list; nothing and zero are left out. Raises Invalid."""
    words = MARGINS[field]
    found: dict[str, int] = {}
    for word, value in said.items():
        number = fields.whole(0, MOST)(field, value)
        if number:
            found[fields.word(words)(field, word).value] = number
    return {word.value: found[word.value] for word in words if word.value in found}


def cells(said: Iterable[Iterable[Any]]) -> dict[tuple[str, str, str], int]:
    """The full table: rows of sex, age band, kind and number, each cell once. Raises Invalid."""
    found: dict[tuple[str, str, str], int] = {}
    for sex, age, kind, value in said:
        key = tuple(
            fields.word(words)("cells", word).value
            for words, word in zip(MARGINS.values(), (sex, age, kind), strict=True)
        )
        found[key] = found.get(key, 0) + (fields.whole(0, MOST)("cells", value) or 0)
    return {key: number for key, number in sorted(found.items()) if number}


def attended(
    people: int | None, margins: Mapping[str, Mapping[str, Any]], table: Iterable[Iterable[Any]] = ()
) -> tuple[int, list[Row]]:
    """How many came, and the rows to keep: the full table where there is one, else the margins.

    The sums agree or Invalid says in words which do not. An age may be told of some only; of sex and kind the rest is
    written as not stated.
    """
    kept = {name: margin(name, margins.get(name) or {}) for name in MARGINS}
    full = cells(table)
    sums = {name: sum(found.values()) for name, found in kept.items() if found}
    if full:
        sums["cells"] = sum(full.values())
    all_of_them = people if people is not None else max(sums.values(), default=None)
    if all_of_them is None:
        raise Invalid(people=N_("How many people came? Write the number."))
    wrong = sums_wrong(all_of_them, sums) | _tables_wrong(kept, full)
    if wrong:
        raise Invalid(**wrong)
    if full:
        return all_of_them, [(*key, number) for key, number in full.items()]
    places = {name: place for place, name in enumerate(MARGINS)}
    rows = [_row(places[name], word, number) for name, found in kept.items() for word, number in found.items()]
    return all_of_them, rows


def sums_wrong(people: int, sums: Mapping[str, int]) -> dict[str, Problem]:
    """Which sums do not agree with the number of people, in words."""
    wrong = {}
    for name, counted in sums.items():
        words = TOO_MANY[name] if counted > people else TOO_FEW.get(name) if counted < people else None
        if words is not None:
            wrong[name] = Problem(words, {"counted": counted, "people": people})
    return wrong


def _tables_wrong(
    kept: Mapping[str, Mapping[str, int]], full: Mapping[tuple[str, str, str], int]
) -> dict[str, Problem]:
    wrong = {}
    for place, (name, told) in enumerate(kept.items()):
        summed: dict[str, int] = {}
        for key, number in full.items():
            summed[key[place]] = summed.get(key[place], 0) + number
        if full and any(summed.get(word, 0) != number for word, number in told.items()):
            wrong[name] = Problem(DISAGREE[name])
    return wrong


def _row(place: int, word: str, number: int) -> Row:
    parts: list[str | None] = [None, None, None]
    parts[place] = word
    return parts[0], parts[1], parts[2], number


def rows(event: Event) -> list[Row]:
    """Who came, as it was told."""
    return [(sex, age, kind, number) for sex, age, kind, number in json.loads(event.attendance)]


def by(event: Event, name: str) -> dict[str, int]:
    """Who came by sex, age or kind; whom nobody told apart is "not stated". The sum is always ``people``."""
    place, words = list(MARGINS).index(name), MARGINS[name]
    listed = rows(event)
    whole = [row for row in listed if None not in row] or [row for row in listed if row[place] is not None]
    found: dict[str, int] = {}
    for row in whole:
        word = str(row[place])
        found[word] = found.get(word, 0) + row[3]
    rest = event.people - sum(found.values())
    if rest:
        found["not_stated"] = found.get("not_stated", 0) + rest
    return {word.value: found[word.value] for word in words if word.value in found}


def handed_out(event: Event) -> dict[str, int]:
    """How much was handed out of what."""
    found: dict[str, int] = json.loads(event.materials)
    return found


def _materials(said: Mapping[str, Any]) -> dict[str, int]:
    found = {}
    for item, value in said.items():
        number = fields.whole(0, 1_000_000)("materials", value)
        if number:
            found[fields.word(Item)("materials", item).value] = number
    return found


def columns(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns for a whole event as typed. Raises Invalid field by field."""
    plain = {name: value for name, value in typed.items() if name in EVENT}
    strange = typed.keys() - EVENT.keys() - {"on", "people", "sex", "age", "kind", "cells", "materials"}
    wrong = {name: Problem(N_("There is no field “{field}”."), {"field": name}) for name in sorted(strange)}
    kept: dict[str, Any] = {}
    for work in (
        lambda: fields.checked(EVENT, plain),
        lambda: {"on": _day(typed.get("on"), today)},
        lambda: _people(typed),
        lambda: {"materials": json.dumps(_materials(typed.get("materials") or {}), sort_keys=True)},
    ):
        try:
            kept |= work()
        except Invalid as refused:
            wrong |= refused.problems
    if not kept.get("place") and "place" not in wrong:
        wrong["place"] = Problem(N_("Where was it? Write the place."))
    if wrong:
        raise Invalid(**wrong)
    return kept


def _people(typed: Mapping[str, Any]) -> dict[str, Any]:
    people = fields.whole(0, MOST)("people", typed.get("people"))
    if people is None and typed.get("type") == EventType.BROADCAST and not any(typed.get(name) for name in MARGINS):
        people = 0
    number, found = attended(people, {name: typed.get(name) or {} for name in MARGINS}, typed.get("cells") or ())
    return {"people": number, "attendance": json.dumps(found)}


def _day(said: object, today: date) -> date:
    on = fields.day("on", said)
    if on is None:
        raise Invalid(on=N_("A day is needed here."))
    if on > today:
        raise Invalid(on=N_("This day is still to come."))
    return on


# -- Actions


@needs(May.TALLY)
def record(session: Session, *, by: str, today: date, **typed: Any) -> Event:
    """Keeps an event: on, type, place, district, topics, language, partner, minutes, people, sex, age and kind (numbers
    by word), cells (the full table), materials, audience, note. Raises Invalid field by field."""
    event = Event(by=by, **columns(typed, today))
    return added(session, event)


@needs(May.TALLY)
def amend(session: Session, event: Event, *, today: date, **typed: Any) -> Event:
    """Writes an event anew, whole, as in ``record``. Raises Invalid field by field; then nothing is changed."""
    for column, value in columns(typed, today).items():
        if getattr(event, column) != value:
            setattr(event, column, value)
    return added(session, event)


@needs(May.TALLY)
def take_back(session: Session, event: Event) -> Event:
    """Takes an event back that was written down by mistake."""
    event.gone = True
    return added(session, event)


# -- Questions


@needs(May.COUNT)
def between(session: Session, first: date, last: date) -> list[Event]:
    """The events from one day to another, both included."""
    chosen = select(Event).where(col(Event.on) >= first, col(Event.on) <= last, col(Event.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Event.on), col(Event.id))))


@needs(May.COUNT)
def latest(session: Session, limit: int = 30) -> list[Event]:
    """The latest events."""
    chosen = select(Event).where(col(Event.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Event.on).desc(), col(Event.id).desc()).limit(limit)))


@needs(May.COUNT)
def by_uuid(session: Session, uuid: str) -> Event:
    """One event. Raises MrcError when there is none."""
    found = session.exec(select(Event).where(Event.uuid == uuid, col(Event.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This event is not on this desk."))
    return found
