"""Who is in charge of whom, and a caseload that passes on when somebody leaves."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from mrc_app.casework import agenda, caseload, clients
from mrc_app.errors import Invalid, NotAllowed
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import TODAY, make_client

NEXT = date(2026, 12, 1)


@pytest.fixture
def abebe(session: Session) -> str:
    made = officers.add(session, name="Abebe", login="abebe")
    session.flush()
    return made.uuid


def numbers(session: Session, officer: str) -> list[str]:
    return [one.call_name for one in caseload.of_officer(session, officer)]


def test_who_registered_her_is_in_charge_until_somebody_else_is(session: Session, centre: Store, abebe: str) -> None:
    tigist = make_client(session, by=centre.officer, call_name="Tigist")
    make_client(session, by=abebe, call_name="Hirut")
    assert numbers(session, centre.officer) == ["Tigist"]
    caseload.put_in_charge(session, client=tigist.uuid, officer=abebe, on=NEXT)
    assert caseload.officer_of(session, tigist) == abebe
    assert (numbers(session, centre.officer), numbers(session, abebe)) == ([], ["Tigist", "Hirut"])


def test_each_officer_in_charge_keeps_her_days(session: Session, centre: Store, abebe: str) -> None:
    tigist = make_client(session, by=centre.officer, call_name="Tigist")
    later, last = date(2027, 1, 4), date(2027, 2, 1)
    first = caseload.put_in_charge(session, client=tigist.uuid, officer=abebe, on=NEXT)
    second = caseload.put_in_charge(session, client=tigist.uuid, officer=centre.officer, on=later)
    third = caseload.put_in_charge(session, client=tigist.uuid, officer=abebe, on=last)
    assert [one.until for one in (first, second, third)] == [later, last, None]
    assert caseload.officer_of(session, tigist) == abebe


def test_a_whole_caseload_passes_on_with_its_open_tasks(session: Session, centre: Store, abebe: str) -> None:
    tigist = make_client(session, by=abebe, call_name="Tigist")
    other = make_client(session, by=centre.officer, call_name="Hirut")
    for client in (tigist.uuid, other.uuid, None):
        agenda.add(session, due=NEXT, text="call", on=TODAY, by=abebe, client=client)
    closed = agenda.add(session, due=NEXT, text="done", on=TODAY, by=abebe, client=tigist.uuid)
    agenda.done(session, closed, on=TODAY, by=abebe)
    done = caseload.hand_over(session, from_=abebe, to=centre.officer, on=NEXT, by=centre.officer)
    assert (done.clients, done.tasks, done.stayed) == ((tigist.uuid,), 2, ())
    assert numbers(session, abebe) == []
    waiting = [task.for_officer for task in agenda.history(session, tigist.uuid) if agenda.is_open(task)]
    assert waiting == [centre.officer]
    assert agenda.history(session, other.uuid)[0].for_officer == abebe, "her task with a colleague's client stays"
    assert closed.for_officer == abebe


def test_chosen_clients_pass_on_and_come_back(session: Session, centre: Store, abebe: str) -> None:
    one, two = (make_client(session, by=centre.officer, call_name=name) for name in ("Tigist", "Hirut"))
    caseload.hand_over(session, from_=centre.officer, to=abebe, on=TODAY, by=centre.officer, clients=[one.uuid])
    assert (numbers(session, centre.officer), numbers(session, abebe)) == (["Hirut"], ["Tigist"])
    caseload.hand_over(session, from_=abebe, to=centre.officer, on=NEXT, by=centre.officer)
    assert numbers(session, centre.officer) == ["Tigist", "Hirut"]
    assert clients.by_uuid(session, two.uuid).registered_by == centre.officer


def test_a_restricted_client_passes_on_only_when_the_new_officer_is_named(
    session: Session, centre: Store, abebe: str
) -> None:
    tigist = make_client(session, by=centre.officer, call_name="Tigist")
    restrictions.restrict(session, client=tigist.uuid, officers=[centre.officer], since="2026-11-20T08:00:00Z")
    session.flush()
    asked = {"from_": centre.officer, "to": abebe, "on": NEXT, "by": centre.officer}
    assert caseload.hand_over(session, **asked).stayed == (tigist.uuid,)
    assert caseload.hand_over(session, **asked, naming=[tigist.uuid]).clients == (tigist.uuid,)
    assert restrictions.standing(session, tigist.uuid)[0].officers == sorted([centre.officer, abebe])


def test_only_somebody_who_works_with_clients_takes_over(session: Session, centre: Store, abebe: str) -> None:
    counts = officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
    session.flush()
    for to in (counts.uuid, abebe, "0" * 32):
        with pytest.raises(Invalid):
            caseload.hand_over(session, from_=abebe, to=to, on=NEXT, by=centre.officer)


def test_a_caseworker_hands_over_her_own_clients_only(centre: Store) -> None:
    with centre.change(by=centre.officer, do="officers.add") as session:
        mine = officers.add(session, name="Abebe", login="abebe").uuid
        make_client(session, by=centre.officer)
    abebe = Store(centre.path, centre.key, "abebe", "this computer")
    asked = {"to": mine, "on": NEXT, "by": abebe.officer}
    with pytest.raises(NotAllowed, match="your own"), abebe.change(by=abebe.officer, do="hand over") as session:
        caseload.hand_over(session, from_=centre.officer, **asked)
    with abebe.change(by=abebe.officer, do="hand over") as session:
        caseload.hand_over(session, from_=abebe.officer, to=centre.officer, on=NEXT, by=abebe.officer)
    abebe.close()
