"""Indicators D: returnees and their plans, scores and their change on the same people, support that was paid."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from sqlite3 import Connection

from mrc_app.calendars.periods import Period
from mrc_app.casework.reintegration import WITHIN_DAYS
from mrc_app.figures.indicators_figures import Counted, Figure, count, mean, share
from mrc_app.figures.indicators_people import Counting
from mrc_app.figures.indicators_words import Unit
from mrc_app.figures.tables import TOTAL

_PAID = """SELECT client, minor, currency, dimension, turn FROM (
  SELECT i.client, i.minor, i.currency, i.paid_on, l.dimension,
    row_number() OVER (PARTITION BY i.line ORDER BY i.due, i.id) turn
  FROM temp.seen_supportinstalment i LEFT JOIN temp.seen_planline l ON l.uuid = i.line WHERE i.gone = 0)
WHERE paid_on BETWEEN ? AND ?"""
WAVES = ("month_6", "month_12")


def returned(connection: Connection, counting: Counting, span: Period) -> dict[str, str]:
    """The persons with a return written down in the period, with how the last of them came about."""
    days = (span.start.isoformat(), span.end.isoformat())
    sql = 'SELECT client, kind FROM temp."seen_return" WHERE gone = 0 AND noted_on BETWEEN ? AND ? ORDER BY id'
    return {key: kind for client, kind in connection.execute(sql, days) if (key := counting.key(client))}


def returnees(connection: Connection, counting: Counting, span: Period) -> Counted:
    """D1: returns written down in the period, those people with a plan, and with the plan in time."""
    found = set(returned(connection, counting, span))
    planned: dict[str, bool] = {}
    sql = "SELECT client, contact_on, made_on FROM temp.seen_plan WHERE gone = 0 AND made_on <= ?"
    for client, contact, made in connection.execute(sql, (span.end.isoformat(),)):
        key = counting.people.of.get(client)
        if key in found:
            quick = bool(contact) and (date.fromisoformat(made) - date.fromisoformat(contact)).days <= WITHIN_DAYS
            planned[key] = planned.get(key, False) or quick
    by = counting.broken_down("D1", sorted(found), "sex", "age")
    counting.note_people("D1", sorted(found))
    counting.note_people("D1", sorted(planned), "plan")
    counting.note_people("D1", sorted(key for key, quick in planned.items() if quick), "in_time")
    whole = (("D1", (TOTAL, TOTAL)),)
    figures = [
        count("D1", Unit.PERSONS, len(found), cells=whole),
        count("D1", Unit.PERSONS, len(planned), n=len(planned), of=len(found), part="plan", cells=whole),
        share("D1", sum(planned.values()), len(found), part="in_time", cells=whole),
    ]
    return Counted(tuple(figures), ((by,),))


def support(connection: Connection, counting: Counting, span: Period) -> Counted:
    """D3: persons who were paid in the period, by what for, and the money by currency and instalment."""
    paid: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    turns: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    kinds: dict[str, set[str]] = defaultdict(set)
    for client, minor, currency, dimension, turn in connection.execute(
        _PAID, (span.start.isoformat(), span.end.isoformat())
    ):
        if key := counting.key(client):
            paid[currency][key] += minor
            turns[turn, currency][key] += minor
            kinds[dimension or "other"].add(key)
    people = {key for found in paid.values() for key in found}
    counting.note_people("D3", sorted(people))
    for kind, keys in kinds.items():
        counting.note_people("D3", sorted(keys), kind)
    for currency, sums in paid.items():
        counting.note_people("D3", sorted(sums), f"paid {currency}")
    for (turn, currency), sums in turns.items():
        counting.note_people("D3", sorted(sums), f"instalment {turn} {currency}")
    figures = [count("D3", Unit.PERSONS, len(people), cells=(("D3", (TOTAL, TOTAL)),))]
    figures += counting.by_kind("D3", kinds, len(people))
    figures += [_money("paid", currency, found) for currency, found in sorted(paid.items())]
    if counting.rule.sensitive:
        figures += [_money(f"instalment {turn}", currency, found) for (turn, currency), found in sorted(turns.items())]
    return Counted(tuple(figures), ((counting.one_kind("D3", "support", kinds),),))


def _money(part: str, currency: str, found: dict[str, int]) -> Figure:
    return Figure(
        "D3", Unit.MONEY, sum(found.values()), n=len(found), part=part, currency=currency, most=max(found.values())
    )


def scores(connection: Connection, counting: Counting, span: Period) -> Counted:
    """D2: the mean of each dimension by wave, and the paired change on people with a first score. A role that reads no
    answers has none of these."""
    import json

    waves: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(dict)
    sql = (
        """SELECT client, wave, "on", scores FROM temp.seen_assessment WHERE gone = 0 AND "on" <= ? ORDER BY "on", id"""
    )
    for client, wave, on, kept in connection.execute(sql, (span.end.isoformat(),)):
        inside = date.fromisoformat(on) in span
        if not kept or not (inside or wave == "baseline") or (key := counting.key(client)) is None:
            continue
        told = {name: Decimal(value) for name, value in json.loads(kept).items() if value is not None}
        waves[wave][key] = told
        if inside:
            waves[f"{wave} in"][key] = told
    figures = []
    for wave in ("baseline", *WAVES):
        here = waves.get(f"{wave} in", {})
        for name in _names(here):
            values = [one[name] for one in here.values() if name in one]
            figures.append(Figure("D2", Unit.SCORE, mean(values), n=len(values), part=f"{wave} {name}"))
            counting.note_people("D2", sorted(key for key in here if name in here[key]), f"{wave} {name}")
        if wave in WAVES:
            figures += _changes(counting, waves.get("baseline", {}), here, wave)
    return Counted(tuple(figures), ())


def _changes(
    counting: Counting, first: dict[str, dict[str, Decimal]], last: dict[str, dict[str, Decimal]], wave: str
) -> list[Figure]:
    found = []
    for name in _names(last):
        both = sorted(key for key in last if name in last[key] and name in first.get(key, {}))
        pairs = [last[key][name] - first[key][name] for key in both]
        if pairs:
            counting.note_people("D2", both, f"{wave} {name} change")
            found.append(Figure("D2", Unit.SCORE, mean(pairs), n=len(pairs), part=f"{wave} {name} change"))
    return found


def _names(sheets: dict[str, dict[str, Decimal]]) -> list[str]:
    return list(dict.fromkeys(name for one in sheets.values() for name in one))
