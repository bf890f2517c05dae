"""A day in five calendars. Only ISO Gregorian dates are ever kept; the others are written and read.

Ethiopian and Solar Hijri (Iran, Afghanistan) are our own arithmetic; Bikram Sambat and Hijri (Umm al-Qura) come from
published tables, loaded when used.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_


class Calendar(StrEnum):
    """The calendars a date can be said in."""

    GREGORIAN = "gregorian"
    ETHIOPIAN = "ethiopian"
    BIKRAM_SAMBAT = "bikram_sambat"
    HIJRI = "hijri"
    SOLAR_HIJRI = "solar_hijri"


class Day(NamedTuple):
    """A day as one calendar counts it."""

    year: int
    month: int
    day: int


BIKRAM_SAMBAT_CERTAIN_UNTIL = date(2027, 6, 14)
"""The last day on which the published Bikram Sambat tables agree; after it a day may move by one."""

FIRST = {
    Calendar.GREGORIAN: date(1, 1, 1),
    Calendar.ETHIOPIAN: date(8, 8, 27),
    Calendar.BIKRAM_SAMBAT: date(1918, 4, 13),
    Calendar.HIJRI: date(1924, 8, 1),
    Calendar.SOLAR_HIJRI: date(1799, 3, 21),
}
LAST = {
    Calendar.GREGORIAN: date.max,
    Calendar.ETHIOPIAN: date(9999, 8, 1),
    Calendar.BIKRAM_SAMBAT: date(2044, 4, 12),
    Calendar.HIJRI: date(2077, 11, 16),
    Calendar.SOLAR_HIJRI: date(2256, 3, 19),
}
_NAMES = {
    Calendar.GREGORIAN: "Gregorian",
    Calendar.ETHIOPIAN: "Ethiopian",
    Calendar.BIKRAM_SAMBAT: "Bikram Sambat",
    Calendar.HIJRI: "Hijri",
    Calendar.SOLAR_HIJRI: "Solar Hijri",
}
# 1 Meskerem 2000 fell on 12 September 2007; every fourth year (3, 7, … 1999, 2003 …) has a Pagume of six days.
_MESKEREM_2000 = date(2007, 9, 12).toordinal()


def _ethiopian_new_year(year: int) -> int:
    return _MESKEREM_2000 + 365 * (year - 2000) + year // 4 - 500


def _to_ethiopian(day: date) -> Day:
    ordinal = day.toordinal()
    year = 2000 + (ordinal - _MESKEREM_2000) * 4 // 1461
    while _ethiopian_new_year(year + 1) <= ordinal:
        year += 1
    while _ethiopian_new_year(year) > ordinal:
        year -= 1
    months, days = divmod(ordinal - _ethiopian_new_year(year), 30)
    return Day(year, months + 1, days + 1)


def _from_ethiopian(year: int, month: int, day: int) -> date:
    if not (1 <= month <= 13 and 1 <= day <= ethiopian_month_length(year, month)):
        raise ValueError
    return date.fromordinal(_ethiopian_new_year(year) + 30 * (month - 1) + day - 1)


def ethiopian_month_length(year: int, month: int) -> int:
    """30 days, and 5 or 6 in Pagume, the thirteenth month."""
    if month < 13:
        return 30
    return 6 if year % 4 == 3 else 5


# 1 Farvardin (Hamal) 1403 fell on 20 March 2024. In every 33 years eight have a leap day; from 1178 to 1633 that is the
# calendar that the sun gives.
_FARVARDIN_1403 = date(2024, 3, 20).toordinal()


def _solar_new_year(year: int) -> int:
    return _FARVARDIN_1403 + 365 * (year - 1403) + (8 * year + 21) // 33 - (8 * 1403 + 21) // 33


def _to_solar_hijri(day: date) -> Day:
    year = day.year - 621
    if _solar_new_year(year) > day.toordinal():
        year -= 1
    left = day.toordinal() - _solar_new_year(year)
    months, days = divmod(left, 31) if left < 186 else divmod(left - 186, 30)
    return Day(year, months + 1 + 6 * (left >= 186), days + 1)


def _from_solar_hijri(year: int, month: int, day: int) -> date:
    length = 31 if month < 7 else 30 if month < 12 else _solar_new_year(year + 1) - _solar_new_year(year) - 336
    if not (1178 <= year <= 1634 and 1 <= month <= 12 and 1 <= day <= length):
        raise ValueError
    return date.fromordinal(_solar_new_year(year) + 30 * (month - 1) + min(month - 1, 6) + day - 1)


def _to_bikram_sambat(day: date) -> Day:
    import nepali_datetime

    found = nepali_datetime.date.from_datetime_date(day)
    return Day(found.year, found.month, found.day)


def _from_bikram_sambat(year: int, month: int, day: int) -> date:
    import nepali_datetime

    found: date = nepali_datetime.date(year, month, day).to_datetime_date()
    return found


def _to_hijri(day: date) -> Day:
    from hijridate import Gregorian

    found = Gregorian(day.year, day.month, day.day).to_hijri()
    return Day(found.year, found.month, found.day)


def _from_hijri(year: int, month: int, day: int) -> date:
    from hijridate import Hijri

    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


_TO = {
    Calendar.ETHIOPIAN: _to_ethiopian,
    Calendar.BIKRAM_SAMBAT: _to_bikram_sambat,
    Calendar.HIJRI: _to_hijri,
    Calendar.SOLAR_HIJRI: _to_solar_hijri,
}
_FROM = {
    Calendar.GREGORIAN: date,
    Calendar.ETHIOPIAN: _from_ethiopian,
    Calendar.BIKRAM_SAMBAT: _from_bikram_sambat,
    Calendar.HIJRI: _from_hijri,
    Calendar.SOLAR_HIJRI: _from_solar_hijri,
}


def covers(day: date, calendar: Calendar) -> bool:
    """Whether the calendar's table reaches this day (Bikram Sambat: 1918 to 12 April 2044; Hijri: 1924 to 2077)."""
    return FIRST[calendar] <= day <= LAST[calendar]


def uncertain(day: date, calendar: Calendar) -> bool:
    """Whether the written day may still move by one: Bikram Sambat after the tables stop agreeing."""
    return calendar is Calendar.BIKRAM_SAMBAT and day > BIKRAM_SAMBAT_CERTAIN_UNTIL


def from_gregorian(day: date, calendar: Calendar) -> Day:
    """The day as ``calendar`` counts it. Raises Invalid outside the calendar's table."""
    if calendar is Calendar.GREGORIAN:
        return Day(day.year, day.month, day.day)
    if not covers(day, calendar):
        raise Invalid(
            date=Problem(
                N_("{date} lies outside the {calendar} table of this program."),
                {"date": day.isoformat(), "calendar": _NAMES[calendar]},
            )
        )
    return _TO[calendar](day)


def to_gregorian(year: int, month: int, day: int, calendar: Calendar) -> date:
    """The Gregorian date of a day. Raises Invalid with one sentence when the calendar has no such day."""
    try:
        return _FROM[calendar](year, month, day)
    except (ValueError, OverflowError, IndexError, KeyError):
        raise Invalid(
            date=Problem(
                N_("There is no day {day} of month {month} in the {calendar} year {year}."),
                {"day": day, "month": month, "year": year, "calendar": _NAMES[calendar]},
            )
        ) from None


def iso_like(day: date, calendar: Calendar) -> str:
    """The day as ``calendar`` counts it, written year-month-day with zeros: 2019-03-12."""
    found = from_gregorian(day, calendar)
    return f"{found.year:04d}-{found.month:02d}-{found.day:02d}"


def months_in_year(calendar: Calendar) -> int:
    """Thirteen in the Ethiopian year, twelve elsewhere."""
    return 13 if calendar is Calendar.ETHIOPIAN else 12


def span(year: int, month: int | None, calendar: Calendar) -> tuple[date, date]:
    """First and last Gregorian day of a month, or of a whole year when the month is not known. Raises Invalid."""
    last_month = months_in_year(calendar)
    first = to_gregorian(year, 1 if month is None else month, 1, calendar)
    if month is None or month == last_month:
        return first, _year_end(year, calendar)
    return first, to_gregorian(year, month + 1, 1, calendar) - timedelta(days=1)


def _year_end(year: int, calendar: Calendar) -> date:
    try:
        return to_gregorian(year + 1, 1, 1, calendar) - timedelta(days=1)
    except Invalid:
        return LAST[calendar]


def known_to(text: str) -> tuple[date, date]:
    """First and last day a partly known date can mean: "1995", "1995-03" or "1995-03-12". Raises Invalid."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
        if len(numbers) != len(parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
            raise ValueError
    except ValueError:
        raise Invalid(date=Problem(N_("“{text}” is not a date."), {"text": text})) from None
    if len(numbers) == 3:
        day = to_gregorian(numbers[0], numbers[1], numbers[2], Calendar.GREGORIAN)
        return day, day
    if numbers[-1] == 0:
        raise Invalid(date=Problem(N_("“{text}” is not a date."), {"text": text}))
    return span(numbers[0], numbers[1] if len(numbers) == 2 else None, Calendar.GREGORIAN)


def ages(first: date, last: date, on: date) -> tuple[int, int]:
    """Least and greatest age in whole years on a day, of someone born between ``first`` and ``last``."""
    return _years(last, on), _years(first, on)


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = span(year, month + 1, Calendar.GREGORIAN)[1]
    return last.replace(day=min(day.day, last.day))
