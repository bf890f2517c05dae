"""Commands about one person registered twice: who is likely her, two records linked, and unlinked again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, Limit, PasswordFile, Today, User, day, opened, say, toml_file

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.casework.clients import Client

First = Annotated[str, typer.Argument(metavar="A", help="One client's number.")]
Second = Annotated[str, typer.Argument(metavar="B", help="The other client's number.")]
Reason = Annotated[str, typer.Option(help="Why, in a few words.")]


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("duplicates")(duplicates)
    app.command("merge")(merge)
    app.command("unmerge")(unmerge)


def duplicates(
    fields: Annotated[Path, typer.Argument(help="A TOML file: given, father, native, birth, phone …")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    limit: Limit = 5,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Likely duplicates of a person about to be registered, the likeliest first. Nothing is merged."""
    from mrc_app.casework import client_fields, clients, duplicate_search

    typed = clients.from_fields(toml_file(fields, "fields"))
    with opened(centre, user, password_file) as desk:
        client_fields.checked(typed, on=day(today), home=desk.centre().country)
        found = duplicate_search.look(desk, typed, today=day(today), limit=limit)
    rows = [
        {"number": likely.number, "score": likely.score, "reasons": [reason.text() for reason in likely.reasons]}
        for likely in found
    ]
    lines = [
        f"{one.number:18} {one.name}  {one.score:.2f}  {', '.join(r.text() for r in one.reasons)}" for one in found
    ]
    say(rows, as_json, lines or ["Nobody like her is registered."])


def merge(
    a: First,
    b: Second,
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    reason: Reason = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Links two records of one person. Both stay as they are; unmerge takes it back."""
    from mrc_app.casework import clients
    from mrc_app.casework import duplicates as nouns

    with opened(centre, user, password_file) as desk:
        with desk.change(by=desk.officer, do="duplicates.merge") as session:
            one, other = clients.by_number(session, a), clients.by_number(session, b)
            nouns.merge(session, one=one, other=other, by=desk.officer, on=day(today), reason=reason)
        with desk.read() as session:
            _tell(session, clients.by_number(session, a), as_json)


def unmerge(
    a: First,
    b: Second,
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    reason: Reason = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Takes the link between two records back."""
    from mrc_app.casework import clients
    from mrc_app.casework import duplicates as nouns

    with opened(centre, user, password_file) as desk:
        with desk.change(by=desk.officer, do="duplicates.unmerge") as session:
            one, other = clients.by_number(session, a), clients.by_number(session, b)
            nouns.unmerge(session, one=one, other=other, by=desk.officer, on=day(today), reason=reason)
        with desk.read() as session:
            _tell(session, clients.by_number(session, a), as_json)


def _tell(session: Session, client: Client, as_json: bool) -> None:
    """The number that is shown for a person, and those linked with it."""
    from mrc_app.casework import duplicates as nouns

    shown, *linked = [record.number for record in nouns.records(session, client.uuid)]
    lines = [
        f"{shown} is shown" + (f", linked with {', '.join(linked)}" if linked else ", linked with no other record")
    ]
    say({"shown": shown, "linked": linked}, as_json, lines)
