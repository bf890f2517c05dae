"""``mrc review-kit`` and ``mrc review-take``: what a speaker reads and corrects, and what comes back. No centre is
needed: nothing of a client is in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Json, Today, day, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.exchange.review_reading import Reviewed
    from mrc_app.exchange.review_taking import Taken


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("review-kit")(kit)
    app.command("review-take")(take)


def kit(
    language: Annotated[str, typer.Option(help="The language to be read, like am.")],
    out: Annotated[Path, typer.Option(help="The folder for the proof and the sheet.")],
    kind: Annotated[str, typer.Option(help="guides, letters, experience or ui; several with commas.")] = "",
    unread: Annotated[bool, typer.Option("--unread", help="Only what no speaker has signed yet.")] = False,
    as_json: Json = False,
) -> None:
    """A proof (PDF) and a sheet (xlsx) of every line beside its English, for somebody who speaks the language."""
    from mrc_app.exchange import review_kits

    asked = tuple(one.strip() for one in kind.split(",") if one.strip()) or review_kits.PAPERS
    made = review_kits.make(language, out, kinds=asked, unread=unread)
    files = [str(path) for path in made.files]
    told = {"files": files, "language": made.language, "rows": made.rows, "pages": made.pages}
    say(told, as_json, [*files, f"{made.rows} lines in {made.language}, {made.pages} pages to write on"])


def take(
    file: Annotated[Path, typer.Argument(help="The sheet that came back: xlsx, ods or csv.")],
    reviewer_role: Annotated[str, typer.Option(help="Who read it: a role like interpreter, never a name.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day it was signed, YYYY-MM-DD.")],
    language: Annotated[str, typer.Option(help="For a csv, which has no name of a sheet.")] = "",
    into: Annotated[
        Path | None, typer.Option(help="A folder of catalogues (locales) to write into, not this computer's own words.")
    ] = None,
    words: Annotated[
        Path | None, typer.Option(help="Also write the signed lines of the guides as a file for mrc reference-pack.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look: every row that is to be mended.")] = False,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Takes in what a speaker signed or corrected; all of it or nothing."""
    from mrc_app.exchange import review_reading, review_taking
    from mrc_app.store import saved_files

    if into is not None and not into.is_dir():
        raise MrcError("There is no folder “{folder}”.", folder=into)
    if dry_run:
        _known, found = review_reading.read(file, language=language, into=into)
        say(_looked(found), as_json, _lines(found))
        return
    done = review_taking.take(file, role=reviewer_role, on=_day(on), today=day(today), language=language, into=into)
    if words is not None:
        text = "\n".join(review_taking.as_pack(done.language, f"read by: {reviewer_role}", _day(on), into))
        saved_files.write(words, (text + "\n").encode())
    say(_told(done), as_json, [_sentence(done)])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(on=Problem("“{text}” is not a date (YYYY-MM-DD).", {"text": text})) from None


def _looked(found: Reviewed) -> dict[str, Any]:
    problems = [{"row": one.row, "id": one.id, "reason": one.problem.text()} for one in found.troubles]
    return {
        "language": found.language, "rows": found.rows, "signed": len(found.answers),
        "corrected": sum(one.corrected for one in found.answers), "doubted": found.doubted, "changed": found.changed,
        "problems": problems,
    }  # fmt: skip


def _lines(found: Reviewed) -> list[str]:
    told = [f"row {one.row} ({one.id}): {one.problem.text()}" for one in found.troubles]
    corrected = sum(one.corrected for one in found.answers)
    return [
        *told,
        f"{found.language}: {len(found.answers)} of {found.rows} lines can be taken, {corrected} of them corrected; "
        f"{len(found.doubted)} doubted, {len(found.changed)} changed here since, {len(told)} to be mended",
    ]


def _told(done: Taken) -> dict[str, Any]:
    return {
        "language": done.language, "rows": done.rows, "signed": done.signed, "corrected": done.corrected,
        "doubted": done.doubted, "changed": done.changed, "files": [str(path) for path in done.files],
        "status": {kind: one.status for kind, one in done.standing.items()},
        "left": {kind: one.translated - one.signed for kind, one in done.standing.items()},
    }  # fmt: skip


def _sentence(done: Taken) -> str:
    said = f"{done.language}: {done.signed} lines signed, {done.corrected} of them corrected"
    said += f"; {len(done.doubted)} doubted" if done.doubted else ""
    said += f"; {len(done.changed)} changed here since and left" if done.changed else ""
    states = ", ".join(
        f"{kind} {one.status}" + ("" if one.reviewed else f" ({one.translated - one.signed} left)")
        for kind, one in done.standing.items()
    )
    return f"{said}. Now: {states}."
