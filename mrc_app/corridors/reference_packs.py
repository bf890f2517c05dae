"""Reference packs: what a ministry or a headquarters sent to renew corridor facts, providers, words and instruments.

A pack lies here until a supervisor accepts it, and changes nothing before. What holds is asked for, never written over:
the item of the pack that was accepted last, else the one before it, else what came with the program. So taking a pack
back brings the former values with it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, checks, word_column

# -- Words


class PackState(Labelled):
    """What was decided about a pack."""

    RECEIVED = "received", N_("received, not decided")
    ACCEPTED = "accepted", N_("accepted")
    REJECTED = "rejected", N_("rejected")
    REVERTED = "reverted", N_("taken back")


class ItemKind(Labelled):
    """What one file of a pack renews."""

    CORRIDOR = "corridor", N_("facts of a corridor")
    PROVIDERS = "providers", N_("services to refer to")
    INSTRUMENT = "instrument", N_("instrument")
    WORDS = "words", N_("words of the guides")


# -- Record


class ReferencePack(Record, table=True):
    """One pack as it was signed. ``publisher`` is the recipient of the key that signed it, ``publisher_name`` what it
    was trusted as; ``series`` and ``version`` are the publisher's own; ``place`` counts what was accepted here."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "pack": ("publisher", "publisher_name", "series", "version", "digest"),
        "decision": ("state", "decided_on", "decided_by", "because", "place"),
    }
    __table_args__ = checks(state=PackState)

    publisher: str = Field(index=True)
    publisher_name: str
    series: str
    version: int
    digest: str
    state: PackState = word_column(PackState, PackState.RECEIVED)
    decided_on: str = ""
    decided_by: str = ""
    because: str = ""
    place: int = 0

    def shown_as(self) -> str:
        """Its name in lists."""
        return f"{self.publisher_name} · {self.series} · {self.version}"


class ReferenceItem(Record, table=True):
    """One file of a pack: its text as it came. ``applied``: what accepting it wrote elsewhere, and what stood there
    before, so that it can be brought back."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"file": ("pack", "kind", "code", "text")}
    __table_args__ = checks(kind=ItemKind)

    pack: str = Field(foreign_key="referencepack.uuid", index=True)
    kind: ItemKind = word_column(ItemKind, ItemKind.CORRIDOR)
    code: str = Field(index=True)
    text: str
    applied: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


# -- Rules


def uuid_of(publisher: str, series: str, version: int) -> str:
    """The identity of a pack: the same on every desk it reaches."""
    return _identity("pack", publisher, series, str(version))


def item_uuid(pack: str, kind: ItemKind, code: str) -> str:
    """The identity of a pack's file."""
    return _identity("item", pack, kind.value, code)


def _identity(*words: str) -> str:
    return sha256("\0".join(("mrc reference", *words)).encode()).hexdigest()[:32]


# -- Questions


def packs(session: Session, state: PackState | None = None) -> list[ReferencePack]:
    """The packs that came, by publisher, series and version."""
    asked = select(ReferencePack).where(col(ReferencePack.gone).is_(False))
    if state is not None:
        asked = asked.where(ReferencePack.state == state)
    order = (col(ReferencePack.publisher_name), col(ReferencePack.series), col(ReferencePack.version))
    return list(session.exec(asked.order_by(*order, col(ReferencePack.uuid))))


def items(session: Session, pack: str) -> list[ReferenceItem]:
    """The files of a pack, by kind and code."""
    asked = select(ReferenceItem).where(ReferenceItem.pack == pack, col(ReferenceItem.gone).is_(False))
    return list(session.exec(asked.order_by(col(ReferenceItem.kind), col(ReferenceItem.code), col(ReferenceItem.uuid))))


def accepted(
    session: Session, kind: ItemKind, code: str | None = None, *, but: str = ""
) -> list[tuple[ReferencePack, ReferenceItem]]:
    """The accepted files of a kind, what was accepted last first; as if the pack ``but`` had not been accepted."""
    asked = (
        select(ReferencePack, ReferenceItem)
        .where(
            ReferenceItem.pack == ReferencePack.uuid, ReferencePack.state == PackState.ACCEPTED,
            ReferenceItem.kind == kind, ReferencePack.uuid != but,
            col(ReferencePack.gone).is_(False), col(ReferenceItem.gone).is_(False),
        )
        .order_by(col(ReferencePack.place).desc(), col(ReferencePack.uuid), col(ReferenceItem.code))
    )  # fmt: skip
    if code is not None:
        asked = asked.where(ReferenceItem.code == code)
    return list(session.exec(asked))
