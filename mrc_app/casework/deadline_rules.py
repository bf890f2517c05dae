"""Time limits, reckoned: the day of the event is not counted, a month ends where the month ends, no day is ever moved.

What is not known is asked for, never guessed: a clock without its start has no day, and of two limits of which the
earlier counts one known half says only "at the latest".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mrc_app.calendars.days import months_after
from mrc_app.casework.deadline_words import SENTENCES, Ask, Event, Left, Other, Purpose, RestDay, RuleSide, State, Unit
from mrc_app.corridors.confirmations import Confirmation
from mrc_app.corridors.facts import Confidence, Fact
from mrc_app.errors import Problem

# -- Rules

LONGEST = {Unit.DAYS: 7300, Unit.WORKING_DAYS: 2000, Unit.WEEKS: 1000, Unit.MONTHS: 1200, Unit.YEARS: 100}
STALE_MONTHS = 12
_REST = {4: RestDay.FRIDAY, 5: RestDay.SATURDAY, 6: RestDay.SUNDAY}
_WEEKDAY = {day: number for number, day in _REST.items()}


@dataclass(frozen=True)
class Clock:
    """What a time limit is reckoned from. ``other``: a second limit, of which the earlier day counts."""

    number: int | None
    unit: Unit | None
    started_on: date | None
    other: Other | None = None
    other_on: date | None = None
    rest_days: tuple[RestDay, ...] = ()


@dataclass(frozen=True)
class Reckoned:
    """The day a clock runs to. ``at_latest``: the other half is missing, so it may be earlier."""

    due: date | None
    at_latest: bool
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Standing:
    """How a time limit stands on a day."""

    state: State
    due: date | None
    days_left: int | None
    at_latest: bool
    asks: tuple[Ask, ...]

    @property
    def urgent(self) -> bool:
        """Whether a week or less is left, or the day has passed."""
        return self.days_left is not None and self.days_left <= 7 and self.state not in (State.DONE, State.DROPPED)


@dataclass(frozen=True)
class KnownRule:
    """A time limit as a corridor's file or an officer of this desk wrote it down. ``number`` None: not known."""

    rule: str
    purpose: Purpose
    event: Event
    number: int | None
    unit: Unit | None
    side: RuleSide
    source: str
    forum: str = ""
    corridor: str = ""
    other: Other | None = None
    rest_days: tuple[RestDay, ...] = ()
    source_url: str = ""
    legal_basis: str = ""
    note: str = ""
    confidence: str = ""
    as_of: str = ""
    read_on: date | None = None
    checked_on: date | None = None
    checked_by: str = ""
    typed_by: str = ""


def fixed_day(purpose: Purpose, event: Event, source: str, typed_by: str) -> KnownRule:
    """A last day that was named as a date, in a stamp or a letter: the clock runs to the very day it starts on."""
    return KnownRule(
        rule="", purpose=purpose, event=event, number=0, unit=Unit.DAYS, side=RuleSide.DESTINATION, source=source,
        typed_by=typed_by,
    )  # fmt: skip


def last_day(start: date, number: int, unit: Unit, rest_days: Iterable[RestDay] = ()) -> date:
    """The last day of a time limit. The day of the event is not counted: two weeks from the 10th is the 24th."""
    if unit is Unit.MONTHS:
        return months_after(start, number)
    if unit is Unit.YEARS:
        return months_after(start, number * 12)
    if unit is Unit.WORKING_DAYS:
        return _working(start, number, {_WEEKDAY[day] for day in rest_days})
    return start + timedelta(days=number * (7 if unit is Unit.WEEKS else 1))


def _working(start: date, number: int, rest: set[int]) -> date:
    day = start
    while number:
        day += timedelta(days=1)
        number -= day.weekday() not in rest
    return day


def reckon(clock: Clock) -> Reckoned:
    """The day a clock runs to, and what must still be asked."""
    asks = []
    if clock.started_on is None:
        asks.append(Ask.START)
    if clock.number is None or clock.unit is None:
        asks.append(Ask.LENGTH)
    own = None
    if clock.started_on is not None and clock.number is not None and clock.unit is not None:
        own = last_day(clock.started_on, clock.number, clock.unit, clock.rest_days)
    if clock.other is None:
        return Reckoned(own, False, tuple(asks))
    if clock.other_on is None:
        asks.append(Ask.STAY)
    days = [day for day in (own, clock.other_on) if day is not None]
    return Reckoned(min(days, default=None), bool(days) and bool(asks), tuple(asks))


def standing(clock: Clock, today: date, *, done: bool = False, dropped: bool = False) -> Standing:
    """How a time limit stands on a day. Its last day belongs to it."""
    found = reckon(clock)
    left = None if found.due is None else (found.due - today).days
    if done or dropped:
        state = State.DONE if done else State.DROPPED
    elif left is None:
        state = State.UNKNOWN
    elif left < 0:
        state = State.PASSED
    else:
        state = State.RUNNING if left else State.LAST_DAY
    return Standing(state, found.due, left, found.at_latest, found.asks)


def said(found: Standing) -> Problem:
    """The sentence about the day, for the screen and for paper. (A limit that is done or dropped has its own.)"""
    if found.due is None or found.days_left is None:
        return Problem(SENTENCES["unknown"])
    values: dict[str, object] = {"day": found.due}
    if found.state is State.PASSED:
        return Problem(SENTENCES["passed"], values)
    name = "last_day" if found.state is State.LAST_DAY else "running"
    if name == "running":
        values["left"] = Left(found.days_left)
    if found.at_latest:
        name += "_open" if Ask.STAY in found.asks or name == "last_day" else "_start"
    return Problem(SENTENCES[name], values)


def falls_on(due: date | None) -> Problem | None:
    """Says that a last day is one on which offices may be closed. It is never moved."""
    weekday = _REST.get(due.weekday()) if due is not None else None
    return Problem(SENTENCES["rest_day"], {"weekday": weekday}) if weekday is not None else None


def hearings_after(due: date | None, hearings: Iterable[date]) -> list[Problem]:
    """One sentence for each hearing that comes after the last day."""
    late = sorted(day for day in hearings if due is not None and day > due)
    return [Problem(SENTENCES["hearing"], {"hearing": day}) for day in late]


def is_stale(checked_on: date | None, read_on: date | None, today: date) -> bool:
    """Whether nobody looked at a rule's source within twelve months."""
    looked = max((day for day in (checked_on, read_on) if day is not None), default=None)
    return looked is None or months_after(looked, STALE_MONTHS) < today


def provenance(
    *, checked_on: date | None, checked_by: str, read_on: date | None, typed_by: str, today: date
) -> list[Problem]:
    """Who stands behind a rule: who typed it, who checked it and when, and whether that is too long ago."""
    told = [Problem(SENTENCES["typed"], {"who": typed_by})] if typed_by else []
    if checked_on is not None:
        told.append(Problem(SENTENCES["checked"], {"checked": checked_on, "who": checked_by}))
    elif read_on is not None:
        told.append(Problem(SENTENCES["read"], {"checked": read_on}))
    if is_stale(checked_on, read_on, today):
        looked = max((day for day in (checked_on, read_on) if day is not None), default=None)
        told.append(Problem(SENTENCES["stale"], {"checked": looked}) if looked else Problem(SENTENCES["unchecked"]))
    return told


# -- Rules: what a corridor's file says

_FROM_END = re.compile(r"from the end of the (contract|employment relationship)\b")
_FROM_WRONG = re.compile(r"from the wrong\b")
_PURPOSE = {
    "employment": Purpose.CLAIM,
    "administrative": Purpose.COMPLAIN,
    "illegal_recruitment": Purpose.REPORT_RECRUITER,
}
_UNITS = {"days": Unit.DAYS, "working days": Unit.WORKING_DAYS, "weeks": Unit.WEEKS, "months": Unit.MONTHS,
          "years": Unit.YEARS}  # fmt: skip
TIME_LIMIT, STAY = "complaint.time_limit", "stay.after_termination"


def from_fact(fact: Fact, confirmed: Confirmation | None = None) -> KnownRule | None:
    """The time limit a fact states; None when it states none, or one that cannot be counted."""
    unit = _UNITS.get(fact.unit)
    whole = isinstance(fact.value, int | Decimal) and not isinstance(fact.value, bool) and fact.value == int(fact.value)
    if fact.key not in (TIME_LIMIT, STAY) or unit is None or not whole:
        return None
    stays = fact.key == STAY
    return KnownRule(
        rule=fact.uuid,
        corridor=fact.corridor,
        purpose=Purpose.LEAVE_OR_EXTEND if stays else _PURPOSE.get(fact.claim, Purpose.OTHER),
        event=Event.END_OF_WORK if stays else _event(fact.note),
        number=int(Decimal(str(fact.value))),
        unit=unit,
        side=RuleSide(fact.side.value),
        other=Other.STAY if stays else None,
        source=fact.source.title,
        source_url=fact.source.url,
        legal_basis=fact.legal_basis,
        note=fact.note,
        confidence=Confidence(fact.confidence).value,
        as_of=fact.as_of,
        read_on=date.fromisoformat(fact.source.seen) if len(fact.source.seen) == 10 else None,
        checked_on=confirmed.checked_on if confirmed else None,
        checked_by=confirmed.checked_by if confirmed else "",
    )


def _event(note: str) -> Event:
    """What starts the clock, only where the source says it."""
    if _FROM_END.search(note):
        return Event.END_OF_WORK
    return Event.WRONG if _FROM_WRONG.search(note) else Event.NOT_STATED
