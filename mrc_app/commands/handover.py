"""Commands about hand-overs: one client's consented parts for a partner, and everything that ever left."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Client, Json, PasswordFile, Today, User, day, opened, say

NOT_COMPARED = "Warning: nobody compared the fingerprint of {name} by phone yet. Do it before you send the file."
MISSING = "{missing} papers are not on this computer: they stay with the desk or the backup that has them."


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("hand-over")(hand_over)
    app.command("left")(left)


def hand_over(
    centre: Centre,
    client: Client,
    to: Annotated[str, typer.Option("--to", help="A trusted partner: key, fingerprint or name.")],
    parts: Annotated[str, typer.Option(help="What goes, with commas: claim,contacts,documents …")],
    out: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
    note: Annotated[str, typer.Option(help="A line for the partner.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only shows what would leave and what stays.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Writes one client's consented parts for a partner along the corridor, sealed to the partner's key."""
    from mrc_app.casework import clients
    from mrc_app.errors import MrcError
    from mrc_app.exchange import handovers_sending
    from mrc_app.exchange.handovers_parts import chosen

    wanted = chosen(parts)
    if out is None and not preview:
        raise MrcError("Say which file to write: --out FILE.")
    with opened(centre, user, password_file) as desk:
        with desk.read() as session:
            uuid = clients.by_number(session, client).uuid
        if preview or out is None:
            offer = handovers_sending.offer(desk, uuid, to=to, parts=wanted, today=day(today), any_answer=True)
            said = {"parts": list(offer.document.parts), "withheld": offer.preview.withheld, "to": offer.partner.name}
            say({"file": None, **said}, as_json, _lines(said))
            return
        made = handovers_sending.hand_over(
            desk, uuid, to=to, parts=wanted, out=out, today=day(today), note=note
        )  # fmt: skip
    if not made.compared:
        sys.stderr.write(NOT_COMPARED.format(name=to) + "\n")
    if made.missing:
        sys.stderr.write(MISSING.format(missing=made.missing) + "\n")
    found = {
        "file": str(made.file), "parts": list(made.parts), "withheld": made.withheld, "handover": made.handover,
        "revision": made.revision, "sha256": made.sha256,
    }  # fmt: skip
    say(found, as_json, [f"{made.file}: {', '.join(made.parts)}", *_lines(found)])


def _lines(said: dict[str, Any]) -> list[str]:
    going = [f"leaves: {part}" for part in said["parts"]]
    return going + [f"stays: {part} ({reason})" for part, reason in said["withheld"].items()]


def left(
    centre: Centre, client: Client, user: User = "", password_file: PasswordFile = None, as_json: Json = False
) -> None:
    """Everything that ever left about a client: when, for whom, which parts, under which consent, and the answer."""
    from mrc_app.casework import clients
    from mrc_app.exchange import handovers

    with opened(centre, user, password_file) as desk, desk.read() as session:
        uuid = clients.by_number(session, client).uuid
        found = handovers.left(session, uuid)
        owner = handovers.owner(session, uuid)
    rows: list[dict[str, Any]] = [
        {
            "on": one.on.isoformat(), "to": one.to, "purpose": one.purpose.value, "parts": list(one.parts),
            "revision": one.revision or None, "state": one.state.value if one.state else None,
            "answered_on": one.answered_on, "because": one.because or None, "parcel": one.parcel or None,
        }
        for one in found
    ]  # fmt: skip
    lines = [f"{row['on']}  {row['to']}: {', '.join(row['parts'])}  {row['state'] or ''}".rstrip() for row in rows]
    said = {"number": client, "owner": owner.name or None, "left": rows}
    say(said, as_json, lines or ["Nothing has left."])
