"""Commands about referrals: the directory of services, who was referred where, and a consent withdrawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import (
    Centre,
    Client,
    Json,
    Limit,
    PasswordFile,
    Today,
    User,
    day,
    opened,
    say,
    toml_file,
)
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.casework.consents import Purpose, Said
    from mrc_app.exchange.withdrawing import Stopped

On = Annotated[str, typer.Option("--on", help="The day it happened, YYYY-MM-DD; today unless given.")]
By = Annotated[str, typer.Option("--told-by", help="Who says so: service, client or desk.")]


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("providers")(providers)
    app.command("referrals")(referrals)
    app.command("refer")(refer)
    app.command("refer-step")(refer_step)
    app.command("withdraw")(withdraw)


def providers(
    centre: Centre,
    find: Annotated[str, typer.Option("--find", help="Any word of a name, a service or a phone.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Only one kind, like legal_aid or shelter.")] = "",
    country: Annotated[str, typer.Option("--country", help="Only in one country, like ET.")] = "",
    take_in: Annotated[Path | None, typer.Option("--import", help="A TOML file with [[provider]] entries.")] = None,
    limit: Limit = 100,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The services a client can be referred to, and when somebody last confirmed each."""
    from mrc_app.casework import fields
    from mrc_app.casework import providers as nouns
    from mrc_app.casework.provider_words import ProviderKind

    wanted = fields.checked(
        {"kind": fields.word(ProviderKind, optional=True), "country": fields.country},
        {"kind": kind or None, "country": country},
    )
    with opened(centre, user, password_file) as desk:
        if take_in is not None:
            rows = _rows(take_in)
            with desk.change(by=desk.officer, do="providers.take_in") as session:
                made = len(nouns.take_in(session, rows))
            return say({"taken_in": made, "passed_over": len(rows) - made}, as_json, [f"{made} taken in"])
        with desk.read() as session:
            found = [_provider(one, day(today)) for one, _ in nouns.directory(session, find, limit=limit, **wanted)]
    lines = [f"{row['name']} ({row['kind']}, {row['country']}) {row['phone']}: {row['confirmed']}" for row in found]
    say(found, as_json, lines or ["No service was found."])
    return None


def _rows(path: Path) -> list[dict[str, Any]]:
    typed = toml_file(path, "provider")
    if set(typed) - {"provider"} or not isinstance(rows := typed.get("provider"), list):
        raise MrcError("“{file}” holds no list of [[provider]] entries.", file=path)
    return rows


def _provider(one: Any, today: date) -> dict[str, Any]:
    from mrc_app.casework import dossier
    from mrc_app.casework import providers as nouns

    empty = {"phone": "", "services": [], "languages": []}
    return {"id": one.uuid, **empty, **dossier.plain(one), "confirmed": nouns.confirmed(one, today).value}


def referrals(
    centre: Centre,
    client: Annotated[str, typer.Option("--client", help="Only of the client with this number.")] = "",
    unanswered: Annotated[int | None, typer.Option(min=0, help="Only those nobody answered for so many days.")] = None,
    limit: Limit = 100,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Referrals of this centre, the latest first; of one client, or those nobody has answered."""
    from mrc_app.casework import clients, dossier, dossier_referrals, referral_lists
    from mrc_app.casework import referrals as nouns

    on = day(today)
    with opened(centre, user, password_file) as desk, desk.read() as session:
        if unanswered is not None:
            found = [told.referral for told in referral_lists.unanswered(session, on, days=unanswered, limit=limit)]
        elif client:
            found = nouns.of_client(session, clients.by_number(session, client).uuid)[:limit]
        else:
            found = referral_lists.latest(session, limit=limit)
        if client and unanswered is not None:
            mine = {one.uuid for one in nouns.of_client(session, clients.by_number(session, client).uuid)}
            found = [one for one in found if one.uuid in mine]
        rows = [
            {"number": clients.by_uuid(session, one.client).number}
            | dossier_referrals.of_referral(session, one, on, dossier.plain)
            for one in found
        ]
    lines = [f"{row['number']:18} {row['made_on']}  {row['state']:12} {row['to']}: {row['service']}" for row in rows]
    say(rows, as_json, lines or ["No referral."])


def refer(
    centre: Centre,
    client: Client,
    provider: Annotated[str, typer.Option("--provider", help="The name or id of the service.")],
    service: Annotated[str, typer.Option("--service", help="What is asked of it.")],
    purpose: Annotated[str, typer.Option(help="What it is for.")] = "",
    part: Annotated[list[str] | None, typer.Option(help="What is told about her: name, phone, need …")] = None,
    case: Annotated[str, typer.Option("--case", help="The number of the case it belongs to.")] = "",
    consent: Annotated[
        str, typer.Option(help="Her yes to this referral: signed, thumb, audio or verbal. Empty: her standing yes.")
    ] = "",
    without: Annotated[str, typer.Option(help="Without her consent, a supervisor's decision: danger or child.")] = "",
    reason: Annotated[str, typer.Option(help="The reason of that decision.")] = "",
    send: Annotated[bool, typer.Option("--send", help="Also write down that it was sent today.")] = False,
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Refers a client to a service, under her consent for just this referral."""
    from mrc_app.casework import clients, dossier, dossier_referrals, grievance_referrals, grievances
    from mrc_app.casework import providers as nouns

    on = day(today)
    with opened(centre, user, password_file) as desk, desk.change(by=desk.officer, do="referrals.make") as session:
        typed: dict[str, Any] = {
            "client": clients.by_number(session, client).uuid, "provider": nouns.named(session, provider).uuid,
            "grievance": grievances.by_number(session, case).uuid if case else None, "service": service,
            "purpose": purpose, "on": on, "by": desk.officer, **({"parts": part} if part else {}),
        }  # fmt: skip
        if without:
            one = grievance_referrals.make_without(session, because=without, reason=reason, **typed)
        else:
            one = grievance_referrals.make(session, said=_yes(consent, desk.officer), **typed)
        if send:
            grievance_referrals.send(session, one, today=on, by=desk.officer)
        answer = dossier_referrals.of_referral(session, one, on, dossier.plain)
    say(answer, as_json, [f"{answer['id']}  {answer['state']}  {answer['to']}: {answer['service']}"])


def _yes(how: str, officer: str) -> Said | None:
    from mrc_app.casework import fields
    from mrc_app.casework.consents import How, Said, State

    if not how:
        return None
    kept = fields.checked({"consent": fields.word(How)}, {"consent": how})["consent"]
    return Said(State.GIVEN, kept, certified_by=officer if kept is How.VERBAL else None)


def refer_step(
    referral: Annotated[str, typer.Argument(help="The id of the referral, as mrc referrals prints it.")],
    state: Annotated[str, typer.Option("--state", help="sent, acknowledged, accepted, refused, given or feedback.")],
    centre: Centre,
    told_by: By = "service",
    note: Annotated[str, typer.Option(help="What was said.")] = "",
    on: On = "",
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Writes the next step of a referral down. It is complete when the service says that it was given."""
    from mrc_app.casework import dossier, dossier_referrals, grievance_referrals
    from mrc_app.casework import referrals as nouns

    with opened(centre, user, password_file) as desk, desk.change(by=desk.officer, do="referrals.step") as session:
        one = nouns.by_uuid(session, referral)
        typed: dict[str, Any] = {"today": day(today), "by": desk.officer, "on": on or None, "note": note}
        if state == "sent":
            grievance_referrals.send(session, one, **typed)
        else:
            nouns.step(session, one, state=state, told_by=told_by, **typed)
        answer = dossier_referrals.of_referral(session, one, day(today), dossier.plain)
    say(answer, as_json, [f"{answer['state']}, {'complete' if answer['complete'] else 'not complete yet'}"])


def withdraw(
    centre: Centre,
    client: Client,
    purpose: Annotated[str, typer.Option("--purpose", help="P1 to P8, or its word.")],
    provider: Annotated[str, typer.Option("--provider", help="Of referrals (P3): only those to this service.")] = "",
    reason: Annotated[str, typer.Option(help="Her reason; she need not give one.")] = "",
    user: User = "",
    password_file: PasswordFile = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Withdraws a client's consent, tells what had gone out under it, and stops the rest."""
    from mrc_app.casework import clients, referral_withdrawals
    from mrc_app.casework import providers as nouns
    from mrc_app.exchange import withdrawing

    asked = _purpose(purpose)
    with opened(centre, user, password_file) as desk, desk.change(by=desk.officer, do="consents.withdraw") as session:
        her = clients.by_number(session, client).uuid
        found = referral_withdrawals.withdraw(
            session, client=her, purpose=asked, on=day(today), by=desk.officer,
            to=nouns.named(session, provider) if provider else None, reason=reason,
        )  # fmt: skip
        more = withdrawing.stop(session, her, found.consents)
        stopped = [
            {"to": nouns.by_uuid(session, one.provider).name, "service": one.service, "made_on": one.made_on}
            for one in found.stopped
        ]
    left = [{"on": one.on, "to": one.to, "purpose": one.purpose.code, "parts": list(one.parts)} for one in found.left]
    answer = {"purpose": asked.code, "withdrawn": len(found.consents), "left": left, "stopped": stopped}
    also = _also(more)
    answer["also_stopped"] = also
    lines = [f"went out {one.on} to {one.to}: {', '.join(one.parts)}" for one in found.left]
    lines += [f"stopped: {one['to']}, {one['service']}" for one in stopped]
    lines += [f"stopped: letter to {one['to']}" for one in also["letters"]]
    lines += [f"stopped: hand-over to {one['to']}; destroy the file if it lies somewhere" for one in also["handovers"]]
    lines += [f"taken out of the outbox: {one['file']}" for one in also["outbox"]]
    lines += [f"stands in a named export of {one['on']} for {one['to']}" for one in also["exports"]]
    say(answer, as_json, [f"{asked.code} withdrawn ({len(found.consents)})", *lines])


def _also(more: Stopped) -> dict[str, list[dict[str, Any]]]:
    """What was stopped beside referrals, and the named exports she stands in."""
    return {
        "letters": [{"to": one.to_party, "kind": one.kind.value, "on": one.on} for one in more.letters],
        "handovers": [{"to": one.partner_name, "sent_on": one.sent_on} for one in more.handovers],
        "outbox": [{"file": name} for name in more.files],
        "exports": [{"to": one.to, "part": one.part, "on": one.on} for one in more.exports],
    }


def _purpose(said: str) -> Purpose:
    from mrc_app.casework.consents import Purpose

    found = next((one for one in Purpose if said.strip().lower() in (one.code.lower(), one.value)), None)
    if found is None:
        raise Invalid(purpose=Problem("“{word}” is none of the purposes P1 to P8.", {"word": said}))
    return found
