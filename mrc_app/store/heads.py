"""Which of the values written for a register stand: every value, but those the author of another had seen.

Reckoned from a record's own rows whenever it is asked, so that order and repetition cannot matter. The table ``head``
keeps only what somebody has to look at: registers where several values stand, and removals. A record that was made
and amended by people who saw each other's work has no row there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from mrc_app.store.rows import Head

if TYPE_CHECKING:
    from mrc_app.store.kinds import Kind

Told = tuple[str, int, dict[str, Any]]
"""A row of the journal with its body: node, number, body."""
Standing = dict[str, frozenset[Head]]
"""The heads of each register of one record."""
GONE = "gone"
_NOBODY: frozenset[Head] = frozenset()


def bodies(connection: Connection, records: Iterable[str]) -> dict[str, list[Told]]:
    """The rows of records that still have their bodies, in the order of the journal's key."""
    found: dict[str, list[Told]] = {record: [] for record in records}
    rows = connection.execute(
        "SELECT j.record, j.node, j.seq, coalesce(j.body, unsealed(s.box)) FROM json_each(?) asked "
        "CROSS JOIN journal j ON j.record = asked.value "
        "LEFT JOIN sealed_body s ON s.node = j.node AND s.seq = j.seq "
        "WHERE j.body IS NOT NULL OR s.box IS NOT NULL ORDER BY j.node, j.seq",
        (json.dumps(list(found)),),
    )
    for record, node, seq, body in rows:
        if body is not None:
            found[record].append((node, seq, json.loads(body)))
    return found


def standing(told: list[Told]) -> Standing:
    """The heads of each register of one record."""
    written: dict[str, list[Head]] = {}
    seen: dict[str, set[Head]] = {}
    for node, seq, body in told:
        head = Head(node, seq)
        for register, field in body["fields"].items():
            written.setdefault(register, []).append(head)
            if field["seen"]:
                seen.setdefault(register, set()).update(map(Head.of, field["seen"]))
    return {register: frozenset(heads) - seen.get(register, _NOBODY) for register, heads in written.items()}


def of(connection: Connection, record: str) -> dict[str, frozenset[Head]]:
    """The heads of each register of a record, as they stand now."""
    return standing(bodies(connection, [record])[record])


def on_screen(connection: Connection, kind: Kind, record: str) -> dict[str, frozenset[Head]]:
    """The heads of each register that a form can show. A word of a newer program or a link to what is not here yet
    waits and is not shown: nobody replaces it unseen."""
    found = of(connection, record)
    sql = "SELECT DISTINCT register FROM pending WHERE record = ?"
    waits = [row[0] for row in connection.execute(sql, (record,)) if row[0] in kind.registers and row[0] in found]
    for register in waits:
        columns = kind.registers[register]
        listed = ", ".join(f'"{column}"' for column in columns)
        row = connection.execute(f'SELECT {listed} FROM main."{kind.name}" WHERE uuid = ?', (record,)).fetchone()
        shown = (row[0] if len(columns) == 1 else dict(zip(columns, row, strict=True))) if row else None
        found[register] &= {
            Head(node, seq)
            for node, seq, body in bodies(connection, [record])[record]
            if register in body["fields"] and body["fields"][register]["value"] == shown
        }
    return found


def worth_keeping(told: list[Told], stand: Standing | None = None) -> list[tuple[str, Head]]:
    """The heads somebody has to look at: where several stand, and every removal."""
    if len(told) < 2 and not any(GONE in body["fields"] for _, _, body in told):
        return []
    found = (standing(told) if stand is None else stand).items()
    return [(register, head) for register, heads in found if len(heads) > 1 or register == GONE for head in heads]


def keep(connection: Connection, told: dict[str, list[Told]], stand: dict[str, Standing] | None = None) -> set[str]:
    """Brings the table of heads in step with these records; returns those with several values standing. ``stand`` is
    what stands of some of them, where that was reckoned before."""
    known = stand or {}
    rows = [
        (record, register, *head)
        for record, own in told.items()
        for register, head in worth_keeping(own, known.get(record))
    ]
    connection.executemany("DELETE FROM head WHERE record = ?", [(record,) for record in told])
    connection.executemany("INSERT OR IGNORE INTO head(record, register, node, seq) VALUES (?, ?, ?, ?)", rows)
    counted: dict[tuple[str, str], int] = {}
    for record, register, *_head in rows:
        counted[record, register] = counted.get((record, register), 0) + 1
    return {record for (record, _), count in counted.items() if count > 1}
