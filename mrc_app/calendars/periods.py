"""Reporting periods, in the calendar the office reports in: 2026-11, 2026-Q4, et:2019-03, np:FY2083."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mrc_app.calendars.days import Calendar, span, to_gregorian
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both included; ``code`` as typed, ``file_code`` fit for a file name."""

    start: date
    end: date
    code: str
    file_code: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


_GREGORIAN = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|S([12])))?")
_NATIONAL = re.compile(r"(et|np):(\d{4})(?:-(\d{2}))?")
_FISCAL = re.compile(r"np:FY(\d{4})")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
_CALENDARS = {"et": Calendar.ETHIOPIAN, "np": Calendar.BIKRAM_SAMBAT}
_SHRAWAN = 4


def period(code: str) -> Period:
    """The days a period code means. Raises Invalid with one sentence for a code that is not one."""
    text = code.strip()
    try:
        days = _days(text)
    except (Invalid, ValueError, OverflowError):
        days = None
    if days is None or days[1] < days[0]:
        raise Invalid(
            period=Problem(
                N_(
                    "“{code}” is not a period. Write for example 2026-11, 2026-Q4, 2026-S2, 2026, "
                    "2026-11-10/2026-12-09, et:2019-03 or np:FY2083."
                ),
                {"code": code},
            )
        )
    return Period(*days, text, text.replace(":", "").replace("/", "_"))


def _days(text: str) -> tuple[date, date] | None:
    if found := _RANGE.fullmatch(text):
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    if found := _FISCAL.fullmatch(text):
        return nepali_fiscal_year(int(found[1]))
    if found := _NATIONAL.fullmatch(text):
        return span(int(found[2]), _month(found[3]), _CALENDARS[found[1]])
    if found := _GREGORIAN.fullmatch(text):
        return _gregorian(int(found[1]), found[2], found[3], found[4])
    return None


def _month(text: str | None) -> int | None:
    if text == "00":
        raise ValueError(text)
    return int(text) if text else None


def _gregorian(year: int, month: str | None, quarter: str | None, half: str | None) -> tuple[date, date]:
    if quarter or half:
        length = 3 if quarter else 6
        last = int(quarter or half or 1) * length
        return date(year, last - length + 1, 1), span(year, last, Calendar.GREGORIAN)[1]
    return span(year, _month(month), Calendar.GREGORIAN)


def nepali_fiscal_year(year: int) -> tuple[date, date]:
    """From 1 Shrawan of the Bikram Sambat year to the last day of Asar of the next. Raises Invalid."""
    start = to_gregorian(year, _SHRAWAN, 1, Calendar.BIKRAM_SAMBAT)
    return start, to_gregorian(year + 1, _SHRAWAN, 1, Calendar.BIKRAM_SAMBAT) - timedelta(days=1)
