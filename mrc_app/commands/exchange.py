"""Commands of the exchange: keys, whom this centre trusts, and files that came."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, one_of, opened, progress, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.exchange.desk_keys import Own
    from mrc_app.exchange.partners import Partner
    from mrc_app.store.centre import Store

ACTS = ("new", "show", "trust", "list", "revoke")
NOT_COMPARED = (
    "Warning: nobody compared this fingerprint. Call them, have the digits read out, and give them with --fingerprint."
)


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("keys")(keys)
    app.command("receive")(receive)


def keys(
    action: Annotated[str, typer.Argument(help="new, show, trust, list or revoke.")],
    key: Annotated[str, typer.Argument(help="With trust: age1…, or a file with it. With revoke: the partner.")] = "",
    centre: Annotated[Path | None, typer.Option(help="The centre file.")] = None,
    user: User = "",
    password_file: PasswordFile = None,
    out: Annotated[
        Path | None, typer.Option(help="With new: the age identity file of an office without a desk.")
    ] = None,
    identity: Annotated[Path | None, typer.Option(help="With show: an age identity file.")] = None,
    name: Annotated[str, typer.Option(help="With trust: whose key it is.")] = "",
    kind: Annotated[str, typer.Option(help="With trust: desk, centre, ministry or headquarters.")] = "centre",
    fingerprint: Annotated[str | None, typer.Option(help="With trust: the digits as you heard or read them.")] = None,
    officer: Annotated[
        list[str] | None, typer.Option(help="With trust of a desk: the login of who sits there.")
    ] = None,
    qr: Annotated[
        Path | None, typer.Option(help="With show: a picture (png or svg) of the key, to be printed.")
    ] = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """This desk's identity, and the keys of desks, centres and ministries that are trusted."""
    one_of(ACTS, action)
    if action == "new" and centre is None:
        _new(out, today, as_json)
    elif action == "show" and identity is not None:
        from mrc_app.exchange import desk_keys

        _show(desk_keys.from_identity_file(identity), qr, as_json)
    elif centre is None:
        raise MrcError("Say which centre: --centre FILE.")
    else:
        with opened(centre, user, password_file) as desk:
            if action in ("new", "show"):
                from mrc_app.exchange import desk_keys

                _show(desk_keys.own(desk), qr, as_json)
            elif action == "trust":
                _trust(desk, key, name, kind, fingerprint, officer or [], today, as_json)
            elif action == "revoke":
                _revoke(desk, key, today, as_json)
            else:
                _list(desk, as_json)


def _new(out: Path | None, today: str | None, as_json: bool) -> None:
    from mrc_app.exchange import desk_keys

    if out is None:
        raise MrcError(
            "Say where the identity file goes: --out FILE. A desk has its key already: mrc keys show --centre."
        )
    made = desk_keys.write_identity_file(out, day(today).isoformat())
    _show(made, None, as_json, f"{out}: keep this file as you keep a key; who has it reads what is sealed for you.")


def _show(own: Own, qr: Path | None, as_json: bool, also: str = "") -> None:
    found: dict[str, Any] = {"fingerprint": own.fingerprint, "recipient": own.recipient, "words": own.words}
    if own.seed is not None:
        found["minisign"] = own.minisign_public.splitlines()[1]
    if qr is not None:
        from mrc_app.exchange import key_paper

        key_paper.write(own.recipient, qr)
        found["qr"] = str(qr)
    lines = [own.recipient, own.fingerprint, own.words, *([also] if also else [])]
    say(found, as_json, lines)


def _trust(
    desk: Store, key: str, name: str, kind: str, fingerprint: str | None, officers: list[str], today: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    from mrc_app.exchange import partners
    from mrc_app.store import officers as people

    chosen = _kind(kind)
    if fingerprint is None and not as_json:
        sys.stderr.write(NOT_COMPARED + "\n")
    with desk.change(by=desk.officer, do="partners.trust") as session:
        seated = [people.signing_in_as(session, one).uuid for one in officers]
        made = partners.trust(
            session, kind=chosen, name=name, recipient=_key(key), by=desk.officer, on=day(today),
            fingerprint=fingerprint, officers=seated,
        )  # fmt: skip
        found = _told(made)
    say(found, as_json, [f"{made.name}: {made.fingerprint}"])


def _key(said: str) -> str:
    file = Path(said)
    if said.lower().startswith("age1") or not said:
        return said
    try:
        lines = file.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        raise MrcError("“{key}” is neither an age key nor a file with one.", key=said) from None
    return next((word for word in lines if word.startswith("age1")), said)


def _kind(said: str) -> Any:
    from mrc_app.exchange.partners import PartnerKind

    try:
        return PartnerKind(said)
    except ValueError:
        told = {"kind": said, "kinds": ", ".join(PartnerKind)}
        raise Invalid(kind=Problem("“{kind}” is none of: {kinds}.", told)) from None


def _revoke(desk: Store, key: str, today: str | None, as_json: bool) -> None:
    from mrc_app.exchange import partners

    with desk.change(by=desk.officer, do="partners.revoke") as session:
        made = partners.revoke(session, partners.by_key(session, key), by=desk.officer, on=day(today))
        found = _told(made)
    say(found, as_json, [f"{made.name}: revoked"])


def _list(desk: Store, as_json: bool) -> None:
    from mrc_app.exchange import partners

    with desk.read() as session:
        rows = [_told(one) for one in partners.partners(session, revoked=True)]
    say(rows, as_json, [f"{row['kind']:12} {row['name']:24} {row['fingerprint']} {row['state']}" for row in rows])


def _told(one: Partner) -> dict[str, Any]:
    state = "revoked" if one.revoked else "compared" if one.compared else "not compared"
    return {
        "name": one.name, "kind": one.kind.value, "fingerprint": one.fingerprint, "recipient": one.recipient,
        "words": one.words, "state": state, "since": one.trusted_on,
    }  # fmt: skip


def receive(
    file: Annotated[Path, typer.Argument(help="The file that came.")],
    centre: Centre,
    user: User = "",
    password_file: PasswordFile = None,
    decide: Annotated[Path | None, typer.Option(help="A TOML file with your decisions.")] = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """A parcel of a desk, a hand-over, a receipt, an acknowledgement or reference data: whole or not at all, and again
    changes nothing."""
    from mrc_app.exchange import arriving

    with opened(centre, user, password_file, waiting=True) as desk, progress("Taking in") as step:
        came = arriving.arrive(desk, file, decide=decide, today=day(today), step=step)
    gaps = [gap.text() for gap in came.gaps]
    found = {
        "kind": came.kind, "new": came.new, "same": came.same, "conflicts": came.conflicts, "gaps": gaps,
        "receipt": str(came.receipt) if came.receipt else None, **came.told,
    }  # fmt: skip
    lines = [f"{came.new} new, {came.same} known before, {len(came.conflicts)} contradictions", *gaps]
    lines += [f"{one['number']} {one['name']}: may be the same person" for one in came.told.get("likely", ())]
    lines += [f"{one['id']}: {one['ours']} here, {one['theirs']} there" for one in came.conflicts if "ours" in one]
    lines += [
        f"{one['how']:8} {one['item']} {one['what']}: {one['before'] or '-'} → {one['after'] or '-'}"
        for one in came.told.get("changes", ())
    ]
    if came.told.get("open"):
        lines.append("Nothing is kept yet. Choose in a file and give it with --decide: " + ", ".join(came.told["open"]))
    say(found, as_json, [*lines, *([f"Send this back: {came.receipt}"] if came.receipt else [])])
