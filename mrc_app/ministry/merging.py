"""Packages into the database: staged, decided by statements over the whole batch, then merged or turned away.

A package replaces what its centre sent before for the same days and tier, whole, when its number is higher. It never
replaces anything when its number is lower, when another package has the same number, or when its signer is not known
and the signer of what stands there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mrc_app.i18n import N_
from mrc_app.ministry.checking import Checked
from mrc_app.ministry.database import STAGED, STAGING, Database
from mrc_app.ministry.opening import Manifest

KEPT = ("content", "sealed", "centre", "country", "tier", "period", "local_period", "first_day", "last_day", "seq",
        "signer", "rows", "withheld", "received", "file")  # fmt: skip
OBSERVED = ("no", "flow", "indicator", "dims", "cell", "unit", "value")
LINED = ("no", "kind", "line", "body")
SAME = "a.centre = b.centre AND a.tier = b.tier AND a.first_day = b.first_day AND a.last_day = b.last_day"
REASONS = {
    "older": N_("A later package of this centre and period is here already."),
    "fork": N_(
        "Another package with the same number is here already, with other content. Ask the centre which is right."
    ),
    "unverified": N_("Its signer is not known, and what stands there was signed by the centre."),
}
DECISIONS = (
    ("duplicate", "EXISTS (SELECT 1 FROM package b WHERE b.content = a.content)"),
    ("unverified", f"a.signer <> 'known' AND EXISTS (SELECT 1 FROM package b WHERE {SAME} AND b.signer = 'known')"),
    ("older", f"EXISTS (SELECT 1 FROM package b WHERE {SAME} AND b.seq > a.seq)"),
    ("fork", f"EXISTS (SELECT 1 FROM package b WHERE {SAME} AND b.seq = a.seq)"),
)
"""In this order; then the same among the packages of the batch, where the one that came first stands."""


class Arrived(NamedTuple):
    """A package that passed every check of its own."""

    file: str
    sealed: str
    content: str
    manifest: Manifest
    signer: str
    checked: Checked


def merge(database: Database, batch: Iterable[Arrived], *, at: str) -> dict[str, str]:
    """Merges a batch in one transaction. Returns what became of each sealed file: "" (taken), "duplicate", or a key of
    ``REASONS``."""
    for sql in STAGING:
        database.run(sql)
    with database.staging():
        for table in STAGED:
            database.empty(table)
        stage(database, batch, at)
        database.analyze(*STAGED)
    with database.change():
        decide(database)
        carry_out(database)
        return dict(database.rows("SELECT sealed, reason FROM staged_package"))


def stage(database: Database, batch: Iterable[Arrived], at: str) -> None:
    """Puts packages into the staging tables, their numbers in one stream; one package is in memory at a time."""
    packages, cases = list[tuple[Any, ...]](), list[tuple[Any, ...]]()

    def observed() -> Iterator[tuple[Any, ...]]:
        for no, one in enumerate(batch):
            packages.append((no, *_kept(one, at), ""))
            cases.extend((no, *row) for row in one.checked.cases)
            for row in one.checked.observations:
                yield no, *row

    database.bulk("staged_observation", OBSERVED, observed())
    database.bulk("staged_package", ("no", *KEPT, "reason"), packages)
    if cases:
        database.bulk("staged_case_row", LINED, cases)


def _kept(one: Arrived, at: str) -> tuple[Any, ...]:
    """What is kept of a package itself, in the order of ``KEPT``."""
    said = one.manifest
    withheld = " ".join(f"{reason}={n}" for reason, n in sorted(said.withheld.items()))
    return (
        one.content, one.sealed, said.centre, said.country, said.tier, said.period, said.local_period,
        said.first_day.isoformat(), said.last_day.isoformat(), said.seq, one.signer, one.checked.rows, withheld, at,
        one.file,
    )  # fmt: skip


def decide(database: Database) -> None:
    """Marks what is not taken, each with the first reason that holds."""
    for reason, holds in DECISIONS:
        database.run(f"UPDATE staged_package AS a SET reason = ? WHERE reason = '' AND {holds}", reason)
    for reason, holds in DECISIONS:
        among = holds.replace("FROM package b WHERE", "FROM staged_package b WHERE b.no < a.no AND b.reason = '' AND")
        database.run(f"UPDATE staged_package AS a SET reason = ? WHERE reason = '' AND {among}", reason)


def carry_out(database: Database) -> None:
    """Full replacement: what stood there goes, what is new comes in."""
    base = int(database.rows("SELECT coalesce(max(id), 0) + 1 FROM package")[0][0])
    beaten = f"EXISTS (SELECT 1 FROM staged_package b WHERE b.reason = '' AND {SAME} AND b.seq > a.seq)"
    gone = [row[0] for row in database.rows(f"SELECT a.id FROM package a WHERE a.state = 'current' AND {beaten}")]
    if gone:
        these = ", ".join("?" * len(gone))
        database.run(f"DELETE FROM observation WHERE package IN ({these})", *gone)
        database.run(f"DELETE FROM case_row WHERE package IN ({these})", *gone)
        database.run(f"UPDATE package SET state = 'replaced' WHERE id IN ({these})", *gone)
    columns = ", ".join(KEPT)
    database.run(
        f"INSERT INTO package (id, state, {columns}) SELECT ? + a.no, CASE WHEN {beaten} THEN 'replaced' "
        f"ELSE 'current' END, {columns} FROM staged_package a WHERE a.reason = ''",
        base,
    )
    taken = "JOIN package p ON p.id = ? + s.no AND p.state = 'current'"
    database.run(
        f"INSERT INTO observation SELECT p.id, s.flow, s.indicator, s.dims, s.cell, s.unit, s.value "
        f"FROM staged_observation s {taken}",
        base,
    )
    database.run(f"INSERT INTO case_row SELECT p.id, s.kind, s.line, s.body FROM staged_case_row s {taken}", base)
    database.run("DELETE FROM quarantine WHERE sealed IN (SELECT sealed FROM staged_package WHERE reason = '')")
