"""Parcels between the desks of one centre: what another desk is known to have, who vouches for whose rows, and what is
missing here.

A node is vouched for by the desk that first signed a checkpoint of it. Rows a desk wrote, brought home from an outreach
file, or has from an older copy of itself carry no other desk's checkpoint: this desk signs them. Everything else is
passed on only up to a checkpoint of the desk it belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import Problem
from mrc_app.exchange import desk_keys, ledgers
from mrc_app.exchange.desk_keys import recipient_of
from mrc_app.i18n import N_
from mrc_app.store import attachments, forks, rows
from mrc_app.store.journal import Checkpoint

if TYPE_CHECKING:
    from mrc_app.exchange.ledgers import Parcel
    from mrc_app.store.centre import Store

KIND = "desk"
MOST_WANTED = 5000
Places = dict[str, list[tuple[int, int]]]
"""Places of the journal: by node, stretches of numbers."""

# -- Words

MISSING_PARCELS = N_(
    "Parcels missing from {desk}: {numbers}. Ask for them, or for a new parcel after sending one there."
)
MISSING_ROWS = N_("Changes of {desk} are missing here. Send a parcel there, then ask for a new one.")
NEWER_DESK = N_("{desk} has a newer version of this program. What this one does not know waits until it is upgraded.")
FORKED = N_("Two files wrote as one at {desk}. What they wrote since is kept out; everything else came in.")
HELD = N_("Changes of a desk whose key nobody here knows were not taken in. Ask for a parcel of that desk itself.")
NOT_SIGNED = N_("Changes of {desk} in this parcel are not what that desk signed. They were not taken in.")
WANTED = N_("{n} papers are wanted from another desk.")

# -- Rules


def stretches(places: Iterable[tuple[str, int]]) -> Places:
    """Places as stretches of numbers."""
    found: Places = {}
    for node, seq in sorted(places):
        own = found.setdefault(node, [])
        if own and own[-1][1] == seq - 1:
            own[-1] = (own[-1][0], seq)
        elif not own or own[-1][1] < seq:
            own.append((seq, seq))
    return found


def spread(places: Any) -> set[tuple[str, int]]:
    """The single places of stretches, as another desk wrote them; nothing of what is not well formed."""
    found: set[tuple[str, int]] = set()
    for node, own in places.items() if isinstance(places, dict) else ():
        for pair in own if isinstance(own, list) else ():
            if isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(one, int) for one in pair):
                first, last = pair
                found |= {(node, seq) for seq in range(first, min(last, first + 1_000_000) + 1)}
    return found


def numbers_text(numbers: Iterable[int]) -> str:
    """Numbers as a person reads them: ``14–16, 18``."""
    own = stretches(("", number) for number in numbers).get("", [])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in own)


@dataclass(frozen=True)
class Assumed:
    """What another desk has, as far as this one knows: rows by node, rows it holds without their words, papers it
    wants, nodes it keeps out."""

    have: dict[str, int]
    stubs: set[tuple[str, int]]
    wanted: list[str]
    forked: frozenset[str] = frozenset()


def assumed(told: dict[str, Any], sent: list[Parcel], node: str) -> Assumed:
    """What a desk said of itself, and what was sent since to the file that spoke and is taken to be on its way: a desk
    may have a second file, on another computer, that received other parcels."""
    have = {one: seq for one, seq in told.get("have", {}).items() if isinstance(seq, int)}
    stubs, papers = spread(told.get("stubs")), set[str]()
    heard = told.get("got", {}).get(node, 0)
    for parcel in sent:
        if parcel.node == node and parcel.no > heard and parcel.told.get("spoke") == told.get("node"):
            for one, seq in parcel.told.get("upto", {}).items():
                have[one] = max(have.get(one, 0), seq)
            stubs = stubs - spread(parcel.told.get("refilled")) | spread(parcel.told.get("withheld"))
            papers |= set(parcel.told.get("papers", ()))
    wanted = [uuid for uuid in told.get("wanted", ()) if uuid not in papers]
    return Assumed(have, stubs, wanted, frozenset(told.get("forked", ())))


# -- Questions (of an open connection)


def heads(connection: Connection) -> dict[str, tuple[int, bytes]]:
    """How far each node's rows are here without a gap, and their chain."""
    found = connection.execute("SELECT node, seq, hash FROM chain")
    return {node: (seq, chained) for node, seq, chained in found}


def signers(connection: Connection) -> dict[str, str]:
    """The Ed25519 key of the desk that vouches for a node, where a checkpoint of it is kept."""
    return dict(connection.execute("SELECT node, min(signer) FROM checkpoint GROUP BY node").fetchall())


def checkpoints(connection: Connection, node: str) -> list[Checkpoint]:
    """The checkpoints kept of a node, the furthest first."""
    sql = "SELECT node, seq, hash, at, signer, signature FROM checkpoint WHERE node = ? ORDER BY seq DESC"
    return [Checkpoint(*row) for row in connection.execute(sql, (node,))]


def keep(connection: Connection, signed: Checkpoint) -> None:
    """Keeps a checkpoint."""
    connection.execute(
        "INSERT OR REPLACE INTO checkpoint(node, seq, hash, at, signer, signature) VALUES (?, ?, ?, ?, ?, ?)",
        (signed.node, signed.seq, signed.hash, signed.at, signed.signer, signed.signature),
    )


def chain_at(connection: Connection, node: str, seq: int) -> bytes | None:
    """The chain of a node after a row; None where rows before it are missing here."""
    if seq == 0:
        return rows.start(node)
    last, chained = connection.execute("SELECT seq, hash FROM chain WHERE node = ?", (node,)).fetchone() or (0, b"")
    if seq > last:
        return None
    if seq == last:
        return bytes(chained)
    found = rows.start(node)
    for (digest,) in connection.execute(
        "SELECT digest FROM journal WHERE node = ? AND seq <= ? ORDER BY seq", (node, seq)
    ):
        found = rows.link(found, digest)
    return found


def in_quarantine(connection: Connection) -> list[str]:
    """Nodes of which two files wrote."""
    return [row[0] for row in connection.execute("SELECT node FROM chain WHERE forked = 1 ORDER BY node")]


def heard_of(more: dict[str, Any]) -> dict[str, Any]:
    """What another desk said of itself, as far as it is well formed."""

    def numbers(told: Any) -> dict[str, int]:
        return {one: seq for one, seq in told.items() if isinstance(seq, int)} if isinstance(told, dict) else {}

    def texts(told: Any) -> list[str]:
        return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []

    node, name = more.get("node"), more.get("desk_name")
    return {
        "have": numbers(more.get("have")), "got": numbers(more.get("got")), "wanted": texts(more.get("wanted")),
        "forked": texts(more.get("forked")), "stubs": stretches(spread(more.get("stubs"))),
        "node": node if isinstance(node, str) else "", "desk_name": name if isinstance(name, str) else "",
    }  # fmt: skip


def withheld(connection: Connection) -> Places:
    """Rows that came without their words, and rows sealed for people who do not sign in here."""
    shut = (
        "SELECT node, seq FROM journal WHERE state = 'withheld' "
        "UNION SELECT node, seq FROM sealed_body WHERE unsealed(box) IS NULL"
    )
    return stretches(connection.execute(shut).fetchall())


def got(connection: Connection, sender: str) -> dict[str, int]:
    """The highest number taken in of a desk's parcels, by its node."""
    found: dict[str, int] = {}
    for parcel in ledgers.parcels_of(connection, sender, "in"):
        found[parcel.node] = max(found.get(parcel.node, 0), parcel.no)
    return found


def announcement(connection: Connection, store: Store, to: str) -> dict[str, Any]:
    """What this desk says of itself in every parcel."""
    return {
        "have": {node: seq for node, (seq, _) in heads(connection).items()},
        "got": got(connection, to),
        "stubs": withheld(connection),
        "wanted": attachments.wanted(connection, store.path)[:MOST_WANTED],
        "forked": (forked := in_quarantine(connection)),
        "kept": {node: forks.digests(connection, node) for node in forked},
    }


# -- what a person is shown


@dataclass(frozen=True)
class Desk:
    """Another desk of this centre: when something last went there and came from there (UTC), whether it has rows that
    are not here, and how many of this desk's rows it has not told it has."""

    name: str
    recipient: str
    sent: str
    came: str
    ahead: bool
    unseen: int


def desks(store: Store) -> list[Desk]:
    """The other desks of this centre, by name."""
    mine = desk_keys.own(store).recipient
    with store.plain() as connection:
        last = "SELECT peer, direction, max(at) FROM parcel WHERE kind = ? GROUP BY peer, direction"
        when = {(peer, way): at for peer, way, at in connection.execute(last, (KIND,))}
        here = {node: seq for node, (seq, _) in heads(connection).items()}
        found = []
        for recipient, name in sorted(desk_names(connection).items(), key=lambda one: one[1]):
            have = ledgers.heard(connection, recipient).get("have", {})
            unseen = sum(max(0, seq - have.get(node, 0)) for node, seq in here.items())
            sent, came = when.get((recipient, "out"), ""), when.get((recipient, "in"), "")
            found.append(Desk(name, recipient, sent, came, _behind(connection, have), unseen))
    return [one for one in found if one.recipient != mine]


# -- what is missing here


def desk_names(connection: Connection) -> dict[str, str]:
    """The name of the desk behind a recipient."""
    found = connection.execute("SELECT recipient, name FROM main.partner WHERE kind = 'desk' AND gone = 0")
    return dict(found.fetchall())


def desk_of(connection: Connection, node: str, here: str) -> str:
    """The name of the desk that wrote as a node; its id where nobody knows."""
    signer = signers(connection).get(node)
    names = desk_names(connection)
    if signer is not None and (key := recipient_of(bytes.fromhex(signer))) in names:
        return names[str(key)]
    return here if signer is None else node[:8]


def gaps(store: Store) -> list[Problem]:
    """What is missing here, by the desk to ask: parcels by number where they are known, else changes; and desks whose
    rows are in quarantine."""
    with store.plain() as connection:
        return standing_gaps(connection, store.desk_name)


def waiting(store: Store) -> list[Problem]:
    """What is missing here, and what another desk has still to send: papers."""
    with store.plain() as connection:
        wanted = len(attachments.wanted(connection, store.path))
        found = standing_gaps(connection, store.desk_name)
    return [*found, *([Problem(WANTED, {"n": wanted})] if wanted else [])]


def standing_gaps(connection: Connection, here: str) -> list[Problem]:
    """What is missing in an open file. ``here`` is the name of this desk."""
    return list(_gaps(connection, here))


def _gaps(connection: Connection, here: str) -> Iterator[Problem]:
    said: dict[str, list[int]] = {}
    for recipient, told in connection.execute("SELECT recipient, told FROM peer").fetchall():
        behind = _behind(connection, json.loads(told).get("have", {}))
        if behind:
            name = desk_names(connection).get(recipient, recipient[:12])
            said[name] = _missing_numbers(connection, recipient)
    for node in _with_holes(connection):
        said.setdefault(desk_of(connection, node, here), [])
    for name, numbers in sorted(said.items()):
        told = {"desk": name, "numbers": numbers_text(numbers)}
        yield Problem(MISSING_PARCELS, told) if numbers else Problem(MISSING_ROWS, {"desk": name})
    for node in in_quarantine(connection):
        yield Problem(FORKED, {"desk": desk_of(connection, node, here)})


def _behind(connection: Connection, have: dict[str, int]) -> bool:
    """Whether another desk has rows that are not here."""
    here = dict(connection.execute("SELECT node, seq FROM chain").fetchall())
    forked = in_quarantine(connection)
    return any(seq > here.get(node, 0) for node, seq in have.items() if node not in forked)


def _with_holes(connection: Connection) -> list[str]:
    later = "SELECT 1 FROM journal j WHERE j.node = c.node AND j.seq > c.seq"
    sql = f"SELECT c.node FROM chain c WHERE c.forked = 0 AND EXISTS ({later}) ORDER BY c.node"  # noqa: S608
    return [row[0] for row in connection.execute(sql)]


def _missing_numbers(connection: Connection, recipient: str) -> list[int]:
    """The numbers between the parcels that came from a desk's newest node."""
    came = ledgers.parcels_of(connection, recipient, "in")
    if not came:
        return []
    node = max(came, key=lambda one: one.at).node
    numbers = {one.no for one in came if one.node == node}
    return [number for number in range(1, max(numbers)) if number not in numbers]
