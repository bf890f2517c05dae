"""Taking in a parcel of another desk: inside one transaction, committed after the last byte was verified.

A slice is compared with a checkpoint the desk it belongs to has signed. A slice that is not what was signed stays out,
and so does a node of which two files wrote; everything else comes in. Papers lie sealed on the disk before the commit.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.exchange import desk_keys, desk_parcels, desk_parcels_slices, ledgers, parcel_files, settling
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.desk_parcels import KIND
from mrc_app.exchange.desk_parcels_slices import Lines, Taken
from mrc_app.i18n import N_
from mrc_app.store import (
    attachments,
    erasing,
    forks,
    identity,
    leftovers,
    logins,
    outreach,
    people,
    receiving,
    rows,
    upgrades,
)
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from mrc_app.exchange.parcel_files import Header, Opened
    from mrc_app.store.centre import Store

Step = Callable[[int, int], None]
_UUID = re.compile("[0-9a-f]{32}")

OTHER_CENTRE = N_("“{file}” is of a desk of another centre. Nothing was taken in.")
NOT_A_DESK = N_("“{file}” was signed by {name}, which is not trusted as a desk of this centre. Nothing was taken in.")
FIRST = N_("“{file}” is not the first parcel for this desk. Ask for one with everything in it.")
NOBODY_HERE = N_(
    "Nobody in “{file}” signs in as “{login}”. Add her at the other desk first, then make the parcel anew."
)


def take(
    store: Store, found: Opened, *, path: Path, decide: Path | None, today: date, step: Step = lambda _done, _all: None
) -> Arrived:
    """Takes a desk's parcel in. Raises MrcError, CannotRead with nothing changed."""
    store.allow(May.EXCHANGE)
    header = found.header
    _require_desk(store, header, path)
    empty = False
    with receiving.writing(store) as connection:
        empty = identity.waits(connection)
        taken = Taken(store, connection, header, path.name)
        with leftovers.undone(_as_it_was(taken)):
            _kept_out(taken)
            _body(taken, Lines(found.lines))
            _after(taken, found, empty)
        gaps = desk_parcels.standing_gaps(connection, store.desk_name)
    if empty:
        store.know_officer()
    store.tell(frozenset(taken.kinds))
    if store.personal and "officer" in taken.kinds:
        people.publish_also(store)
    if erasing.KEPT in taken.kinds:
        erasing.catch_up(store)
    named = str(header.more.get("desk_name", ""))
    if header.schema > upgrades.NEWEST:
        taken.said.append(Problem(desk_parcels.NEWER_DESK, {"desk": named}))
    also: dict[str, Any] = {"refilled": taken.done.refilled, "papers": len(taken.papers), "desk": named}
    return Arrived(
        KIND, taken.done.new, taken.done.same, settling.listed(store), [*taken.said, *_new_only(gaps, taken.said)],
        told=also,
    )  # fmt: skip


def _as_it_was(taken: Taken) -> Callable[[], None]:
    store, was = taken.store, (taken.store.node, taken.store.desk_code)

    def undo() -> None:
        leftovers.remove(taken.papers.values())
        store.node, store.desk_code = was

    return undo


def _new_only(gaps: list[Problem], said: list[Problem]) -> list[Problem]:
    return [gap for gap in gaps if gap not in said]


def _require_desk(store: Store, header: Header, path: Path) -> None:
    from mrc_app.exchange import partners
    from mrc_app.exchange.partners import PartnerKind

    with store.plain() as connection:
        mine = {desk_keys.own(store).recipient, ledgers.joining(connection)}
        centre, empty = outreach.centre_of(connection), identity.waits(connection)
    if header.sender not in mine:
        with store.read() as session:
            partner = partners.by_recipient(session, header.sender)
        if partner is None or partner.kind is not PartnerKind.DESK:
            raise MrcError(NOT_A_DESK, file=path.name, name=partner.name if partner else header.sender[:12])
    if not empty and header.centre != centre:
        raise MrcError(OTHER_CENTRE, file=path.name)
    version = header.more.get("v")
    if not isinstance(version, int) or version > rows.VERSION:
        raise CannotRead(parcel_files.NEWER, file=path.name)


# -- the body


def _body(taken: Taken, lines: Lines) -> None:
    pieces = desk_parcels_slices.slices(taken)
    if identity.waits(taken.connection) and any(piece.first > 1 for piece in pieces):
        raise MrcError(FIRST, file=taken.name)
    for piece in pieces:
        desk_parcels_slices.take(taken, piece, desk_parcels_slices.rows_of(taken, lines, piece))
    desk_parcels_slices.refills(taken, lines)
    while lines.next is not None:
        line = lines.pop()
        if "blob" in line:
            _blob(taken, line["blob"])
        elif "row" in line or "stub" in line:
            raise CannotRead(parcel_files.DAMAGED, file=taken.name)


# -- papers


def _blob(taken: Taken, said: Any) -> None:
    """A piece of a sealed paper. It lies under another name until its last piece came."""
    if not (isinstance(said, list) and len(said) == 4 and isinstance(said[0], str) and _UUID.fullmatch(said[0])):
        return
    uuid, number, last, text = said
    if attachments.place(taken.store.path, uuid).exists() or taken.waits.get(uuid, 0) != number:
        return
    target = attachments.place(taken.store.path, uuid)
    part = target.with_name(f"{target.name}.{taken.header.id[:8]}.new")
    try:
        content = base64.b64decode(text, validate=True)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        taken.papers[uuid] = part
        with part.open("ab" if number else "wb") as file:
            file.write(content)
            if last:
                file.flush()
                os.fsync(file.fileno())
    except (ValueError, TypeError):
        raise CannotRead(parcel_files.DAMAGED, file=taken.name) from None
    except OSError as trouble:
        raise MrcError(attachments.REFUSED, reason=trouble.strerror or str(trouble)) from None
    taken.waits[uuid] = -1 if last else number + 1


def _keep_papers(taken: Taken) -> None:
    for uuid, part in taken.papers.items():
        if taken.waits.get(uuid) == -1:
            part.replace(attachments.place(taken.store.path, uuid))
        else:
            part.unlink(missing_ok=True)


# -- the end


def _after(taken: Taken, found: Opened, empty: bool) -> None:
    """What belongs to the parcel as a whole; the last of it before the commit."""
    store, connection, header = taken.store, taken.connection, taken.header
    if not found.whole:
        raise CannotRead(parcel_files.DAMAGED, file=taken.name)
    for node in taken.done.nodes:
        receiving.lengthen(connection, node)
    receiving.not_our_twin(store, connection, taken.done)
    if empty and not _signs_in(connection, store.login):
        raise MrcError(NOBODY_HERE, file=taken.name, login=store.login)
    _start_anew(taken)
    _hear(taken)
    named: Any = header.more.get("node")
    came = ledgers.Parcel(
        header.id, "in", KIND, header.sender, named if isinstance(named, str) else "", header.no, found.sha256,
        rows.now_text(), "taken in", {"made_at": header.made_at},
    )  # fmt: skip
    ledgers.note(connection, came)
    _keep_papers(taken)


def _signs_in(connection: Connection, login: str) -> bool:
    try:
        return bool(logins.officer_of(connection, login))
    except MrcError:
        return False


def _start_anew(taken: Taken) -> None:
    """Two desks with one code in their numbers: the one that notices goes on with a new ending. So does a file that is
    shown rows another file wrote as its own node."""
    more, store = taken.header.more, taken.store
    if more.get("desk") != store.desk and more.get("desk_code") == store.desk_code:
        _new_start(taken)
    elif store.node in taken.done.forked:
        _go_on_as_another(taken, taken.agreed.get(store.node))


def _kept_out(taken: Taken) -> None:
    """A desk whose node another one keeps out, because two files wrote as it, goes on as another: what the other did
    not take in is told to it again."""
    more, node = taken.header.more, taken.store.node
    if node in desk_parcels.heard_of(more)["forked"]:
        kept = more.get("kept")
        told = kept.get(node) if isinstance(kept, dict) else None
        _go_on_as_another(taken, forks.agreed(taken.connection, node, told))


def _go_on_as_another(taken: Taken, agreed: int | None) -> None:
    """A new node, to which go the rows that neither the writer of the parcel has nor anybody else was sent. Where it is
    not known how far the two files are alike, what was written before stays where it was."""
    node, sent = taken.store.node, ledgers.sent_upto(taken.connection, taken.store.node, taken.header.sender)
    _new_start(taken)
    if agreed is not None:
        forks.renumber(taken.connection, node, max(agreed, sent), taken.store.node)


def _new_start(taken: Taken) -> None:
    store = taken.store
    store.desk_code = identity.new_start(taken.connection, identity.get(taken.connection, "token") or "")
    store.node = identity.get(taken.connection, "node") or ""


def _hear(taken: Taken) -> None:
    """Keeps what the writer said of itself, unless the same file said something later before. Of two files of a desk
    the one that was heard last counts: their clocks say nothing."""
    header = taken.header
    before = ledgers.heard(taken.connection, header.sender)
    if before.get("node") == header.more.get("node") and before.get("no", 0) >= header.no:
        return
    told = desk_parcels.heard_of(header.more)
    ledgers.hear(taken.connection, header.sender, {**told, "no": header.no, "made_at": header.made_at})
