"""Two corridors beside each other ("Jordan or Saudi?"): rights, wages, costs, time limits, and what is not known. Pure.

Nothing is ranked or converted: each figure keeps its currency, unit, side, source, age and confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mrc_app.casework.contract_findings import Shown
from mrc_app.casework.contract_floors import floor, shown_rule
from mrc_app.casework.contract_sides import shown_fact
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import NO_FACT, Fact, may_be_outdated
from mrc_app.errors import Problem
from mrc_app.i18n import N_, Labelled

# -- Words


class Group(Labelled):
    """What a fact is about."""

    WAGES = "wages", N_("Wages")
    RIGHTS = "rights", N_("Rights")
    COSTS = "costs", N_("Costs")
    LIMITS = "time_limits", N_("Time limits and complaints")
    OTHER = "other", N_("Other conditions")


_GROUPS = {
    "wage": Group.WAGES,
    "eos": Group.WAGES,
    "overtime": Group.WAGES,
    "cost": Group.COSTS,
    "complaint": Group.LIMITS,
    "stay": Group.LIMITS,
    "age": Group.OTHER,
    "eligibility": Group.OTHER,
    "quota": Group.OTHER,
    "permit": Group.OTHER,
    "employer": Group.OTHER,
    "household": Group.OTHER,
    "penalty": Group.OTHER,
    "agency": Group.OTHER,
    "deployment": Group.OTHER,
    "agreement": Group.OTHER,
}
ALWAYS = (
    "wage.minimum", "hours.daily_max", "hours.weekly_max", "rest.weekly", "leave.annual", "passport.retention_ban",
    "repatriation.duty", "cost.recruitment_fee", "cost.ticket", "complaint.time_limit",
)  # fmt: skip
"""Asked of every corridor: said to be unknown where it is not known."""

# -- Rules


@dataclass(frozen=True)
class Entry:
    """One fact of a corridor, and why it cannot tell on that day; None when it can."""

    fact: Fact
    doubt: Problem | None = None

    @property
    def shown(self) -> Shown:
        """The figure or the words, as the source has them."""
        return shown_rule(self.fact) if floor(self.fact) else shown_fact(self.fact)


@dataclass(frozen=True)
class Line:
    """One question, answered by each of the corridors in their order; nothing where it is not known."""

    group: Group
    key: str
    entries: tuple[tuple[Entry, ...], ...]

    @property
    def known(self) -> tuple[bool, ...]:
        """Where at least one fact can tell."""
        return tuple(any(entry.doubt is None for entry in one) for one in self.entries)


@dataclass(frozen=True)
class Comparison:
    """Corridors beside each other. ``not_known``: for each, the questions that another answers and it does not, and
    what its file says was looked for and not found."""

    corridors: tuple[Corridor, ...]
    sector: str
    on: date
    lines: tuple[Line, ...]
    not_known: tuple[tuple[str, ...], ...]

    def document(self) -> dict[str, Any]:
        """As ``mrc compare-corridors --json`` prints it."""
        return {
            "sector": self.sector,
            "on": self.on.isoformat(),
            "corridors": [_head(corridor) for corridor in self.corridors],
            "lines": [self._line(line) for line in self.lines],
            "not_known": {one.id: list(keys) for one, keys in zip(self.corridors, self.not_known, strict=True)},
        }

    def _line(self, line: Line) -> dict[str, Any]:
        sides = zip(self.corridors, line.entries, strict=True)
        said = {corridor.id: [_entry(entry, self.on) for entry in entries] for corridor, entries in sides}
        return {"group": line.group.value, "key": line.key, **said}


def compare(corridors: Sequence[Corridor], *, sector: str | None = None, today: date) -> Comparison:
    """Corridors beside each other, for one sector: the one asked for, else the one the first file is mainly about."""
    work = corridors[0].usual_sector(sector)
    keys = dict.fromkeys((*ALWAYS, *(fact.key for corridor in corridors for fact in corridor.facts)))
    lines = [Line(_group(key), key, tuple(_entries(one, key, work, today) for one in corridors)) for key in keys]
    shown = sorted((line for line in lines if any(line.entries) or line.key in ALWAYS), key=_place)
    gaps = tuple(_not_known(number, one, shown) for number, one in enumerate(corridors))
    return Comparison(tuple(corridors), work, today, tuple(shown), gaps)


def _group(key: str) -> Group:
    return _GROUPS.get(key.partition(".")[0], Group.RIGHTS)


def _place(line: Line) -> tuple[int, str]:
    return list(Group).index(line.group), line.key


def _entries(corridor: Corridor, key: str, sector: str, today: date) -> tuple[Entry, ...]:
    found = corridor.answer(key, sector, today)
    held = [Entry(fact) for fact in found.facts]
    sides = {fact.side for fact in found.facts}
    return (*held, *(Entry(fact, why) for fact, why in found.candidates if fact.side not in sides))


def _not_known(number: int, corridor: Corridor, lines: Sequence[Line]) -> tuple[str, ...]:
    unknown = [line.key for line in lines if not line.known[number]]
    return tuple(dict.fromkeys([*unknown, *corridor.missing]))


def _head(corridor: Corridor) -> dict[str, Any]:
    return {
        "id": corridor.id, "known": corridor.known, "grade": corridor.grade or None, "status": corridor.status,
        "status_as_of": corridor.status_as_of or None, "status_note": corridor.status_note or None,
        "compiled": corridor.compiled.isoformat() if corridor.compiled else None,
    }  # fmt: skip


def _entry(entry: Entry, on: date) -> dict[str, Any]:
    fact = entry.fact
    return {
        "value": entry.shown.said(), "side": fact.side.value, "sector": fact.sector, "claim": fact.claim or None,
        "source": fact.source.title, "source_url": fact.source.url, "as_of": fact.as_of or None,
        "confidence": fact.confidence.value, "valid_from": fact.valid_from or None, "valid_to": fact.valid_to or None,
        "legal_basis": fact.legal_basis or None, "note": fact.note or None,
        "may_be_overtaken": may_be_outdated(fact, on), "cannot_tell": entry.doubt.text() if entry.doubt else None,
    }  # fmt: skip


UNKNOWN = NO_FACT
"""What stands where a corridor has no answer."""
