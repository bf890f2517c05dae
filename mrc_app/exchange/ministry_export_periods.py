"""A reporting period as other systems write it: SDMX, DHIS2, and the country's own calendar."""

from __future__ import annotations

import re

from mrc_app.calendars import Calendar
from mrc_app.calendars.days import iso_like
from mrc_app.calendars.periods import Period

_GREGORIAN = re.compile(r"\d{4}(-(\d{2}|Q[1-4]|S[12]))?")
_CALENDAR = {"ET": Calendar.ETHIOPIAN, "ER": Calendar.ETHIOPIAN, "NP": Calendar.BIKRAM_SAMBAT}


def frequency(span: Period) -> str:
    """How long a period is: M, Q, S, A; ``_O`` for any other days."""
    code = span.code.partition(":")[2] or span.code
    if "/" in code:
        return "_O"
    if code.startswith("FY") or len(code) == 4:
        return "A"
    return code[5] if code[5] in "QS" else "M"


def duration(span: Period) -> str:
    """The first day and how many days: ``2026-11-10/P30D``."""
    return f"{span.start.isoformat()}/P{(span.end - span.start).days + 1}D"


def time_period(span: Period) -> str:
    """A period as SDMX writes it: ``2026-11``, ``2026-Q4``, ``2026``, or the first day and how many days."""
    return span.code if _GREGORIAN.fullmatch(span.code) else duration(span)


def dhis2(span: Period) -> str:
    """A period as DHIS2 names it; nothing for one it has no name for."""
    return span.code.replace("-", "") if _GREGORIAN.fullmatch(span.code) else ""


def local(span: Period, country: str) -> str:
    """A period in the country's own calendar: as it was asked for, else its first and last day there."""
    if ":" in span.code:
        land, _, code = span.code.partition(":")
        year = code.removeprefix("FY")
        return (
            f"{land.upper()} {code}/{(int(year) + 1) % 100:02d}" if code.startswith("FY") else f"{land.upper()} {code}"
        )
    calendar = _CALENDAR.get(country)
    if calendar is None:
        return span.code
    return "/".join(iso_like(day, calendar) for day in (span.start, span.end))
