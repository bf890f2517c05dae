"""``mrc paper-forms``: numbered blank forms for the hours without power, and which of them are still out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, opened, say
from mrc_app.errors import MrcError

NEITHER = "Say which forms to print (--kind and --out), which came back (--back NUMBER), or ask for --list."


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("paper-forms")(forms)


def forms(
    centre: Centre,
    kind: Annotated[
        str, typer.Option("--kind", help="registration, counselling, grievance, event, sign_in or village.")
    ] = "",
    count: Annotated[int, typer.Option("--count", help="How many, each with its own number.")] = 1,
    language: Annotated[str, typer.Option("--language", help="The language of the forms.")] = "en",
    out: Annotated[Path | None, typer.Option("--out", help="The PDF to write.")] = None,
    back: Annotated[str, typer.Option("--back", help="The number of a form that was typed in.")] = "",
    state: Annotated[str, typer.Option("--state", help="With --back: entered, spoiled or lost.")] = "entered",
    note: Annotated[str, typer.Option("--note", help="With --back: what is known about a lost form.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="The forms that are still out.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Prints numbered blank forms, says which came back, lists which are out."""
    from mrc_app.casework import paper_forms
    from mrc_app.guides import paper_forms_printing

    if not (listed or back or (kind and out is not None)):
        raise MrcError(NEITHER)
    answer: dict[str, Any]
    with opened(centre, user, password_file) as desk:
        if kind and out is not None:
            printed = paper_forms_printing.print_forms(
                desk, kind=kind, count=count, language=language, on=day(today), out=out
            )
            answer = {"file": str(out), "pages": printed.pages, "language": language, "numbers": printed.numbers}
            say(answer, as_json, [str(out), *printed.numbers])
            return
        if back:
            with desk.change(by=desk.officer, do="paper_forms.settle") as session:
                form = paper_forms.by_number(session, back)
                paper_forms.settle(session, form, state=state, on=day(today), by=desk.officer, note=note)
        with desk.read() as session:
            waiting = paper_forms.of_state(session, paper_forms.FormState.OUT)
            rows = [
                {"number": one.number, "kind": one.kind, "language": one.language, "printed_on": one.printed_on}
                for one in waiting
            ]
            answer = {"out": rows, "counts": {one.value: n for one, n in paper_forms.tally(session).items()}}
    say(answer, as_json, [f"{row['number']}  {row['kind']}  {row['printed_on']}" for row in rows])
