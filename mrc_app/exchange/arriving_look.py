"""A file that came, looked at before anything is taken in: what it is, whose key signed it and whether that key is
trusted, and of a desk's parcel how much is new. A file that is refused says why; nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import MrcError, Problem
from mrc_app.exchange import desk_keys, desk_parcels, key_text, ledgers, parcel_files, partners
from mrc_app.exchange.arriving import TAKERS
from mrc_app.i18n import N_, Labelled

if TYPE_CHECKING:
    from mrc_app.exchange.parcel_files import Header
    from mrc_app.exchange.partners import Partner
    from mrc_app.store.centre import Store

# -- Words


class Came(Labelled):
    """What a file is."""

    DESK = "desk", N_("parcel of a desk of this centre")
    HANDOVER = "handover", N_("hand-over of a client")
    RECEIPT = "receipt", N_("receipt for a hand-over")
    ACKNOWLEDGEMENT = "acknowledgement", N_("answer of a ministry")
    REFERENCE = "reference", N_("reference update")


UNKNOWN_KIND = N_("This program does not take in files of this kind. Install the newer version.")

# -- Rules


@dataclass(frozen=True)
class Look:
    """A file before it is taken in. ``name`` is empty for a stranger; ``trouble`` why it is refused. ``new`` and
    ``same`` are changes, of a desk's parcel only; ``before``: it was taken in already."""

    file: Path
    kind: Came | None = None
    name: str = ""
    recipient: str = ""
    compared: bool = False
    revoked: bool = False
    own: bool = False
    made_at: str = ""
    no: int = 0
    new: int = 0
    same: int = 0
    papers: int = 0
    before: bool = False
    trouble: Problem | None = None

    @property
    def trusted(self) -> bool:
        """Whether the key that signed it is trusted here."""
        return self.own or bool(self.name and not self.revoked)

    @property
    def may_come_in(self) -> bool:
        """Whether taking it in can be tried."""
        return self.trouble is None and self.trusted

    @property
    def fingerprint(self) -> str:
        """The digits of the key that signed it."""
        return key_text.fingerprint(key_text.public_of(self.recipient) or b"")


def in_order(looked: list[Look]) -> list[Look]:
    """Files in the order in which they are taken in: each writer's by number, what is refused last."""
    return sorted(looked, key=lambda one: (not one.may_come_in, one.name, one.made_at, one.no, one.file.name))


# -- Questions


def look(store: Store, path: Path) -> Look:
    """Looks at a file; its header is verified, its lines are not read."""
    try:
        with parcel_files.opened(path, [desk_keys.own(store)]) as found:
            return _told(store, path, found.header)
    except MrcError as trouble:
        return Look(path, trouble=trouble.problem)


def _told(store: Store, path: Path, header: Header) -> Look:
    with store.read() as session:
        known = {one.recipient: one for one in partners.partners(session, revoked=True)}
    partner: Partner | None = known.get(header.sender)
    kind = Came(header.kind) if header.kind in TAKERS else None
    with store.plain() as connection:
        own = header.sender in (desk_keys.own(store).recipient, ledgers.joining(connection))
        new, same = _counts(connection, header) if kind is Came.DESK else (0, 0)
        before = ledgers.known(connection, header.id, "in") is not None
    new, same = (0, new + same) if before else (new, same)
    blobs = header.more.get("blobs")
    return Look(
        path, kind, partner.name if partner else store.desk_name if own else "", header.sender,
        own or bool(partner and partner.compared), bool(partner and partner.revoked), own, header.made_at, header.no,
        new, same, len(blobs) if isinstance(blobs, list) else 0, before,
        None if kind else Problem(UNKNOWN_KIND),
    )  # fmt: skip


def _counts(connection: Any, header: Header) -> tuple[int, int]:
    """How many changes of a desk's parcel are not here yet, and how many are."""
    here, new, same = desk_parcels.heads(connection), 0, 0
    for piece in header.more.get("slices") or ():
        if isinstance(piece, list) and len(piece) == 3 and all(isinstance(one, int) for one in piece[1:]):
            node, first, last = piece
            upto = here.get(str(node), (0, b""))[0]
            new += max(0, last - max(first - 1, upto))
            same += max(0, min(last, upto) - first + 1)
    return new, same
