"""Making a parcel for another desk of the centre: the rows it has not seen, each node up to a signed checkpoint, stubs
for what nobody there may see, refills for what somebody may see now, and the papers it wants."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.exchange import desk_keys, desk_parcels, ledgers, parcel_files, partners
from mrc_app.exchange.desk_parcels import KIND, Assumed
from mrc_app.exchange.partners import Partner, PartnerKind
from mrc_app.store import attachments, identity, opening, outreach, rows, sealing, visibility
from mrc_app.store.journal import Checkpoint
from mrc_app.store.roles import May, Role, may, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

BLOB = 192 * 1024
Step = Callable[[int, int], None]
Place = tuple[str, int]
_ROWS = (
    "SELECT j.node, j.seq, j.record, j.subject, coalesce(j.body, unsealed(s.box)), j.digest, j.state FROM journal j "
    "LEFT JOIN sealed_body s ON s.node = j.node AND s.seq = j.seq WHERE j.node = ? AND j.seq BETWEEN ? AND ? "
    "ORDER BY j.seq"
)


@dataclass(frozen=True)
class Made:
    """A parcel for another desk: the file, how many changes and papers are in it, and how many changes are in it
    without their words, because nobody there may read them."""

    file: Path
    changes: int
    papers: int
    withheld: int
    refilled: int
    sender: str
    to: str
    no: int
    sha256: str


@dataclass
class _Plan:
    """What goes into a parcel; ``slices`` are node, first and last number."""

    slices: list[tuple[str, int, int]] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    refills: list[Place] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    hidden: set[Place] = field(default_factory=set)
    withheld: set[Place] = field(default_factory=set)

    @property
    def changes(self) -> int:
        return sum(last - first + 1 for _node, first, last in self.slices)


@dataclass(frozen=True)
class Preview:
    """What would leave, for whom and under which key, before anything is written."""

    to: str
    fingerprint: str
    changes: int
    papers: int
    withheld: int
    refilled: int


@needs(May.EXCHANGE)
def preview(store: Store, to: str, *, whole: bool = False) -> Preview:
    """What a parcel for a desk would hold now. Raises Invalid(to=…) for a desk that is not trusted."""
    own = desk_keys.own(store)
    partner = _partner(store, to, own)
    with _planned(store, partner, own, whole) as (_connection, plan):
        return Preview(
            partner.name, partner.fingerprint, plan.changes, len(plan.papers), len(plan.withheld), len(plan.refills)
        )


@needs(May.EXCHANGE)
def make(store: Store, to: str, out: Path, *, whole: bool = False, step: Step = lambda _done, _all: None) -> Made:
    """Writes a parcel for a desk (its name, key or fingerprint). With ``whole`` everything goes, whatever was sent
    before. ``step`` may raise Cancelled.

    Raises Invalid(to=…) for a desk that is not trusted, MrcError when a file is in the way or the disk refuses.
    """
    own = desk_keys.own(store)
    partner = _partner(store, to, own)
    _introduce(store, own.recipient)
    with _planned(store, partner, own, whole) as (connection, plan):
        header = _header(store, connection, partner, plan)
        written = parcel_files.write(out, header, lambda: _lines(store, connection, plan), own, step=step)
    _note(store, partner.recipient, plan, written)
    return Made(
        out, plan.changes, len(plan.papers), len(plan.withheld), len(plan.refills), store.desk_name, partner.name,
        header.no, written.sha256,
    )  # fmt: skip


def _partner(store: Store, to: str, own: desk_keys.Own) -> Partner:
    with store.read() as session:
        return partners.by_key(session, to, PartnerKind.DESK, but=own.recipient)


@contextmanager
def _planned(store: Store, partner: Partner, own: desk_keys.Own, whole: bool) -> Iterator[tuple[Connection, _Plan]]:
    """The plan of a parcel, and the file at the moment it was made for."""
    hidden = _hidden(store, partner.officers)
    signed = _sign(store, own)
    with store.plain() as connection:
        connection.execute("BEGIN")
        known = Assumed({}, set(), []) if whole else _assumed(store, connection, partner.recipient)
        yield connection, _plan(store, connection, known, hidden, signed)


def _introduce(store: Store, recipient: str) -> None:
    """Other desks learn this desk's key and name from its own journal, and who signs in here."""
    with store.read() as session:
        known = partners.by_recipient(session, recipient)
        if known is not None and store.officer in known.officers:
            return
    with store.change(by=store.officer, do="partners.introduce") as session:
        here = partners.by_recipient(session, recipient) or Partner(
            uuid=partners.uuid_of(recipient), kind=PartnerKind.DESK, name=store.desk_name, recipient=recipient,
            compared=True, trusted_by=store.officer,
        )  # fmt: skip
        here.officers = sorted({*here.officers, store.officer})
        session.add(here)


def _hidden(store: Store, officers: list[str]) -> set[Place]:
    """The rows that none of a desk's officers may see."""
    with store.plain() as connection:
        asked = "SELECT 1 FROM main.restriction WHERE lifted IS NULL AND gone = 0 UNION SELECT 1 FROM main.erasure"
        if connection.execute(asked).fetchone() is None:
            return set()
        roles = dict(connection.execute("SELECT uuid, role FROM officer WHERE active = 1 AND gone = 0").fetchall())
    reading = [uuid for uuid in officers if uuid in roles and may(Role(roles[uuid]), May.SEE_NAMES)]
    found: set[Place] | None = None
    for officer in reading or [""]:
        connection = opening.connect(store.path, store.key)
        try:
            visibility.put_views(connection, officer, Role.CASEWORKER)
            sql = "SELECT node, seq FROM main.journal EXCEPT SELECT node, seq FROM temp.seen_journal"
            shut = set(connection.execute(sql).fetchall())
        finally:
            connection.close()
        found = shut if found is None else found & shut
    return found or set()


def _sign(store: Store, own: desk_keys.Own) -> dict[str, Checkpoint]:
    """Checkpoints of the nodes this desk vouches for, as they stand now."""
    mine, found = own.verify_key.hex(), {}
    with store.writing() as connection:
        signers = desk_parcels.signers(connection)
        shut = desk_parcels.in_quarantine(connection)
        for node, (seq, chained) in desk_parcels.heads(connection).items():
            if seq and signers.get(node, mine) == mine and node not in shut:
                bare = Checkpoint(node, seq, chained, rows.now_text(), mine, b"")
                signed = replace(bare, signature=own.sign(bare.statement))
                desk_parcels.keep(connection, signed)
                found[node] = signed
    return found


def _assumed(store: Store, connection: Connection, recipient: str) -> Assumed:
    sent = ledgers.parcels_of(connection, recipient, "out")
    return desk_parcels.assumed(ledgers.heard(connection, recipient), sent, store.node)


def _plan(
    store: Store, connection: Connection, known: Assumed, hidden: set[Place], signed: dict[str, Checkpoint]
) -> _Plan:
    plan, mine, signers = _Plan(hidden=hidden), desk_keys.own(store).verify_key.hex(), desk_parcels.signers(connection)
    shut = {node for node in desk_parcels.in_quarantine(connection) if signers.get(node, mine) == mine}
    for node, (seq, _chained) in sorted(desk_parcels.heads(connection).items(), key=lambda one: one[0] not in signed):
        last = signed.get(node) or _furthest(connection, node, seq)
        first = known.have.get(node, 0) + 1
        if last is not None and last.seq >= first and node not in known.forked | shut:
            plan.slices.append((node, first, last.seq))
            plan.checkpoints.append(last)
    plan.withheld = set(_left_out(connection, plan, hidden))
    plan.refills = [place for place in sorted(known.stubs) if place not in hidden and _has_words(connection, place)]
    there, shut = attachments.there(store.path), _shut_records(connection, hidden)
    new = {uuid for uuid in there if _among(connection, uuid, plan)}
    plan.papers = [uuid for uuid in dict.fromkeys([*known.wanted, *sorted(new)]) if uuid in there and uuid not in shut]
    return plan


def _furthest(connection: Connection, node: str, seq: int) -> Checkpoint | None:
    """The furthest checkpoint of another desk's node that the rows here reach."""
    return next((one for one in desk_parcels.checkpoints(connection, node) if one.seq <= seq), None)


def _left_out(connection: Connection, plan: _Plan, hidden: set[Place]) -> Iterator[Place]:
    """The rows of the slices that go without their words: nobody there may read them, or nobody here can."""
    for node, first, last in plan.slices:
        sql = (
            "SELECT j.seq FROM journal j LEFT JOIN sealed_body s ON s.node = j.node AND s.seq = j.seq WHERE j.node = ? "
            "AND j.seq BETWEEN ? AND ? AND j.body IS NULL AND j.state <> 'erased' AND unsealed(s.box) IS NULL"
        )
        for (seq,) in connection.execute(sql, (node, first, last)):
            yield node, seq
    for node, first, last in plan.slices:
        for place in hidden:
            if place[0] == node and first <= place[1] <= last and not _is_open(connection, place):
                yield place


def _is_open(connection: Connection, place: Place) -> bool:
    """Restrictions and erasures themselves are told to every desk; and a row that was erased has no words to hide."""
    body, state = connection.execute("SELECT body, state FROM journal WHERE node = ? AND seq = ?", place).fetchone()
    return state == "erased" or (body is not None and json.loads(body)["kind"] in sealing.OPEN_KINDS)


def _among(connection: Connection, record: str, plan: _Plan) -> bool:
    """Whether a record's words go along in this parcel."""
    sliced, refilled = {node: (first, last) for node, first, last in plan.slices}, set(plan.refills)
    for node, seq in connection.execute("SELECT node, seq FROM journal WHERE record = ?", (record,)).fetchall():
        first, last = sliced.get(node, (1, 0))
        if (first <= seq <= last and (node, seq) not in plan.withheld) or (node, seq) in refilled:
            return True
    return False


def _has_words(connection: Connection, place: Place) -> bool:
    row = connection.execute(_ROWS, (place[0], place[1], place[1])).fetchone()
    return row is not None and row[4] is not None and row[6] == "full"


def _shut_records(connection: Connection, hidden: set[Place]) -> set[str]:
    found = set()
    for node, places in desk_parcels.stretches(hidden).items():
        for first, last in places:
            sql = "SELECT DISTINCT record FROM journal WHERE node = ? AND seq BETWEEN ? AND ?"
            found |= {row[0] for row in connection.execute(sql, (node, first, last))}
    return found


def _header(store: Store, connection: Connection, partner: Partner, plan: _Plan) -> parcel_files.Header:
    more = {
        **desk_parcels.announcement(connection, store, partner.recipient),
        "v": rows.VERSION, "node": store.node, "desk": store.desk, "desk_name": store.desk_name,
        "desk_code": store.desk_code, "trusts": sorted(desk_parcels.desk_names(connection)),
        "slices": plan.slices, "refills": len(plan.refills), "blobs": plan.papers,
        "checkpoints": [
            [one.node, one.seq, one.hash.hex(), one.at, one.signer, one.signature.hex()] for one in plan.checkpoints
        ],
    }  # fmt: skip
    return parcel_files.Header(
        KIND, secrets.token_hex(16), ledgers.next_no(connection, partner.recipient, store.node),
        outreach.centre_of(connection), (partner.recipient,), schema=identity.get(connection, "schema") or "",
        more=more,
    )  # fmt: skip


def _lines(store: Store, connection: Connection, plan: _Plan) -> Iterator[parcel_files.Line]:
    """Rows and stubs slice by slice, then refills, then papers piece by piece."""
    for piece in plan.slices:
        for row in connection.execute(_ROWS, piece):
            yield _line("row", row, plan.withheld)
    for node, seq in plan.refills:
        yield _line("refill", connection.execute(_ROWS, (node, seq, seq)).fetchone(), set())
    for uuid in plan.papers:
        with attachments.place(store.path, uuid).open("rb") as file:
            number, content = 0, file.read(BLOB)
            while content:
                following = file.read(BLOB)
                yield {"blob": [uuid, number, not following, base64.b64encode(content).decode()]}
                number, content = number + 1, following


def _line(name: str, row: tuple[Any, ...], withheld: set[Place]) -> parcel_files.Line:
    node, seq, record, subject, body, digest, state = row
    if body is None or state != "full" or (node, seq) in withheld:
        state = "erased" if state == "erased" else "withheld"
        return {"stub": [node, seq, record, subject, digest.hex(), state]}
    return {name: [node, seq, record, subject, body.decode()]}


def _note(store: Store, recipient: str, plan: _Plan, written: parcel_files.Written) -> None:
    header = written.header
    told = {
        "upto": {node: last for node, _first, last in plan.slices},
        "withheld": desk_parcels.stretches(plan.withheld),
        "refilled": desk_parcels.stretches(plan.refills),
        "papers": plan.papers,
    }
    with store.writing() as connection:
        told["spoke"] = ledgers.heard(connection, recipient).get("node")
        made = ledgers.Parcel(
            header.id, "out", KIND, recipient, store.node, header.no, written.sha256, header.made_at, "written", told
        )
        ledgers.note(connection, made)
