"""Commands about people: who works here, new passwords, the recovery sheet, who may see a client, who is in charge."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, login, one_of, opened, password, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

NewPassword = Annotated[Path | None, typer.Option("--new-password-file", help="A file holding the new password.")]
Number = Annotated[str, typer.Argument(metavar="NO", help="The client's number.")]


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("users")(users)
    app.command("recover")(recover)
    app.command("refusals")(refusals)
    app.command("restrict")(restrict)
    app.command("lift")(lift)
    app.command("caseload")(caseload)


def users(
    action: Annotated[str, typer.Argument(help="list, add, disable, reset, role or password.")],
    centre: Centre,
    who: Annotated[str, typer.Argument(metavar="LOGIN", help="The name she signs in with.")] = "",
    user: User = "",
    password_file: PasswordFile = None,
    name: Annotated[str, typer.Option(help="The name colleagues read.")] = "",
    role: Annotated[str, typer.Option(help="caseworker, supervisor, data_officer or administrator.")] = "",
    new_password_file: NewPassword = None,
    even_alone: Annotated[bool, typer.Option("--even-alone", help="Even the only one who sees some.")] = False,
    as_json: Json = False,
) -> None:
    """Who works here: list them, add or disable somebody, reset a password, change a role or one's own password."""
    acts = {"list": None, "add": _add, "disable": _disable, "reset": _reset, "role": _role, "password": _password}
    one_of(acts, action)
    if action not in ("list", "password") and not who:
        raise Invalid(login=Problem("Say whose: mrc users {action} LOGIN …", {"action": action}))
    with opened(centre, user, password_file) as desk:
        act = acts[action]
        if act is not None:
            asked: dict[str, Any] = {"file": new_password_file, "old": password_file, "even_alone": even_alone}
            act(desk, who=who, name=name, role=role, **asked)
        _tell(desk, as_json)


def _add(desk: Store, *, who: str, name: str, role: str, file: Path | None, **_rest: Any) -> None:
    from mrc_app.store import people

    people.add(desk, name=name or who, login=who, role=_word(role or "caseworker"), password=_new(file))


def _disable(desk: Store, *, who: str, even_alone: bool, **_rest: Any) -> None:
    from mrc_app.store import people

    people.disable(desk, who, even_alone=even_alone)


def _reset(desk: Store, *, who: str, file: Path | None, **_rest: Any) -> None:
    from mrc_app.store import people

    people.reset(desk, who, _new(file))


def _role(desk: Store, *, who: str, role: str, **_rest: Any) -> None:
    from mrc_app.store import officers

    chosen = _word(role)
    with desk.change(by=desk.officer, do="officers.change_role") as session:
        officers.change_role(session, officers.signing_in_as(session, who), role=chosen)


def _password(desk: Store, *, file: Path | None, old: Path | None, **_rest: Any) -> None:
    from mrc_app.store import people

    people.change_password(desk, password(old), _new(file))


def _word(role: str) -> Any:
    from mrc_app.store.roles import Role

    try:
        return Role(role)
    except ValueError:
        said = {"role": role, "words": ", ".join(Role)}
        raise Invalid(role=Problem("“{role}” is no role; there are: {words}.", said)) from None


def _new(file: Path | None) -> str:
    if file is None and not sys.stdin.isatty():
        raise MrcError("No new password: give --new-password-file.")
    if file is None:
        return str(typer.prompt("New password", hide_input=True, confirmation_prompt=True, err=True))
    return password(file)


def _tell(desk: Store, as_json: bool) -> None:
    from mrc_app.store import officers

    with desk.read() as session:
        rows = [
            {"name": one.name, "login": one.login, "role": one.role.value, "active": one.active}
            for one in officers.officers(session)
        ]
    lines = [f"{row['name']:24} {row['login']:16} {row['role']:14} {'' if row['active'] else 'left'}" for row in rows]
    say(rows, as_json, lines)


def recover(
    centre: Centre,
    sheet: Annotated[Path, typer.Option(help="A file holding the recovery sheet's letters.")],
    user: User = "",
    new_password_file: NewPassword = None,
    as_json: Json = False,
) -> None:
    """Opens the centre file with the recovery sheet and gives --user a new password."""
    from mrc_app import store

    try:
        letters = sheet.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise MrcError("The recovery sheet “{file}” cannot be read.", file=sheet) from None
    desk = store.recover(centre, sheet=letters, login=login(user), password=_new(new_password_file))
    try:
        _tell(desk, as_json)
    finally:
        desk.close()


def refusals(
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    limit: Annotated[int, typer.Option(help="At most so many, the latest first.")] = 200,
    as_json: Json = False,
) -> None:
    """What was refused, and failed sign-ins. Only a supervisor sees it."""
    from mrc_app.store import refusals as kept

    with opened(centre, user, password_file) as desk:
        found = kept.refusals(desk, limit=limit)
    rows = [{"at": r.at, "name": r.name, "did": r.did, "what": r.what, "kind": r.kind} for r in found]
    say(rows, as_json, [f"{r.at}  {r.name or '?'}  {r.did}  {r.what}  {r.kind}".rstrip() for r in found])


def restrict(
    client: Number,
    officers: Annotated[str, typer.Option(help="Who may see her: logins with commas.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Keeps a client from everybody but the officers named."""
    from mrc_app.casework import clients
    from mrc_app.store import officers as people
    from mrc_app.store import restrictions

    wanted = [name.strip() for name in officers.split(",") if name.strip()]
    with (
        opened(centre, user, password_file) as desk,
        desk.change(by=desk.officer, do="restrictions.restrict") as session,
    ):
        found = clients.by_number(session, client)
        named = [people.signing_in_as(session, name).uuid for name in wanted]
        restrictions.restrict(session, client=found.uuid, officers=named, since=_now())
    say({"number": client, "officers": wanted}, as_json, [f"{client}: only {', '.join(wanted)}"])


def lift(
    client: Number, centre: Centre, user: User = "", password_file: PasswordFile = None, as_json: Json = False
) -> None:
    """Lifts the restriction of a client; everybody who works with clients sees her again."""
    from mrc_app.casework import clients
    from mrc_app.store import restrictions

    with opened(centre, user, password_file) as desk, desk.change(by=desk.officer, do="restrictions.lift") as session:
        restrictions.lift(session, client=clients.by_number(session, client).uuid, at=_now())
    say({"number": client, "officers": []}, as_json, [f"{client}: no restriction"])


def caseload(
    officer: Annotated[str, typer.Argument(metavar="LOGIN", help="Whose clients.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    to: Annotated[str, typer.Option(help="Hand them over to this login.")] = "",
    clients: Annotated[str, typer.Option(help="Only these numbers, with commas.")] = "",
    naming: Annotated[str, typer.Option(help="Restricted clients for whom the new officer is named.")] = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """An officer's clients; with --to they are handed over, open tasks too. Restricted clients stay unless named."""
    from mrc_app.casework import caseload as nouns
    from mrc_app.casework import clients as people
    from mrc_app.store import officers

    with opened(centre, user, password_file) as desk:
        if to:
            with desk.change(by=desk.officer, do="caseload.hand_over") as session:
                chosen, named = (
                    [people.by_number(session, number.strip()).uuid for number in text.split(",") if number.strip()]
                    for text in (clients, naming)
                )
                nouns.hand_over(
                    session, from_=officers.by_login_ever(session, officer).uuid,
                    to=officers.signing_in_as(session, to).uuid, on=day(today), by=desk.officer,
                    clients=chosen or None, naming=named,
                )  # fmt: skip
        with desk.read() as session:
            mine = nouns.of_officer(session, officers.by_login_ever(session, to or officer).uuid)
            rows = [{"number": one.number, "name": people.full_name(one)} for one in mine]
    say(rows, as_json, [f"{row['number']:18} {row['name']}" for row in rows] or ["Nobody."])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
