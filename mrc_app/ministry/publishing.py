"""What a ministry may tell everybody: tables over all centres in which no small number stands or can be worked out.

Tables that count the same people are protected together (figures/suppression) and with everything published before
(figures/suppression_linked): what is told stays told. Sums of money, medians and means are not published here: whether
one person makes up most of a sum cannot be seen from the sums of centres.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mrc_app.calendars.periods import Period
from mrc_app.errors import MrcError
from mrc_app.exchange.ministry_export_profile import FLOWS, INDICATOR_NAMES, LABELS, TOTAL, code_of, labels
from mrc_app.figures.suppression import Release, Rule, inspect, protect
from mrc_app.figures.suppression_linked import Issue, guarded, worked_out
from mrc_app.figures.tables import Dimension, Table
from mrc_app.figures.tiers import SENSITIVE
from mrc_app.i18n import N_
from mrc_app.ministry import consolidated
from mrc_app.ministry.consolidated import Sum
from mrc_app.ministry.database import Database

Step = Callable[[int, int], None]
Key = tuple[str, ...]
SENSITIVE_NEED = 10
NATIONAL = 3
"""Centres that must have sent before a table counts as national: with fewer it is one centre's table."""
CROSSED = {
    "DF_PERSONS": ("SEX AGE", "SEX DEST", "SEX SECTOR", "SEX STAGE"),
    "DF_SERVICES": ("SEX AGE", "SEX DEST", "SEX SECTOR"),
    "DF_COMPLAINANTS": ("GCAT SEX", "SEX DEST"),
    "DF_RETURNEES": ("SEX AGE", "SEX DEST", "SEX HOW"),
    "DF_VISITS": ("SEX AGE", "SEX KIND"),
}
"""Of a dataflow with more than two dimensions these pairs are told, never the whole cube: most of it would be blank."""
SERIES = {
    "PERSONS_NEW_N": "A1", "SERVICES_N": "A3", "CONTACTS_N": "A3", "MET_SEX_N": "A4", "MET_AGE_N": "A4",
    "MET_KIND_N": "A4", "VISITS_N": "AV", "GRIEVANCES_N": "C1", "COMPLAINANTS_N": "C2", "OPEN_N": "C7",
}  # fmt: skip
"""Indicators that suppression_linked knows as things of one day, or as a stock, by its own names."""
LINKED = {"CONTACTS_N": "SERVICES_N", "MET_AGE_N": "MET_SEX_N", "MET_KIND_N": "MET_SEX_N"}
"""Indicators of one dataflow that count what another one counts: protected with it where both agree."""
ONLY_LINKED = frozenset({"CONTACTS_N"})
"""Not told where they do not agree: the difference would count the ways to meet that are not told."""
NO_PEOPLE = frozenset({"EVENTS_N"})
"""Counts that can give nobody away."""
NOT_TOLD = frozenset({"GRIEVANCES_TAKEN_OVER_N", "AUDIENCE_N", "COMP_N", "RC_N", "SUPPORT_N"})
"""Counts that stand beside money, are estimates, or would tell who shares a case."""
DELICATE = SENSITIVE | {code_of("GCAT", one) for one in SENSITIVE}
NOBODY = N_("No centre sent counts for this period, so there is nothing to publish.")


def source(table: Table) -> tuple[str, str]:
    """The dataflow and the indicator of a table, from its name."""
    _series, flow, indicator, _dims = table.name.split(".", 3)
    return flow, indicator


@dataclass(frozen=True)
class Family:
    """Tables that count the same people, as they may be told. ``untold``: the hidden keys."""

    tables: tuple[Table, ...]
    untold: Mapping[str, frozenset[Key]]
    found: int = 0
    whole: bool = True

    def cells(self) -> Iterator[tuple[Table, Key, int | None]]:
        """Every cell and total that has a row; None where it is hidden. There is no total over dimensions whose rows
        overlap."""
        for table in self.tables:
            apart = set(FLOWS[source(table)[0]].apart)
            for key in table.margins():
                overlapping = any(
                    part == TOTAL and one.id in apart for one, part in zip(table.dimensions, key, strict=True)
                )
                if not overlapping:
                    yield table, key, None if key in self.untold[table.name] else table.at(key)


@dataclass(frozen=True)
class Published:
    """A publication: its families, how many cells are not told, and what the auditor could work out (nothing)."""

    span: Period
    seq: int
    k: int
    centres: tuple[str, ...]
    unverified: tuple[str, ...]
    families: tuple[Family, ...]

    @property
    def suppressed(self) -> int:
        """Cells that are not told."""
        return sum(1 for one in self.families for _table, _key, value in one.cells() if value is None)

    @property
    def recoverable(self) -> int:
        """Hidden cells that the auditor got back or found to be small."""
        return sum(one.found for one in self.families)


def prepare(database: Database, span: Period, *, k: int = 5, step: Step = lambda _done, _all: None) -> Published:
    """Everything a publication tells, protected and audited; nothing is kept. Raises Invalid for a threshold under
    three, MrcError where nobody sent anything."""
    rule = Rule(k=k, sensitive=max(SENSITIVE_NEED, k))
    senders = consolidated.senders(database, span)
    if not senders:
        raise MrcError(NOBODY)
    rule = replace(rule, national=len(senders) >= NATIONAL)
    drafts = _drafts(consolidated.sums(database, span), rule)
    before = earlier(database)
    families = []
    for number, tables in enumerate(drafts):
        step(number, len(drafts))
        families.append(_protected(tables, span, rule, before))
    step(len(drafts), len(drafts))
    seq = 1 + database.rows("SELECT count(*) FROM publication WHERE period = ?", span.code)[0][0]
    unverified = tuple(one.centre for one in senders if one.signer != "known")
    return Published(span, seq, k, tuple(one.centre for one in senders), unverified, tuple(families))


def keep(database: Database, made: Published, today: date) -> None:
    """Remembers what was told, so that later publications do not give it away by a difference."""
    families = [_as_json(one, made.span) for one in made.families]
    number = int(database.rows("SELECT coalesce(max(id), 0) + 1 FROM publication")[0][0])
    database.run(
        "INSERT INTO publication (id, period, seq, k, made, suppressed, families) VALUES (?, ?, ?, ?, ?, ?, ?)",
        number, made.span.code, made.seq, made.k, today.isoformat(), made.suppressed, json.dumps(families),
    )  # fmt: skip


# -- Which tables


def _drafts(sums: Sequence[Sum], rule: Rule) -> list[list[Table]]:
    """The families of tables, each with those that count the same."""
    together: dict[tuple[str, str], list[Sum]] = {}
    for one in sums:
        together.setdefault((one.flow, one.indicator), []).append(one)
    made = {ones[0].indicator: tables for ones in together.values() if (tables := _draft(ones, rule))}
    for indicator, other in LINKED.items():
        if indicator in made and other in made and _agree(made[other] + made[indicator]):
            made[other] += made.pop(indicator)
        elif indicator in ONLY_LINKED:
            made.pop(indicator, None)
    return list(made.values())


def _agree(tables: Sequence[Table]) -> bool:
    """Whether tables count the same: in all, and in each member of a dimension that two of them share."""
    for one in ("", *{dim.id for table in tables for dim in table.dimensions}):
        found = []
        for table in tables:
            names = [dim.id for dim in table.dimensions]
            if one and one not in names:
                continue
            sums: dict[str, int] = {}
            for key, number in table.cells.items():
                member = key[names.index(one)] if one else TOTAL
                sums[member] = sums.get(member, 0) + number
            found.append({member: number for member, number in sums.items() if number})
        if any(sums != found[0] for sums in found):
            return False
    return True


def _draft(ones: list[Sum], rule: Rule) -> list[Table]:
    """The tables of one indicator; none for what is not published. There are several sums of one where centres with
    different versions break it down differently: only what all of them know is told."""
    one = ones[0]
    flow = FLOWS.get(one.flow)
    if flow is None or one.indicator in NOT_TOLD or flow.units.get(one.indicator) not in ("PS", "NUM"):
        return []
    if "CURRENCY" in one.dims or len({sum_.unit for sum_ in ones}) > 1:
        return []
    crossed = [pair.split() for pair in CROSSED.get(one.flow, (" ".join(flow.dims),))]
    known = [tuple(pair) for pair in crossed if all(set(pair) <= set(sum_.dims) for sum_ in ones)]
    tables = [_table(ones, dims, rule) for dims in known if len(dims) < 4]
    return [table for table in tables if table.cells]


def _table(ones: list[Sum], dims: tuple[str, ...], rule: Rule) -> Table:
    """The leaves added up over the other dimensions, members in the order of their list. Below national level nobody
    counts who has a sensitive member, also not in tables that do not name it."""
    one, cells = ones[0], dict[Key, int]()
    for sum_ in ones:
        places = [sum_.dims.index(name) for name in dims]
        for cell, value in sum_.leaves.items():
            if rule.national or DELICATE.isdisjoint(cell):
                key = tuple(cell[place] for place in places)
                cells[key] = cells.get(key, 0) + int(value)
    dimensions = []
    for place, name in enumerate(dims):
        there = {key[place] for key in cells}
        order = [member for member in labels(name) if member in there]
        dimensions.append(Dimension(name, (*order, *sorted(there - set(order)))))
    series = SERIES.get(one.indicator, "P")
    sensitive = DELICATE & {member for dimension in dimensions for member in dimension.members}
    title = f"{series}.{one.flow}.{one.indicator}.{'.'.join(dims)}"
    return Table(title, tuple(dimensions), cells, sensitive=frozenset(sensitive))


# -- What is hidden


def _protected(tables: list[Table], span: Period, rule: Rule, before: Mapping[str, list[Issue]]) -> Family:
    """A family with as much hidden as it takes; all of it where nothing else helps."""
    if source(tables[0])[1] in NO_PEOPLE:
        return Family(tuple(tables), {table.name: frozenset() for table in tables})
    issues = [_complete(one, tables) for one in before.get(tables[0].name, [])]
    try:
        release = protect(tables, rule)
        if not release.tables:
            return Family((), {})
        untold = {table.name: _hidden(release, table) for table in release.tables}
        issue = Issue(span.start, span.end, release.tables, untold)
        if issues:
            issue = guarded(issue, issues, rule)
    except MrcError:
        kept = [table.without(table.sensitive) for table in tables]
        everything = {table.name: frozenset(table.margins()) for table in kept}
        return Family(tuple(kept), everything, whole=False)
    return Family(issue.tables, issue.untold, _audited(release, issue, issues))


def _complete(issue: Issue, tables: Sequence[Table]) -> Issue:
    """An earlier release with the tables that it did not have: nothing of them was told."""
    there = {table.name for table in issue.tables}
    more = tuple(table for table in tables if table.name not in there)
    untold = {**issue.untold, **{table.name: frozenset(table.margins()) for table in more}}
    return replace(issue, tables=(*issue.tables, *more), untold=untold)


def _hidden(release: Release, table: Table) -> frozenset[Key]:
    return frozenset(key for key in table.margins() if release.shown(table.name, key) is None)


def _audited(release: Release, issue: Issue, issues: Sequence[Issue]) -> int:
    """How much the auditor gets back: of this release alone, and together with those before it."""
    hidden = {release.group(table, key) for table in issue.tables for key in issue.untold[table.name]}
    found = inspect(replace(release, hidden=frozenset(hidden)))
    alone = len(found.recovered | found.small)
    leaks = worked_out(issue, issues, release.rule) if issues else []
    return alone + sum(len(one.cells) + len(one.differences) for one in leaks)


# -- What was told before


def earlier(database: Database) -> dict[str, list[Issue]]:
    """Everything that was ever published, by the first table of each family, the oldest first."""
    found: dict[str, list[Issue]] = {}
    for (families,) in database.rows("SELECT families FROM publication ORDER BY id"):
        for one in json.loads(families):
            issue = _issue(one)
            if issue.tables:
                found.setdefault(issue.tables[0].name, []).append(issue)
    return found


def _as_json(one: Family, span: Period) -> dict[str, Any]:
    return {
        "start": span.start.isoformat(), "end": span.end.isoformat(),
        "tables": [
            {
                "name": table.name, "dimensions": [[dim.id, list(dim.members)] for dim in table.dimensions],
                "cells": [[*key, number] for key, number in table.cells.items()],
                "sensitive": sorted(table.sensitive), "untold": sorted(one.untold[table.name]),
            }
            for table in one.tables
        ],
    }  # fmt: skip


def _issue(said: dict[str, Any]) -> Issue:
    tables, untold = [], {}
    for one in said["tables"]:
        dimensions = tuple(Dimension(id, tuple(members)) for id, members in one["dimensions"])
        cells = {tuple(key): number for *key, number in one["cells"]}
        tables.append(Table(one["name"], dimensions, cells, sensitive=frozenset(one["sensitive"])))
        untold[one["name"]] = frozenset(tuple(key) for key in one["untold"])
    return Issue(date.fromisoformat(said["start"]), date.fromisoformat(said["end"]), tuple(tables), untold)


def title(table: Table) -> list[str]:
    """What a table is called, as message ids: its indicator and its breakdowns."""
    _flow, indicator = source(table)
    return [INDICATOR_NAMES.get(indicator, indicator), *(LABELS.get(dim.id, dim.id) for dim in table.dimensions)]


def area(database: Database, span: Period) -> str:
    """The country whose centres sent; nothing where there are several."""
    rows = database.rows(
        "SELECT DISTINCT country FROM package WHERE state = 'current' AND tier = 'MIN' AND first_day = ? "
        "AND last_day = ?",
        span.start.isoformat(), span.end.isoformat(),
    )  # fmt: skip
    return str(rows[0][0]) if len(rows) == 1 else ""
