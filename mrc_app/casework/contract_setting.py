"""Where and when a contract is checked: corridor, sector, and the day on which a minimum wage counts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mrc_app.casework.contract_terms import Terms
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Answer, Fact, Side, sectors_for
from mrc_app.errors import Problem
from mrc_app.i18n import N_, Labelled

# -- Words


class WageDay(Labelled):
    """The day on which a minimum wage is looked up."""

    SIGNED = "signed", N_("the day the contract was signed")
    WORKED = "worked", N_("the day worked")


WAGE_DAYS: dict[str, WageDay] = {"HK": WageDay.SIGNED, "PL": WageDay.WORKED, "ZA": WageDay.WORKED}
"""Which day counts in a country, where the corridor files say so: the note of HK's wage.minimum ("by contract SIGNATURE
date"), and resources/corridors/README.md ("Read with care") for Poland and South Africa. Elsewhere it is not known."""

NO_SIGNATURE_DAY = N_("The day of signature decides which minimum wage counts, and it is not said.")

# -- Rules


@dataclass(frozen=True)
class Setting:
    """What a check is asked with. ``worked`` is a day worked; without one, the day of the check."""

    terms: Terms
    corridor: Corridor
    today: date
    sector: str
    signed: date | None = None
    worked: date | None = None
    against: Terms | None = None

    @property
    def day(self) -> date:
        """The day on which rules other than wages are asked."""
        return self.worked or self.today

    @cached_property
    def signature_day(self) -> date | None:
        """The day of signature; the day of the check for a paper that is not signed yet; None where it is not said."""
        if self.signed or self.terms.signed:
            return self.signed or self.terms.signed
        unsigned = self.terms.is_silent("signed") or self.terms.yes("signed") is False
        return self.today if unsigned else None

    def counts(self, side: Side) -> WageDay | None:
        """Which day counts for a side's minimum wage; None where it is not known here."""
        country = {Side.ORIGIN: self.corridor.origin, Side.DESTINATION: self.corridor.destination}.get(side, "")
        return WAGE_DAYS.get(country)

    def wage_days(self, side: Side) -> tuple[date, ...]:
        """The day a side's minimum wage is asked for; two where it is not known which counts; none where it is unsaid.

        Where the rule is not known, both the day of signature (where said) and the day worked are asked.
        """
        counts = self.counts(side)
        if counts is WageDay.WORKED:
            return (self.day,)
        signed = self.signature_day
        if counts is WageDay.SIGNED:
            return (signed,) if signed else ()
        return tuple(dict.fromkeys(day for day in (signed, self.day) if day))

    def answer(self, key: str, on: date | None = None) -> Answer:
        """What is known to a question."""
        return self.corridor.answer(key, self.sector, on or self.day)

    def asked(self, key: str, side: Side, on: date | None = None) -> tuple[tuple[Fact, Problem | None], ...]:
        """A side's facts to a question: those that hold, else the one that comes nearest, with why it cannot tell."""
        found = self.answer(key, on)
        if held := found.of(side):
            return tuple((fact, None) for fact in held)
        unsure = [(fact, why) for fact, why in found.candidates if fact.side is side]
        return tuple(near[:1]) if (near := nearest(unsure, on or self.day)) else ()

    def elsewhere(self, key: str, side: Side) -> Fact | None:
        """A side's fact for other sectors only, where it has none for this one."""
        rows = [fact for fact in self.corridor.facts if fact.key == key and fact.side is side]
        known = any(fact.sector in sectors_for(self.sector) for fact in rows)
        return None if known else next(iter(rows), None)


def nearest(unsure: list[tuple[Fact, Problem]], on: date) -> list[tuple[Fact, Problem]]:
    """Facts that cannot tell, the most telling first: one that may be in force (with a known end before one without,
    then the latest), then the next one to come, then one that ended."""
    day = on.isoformat()

    def rank(row: tuple[Fact, Problem]) -> tuple[bool, bool, bool]:
        fact = row[0]
        started = fact.valid_from <= day
        ended = bool(fact.valid_to) and fact.valid_to < day[: len(fact.valid_to)]
        return not started or ended, ended, not fact.valid_to

    late_first = sorted(unsure, key=lambda row: row[0].valid_from, reverse=True)
    in_force = [row for row in late_first if not rank(row)[0]]
    others = [row for row in reversed(late_first) if rank(row)[0]]
    return [*sorted(in_force, key=rank), *sorted(others, key=lambda row: rank(row)[1])]
