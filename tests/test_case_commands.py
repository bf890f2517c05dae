"""``mrc cases`` and ``mrc case`` with a case's number."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from mrc_app.casework import grievances
from mrc_app.cli import run
from tests.make import LOGIN, PASSWORD, TODAY, make_client, make_store


def test_cases_are_listed_and_one_is_told_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(make_store(tmp_path)) as desk, desk.change(by=desk.officer, do="grievances.lodge") as session:
        people = [make_client(session).uuid, make_client(session, call_name="Hirut").uuid]
        number = grievances.lodge(
            session, desk_code="BD1", by=desk.officer, on=TODAY, people=people, categories=["E1"]
        ).number
    (tmp_path / "password.txt").write_text(PASSWORD, "utf-8")
    at = ["--centre", str(tmp_path / "centre.mrc"), "--user", LOGIN, "--password-file", str(tmp_path / "password.txt")]
    assert run(["cases", *at, "--today", "2026-11-30", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], told["cases"][0]["people"], told["cases"][0]["age_days"]) == (1, 2, 10)
    assert run(["case", number, *at, "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert (whole["number"], len(whole["complainants"]), whole["grievance"]["state"]) == (number, 2, "intake")
    assert {"claims", "deadlines"} <= set(whole)
    assert run(["case", "BD1-2026-99-X", *at]) == 1
