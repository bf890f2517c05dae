"""Looking for a person while she is being registered: likely records, each with its chance and its reasons.

Plain SQL through the views of what this officer may see, so that a list is there between two key strokes.

**What is not said.** A client hidden from this officer takes no part: she is neither found, nor counted among those who
share a name, nor does she push anybody else out. With and without a hidden client the answer is the same to
the byte. Only
at the moment of saving may the desk say "Ask your supervisor before you register her", and only where the centre has
decided so (setting ``tell_hidden_duplicates``); that one sentence tells an officer that somebody like her is
known, so it is off unless a supervisor turns it on. See ``ask_supervisor``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from itertools import combinations
from math import log
from typing import TYPE_CHECKING, Any

from mrc_app.calendars import Calendar
from mrc_app.casework import client_births, client_keys
from mrc_app.casework.client_births import Basis, Birth, KnownAs
from mrc_app.casework.client_keys import Person
from mrc_app.casework.client_sounds import Unit, units
from mrc_app.casework.duplicate_evidence import Weighed, weigh, weights
from mrc_app.errors import Invalid, Problem
from mrc_app.store import hints
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlite3 import Connection

    from mrc_app.store.centre import Store

# -- Record


@dataclass(frozen=True)
class Likely:
    """A person perhaps registered already: the record that is shown for her, the chance (0 to 1), the reasons."""

    uuid: str
    number: str
    name: str
    score: float
    reasons: tuple[Problem, ...]


# -- Rules

COMMON = {"n": 50, "p": 200, "2": 1500, "y": 300, "d": 300}  # people of one sort of key that are looked at
CLOSEST = 24  # people that are weighed, at most
FAR_BEHIND = 0.4  # of the best one's votes; who has fewer is not weighed
MANY = 1_000_000  # a key says more, the fewer of so many people share it
BESIDE = 0.5  # what a birth one year apart says beside one of the same year
SURE = 0.9  # chance from which a hidden record is worth the supervisor's time
SETTING = "tell_hidden_duplicates"
COLUMNS = (
    "given",
    "father",
    "grandfather",
    "native",
    "call_name",
    "other_names",
    "sex",
    "phone",
    "district",
    "passport",
    "birth_first",
    "birth_last",
    "birth_given",
    "birth_calendar",
    "birth_known_as",
    "birth_basis",
    "birth_estimated",
)
_HIDDEN = """WITH closed(client) AS (SELECT client FROM main.restriction WHERE gone = 0 AND lifted IS NULL)
SELECT s.id FROM main.sought s WHERE s.record IN (
  SELECT client FROM closed UNION
  SELECT o.client FROM closed JOIN main.linked m ON m.client = closed.client JOIN main.linked o ON o.shown = m.shown)
AND NOT EXISTS (SELECT 1 FROM temp.seen_client c WHERE c.uuid = s.record)"""
_KEY = "SELECT id FROM main.match_key WHERE key = ? ORDER BY id LIMIT ?"


def asked_for(typed: Mapping[str, Any], today: date) -> Person:
    """The person as far as she is typed in; what cannot be read yet is left out. Keywords as in
    ``clients.register``."""

    def text(field: str) -> str:
        return str(typed.get(field) or "").strip()

    letters = {"f": "female", "m": "male"}
    sex = text("sex").lower()
    given, father, grandfather, native, call_name, other = map(text, COLUMNS[:6])
    return client_keys.person(
        (given, father, grandfather, native, call_name, other),
        sex=letters.get(sex, sex),
        birth=_birth_typed(typed.get("birth"), today),
        phone=text("phone"),
        district=text("district"),
        passport=text("passport"),
    )


def _birth_typed(said: object, today: date) -> Birth | None:
    try:
        return client_births.told(said, today) if isinstance(said, Mapping) and said else None
    except Invalid:
        return None


def person_of(row: Mapping[str, Any]) -> Person:
    """The person of a row as the database keeps it, with the columns of ``COLUMNS``."""
    given, father, grandfather, native, call_name, other = (row[name] for name in COLUMNS[:6])
    return client_keys.person(
        (given, father, grandfather, native, call_name, other),
        sex=row["sex"],
        birth=_birth_kept(row),
        phone=row["phone"],
        district=row["district"],
        passport=row["passport"],
    )


def _birth_kept(row: Mapping[str, Any]) -> Birth | None:
    if not row["birth_first"] or not row["birth_last"]:
        return None
    return Birth(
        first=date.fromisoformat(row["birth_first"]),
        last=date.fromisoformat(row["birth_last"]),
        given=row["birth_given"],
        calendar=Calendar(row["birth_calendar"] or Calendar.GREGORIAN),
        known_as=KnownAs(row["birth_known_as"] or KnownAs.DAY),
        basis=Basis(row["birth_basis"] or Basis.STATED),
        estimated=bool(row["birth_estimated"]),
    )


class Asked:
    """One question to the keys: who shares which of them. ``hidden`` take no part."""

    def __init__(self, person: Person, connection: Connection, hidden: frozenset[int]) -> None:
        self.person, self.connection, self.hidden = person, connection, hidden
        self.votes: defaultdict[int, float] = defaultdict(float)
        self.shared: dict[tuple[int, int, int], frozenset[int]] = {}
        self.alone: dict[tuple[int, int], list[str]] = {}
        self.known: dict[str, frozenset[int]] = {}
        self.counted: dict[tuple[int, tuple[int, ...]], int] = {}

    def look(self) -> list[int]:
        """The ids of the people who share most with her, the closest first."""
        self._vote([f"n{self.person.passport}"] if self.person.passport else [])
        self._vote([f"p{self.person.phone}"] if self.person.phone else [])
        for number, line in enumerate(self.person.lines):
            self._line(number, units(*line))
        best = nlargest(CLOSEST, self.votes.items(), key=lambda item: (item[1], -item[0]))
        return [one for one, votes in best if votes >= FAR_BEHIND * best[0][1]]

    def _line(self, number: int, said: tuple[Unit, ...]) -> None:
        for (i, one), (j, two) in combinations(enumerate(said), 2):
            self.shared[number, i, j] = self._vote(list(dict.fromkeys(client_keys.pair_keys(one, two))))
        born = tuple(client_keys.years(self.person.birth))
        beside = tuple(dict.fromkeys(year + apart for apart in (1, -1) for year in born))
        for i, unit in enumerate(said):
            keys = list(dict.fromkeys(client_keys.word_keys(unit, born, self.person.district)))
            self.alone[number, i] = [key for key in keys if key[0] == "w"]
            same = self._vote([key for key in keys if key[0] == "y"])
            self._vote([key for key in client_keys.word_keys(unit, beside, "") if key[0] == "y"], BESIDE, but=same)
            self._vote([key for key in keys if key[0] == "d"])

    def _vote(self, keys: list[str], part: float = 1.0, but: frozenset[int] = frozenset()) -> frozenset[int]:
        """Everybody who has one of these keys, each with a vote the heavier the fewer they are."""
        found = frozenset[int]().union(*map(self._people, keys)) - but
        weight = part * log(MANY / (len(found) + 1))
        for one in found:
            self.votes[one] += weight
        return found

    def _people(self, key: str) -> frozenset[int]:
        if key not in self.known:
            self.known[key] = self._first(key, COMMON[key[0]])
        return self.known[key]

    def _first(self, key: str, most: int) -> frozenset[int]:
        """The first people with a key, as if the hidden ones were not there."""
        rows = self.connection.execute(_KEY, (key, most + len(self.hidden)))
        return frozenset([row[0] for row in rows if row[0] not in self.hidden][:most])

    def _count(self, key: str, most: int) -> int:
        if self.hidden:
            return len(self._first(key, most))
        return int(self.connection.execute(f"SELECT count(*) FROM ({_KEY})", (key, most)).fetchone()[0])  # noqa: S608

    def others(self, line: int, words: tuple[int, ...]) -> int:
        """How many people share these words of a line with her; of one word only the first 800 are counted."""
        if (line, words) not in self.counted:
            sets = [self.shared.get((line, i, j), frozenset()) for i, j in combinations(words, 2)]
            several = frozenset.intersection(*sets) if sets else frozenset[int]()
            self.counted[line, words] = len(several) if len(words) > 1 else self._bearers(line, *words)
        return self.counted[line, words]

    def _bearers(self, line: int, word: int) -> int:
        most = int(weights()["one_word"])
        found = [self._count(key, most) for key in self.alone[line, word]]
        return min(most, sum(found)) if found else most


# -- Questions


@needs(May.SEE_NAMES)
def look(store: Store, typed: Mapping[str, Any], *, today: date, limit: int = 5) -> list[Likely]:
    """People who may be registered already, the likeliest first, as far as this officer may see. Raises NotAllowed."""
    person = asked_for(typed, today)
    with store.plain() as connection:
        asked = Asked(person, connection, frozenset(row[0] for row in connection.execute(_HIDDEN)))
        rows = _rows(connection, asked.look(), "temp.seen_client")
        found = _weighed(asked, rows)
        return _told(connection, found)[:limit]


@needs(May.REGISTER)
def ask_supervisor(store: Store, typed: Mapping[str, Any], *, today: date) -> bool:
    """At the moment of saving: whether to say "Ask your supervisor before you register her".

    True only where the centre's setting allows it and a client hidden from this officer is almost certainly her.
    """
    if not store.centre().settings.get(SETTING):
        return False
    with store.plain() as connection:
        hidden = [row[0] for row in connection.execute(_HIDDEN)]
        person = asked_for(typed, today)
        if not (person.birth or person.phone or person.passport):
            return False  # a name alone never tells that somebody is known
        if hints.meant(connection, client_keys.keys(person)):
            return True
        asked = Asked(person, connection, frozenset())
        asked.look()
        rows = _rows(connection, [one for one in hidden if one in asked.votes], "main.client")
        return any(weighed.score >= SURE for _, weighed in _weighed(asked, rows))


def _rows(connection: Connection, ids: list[int], view: str) -> list[dict[str, Any]]:
    listed = ", ".join(f"c.{name}" for name in COLUMNS)
    sql = (
        f"SELECT s.id, c.uuid, {listed} FROM json_each(?) asked CROSS JOIN main.sought s ON s.id = asked.value "  # noqa: S608
        f"CROSS JOIN {view} c ON c.uuid = s.record WHERE c.gone = 0"
    )
    names = ("id", "uuid", *COLUMNS)
    return [dict(zip(names, row, strict=True)) for row in connection.execute(sql, (json.dumps(ids),))]


def _weighed(asked: Asked, rows: list[dict[str, Any]]) -> list[tuple[str, Weighed]]:
    found = [(row["uuid"], weigh(asked.person, person_of(row), asked.others)) for row in rows]
    likely = [one for one in found if one[1].score >= weights()["show_from"]]
    return sorted(likely, key=lambda one: (-one[1].score, one[0]))


def _told(connection: Connection, found: list[tuple[str, Weighed]]) -> list[Likely]:
    """Each person once, under the record that is shown for her."""
    likely: dict[str, Likely] = {}
    for uuid, weighed in found:
        sql = "SELECT s.record, s.number, s.shown FROM main.sought s WHERE s.record = ?"
        shown = connection.execute("SELECT shown FROM main.linked WHERE client = ?", (uuid,)).fetchone()
        row = (shown and connection.execute(sql, shown).fetchone()) or connection.execute(sql, (uuid,)).fetchone()
        likely.setdefault(row[0], Likely(row[0], row[1], row[2], round(weighed.score, 3), weighed.reasons))
    return list(likely.values())
