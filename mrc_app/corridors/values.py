"""What a corridor's facts put into the places of the guides' sentences.

Only where the fact truly answers the sentence, and only what can be said in any language: numbers, money, lengths
of time, who pays, yes or no. A rule that a file keeps as prose is never printed inside a translated sentence: its
place stays "not known here yet". Every part carries its fact, so that source, age and weakness can be printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Confidence, Fact, Payer, Side, may_be_outdated
from mrc_app.money import Money


class Measure(StrEnum):
    """What a part of a value is."""

    MONEY = "money"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    NUMBER = "number"
    PAYER = "payer"
    YES_NO = "yes_no"


class Per(StrEnum):
    """The span a part counts in. A guide that has no word for the span must not print the part."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    TWO_YEARS = "two_years"


@dataclass(frozen=True)
class Part:
    """One figure or word of a value, with its fact. ``basis`` of money is "gross", "net" or "" where not said."""

    fact: Fact
    measure: Measure
    number: int | Decimal | None = None
    money: Money | None = None
    payer: Payer | None = None
    yes: bool | None = None
    per: Per | None = None
    basis: str = ""
    weak: bool = False


@dataclass(frozen=True)
class GuideValue:
    """What stands in one place of a sentence: one part, or several beside each other ("8 hours a day, 48 a week").

    ``other_sector`` is true when no sector was asked for and a fact speaks for one sector only: say for whom.
    """

    placeholder: str
    parts: tuple[Part, ...]
    other_sector: bool = False

    @property
    def weak(self) -> bool:
        """Whether a part rests on a weak source, or may have been overtaken."""
        return any(part.weak for part in self.parts)


Reading = Callable[[Fact], Part | None]
Place = tuple[str, tuple[Side, ...], tuple[Reading, ...]]

_WAGE = re.compile(r"per (hour|day|week|month)(?: (gross|after tax))?(?: \(civil-law contracts\))?")
_REST_HOURS = re.compile(r"consecutive hours per (?:week|7 days)(?:, paid)?")
_REST_DAYS = re.compile(r"(?:paid )?days? per (?:week|6-day interval)(?:; pay if worked)?")
_DAILY = re.compile(r"(?:non-consecutive )?hours per day(?: \(8 \+ 2 overtime\))?")
_LATE = "days after the due date at most"
_LEAVE_DAYS = re.compile(r"(?:working |paid )*days per (2 )?years?(?:, paid| with round-trip ticket)?")
_LEAVE_LONG = re.compile(r"(month|weeks) per (2 )?years?(?:, paid)?")


def _number(fact: Fact) -> int | Decimal | None:
    return None if isinstance(fact.value, bool | str) else fact.value


def _measured(unit: str | re.Pattern[str], measure: Measure, per: Per | None = None) -> Reading:
    pattern = re.compile(re.escape(unit)) if isinstance(unit, str) else unit

    def reading(fact: Fact) -> Part | None:
        number = _number(fact)
        return Part(fact, measure, number, per=per) if number is not None and pattern.fullmatch(fact.unit) else None

    return reading


def _wage(fact: Fact) -> Part | None:
    unit, money = _WAGE.fullmatch(fact.unit), fact.money
    if unit is None or money is None:
        return None
    basis = {"gross": "gross", "after tax": "net"}.get(unit[2] or "", "")
    return Part(fact, Measure.MONEY, money=money, per=Per(unit[1]), basis=basis)


def _leave(fact: Fact) -> Part | None:
    number = _number(fact)
    if number is None:
        return None
    if found := _LEAVE_DAYS.fullmatch(fact.unit):
        return Part(fact, Measure.DAYS, number, per=Per.TWO_YEARS if found[1] else Per.YEAR)
    if found := _LEAVE_LONG.fullmatch(fact.unit):
        per = Per.TWO_YEARS if found[2] else Per.YEAR
        return Part(fact, Measure.DAYS, number * 7, per=per) if found[1] == "weeks" else _months(fact, number, per)
    return None


def _months(fact: Fact, number: int | Decimal, per: Per) -> Part:
    return Part(fact, Measure.MONTHS, number, per=per)


def _payer(fact: Fact) -> Part | None:
    return Part(fact, Measure.PAYER, payer=Payer(str(fact.value))) if fact.unit == "payer" else None


def _yes(fact: Fact) -> Part | None:
    return Part(fact, Measure.YES_NO, yes=fact.value) if isinstance(fact.value, bool) else None


def _employment_limit(fact: Fact) -> Part | None:
    return _measured("months", Measure.MONTHS)(fact) if fact.claim == "employment" else None


def _liable(fact: Fact) -> Part | None:
    return Part(fact, Measure.YES_NO, yes=True) if fact.unit == "rule" and "agency" in str(fact.value) else None


_THERE = (Side.DESTINATION, Side.AGREEMENT)
_BETTER_FIRST = (Side.AGREEMENT, Side.DESTINATION, Side.ORIGIN)
_REST = (_measured(_REST_HOURS, Measure.HOURS, Per.WEEK), _measured(_REST_DAYS, Measure.DAYS, Per.WEEK))

# placeholder: each (fact key, whose rule it may be, in order, and the readings that understand its unit)
PLACES: Mapping[str, tuple[Place, ...]] = {
    "passport_law": (("passport.retention_ban", _THERE, (_yes,)),),
    "passport_months": (("passport.min_validity", (Side.ORIGIN,), (_measured("months", Measure.NUMBER),)),),
    "min_wage": (("wage.minimum", _THERE, (_wage,)),),
    "max_hours": (
        ("hours.daily_max", _THERE, (_measured(_DAILY, Measure.HOURS, Per.DAY),)),
        ("hours.weekly_max", _THERE, (_measured("hours per week", Measure.HOURS, Per.WEEK),)),
    ),
    "min_rest": (("rest.weekly", _THERE, _REST),),
    "min_leave": (("leave.annual", _THERE, (_leave,)),),
    "notice": (("contract.notice", _THERE, (_measured("month or wages in lieu", Measure.MONTHS),)),),
    "grace_days": (("stay.after_termination", _THERE, (_measured("days", Measure.NUMBER),)),),
    "late_days": (("wage.payment_deadline", _THERE, (_measured(_LATE, Measure.NUMBER),)),),
    "return_payer": (("cost.ticket_home", _BETTER_FIRST, (_payer,)),),
    "health_payer": (("health.payer", _THERE, (_payer,)),),
    "claim_deadline": (("complaint.time_limit", _THERE, (_employment_limit,)),),
    "agency_liability": (("liability.joint", (Side.ORIGIN,), (_liable,)),),
}


def guide_value(corridor: Corridor, placeholder: str, sector: str | None, on: date) -> GuideValue | None:
    """What the corridor's facts say in a place of the guides on a day; None where they do not truly answer it.

    ``grace_days``, ``late_days`` and ``passport_months`` are bare numbers: their sentence names the unit.
    """
    places = PLACES.get(placeholder, ())
    parts = [part for place in places if (part := _part(corridor, place, sector, on)) is not None]
    if not parts:
        return None
    other = sector is None and any(part.fact.sector != "all" for part in parts)
    return GuideValue(placeholder, tuple(parts), other)


def _part(corridor: Corridor, place: Place, sector: str | None, on: date) -> Part | None:
    key, sides, readings = place
    answer = corridor.answer(key, sector, on)
    found = (reading(fact) for side in sides for fact in answer.of(side) for reading in readings)
    part = next((part for part in found if part is not None), None)
    return None if part is None else _weighed(part, on)


def _weighed(part: Part, on: date) -> Part:
    weak = part.fact.confidence is Confidence.LOW or may_be_outdated(part.fact, on)
    return replace(part, weak=weak)


def guide_values(corridor: Corridor, sector: str | None, on: date) -> dict[str, GuideValue]:
    """Every place the corridor's facts can fill on a day."""
    found = {name: guide_value(corridor, name, sector, on) for name in PLACES}
    return {name: value for name, value in found.items() if value is not None}
