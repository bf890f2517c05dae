"""``mrc import-sheet``: a logbook or a KoBo or ODK sheet becomes clients, or is only looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, opened, progress, say, toml_file


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("import-sheet")(import_sheet)
    app.command("undo-import")(undo_import)


def import_sheet(
    file: Annotated[Path, typer.Argument(help="The sheet: xlsx, ods or csv.")],
    centre: Centre,
    mapping: Annotated[Path, typer.Option(help="A TOML file: which column becomes which field.")],
    user: User = "",
    password_file: PasswordFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
    rejected: Annotated[Path | None, typer.Option(help="Write the rows that were not taken here (xlsx).")] = None,
    decide: Annotated[
        Path | None, typer.Option(help='A TOML file: [rows] 12 = "leave", "stranger" or a client\'s number.')
    ] = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Reads a sheet as one batch that can be taken back. The same file twice changes nothing."""
    from mrc_app.exchange import sheets, sheets_mapping

    chosen = sheets_mapping.mapping_of(toml_file(mapping, "mapping"))
    choices = _choices(decide)
    with (
        opened(centre, user, password_file) as desk,
        progress("Reading") as step,
    ):
        plan = sheets.decide(desk, file, chosen, on=day(today), step=step, choices=choices)
        batch = "" if dry_run else sheets.carry_out(desk, plan, on=day(today), step=step)
    if rejected is not None and plan.blocked:
        sheets.give_back(plan, rejected)
    errors = [_told(one) for one in plan.errors]
    found = {
        "rows": plan.rows, "ok": len(plan.ready), "same": plan.same, "rejected": len(plan.blocked),
        "warnings": len(plan.warnings), "errors": errors,
        "doubts": [_told(one) | {"likely": plan.likely.get(one.row)} for one in plan.warnings], "batch": batch or None,
    }  # fmt: skip
    lines = [f"{one['row']}: {one['column']} “{one['value']}” {one['reason']}" for one in errors]
    counts = f"{plan.rows} rows: {len(plan.ready)} new, {plan.same} known already, {len(plan.blocked)} not taken"
    say(found, as_json, [*lines, counts])


def _told(fault: Any) -> dict[str, Any]:
    where = {"sheet": fault.sheet} if fault.sheet else {}
    return where | {"row": fault.row, "column": fault.column, "value": fault.value, "reason": fault.reason.text()}


def _choices(file: Path | None) -> dict[int, str]:
    """What a person decided row by row. Raises Invalid for what is no row."""
    from mrc_app.errors import Invalid, Problem

    rows = toml_file(file, "decisions").get("rows", {}) if file is not None else {}
    wrong = {
        str(row): Problem("“{row}” is not a row and a decision.", {"row": row})
        for row, said in rows.items()
        if not row.isdecimal() or not isinstance(said, str)
    }
    if wrong:
        raise Invalid(**wrong)
    return {int(row): said for row, said in rows.items()}


def undo_import(
    batch: Annotated[str, typer.Argument(help="The batch that import-sheet told.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Takes an import back: everybody it brought whom nobody has worked with since."""
    from mrc_app.casework import imports

    with (
        opened(centre, user, password_file) as desk,
        progress("Taking back") as step,
        desk.change(by=desk.officer, do="imports.undo") as session,
    ):
        done = imports.undo(session, imports.by_uuid(session, batch), on=day(today), by=desk.officer, step=step)
    say({"gone": done.gone, "kept": done.kept}, as_json, [f"{done.gone} taken back, {done.kept} kept"])
