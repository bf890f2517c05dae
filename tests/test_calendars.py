"""Every day from 1950 to 2043 in every calendar, against other people's tables; written dates; periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from convertdate import coptic
from hypothesis import given
from hypothesis import strategies as st

from mrc_app import calendars
from mrc_app.calendars import Calendar, Day
from mrc_app.calendars.days import BIKRAM_SAMBAT_CERTAIN_UNTIL, ethiopian_month_length, months_after
from mrc_app.errors import Invalid

FIRST, LAST = date(1950, 1, 1), date(2043, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
TODAY = date(2026, 11, 21)
NATIONAL = [Calendar.ETHIOPIAN, Calendar.BIKRAM_SAMBAT, Calendar.HIJRI, Calendar.SOLAR_HIJRI]

# Days that two independent papers agree on.
KNOWN = [
    (date(2026, 11, 21), Calendar.ETHIOPIAN, (2019, 3, 12)),
    (date(2026, 9, 11), Calendar.ETHIOPIAN, (2019, 1, 1)),
    (date(2007, 9, 12), Calendar.ETHIOPIAN, (2000, 1, 1)),
    (date(1999, 4, 23), Calendar.ETHIOPIAN, (1991, 8, 15)),
    (date(2027, 9, 11), Calendar.ETHIOPIAN, (2019, 13, 6)),
    (date(2026, 11, 21), Calendar.BIKRAM_SAMBAT, (2083, 8, 5)),
    (date(2025, 4, 14), Calendar.BIKRAM_SAMBAT, (2082, 1, 1)),
    (date(2026, 4, 14), Calendar.BIKRAM_SAMBAT, (2083, 1, 1)),
    (date(2025, 3, 30), Calendar.HIJRI, (1446, 10, 1)),
    (date(2024, 6, 16), Calendar.HIJRI, (1445, 12, 10)),
    (date(2025, 3, 21), Calendar.SOLAR_HIJRI, (1404, 1, 1)),
    (date(2026, 11, 22), Calendar.SOLAR_HIJRI, (1405, 9, 1)),
    (date(2021, 3, 20), Calendar.SOLAR_HIJRI, (1399, 12, 30)),
    (date(2025, 3, 20), Calendar.SOLAR_HIJRI, (1403, 12, 30)),
    (date(2030, 3, 20), Calendar.SOLAR_HIJRI, (1408, 12, 30)),
]


@pytest.mark.parametrize(("day", "calendar", "said"), KNOWN)
def test_a_known_day_is_said_and_read_as_people_say_it(day: date, calendar: Calendar, said: Day) -> None:
    assert calendars.from_gregorian(day, calendar) == said
    assert calendars.to_gregorian(*said, calendar) == day


def test_every_ethiopian_day_is_the_coptic_day_276_years_on() -> None:
    for day in DAYS:
        year, month, number = coptic.from_gregorian(day.year, day.month, day.day)
        assert calendars.from_gregorian(day, Calendar.ETHIOPIAN) == (year + 276, month, number), day


@pytest.mark.long
def test_every_solar_hijri_day_is_the_one_that_the_sun_gives() -> None:
    from convertdate import persian

    years = [calendars.to_gregorian(year, 1, 1, Calendar.SOLAR_HIJRI) for year in range(1330, 1430)]
    for day in (*years, *(year - timedelta(days=1) for year in years), *DAYS[::97]):
        assert calendars.from_gregorian(day, Calendar.SOLAR_HIJRI) == persian.from_gregorian(
            day.year, day.month, day.day
        ), day


@pytest.mark.parametrize("calendar", NATIONAL)
def test_every_day_comes_back_and_follows_the_day_before(calendar: Calendar) -> None:
    said = [calendars.from_gregorian(day, calendar) for day in DAYS]
    for day, found in zip(DAYS, said, strict=True):
        assert calendars.to_gregorian(*found, calendar) == day
    for before, after in pairwise(said):
        next_day = after == (before.year, before.month, before.day + 1)
        next_month = after == (before.year, before.month + 1, 1)
        next_year = after == (before.year + 1, 1, 1) and before.month == calendars.months_in_year(calendar)
        assert next_day or next_month or next_year, (before, after)


@pytest.mark.parametrize(
    ("calendar", "lengths"),
    [(Calendar.ETHIOPIAN, {30, 5, 6}), (Calendar.BIKRAM_SAMBAT, {29, 30, 31, 32}), (Calendar.HIJRI, {29, 30}),
     (Calendar.SOLAR_HIJRI, {29, 30, 31})],
)  # fmt: skip
def test_no_month_is_longer_or_shorter_than_its_calendar_allows(calendar: Calendar, lengths: set[int]) -> None:
    first, last = calendars.from_gregorian(FIRST, calendar).year + 1, calendars.from_gregorian(LAST, calendar).year
    seen = set()
    for year in range(first, last):
        for month in range(1, calendars.months_in_year(calendar) + 1):
            start, end = calendars.span(year, month, calendar)
            seen.add((end - start).days + 1)
    assert seen == lengths


def test_the_hijri_table_is_that_of_umm_al_qura_and_not_the_arithmetic_one() -> None:
    from convertdate import islamic

    differing = sum(
        tuple(islamic.from_gregorian(day.year, day.month, day.day)) != calendars.from_gregorian(day, Calendar.HIJRI)
        for day in DAYS[::10]
    )
    assert len(DAYS[::10]) / 4 < differing < len(DAYS[::10])


def test_pagume_has_six_days_every_fourth_year() -> None:
    assert [ethiopian_month_length(year, 13) for year in (2015, 2016, 2017, 2018, 2019)] == [6, 5, 5, 5, 6]
    with pytest.raises(Invalid) as refused:
        calendars.to_gregorian(2018, 13, 6, Calendar.ETHIOPIAN)
    assert str(refused.value) == "There is no day 6 of month 13 in the Ethiopian year 2018."


@pytest.mark.parametrize(
    ("year", "month", "day", "calendar"),
    [
        (2019, 14, 1, Calendar.ETHIOPIAN),
        (2019, 1, 31, Calendar.ETHIOPIAN),
        (2019, 0, 1, Calendar.ETHIOPIAN),
        (2083, 13, 1, Calendar.BIKRAM_SAMBAT),
        (2083, 1, 33, Calendar.BIKRAM_SAMBAT),
        (2200, 1, 1, Calendar.BIKRAM_SAMBAT),
        (1446, 10, 31, Calendar.HIJRI),
        (1600, 1, 1, Calendar.HIJRI),
        (1404, 12, 30, Calendar.SOLAR_HIJRI),
        (1700, 1, 1, Calendar.SOLAR_HIJRI),
        (2026, 2, 29, Calendar.GREGORIAN),
        (99999, 1, 1, Calendar.ETHIOPIAN),
        (-40, 1, 1, Calendar.ETHIOPIAN),
    ],
)
def test_a_day_that_does_not_exist_is_refused_in_one_sentence(
    year: int, month: int, day: int, calendar: Calendar
) -> None:
    with pytest.raises(Invalid, match=r"^There is no day .*\.$"):
        calendars.to_gregorian(year, month, day, calendar)


@given(st.dates(date(8, 8, 27), date(9999, 8, 1)))
def test_ethiopian_days_come_back_over_ten_thousand_years(day: date) -> None:
    assert calendars.to_gregorian(*calendars.from_gregorian(day, Calendar.ETHIOPIAN), Calendar.ETHIOPIAN) == day


def test_the_edges_of_the_tables_are_known() -> None:
    assert calendars.from_gregorian(date(2044, 4, 12), Calendar.BIKRAM_SAMBAT) == (2100, 12, 30)
    with pytest.raises(Invalid):
        calendars.from_gregorian(date(2044, 4, 13), Calendar.BIKRAM_SAMBAT)
    assert calendars.from_gregorian(date(1918, 4, 13), Calendar.BIKRAM_SAMBAT) == (1975, 1, 1)
    assert calendars.from_gregorian(date(1924, 8, 1), Calendar.HIJRI) == (1343, 1, 1)
    assert calendars.from_gregorian(date(2077, 11, 16), Calendar.HIJRI) == (1500, 12, 30)


def test_bikram_sambat_days_are_marked_once_the_tables_part() -> None:
    assert not calendars.uncertain(BIKRAM_SAMBAT_CERTAIN_UNTIL, Calendar.BIKRAM_SAMBAT)
    assert calendars.uncertain(date(2027, 6, 15), Calendar.BIKRAM_SAMBAT)
    assert not calendars.uncertain(date(2027, 6, 15), Calendar.ETHIOPIAN)
    assert "±1 दिन" in calendars.both(date(2027, 6, 15), "ne")
    assert "±" not in calendars.both(BIKRAM_SAMBAT_CERTAIN_UNTIL, "ne")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "21 November 2026"),
        ("fr", "21 novembre 2026"),
        ("ar", "21 نوفمبر 2026"),
        ("snk", "21 novembre 2026"),
        ("am", "ኅዳር 12 ቀን 2019 ዓ.ም. (21 ኖቬምበር 2026 እ.ኤ.አ.)"),
        ("ti", "12 ሕዳር 2019 ዓ.ም. (ሕዳር 21, 2026 ዓ.ም.ፈ.)"),
        ("om", "Sadaasa 12, 2019 A.L.I. (Sadaasa 21, 2026 A.L.A.)"),
        ("ne", "वि.सं. 2083 मंसिर 5 (2026 नोभेम्बर 21)"),
        ("fa", "30 آبان 1405 ه.ش. (21 نوامبر 2026 م.)"),
        ("prs", "30 عقرب 1405 ه.ش. (21 نومبر 2026 م.)"),
        ("ps", "30 لړم 1405 لمريز (2026 نومبر 21 م.)"),
        ("th", "21 พฤศจิกายน พ.ศ. 2569 (ค.ศ. 2026)"),
    ],
)
def test_the_national_date_stands_first_with_the_gregorian_beside_it(language: str, text: str) -> None:
    assert calendars.both(TODAY, language) == text


def test_a_date_is_written_in_any_calendar_asked_for() -> None:
    assert calendars.written(TODAY, "en", Calendar.ETHIOPIAN) == "12 Hidar 2019 EC"
    assert calendars.written(TODAY, "en", Calendar.BIKRAM_SAMBAT) == "5 Mangsir 2083 BS"
    assert calendars.written(date(2025, 3, 30), "ar", Calendar.HIJRI) == "1 شوال 1446 هـ"
    assert calendars.written(date(2025, 3, 30), "so", Calendar.HIJRI) == "1 Shawwal 1446 AH"
    assert calendars.written(date(1900, 1, 1), "ne", Calendar.BIKRAM_SAMBAT) == "1900 जनवरी 1"


def test_every_known_language_writes_every_month_without_invisible_marks_or_foreign_digits() -> None:
    from mrc_app.i18n import languages

    for code in languages():
        for month in range(1, 13):
            text = calendars.both(date(2026, month, 9), code)
            assert not set(text) & set("\u200e\u200f\u061c\u202f"), (code, text)
            assert all(sign in "0123456789" for sign in text if sign.isdecimal()), (code, text)
            assert "2026" in text


def test_every_calendar_has_its_months_in_every_language() -> None:
    for calendar in Calendar:
        for code in ("am", "ti", "om", "ne", "hi", "ar", "ur", "fr", "en", "id", "snk", "zh-Hant", "fa", "prs", "ps"):
            names = calendars.month_names(calendar, code)
            assert len(set(names)) == calendars.months_in_year(calendar), (calendar, code)


@pytest.mark.parametrize(
    ("code", "start", "end", "file_code"),
    [
        ("2026-11", "2026-11-01", "2026-11-30", "2026-11"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "2026-Q4"),
        ("2026-S2", "2026-07-01", "2026-12-31", "2026-S2"),
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026-11-10/2026-12-09", "2026-11-10", "2026-12-09", "2026-11-10_2026-12-09"),
        ("et:2019-03", "2026-11-10", "2026-12-09", "et2019-03"),
        ("et:2019-13", "2027-09-06", "2027-09-11", "et2019-13"),
        ("et:2019", "2026-09-11", "2027-09-11", "et2019"),
        ("np:2083-08", "2026-11-17", "2026-12-15", "np2083-08"),
        ("np:FY2083", "2026-07-17", "2027-07-16", "npFY2083"),
    ],
)
def test_a_period_is_the_days_the_office_means(code: str, start: str, end: str, file_code: str) -> None:
    found = calendars.period(code)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)
    assert (found.code, found.file_code) == (code, file_code)
    assert found.start in found and found.end in found and found.end + timedelta(days=1) not in found


@pytest.mark.parametrize(
    "code",
    ["", "2026-13", "2026-00", "2026-Q5", "2026-S3", "et:2019-14", "et:2019-00", "np:2083-13", "np:FY2199", "26-11",
     "2026-12-09/2026-11-10", "2026-02-30/2026-03-01", "xx:2019", "2026-11/2026-12", "et:FY2019", "0000"],
)  # fmt: skip
def test_a_period_that_is_none_is_refused_in_one_sentence(code: str) -> None:
    with pytest.raises(Invalid, match="is not a period"):
        calendars.period(code)


def test_the_months_of_an_ethiopian_year_fill_it_without_gap_or_overlap() -> None:
    for year in (2018, 2019):
        months = [calendars.period(f"et:{year}-{month:02d}") for month in range(1, 14)]
        whole = calendars.period(f"et:{year}")
        assert (months[0].start, months[-1].end) == (whole.start, whole.end)
        assert all(after.start - before.end == timedelta(days=1) for before, after in pairwise(months))


def test_a_year_of_birth_said_in_the_ethiopian_calendar_is_a_range_of_days_and_of_ages() -> None:
    first, last = calendars.span(1995, None, Calendar.ETHIOPIAN)
    assert (first, last) == (date(2002, 9, 11), date(2003, 9, 11))
    assert calendars.ages(first, last, date(2026, 11, 20)) == (23, 24)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1995", "1995-01-01", "1995-12-31"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("1995-03-12", "1995-03-12", "1995-03-12"),
    ],
)
def test_a_partly_known_date_is_a_range(text: str, first: str, last: str) -> None:
    assert calendars.known_to(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "95", "1995-13", "1995-00", "1995-02-30", "about 1995", "1995-03-12-1", "-5"])
def test_a_partly_known_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        calendars.known_to(text)


def test_months_later_is_the_same_day_or_the_last_of_the_month() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 21), 6) == date(2027, 5, 21)
    assert months_after(date(2026, 12, 31), 12) == date(2027, 12, 31)


def test_one_day_in_every_calendar_with_its_written_forms() -> None:
    found = calendars.in_every_calendar(TODAY, ["en", "am"])
    assert found == {
        "gregorian": "2026-11-21",
        "ethiopian": "2019-03-12",
        "bikram_sambat": "2083-08-05",
        "hijri": "1448-06-11",
        "solar_hijri": "1405-08-30",
        "written": {"en": "21 November 2026", "am": "ኅዳር 12 ቀን 2019 ዓ.ም. (21 ኖቬምበር 2026 እ.ኤ.አ.)"},
        "uncertain": [],
    }
    assert calendars.in_every_calendar(date(2050, 1, 1))["bikram_sambat"] is None
    with pytest.raises(Invalid):
        calendars.in_every_calendar(TODAY, ["xx"])


def test_the_tables_are_loaded_only_when_a_date_is_converted() -> None:
    import subprocess
    import sys

    code = (
        "import sys, mrc_app.calendars as c; from datetime import date;"
        "c.iso_like(date(2026,11,21), c.Calendar.ETHIOPIAN);"
        "print(sorted({'babel', 'nepali_datetime', 'hijridate'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
