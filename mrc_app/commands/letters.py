"""The command that writes letters: to an agency, of complaint, of claim, of referral, and the complaint sheet."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, opened, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.guides.letters import Written
    from mrc_app.guides.letters_records import Prepared

NOBODY_ASKED = (
    "Nobody said whether she is under their control, has her passport, and whether her family is safe: this is kept as "
    "not known. Ask her before the letter leaves."
)


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("letter")(letter)


def letter(
    kind: Annotated[str, typer.Argument(help="agency, complaint, claim, referral or complaint-sheet.")],
    case: Annotated[str, typer.Option("--case", help="The number of the case; of the client for agency and referral.")],
    language: Annotated[str, typer.Option(help="The language of whoever reads it.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    centre: Centre,
    copy: Annotated[str, typer.Option(help="A second language: a copy stands behind it.")] = "",
    to: Annotated[str, typer.Option(help="Who it goes to, where the record does not say so.")] = "",
    to_kind: Annotated[str, typer.Option(help="agency, employer, authority, origin_embassy, service or other.")] = "",
    answer_by: Annotated[str, typer.Option(help="The day an answer is asked for, YYYY-MM-DD.")] = "",
    need: Annotated[list[str] | None, typer.Option(help="Referral: what is needed. Repeat it.")] = None,
    part: Annotated[list[str] | None, typer.Option(help="Referral: what is shared. Repeat it.")] = None,
    control: Annotated[str, typer.Option(help="Is she still under their control? yes, no or not_known.")] = "",
    passport: Annotated[str, typer.Option(help="Does she have her passport? yes, no or not_known.")] = "",
    family: Annotated[str, typer.Option(help="Is her family safe? yes, no or not_known.")] = "",
    go_on: Annotated[bool, typer.Option("--go-on", help="The warnings were read; it was decided with her.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Writes a letter as a PDF and keeps what was asked before it left."""
    from mrc_app.casework import centres
    from mrc_app.guides import letters
    from mrc_app.store import saved_files

    chosen = letters.template(kind)
    asked = {"still_under_control": control, "has_passport": passport, "family_safe": family}
    asked = {name: answer.replace("-", "_") for name, answer in asked.items()}
    unasked = not any(asked.values())
    if unasked:
        asked = dict.fromkeys(asked, "not_known")
    options = {"to": to, "to_kind": to_kind, "answer_by": answer_by, "need": need or [], "part": part or []}
    with opened(centre, user, password_file) as desk:
        prepared = _prepared(desk, chosen.kind, case, day(today), options)
        warned = _warned(chosen.kind, asked, go_on or unasked)
        if warned and unasked:
            warned.insert(0, NOBODY_ASKED)
        drafts = centres.drafts_allowed(desk.centre().settings)
        made = letters.make(prepared.facts, language=language, copy=copy, drafts=drafts)
        saved_files.write(out, made.pdf)
        try:
            _keep(desk, prepared, made, asked, copy)
        except MrcError:
            out.unlink(missing_ok=True)
            raise
        _noted(desk, prepared, out, made)
    answer = {
        "file": str(out), "pages": made.pages, "language": made.language, "draft": made.draft, "warnings": warned
    }  # fmt: skip
    draft = ", draft translation" if made.draft else ""
    say(answer, as_json, [*warned, f"{out}: {made.pages} pages in {made.language}{draft}"])


def _prepared(desk: Any, kind: Any, number: str, on: Any, options: dict[str, Any]) -> Prepared:
    from mrc_app.casework import fields
    from mrc_app.casework.letters_given_words import LetterKind, To
    from mrc_app.guides import letters_records as records
    from mrc_app.guides.letters_facts import Party

    to = Party(options["to"]) if options["to"] else None
    typed = fields.checked(
        {"to_kind": fields.word(To, optional=True), "answer_by": fields.day},
        {"to_kind": options["to_kind"] or None, "answer_by": options["answer_by"]},
    )
    with desk.read() as session:
        by = records.sender(desk.centre(), _officer(session, desk.officer), on)
        if kind is LetterKind.AGENCY:
            return records.agency(session, number, by=by, to=to, answer_by=typed["answer_by"])
        if kind is LetterKind.REFERRAL:
            if to is None:
                raise Invalid(to=Problem("Say which service it goes to: --to NAME."))
            return records.referral(session, number, by=by, to=to, needs=options["need"], parts=options["part"])
        return records.case(session, number, kind, by=by, to=to, **typed)


def _officer(session: Any, uuid: str) -> str:
    from mrc_app.store import officers

    return next((one.name for one in officers.officers(session) if one.uuid == uuid), "")


def _warned(kind: Any, asked: dict[str, str], go_on: bool) -> list[str]:
    """The warnings; refused while a question is open, or warnings were not answered with --go-on."""
    from mrc_app.casework import fields, letters_given
    from mrc_app.casework.letters_given_words import Known

    said = fields.checked(dict.fromkeys(asked, fields.word(Known)), asked)
    if not letters_given.asks_first(kind):
        return []
    unasked = letters_given.unanswered(**said)
    if unasked:
        questions = " ".join(problem.text() for problem in unasked.values())
        raise MrcError("Ask first: {questions} Answer with --control, --passport and --family.", questions=questions)
    warned = [problem.text() for problem in letters_given.warnings(**said)]
    if warned and not go_on:
        text = " ".join(warned)
        raise MrcError("{warnings} Decide it with her; then write the letter with --go-on.", warnings=text)
    return warned


def _keep(desk: Any, prepared: Prepared, made: Written, asked: dict[str, str], copy: str) -> None:
    from mrc_app.casework import letters_given

    facts = prepared.facts
    with desk.change(by=desk.officer, do="letters_given.keep") as session:
        for client in prepared.clients:
            letters_given.keep(
                session, client=client, grievance=prepared.grievance, on=facts.on, by=desk.officer, kind=facts.kind,
                to_party=facts.receiver.name or facts.respondent, to_kind=facts.to, language=made.language,
                copy_language=copy, choice="goes", sha256=sha256(made.pdf).hexdigest(), **asked,
            )  # fmt: skip


def _noted(desk: Any, prepared: Prepared, out: Path, made: Written) -> None:

    from mrc_app.store import saved_files

    saved_files.note(desk, out, "letter", made.pdf, prepared.clients[0])
