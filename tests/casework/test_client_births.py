"""Births as told: four calendars, a year, a month, an age, an estimate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrc_app.calendars import Calendar
from mrc_app.casework.client_births import Age, AgeBand, Basis, KnownAs, Minor, age, band, band_of, minor, told
from mrc_app.errors import Invalid

TODAY = date(2026, 11, 20)


def test_an_ethiopian_birth_year_spans_two_gregorian_years() -> None:
    birth = told({"year": 1995, "calendar": "ethiopian", "estimated": True}, TODAY)
    assert (birth.first, birth.last) == (date(2002, 9, 11), date(2003, 9, 11))
    assert (birth.given, birth.calendar, birth.known_as) == ("1995", Calendar.ETHIOPIAN, KnownAs.YEAR)
    assert birth.partial == "2003"


def test_tigist_is_about_twenty_four_as_she_says() -> None:
    birth = told({"year": "1995", "calendar": "ethiopian", "estimated": True}, TODAY)
    assert age(birth, TODAY) == Age(years=24, low=23, high=24, estimated=True)
    assert band(birth, TODAY) is AgeBand.FROM_18
    assert minor(birth, TODAY) is Minor.NO


def test_a_told_age_counts_from_the_middle_of_its_span_and_is_an_estimate() -> None:
    birth = told({"age": 24}, TODAY)
    assert (birth.first, birth.last) == (date(2001, 11, 21), date(2002, 11, 20))
    assert birth.estimated and birth.basis is Basis.STATED and birth.known_as is KnownAs.AGE
    assert age(birth, TODAY).years == age(birth, TODAY + timedelta(days=1)).years == 24
    assert age(birth, date(2027, 11, 20)).years == 25


def test_a_day_seen_on_a_paper_is_exact() -> None:
    birth = told({"date": date(2000, 2, 29), "basis": "document"}, TODAY)
    assert birth.partial == "2000-02-29" and not birth.estimated and birth.basis is Basis.DOCUMENT
    assert age(birth, date(2026, 2, 28)) == Age(25, 25, 25, estimated=False)
    assert age(birth, date(2026, 3, 1)).years == 26


def test_a_month_keeps_its_precision_and_its_calendar() -> None:
    assert told({"date": "1995-03"}, TODAY).partial == "1995-03"
    hidar = told({"date": "1995-03", "calendar": "ethiopian"}, TODAY)
    assert (hidar.first, hidar.last, hidar.partial) == (date(2002, 11, 10), date(2002, 12, 9), "2002")
    assert hidar.known_as is KnownAs.MONTH


def test_nepali_and_hijri_days_are_kept_as_given_beside_the_gregorian_day() -> None:
    nepali = told({"date": "2083-08-05", "calendar": "bikram_sambat"}, date(2026, 11, 21))
    assert (nepali.given, nepali.partial) == ("2083-08-05", "2026-11-21")
    hijri = told({"year": 1420, "calendar": "hijri"}, TODAY)
    assert hijri.first == date(1999, 4, 17) and hijri.last == date(2000, 4, 5)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Give the birth as a date, a year or an age: one of the three."),
        ({"year": 1995, "age": 24}, "Give the birth as a date, a year or an age: one of the three."),
        ({"date": "1995-02-30"}, "“1995-02-30” is not a date."),
        ({"date": "1995-14", "calendar": "ethiopian"}, "“1995-14” is not a date."),
        ({"date": "95"}, "“95” is not a date."),
        ({"year": "1995-03"}, "“1995-03” is not a date."),
        ({"date": "spring"}, "“spring” is not a date."),
        ({"age": "young"}, "“young” is not an age in years."),
        ({"age": 121}, "“121” is not an age in years."),
        ({"year": 2027}, "A birth in “2027” is not possible."),
        ({"year": 1850}, "A birth in “1850” is not possible."),
        ({"year": 1995, "calendar": "julian"}, "The desk does not know the calendar “julian”."),
        ({"year": 1995, "basis": "rumour"}, "“rumour” is not one of: stated, document, assessed."),
        ({"year": 1995, "estimated": "yes"}, "“yes” does not say whether the birth is estimated."),
        ({"year": 1995, "star": "lion"}, "There is no field “star” in a birth."),
    ],
)
def test_what_cannot_be_a_birth_is_refused_in_one_sentence(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        told(said, TODAY)
    assert {name: problem.text() for name, problem in refused.value.problems.items()} == {"birth": sentence}


def test_a_birth_year_that_is_not_over_yet_ends_today() -> None:
    baby = told({"year": 2026}, TODAY)
    assert baby.last == TODAY and age(baby, TODAY) == Age(0, 0, 0, estimated=False)


def test_an_age_told_on_a_leap_day_still_has_a_first_day() -> None:
    birth = told({"age": 21}, date(2024, 2, 29))
    assert (birth.first, birth.last) == (date(2002, 3, 1), date(2003, 2, 28))


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        *((0, "under_15"), (14, "under_15"), (15, "15-17"), (17, "15-17"), (18, "18-24"), (24, "18-24")),
        *((25, "25-34"), (34, "25-34"), (35, "35-49"), (49, "35-49"), (50, "50+"), (99, "50+")),
    ],
)
def test_age_bands_begin_where_the_tables_begin(years: int, expected: str) -> None:
    assert band_of(years).value == expected


def test_nobody_of_seventeen_is_missed_by_an_estimate() -> None:
    assert minor(told({"age": 17, "estimated": False}, TODAY), TODAY) is Minor.CERTAIN
    assert minor(told({"age": 17}, TODAY), TODAY) is Minor.POSSIBLE
    assert minor(told({"age": 19}, TODAY), TODAY) is Minor.POSSIBLE
    assert minor(told({"age": 20}, TODAY), TODAY) is Minor.NO
    assert minor(told({"age": 15}, TODAY), TODAY) is Minor.CERTAIN
    assert minor(told({"year": 2008}, TODAY), TODAY) is Minor.POSSIBLE
    assert minor(None, TODAY) is Minor.UNKNOWN and band(None, TODAY) is AgeBand.NOT_STATED


@given(st.integers(0, 120), st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_a_told_age_is_that_age_on_every_day_of_its_span(years: int, on: date) -> None:
    birth = told({"age": years}, on)
    assert age(birth, on) == Age(years, years, years, estimated=True)


@given(
    st.integers(1950, 2018),
    st.sampled_from(list(Calendar)),
    st.dates(date(2027, 1, 1), date(2040, 12, 31)),
)
def test_low_is_never_above_high_and_a_year_is_about_a_year_long(year: int, calendar: Calendar, on: date) -> None:
    shift = {Calendar.BIKRAM_SAMBAT: 57, Calendar.ETHIOPIAN: -8, Calendar.HIJRI: -579, Calendar.SOLAR_HIJRI: -621}.get(
        calendar, 0
    )
    birth = told({"year": year + shift, "calendar": calendar}, on)
    known = age(birth, on)
    assert known.low <= known.years <= known.high <= known.low + 1
    assert 352 <= (birth.last - birth.first).days <= 365
