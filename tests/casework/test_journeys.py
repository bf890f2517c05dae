"""Journeys: the route, the job as told, dated stages, and what a guide still lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import clients, journeys
from mrc_app.casework.journey_words import (
    FoodRoom,
    JourneyStage,
    Per,
    RecruitedThrough,
    RestDay,
    ReturnPayer,
    Sector,
)
from mrc_app.errors import Invalid
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_client, make_journey

MOUSSA: dict[str, Any] = {
    "origin": "SN",
    "destination": "MR",
    "sector": "fishing",
    "job_title": "deckhand",
    "isco": "9216",
    "employer": "Pêcheries du Banc",
    "town": "Nouadhibou",
    "wage": Money.of("90000", "XOF"),
    "wage_per": "month",
    "pay_day": "last day",
    "hours_per_day": "10,5",
    "days_per_week": "6",
    "rest_day": "friday",
    "rest_hours": 24,
    "food_room": "both_free",
    "starts_on": "2026-12-05",
    "ends_on": date(2027, 12, 4),
    "return_payer": "employer_after_term",
    "departs_on": "2026-12-01",
    "airport": "by road, Rosso",
    "arrival_city": "Nouadhibou",
    "meeting_person": "cousin",
    "permit_end": "2027-12-31",
    "recruited_through": "family",
    "programmes": ["departure guide", "departure guide", " MIGSEC "],
}


def test_a_route_is_all_a_journey_needs(session: Session) -> None:
    journey = make_journey(session, make_client(session), origin="et")
    assert journey.corridor == "ET-SA" and journey.stage is JourneyStage.PLANNED
    assert journeys.wage(journey) is None and journeys.hours_per_day(journey) is None


def test_the_job_as_told_comes_back_as_told(centre: Store) -> None:
    with centre.change(by=centre.officer, do="journeys.plan") as session:
        client = make_client(session)
        make_journey(session, client, **MOUSSA)
    with centre.read() as session:
        journey = journeys.current(session, client.uuid)
        assert journey is not None and journey.corridor == "SN-MR"
        assert journeys.wage(journey) == Money(90000, "XOF") and journey.wage_per is Per.MONTH
        assert journeys.hours_per_day(journey) == Decimal("10.5") and journey.days_per_week == 6
        assert journey.rest_day is RestDay.FRIDAY and journey.food_room is FoodRoom.BOTH_FREE
        assert journey.return_payer is ReturnPayer.AFTER_TERM and journey.sector is Sector.FISHING
        assert journey.recruited_through is RecruitedThrough.FAMILY
        assert journey.programmes == ("departure guide", "MIGSEC") and journey.starts_on == date(2026, 12, 5)
        gaps = journeys.missing_for_guide(journey, clients.by_uuid(session, client.uuid))
        assert set(gaps) == {"language", "sex", "birth", "origin_country", "phone", "emergency_name"}


def test_what_is_missing_for_a_guide_is_named_and_never_blank(session: Session) -> None:
    client = make_client(session, language="am", sex="F", birth={"age": 24}, phone="0911234567", origin_country="ET")
    journey = make_journey(session, client, town="Riyadh", wage=Money.of(1000, "SAR"), wage_per="month")
    gaps = journeys.missing_for_guide(journey, client)
    assert list(gaps)[:2] == ["emergency_name", "employer"] and gaps["rest_day"] == "rest day"
    assert not {"town", "wage_minor", "wage_per", "language"} & set(gaps)
    assert all(gaps.values())
    without = journeys.missing_for_guide(None, client)
    assert without["destination"] == "journey: from where to where" and "town" in without


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"destination": ""}, "destination", "A journey needs a country here."),
        ({"destination": "ET"}, "destination", "Origin and destination are the same country."),
        ({"destination": "SAU"}, "destination", "There is no country “SAU”."),
        ({"wage": "1000"}, "wage", "Write the wage as an amount and a currency."),
        ({"wage": Money(0, "SAR")}, "wage", "A wage is more than nothing."),
        ({"wage": Money(-5, "SAR")}, "wage", "A wage is more than nothing."),
        ({"wage": Money(5, "QQQ")}, "wage", "There is no currency “QQQ”."),
        ({"hours_per_day": "25"}, "hours_per_day", "“25” is not a number of hours in a day."),
        ({"hours_per_day": "NaN"}, "hours_per_day", "“NaN” is not a number of hours in a day."),
        ({"hours_per_day": "all"}, "hours_per_day", "“all” is not a number of hours in a day."),
        ({"days_per_week": "8"}, "days_per_week", "“8” is not a number from 1 to 7."),
        ({"isco": "91111"}, "isco", "“91111” is not an ISCO-08 code."),
        ({"rest_day": "someday"}, "rest_day", "“someday” is not one of the known words."),
        ({"starts_on": "2026-12-05", "ends_on": "2026-12-04"}, "ends_on", "The work would end before it begins."),
        (
            {"departs_on": "2026-12-05", "returned_on": "2026-12-04"},
            "returned_on",
            "The return would come before the departure.",
        ),
        ({"salary": "1"}, "salary", "There is no field “salary”."),
    ],
)
def test_what_cannot_be_a_journey_is_refused_by_field(
    session: Session, typed: dict[str, Any], field: str, sentence: str
) -> None:
    client = make_client(session)
    with pytest.raises(Invalid) as refused:
        make_journey(session, client, **typed)
    assert {name: problem.text() for name, problem in refused.value.problems.items()} == {field: sentence}
    assert journeys.of_client(session, client.uuid) == []


def test_a_change_is_checked_beside_what_is_kept(session: Session) -> None:
    journey = make_journey(session, make_client(session), starts_on="2026-12-05", wage=Money.of(1000, "SAR"))
    with pytest.raises(Invalid, match="end before it begins"):
        journeys.amend(session, journey, changes={"ends_on": "2026-11-01"})
    with pytest.raises(Invalid, match="same country"):
        journeys.amend(session, journey, changes={"destination": "ET"})
    assert journey.ends_on is None and journey.destination == "SA"
    journeys.amend(session, journey, changes={"ends_on": "2028-12-04", "wage": None, "isco": "9111", "town": ""})
    assert journey.ends_on == date(2028, 12, 4) and journey.wage_minor is None and journey.wage_currency == ""


def test_stages_are_dated_and_never_overwritten(session: Session) -> None:
    journey = make_journey(session, make_client(session))
    journeys.move(session, journey, stage="travelling", on=date(2026, 12, 1), by=OFFICER)
    journeys.move(session, journey, stage=JourneyStage.ABROAD, on=date(2026, 12, 2), by=OFFICER, note="called home")
    journeys.move(session, journey, stage="planned", on=date(2026, 10, 1), by=OFFICER)
    assert (journey.stage, journey.stage_on) == (JourneyStage.ABROAD, date(2026, 12, 2))
    assert [step.stage.value for step in journeys.steps(session, journey)] == [
        "planned",
        "planned",
        "travelling",
        "abroad",
    ]
    with pytest.raises(Invalid, match="not one of the known words"):
        journeys.move(session, journey, stage="lost", on=TODAY, by=OFFICER)


def test_the_current_journey_is_the_latest_that_was_not_cancelled(session: Session) -> None:
    client = make_client(session)
    assert journeys.current(session, client.uuid) is None
    first = make_journey(session, client, on=date(2020, 1, 1))
    second = make_journey(session, client, destination="JO")
    assert journeys.current(session, client.uuid) == second
    journeys.move(session, second, stage="cancelled", on=TODAY, by=OFFICER)
    assert journeys.current(session, client.uuid) == first
    assert journeys.of_client(session, client.uuid) == [second, first]
