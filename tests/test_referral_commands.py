"""mrc providers, referrals, refer, refer-step and withdraw: what they print, refuse and write down."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mrc_app import cli
from mrc_app.casework import consents, unions
from mrc_app.casework.consents import Purpose
from tests.make import LOGIN, NO, OFFICER, PASSWORD, TODAY, make_client, make_store

LIST = """
[[provider]]
kind = "embassy"
name = "Embassy in Beirut"
country = "LB"
speaks_for = "ET"
phone = "+961 1 000000"
[[provider]]
kind = "police"
name = "Police"
country = "ET"
[[provider]]
kind = "shelter"
name = "House of Hope"
country = "ET"
"""


@pytest.fixture(scope="module")
def almaz(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], str]:
    folder = tmp_path_factory.mktemp("referral-commands")
    made = make_store(folder)
    with made.change(by=made.officer, do="test") as session:
        client = make_client(session, call_name="Almaz", nationality="ET")
        consents.ask(
            session, client=client.uuid, purpose=Purpose.REFERRAL, said=NO, by=OFFICER, on=TODAY, scope="police"
        )
        unions.begin(session, client=client.uuid, union="CETU", today=TODAY, by=OFFICER)
        number = client.number
    made.close()
    return ["--centre", str(made.path), "--user", LOGIN, "--today", TODAY.isoformat(), "--json"], number


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)


def mrc(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.run(list(arguments)) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(list(arguments)) == 1
    return capsys.readouterr().err


def test_the_whole_way_of_a_referral(
    almaz: tuple[list[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options, number = almaz
    her = ["--client", number, *options]
    later = [*options, "--today", (TODAY + timedelta(days=21)).isoformat()]
    file = tmp_path / "providers.toml"
    file.write_text(LIST, "utf-8")
    assert mrc(capsys, "providers", "--import", str(file), *options) == {"taken_in": 3, "passed_over": 0}
    file.write_text('[[provider]]\nkind = "shelter"\nname = "X"\ncountry = "ET"\naddress = "4 Acacia St"\n', "utf-8")
    assert "A shelter never carries an address" in refused(capsys, "providers", "--import", str(file), *options)
    file.write_text("x = 1\n", "utf-8")
    assert "no list of [[provider]]" in refused(capsys, "providers", "--import", str(file), *options)
    (row,) = mrc(capsys, "providers", "--find", "beirut", "--kind", "embassy", "--country", "LB", *options)
    assert (row["confirmed"], row["speaks_for"]) == ("never", "ET")
    typed = ["--service", "a letter to the agency"]
    assert "She refused" in refused(capsys, "refer", "--provider", "Police", *typed, "--consent", "signed", *her)
    assert "Ask her first" in refused(capsys, "refer", "--provider", "Embassy in Beirut", *typed, *her)
    made = mrc(
        capsys, "refer", "--provider", "Embassy in Beirut", *typed, "--consent", "verbal", "--part", "name", "--part",
        "claim", "--send", *her,
    )  # fmt: skip
    assert (made["state"], made["parts"], made["complete"]) == ("sent", ["name", "claim"], False)
    assert mrc(capsys, "referrals", "--unanswered", "14", *options) == []
    (waits,) = mrc(capsys, "referrals", "--unanswered", "14", "--client", number, *later)
    assert (waits["number"], waits["days_since_last_step"]) == (number, 21)
    assert [row["id"] for row in mrc(capsys, "referrals", *options)] == [made["id"]]
    said = mrc(capsys, "refer-step", made["id"], "--state", "acknowledged", *options)
    assert said["state"] == "acknowledged"
    gone = mrc(capsys, "withdraw", "--purpose", "P3", "--provider", "Embassy in Beirut", "--client", number, *later)
    assert gone["left"] == [
        {"on": "2026-11-20", "to": "Embassy in Beirut", "purpose": "P3", "parts": ["name", "claim"]}
    ]
    assert [one["to"] for one in gone["stopped"]] == ["Embassy in Beirut"]
    case = mrc(capsys, "case", number, *options)
    assert [event["state"] for event in case["referrals"][0]["events"]] == ["made", "sent", "acknowledged", "stopped"]
    assert (case["unions"][0]["union"], case["unions"][0]["may_be_told"]) == ("CETU", False)
    assert "none of the purposes" in refused(capsys, "withdraw", "--purpose", "P9", *her)


def test_a_supervisors_decision_goes_without_consent_and_is_sent_by_step(
    almaz: tuple[list[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    options, number = almaz
    her = ["--client", number, *options]
    if not mrc(capsys, "providers", "--find", "police", *options):
        pytest.skip("the list was not taken in")
    made = mrc(
        capsys, "refer", "--provider", "Police", "--service", "protection", "--without", "danger", "--reason",
        "he waits at the door", *her,
    )  # fmt: skip
    assert (made["without"], made["state"]) == ("danger", "made")
    assert mrc(capsys, "refer-step", made["id"], "--state", "sent", *options)["state"] == "sent"
    rows = mrc(capsys, "referrals", *her)
    assert rows[0]["id"] == made["id"]
    assert cli.run(["referrals", *her[:-1]]) == 0 and "protection" in capsys.readouterr().out
