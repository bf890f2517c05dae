"""Erasing: asked, held for a law, reviewed after long silence, confirmed by a supervisor."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from mrc_app.casework import clients, counselling, erasures
from mrc_app.casework.erasures import Hold, HoldReason
from mrc_app.errors import Invalid, MrcError, NotAllowed
from mrc_app.store.roles import Role
from tests.make import OFFICER, TODAY, make_client

LATER = date(2029, 1, 15)


def ask(session: Session, client: clients.Client) -> list[erasures.Erasure]:
    return erasures.ask(session, client=client, because="asked", on=TODAY, by=OFFICER)


def test_a_hold_for_a_law_stops_both_ways_until_it_is_released(session: Session) -> None:
    client = make_client(session)
    hold = erasures.hold(session, client=client.uuid, because="law", basis="Court 12", on=TODAY, by=OFFICER)
    with pytest.raises(MrcError, match="Court 12"):
        ask(session, client)
    erasures.release(session, hold, on=TODAY, by=OFFICER)
    with pytest.raises(MrcError, match="released already"):
        erasures.release(session, hold, on=TODAY, by=OFFICER)
    assert len(ask(session, client)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"because": "law"}, "basis"),
        ({"because": "needed"}, "until"),
        ({"because": "needed", "until": "2026-01-01"}, "until"),
        ({"because": "habit"}, "because"),
    ],
)
def test_a_hold_says_why_and_until_when(session: Session, typed: dict[str, str], field: str) -> None:
    client = make_client(session)
    with pytest.raises(Invalid) as told:
        erasures.hold(session, client=client.uuid, on=TODAY, by=OFFICER, **typed)
    assert field in told.value.problems


def test_which_hold_stands_on_a_day() -> None:
    def hold(**over: object) -> Hold:
        return Hold(client="c", because=HoldReason.LAW, since=TODAY, by=OFFICER, **over)

    assert erasures.stands(hold(), LATER)
    assert erasures.stands(hold(until=LATER), LATER)
    assert not erasures.stands(hold(until=TODAY), LATER)
    assert not erasures.stands(hold(released_on=TODAY), TODAY)
    assert not erasures.stands(hold(gone=True), TODAY)
    needed = hold()
    needed.because = HoldReason.NEEDED
    assert erasures.legal_hold([needed, hold(released_on=TODAY)], TODAY) is None
    law = hold()
    assert erasures.legal_hold([needed, law], TODAY) is law


def test_only_a_supervisor_confirms_and_only_once(session: Session) -> None:
    client = make_client(session)
    (one,) = ask(session, client)
    assert [(found.uuid, number) for found, number in erasures.asked(session)] == [(one.uuid, client.number)]
    session.info["role"] = Role.CASEWORKER
    with pytest.raises(NotAllowed):
        erasures.confirm(session, one, on=TODAY, by=OFFICER)
    session.info["role"] = Role.SUPERVISOR
    erasures.confirm(session, one, on=TODAY, by=OFFICER)
    for again in (
        lambda: erasures.confirm(session, one, on=TODAY, by=OFFICER),
        lambda: erasures.take_back(session, one),
    ):
        with pytest.raises(MrcError, match="settled already"):
            again()
    assert erasures.asked(session) == []
    assert [found.uuid for found in erasures.settled(session)] == [one.uuid]


def test_an_erasure_taken_back_shows_her_again(session: Session) -> None:
    client = make_client(session)
    (one,) = ask(session, client)
    assert erasures.take_back(session, one).uuid == client.uuid
    assert clients.by_number(session, client.number).gone is False
    with pytest.raises(MrcError, match="settled already"):
        erasures.take_back(session, one)


def test_who_was_not_met_for_long_comes_up_for_review(session: Session) -> None:
    silent = make_client(session, call_name="Almaz")
    met = make_client(session, call_name="Hana")
    given = make_client(session, call_name="Sara")
    held = make_client(session, call_name="Liya")
    counselling.record(session, client=met.uuid, on=date(2028, 6, 1), officer=OFFICER)
    counselling.hand_out(session, client=given.uuid, on=date(2028, 6, 1), by=OFFICER, form="voice", edition="spoken")
    erasures.hold(session, client=held.uuid, because="needed", until="2030-01-01", on=TODAY, by=OFFICER)
    found = erasures.to_review(session, LATER)
    assert [(one.client, one.name, one.number, one.last) for one in found] == [
        (silent.uuid, "Almaz", silent.number, TODAY)
    ]
    assert erasures.to_review(session, TODAY) == []
    assert len(erasures.to_review(session, date(2031, 1, 1))) == 4
    assert len(erasures.holds(session, held.uuid)) == 1


@pytest.mark.parametrize(
    ("settings", "months"),
    [({}, 24), ({"review_months": 6}, 6), ({"review_months": 0}, 24), ({"review_months": "x"}, 24)],
)
def test_the_months_until_review_are_the_centres(settings: dict[str, object], months: int) -> None:
    assert erasures.review_months(settings) == months


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 20), 24, date(2024, 11, 20)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 5, 31), 1, date(2026, 4, 30)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int, before: date) -> None:
    assert erasures.months_before(day, months) == before
