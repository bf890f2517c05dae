"""What ever left and what came: parcels of this file (never journalled), and, in the journal, which part of whose
record left for whom, what was received of a hand-over, and where a record came from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Column, Index, Integer, String, Table, Text
from sqlmodel import Field, Session, col, select

from mrc_app.store import identity
from mrc_app.store.records import Record, metadata
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

# -- Record

parcel = Table(
    "parcel",
    metadata,
    Column("id", String, primary_key=True),
    Column("direction", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("peer", String, nullable=False),
    Column("node", String, nullable=False),
    Column("no", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("told", Text, nullable=False, server_default="{}"),
    Index("ix_parcel_peer", "peer", "direction", "no"),
)
"""Every parcel this file wrote (``out``) or took in (``in``). ``peer`` is the other side's recipient, ``node`` the
writer's node, ``no`` its running number for this peer, ``told`` JSON that the kind keeps for itself."""

peer = Table(
    "peer",
    metadata,
    Column("recipient", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("told", Text, nullable=False, server_default="{}"),
)
"""What another desk last said it has, misses and wants (JSON)."""


class LeftPart(Record, table=True):
    """A part of a client's record that left. ``partner_name`` is the partner as it was called; ``revision`` counts what
    was sent again; ``parcel`` is the parcel's id."""

    codes: ClassVar[frozenset[str]] = frozenset({"parcel", "part", "recipient", "sha256", "at"})

    client: str = Field(foreign_key="client.uuid", index=True)
    parcel: str = Field(index=True)
    part: str
    partner_name: str
    recipient: str
    revision: int = 1
    at: str
    sent_by: str = ""
    sha256: str = ""


class Received(Record, table=True):
    """A revision of a hand-over as it came (JSON); the next one is compared with it. ``recipient`` is who gave it."""

    codes: ClassVar[frozenset[str]] = frozenset({"handover", "recipient", "parcel", "state", "at"})

    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    handover: str = Field(index=True)
    revision: int = 1
    recipient: str = ""
    parcel: str = ""
    state: str = "received"
    at: str = ""
    body: str = ""


class Origin(Record, table=True):
    """Where a record came from: the uuid it had in another centre, and the uuid it has here."""

    codes: ClassVar[frozenset[str]] = frozenset({"centre", "record", "local", "of_kind"})

    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    centre: str = Field(index=True)
    record: str = Field(index=True)
    local: str = Field(index=True)
    of_kind: str = ""


# -- Rules


@dataclass(frozen=True)
class Parcel:
    """One line of the list of parcels."""

    id: str
    direction: str
    kind: str
    peer: str
    node: str
    no: int
    sha256: str
    at: str
    state: str
    told: dict[str, Any] = field(default_factory=dict)


_COLUMNS = "id, direction, kind, peer, node, no, sha256, at, state, told"


def _parcel(row: tuple[Any, ...]) -> Parcel:
    named = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Parcel(**{**named, "told": json.loads(named["told"])})


# -- Actions (inside an open transaction)


def note(connection: Connection, made: Parcel) -> None:
    """Keeps a parcel, or its new state."""
    values = (*(getattr(made, name) for name in _COLUMNS.split(", ")[:-1]), json.dumps(made.told, sort_keys=True))
    connection.execute(
        f"INSERT OR REPLACE INTO parcel({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        values,
    )


def set_state(connection: Connection, id_: str, state: str) -> bool:
    """Gives a parcel of ours another state (``acknowledged``, ``refused``); False where there is no such parcel."""
    sql = "UPDATE parcel SET state = ? WHERE id = ? AND direction = 'out'"
    return connection.execute(sql, (state, id_)).rowcount > 0


def hear(connection: Connection, recipient: str, told: dict[str, Any]) -> None:
    """Keeps what another desk said of itself."""
    connection.execute(
        "INSERT OR REPLACE INTO peer(recipient, at, told) VALUES (?, ?, ?)", (recipient, now_text(), json.dumps(told))
    )


@needs(May.HAND_OVER)
def note_left(
    session: Session, *, client: str, parcel: str, parts: dict[str, int], to: str, recipient: str, by: str, at: str,
    sha256: str = "",
) -> list[LeftPart]:  # fmt: skip
    """Keeps that parts of a client's record (part → revision) left for somebody."""
    made = [
        LeftPart(client=client, parcel=parcel, part=part, revision=revision, partner_name=to, recipient=recipient,
                 at=at, sent_by=by, sha256=sha256)
        for part, revision in parts.items()
    ]  # fmt: skip
    session.add_all(made)
    return made


# -- Questions


def next_no(connection: Connection, peer_: str, node: str) -> int:
    """The next running number of a parcel from this node to somebody."""
    sql = "SELECT coalesce(max(no), 0) + 1 FROM parcel WHERE peer = ? AND node = ? AND direction = 'out'"
    return int(connection.execute(sql, (peer_, node)).fetchone()[0])


def joining(connection: Connection) -> str | None:
    """The recipient of the desk whose first parcel an empty desk waits for; None for any other desk."""
    return identity.get(connection, "joins") if identity.waits(connection) else None


def heard(connection: Connection, recipient: str) -> dict[str, Any]:
    """What another desk last said of itself; empty before its first parcel."""
    row = connection.execute("SELECT told FROM peer WHERE recipient = ?", (recipient,)).fetchone()
    found: dict[str, Any] = json.loads(row[0]) if row else {}
    return found


def known(connection: Connection, id_: str, direction: str) -> Parcel | None:
    """A parcel by its id."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM parcel WHERE id = ? AND direction = ?",  # noqa: S608
        (id_, direction),
    ).fetchone()
    return _parcel(row) if row else None


def parcels_of(connection: Connection, peer_: str, direction: str) -> list[Parcel]:
    """The parcels written to or taken in from somebody, in the order of their numbers."""
    sql = f"SELECT {_COLUMNS} FROM parcel WHERE peer = ? AND direction = ? ORDER BY no, at"  # noqa: S608
    return [_parcel(row) for row in connection.execute(sql, (peer_, direction))]


def sent_upto(connection: Connection, node: str, but: str) -> int:
    """The furthest row of a node that was ever sent to a desk other than ``but``."""
    sql = "SELECT told FROM parcel WHERE direction = 'out' AND peer <> ?"
    told = (json.loads(row[0]).get("upto", {}) for row in connection.execute(sql, (but,)))
    return max((upto.get(node, 0) for upto in told), default=0)


def parcels(store: Store, limit: int = 200, *, direction: str = "") -> list[Parcel]:
    """The newest parcels written and taken in, or of one direction (``out``, ``in``)."""
    with store.plain() as connection:
        sql = f"SELECT {_COLUMNS} FROM parcel WHERE ? IN ('', direction) ORDER BY at DESC, id LIMIT ?"  # noqa: S608
        return [_parcel(row) for row in connection.execute(sql, (direction, limit))]


@needs(May.SEE_NAMES)
def left(session: Session, client: str | None = None, *, since: date | None = None) -> list[LeftPart]:
    """Everything that ever left about a client, or about everybody this officer may see; newest first."""
    found = select(LeftPart).where(col(LeftPart.gone).is_(False)).order_by(col(LeftPart.at).desc(), col(LeftPart.part))
    if client is not None:
        found = found.where(LeftPart.client == client)
    if since is not None:
        found = found.where(col(LeftPart.at) >= since.isoformat())
    return list(session.exec(found))


@needs(May.SEE_NAMES)
def local_of(session: Session, centre: str, record: str) -> str | None:
    """The uuid here of a record that came from another centre."""
    asked = select(Origin.local).where(Origin.centre == centre, Origin.record == record, col(Origin.gone).is_(False))
    return session.exec(asked.order_by(col(Origin.uuid))).first()
