"""mrc check-contract and mrc compare-corridors: a contract beside the rules, and two corridors beside each other."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import InCentre, Json, PasswordFile, Today, User, day, known_corridors, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.casework.contract_corridors import Comparison
    from mrc_app.casework.contract_findings import Check
    from mrc_app.casework.contract_terms import Terms

_MOST_BYTES = 1_000_000


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("check-contract")(check_contract)
    app.command("compare-corridors")(compare_corridors)


def check_contract(
    terms: Annotated[Path, typer.Argument(help="A TOML file with the terms: job, employer, wage …")],
    corridor: Annotated[str, typer.Option(help="ORIGIN-DESTINATION, like ET-SA.")],
    signed: Annotated[str | None, typer.Option(help="The day of signature, YYYY-MM-DD.")] = None,
    worked: Annotated[str | None, typer.Option(help="A day worked, YYYY-MM-DD; else the day of the check.")] = None,
    sector: Annotated[str | None, typer.Option(help="domestic, construction, fishing …")] = None,
    against: Annotated[Path | None, typer.Option(help="The terms of an earlier version, such as the offer.")] = None,
    months: Annotated[str | None, typer.Option(help="Months worked so far, to reckon what was lost.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Also print the one-page result for the worker.")] = None,
    language: Annotated[str, typer.Option(help="The language of the result, like am or fr.")] = "",
    centre: InCentre = None,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Compares the terms of a contract with a corridor's facts and with an earlier version."""
    from mrc_app.casework import contract_checks, contract_differences, contract_points, contract_terms

    if (pdf is None) != (not language):
        raise MrcError("A printed result needs both --pdf and --language.")
    on = day(today)
    read = contract_terms.read(_toml(terms))
    earlier = contract_terms.read(_toml(against)) if against else None
    [known] = known_corridors([corridor], centre, user, password_file)
    found = contract_checks.check(
        read, corridor=known, today=on, signed=_asked("signed", signed), sector=sector,
        worked=_asked("worked", worked), against=earlier,
    )  # fmt: skip
    document: dict[str, Any] = {
        "findings": [finding.row() for finding in found.findings],
        "differences": [contract_differences.difference_row(one) for one in found.differences],
        "suggested": found.suggested.value,
        "reasons": [reason.text() for reason in found.reasons],
        "questions": [question.row() for question in found.questions],
        "pack": contract_points.pack_of(known) or None,
    }
    if earlier is not None and months is not None:
        document["loss"] = _loss(earlier, read, months)
    if pdf is not None:
        document |= _printed(found, read, earlier, on, language, pdf)
    say(document, as_json, _told(document))


def compare_corridors(
    one: Annotated[str, typer.Argument(help="A corridor, like ET-JO.")],
    other: Annotated[str, typer.Argument(help="Another corridor, like ET-SA.")],
    sector: Annotated[str | None, typer.Option(help="domestic, construction, fishing …")] = None,
    centre: InCentre = None,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Two corridors beside each other: rights, wages, costs, time limits, and what is not known."""
    from mrc_app.casework import contract_checks, contract_corridors

    contract_checks.check_sector(sector)
    both = known_corridors([one, other], centre, user, password_file)
    found = contract_corridors.compare(both, sector=sector, today=day(today))
    say(found.document(), as_json, _compared(found))


def _toml(path: Path) -> Any:
    """A terms file; its decimals are kept exactly. Raises MrcError, or Invalid when it is no TOML."""
    if not path.is_file():
        raise MrcError("There is no file “{file}”.", file=path)
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise MrcError("“{file}” is too large for a terms file.", file=path)
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as trouble:
        what = str(trouble).splitlines()[0][:120] if str(trouble) else type(trouble).__name__
        raise MrcError("“{file}” is not a terms file: {trouble}.", file=path, trouble=what) from None


def _asked(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong = Problem("{name}: “{text}” is not a date (YYYY-MM-DD).", {"name": name, "text": text[:40]})
        raise Invalid(**{name: wrong}) from None


def _loss(before: Terms, after: Terms, months: str) -> dict[str, Any]:
    from mrc_app.casework import contract_differences
    from mrc_app.money import typed

    number = typed(months, 0) if len(months) <= 10 else Decimal("NaN")
    lost = contract_differences.loss(before, after, number)
    return {
        "per_month": str(lost.per_month.amount) if lost.per_month else None,
        "months": f"{number:f}",
        "total": str(lost.total.amount) if lost.total else None,
        "currency": lost.total.currency if lost.total else None,
        "reason": lost.reason.text() if lost.reason else None,
    }


def _printed(found: Check, terms: Terms, promised: Terms | None, on: date, language: str, out: Path) -> dict[str, Any]:
    """The one-page result, written whole or not at all."""
    from mrc_app.guides import contract_result
    from mrc_app.store import saved_files

    sheet = contract_result.of_check(check=found, terms=terms, language=language, today=on, promised=promised)
    saved_files.write(out, sheet.pdf)
    return {
        "file": str(out), "pages": sheet.pages, "language": sheet.language, "draft": sheet.draft,
        "warnings": [warning.text() for warning in sheet.warnings],
    }  # fmt: skip


def _told(document: dict[str, Any]) -> list[str]:
    lines = []
    for row in document["findings"]:
        mark = "RED" if row["red"] else "   "
        side = f" [{row['side']}]" if row["side"] else ""
        figures = " / ".join(part for part in (row["contract"], row["rule"]) if part)
        source = f" — {row['source']}, {row['as_of'] or 'no date'}, {row['confidence']}" if row["source"] else ""
        head = f"{mark} {row['check']:>2} {row['term']}: {row['verdict']}{side}"
        lines.append(f"{head}{': ' + figures if figures else ''}. {row['reason']}{source}")
    for row in document["differences"]:
        lost = f", {row['currency']} {row['loss']} less per {row['per']}" if row["loss"] else ""
        lines.append(f"    {row['term']}: {row['before']} → {row['after']}{lost}")
    if loss := document.get("loss"):
        amount = f"{loss['currency']} {loss['total']}" if loss["total"] else "cannot be told"
        lines.append(f"    lost in {loss['months']} months: {amount} {loss['reason'] or ''}".rstrip())
    lines += [
        f"    ask ({row['check']}): {row['question']} {row['source']}, {row['mark']}" for row in document["questions"]
    ]
    return [*lines, f"suggested: {document['suggested']}. {' '.join(document['reasons'])}"]


def _compared(found: Comparison) -> list[str]:
    document, lines, group = found.document(), [], ""
    ids = [corridor.id for corridor in found.corridors]
    for line in document["lines"]:
        lines += [line["group"].upper()] if line["group"] != group else []
        group = line["group"]
        for id in ids:
            said = "; ".join(_said(entry) for entry in line[id]) or "not known here yet"
            lines.append(f"  {line['key']} {id}: {said}")
    return [*lines, *(f"not known for {id}: {', '.join(document['not_known'][id]) or 'nothing'}" for id in ids)]


def _said(entry: dict[str, Any]) -> str:
    doubt = f" (cannot tell: {entry['cannot_tell']})" if entry["cannot_tell"] else ""
    return f"{entry['value']} [{entry['side']}, {entry['as_of'] or 'no date'}, {entry['confidence']}]{doubt}"
