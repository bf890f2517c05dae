"""Commands about recruiters: the register, job orders, what workers said, and a complaint for HAMSA."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Client, Json, Limit, PasswordFile, Today, User, day, opened, say
from mrc_app.errors import MrcError


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("recruiters")(recruiters)
    app.command("job-orders")(job_orders)
    app.command("reviews")(reviews)
    app.command("share-hamsa")(share_hamsa)


def recruiters(
    centre: Centre,
    find: Annotated[str, typer.Option("--find", help="Any word of a name, alias, branch, licence or phone.")] = "",
    limit: Limit = 100,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The register of recruiters and employers, with their licences, cases and reviews."""
    from mrc_app.casework import recruiters as nouns

    with opened(centre, user, password_file) as desk, desk.read() as session:
        found = nouns.register(session, find, limit=limit)
        rows = [_recruiter(session, one, day(today)) for one, _key in found]
    lines = [f"{row['name']} ({row['country']}): {row['licence']['state']}, {row['cases']} cases" for row in rows]
    say(rows, as_json, lines or ["Nobody was found."])


def _recruiter(session: Any, one: Any, today: date) -> dict[str, Any]:
    from mrc_app.calendars import Calendar
    from mrc_app.casework import recruiter_events, recruiter_reviews
    from mrc_app.casework import recruiters as nouns

    cases = recruiter_events.tally(recruiter_events.history(session, one.uuid), Calendar.GREGORIAN)
    told = recruiter_reviews.summary_of(session, one.uuid)
    return {
        "id": one.uuid, "name": one.name, "kind": one.kind.value, "country": one.country, "aliases": list(one.aliases),
        "branches": list(one.branches), "phone": one.phone, "address": one.address,
        "licence": {
            "number": one.licence_number, "valid_to": one.licence_valid_to, "checked_on": one.checked_on,
            "source": one.source, "state": nouns.licence(one, today).value,
        },
        "cases": cases.cases, "since": cases.since, "settled": cases.settled, "reviews": told.people,
    }  # fmt: skip


def job_orders(
    centre: Centre,
    client: Annotated[str, typer.Option("--client", help="Only what fits the client with this number.")] = "",
    past: Annotated[bool, typer.Option("--past", help="Also those that closed or are filled.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Job orders, with what stands in the way; for a client those that fit, with the reasons."""
    from mrc_app.casework import clients
    from mrc_app.casework import job_orders as nouns

    on = day(today)
    with opened(centre, user, password_file) as desk, desk.read() as session:
        if client:
            found = nouns.matches(session, clients.by_number(session, client).uuid, on)
            rows = [_match(one, on) for one in found]
        else:
            rows = [_order(*pair, on) for pair in nouns.listed(session, on, past=past, limit=1000)]
    lines = [f"{row['title']} ({row['country']}), {row['recruiter']}: {_stands(row)}" for row in rows]
    say(rows, as_json, lines or ["No job order."])


def _stands(row: dict[str, Any]) -> str:
    return " ".join(row["blocked"] or row.get("fits") or ["open"])


def _order(order: Any, recruiter: Any, today: date) -> dict[str, Any]:
    from mrc_app.casework import job_orders as nouns

    wage = nouns.wage(order)
    return {
        "id": order.uuid, "title": order.title, "isco": order.isco, "country": order.country,
        "recruiter": recruiter.name, "employer": order.employer, "places": order.places,
        "wage": None if wage is None else {"minor": wage.minor, "currency": wage.currency},
        "per": order.wage_per.value if order.wage_per else None, "closes_on": order.closes_on,
        "verified_on": order.verified_on, "source": order.source,
        "blocked": [one.text() for one in nouns.blocks(order, recruiter, today)],
    }  # fmt: skip


def _match(one: Any, today: date) -> dict[str, Any]:
    return _order(one.order, one.recruiter, today) | {
        "fits": [reason.said.text() for reason in one.reasons if reason.fits],
        "against": [reason.said.text() for reason in one.reasons if not reason.fits],
    }


def reviews(
    centre: Centre,
    out: Annotated[Path, typer.Option(help="The folder to write reviews.csv and reviews.json into.")],
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """What workers said of recruiters, for Recruitment Advisor: from five people up, without any person."""
    from mrc_app.casework import recruiter_reviews
    from mrc_app.exchange import recruiter_advisor
    from mrc_app.store import saved_files

    with opened(centre, user, password_file) as desk, desk.read() as session:
        told = recruiter_reviews.to_share(session)
        files = {"reviews.csv": recruiter_advisor.as_csv(told)}
        files |= {"reviews.json": recruiter_advisor.as_json(told, day(today))}
    for name, content in files.items():
        saved_files.write(out / name, content)
    paths = [str(out / name) for name in files]
    say({"recruiters": len(told), "files": paths}, as_json, [*paths, f"{len(told)} recruiters"])


def share_hamsa(
    centre: Centre,
    client: Client,
    out: Annotated[Path, typer.Option(help="The file to write (JSON); a text for reading stands beside it.")],
    leave_out: Annotated[str, typer.Option(help="Fields to leave out, with commas between.")] = "",
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """A client's complaint for HAMSA, with only the fields she agreed to; what left is written down."""
    from mrc_app.exchange import hamsa
    from mrc_app.store import saved_files

    wanted = [part.strip() for part in leave_out.split(",") if part.strip()]
    beside = out.with_suffix(".txt")
    if beside == out:
        raise MrcError("Give the file another ending than .txt: the text for reading takes that name.")
    with opened(centre, user, password_file) as desk:
        with desk.change(by=desk.officer, do="hamsa.share") as session:
            shared = hamsa.share(
                session, client, centre=desk.centre().name, today=day(today), by=desk.officer, leave_out=wanted
            )
            for path, content in ((out, shared.document), (beside, shared.text(str))):
                saved_files.write(path, content)
        for path, content in ((out, shared.document), (beside, shared.text(str))):
            saved_files.note(desk, path, "hamsa", content, shared.client)
    answer = {"files": [str(out), str(beside)], "fields": list(shared.fields), "withheld": shared.withheld}
    say(
        answer,
        as_json,
        [str(out), str(beside), *(f"withheld: {name} ({why})" for name, why in shared.withheld.items())],
    )
