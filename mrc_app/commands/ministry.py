"""``mrc ministry …``: the other end. Packages of many centres received, who is silent, tables, publications."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrc_app.commands.speaking import Json, PeriodCode, Today, day, progress, say

if TYPE_CHECKING:
    from mrc_app.calendars.periods import Period
    from mrc_app.ministry.publishing import Published
    from mrc_app.ministry.receiving import Received

From = Annotated[str, typer.Option("--from", help="sqlite:///FILE, or postgresql://USER@COMPUTER/NAME.")]
Into = Annotated[str, typer.Option("--into", help="sqlite:///FILE, or postgresql://USER@COMPUTER/NAME.")]


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    group = typer.Typer(no_args_is_help=True, help="A ministry's desk: receive, who is silent, tables, publish.")
    group.command("receive")(receive)
    group.command("status")(status)
    group.command("tables")(tables)
    group.command("publish")(publish)
    group.command("parquet")(parquet)
    register = typer.Typer(no_args_is_help=True, help="The register of centres and their keys.")
    register.command("add")(add_centre)
    register.command("list")(list_centres)
    group.add_typer(register, name="centres")
    app.add_typer(group, name="ministry")


def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Sealed packages of centres.")],
    into: Into,
    identity: Annotated[Path, typer.Option("--identity", help="The ministry's age identity file.")],
    answers: Annotated[
        Path | None, typer.Option("--answers", help="The folder for the answers to centres; else beside each package.")
    ] = None,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Takes packages in, whatever their order; what is wrong is kept apart with its reason."""
    from mrc_app.exchange.desk_keys import from_identity_file
    from mrc_app.ministry import answering, centres, opening, receiving, silence
    from mrc_app.ministry.database import opened

    on, keys, own = day(today), opening.identities(identity), from_identity_file(identity)
    with opened(into, make=True) as database, progress("Receiving") as step:
        found = receiving.receive(database, files, keys, step=step)
        register = {one.code: one.recipient for one in centres.listed(database)}
        done = answering.answer(found, own, register, answers)
        gaps = silence.gaps(silence.sending(database, on))
    document = _received(found, gaps, [str(path) for path in done.files])
    lines = [f"{document['accepted']} accepted, {document['duplicates']} here already"]
    lines += [f"refused: {one['file']}: {one['reason']}" for one in document["refused"]]
    lines += [f"missing from {one['centre']}: {', '.join(map(str, one['missing'] + one['numbers']))}" for one in gaps]
    lines += [f"signer not known: {one}" for one in document["unknown_signers"]]
    lines += [f"no answer written for {path.name}: {said.text()}" for path, said in done.not_written]
    say(document, as_json, lines)


def _received(found: Received, gaps: list[dict[str, Any]], answers: list[str]) -> dict[str, Any]:
    unknown = {one.manifest.centre for one in found.of("accepted") if one.signer != "known" and one.manifest}
    return {
        "accepted": len(found.of("accepted")),
        "refused": [
            {"file": _name(one.file), "reason": one.reason.text() if one.reason else ""} for one in found.of("refused")
        ],
        "duplicates": len(found.of("duplicate")), "gaps": gaps, "unknown_signers": sorted(unknown), "answers": answers,
    }  # fmt: skip


def _name(path: Path) -> str:
    """A path as JSON can say it, whatever its bytes are."""
    return str(path).encode("utf-8", "replace").decode()


def status(source: From, today: Today = None, as_json: Json = False) -> None:
    """Who sent what, who is silent and since when, which periods are missing, what was refused."""
    from mrc_app.ministry import silence
    from mrc_app.ministry.database import opened

    with opened(source) as database:
        found = silence.sending(database, day(today))
        columns = ("file", "centre", "period", "tier", "seq", "said", "at")
        kept = database.rows("SELECT file, centre, period, tier, seq, said, at FROM quarantine ORDER BY at, file")
    document = {
        "centres": [asdict(one) for one in found],
        "silent": [one.centre for one in found if one.silent_since],
        "quarantine": [dict(zip(columns, row, strict=True)) for row in kept],
    }
    lines = []
    for one in found:
        parts = [f"last {one.last_period}" if one.last_period else "nothing yet"]
        parts += [f"silent since {one.silent_since}"] if one.silent_since else []
        parts += [f"missing {', '.join(one.missing)}"] if one.missing else []
        parts += [f"packages never seen: {', '.join(map(str, one.numbers))}"] if one.numbers else []
        parts += ["signer not known"] if one.unverified else []
        lines.append(f"{one.centre} {one.name}: {'; '.join(parts)}")
    lines += [f"refused: {row[0]}: {row[5]}" for row in kept]
    say(document, as_json, lines)


def tables(source: From, period: PeriodCode, as_json: Json = False) -> None:
    """The numbers of a period over all centres (confidential: full counts)."""
    from mrc_app.ministry import consolidated
    from mrc_app.ministry.database import opened

    span = _period(period)
    with opened(source) as database:
        heads = consolidated.headlines(database, span)
        sums = consolidated.sums(database, span)
    document = {
        "period": span.code,
        "centres": {centre: {name: float(n) for name, n in said.items()} for centre, said in heads.items()},
        "tables": [
            {"flow": one.flow, "indicator": one.indicator, "dims": list(one.dims), "unit": one.unit,
             "rows": [[*cell, float(value)] for cell, value in one.cells.items()]}
            for one in sums
        ],
    }  # fmt: skip
    lines = [f"{centre}: " + ", ".join(f"{name} {n}" for name, n in said.items()) for centre, said in heads.items()]
    for one in sums:
        total = one.cells.get(tuple("_T" for _dim in one.dims))
        lines.append(f"{one.flow} {one.indicator} ({one.unit}): {total if total is not None else '–'}")
    say(document, as_json, lines or ["No centre sent counts for this period."])


def publish(
    source: From,
    period: PeriodCode,
    out: Annotated[Path, typer.Option("--out", help="The folder to write the publication into.")],
    k: Annotated[int, typer.Option("--k", help="No number of fewer people is told; 3 at least.")] = 5,
    language: Annotated[
        list[str] | None, typer.Option("--language", help="The language of the workbook; may be repeated.")
    ] = None,
    with_parquet: Annotated[bool, typer.Option("--parquet", help="Also as Parquet, for analysts.")] = False,
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Tables over all centres for everybody: small numbers hidden, audited, and in line with what was told before."""
    from mrc_app.ministry import public_files

    with progress("Protecting") as step:
        made, files = public_files.publish(
            source, period, k, out, day(today), language or ["en"], with_parquet=with_parquet, step=step
        )
    paths = [str(path) for path in files]
    document = _published(made, paths)
    lines = [*paths, f"{len(document['tables'])} tables, {made.suppressed} cells not told, 0 recoverable"]
    say(document, as_json, [*lines, *(f"signer not known: {one}" for one in made.unverified)])


def _published(made: Published, files: list[str]) -> dict[str, Any]:
    from mrc_app.ministry.publishing import source

    found: dict[str, dict[str, Any]] = {}
    for one in made.families:
        for table, key, value in one.cells():
            dims = [dim.id for dim in table.dimensions]
            flow, indicator = source(table)
            said = found.setdefault(table.name, {"flow": flow, "indicator": indicator, "dims": dims, "rows": []})
            said["rows"].append([*key, value])
    return {
        "tables": list(found.values()), "suppressed": made.suppressed,
        "audited": {"recoverable": made.recoverable, "hidden": made.suppressed}, "files": files, "k": made.k,
        "sequence": made.seq, "centres": len(made.centres), "unverified": list(made.unverified),
    }  # fmt: skip


def parquet(
    source: From, out: Annotated[Path, typer.Option("--out", help="The Parquet file to write.")], as_json: Json = False
) -> None:
    """Every number of every centre as one Parquet file for analysts (confidential: full counts)."""
    from mrc_app.ministry import parquet as parquets
    from mrc_app.ministry.database import opened

    with opened(source) as database:
        rows = parquets.whole(database, out)
    say({"file": str(out), "rows": rows}, as_json, [f"{out}: {rows} rows"])


def add_centre(
    code: Annotated[str, typer.Argument(help="For example ETH-AA-01.")],
    into: Into,
    name: Annotated[str, typer.Option("--name", help="What the centre is called.")],
    recipient: Annotated[
        str, typer.Option("--recipient", help="Its key (age1…), compared by telephone or on paper.")
    ] = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Writes a centre into the register; from then on its packages must carry its signature."""
    from mrc_app.ministry import centres
    from mrc_app.ministry.database import opened

    with opened(into, make=True) as database:
        made = centres.add(database, code=code, name=name, recipient=recipient, today=day(today))
    document = {**made._asdict(), "fingerprint": made.fingerprint}
    say(document, as_json, [f"{made.code} {made.name} {made.fingerprint}".strip()])


def list_centres(source: From, as_json: Json = False) -> None:
    """The register of centres."""
    from mrc_app.ministry import centres
    from mrc_app.ministry.database import opened

    with opened(source) as database:
        found = [{**one._asdict(), "fingerprint": one.fingerprint} for one in centres.listed(database)]
    say(found, as_json, [f"{one['code']} {one['name']} {one['fingerprint'] or 'no key'}" for one in found])


def _period(code: str) -> Period:
    from mrc_app.calendars.periods import period

    return period(code)
