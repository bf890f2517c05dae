"""One row of a sheet, judged by the same rules as what is typed at the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from mrc_app.calendars import Calendar, to_gregorian
from mrc_app.casework import client_births, client_fields, client_phones, counselling, fields
from mrc_app.casework.consents import How, Purpose, Said, State, problems
from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import sheets_mapping
from mrc_app.exchange.sheets_mapping import BIRTH, DAYS, Column
from mrc_app.exchange.sheets_reading import day_of, text_of
from mrc_app.i18n import N_

REFUSED = N_("She does not want a record. Count the visit without a name instead.")
NO_CONSENT = N_("It does not say that she agreed to a record.")
NAMELESS = N_("A name to call her by is needed.")
TOO_EARLY = N_("The follow-up would come before the contact.")
TO_COME = N_("This day is still to come.")
LISTS = frozenset({"speaks", "contact_topics", "contact_given"})
YES = frozenset({"yes", "y", "1", "true", "given", "oui", "ok"})
NO = frozenset({"no", "n", "0", "false", "refused", "non"})
_NEW = object()
_NOTHING = ("", None, ())
REMEMBERED = 50_000  # answers of checks, for each column


@dataclass(frozen=True)
class Fault:
    """What is wrong, or worth a look, in one cell of one row."""

    row: int
    column: str
    value: str
    reason: Problem


@dataclass
class Ready:
    """A row that may become a client: her columns, her answers, the talk with her."""

    row: int
    key: str
    content: str
    on: date
    columns: dict[str, Any]
    answers: dict[Purpose, Said]
    contact: dict[str, Any] | None = None
    typed: dict[str, Any] = field(default_factory=dict)


class Judge:
    """Judges rows of one sheet. Answers to words that come again and again are remembered."""

    def __init__(self, mapping: sheets_mapping.Mapping, header: Sequence[str], *, on: date, home: str, by: str) -> None:
        self.mapping, self.header, self.on, self.home, self.by = mapping, header, on, home, by
        self.places = sheets_mapping.places(mapping, header)
        ids = [mapping.external] if mapping.external else sheets_mapping.STABLE
        self.external = next((at for one in ids if (at := sheets_mapping.place(one, header)) is not None), None)
        self.name_of = {column.field: column.header for column in mapping.column}
        self._seen: dict[str, int] = {}
        self._columns: list[tuple[int, Column, dict[Any, Any]]] = [
            (at, self.places[at], {}) for at in sorted(self.places)
        ]
        self._asked = any(one in self.name_of for one in sheets_mapping.ANSWERS)
        self._same: dict[date, dict[Purpose, Said]] = {}

    def judge(self, number: int, row: Sequence[Any]) -> Ready | list[Fault]:
        """The row ready to be kept, or everything that is wrong with it."""
        faults: list[Fault] = []
        said: dict[str, Any] = {}
        texts = []
        for at, column, known in self._columns:
            cell = row[at] if at < len(row) else ""
            found = known.get(cell, _NEW) if type(cell) is not bool else _NEW
            if found is _NEW:
                found = self._new(column, cell, known)
            value, text, wrong = cast("tuple[Any, str, Any]", found)
            texts.append(text)
            if wrong:
                faults.append(Fault(number, column.header, text, value))
            elif value is not None:
                said[column.field] = value
        ready = self._ready(number, row, said, faults)
        if ready is None:
            return faults
        ready.key, ready.content = self._identity(row, texts)
        return ready

    def _new(self, column: Column, cell: Any, known: dict[Any, Any]) -> tuple[Any, str, bool]:
        """What a cell means, or why it cannot be kept, and its text; remembered for the next row."""
        text, wrong = text_of(cell), False
        try:
            value = self._checked(column, cell)
        except Invalid as trouble:
            wrong, said = True, next(iter(trouble.problems.values()))
            typed = {name: text for name in ("text", "given") if name in said.values}
            value = Problem(said.message, {**said.values, **typed})
        found = (None if value in _NOTHING else value, text, wrong)
        if len(known) < REMEMBERED and type(cell) is not bool:
            known[cell] = found
        return found

    def _checked(self, column: Column, cell: Any) -> Any:
        if column.field in DAYS and column.field != "birth_date":
            return _day(column, day_of(cell, column.order))
        if column.field == "birth_date":
            return _birth({"date": day_of(cell, column.order), "calendar": column.calendar}, self.on)
        text = text_of(cell)
        text = column.values.get(text, text)
        if not text:
            return ""
        if column.field in BIRTH:
            calendar = {} if column.field == "birth_age" else {"calendar": column.calendar}
            return _birth({column.field.removeprefix("birth_"): text, **calendar}, self.on)
        if column.field in LISTS:
            parts = [one.strip() for one in text.split(column.split) if one.strip()]
            return _check(column.field)(column.field, [column.values.get(one, one) for one in parts])
        if column.field in ("phone", "emergency_phone"):
            return client_phones.international(text, self.home), text
        if column.field in sheets_mapping.ANSWERS:
            return _answer(column.field, text)
        return _check(column.field)(column.field, text)

    # -- the row as a whole

    def _ready(self, number: int, row: Sequence[Any], said: dict[str, Any], faults: list[Fault]) -> Ready | None:
        on = said.pop("registered_on", None) or said.get("contact_on") or self.on
        births = [said.pop(one) for one in BIRTH if one in said]
        contact = {name.removeprefix("contact_"): said.pop(name) for name in list(said) if name.startswith("contact_")}
        answers = self._answers(number, {name: said.pop(name, None) for name in sheets_mapping.ANSWERS}, on, faults)
        for field_, day in (("registered_on", on), ("contact_on", contact.get("on"))):
            if sheets_mapping.day_after(day, self.on):
                faults.append(self._fault(number, field_, str(day), TO_COME))
        later = contact.get("follow_up_on")
        if later is not None and later < contact.get("on", on):
            faults.append(self._fault(number, "contact_follow_up_on", str(later), TOO_EARLY))
        name = said.get("call_name") or said.get("given") or said.get("native") or ""
        if not name and not any(one.column in self._names() for one in faults):
            faults.append(self._fault(number, next(iter(self._names())), "", NAMELESS))
        if faults:
            return None
        columns = {**said, "call_name": name}
        if births:
            columns |= client_fields.birth_columns(births[0])
        for one in ("phone", "emergency_phone"):
            if one in columns:
                columns[one], typed = columns[one]
                columns |= {"phone_typed": typed} if one == "phone" else {}
        talk = {"on": on, **contact} if contact else None
        return Ready(number, "", "", on, columns, answers, talk, _looked_for(columns, births))

    def _names(self) -> list[str]:
        return [self.name_of[one] for one in ("call_name", "given", "native") if one in self.name_of]

    def _fault(self, number: int, field_: str, value: str, message: str) -> Fault:
        return Fault(number, self.name_of.get(field_, field_), value, Problem(message))

    def _answers(self, number: int, said: dict[str, Any], on: date, faults: list[Fault]) -> dict[Purpose, Said]:
        if not self._asked and on in self._same:
            return self._same[on]
        everybody = self.mapping.consent
        how = said["consent_how"] or (everybody.how if everybody else None)
        language = everybody.language if everybody else ""
        certified = self.by if how is How.VERBAL else None
        record = said["consent_record"] or (State.GIVEN if everybody and "consent_record" not in self.name_of else None)
        if record is not State.GIVEN:
            message = REFUSED if record is State.REFUSED else NO_CONSENT
            faults.append(self._fault(number, "consent_record", record or "", message))
            return {}
        answers = {Purpose.RECORD: Said(State.GIVEN, how, language, certified_by=certified)}
        counted = said["consent_statistics"] or (
            State(everybody.statistics) if everybody is not None and _says(everybody) else None
        )
        if counted is not None:
            given = counted is State.GIVEN
            answers[Purpose.STATISTICS] = Said(
                counted, how if given else None, language, certified_by=certified if given else None
            )
        for purpose, one in answers.items():
            for problem in problems(purpose, one, on).values():
                faults.append(Fault(number, self.name_of.get("consent_how", "consent"), "", problem))
                return {}
        self._same[on] = answers
        return answers

    def _identity(self, row: Sequence[Any], texts: list[str]) -> tuple[str, str]:
        """The digest the row is known by, and the digest of what it says."""
        told = text_of(row[self.external]) if self.external is not None else ""
        if not told:
            words = "\x1f".join(map(text_of, row))
            self._seen[words] = self._seen.get(words, 0) + 1
            told = f"{words}\x1f{self._seen[words]}"
        key = _digest(self.mapping.source, told)
        return key, _digest(key, *texts)


def _says(everybody: sheets_mapping.Consent | None) -> bool:
    return everybody is not None and everybody.statistics != "not_asked"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()[:32]


def _check(name: str) -> fields.Check:
    if name.startswith("contact_"):
        return counselling.CONTACT[name.removeprefix("contact_")]
    return client_fields.CHECKS[name]


def _birth(said: Mapping[str, Any], on: date) -> Any:
    given = next(said[way] for way in ("date", "year", "age") if way in said)
    return client_births.told(said, on) if given else ""


def _day(column: Column, said: str) -> date | None:
    parts = said.split("-")
    if not said:
        return None
    if len(parts) != 3 or len(parts[0]) != 4 or not all(part.isdecimal() for part in parts):
        raise Invalid(**{column.field: Problem(N_("“{text}” is not a date."), {"text": said})})
    try:
        return to_gregorian(int(parts[0]), int(parts[1]), int(parts[2]), Calendar(column.calendar))
    except (ValueError, Invalid):
        raise Invalid(**{column.field: Problem(N_("“{text}” is not a date."), {"text": said})}) from None


def _answer(field_: str, text: str) -> State | How:
    said = text.lower()
    if field_ == "consent_how":
        found = fields.word(How)(field_, said)
        return How(found)
    if said in YES or said in NO:
        return State.GIVEN if said in YES else State.REFUSED
    raise Invalid(**{field_: Problem(N_("“{word}” is not one of the known words."), {"word": text})})


def _looked_for(columns: Mapping[str, Any], births: list[Any]) -> dict[str, Any]:
    """What the search for duplicates asks by."""
    wanted = ("given", "father", "grandfather", "native", "call_name", "sex", "phone", "district", "passport")
    found = {name: columns[name] for name in wanted if columns.get(name)}
    if births:
        found["birth"] = {"date": births[0].given, "calendar": births[0].calendar} if _is_day(births[0]) else None
    return found


def _is_day(birth: Any) -> bool:
    return birth.known_as is not client_births.KnownAs.AGE


Step = Callable[[int, int], None]
