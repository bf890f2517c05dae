"""Commands that make a backup and put one back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, User, login, opened, password, say
from mrc_app.errors import MrcError


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("backup")(make_backup)
    app.command("restore")(restore)


def make_backup(
    centre: Centre,
    to: Annotated[Path, typer.Option("--to", help="The folder for the copy.")],
    user: User = "",
    password_file: PasswordFile = None,
    stick: Annotated[bool, typer.Option("--stick", help="Under a key of its own, naming nobody.")] = False,
    passphrase_file: Annotated[Path | None, typer.Option(help="A file holding the stick's passphrase.")] = None,
    as_json: Json = False,
) -> None:
    """Makes a verified copy: written, opened again, read whole and compared before it is named."""
    from mrc_app.store import backup, copies
    from mrc_app.store import stick as sticks
    from mrc_app.store.roles import May

    if to.exists() and not to.is_dir():
        raise MrcError("“{folder}” is a file: name a folder for the backup.", folder=to.name)
    if stick and passphrase_file is None:
        raise MrcError("A stick's copy needs --passphrase-file.")
    with opened(centre, user, password_file) as desk:
        desk.allow(May.BACK_UP)
        sheet = None
        if stick:
            made, sheet = sticks.make(desk.path, desk.key, to, password(passphrase_file))
        else:
            made = copies.make(desk.path, desk.key, to, rotate=False)
        warned = [problem.text() for problem in backup.warnings(desk.path, to)]
    found: dict[str, Any] = {
        "file": str(made.file), "records": made.records, "ok": True, "problems": [], "warnings": warned,
        "papers": made.papers,
    }  # fmt: skip
    if sheet:
        found["sheet"] = sheet
    said = [f"{made.file}: verified, {made.records.get('client', 0)} clients", *warned]
    say(found, as_json, [*said, *([f"Recovery sheet of the stick, write it down: {sheet}"] if sheet else [])])


def restore(
    backup: Annotated[Path | None, typer.Argument(help="The backup, a .mrc file.")] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The centre file to make; it must not exist.")] = None,
    user: User = "",
    password_file: PasswordFile = None,
    sheet: Annotated[Path | None, typer.Option("--sheet", help="A file holding the backup's recovery sheet.")] = None,
    new_password_file: Annotated[
        Path | None, typer.Option(help="For a stick's copy: a file holding the officer's password from now on.")
    ] = None,
    previous: Annotated[bool, typer.Option("--previous", help="Back to before the last upgrade.")] = False,
    centre: Annotated[Path | None, typer.Option("--centre", help="With --previous: the centre file.")] = None,
    look: Annotated[bool, typer.Option("--look", help="Only a trial: say what the backup holds.")] = False,
    as_json: Json = False,
) -> None:
    """Restores a backup, after a trial that verified all of it, to a file that does not exist yet."""
    if previous:
        if centre is None or backup is not None or to is not None:
            raise MrcError("Say: mrc restore --previous --centre FILE.")
        _go_back(centre, user, password_file, as_json)
    elif backup is None or (to is None and not look):
        raise MrcError("Say which backup, and --to which file.")
    elif look or to is None:
        _look(backup, user, password_file, sheet, as_json)
    else:
        _restore(backup, to, user, password_file, sheet, new_password_file, as_json)


def _key(backup: Path, user: str, password_file: Path | None, sheet: Path | None) -> tuple[bytes, str]:
    from mrc_app.store import restoring

    if sheet is not None:
        return restoring.key_of(backup, sheet=password(sheet)), user
    name = user if restoring.is_for_a_stick(backup) else login(user)
    return restoring.key_of(backup, login=name, password=password(password_file)), name


def _look(backup: Path, user: str, password_file: Path | None, sheet: Path | None, as_json: bool) -> None:
    import tempfile

    from mrc_app.store import restoring

    key, _name = _key(backup, user, password_file, sheet)
    with tempfile.TemporaryDirectory(prefix="mrc-trial-") as folder:
        seen = restoring.look(backup, key, Path(folder))
    problems = [problem.text() for problem in seen.problems]
    found = {"file": str(backup), "records": seen.records, "ok": seen.ok, "problems": problems, "written": seen.written}
    say(found, as_json, [f"{backup}: {seen.records.get('client', 0)} clients, last change {seen.written}", *problems])


def _restore(
    backup: Path, to: Path, user: str, password_file: Path | None, sheet: Path | None, new: Path | None, as_json: bool
) -> None:
    from mrc_app.store import restoring

    own = restoring.is_for_a_stick(backup)
    if own and new is None:
        raise MrcError("A stick's copy opens with its own passphrase: give --user and --new-password-file as well.")
    key, name = _key(backup, user, password_file, sheet)
    if own:
        name = login(user)
    done = restoring.restore(backup, to, key, settings=None, login=name, password=password(new) if new and own else "")
    problems = [problem.text() for problem in done.problems]
    found: dict[str, Any] = {
        "file": str(done.file), "records": done.records, "ok": not problems, "problems": problems,
        "desk_code": done.desk_code,
    }  # fmt: skip
    if done.sheet:
        found["sheet"] = done.sheet
    lines = [
        f"{done.file}: verified and restored, {done.records.get('client', 0)} clients.",
        f"New numbers begin with {done.desk_code}.",
    ]
    say(
        found,
        as_json,
        [*lines, *problems, *([f"New recovery sheet, write it down: {done.sheet}"] if done.sheet else [])],
    )


def _go_back(centre: Path, user: str, password_file: Path | None, as_json: bool) -> None:
    from mrc_app.store import going_back, opening, roles
    from mrc_app.store.logins import officer_of

    name = login(user)
    from mrc_app.store import restoring

    key = restoring.key_of(centre, login=name, password=password(password_file))
    connection = opening.connect(centre, key)
    try:
        roles.require(officer_of(connection, name)[2], roles.May.RESTORE)
    finally:
        connection.close()
    done = going_back.go_back(centre, key, settings=None)
    found = {
        "file": str(done.file), "records": done.records, "ok": True, "problems": [], "kept": str(done.kept),
        "left_behind": done.left_behind,
    }  # fmt: skip
    say(found, as_json, [f"{done.file}: as it was before the upgrade. The newer file is kept as {done.kept.name}, "
                         f"with {done.left_behind} changes made since."])  # fmt: skip
