"""Commands of the transport: where parcels are sent, and the outbox. Nothing goes before a person asks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, User, one_of, opened, password_in, progress, say
from mrc_app.errors import MrcError

if TYPE_CHECKING:
    from mrc_app.exchange.outbox import Waiting

ACTS, PLACES = ("list", "add", "send", "drop"), ("list", "add", "password", "remove")


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("outbox")(outbox)
    app.command("destinations")(destinations)


def outbox(
    action: Annotated[str, typer.Argument(help="list, add, send or drop.")],
    centre: Centre,
    which: Annotated[
        list[str] | None, typer.Argument(help="With add: sealed files. With send (else all) and drop: their ids.")
    ] = None,
    to: Annotated[str, typer.Option(help="With add: the destination.")] = "",
    again: Annotated[bool, typer.Option("--again", help="With send: also what was sent before.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Sealed parcels that wait, were sent or were acknowledged; sends them now."""
    from mrc_app.exchange import outbox as box

    one_of(ACTS, action)
    chosen = which or []
    if action in ("add", "drop") and not chosen:
        raise MrcError("Say which: files with add, ids with drop.")
    with opened(centre, user, password_file) as desk:
        if action == "list":
            found = box.listed(desk)
        elif action == "add":
            found = [box.queue(desk, Path(one), to) for one in chosen]
        elif action == "drop":
            found = [box.drop(desk, one) for one in chosen]
        else:
            with progress("Sending") as step:
                found = box.send(desk, *chosen, again=again, step=step)
    lines = [_line(one) for one in found]
    say([one.told() for one in found], as_json, lines or ["Nothing waits."])
    if action == "send" and any(one.trouble for one in found):
        raise typer.Exit(1)


def _line(one: Waiting) -> str:
    told = "" if one.verified or not one.sent_at else " (the other end does not tell whether it arrived whole)"
    return f"{one.id[:8]} {one.destination}: {one.name}, {one.state.value}{told} {one.trouble}".rstrip()


def destinations(
    action: Annotated[str, typer.Argument(help="list, add, password or remove.")],
    centre: Centre,
    name: Annotated[str, typer.Argument(help="What it is called here.")] = "",
    address: Annotated[str, typer.Argument(help="With add: a folder, https://… or sftp://…")] = "",
    login: Annotated[str, typer.Option(help="With add: the name to sign in with there.")] = "",
    password_of: Annotated[
        Path | None, typer.Option(help="With add and password: a file holding the password there.")
    ] = None,
    host_key: Annotated[str, typer.Option(help="With add of sftp://: the server's key, SHA256:…")] = "",
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Where sealed parcels are sent: folders, WebDAV or HTTPS servers, SFTP. The password stays in the centre file."""
    from mrc_app.exchange import destinations as places

    one_of(PLACES, action)
    with opened(centre, user, password_file) as desk:
        if action == "add":
            secret = _secret(password_of)
            found = [places.add(desk, name=name, address=address, login=login, password=secret, host_key=host_key)]
        elif action == "password":
            places.change_password(desk, name, _secret(password_of))
            found = [places.by_name(desk, name)]
        elif action == "remove":
            found = [places.by_name(desk, name)]
            places.remove(desk, name)
        else:
            found = places.destinations(desk)
    lines = [f"{one.name}: {one.address}{' as ' + one.login if one.login else ''}" for one in found]
    say([one.told() for one in found], as_json, lines or ["There is no destination yet."])


def _secret(file: Path | None) -> str:
    """The password of a destination: from a file, else asked on a terminal; never an argument."""
    if file is not None:
        return password_in(file)
    if sys.stdin.isatty():
        return str(typer.prompt("Password there (empty for none)", default="", hide_input=True, err=True))
    return ""
