"""Reads a hand-over to its last byte: the document in memory, its papers sealed on the disk as they stream by.

Each paper gets a new key; if the parcel turns out to be damaged they are removed again and nothing was kept.
"""

from __future__ import annotations

import base64
import binascii
import uuid as uuids
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead
from mrc_app.exchange.handovers import Document
from mrc_app.exchange.handovers_parts import Item, Origin
from mrc_app.i18n import N_
from mrc_app.store import attachments as sealed
from mrc_app.store import leftovers

SPACE = uuids.UUID("6d726320-6861-6e64-6f76-657200000001")
"""The name space of identities given here to records made elsewhere."""
NOT_A_HANDOVER = N_("The hand-over cannot be read: it was written by another program or damaged.")


@dataclass(frozen=True)
class Coming:
    """A hand-over that was read to its end: the document, and its papers, sealed on this disk already."""

    document: Document
    papers: Mapping[Origin, sealed.Sealed] = field(default_factory=dict)
    written: tuple[Path, ...] = ()

    def forget(self) -> None:
        """Removes the papers again that were sealed for it."""
        leftovers.remove(self.written)


def read(lines: Iterator[dict[str, Any]], centre: Path) -> Coming:
    """The hand-over in a parcel's lines, to the last of them; papers are sealed as they come. Raises CannotRead."""
    head: dict[str, Any] | None = None
    items: list[Item] = []
    papers, written = dict[Origin, sealed.Sealed](), list[Path]()
    try:
        with leftovers.undone(lambda: leftovers.remove(written)):
            waiting: dict[str, Any] | None = next(lines, None)
            while waiting is not None:
                if waiting.get("line") == "paper":
                    origin = Origin(*waiting["origin"])
                    pieces = _Pieces(lines, waiting)
                    uuid = identity_of(origin)
                    if not sealed.place(centre, uuid).exists():
                        written.append(sealed.place(centre, uuid))
                        papers[origin] = sealed.write(centre, uuid, pieces)
                    waiting = pieces.rest()
                    continue
                if waiting.get("line") == "handover":
                    head = waiting
                elif waiting.get("line") == "record":
                    items.append(_item(waiting))
                waiting = next(lines, None)
            return Coming(_document(head or {}, items), papers, tuple(written))
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise CannotRead(NOT_A_HANDOVER) from None


class _Pieces:
    """The pieces of one paper; afterwards the line that came behind it."""

    def __init__(self, lines: Iterator[dict[str, Any]], first: dict[str, Any]) -> None:
        self._lines, self._next = lines, first
        self._origin = first["origin"]
        self._behind: dict[str, Any] | None = first

    def __iter__(self) -> Iterator[bytes]:
        line: dict[str, Any] | None = self._next
        while line is not None and line.get("line") == "paper" and line["origin"] == self._origin:
            yield base64.b64decode(line["data"], validate=True)
            line = next(self._lines, None)
        self._behind = line

    def rest(self) -> dict[str, Any] | None:
        """What comes behind the paper; its own pieces are passed over where nobody read them."""
        if self._behind is self._next:
            for _piece in self:
                pass
        return self._behind


_NOBODY = Document(
    "", 0, 0, False, Origin("", ""), "", "", "", (), date(2000, 1, 1), {}, asylum=False, restricted=False, closed=(),
    note="",
)  # fmt: skip


def _item(line: dict[str, Any]) -> Item:
    kind, part, fields = line["kind"], line["part"], line["fields"]
    if not (isinstance(kind, str) and isinstance(part, str) and isinstance(fields, dict)):
        raise TypeError
    return Item(kind, Origin(*map(str, line["origin"])), part, fields)


def _document(head: dict[str, Any], items: list[Item]) -> Document:
    return Document(
        id=str(head["id"]),
        revision=int(head["revision"]),
        seen=int(head["seen"]),
        moves=bool(head["moves"]),
        client=Origin(*map(str, head["client"])),
        number=str(head["number"]),
        centre=str(head["centre"]),
        centre_name=str(head["centre_name"]),
        parts=tuple(map(str, head["parts"])),
        made_on=date.fromisoformat(head["made_on"]),
        agreed=dict(head["agreed"]),
        asylum=bool(head["asylum"]),
        restricted=bool(head["restricted"]),
        closed=tuple(Origin(*map(str, one)) for one in head["closed"]),
        note=str(head["note"]),
        items=tuple(items),
    )


def identity_of(origin: Origin) -> str:
    """The identity given here to a record made elsewhere: the same whenever it comes."""
    return uuids.uuid5(SPACE, "/".join(origin)).hex
