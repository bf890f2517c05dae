"""Households: who is left behind and who cares for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mrc_app.casework import dossier, households
from mrc_app.casework.client_words import Answer, Kind
from mrc_app.casework.clients import Client
from mrc_app.casework.households import Household, Membership, Relation
from mrc_app.errors import Invalid, MrcError
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, YES, make_client


@pytest.fixture
def almaz(session: Session) -> Client:
    return make_client(session, call_name="Almaz")


@pytest.fixture
def home(session: Session, almaz: Client) -> Household:
    return households.found(session, client=almaz.uuid, country="ET", place="Kombolcha")


def child_of(session: Session, home: Household, name: str, left_behind: Answer = Answer.YES) -> Membership:
    _child, member = households.register_child(
        session,
        home,
        left_behind=left_behind,
        desk_code="BD1",
        by=OFFICER,
        on=TODAY,
        call_name=name,
        birth={"age": 6},
        record=YES,
        statistics=YES,
    )
    return member


def test_a_household_begins_with_its_client(session: Session, almaz: Client, home: Household) -> None:
    members = households.members(session, home)
    assert [(one.client, one.relation, one.owner) for one in members] == [(almaz.uuid, Relation.SELF, almaz.uuid)]
    assert households.of_client(session, almaz.uuid) == home and home.place == "Kombolcha"
    with pytest.raises(MrcError, match="has a household already"):
        households.found(session, client=almaz.uuid)


def test_each_child_is_a_client_of_its_own(session: Session, home: Household) -> None:
    child, member = households.register_child(
        session,
        home,
        left_behind="yes",
        desk_code="BD1",
        by=OFFICER,
        on=TODAY,
        call_name="Biruk",
        record=YES,
        statistics=YES,
    )
    assert child.kind is Kind.FAMILY and child.number.startswith("BD1-2026-")
    assert (member.client, member.relation, member.left_behind) == (child.uuid, Relation.CHILD, Answer.YES)
    assert households.households_with(session, child.uuid) == [home]
    assert households.of_client(session, child.uuid) is None


def test_a_child_left_behind_without_anybody_to_care_is_named(session: Session, home: Household) -> None:
    biruk, sara = child_of(session, home, "Biruk"), child_of(session, home, "Sara")
    with_her = child_of(session, home, "Lily", Answer.NO)
    grandmother = households.join(session, home, relation="grandparent", called="Emama", left_behind="yes")
    households.care(session, grandmother, cares_for=[biruk.uuid, biruk.uuid])
    members = households.members(session, home)
    assert grandmother.cares_for == (biruk.uuid,)
    assert households.carers(members, biruk, TODAY) == [grandmother]
    assert households.without_carer(members, TODAY) == [sara]
    assert with_her not in households.left_behind(members, TODAY)


def test_who_has_left_cares_for_nobody_any_more(session: Session, home: Household) -> None:
    biruk = child_of(session, home, "Biruk")
    aunt = households.join(
        session, home, relation=Relation.OTHER_KIN, called="Aunt", cares_for=[biruk.uuid], since=TODAY
    )
    members = households.members(session, home)
    assert not households.belongs(aunt, TODAY - timedelta(days=1))
    with pytest.raises(Invalid, match="began only on 2026-11-20"):
        households.leave(session, aunt, on=date(2026, 11, 1))
    households.leave(session, aunt, on=TODAY)
    assert households.carers(members, biruk, TODAY) == [aunt]
    assert households.without_carer(members, TODAY + timedelta(days=1)) == [biruk]


def test_a_member_has_a_record_or_a_name_once(session: Session, almaz: Client, home: Household) -> None:
    with pytest.raises(Invalid, match="write a name to call this person by"):
        households.join(session, home, relation=Relation.PARENT)
    with pytest.raises(MrcError, match="member of the household already"):
        households.join(session, home, relation=Relation.SIBLING, client=almaz.uuid)
    with pytest.raises(Invalid) as refused:
        households.join(session, home, relation="godmother", called="x", left_behind="perhaps")
    assert set(refused.value.problems) == {"relation", "left_behind"}


def test_nobody_cares_for_a_stranger_or_for_herself(session: Session, home: Household) -> None:
    aunt = households.join(session, home, relation=Relation.OTHER_KIN, called="Aunt")
    for wrong in (aunt.uuid, "f" * 32):
        with pytest.raises(Invalid, match="Only other members of the same household"):
            households.care(session, aunt, cares_for=[wrong])
    assert aunt.cares_for == ()


def test_a_member_hidden_from_an_officer_is_no_member_for_her(centre: Store) -> None:
    with centre.change(by=centre.officer, do="test") as session:
        officers.add(session, name="Abebe", login="abebe")
        almaz = make_client(session, call_name="Almaz")
        home = households.found(session, client=almaz.uuid)
        child, kept = households.register_child(
            session, home, desk_code="BD1", by=OFFICER, on=TODAY, call_name="Biruk", record=YES, statistics=YES
        )
        mother = households.join(session, home, relation=Relation.PARENT, called="Hirut", cares_for=[kept.uuid])
        restrictions.restrict(session, client=child.uuid, officers=[centre.officer], since="2026-11-20T08:00:00Z")
        number, hers, mothers = almaz.number, child.uuid, mother.uuid
    abebe = Store(centre.path, centre.key, "abebe", "this computer")
    with abebe.read() as session:
        told = dossier.of(session, number, TODAY)
        assert len(told["household"]) == 2
        assert hers not in str(told) and kept.uuid not in str(told) and "Biruk" not in str(told)
    with abebe.change(by=abebe.officer, do="households.care") as session:
        home = households.of_client(session, almaz.uuid)
        assert home is not None
        carer = next(one for one in households.members(session, home) if one.uuid == mothers)
        with pytest.raises(Invalid):
            households.care(session, carer, cares_for=[kept.uuid])
        households.care(session, carer, cares_for=[])
    abebe.close()
    with centre.read() as session:
        home = households.of_client(session, almaz.uuid)
        assert home is not None
        found = households.members(session, home)
        assert len(found) == 3
        assert next(one for one in found if one.uuid == mothers).cares_for == (kept.uuid,)
