"""Commands about a client's rights: her own record, and erasing it."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, opened, say
from mrc_app.errors import MrcError

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

ASK = "A file on a phone is seen by everybody who holds the phone. Is the phone hers alone, or is it only printed here?"
Number = Annotated[str, typer.Argument(help="The client's number.")]


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("own-record")(own_record)
    app.command("erase")(erase)
    app.command("erasures")(erasures)


def own_record(
    number: Number,
    centre: Centre,
    out: Annotated[Path, typer.Option(help="The folder to write the PDF and the open file into.")],
    language: Annotated[str, typer.Option(help="Her language, like am or fr.")] = "en",
    user: User = "",
    password_file: PasswordFile = None,
    paper: Annotated[str, typer.Option(help="a4, a5 or a6.")] = "a4",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Everything kept about a client, as one PDF in her language and one open file (JSON)."""
    from mrc_app.guides import own_record as own
    from mrc_app.store import saved_files

    _ask()
    with opened(centre, user, password_file) as desk:
        with desk.read() as session:
            found = own.of(session, number)
        made = own.make(found, language=language, centre=desk.centre().name, today=day(today), paper=paper)
        data = json.dumps(own.document(found, day(today)), ensure_ascii=False, indent=2).encode()
        pdf, open_file = out / f"record-{made.language}.pdf", out / "record.json"
        for path, content in ((pdf, made.pdf), (open_file, data)):
            saved_files.write(path, content)
            saved_files.note(desk, path, "own_record", content, found.sections["person"][0].uuid)
    answer = {
        "pdf": str(pdf), "file": str(open_file), "pages": made.pages, "language": made.language,
        "untranslated": made.untranslated,
    }  # fmt: skip
    say(answer, as_json, [f"{pdf}: {made.pages} pages in {made.language}", str(open_file)])


def _ask() -> None:
    """On a terminal the question waits for its answer; elsewhere it is said."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        if not typer.confirm(ASK, err=True):
            raise MrcError("Nothing was written. Read it to her, or print it here.")
    else:
        sys.stderr.write(ASK + "\n")


def erase(
    number: Number,
    centre: Centre,
    because: Annotated[str, typer.Option(help="asked, not_needed, no_consent or mistake.")] = "asked",
    confirm: Annotated[bool, typer.Option("--confirm", help="A supervisor: the bytes go, for good.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Hides a client's record at once; with --confirm, a supervisor erases a hidden one for good."""
    with opened(centre, user, password_file) as desk:
        if confirm:
            _confirm(desk, number, day(today))
        else:
            _hide(desk, number, because, day(today))
    state = "erased" if confirm else "hidden"
    said = "is erased." if confirm else "is hidden. A supervisor confirms with --confirm."
    say({"number": number, "state": state}, as_json, [f"{number} {said}"])


def _hide(desk: Store, number: str, because: str, on: date) -> None:
    from mrc_app.casework import clients
    from mrc_app.casework import erasures as nouns

    with desk.change(by=desk.officer, do="erasures.ask") as session:
        nouns.ask(session, client=clients.by_number(session, number), because=because, on=on, by=desk.officer)


def _confirm(desk: Store, number: str, on: date) -> None:
    from mrc_app.casework import erasures as nouns
    from mrc_app.store import erasing

    with desk.change(by=desk.officer, do="erasures.confirm") as session:
        found = [one for one, known in nouns.asked(session) if known == number.strip()]
        if not found:
            raise MrcError("No hidden record with the number {number} waits to be erased.", number=number)
        for one in found:
            nouns.confirm(session, one, on=on, by=desk.officer)
    erasing.carry_out(desk, [one.client for one in found])


def erasures(
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Hidden records that wait for a supervisor, and how many were erased."""
    from mrc_app.casework import erasures as nouns

    with opened(centre, user, password_file) as desk, desk.read() as session:
        waiting = [
            {"number": number, "asked_on": one.asked_on.isoformat(), "because": one.because.value}
            for one, number in nouns.asked(session)
        ]
        done = len(nouns.settled(session))
    lines = [f"{one['number']:18} {one['asked_on']}  {one['because']}" for one in waiting]
    say({"waiting": waiting, "erased": done}, as_json, [*lines, f"{len(waiting)} waiting, {done} erased"])
