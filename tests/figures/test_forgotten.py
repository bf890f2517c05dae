"""What is forgotten: each kind from its day on, by officer; an officer sees neither others' nor what is restricted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from mrc_app import cli
from mrc_app.casework import (
    agenda,
    caseload,
    claims,
    deadlines,
    follow_ups,
    grievance_events,
    grievances,
    providers,
    reintegration,
)
from mrc_app.casework.deadlines import Deadline
from mrc_app.casework.referrals import Referral, ReferralEvent
from mrc_app.errors import MrcError, NotAllowed
from mrc_app.figures import forgotten
from mrc_app.figures.forgotten import Key, Left
from mrc_app.figures.forgotten_words import what
from mrc_app.figures.report_words import ReportWords
from mrc_app.money import Money
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, OFFICER, PASSWORD, make_client, make_store

DAY = date(2026, 9, 1)
TODAY = DAY + timedelta(days=40)
"""More than every patience later."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[str, str]]]:
    """Tigist with Abebe, one of every kind; Liza with the supervisor; Almaz restricted to the supervisor."""
    made = make_store(tmp_path_factory.mktemp("forgotten"))
    with made.change(by=made.officer, do="test") as session:
        abebe = officers.add(session, name="Abebe", login="abebe").uuid
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        tigist, liza, almaz = (
            make_client(session, call_name=name, on=DAY, by=made.officer).uuid for name in ("Tigist", "Liza", "Almaz")
        )
        caseload.put_in_charge(session, client=tigist, officer=abebe, on=DAY)
        legal = providers.add(session, kind="legal_aid", name="Lawyers", country="ET")
        for who in (tigist, almaz):
            refer(session, who, legal.uuid)
        case = grievances.lodge(session, desk_code="BD1", by=abebe, on=DAY, people=[tigist], categories=["E1"])
        claim = claims.add(
            session, client=tigist, grievance=case.uuid, head="wage", amount=Money(300_000, "USD"), on=DAY, by=abebe
        )
        for form, minor in (("award", 234_000), ("payment", 90_000)):
            claims.put(session, claim, form=form, amount=Money(minor, "USD"), on=DAY, by=abebe, today=DAY)
        session.add(Deadline(client=tigist, due=DAY + timedelta(days=50), kept_on=DAY, kept_by=abebe))
        session.add(Deadline(grievance=case.uuid, due=DAY + timedelta(days=55), kept_on=DAY, kept_by=abebe))
        follow_ups.add(session, client=liza, planned_on=DAY + timedelta(days=30), kind="call_1")
        reintegration.plan(session, client=tigist, on=DAY, by=abebe)
        for who, whose in ((tigist, made.officer), (None, abebe)):
            agenda.add(
                session, due=DAY + timedelta(days=2), text="Ring the agency", on=DAY, by=made.officer, client=who,
                for_officer=whose,
            )  # fmt: skip
        restrictions.restrict(session, client=almaz, officers=[made.officer], since="2026-09-01T00:00:00Z")
        ids = {"abebe": abebe, "tigist": tigist, "liza": liza, "case": case.uuid, "claim": claim.uuid}
    yield made, ids
    made.close()


def refer(session: Any, client: str, provider: str) -> None:
    one = Referral(client=client, provider=provider, service="advice", made_on=DAY, made_by=OFFICER)
    session.add(one)
    session.flush()
    session.add(ReferralEvent(client=client, referral=one.uuid, state="sent", on=DAY, by=OFFICER))


def shown(desk: Store, kind: Left, today: date = TODAY, **more: Any) -> list[tuple[str, int, str]]:
    words = ReportWords.load("en")
    return [
        (one.name, forgotten.days(one, today), what(one, words).strip("\u2066\u2068\u2069"))
        for one in forgotten.lines(desk, kind, today, **more)
    ]


def test_a_supervisor_sees_what_waits_with_everybody_by_officer(town: tuple[Store, dict[str, str]]) -> None:
    desk, ids = town
    assert forgotten.counts(desk, TODAY) == {
        ids["abebe"]: {
            Left.REFERRAL: 1, Left.DEADLINE: 1, Left.AWARD: 1, Left.TASK: 1, Left.CASE: 1, Left.PLAN: 1,
        },
        desk.officer: {Left.REFERRAL: 1, Left.FOLLOW_UP: 1, Left.TASK: 1},
    }  # fmt: skip
    assert forgotten.counts(desk, TODAY, desk.officer) == {
        desk.officer: {Left.REFERRAL: 1, Left.FOLLOW_UP: 1, Left.TASK: 1}
    }
    assert sorted(shown(desk, Left.REFERRAL)) == [
        ("Almaz", 40, "to \u2068Lawyers"),
        ("Tigist", 40, "to \u2068Lawyers"),
    ]
    assert shown(desk, Left.FOLLOW_UP) == [("Liza", 10, "call after 1 month")]
    assert shown(desk, Left.AWARD) == [("Tigist", 40, "1,440.00\u00a0USD\u2069 is not paid yet")]
    assert shown(desk, Left.PLAN) == [("Tigist", 40, "plan of 1 September 2026")]
    (case,) = forgotten.lines(desk, Left.CASE, TODAY)
    assert (case.about, case.client, case.name) == (ids["case"], ids["tigist"], "Tigist")
    assert set(forgotten.officers(desk)) >= {desk.officer, ids["abebe"]}


def test_an_officer_sees_her_own_and_nothing_restricted(town: tuple[Store, dict[str, str]]) -> None:
    desk, ids = town
    abebe = Store(desk.path, desk.key, "abebe", "this computer")
    assert list(forgotten.counts(abebe, TODAY)) == [ids["abebe"]]
    assert shown(abebe, Left.REFERRAL) == [("Tigist", 40, "to \u2068Lawyers")]
    assert shown(abebe, Left.TASK) == [("", 38, "Ring the agency")]
    assert forgotten.officers(abebe) == {ids["abebe"]: "Abebe"}
    with pytest.raises(NotAllowed, match="ask a supervisor"):
        forgotten.lines(abebe, Left.TASK, TODAY, desk.officer)
    abebe.close()
    dawit = Store(desk.path, desk.key, "dawit", "this computer")
    with pytest.raises(NotAllowed):
        forgotten.counts(dawit, TODAY)
    dawit.close()


@pytest.mark.parametrize(
    ("kind", "days", "first"),
    [
        (Left.REFERRAL, 14, True), (Left.AWARD, 14, True), (Left.PLAN, 14, True), (Left.CASE, 30, True),
        (Left.FOLLOW_UP, 31, True), (Left.TASK, 3, True), (Left.DEADLINE, 36, True),
    ],
)  # fmt: skip
def test_each_kind_is_found_from_its_day_on_and_not_before(
    town: tuple[Store, dict[str, str]], kind: Left, days: int, first: bool
) -> None:
    desk, _ids = town
    assert forgotten.lines(desk, kind, DAY + timedelta(days=days - 1)) == []
    assert bool(forgotten.lines(desk, kind, DAY + timedelta(days=days))) is first


def test_lines_come_a_page_at_a_time_the_longest_waiting_first(town: tuple[Store, dict[str, str]]) -> None:
    desk, _ids = town
    later = DAY + timedelta(days=60)
    first = forgotten.lines(desk, Left.DEADLINE, later, limit=1)
    second = forgotten.lines(desk, Left.DEADLINE, later, after=first[0].key, limit=1)
    assert [one.since for one in (*first, *second)] == ["2026-10-21", "2026-10-26"]
    assert second[0].name == "Tigist", "a time limit of a whole case is its first complainant's"
    assert forgotten.lines(desk, Left.DEADLINE, later, after=second[0].key) == []
    assert first[0].key == Key("2026-10-21", first[0].record)


def test_what_is_done_is_forgotten_no_more(town: tuple[Store, dict[str, str]]) -> None:
    desk, _ids = town
    on = TODAY
    with desk.change(by=desk.officer, do="test") as session:
        meaza = make_client(session, call_name="Meaza", on=DAY, by=desk.officer).uuid
        case = grievances.lodge(session, desk_code="BD1", by=OFFICER, on=DAY, people=[meaza], categories=["E1"])
        claim = claims.add(
            session, client=meaza, grievance=case.uuid, head="wage", amount=Money(100, "USD"), on=DAY, by=OFFICER
        )
        for form in ("award", "payment"):
            claims.put(session, claim, form=form, amount=Money(100, "USD"), on=DAY, by=OFFICER, today=DAY)
        for state in ("assessed", "advice", "closed"):
            grievance_events.move(session, case, state=state, on=DAY, by=OFFICER, today=DAY)
        made = reintegration.plan(session, client=meaza, on=DAY, by=OFFICER)
        follow_ups.add(session, client=meaza, planned_on=on, kind="call_1", plan=made.uuid)
        limit = Deadline(client=meaza, due=on, kept_on=DAY, kept_by=OFFICER)
        session.add(limit)
        session.flush()
        deadlines.done(session, limit, on=on, by=OFFICER)
    names = {one.name for kind in Left for one in forgotten.lines(desk, kind, on)}
    assert "Meaza" not in names
    assert [one.name for one in forgotten.lines(desk, Left.FOLLOW_UP, on + timedelta(days=1))][-1] == "Meaza"


def test_mrc_forgotten_says_what_waits_with_one_officer(
    town: tuple[Store, dict[str, str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, _ids = town
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    options = ["forgotten", "--centre", str(desk.path), "--user", LOGIN, "--today", TODAY.isoformat()]
    assert cli.run([*options, "--officer", "Abebe", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(one["officer"], one["award"], one["follow_up"]) for one in said["officers"]] == [("Abebe", 1, 0)]
    award = next(one for one in said["lines"] if one["kind"] == "award")
    assert (award["what"], award["days"], award["name"]) == ("1,440.00 USD is not paid yet", 40, "Tigist")
    assert cli.run([*options, "--officer", "meseret"]) == 0
    assert "Liza: call after 1 month (Meseret)" in capsys.readouterr().out
    assert cli.run([*options[:-1], "2020-01-01"]) == 0
    assert capsys.readouterr().out == "Nothing is forgotten.\n"
    assert cli.run([*options, "--officer", "Nobody"]) == 1
    assert "There is no officer “Nobody” here." in capsys.readouterr().err
    with pytest.raises(MrcError):
        forgotten.officer_called(desk, "")
