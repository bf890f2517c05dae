"""Commands that need no centre file: languages, corridors, dates."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import InCentre, Json, PasswordFile, User, day, known_corridors, say


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("languages")(show_languages)
    app.command("corridors")(show_corridors)
    app.command("dates")(show_dates)


def show_languages(
    kind: Annotated[str, typer.Option(help="ui, guides, letters or experience.")] = "ui", as_json: Json = False
) -> None:
    """What ships: each language, how much of it is translated, draft or reviewed, by which role and when."""
    from mrc_app.i18n import completeness

    rows = completeness(kind)
    lines = [f"{row['code']:8} {row['autonym']:22} {row['translated']}/{row['total']}  {_read_by(row)}" for row in rows]
    say(rows, as_json, lines)


def _read_by(row: dict[str, Any]) -> str:
    if row["reviewed"]:
        return f"reviewed: {', '.join(row['reviewed_by'])}, {row['reviewed_on']}"
    return f"{row['status']}, {row['signed']} lines signed" if row["signed"] else str(row["status"])


def show_corridors(
    corridor: Annotated[str | None, typer.Argument(help="One corridor in full, like ET-SA.")] = None,
    centre: InCentre = None,
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """The corridors that have facts, with their age; one in full; with --centre as that centre knows them."""
    from mrc_app.corridors import catalogue

    known = known_corridors([corridor] if corridor else [], centre, user, password_file)
    if corridor is None:
        rows = catalogue.summary(known if centre else None)
        say(
            rows,
            as_json,
            [f"{r['id']:7} {r['status']:12} {r['facts']:3} facts, read {r['compiled']}" for r in rows],
        )
        return
    full = catalogue.in_full(corridor, known[0])
    lines = [
        f"{fact['key']} [{fact['sector']}]: {fact['value']} {fact.get('currency') or ''} {fact.get('unit') or ''} "
        f"— {fact['source']}, {fact.get('as_of') or 'no date'}, {fact['confidence']}"
        for fact in full["facts"]
    ]
    say(full, as_json, [*lines, *([] if lines else ["No facts are known for this corridor yet."])])


def show_dates(
    on: Annotated[str, typer.Argument(metavar="DATE", help="YYYY-MM-DD")],
    language: Annotated[list[str] | None, typer.Option("--language", help="Repeat, or separate with commas.")] = None,
    as_json: Json = False,
) -> None:
    """One day in every calendar, and written out."""
    from mrc_app.calendars import in_every_calendar

    asked = [code.strip() for item in language or [] for code in item.split(",") if code.strip()]
    found = in_every_calendar(day(on), asked)
    lines = [f"{name}: {value}" for name, value in found.items() if isinstance(value, str)]
    unsure = found["uncertain"]
    if isinstance(unsure, list) and unsure:
        lines.append(f"a day early or late in some tables: {', '.join(unsure)}")
    written = found["written"]
    if isinstance(written, dict):
        lines += [f"{code}: {text}" for code, text in written.items()]
    say(found, as_json, lines)
