"""When a person was born, as far as anybody knows: a day, a month, a year or an age, in the calendar she used.

Kept as what she said, in her calendar, beside the first and last Gregorian day it can mean. "1995" in the
Ethiopian calendar is 11 September 2002 to 11 September 2003: two Gregorian years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mrc_app.calendars import Calendar, ages, span, to_gregorian
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, Labelled

# -- Words


CALENDARS = {
    Calendar.GREGORIAN: N_("Gregorian calendar"),
    Calendar.ETHIOPIAN: N_("Ethiopian calendar"),
    Calendar.BIKRAM_SAMBAT: N_("Bikram Sambat"),
    Calendar.HIJRI: N_("Hijri calendar"),
    Calendar.SOLAR_HIJRI: N_("Solar Hijri calendar"),
}


class Basis(Labelled):
    """What the date of birth rests on."""

    STATED = "stated", N_("as she says")
    DOCUMENT = "document", N_("seen on a paper")
    ASSESSED = "assessed", N_("assessed by the officer")


class KnownAs(Labelled):
    """How exactly the birth is known."""

    DAY = "day", N_("day known")
    MONTH = "month", N_("month known")
    YEAR = "year", N_("year known")
    AGE = "age", N_("age only")


class AgeBand(Labelled):
    """The age bands of every count (facts §1.3, project design)."""

    UNDER_15 = "under_15", N_("under 15")
    FROM_15 = "15-17", N_("15–17")
    FROM_18 = "18-24", N_("18–24")
    FROM_25 = "25-34", N_("25–34")
    FROM_35 = "35-49", N_("35–49")
    FROM_50 = "50+", N_("50 and over")
    NOT_STATED = "not_stated", N_("not stated")


class Minor(Labelled):
    """Whether a person is under 18 years old."""

    CERTAIN = "certain", N_("a minor")
    POSSIBLE = "possible", N_("possibly a minor")
    NO = "no", N_("an adult")
    UNKNOWN = "unknown", N_("age not known")


# -- Record

ADULT = 18  # years
MARGIN = 2  # years an estimated age may be wrong either way before a minor is missed (project design)
OLDEST = 120  # years


@dataclass(frozen=True)
class Birth:
    """What is known of a birth: the days it may have been (Gregorian, both included), and how it was told."""

    first: date
    last: date
    given: str
    calendar: Calendar
    known_as: KnownAs
    basis: Basis = Basis.STATED
    estimated: bool = False

    @property
    def partial(self) -> str:
        """The Gregorian birth as far as it is one: "2002-11-20", "2002-11", else the year of its middle."""
        if self.first == self.last:
            return self.first.isoformat()
        middle = self.first + (self.last - self.first) / 2
        whole_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{middle:%Y-%m}" if whole_month else f"{middle:%Y}"


@dataclass(frozen=True)
class Age:
    """Whole years: the number to say, the least and the most it can be, and whether it is an estimate."""

    years: int
    low: int
    high: int
    estimated: bool


# -- Rules


def told(said: Mapping[str, object], on: date) -> Birth:
    """A birth from what was said on a day: one of date, year or age; and calendar, basis, estimated.

    Raises Invalid(birth=…) for no date, one in the future or more than 120 years ago, or an unknown key.
    """
    for key in said:
        if key not in ("date", "year", "age", "calendar", "basis", "estimated"):
            raise _wrong(N_("There is no field “{field}” in a birth."), field=key)
    ways = [way for way in ("date", "year", "age") if said.get(way) not in (None, "")]
    if len(ways) != 1:
        raise _wrong(N_("Give the birth as a date, a year or an age: one of the three."))
    calendar, basis = _calendar(said.get("calendar")), _basis(said.get("basis"))
    estimated = said.get("estimated", ways[0] == "age")
    if not isinstance(estimated, bool):
        raise _wrong(N_("“{value}” does not say whether the birth is estimated."), value=estimated)
    given = str(said[ways[0]]).strip()
    if ways[0] == "age":
        first, last, known_as = *_span_of_age(given, on), KnownAs.AGE
    else:
        first, last, known_as = *_span(given, calendar, whole_year=ways[0] == "year"), _known_as(given)
    if first > on or last < _years_before(on, OLDEST + 1):
        raise _wrong(N_("A birth in “{given}” is not possible."), given=given)
    return Birth(first, min(last, on), given, calendar, known_as, basis, estimated)


def age(birth: Birth, today: date) -> Age:
    """The age on a day. A birth year counts as the difference of years (the most it can be); a told age counts from
    the middle of its span."""
    low, high = (max(years, 0) for years in ages(birth.first, birth.last, today))
    middle = birth.first + (birth.last - birth.first) / 2
    years = max(ages(middle, middle, today)[0], 0) if birth.known_as is KnownAs.AGE else high
    return Age(years, low, high, birth.estimated)


def band(birth: Birth | None, today: date) -> AgeBand:
    """The age band on a day."""
    if birth is None:
        return AgeBand.NOT_STATED
    return band_of(age(birth, today).years)


def band_of(years: int) -> AgeBand:
    """The age band of a number of years."""
    for top, found in ((15, AgeBand.UNDER_15), (18, AgeBand.FROM_15), (25, AgeBand.FROM_18), (35, AgeBand.FROM_25)):
        if years < top:
            return found
    return AgeBand.FROM_35 if years < 50 else AgeBand.FROM_50


def minor(birth: Birth | None, today: date) -> Minor:
    """Whether she is under 18. An estimate counts two years either way, so that nobody of seventeen is missed."""
    if birth is None:
        return Minor.UNKNOWN
    known = age(birth, today)
    margin = MARGIN if known.estimated else 0
    if known.high + margin < ADULT:
        return Minor.CERTAIN
    return Minor.POSSIBLE if known.low - margin < ADULT else Minor.NO


def _wrong(message: str, **values: object) -> Invalid:
    return Invalid(birth=Problem(message, values))


def _calendar(said: object) -> Calendar:
    try:
        return Calendar(str(said or Calendar.GREGORIAN.value))
    except ValueError:
        raise _wrong(N_("The desk does not know the calendar “{calendar}”."), calendar=said) from None


def _basis(said: object) -> Basis:
    try:
        return Basis(str(said or Basis.STATED.value))
    except ValueError:
        raise _wrong(N_("“{basis}” is not one of: stated, document, assessed."), basis=said) from None


def _known_as(given: str) -> KnownAs:
    return (KnownAs.YEAR, KnownAs.MONTH, KnownAs.DAY)[given.count("-")]


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _span_of_age(given: str, on: date) -> tuple[date, date]:
    if not given.isdecimal() or int(given) > OLDEST:
        raise _wrong(N_("“{given}” is not an age in years."), given=given)
    years = int(given)
    return _years_before(on, years + 1) + timedelta(days=1), _years_before(on, years)


def _span(given: str, calendar: Calendar, *, whole_year: bool) -> tuple[date, date]:
    """First and last Gregorian day of a year, month or day written in a calendar."""
    parts = given.split("-")
    if len(parts) > (1 if whole_year else 3) or len(parts[0]) != 4 or not given.replace("-", "").isdecimal():
        raise _wrong(N_("“{given}” is not a date."), given=given)
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            found = to_gregorian(numbers[0], numbers[1], numbers[2], calendar)
            return found, found
        return span(numbers[0], numbers[1] if len(numbers) == 2 else None, calendar)
    except (ValueError, Invalid):
        raise _wrong(N_("“{given}” is not a date."), given=given) from None
