"""mrc duplicates, merge and unmerge: what they print, and what they refuse in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mrc_app import cli
from tests.make import LOGIN, PASSWORD, make_client, make_store


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[str], str, str]]:
    """The options for a centre with two records of Hawa, and their numbers."""
    desk = make_store(tmp_path)
    with desk.change(by=desk.officer, do="clients.register") as session:
        one = make_client(session, call_name="Hawwa", given="Hawwa", father="Mohammed", phone="0911234567").number
        two = make_client(session, call_name="Hawa", given="Hawa", father="Mehamed", birth={"year": 2001}).number
    desk.close()
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    yield ["--centre", str(desk.path), "--user", LOGIN, "--today", "2026-11-21", "--json"], one, two


def mrc(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.run(list(arguments)) == 0
    return json.loads(capsys.readouterr().out)


def test_likely_duplicates_come_with_number_score_and_reasons(
    centre: tuple[list[str], str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options, one, two = centre
    fields = tmp_path / "fields.toml"
    fields.write_text('given = "Hawa"\nfather = "Mohamed"\nphone = "0911 23 45 67"\nbirth = {year = 2001}\n', "utf-8")
    found = mrc(capsys, "duplicates", str(fields), *options)
    assert {row["number"] for row in found} == {one, two}
    assert found[0]["number"] == one and "same phone" in found[0]["reasons"]
    assert all(set(row) == {"number", "score", "reasons"} for row in found)
    fields.write_text('given = "Liza"\n', "utf-8")
    assert mrc(capsys, "duplicates", str(fields), *options) == []
    assert cli.run(["duplicates", str(fields), *options[:-1]]) == 0
    assert capsys.readouterr().out == "Nobody like her is registered.\n"


@pytest.mark.parametrize("wrong", ['mother = "Almaz"', 'birth = {year = "soon"}', 'sex = "Z"'])
def test_fields_that_cannot_be_are_refused_in_a_sentence(
    centre: tuple[list[str], str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    fields = tmp_path / "fields.toml"
    fields.write_text(f'given = "Hawa"\n{wrong}\n', "utf-8")
    assert cli.run(["duplicates", str(fields), *centre[0]]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1


def test_merge_shows_one_record_and_unmerge_takes_it_back(
    centre: tuple[list[str], str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    options, one, two = centre
    made = mrc(capsys, "merge", one, two, *options)
    assert {made["shown"], *made["linked"]} == {one, two}
    assert cli.run(["merge", two, one, *options]) == 1
    assert capsys.readouterr().err == "These two records are already kept as one person.\n"
    assert mrc(capsys, "unmerge", two, one, *options) == {"shown": two, "linked": []}
    assert cli.run(["unmerge", one, two, *options[:-1]]) == 1
    assert capsys.readouterr().err == "These two records are not linked.\n"
    assert cli.run(["merge", one, "BD1-1-1-1", *options]) == 1
    assert "no client with the number" in capsys.readouterr().err
