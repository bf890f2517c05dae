"""Commands of reference updates: making a pack, and deciding about those that came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Centre, Json, PasswordFile, Today, User, day, one_of, opened, say
from mrc_app.errors import Invalid, MrcError, Problem

if TYPE_CHECKING:
    from mrc_app.corridors.accepted import Review
    from mrc_app.exchange.reference_differences import Change
    from mrc_app.store.centre import Store

ACTS = ("list", "show", "accept", "reject", "revert", "review", "override", "keep", "take-back")


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("reference-pack")(reference_pack)
    app.command("reference")(reference)


def reference_pack(
    action: Annotated[str, typer.Argument(help="make.")],
    files: Annotated[list[Path], typer.Argument(help="Files, or folders with .toml files.")],
    out: Annotated[Path, typer.Option(help="The pack to write.")],
    to: Annotated[list[str], typer.Option(help="For whom: age1…; with --centre also a partner's name. Repeat it.")],
    version: Annotated[int, typer.Option(help="A number higher than that of the pack before.")],
    series: Annotated[str, typer.Option(help="The name every version of this pack has.")] = "reference",
    identity: Annotated[Path | None, typer.Option(help="Your age identity file (mrc keys new --out).")] = None,
    centre: Annotated[Path | None, typer.Option("--centre", help="Or the centre file, for its desk's own key.")] = None,
    user: User = "",
    password_file: PasswordFile = None,
    as_json: Json = False,
) -> None:
    """Signs and seals corridor facts, services, words or instruments for the centres that get them."""
    from mrc_app.exchange import desk_keys
    from mrc_app.exchange import reference_making as making

    if action != "make":
        raise Invalid(action=Problem("“{action}” is not known; there is: make.", {"action": action}))
    if (identity is None) == (centre is None):
        raise MrcError("Say whose key signs: either --identity FILE or --centre FILE.")
    asked: dict[str, Any] = {"out": out, "version": version, "series": series}
    if identity is not None:
        made = making.make(desk_keys.from_identity_file(identity), files, to=to, **asked)
    else:
        assert centre is not None
        with opened(centre, user, password_file) as desk:
            own = desk_keys.own(desk)
            made = making.make(own, files, to=[_recipient(desk, key) for key in to], **asked)
    items = [{"kind": one.kind.value, "item": one.code} for one in made.items]
    found = {
        "file": str(made.file), "series": made.series, "version": made.version, "items": items, "sha256": made.sha256,
    }  # fmt: skip
    say(found, as_json, [f"{made.file}: {made.series} {made.version}, {len(items)} files"])


def _recipient(desk: Store, key: str) -> str:
    from mrc_app.exchange import partners

    if key.lower().startswith("age1"):
        return key
    with desk.read() as session:
        return partners.by_key(session, key).recipient


def reference(
    action: Annotated[str, typer.Argument(help=f"{', '.join(ACTS)}.")],
    centre: Centre,
    which: Annotated[
        str, typer.Argument(help="The pack: its id, or series and version; for the last three a fact's id.")
    ] = "",
    user: User = "",
    password_file: PasswordFile = None,
    because: Annotated[str, typer.Option(help="Why; needed to reject, revert and override.")] = "",
    corridor: Annotated[str, typer.Option(help="With override: ORIGIN-DESTINATION, like ET-SA.")] = "",
    value: Annotated[str, typer.Option(help="With override: the value that counts in this centre.")] = "",
    source: Annotated[str, typer.Option(help="With override: where that was read.")] = "",
    as_of: Annotated[str, typer.Option(help="With override: the day of the source.")] = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Packs a ministry or a headquarters sent: what they change, accepted or not; what to review; own values."""
    one_of(ACTS, action)
    with opened(centre, user, password_file) as desk:
        if action == "list":
            _list(desk, as_json)
        elif action == "review":
            _review(desk, as_json)
        elif action in ("override", "keep", "take-back"):
            typed = {"corridor": corridor, "value": value, "source": source, "as_of": as_of, "because": because}
            _own(desk, action, which, typed, today, as_json)
        else:
            _decide(desk, action, which, because, today, as_json)


def _list(desk: Store, as_json: bool) -> None:
    from mrc_app.exchange import reference_updates

    with desk.read() as session:
        rows = [one.told() for one in reference_updates.listed(session)]
    lines = [
        f"{row['id'][:8]} {row['from']} · {row['series']} · {row['version']}: {row['state']}, {len(row['items'])} files"
        for row in rows
    ]
    say(rows, as_json, lines or ["No reference pack came yet."])


def _decide(desk: Store, action: str, which: str, because: str, today: str | None, as_json: bool) -> None:
    from mrc_app.exchange import reference_updates

    if action == "show":
        with desk.read() as session:
            pack = reference_updates.by_name(session, which)
            changes = reference_updates.shown(session, pack)
            found = {**reference_updates.Listed(pack, ()).told(), "changes": [one.told() for one in changes]}
        say(found, as_json, [_line(one) for one in changes] or ["It changes nothing."])
        return
    with desk.change(by=desk.officer, do=f"reference_updates.{action}") as session:
        pack = reference_updates.by_name(session, which)
        act = getattr(reference_updates, action)
        said = [one.text() for one in act(session, pack, by=desk.officer, on=day(today), because=because) or ()]
        found = {"id": pack.uuid, "state": pack.state.value, "kept": said}
    say(found, as_json, [f"{which}: {found['state']}", *said])


def _line(one: Change) -> str:
    source = ", ".join(filter(None, (one.source, one.as_of or one.read_on, one.confidence)))
    review = " — look at it: this centre has something of its own here" if one.review else ""
    return f"{one.how.value:8} {one.item} {one.what}: {one.before or '-'} → {one.after or '-'} [{source}]{review}"


def _review(desk: Store, as_json: bool) -> None:
    from mrc_app.corridors import accepted

    with desk.read() as session:
        found = [_reviewed(one) for one in accepted.to_review(session)]
    lines = [f"{row['id']} {row['corridor']} {row['key']}: {row['own']} here, now {row['now'] or '-'}" for row in found]
    say(found, as_json, lines or ["Nothing is to be reviewed."])


def _reviewed(one: Review) -> dict[str, Any]:
    return {
        "id": one.fact, "corridor": one.corridor, "key": one.key, "own": one.own, "base": one.base,
        "now": one.now.value_text if one.now is not None else None, "by": one.by, "on": one.on,
        "kind": "override" if one.override is not None else "confirmation",
    }  # fmt: skip


def _own(desk: Store, action: str, fact: str, typed: dict[str, str], today: str | None, as_json: bool) -> None:
    from mrc_app.corridors import accepted, overrides

    on = day(today)
    with desk.change(by=desk.officer, do=f"overrides.{action}") as session:
        written = {one.uuid: one for one in overrides.overrides(session)}.get(fact)
        id = typed.pop("corridor") or (written.corridor if written else "")
        known = accepted.without_overrides(session, id).facts if id else ()
        base = next((one for one in known if one.uuid == fact), None)
        if action == "override":
            if base is None:
                raise MrcError("There is no fact “{fact}”. Its id stands in: mrc corridors ID --json.", fact=fact)
            made = overrides.override(session, fact=base, by=desk.officer, on=on, **typed)
        elif written is None:
            raise MrcError("This centre has no value of its own for “{fact}”.", fact=fact)
        elif action == "take-back":
            made = overrides.take_back(session, written, by=desk.officer, on=on)
        elif base is None:
            raise MrcError("The fact is not there any more: take your value back, or leave it.")
        else:
            made = overrides.keep(session, written, fact=base, by=desk.officer, on=on)
        found = {"id": made.uuid, "corridor": made.corridor, "key": made.key, "value": made.value, "base": made.base,
                 "stands": not made.gone_back}  # fmt: skip
    say(found, as_json, [f"{made.corridor} {made.key}: {made.value if found['stands'] else made.base}"])
