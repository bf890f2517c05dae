"""Who sent what, who is silent and since when, which periods are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mrc_app.calendars.periods import Period
from mrc_app.calendars.periods import period as read_period
from mrc_app.ministry import centres
from mrc_app.ministry.database import Database

DUE = timedelta(days=15)
"""After the last day of a period a centre has this long before it counts as missing (project design)."""
MOST = 120
_PARTS = re.compile(r"(?P<land>et:|np:)?(?P<fiscal>FY)?(?P<year>\d{4})(?:-(?P<kind>[QS]?)(?P<part>\d{1,2}))?")
_LAST = {"Q": 4, "S": 2, "": 12}


@dataclass(frozen=True)
class Sending:
    """One centre: what it sent, and what it did not. ``gaps``: missing periods before the last one that came;
    ``numbers``: packages that never came, by their number; ``silent_since``: the day after which nothing is there,
    None while nothing is due."""

    centre: str
    name: str
    registered: bool
    key: bool
    packages: int
    replaced: int
    unverified: int
    last_period: str
    last_received: str
    missing: tuple[str, ...]
    gaps: tuple[str, ...]
    numbers: tuple[int, ...]
    silent_since: date | None


def following(code: str) -> str | None:
    """The period after one; None for a span of days, which has no next one."""
    found = _PARTS.fullmatch(code)
    if found is None:
        return None
    land, fiscal, year = found["land"] or "", found["fiscal"] or "", int(found["year"])
    if found["part"] is None:
        return f"{land}{fiscal}{year + 1}"
    last = 13 if land == "et:" else _LAST[found["kind"]]
    part = int(found["part"]) + 1
    year, part = (year + 1, 1) if part > last else (year, part)
    return f"{land}{year}-{found['kind']}{part:0{1 if found['kind'] else 2}}"


def due(first: str, last: Period, today: date) -> list[str]:
    """The periods of one kind from the first to the last sent, and on to those that should be here by today."""
    found, code = list[str](), first
    while len(found) < MOST and (ahead := following(code)) is not None:
        span = read_period(ahead)
        if span.end > last.end and span.end + DUE >= today:
            break
        found.append(ahead)
        code = ahead
    return found


def sending(database: Database, today: date) -> list[Sending]:
    """Every centre that is in the register or ever sent, by code."""
    register = {one.code: one for one in centres.listed(database)}
    sent = defaultdict(list)
    rows = database.rows(
        "SELECT centre, period, state, signer, received FROM package WHERE tier = 'MIN' ORDER BY first_day, id"
    )
    for centre, *rest in rows:
        sent[centre].append(rest)
    lost = _lost(database)
    return [
        _one(code, register.get(code), sent[code], lost.get(code, ()), today) for code in sorted({*register, *sent})
    ]


def _lost(database: Database) -> dict[str, tuple[int, ...]]:
    """The numbers that are missing between those that came. A centre numbers what it sends to a ministry without a
    gap, over all periods and tiers; what was turned away came too."""
    there: dict[str, set[int]] = defaultdict(set)
    asked = "SELECT centre, seq FROM package UNION SELECT centre, seq FROM quarantine WHERE centre <> ''"
    for centre, seq in database.rows(asked):
        there[centre].add(seq)
    return {
        centre: tuple(n for n in range(max(min(found), max(found) - 999), max(found)) if n not in found)[:MOST]
        for centre, found in there.items()
    }


def _one(code: str, entry: centres.Centre | None, sent: list[list[str]], lost: tuple[int, ...], today: date) -> Sending:
    name, known = (entry.name, bool(entry.recipient)) if entry else ("", False)
    if not sent:
        since = entry.since if entry and entry.since + DUE < today else None
        return Sending(code, name, True, known, 0, 0, 0, "", "", (), (), lost, since)
    spans = {period: read_period(period) for period, *_rest in sent}
    last = max(spans.values(), key=lambda one: one.end)
    missing = [one for first in _firsts(spans) for one in due(first.code, _last(first, spans), today)]
    missing = [one for one in missing if one not in spans]
    gaps = tuple(one for one in missing if read_period(one).end < last.end)
    silent = last.end if len(gaps) < len(missing) else None
    states = [state for _period, state, *_rest in sent]
    unverified = sum(1 for _period, state, signer, _at in sent if state == "current" and signer != "known")
    return Sending(
        code, name, entry is not None, known, states.count("current"), states.count("replaced"), unverified,
        last.code, max(at for *_rest, at in sent), tuple(missing), gaps, lost, silent,
    )  # fmt: skip


def _kind(code: str) -> str:
    """What tells months from quarters: the code without its numbers."""
    return re.sub(r"\d+", "0", code)


def _firsts(spans: dict[str, Period]) -> list[Period]:
    """The first period of the kind a centre sends most, so that a single year among months is not a series."""
    kinds = [_kind(code) for code in spans]
    most = max(kinds, key=kinds.count)
    return [min((one for code, one in spans.items() if _kind(code) == most), key=lambda one: one.start)]


def _last(first: Period, spans: dict[str, Period]) -> Period:
    return max((one for code, one in spans.items() if _kind(code) == _kind(first.code)), key=lambda one: one.end)


def gaps(found: list[Sending]) -> list[dict[str, Any]]:
    """The holes between what came, by centre: periods, and numbers of packages."""
    return [
        {"centre": one.centre, "missing": list(one.gaps), "numbers": list(one.numbers)}
        for one in found
        if one.gaps or one.numbers
    ]
