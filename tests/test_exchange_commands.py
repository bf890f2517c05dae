"""mrc keys, desk-new, desk-parcel, receive and conflicts: what they print, from one desk to the next and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mrc_app import cli
from mrc_app.store import identity
from tests.make import LOGIN, PASSWORD, make_store
from tests.store.test_receiving import a_client


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command and returns the JSON it prints."""
    monkeypatch.setenv("MRC_USER", LOGIN)
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    monkeypatch.setattr(identity, "settings_folder", lambda: tmp_path / "settings")

    def said(*words: Any) -> Any:
        capsys.readouterr()
        assert cli.run([*map(str, words), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return said


def test_an_office_without_a_desk_makes_a_key_and_a_centre_trusts_it(tmp_path: Path, run: Any) -> None:
    made = run("keys", "new", "--out", tmp_path / "ministry.txt", "--today", "2026-11-22")
    assert {"fingerprint", "recipient"} <= made.keys()
    assert run("keys", "show", "--identity", tmp_path / "ministry.txt")["recipient"] == made["recipient"]
    desk = make_store(tmp_path)
    desk.close()
    key = ("--centre", desk.path)
    shown = run("keys", "show", *key, "--qr", tmp_path / "key.png")
    assert (tmp_path / "key.png").read_bytes().startswith(b"\x89PNG") and len(shown["fingerprint"]) == 35
    told = run(
        "keys", "trust", tmp_path / "ministry.txt", *key, "--kind", "ministry", "--name", "MoLS",
        "--fingerprint", made["fingerprint"],
    )  # fmt: skip
    assert (told["state"], told["recipient"]) == ("compared", made["recipient"])
    assert [one["name"] for one in run("keys", "list", *key)] == ["MoLS"]
    assert run("keys", "revoke", "MoLS", *key)["state"] == "revoked"


def test_a_second_desk_joins_works_and_sends_home(tmp_path: Path, run: Any) -> None:
    first = make_store(tmp_path)
    a_client(first, call_name="Tigist")
    first.close()
    one, two = ("--centre", first.path), ("--centre", tmp_path / "two.mrc")
    shown = run("keys", "show", *one)
    made = run("desk-new", tmp_path / "two.mrc", "--join", shown["recipient"], "--name", "Desk 2")
    assert {"desk", "fingerprint", "recipient"} <= made.keys()
    run("keys", "trust", made["recipient"], *one, "--kind", "desk", "--name", "Desk 2")
    sent = run("desk-parcel", *one, "--for", "Desk 2", "--out", tmp_path / "1.parcel")
    assert (sent["from"], sent["to"]) == ("Desk 1", "Desk 2") and sent["changes"] >= 5
    came = run("receive", tmp_path / "1.parcel", *two)
    assert (came["kind"], came["new"], came["same"]) == ("desk", sent["changes"], 0)
    assert came["conflicts"] == came["gaps"] == []
    again = run("receive", tmp_path / "1.parcel", *two)
    assert (again["new"], again["same"]) == (0, sent["changes"])
    back = run("desk-parcel", *two, "--for", "Desk 1", "--out", tmp_path / "2.parcel")
    assert back["changes"] >= 1
    assert run("receive", tmp_path / "2.parcel", *one)["new"] == back["changes"]
    assert run("conflicts", *one) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("keys sing", "none of"),
        ("keys new", "--out"),
        ("keys list", "--centre"),
        ("keys trust age1 --centre CENTRE --name x --kind friend", "friend"),
        ("keys trust age1x --centre CENTRE --name x", "not a key"),
        ("keys trust nowhere.txt --centre CENTRE --name x", "nowhere.txt"),
        ("keys show --centre CENTRE --qr key.gif", "key.gif"),
        ("conflicts --centre CENTRE --settle nothing", "ID=VALUE"),
        ("desk-parcel --centre CENTRE --for Desk9 --out x.parcel", "Desk9"),
        ("desk-new new.mrc --join age1x --name Desk2", "age1x"),
        ("receive CENTRE --centre CENTRE", "not a parcel"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, why: str
) -> None:
    monkeypatch.setenv("MRC_USER", LOGIN)
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    desk = make_store(tmp_path)
    desk.close()
    assert cli.run([str(desk.path) if word == "CENTRE" else word for word in words.split()]) == 1
    said = capsys.readouterr()
    assert why in said.err and "Traceback" not in said.err and said.out == ""
