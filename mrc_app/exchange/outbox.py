"""The outbox: sealed parcels that wait to be sent, were sent, or were acknowledged. Nothing goes before a person asks.

The sealed bytes lie in a folder beside the centre file until the other side has acknowledged them or a person drops
them; what is not sealed is refused. A broken send leaves a parcel waiting, also across a restart.

For the screen: ``queue`` puts a file in, ``listed`` tells, ``send`` sends what waits (``step`` may raise Cancelled),
``drop`` takes one out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Integer, String, Table

from mrc_app.errors import Cancelled, CannotRead, Invalid, MrcError, Problem
from mrc_app.exchange import destinations, ledgers, minisigs, parcel_files, transport, withdrawing
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import metadata, new_uuid
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

# -- Words


class State(Labelled):
    """How far a parcel has come."""

    QUEUED = "queued", N_("waits")
    SENT = "sent", N_("sent")
    ACKNOWLEDGED = "acknowledged", N_("acknowledged")
    REFUSED = "refused", N_("refused by the other side")


# -- Record

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("destination", String, nullable=False),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("queued_by", String, nullable=False, server_default=""),
    Column("at", String, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("trouble", String, nullable=False, server_default=""),
    Column("sent_at", String, nullable=False, server_default=""),
    Column("verified", Integer, nullable=False, server_default="0"),
)


@dataclass(frozen=True)
class Waiting:
    """One parcel of the outbox. ``verified``: the other end told the right size (or gave the bytes back) afterwards."""

    id: str
    destination: str
    name: str
    sha256: str
    size: int
    state: State
    queued_by: str
    at: str
    tries: int
    trouble: str
    sent_at: str
    verified: bool

    def told(self) -> dict[str, Any]:
        """As a program is told it."""
        return {
            "id": self.id, "destination": self.destination, "file": self.name, "sha256": self.sha256,
            "bytes": self.size, "state": self.state.value, "at": self.at, "tries": self.tries,
            "trouble": self.trouble or None, "sent_at": self.sent_at or None, "verified": self.verified,
        }  # fmt: skip


# -- Rules

SEALED = b"age-encryption.org/v1\n"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,180}")
NOT_SEALED = N_("“{file}” is not sealed: only what nobody on the way can read is sent.")
BAD_NAME = N_("“{file}” cannot be sent under this name: only letters A–Z, digits, points and dashes.")
CANNOT_READ = N_("“{file}” cannot be read: {reason}.")
CANNOT_KEEP = N_("The outbox cannot be written: {reason}.")
LOST = N_(
    "The sealed copy of “{file}” is not in the outbox any more, or was changed. Drop it and make the parcel again."
)
NO_PARCEL = N_("There is no parcel “{id}” in the outbox.")


def folder(centre: Path) -> Path:
    """Where the sealed bytes lie."""
    return centre.with_name(f"{centre.stem}.outbox")


# -- Actions


@needs(May.EXCHANGE)
def queue(store: Store, file: Path, destination: str) -> Waiting:
    """Puts a sealed file (and its signature beside it) into the outbox; the same file for the same destination is there
    once. Raises Invalid(destination=), MrcError for what is not sealed or cannot be read or kept."""
    to = destinations.by_name(store, destination)
    if not NAME.fullmatch(file.name):
        raise MrcError(BAD_NAME, file=file.name)
    digest, size = _sealed(file)
    known = next((one for one in listed(store) if (one.sha256, one.destination) == (digest, to.name)), None)
    if known is not None:
        return known
    id = new_uuid()
    with store.writing() as connection:
        _copied(file, folder(store.path) / id)
        if minisigs.beside(file).is_file():
            _copied(minisigs.beside(file), folder(store.path) / f"{id}.minisig")
        connection.execute(
            "INSERT INTO outbox(id, destination, name, sha256, size, state, queued_by, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (id, to.name, file.name, digest, size, State.QUEUED.value, store.officer, now_text()),
        )
    return by_id(store, id)


def _sealed(file: Path) -> tuple[str, int]:
    try:
        with file.open("rb") as opened:
            if opened.read(len(SEALED)) != SEALED:
                raise MrcError(NOT_SEALED, file=file.name)
        return parcel_files.digest_of(file), file.stat().st_size
    except OSError as trouble:
        raise CannotRead(CANNOT_READ, file=file.name, reason=trouble.strerror or str(trouble)) from None


def _copied(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(exist_ok=True)
        with source.open("rb") as whole, part.open("wb") as copy:
            while piece := whole.read(parcel_files.PIECE):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(target)
    except OSError as trouble:
        raise MrcError(CANNOT_KEEP, reason=trouble.strerror or str(trouble)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@needs(May.EXCHANGE)
def send(
    store: Store, *ids: str, again: bool = False, step: transport.Step = lambda _done, _all: None,
    carrier: Callable[[destinations.Destination], transport.Carrier] = transport.carrier,
) -> list[Waiting]:  # fmt: skip
    """Sends what waits, or the parcels named (``again``: also those sent before). One that could not be sent keeps
    waiting with its trouble; the others are sent all the same. ``step`` may raise Cancelled: the rest waits."""
    chosen = [by_id(store, id) for id in ids] or listed(store)
    sent: list[Waiting] = []
    for one in chosen:
        if one.state is State.QUEUED or (again and one.state is State.SENT):
            sent.append(_send(store, one, step, carrier))
    tidy(store)
    return sent


def _send(
    store: Store, one: Waiting, step: transport.Step,
    carrier: Callable[[destinations.Destination], transport.Carrier],
) -> Waiting:  # fmt: skip
    kept = folder(store.path) / one.id
    try:
        if not kept.is_file() or parcel_files.digest_of(kept) != one.sha256:
            raise MrcError(LOST, file=one.name)
        with store.plain() as connection:
            withdrawing.refuse_to_send(connection, one.sha256, one.name)
        with _carrying(carrier, destinations.by_name(store, one.destination)) as way:
            signature = kept.with_name(f"{one.id}.minisig")
            if signature.is_file():
                way.put(transport.Load.of(signature, minisigs.beside(Path(one.name)).name, one.id), _silent)
            verified = way.put(transport.Load.of(kept, one.name, one.id), step)
    except Cancelled:
        raise
    except MrcError as refused:
        _note(store, one, "tries = tries + 1, trouble = ?", refused.text())
        return by_id(store, one.id)
    _note(
        store, one, "state = ?, sent_at = ?, verified = ?, trouble = '', tries = tries + 1",
        State.SENT.value, now_text(), int(verified),
    )  # fmt: skip
    return by_id(store, one.id)


@contextmanager
def _carrying(
    carrier: Callable[[destinations.Destination], transport.Carrier], to: destinations.Destination
) -> Iterator[transport.Carrier]:
    way = carrier(to)
    try:
        yield way
    finally:
        way.close()


def _silent(_done: int, _all: int) -> None:
    """The signature is a few bytes."""


def _note(store: Store, one: Waiting, what: str, *values: Any) -> None:
    with store.writing() as connection:
        connection.execute(f"UPDATE outbox SET {what} WHERE id = ?", (*values, one.id))  # noqa: S608


@needs(May.EXCHANGE)
def drop(store: Store, id: str) -> Waiting:
    """Takes a parcel out of the outbox, sent or not; what lies at the other end stays there. Raises Invalid(id=)."""
    one = by_id(store, id)
    with store.writing() as connection:
        connection.execute("DELETE FROM outbox WHERE id = ?", (one.id,))
    _forget(store, one.id)
    return one


def tidy(store: Store) -> None:
    """Removes the bytes of what was acknowledged, and of what a crash left without a line."""
    with store.writing() as connection:
        needed = {one.id for one in _all(connection) if one.state is not State.ACKNOWLEDGED}
        for file in folder(store.path).glob("*"):
            if file.name.partition(".")[0] not in needed:
                file.unlink(missing_ok=True)


def _forget(store: Store, id: str) -> None:
    for file in folder(store.path).glob(f"{id}*"):
        file.unlink(missing_ok=True)


# -- Questions

_COLUMNS = "id, destination, name, sha256, size, state, queued_by, at, tries, trouble, sent_at, verified"


@needs(May.EXCHANGE)
def listed(store: Store) -> list[Waiting]:
    """Everything in the outbox, the oldest first."""
    with store.plain() as connection:
        return _all(connection)


@needs(May.EXCHANGE)
def by_id(store: Store, id: str) -> Waiting:
    """One parcel by its id or the start of it. Raises Invalid(id=)."""
    same = [one for one in listed(store) if len(id) >= 4 and one.id.startswith(id.lower())]
    if len(same) != 1:
        raise Invalid(id=Problem(NO_PARCEL, {"id": id[:80]}))
    return same[0]


def _all(connection: Connection) -> list[Waiting]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM outbox ORDER BY at, id").fetchall()  # noqa: S608
    return [_waiting(connection, row) for row in rows]


def _waiting(connection: Connection, row: tuple[Any, ...]) -> Waiting:
    told = dict(zip(_COLUMNS.split(", "), row, strict=True))
    state = State(told["state"])
    if state is State.SENT:
        state = _answered(connection, told["sha256"]) or state
    return Waiting(**{**told, "state": state, "verified": bool(told["verified"])})


def _answered(connection: Connection, digest: str) -> State | None:
    """What the other side answered, as the list of parcels knows it."""
    sql = "SELECT id FROM parcel WHERE direction = 'out' AND (sha256 = ? OR json_extract(told, '$.sealed') = ?)"
    ids = [row[0] for row in connection.execute(sql, (digest, digest))]
    found = [one for one in (ledgers.known(connection, id, "out") for id in ids) if one is not None]
    if any(one.state == "acknowledged" or _has_it(connection, one) for one in found):
        return State.ACKNOWLEDGED
    return State.REFUSED if any(one.state == "refused" for one in found) else None


def _has_it(connection: Connection, sent: ledgers.Parcel) -> bool:
    """Whether the other desk has said since that it has every row of a parcel."""
    told = ledgers.heard(connection, sent.peer)
    upto, have = sent.told.get("upto") or {}, told.get("have") or {}
    came = int((told.get("got") or {}).get(sent.node, 0)) >= sent.no
    return sent.kind == "desk" and came and all(have.get(node, 0) >= seq for node, seq in upto.items())
