"""A parcel of another desk taken into the encrypted file, beside plain executemany of the same rows, in one run.

    python benchmarks/receiving.py [--changes 100000] [--new 0.3] [--seed 8] [--profile]

A desk of a centre registers people, plans journeys and records talks, and amends any of them, whoever came first; one
in fifty amendments had not seen what stood there. Its parcel is opened, verified and taken in by a desk that has none
of it. Plain: the journal rows and the rows of the tables as they then stand, put with executemany into an equally
enciphered file, into tables with the same columns, keys and indexes, in one transaction, with nothing read, checked,
decided, searched for or sealed. Processor time of both, and of each of the steps of receiving.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mrc_app import demo
from mrc_app.exchange import desk_keys, parcel_files
from mrc_app.store import bulk, opening, receiving, rows
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.records import new_uuid
from mrc_app.store.rows import Row
from tests.exchange.desks import centre, parcel, receive

AMENDED: dict[str, list[tuple[str, Callable[[random.Random], Any]]]] = {
    "client": [
        ("district", lambda dice: dice.choice(["Dessie", "Gondar", "Kombolcha", "Bahir Dar"])),
        ("note", lambda dice: f"Came again with her sister, asked for page {dice.randrange(90)} of the guide."),
        ("location_place", lambda dice: dice.choice(["Riyadh", "Jeddah", "Beirut", "Amman"])),
    ],
    "consent": [("expires_on", lambda dice: f"2027-{dice.randint(1, 12):02}-01")],
    "journey": [
        ("employer", lambda dice: f"Household {dice.randrange(900)}"),
        (
            "wage",
            lambda dice: {"wage_minor": dice.randint(800, 1500) * 100, "wage_currency": "SAR", "wage_per": "month"},
        ),
    ],
    "contact": [
        ("minutes", lambda dice: dice.choice([5, 25, 50])),
        ("note", lambda dice: f"Rang at {dice.randrange(24)}."),
    ],
}
"""What is amended, by kind and register."""
Timed = tuple[float, float]
USUAL = "-2000"
"""What SQLite keeps in memory of a file unless it is told otherwise (2 MB)."""


def timed(work: Callable[[], object]) -> Timed:
    """Seconds of the processor, seconds on the wall."""
    start, clock = process_time(), perf_counter()
    work()
    return process_time() - start, perf_counter() - clock


# -- what was written at the other desk


def registered(desk: Store, count: int, seed: int) -> None:
    """At least so many new records: people, what they agreed to, journeys, talks."""
    people = demo.synthetic(random.Random(seed), count)
    with bulk.adding(desk, by=desk.officer, do="bench.register") as adding:
        while _size(desk) < count:
            with adding.batch() as batch:
                for person in islice(people, max(1, min(500, (count - _size(desk)) // 5))):
                    demo._add(batch, desk, person)


def _size(desk: Store) -> int:
    with desk.plain() as connection:
        return int(connection.execute("SELECT count(*) FROM journal WHERE node = ?", (desk.node,)).fetchone()[0])


def mixed(desk: Store, changes: int, new: float, seed: int) -> None:
    """The rows of the desk anew: its new records with amendments between them, so many in all."""
    dice = random.Random(seed)
    with desk.writing() as connection:
        made = [
            Row(*row) for row in connection.execute("SELECT * FROM journal WHERE node = ? ORDER BY seq", (desk.node,))
        ]
        told = list(islice(_interleaved(made, changes, new, dice), changes))
        connection.execute("DROP TRIGGER guard_journal_delete")
        connection.execute("DELETE FROM journal WHERE node = ?", (desk.node,))
        connection.execute("DELETE FROM chain WHERE node = ?", (desk.node,))
        connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", told)
        receiving.lengthen(connection, desk.node)


def _interleaved(made: list[Row], changes: int, new: float, dice: random.Random) -> Iterator[Row]:
    there: list[tuple[Row, dict[str, Any], dict[str, list[str]]]] = []
    waiting = iter(made)
    for seq in range(1, changes + 1):
        row = next(waiting, None) if not there or dice.random() < new else None
        if row is not None:
            row = row._replace(seq=seq)
            body = receiving.checked(row) or {}
            yield row
            if body["kind"] in AMENDED:
                there.append((row, body, {}))
        else:
            yield _amended(seq, *dice.choice(there), dice)


def _amended(seq: int, row: Row, body: dict[str, Any], stands: dict[str, list[str]], dice: random.Random) -> Row:
    fields = {}
    for register, value in dice.sample(AMENDED[body["kind"]], dice.randint(1, len(AMENDED[body["kind"]]))):
        seen = [] if dice.random() < 0.02 else stands.get(register, [f"{row.node}:{row.seq}"])
        fields[register] = {"value": value(dice), "seen": seen}
        stands[register] = [f"{row.node}:{seq}"]
    said = {
        **body,
        "salt": rows.new_salt(),
        "txn": new_uuid(),
        "hlc": body["hlc"] + seq,
        "op": "set",
        "do": "bench.amend",
    }
    raw = rows.canonical({**said, "fields": fields})
    return row._replace(seq=seq, body=raw, digest=rows.digest(raw))


# -- the plain way


def plain(desk: Store, nodes: set[str]) -> tuple[Callable[[Path, str], None], int]:
    """The same rows, ready in memory, and how many they are; what puts them into a file of its own."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with desk.plain() as connection:
        marks = ", ".join("?" * len(nodes))
        found["journal"] = connection.execute(f"SELECT * FROM journal WHERE node IN ({marks})", (*nodes,)).fetchall()
        for name in kinds():
            found[name] = connection.execute(f'SELECT * FROM main."{name}"').fetchall()
        sql = "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY type DESC"
        shape = [said for name, said in connection.execute(sql) if name in found and said]

    def put(path: Path, cache: str) -> None:
        made = opening.create(path, desk.key, secrets.token_bytes(opening.SALT))
        for said in shape:
            made.execute(said)
        made.execute(f"PRAGMA cache_size = {cache}")
        made.execute("BEGIN IMMEDIATE")
        made.execute("PRAGMA defer_foreign_keys = ON")
        for name, own in found.items():
            if own:
                made.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(own[0]))})', own)
        made.execute("COMMIT")
        made.close()

    return put, sum(map(len, found.values()))


# -- side by side


def read_only(file: Path, desk: Store) -> None:
    """The parcel opened and every line verified, nothing kept."""
    with parcel_files.opened(file, [desk_keys.own(desk)]) as found:
        for _line in found.lines:
            pass


def main() -> None:
    """Reads the options and measures."""
    asking = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asking.add_argument("--changes", type=int, default=100_000)
    asking.add_argument("--new", type=float, default=0.3)
    asking.add_argument("--seed", type=int, default=8)
    asking.add_argument("--profile", action="store_true")
    asked = asking.parse_args()
    with tempfile.TemporaryDirectory(prefix="mrc-receiving-") as name, centre(Path(name), 2) as (one, two):
        registered(one, int(asked.changes * asked.new), asked.seed)
        mixed(one, asked.changes, asked.new, asked.seed)
        file = parcel(one, desk_keys.own(two).recipient)
        print(f"{asked.changes} changes, parcel {file.stat().st_size / 1e6:.1f} MB")
        reading = timed(lambda: read_only(file, two))
        took = _profiled(lambda: receive(two, file)) if asked.profile else timed(lambda: receive(two, file))
        put, count = plain(two, {one.node})
        raw = timed(lambda: put(Path(name) / "plain.mrc", USUAL))
        roomy = timed(lambda: put(Path(name) / "roomy.mrc", f"-{receiving.CACHE}"))
        again = timed(lambda: receive(two, parcel(one, desk_keys.own(two).recipient, whole=True)))
    told = {"parcel opened and verified": reading, "received": took, "whole again": again}
    told |= {f"plain, {count} rows": raw, "plain, with as much memory as receiving takes": roomy}
    for what, (cpu, wall) in told.items():
        print(f"  {what}: {cpu:.2f} s of processor time, {wall:.2f} s; {asked.changes / cpu:,.0f} changes/s")
    print(f"  received at {raw[0] / took[0]:.0%} of plain executemany (wall {raw[1] / took[1]:.0%})")
    print(f"  and at {roomy[0] / took[0]:.0%} of it with as much memory (wall {roomy[1] / took[1]:.0%})")


def _profiled(work: Callable[[], object]) -> Timed:
    import cProfile
    import pstats

    watch = cProfile.Profile()
    took = timed(lambda: watch.runcall(work))
    pstats.Stats(watch).sort_stats("tottime").print_stats(35)
    return took


if __name__ == "__main__":
    main()
