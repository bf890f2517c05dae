"""What an export counts: the indicators of figures, in the cells of the profile's dataflows. Nothing is recounted by
another rule: who is counted, and on which day, is decided by figures alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import combinations
from sqlite3 import Connection
from typing import TYPE_CHECKING

from mrc_app.calendars.periods import Period
from mrc_app.casework import cost_figures
from mrc_app.exchange.ministry_export_profile import (
    FLOWS,
    NOT_APPLICABLE,
    SEVERAL,
    SKILL_OF,
    TOTAL,
    Flow,
    Skill,
    code_of,
)  # fmt: skip
from mrc_app.figures import indicators, indicators_cases, indicators_returns, indicators_services
from mrc_app.figures.indicators_figures import Counted, Figure, Number, median, rounded
from mrc_app.figures.indicators_people import Case, Counting, load, load_cases
from mrc_app.figures.tiers import Rule
from mrc_app.money import decimals
from mrc_app.store.roles import May, may

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.centre import Store

Cells = dict[tuple[str, ...], Number]
Flows = dict[str, dict[str, Cells]]
"""Codes to numbers, by dataflow and indicator: leaves and totals."""
COUNTED = Rule(consent=True, restricted=False, sensitive=False, k=0)
NAMED = Rule(consent=False, restricted=False, sensitive=False, k=0)
_TABLES = {
    "A3": ("DF_CONTACT_MODES", "CONTACTS_N"), "A4.sex": ("DF_OUTREACH_SEX", "MET_SEX_N"),
    "A4.age": ("DF_OUTREACH_AGE", "MET_AGE_N"), "A4.kind": ("DF_OUTREACH_KIND", "MET_KIND_N"),
    "AV": ("DF_VISITS", "VISITS_N"), "C7": ("DF_BACKLOG", "OPEN_N"),
    "C8": ("DF_REFERRALS", "REFERRALS_N"), "E1": ("DF_TRAINING", "TRAINED_N"),
}  # fmt: skip
"""Tables of figures that are a dataflow as they stand."""
_SUPPORT = """SELECT s.client, l.dimension, s.minor, s.currency FROM temp.seen_supportinstalment s
LEFT JOIN main.planline l ON l.uuid = s.line WHERE s.gone = 0 AND s.paid_on BETWEEN ? AND ?"""


@dataclass
class Asked:
    """A period being counted: whom, where to read, and what figures found. ``elsewhere``: cases that began in another
    centre, which counts them."""

    connection: Connection
    session: Session
    counting: Counting
    span: Period
    today: date
    counted: Counted
    elsewhere: frozenset[str]
    names: bool
    served: set[str] = field(default_factory=set)

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day."""
        return self.span.start.isoformat(), self.span.end.isoformat()

    def figure(self, code: str, part: str = "", currency: str = "") -> Figure | None:
        """A line of the report."""
        found = (one for one in self.counted.figures if (one.code, one.part, one.currency) == (code, part, currency))
        return next(found, None)

    def opened(self) -> dict[str, Case]:
        """The cases lodged in the period, by uuid."""
        return {uuid: case for uuid, case in self.counting.cases.items() if case.lodged_on in self.span}


@contextmanager
def asking(store: Store, span: Period, today: date, rule: Rule, shown: frozenset[str]) -> Iterator[Asked]:
    """Counts a period for an export; ``shown`` are the sensitive words an agreement switched on."""
    names = may(store.role, May.SEE_NAMES)
    with store.plain() as connection, store.read() as session:
        counting = Counting(load(connection, span.end, today), rule, shown=shown)
        load_cases(connection, counting)
        counted = indicators.all_groups(session, connection, counting, span, today, names=names)
        rows = connection.execute("SELECT local FROM main.origin WHERE gone = 0 AND of_kind = 'grievance'")
        elsewhere = frozenset(row[0] for row in rows)
        asked = Asked(connection, session, counting, span, today, counted, elsewhere, names)
        asked.served = set().union(*indicators_services.services(connection, counting, span).values())
        yield asked


def flows(asked: Asked) -> Flows:
    """Every dataflow with something in it."""
    leaves: Flows = defaultdict(dict)
    for part in (_persons, _services, _tables, _grievances, _money, _costs, _returns, _support, _outreach, _figures):
        for flow, indicator, cells in part(asked):
            leaves[flow][indicator] = cells
    return {
        name: {indicator: with_totals(flow, indicator, leaves[name].get(indicator, {})) for indicator in flow.units}
        for name, flow in FLOWS.items()
        if any(leaves.get(name, {}).values())
    }


def with_totals(flow: Flow, indicator: str, leaves: Mapping[tuple[str, ...], Number]) -> Cells:
    """Leaves with their totals: over everything that may be added, and one dimension at a time. Where there are few
    dimensions, over every group of them."""
    if indicator not in flow.sums:
        return dict(sorted(leaves.items()))
    free = [place for place, dim in enumerate(flow.dims) if dim not in flow.apart]
    sizes = range(1, len(free) + 1) if len(free) < 4 else (len(free) - 1, len(free))
    cells: Cells = dict(leaves)
    for summed in (group for size in sizes for group in combinations(free, size)):
        for key, number in leaves.items():
            margin = tuple(TOTAL if place in summed else part for place, part in enumerate(key))
            cells[margin] = Fraction(cells.get(margin, 0)) + Fraction(number)
    if not flow.apart:
        cells.setdefault((TOTAL,) * len(flow.dims), 0)
    return dict(sorted(cells.items()))


# -- Each group: (dataflow, indicator, leaves)

Part = Iterator[tuple[str, str, Cells]]


def _coded(dims: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    return tuple(code_of(dim, word) for dim, word in zip(dims, words, strict=True))


def _of_people(asked: Asked, keys: Iterable[str], dims: tuple[str, ...]) -> Cells:
    attribute = {"SEX": "sex", "AGE": "age", "DEST": "destination", "SECTOR": "sector", "STAGE": "stage"}
    found: Counter[tuple[str, ...]] = Counter()
    for key in keys:
        person = asked.counting.person(key)
        found[_coded(dims, (getattr(person, attribute[dim]) for dim in dims))] += 1
    return dict(found)


def _persons(asked: Asked) -> Part:
    dims = FLOWS["DF_PERSONS"].dims
    new = indicators_services.registered(asked.counting, asked.span, asked.served)
    yield "DF_PERSONS", "PERSONS_N", _of_people(asked, asked.served, dims)
    yield "DF_PERSONS", "PERSONS_NEW_N", _of_people(asked, new, dims)


def _services(asked: Asked) -> Part:
    met = [one.key for one in indicators_services.contacts(asked.connection, asked.counting, asked.span)]
    yield "DF_SERVICES", "SERVICES_N", _of_people(asked, met, FLOWS["DF_SERVICES"].dims)
    found: Counter[tuple[str, ...]] = Counter()
    for form, keys in indicators_services.services(asked.connection, asked.counting, asked.span).items():
        for key in keys:
            found[_coded(("SERVICE", "SEX"), (form.value, asked.counting.person(key).sex))] += 1
    yield "DF_SERVICE_TYPES", "SERVICE_PERSONS_N", dict(found)


def _tables(asked: Asked) -> Part:
    for table in (one for family in asked.counted.families for one in family):
        if table.name in _TABLES:
            flow, indicator = _TABLES[table.name]
            found: Counter[tuple[str, ...]] = Counter()
            for key, number in table.cells.items():
                found[_coded(FLOWS[flow].dims, key)] += number
            yield flow, indicator, dict(found)


def outcome(case: Case) -> str:
    """What came of a case for all its people together."""
    found = set(case.outcomes)
    return found.pop() if len(found) == 1 else SEVERAL if found else ""


def _grievances(asked: Asked) -> Part:
    opened, dims = asked.opened(), FLOWS["DF_GRIEVANCES"].dims
    ended, _open = indicators_cases.states(asked.counting, asked.connection, asked.span)
    groups = {
        "GRIEVANCES_N": [case for uuid, case in opened.items() if uuid not in asked.elsewhere],
        "GRIEVANCES_TAKEN_OVER_N": [case for uuid, case in opened.items() if uuid in asked.elsewhere],
        "GRIEVANCES_CLOSED_N": [asked.counting.cases[uuid] for uuid in ended],
    }
    for indicator, cases in groups.items():
        yield "DF_GRIEVANCES", indicator, dict(Counter(_coded(dims, (case.matter, outcome(case))) for case in cases))
    days = median([days for days, _well in ended.values()])
    yield "DF_GRIEVANCES", "DAYS_MEDIAN", {} if days is None else {(TOTAL, TOTAL): days}
    found: Counter[tuple[str, ...]] = Counter()
    for case in groups["GRIEVANCES_N"]:
        for key in case.people:
            person = asked.counting.person(key)
            found[_coded(FLOWS["DF_COMPLAINANTS"].dims, (case.matter, person.sex, person.destination))] += 1
    yield "DF_COMPLAINANTS", "COMPLAINANTS_N", dict(found)


def _money(asked: Asked) -> Part:
    found: dict[str, Cells] = defaultdict(dict)
    for one in asked.counted.figures:
        if one.code != "C5" or one.value is None:
            continue
        key = (one.currency, NOT_APPLICABLE)
        found[f"COMP_{one.part.upper()}"][key] = one.value
        if one.part in ("claimed", "paid"):
            found["COMP_N" if one.part == "claimed" else "COMP_PAID_N"][key] = one.n or 0
    for indicator, cells in found.items():
        yield "DF_COMPENSATION", indicator, cells


def skills(connection: Connection) -> dict[str, str]:
    """The skill level of each journey's job."""
    rows = connection.execute("SELECT uuid, isco FROM temp.seen_journey WHERE gone = 0")
    return {uuid: _skill((isco or "")[:1]) for uuid, isco in rows}


def _skill(major: str) -> str:
    return str(SKILL_OF.get(major, Skill.MIDDLE if major and major in "45678" else ""))


def known_costs(asked: Asked) -> dict[str, cost_figures.WorkerCost]:
    """The workers with cost and earnings known in the period, as indicator B4 counts them."""
    rows = cost_figures.ratios(asked.session, asked.span.end)
    by_key = {key: row for row in rows if (key := asked.counting.key(row.client))}
    return {
        key: row for key, row in by_key.items() if row.ratio is not None and row.on is not None and row.on in asked.span
    }


def earned(row: cost_figures.WorkerCost) -> Fraction:
    """A month's earnings in the currency of the cost; an exact amount, as the cost is."""
    if row.ratio and row.cost is not None:
        return row.cost / row.ratio
    same = row.income is not None and row.income.currency == row.currency
    return Fraction(row.income.amount) if row.income and same else Fraction(0)


def _minor(exact: Fraction, currency: str) -> int:
    """An amount in minor units, rounded before anything is added up: the parts add up to the whole as it is said."""
    return int(rounded(exact * 10 ** decimals(currency), 0))


def _costs(asked: Asked) -> Part:
    levels = skills(asked.connection)
    groups: dict[tuple[str, ...], list[cost_figures.WorkerCost]] = defaultdict(list)
    for key, row in known_costs(asked).items():
        skill = code_of("SKILL", levels.get(row.journey or "", ""))
        leaf = _coded(("SEX", "DEST"), (asked.counting.person(key).sex, row.destination))
        groups[*leaf, skill, row.currency].append(row)
    cost = {key: sum((row.cost or Fraction(0) for row in rows), Fraction(0)) for key, rows in groups.items()}
    income = {key: sum((earned(row) for row in rows), Fraction(0)) for key, rows in groups.items()}
    yield "DF_RECRUITMENT_COST", "RC_N", {key: len(rows) for key, rows in groups.items()}
    yield "DF_RECRUITMENT_COST", "RC_COST_SUM", {key: _minor(sum_, key[-1]) for key, sum_ in cost.items()}
    yield "DF_RECRUITMENT_COST", "RC_INCOME_SUM", {key: _minor(sum_, key[-1]) for key, sum_ in income.items()}
    yield "DF_RECRUITMENT_COST", "RC_RATIO_AGG", {key: cost[key] / income[key] for key in groups if income[key]}
    ratios = [row.ratio for rows in groups.values() for row in rows if row.ratio is not None]
    middle = median(ratios)
    yield "DF_RECRUITMENT_COST", "RC_RATIO_MEDIAN", {} if middle is None else {(TOTAL, TOTAL, TOTAL, TOTAL): middle}


def _returns(asked: Asked) -> Part:
    found: Counter[tuple[str, ...]] = Counter()
    for key, how in indicators_returns.returned(asked.connection, asked.counting, asked.span).items():
        person = asked.counting.person(key)
        found[_coded(FLOWS["DF_RETURNEES"].dims, (person.sex, person.age, person.destination, how))] += 1
    yield "DF_RETURNEES", "RETURNEES_N", dict(found)
    number: Cells = {}
    mean: Cells = {}
    for one in asked.counted.figures:
        if one.code == "D2" and one.value is not None:
            wave, _, rest = one.part.partition(" ")
            name, _, change = rest.partition(" ")
            leaf = (name.upper(), "_".join(filter(None, (wave.upper(), change.upper()))), TOTAL)
            number[leaf], mean[leaf] = one.n or 0, one.value
    yield "DF_REINTEGRATION", "REINT_N", number
    yield "DF_REINTEGRATION", "SCORE_MEAN", mean


def _support(asked: Asked) -> Part:
    people: dict[tuple[str, ...], set[str]] = defaultdict(set)
    paid: Counter[tuple[str, ...]] = Counter()
    for client, dimension, minor, currency in asked.connection.execute(_SUPPORT, asked.days):
        if key := asked.counting.key(client):
            leaf = (*_coded(("SUPPORT", "SEX"), (dimension or "other", asked.counting.person(key).sex)), currency)
            people[leaf].add(key)
            paid[leaf] += minor
    yield "DF_SUPPORT", "SUPPORT_N", {leaf: len(keys) for leaf, keys in people.items()}
    yield "DF_SUPPORT", "SUPPORT_PAID", dict(paid)


def _outreach(asked: Asked) -> Part:
    held = [one for one in asked.counted.figures if one.code == "EV" and one.part]
    yield "DF_OUTREACH", "EVENTS_N", {(code_of("EVENT", one.part),): one.value or 0 for one in held}
    audience = asked.figure("AU")
    if audience and audience.value:
        yield "DF_OUTREACH", "AUDIENCE_N", {(TOTAL,): audience.value}


def _figures(asked: Asked) -> Part:
    """The lines of the report as they stand."""
    found: dict[str, Cells] = {"FIGURE_VALUE": {}, "FIGURE_N": {}, "FIGURE_OF": {}}
    for one in asked.counted.figures:
        part = one.part.upper().replace(" ", "_").replace("-", "_") or TOTAL
        leaf = (one.code, part, one.unit.value.upper(), one.currency or NOT_APPLICABLE)
        for indicator, value in (("FIGURE_VALUE", one.value), ("FIGURE_N", one.n), ("FIGURE_OF", one.of)):
            if value is not None:
                found[indicator][leaf] = value
    for indicator, cells in found.items():
        yield "DF_FIGURES", indicator, cells
