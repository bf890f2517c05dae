"""The year after a return on the agenda: premiums become tasks, due follow-ups and money stand on one short list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from mrc_app.casework import agenda, agenda_returns, covers, follow_ups, reintegration
from mrc_app.casework.covers import Cover
from mrc_app.casework.follow_ups import FollowUp
from mrc_app.casework.reintegration import SupportInstalment
from mrc_app.money import Money
from tests.make import OFFICER, TODAY, make_client

MINE: dict[str, Any] = {"on": TODAY, "by": OFFICER}


def cover_of(session: Session, client: str, on: date | None) -> Cover:
    return covers.keep(session, client=client, scheme="Mutuelle", kind="micro_health", next_premium_on=on)


def test_a_premium_is_one_task_that_moves_with_its_day_and_ends_with_it(session: Session) -> None:
    client = make_client(session).uuid
    cover = cover_of(session, client, TODAY + timedelta(days=3))
    made = agenda_returns.premium(session, cover, text="Premium: Mutuelle", **MINE)
    assert made is not None and (made.due, made.text) == (cover.next_premium_on, "Premium: Mutuelle")
    covers.amend(session, cover, changes={"next_premium_on": TODAY + timedelta(days=33)})
    assert agenda_returns.premium(session, cover, text="", **MINE) is made
    assert made.due == TODAY + timedelta(days=33)
    covers.amend(session, cover, changes={"next_premium_on": None})
    assert agenda_returns.premium(session, cover, text="", **MINE) is None
    assert not agenda.is_open(made)


def test_what_is_due_stands_on_one_list_the_oldest_first(session: Session) -> None:
    client = make_client(session).uuid
    plan = reintegration.plan(session, client=client, **MINE)
    line = reintegration.add_line(session, plan, action="Support in cash")
    money = Money.of("40", "USD")
    paid = reintegration.instalment(session, line, amount=money, due=TODAY + timedelta(days=2))
    reintegration.instalment(session, line, amount=money, due=TODAY + timedelta(days=60))
    call = follow_ups.add(session, client=client, planned_on=TODAY - timedelta(days=4), kind="call_1")
    follow_ups.add(session, client=client, planned_on=TODAY + timedelta(days=1), kind="call_3")
    cover = cover_of(session, client, TODAY)
    tasked = cover_of(session, client, TODAY)
    agenda_returns.premium(session, tasked, text="Premium", **MINE)
    found = agenda_returns.due(session, TODAY)
    assert [one.what.uuid for one in found] == [call.uuid, cover.uuid, paid.uuid]
    assert [type(one.what) for one in found] == [FollowUp, Cover, SupportInstalment]
    assert {one.client.uuid for one in found} == {client}
    assert [one.what.uuid for one in agenda_returns.due(session, TODAY, limit=1)] == [call.uuid]
