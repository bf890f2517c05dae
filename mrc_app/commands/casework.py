"""Commands about clients: find, register, amend, show. They call the same actions as the window."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import (
    Centre,
    Client,
    Json,
    Limit,
    PasswordFile,
    Today,
    User,
    day,
    opened,
    pairs,
    say,
    toml_file,
)
from mrc_app.errors import Invalid, Problem


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("find")(find)
    app.command("register")(register)
    app.command("amend")(amend)
    app.command("case")(case)


def find(
    text: Annotated[str, typer.Argument(help="A name, number or phone, in any script.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    limit: Limit = 50,
    timing: Annotated[bool, typer.Option("--timing", help="Also how long the search took.")] = False,
    as_json: Json = False,
) -> None:
    """Searches clients as the window does."""
    from mrc_app.store import search

    with opened(centre, user, password_file) as desk:
        start = time.perf_counter()
        found = search.find(desk, text, limit=limit)
        elapsed = (time.perf_counter() - start) * 1000
    rows = [{"number": f.number, "name": f.name, "score": f.score, "matched": f.matched} for f in found]
    document: Any = {"elapsed_ms": round(elapsed, 3), "found": rows} if timing else rows
    lines = [f"{row['number']:18} {row['name']}" for row in rows] or ["Nobody was found."]
    say(document, as_json, [*lines, *([f"{elapsed:.1f} ms"] if timing else [])])


def register(
    fields: Annotated[Path, typer.Argument(help="A TOML file: given, father, birth, phone …")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    consent: Annotated[str, typer.Option(help="How she agreed to a record: verbal, signed, thumb, audio.")] = "verbal",
    statistics: Annotated[str, typer.Option(help="Anonymous statistics: given, refused or not-asked.")] = "not-asked",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Registers a client. A spoken consent is certified by the caseworker who types it in."""
    from mrc_app.casework import clients

    typed = clients.from_fields(toml_file(fields, "fields"))
    with (
        opened(centre, user, password_file) as desk,
        desk.change(by=desk.officer, do="clients.register") as session,
    ):
        made = clients.register(
            session, desk_code=desk.desk_code, by=desk.officer, on=day(today), home=desk.centre().country,
            record=_said("given", consent, desk.officer), statistics=_said(statistics, consent, desk.officer),
            **typed,
        )  # fmt: skip
        number = made.number
    say({"number": number}, as_json, [number])


def amend(
    client: Client,
    changes: Annotated[list[str], typer.Argument(help="KEY=VALUE …")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Changes fields of a client's record."""
    from mrc_app import store
    from mrc_app.casework import clients

    typed = pairs(changes)
    with opened(centre, user, password_file) as desk:
        with desk.read() as session:
            seen = store.seen(session, clients.by_number(session, client))
        with desk.change(by=desk.officer, do="clients.amend", seen=[seen]) as session:
            kept = clients.by_number(session, client)
            before = kept.model_dump()
            clients.amend(session, kept, changes=typed, on=day(today), home=desk.centre().country)
            changed = sorted(key for key, value in kept.model_dump().items() if before.get(key) != value)
    say({"number": client, "changed": changed}, as_json, [f"{client}: {', '.join(changed) or 'nothing changed'}"])


def case(
    number: Annotated[str, typer.Argument(help="A client's or a case's number.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """One client's record, or one case with everybody in it, as kept."""
    from mrc_app.casework import dossier

    with opened(centre, user, password_file) as desk, desk.read() as session:
        found = dossier.of_number(session, number, day(today))
    say(found, as_json, list(_told(found)))


def _said(state: str, how: str, officer: str) -> Any:
    from mrc_app.casework import consents

    if state == "not-asked":
        return None
    try:
        given, way = consents.State(state), consents.How(how)
    except ValueError:
        raise Invalid(consent=Problem("“{word}” is not a way to answer.", {"word": f"{state}/{how}"})) from None
    certified = officer if way is consents.How.VERBAL else None
    return consents.Said(given, way if given is consents.State.GIVEN else None, certified_by=certified)


def _told(found: Any, name: str = "", depth: int = 0) -> list[str]:
    space = "  " * depth
    if isinstance(found, dict):
        lines = [f"{space}{name}:"] if name else []
        for key, value in found.items():
            lines += _told(value, key, depth + bool(name))
        return lines
    if isinstance(found, list):
        lines = [f"{space}{name}: {len(found)}"]
        for item in found:
            lines += _told(item, "–", depth + 1)
        return lines
    return [] if found in (None, "", [], False) else [f"{space}{name}: {found}"]
