"""Freezing: when the period has ended, a missing sex looked at, and what left before kept in mind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mrc_app import cli
from mrc_app.calendars.periods import period as read_period
from mrc_app.casework import clients, consents, counselling, duplicates
from mrc_app.casework.clients import Client
from mrc_app.errors import Invalid, NotAllowed
from mrc_app.figures import freezing, releasing_kept, reports
from mrc_app.figures.freezing_sex import MissingSex
from mrc_app.figures.tiers import Tier
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, OFFICER, PASSWORD, make_client, make_store

JULY, AUGUST, DONE = date(2026, 7, 20), date(2026, 8, 10), date(2026, 10, 2)


def add(store: Store, many: int, on: date, **over: Any) -> list[Client]:
    typed = {"sex": "female", "birth": {"age": "30"}, **over}
    with store.change(by=store.officer, do="test") as session:
        return [make_client(session, call_name=f"Guest {n}", on=on, **typed) for n in range(many)]


def shown(document: dict[str, Any], code: str) -> str:
    return str(next(one["value"] for one in document["figures"] if (one["code"], one["part"]) == (code, "")))


def frozen(store: Store, period: str, tier: Tier = Tier.PUBLIC, **more: Any) -> tuple[int, dict[str, Any], Any]:
    report, changes = freezing.freeze(store, period, tier, DONE, by=store.officer, **more)
    return report.version, json.loads(report.document), changes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """20 people in July, 12 in August."""
    store = make_store(tmp_path_factory.mktemp("desk"))
    add(store, 20, JULY)
    add(store, 12, AUGUST)
    yield store
    store.close()


def test_a_period_is_frozen_when_it_has_ended(desk: Store) -> None:
    with pytest.raises(Invalid, match="This period ends on 2026-09-30"):
        freezing.freeze(desk, "2026-Q3", Tier.INTERNAL, date(2026, 9, 29), by=desk.officer)
    with desk.read() as session:
        assert reports.listed(session) == []


def test_a_missing_sex_stops_the_freezing_until_somebody_looked(desk: Store) -> None:
    two = add(desk, 2, JULY, sex="not_stated")
    numbers = sorted(one.number for one in two)
    with pytest.raises(MissingSex, match=numbers[0]) as said:
        frozen(desk, "2026-07", Tier.INTERNAL)
    assert list(said.value.numbers) == numbers
    with pytest.raises(Invalid, match="XX9 is not a record of this report"):
        frozen(desk, "2026-07", Tier.INTERNAL, confirmed=[numbers[0], "XX9"])
    with pytest.raises(MissingSex) as said:
        frozen(desk, "2026-07", Tier.INTERNAL, confirmed=[numbers[0]])
    assert list(said.value.numbers) == numbers[1:]
    version, document, _ = frozen(desk, "2026-07", Tier.INTERNAL, confirmed=numbers[1:])
    assert (version, shown(document, "A1")) == (1, "22")
    rows = next(one["rows"] for one in document["tables"] if one["name"] == "A1")
    assert ["not_stated", "_T", "_T", 2] in rows
    assert frozen(desk, "2026-07", Tier.INTERNAL)[0] == 1


def test_an_officer_who_reads_no_names_learns_only_how_many(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, 1, AUGUST, sex="not_stated")
    monkeypatch.setattr(desk, "role", Role.DATA_OFFICER)
    with pytest.raises(MissingSex, match="missing in 1 records") as said:
        frozen(desk, "2026-08", Tier.INTERNAL)
    assert said.value.numbers == ()
    with pytest.raises(NotAllowed):
        frozen(desk, "2026-08", Tier.INTERNAL, confirmed=["BD1-2026-1-C"])


def test_one_person_typed_late_leaves_the_published_version_standing(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    add(store, 20, JULY)
    assert frozen(store, "2026-07")[0] == 1
    with store.read() as session:
        assert "nothing was changed" in freezing.why_it_stands(store, reports.listed(session)[0], DONE)
    add(store, 1, JULY, sex="male")
    version, document, changes = frozen(store, "2026-07")
    assert (version, changes, shown(document, "A1")) == (1, [], "20")
    with store.read() as session:
        assert len(reports.listed(session)) == 1
        first = reports.listed(session)[0]
    assert "too little to be told" in freezing.why_it_stands(store, first, DONE)
    inside = reports.make(store, "2026-07", Tier.INTERNAL, DONE)
    assert shown(inside, "A1") == "21"
    add(store, 9, JULY)
    version, document, changes = frozen(store, "2026-07")
    assert (version, shown(document, "A1"), document["since"]) == (2, "30", {"late": 10})
    assert {"what": ["A1", "", ""], "before": "20", "after": "30"} in changes
    assert "stands" in document["notes"]
    rows = {tuple(row[:-1]): row[-1] for one in document["tables"] if one["name"] == "A1" for row in one["rows"]}
    assert all(key[0] != "male" for key in rows) or rows["male", "_T", "_T"] is None
    # The quarter that is July and three more people does not tell of the three; the ministry reads both.
    add(store, 3, AUGUST)
    _, quarter, _ = frozen(store, "2026-Q3", Tier.MINISTRY)
    total = next(one for one in quarter["figures"] if one["code"] == "A1")
    assert total["hidden"] and total["value"] == ""
    _, public, _ = frozen(store, "2026-Q3")
    assert next(one for one in public["figures"] if one["code"] == "A1")["hidden"]
    with store.read() as session:
        span = read_period("2026-Q3")
        assert [len(one) for one in releasing_kept.before(session, span, Tier.PUBLIC).readers] == [3, 4]
        assert releasing_kept.before(session, span, Tier.INTERNAL).readers == ()
    store.close()


def test_neighbours_that_would_be_blank_are_offered_as_one_row_and_stay_one(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for age, many in (("16", 3), ("20", 9), ("30", 9), ("40", 8)):
        add(store, many, JULY, birth={"age": age})
    draft = reports.make(store, "2026-07", Tier.PUBLIC, DONE)
    offers = {one["merge"]: one for one in draft["offers"]}
    offer = offers["A1.age=15-17+18-24"]
    assert offer["then"] < offer["blank"]
    _, document, _ = frozen(store, "2026-07", merges=["A1.age=15-17+18-24"])
    rows = {tuple(row[:-1]): row[-1] for one in document["tables"] if one["name"] == "A1" for row in one["rows"]}
    assert rows["female", "15-17+18-24", "_T"] == 12 and None not in rows.values()
    add(store, 20, JULY)
    version, document, _ = frozen(store, "2026-07")
    assert (version, document["merges"]) == (2, ["A1.age=15-17+18-24"])
    for wrong, said in (("A1.age", "is not a merging"), ("C2.matter=E1+E15", "left out of every row")):
        with pytest.raises(Invalid, match=said):
            reports.make(store, "2026-07", Tier.PUBLIC, DONE, merges=[wrong])
    store.close()


def test_what_changed_is_counted_by_reason_and_names_no_one(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    one, other, third, fourth = add(store, 4, JULY)
    assert frozen(store, "2026-07", Tier.INTERNAL)[0] == 1
    with store.change(by=store.officer, do="test") as session:
        mine = [clients.by_uuid(session, client.uuid) for client in (one, other, fourth)]
        duplicates.merge(session, one=mine[0], other=mine[1], by=OFFICER, on=DONE, reason="same phone")
        counselling.record(session, client=third.uuid, on=JULY, officer=OFFICER, mode="centre")
        clients.amend(session, mine[2], changes={"sex": "male"}, on=DONE)
    version, document, changes = frozen(store, "2026-07", Tier.INTERNAL)
    assert (version, shown(document, "A1")) == (2, "3")  # linked, she is one person
    assert document["since"] == {"late": 1, "corrected": 1, "linked": 1}
    assert "Guest" not in json.dumps(document) and one.number not in json.dumps([document, changes])
    with store.change(by=store.officer, do="test") as session:
        answer = next(one for one in consents.of_client(session, third.uuid) if one.purpose == "statistics")
        consents.withdraw(session, answer, on=DONE, by=OFFICER)
        mine = [clients.by_uuid(session, client.uuid) for client in (one, other)]
        duplicates.unmerge(session, one=mine[0], other=mine[1], by=OFFICER, on=DONE, reason="sisters")
        contact = counselling.on_day(session, JULY)[0]
        counselling.amend(session, contact, changes={"on": AUGUST})
    _, document, _ = frozen(store, "2026-07", Tier.INTERNAL)
    assert document["since"] == {"corrected": 1, "unlinked": 1, "left": 1}
    store.close()


def test_mrc_report_confirms_by_number_and_says_why_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = make_store(tmp_path)
    (unsaid,) = add(store, 1, JULY, sex="not_stated")
    store.close()
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    options = ["report", "--centre", str(store.path), "--user", LOGIN, "--period", "2026-07", "--freeze"]
    options += ["--out", str(tmp_path / "out")]
    assert cli.run([*options, "--today", "2026-07-30"]) == 1
    assert "This period ends on 2026-07-31" in capsys.readouterr().err
    assert cli.run([*options, "--today", "2026-10-02"]) == 1
    assert unsaid.number in capsys.readouterr().err
    assert cli.run([*options, "--today", "2026-10-02", "--confirm-missing-sex", unsaid.number, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["version"] == 1 and said["since"] == {}
