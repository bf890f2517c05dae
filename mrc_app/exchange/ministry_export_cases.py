"""Rows about people under tokens (tier CASE): who was served in the period and agreed to be counted, month by month.
Codes, months and amounts only: no name, birth, phone, passport, free text, exact day or place below the first level.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from mrc_app.calendars.periods import Period
from mrc_app.casework.claim_rules import KIND, Form, Kind
from mrc_app.exchange.ministry_export_flows import Asked, earned, known_costs, skills
from mrc_app.exchange.ministry_export_profile import UNKNOWN, code_of
from mrc_app.exchange.ministry_export_tables import Head, Row
from mrc_app.figures import indicators_cases, indicators_services
from mrc_app.figures.indicators_figures import rounded
from mrc_app.figures.indicators_people import Case
from mrc_app.money import decimals

_ADM1 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_CLIENTS = "SELECT uuid, origin_admin1, status, registered_on FROM temp.seen_client WHERE gone = 0 ORDER BY uuid"
_PLACES = """SELECT uuid, grievance, client, outcome, outcome_on FROM temp.seen_complainant WHERE gone = 0
ORDER BY id"""
_ENTRIES = """SELECT grievance, client, claim, form, minor, currency, "on" FROM temp.seen_claimentry
WHERE gone = 0 AND "on" <= ? ORDER BY "on", id"""
_SHEETS = """SELECT client, wave, "on", scores FROM temp.seen_assessment WHERE gone = 0 AND "on" BETWEEN ? AND ?
ORDER BY "on", id"""


@dataclass(frozen=True)
class Place:
    """One person's place in a case of the period: the record a token stands for."""

    uuid: str
    grievance: str
    key: str
    outcome: str
    outcome_on: str | None


@dataclass
class People:
    """Whose rows an export holds: persons by key (the record shown for her), and their places in cases."""

    keys: list[str]
    places: list[Place]
    case_tokens: Mapping[str, str] = field(default_factory=dict)
    grievance_tokens: Mapping[str, str] = field(default_factory=dict)


def people(asked: Asked) -> People:
    """Everybody served in the period, and everybody in a case that began, ended or moved money in it."""
    ended, _open = indicators_cases.states(asked.counting, asked.connection, asked.span)
    first, last = asked.days
    paid = asked.connection.execute(
        'SELECT DISTINCT grievance FROM temp.seen_claimentry WHERE gone = 0 AND "on" BETWEEN ? AND ?', (first, last)
    )
    touched = {*asked.opened(), *ended, *(row[0] for row in paid)} & asked.counting.cases.keys()
    places: dict[tuple[str, str], Place] = {}
    for uuid, grievance, client, outcome, on in asked.connection.execute(_PLACES):
        key = asked.counting.key(client) if grievance in touched else None
        if key is not None and key in asked.counting.cases[grievance].people:
            places.setdefault((grievance, key), Place(uuid, grievance, key, outcome, on))
    keys = asked.served | {one.key for one in places.values()} | known_costs(asked).keys() | _scored(asked)
    return People(sorted(keys), sorted(places.values(), key=lambda one: one.uuid))


def _scored(asked: Asked) -> set[str]:
    rows = asked.connection.execute(_SHEETS, asked.days)
    return {key for client, _wave, _on, kept in rows if kept and (key := asked.counting.key(client))}


def tables(asked: Asked, who: People, head: Head, recipient: str, centre: str) -> dict[str, list[Row]]:
    """The rows of every table, sorted: the order tells nothing about who came when."""
    found = {
        "cases": _cases(asked, who, head), "services": _services(asked, who),
        "grievances": _grievances(asked, who, recipient, centre), "compensation": _compensation(asked, who),
        "recruitment_costs": _costs(asked, who), "reintegration": _scores(asked, who),
    }  # fmt: skip
    return {name: sorted(rows, key=lambda row: tuple(row.values())) for name, rows in found.items()}


# -- Each table


def _cases(asked: Asked, who: People, head: Head) -> Iterator[Row]:
    told: dict[str, tuple[str, str]] = {}
    for uuid, adm1, status, _on in asked.connection.execute(_CLIENTS):
        key = asked.counting.people.of.get(uuid, uuid)
        before = told.get(key, ("", "not_asked"))
        place = adm1 if _ADM1.fullmatch(adm1 or "") else before[0]
        told[key] = (place or before[0], before[1] if before[1] != "not_asked" else status)
    first = {one.key: one.mode for one in reversed(_met(asked))}
    for key in who.keys:
        person = asked.counting.person(key)
        yield {
            "case_token": who.case_tokens[key], "centre_code": head.centre, "period": head.time,
            "open_month": _month(person.registered_on.isoformat()), "sex": code_of("SEX", person.sex),
            "age_group": code_of("AGE", person.age), "origin_adm1": told.get(key, ("", ""))[0] or UNKNOWN,
            "destination": code_of("DEST", person.destination), "sector": code_of("SECTOR", person.sector),
            "stage": code_of("STAGE", person.stage), "channel": code_of("MODE", first.get(key, "")),
            "recruitment": code_of("RECRUITMENT", person.channel),
            "status": code_of("STATUS", told.get(key, ("", ""))[1]),
        }  # fmt: skip


def _met(asked: Asked) -> list[indicators_services.Met]:
    return sorted(indicators_services.contacts(asked.connection, asked.counting, asked.span), key=lambda one: one.on)


def months(span: Period) -> Iterator[Period]:
    """The calendar months of a period, cut at its ends."""
    start = span.start
    while start <= span.end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        end = min(following - timedelta(days=1), span.end)
        yield Period(start, end, _month(start.isoformat()), "")
        start = following


def _services(asked: Asked, who: People) -> Iterator[Row]:
    for month in months(asked.span):
        met = Counter(one.key for one in indicators_services.contacts(asked.connection, asked.counting, month))
        for form, keys in indicators_services.services(asked.connection, asked.counting, month).items():
            for key in keys:
                yield {
                    "case_token": who.case_tokens[key], "service": code_of("SERVICE", form.value),
                    "month": month.code, "sessions": str(met[key]) if form.value == "F2" and met[key] else "",
                }  # fmt: skip


def joint_id(recipient: str, centre: str, record: str) -> str:
    """What a case that two centres share is called by both, for one ministry: from two random identities, no name."""
    return f"J-{sha256('|'.join(('mrc joint', recipient, centre, record)).encode()).hexdigest()[:16]}"


def _grievances(asked: Asked, who: People, recipient: str, centre: str) -> Iterator[Row]:
    lodged = dict(asked.connection.execute("SELECT uuid, lodged_through FROM temp.seen_grievance WHERE gone = 0"))
    began = {
        local: (there, record)
        for local, there, record in asked.connection.execute(
            "SELECT local, centre, record FROM main.origin WHERE gone = 0 AND of_kind = 'grievance' ORDER BY uuid"
        )
    }
    gone = _handed_over(asked)
    for one in who.places:
        case = asked.counting.cases[one.grievance]
        shared = one.grievance in began or one.grievance in gone
        there, record = began.get(one.grievance, (centre, one.grievance))
        yield {
            "grievance_token": who.grievance_tokens[one.uuid], "case_token": who.case_tokens[one.key],
            "category": code_of("GCAT", case.matter), "outcome": code_of("GOUT", one.outcome),
            "channel": code_of("LODGED", lodged.get(one.grievance, "")),
            "month_filed": _month(case.lodged_on.isoformat()), "days_to_outcome": _days(case, one, asked.span.end),
            "joint_id": joint_id(recipient, there, record) if shared else "",
        }  # fmt: skip


def _handed_over(asked: Asked) -> set[str]:
    """Cases of which some part left for a partner: the other desk may count them too."""
    rows = asked.connection.execute(
        """SELECT DISTINCT c.grievance FROM temp.seen_complainant c JOIN temp.seen_leftpart l ON l.client = c.client
        WHERE c.gone = 0 AND l.gone = 0 AND l.part LIKE 'claim%'"""
    )
    return {row[0] for row in rows}


def _days(case: Case, one: Place, end: date) -> str:
    if not one.outcome_on or date.fromisoformat(one.outcome_on) > end:
        return ""
    return str((date.fromisoformat(one.outcome_on) - case.lodged_on).days)


def _compensation(asked: Asked, who: People) -> Iterator[Row]:
    """Claimed and awarded as last said, paid added up, until the end of the period; each currency apart."""
    known = {(one.grievance, one.key): one for one in who.places}
    said: dict[tuple[Place, str], dict[str, int]] = defaultdict(dict)
    ways: dict[tuple[Place, str], str] = {}
    for grievance, client, claim, form, minor, currency, _on in asked.connection.execute(_ENTRIES, asked.days[1:]):
        place = known.get((grievance, asked.counting.key(client) or ""))
        if place is None:
            continue
        kind, sums = KIND[Form(form)], said[place, currency]
        if kind is Kind.PAID:
            sums["paid"] = sums.get("paid", 0) + minor
        else:
            sums[f"{kind.value} {claim}"] = minor
        if kind is Kind.AWARDED:
            ways[place, currency] = form
    for (place, currency), sums in said.items():
        row = {"grievance_token": who.grievance_tokens[place.uuid], "currency": currency}
        for name in ("claimed", "awarded", "paid"):
            parts = [minor for what, minor in sums.items() if what.partition(" ")[0] == name]
            row[name] = _major(Fraction(sum(parts)), currency) if parts else ""
        yield row | {"source": code_of("SOURCE", ways.get((place, currency), ""))}


def _costs(asked: Asked, who: People) -> Iterator[Row]:
    levels = skills(asked.connection)
    jobs = asked.connection.execute(
        "SELECT client, min(first_job_on) FROM temp.seen_income WHERE gone = 0 GROUP BY client ORDER BY client"
    )
    years = {asked.counting.people.of.get(client, client): on[:4] for client, on in jobs if on}
    for key, row in known_costs(asked).items():
        yield {
            "case_token": who.case_tokens[key], "destination": code_of("DEST", row.destination),
            "sex": code_of("SEX", asked.counting.person(key).sex),
            "skill": code_of("SKILL", levels.get(row.journey or "", "")), "currency": row.currency,
            "cost_total": rounded(row.cost or Fraction(0), decimals(row.currency)),
            "income_month1": rounded(earned(row), decimals(row.currency)) if earned(row) else "",
            "ratio_months": rounded(row.ratio, 4), "first_job_year": years.get(key, ""),
        }  # fmt: skip


def _scores(asked: Asked, who: People) -> Iterator[Row]:
    """The last sheet of each wave in the period."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for client, wave, _on, scores in asked.connection.execute(_SHEETS, asked.days):
        if scores and (key := asked.counting.key(client)):
            kept[key, wave] = json.loads(scores)
    for (key, wave), scores in kept.items():
        for name, value in scores.items():
            if value is not None:
                yield {
                    "case_token": who.case_tokens[key], "dimension": name.upper(), "step": wave.upper(),
                    "score_0_1": rounded(Decimal(value), 4),
                }  # fmt: skip


def _major(minor: Fraction, currency: str) -> str:
    places = decimals(currency)
    return rounded(minor / 10**places, places)


def _month(iso: str) -> str:
    return iso[:7]
