"""The journal, readable: who changed what, when; the chain checked; the values that contradict each other;
checkpoints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.store import identity, rows
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import Row

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


@dataclass(frozen=True)
class Entry:
    """One row as a person reads it. ``fields`` holds register → value; an erased or withheld row has only its
    place."""

    node: str
    seq: int
    state: str
    record: str
    subject: str | None
    at: str = ""
    by: str = ""
    by_name: str = ""
    do: str = ""
    kind: str = ""
    op: str = ""
    fields: dict[str, Any] | None = None


@dataclass(frozen=True)
class Audit:
    """The journal's state: rows this officer may see, one hash over all chain heads, whether everything fits
    together."""

    entries: int
    head: str
    intact: bool
    problems: list[Problem]


@needs(May.READ_JOURNAL)
def entries(store: Store, client: str | None = None, record: str | None = None) -> list[Entry]:
    """The rows this officer may see, oldest first; of one client or one record when named. Raises NotAllowed."""
    sql = (
        "SELECT node, seq, state, record, subject, body FROM temp.seen_journal "
        "WHERE (?1 IS NULL OR subject = ?1) AND (?2 IS NULL OR record = ?2)"
    )
    with store.plain() as connection:
        names = dict(connection.execute("SELECT uuid, name FROM officer").fetchall())
        found = [_entry(row, names) for row in connection.execute(sql, (client, record))]
    return sorted(found, key=lambda entry: (entry.at, entry.node, entry.seq))


def _entry(row: tuple[Any, ...], names: dict[str, str]) -> Entry:
    node, seq, state, record, subject, body = row
    if body is None:
        return Entry(node, seq, state, record, subject)
    said = json.loads(body)
    fields = {register: field["value"] for register, field in said["fields"].items()}
    by = said["by"]
    return Entry(
        node,
        seq,
        state,
        record,
        subject,
        said["at"],
        by,
        names.get(by, by),
        said["do"],
        said["kind"],
        said["op"],
        fields,
    )


@needs(May.READ_JOURNAL)
def audit(store: Store) -> Audit:
    """Checks every digest and every chain. Raises NotAllowed."""
    with store.plain() as connection:
        connection.execute("BEGIN")
        visible = int(connection.execute("SELECT count(*) FROM temp.seen_journal").fetchone()[0])
        problems = check(connection)
        heads = connection.execute("SELECT node, seq, hash FROM chain").fetchall()
    return Audit(visible, rows.audit_head(heads), not problems, problems)


def check(connection: Connection) -> list[Problem]:
    """What does not fit in the journal: a body that was changed, a missing row, a broken chain."""
    problems: list[Problem] = []
    heads = {
        node: (seq, chained)
        for node, seq, chained in connection.execute("SELECT node, seq, hash FROM chain").fetchall()
    }
    nodes = {row[0] for row in connection.execute("SELECT DISTINCT node FROM journal")}
    for node in sorted(nodes | heads.keys()):
        problems.extend(_check_node(connection, node, *heads.get(node, (0, rows.start(node)))))
    return problems


def _check_node(connection: Connection, node: str, last: int, kept: bytes) -> Iterator[Problem]:
    chained, expected, whole = rows.start(node), 1, last == 0
    found = connection.execute("SELECT seq, record, body, digest FROM journal WHERE node = ? ORDER BY seq", (node,))
    for seq, record, body, digest in found:
        if body is not None and (rows.digest(body) != digest or json.loads(body)["record"] != record):
            yield Problem(N_("Journal row {row} was changed after it was written."), {"row": f"{node}:{seq}"})
        if seq != expected and seq <= last:
            yield Problem(N_("Journal row {row} is missing."), {"row": f"{node}:{expected}"})
        chained, expected = rows.link(chained, digest), seq + 1
        if seq == last:
            whole = chained == kept
    if not whole:
        yield Problem(N_("The journal's chain of {node} is broken."), {"node": node})


def rows_of(connection: Connection, node: str, after: int = 0) -> Iterator[Row]:
    """A node's rows after a place, in order."""
    columns = "node, seq, record, subject, body, digest, iif(body IS NULL AND state = 'full', 'withheld', state)"
    sql = f"SELECT {columns} FROM journal WHERE node = ? AND seq > ? ORDER BY seq"
    return (Row(*row) for row in connection.execute(sql, (node, after)))


@dataclass(frozen=True)
class Checkpoint:
    """A chain head this desk signed: proof that the journal up to ``seq`` was as it is. ``signer`` is an
    Ed25519 public key."""

    node: str
    seq: int
    hash: bytes
    at: str
    signer: str
    signature: bytes

    @property
    def statement(self) -> bytes:
        """The bytes that are signed."""
        return b"mrc checkpoint\x00" + f"{self.node}:{self.seq}:{self.at}:".encode() + self.hash

    def valid(self) -> bool:
        """Whether the signature is the signer's."""
        from nacl.exceptions import BadSignatureError
        from nacl.signing import VerifyKey

        try:
            VerifyKey(bytes.fromhex(self.signer)).verify(self.statement, self.signature)
        except (BadSignatureError, ValueError):
            return False
        return True


def sign(store: Store) -> Checkpoint:
    """Signs where this node's journal stands, and keeps the checkpoint."""
    from dataclasses import replace

    from nacl.signing import SigningKey

    with store.plain() as connection:
        connection.execute("BEGIN IMMEDIATE")
        key = SigningKey(bytes.fromhex(identity.get(connection, "signing_key") or ""))
        place = connection.execute("SELECT seq, hash FROM chain WHERE node = ?", (store.node,)).fetchone()
        seq, chained = place or (0, rows.start(store.node))
        bare = Checkpoint(store.node, seq, chained, rows.now_text(), key.verify_key.encode().hex(), b"")
        signed = replace(bare, signature=key.sign(bare.statement).signature)
        connection.execute(
            "INSERT OR REPLACE INTO checkpoint(node, seq, hash, at, signer, signature) VALUES (?, ?, ?, ?, ?, ?)",
            (signed.node, signed.seq, signed.hash, signed.at, signed.signer, signed.signature),
        )
        connection.execute("COMMIT")
    return signed
