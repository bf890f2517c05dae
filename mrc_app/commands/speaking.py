"""How commands speak: options many of them share, unlocking, and one JSON document on standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.corridors.catalogue import Corridor
    from mrc_app.store.centre import Store

Centre = Annotated[Path, typer.Option("--centre", help="The centre file.")]
User = Annotated[str, typer.Option("--user", help="The caseworker's user name.")]
InCentre = Annotated[Path | None, typer.Option("--centre", help="The centre file, for what its supervisor accepted.")]
PasswordFile = Annotated[Path | None, typer.Option("--password-file", help="A file holding the password.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document and nothing else on standard output.")]
Client = Annotated[str, typer.Option("--client", help="The client's number.")]
Limit = Annotated[int, typer.Option("--limit", help="At most so many.")]
PeriodCode = Annotated[str, typer.Option("--period", help="For example 2026-11, 2026-Q4, et:2019-03, np:FY2083.")]
Today = Annotated[str | None, typer.Option("--today", help="The day to reckon from, YYYY-MM-DD.")]


def say(document: Any, as_json: bool, lines: list[str]) -> None:
    """Prints the document as JSON, else the lines for a person."""
    if as_json:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        sys.stdout.writelines(line + "\n" for line in lines)


def day(text: str | None) -> date:
    """The day reckoned from: the one given, else this computer's. Raises Invalid when it is no date."""
    if text is None:
        return date.today()  # noqa: DTZ011 - a caseworker's day is the local one
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(today=Problem("“{text}” is not a date (YYYY-MM-DD).", {"text": text})) from None


def one_of(acts: Collection[str], action: str) -> None:
    """Raises Invalid when an action is none of those a command knows."""
    if action not in acts:
        raise Invalid(action=Problem("“{action}” is none of: {acts}.", {"action": action, "acts": ", ".join(acts)}))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """How far it is, on standard error and on a terminal only: call it with what is done and the whole."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def password_in(file: Path) -> str:
    """The password a file holds. Raises MrcError."""
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise MrcError("The password file “{file}” cannot be read.", file=file) from None


def password(file: Path | None) -> str:
    """From the file, else MRC_PASSWORD, else asked on a terminal. Never an argument."""
    if file is not None:
        return password_in(file)
    if (given := os.environ.get("MRC_PASSWORD")) is not None:
        return given
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, err=True))
    raise MrcError("No password: give --password-file, or set MRC_PASSWORD.")


def login(user: str | None) -> str:
    """Who signs in: --user, else MRC_USER."""
    name = user or os.environ.get("MRC_USER") or ""
    if not name:
        raise MrcError("No user: give --user.")
    return name


def pairs(changes: Sequence[str]) -> dict[str, Any]:
    """What stands in KEY=VALUE …, a key with a dot as a table. Raises MrcError for one that is not so."""
    found: dict[str, Any] = {}
    for change in changes:
        key, equals, value = change.partition("=")
        if not equals or not key.strip():
            raise MrcError("“{change}” is not KEY=VALUE.", change=change)
        field, dot, part = key.strip().partition(".")
        if dot:
            found.setdefault(field, {})[part] = value
        else:
            found[field] = value
    return found


@contextmanager
def opened(centre: Path, user: str | None, password_file: Path | None, *, waiting: bool = False) -> Iterator[Store]:
    """The centre file, unlocked for one command and closed after it; with ``waiting`` also an empty desk's."""
    from mrc_app import store

    desk = store.open(centre, login=login(user), password=password(password_file), waiting=waiting)
    try:
        yield desk
    finally:
        desk.close()


def known_corridors(
    ids: Sequence[str], centre: Path | None, user: str | None, password_file: Path | None
) -> list[Corridor]:
    """Corridors as a centre knows them (every one where none is named), or as they came with the program."""
    from mrc_app.corridors import catalogue

    if centre is None:
        return [catalogue.corridor(id) for id in ids]
    from mrc_app.corridors import accepted

    with opened(centre, user, password_file) as desk, desk.read() as session:
        return [accepted.corridor(session, id) for id in ids] if ids else accepted.corridors(session)


def toml_file(path: Path, kind: str) -> dict[str, Any]:
    """A TOML file a person wrote. Raises MrcError naming what is wrong with it."""
    import tomllib

    if not path.is_file():
        raise MrcError("There is no file “{file}”.", file=path)
    if path.stat().st_size > 1_000_000:
        raise MrcError("“{file}” is too large for a {kind} file.", file=path, kind=kind)
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as trouble:
        raise MrcError("“{file}” is not a {kind} file: {trouble}.", file=path, kind=kind, trouble=trouble) from None
