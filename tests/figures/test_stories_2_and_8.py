"""Stories 2 and 8 to the figure, in all three tiers: what is counted, what is released, what nobody may work out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app import cli
from mrc_app.calendars.periods import period
from mrc_app.casework import counselling, events, grievances
from mrc_app.casework.clients import Client
from mrc_app.figures import freezing, reports, targets, writing
from mrc_app.figures.report_words import ReportWords
from mrc_app.figures.tiers import Tier
from mrc_app.store.centre import Store
from tests.make import LOGIN, OFFICER, PASSWORD, make_client, make_store

HIDAR = date(2026, 11, 20)
CLOSING = date(2026, 12, 9)
AUGUST = date(2026, 8, 10)
OCTOBER = date(2026, 10, 2)


def met(session: Session, client: Client, on: date) -> counselling.Contact:
    return counselling.record(session, client=client.uuid, on=on, officer=OFFICER, mode="outreach")


def value(document: dict[str, Any], code: str, part: str = "") -> str:
    return next(one["value"] for one in document["figures"] if (one["code"], one["part"]) == (code, part))


def rows(document: dict[str, Any], name: str) -> dict[tuple[str, ...], int | None]:
    found = next((one["rows"] for one in document["tables"] if one["name"] == name), [])
    return {tuple(row[:-1]): row[-1] for row in found}


@pytest.fixture(scope="module")
def dessie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Nine people at the table, Hawa among them, who was registered a year before; 62 in the hall; radio."""
    store = make_store(tmp_path_factory.mktemp("dessie"))
    with store.change(by=store.officer, do="test") as session:
        hawa = make_client(session, call_name="Hawa", sex="female", birth={"age": "30"}, on=date(2025, 10, 1))
        table = [
            make_client(session, call_name=f"Guest {n}", sex="female", birth={"age": str(16 + n)}, on=HIDAR)
            for n in range(8)
        ]
        for one in (hawa, *table):
            met(session, one, HIDAR)
        events.record(
            session, by=OFFICER, today=HIDAR, on=HIDAR, place="Dessie woreda hall", people=62,
            sex={"female": 41, "male": 21}, age={"15-17": 9}, kind={"potential": 48, "returnee": 6, "family": 8},
            materials={"leaflet": 60},
        )  # fmt: skip
        events.record(
            session, by=OFFICER, today=HIDAR, on=HIDAR, place="Dessie", type="broadcast", minutes=15, audience=20_000
        )
        counselling.tally(session, on=HIDAR, officer=OFFICER)
    yield store
    store.close()


def test_the_month_end_report_of_dessie_counts_eight_new_nine_served_and_nobody_from_the_hall(dessie: Store) -> None:
    made = reports.make(dessie, "et:2019-03", Tier.INTERNAL, CLOSING)
    assert (made["start"], made["end"]) == ("2026-11-10", "2026-12-09")
    assert [value(made, code) for code in ("A1", "A2", "A3", "A4", "AU", "AV")] == ["8", "9", "9", "62", "20000", "1"]
    assert value(made, "IE", "leaflet") == "60"
    assert value(made, "A5") == "11.1"
    assert rows(made, "A1")["_T", "15-17", "_T"] == 2
    assert rows(made, "A4.age")[("15-17",)] == 9


def test_a_frozen_report_stands_and_a_corrected_date_makes_version_two_that_names_no_one(dessie: Store) -> None:
    first, changes = freezing.freeze(dessie, "et:2019-03", Tier.INTERNAL, CLOSING, by=dessie.officer)
    assert (first.version, changes) == (1, [])
    again, _ = freezing.freeze(dessie, "et:2019-03", Tier.INTERNAL, CLOSING, by=dessie.officer)
    assert again.uuid == first.uuid
    with dessie.change(by=dessie.officer, do="test") as session:
        contact = counselling.on_day(session, HIDAR)[-1]
        counselling.amend(session, contact, changes={"on": date(2026, 11, 5)})
    second, changes = freezing.freeze(dessie, "et:2019-03", Tier.INTERNAL, date(2026, 12, 16), by=dessie.officer)
    assert second.version == 2
    assert {"what": ["A3", "", ""], "before": "9", "after": "8"} in changes
    assert "Guest" not in json.dumps(changes)
    with dessie.read() as session:
        assert reports.changes_of(session, reports.by_uuid(session, second.uuid)) == changes
        assert reports.changes_of(session, reports.by_uuid(session, first.uuid)) == []
        assert json.loads(reports.by_uuid(session, first.uuid).document)["figures"] != []
        assert [one.version for one in reports.listed(session)] == [2, 1]


COMPLAINTS = {"E1": (14, 9), "R2": (22, 17), "E8": (3, 1), "E15": (2, 0)}


@pytest.fixture(scope="module")
def battambang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """68 complaints by sex, ten school events, targets."""
    store = make_store(tmp_path_factory.mktemp("battambang"))
    with store.change(by=store.officer, do="test") as session:
        for code, (women, men) in COMPLAINTS.items():
            people = [
                make_client(session, call_name=f"Worker {n}", sex="female" if n < women else "male", on=AUGUST)
                for n in range(women + men)
            ]
            grievances.lodge(
                session, desk_code="BD1", by=OFFICER, on=AUGUST, people=[one.uuid for one in people],
                categories=[code], officers=[store.officer] if code == "E15" else (), since="2026-08-10T00:00:00Z",
            )  # fmt: skip
        for _ in range(10):
            events.record(session, by=OFFICER, today=AUGUST, on=AUGUST, type="school", place="School", people=20)
        for indicator, number, more in (("C2", 60, {}), ("C2W", 50, {}), ("EV", 12, {"event": "school"})):
            targets.aim(session, indicator=indicator, period="2026-Q3", by=OFFICER, on=AUGUST, number=number, **more)
        targets.aim(session, indicator="C2", period="2026-Q3", by=OFFICER, on=AUGUST, number=30, sex="female")
    yield store
    store.close()


def reached(document: dict[str, Any]) -> list[int | None]:
    return [one["percent"] for one in document["targets"]]


def test_internally_the_quarter_of_battambang_has_all_of_it(battambang: Store) -> None:
    made = reports.make(battambang, "2026-Q3", Tier.INTERNAL, OCTOBER)
    assert (value(made, "C2"), value(made, "C2W")) == ("68", "60.3")
    assert reached(made) == [113, 137, 121, 83]
    assert rows(made, "C2")["E15", "_T"] == 2
    assert "withheld" in made and made["withheld"] == {}


@pytest.mark.parametrize("tier", [Tier.MINISTRY, Tier.PUBLIC])
def test_released_it_has_66_and_violence_nowhere_and_the_small_row_stands_with_its_neighbour(
    battambang: Store, tier: Tier
) -> None:
    made = reports.make(battambang, "2026-Q3", tier, OCTOBER)
    assert (value(made, "C2"), value(made, "C2W")) == ("66", "59.1")
    assert reached(made) == [110, 130, 118, 83]
    assert rows(made, "C2") == {
        ("R2", "female"): 22, ("R2", "male"): 17, ("R2", "_T"): 39,
        ("E1+E8", "female"): 17, ("E1+E8", "male"): 10, ("E1+E8", "_T"): 27,
        ("_T", "female"): 39, ("_T", "male"): 27, ("_T", "_T"): 66,
    }  # fmt: skip
    assert "E15" not in json.dumps(made) and "68" not in [one["value"] for one in made["figures"]]
    assert value(made, "A2", "F5") == "66"
    assert next(one["hidden"] for one in made["figures"] if one["code"] == "C1")


def test_the_merged_row_is_called_after_its_family_and_the_note_names_no_category(battambang: Store) -> None:
    made = reports.make(battambang, "2026-Q3", Tier.MINISTRY, OCTOBER)
    words = ReportWords.load("en")
    grid = next(one for one in writing.grids(made, words) if one.title.startswith("Complainants"))
    assert [row[0] for row in grid.rows] == ["fee for a job that did not exist", "wages or papers withheld", "All"]
    about = " ".join(writing.about(made, words, 1))
    assert "Small and sensitive categories were merged or left out." in about
    assert not any(word in about.lower() for word in ("violence", "passport", "detention"))
    assert words.member("matter", "E1+E8", ["E1+E8", "E2"]) == "wages not paid / passport kept"


def test_the_three_files_hold_the_same_numbers_and_the_same_report_the_same_bytes(battambang: Store) -> None:
    made = reports.make(battambang, "2026-Q3", Tier.MINISTRY, OCTOBER)
    files = writing.files(made, period("2026-Q3"), language="fr", version=1)
    assert sorted(name.rpartition(".")[2] for name in files) == ["csv", "pdf", "xlsx"]
    again = writing.workbook(made, ReportWords.load("fr"), 1)
    assert files["mrc-report_2026-Q3_ministry_v1.xlsx"] == again
    plain = files["mrc-report_2026-Q3_ministry_v1.csv"]
    assert not plain.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(plain.decode("utf-8"))))
    total = next(one for one in read if one["indicator"] == "C2" and one["member1"] == one["member2"] == "_T")
    assert (total["value"], total["status"]) == ("66", "F")
    hidden = [one for one in read if one["status"] == "C"]
    assert hidden and all(one["value"] == "" for one in hidden)


def test_mrc_report_writes_the_files_and_says_what_is_in_them(
    battambang: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    options = ["--centre", str(battambang.path), "--user", LOGIN, "--period", "2026-Q3", "--today", "2026-10-02"]
    assert cli.run(["report", *options, "--tier", "public", "--freeze", "--out", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["version"] == 1 and len(said["files"]) == 3 and all(Path(one).exists() for one in said["files"])
    assert value(said, "C2") == "66" and rows(said, "C2")["_T", "_T"] == 66
    assert cli.run(["report", *options, "--tier", "secret", "--out", str(tmp_path)]) == 1
    assert "“secret” is not a tier" in capsys.readouterr().err
    wrong = [*options[:4], "--period", "2026-13", "--out", str(tmp_path)]
    assert cli.run(["report", *wrong]) == 1
    assert "is not a period" in capsys.readouterr().err
    assert cli.run(["target", *options, "--indicator", "A1", "--number", "40", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == 40
