"""Values that contradict each other: written at two places by people who had not seen each other's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.store import heads
from mrc_app.store.kinds import kinds
from mrc_app.store.raw import raw_of
from mrc_app.store.rows import Head

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class Version:
    """One of several standing values: who wrote it, when, at which node."""

    value: Any
    by: str
    at: str
    head: Head


@dataclass(frozen=True)
class Conflict:
    """A register of a record with several standing values. A later edit by somebody who saw them all settles it."""

    kind: str
    record: str
    subject: str | None
    register: str
    versions: tuple[Version, ...]


def conflicts(session: Session, subject: str | None = None) -> list[Conflict]:
    """Every conflict this officer may see; of one client when named."""
    raw = raw_of(session)
    return list(found(raw, subject))


def found(raw: Connection, subject: str | None = None) -> Iterator[Conflict]:
    """The conflicts seen through this connection's views. What only a newer program knows waits for that program."""
    known = kinds()
    several = "SELECT record, register FROM head GROUP BY record, register HAVING count(*) > 1"
    removed = "SELECT DISTINCT record, 'gone' FROM head WHERE register = 'gone'"
    for record, register in raw.execute(f"{several} UNION {removed} ORDER BY 1, 2").fetchall():
        versions = _versions(raw, record, register)
        if register == "gone":
            versions += _edited_beside(raw, record, versions)
        if not versions or (subject is not None and versions[0][1]["subject"] != subject):
            continue
        kind = known.get(versions[0][1]["kind"])
        if kind is None or register not in kind.registers:
            continue
        told = tuple(Version(value, body["by"], body["at"], head) for head, body, value in versions)
        if len({json.dumps(version.value, sort_keys=True) for version in told}) > 1:
            body = versions[0][1]
            yield Conflict(body["kind"], record, body["subject"], register, told)


Said = tuple[Head, dict[str, Any], Any]


def _versions(raw: Connection, record: str, register: str) -> list[Said]:
    rows = raw.execute(
        "SELECT j.node, j.seq, j.body FROM head h JOIN temp.seen_journal j ON j.node = h.node AND j.seq = h.seq "
        "WHERE h.record = ? AND h.register = ? AND j.body IS NOT NULL ORDER BY j.node, j.seq",
        (record, register),
    ).fetchall()
    bodies = [(Head(node, seq), json.loads(body)) for node, seq, body in rows]
    return [(head, body, body["fields"][register]["value"]) for head, body in bodies]


def _edited_beside(raw: Connection, record: str, removals: list[Said]) -> list[Said]:
    """Edits of a removed record that the person who removed it had not seen."""
    hidden = [said for said in removals if said[2]]
    if not hidden:
        return []
    known = {text for _, body, _ in hidden for text in body["fields"]["gone"]["seen"]} | {
        str(head) for head, _, _ in hidden
    }
    standing = heads.of(raw, record)
    edits = {head for register, own in standing.items() if register != heads.GONE for head in own}
    rows = raw.execute(
        "SELECT node, seq, body FROM temp.seen_journal WHERE record = ? AND body IS NOT NULL ORDER BY node, seq",
        (record,),
    ).fetchall()
    found = [(Head(node, seq), json.loads(body), 0) for node, seq, body in rows]
    return [said for said in found if said[0] in edits and str(said[0]) not in known]
