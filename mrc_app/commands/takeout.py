"""``mrc takeout``: the whole centre as open files in one archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, opened, password, progress, say
from mrc_app.errors import MrcError

WARNING = (
    "Warning: this archive is not sealed. Whoever finds it reads the names and papers of everybody this centre helps. "
    "Keep it on a disk that is locked away, and delete it when it is no longer needed."
)


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("takeout")(takeout)


def takeout(
    centre: Centre,
    out: Annotated[Path, typer.Option(help="The folder to write the archive into.")],
    user: User = "",
    password_file: PasswordFile = None,
    to: Annotated[
        list[str] | None, typer.Option(help="An age key (age1…), or a file with one; may be repeated.")
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(help="A file with a passphrase of eight letters or more.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Not sealed at all, with a warning.")] = False,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The whole centre as open, documented files (csv, json, papers) in one sealed archive."""
    from mrc_app.exchange import takeout as taking
    from mrc_app.store.roles import May

    sealing = taking.Sealing(_keys(to or []), _passphrase(passphrase_file), plain)
    if sum(map(bool, (sealing.recipients, sealing.passphrase, plain))) != 1:
        raise MrcError("Choose one: --to KEY, --passphrase-file FILE, or --plain.")
    with opened(centre, user, password_file) as desk:
        desk.allow(May.TAKE_OUT)
        if plain:
            sys.stderr.write(WARNING + "\n")
        with progress("Taking out") as step:
            made = taking.take_out(desk, out, sealing=sealing, today=day(today), step=step)
    if made.missing:
        sys.stderr.write(f"{len(made.missing)} papers were not on this computer or are damaged; the README names it.\n")
    found = {"file": str(made.file), "records": made.records}
    say(found, as_json, [f"{made.file}: {sum(made.records.values())} records"])


def _keys(said: list[str]) -> list[str]:
    keys: list[str] = []
    for one in said:
        file = Path(one)
        try:
            lines = file.read_text("utf-8").splitlines() if not one.startswith("age1") else [one]
        except (OSError, UnicodeDecodeError):
            raise MrcError("“{key}” is neither an age key nor a file with one.", key=one) from None
        keys += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return keys


def _passphrase(file: Path | None) -> str:
    if file is None:
        return ""
    said = password(file)
    if len(said) < 8:
        raise MrcError("A passphrase of at least eight letters is needed in “{file}”.", file=file)
    return said
