"""A file that came: opened, its writer looked up among the trusted, and given to whoever takes in parcels of its kind.

A taker is a module with ``take(store, found, *, path, decide, today, step) -> Arrived``: ``found`` is the opened
parcel, whose header is verified and whose sender is trusted. It reads the lines to their end before it keeps anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.exchange import desk_keys, ledgers, parcel_files
from mrc_app.i18n import N_

if TYPE_CHECKING:
    from mrc_app.exchange.partners import Partner
    from mrc_app.store.centre import Store

Step = Callable[[int, int], None]

TAKERS: dict[str, str] = {
    "desk": "mrc_app.exchange.desk_parcels_taking",
    "handover": "mrc_app.exchange.handovers_taking",
    "receipt": "mrc_app.exchange.handovers_taking",
    "acknowledgement": "mrc_app.exchange.ministry_export_taking",
    "reference": "mrc_app.exchange.reference_taking",
}
"""Who takes in which kind of parcel."""
STRANGER = N_(
    "“{file}” was signed by a key this centre does not trust ({fingerprint}). Compare it by phone, then trust the key."
)
REVOKED = N_("“{file}” was signed by a key of {name} that was revoked. Nothing was taken in.")
NO_TAKER = N_("This program does not take in parcels of the kind “{kind}”. Install the newer version.")


@dataclass
class Arrived:
    """What came: ``new`` and ``same`` rows or parts, ``conflicts`` and ``gaps`` for a person to read, the receipt that
    was written to be sent back, and whatever the kind adds (``told``)."""

    kind: str
    new: int = 0
    same: int = 0
    conflicts: list[Any] = field(default_factory=list)
    gaps: list[Problem] = field(default_factory=list)
    receipt: Path | None = None
    told: dict[str, Any] = field(default_factory=dict)


def arrive(
    store: Store, path: Path, *, decide: Path | None = None, today: date, step: Step = lambda _done, _all: None
) -> Arrived:
    """Takes a file in, whole or not at all; again changes nothing. ``decide`` is a TOML file with a person's decisions,
    where the kind asks for them. ``step`` may raise Cancelled. Raises CannotRead, MrcError with one sentence."""
    with parcel_files.opened(path, [desk_keys.own(store)], step=step) as found:
        require_trust(store, found.header, path)
        found.sha256 = parcel_files.digest_of(path)
        module = TAKERS.get(found.header.kind)
        if module is None or not _there(module):
            raise CannotRead(NO_TAKER, kind=found.header.kind)
        taken: Arrived = import_module(module).take(store, found, path=path, decide=decide, today=today, step=step)
        if not found.whole:
            raise RuntimeError(f"{module} kept something of a parcel it did not read to its end")
    return taken


def peek(store: Store, path: Path) -> parcel_files.Header:
    """What a file says of itself, verified, before it is taken in. Raises like ``arrive``."""
    with parcel_files.opened(path, [desk_keys.own(store)]) as found:
        require_trust(store, found.header, path)
        return found.header


def require_trust(store: Store, header: parcel_files.Header, path: Path) -> Partner | None:
    """The partner who signed; None for this desk's own key, and for the desk an empty one was made to join. Raises
    MrcError for a stranger or a revoked key."""
    from mrc_app.exchange import partners

    with store.plain() as connection:
        if header.sender in (desk_keys.own(store).recipient, ledgers.joining(connection)):
            return None
    with store.read() as session:
        known = {one.recipient: one for one in partners.partners(session, revoked=True)}
    partner = known.get(header.sender)
    if partner is None:
        from mrc_app.exchange.key_text import fingerprint, public_of

        raise MrcError(STRANGER, file=path.name, fingerprint=fingerprint(public_of(header.sender) or b""))
    if partner.revoked:
        raise MrcError(REVOKED, file=path.name, name=partner.name)
    return partner


def _there(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None
