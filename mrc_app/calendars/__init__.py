"""Gregorian, Ethiopian, Bikram Sambat, Hijri, Solar Hijri: write and read a date; keep ISO only."""

from __future__ import annotations

from mrc_app.calendars.days import (
    Calendar,
    Day,
    ages,
    covers,
    from_gregorian,
    iso_like,
    known_to,
    months_in_year,
    span,
    to_gregorian,
    uncertain,
)
from mrc_app.calendars.periods import Period, nepali_fiscal_year, period
from mrc_app.calendars.writing import NATIONAL, both, in_every_calendar, month_names, with_both_years, written

__all__ = [
    "NATIONAL",
    "Calendar",
    "Day",
    "Period",
    "ages",
    "both",
    "covers",
    "from_gregorian",
    "in_every_calendar",
    "iso_like",
    "known_to",
    "month_names",
    "months_in_year",
    "nepali_fiscal_year",
    "period",
    "span",
    "to_gregorian",
    "uncertain",
    "with_both_years",
    "written",
]
