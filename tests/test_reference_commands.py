"""mrc reference-pack, reference, destinations and outbox: what they print, from the ministry to the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mrc_app import cli
from mrc_app.corridors import catalogue
from mrc_app.store import identity
from tests.exchange import dav_server
from tests.make import LOGIN, PASSWORD, make_store


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command and returns the JSON it prints."""
    monkeypatch.setenv("MRC_USER", LOGIN)
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    monkeypatch.setattr(identity, "settings_folder", lambda: tmp_path / "settings")

    def said(*words: Any, fails: bool = False) -> Any:
        capsys.readouterr()
        assert cli.run([*map(str, words), "--json"]) == int(fails)
        return json.loads(capsys.readouterr().out)

    return said


@pytest.fixture
def key(tmp_path: Path) -> tuple[str, Path]:
    desk = make_store(tmp_path)
    desk.close()
    return "--centre", desk.path


def test_a_ministry_renews_a_wage_and_the_centre_decides(
    tmp_path: Path, run: Any, key: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ministry = run("keys", "new", "--out", tmp_path / "ministry.txt")
    run("keys", "trust", ministry["recipient"], *key, "--kind", "ministry", "--name", "Labour Ministry")
    mine = run("keys", "show", *key)["recipient"]
    (tmp_path / "facts").mkdir()
    text = (catalogue.FOLDER / "ZW-ZA.toml").read_text("utf-8")
    (tmp_path / "facts" / "ZW-ZA.toml").write_text(text.replace("value = 28.79", "value = 30.23"), "utf-8")
    made = run(
        "reference-pack", "make", tmp_path / "facts", "--out", tmp_path / "1.parcel", "--to", mine, "--version", 1,
        "--identity", tmp_path / "ministry.txt",
    )  # fmt: skip
    assert made["items"] == [{"kind": "corridor", "item": "ZW-ZA"}]
    came = run("receive", tmp_path / "1.parcel", *key)
    assert (came["kind"], came["new"], came["same"], len(came["changes"])) == ("reference", 1, 0, 1)
    assert [one["state"] for one in run("reference", "list", *key)] == ["received"]
    assert run("reference", "show", *key, "reference 1")["changes"] == came["changes"]
    fact = came["changes"][0]["id"]
    own = ("--value", "29", "--source", "inspector", "--as-of", "2026-09", "--because", "told")
    assert run("reference", "override", *key, fact, "--corridor", "ZW-ZA", *own)["base"] == "28.79"
    assert run("reference", "accept", *key, "reference")["state"] == "accepted"
    [review] = run("reference", "review", *key)
    assert (review["own"], review["base"], review["now"], review["kind"]) == ("29", "28.79", "30.23", "override")
    assert wage(run("corridors", "ZW-ZA", *key)) == "29" and wage(run("corridors", "ZW-ZA")) == "28.79"
    assert run("reference", "keep", *key, fact)["base"] == "30.23"
    assert run("reference", "take-back", *key, fact)["stands"] is False
    full = run("corridors", "ZW-ZA", *key)
    assert (wage(full), full["pack"]) == ("30.23", "Labour Ministry · reference · 1")
    assert {one["pack"] for one in run("corridors", *key)} == {None, full["pack"]}
    (tmp_path / "terms.toml").write_text('job = "cook"\n')
    checked = run("check-contract", tmp_path / "terms.toml", "--corridor", "ZW-ZA", *key)
    assert checked["pack"].endswith(full["pack"])
    assert run("compare-corridors", "ZW-ZA", "ET-SA", *key)["corridors"]
    assert run("reference", "revert", *key, "reference 1", "--because", "wrong")["state"] == "reverted"
    assert wage(run("corridors", "ZW-ZA", *key)) == "28.79"
    capsys.readouterr()
    for words, said in (
        (("reference", "list"), "Labour Ministry · reference · 1: reverted"),
        (("reference", "show", "reference"), "28.79 ZAR per hour (2025-03-01) → 30.23 ZAR per hour (2025-03-01)"),
        (("reference", "review"), "Nothing is to be reviewed."),
        (("receive", tmp_path / "1.parcel"), "wage.minimum · all · destination: 28.79"),
    ):
        assert cli.run([*map(str, words), *map(str, key)]) == 0
        assert said in capsys.readouterr().out


def wage(corridor: dict[str, Any]) -> str:
    """The wage in force since March 2025."""
    return next(
        str(one["value"])
        for one in corridor["facts"]
        if one["key"] == "wage.minimum" and one["valid_from"] == "2025-03-01"
    )


def test_a_headquarters_with_a_desk_signs_with_the_desks_own_key(
    tmp_path: Path, run: Any, key: tuple[str, Path]
) -> None:
    branch = run("keys", "new", "--out", tmp_path / "branch.txt")
    run("keys", "trust", branch["recipient"], *key, "--kind", "centre", "--name", "Branch")
    file = catalogue.FOLDER / "ZW-ZA.toml"
    asked = ("--out", tmp_path / "1.parcel", "--version", "1", "--series", "Union facts", *key)
    made = run("reference-pack", "make", file, *asked, "--to", "Branch", "--to", branch["recipient"])
    assert (made["series"], made["version"]) == ("Union facts", 1)


def test_a_parcel_waits_in_the_outbox_until_it_is_sent(
    tmp_path: Path, run: Any, key: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    secret, sealed = tmp_path / "secret.txt", tmp_path / "q4.parcel"
    secret.write_text(dav_server.PASSWORD + "\n")
    sealed.write_bytes(b"age-encryption.org/v1\n" + b"sealed" * 100)
    with dav_server.serving() as server:
        told = run(
            "destinations", "add", *key, "Ministry", server.address, "--login", dav_server.LOGIN,
            "--password-of", secret,
        )  # fmt: skip
        assert told == run("destinations", "list", *key) and told[0]["password"] is True
        [one] = run("outbox", "add", *key, sealed, "--to", "Ministry")
        assert (one["state"], one["bytes"]) == ("queued", sealed.stat().st_size)
        server.trouble["PUT"] = [507]
        [one] = run("outbox", "send", *key, fails=True)
        assert one["state"] == "queued" and "no room left" in one["trouble"]
        [one] = run("outbox", "send", *key)
        assert (one["state"], one["verified"]) == ("sent", True)
        assert server.files == {"q4.parcel": sealed.read_bytes()}
        capsys.readouterr()
        assert cli.run(["outbox", "list", *map(str, key)]) == 0
        assert "Ministry: q4.parcel, sent" in capsys.readouterr().out
    assert run("destinations", "password", *key, "Ministry", "--password-of", secret)[0]["name"] == "Ministry"
    run("destinations", "remove", *key, "Ministry")
    assert run("outbox", "drop", *key, one["id"])[0]["id"] == one["id"]
    assert run("outbox", "list", *key) == run("destinations", "list", *key) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("reference sing --centre CENTRE", "none of"),
        ("reference show nothing --centre CENTRE", "no reference pack"),
        ("reference override abc --corridor ZW-ZA --centre CENTRE", "no fact"),
        ("reference keep abc --centre CENTRE", "no value of its own"),
        ("reference-pack sing x --out x --to age1 --version 1", "there is: make"),
        ("reference-pack make x --out x --to age1 --version 1", "whose key signs"),
        ("outbox sing --centre CENTRE", "none of"),
        ("outbox drop --centre CENTRE", "Say which"),
        ("destinations sing --centre CENTRE", "none of"),
        ("destinations add X http://far.example --centre CENTRE", "Plain http"),
        ("destinations add X https://far.example --password-of nowhere.txt --centre CENTRE", "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, why: str
) -> None:
    monkeypatch.setenv("MRC_USER", LOGIN)
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    monkeypatch.setattr(identity, "settings_folder", lambda: tmp_path / "settings")
    desk = make_store(tmp_path)
    desk.close()
    assert cli.run([str(desk.path) if word == "CENTRE" else word for word in words.split()]) == 1
    said = capsys.readouterr()
    assert why in said.err and "Traceback" not in said.err
