"""Commands about an office's own report forms: map the cells of a workbook once, fill it for every period."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.figures import tier_of
from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, one_of, opened, say, toml_file
from mrc_app.errors import MrcError

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

ACTIONS = ("list", "map", "forget", "fill")


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("report-template")(report_template)


def report_template(
    action: Annotated[str, typer.Argument(help="list, map, forget or fill.")],
    centre: Centre,
    name: Annotated[str, typer.Option("--name", help="What the form is called.")] = "",
    form: Annotated[Path | None, typer.Option("--form", help="The office's own workbook (.xlsx).")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help='TOML: [cells] "Sheet1!B7" = "A2 sex=female".')
    ] = None,
    period: Annotated[str, typer.Option("--period", help="As for mrc report.")] = "",
    tier: Annotated[str, typer.Option("--tier", help="internal, ministry or public.")] = "internal",
    frozen: Annotated[bool, typer.Option("--frozen", help="From the last frozen version.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="The filled workbook.")] = None,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """An office's own workbook: its cells are mapped once, then it is filled for every period."""
    one_of(ACTIONS, action)
    with opened(centre, user, password_file) as desk:
        if action == "list":
            answer = _list(desk)
        elif action == "map":
            answer = _map(desk, name, _given(mapping, "--mapping"), form)
        elif action == "forget":
            answer = _forget(desk, name)
        else:
            document = _document(desk, period, tier, frozen, today)
            answer = _fill(desk, name, _given(form, "--form"), document, _given(out, "--out"))
    say(answer, as_json, [f"{key}: {value}" for key, value in answer.items()])


def _given(path: Path | None, option: str) -> Path:
    if path is None:
        raise MrcError("{option} is missing.", option=option)
    return path


def _list(desk: Store) -> dict[str, Any]:
    from mrc_app.figures import templates

    with desk.read() as session:
        return {"forms": templates.listed(session)}


def _map(desk: Store, name: str, mapping: Path, form: Path | None) -> dict[str, Any]:
    from mrc_app.figures import templates

    said = toml_file(mapping, "mapping")
    if unknown := sorted(set(said) - {"cells"}):
        raise MrcError("“{key}” is not known here; a mapping has only [cells].", key=unknown[0])
    cells = templates.checked(said.get("cells", {}))
    if form is not None:
        templates.looked_at(form, cells)
    with desk.change(by=desk.officer, do="templates.keep") as session:
        return {"name": name, "cells": templates.keep(session, name, cells)}


def _forget(desk: Store, name: str) -> dict[str, Any]:
    from mrc_app.figures import templates

    with desk.change(by=desk.officer, do="templates.forget") as session:
        templates.forget(session, name)
    return {"forgotten": name}


def _document(desk: Store, period: str, tier: str, frozen: bool, today: str | None) -> dict[str, Any]:
    from mrc_app.calendars.periods import period as read_period
    from mrc_app.figures import reports

    if not frozen:
        return reports.make(desk, period, tier_of(tier), day(today))
    with desk.read() as session:
        last = reports.latest(session, read_period(period), tier_of(tier))
    if last is None:
        raise MrcError("Nothing is frozen for “{period}”.", period=period)
    kept: dict[str, Any] = json.loads(last.document)
    return kept


def _fill(desk: Store, name: str, form: Path, document: dict[str, Any], out: Path) -> dict[str, Any]:
    from mrc_app.figures import templates
    from mrc_app.store import saved_files

    with desk.read() as session:
        cells = templates.of_name(session, name)
    content, missing = templates.fill(form, cells, document)
    saved_files.write(out, content)
    saved_files.note(desk, out, "report", content)
    return {"file": str(out), "cells": len(cells), "empty": missing}
