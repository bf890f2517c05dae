"""Commands of return and reintegration: the index of an answer sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Json, say, toml_file
from mrc_app.errors import Invalid, MrcError

if TYPE_CHECKING:
    from mrc_app.casework.instruments import Instrument, Result


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("reintegration-index")(index)


def index(
    answers: Annotated[Path | None, typer.Argument(help="A TOML file: one table per dimension.")] = None,
    instrument: Annotated[str, typer.Option(help="Its id, its name, or its file.")] = "",
    describe: Annotated[bool, typer.Option("--describe", help="Lists the questions.")] = False,
    as_json: Json = False,
) -> None:
    """Scores an answer sheet, or lists an instrument's questions."""
    from mrc_app.casework import instruments

    if describe:
        chosen = instruments.known(instrument or instruments.OURS)
        say(_description(chosen), as_json, _described(chosen))
        return
    if answers is None:
        raise MrcError("Name an answer sheet, or ask for --describe.")
    sheet = toml_file(answers, "answers")
    chosen = _chosen(sheet, instrument)
    result = instruments.score(chosen, instruments.checked(chosen, sheet))
    say(_scored(result), as_json, _lines(result))


def _chosen(sheet: dict[str, Any], asked: str) -> Instrument:
    from mrc_app.casework import instruments

    named = sheet.get("instrument", "")
    if not isinstance(named, str):
        raise Invalid(instrument="“instrument” must be the name of an instrument.")
    chosen = instruments.known(asked or named or instruments.OURS)
    if asked and named and instruments.known(named).id != chosen.id:
        raise MrcError("The sheet was filled for “{named}”, not for “{asked}”.", named=named, asked=chosen.label)
    return chosen


def _description(chosen: Instrument) -> dict[str, Any]:
    return {
        "instrument": chosen.label,
        "id": chosen.id,
        "version": chosen.version,
        "dimensions": {one.id: [question.id for question in one.questions] for one in chosen.dimensions},
        "answers": {
            question.id: [str(option.value) for option in question.options] for _one, question in chosen.questions()
        },
    }


def _described(chosen: Instrument) -> list[str]:
    lines = [f"{chosen.label} ({chosen.id}, version {chosen.version})"]
    for dimension in chosen.dimensions:
        lines.append(dimension.name["en"])
        lines += [f"  {question.id:6} {question.text['en']}" for question in dimension.questions]
    return lines


def _scored(result: Result) -> dict[str, Any]:
    from mrc_app.casework import instruments

    return {
        "instrument": result.instrument.label,
        "id": result.instrument.id,
        "dimensions": {
            name: {
                "score": instruments.shown(one.score),
                "answered": one.answered,
                "of": one.of,
                **({"reason": one.reason.text()} if one.reason else {}),
            }
            for name, one in result.dimensions.items()
        },
        "composite": instruments.shown(result.composite),
        "answered": result.answered,
        "of": result.of,
    }


def _lines(result: Result) -> list[str]:
    from mrc_app.casework import instruments

    lines = [result.instrument.label]
    for name, one in result.dimensions.items():
        said = instruments.shown(one.score) or (one.reason.text() if one.reason else "")
        lines.append(f"{name:14} {said}  ({one.answered} / {one.of})")
    lines.append(f"{'composite':14} {instruments.shown(result.composite) or 'No composite: a dimension has no score.'}")
    return lines
