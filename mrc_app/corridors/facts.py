"""A fact about a corridor: value, unit, currency, side, age, confidence and source travel together, always.

A question gets an ``Answer``: the facts that hold on a day, one side beside the other, and those that cannot tell,
with the reason. Wage series need a validity date that covers the day; other facts are shown with their age.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mrc_app.calendars.days import known_to
from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.money import Money

Value = bool | int | Decimal | str
_IDENTITY = uuid.UUID("6c0a2f5e-6d2b-5b0e-9a53-0c1d5a0e7b11")
_OPEN_END_HOLDS = timedelta(days=366)
_OPEN_END_LASTS = timedelta(days=3653)


def identity(*words: str) -> str:
    """The same 32 hexadecimal characters for the same words, on every desk."""
    return uuid.uuid5(_IDENTITY, "|".join(words)).hex


class Confidence(StrEnum):
    """How sure the source makes us."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Side(StrEnum):
    """Whose rule it is."""

    ORIGIN = "origin"
    DESTINATION = "destination"
    AGREEMENT = "agreement"


class Payer(StrEnum):
    """Who pays a cost."""

    EMPLOYER = "employer"
    WORKER = "worker"
    AGENCY = "agency"
    SHARED = "shared"
    PROHIBITED_FOR_WORKER = "prohibited_for_worker"


@dataclass(frozen=True)
class Source:
    """Where a fact was read. ``published`` is the day printed there, ``seen`` the day a copy was read."""

    id: str
    title: str
    url: str
    kind: str
    seen: str
    published: str = ""
    published_basis: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One figure or rule with all that must be shown beside it. Dates are "2023", "2023-10" or "2023-10-03"."""

    corridor: str
    key: str
    sector: str
    value: Value
    unit: str
    side: Side
    confidence: Confidence
    source: Source
    currency: str = ""
    as_of: str = ""
    valid_from: str = ""
    valid_to: str = ""
    superseded: bool = False
    claim: str = ""
    legal_basis: str = ""
    note: str = ""

    @property
    def uuid(self) -> str:
        """The fact's identity, the same at every desk, whatever its value becomes (32 hexadecimal characters)."""
        words = (self.corridor, self.key, self.sector, self.side.value, self.claim, self.valid_from, self.currency)
        return identity(*words, self.unit, self.note if self.is_zone else "")

    @property
    def is_zone(self) -> bool:
        """Whether the figure holds in one zone only, named in the note."""
        return self.key == "wage.minimum.zone"

    @property
    def is_wage_floor(self) -> bool:
        """Whether it belongs to a dated series of minimum wages, which never answers without a validity date."""
        return self.key.startswith(("wage.minimum", "wage.agreement_minimum"))

    @property
    def money(self) -> Money | None:
        """The amount, when the value is money. Raises Invalid for more decimals than the currency has."""
        if not self.currency or isinstance(self.value, str | bool):
            return None
        return Money.of(self.value, self.currency)

    @property
    def value_text(self) -> str:
        """The value as it stands in the pack, as text: what a person confirms."""
        return ("true" if self.value else "false") if isinstance(self.value, bool) else str(self.value)


class Doubt(StrEnum):
    """Why a fact cannot answer on a day."""

    NO_DATE = "no_date"
    NOT_YET = "not_yet"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    TOO_OLD = "too_old"
    NOT_READ_SINCE = "not_read_since"


DOUBTS = {
    Doubt.NO_DATE: N_("The source does not say from when this wage holds."),
    Doubt.NOT_YET: N_("This figure holds only from {valid_from}."),
    Doubt.ENDED: N_("This figure held until {valid_to}."),
    Doubt.SUPERSEDED: N_("A later figure is known, but not from when it holds."),
    Doubt.TOO_OLD: N_("This figure is from {valid_from}, more than ten years before, and has no end date."),
    Doubt.NOT_READ_SINCE: N_("This figure has no end date and was read on {compiled}, more than a year before."),
}
NO_FACT = N_("Not known here yet.")


def doubt(fact: Fact, on: date, compiled: date | None) -> Doubt | None:
    """Why the fact cannot answer on a day; None when it can. ``compiled`` is the day the pack was read."""
    if fact.is_wage_floor and not fact.valid_from:
        return Doubt.NO_DATE
    if fact.valid_from and known_to(fact.valid_from)[0] > on:
        return Doubt.NOT_YET
    if fact.valid_to:
        return Doubt.ENDED if known_to(fact.valid_to)[1] < on else None
    if fact.superseded:
        return Doubt.SUPERSEDED
    if fact.is_wage_floor and on - known_to(fact.valid_from)[0] > _OPEN_END_LASTS:
        return Doubt.TOO_OLD
    if fact.is_wage_floor and compiled and on > compiled + _OPEN_END_HOLDS:
        return Doubt.NOT_READ_SINCE
    return None


def may_be_outdated(fact: Fact, on: date) -> bool:
    """Whether a minimum wage without an end began more than a year before: a later one may be in force."""
    return (
        fact.is_wage_floor
        and bool(fact.valid_from)
        and not fact.valid_to
        and (on - known_to(fact.valid_from)[0] > _OPEN_END_HOLDS)
    )


@dataclass(frozen=True)
class Answer:
    """What is known to one question on one day: the facts that hold, and the candidates that cannot tell."""

    key: str
    sector: str
    on: date
    facts: tuple[Fact, ...]
    candidates: tuple[tuple[Fact, Problem], ...]

    @property
    def cannot_tell(self) -> Problem | None:
        """The reason when no fact answers; None when one does."""
        if self.facts:
            return None
        return self.candidates[0][1] if self.candidates else Problem(NO_FACT)

    def of(self, side: Side) -> tuple[Fact, ...]:
        """The facts of one side."""
        return tuple(fact for fact in self.facts if fact.side is side)


NOT_PRIVATE = ("all", "domestic", "residential_support", "seasonal", "other", "public")
"""Sectors that the general rules for private employment ("private") do not speak for."""


def sectors_for(sector: str) -> tuple[str, ...]:
    """The words a file may use for work in a sector, nearest first: construction, then private, then all."""
    wider = () if sector in NOT_PRIVATE else ("private",)
    return tuple(dict.fromkeys((sector, *wider, "all")))


def answer(facts: Iterable[Fact], key: str, sector: str, on: date, compiled: date | None) -> Answer:
    """The answer out of a corridor's facts. A side's rule for the sector stands before its rule for all sectors."""
    sectors = sectors_for(sector)
    rows = [fact for fact in facts if fact.key == key and fact.sector in sectors]
    good: list[Fact] = []
    unsure: list[tuple[Fact, Problem]] = []
    for fact in rows:
        why = doubt(fact, on, compiled)
        if why is None:
            good.append(fact)
        else:
            unsure.append((fact, _said(why, fact, compiled)))
    near = {side: _nearest(good, side, sectors) for side in Side}
    held = tuple(fact for fact in good if fact.sector == near[fact.side])
    return Answer(key, sector, on, held, tuple(unsure))


def _nearest(facts: list[Fact], side: Side, sectors: tuple[str, ...]) -> str:
    said = {fact.sector for fact in facts if fact.side is side}
    return next((sector for sector in sectors if sector in said), "")


def _said(why: Doubt, fact: Fact, compiled: date | None) -> Problem:
    day = compiled.isoformat() if compiled else ""
    return Problem(DOUBTS[why], {"valid_from": fact.valid_from, "valid_to": fact.valid_to, "compiled": day})
