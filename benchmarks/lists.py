"""Lists, side by side in one run: the first page, a page in the middle, and the count.

    python benchmarks/lists.py [--clients 100000] [--rounds 5] [--without-anki]

Ours goes through the views of what an officer may see. Plain SQLite and SQLCipher read the same page by OFFSET, as is
usual, and by key. Anki sorts all cards by the first field and reads a hundred of them.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.neighbours import Anki, plain
from benchmarks.search import _Nobody, enciphered, made, took
from mrc_app.store import lists
from mrc_app.store.folding import fold

PAGE = 100
BY_OFFSET = "SELECT number, shown FROM person ORDER BY sort, id LIMIT ? OFFSET ?"
BY_KEY = "SELECT number, shown FROM person WHERE (sort, id) > (?, ?) ORDER BY sort, id LIMIT ?"


def ways_of(connection: Any, name: str, half: int) -> dict[str, dict[str, Callable[[], object]]]:
    """Page and count of a plain table."""
    sort, number = connection.execute(
        "SELECT sort, id FROM person ORDER BY sort, id LIMIT 1 OFFSET ?", (half,)
    ).fetchone()
    return {
        f"{name} by offset": {
            "first page": lambda: connection.execute(BY_OFFSET, (PAGE, 0)).fetchall(),
            "middle page": lambda: connection.execute(BY_OFFSET, (PAGE, half)).fetchall(),
            "count": lambda: connection.execute("SELECT count(*) FROM person").fetchone(),
        },
        f"{name} by key": {
            "first page": lambda: connection.execute(BY_KEY, ("", 0, PAGE)).fetchall(),
            "middle page": lambda: connection.execute(BY_KEY, (sort, number, PAGE)).fetchall(),
            "count": lambda: connection.execute("SELECT count(*) FROM person").fetchone(),
        },
    }


def main() -> None:
    """Prints a table in milliseconds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--without-anki", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="mrc-lists-") as name:
        folder = Path(name)
        desk, people = made(folder, options.clients)
        half = options.clients // 2
        with desk.plain() as connection:
            sql = "SELECT sort, record FROM sought WHERE kind = 'client' ORDER BY sort, record LIMIT 1 OFFSET ?"
            middle = connection.execute(sql, (half,)).fetchone()
        ways: dict[str, dict[str, Callable[[], object]]] = {
            "this program": {
                "first page": lambda: lists.clients(desk, limit=PAGE),
                "middle page": lambda: lists.clients(desk, after=middle, limit=PAGE),
                "count": lambda: lists.client_count(desk),
            },
            **ways_of(plain(sqlite3.connect(folder / "plain.db"), people, fold), "SQLite", half),
            **ways_of(plain(enciphered(folder / "cipher.db"), people, fold), "SQLCipher", half),
        }
        with _Nobody() if options.without_anki else Anki(people) as anki:
            report(ways, anki, options.rounds)
        desk.close()


def report(ways: dict[str, dict[str, Callable[[], object]]], anki: Any, rounds: int) -> None:
    """Asks all in turn; the best round counts."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for way, acts in ways.items():
            for what, act in acts.items():
                found = best.setdefault(way, {})
                found[what] = min(found.get(what, 1e9), took(act) * 1000)
        if anki.there:
            found = best.setdefault(f"Anki {anki.version}", {})
            found["first page"] = min(found.get("first page", 1e9), anki.seconds("", "list") * 1000)
    whats = ("first page", "middle page", "count")
    print("ms".ljust(22), *(what.rjust(14) for what in whats))
    for way, found in best.items():
        print(way.ljust(22), *(f"{found[what]:14.2f}" if what in found else "             –" for what in whats))
    if anki.there:
        ratio = best[f"Anki {anki.version}"]["first page"] / best["this program"]["first page"]
        print(f"Anki's first page takes {ratio:.0f} × ours")
    else:
        print(anki.why)


if __name__ == "__main__":
    main()
