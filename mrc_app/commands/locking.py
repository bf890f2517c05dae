"""Commands in danger and in the park: lock the centre file down, take today's queue along, bring it home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, opened, password, say


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("lockdown")(lockdown)
    app.command("outreach-pack")(pack)
    app.command("outreach-home")(home)


def lockdown(
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    end: Annotated[bool, typer.Option("--end", help="A supervisor ends it.")] = False,
    as_json: Json = False,
) -> None:
    """From now on only a supervisor's password or the recovery sheet opens the centre file."""
    from mrc_app.store import locking

    with opened(centre, user, password_file) as desk:
        if end:
            locking.end(desk)
        else:
            locking.lock_down(desk)
        stands = locking.standing(desk)
    found = {"locked_down": stands is not None, "waiting": stands.waiting if stands else 0}
    words = "Locked down: only supervisors and the recovery sheet open it." if stands else "The lockdown is over."
    say(found, as_json, [words])


def pack(
    out: Annotated[Path, typer.Option(help="The outreach file to write.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    client: Annotated[list[str] | None, typer.Option(help="A client's number; repeat. Without: today's queue.")] = None,
    outreach_password: Annotated[Path | None, typer.Option(help="A file with the password of the new file.")] = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """A small centre file with the records of the chosen clients only, for a day outside. Its password is the officer's
    own where no other is given."""
    from mrc_app.casework import clients
    from mrc_app.store import outreach

    with opened(centre, user, password_file) as desk:
        if client:
            with desk.read() as session:
                chosen = [clients.by_number(session, number).uuid for number in client]
        else:
            chosen = outreach.queue(desk, day(today))
        packed = outreach.make(desk, chosen, out, password=password(outreach_password or password_file))
    found = {"file": str(out), "clients": packed.clients, "rows": packed.rows, "left_out": packed.left_out}
    say(found, as_json, [f"{out}: {packed.clients} clients"])


def home(
    file: Annotated[Path, typer.Argument(help="The outreach file.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    outreach_password: Annotated[Path | None, typer.Option(help="A file with its password, where asked for.")] = None,
    destroy: Annotated[bool, typer.Option("--destroy", help="Overwrite and remove it once all is home.")] = False,
    as_json: Json = False,
) -> None:
    """Brings what was written outside into the centre file. Twice changes nothing."""
    from mrc_app.store import outreach

    with opened(centre, user, password_file) as desk:
        came = outreach.come_home(desk, file, password=password(outreach_password) if outreach_password else None)
        if destroy:
            outreach.destroy(desk, file, password=password(outreach_password) if outreach_password else None)
    found = {
        "new": came.new, "same": came.same, "clients": came.clients, "conflicts": came.conflicts, "papers": came.papers,
        "destroyed": destroy,
    }  # fmt: skip
    say(found, as_json, [f"{came.new} new rows, {came.clients} new clients, {came.conflicts} contradictions"])
