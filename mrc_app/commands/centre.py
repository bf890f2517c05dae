"""Commands for a whole centre file: an invented one, its verification, its journal."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mrc_app.commands.speaking import (
    Centre,
    Json,
    PasswordFile,
    Today,
    User,
    day,
    login,
    opened,
    pairs,
    password,
    progress,
    say,
)


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("demo")(make_demo)
    app.command("verify")(verify_file)
    app.command("audit")(audit)
    app.command("centre")(facts)


def make_demo(
    folder: Annotated[Path, typer.Argument(help="Where to make it.")],
    clients: Annotated[int, typer.Option(help="Further synthetic clients.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed makes the same people.")] = 1,
    languages: Annotated[str, typer.Option(help="Only speakers of these, like am,ne.")] = "",
    as_json: Json = False,
) -> None:
    """Makes an invented centre: the ten stories' people and synthetic clients."""
    from mrc_app import demo

    chosen = [code.strip() for code in languages.split(",") if code.strip()]
    with progress("Inventing clients") as step:
        made = demo.make(folder, clients=clients, seed=seed, languages=chosen, progress=step)
    found = {
        "centre": str(made.centre), "user": made.user, "password_file": str(made.password_file),
        "clients": made.clients,
    }  # fmt: skip
    say(found, as_json, [f"{made.centre}: {made.clients} invented clients, user {made.user}"])


def verify_file(
    file: Annotated[Path, typer.Argument(help="A centre file.")],
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Checks a centre file through and through and reports any damage."""
    from mrc_app.store import verify

    report = verify.verify(file, login=login(user), password=password(password_file))
    problems = [problem.text() for problem in report.problems]
    found = {"file": str(file), "records": report.records, "ok": report.ok, "problems": problems}
    say(found, as_json, [f"{file}: {'whole' if report.ok else 'damaged'}", *problems])
    if not report.ok:
        raise typer.Exit(1)


def audit(
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    client: Annotated[str | None, typer.Option(help="Only this client's entries.")] = None,
    as_json: Json = False,
) -> None:
    """The journal, readable, with its hash chain checked."""
    from mrc_app.store import journal

    with opened(centre, user, password_file) as desk:
        about = None
        if client:
            from mrc_app.casework import clients

            with desk.read() as session:
                about = clients.by_number(session, client).uuid
        entries = journal.entries(desk, client=about)
        checked = journal.audit(desk)
    rows = [asdict(entry) for entry in entries]
    lines = [f"{row.get('at')}  {row.get('do')}  {row.get('kind')}  {row.get('record')}" for row in rows]
    found = {"entries": rows, "count": checked.entries, "head": checked.head, "intact": checked.intact}
    say(
        found,
        as_json,
        [*lines, f"{checked.entries} entries, {'intact' if checked.intact else 'BROKEN'}, {checked.head}"],
    )
    if not checked.intact:
        raise typer.Exit(1)


def facts(
    centre: Centre,
    changes: Annotated[
        list[str] | None, typer.Argument(help="KEY=VALUE …: name, phone, print_drafts=no and the like.")
    ] = None,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The centre's own facts and choices; with KEY=VALUE, changes them."""
    from mrc_app.casework import centres

    typed = pairs(changes or [])
    with opened(centre, user, password_file) as desk:
        if typed:
            with desk.change(by=desk.officer, do="centres.amend") as session:
                centres.amend(session, changes=typed, today=day(today))
        found = asdict(desk.centre())
    settings = found.pop("settings")
    answer = {**found, **settings, "print_drafts": centres.drafts_allowed(settings)}
    say(answer, as_json, [f"{key}: {value}" for key, value in answer.items()])
