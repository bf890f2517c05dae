"""The agenda: tasks, how to reach her safely, and what is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mrc_app.casework import agenda, clients, counselling
from mrc_app.casework.agenda import Reach, TaskKind
from mrc_app.casework.clients import Client
from mrc_app.errors import Invalid, MrcError
from tests.make import OFFICER, TODAY, make_client

IN_A_WEEK = TODAY + timedelta(days=7)
KEBEDE = "0" * 31 + "2"


@pytest.fixture
def tigist(session: Session) -> Client:
    return make_client(
        session,
        phone="0911234567",
        phone_whose="her brother",
        may_call="yes",
        may_message="no",
        who_may_answer="her brother",
        safe_hours="after 6 pm",
        cover_text="Meseret calls",
    )


def test_a_follow_up_is_a_call_with_the_words_that_are_safe(session: Session, tigist: Client) -> None:
    contact = counselling.record(session, client=tigist.uuid, on=TODAY, officer=OFFICER, follow_up_on=IN_A_WEEK)
    task = agenda.follow_up(session, contact, by=OFFICER, text="what did she decide?")
    assert task is not None and (task.due, task.kind, task.about) == (IN_A_WEEK, TaskKind.CALL, contact.uuid)
    (shown,) = agenda.due(session, IN_A_WEEK)
    assert shown.client == tigist and shown.days_late == 0 and shown.wording is not None
    assert shown.wording.cover_text == "Meseret calls" and shown.wording.reach is Reach.ALLOWED
    assert (shown.wording.whose, shown.wording.safe_hours) == ("her brother", "after 6 pm")
    assert not shown.wording.message


def test_a_follow_up_moved_in_the_contact_moves_its_open_task(session: Session, tigist: Client) -> None:
    contact = counselling.record(session, client=tigist.uuid, on=TODAY, officer=OFFICER, follow_up_on=IN_A_WEEK)
    first = agenda.follow_up(session, contact, by=OFFICER, call=False)
    counselling.amend(session, contact, changes={"follow_up_on": "2026-12-01"})
    again = agenda.follow_up(session, contact, by=OFFICER)
    assert first is not None and again is not None and first.uuid == again.uuid
    assert again.due == date(2026, 12, 1) and again.kind is TaskKind.APPOINTMENT
    agenda.done(session, again, on=date(2026, 12, 1), by=OFFICER)
    new = agenda.follow_up(session, contact, by=OFFICER)
    assert new is not None and new.uuid != again.uuid


def test_no_follow_up_date_makes_no_task(session: Session, tigist: Client) -> None:
    contact = counselling.record(session, client=tigist.uuid, on=TODAY, officer=OFFICER)
    assert agenda.follow_up(session, contact, by=OFFICER) is None


def test_where_calling_is_forbidden_no_number_is_shown(session: Session, tigist: Client) -> None:
    assert agenda.call_wording(tigist, TaskKind.MESSAGE) == agenda.CallWording(Reach.FORBIDDEN)
    clients.amend(session, tigist, changes={"may_call": "no"}, on=TODAY)
    assert agenda.call_wording(tigist) == agenda.CallWording(Reach.FORBIDDEN)
    clients.amend(session, tigist, changes={"may_call": "not_asked", "may_message": "yes"}, on=TODAY)
    assert agenda.call_wording(tigist).reach is Reach.ASK_FIRST and agenda.call_wording(tigist).message
    clients.amend(session, tigist, changes={"phone": ""}, on=TODAY)
    assert agenda.call_wording(tigist) == agenda.CallWording(Reach.NO_PHONE)


def test_a_task_is_done_put_off_or_dropped_once(session: Session) -> None:
    add = {"on": TODAY, "by": OFFICER}
    late = agenda.add(session, due="2026-11-10", text="file the form", **add)
    agenda.put_off(session, late, due=IN_A_WEEK, because="office closed")
    assert (late.due, late.put_off_because) == (IN_A_WEEK, "office closed")
    agenda.put_off(session, late, due=IN_A_WEEK, because="same day")
    assert late.put_off_because == "office closed"
    with pytest.raises(Invalid, match="A day is needed here"):
        agenda.put_off(session, late, due="")
    with pytest.raises(Invalid, match="why the task is dropped"):
        agenda.drop(session, late, on=TODAY, by=OFFICER, because=" ")
    agenda.drop(session, late, on=TODAY, by=OFFICER, because="not needed")
    assert not agenda.is_open(late) and late.dropped_because == "not needed"
    for close in (
        lambda: agenda.done(session, late, on=TODAY, by=OFFICER),
        lambda: agenda.put_off(session, late, due=TODAY),
        lambda: agenda.drop(session, late, on=TODAY, by=OFFICER, because="x"),
    ):
        with pytest.raises(MrcError, match="closed already"):
            close()


def test_a_task_says_what_and_when(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        agenda.add(session, due="", text=" ", on=TODAY, by=OFFICER)
    assert {field: problem.text() for field, problem in refused.value.problems.items()} == {
        "due": "A day is needed here.",
        "text": "Write what is to be done.",
    }
    with pytest.raises(Invalid) as refused:
        agenda.add(session, due="tomorrow", kind="dance", on=TODAY, by=OFFICER)
    assert set(refused.value.problems) == {"due", "kind"}


def test_what_is_due_is_listed_oldest_first_for_one_officer_or_all(session: Session, tigist: Client) -> None:
    mine = {"on": date(2026, 11, 1), "by": OFFICER}
    today = agenda.add(session, due=TODAY, text="b", client=tigist.uuid, **mine)
    late = agenda.add(session, due="2026-11-10", text="a", **mine)
    his = agenda.add(session, due="2026-11-15", text="c", for_officer=KEBEDE, **mine)
    soon = agenda.add(session, due=IN_A_WEEK, text="d", **mine)
    closed = agenda.add(session, due="2026-11-02", text="e", **mine)
    agenda.done(session, closed, on=TODAY, by=OFFICER, result="fine")
    assert [one.task for one in agenda.due(session, TODAY)] == [late, his, today]
    assert [one.task for one in agenda.due(session, TODAY, OFFICER)] == [late, today]
    assert [one.task for one in agenda.due(session, TODAY, OFFICER, ahead=7)] == [late, today, soon]
    assert agenda.overdue(session, TODAY) == 2 and agenda.overdue(session, TODAY, KEBEDE) == 1
    assert [one.days_late for one in agenda.due(session, TODAY)] == [10, 5, 0]
    assert [one.task for one in agenda.due(session, TODAY, limit=2)] == [late, his]
    assert agenda.by_uuid(session, late.uuid) == late
    with pytest.raises(MrcError, match="closed already"):
        agenda.by_uuid(session, closed.uuid)
    (hers,) = agenda.for_client(session, tigist.uuid, TODAY)
    assert hers.task == today and hers.client == tigist
    assert agenda.due(session, TODAY)[0].wording is None
    assert agenda.history(session, tigist.uuid) == [today]
