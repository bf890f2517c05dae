"""``mrc export`` and ``mrc agreement``: what leaves for a ministry, and what was agreed with it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, PeriodCode, Today, User, day, opened, say
from mrc_app.errors import MrcError

if TYPE_CHECKING:
    from mrc_app.i18n import Labelled

WARNING = (
    "Warning: this export is not sealed. Small numbers can give a person away, and whoever finds the file reads them. "
    "Hand it over yourself, and delete it when it was received."
)
To = Annotated[
    list[str] | None,
    typer.Option("--to", help="A key (age1…), or the fingerprint or name of a trusted partner; may be repeated."),
]


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("export")(export)
    app.command("agreement")(agreement)


def export(
    centre: Centre,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="The folder to write into.")],
    tier: Annotated[str, typer.Option("--tier", help="MIN, CASE or LINK.")] = "MIN",
    to: To = None,
    plain: Annotated[bool, typer.Option("--plain", help="Not sealed, with a warning; tier MIN only.")] = False,
    language: Annotated[
        list[str] | None, typer.Option("--language", help="A language of the ministry; may be repeated.")
    ] = None,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The export of a period for a ministry: sealed, signed, with a slip of paper for count and checksum."""
    from mrc_app.exchange import ministry_exports
    from mrc_app.exchange.ministry_export_words import Tier

    wanted = ministry_exports.Asking(
        period, Tier(_word(Tier, tier.upper(), "tier")), tuple(to or ()), tuple(language or ()), plain
    )
    if plain:
        sys.stderr.write(WARNING + "\n")
    with opened(centre, user, password_file) as desk:
        made = ministry_exports.export(desk, wanted, out, day(today))
    answer = {
        "file": str(made.file), "sha256": made.sha256, "rows": made.rows, "withheld": made.withheld,
        "signature": str(made.signature), "slip": str(made.slip), "sequence": made.seq, "replaces": made.replaces,
        "zip_sha256": made.zip_sha256,
    }  # fmt: skip
    left_out = [f"withheld: {why}: {n}" for why, n in made.withheld.items() if n]
    rows = sum(made.rows.values())
    say(answer, as_json, [f"{made.file}: {rows} rows", f"sha256: {made.sha256}", *left_out, str(made.slip)])


def agreement(
    centre: Centre,
    to: Annotated[str, typer.Option("--to", help="The key, fingerprint or name of the trusted ministry.")],
    reference: Annotated[str, typer.Option("--reference", help="The number or date of the paper signed.")] = "",
    signed: Annotated[str, typer.Option("--signed", help="The day it was signed, YYYY-MM-DD.")] = "",
    until: Annotated[str, typer.Option("--until", help="The last day it holds, YYYY-MM-DD.")] = "",
    tier: Annotated[list[str] | None, typer.Option("--tier", help="CASE or LINK; may be repeated.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="Switched on: migration_status, violence, trafficking, detention, death."),
    ] = None,
    centre_code: Annotated[str, typer.Option("--centre-code", help="The ministry's code for this centre.")] = "",
    linkage_key: Annotated[
        Path | None, typer.Option("--linkage-key", help="A file with the ministry's linkage key.")
    ] = None,
    year: Annotated[int, typer.Option("--year", help="The year of the linkage key.")] = 0,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Writes down what was agreed with a ministry, or keeps the linkage key it gave for a year; without --reference
    and --linkage-key it shows the agreement."""
    from mrc_app.exchange import ministry_export_agreements as agreements
    from mrc_app.exchange import partners
    from mrc_app.exchange.ministry_export_words import Column, Tier

    on = day(today)
    with opened(centre, user, password_file) as desk:
        if reference or linkage_key:
            with desk.change(by=desk.officer, do="ministry_agreements.agree") as session:
                if reference:
                    agreements.agree(
                        session, to=to, reference=reference, signed_on=_day(signed) or on, ends_on=_day(until), on=on,
                        by=desk.officer, centre_code=centre_code,
                        tiers=[Tier(_word(Tier, one.upper(), "tier")) for one in tier or ()],
                        columns=[Column(_word(Column, one.lower(), "column")) for one in column or ()],
                    )  # fmt: skip
                if linkage_key:
                    text = _text(linkage_key)
                    agreements.keep_linkage_key(session, to=to, year=year or on.year, key=text, on=on, by=desk.officer)
        with desk.read() as session:
            kept = agreements.of_key(session, partners.by_key(session, to).recipient)
            answer = _told(kept)
    say(answer, as_json, [f"{name}: {value}" for name, value in answer.items()])


def _told(kept: Any) -> dict[str, Any]:
    if kept is None:
        return {"reference": "", "tiers": [], "columns": []}
    return {
        "reference": kept.reference, "signed": kept.signed_on.isoformat(),
        "until": kept.ends_on.isoformat() if kept.ends_on else "", "tiers": [one.value for one in kept.tiers],
        "columns": [one.value for one in kept.columns], "centre_code": kept.centre_code,
    }  # fmt: skip


def _word(words: type[Labelled], text: str, what: str) -> str:
    known = [one.value for one in words]
    if text not in known:
        raise MrcError("“{text}” is no {what}: {known}.", text=text, what=what, known=", ".join(known))
    return text


def _day(text: str) -> date | None:
    return day(text) if text else None


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise MrcError("“{file}” cannot be read.", file=file.name) from None
