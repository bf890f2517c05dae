"""Who is counted, once and on the right day; who is not; and the indicators of cases, money, costs and returns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from mrc_app.casework import (
    claims,
    clients,
    consents,
    costs,
    counselling,
    duplicates,
    follow_ups,
    grievance_events,
    grievance_screening,
    grievances,
    providers,
    referrals,
    reintegration,
    returns,
    skills,
)
from mrc_app.errors import Invalid, NotAllowed
from mrc_app.figures import behind, freezing, releasing, reports, targets
from mrc_app.figures.indicators_figures import Counted, count, median, quantile, rounded, share, spread
from mrc_app.figures.indicators_people import table
from mrc_app.figures.indicators_words import Unit
from mrc_app.figures.tiers import Tier
from mrc_app.money import Money
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.figures.test_stories_2_and_8 import rows, value
from tests.make import NO, OFFICER, make_client, make_journey, make_store

NOVEMBER = date(2026, 11, 10)
LATER = date(2026, 12, 5)
PAGUME = date(2027, 9, 8)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = make_store(tmp_path_factory.mktemp("counting"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def people(desk: Store) -> dict[str, str]:
    """One woman twice, one man who refused, one restricted, and in Pagume one typed in late."""
    with desk.change(by=desk.officer, do="test") as session:
        colleague = officers.add(session, name="Abebe", login="abebe")
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        made = {
            "hawa": make_client(session, call_name="Hawa", sex="female", on=date(2025, 10, 1)),
            "hawwa": make_client(session, call_name="Hawwa", birth={"age": "30"}, on=NOVEMBER),
            "refused": make_client(session, call_name="Bekele", sex="male", statistics=NO, on=NOVEMBER),
            "shut": make_client(session, call_name="Almaz", sex="female", on=NOVEMBER),
            "late": make_client(session, call_name="Sara", on=PAGUME),
        }
        for one in made.values():
            counselling.record(session, client=one.uuid, on=one.registered_on, officer=OFFICER)
        counselling.record(session, client=made["hawa"].uuid, on=NOVEMBER, officer=OFFICER)
        duplicates.merge(session, one=made["hawa"], other=made["hawwa"], by=OFFICER, on=NOVEMBER)
        restrictions.restrict(
            session, client=made["shut"].uuid, officers=[colleague.uuid], since="2026-11-10T00:00:00Z"
        )
        return {name: one.uuid for name, one in made.items()}


def test_one_person_with_two_records_counts_once_from_her_first_day(desk: Store, people: dict[str, str]) -> None:
    made = reports.make(desk, "2026-11", Tier.INTERNAL, LATER)
    assert [value(made, code) for code in ("A1", "A2", "A3")] == ["1", "2", "3"]
    assert rows(made, "A2")["female", "25-34", "_T"] == 1, "what one record does not tell the other does"
    assert value(made, "A5") == "50.0"


def test_a_restricted_client_is_counted_only_by_who_may_see_her_and_in_nothing_frozen(
    desk: Store, people: dict[str, str]
) -> None:
    abebe = Store(desk.path, desk.key, "abebe", "this computer")
    assert value(reports.make(abebe, "2026-11", Tier.INTERNAL, LATER), "A2") == "3"
    abebe.close()
    with desk.change(by=desk.officer, do="test") as session:
        mine = make_client(session, call_name="Lemlem", on=date(2026, 10, 5)).uuid
        restrictions.restrict(session, client=mine, officers=[desk.officer], since="2026-10-05T00:00:00Z")
    assert value(reports.make(desk, "2026-10", Tier.INTERNAL, LATER), "A1") == "1"
    assert value(reports.make(desk, "2026-10", Tier.INTERNAL, LATER, frozen=True), "A1") == "0"
    ministry = reports.make(desk, "2026-10", Tier.MINISTRY, LATER)
    assert value(ministry, "A1") == "0" and ministry["withheld"] == {"no_statistics_consent": 0, "restricted": 1}


def test_who_did_not_agree_is_withheld_and_counted_by_the_reason(desk: Store, people: dict[str, str]) -> None:
    made = reports.make(desk, "2026-11", Tier.MINISTRY, LATER)
    assert made["withheld"] == {"no_statistics_consent": 1, "restricted": 0}
    public = reports.make(desk, "2026-11", Tier.PUBLIC, LATER)
    assert public["withheld"]["no_statistics_consent"] is None


def test_a_pagume_of_six_days_counts_what_happened_in_it_whenever_it_was_typed(
    desk: Store, people: dict[str, str]
) -> None:
    made = reports.make(desk, "et:2019-13", Tier.INTERNAL, date(2027, 12, 1))
    assert (made["start"], made["end"]) == ("2027-09-06", "2027-09-11")
    assert value(made, "A1") == "1" and rows(made, "A1")["not_stated", "not_stated", "not_stated"] == 1
    assert value(reports.make(desk, "np:2084-05", Tier.INTERNAL, date(2027, 12, 1)), "A1") == "1"


def test_nepali_months_and_years_and_a_pagume_of_five_days(desk: Store, people: dict[str, str]) -> None:
    made = {
        code: reports.make(desk, code, Tier.INTERNAL, date(2027, 12, 1))
        for code in ("et:2018-13", "np:2083-07", "np:FY2083", "et:2019")
    }
    assert (made["et:2018-13"]["start"], made["et:2018-13"]["end"]) == ("2026-09-06", "2026-09-10")
    assert [value(made[code], "A3") for code in made] == ["0", "3", "3", "4"]
    assert made["np:FY2083"]["start"] == "2026-07-17"


def test_every_count_is_broken_down_as_the_office_asks_and_no_release_is(desk: Store, people: dict[str, str]) -> None:
    heard: list[tuple[int, int]] = []
    made = reports.make(
        desk, "2026-11", Tier.INTERNAL, LATER, by=["minor", "skill"], step=lambda *so_far: heard.append(so_far)
    )
    assert rows(made, "A1.sex_minor") and rows(made, "A3.sex_skill")["_T", "_T"] == int(value(made, "A3"))
    assert heard[-1] == (14, 14) and len(heard) == 14
    for tier, by in ((Tier.MINISTRY, ["minor"]), (Tier.INTERNAL, ["shoe"])):
        with pytest.raises(Invalid):
            reports.make(desk, "2026-11", tier, LATER, by=by)


def test_a_data_officer_counts_without_names_and_a_caseworker_releases_nothing(
    desk: Store, people: dict[str, str]
) -> None:
    dawit = Store(desk.path, desk.key, "dawit", "this computer")
    made = reports.make(dawit, "2026-11", Tier.MINISTRY, LATER)
    assert "names" in made["notes"] and value(made, "B5") == "" and not rows(made, "A2.sex_district")
    dawit.close()
    abebe = Store(desk.path, desk.key, "abebe", "this computer")
    with pytest.raises(NotAllowed):
        reports.make(abebe, "2026-11", Tier.PUBLIC, LATER)
    with pytest.raises(NotAllowed):
        freezing.freeze(abebe, "2026-11", Tier.INTERNAL, LATER, by=abebe.officer)
    abebe.close()


def test_cases_money_referrals_and_screening_of_a_year(desk: Store, people: dict[str, str]) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        who = people["late"]
        case = grievances.lodge(
            session, desk_code="BD1", by=OFFICER, on=date(2028, 1, 5), people=[who], categories=["E1", "E8"]
        )
        still = grievances.lodge(session, desk_code="BD1", by=OFFICER, on=date(2028, 3, 1), people=[who])
        claim = claims.add(
            session, client=who, grievance=case.uuid, head="wage", amount=Money(300_000, "USD"),
            on=date(2028, 1, 6), by=OFFICER,
        )  # fmt: skip
        for form, minor, on in (("award", 234_000, date(2028, 2, 1)), ("payment", 90_000, date(2028, 2, 10))):
            claims.put(session, claim, form=form, amount=Money(minor, "USD"), on=on, by=OFFICER, today=on)
        for state in ("assessed", "filed", "mediation", "settled", "closed"):
            grievance_events.move(session, case, state=state, on=date(2028, 2, 14), by=OFFICER, today=date(2028, 2, 14))
        service = providers.add(session, name="Legal aid", kind="legal_aid", country="ET", services="advice")
        session.add(
            referrals.Referral(
                client=who, provider=service.uuid, service="x", made_on=date(2028, 2, 1), made_by=OFFICER
            )
        )
        sheet = grievance_screening.Screening(client=who, on=date(2028, 2, 1), by=OFFICER)
        session.add(sheet)
        session.flush()
        for indicator in ("wages", "papers", "c190"):
            session.add(
                grievance_screening.ScreeningAnswer(
                    client=who, screening=sheet.uuid, indicator=indicator, answer="yes", words="x"
                )
            )
        assert still.number
    made = reports.make(desk, "2028", Tier.INTERNAL, date(2028, 12, 31))
    assert [value(made, code) for code in ("C1", "C2", "C3", "C4", "C7")] == ["2", "2", "100.0", "40.0", "1"]
    assert rows(made, "C2")["several", "not_stated"] == 1 and rows(made, "C7")[("181-365",)] == 1
    money = {one["part"]: one["value"] for one in made["figures"] if one["code"] == "C5"}
    assert money == {"claimed": "300000", "awarded": "234000", "paid": "90000"}
    assert value(made, "C6", "median") == "30.0"
    assert value(made, "C8") == "1" and rows(made, "C8")[("made",)] == 1
    assert value(made, "C9") == "1" and value(made, "C9", "2") == "1"
    released = reports.make(desk, "2028", Tier.MINISTRY, date(2028, 12, 31))
    assert not [one for one in released["figures"] if one["code"] == "C9"]
    assert {one["part"] for one in released["figures"] if one["code"] == "C5" and not one["hidden"]} == set()


def test_costs_returns_support_training_and_tracer_of_a_year(desk: Store, people: dict[str, str]) -> None:
    on = date(2029, 5, 10)
    with desk.change(by=desk.officer, do="test") as session:
        who = clients.by_uuid(session, people["late"])
        make_journey(session, who, sector="domestic", isco="9111", on=on)
        costs.pay(session, client=who.uuid, on=on, by=OFFICER, code="FEE", amount=Money(44_000_00, "ETB"))
        costs.earn(session, client=who.uuid, on=on, by=OFFICER, amount=Money(38_000_00, "ETB"), month=on)
        costs.borrow(
            session,
            client=who.uuid,
            on=on,
            by=OFFICER,
            principal=Money(30_000_00, "ETB"),
            interest="5",
            lender="moneylender",
        )
        returns.note(session, client=who.uuid, on=on, by=OFFICER, kind="deported")
        plan = reintegration.plan(session, client=who.uuid, on=on, by=OFFICER, contact_on=date(2029, 4, 20))
        line = reintegration.add_line(session, plan, need="x", action="cash", dimension="economic")
        part = reintegration.instalment(session, line, amount=Money(4000, "USD"), due=on)
        reintegration.pay(session, part, on=on, by=OFFICER, receipt="7")
        skills.train(
            session,
            client=who.uuid,
            kind="tvet",
            course="Welding",
            since=on,
            until=on,
            state="completed",
            certified_on=on,
        )
        for kind, reached in (("survey_6", True), ("survey_12", False)):
            call = follow_ups.add(session, client=who.uuid, planned_on=on, kind=kind)
            again = {"went_again": "yes", "regular": "no", "as_contracted": "not_asked"}
            found = {"working": "own_business", **again} if reached else {}
            follow_ups.tried(session, call, on=on, by=OFFICER, reached=reached, **found)
    made = reports.make(desk, "2029", Tier.INTERNAL, date(2029, 12, 31))
    assert (value(made, "B4", "mean"), value(made, "B5"), value(made, "B6")) == ("1.16", "100.0", "100.0")
    assert [(one["by"], one["member"], one["median"]) for one in made["spreads"]] == [
        ("", "", "1.16"), ("sex", "not_stated", "1.16"), ("skill", "1", "1.16"), ("sector", "domestic", "1.16"),
        ("corridor", "ET-SA", "1.16"),
    ]  # fmt: skip
    assert [value(made, "D1", part) for part in ("", "plan", "in_time")] == ["1", "1", "100.0"]
    assert value(made, "D3") == "1" and value(made, "D3", "paid") == value(made, "D3", "instalment 1") == "4000"
    assert value(made, "D3", "economic") == "1" and rows(made, "D3")["economic", "_T"] == 1
    assert value(made, "E1", "tvet") == "1" and rows(made, "E1.training")["tvet", "not_stated"] == 1
    assert [value(made, "E1", part) for part in ("trained", "completed", "certified")] == ["1", "1", "1"]
    assert (value(made, "E2", "reached"), value(made, "D4", "month_6")) == ("50.0", "100.0")
    tracer = [value(made, "E2", part) for part in ("went_again", "regular", "as_contracted")]
    assert tracer == ["100.0", "0.0", ""], "who was not asked stands in neither number"
    for code, piece, kind in (("E2", "reached", "followup"), ("D3", "paid USD", "client"),
                             ("D3", "instalment 1 USD", "client"), ("D4", "month_6", "followup")):  # fmt: skip
        found_behind = behind.behind(desk, "2029", code, piece, today=date(2029, 12, 31))
        assert [line.kind for line in found_behind.lines] == [kind], (code, piece)
    assert (value(made, "D4", "month_12"), value(made, "D4", "month_12 reached")) == ("", "0.0")
    released = reports.make(desk, "2029", Tier.PUBLIC, date(2029, 12, 31))
    assert all(one["hidden"] and one["n"] is None for one in released["spreads"])


def test_small_numbers_and_those_beside_them_are_taken_away_and_a_sum_of_one_payer_too() -> None:
    figures = (
        count("B1", Unit.CONTRACTS, 3),
        share("A5", 8, 10),
        share("A5", 0, 10, part="b"),
        share("A5", 5, 10, part="c"),
        count("EV", Unit.EVENTS, 2, counts=False),
    )
    found = releasing.released(Counted(figures, ()), 5).figures
    assert [one.hidden for one in found] == [True, True, False, False, False]
    rich = share("C3", 5, 10)
    paid = count("C5", Unit.MONEY, 1000, n=9, most=900)
    assert [one.hidden for one in releasing.released(Counted((rich, paid), ()), 5).figures] == [False, True]


def test_what_rests_on_a_hidden_cell_is_hidden_with_it() -> None:
    small = table("C2", ("matter", "sex"), {("X", "female"): 3, ("X", "male"): 1})
    resting = count("C2", Unit.PERSONS, 40, cells=(("C2", ("_T", "_T")),))
    made = releasing.released(Counted((resting,), ((small,),)), 5)
    assert made.figures[0].hidden and made.figures[0].value is None


def test_middles_are_exact_and_rounded_half_up() -> None:
    assert (median([]), median([1, 2]), quantile([0, 10], Fraction(1, 4))) == (None, Fraction(3, 2), Fraction(5, 2))
    assert (rounded(Fraction(5, 8), 2), rounded(None, 1)) == ("0.63", "")
    assert spread("", "", [Fraction(2), Fraction(1)]).over_one == 1


def test_a_target_is_checked_replaced_and_dropped(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        for wrong in (
            {"indicator": "Z", "number": 3}, {"indicator": "A1"}, {"indicator": "A6", "number": 101},
            {"indicator": "C1", "number": 5, "sex": "female"}, {"indicator": "A1", "number": 5, "event": "school"},
        ):  # fmt: skip
            with pytest.raises(Invalid):
                targets.aim(session, period="2030", by=OFFICER, on=LATER, **wrong)  # type: ignore[arg-type]
        typed: dict[str, Any] = {"indicator": "A1", "period": "2030", "by": OFFICER, "on": LATER}
        targets.aim(session, number=50, **typed)
        kept = targets.aim(session, number=60, **typed)
        assert [one.number for one in targets.of_period(session, kept.start, kept.end)] == [60]
        targets.drop(session, targets.by_uuid(session, kept.uuid))
        assert targets.of_period(session, kept.start, kept.end) == []
    assert targets.attainment(None, 10) is None
    assert targets.attainment(1, 200) == 1, "half up"


def test_withdrawn_consent_stops_later_releases(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        for number in range(6):
            one = make_client(session, call_name=f"Girl {number}", sex="female", on=date(2031, 1, 5))
        kept = [each for each in consents.of_client(session, one.uuid) if each.purpose is consents.Purpose.STATISTICS]
        consents.withdraw(session, kept[-1], on=date(2031, 1, 20), by=OFFICER)
    made = reports.make(desk, "2031-01", Tier.PUBLIC, date(2031, 2, 1))
    assert value(made, "A1") == "5"


def test_a_skills_profile_is_a_service_of_the_day_it_was_written_down(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    on = date(2029, 3, 5)
    with store.change(by=store.officer, do="test") as session:
        who = make_client(session, on=date(2028, 1, 1))
        skills.keep(session, client=who.uuid, kind="occupation", title="cook", noted_on=on)
        skills.keep(session, client=who.uuid, kind="language", title="Arabic")
    made = reports.make(store, "2029-03", Tier.INTERNAL, date(2029, 12, 31))
    assert (value(made, "A2"), value(made, "A2", "F8")) == ("1", "1")
    store.close()
