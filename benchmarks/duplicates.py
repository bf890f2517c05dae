"""How well a person is found again at intake: right person first, strangers flagged, and how long one look takes.

    python benchmarks/duplicates.py [--clients 100000] [--asked 1000] [--seed 7] [--harsher]

Rules, weights and the noise have the same author, so real figures will be lower; the column "held out" are
spellings written
down before the rules were tuned and never used for tuning.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.returnees import DESCRIBED, HARSHER, Noise, People, Someone
from mrc_app.casework import client_keys, duplicate_evidence, duplicate_search
from mrc_app.casework.client_fields import checked
from mrc_app.store import keys, making
from mrc_app.store.centre import Store
from mrc_app.store.folding import fold
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.records import new_uuid

TODAY = date(2026, 11, 21)


def fill(store: Store, people: People, count: int) -> list[tuple[str, Someone, dict[str, Any]]]:
    """Writes invented clients straight into the tables, with their search row and keys; without journal rows."""
    kind = kinds()["client"]
    made: list[tuple[str, Someone, dict[str, Any]]] = []
    with store.writing() as raw:
        raw.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
        for number in range(count):
            one = people.someone()
            typed = people.registered(one)
            row = client_row(kind, typed, number)
            marks = ", ".join("?" * len(row))
            raw.execute(f"INSERT INTO client({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
            name = " ".join(filter(None, (row["given"], row["father"], row["grandfather"]))) or row["call_name"]
            raw.execute(
                "INSERT INTO sought(id, record, kind, number, shown, sort, text) VALUES (?, ?, 'client', ?, ?, ?, ?)",
                (number + 1, row["uuid"], row["number"], name, fold(name), fold(name)),
            )
            person = duplicate_search.person_of(row)
            raw.executemany(
                "INSERT INTO match_key(key, id) VALUES (?, ?)", [(key, number + 1) for key in client_keys.keys(person)]
            )
            made.append((row["uuid"], one, typed))
        raw.execute("DELETE FROM gate")
    return made


def client_row(kind: Kind, typed: dict[str, Any], number: int) -> dict[str, Any]:
    """A client's row as the database keeps it, of what was typed."""
    called = {"call_name": typed.get("given") or typed["native"].split()[0]}
    columns = checked({**called, **typed}, on=TODAY, home="ET")
    bound = {name: kind.bound(name, value) for name, value in columns.items()}
    fixed = {
        "uuid": new_uuid(),
        "number": f"BD1-2026-{number}",
        "registered_on": TODAY.isoformat(),
        "registered_by": "0" * 32,
    }
    return {**kind.defaults, **bound, **fixed}


def measure(
    store: Store, people: People, made: list[tuple[str, Someone, dict[str, Any]]], asked: int
) -> dict[str, Any]:
    """Asks for people who came before and for strangers."""
    first: dict[str, list[int]] = defaultdict(list)
    five: dict[str, list[int]] = defaultdict(list)
    took: list[float] = []
    cpu: list[float] = []
    scores: list[tuple[float, bool]] = []
    for uuid, one, before in people.dice.sample(made, min(asked, len(made))):
        typed = people.returning(one, before)
        start, worked = time.perf_counter(), time.process_time()
        found = duplicate_search.look(store, typed, today=TODAY)
        took.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
        groups = [
            one.script,
            f"{one.script} {'native' if 'native' in typed else 'latin'}",
            "held out" if one.held_out else "tuned",
            "all",
        ]
        for group in groups:
            first[group].append(bool(found) and found[0].uuid == uuid)
            five[group].append(any(likely.uuid == uuid for likely in found))
        scores.append((found[0].score if found and found[0].uuid == uuid else 0.0, True))
    flagged = []
    for _ in range(asked):
        one = people.someone()
        found = duplicate_search.look(store, people.registered(one), today=TODAY)
        flagged.append(bool(found))
        scores.append((found[0].score if found else 0.0, False))
    return {
        "first": {group: [round(sum(hits) / len(hits), 3), len(hits)] for group, hits in sorted(first.items())},
        "in_five": {"all": round(sum(five["all"]) / len(five["all"]), 3)},
        "strangers_flagged": round(sum(flagged) / len(flagged), 3),
        "ms": spread(took),
        "cpu_ms": spread(cpu),
        "thresholds": {str(at): thresholds(scores, at) for at in (0.03, 0.06, 0.1, 0.2, 0.3, 0.5, 0.7)},
    }


def spread(took: list[float]) -> dict[str, float]:
    """Median, 95th percentile and longest."""
    return {"median": round(median(took), 2), "p95": round(quantiles(took, n=20)[18], 2), "max": round(max(took), 2)}


def thresholds(scores: list[tuple[float, bool]], at: float) -> list[float]:
    """Right person first, and strangers flagged, if only chances from ``at`` were shown."""
    ours = [score >= at for score, mine in scores if mine]
    strangers = [score >= at for score, mine in scores if not mine]
    return [round(sum(ours) / len(ours), 3), round(sum(strangers) / len(strangers), 3)]


def evaluate(count: int, asked: int, seed: int, folder: Path, noise: Noise = DESCRIBED) -> dict[str, Any]:
    """A centre of so many clients, asked about so many returnees and strangers."""
    store, _ = making.make(
        folder / "centre.mrc",
        centre="Measured",
        country="ET",
        desk="Desk 1",
        officer="Nobody",
        login="nobody",
        password="measuring only",
        languages=["en"],
        token="here",
        cost=keys.FLOOR,
    )
    people = People(seed, noise)
    start = time.perf_counter()
    made = fill(store, people, count)
    filled = time.perf_counter() - start
    with store.plain() as connection:
        listed = connection.execute("SELECT count(*) FROM match_key").fetchone()[0]
    found = measure(store, people, made, asked)
    store.close()
    size = (folder / "centre.mrc").stat().st_size / 1e6
    shown = duplicate_evidence.weights()["show_from"]
    return {
        "clients": count,
        "asked": asked,
        "seed": seed,
        "fill_s": round(filled, 1),
        "keys": listed,
        "file_mb": round(size),
        "show_from": shown,
        **found,
    }


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clients", type=int, default=100_000)
    options.add_argument("--asked", type=int, default=1000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument(
        "--harsher", action="store_true", help="fewer phones and districts kept, more native names alone"
    )
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        noise = HARSHER if chosen.harsher else DESCRIBED
        found = evaluate(chosen.clients, chosen.asked, chosen.seed, Path(temporary), noise)
        print(json.dumps(found, indent=1))
