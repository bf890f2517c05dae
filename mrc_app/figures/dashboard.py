"""The dashboard: a few figures of a period as they stand for this office, each counted in SQL, each person once.

They are the figures of the internal report, so that a chart never says another number than a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mrc_app.calendars.days import Calendar, from_gregorian, months_in_year, span
from mrc_app.calendars.periods import Period
from mrc_app.calendars.periods import period as read_period
from mrc_app.casework.claim_rules import KIND, Form, Kind
from mrc_app.casework.grievance_events import ENDED
from mrc_app.figures import targets
from mrc_app.figures.indicators_figures import mean
from mrc_app.figures.indicators_services import DATED
from mrc_app.figures.indicators_words import Backlog
from mrc_app.figures.tiers import Tier
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from sqlite3 import Connection

    from mrc_app.store.centre import Store

# -- Record


@dataclass(frozen=True)
class Month:
    """What was done in one month: unique persons served, and contacts."""

    start: date
    end: date
    calendar: Calendar
    year: int
    month: int
    persons: int = 0
    contacts: int = 0


@dataclass(frozen=True)
class Flow:
    """The four kinds of money of one currency in minor units, with how many persons stand behind each."""

    currency: str
    minor: dict[Kind, int]
    persons: dict[Kind, int]


@dataclass(frozen=True)
class Paired:
    """One dimension of an index on the people who answered both times: the two means, and their difference."""

    wave: str
    dimension: str
    first: Fraction
    later: Fraction
    n: int

    @property
    def change(self) -> Fraction:
        """What it rose by; below zero where it fell."""
        return self.later - self.first


@dataclass(frozen=True)
class Dashboard:
    """What the charts show. ``aims`` are the targets of exactly this period as the report reckons them."""

    period: Period
    centre: str
    made_on: date
    months: tuple[Month, ...]
    backlog: dict[Backlog, int]
    money: tuple[Flow, ...]
    paired: tuple[Paired, ...]
    aims: tuple[dict[str, Any], ...]


# -- Rules

SHORT = 31
"""Days of a period that is shown with the months before it."""
MOST_MONTHS = 24
WAVES = ("month_6", "month_12")
AGES = ((30, Backlog.UP_TO_30), (90, Backlog.UP_TO_90), (180, Backlog.UP_TO_180), (365, Backlog.UP_TO_365))
_KEPT_IN = {"et": Calendar.ETHIOPIAN, "np": Calendar.BIKRAM_SAMBAT}


def months(chosen: Period) -> list[Month]:
    """The months a period is shown in, in its own calendar: those it covers, or, for a period no longer than a month,
    one year of months up to it."""
    calendar = _KEPT_IN.get(chosen.code.partition(":")[0], Calendar.GREGORIAN)
    short = (chosen.end - chosen.start).days < SHORT
    wanted = months_in_year(calendar) if short else MOST_MONTHS
    year, month, _day = from_gregorian(chosen.end, calendar)[:3]
    found: list[Month] = []
    while len(found) < wanted:
        start, end = span(year, month, calendar)
        if not short and end < chosen.start:
            break
        if not short:
            start, end = max(start, chosen.start), min(end, chosen.end)
        found.append(Month(start, end, calendar, year, month))
        year, month = (year, month - 1) if month > 1 else (year - 1, months_in_year(calendar))
    return found[::-1]


def begun(shown: Sequence[Month], today: date) -> list[Month]:
    """The months that have begun; the first one always."""
    return [one for n, one in enumerate(shown) if not n or one.start <= today]


# -- Questions

_PERSON = """person(uuid, key) AS MATERIALIZED (SELECT c.uuid, coalesce(l.shown, c.uuid) FROM temp.seen_client c
  LEFT JOIN main.linked l ON l.client = c.uuid WHERE c.gone = 0)"""
_CASE = """member(grievance, client, lodged_on) AS MATERIALIZED (SELECT g.uuid, p.client, g.lodged_on
  FROM temp.seen_complainant p CROSS JOIN person ON person.uuid = p.client
  CROSS JOIN temp.seen_grievance g ON g.uuid = p.grievance WHERE p.gone = 0 AND g.gone = 0),
counted(uuid, lodged_on) AS MATERIALIZED (SELECT DISTINCT grievance, lodged_on FROM member)"""
_DONE = """SELECT client, {place}, {case}, count(*) FROM temp."seen_{name}"
WHERE gone = 0 AND +"{column}" BETWEEN ?1 AND ?2 GROUP BY 1, 2, 3"""
"""The plus keeps the index away: most of a year lies all over the file, and reading through is many times quicker."""
_STEPS = """SELECT p.client, {place}, e.grievance, count(*) FROM temp.seen_grievanceevent e
  CROSS JOIN temp.seen_complainant p ON p.grievance = e.grievance AND p.gone = 0
WHERE e.gone = 0 AND e."on" BETWEEN ?1 AND ?2 GROUP BY 1, 2, 3"""
_BACKLOG = f"""WITH {_PERSON}, {_CASE}, old(days) AS (
  SELECT CAST(julianday(?1) - julianday(c.lodged_on) AS INTEGER) FROM counted c WHERE c.lodged_on <= ?1
    AND coalesce((SELECT e.state FROM temp.seen_grievanceevent e WHERE e.grievance = c.uuid AND e.gone = 0
      AND e."on" <= ?1 ORDER BY e."on" DESC, e.n DESC, e.uuid DESC LIMIT 1), '') NOT IN ({{ended}}))
SELECT CASE {{bands}} END, count(*) FROM old GROUP BY 1"""
_MONEY = f"""WITH {_PERSON}, {_CASE}, told AS (
  SELECT e.currency, CASE e.form {{kinds}} END AS kind, e.minor, person.key, e.claim, e."on", e.id
  FROM temp.seen_claimentry e CROSS JOIN person ON person.uuid = e.client
  CROSS JOIN counted ON counted.uuid = e.grievance WHERE e.gone = 0 AND e."on" BETWEEN ?1 AND ?2),
ranked AS (SELECT *, row_number() OVER (PARTITION BY claim, kind ORDER BY "on" DESC, id DESC) AS place FROM told)
SELECT currency, kind, sum(minor), count(DISTINCT key) FROM ranked WHERE place = 1 OR kind = 'paid'
GROUP BY currency, kind ORDER BY currency"""
_PAIRED = f"""WITH {_PERSON}, sheet AS (
  SELECT person.key, a.wave, a.scores, row_number() OVER (
    PARTITION BY person.key, a.wave ORDER BY a."on" DESC, a.id DESC) AS place
  FROM temp.seen_assessment a CROSS JOIN person ON person.uuid = a.client
  WHERE a.gone = 0 AND a."on" <= ?2 AND json_valid(a.scores)
    AND (a.wave = 'baseline' OR (a.wave IN ('month_6', 'month_12') AND a."on" >= ?1)))
SELECT later.wave, new.key, old.value, new.value, count(*)
FROM sheet later JOIN sheet first ON first.key = later.key AND first.wave = 'baseline' AND first.place = 1
  CROSS JOIN json_each(later.scores) new JOIN json_each(first.scores) old ON old.key = new.key
WHERE later.wave <> 'baseline' AND later.place = 1 AND old.value IS NOT NULL AND new.value IS NOT NULL
GROUP BY 1, 2, 3, 4"""


def look(store: Store, period: str, today: date) -> Dashboard:
    """Everything the dashboard shows of a period. Raises Invalid for no period, NotAllowed."""
    store.allow(May.COUNT)
    chosen = read_period(period)
    with store.plain() as connection:
        served = services(connection, begun(months(chosen), today))
        cases = backlog(connection, chosen.end)
        flows = money(connection, chosen)
        changes = paired(connection, chosen)
    aims = attained(store, chosen, today)
    return Dashboard(chosen, store.centre().name, today, served, cases, flows, changes, aims)


def services(connection: Connection, shown: Sequence[Month]) -> tuple[Month, ...]:
    """Persons served and contacts month by month. Each kind of service is gathered by itself, and who was served is put
    together here: one statement over all of them takes several times as long."""
    of = dict(connection.execute(f"WITH {_PERSON} SELECT uuid, key FROM person").fetchall())
    cases = {row[0] for row in connection.execute(f"WITH {_PERSON}, {_CASE} SELECT uuid FROM counted")}
    asked = (shown[0].start.isoformat(), shown[-1].end.isoformat())
    served: list[set[str]] = [set() for _one in shown]
    met = [0] * len(shown)
    for name, sql in _statements(shown):
        for client, place, case, times in connection.execute(sql, asked):
            if client in of and (not case or case in cases):
                served[place].add(of[client])
                met[place] += times if name == "contact" else 0
    return tuple(replace(one, persons=len(served[n]), contacts=met[n]) for n, one in enumerate(shown))


def _statements(shown: Sequence[Month]) -> Iterator[tuple[str, str]]:
    """What was done for whom in which month, one statement for each kind of record."""
    also = (("", "referral", "made_on", "grievance"), ("", "contact", "on", ""))
    for _form, name, column, case in [*DATED, *also]:
        place = _place(shown, f'"{column}"')
        yield name, _DONE.format(name=name, column=column, case=case or "''", place=place)
    yield "grievanceevent", _STEPS.format(place=_place(shown, 'e."on"'))


def _place(shown: Sequence[Month], day: str) -> str:
    """SQL: which of the months a day is in, counted from 0; they follow one another without a gap."""
    return " + ".join(["0", *(f"({day} > '{one.end.isoformat()}')" for one in shown[:-1])])


def backlog(connection: Connection, end: date) -> dict[Backlog, int]:
    """The cases open on a day by how long they have been open; every band, also the empty ones."""
    ended = ", ".join(f"'{state.value}'" for state in sorted(ENDED))
    bands = " ".join(f"WHEN days <= {most} THEN '{band.value}'" for most, band in AGES)
    sql = _BACKLOG.format(ended=ended, bands=f"{bands} ELSE '{Backlog.OVER_365.value}'")
    found = dict(connection.execute(sql, (end.isoformat(),)).fetchall())
    return {band: found.get(band.value, 0) for band in Backlog}


def money(connection: Connection, chosen: Period) -> tuple[Flow, ...]:
    """Claimed, offered, awarded and paid in the period, each currency for itself."""
    kinds = " ".join(f"WHEN '{form.value}' THEN '{KIND[form].value}'" for form in Form)
    minor: dict[str, dict[Kind, int]] = defaultdict(dict)
    persons: dict[str, dict[Kind, int]] = defaultdict(dict)
    asked = (chosen.start.isoformat(), chosen.end.isoformat())
    for currency, kind, total, people in connection.execute(_MONEY.format(kinds=kinds), asked):
        minor[currency][Kind(kind)], persons[currency][Kind(kind)] = total, people
    return tuple(Flow(one, minor[one], persons[one]) for one in minor)


def paired(connection: Connection, chosen: Period) -> tuple[Paired, ...]:
    """The change of each dimension since the first answers, on the people asked again in the period."""
    both: dict[tuple[str, str], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for wave, name, old, new, n in connection.execute(_PAIRED, (chosen.start.isoformat(), chosen.end.isoformat())):
        both[wave, name] += [(Decimal(str(old)), Decimal(str(new)))] * n
    order = sorted(both, key=lambda one: (WAVES.index(one[0]), one[1] == "composite", one[1]))
    return tuple(
        Paired(wave, name, _mean(pairs, 0), _mean(pairs, 1), len(pairs))
        for wave, name in order
        if (pairs := both[wave, name])
    )


def _mean(pairs: Sequence[tuple[Decimal, Decimal]], place: int) -> Fraction:
    return mean(pair[place] for pair in pairs) or Fraction(0)


def attained(store: Store, chosen: Period, today: date) -> tuple[dict[str, Any], ...]:
    """The targets of the period with what was reached; the whole report is reckoned only where there are any."""
    from mrc_app.figures import reports

    with store.read() as session:
        if not targets.of_period(session, chosen.start, chosen.end):
            return ()
    return tuple(reports.make(store, chosen.code, Tier.INTERNAL, today)["targets"])
