"""The rows of another desk's parcel, slice by slice, each compared with a checkpoint of the desk it belongs to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, Problem
from mrc_app.exchange import desk_keys, desk_parcels, parcel_files
from mrc_app.store import receiving, rows
from mrc_app.store.journal import Checkpoint
from mrc_app.store.rows import Row
from mrc_app.store.tables import Tables

if TYPE_CHECKING:
    from mrc_app.exchange.parcel_files import Header, Line
    from mrc_app.store.centre import Store


@dataclass
class Slice:
    """A stretch of one node's rows as the header promises it."""

    node: str
    first: int
    last: int


@dataclass
class Taken:
    """What is being taken in, inside the open transaction."""

    store: Store
    connection: Connection
    header: Header
    name: str
    done: receiving.Applied = field(default_factory=receiving.Applied)
    kinds: set[str] = field(default_factory=set)
    said: list[Problem] = field(default_factory=list)
    papers: dict[str, Path] = field(default_factory=dict)
    waits: dict[str, int] = field(default_factory=dict)
    agreed: dict[str, int] = field(default_factory=dict)
    """How far the rows of nodes that two files wrote are alike, where this parcel showed it."""


class Lines:
    """The lines of a parcel with one line of looking ahead."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.next: Line | None = next(lines, None)

    def pop(self) -> Line:
        line = self.next
        assert line is not None
        self.next = next(self._lines, None)
        return line


def slices(taken: Taken) -> list[Slice]:
    found = []
    told = taken.header.more.get("slices")
    for one in told if isinstance(told, list) else ():
        if not (isinstance(one, list) and len(one) == 3 and isinstance(one[0], str)):
            raise CannotRead(parcel_files.DAMAGED, file=taken.name)
        node, first, last = one
        if not (isinstance(first, int) and isinstance(last, int) and 0 < first <= last):
            raise CannotRead(parcel_files.DAMAGED, file=taken.name)
        found.append(Slice(node, first, last))
    return found


def rows_of(taken: Taken, lines: Lines, piece: Slice) -> Iterator[Row]:
    """The rows of a slice, one after the other, none missing."""
    for number in range(piece.first, piece.last + 1):
        line = lines.next or {}
        row = _row(line)
        if row is None or (row.node, row.seq) != (piece.node, number):
            raise CannotRead(parcel_files.DAMAGED, file=taken.name)
        lines.pop()
        yield row


def _row(line: Line, name: str = "row") -> Row | None:
    """The row of a line; None for a line that is none."""
    said = line.get(name)
    if isinstance(said, list) and len(said) == 5 and _placed(said) and isinstance(said[4], str):
        body = said[4].encode()
        return Row(said[0], said[1], said[2], said[3], body, rows.digest(body), "full")
    said = line.get("stub")
    if isinstance(said, list) and len(said) == 6 and _placed(said) and said[5] in ("withheld", "erased"):
        with suppress(ValueError, TypeError):
            return Row(said[0], said[1], said[2], said[3], None, bytes.fromhex(said[4]), said[5])
    return None


def _placed(said: list[Any]) -> bool:
    return (
        isinstance(said[0], str) and isinstance(said[1], int) and isinstance(said[2], str)
        and (said[3] is None or isinstance(said[3], str))
    )  # fmt: skip


def take(taken: Taken, piece: Slice, found: Iterator[Row]) -> None:
    """Takes a slice in, or leaves all of it out."""
    connection = taken.connection
    signed, relayed = _checkpoint(taken, piece)
    forked = connection.execute("SELECT 1 FROM chain WHERE node = ? AND forked = 1", (piece.node,)).fetchone()
    chained = desk_parcels.chain_at(connection, piece.node, piece.first - 1)
    if forked or signed is None or (relayed and chained is None):
        deque(found, maxlen=0)
        if not forked:
            taken.said.append(Problem(desk_parcels.HELD) if signed is None else _missing(taken, piece))
        return
    connection.execute("SAVEPOINT slice")
    before = (taken.done.new, taken.done.same, taken.done.refilled, set(taken.done.nodes))
    other, reached = _apply(taken, found, signed, chained)
    fits = chained is None or reached == signed.hash
    if fits and not other:
        tables = Tables(connection)
        receiving.settle(connection, tables, taken.done)
        receiving.lengthen(connection, piece.node)
        desk_parcels.keep(connection, signed)
        taken.kinds |= tables.changed
    else:
        connection.execute("ROLLBACK TO slice")
        taken.done.forget()
        taken.done.new, taken.done.same, taken.done.refilled, taken.done.nodes = before
        if fits or not relayed:
            receiving.quarantine(connection, piece.node)
            taken.done.forked.add(piece.node)
            if not fits:
                taken.agreed.pop(piece.node, None)
        else:
            named = desk_parcels.desk_of(connection, piece.node, taken.store.desk_name)
            taken.said.append(Problem(desk_parcels.NOT_SIGNED, {"desk": named}))
    connection.execute("RELEASE slice")


def _apply(taken: Taken, found: Iterator[Row], signed: Checkpoint, chained: bytes | None) -> tuple[bool, bytes | None]:
    """Puts down the rows up to the checkpoint; whether one of them is another than the one here, and the chain."""
    other = False
    for some in receiving.batches(found):
        some = [row for row in some if row.seq <= signed.seq]
        there = receiving.known(taken.connection, some)
        for row in some:
            if not other and there.get((row.node, row.seq), (row.digest, ""))[0] != row.digest:
                other, taken.agreed[row.node] = True, row.seq - 1
            chained = rows.link(chained, row.digest) if chained is not None else None
        if not other:
            receiving.put_down(taken.connection, some, taken.done)
    return other, chained


def _missing(taken: Taken, piece: Slice) -> Problem:
    named = desk_parcels.desk_of(taken.connection, piece.node, taken.store.desk_name)
    return Problem(desk_parcels.MISSING_ROWS, {"desk": named})


def _checkpoint(taken: Taken, piece: Slice) -> tuple[Checkpoint | None, bool]:
    """The checkpoint that covers a slice, by the desk that vouches for its node; and whether that desk is another than
    the parcel's writer."""
    owner = desk_parcels.signers(taken.connection).get(piece.node)
    trusted = _trusted(taken)
    for said in _told_checkpoints(taken.header):
        mine = said.node == piece.node and piece.first - 1 <= said.seq <= piece.last and said.valid()
        if not mine or (owner is not None and said.signer != owner):
            continue
        signer = desk_keys.recipient_of(bytes.fromhex(said.signer))
        if signer in trusted and (owner is not None or not _ours(taken, said)):
            return said, said.signer != taken.header.signer
    return None, True


def _ours(taken: Taken, said: Checkpoint) -> bool:
    """Rows of a node that nobody has signed here were written or brought home here: nobody else vouches for it."""
    own = desk_keys.own(taken.store)
    sql = "SELECT 1 FROM journal WHERE node = ? LIMIT 1"
    here = taken.connection.execute(sql, (said.node,)).fetchone() is not None
    return (here or said.node == taken.store.node) and said.signer != own.verify_key.hex()


def _trusted(taken: Taken) -> set[str]:
    """The keys whose checkpoints count: this desk's, the writer's, those this centre knows as desks, and those the
    writer knows."""
    known = set(desk_parcels.desk_names(taken.connection))
    told = taken.header.more.get("trusts")
    vouched = {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()
    return {desk_keys.own(taken.store).recipient, taken.header.sender} | known | vouched


def _told_checkpoints(header: Header) -> Iterator[Checkpoint]:
    told = header.more.get("checkpoints")
    for one in told if isinstance(told, list) else ():
        with suppress(ValueError, TypeError):
            node, seq, chained, at, signer, signature = one
            if isinstance(seq, int):
                yield Checkpoint(node, seq, bytes.fromhex(chained), at, signer, bytes.fromhex(signature))


def refills(taken: Taken, lines: Lines) -> None:
    """Words of rows that came without them, or that are sealed here for nobody who signs in. Only for rows that are
    here, and only where they fit the digest."""
    connection, tables = taken.connection, Tables(taken.connection)
    found = list[Row]()
    while lines.next is not None and "refill" in lines.next:
        row = _row(lines.pop(), "refill")
        if row is not None and row.body is not None:
            found.append(row)
    there = receiving.known(connection, found)
    fitting = [row for row in found if there.get((row.node, row.seq), (b"", ""))[0] == row.digest]
    for row in fitting:
        sql = "DELETE FROM sealed_body WHERE node = ? AND seq = ? AND unsealed(box) IS NULL"
        if connection.execute(sql, (row.node, row.seq)).rowcount:
            connection.execute("UPDATE journal SET state = 'withheld' WHERE node = ? AND seq = ?", (row.node, row.seq))
    if fitting:
        receiving.take(connection, tables, fitting, taken.done)
    taken.kinds |= tables.changed
