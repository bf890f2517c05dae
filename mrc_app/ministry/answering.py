"""The answer a centre gets: a small signed file, sealed for the centre, that says what became of its package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mrc_app.errors import MrcError, Problem
from mrc_app.exchange import parcel_files
from mrc_app.exchange.desk_keys import Own
from mrc_app.ministry.receiving import Answer, Received

FEWEST = 8
"""Letters of the checksum in the name of an answer."""


@dataclass(frozen=True)
class Answered:
    """The answers that were written, and for which files there is none and why."""

    files: list[Path]
    not_written: list[tuple[Path, Problem]]


def answer(received: Received, own: Own, register: dict[str, str], folder: Path | None = None) -> Answered:
    """Writes an answer for every package of a centre whose recipient is in the register, beside the package or into a
    folder. An answer that cannot be written stops nothing."""
    done = Answered([], [])
    if own.seed is None:
        return done
    for one in received.answers:
        to = register.get(one.manifest.centre, "") if one.manifest else ""
        if not to or one.signer != "known":
            continue
        target = (folder or one.file.parent) / name(one)
        try:
            if not target.exists():
                write(target, one, own, to)
            done.files.append(target)
        except (MrcError, OSError) as trouble:
            said = trouble.problem if isinstance(trouble, MrcError) else Problem(str(trouble.strerror))
            done.not_written.append((one.file, said))
    return done


def name(one: Answer) -> str:
    """``receipt-ETH-AA-01_2026-Q3_MIN_0007_accepted_1a2b3c4d.parcel``."""
    assert one.manifest is not None
    said = one.manifest
    period = said.period.replace(":", "").replace("/", "_")
    return f"receipt-{said.centre}_{period}_{said.tier}_{said.seq:04}_{one.outcome}_{one.content[:FEWEST]}.parcel"


def write(target: Path, one: Answer, own: Own, to: str) -> None:
    """Writes one answer."""
    assert one.manifest is not None
    said = one.manifest
    more: dict[str, Any] = {
        "export": one.content, "accepted": one.outcome != "refused", "outcome": one.outcome, "tier": said.tier,
        "period": said.period, "sequence": said.seq, "rows": one.rows,
    }  # fmt: skip
    header = parcel_files.Header(
        "acknowledgement", one.content[:32], said.seq, said.centre, (to,), more=more,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"), schema="1",
    )  # fmt: skip
    parcel_files.write(target, header, lambda: lines(one), own)


def lines(one: Answer) -> Iterator[dict[str, Any]]:
    """What is wrong with the package, one line each; the first says it in a sentence."""
    if one.reason is not None:
        yield {"told": one.reason.text()}
    for fault in one.faults:
        yield {"file": fault.file, "row": fault.row, "column": fault.column, "reason": fault.reason.text()}
