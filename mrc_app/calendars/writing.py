"""Dates as people read them: the month is a word, the calendar is named, and no invisible mark is left in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from mrc_app.calendars.days import Calendar, covers, from_gregorian, iso_like, uncertain
from mrc_app.calendars.words import MAY_CHANGE, mark, national_month_names

NATIONAL = {
    "am": Calendar.ETHIOPIAN,
    "ti": Calendar.ETHIOPIAN,
    "om": Calendar.ETHIOPIAN,
    "ne": Calendar.BIKRAM_SAMBAT,
    "fa": Calendar.SOLAR_HIJRI,
    "prs": Calendar.SOLAR_HIJRI,
    "ps": Calendar.SOLAR_HIJRI,
}
"""Languages whose readers count days in a national calendar first."""

_UNPRINTABLE = {**dict.fromkeys(map(ord, "\u200e\u200f\u061c")), 0x202F: "\u00a0"}
_YEAR = re.compile(r"(?:ค\.ศ\. )?([12]\d{3})")
# {d} day, {m} month, {y} year, {c} the calendar's mark
_ORDER = {
    "am": "{m} {d} ቀን {y} {c}",
    "ti": "{d} {m} {y} {c}",
    "om": "{m} {d}, {y} {c}",
    "ne": "{c} {y} {m} {d}",
    "hi": "{d} {m} {c} {y}",
}


def month_names(calendar: Calendar, language: str) -> list[str]:
    """The names of the calendar's 12 or 13 months in a language. Raises Invalid for an unknown language."""
    from mrc_app import i18n

    if calendar is not Calendar.GREGORIAN:
        return national_month_names(calendar, i18n.language(language).code)
    from babel.dates import get_month_names

    names = get_month_names("wide", "stand-alone", locale=i18n.babel_locale(language))
    return [names[number] for number in range(1, 13)]


def written(day: date, language: str, calendar: Calendar | None = None) -> str:
    """The date with its month as a word. Gregorian unless a calendar is given; Gregorian too outside its table.

    Raises Invalid for a language the desk does not know.
    """
    from mrc_app import i18n

    code = i18n.language(language).code
    if calendar in (None, Calendar.GREGORIAN) or not covers(day, calendar):
        return _gregorian(day, code)
    return _national(day, code, calendar)


def _gregorian(day: date, code: str) -> str:
    from babel.dates import format_date

    from mrc_app import i18n

    return format_date(day, "long", locale=i18n.babel_locale(code)).translate(_UNPRINTABLE)


def with_both_years(text: str, language: str) -> str:
    """A Gregorian date with the year as Thailand counts it first: days and months are the same there."""
    if language != "th":
        return text
    return _YEAR.sub(lambda found: f"พ.ศ. {int(found[1]) + 543} (ค.ศ. {found[1]})", text)


def _national(day: date, code: str, calendar: Calendar) -> str:
    found = from_gregorian(day, calendar)
    name = national_month_names(calendar, code)[found.month - 1]
    order = _ORDER.get(code, "{d} {m} {y} {c}") if calendar is NATIONAL.get(code) else "{d} {m} {y} {c}"
    text = order.format(d=found.day, m=name, y=found.year, c=mark(calendar, code)).strip()
    if uncertain(day, calendar):
        return f"{text} ({MAY_CHANGE.get(code, '±1')})"
    return text


def both(day: date, language: str) -> str:
    """The national date with the Gregorian one beside it where readers count so first (NATIONAL, and in Thai both
    years); else Gregorian."""
    from mrc_app import i18n

    code = i18n.language(language).code
    national = NATIONAL.get(code)
    if national is None or not covers(day, national):
        return with_both_years(_gregorian(day, code), code)
    gregorian = f"{_gregorian(day, code)} {mark(Calendar.GREGORIAN, code)}".strip()
    return f"{_national(day, code, national)} ({gregorian})"


def in_every_calendar(day: date, languages: Iterable[str] = ()) -> dict[str, object]:
    """What ``mrc dates`` answers: the day in each calendar (None outside a table) and written in each language.

    ``uncertain`` names the calendars in which the day may move by one. Raises Invalid for an unknown language.
    """
    answer: dict[str, object] = {
        calendar.value: iso_like(day, calendar) if covers(day, calendar) else None for calendar in Calendar
    }
    answer["written"] = {code: both(day, code) for code in languages}
    answer["uncertain"] = [calendar.value for calendar in Calendar if uncertain(day, calendar)]
    return answer
