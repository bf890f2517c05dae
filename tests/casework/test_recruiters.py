"""Recruiters: found by any of their names, licences said in words, and a history that keeps restricted clients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.calendars import Calendar
from mrc_app.casework import recruiter_events, recruiters
from mrc_app.casework.recruiter_events import RecruiterEvent, Tally, tally
from mrc_app.casework.recruiter_words import EventKind, LicenceState, LinkRole, RecruiterKind
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import Invalid, MrcError
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, OFFICER, TODAY, make_client, make_journey, make_store


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("recruiters"))
    yield made
    made.close()


@pytest.fixture
def session(shared: Store) -> Iterator[Session]:
    with shared.change(by=shared.officer, do="test") as opened:
        yield opened


def add(session: Session, name: str = "Himal Shine", **over: Any) -> Recruiter:
    typed = {"kind": "agency", "name": name, "country": "NP", **over}
    return recruiters.add(session, by=OFFICER, on=TODAY, **typed)


def licensed(**over: Any) -> Recruiter:
    typed: dict[str, Any] = {
        "kind": RecruiterKind.AGENCY, "name": "Himal Shine", "country": "NP", "licence_number": "123/064",
        "licence_valid_to": date(2027, 7, 1), "checked_on": TODAY,
    }  # fmt: skip
    return Recruiter(**{**typed, **over})


@pytest.mark.parametrize(
    ("over", "state", "sentence"),
    [
        ({}, LicenceState.VALID, None),
        ({"licence_valid_to": TODAY + timedelta(days=60)}, LicenceState.ENDS_SOON, None),
        ({"licence_valid_to": TODAY}, LicenceState.ENDS_SOON, None),
        ({"licence_valid_to": TODAY - timedelta(days=1)}, LicenceState.EXPIRED, "ended on 2026-11-19"),
        ({"licence_valid_to": None}, LicenceState.UNKNOWN, "No licence of Himal Shine is known."),
        ({"licence_number": ""}, LicenceState.UNKNOWN, "is known"),
        ({"checked_on": None}, LicenceState.UNCHECKED, "Nobody has checked"),
        ({"checked_on": TODAY + timedelta(days=1)}, LicenceState.UNCHECKED, "Nobody has checked"),
        ({"kind": RecruiterKind.EMPLOYER, "licence_number": ""}, LicenceState.NOT_NEEDED, None),
        ({"kind": RecruiterKind.SUB_AGENT, "licence_number": ""}, LicenceState.UNKNOWN, "is known"),
    ],
)
def test_a_licence_is_said_in_words(over: dict[str, Any], state: LicenceState, sentence: str | None) -> None:
    recruiter = licensed(**over)
    assert recruiters.licence(recruiter, TODAY) is state
    said = recruiters.blocked(recruiter, TODAY)
    assert (said is None) if sentence is None else (said is not None and sentence in said.text())


def test_a_recruiter_is_found_by_any_name_branch_licence_or_phone_in_any_script(session: Session) -> None:
    made = add(
        session, "Al-Nūr Manpower", aliases=["النور للتوظيف", "ኑር ኤጀንሲ"], branches=["Dessie"], licence_number="AA/77",
        phone="+251 911 000000",
    )  # fmt: skip
    for text in ("al-nur", "النور", "ኑር", "dessie", "aa/77", "911", "manpower nur"):
        assert [one.uuid for one, _key in recruiters.register(session, text)] == [made.uuid], text
    assert recruiters.register(session, "nobody at all") == []


def test_the_register_is_read_page_by_page_by_name(session: Session) -> None:
    for name in ("Zenith", "Yeti One", "Yeti Two"):
        add(session, name)
    before = recruiters.count(session)
    first = recruiters.register(session, limit=2)
    rest = recruiters.register(session, after=(first[-1][1], first[-1][0].uuid), limit=100)
    names = [one.name for one, _key in [*first, *rest]]
    assert names == sorted(names) and len(names) == before
    recruiters.remove(session, recruiters.register(session, "Zenith")[0][0])
    assert recruiters.count(session) == before - 1
    assert recruiters.register(session, "Zenith") == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"kind": "friend"}, "kind"),
        ({"phone": "none"}, "phone"),
        ({"checked_on": TODAY + timedelta(days=1), "source": "the ministry's list"}, "checked_on"),
        ({"checked_on": TODAY}, "source"),
        ({"licence_valid_to": "soon"}, "licence_valid_to"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(
    session: Session, typed: dict[str, Any], field: str
) -> None:
    before = recruiters.count(session)
    with pytest.raises(Invalid) as told:
        add(session, **{"name": "Wrong", **typed})
    assert field in told.value.problems
    assert recruiters.count(session) == before


def test_a_licence_typed_anew_is_unchecked_until_somebody_looks_it_up(session: Session) -> None:
    made = add(
        session, "Everest", licence_number="1", licence_valid_to="2027-01-01", checked_on=TODAY, source="ministry list"
    )
    assert (made.checked_by, recruiters.licence(made, TODAY)) == (OFFICER, LicenceState.ENDS_SOON)
    recruiters.amend(session, made, changes={"note": "moved"}, by=OFFICER, on=TODAY)
    assert made.checked_on == TODAY
    recruiters.amend(session, made, changes={"licence_valid_to": "2028-01-01"}, by=OFFICER, on=TODAY)
    assert not (made.checked_on or made.checked_by or made.source)
    with pytest.raises(Invalid):
        recruiters.amend(session, made, changes={"checked_on": TODAY}, by=OFFICER, on=TODAY)
    recruiters.amend(session, made, changes={"checked_on": TODAY, "source": "called"}, by=OFFICER, on=TODAY)
    assert recruiters.licence(made, TODAY) is LicenceState.VALID and made.checked_by == OFFICER
    assert [one.name for one in recruiters.alike(session, add(session, "EVEREST"))] == ["Everest"]
    assert recruiters.alike(session, add(session, "Everest", country="IN")) == []


def test_a_part_in_a_journey_is_kept_once_and_taken_back(session: Session) -> None:
    client, agency = make_client(session), add(session, "Link Agency")
    journey = make_journey(session, client)
    said: dict[str, Any] = {
        "client": client.uuid, "recruiter": agency.uuid, "journey": journey.uuid, "on": TODAY, "by": OFFICER,
    }  # fmt: skip
    made = recruiters.link(session, role="agency", **said)
    assert recruiters.link(session, role=LinkRole.AGENCY, **said) is made
    other = recruiters.link(session, role="employer", **said)
    assert recruiters.of_client(session, client.uuid) == [made, other]
    recruiters.unlink(session, other)
    assert recruiters.of_client(session, client.uuid) == [made]
    with pytest.raises(Invalid):
        recruiters.link(session, role="cousin", **said)
    with pytest.raises(MrcError, match="not in the register"):
        recruiters.link(session, role="agency", **{**said, "recruiter": "0" * 32})


def event(kind: str, on: date, about: str = "", **over: Any) -> RecruiterEvent:
    return RecruiterEvent(recruiter="r", kind=EventKind(kind), on=on, about=about, by=OFFICER, **over)


def test_four_cases_since_2081_of_which_one_was_settled() -> None:
    told = [
        event("complaint", date(2024, 6, 1), "a"),
        event("settled", date(2025, 1, 1), "a"),
        event("complaint", date(2025, 6, 1), "b"),
        event("complaint", date(2025, 6, 1), "b"),
        event("not_settled", date(2025, 7, 1), "c"),
        event("complaint", date(2026, 6, 1)),
        event("complaint", date(2020, 6, 1), gone=True),
        event("sanction", date(2019, 1, 1)),
    ]
    assert tally(told, Calendar.BIKRAM_SAMBAT) == Tally(4, 2081, 1)
    assert tally(told, Calendar.GREGORIAN).since == 2024
    assert tally([], Calendar.GREGORIAN) == Tally(0, None, 0)


def test_what_happened_is_noted_by_day_and_never_in_the_future(session: Session) -> None:
    agency, client = add(session, "Event Agency"), make_client(session)
    said: dict[str, Any] = {"recruiter": agency.uuid, "by": OFFICER, "today": TODAY}
    old = recruiter_events.note_event(session, kind="sanction", on=date(2025, 1, 1), outcome="warned", **said)
    new = recruiter_events.note_event(session, kind="complaint", on=TODAY, client=client.uuid, **said)
    assert recruiter_events.history(session, agency.uuid) == [new, old]
    assert recruiter_events.of_client(session, client.uuid) == [new]
    for on in (TODAY + timedelta(days=1), None, "yesterday"):
        with pytest.raises(Invalid) as told:
            recruiter_events.note_event(session, kind="sanction", on=on, **said)  # type: ignore[arg-type]
        assert "on" in told.value.problems


def test_a_restricted_clients_case_does_not_count_for_one_who_may_not_see_her(shared: Store) -> None:
    with shared.change(by=shared.officer, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.CASEWORKER)
        agency, hers = add(session, "Quiet Agency"), make_client(session)
        for client in (hers.uuid, make_client(session).uuid):
            recruiter_events.note_event(
                session, recruiter=agency.uuid, kind="complaint", on=TODAY, client=client, by=OFFICER, today=TODAY,
                outcome="kept her passport",
            )  # fmt: skip
        restrictions.restrict(session, client=hers.uuid, officers=[shared.officer], since=TODAY.isoformat())
    dawit = Store(shared.path, shared.key, "dawit", "this computer")
    for desk, cases in ((shared, 2), (dawit, 1)):
        with desk.read() as session:
            assert tally(recruiter_events.history(session, agency.uuid), Calendar.GREGORIAN).cases == cases
    dawit.close()
    assert shared.login == LOGIN
