"""Corridors, countries and answers: what is known, how old, whose rule, and when it cannot be told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from mrc_app.corridors import catalogue, countries
from mrc_app.corridors.facts import (
    Confidence,
    Doubt,
    Fact,
    Side,
    Source,
    answer,
    doubt,
    may_be_outdated,
    sectors_for,
)
from mrc_app.errors import Invalid

TODAY = date(2026, 11, 21)
READ = date(2026, 11, 21)
PAPER = Source("paper", "A paper", "https://example.org", "government", "2026-11-21")
WAGE = Fact(
    "ET-SA", "wage.minimum", "domestic", 1000, "per month", Side.AGREEMENT, Confidence.HIGH, PAPER, "SAR",
    valid_from="2025-03",
)  # fmt: skip
HOURS = replace(WAGE, key="hours.daily_max", value=10, unit="hours per day", currency="", valid_from="")


def test_there_are_249_countries_each_with_its_own_two_codes() -> None:
    from babel import Locale

    known = countries.alpha3()
    assert len(known) == len(set(known.values())) == 249
    assert all(len(two) == 2 and len(three) == 3 for two, three in known.items())
    assert set(known) <= set(Locale("en").territories)
    expected = {"ET": "ETH", "SA": "SAU", "CD": "COD", "DE": "DEU", "MM": "MMR", "TL": "TLS", "HK": "HKG"}
    assert {two: known[two] for two in expected} == expected


@pytest.mark.parametrize("code", ["XX", "et", "EU", "XK", "UN", "ZZ", "", "ETH", "AN"])
def test_what_is_no_country_is_refused(code: str) -> None:
    assert not countries.is_country(code)
    with pytest.raises(Invalid):
        countries.check_country(code)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("SA", "en", "Saudi Arabia"),
        ("SA", "fr", "Arabie saoudite"),
        ("ET", "am", "ኢትዮጵያ"),
        ("HK", "ff", "Hong Kong"),
        ("HK", "ne", "हङकङ"),
        ("HK", "wo", "Ooŋ Koŋ"),
        ("MR", "snk", "Mauritanie"),
        ("SA", "zh-Hant", "沙地阿拉伯"),
    ],
)
def test_a_country_has_a_name_in_every_language_or_in_the_one_that_stands_in(
    code: str, language: str, name: str
) -> None:
    assert countries.name(code, language) == name


def test_every_country_has_a_name_in_every_known_language() -> None:
    from mrc_app.i18n import languages

    for language in languages():
        unnamed = [code for code in countries.codes() if countries.name(code, language) in ("", code)]
        assert not unnamed, (language, unnamed)


@pytest.mark.parametrize(
    "id", ["", "ET", "et-sa", "ETSA", "ET-SAU", "ET_SA", "../SA", "ET-SA.toml", "XX-SA", "ET-ET", "ET-SA\n"]
)
def test_a_malformed_corridor_is_refused_in_one_sentence(id: str) -> None:
    with pytest.raises(Invalid) as refused:
        catalogue.corridor(id)
    assert str(refused.value).endswith((".", "”.")) and "\n" not in str(refused.value)


def test_any_two_countries_make_a_corridor_and_one_without_a_file_is_empty() -> None:
    found = catalogue.corridor("SN-MR")
    assert not found.known and not found.facts and found.status == "unknown" and found.compiled is None
    assert found.answer("wage.minimum", "domestic", TODAY).cannot_tell is not None
    assert catalogue.in_full("SN-MR")["facts"] == []


def test_the_undated_minimum_of_ethiopia_and_saudi_arabia_cannot_be_told() -> None:
    found = catalogue.corridor("ET-SA").answer("wage.minimum", "domestic", TODAY)
    assert found.facts == ()
    assert str(found.cannot_tell.text()) == "The source does not say from when this wage holds."  # type: ignore[union-attr]
    [(candidate, _reason)] = found.candidates
    assert (candidate.value, candidate.currency, candidate.confidence) == (1000, "SAR", Confidence.LOW)
    assert catalogue.corridor("ET-SA").fact("wage.minimum", "domestic", on=TODAY) is None


@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2025, 9, 30), 5100), (date(2025, 9, 29), 4990), (date(2023, 9, 30), 4870), (date(2022, 10, 1), 4730)],
)
def test_the_wage_of_the_day_answers_out_of_a_dated_series(on: date, value: int) -> None:
    found = catalogue.corridor("PH-HK").answer("wage.minimum", "domestic", on)
    assert [fact.value for fact in found.of(Side.DESTINATION)] == [value]


def test_a_gap_in_a_series_cannot_be_told_because_a_superseded_figure_without_an_end_is_not_used() -> None:
    found = catalogue.corridor("PH-HK").answer("wage.minimum", "domestic", date(2020, 6, 1))
    assert found.of(Side.DESTINATION) == ()
    assert any("later figure is known" in reason.text() for _fact, reason in found.candidates)


def test_two_sides_answer_beside_each_other_in_their_own_currencies() -> None:
    found = catalogue.corridor("PH-HK").answer("wage.minimum", "domestic", TODAY)
    assert {(fact.side, fact.currency, fact.value) for fact in found.facts} == {
        (Side.DESTINATION, "HKD", 5100),
        (Side.ORIGIN, "USD", 500),
    }


@pytest.mark.parametrize(
    ("fact", "on", "why"),
    [
        (WAGE, date(2025, 2, 28), Doubt.NOT_YET),
        (WAGE, date(2025, 3, 1), None),
        (replace(WAGE, valid_to="2025-06"), date(2025, 6, 30), None),
        (replace(WAGE, valid_to="2025-06"), date(2025, 7, 1), Doubt.ENDED),
        (replace(WAGE, superseded=True), TODAY, Doubt.SUPERSEDED),
        (replace(WAGE, superseded=True, valid_to="2027"), TODAY, None),
        (replace(WAGE, valid_from=""), TODAY, Doubt.NO_DATE),
        (replace(WAGE, valid_from="2013"), TODAY, Doubt.TOO_OLD),
        (WAGE, date(2028, 1, 1), Doubt.NOT_READ_SINCE),
        (HOURS, date(2028, 1, 1), None),
        (replace(HOURS, superseded=True), TODAY, Doubt.SUPERSEDED),
        (replace(HOURS, valid_to="2020"), TODAY, Doubt.ENDED),
    ],
)
def test_a_fact_holds_on_a_day_or_says_why_not(fact: Fact, on: date, why: Doubt | None) -> None:
    assert doubt(fact, on, READ) is why


def test_a_minimum_wage_without_an_end_may_be_outdated_after_a_year() -> None:
    assert not may_be_outdated(WAGE, date(2026, 2, 1))
    assert may_be_outdated(WAGE, date(2026, 4, 1))
    assert not may_be_outdated(replace(WAGE, valid_to="2027"), date(2026, 4, 1))
    assert not may_be_outdated(HOURS, TODAY)


def test_a_rule_for_the_sector_stands_before_the_general_one_of_the_same_side_only() -> None:
    general = replace(HOURS, sector="all", value=8)
    origin = replace(HOURS, sector="all", value=9, side=Side.ORIGIN)
    found = answer([HOURS, general, origin], "hours.daily_max", "domestic", TODAY, READ)
    assert {(fact.side, fact.value) for fact in found.facts} == {(Side.AGREEMENT, 10), (Side.ORIGIN, 9)}
    building = answer([HOURS, general], "hours.daily_max", "construction", TODAY, READ)
    assert [fact.value for fact in building.facts] == [8]


def test_rules_for_private_employment_speak_for_a_trade_but_never_for_domestic_work() -> None:
    assert sectors_for("construction") == ("construction", "private", "all")
    assert sectors_for("domestic") == ("domestic", "all")
    found = catalogue.corridor("NP-QA")
    assert found.fact("hours.weekly_max", "construction", on=TODAY) is not None
    assert found.fact("hours.weekly_max", "domestic", on=TODAY) is None


def test_a_fact_keeps_its_identity_when_its_value_changes_and_never_shares_it() -> None:
    assert WAGE.uuid == replace(WAGE, value=1100, note="raised").uuid
    others = [replace(WAGE, sector="all"), replace(WAGE, side=Side.ORIGIN), replace(WAGE, corridor="ET-JO"), HOURS]
    assert len({WAGE.uuid, *(fact.uuid for fact in others)}) == 5
    assert len(WAGE.uuid) == 32


def test_the_list_and_the_whole_corridor_are_plain_json() -> None:
    rows = catalogue.summary()
    assert json.loads(json.dumps(rows)) == rows and len(rows) == 24
    assert all({"id", "status", "facts", "compiled", "oldest"} <= set(row) for row in rows)
    whole = catalogue.in_full("TV-NZ")
    assert json.loads(json.dumps(whole)) == whole
    for fact in whole["facts"]:
        assert {"value", "unit", "currency", "source", "as_of", "confidence"} <= set(fact)
        assert fact["source"] and fact["confidence"] and fact["unit"]
    assert "25.47" in {fact["value"] for fact in whole["facts"]}
