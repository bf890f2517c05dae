"""Commands that need no centre file: languages, corridors, dates, and a guide for anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import InCentre, Json, PasswordFile, Today, day, known_corridors, opened, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("languages")(show_languages)
    app.command("corridors")(show_corridors)
    app.command("dates")(show_dates)
    app.command("guide")(make_guide)


def show_languages(kind: Annotated[str, typer.Option(help="ui or guides.")] = "ui", as_json: Json = False) -> None:
    """What ships: each language, how much of it is translated, draft or reviewed."""
    from mrc_app.i18n import completeness

    if kind not in ("ui", "guides"):
        raise Invalid(kind=Problem("“{kind}” is neither ui nor guides.", {"kind": kind}))
    rows = completeness(kind)
    lines = [f"{row['code']:8} {row['autonym']:22} {row['translated']}/{row['total']}  {row['status']}" for row in rows]
    say(rows, as_json, lines)


def show_corridors(
    corridor: Annotated[str | None, typer.Argument(help="One corridor in full, like ET-SA.")] = None,
    centre: InCentre = None,
    user: Annotated[str, typer.Option("--user", help="The caseworker's user name.")] = "",
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


def make_guide(
    kind: Annotated[str, typer.Argument(help="departure or return")],
    language: Annotated[str, typer.Option(help="The reader's language, like am or fr.")],
    corridor: Annotated[str, typer.Option(help="ORIGIN-DESTINATION, like ET-SA.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    centre: Annotated[Path | None, typer.Option(help="The centre file, for a client's own guide.")] = None,
    client: Annotated[str | None, typer.Option(help="The client's number.")] = None,
    user: Annotated[str | None, typer.Option(help="The caseworker's user name.")] = None,
    password_file: PasswordFile = None,
    paper: Annotated[str, typer.Option(help="a6, a5, a4, booklet or one-sheet.")] = "a5",
    edition: Annotated[str, typer.Option(help="full or discreet.")] = "full",
    leave_out: Annotated[str, typer.Option(help="Sections to leave out, like D14,D15.")] = "",
    if_you_go: Annotated[bool, typer.Option("--if-you-go", help="Adds the page “if you go anyway”.")] = False,
    sentences: Annotated[bool, typer.Option("--sentences", help="Adds the forty sentences for an emergency.")] = False,
    one_number: Annotated[str, typer.Option(help="The number to learn by heart.")] = "",
    officer: Annotated[str, typer.Option(help="Who explained it; printed only when given.")] = "",
    line_art: Annotated[bool, typer.Option("--line-art", help="Lines only, little toner.")] = False,
    child_checked: Annotated[
        bool, typer.Option("--child-checked", help="Somebody under 18: the child-protection check was made.")
    ] = False,
    transfers: Annotated[
        Path | None, typer.Option(help="Transfer services she names, with fee and rate (TOML).")
    ] = None,
    safe_to_carry: Annotated[
        bool, typer.Option("--safe-to-carry", help="She was asked and says that the book is safe to carry.")
    ] = False,
    savings: Annotated[bool, typer.Option("--savings", help="Return: her savings are printed, at her wish.")] = False,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Prints a guide: a client's own, or the general one."""
    from mrc_app.guides import making

    if (centre is None) != (client is None):
        raise MrcError("A client's own guide needs both --centre and --client.")
    asked: dict[str, Any] = {
        "kind": kind,
        "language": language, "corridor": corridor, "paper": paper, "edition": _edition(edition),
        "today": day(today),
        "leave_out": frozenset(part.strip() for part in leave_out.split(",") if part.strip()),
        "if_you_go": if_you_go, "sentences": sentences, "one_number": one_number.strip(), "officer": officer.strip(),
        "line_art": line_art, "transfers": _transfers(transfers),
    }  # fmt: skip
    if centre is not None and client is not None:
        with opened(centre, user, password_file) as desk:
            more = {
                "child_checked": child_checked, "safe_to_carry": True if safe_to_carry else None,
                "wishes": ("savings",) if savings else (),
            }  # fmt: skip
            asked |= _of_client(desk, client, corridor, language, asked["today"], kind, more)
    guide = making.make(making.GuideRequest(**asked))
    write_whole(out, guide.pdf)
    found = {
        "file": str(out), "pages": guide.pages, "language": guide.language, "missing": guide.missing,
        "untranslated": guide.untranslated, "warnings": guide.warnings,
    }  # fmt: skip
    say(found, as_json, [f"{out}: {guide.pages} pages in {guide.language}", *guide.warnings])


def _transfers(file: Path | None) -> Any:
    from mrc_app.guides import money_pages

    return money_pages.read(file) if file is not None else ()


def _edition(word: str) -> Any:
    from mrc_app.guides.text_model import Edition

    try:
        return Edition(word)
    except ValueError:
        raise Invalid(edition=Problem("There is no edition “{edition}”.", {"edition": word})) from None


def _of_client(
    desk: Store, number: str, corridor: str, language: str, today: date, kind: str, more: dict[str, Any]
) -> dict[str, Any]:
    """What one client's print needs: her facts, the centre, who to call, what was confirmed here."""
    from mrc_app.casework import clients
    from mrc_app.corridors import accepted
    from mrc_app.exchange import reference_differences
    from mrc_app.guides import records

    with desk.read() as session:
        between = accepted.corridor(session, corridor)
        who = clients.by_number(session, number)
        person = records.person_facts(session, who, today=today, kind=kind, place=desk.centre().name, **more)
        return {
            "person": person,
            "known": between,
            "texts": reference_differences.guide_texts(session),
            "centre": records.centre_of(desk.centre()),
            "services": records.whom_to_call(session, between, language, who),
            "confirmations": records.confirmed_here(session, between),
        }


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all. Raises MrcError when the place cannot be written."""
    part = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as trouble:
        part.unlink(missing_ok=True)
        raise MrcError("“{file}” cannot be written: {trouble}.", file=path, trouble=trouble.strerror) from None
