"""Why a later version differs: how many records were typed late, corrected, linked, or left. No names."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any

from mrc_app.calendars.periods import Period
from mrc_app.i18n import N_, Labelled

# -- Words


class Reason(Labelled):
    """What happened to a record since the version before."""

    LATE = "late", N_("typed in since")
    CORRECTED = "corrected", N_("corrected since")
    LINKED = "linked", N_("linked as one person since")
    UNLINKED = "unlinked", N_("no longer linked as one person")
    LEFT = "left", N_("no longer counted: an answer was taken back, or the record was restricted")
    AGREED = "agreed", N_("agreed to be counted since")


# -- Rules

DAYS = {
    "client": "registered_on", "contact": "on", "handout": "on", "contractcheck": "checked_on", "cost": "noted_on",
    "income": "noted_on", "loan": "noted_on", "training": "since", "recognition": "assessed_on", "return": "noted_on",
    "plan": "made_on", "assessment": "on", "supportinstalment": "paid_on", "complainant": "since", "claimentry": "on",
    "grievance": "lodged_on", "grievanceevent": "on", "referral": "made_on", "event": "on", "tally": "on",
    "followup": "planned_on", "screening": "on",
}  # fmt: skip
"""The day by which a record is counted."""
_MARK = "SELECT max(json_extract(CAST(body AS TEXT), '$.hlc')) FROM journal WHERE record = ? AND body IS NOT NULL"
_SINCE = """SELECT record, subject, CAST(body AS TEXT) FROM temp.seen_journal
WHERE body IS NOT NULL AND json_extract(CAST(body AS TEXT), '$.hlc') > ? ORDER BY node, seq"""
_ALL = "SELECT CAST(body AS TEXT) FROM temp.seen_journal WHERE record = ? AND body IS NOT NULL ORDER BY node, seq"


def since(
    connection: Connection, report: str, span: Period, *, counted: Collection[str], left_out: Collection[str]
) -> dict[str, int]:
    """How many records changed since a report was frozen, by reason. ``counted``: the clients of the coming version;
    ``left_out``: those whose other changes are nobody's business (restricted, not agreed)."""
    (mark,) = connection.execute(_MARK, (report,)).fetchone()
    found: dict[Reason, set[str]] = {one: set() for one in Reason}
    new = set()
    for record, subject, body in connection.execute(_SINCE, (mark or 0,)).fetchall():
        said = json.loads(body)
        new |= {record} if said["kind"] == "client" and said["op"] == "new" else set()
        reason = _reason(connection, record, said, span, subject in counted)
        if reason and (subject not in left_out or reason in (Reason.LEFT, Reason.LINKED, Reason.UNLINKED)):
            one_each = reason in (Reason.LEFT, Reason.AGREED)
            found[reason].add(subject if one_each else record)
    found[Reason.CORRECTED] -= found[Reason.LATE]
    found[Reason.AGREED] -= new
    return {one.value: len(records) for one, records in found.items() if records}


def _reason(connection: Connection, record: str, said: Mapping[str, Any], span: Period, counted: bool) -> Reason | None:
    kind, new = said["kind"], said["op"] == "new"
    fields = _flat(said["fields"])
    if kind == "link":
        return Reason.LINKED if new else Reason.UNLINKED if fields.get("unmerged_on") else None
    if kind == "restriction":
        return Reason.LEFT if new else None
    if kind == "consent":
        return _answer(connection, record, fields, new=new)
    if kind not in DAYS:
        return None
    days = [fields.get(DAYS[kind])] if new else _days(connection, record, DAYS[kind])
    if any(day and date.fromisoformat(day) in span for day in days):
        return Reason.LATE if new else Reason.CORRECTED
    return Reason.CORRECTED if kind == "client" and counted and not new else None


def _answer(connection: Connection, record: str, fields: Mapping[str, Any], *, new: bool) -> Reason | None:
    every = [fields] if new else [_flat(json.loads(row[0])["fields"]) for row in connection.execute(_ALL, (record,))]
    if not any(one.get("purpose", "record") in ("record", "statistics") for one in every if "client" in one):
        return None
    if fields.get("state") in ("withdrawn", "refused") or fields.get("withdrawn_on"):
        return Reason.LEFT
    return Reason.AGREED if fields.get("state") == "given" else None


def _days(connection: Connection, record: str, column: str) -> list[Any]:
    """Every day a record ever had."""
    found = [_flat(json.loads(row[0])["fields"]).get(column) for row in connection.execute(_ALL, (record,))]
    return [one for one in found if one]


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Columns and their values of a journal row, groups opened."""
    found: dict[str, Any] = {}
    for name, field in fields.items():
        value = field["value"]
        found.update(value if isinstance(value, dict) else {name: value})
    return found
