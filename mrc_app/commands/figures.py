"""Commands about figures: the report of a period as workbook, plain table and PDF; targets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, PeriodCode, Today, User, day, opened, progress, say
from mrc_app.errors import MrcError

if TYPE_CHECKING:
    from datetime import date

    from mrc_app.figures.indicators_steps import Step
    from mrc_app.figures.tiers import Tier
    from mrc_app.store.centre import Store


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("report")(report)
    app.command("target")(target)


def report(
    centre: Centre,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="The folder to write the files into.")],
    tier: Annotated[str, typer.Option("--tier", help="internal, ministry or public.")] = "internal",
    freeze: Annotated[bool, typer.Option("--freeze", help="Keep it as the next version.")] = False,
    language: Annotated[str, typer.Option("--language", help="The language of the workbook and the PDF.")] = "en",
    by: Annotated[str, typer.Option("--by", help="Further breakdowns for this office: sector,skill,minor…")] = "",
    confirm_missing_sex: Annotated[
        list[str] | None,
        typer.Option("--confirm-missing-sex", help="The number of a record: its sex stays not stated."),
    ] = None,
    merge: Annotated[
        list[str] | None,
        typer.Option("--merge", help="Rows to stand together in a release: A2.age=15-17+18-24."),
    ] = None,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The figures of a period as xlsx, csv and pdf."""
    from mrc_app.calendars.periods import period as read_period
    from mrc_app.figures import reports, writing
    from mrc_app.store import saved_files

    span, wanted, on = read_period(period), tier_of(tier), day(today)
    with opened(centre, user, password_file) as desk:
        with progress("Counting") as step:
            if freeze:
                sure = confirm_missing_sex or []
                version, document, changes, stands = _frozen(desk, period, wanted, on, sure, merge or [], step)
            else:
                wished = [one.strip() for one in by.split(",") if one.strip()]
                document = reports.make(desk, period, wanted, on, by=wished, merges=merge or [], step=step)
                version, changes, stands = None, [], ""
        made = writing.files(document, span, language=language, version=version)
        for name, content in made.items():
            saved_files.write(out / name, content)
            saved_files.note(desk, out / name, "report", content)
    paths = [str(out / name) for name in made]
    answer = {
        "version": version, "files": paths, "tables": document["tables"], "figures": document["figures"],
        "targets": document["targets"], "spreads": document["spreads"], "withheld": document["withheld"],
        "notes": [reports.NOTES[one] for one in document["notes"]], "changes": changes, "start": document["start"],
        "end": document["end"], "tier": wanted.value, "since": document.get("since", {}),
        "merges": document.get("merges", []), "offers": document.get("offers", []),
        "stands": stands,
    }  # fmt: skip
    say(answer, as_json, [*paths, *([stands] if stands else []), *_why(document), *(_line(one) for one in changes)])


def _frozen(
    desk: Store, period: str, tier: Tier, on: date, confirmed: list[str], merges: list[str], step: Step
) -> tuple[int, dict[str, Any], list[dict[str, Any]], str]:
    from mrc_app.calendars.periods import period as read_period
    from mrc_app.figures import freezing, reports

    with desk.read() as session:
        before = reports.latest(session, read_period(period), tier)
    kept, _changes = freezing.freeze(
        desk, period, tier, on, by=desk.officer, confirmed=confirmed, merges=merges, step=step
    )
    with desk.read() as session:
        changes = reports.changes_of(session, reports.by_uuid(session, kept.uuid))
    stands = ""
    if before is not None and before.uuid == kept.uuid:
        stands = freezing.why_it_stands(desk, kept, on).format(version=kept.version)
    return kept.version, json.loads(kept.document), changes, stands


def _why(document: dict[str, Any]) -> list[str]:
    from mrc_app.figures.freezing_reasons import Reason

    few = "a few"
    return [f"{Reason(why).label}: {few if n is None else n}" for why, n in document.get("since", {}).items()]


def _line(change: dict[str, Any]) -> str:
    what = " ".join(part for part in change["what"] if part)
    return f"changed: {what}: {change['before'] or '0'} -> {change['after'] or '0'}"


def tier_of(text: str) -> Tier:
    from mrc_app.figures.tiers import Tier

    try:
        return Tier(text)
    except ValueError:
        raise MrcError("“{tier}” is not a tier: internal, ministry or public.", tier=text) from None


def target(
    centre: Centre,
    period: PeriodCode,
    indicator: Annotated[str, typer.Option("--indicator", help="For example C2, A2, EV.")],
    number: Annotated[int, typer.Option("--number", help="The number to reach.")],
    sex: Annotated[str, typer.Option("--sex", help="female or male, for one sex only.")] = "",
    event: Annotated[str, typer.Option("--event", help="A kind of event, with EV.")] = "",
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Sets what is to be reached in a period."""
    from mrc_app.figures import targets

    with (
        opened(centre, user, password_file) as desk,
        desk.change(by=desk.officer, do="targets.aim") as session,
    ):
        made = targets.aim(
            session, indicator=indicator, period=period, by=desk.officer, on=day(today), number=number,
            sex=sex or None, event=event or None,
        )  # fmt: skip
        answer = {"indicator": made.indicator, "start": made.start, "end": made.end, "number": made.number}
    say(answer, as_json, [f"{made.indicator} {made.period}: {made.number}"])
