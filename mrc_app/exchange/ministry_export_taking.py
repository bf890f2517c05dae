"""What a ministry answers to an export, taken in: accepted or refused, with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, Problem
from mrc_app.exchange import ledgers, ministry_exports
from mrc_app.exchange.arriving import Arrived
from mrc_app.i18n import N_
from mrc_app.store.raw import raw_of

if TYPE_CHECKING:
    from mrc_app.exchange.parcel_files import Opened
    from mrc_app.store.centre import Store

UNKNOWN = N_("“{file}” answers to an export that was not made here.")
OF_ANOTHER = N_("“{file}” answers to an export that went to somebody else.")
MOST = 200


def take(
    store: Store, found: Opened, *, path: Path, decide: Path | None, today: date,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Arrived:  # fmt: skip
    """Keeps the answer. Again, or an older one after a newer, changes nothing. Raises CannotRead for an answer to
    nothing that was made here."""
    del decide, step
    more = found.header.more
    told = [text for _number, text in zip(range(MOST), _sentences(found.lines), strict=False)]
    for _rest in found.lines:
        continue
    outcome = str(more.get("outcome", ""))
    with store.change(by=store.officer, do="ministry_exports.acknowledge") as session:
        export = ministry_exports.by_digest(session, str(more.get("export", "")))
        if export is None:
            raise CannotRead(UNKNOWN, file=path.name)
        if export.recipient not in ("", found.header.sender):
            raise CannotRead(OF_ANOTHER, file=path.name)
        accepted = bool(more.get("accepted"))
        new = ministry_exports.acknowledge(session, export, accepted=accepted, told=told, on=today)
        if new:
            connection = raw_of(session)
            state = "acknowledged" if accepted else "refused"
            ledgers.set_state(connection, ministry_exports.parcel_id(export), state)
    arrived = Arrived("acknowledgement", new=int(new), same=int(not new))
    arrived.told = {"export": export.name, "accepted": accepted, "outcome": outcome, "told": told}
    arrived.gaps = [] if accepted else [Problem(N_("The ministry refused “{file}”."), {"file": export.name})]
    return arrived


def _sentences(lines: Iterator[dict[str, Any]]) -> Iterator[str]:
    for line in lines:
        if "told" in line:
            yield str(line["told"])[:500]
        else:
            place = ":".join(str(line.get(name, ""))[:80] for name in ("file", "row", "column"))
            yield f"{place}: {str(line.get('reason', ''))[:300]}"
