"""Commands about cases: the list the window shows. One case as kept is ``mrc case``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from mrc_app.commands.speaking import Centre, Json, Limit, PasswordFile, Today, User, day, opened, say


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("cases")(cases)


def cases(
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    ended: Annotated[bool, typer.Option("--ended", help="Those that have ended instead of the open ones.")] = False,
    limit: Limit = 100,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The cases this officer may see, the oldest first."""
    from mrc_app.store import case_lists

    on = day(today)
    with opened(centre, user, password_file) as desk:
        found = case_lists.cases(desk, on, ended=ended, limit=limit)
        total = case_lists.case_count(desk, ended=ended)
    rows = [
        {"number": row.number, "title": row.title or row.number, "lodged_on": row.lodged_on, "state": row.state,
         "people": row.people, "age_days": (on - date.fromisoformat(row.lodged_on)).days,
         "next_hearing": row.hearing or None}
        for row in found
    ]  # fmt: skip
    lines = [
        f"{row['number']:18} {row['lodged_on']}  {row['state']:13} {row['people']}  {row['title']}" for row in rows
    ]
    say({"total": total, "cases": rows}, as_json, [*lines, f"{total} in all"])
