"""Reintegration plans and the diary of the year: the story of Dawit to the figure, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from mrc_app.casework import (
    assessments,
    dossier,
    dossier_reintegration,
    follow_ups,
    instruments,
    reintegration,
    reintegration_kept,
)
from mrc_app.casework.clients import Client
from mrc_app.casework.follow_up_words import FollowUpKind, Standing
from mrc_app.casework.follow_ups import FollowUp
from mrc_app.casework.reintegration import Plan, PlanLine, SupportInstalment
from mrc_app.casework.reintegration_words import Promise
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from tests.casework.test_instruments import DAWIT, sheet
from tests.make import OFFICER, TODAY, make_client

REGISTERED, PLANNED = date(2026, 10, 16), date(2026, 11, 13)


def dawits_plan(session: Session) -> Plan:
    client = make_client(session, call_name="Dawit").uuid
    answered = assessments.assess(
        session, client=client, answers=sheet(DAWIT), on=date(2026, 11, 6), by=OFFICER, wave="baseline"
    )
    return reintegration.plan(
        session, client=client, on=PLANNED, by=OFFICER, contact_on=REGISTERED, agreed="yes",
        assessment=answered, instrument=instruments.known(instruments.OURS),
    )  # fmt: skip


def test_the_plan_came_after_28_days_and_begins_with_five_needs(session: Session) -> None:
    plan = dawits_plan(session)
    assert (reintegration.days_to_plan(plan), reintegration.in_time(plan)) == (28, True)
    lines = reintegration_kept.lines(session, plan)
    assert [line.question for line in lines] == ["E5", "E1", "E3", "E6", "P2"]
    assert [line.dimension.value for line in lines] == ["economic"] * 4 + ["psychosocial"]
    assert reintegration_kept.current(session, plan.client) is plan
    assert reintegration_kept.by_uuid(session, Plan, plan.uuid) is plan
    with pytest.raises(MrcError):
        reintegration_kept.by_uuid(session, PlanLine, "nobody")


def test_a_plan_on_the_thirty_first_day_is_late_and_without_a_contact_nobody_can_tell(session: Session) -> None:
    client = make_client(session).uuid
    late = reintegration.plan(session, client=client, on=date(2026, 11, 16), by=OFFICER, contact_on=REGISTERED)
    assert (reintegration.days_to_plan(late), reintegration.in_time(late)) == (31, False)
    unknown = reintegration.plan(session, client=client, on=PLANNED, by=OFFICER)
    assert (reintegration.days_to_plan(unknown), reintegration.in_time(unknown)) == (None, None)
    with pytest.raises(Invalid) as refused:
        reintegration.plan(session, client=client, on=REGISTERED, by=OFFICER, contact_on=PLANNED)
    assert "contact_on" in refused.value.problems


def test_what_is_agreed_and_what_is_not_promised_stand_apart(session: Session) -> None:
    plan = dawits_plan(session)
    weld = reintegration.add_line(
        session, plan, dimension="economic", action="Welding course, 480 hours", provider="TVET (invented)",
        cost=Money.of("120", "USD"), who_pays="centre", due="2027-02-01",
    )  # fmt: skip
    loan = reintegration.add_line(session, plan, dimension="economic", action="A loan", promise="not_promised")
    gone = reintegration.add_line(session, plan, need="A house")
    reintegration.move_line(session, gone, state="dropped", on=PLANNED, result="No programme for it.")
    found = reintegration.apart(reintegration_kept.lines(session, plan))
    assert [line.uuid for line in found[Promise.NOT_PROMISED]] == [loan.uuid]
    assert weld in found[Promise.AGREED]
    assert gone not in found[Promise.AGREED]
    reintegration.move_line(session, weld, state="started", on=PLANNED)
    reintegration.amend_line(session, weld, changes={"cost": None, "provider": "TVET (invented)", "due": None})
    assert (weld.cost_minor, weld.due, weld.state.value) == (None, None, "started")
    with pytest.raises(Invalid):
        reintegration.move_line(session, weld, state="dropped", on=PLANNED)
    with pytest.raises(Invalid) as refused:
        reintegration.amend_line(session, weld, changes={"action": " "})
    assert "action" in refused.value.problems
    with pytest.raises(Invalid, match="not promised"):
        reintegration.instalment(session, loan, amount=Money.of("40", "USD"), due=PLANNED)


def test_three_instalments_of_forty_dollars_one_paid_two_due(session: Session) -> None:
    plan = dawits_plan(session)
    line = reintegration.add_line(session, plan, action="Support in cash")
    days = [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    parts = [reintegration.instalment(session, line, amount=Money.of("40", "USD"), due=day) for day in days]
    reintegration.pay(session, parts[0], on=days[0], by=OFFICER, receipt="R-17")
    found = reintegration.totals(reintegration_kept.instalments(session, plan.client))
    assert {name: (str(one.agreed), str(one.paid), str(one.open)) for name, one in found.items()} == {
        "USD": ("USD 120.00", "USD 40.00", "USD 80.00")
    }
    assert reintegration_kept.instalments_due(session, days[1]) == [parts[1]]
    assert [reintegration.late(one, date(2027, 1, 2)) for one in parts] == [False, True, False]
    with pytest.raises(MrcError, match="paid already"):
        reintegration.pay(session, parts[0], on=days[1], by=OFFICER, receipt="R-18")
    with pytest.raises(Invalid):
        reintegration.pay(session, parts[1], on=days[1], by=OFFICER, receipt=" ")
    with pytest.raises(Invalid) as refused:
        reintegration.instalment(session, line, amount=Money(0, "USD"), due="")
    assert set(refused.value.problems) == {"amount", "due"}
    both = reintegration.totals([*parts, SupportInstalment(client="c", line="l", minor=5, currency="ETB", due=days[0])])
    assert set(both) == {"USD", "ETB"}


def test_a_closed_plan_keeps_its_reason_and_takes_nothing_more(session: Session) -> None:
    plan = dawits_plan(session)
    reintegration.agree(session, plan, agreed="no")
    assert plan.agreed.value == "no"
    reintegration.close(session, plan, closure="migrated_again", on=PLANNED, by=OFFICER, note="Left for Dubai.")
    assert reintegration_kept.current(session, plan.client) is None
    for refused in (
        lambda: reintegration.close(session, plan, closure="choice", on=PLANNED, by=OFFICER),
        lambda: reintegration.add_line(session, plan, action="More"),
        lambda: reintegration.agree(session, plan, agreed="yes"),
    ):
        with pytest.raises(MrcError, match="closed"):
            refused()


def test_an_instruments_own_dimension_becomes_an_other_line() -> None:
    office = instruments.read(
        {
            "schema": "instrument/1", "id": "o", "version": "1", "kind": "index", "minimum_answered": 0,
            "needs_at_or_below": 0, "source": "office", "name": {"en": "O"},
            "answer": [{"code": "no", "value": 0, "text": {"en": "No"}}],
            "dimension": [{"id": "farm", "weight": 1, "name": {"en": "F"},
                           "question": [{"id": "f1", "weight": 1, "text": {"en": "Has land"}}]}],
        }
    )  # fmt: skip
    answered = assessments.Assessment(
        client="c", instrument="o", version="1", on=PLANNED, by="x", answers='{"farm":{"f1":"0"}}'
    )
    assert [line["dimension"] for line in reintegration.line_of_need(office, answered)] == ["other"]


def test_the_diary_of_the_year_is_clipped_to_the_end_of_a_month() -> None:
    assert [day.isoformat() for _kind, day in follow_ups.diary(date(2026, 11, 30))] == [
        "2026-12-30", "2027-02-28", "2027-05-30", "2027-11-30",
    ]  # fmt: skip
    assert follow_ups.diary(date(2027, 11, 30))[1][1] == date(2028, 2, 29)


def test_who_is_reached_at_the_second_attempt_is_reached(session: Session) -> None:
    plan = dawits_plan(session)
    year = follow_ups.plan_year(session, client=plan.client, start=PLANNED, plan=plan.uuid)
    assert [one.kind for one in year] == [kind for kind, _months in follow_ups.DIARY]
    assert follow_ups.plan_year(session, client=plan.client, start=PLANNED, plan=plan.uuid) == []
    assert follow_ups.plan_year(session, client=plan.client, start=PLANNED) == []
    survey = year[2]
    day = date(2027, 5, 13)
    assert (survey.planned_on, follow_ups.standing(survey, PLANNED)) == (day, Standing.PLANNED)
    assert follow_ups.standing(survey, day) is Standing.DUE
    follow_ups.tried(session, survey, on=day, by=OFFICER, reached=False, note="no answer")
    assert survey in follow_ups.due(session, day)
    follow_ups.tried(
        session, survey, on=date(2027, 5, 15), by=OFFICER, reached=True, mode="home", working="employed",
        work_isco="7212", work_title="Welder",
    )  # fmt: skip
    assert [one.reached for one in follow_ups.attempts(session, survey)] == [False, True]
    assert (follow_ups.standing(survey, day), follow_ups.in_work(survey)) == (Standing.REACHED, True)
    with pytest.raises(MrcError, match="reached already"):
        follow_ups.tried(session, survey, on=day, by=OFFICER, reached=True)
    with pytest.raises(MrcError):
        follow_ups.move(session, survey, planned_on=day)
    follow_ups.move(session, year[3], planned_on=date(2027, 11, 20))
    assert follow_ups.by_uuid(session, year[3].uuid).planned_on == date(2027, 11, 20)
    with pytest.raises(MrcError):
        follow_ups.by_uuid(session, "nobody")


def test_who_was_not_reached_stays_in_the_count_and_has_not_failed(session: Session) -> None:
    client = make_client(session).uuid
    lost = follow_ups.add(session, client=client, planned_on="2026-11-01", kind="call_1")
    follow_ups.give_up(session, lost, on=PLANNED)
    met = FollowUp(client=client, planned_on=date(2026, 11, 2), reached_on=PLANNED)
    later = FollowUp(client=client, planned_on=date(2027, 11, 2))
    assert follow_ups.standing(lost, PLANNED) is Standing.NOT_REACHED
    assert follow_ups.reach_rate([lost, met, later], PLANNED) == (1, 2)
    assert [follow_ups.in_work(one) for one in (lost, met)] == [None, None]
    assert not any("fail" in word.value for word in Standing)
    assert follow_ups.due(session, PLANNED) == []
    with pytest.raises(Invalid) as refused:
        follow_ups.tried(session, later, on=PLANNED, by=OFFICER, reached=False, working="employed")
    assert "reached" in refused.value.problems
    with pytest.raises(Invalid):
        follow_ups.add(session, client=client, planned_on="", kind=FollowUpKind.OTHER)


def test_a_cooperative_of_four_is_kept_with_what_it_began_with(session: Session) -> None:
    client = make_client(session).uuid
    kept = follow_ups.start_enterprise(
        session, client=client, kind="cooperative", name="Four (invented)", members="4", value=Money.of("9000", "ETB")
    )
    assert (kept.members, kept.value_minor, kept.value_currency) == (4, 900_000, "ETB")
    follow_ups.amend_enterprise(session, kept, changes={"registered": "yes", "value": None, "members": 4})
    follow_ups.amend_enterprise(session, kept, changes={"registered": "yes"})
    assert (kept.registered.value, kept.value_minor) == ("yes", None)
    assert follow_ups.enterprises(session, client) == [kept]
    wrong: dict[str, Any] = {"members": "0"}
    with pytest.raises(Invalid):
        follow_ups.start_enterprise(session, client=client, **wrong)


def test_mrc_case_tells_the_story_of_dawit_to_the_figure(session: Session) -> None:
    plan = dawits_plan(session)
    client = session.exec(select(Client).where(col(Client.uuid) == plan.client)).one()
    line = reintegration.add_line(session, plan, action="Support in cash")
    for day in (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)):
        reintegration.instalment(session, line, amount=Money.of("40", "USD"), due=day)
    reintegration.add_line(session, plan, action="A loan", promise="not_promised")
    follow_ups.plan_year(session, client=plan.client, start=PLANNED, plan=plan.uuid)
    better = {**sheet(DAWIT), "economic": dict.fromkeys(sheet(DAWIT)["economic"], "0.5") | {"E1": "1"}}
    assessments.assess(session, client=plan.client, answers=better, on=date(2027, 5, 15), by=OFFICER, wave="month_6")
    told = dossier.of(session, client.number, date(2027, 5, 16))
    assert (told["plan"]["days_to_plan"], told["plan"]["within_30_days"]) == (28, True)
    assert told["plan"]["not_promised"] == ["A loan"]
    assert told["plan"]["totals"]["USD"] == {"agreed": "USD 120.00", "paid": "USD 0.00", "open": "USD 120.00"}
    first = told["assessments"][0]
    assert first["label"] == "Centre reintegration index v1"
    assert (first["scores"]["composite"], first["answered"], first["of"], len(first["needs"])) == ("0.51", 18, 18, 5)
    economic = next(one for one in told["change"] if one["dimension"] == "economic")
    assert (economic["before"], economic["after"]) == ("0.29", "0.58")
    assert told["follow_ups"][0]["planned_on_ethiopian"] == "2019-04-04"
    assert [one["standing"] for one in told["follow_ups"]] == ["due", "due", "due", "planned"]


def test_a_sheet_of_an_instrument_that_is_gone_is_still_told(session: Session) -> None:
    client = make_client(session)
    old: dict[str, Any] = {"client": client.uuid, "instrument": "old", "version": "7", "on": PLANNED, "by": OFFICER}
    session.add(assessments.Assessment(**old, answers='{"d":{"q":"0.5","r":null}}', scores='{"d":"0.5"}'))
    session.flush()
    told = dossier.of(session, client.number, PLANNED)["assessments"][0]
    assert (told["answers"], told["scores"]) == ({"d": {"q": "0.5", "r": None}}, {"d": "0.50"})


def test_the_dossier_counts_a_checklist_on_both_sides_and_gives_no_score(session: Session) -> None:
    client = make_client(session)
    given = {"individual": {"I1": "yes", "I5": "yes", "I6": "yes"}}
    assessments.assess(session, client=client.uuid, answers=given, on=PLANNED, by=OFFICER, instrument="vulnerability-1")
    told = dossier_reintegration.of_client(session, client.uuid, PLANNED, dossier.plain)
    (sheet_told,) = told["assessments"]
    assert sheet_told["counts"]["individual"] == {"risks": 1, "protective": 2, "answered": 3, "of": 7}
    assert sheet_told["label"] == "Vulnerability screening v1"
    assert told["change"] == []


def test_how_she_went_again_is_asked_only_of_who_went(session: Session) -> None:
    client = make_client(session).uuid
    one = follow_ups.add(session, client=client, planned_on=TODAY)
    with pytest.raises(Invalid) as refused:
        follow_ups.tried(session, one, on=TODAY, by=OFFICER, reached=True, went_again="no", regular="yes")
    assert set(refused.value.problems) == {"regular"}
    follow_ups.tried(
        session, one, on=TODAY, by=OFFICER, reached=True, went_again="yes", regular="yes", as_contracted="no"
    )
    assert (one.regular.value, one.as_contracted.value) == ("yes", "no")
    other = follow_ups.add(session, client=client, planned_on=TODAY)
    follow_ups.tried(session, other, on=TODAY, by=OFFICER, reached=True, went_again="no", regular="not_asked")
    assert other.reached_on == TODAY
