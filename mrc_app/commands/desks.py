"""Commands of the desks of one centre: a new desk, a parcel for a desk, contradictions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, User, login, opened, password, progress, say
from mrc_app.errors import Invalid, Problem


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("desk-new")(desk_new)
    app.command("desk-parcel")(desk_parcel)
    app.command("conflicts")(conflicts)


def desk_new(
    file: Annotated[Path, typer.Argument(help="The centre file to make; it must not exist.")],
    join: Annotated[str, typer.Option(help="The key (age1…) of the desk it belongs to: mrc keys show there.")],
    name: Annotated[str, typer.Option(help="What this desk is called.")],
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """An empty desk of a centre, with its own key, ready to receive its first parcel."""
    from mrc_app.exchange import desk_new as making

    made = making.make(file, join=join, name=name, login=login(user), password=password(password_file))
    found = {
        "desk": made.desk, "fingerprint": made.own.fingerprint, "recipient": made.own.recipient,
        "words": made.own.words, "sheet": made.sheet,
    }  # fmt: skip
    lines = [
        f"{file}: an empty desk. Its key: {made.own.recipient}",
        f"Read these digits out by phone to the desk it joins: {made.own.fingerprint}",
        f"Recovery sheet, write it down: {made.sheet}",
    ]
    say(found, as_json, lines)


def desk_parcel(
    centre: Centre,
    for_: Annotated[str, typer.Option("--for", metavar="DESK", help="The desk: its name, key or fingerprint.")],
    out: Annotated[Path, typer.Option(help="The parcel to write.")],
    user: User = "",
    password_file: PasswordFile = None,
    whole: Annotated[bool, typer.Option("--whole", help="Everything, whatever was sent before.")] = False,
    as_json: Json = False,
) -> None:
    """The changes another desk of this centre has not seen, sealed for it."""
    from mrc_app.exchange import desk_parcels_making

    with opened(centre, user, password_file) as desk, progress("Packing") as step:
        made = desk_parcels_making.make(desk, for_, out, whole=whole, step=step)
    found = {
        "file": str(made.file), "changes": made.changes, "from": made.sender, "to": made.to, "papers": made.papers,
        "withheld": made.withheld, "refilled": made.refilled, "no": made.no, "sha256": made.sha256,
    }  # fmt: skip
    say(found, as_json, [f"{made.file}: {made.changes} changes, {made.papers} papers, for {made.to}"])


def conflicts(
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    settle: Annotated[list[str] | None, typer.Option(metavar="ID=VALUE", help="Settles one; may be repeated.")] = None,
    equal: Annotated[bool, typer.Option("--equal", help="Also those with the same field and values.")] = False,
    as_json: Json = False,
) -> None:
    """Values that contradict each other: both, who wrote them and when; settles them."""
    from mrc_app.exchange import settling

    with opened(centre, user, password_file) as desk:
        if settle:
            settling.settle_by_id(desk, dict(map(_pair, settle)), equal=equal)
        found = settling.listed(desk)
    lines = [
        f"{one['id']} {one['client']} {one['field']}: "
        + " | ".join(f"{value['value']} ({value['by']}, {value['desk']}, {value['at']})" for value in one["values"])
        for one in found
    ]
    say(found, as_json, lines)


def _pair(said: str) -> tuple[str, str]:
    id_, equals, value = said.partition("=")
    if not equals:
        raise Invalid(settle=Problem("“{said}”: write ID=VALUE.", {"said": said}))
    return id_, value
