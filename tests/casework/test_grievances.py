"""Cases: many people, one number, a neutral title, dated steps, an outcome each."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from mrc_app.casework import clients, consents, dossier, duplicates, grievance_events, grievance_people, grievances
from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_events import NEXT, SIDE_EXITS, following, may_follow
from mrc_app.casework.grievance_words import Because, Code, LodgedBy, Outcome, State
from mrc_app.casework.grievances import Grievance
from mrc_app.errors import Invalid, MrcError, NotAllowed
from mrc_app.store import case_lists, officers
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import NO, TODAY, YES, make_client, make_store

SINCE = "2026-11-20T08:00:00Z"
GIRUM = "f" * 32


def lodge(session: Session, *people: str, **over: object) -> Grievance:
    """A case of these people, or of one new client."""
    found = people or (make_client(session, given="Almaz", father="Tadesse", call_name="Almaz").uuid,)
    typed: dict[str, object] = {"desk_code": "AA1", "by": GIRUM, "on": TODAY, "people": found, "categories": ["E1"]}
    return grievances.lodge(session, **{**typed, **over})  # type: ignore[arg-type]


def colleague(session: Session) -> str:
    """Another officer who works with clients."""
    return officers.add(session, name="Abebe", login="abebe").uuid


def move(session: Session, case: Grievance, *states: str, on: date = TODAY, **more: str) -> None:
    for state in states:
        grievance_events.move(session, case, state=state, on=on, by=GIRUM, today=TODAY, **more)


def test_a_case_has_a_number_its_first_event_and_its_person(session: Session) -> None:
    case = lodge(session, step="destination", country="lb", note="14 months")
    assert case.number.startswith("AA1-2026-")
    assert (case.country, case.step.value, case.categories) == ("LB", "destination", (Code.E1,))
    assert [one.state for one in grievance_events.of_case(session, case.uuid)] == [State.INTAKE]
    assert [person.given for _one, person in grievances.complainants(session, case.uuid)] == ["Almaz"]
    assert grievances.by_number(session, f" {case.number} ") is case
    assert grievances.by_uuid(session, case.uuid) is case
    assert grievances.shown_title(case) == case.number
    assert case.danger_asked_on is None


def test_immediate_danger_is_kept_with_who_asked_and_when(session: Session) -> None:
    case = lodge(session, danger="yes", in_the_room="the employer", safe_to_talk="no")
    assert (case.danger, case.safe_to_talk, case.danger_asked_on, case.danger_asked_by) == ("yes", "no", TODAY, GIRUM)
    later = TODAY + timedelta(days=1)
    grievances.ask_danger(session, case, on=later, by="2" * 32, danger="no", safe_to_talk="yes")
    assert (case.danger, case.danger_asked_on, case.danger_asked_by) == (Answer.NO, later, "2" * 32)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"people": ()}, "people", "at least one"),
        ({"title": "Unpaid wages of ALMAZ"}, "title", "without a name"),
        ({"categories": ["E15"]}, "officers", "named officers"),
        ({"categories": ["E99"]}, "categories", "E99"),
        ({"lodged_on": TODAY + timedelta(days=1)}, "lodged_on", "still to come"),
        ({"lodged_through": LodgedBy.RELATIVE}, "lodger", "who lodges"),
        ({"status": "irregular"}, "status", "no field"),
    ],
)
def test_what_cannot_be_kept_is_said_under_its_field(
    session: Session, typed: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as told:
        lodge(session, **typed)
    assert words in told.value.problems[field].text()


def test_a_relative_may_lodge_and_the_person_stays_the_complainant(session: Session) -> None:
    case = lodge(session, lodged_through="relative", lodger="Hana", lodger_is="sister", lodged_on="2026-11-02")
    assert (case.lodger, case.lodged_on) == ("Hana", date(2026, 11, 2))
    assert grievance_events.of_case(session, case.uuid)[0].on == date(2026, 11, 2)


def test_her_consent_to_take_the_complaint_up_is_noted(session: Session) -> None:
    almaz, other = make_client(session), make_client(session, call_name="Hirut")
    given = consents.ask(session, client=almaz.uuid, purpose=consents.Purpose.COMPLAINT, said=YES, by=GIRUM, on=TODAY)
    consents.ask(session, client=other.uuid, purpose=consents.Purpose.COMPLAINT, said=NO, by=GIRUM, on=TODAY)
    case = lodge(session, almaz.uuid, other.uuid)
    assert [one.consent for one, _ in grievances.complainants(session, case.uuid)] == [given.uuid, None]


def test_the_case_itself_is_amended_under_the_same_rules(session: Session) -> None:
    case = lodge(session)
    grievances.amend(session, case, changes={"title": "Wages, Beirut", "asylum": "yes"})
    assert grievances.shown_title(case) == "Wages, Beirut"
    with pytest.raises(Invalid, match="without a name"):
        grievances.amend(session, case, changes={"title": "Almaz"})
    with pytest.raises(Invalid, match="named officers"):
        grievances.amend(session, case, changes={"categories": ["E15"]})


def test_the_asylum_flag_of_any_case_takes_the_embassy_out(session: Session) -> None:
    one = make_client(session)
    case = lodge(session, one.uuid)
    assert grievances.origin_embassy_allowed(session, one.uuid)
    grievances.amend(session, case, changes={"asylum": "yes"})
    assert not grievances.origin_embassy_allowed(session, one.uuid)
    afraid = make_client(session, fears_own_state="yes")
    assert not grievances.origin_embassy_allowed(session, afraid.uuid)


def test_two_records_of_one_person_are_one_complainant(session: Session) -> None:
    one, again, other = (make_client(session, call_name=name) for name in ("Hirut", "Hiruta", "Sara"))
    duplicates.merge(session, one=one, other=again, by=GIRUM, on=TODAY)
    case = lodge(session, one.uuid, again.uuid, other.uuid)
    assert len(grievances.complainants(session, case.uuid)) == 2
    assert grievance_people.join(session, case, people=[again.uuid], on=TODAY) == []
    assert grievances.of_client(session, again.uuid) == [case]


# -- steps


def test_every_state_can_be_reached_and_left() -> None:
    assert set(NEXT) == set(State)
    reached = {then for now in State for then in following(now)}
    assert reached == set(State) - {State.INTAKE}
    assert all(following(state) for state in State)


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (State.INTAKE, State.FILED, "Assess"),
        (State.FILED, State.FILED, "already"),
        (State.CLOSED, State.FILED, "has ended"),
        (State.FILED, State.REOPENED, "Only a case that has ended"),
        (State.MEDIATION, State.PAID, "does not follow"),
    ],
)
def test_a_state_that_may_not_follow_says_why(now: State, then: State, words: str) -> None:
    stop = may_follow(now, then)
    assert stop is not None
    assert words in stop.text()


def test_side_exits_stand_open_from_every_open_state() -> None:
    for state in set(State) - grievance_events.ENDED:
        assert all(may_follow(state, side) is None for side in SIDE_EXITS)


def test_events_are_dated_and_never_overwritten(session: Session) -> None:
    case = lodge(session, lodged_on="2026-10-07")
    move(session, case, "assessed", on=date(2026, 10, 8))
    move(session, case, "negotiation", "failed", "filed", on=date(2026, 11, 2))
    told = grievance_events.of_case(session, case.uuid)
    assert [one.state.value for one in told] == ["intake", "assessed", "negotiation", "failed", "filed"]
    assert [one.n for one in told] == [0, 1, 2, 3, 4]
    assert grievance_events.state_of(session, case.uuid) is State.FILED
    assert grievance_events.age(case.lodged_on, told, TODAY) == 44


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"state": "assessed", "on": TODAY + timedelta(days=1)}, "on", "still to come"),
        ({"state": "assessed", "on": date(2026, 10, 1)}, "on", "2026-11-20"),
        ({"state": "assessed", "on": None}, "on", "day is needed"),
        ({"state": "withdrawn", "on": TODAY}, "because", "why"),
        ({"state": "withdrawn", "on": TODAY, "because": "other"}, "note", "reason"),
        ({"state": "lapsed", "on": TODAY}, "note", "lapsed"),
        ({"state": "gone", "on": TODAY}, "state", "gone"),
        ({"state": "paid", "on": TODAY}, "state", "Assess"),
    ],
)
def test_a_step_that_cannot_be_kept_says_why(
    session: Session, typed: dict[str, object], field: str, words: str
) -> None:
    case = lodge(session)
    with pytest.raises(Invalid) as told:
        grievance_events.move(session, case, by=GIRUM, today=TODAY, **typed)  # type: ignore[arg-type]
    assert words in told.value.problems[field].text()


def test_reopening_needs_a_reason_and_keeps_what_was(session: Session) -> None:
    case = lodge(session)
    move(session, case, "withdrawn", because="fear")
    assert grievance_events.ended_on(grievance_events.of_case(session, case.uuid)) == TODAY
    with pytest.raises(Invalid, match="opened again"):
        grievance_events.reopen(session, case, on=TODAY, by=GIRUM, today=TODAY, note="")
    grievance_events.reopen(session, case, on=TODAY, by=GIRUM, today=TODAY, note="She is safe now.")
    told = grievance_events.of_case(session, case.uuid)
    assert [one.state.value for one in told] == ["intake", "withdrawn", "reopened"]
    assert told[1].because is Because.FEAR
    assert grievance_events.current([]) is State.INTAKE
    assert grievance_events.ended_on([]) is None


# -- people


def test_story_4_two_settle_and_three_do_not(session: Session) -> None:
    men = [make_client(session, call_name=name, sex="m") for name in ("Koffi", "Yao", "Mamadou", "Ibrahima", "Sekou")]
    case = lodge(session, *(man.uuid for man in men), categories="E1, E2", country="TN", step="destination")
    grievance_people.against(session, case, name="SOTUHUILE s.a.r.l.", against="employer", country="TN")
    assert [one.name for one in grievances.respondents(session, case.uuid)] == ["SOTUHUILE s.a.r.l."]
    people = [one for one, _ in grievances.complainants(session, case.uuid)]
    two = grievance_people.chosen(session, case.uuid, [people[1].uuid, people[3].uuid])
    grievance_people.decide(session, two, outcome="settled", on=TODAY, by=GIRUM, today=TODAY, note="half")
    rest = [one for one in people if one not in two]
    grievance_people.decide(session, rest, outcome=Outcome.NOT_SETTLED, on=TODAY, by=GIRUM, today=TODAY)
    assert grievance_people.tally(people) == {Outcome.SETTLED: 2, Outcome.NOT_SETTLED: 3}
    assert all(man.status.value == "not_asked" for man in men)
    told = dossier.of_number(session, case.number, TODAY)
    assert [one["outcome"] for one in told["complainants"]].count("settled") == 2
    assert told["grievance"]["respondents"][0]["name"] == "SOTUHUILE s.a.r.l."


def test_fifty_people_are_added_at_once_and_read_a_page_at_a_time(session: Session) -> None:
    many = [make_client(session, call_name=f"Worker {number}") for number in range(50)]
    case = lodge(session, many[0].uuid)
    grievance_people.join(session, case, people=[one.uuid for one in many], on=TODAY)
    first = grievances.complainants(session, case.uuid, limit=20)
    again = grievances.complainants(session, case.uuid, after=first[-1][0].id or 0, limit=40)
    assert (len(first), len(again)) == (20, 30)
    assert {person.uuid for _one, person in (*first, *again)} == {one.uuid for one in many}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": "settled", "on": None}, "on"),
        ({"outcome": "settled", "on": TODAY + timedelta(days=1)}, "on"),
        ({"outcome": "settled", "on": date(2020, 1, 1)}, "on"),
        ({"outcome": "withdrawn", "on": TODAY}, "because"),
        ({"outcome": "withdrawn", "on": TODAY, "because": "other"}, "note"),
        ({"outcome": "won", "on": TODAY}, "outcome"),
    ],
)
def test_an_outcome_that_cannot_be_kept_changes_nobody(session: Session, typed: dict[str, object], field: str) -> None:
    case = lodge(session)
    people = [one for one, _ in grievances.complainants(session, case.uuid)]
    with pytest.raises(Invalid) as told:
        grievance_people.decide(session, people, by=GIRUM, today=TODAY, **typed)  # type: ignore[arg-type]
    assert field in told.value.problems
    assert people[0].outcome is Outcome.OPEN


def test_nobody_chosen_joins_or_is_decided(session: Session) -> None:
    case = lodge(session, title="Wages, Beirut")
    with pytest.raises(Invalid, match="at least one"):
        grievance_people.decide(session, [], outcome="open", on=None, by=GIRUM, today=TODAY)
    with pytest.raises(Invalid, match="at least one"):
        grievance_people.join(session, case, people=[], on=TODAY)
    with pytest.raises(Invalid, match="without a name"):
        beirut = make_client(session, call_name="Beirut")
        grievance_people.join(session, case, people=[beirut.uuid], on=TODAY)
    with pytest.raises(Invalid, match="Write a name"):
        grievance_people.against(session, case, name=" ")


def test_who_was_added_by_mistake_is_taken_out_but_never_the_last(session: Session) -> None:
    case = lodge(session)
    added = grievance_people.join(session, case, people=[make_client(session).uuid], on=TODAY)
    grievance_people.take_out(session, added[0])
    assert len(grievances.complainants(session, case.uuid)) == 1
    with pytest.raises(MrcError, match="at least one person"):
        grievance_people.take_out(session, grievances.complainants(session, case.uuid)[0][0])
    wrong = grievance_people.against(session, case, name="Himal Shine")
    grievance_people.not_against(session, wrong)
    assert grievances.respondents(session, case.uuid) == []


# -- who sees it


def test_a_kept_case_names_two_officers_where_there_are_two(session: Session, centre: Store) -> None:
    case = lodge(session)
    assert grievances.named_officers(session, case.uuid) is None
    grievances.restrict(session, case, officers=[centre.officer], since=SINCE)
    assert grievances.named_officers(session, case.uuid) == [centre.officer]
    grievances.lift(session, case, at=SINCE)
    other = colleague(session)
    with pytest.raises(Invalid, match="two officers"):
        grievances.restrict(session, case, officers=[centre.officer], since=SINCE)
    named = [centre.officer, other]
    kept = lodge(session, categories=["E15"], officers=named, since=SINCE)
    assert grievances.named_officers(session, kept.uuid) == sorted(named)
    grievances.amend(session, kept, changes={"categories": ["E1", "E15"]})
    with pytest.raises(Invalid, match="named officers"):
        grievances.lift(session, kept, at=SINCE)


def test_a_case_says_which_of_its_people_are_kept_apart(session: Session, centre: Store) -> None:
    from mrc_app.store import restrictions

    one, other = make_client(session, given="Sara"), make_client(session)
    restrictions.restrict(session, client=one.uuid, officers=[centre.officer], since=SINCE)
    assert grievance_people.hidden_from(session, [one.uuid, other.uuid]) == ["Sara"]


def test_cases_are_not_for_who_reads_no_names(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    with desk.change(by=desk.officer, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        lodge(session)
    dawit = Store(desk.path, desk.key, "dawit", "this computer")
    with dawit.read() as session, pytest.raises(NotAllowed):
        grievances.by_number(session, "1")
    with pytest.raises(NotAllowed):
        case_lists.cases(dawit, TODAY)
    assert case_lists.case_count(dawit) == 1
    dawit.close()
    desk.close()


def test_what_is_not_here_is_said(session: Session) -> None:
    with pytest.raises(MrcError, match="no case with the number"):
        grievances.by_number(session, "AA1-2026-99-X")
    with pytest.raises(MrcError, match="not on this desk"):
        grievances.by_uuid(session, "0" * 32)
    with pytest.raises(MrcError, match="no client with the number"):
        dossier.of_number(session, "AA1-2026-99-X", TODAY)


def test_lists_hold_open_and_ended_cases_apart_oldest_first(centre: Store) -> None:
    from mrc_app.casework import grievance_cases

    assert set(case_lists.ENDED) == {state.value for state in grievance_events.ENDED}
    with centre.change(by=centre.officer, do="test") as session:
        young = lodge(session)
        old = lodge(session, lodged_on="2026-01-05")
        ended = lodge(session)
        grievance_cases.plan_hearing(session, old, by=GIRUM, forum="Labour Court", on="2026-12-03", at="10:00")
        move(session, ended, "transferred", note="PLU")
        numbers = young.number, old.number, ended.number
    page = case_lists.cases(centre, TODAY)
    assert [(row.number, row.hearing, row.people) for row in page] == [
        (numbers[1], "2026-12-03", 1), (numbers[0], "", 1),
    ]  # fmt: skip
    assert [row.state for row in case_lists.cases(centre, TODAY, ended=True)] == ["transferred"]
    assert (case_lists.case_count(centre), case_lists.case_count(centre, ended=True)) == (2, 1)
    second = case_lists.cases(centre, TODAY, after=(page[0].lodged_on, page[0].uuid))
    assert [row.number for row in second] == [numbers[0]]


def test_her_own_record_tells_her_cases_and_only_counts_the_others(session: Session) -> None:
    one, other = make_client(session), make_client(session, call_name="Hirut")
    lodge(session, one.uuid, other.uuid)
    told = dossier.of(session, clients.by_uuid(session, one.uuid).number, TODAY)["grievances"]
    assert (told[0]["complainants"], len(told[0]["hers"]), told[0]["state"]) == (2, 1, "intake")
    assert other.uuid not in str(told)
