"""Freezing a report: when its period has ended and what is missing in it was looked at, as the next version.

A version made for others is checked against everything that left before; what a version changes is said without names.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.calendars.periods import Period
from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import Invalid, Problem
from mrc_app.figures import freezing_reasons, freezing_sex, releasing_kept, reports
from mrc_app.figures.indicators_steps import Step, unheard
from mrc_app.figures.reports import Document, Report
from mrc_app.figures.tiers import TIERS, Tier
from mrc_app.i18n import N_
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

SAME = N_("Version {version} stands: nothing was changed since it was frozen.")
TOO_FEW = N_(
    "Version {version} stands: what was changed since it was frozen shows in no number, or is too little to be told "
    "without giving somebody away."
)
NOT_ENDED = N_("This period ends on {day}. It is frozen when it has ended.")


@dataclass(frozen=True)
class Behind:
    """The people of a frozen report: every record of theirs, those without a sex, and the records left out."""

    counted: frozenset[str]
    no_sex: tuple[str, ...]
    left_out: frozenset[str]


def freeze(
    store: Store, period: str, tier: Tier, today: date, *, by: str, confirmed: Collection[str] = (),
    merges: Sequence[str] = (), step: Step = unheard,
) -> tuple[Report, list[Document]]:  # fmt: skip
    """Freezes the report of a period as its next version, with what changed since the one before. Where nothing
    changed, the last version stands. ``confirmed``: numbers of records whose missing sex was looked at;
    ``merges``: rows to stand together in a release (those of the version before where none are named); ``step`` hears
    how far it is.

    Raises Invalid for no period and one that has not ended, MissingSex, NotAllowed."""
    store.allow(May.EXPORT)
    span = read_period(period)
    if today < span.end:
        raise Invalid(period=Problem(NOT_ENDED, {"day": span.end.isoformat()}))
    people = behind(store, span, tier, today)
    _confirm(store, people.no_sex, confirmed, today, by)
    made, issue = reports.prepared(store, span, tier, today, frozen=True, merges=merges, step=step)
    with store.read() as session:
        last = reports.latest(session, span, tier)
        before = json.loads(last.document) if last else None
    if last is not None and before is not None:
        if reports.same(before, made):
            return last, []
        made["since"] = _since(store, last, span, people, TIERS[tier].k)
    with store.change(by=by, do="reports.freeze") as session:
        report = Report(
            period=span.code, start=span.start, end=span.end, tier=tier, version=last.version + 1 if last else 1,
            document=json.dumps(made, ensure_ascii=False, sort_keys=True), made_on=today, made_by=by,
        )  # fmt: skip
        session.add(report)
        session.flush()
        if issue is not None:
            releasing_kept.keep(session, report, issue)
        session.flush()
        return report, reports.changes(before, made) if before else []


def why_it_stands(store: Store, last: Report, today: date) -> str:
    """Why a version that was frozen before stands, though a new one was asked for: a sentence as a message id."""
    span = read_period(last.period)
    people = behind(store, span, last.tier, today)
    with store.plain() as connection:
        found = freezing_reasons.since(
            connection, last.uuid, span, counted=people.counted, left_out=people.left_out
        )  # fmt: skip
    return TOO_FEW if any(found.values()) else SAME


def behind(store: Store, span: Period, tier: Tier, today: date) -> Behind:
    """Whom the frozen report of a period counts by name."""
    from mrc_app.figures import indicators
    from mrc_app.figures.indicators_people import Counting, load, load_cases

    with store.plain() as connection, store.read() as session:
        counting = Counting(load(connection, span.end, today), TIERS[tier]._replace(restricted=False))
        load_cases(connection, counting)
        counting.noted = {}
        indicators.all_groups(session, connection, counting, span, today, names=False)
    keys = {entry.person for entries in counting.noted.values() for entry in entries} & counting.people.persons.keys()
    unsaid = tuple(sorted(key for key in keys if counting.person(key).sex == "not_stated"))
    out = frozenset[str]().union(*counting.withheld.values()) | counting.people.restricted
    of = counting.people.of
    records = frozenset(client for client, key in of.items() if key in keys)
    return Behind(records, unsaid, frozenset(client for client, key in of.items() if key in out))


def _confirm(store: Store, unsaid: Collection[str], confirmed: Collection[str], today: date, by: str) -> None:
    with store.read() as session:
        waiting = freezing_sex.unconfirmed(session, unsaid)
    if confirmed:
        with store.change(by=by, do="reports.confirm_sex") as session:
            freezing_sex.confirm(session, confirmed, among=unsaid, on=today, by=by)
        with store.read() as session:
            waiting = freezing_sex.unconfirmed(session, unsaid)
    if waiting:
        raise freezing_sex.MissingSex(freezing_sex.numbers(store, waiting), len(waiting))


def _since(store: Store, last: Report, span: Period, people: Behind, k: int) -> dict[str, Any]:
    """How many records changed, by reason; a small number is not told outside."""
    with store.plain() as connection:
        found = freezing_reasons.since(
            connection, last.uuid, span, counted=people.counted, left_out=people.left_out
        )  # fmt: skip
    return {reason: None if 0 < n < k else n for reason, n in found.items()}
