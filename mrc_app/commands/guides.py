"""Commands that print guides: a client's own, the general one, posters, cards, and the contact sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Json, PasswordFile, Today, User, day, opened, progress, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("guide")(make_guide)
    app.command("gallery")(gallery)


def make_guide(
    kind: Annotated[str, typer.Argument(help="departure or return")],
    language: Annotated[str, typer.Option(help="The reader's language, like am or fr.")],
    corridor: Annotated[str, typer.Option(help="ORIGIN-DESTINATION, like ET-SA.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    centre: Annotated[
        Path | None, typer.Option(help="The centre file: its numbers, and with --client a client's own guide.")
    ] = None,
    client: Annotated[str | None, typer.Option(help="The client's number.")] = None,
    user: User = "",
    password_file: PasswordFile = None,
    paper: Annotated[
        str, typer.Option(help="a6, a5, a4, booklet, one-sheet, poster, poster-a4, card or script.")
    ] = "a5",
    edition: Annotated[str, typer.Option(help="full or discreet.")] = "full",
    section: Annotated[str, typer.Option(help="Poster: the section for the wall, like D6.")] = "",
    beside: Annotated[str, typer.Option(help="A second language beside hers (a5, a4, card), or “there”.")] = "",
    officer_language: Annotated[str, typer.Option(help="Script: the language its reader works in.")] = "",
    leave_out: Annotated[str, typer.Option(help="Sections to leave out, like D14,D15.")] = "",
    if_you_go: Annotated[bool, typer.Option("--if-you-go", help="Adds the page “if you go anyway”.")] = False,
    sentences: Annotated[bool, typer.Option("--sentences", help="Adds the forty sentences for an emergency.")] = False,
    one_number: Annotated[str, typer.Option(help="The number to learn by heart.")] = "",
    officer: Annotated[str, typer.Option(help="Who explained it; printed only when given.")] = "",
    line_art: Annotated[bool, typer.Option("--line-art", help="Lines only, little toner.")] = False,
    own_digits: Annotated[
        bool, typer.Option("--own-digits", help="Numbers in sentences in her language's own digits.")
    ] = False,
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
    """Prints a guide: a client's own, or the general one; a poster, a card, the script to read aloud."""
    from mrc_app.guides import making
    from mrc_app.store import saved_files

    if client is not None and centre is None:
        raise MrcError("A client's own guide needs both --centre and --client.")
    asked: dict[str, Any] = {
        "kind": kind,
        "language": language, "corridor": corridor, "paper": paper, "edition": _edition(edition),
        "today": day(today),
        "leave_out": _several(leave_out), "section": section.strip(), "beside": beside.strip(),
        "officer_language": officer_language.strip(),
        "if_you_go": if_you_go, "sentences": sentences, "one_number": one_number.strip(), "officer": officer.strip(),
        "line_art": line_art, "own_digits": own_digits, "transfers": _transfers(transfers),
    }  # fmt: skip
    if centre is not None:
        with opened(centre, user, password_file) as desk:
            more = {
                "child_checked": child_checked, "safe_to_carry": True if safe_to_carry else None,
                "wishes": ("savings",) if savings else (),
            }  # fmt: skip
            asked = _of_centre(desk, asked) | _of_client(desk, client, asked, more)
    guide = making.make(making.GuideRequest(**asked))
    saved_files.write(out, guide.pdf)
    found = {
        "file": str(out), "pages": guide.pages, "language": guide.language, "missing": guide.missing,
        "untranslated": guide.untranslated, "warnings": guide.warnings,
    }  # fmt: skip
    say(found, as_json, [f"{out}: {guide.pages} pages in {guide.language}", *guide.warnings])


def gallery(
    out: Annotated[Path, typer.Option(help="The PDF to write, or a PNG where its name ends so.")],
    corridor: Annotated[str, typer.Option(help="ORIGIN-DESTINATION, like ET-SA.")] = "ET-SA",
    kind: Annotated[str, typer.Option(help="departure or return.")] = "departure",
    paper: Annotated[str, typer.Option(help="a6, a5, a4 or one-sheet.")] = "a6",
    page: Annotated[int, typer.Option(help="Which page of each.")] = 1,
    languages: Annotated[str, typer.Option(help="Only these, like am,ar; every one without it.")] = "",
    pictograms: Annotated[bool, typer.Option("--pictograms", help="Every pictogram instead of the languages.")] = False,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """One page of the guide in every language on one sheet, with how far each is; or every pictogram."""
    from mrc_app.guides import gallery, making
    from mrc_app.store import saved_files

    drawn = gallery.picture if out.suffix.lower() == ".png" else bytes
    if pictograms:
        saved_files.write(out, drawn(gallery.of_pictograms()))
        say({"file": str(out)}, as_json, [str(out)])
        return
    request = making.GuideRequest(language="en", corridor=corridor, today=day(today), kind=kind, paper=paper)
    with progress("Setting pages") as step:
        made = gallery.of_languages(request, page=page, only=_several(languages), step=step)
    saved_files.write(out, drawn(made.pdf))
    rows = [
        {"code": one.language.code, "name": one.language.name, "translated": one.translated, "total": one.total,
         "status": one.status, "pages": one.pages}
        for one in made.shown
    ]  # fmt: skip
    say({"file": str(out), "languages": rows}, as_json, [f"{out}: {len(rows)} languages"])


def _several(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _transfers(file: Path | None) -> Any:
    from mrc_app.guides import money_pages

    return money_pages.read(file) if file is not None else ()


def _edition(word: str) -> Any:
    from mrc_app.guides.text_model import Edition

    try:
        return Edition(word)
    except ValueError:
        raise Invalid(edition=Problem("There is no edition “{edition}”.", {"edition": word})) from None


def _of_centre(desk: Store, asked: dict[str, Any]) -> dict[str, Any]:
    """What a print has of its centre: whether it prints drafts and own digits, and the language its counter speaks."""
    from mrc_app.casework import centres

    facts = desk.centre()
    speaks = asked["officer_language"] or next(iter(facts.languages), "")
    return asked | {
        "drafts": centres.drafts_allowed(facts.settings),
        "own_digits": asked["own_digits"] or centres.own_digits(facts.settings),
        "officer_language": speaks,
    }


def _of_client(desk: Store, number: str | None, asked: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """What a print needs of the records: her facts, the centre, who to call, what was confirmed here."""
    from mrc_app.casework import clients
    from mrc_app.corridors import accepted
    from mrc_app.exchange import reference_differences
    from mrc_app.guides import records

    today, kind = asked["today"], asked["kind"]
    with desk.read() as session:
        between = accepted.corridor(session, asked["corridor"])
        who = clients.by_number(session, number) if number is not None else None
        hers = {"today": today, "kind": kind, "place": desk.centre().name, **more}
        return {
            "person": records.person_facts(session, who, **hers) if who is not None else None,
            "known": between,
            "texts": reference_differences.guide_texts(session),
            "centre": records.centre_of(desk.centre()),
            "services": records.whom_to_call(session, between, asked["language"], who),
            "confirmations": records.confirmed_here(session, between),
        }
