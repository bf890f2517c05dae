"""One row of a sheet, judged by the same rules as what is typed at the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mrc_app.calendars import Calendar, to_gregorian
from mrc_app.casework import client_births, client_fields, client_phones, counselling, fields
from mrc_app.casework.client_births import Birth
from mrc_app.casework.consents import How, Purpose, Said, State, problems
from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import sheets_mapping, sheets_parts, sheets_words
from mrc_app.exchange.sheets_mapping import BIRTH, DAYS, Column
from mrc_app.exchange.sheets_reading import day_of, text_of
from mrc_app.i18n import N_

REFUSED = N_("She does not want a record. Count the visit without a name instead.")
NO_CONSENT = N_("It does not say that she agreed to a record.")
NAMELESS = N_("A name to call her by is needed.")
TOO_EARLY = N_("The follow-up would come before the contact.")
TO_COME = N_("This day is still to come.")
NOTHING_TOLD = N_("This row says nothing that could be kept.")
YES = frozenset({"yes", "y", "1", "true", "given", "oui", "ok"})
NO = frozenset({"no", "n", "0", "false", "refused", "non"})
_NOTHING = ("", None, ())
_CLIENT, _CONTACT, _JOURNEY, _CASE, _ANSWER = range(5)
_PLACED = {"contact": _CONTACT, "journey": _JOURNEY, "case": _CASE}
REMEMBERED = 50_000  # answers of checks, for each column


@dataclass(frozen=True)
class Fault:
    """What is wrong, or worth a look, in one cell of a row. ``word``: the field whose list does not know the value."""

    row: int
    column: str
    value: str
    reason: Problem
    sheet: str = ""
    word: str = ""


@dataclass
class Ready:
    """A row that may be kept: a client's columns, her answers, the talk, the journey, the case.

    ``person`` is the digest of her number in that book. ``lacking`` only matters where the row would make a new client;
    ``client`` is whom it belongs to instead; ``joins``: an earlier row makes her.
    """

    row: int
    key: str
    content: str
    on: date
    columns: dict[str, Any]
    answers: dict[Purpose, Said]
    contact: dict[str, Any] | None = None
    journey: dict[str, Any] | None = None
    case: dict[str, Any] | None = None
    birth: Birth | None = None
    person: str = ""
    sheet: str = ""
    client: str = ""
    joins: bool = False
    lacking: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the row says anything beside who she is."""
        return bool(self.contact or self.journey or self.case)


class Judge:
    """Judges rows of one sheet. Answers to words that come again and again are remembered."""

    def __init__(
        self, mapping: sheets_mapping.Mapping, header: Sequence[str], *, on: date, home: str, by: str,
        repeated: bool = False,
    ) -> None:  # fmt: skip
        self.mapping, self.header, self.on, self.home, self.by = mapping, header, on, home, by
        self.repeated, self.sheet = repeated, mapping.sheet if repeated else ""
        self.places = sheets_mapping.places(mapping, header)
        self.external = first_of(header, [mapping.external] if mapping.external else sheets_mapping.STABLE)
        self.person = (
            first_of(header, [mapping.person]) if mapping.person else self.external if mapping.repeat else None
        )
        self.name_of = {column.field: column.header for column in mapping.column}
        self._identity = Identity(mapping.source, self.external)
        self._columns: list[tuple[int, Column, dict[Any, Any], int, str]] = [
            (at, self.places[at], {}, *_placed(self.places[at].field)) for at in sorted(self.places)
        ]
        self._spread = [
            (column, sheets_mapping.spread(column.header, header), *_placed(column.field))
            for column in mapping.column
            if column not in self.places.values()
        ]
        self._fixed = self._for_all()
        self._told_by_columns = {_placed(name)[0] for name in self.name_of} - {_CLIENT, _ANSWER}
        self._asked = any(one in mapping.fields for one in sheets_mapping.ANSWERS)
        self._same: dict[date, dict[Purpose, Said]] = {}

    def _for_all(self) -> tuple[dict[str, Any], ...]:
        found: tuple[dict[str, Any], ...] = ({}, {}, {}, {}, {})
        for name, text in self.mapping.fixed.items():
            value, _text, wrong = self._new(Column(header=name, field=name), text, {})
            if wrong:
                raise Invalid(**{name: value})
            if value is not None:
                part, key = _placed(name)
                found[part][key] = value
        return found

    def judge(self, number: int, row: Sequence[Any]) -> Ready | list[Fault]:
        """The row ready to be kept, or everything that is wrong with it."""
        faults: list[Fault] = []
        said: tuple[dict[str, Any], ...] = ({}, {}, {}, {}, {})
        texts: list[str] = []
        width = len(row)
        for at, column, known, part, key in self._columns:
            cell = row[at] if at < width else ""
            found = known.get(cell) if cell is not True and cell is not False else None
            value, text, wrong = found or self._new(column, cell, known)
            texts.append(text)
            if wrong:
                faults.append(self._told(number, column, text, value))
            elif value is not None:
                said[part][key] = value
        if self._spread:
            self._spread_out(number, row, said, texts, faults)
        ready = self._ready(number, said, faults)
        if ready is None:
            return faults
        ready.key, ready.content = self._identity.of(row, texts)
        if self.person is not None and (told := text_of(row[self.person])):
            ready.person = digest(self.mapping.source, told)
        return ready

    def _spread_out(
        self, number: int, row: Sequence[Any], said: tuple[dict[str, Any], ...], texts: list[str], faults: list[Fault]
    ) -> None:
        """Answers written out as columns of yes and no."""
        for column, words, part, key in self._spread:
            ticked = [word for at, word in words.items() if at < len(row) and text_of(row[at]).lower() in YES]
            value, text, wrong = self._new(column, ",".join(ticked), {})
            texts.append(text)
            if wrong:
                faults.append(self._told(number, column, text, value))
            elif value is not None:
                said[part][key] = value

    def _told(self, number: int, column: Column, text: str, problem: Problem) -> Fault:
        word = column.field if column.field in sheets_words.LISTED or column.field in sheets_words.COUNTRIES else ""
        return Fault(number, column.header, text, problem, self.sheet, word)

    def _new(self, column: Column, cell: Any, known: dict[Any, Any]) -> tuple[Any, str, bool]:
        """What a cell means, or why it cannot be kept, and its text; remembered for the next row."""
        text, wrong = text_of(cell), False
        try:
            value = self._checked(column, cell, text)
        except Invalid as trouble:
            wrong, said = True, next(iter(trouble.problems.values()))
            typed = {name: text for name in ("text", "given") if name in said.values}
            value = Problem(said.message, {**said.values, **typed})
        found = (None if value in _NOTHING else value, text, wrong)
        if len(known) < REMEMBERED and type(cell) is not bool:
            known[cell] = found
        return found

    def _checked(self, column: Column, cell: Any, text: str) -> Any:
        name = column.field
        if name == "birth_date":
            return _birth({"date": day_of(cell, column.order), "calendar": column.calendar}, self.on)
        if name in DAYS:
            return day_in(column, cell)
        text = column.values.get(text, text)
        if not text:
            return ""
        if name in BIRTH:
            calendar = {} if name == "birth_age" else {"calendar": column.calendar}
            return _birth({name.removeprefix("birth_"): text, **calendar}, self.on)
        if name in sheets_words.LISTS:
            said = sheets_words.parts(name, text, column.split, column.values)
            return _check(name)(name, [sheets_words.known(name, column.values.get(one, one)) for one in said])
        if name in ("phone", "emergency_phone"):
            return client_phones.international(text, self.home), text
        if name in sheets_mapping.ANSWERS:
            return _answer(name, text)
        if name in sheets_words.LISTED or name in sheets_words.COUNTRIES:
            text = sheets_words.known(name, text)
        return _check(name)(name, text)

    # -- the row as a whole

    def _ready(self, number: int, said: tuple[dict[str, Any], ...], faults: list[Fault]) -> Ready | None:
        client, contact, journey, case, answered = self._with_fixed(said)
        came = client.pop("registered_on", None)
        on = came or contact.get("on") or case.get("lodged_on") or self.on
        births = [client.pop(one) for one in BIRTH if one in client]
        if came is not None and came > self.on:
            faults.append(self._fault(number, "registered_on", str(came), TO_COME))
        self._days(number, on, contact, faults)
        parts = {
            "journey": self._part(number, "journey", journey, faults, on),
            "case": self._part(number, "case", case, faults, on),
        }
        lacking: list[Fault] = []
        answers = {} if self.repeated else self._answers(number, answered, on, faults, lacking)
        name = client.get("call_name") or client.get("given") or client.get("native") or ""
        if not name and not self.repeated and not any(one.column in self._names() for one in faults):
            lacking.append(self._fault(number, next(iter(self._names())), "", NAMELESS))
        if self.repeated and not (contact or journey or case):
            faults.append(Fault(number, "", "", Problem(NOTHING_TOLD), self.sheet))
        if faults:
            faults += lacking if self.person is None else []
            return None
        columns, birth = {**client, "call_name": name}, births[0] if births else None
        if birth is not None:
            columns |= client_fields.birth_columns(birth)
        for one in ("phone", "emergency_phone"):
            if one in columns:
                columns[one], typed = columns[one]
                columns |= {"phone_typed": typed} if one == "phone" else {}
        talk = {"on": on, **contact} if contact else None
        return Ready(
            number, "", "", on, columns, answers, talk, parts["journey"], parts["case"], birth, sheet=self.sheet,
            lacking=lacking,
        )  # fmt: skip

    def _with_fixed(self, said: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        """What holds for every row, added; to a journey or a case only where the row tells of one, or no column
        could."""
        if not self.mapping.fixed:
            return said
        return tuple(
            {**fixed, **told} if told or place not in self._told_by_columns else told
            for place, (fixed, told) in enumerate(zip(self._fixed, said, strict=True))
        )

    def _days(self, number: int, on: date, contact: Mapping[str, Any], faults: list[Fault]) -> None:
        talked = contact.get("on")
        if talked is not None and talked > self.on:
            faults.append(self._fault(number, "contact_on", str(talked), TO_COME))
        later = contact.get("follow_up_on")
        if later is not None and later < (talked or on):
            faults.append(self._fault(number, "contact_follow_up_on", str(later), TOO_EARLY))

    def _part(
        self, number: int, name: str, said: dict[str, Any], faults: list[Fault], on: date
    ) -> dict[str, Any] | None:
        if not said:
            return None
        try:
            if name == "journey":
                return sheets_parts.journey(said, on=on, home=self.home, today=self.on)
            return sheets_parts.case(said, on=on, today=self.on, source=self.mapping.source)
        except Invalid as refused:
            for one, problem in refused.problems.items():
                column = self.name_of.get(f"{name}_{one}", f"{name}_{one}")
                faults.append(Fault(number, column, str(said.get(one, "")), problem, self.sheet))
            return None

    def _names(self) -> list[str]:
        return [self.name_of[one] for one in ("call_name", "given", "native") if one in self.name_of]

    def _fault(self, number: int, field_: str, value: str, message: str) -> Fault:
        return Fault(number, self.name_of.get(field_, field_), value, Problem(message), self.sheet)

    def _answers(
        self, number: int, said: dict[str, Any], on: date, faults: list[Fault], lacking: list[Fault]
    ) -> dict[Purpose, Said]:
        if not self._asked and on in self._same:
            return self._same[on]
        everybody = self.mapping.consent
        how = said.get("consent_how") or (everybody.how if everybody else None)
        language = everybody.language if everybody else ""
        certified = self.by if how is How.VERBAL else None
        asked = "consent_record" in self.mapping.fields
        record = said.get("consent_record") or (State.GIVEN if everybody and not asked else None)
        if record is State.REFUSED:
            faults.append(self._fault(number, "consent_record", record, REFUSED))
            return {}
        if record is None:
            lacking.append(self._fault(number, "consent_record", "", NO_CONSENT))
            return {}
        answers = {Purpose.RECORD: Said(State.GIVEN, how, language, certified_by=certified)}
        told = {Purpose.STATISTICS: said.get("consent_statistics"), Purpose.COMPLAINT: said.get("consent_complaint")}
        if told[Purpose.STATISTICS] is None and everybody is not None and everybody.statistics != "not_asked":
            told[Purpose.STATISTICS] = State(everybody.statistics)
        for purpose, answer in told.items():
            given = answer is State.GIVEN
            if answer is not None:
                answers[purpose] = Said(
                    answer, how if given else None, language, certified_by=certified if given else None
                )
        for purpose, one in answers.items():
            for problem in problems(purpose, one, on).values():
                faults.append(Fault(number, self.name_of.get("consent_how", "consent"), "", problem, self.sheet))
                return {}
        self._same[on] = answers
        return answers


class Identity:
    """By what a row is known when it comes again: its own id, else its words and how often they stood there before."""

    def __init__(self, source: str, external: int | None) -> None:
        self.source, self.external, self._seen = source, external, dict[str, int]()

    def of(self, row: Sequence[Any], texts: Sequence[str]) -> tuple[str, str]:
        """The digest the row is known by, and the digest of what it says."""
        told = text_of(row[self.external]) if self.external is not None else ""
        if not told:
            words = "\x1f".join(map(text_of, row))
            self._seen[words] = self._seen.get(words, 0) + 1
            told = f"{words}\x1f{self._seen[words]}"
        key = digest(self.source, told)
        return key, digest(key, *texts)


def first_of(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the first of several columns stands."""
    return next((at for one in names if (at := sheets_mapping.place(one, header)) is not None), None)


def _placed(name: str) -> tuple[int, str]:
    """Which part of a row a field belongs to, and what it is called there."""
    if name in sheets_mapping.ANSWERS:
        return _ANSWER, name
    if name in sheets_mapping.OF_PARTS:
        part, _line, key = name.partition("_")
        return _PLACED[part], key
    return _CLIENT, name


def digest(*parts: str) -> str:
    """A short digest of several texts."""
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()[:32]


def _check(name: str) -> fields.Check:
    part, key = _placed(name)
    if part == _CLIENT:
        return client_fields.CHECKS[name]
    return {_CONTACT: counselling.CONTACT, _JOURNEY: sheets_parts.JOURNEY, _CASE: sheets_parts.CASE}[part][key]


def _birth(said: Mapping[str, Any], on: date) -> Any:
    given = next(said[way] for way in ("date", "year", "age") if way in said)
    return client_births.told(said, on) if given else ""


def day_in(column: Column, cell: Any) -> date | None:
    """The day a cell names in its column's calendar; None when it is empty. Raises Invalid."""
    said = day_of(cell, column.order)
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


def looked_for(ready: Ready) -> dict[str, Any]:
    """What the search for duplicates asks by."""
    wanted = ("given", "father", "grandfather", "native", "call_name", "sex", "phone", "district", "passport")
    found = {name: ready.columns[name] for name in wanted if ready.columns.get(name)}
    birth = ready.birth
    if birth is not None and birth.known_as is not client_births.KnownAs.AGE:
        found["birth"] = {"date": birth.given, "calendar": birth.calendar}
    return found


Step = Callable[[int, int], None]
