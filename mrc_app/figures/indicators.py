"""Every indicator of a period for one tier: who is counted is decided once, then each group is reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mrc_app.calendars.periods import Period
from mrc_app.casework import counselling, events
from mrc_app.figures import indicators_breakdowns as breakdowns
from mrc_app.figures import indicators_cases as cases
from mrc_app.figures import indicators_people as people
from mrc_app.figures import indicators_returns as returns
from mrc_app.figures import indicators_services as services
from mrc_app.figures.indicators_figures import Counted
from mrc_app.figures.tiers import TIERS, Tier, Withheld
from mrc_app.store.roles import May, may

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlmodel import Session

    from mrc_app.store.centre import Store


@dataclass(frozen=True)
class Reckoned:
    """What was counted, and how many persons were left out for which reason. ``names``: whether the officer reads
    names, without which a few figures cannot be made."""

    counted: Counted
    withheld: dict[Withheld, int]
    names: bool


def reckon(
    store: Store, span: Period, tier: Tier, today: date, *, frozen: bool = False, by: Sequence[str] = ()
) -> Reckoned:
    """Counts a period on the days things happened. A frozen report leaves restricted people out in every tier, so that
    it reads the same for everybody. ``by``: further dimensions for every count of people, for this office only.
    Raises NotAllowed, Invalid for a dimension nothing is counted by."""
    breakdowns.allowed(by, tier, names=may(store.role, May.SEE_NAMES))
    store.allow(May.COUNT if tier is Tier.INTERNAL else May.EXPORT)
    rule = TIERS[tier]._replace(restricted=False) if frozen else TIERS[tier]
    names = may(store.role, May.SEE_NAMES)
    with store.plain() as connection, store.read() as session:
        counting = people.Counting(people.load(connection, span.end, today), rule)
        people.load_cases(connection, counting)
        counting.noted = {} if by else None
        counted = all_groups(session, connection, counting, span, today, names=names)
    if by:
        counted = joined((counted, breakdowns.tables(counting, by, counted)))
    return Reckoned(counted, {why: len(found) for why, found in counting.withheld.items()}, names)


def all_groups(
    session: Session, connection: Connection, counting: people.Counting, span: Period, today: date, *, names: bool
) -> Counted:
    """Every group of indicators, for whoever counts; cases are loaded before."""
    parts = [
        services.people(connection, counting, span, names=names),
        services.outreach(
            events.between(session, span.start, span.end), counselling.tallies(session, span.start, span.end)
        ),
        cases.contracts(session, counting, span),
        cases.recruitment(session, connection, counting, span),
        cases.complaints(counting, connection, span),
        cases.money(counting, connection, span),
        cases.referred(counting, connection, span),
        cases.screened(counting, connection, span),
        returns.returnees(connection, counting, span),
        returns.scores(connection, counting, span),
        returns.support(connection, counting, span),
        services.training(connection, counting, span),
        services.tracer(connection, counting, span, today),
    ]
    return joined(parts)


def joined(parts: Sequence[Counted]) -> Counted:
    """Several groups of indicators as one."""
    return Counted(
        tuple(figure for one in parts for figure in one.figures),
        tuple(family for one in parts for family in one.families if family),
        tuple(spread for one in parts for spread in one.spreads),
    )
