"""Time limits kept: rules of the file and of the desk, starts filled in later, tasks for what is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mrc_app.casework import agenda, agenda_deadlines, claims, deadline_typed, deadlines, dossier_claims, grievances
from mrc_app.casework import claim_costs as costs
from mrc_app.casework import claim_instalments as instalments
from mrc_app.casework import deadline_rules as rules
from mrc_app.casework.claim_months import whole_months
from mrc_app.casework.deadline_rules import KnownRule
from mrc_app.casework.deadline_words import Ask, Event, Purpose, State, Unit, written
from mrc_app.casework.deadlines import Deadline
from mrc_app.casework.grievance_cases import Hearing
from mrc_app.casework.grievances import Grievance
from mrc_app.corridors import catalogue, confirmations
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from tests.make import OFFICER, make_client

SUNDAY = date(2026, 11, 22)
DISMISSED = date(2026, 11, 10)
MINE = {"on": SUNDAY, "by": OFFICER}


def known(session: Session, corridor: str = "PH-HK", purpose: Purpose = Purpose.LEAVE_OR_EXTEND) -> KnownRule:
    return next(rule for rule in deadline_typed.rules(session, corridor, None, SUNDAY) if rule.purpose is purpose)


def liza(session: Session, **typed: object) -> tuple[str, Deadline]:
    person = make_client(session, call_name="Liza")
    made = agenda_deadlines.begin(session, known(session), client=person.uuid, **MINE, **typed)  # type: ignore[arg-type]
    return person.uuid, made


def lodged(session: Session, client: str) -> Grievance:
    return grievances.lodge(session, desk_code="BD1", people=[client], **MINE)  # type: ignore[arg-type]


def said(deadline: Deadline, *hearings: date, today: date = SUNDAY) -> str:
    told = deadlines.sentences(deadline, today, hearings, {OFFICER: "Lin"})
    return " ".join(written(one, "en") for one in told).translate(dict.fromkeys(range(0x2066, 0x206A)))


def test_liza_has_two_days_and_is_asked_for_the_visa(session: Session) -> None:
    client, made = liza(session, started_on=DISMISSED)
    assert made.due == date(2026, 11, 24)
    text = said(made, date(2026, 12, 3))
    assert "24 November 2026 at the latest: 2 days left; earlier if the visa ends earlier." in text
    assert "The hearing on 3 December 2026 comes after this day." in text
    assert "Until which day may she stay?" in text
    assert "not yet confirmed at this desk" in text
    [task] = agenda.for_client(session, client, SUNDAY)
    assert (task.task.kind.value, task.task.about, task.task.due) == ("deadline", made.uuid, SUNDAY)


def test_with_the_visa_the_task_is_done_and_the_earlier_day_stands(session: Session) -> None:
    client, made = liza(session, started_on=DISMISSED)
    agenda_deadlines.tell(session, made, other_on=date(2026, 11, 23), **MINE)  # type: ignore[arg-type]
    assert made.due == date(2026, 11, 23)
    assert agenda.for_client(session, client, SUNDAY) == []
    assert "1 day left." in said(made)


def test_an_unknown_limit_is_one_task_and_no_countdown(session: Session) -> None:
    client, made = liza(session)
    agenda_deadlines.ask_for(session, made, **MINE)  # type: ignore[arg-type]
    assert made.due is None
    assert len(agenda.for_client(session, client, SUNDAY)) == 1
    assert deadlines.standing(made, SUNDAY).state is State.UNKNOWN
    assert deadlines.coming(session, SUNDAY) == []
    agenda_deadlines.drop(session, made, because="she has left already", **MINE)  # type: ignore[arg-type]
    assert agenda.for_client(session, client, SUNDAY) == []
    assert said(made) == "No longer followed: she has left already"


def test_a_passed_limit_stays_on_the_day_page_until_done(session: Session) -> None:
    _client, made = liza(session, started_on=DISMISSED)
    later = date(2026, 12, 1)
    [told] = deadlines.coming(session, later)
    assert told.client is not None
    assert (told.standing.state, told.client.call_name) == (State.PASSED, "Liza")
    assert "ask a lawyer" in said(made, today=later)
    agenda_deadlines.done(session, made, note="extended", **MINE)  # type: ignore[arg-type]
    assert deadlines.coming(session, later) == []
    assert said(made).startswith("Done on")
    with pytest.raises(MrcError, match="closed"):
        deadlines.tell(session, made, on=SUNDAY, started_on=SUNDAY)


def test_several_limits_each_have_their_own_start(session: Session) -> None:
    client, stay = liza(session, started_on=DISMISSED)
    case = lodged(session, client)
    rule = known(session, "ET-SA", Purpose.CLAIM)
    whole = agenda_deadlines.begin(session, rule, grievance=case.uuid, started_on=date(2026, 1, 31), **MINE)  # type: ignore[arg-type]
    origin = known(session, "ET-SA", Purpose.COMPLAIN)
    third = deadlines.start(session, origin, client=client, grievance=case.uuid, **MINE)  # type: ignore[arg-type]
    assert whole.due == date(2027, 1, 31)
    assert "Sunday" in said(whole)
    assert deadlines.of_client(session, client, (case.uuid,)) == [third, stay, whole]
    assert deadlines.of_grievance(session, case.uuid) == [third, stay, whole]
    assert [one.deadline for one in deadlines.coming(session, SUNDAY, ahead=90)] == [stay, whole]
    assert deadlines.coming(session, SUNDAY, ahead=90)[1].client is None
    assert deadlines.by_uuid(session, stay.uuid) is stay


def write(session: Session, **over: object) -> deadline_typed.DeadlineRule:
    typed = {"source": "Notice of the labour office", "purpose": "appeal", "event": "decision", "number": 15,
             "unit": "working_days", "rest_days": ["saturday", "sunday"], "corridor": "NP-AE", **over}  # fmt: skip
    return deadline_typed.write_rule(session, on=SUNDAY, by=OFFICER, **typed)


def test_a_rule_typed_here_says_who_typed_it_and_goes_stale(session: Session) -> None:
    rule = write(session)
    [used] = [one for one in deadline_typed.rules(session, "NP-AE", None, SUNDAY) if one.typed_by]
    client = make_client(session, call_name="Ramesh").uuid
    made = deadlines.start(session, used, client=client, started_on=date(2026, 11, 13), **MINE)  # type: ignore[arg-type]
    assert made.due == date(2026, 12, 4)
    text = said(made)
    assert "Written down at this desk by Lin." in text
    assert "Nobody has checked this rule" in text
    assert "Public holidays are not known here" in text
    deadlines.check(session, made, on=SUNDAY, by=OFFICER)
    assert "Nobody has checked" not in said(made)
    deadline_typed.check_rule(session, rule, on=SUNDAY, by=OFFICER)
    checked = deadlines.start(session, deadline_typed.as_known(rule), client=client, **MINE)  # type: ignore[arg-type]
    assert "Checked on 22 November 2026 by Lin." in said(checked)
    assert "more than 12 months ago" in said(checked, today=date(2027, 12, 1))
    deadline_typed.withdraw_rule(session, rule)
    assert deadline_typed.typed_rules(session) == []
    assert not [one for one in deadline_typed.rules(session, "NP-AE", None, SUNDAY) if one.typed_by]


def test_rules_of_the_desk_hold_for_their_corridor_or_for_all(session: Session) -> None:
    everywhere = write(session, corridor="", number="", unit="", checked_on=SUNDAY)
    there = write(session, corridor="NP-QA")
    assert deadline_typed.typed_rules(session) == [there, everywhere]
    assert [one.rule for one in deadline_typed.rules(session, "", None, SUNDAY)] == [everywhere.uuid]
    assert [one.rule for one in deadline_typed.rules(session, "NP-QA", None, SUNDAY)] == [everywhere.uuid, there.uuid]
    client = make_client(session).uuid
    made = deadlines.start(session, deadline_typed.as_known(everywhere), client=client, started_on=SUNDAY, **MINE)  # type: ignore[arg-type]
    assert deadlines.standing(made, SUNDAY).asks == (Ask.LENGTH,)
    assert everywhere.checked_by == OFFICER


def test_a_fact_confirmed_here_says_so(session: Session) -> None:
    [fact] = catalogue.corridor("PH-HK").answer(rules.STAY, None, SUNDAY).facts
    confirmations.confirm(session, subject=fact, by=OFFICER, checked_on=SUNDAY, today=SUNDAY)
    session.flush()
    _client, made = liza(session, started_on=DISMISSED)
    assert (made.checked_on, made.rule, made.checked_by) == (SUNDAY, fact.uuid, OFFICER)
    assert "Checked on 22 November 2026 by Lin." in said(made)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"source": ""}, "source"),
        ({"unit": ""}, "number"),
        ({"number": 0}, "number"),
        ({"number": 2001}, "number"),
        ({"unit": "years", "number": 101}, "number"),
        ({"checked_on": SUNDAY + timedelta(days=1)}, "checked_on"),
        ({"corridor": "Nepal"}, "corridor"),
        ({"side": "moon"}, "side"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_field(session: Session, over: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as told:
        write(session, **over)
    assert field in told.value.problems


def test_a_limit_belongs_to_somebody_and_begins_on_a_real_day(session: Session) -> None:
    with pytest.raises(Invalid):
        deadlines.start(session, known(session), **MINE)  # type: ignore[arg-type]
    client, made = liza(session)
    for wrong in ("31 Feb", SUNDAY + timedelta(days=400)):
        with pytest.raises(Invalid) as told:
            deadlines.tell(session, made, on=SUNDAY, started_on=wrong)
        assert "started_on" in told.value.problems
    with pytest.raises(Invalid, match="why"):
        deadlines.drop(session, made, because=" ", **MINE)  # type: ignore[arg-type]
    with pytest.raises(MrcError):
        deadlines.by_uuid(session, "0" * 32)
    stamp = rules.fixed_day(Purpose.LEAVE_OR_EXTEND, Event.PERMIT_END, "stamp", OFFICER)
    named = deadlines.start(session, stamp, client=client, started_on=date(2026, 12, 20), **MINE)  # type: ignore[arg-type]
    assert (named.due, named.unit) == (date(2026, 12, 20), Unit.DAYS)


def test_the_record_of_a_client_and_of_a_case_hold_claims_and_limits(session: Session) -> None:
    client, _stay = liza(session, started_on=DISMISSED, what="leave Hong Kong")
    case = lodged(session, client)
    where = {"client": client, "grievance": case.uuid}
    wage = claims.add(session, head="wage", amount=Money.of(5100, "HKD"), **where, **MINE)  # type: ignore[arg-type]
    rows = whole_months(date(2026, 10, 1), 1, Money.of(5100, "HKD"))
    claims.write_months(session, wage, rows, **MINE)  # type: ignore[arg-type]
    instalments.plan(session, parts=[(SUNDAY, Money.of(100, "HKD"))], **where, **MINE)  # type: ignore[arg-type]
    costs.note(session, amount=Money.of(230, "HKD"), kind="extension", today=SUNDAY, **where, **MINE)  # type: ignore[arg-type]
    deadlines.start(session, known(session, "PH-HK", Purpose.REPORT_RECRUITER), grievance=case.uuid, **MINE)  # type: ignore[arg-type]
    for on in (date(2026, 12, 3), date(2026, 11, 1)):
        session.add(Hearing(grievance=case.uuid, forum="Labour Relations Division", on=on, planned_by=OFFICER))
    session.flush()
    hers = dossier_claims.of_client(session, client, SUNDAY)
    assert hers["claim_totals"][0]["claimed"] == "5100.00"
    assert hers["claims"][0]["months"][0]["owed"] == "5100.00"
    assert (len(hers["instalments"]), hers["case_costs"][0]["amount"]) == (1, "230.00")
    unknown, stay = hers["deadlines"]
    assert (unknown["due"], unknown["state"], unknown["asks"]) == (None, "unknown", ["start"])
    assert (stay["days_left"], stay["at_latest"], stay["hearings_after"]) == (2, True, ["2026-12-03"])
    assert stay["said"][0].startswith("24 November 2026 at the latest: 2 days left")
    whole = dossier_claims.of_case(session, case.uuid, SUNDAY)
    assert len(whole["claims"]) == len(whole["case_costs"]) == 1
    assert [one["state"] for one in whole["deadlines"]] == ["unknown", "running"]
    assert next(iter(whole["claim_persons"].values())) == whole["claim_totals"]


def test_a_day_named_in_a_letter_needs_its_source() -> None:
    rule = deadline_typed.named_day(purpose="answer", source="summons", typed_by=OFFICER)
    assert (rule.number, rule.purpose, rule.typed_by) == (0, Purpose.ANSWER, OFFICER)
    with pytest.raises(Invalid):
        deadline_typed.named_day(purpose="answer", source=" ", typed_by=OFFICER)
