"""Requests by authorities: nothing is given without a request in writing and a supervisor's decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from mrc_app.casework import requests
from mrc_app.casework.requests import Decision, Request
from mrc_app.errors import Invalid, MrcError, NotAllowed
from mrc_app.store.roles import Role
from tests.make import OFFICER, TODAY, make_client


def note(session: Session, **over: object) -> Request:
    typed = {"authority": "Police", "person": "Sergeant", "basis": "s. 12", "asked": "her address", "in_writing": "no"}
    return requests.note(session, by=OFFICER, on=TODAY, **{**typed, **over})  # type: ignore[arg-type]


def decide(session: Session, request: Request, decision: str = "given", reason: str = "order 7") -> Request:
    return requests.decide(session, request, decision=decision, reason=reason, on=TODAY, by=OFFICER)


def test_nothing_is_given_without_writing_and_decision(session: Session) -> None:
    asked = note(session)
    with pytest.raises(MrcError, match="in writing"):
        requests.give(session, asked, given="her address", on=TODAY, by=OFFICER)
    with pytest.raises(Invalid) as told:
        decide(session, asked)
    assert "decision" in told.value.problems
    requests.came_in_writing(session, asked)
    with pytest.raises(MrcError, match="not decided"):
        requests.give(session, asked, given="her address", on=TODAY, by=OFFICER)
    decide(session, asked)
    with pytest.raises(Invalid):
        requests.give(session, asked, given=" ", on=TODAY, by=OFFICER)
    requests.give(session, asked, given="the day of registration", on=TODAY, by=OFFICER)
    assert (asked.given, asked.given_on, asked.given_by) == ("the day of registration", TODAY, OFFICER)
    with pytest.raises(MrcError, match="given already"):
        decide(session, asked, "refused")


def test_a_refusal_needs_no_writing_but_a_reason(session: Session) -> None:
    asked = note(session)
    with pytest.raises(Invalid) as told:
        decide(session, asked, "open", "")
    assert set(told.value.problems) == {"decision", "reason"}
    assert decide(session, asked, "refused").decision is Decision.REFUSED
    with pytest.raises(MrcError):
        requests.give(session, asked, given="x", on=TODAY, by=OFFICER)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"authority": ""}, "authority"),
        ({"asked": ""}, "asked"),
        ({"asked_on": TODAY + timedelta(days=1)}, "asked_on"),
        ({"in_writing": "perhaps"}, "in_writing"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_request_says_who_asked_for_what(session: Session, over: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as told:
        note(session, **over)
    assert field in told.value.problems


def test_the_register_is_read_by_day_and_by_client(session: Session) -> None:
    client = make_client(session)
    old = note(session, asked_on=date(2026, 1, 5), client=client.uuid)
    new = note(session)
    assert [one.uuid for one in requests.register(session)] == [new.uuid, old.uuid]
    assert [one.uuid for one in requests.about(session, client.uuid)] == [old.uuid]
    assert requests.by_uuid(session, old.uuid).client == client.uuid
    with pytest.raises(MrcError, match="not on this desk"):
        requests.by_uuid(session, "0" * 32)


def test_a_caseworker_decides_nothing(session: Session) -> None:
    asked = note(session, in_writing="yes")
    session.info["role"] = Role.CASEWORKER
    with pytest.raises(NotAllowed):
        decide(session, asked)
