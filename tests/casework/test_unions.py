"""Unions: interest, asked, joined, dues paid to a day, left; told to others only with a yes to just that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mrc_app.casework import referral_withdrawals, unions
from mrc_app.casework.consents import Purpose
from mrc_app.casework.union_words import UnionStep
from mrc_app.errors import Invalid, MrcError
from tests.make import NO, OFFICER, TODAY, YES, make_client

PAID = date(2027, 3, 31)


def test_from_interest_to_dues_and_leaving(session: Session) -> None:
    client = make_client(session).uuid
    one = unions.begin(session, client=client, union=" CETU ", today=TODAY, by=OFFICER)
    assert one.union == "CETU" and unions.paid_to(unions.events(session, one.uuid)) is None
    for typed in ({"step": "asked"}, {"step": "joined", "on": TODAY}, {"step": "dues", "paid_to": PAID}):
        unions.step(session, one, today=TODAY, by=OFFICER, **typed)
    assert unions.paid_to(unions.events(session, one.uuid)) == PAID
    unions.step(session, one, today=TODAY, by=OFFICER, step="left")
    steps = unions.events(session, one.uuid)
    assert unions.paid_to(steps) is None and [each.step for each in steps] == list(UnionStep)
    assert unions.of_client(session, client) == [one] and unions.by_uuid(session, one.uuid) is one


def test_what_is_wrong_with_a_step_is_said(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid, match="name of the union"):
        unions.begin(session, client=client, union=" ", today=TODAY, by=OFFICER)
    one = unions.begin(session, client=client, union="CETU", today=TODAY, by=OFFICER)
    with pytest.raises(Invalid) as refused:
        unions.step(session, one, today=TODAY, by=OFFICER, step="dues", on=TODAY - timedelta(days=1))
    assert set(refused.value.problems) == {"step", "on", "paid_to"}
    with pytest.raises(Invalid) as refused:
        unions.step(session, one, today=TODAY, by=OFFICER, step="joined", on=PAID, paid_to=PAID)
    assert set(refused.value.problems) == {"on", "paid_to"}
    with pytest.raises(MrcError, match="not on this desk"):
        unions.by_uuid(session, "f" * 32)


def test_others_are_told_only_with_her_yes_to_just_that(session: Session) -> None:
    client = make_client(session).uuid
    one = unions.begin(session, client=client, union="CETU", today=TODAY, by=OFFICER)
    assert unions.to_tell(session, client, TODAY) == []
    unions.ask_to_tell(session, one, said=NO, on=TODAY, by=OFFICER)
    assert not unions.may_tell(session, one, TODAY)
    unions.ask_to_tell(session, one, said=YES, on=TODAY, by=OFFICER)
    assert unions.to_tell(session, client, TODAY) == [one]
    referral_withdrawals.withdraw(session, client=client, purpose=Purpose.REFERRAL, on=TODAY, by=OFFICER)
    assert unions.to_tell(session, client, TODAY) == []
