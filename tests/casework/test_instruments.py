"""Instruments: any questionnaire, scored exactly; the index of the centre; bad sheets refused by name."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mrc_app.casework import instruments
from mrc_app.casework.instrument_words import Kind, Side
from mrc_app.cli import app
from mrc_app.errors import CannotRead, Invalid

DAWIT = {
    "economic": ["0.25", "0.50", "0.25", "0.50", "0.00", "0.25"],
    "social": ["0.50", "0.50", "0.75", "1", "0.50", "0.50"],
    "psychosocial": ["0.50", "0.25", "0.75", "0.75", "0.50", "1"],
}
UNEQUAL: dict[str, Any] = {
    "schema": "instrument/1",
    "id": "office-survey",
    "version": "3",
    "kind": "index",
    "minimum_answered": "0.70",
    "needs_at_or_below": "0.25",
    "source": "the office",
    "name": {"en": "Office survey"},
    "answer": [
        {"code": "no", "value": "0", "text": {"en": "No"}},
        {"code": "yes", "value": "1", "text": {"en": "Yes"}},
    ],
    "dimension": [
        {
            "id": "work",
            "weight": "2",
            "name": {"en": "Work", "fr": "Travail"},
            "question": [
                {"id": "w1", "weight": "3", "text": {"en": "Has work"}},
                {"id": "w2", "weight": "1", "text": {"en": "Is paid"}},
            ],
        },
        {
            "id": "home",
            "weight": "1",
            "name": {"en": "Home"},
            "question": [
                {
                    "id": "h1",
                    "weight": "1",
                    "text": {"en": "Home"},
                    "answer": [{"code": "so", "value": "0.4", "text": {"en": "So so"}}],
                }
            ],
        },
    ],
}


def ours() -> instruments.Instrument:
    return instruments.known(instruments.OURS)


def sheet(values: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    by_dimension = {one.id: one.questions for one in ours().dimensions}
    return {
        name: {question.id: value for question, value in zip(by_dimension[name], given, strict=True)}
        for name, given in values.items()
    }


def test_the_story_of_dawit_to_the_figure() -> None:
    answers = instruments.checked(ours(), sheet(DAWIT))
    result = instruments.score(ours(), answers)
    assert {name: instruments.shown(one.score) for name, one in result.dimensions.items()} == {
        "economic": "0.29",
        "social": "0.63",
        "psychosocial": "0.63",
    }
    assert (instruments.shown(result.composite), result.answered, result.of) == ("0.51", 18, 18)
    assert result.instrument.label == "Centre reintegration index v1"
    needs = instruments.needs(ours(), answers)
    assert [str(value) for _dimension, _question, value in needs] == ["0", "0.25", "0.25", "0.25", "0.25"]


def test_what_does_not_apply_leaves_both_answered_and_of() -> None:
    values = deepcopy(DAWIT)
    values["social"][3] = "na"
    result = instruments.score(ours(), instruments.checked(ours(), sheet(values)))
    assert (result.dimensions["social"].answered, result.dimensions["social"].of) == (5, 5)
    assert instruments.shown(result.dimensions["social"].score) == "0.55"


def test_under_seventy_percent_there_is_no_score_and_then_no_composite() -> None:
    typed = sheet(DAWIT)
    del typed["economic"]["E1"]
    assert instruments.score(ours(), instruments.checked(ours(), typed)).composite is not None, "5 of 6 are enough"
    del typed["economic"]["E2"]
    result = instruments.score(ours(), instruments.checked(ours(), typed))
    economic = result.dimensions["economic"]
    assert (economic.score, economic.answered, economic.of, result.composite) == (None, 4, 6, None)
    assert economic.reason is not None
    assert economic.reason.text() == "No score: 4 of 6 answered; at least 70 % are needed."


def test_exactly_seventy_percent_are_enough() -> None:
    ten = deepcopy(UNEQUAL)
    ten["dimension"] = [
        {
            "id": "d",
            "weight": "1",
            "name": {"en": "D"},
            "question": [{"id": f"q{n}", "weight": "1", "text": {"en": "?"}} for n in range(10)],
        }
    ]
    made = instruments.read(ten)
    assert instruments.score(made, {"d": {f"q{n}": Decimal(1) for n in range(7)}}).composite == 1
    assert instruments.score(made, {"d": {f"q{n}": Decimal(1) for n in range(6)}}).composite is None


def test_a_dimension_of_which_nothing_applies_has_no_score() -> None:
    values = deepcopy(DAWIT)
    values["social"] = ["na"] * 6
    result = instruments.score(ours(), instruments.checked(ours(), sheet(values)))
    assert (result.dimensions["social"].of, result.composite) == (0, None)


def test_an_empty_sheet_has_no_score_anywhere() -> None:
    result = instruments.score(ours(), instruments.checked(ours(), {}))
    assert [one.score for one in result.dimensions.values()] == [None] * 3
    assert (result.answered, result.of) == (0, 18)


def test_another_instrument_with_unequal_weights() -> None:
    made = instruments.read(UNEQUAL)
    assert made.kind is Kind.INDEX
    result = instruments.score(made, instruments.checked(made, {"work": {"w1": "yes", "w2": 0}, "home": {"h1": 0.4}}))
    assert instruments.shown(result.dimensions["work"].score) == "0.75"
    assert instruments.shown(result.composite) == "0.63", "(2 x 0.75 + 0.4) / 3"
    assert (made.named("fr"), ours().named("fr")) == ("Office survey", "Indice de réintégration du centre v1")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"money": {}}, "money"),
        ({"economic": 3}, "economic"),
        ({"economic": {"E9": "0.5"}}, "economic.E9"),
        ({"economic": {"E1": "0.3"}}, "economic.E1"),
        ({"economic": {"E1": True}}, "economic.E1"),
        ({"economic": {"E1": [1]}}, "economic.E1"),
        ({"economic": {"E1": "often"}}, "economic.E1"),
        ({"economic": {"E1": float("nan")}}, "economic.E1"),
    ],
)
def test_a_wrong_answer_is_refused_by_name(typed: dict[str, Any], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        instruments.checked(ours(), typed)
    assert named in refused.value.problems
    assert named in refused.value.text()


@pytest.mark.parametrize(
    "broken",
    [
        {"schema": "other/1"},
        {"minimum_answered": "1.5"},
        {"minimum_answered": "NaN"},
        {"kind": "horoscope"},
        {"name": {"fr": "Enquête"}},
        {"dimension": []},
        {"dimension": 7},
        {"dimension": [{**UNEQUAL["dimension"][0], "weight": "0"}]},
        {"dimension": [{**UNEQUAL["dimension"][0], "question": []}]},
        {"dimension": [UNEQUAL["dimension"][0], UNEQUAL["dimension"][0]]},
        {"answer": []},
    ],
)
def test_a_broken_instrument_is_refused_in_one_sentence(broken: dict[str, Any]) -> None:
    with pytest.raises(CannotRead, match="not an instrument"):
        instruments.read({**UNEQUAL, **broken})


def test_an_instrument_is_known_by_id_by_name_and_by_file(tmp_path: Path) -> None:
    assert instruments.known("Centre reintegration index v1").id == instruments.OURS
    kept = tmp_path / "kept.toml"
    kept.write_text((instruments.FOLDER / f"{instruments.OURS}.toml").read_text("utf-8"), "utf-8")
    assert instruments.known(str(kept)).id == instruments.OURS
    kept.write_text("no instrument = [", "utf-8")
    with pytest.raises(CannotRead):
        instruments.known(str(kept))
    kept.write_text("#" * (instruments.MOST_BYTES + 1), "utf-8")
    with pytest.raises(CannotRead):
        instruments.known(str(kept))
    with pytest.raises(Invalid, match="no instrument"):
        instruments.known("RSS")


def test_every_shipped_instrument_reads_in_english_and_french() -> None:
    for one in instruments.shipped():
        assert one.source
        for _dimension, question in one.questions():
            assert question.text["en"] and question.text["fr"]


def asked(*words: str) -> Any:
    return CliRunner().invoke(app, ["reintegration-index", *words])


def test_the_command_scores_describes_and_refuses(tmp_path: Path) -> None:
    described = json.loads(asked("--describe", "--json").stdout)
    path = tmp_path / "answers.toml"
    lines = [f'instrument = "{described["instrument"]}"']
    for name, questions in described["dimensions"].items():
        lines += [f"[{name}]", *(f"{q} = {v}" for q, v in zip(questions, DAWIT[name], strict=True))]
    path.write_text("\n".join(lines), "utf-8")
    scored = json.loads(asked(str(path), "--json").stdout)
    assert scored["composite"] == "0.51"
    assert scored["dimensions"]["economic"] == {"score": "0.29", "answered": 6, "of": 6}
    assert "0.29" in asked(str(path)).stdout
    assert "E1" in asked("--describe").stdout
    path.write_text("instrument = 3\n", "utf-8")
    assert asked(str(path)).exit_code == 1
    path.write_text('[economic]\nE1 = "na"\nE7 = 1\n', "utf-8")
    refused = asked(str(path))
    assert refused.exit_code == 1
    path.write_text("", "utf-8")
    assert "No score: 0 of 6" in asked(str(path)).stdout
    assert asked().exit_code == 1


def test_a_checklist_is_counted_on_two_sides_and_never_scored() -> None:
    screening = instruments.known("vulnerability-1")
    given = {"individual": {"I1": "yes", "I2": "no", "I3": "na", "I5": "yes", "I6": "yes"}}
    answers = instruments.checked(screening, given)
    found = instruments.counted(screening, answers)
    assert found["individual"] == instruments.Counted(risks=1, protective=2, answered=4, of=6)
    assert found["household"] == instruments.Counted(risks=0, protective=0, answered=0, of=6)
    result = instruments.score(screening, answers)
    assert result.composite is None
    assert {one.score for one in result.dimensions.values()} == {None}
    reason = result.dimensions["individual"].reason
    assert reason is not None and "never scored" in reason.text()
    assert instruments.needs(screening, answers) == []


def test_the_checklist_has_both_sides_on_each_of_four_levels_in_four_languages() -> None:
    screening = instruments.known("vulnerability-1")
    assert [one.id for one in screening.dimensions] == ["individual", "household", "community", "structural"]
    for one in screening.dimensions:
        assert {question.side for question in one.questions} == set(Side)
    for _dimension, question in screening.questions():
        assert set(question.text) == {"en", "fr", "ar", "am"}
