"""mrc backup and mrc restore as outside checks call them: one JSON document, one sentence when refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mrc_app.cli import run
from tests.make import LOGIN, PASSWORD, make_client, make_store

Answer = tuple[int, str, str]


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A centre file with a client, a password file beside it."""
    made = make_store(tmp_path)
    with made.change(by=made.officer, do="clients.register") as session:
        make_client(session)
    made.close()
    (tmp_path / "password.txt").write_text(PASSWORD + "\n")
    return made.path


@pytest.fixture
def mrc(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Runs a command; the password stands in a file."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def call(*arguments: object, password: str = "password.txt") -> Answer:
        given = [*map(str, arguments), "--user", LOGIN, "--password-file", str(tmp_path / password)]
        capsys.readouterr()
        code = run(given)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def ok(answer: Answer) -> Any:
    """The document on standard output."""
    code, out, err = answer
    assert code == 0, err
    return json.loads(out)


def refused(answer: Answer, *words: str) -> None:
    """One sentence on standard error and exit code 1."""
    code, out, err = answer
    assert (code, out, err.count("\n")) == (1, "", 1), err
    for word in words:
        assert word in err


def test_a_backup_is_made_verified_and_restored(mrc: Callable[..., Answer], centre: Path, tmp_path: Path) -> None:
    made = ok(mrc("backup", "--centre", centre, "--to", tmp_path / "to", "--json"))
    assert {"file", "records", "ok", "problems"} <= set(made)
    assert (made["ok"], made["problems"], made["records"]["client"]) == (True, [], 1)
    again = ok(mrc("backup", "--centre", centre, "--to", tmp_path / "to", "--json"))
    assert again["file"] != made["file"]
    assert Path(made["file"]).exists(), "a copy somebody asked for is not rotated away"
    done = ok(mrc("restore", made["file"], "--to", tmp_path / "again.mrc", "--json"))
    assert (done["ok"], done["problems"], done["records"]) == (True, [], made["records"])
    report = ok(mrc("verify", tmp_path / "again.mrc", "--json"))
    assert (report["ok"], report["records"]) == (True, made["records"])
    refused(mrc("restore", made["file"], "--to", tmp_path / "again.mrc"), "again.mrc", "exists already")
    look = ok(mrc("restore", made["file"], "--look", "--json"))
    assert look["records"] == made["records"]


def test_a_stick_is_restored_under_a_new_password(mrc: Callable[..., Answer], centre: Path, tmp_path: Path) -> None:
    (tmp_path / "phrase.txt").write_text("a phrase for the stick\n")
    (tmp_path / "new.txt").write_text("nine yellow goats\n")
    to, phrase = tmp_path / "stick", tmp_path / "phrase.txt"
    made = ok(mrc("backup", "--centre", centre, "--to", to, "--stick", "--passphrase-file", phrase, "--json"))
    assert made["sheet"]
    again = tmp_path / "again.mrc"
    refused(mrc("restore", made["file"], "--to", again, password="phrase.txt"), "--new-password-file")
    asked = ["restore", made["file"], "--to", again, "--new-password-file", tmp_path / "new.txt", "--json"]
    refused(mrc(*asked), "name or the password")
    done = ok(mrc(*asked, password="phrase.txt"))
    assert done["sheet"] != made["sheet"]
    assert ok(mrc("find", "tigist", "--centre", again, "--json", password="new.txt"))


def test_what_cannot_be_is_refused_in_one_sentence(mrc: Callable[..., Answer], centre: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text("not the password")
    (tmp_path / "file").write_text("")
    refused(mrc("backup", "--centre", centre, "--to", tmp_path / "file"), "name a folder")
    refused(mrc("backup", "--centre", centre, "--to", tmp_path / "to", password="wrong.txt"), "password")
    refused(mrc("backup", "--centre", tmp_path / "no.mrc", "--to", tmp_path / "to"), "no.mrc")
    refused(mrc("backup", "--centre", centre, "--to", tmp_path / "to", "--stick"), "--passphrase-file")
    refused(mrc("restore", tmp_path / "no.mrc", "--to", tmp_path / "a.mrc"), "no.mrc")
    refused(mrc("restore"), "which backup")
    refused(mrc("restore", "--previous"), "--centre")
    refused(mrc("restore", "--previous", "--centre", centre), "before an upgrade")
    assert not (tmp_path / "to").exists()
    made = ok(mrc("backup", "--centre", centre, "--to", tmp_path / "to", "--json"))
    spoiled = bytearray(Path(made["file"]).read_bytes())
    spoiled[70_000] ^= 1
    Path(made["file"]).write_bytes(spoiled)
    refused(mrc("restore", made["file"], "--to", tmp_path / "a.mrc"), "damaged")
    refused(mrc("restore", made["file"], "--to", tmp_path / "a.mrc", password="wrong.txt"), "password")
    assert not (tmp_path / "a.mrc").exists()


def test_a_lost_password_is_helped_by_the_recovery_sheet(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    from mrc_app.store import people

    (tmp_path / "desk").mkdir()
    desk = make_store(tmp_path / "desk")
    (tmp_path / "sheet.txt").write_text(people.new_sheet(desk))
    desk.close()
    (tmp_path / "password.txt").write_text(PASSWORD)
    made = ok(mrc("backup", "--centre", desk.path, "--to", tmp_path / "to", "--json"))
    shutil.rmtree(tmp_path / "desk")
    asked = ["restore", made["file"], "--to", tmp_path / "again.mrc", "--sheet", tmp_path / "sheet.txt", "--json"]
    assert ok(mrc(*asked))["ok"] is True
