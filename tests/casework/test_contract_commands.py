"""mrc check-contract and mrc compare-corridors: what they print, and what they refuse in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mrc_app import cli

CONTRACT = """
job = "domestic worker"
employer = "Abu Salem household"
wage = {amount = 1000.00, currency = "SAR", per = "month"}
rest = {days_per_week = "by agreement"}
passport_kept_by = "employer"
insurance = {policy = ""}
repatriation = {paid_by = "employer", condition = "only after 24 months"}
"""
OFFER = 'wage = {amount = 1200, currency = "SAR", per = "month"}\nrest = {days_per_week = 1}\n'


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The contract and, after --against, the offer."""
    (tmp_path / "contract.toml").write_text(CONTRACT, "utf-8")
    (tmp_path / "offer.toml").write_text(OFFER, "utf-8")
    return [str(tmp_path / "contract.toml"), "--against", str(tmp_path / "offer.toml"), "--today", "2026-11-21"]


def mrc(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(list(arguments)) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "did not expect" not in said.err
    return said.err


def test_the_check_is_printed_for_programs_and_for_people(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = mrc(capsys, "check-contract", *files, "--corridor", "ET-SA", "--months", "3")
    red = [row for row in found["findings"] if row["red"]]
    assert [row["check"] for row in red] == ["9", "14", "15", "21", "25"]
    keys = {"check", "term", "verdict", "red", "contract", "rule", "side", "source", "as_of", "confidence", "reason"}
    assert all(keys <= set(row) for row in found["findings"])
    assert found["suggested"] == "do_not_sign_yet"
    assert {"term": "wage.amount", "before": "1200", "after": "1000", "loss": "200"}.items() <= found["differences"][
        0
    ].items()
    assert found["loss"]["total"] == "600.00" and found["loss"]["currency"] == "SAR"
    assert cli.run(["check-contract", *files, "--corridor", "ET-SA", "--months", "3"]) == 0
    said = capsys.readouterr().out
    assert "RED 14 passport_kept_by: worse [destination]" in said and "SAR 200 less per month" in said
    assert "lost in 3 months: SAR 600.00" in said and "suggested: do_not_sign_yet" in said
    assert cli.run(["check-contract", files[0], "--corridor", "KE-DE", "--today", "2026-11-21"]) == 0


def test_the_days_asked_choose_the_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hk.toml").write_text('wage = {amount = 5000, currency = "HKD", per = "month"}', "utf-8")
    for day, rule, verdict in (("2025-09-29", "HKD 4990", "ok"), ("2025-09-30", "HKD 5100", "worse")):
        found = mrc(capsys, "check-contract", str(tmp_path / "hk.toml"), "--corridor", "PH-HK", "--signed", day)
        floor = [row for row in found["findings"] if row["check"] == "6" and row["side"] == "destination"]
        assert [(row["rule"], row["verdict"]) for row in floor] == [(f"{rule} per month", verdict)]
        assert "loss" not in found
    (tmp_path / "pl.toml").write_text(
        'wage = {amount = 30.5, currency = "PLN", per = "hour", basis = "gross"}', "utf-8"
    )
    asked = ["check-contract", str(tmp_path / "pl.toml"), "--corridor", "UA-PL", "--worked", "2026-01-02"]
    floor = [row for row in mrc(capsys, *asked)["findings"] if row["check"] == "6"]
    assert [(row["rule"], row["contract"], row["red"]) for row in floor] == [
        ("PLN 31.40 per hour, gross (civil-law contracts)", "PLN 30.50 per hour, gross", True)
    ]


def test_a_loss_that_cannot_be_told_says_why(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files[0]).write_text('wage = {amount = 5, currency = "SAR", per = "hour"}', "utf-8")
    found = mrc(capsys, "check-contract", *files, "--corridor", "ET-SA", "--months", "2")
    assert found["loss"]["total"] is None and "periods" in found["loss"]["reason"]
    assert cli.run(["check-contract", *files, "--corridor", "ET-SA", "--months", "2"]) == 0
    assert "cannot be told" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wage = {amuont = 1}", "wage.amuont"),
        ("colour = 1", "colour"),
        ("self = 1", "self"),
        ("wage = {amount = nan}", "wage.amount"),
        ("wage = {amount = -inf}", "wage.amount"),
        ("wage = {amount = -5}", "wage.amount"),
        ("wage = {amount = 1e99999999999999999999}", "not a terms file"),
        (f"wage = {{amount = {'9' * 5000}}}", "not a terms file"),
        ('wage = {currency = "ABC"}', "wage.currency"),
        ("agency = {valid_to = 2026-02-30}", "not a terms file"),
        ('signed = "2026-13-01"', "signed"),
        ("wage = ", "not a terms file"),
        ("x = " + "[" * 3000 + "]" * 3000, "not a terms file"),
        ('job = "' + "x" * 1_000_001 + '"', "too large"),
        ("x = 1 # \udcff", "not a terms file"),
    ],
)
def test_a_file_that_cannot_be_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    file = tmp_path / "t.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert said in refused(capsys, "check-contract", str(file), "--corridor", "ET-SA")


def test_wrong_options_are_refused_in_a_sentence(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    check = ["check-contract", *files]
    assert "ET-XX" in refused(capsys, *check, "--corridor", "ET-XX")
    assert "signed" in refused(capsys, *check, "--corridor", "ET-SA", "--signed", "soon")
    assert "masonry" in refused(capsys, *check, "--corridor", "ET-SA", "--sector", "masonry")
    assert "months" in refused(capsys, *check, "--corridor", "ET-SA", "--months", "many")
    assert "months" in refused(capsys, *check, "--corridor", "ET-SA", "--months", "1" * 20)
    assert "--language" in refused(capsys, *check, "--corridor", "ET-SA", "--pdf", "x.pdf")
    assert "nowhere.toml" in refused(capsys, "check-contract", "nowhere.toml", "--corridor", "ET-SA")
    assert "masonry" in refused(capsys, "compare-corridors", "ET-JO", "ET-SA", "--sector", "masonry")


def test_the_result_for_her_is_one_page(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "result.pdf"
    found = mrc(capsys, "check-contract", *files, "--corridor", "ET-SA", "--pdf", str(out), "--language", "am")
    assert (found["file"], found["pages"], found["language"]) == (str(out), 1, "am")
    assert out.read_bytes().startswith(b"%PDF")
    refused(
        capsys, "check-contract", *files, "--corridor", "ET-SA", "--pdf", str(tmp_path / "no.pdf"), "--language", "xx"
    )
    assert not (tmp_path / "no.pdf").exists()


def test_two_corridors_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    found = mrc(capsys, "compare-corridors", "ET-JO", "ET-SA", "--today", "2026-11-21")
    assert set(found["not_known"]) == {"ET-JO", "ET-SA"} and found["lines"]
    assert cli.run(["compare-corridors", "ET-JO", "ET-SA", "--today", "2026-11-21"]) == 0
    said = capsys.readouterr().out
    assert "WAGES" in said and "wage.minimum ET-JO: USD 275 per month, net" in said
    assert "cannot tell: The source does not say" in said and "not known for ET-SA:" in said
