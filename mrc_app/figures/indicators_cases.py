"""Indicators B and C: contracts, costs, complaints, money, referrals, screening."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from sqlite3 import Connection

from sqlmodel import Session

from mrc_app.calendars.periods import Period
from mrc_app.casework import cost_figures
from mrc_app.casework.claim_rules import KIND, Form, Kind
from mrc_app.casework.contract_verdicts import Checked, checked_between
from mrc_app.casework.cost_words import Level
from mrc_app.casework.grievance_events import ENDED
from mrc_app.figures.indicators_figures import Counted, Figure, Spread, count, middle, share, spread
from mrc_app.figures.indicators_people import Case, Counting, Entry, skill, table
from mrc_app.figures.indicators_services import referrals
from mrc_app.figures.indicators_words import Backlog, Referred, Unit
from mrc_app.figures.tables import TOTAL
from mrc_app.figures.tiers import SENSITIVE_CODES

_EVENTS = """SELECT grievance, state, "on" FROM temp.seen_grievanceevent WHERE gone = 0 AND "on" <= ?
ORDER BY "on", n, uuid"""
_ENTRIES = """SELECT e.grievance, e.claim, e.client, e.form, e.minor, e.currency, e."on" FROM temp.seen_claimentry e
WHERE e.gone = 0 AND e."on" <= ? ORDER BY e."on", e.id"""
_STEPS = """SELECT referral, state, told_by FROM temp.seen_referralevent WHERE gone = 0 AND "on" <= ?"""
GOOD_END = frozenset({"settled", "awarded", "paid_part", "paid"})
OUTCOMES = frozenset({"settled", "awarded"})
AGES = ((30, Backlog.UP_TO_30), (90, Backlog.UP_TO_90), (180, Backlog.UP_TO_180), (365, Backlog.UP_TO_365))


def contracts(session: Session, counting: Counting, span: Period) -> Counted:
    """B1 to B3."""
    found = [one for one in checked_between(session, span.start, span.end) if counting.key(one.client)]
    red = [one for one in found if one.first_red]
    counting.note("B1", (_journey(counting, one) for one in found))
    counting.note("B2", (_journey(counting, one) for one in found if one.passed_first_time))
    counting.note("B3", (_journey(counting, one) for one in red if one.corrected))
    figures = [
        count("B1", Unit.CONTRACTS, len(found)),
        share("B2", sum(1 for one in found if one.passed_first_time), len(found)),
        share("B3", sum(1 for one in red if one.corrected), len(red)),
    ]
    return Counted(tuple(figures), ())


def _journey(counting: Counting, one: Checked) -> Entry:
    return Entry(counting.people.of[one.client], "journey", one.journey, one.decided_on.isoformat())


def recruitment(session: Session, connection: Connection, counting: Counting, span: Period) -> Counted:
    """B4 with its distribution, B5 and B6."""
    rows = {key: row for row in cost_figures.ratios(session, span.end, span.start) if (key := counting.key(row.client))}
    known = {key: row for key, row in rows.items() if row.ratio is not None and row.on is not None and row.on in span}
    ratios = [row.ratio for row in known.values() if row.ratio is not None]
    written = _since(connection, counting, "cost", span)
    ledger = {key: row for key, row in rows.items() if key in written}
    paid = sum(1 for row in ledger.values() if row.cost is None or row.cost > 0)
    levels = _debts(session, counting, span)
    for part in ("mean", "median"):
        counting.note_people("B4", known, part)
    counting.note_people("B5", (key for key, row in ledger.items() if row.cost is None or row.cost > 0))
    counting.note_people("B6", (key for key, level in levels.items() if level is Level.HIGH))
    figures = [
        middle("B4", Unit.RATIO, ratios, "mean"),
        middle("B4", Unit.RATIO, ratios, "median"),
        share("B5", paid, len(ledger)),
        share("B6", sum(1 for level in levels.values() if level is Level.HIGH), len(levels)),
    ]
    return Counted(tuple(figures), (), tuple(_spreads(known, counting)))


def _spreads(known: dict[str, cost_figures.WorkerCost], counting: Counting) -> list[Spread]:
    groups: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for key, row in known.items():
        if row.ratio is None:
            continue
        groups["", ""].append(row.ratio)
        groups["sex", counting.person(key).sex].append(row.ratio)
        groups["skill", skill(row.isco)].append(row.ratio)
        groups["sector", row.sector or "not_stated"].append(row.ratio)
        groups["corridor", f"{row.origin}-{row.destination}" if row.origin else "not_stated"].append(row.ratio)
    order = ("", "sex", "skill", "sector", "corridor")
    return [
        spread(by, member, found)
        for (by, member), found in sorted(groups.items(), key=lambda one: (order.index(one[0][0]), one[0][1]))
    ]


def _since(connection: Connection, counting: Counting, name: str, span: Period) -> set[str]:
    sql = f'SELECT client FROM temp."seen_{name}" WHERE gone = 0 AND noted_on BETWEEN ? AND ?'  # noqa: S608
    days = (span.start.isoformat(), span.end.isoformat())
    return {key for (client,) in connection.execute(sql, days) if (key := counting.key(client))}


def _debts(session: Session, counting: Counting, span: Period) -> dict[str, Level]:
    """The debt risk of everybody whose loans were written down in the period; of two records the worse one."""
    found: dict[str, Level] = {}
    for client, level in cost_figures.debt_levels(session, span.end, span.start).items():
        if (key := counting.key(client)) and (level is Level.HIGH or key not in found):
            found[key] = level
    return found


# -- Complaints


def complaints(counting: Counting, connection: Connection, span: Period) -> Counted:
    """C1 to C4 and C7."""
    lodged = {uuid: case for uuid, case in counting.cases.items() if case.lodged_on in span}
    opened = list(lodged.values())
    counting.note("C1", (one for uuid, case in lodged.items() for one in _of_case(uuid, case)[:1]))
    counting.note("C2", (one for uuid, case in lodged.items() for one in _of_case(uuid, case)))
    cells: dict[tuple[str, ...], int] = defaultdict(int)
    for case in opened:
        for key in case.people:
            cells[case.matter, counting.person(key).sex] += 1
    by = table("C2", ("matter", "sex"), dict(cells), "persons", SENSITIVE_CODES)
    whole, women = by.total(), by.at((TOTAL, "female"))
    stated = whole - by.at((TOTAL, "not_stated"))
    ended, remaining = states(counting, connection, span)
    good = sum(1 for _days, well in ended.values() if well)
    for code, some in (("C3", [uuid for uuid in ended if ended[uuid][1]]), ("C4", list(ended)), ("C7", remaining)):
        counting.note(code, (one for uuid in some for one in _of_case(uuid, counting.cases[uuid], span)[:1]))
    backlog = table("C7", ("backlog",), _backlog(counting, remaining, span))
    figures = [
        count("C1", Unit.CASES, len(opened)),
        count("C2", Unit.PERSONS, whole, cells=(("C2", (TOTAL, TOTAL)),)),
        share("C2W", women, stated, cells=tuple(("C2", (TOTAL, one)) for one in (TOTAL, "female", "not_stated"))),
        share("C3", good, len(ended)),
        replace(middle("C4", Unit.DAYS, [days for days, _well in ended.values()], "median"), part=""),
        count("C7", Unit.CASES, len(remaining), cells=(("C7", (TOTAL,)),)),
    ]
    return Counted(tuple(figures), ((by,), (backlog,)))


def _of_case(uuid: str, case: Case, span: Period | None = None) -> list[Entry]:
    words = (("matter", case.matter), *((("backlog", _open_for(case, span)),) if span else ()))
    return [Entry(key, "grievance", uuid, case.lodged_on.isoformat(), words) for key in case.people]


def states(counting: Counting, connection: Connection, span: Period) -> tuple[dict[str, tuple[int, bool]], list[str]]:
    """Cases closed in the period (days, whether with a good end), and those open on its last day."""
    steps: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for grievance, state, on in connection.execute(_EVENTS, (span.end.isoformat(),)):
        steps[grievance].append((state, date.fromisoformat(on)))
    remedies = {row[0] for row in connection.execute("SELECT grievance FROM temp.seen_remedy WHERE gone = 0")}
    ended: dict[str, tuple[int, bool]] = {}
    remaining: list[str] = []
    for uuid, case in counting.cases.items():
        if case.lodged_on > span.end:
            continue
        state, on = steps[uuid][-1] if steps[uuid] else ("", case.lodged_on)
        if state not in ENDED:
            remaining.append(uuid)
        elif on in span:
            ended[uuid] = ((on - case.lodged_on).days, _well(case, steps[uuid], uuid in remedies))
    return ended, remaining


def _well(case: Case, steps: list[tuple[str, date]], remedy: bool) -> bool:
    return remedy or not OUTCOMES.isdisjoint(case.outcomes) or any(state in GOOD_END for state, _on in steps)


def _backlog(counting: Counting, remaining: list[str], span: Period) -> dict[tuple[str, ...], int]:
    cells: dict[tuple[str, ...], int] = defaultdict(int)
    for uuid in remaining:
        cells[(_open_for(counting.cases[uuid], span),)] += 1
    return dict(cells)


def _open_for(case: Case, span: Period) -> str:
    days = (span.end - case.lodged_on).days
    return next((band.value for most, band in AGES if days <= most), Backlog.OVER_365.value)


def money(counting: Counting, connection: Connection, span: Period) -> Counted:
    """C5 and C6: four sums per currency, never added; what was recovered of each closed case."""
    claims: dict[str, list[tuple[str, str, str, int, str, date]]] = defaultdict(list)
    for grievance, claim, client, form, minor, currency, on in connection.execute(_ENTRIES, (span.end.isoformat(),)):
        if grievance in counting.cases and (key := counting.key(client)):
            claims[claim].append((grievance, key, form, minor, currency, date.fromisoformat(on)))
    sums: dict[tuple[str, Kind], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    cases: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for entries in claims.values():
        for kind in Kind:
            mine = [one for one in entries if KIND[Form(one[2])] is kind]
            inside = [one for one in mine if one[5] in span]
            for _case, key, _form, minor, currency, _on in inside if kind is Kind.PAID else inside[-1:]:
                sums[currency, kind][key] += minor
            if kind is Kind.PAID:
                for one in mine:
                    cases[one[0], one[4]][1] += one[3]
            elif kind is Kind.CLAIMED and mine:
                cases[mine[-1][0], mine[-1][4]][0] += mine[-1][3]
    figures = [
        _sum(currency, kind, found)
        for (currency, kind), found in sorted(sums.items(), key=lambda one: (one[0][0], list(Kind).index(one[0][1])))
    ]
    for (currency, kind), by_person in sums.items():
        counting.note_people("C5", by_person, f"{kind.value} {currency}")
    ended, _open = states(counting, connection, span)
    recovered: dict[str, list[Fraction]] = defaultdict(list)
    for (grievance, currency), (claimed, paid) in sorted(cases.items()):
        if grievance in ended and claimed:
            recovered[currency].append(Fraction(paid * 100, claimed))
    for currency, found in recovered.items():
        figures += [middle("C6", Unit.PERCENT, found, part, currency=currency) for part in ("mean", "median")]
    return Counted(tuple(figures), ())


def _sum(currency: str, kind: Kind, by_person: dict[str, int]) -> Figure:
    return Figure(
        "C5", Unit.MONEY, sum(by_person.values()), n=len(by_person), part=kind.value, currency=currency,
        most=max(by_person.values(), default=0),
    )  # fmt: skip


# -- Referrals, screening


def referred(counting: Counting, connection: Connection, span: Period) -> Counted:
    """C8: referrals made in the period, by how far they have come. Complete only when the service itself said so."""
    made = {one.uuid: one.key for one in referrals(connection, counting, span)}
    state = dict.fromkeys(made, Referred.MADE)
    for referral, step, told_by in connection.execute(_STEPS, (span.end.isoformat(),)):
        if referral not in state:
            continue
        if step == "given" and told_by == "service":
            state[referral] = Referred.COMPLETED
        elif step in ("acknowledged", "accepted", "refused") and state[referral] is Referred.MADE:
            state[referral] = Referred.ACKNOWLEDGED
    cells: dict[tuple[str, ...], int] = defaultdict(int)
    for one in state.values():
        cells[(one.value,)] += 1
    done = cells[(Referred.COMPLETED.value,)]
    behind = [Entry(made[uuid], "referral", uuid, "", (("referred", one.value),)) for uuid, one in state.items()]
    counting.note("C8", behind)
    counting.note("C8", (one for one in behind if one.words[0][1] == Referred.COMPLETED.value), "completed")
    figures = [
        count("C8", Unit.REFERRALS, len(made), cells=(("C8", (TOTAL,)),)),
        share("C8", done, len(made), part="completed", cells=(("C8", (TOTAL,)), ("C8", (Referred.COMPLETED.value,)))),
    ]
    by = table("C8", ("referred",), {cell: number for cell, number in cells.items() if number}, "contacts")
    return Counted(tuple(figures), ((by,),))


def screened(counting: Counting, connection: Connection, span: Period) -> Counted:
    """C9, for this office only: persons screened, and those with at least one indicator, by how many."""
    if not counting.rule.sensitive:
        return Counted((), ())
    sql = """SELECT s.client, s.grievance, count(DISTINCT a.indicator) FROM temp.seen_screening s
      LEFT JOIN main.screeninganswer a ON a.screening = s.uuid AND a.gone = 0 AND a.answer = 'yes'
      AND a.indicator <> 'c190'
      WHERE s.gone = 0 AND s."on" BETWEEN ? AND ? GROUP BY s.uuid"""
    most: dict[str, int] = {}
    for client, grievance, ticked in connection.execute(sql, (span.start.isoformat(), span.end.isoformat())):
        if counting.case(grievance) and (key := counting.key(client)):
            most[key] = max(most.get(key, 0), ticked)
    yes = [number for number in most.values() if number]
    counting.note_people("C9", most, "screened")
    counting.note_people("C9", (key for key, number in most.items() if number))
    for number in set(yes):
        counting.note_people("C9", (key for key in most if most[key] == number), str(number))
    figures = [
        count("C9", Unit.PERSONS, len(most), part="screened"),
        count("C9", Unit.PERSONS, len(yes), n=len(yes), of=len(most)),
        *(count("C9", Unit.PERSONS, yes.count(number), part=str(number)) for number in sorted(set(yes))),
    ]
    return Counted(tuple(figures), ())
