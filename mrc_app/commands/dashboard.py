"""Commands about how the office is doing: the dashboard on paper, and what is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, PeriodCode, Today, User, day, opened, say

if TYPE_CHECKING:
    from datetime import date

    from mrc_app.figures.dashboard import Dashboard
    from mrc_app.figures.forgotten import Line
    from mrc_app.figures.report_words import ReportWords


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("dashboard")(dashboard)
    app.command("forgotten")(forgotten)


def dashboard(
    centre: Centre,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    language: Annotated[str, typer.Option("--language", help="The language of the PDF.")] = "en",
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """A few charts of a period with their tables, on A4, for this office."""
    from mrc_app.figures import dashboard as board
    from mrc_app.figures.dashboard_paper import paper
    from mrc_app.figures.report_words import ReportWords
    from mrc_app.store import saved_files

    words = ReportWords.load(language)
    with opened(centre, user, password_file) as desk:
        found = board.look(desk, period, day(today))
        made = paper(found, words)
        saved_files.write(out, made.pdf)
        saved_files.note(desk, out, "report", made.pdf)
    answer = {"file": str(out), "pages": made.pages, "language": words.code, **_figures(found)}
    say(answer, as_json, [str(out)])


def _figures(found: Dashboard) -> dict[str, Any]:
    from mrc_app.figures.indicators_figures import rounded

    return {
        "start": found.period.start, "end": found.period.end,
        "services": [
            {"start": one.start, "end": one.end, "persons": one.persons, "contacts": one.contacts}
            for one in found.months
        ],
        "backlog": {band.value: n for band, n in found.backlog.items()},
        "money": {one.currency: {kind.value: minor for kind, minor in one.minor.items()} for one in found.money},
        "change": [
            {
                "wave": one.wave, "dimension": one.dimension, "first": rounded(one.first, 2),
                "later": rounded(one.later, 2), "change": rounded(one.change, 2), "n": one.n,
            }
            for one in found.paired
        ],
        "targets": list(found.aims),
    }  # fmt: skip


MOST = 10_000


def forgotten(
    centre: Centre,
    officer: Annotated[str, typer.Option("--officer", help="Only what waits with this officer.")] = "",
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """What waits longer than it should, by officer: referrals, time limits, awards, follow-ups, tasks, cases, plans."""
    from mrc_app.figures import forgotten as left
    from mrc_app.figures.report_words import ReportWords

    on, words = day(today), ReportWords.load("en")
    with opened(centre, user, password_file) as desk:
        whose = left.officer_called(desk, officer) if officer else ""
        names = left.officers(desk)
        counted = left.counts(desk, on, whose)
        lines = [line for kind in left.Left for line in left.lines(desk, kind, on, whose, limit=MOST)]
    answer = {
        "today": on,
        "officers": [
            {"officer": names.get(one, ""), **{kind.value: found.get(kind, 0) for kind in left.Left}}
            for one, found in counted.items()
        ],
        "lines": [_line(one, names, words, on) for one in lines],
    }
    say(answer, as_json, _said(answer))


def _line(one: Line, names: dict[str, str], words: ReportWords, on: date) -> dict[str, Any]:
    from mrc_app.figures import forgotten as left
    from mrc_app.figures.forgotten_words import what

    return {
        "kind": one.kind.value, "officer": names.get(one.officer, ""), "client": one.number, "name": one.name,
        "what": _plain(what(one, words)), "since": one.since, "days": left.days(one, on),
        "record": one.record, "case": one.about,
    }  # fmt: skip


def _plain(text: str) -> str:
    """Without the marks that keep a value in order on the screen."""
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))).replace("\u00a0", " ")


def _said(answer: dict[str, Any]) -> list[str]:
    if not answer["lines"]:
        return ["Nothing is forgotten."]
    return [
        f"{one['kind']:10} {one['since']} {one['days']:5} days  {one['client']} {one['name']}: {one['what']}"
        f" ({one['officer'] or 'nobody'})"
        for one in answer["lines"]
    ]
