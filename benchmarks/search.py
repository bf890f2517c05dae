"""Search, side by side in one run: this program, plain SQLite and plain SQLCipher (LIKE and FTS5), and Anki.

    python benchmarks/search.py [--clients 100000] [--rounds 5] [--without-anki]

Every needle is asked of every program in turn; of each the best round counts. Goals: 95 of 100 needles within 50 ms,
and at least twenty times as fast as Anki in the middle. FTS5 alone finds only how a word begins, and not in every
script; LIKE and Anki find what we find, Anki all of it and we the first fifty.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlcipher3.dbapi2 as sqlcipher

from benchmarks.neighbours import Anki, People, fts, like, plain
from mrc_app import store
from mrc_app.store import search
from mrc_app.store.centre import Store
from mrc_app.store.folding import fold
from tests.store.crowd import RARE, fill

NEEDLES = {
    "Latin": ["almaz", "almaz haile", "xanthippe", "birtuk"],
    "Latin with marks": ["Żółkiewski", "Đặng", "þórður"],
    "Ethiopic": ["አልማዝ", "ዘርዓያዕቆብ", "ትር"],
    "Arabic": ["محمد", "غضنفر", "يوس"],
    "Devanagari": ["प्रकाश", "हृषीकेश", "तामाङ"],
    "Khmer": ["សុខា", "ឥន្ទ្រទេវី", "ឈូង"],
    "Thai": ["สมชาย", "ฐิติพงศ์", "ฌาน"],
    "two letters": ["wu", "xo", "ti", "አል", "مح", "स", "ស៊"],
    "inside a word": ["irtuka", "anthip", "ዓያዕ"],
    "nobody, one letter": ["ቐ", "ڜ", "ฬ"],
    "nobody, two letters": ["qq", "ቐቐ", "ڜڜ"],
    "nobody, three letters": ["zqx", "ቐቐቐ", "ڜڜڜ"],
    "number and phone": ["0911 23", "2026-777"],
}


def made(folder: Path, count: int) -> tuple[Store, People]:
    """A centre with a crowd, and the crowd's words."""
    desk, _sheet = store.create(
        folder / "centre.mrc", centre="A centre", country="ET", desk="Desk", officer="Officer", login="officer",
        password="a long enough password", languages=["en"], settings=folder,
    )  # fmt: skip
    said = fill(desk, count)
    with desk.plain() as connection:
        shown = dict(connection.execute("SELECT record, shown FROM sought").fetchall())
        numbers = dict(connection.execute("SELECT record, number FROM sought").fetchall())
    return desk, [(numbers[uuid], shown[uuid], words) for uuid, words in said.items()]


def enciphered(path: Path) -> Any:
    """A SQLCipher file of no further design."""
    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"")
    return connection


def took(act: Callable[[], object]) -> float:
    """Seconds."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def main() -> None:
    """Prints a table in milliseconds, and the ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--without-anki", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="mrc-search-") as name:
        folder = Path(name)
        started = time.perf_counter()
        desk, people = made(folder, options.clients)
        print(f"{options.clients} clients in {time.perf_counter() - started:.0f} s, {len(RARE)} rare names among them")
        one = plain(sqlite3.connect(folder / "plain.db"), people, fold)
        other = plain(enciphered(folder / "cipher.db"), people, fold)
        with _Nobody() if options.without_anki else Anki(people) as anki:
            ways: dict[str, Callable[[str], float]] = {
                "this program": lambda text: took(lambda: search.find(desk, text)),
                "SQLite LIKE": lambda text: took(lambda: like(one, fold(text))),
                "SQLite FTS5": lambda text: took(lambda: fts(one, fold(text))),
                "SQLCipher LIKE": lambda text: took(lambda: like(other, fold(text))),
                "SQLCipher FTS5": lambda text: took(lambda: fts(other, fold(text))),
            }
            if anki.there:
                ways[f"Anki {anki.version}"] = anki.seconds
            else:
                print(anki.why)
            report(ways, options.rounds)
        desk.close()


class _Nobody:
    there, why, version = False, "Anki was left out.", ""

    def seconds(self, text: str) -> float:
        """Never asked."""
        raise NotImplementedError

    def __enter__(self) -> _Nobody:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def report(ways: dict[str, Callable[[str], float]], rounds: int) -> None:
    """Asks and prints."""
    best: dict[str, dict[str, float]] = {way: {} for way in ways}
    for _ in range(rounds):
        for text in (text for texts in NEEDLES.values() for text in texts):
            for way, ask in ways.items():
                best[way][text] = min(ask(text) * 1000, best[way].get(text, 1e9))
    print("median ms of the needles".ljust(24), *(way.rjust(15) for way in ways))
    for group, texts in NEEDLES.items():
        print(group.ljust(24), *(f"{median(best[way][text] for text in texts):15.2f}" for way in ways))
    every = {way: sorted(found.values()) for way, found in best.items()}
    print("all: median".ljust(24), *(f"{median(found):15.2f}" for found in every.values()))
    print("all: 95th percentile".ljust(24), *(f"{found[int(len(found) * 0.95)]:15.2f}" for found in every.values()))
    ours = best["this program"]
    for way in list(ways)[1:]:
        ratios = sorted(best[way][text] / ours[text] for text in ours)
        low = ratios[len(ratios) // 20]
        print(f"{way}: {median(ratios):.1f} × our time in the middle, {low:.1f} × at the 5th percentile")


if __name__ == "__main__":
    main()
