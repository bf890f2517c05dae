"""What the guides may print from a corridor's facts, and what they must not."""

from __future__ import annotations

from datetime import date

import pytest

from mrc_app.corridors import catalogue
from mrc_app.corridors.facts import Confidence, Payer
from mrc_app.corridors.values import PLACES, GuideValue, Measure, Per, guide_value, guide_values
from mrc_app.money import Money

TODAY = date(2026, 11, 21)


def value(corridor: str, place: str, sector: str | None = None, on: date = TODAY) -> GuideValue | None:
    return guide_value(catalogue.corridor(corridor), place, sector, on)


def test_the_undated_wage_of_the_agreement_with_saudi_arabia_is_never_printed_as_the_law() -> None:
    assert value("ET-SA", "min_wage", "domestic") is None
    assert value("BD-SA", "min_wage", "domestic") is None


def test_a_dated_wage_is_money_for_a_span_and_is_marked_when_a_later_one_may_be_in_force() -> None:
    found = value("PH-HK", "min_wage", "domestic")
    assert found is not None
    [part] = found.parts
    assert (part.money, part.per, part.fact.source.kind) == (Money(510000, "HKD"), Per.MONTH, part.fact.source.kind)
    assert part.fact.confidence is Confidence.HIGH and found.weak
    earlier = value("PH-HK", "min_wage", "domestic", date(2025, 12, 1))
    assert earlier is not None and not earlier.weak


def test_a_wage_says_whether_it_is_gross_or_net_when_the_source_does() -> None:
    poland, jordan = value("UA-PL", "min_wage"), value("ET-JO", "min_wage")
    assert poland is not None and jordan is not None
    assert (poland.parts[0].basis, jordan.parts[0].basis) == ("gross", "net")


def test_the_floor_of_the_country_of_origin_is_not_the_law_there() -> None:
    found = value("PH-HK", "min_wage", "domestic")
    assert found is not None and all(part.money and part.money.currency == "HKD" for part in found.parts)


def test_hours_a_day_and_a_week_stand_beside_each_other_each_with_its_fact() -> None:
    found = value("NP-AE", "max_hours", "construction")
    assert found is not None
    assert [(part.number, part.measure, part.per) for part in found.parts] == [
        (8, Measure.HOURS, Per.DAY),
        (48, Measure.HOURS, Per.WEEK),
    ]
    assert len({part.fact.uuid for part in found.parts}) == 2


def test_rest_leave_notice_and_days_of_grace_are_numbers_in_their_unit() -> None:
    rest, leave = value("ET-SA", "min_rest", "domestic"), value("ET-SA", "min_leave", "domestic")
    notice, grace = value("ID-HK", "notice", "domestic"), value("ID-HK", "grace_days", "domestic")
    assert rest and leave and notice and grace
    assert (rest.parts[0].number, rest.parts[0].measure, rest.parts[0].per) == (24, Measure.HOURS, Per.WEEK)
    assert (leave.parts[0].number, leave.parts[0].measure, leave.parts[0].per) == (1, Measure.MONTHS, Per.TWO_YEARS)
    assert (notice.parts[0].number, notice.parts[0].measure) == (1, Measure.MONTHS)
    assert (grace.parts[0].number, grace.parts[0].measure) == (14, Measure.NUMBER)


def test_who_pays_the_journey_home_is_said_where_a_source_says_it() -> None:
    saudi, zealand, qatar = (value(id, "return_payer") for id in ("ET-SA", "VU-NZ", "NP-QA"))
    assert saudi and saudi.parts[0].payer is Payer.EMPLOYER
    assert zealand and zealand.parts[0].payer is Payer.SHARED
    assert qatar is None


def test_only_the_limit_for_claims_from_work_is_the_deadline_of_a_claim() -> None:
    found = value("ET-AE", "claim_deadline", "domestic")
    assert found and (found.parts[0].number, found.parts[0].fact.claim) == (3, "employment")
    assert value("PH-HK", "claim_deadline", "domestic") is None


def test_a_notice_period_that_depends_on_years_of_service_is_not_one_number() -> None:
    assert value("NP-MY", "notice", "private") is None


def test_a_weak_source_is_told() -> None:
    found = value("ET-LB", "passport_law")
    assert found and found.weak and found.parts[0].yes is True


def test_without_a_sector_the_guide_learns_that_a_rule_speaks_for_one_sector_only() -> None:
    general, asked = value("ET-SA", "max_hours"), value("ET-SA", "max_hours", "domestic")
    assert general and general.other_sector and asked and not asked.other_sector
    everybody = value("NP-QA", "passport_law")
    assert everybody and not everybody.other_sector


@pytest.mark.parametrize("place", ["allowed_costs", "deductions_allowed", "change_rule", "pay_channel"])
def test_a_rule_kept_as_prose_is_never_printed_in_a_sentence(place: str) -> None:
    assert place not in PLACES
    assert all(guide_value(found, place, None, TODAY) is None for found in catalogue.corridors())


def test_every_value_of_every_corridor_can_be_said_in_any_language() -> None:
    said = 0
    for corridor in catalogue.corridors():
        for found in guide_values(corridor, None, TODAY).values():
            for part in found.parts:
                said += 1
                given = [part.number, part.money, part.payer, part.yes]
                assert sum(one is not None for one in given) == 1, (corridor.id, found)
                assert part.fact.corridor == corridor.id and part.fact.source.title
                assert part.weak or part.fact.confidence is not Confidence.LOW
    assert said > 80


def test_a_corridor_without_a_file_fills_no_place() -> None:
    assert guide_values(catalogue.corridor("SN-MR"), "fishery", TODAY) == {}
