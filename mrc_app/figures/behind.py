"""From a figure to who and what is behind it: the clients by number, for an officer who reads their records anyway.

Restricted people are in no such list, not even for the officer who is named: the list says how many it leaves out. A
release has no list at all: what it shows is made so that nobody is found behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mrc_app.calendars.periods import period as read_period
from mrc_app.figures.indicators_people import Entry
from mrc_app.figures.indicators_steps import Step, unheard
from mrc_app.figures.tables import TOTAL
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from sqlite3 import Connection

    from mrc_app.store.centre import Store


@dataclass(frozen=True)
class Line:
    """One line behind a figure: the client with her number, and the record that counted with its kind and day. An event
    has its place for a name, and a visit without a name has none: no client is behind them."""

    client: str
    number: str
    name: str
    kind: str
    record: str
    on: str


@dataclass(frozen=True)
class Behind:
    """What is behind a figure, by number; ``restricted``: how many lines are left out; ``known``: whether this figure
    has a list at all."""

    lines: Sequence[Line]
    restricted: int
    known: bool


def behind(
    store: Store, period: str, code: str, part: str = "", by: Mapping[str, str] | None = None, *, today: date,
    step: Step = unheard,
) -> Behind:  # fmt: skip
    """Who and what is behind a figure of this office's report, or behind a cell of a table (``by``: word by dimension).
    Raises Refused for a role that reads no names, Invalid for no period."""
    from mrc_app.figures import indicators, indicators_breakdowns, indicators_people
    from mrc_app.figures.tiers import TIERS, Tier

    store.allow(May.SEE_NAMES)
    store.allow(May.COUNT)
    span = read_period(period)
    with store.plain() as connection, store.read() as session:
        counting = indicators_people.Counting(
            indicators_people.load(connection, span.end, today, consents=False), TIERS[Tier.INTERNAL]
        )
        indicators_people.load_cases(connection, counting)
        counting.noted = {}
        indicators.all_groups(session, connection, counting, span, today, names=True, step=step)
        words = {name: word for name, word in (by or {}).items() if word != TOTAL}
        entries = counting.noted.get((code, part))
        found = [
            one
            for one in entries or []
            if not one.person
            or all(indicators_breakdowns.word(counting, one, name) == word for name, word in words.items())
        ]
        open_ = [one for one in found if one.person not in counting.people.restricted]
        open_ = [one for one in open_ if not _shut_case(connection, one)]
        lines = _lines(connection, open_)
    return Behind(lines, len(found) - len(open_), entries is not None)


def _shut_case(connection: Connection, entry: Entry) -> bool:
    sql = "SELECT 1 FROM main.restriction WHERE gone = 0 AND lifted IS NULL AND client = ?"
    return entry.kind == "grievance" and connection.execute(sql, (entry.record,)).fetchone() is not None


def _lines(connection: Connection, entries: Sequence[Entry]) -> list[Line]:
    sql = "SELECT uuid, number, call_name FROM temp.seen_client WHERE gone = 0"
    known = {uuid: (number, name) for uuid, number, name in connection.execute(sql)}
    lines = [
        Line(one.person, *known[one.person], one.kind, one.record, one.on) for one in entries if one.person in known
    ]
    places = dict(connection.execute("SELECT uuid, place FROM main.event WHERE gone = 0"))
    lines += [
        Line("", "", places.get(one.record, ""), one.kind, one.record, one.on) for one in entries if not one.person
    ]
    return sorted(lines, key=lambda line: (_order(line.number), line.on, line.record))


def _order(number: str) -> tuple[str, str, int]:
    """Numbers in the order in which they were given: desk, year, then the number itself."""
    desk, year, n = (*number.split("-"), "", "", "")[:3]
    return desk, year, int(n) if n.isdecimal() else 0
