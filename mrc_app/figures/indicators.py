"""Every indicator of a period for one tier: who is counted is decided once, then each group is reckoned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from mrc_app.figures.indicators_steps import STEPS, Step, unheard
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
    store: Store,
    span: Period,
    tier: Tier,
    today: date,
    *,
    frozen: bool = False,
    by: Sequence[str] = (),
    step: Step = unheard,
) -> Reckoned:
    """Counts a period on the days things happened. A frozen report leaves restricted people out in every tier, so that
    it reads the same for everybody. ``by``: further dimensions for every count of people, for this office only.
    ``step`` hears how far it is, and stops it by raising. Raises NotAllowed, Invalid for a dimension nothing is counted
    by."""
    breakdowns.allowed(by, tier, names=may(store.role, May.SEE_NAMES))
    store.allow(May.COUNT if tier is Tier.INTERNAL else May.EXPORT)
    rule = TIERS[tier]._replace(restricted=False) if frozen else TIERS[tier]
    names = may(store.role, May.SEE_NAMES)
    with store.plain() as connection, store.read() as session:
        counting = people.Counting(people.load(connection, span.end, today, consents=rule.consent), rule)
        step(1, STEPS)
        people.load_cases(connection, counting)
        counting.noted = {} if by else None
        counted = all_groups(session, connection, counting, span, today, names=names, step=step)
    if by:
        counted = joined((counted, breakdowns.tables(counting, by, counted)))
    return Reckoned(counted, {why: len(found) for why, found in counting.withheld.items()}, names)


def all_groups(
    session: Session,
    connection: Connection,
    counting: people.Counting,
    span: Period,
    today: date,
    *,
    names: bool,
    step: Step = unheard,
) -> Counted:
    """Every group of indicators, for whoever counts; cases are loaded before."""

    def outreach() -> Counted:
        held, visits = events.between(session, span.start, span.end), counselling.tallies(session, span.start, span.end)
        services.note_outreach(counting, held, visits)
        return services.outreach(held, visits)

    groups: list[Callable[[], Counted]] = [
        lambda: services.people(connection, counting, span, names=names),
        outreach,
        lambda: cases.contracts(session, counting, span),
        lambda: cases.recruitment(session, connection, counting, span),
        lambda: cases.complaints(counting, connection, span),
        lambda: cases.money(counting, connection, span),
        lambda: cases.referred(counting, connection, span),
        lambda: cases.screened(counting, connection, span),
        lambda: returns.returnees(connection, counting, span),
        lambda: returns.scores(connection, counting, span),
        lambda: returns.support(connection, counting, span),
        lambda: services.training(connection, counting, span),
        lambda: services.tracer(connection, counting, span, today),
    ]
    parts = []
    for number, group in enumerate(groups, 2):
        parts.append(group())
        step(number, STEPS)
    return joined(parts)


def joined(parts: Sequence[Counted]) -> Counted:
    """Several groups of indicators as one."""
    return Counted(
        tuple(figure for one in parts for figure in one.figures),
        tuple(family for one in parts for family in one.families if family),
        tuple(spread for one in parts for spread in one.spreads),
    )
