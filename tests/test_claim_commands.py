"""mrc wage-months, share, deadline and deadline-rules: what they print, and what they refuse in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mrc_app import cli


def mrc(capsys: pytest.CaptureFixture[str], typed: str) -> Any:
    assert cli.run([*typed.split(), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_month_table_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    almaz = mrc(capsys, "wage-months 200 USD --from 2025-03-01 --months 14 --months-paid 6")
    assert (almaz["due"], almaz["paid"], almaz["owed"], len(almaz["months"])) == ("2800.00", "1200.00", "1600.00", 14)
    koffi = mrc(capsys, "wage-months 18.750 TND --from 2026-09-01 --until 2026-09-30 --days 24 --paid 120.500")
    assert (koffi["due"], koffi["owed"]) == ("450.000", "329.500")
    left = mrc(capsys, "wage-months 200 USD --from 2025-03-15 --until 2025-06-20")
    assert (len(left["months"]), left["days_left_over"]) == (3, 6)
    assert cli.run(["wage-months", "200", "USD", "--from", "2025-03-15", "--until", "2025-06-20"]) == 0
    assert "6 days left over" in capsys.readouterr().out


def test_a_sum_is_shared(capsys: pytest.CaptureFixture[str]) -> None:
    found = mrc(capsys, "share 7400 HKD liza=14564")
    assert (found["percent"], found["shares"][0]["share"]) == (51, "7400.00")
    assert cli.run(["share", "100", "XOF", "a=1", "b=1", "c=1"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "a: 34 of 1 (3400 %)"


def test_a_last_day_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    typed = "deadline --started 2026-11-10 --length 14 --or-visa --hearing 2026-12-03 --today 2026-11-22"
    found = mrc(capsys, typed)
    assert (found["due"], found["days_left"], found["at_latest"], found["asks"]) == ("2026-11-24", 2, True, ["stay"])
    assert found["said"][0] == "24 November 2026 at the latest: 2 days left; earlier if the visa ends earlier."
    sunday = mrc(capsys, "deadline --started 2026-11-08 --length 2 --unit weeks --visa-until 2027-01-01")
    assert "Sunday" in " ".join(sunday["said"])
    assert mrc(capsys, "deadline")["asks"] == ["start", "length"]


def test_a_corridors_limits_come_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    [stay, recruiter] = mrc(capsys, "deadline-rules PH-HK --today 2026-11-22")
    assert (stay["length"], stay["or_earlier"], stay["stale"]) == (14, "stay", False)
    assert recruiter["event"] == "not_stated" and recruiter["source"]
    assert cli.run(["deadline-rules", "NP-QA"]) == 0
    assert "Ask a lawyer" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed",
    [
        "wage-months 200 USD --from soon --months 1",
        "wage-months 200 USD --from 2025-03-15",
        "share 5 HKD a",
        "share 5 HKD a=1 a=2",
        "deadline --length 14 --unit moons",
        "deadline --length 0",
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(typed.split()) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
