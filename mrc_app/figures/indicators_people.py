"""Who is counted: every person once, however many records she has, with what she is broken down by; and who is not.

Read with plain SQL through the views of what this officer may see: a restricted client is in nobody else's figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import attrgetter
from sqlite3 import Connection
from typing import NamedTuple

from mrc_app.calendars import Calendar
from mrc_app.casework.client_births import AgeBand, Birth, KnownAs, band
from mrc_app.casework.consents import STRICTEST, Standing
from mrc_app.figures.indicators_figures import Figure, count
from mrc_app.figures.indicators_words import Unit
from mrc_app.figures.tables import Dimension, Table
from mrc_app.figures.tiers import SENSITIVE_CODES, Rule, Withheld

NOT_STATED = "not_stated"
SEVERAL = "several"
UNDER_18 = frozenset({"under_15", "15-17"})
LEVELS = {
    "1": "4", "14": "3", "2": "4", "3": "3", **dict.fromkeys("45678", "2"), "9": "1", "01": "4", "02": "2", "03": "1",
}  # fmt: skip
"""Skill level by major or sub-major group (ILO, ISCO-08 volume 1, table 1)."""
_CLIENTS = """SELECT uuid, sex, birth_first, birth_last, birth_known_as, kind, stage, origin_country, origin_admin1,
  disability, registered_on FROM temp.seen_client WHERE gone = 0 ORDER BY uuid"""
_JOURNEYS = """SELECT client, destination, sector, recruited_through, isco FROM temp.seen_journey
WHERE gone = 0 AND stage <> 'cancelled' ORDER BY stage_on, id"""
_CONSENTS = """SELECT client, purpose, uuid, state, expires_on, replaces FROM temp.seen_consent
WHERE gone = 0 AND purpose IN ('record', 'statistics') ORDER BY id"""
_RESTRICTED = "SELECT client FROM main.restriction WHERE gone = 0 AND lifted IS NULL"
_CASES = "SELECT uuid, categories, lodged_on FROM temp.seen_grievance WHERE gone = 0"
_COMPLAINANTS = "SELECT grievance, client, since, outcome FROM temp.seen_complainant WHERE gone = 0"


class Person(NamedTuple):
    """One person as she is broken down: words and codes, no name. ``age`` is a band, on the last day of the period."""

    sex: str
    age: str
    kind: str
    stage: str
    origin: str
    district: str
    disability: str
    destination: str
    sector: str
    channel: str
    skill: str
    minor: str
    registered_on: date


class Entry(NamedTuple):
    """One line behind a figure: the person, the record that counted and its day, and its words by dimension."""

    person: str
    kind: str = "client"
    record: str = ""
    on: str = ""
    words: tuple[tuple[str, str], ...] = ()


@dataclass
class People:
    """Every person by key, and the key of each record; who agreed to be counted, who is restricted."""

    persons: dict[str, Person]
    of: dict[str, str]
    agreed: set[str]
    restricted: set[str]


@dataclass
class Case:
    """A case as it is counted: its codes, and its people by key with the day each joined."""

    codes: tuple[str, ...]
    lodged_on: date
    people: dict[str, date] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)

    @property
    def matter(self) -> str:
        """The one row it stands in: its code, or "several"."""
        return self.codes[0] if len(self.codes) == 1 else SEVERAL if self.codes else "X"


@dataclass
class Counting:
    """Who counts for a tier; remembers who was asked for and had to be left out, and why. ``delicate``: people with a
    sensitive matter that a release does not count; who has nothing else in the period is in none of its totals.
    ``shown``: sensitive words that are counted all the same."""

    people: People
    rule: Rule
    cases: dict[str, Case] = field(default_factory=dict)
    withheld: dict[Withheld, set[str]] = field(default_factory=lambda: {one: set() for one in Withheld})
    delicate: set[str] = field(default_factory=set)
    shown: frozenset[str] = frozenset()
    noted: dict[tuple[str, str], list[Entry]] | None = None

    def note(self, code: str, entries: Iterable[Entry], part: str = "") -> None:
        """Remembers what is behind a figure, where somebody asked for that."""
        if self.noted is not None:
            self.noted.setdefault((code, part), []).extend(entries)

    def note_people(self, code: str, keys: Iterable[str], part: str = "") -> None:
        """Remembers whom a figure counts."""
        self.note(code, map(Entry, keys), part)

    def hides(self, words: Iterable[str], sensitive: frozenset[str]) -> bool:
        """Whether something is not counted because of what it is about."""
        return not self.rule.sensitive and not (sensitive - self.shown).isdisjoint(words)

    def key(self, client: str) -> str | None:
        """The person behind a record, if she is counted."""
        key = self.people.of.get(client)
        if key is None:
            return None
        if not self.rule.restricted and key in self.people.restricted:
            self.withheld[Withheld.RESTRICTED].add(key)
            return None
        if self.rule.consent and key not in self.people.agreed:
            self.withheld[Withheld.NO_STATISTICS_CONSENT].add(key)
            return None
        return key

    def person(self, key: str) -> Person:
        """A counted person."""
        return self.people.persons[key]

    def case(self, uuid: str | None) -> bool:
        """Whether what belongs to a case is counted; what belongs to none is."""
        return not uuid or uuid in self.cases

    def by_kind(self, code: str, kinds: Mapping[str, set[str]], whole: int) -> list[Figure]:
        """How many by kind, for this office: somebody can be in several, so a release has a table instead."""
        for kind, keys in kinds.items():
            self.note_people(code, sorted(keys), kind)
        found = sorted(kinds.items()) if self.rule.sensitive else []
        return [count(code, Unit.PERSONS, len(keys), n=len(keys), of=whole, part=kind) for kind, keys in found if keys]

    def one_kind(self, name: str, dimension: str, kinds: Mapping[str, set[str]]) -> Table:
        """Persons by kind and sex, each in one row: who is in several kinds stands in a row of its own."""
        of: dict[str, set[str]] = {}
        for kind, keys in kinds.items():
            for key in keys:
                of.setdefault(key, set()).add(kind)
        cells: dict[tuple[str, ...], int] = {}
        for key, mine in of.items():
            cell = (next(iter(mine)) if len(mine) == 1 else SEVERAL, self.person(key).sex)
            cells[cell] = cells.get(cell, 0) + 1
        return table(name, (dimension, "sex"), cells)

    def broken_down(self, name: str, keys: Iterable[str], *by: str, sensitive: frozenset[str] = frozenset()) -> Table:
        """Persons by two or three of their words."""
        words = attrgetter(*by)
        found = Counter(words(self.people.persons[key]) for key in keys)
        return table(name, by, dict(found), sensitive=sensitive)


def table(
    name: str,
    by: Iterable[str],
    cells: dict[tuple[str, ...], int],
    measure: str = "persons",
    sensitive: frozenset[str] = frozenset(),
) -> Table:
    """A table of what was counted; its members are the known ones in their order, and those that occur."""
    dimensions = []
    for place, one in enumerate(by):
        there = {cell[place] for cell in cells}
        known = members(one)
        dimensions.append(Dimension(one, (*(word for word in known if word in there), *sorted(there - set(known)))))
    return Table(name, tuple(dimensions), cells, measure, sensitive)


@cache
def members(dimension: str) -> tuple[str, ...]:
    """The words of a dimension in the order they are shown."""
    from mrc_app.figures.indicators_words import WORDS

    return tuple(one.value for one in WORDS[dimension]) if dimension in WORDS else ()


# -- Reading


def load(connection: Connection, end: date, today: date, *, consents: bool = True) -> People:
    """Every person this officer may see, as she stands on the last day of a period; consents as they stand today,
    where they are asked for."""
    shown = dict(connection.execute("SELECT client, shown FROM main.linked").fetchall())
    ways = {row[0]: row[1:] for row in connection.execute(_JOURNEYS)}
    persons: dict[str, Person] = {}
    of: dict[str, str] = {}
    for row in connection.execute(_CLIENTS):
        key = of[row[0]] = shown.get(row[0], row[0])
        found = _person(row, ways.get(row[0], ("", "", "", "")), end)
        persons[key] = _together(persons[key], found) if key in persons else found
    restricted = {of[row[0]] for row in connection.execute(_RESTRICTED) if row[0] in of}
    return People(persons, of, set(_agreed(connection, of, today)) if consents else set(), restricted)


def _person(row: tuple[str, ...], way: tuple[str, ...], end: date) -> Person:
    _uuid, sex, first, last, known_as, kind, stage, origin, district, disability, registered = row
    age = _age(first, last, known_as, end)
    return Person(
        sex, age, kind, stage, origin or NOT_STATED, district or NOT_STATED, disability,
        way[0] or NOT_STATED, way[1] or NOT_STATED, way[2] or NOT_STATED, skill(way[3]), _minor(age),
        date.fromisoformat(registered),
    )  # fmt: skip


def _minor(age: str) -> str:
    return age if age == NOT_STATED else "yes" if age in UNDER_18 else "no"


@cache
def skill(isco: str) -> str:
    """The ISCO-08 skill level of an occupation by its code: managers 4 but 3 in services, the forces by rank."""
    if isco[:2] in LEVELS or isco[:1] in LEVELS:
        return LEVELS.get(isco[:2], LEVELS.get(isco[:1], NOT_STATED))
    return NOT_STATED


@cache
def _age(first: str | None, last: str | None, known_as: str | None, end: date) -> str:
    if not first or not last:
        return AgeBand.NOT_STATED.value
    known = KnownAs(known_as or KnownAs.DAY.value)
    born = Birth(date.fromisoformat(first), date.fromisoformat(last), "", Calendar.GREGORIAN, known)
    return band(born, end).value


def _together(one: Person, other: Person) -> Person:
    """Two records of one person: the first day she came, and whatever either of them tells."""
    unsaid = (NOT_STATED, "not_asked")
    parts = [mine if mine not in unsaid else hers for mine, hers in zip(one[:-1], other[:-1], strict=True)]
    return Person._make((*parts, min(one.registered_on, other.registered_on)))


def _agreed(connection: Connection, of: dict[str, str], today: date) -> Iterator[str]:
    """The persons whose answer on statistics is yes in every one of their records, and who want a record at all."""
    answers: dict[tuple[str, str], dict[str, str]] = {}
    replaced: set[str] = set()
    for client, purpose, uuid, state, expires, replaces in connection.execute(_CONSENTS):
        ended = state == "given" and expires and expires < today.isoformat()
        answers.setdefault((of.get(client, client), purpose), {})[uuid] = "expired" if ended else state
        replaced.update((replaces or "").split("\n"))

    def standing(key: str, purpose: str) -> Standing:
        said = {state for uuid, state in answers.get((key, purpose), {}).items() if uuid not in replaced}
        return next((word for word in STRICTEST if word.value in said), Standing.NOT_ASKED)

    for key in set(of.values()):
        if standing(key, "record") is not Standing.WITHDRAWN and standing(key, "statistics") is Standing.GIVEN:
            yield key


def load_cases(connection: Connection, counting: Counting) -> None:
    """The cases that count, with the people of them who count. Where a release leaves out sensitive matters, a case
    with any such code is left out whole."""
    closed = {row[0] for row in connection.execute(_RESTRICTED)}
    people: dict[str, list[tuple[str, str, str]]] = {}
    for grievance, client, since, outcome in connection.execute(_COMPLAINANTS):
        people.setdefault(grievance, []).append((client, since, outcome))
    for uuid, codes, lodged in connection.execute(_CASES):
        case = Case(tuple((codes or "").split()), date.fromisoformat(lodged))
        mine = people.get(uuid, [])
        hers = {counting.people.of.get(client) for client, _since, _outcome in mine}
        if counting.hides(case.codes, SENSITIVE_CODES):
            counting.delicate |= {key for key in hers if key}
            continue
        if not counting.rule.restricted and (uuid in closed or not hers.isdisjoint(counting.people.restricted)):
            counting.withheld[Withheld.RESTRICTED] |= {key for key in hers if key}
            continue
        for client, since, outcome in mine:
            if key := counting.key(client):
                case.people.setdefault(key, date.fromisoformat(since))
                case.outcomes.append(outcome)
        if case.people:
            counting.cases[uuid] = case
