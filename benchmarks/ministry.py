"""Packages of many centres through staging, decisions and merge, beside the plainest way to write the same rows.

``python benchmarks/ministry.py [--centres 200] [--months 12] [--rows 120] [--postgres URL]``: SQLite against plain
executemany, PostgreSQL against raw COPY into a table with the same index; one run, side by side. ``--files N`` also
opens, checks and merges N sealed files.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mrc_app.calendars.periods import period
from mrc_app.ministry import database as databases
from mrc_app.ministry import merging, opening, receiving
from mrc_app.ministry.checking import Checked, Observation
from mrc_app.ministry.database import Database
from mrc_app.ministry.merging import Arrived
from mrc_app.ministry.opening import Manifest

COLUMNS = ("package", "flow", "indicator", "dims", "cell", "unit", "value")
PLAIN = "CREATE TABLE plain (package BIGINT NOT NULL, flow TEXT NOT NULL, indicator TEXT NOT NULL, dims TEXT NOT NULL, cell TEXT NOT NULL, unit TEXT NOT NULL, value NUMERIC NOT NULL)"  # noqa: E501


def observations(rows: int, seed: int) -> list[Observation]:
    """As many rows as a middling centre sends: persons by sex, age, destination."""
    members = itertools.product(("F", "M", "_T"), ("Y18T24", "Y25T34", "Y35T49", "_T"), range(1000))
    return [
        Observation("DF_PERSONS", "PERSONS_N", "SEX,AGE,DEST", f"{sex}|{age}|D{n}", "PS", str((n * 7 + seed) % 40))
        for sex, age, n in itertools.islice(members, rows)
    ]


def packages(centres: int, months: int, rows: int) -> Iterator[Arrived]:
    """Packages that passed their checks, month by month."""
    for month in range(1, months + 1):
        span = period(f"2026-{month:02}")
        for centre in range(centres):
            name = f"ETH-{centre:04}"
            said = Manifest(name, "MIN", span.code, "", span.start, span.end, month, "", {}, {}, {}, "ET")
            yield Arrived(name, f"s{name}{month}", f"c{name}{month}", said, "known",
                          Checked(observations(rows, centre * month)))  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = perf_counter()
    work()
    return perf_counter() - start


def merged(at: Database, all_of_them: list[Arrived]) -> None:
    """Twenty at a time, as the desk does."""
    for start in range(0, len(all_of_them), receiving.BATCH):
        merging.merge(at, all_of_them[start : start + receiving.BATCH], at="2026-12-31T00:00:00+00:00")


def plain(at: Database, all_of_them: list[Arrived]) -> None:
    """The same rows, nothing decided: COPY or executemany into an indexed table, twenty packages a transaction."""
    at.run(PLAIN)
    at.run("CREATE INDEX plain_package ON plain (package)")
    for start in range(0, len(all_of_them), receiving.BATCH):
        batch = all_of_them[start : start + receiving.BATCH]
        with at.change():
            at.bulk(
                "plain", COLUMNS, ((start + n, *row) for n, one in enumerate(batch) for row in one.checked.observations)
            )


def side_by_side(url: str, all_of_them: list[Arrived]) -> None:
    """Both ways into one database."""
    rows = sum(one.checked.rows for one in all_of_them)
    with databases.opened(url, make=True) as at:
        if at.rows("SELECT 1 FROM package LIMIT 1"):
            raise SystemExit("This database holds packages already; give an empty one.")
        raw, ours = timed(lambda: plain(at, all_of_them)), timed(lambda: merged(at, all_of_them))
        assert at.rows("SELECT count(*) FROM observation") == [(rows,)]
        corrected = [
            one._replace(content=f"n{one.content}", sealed=f"n{one.sealed}", manifest=_next(one.manifest))
            for one in all_of_them[: max(20, len(all_of_them) // 10)]
        ]
        again = timed(lambda: merged(at, corrected))
        assert at.rows("SELECT count(*) FROM observation") == [(rows,)]
        at.run("DROP TABLE plain")
    name = url.partition(":")[0]
    print(f"{name}: {len(all_of_them)} packages, {rows} rows")
    print(f"  plain {rows / raw:,.0f} rows/s; merge {rows / ours:,.0f} rows/s = {raw / ours:.0%} of plain; "
          f"{len(all_of_them) / ours:.0f} packages/s; corrections {len(corrected) / again:.0f} packages/s")  # fmt: skip


def _next(said: Manifest) -> Manifest:
    return Manifest(**{**vars(said), "seq": said.seq + 100})


def from_files(count: int, folder: Path) -> None:
    """Sealed files: opened, hashed, checked line by line, merged."""
    from tests.ministry.built import MINISTRY, Made

    cells = {(f"E{n}", sex, "SAU"): n + 3 for n in range(1, 14) for sex in ("F", "M")}
    files = [Made(centre=f"ETH-{number:04}", cells=cells).put(folder) for number in range(count)]
    keys = folder / "keys.txt"
    keys.write_text(MINISTRY.identity, "ascii")
    with databases.opened(f"sqlite:///{folder / 'files.db'}", make=True) as at:
        found = receiving.Received()
        took = timed(lambda: found.answers.extend(receiving.receive(at, files, opening.identities(keys)).answers))
        again = timed(lambda: receiving.receive(at, files, opening.identities(keys)))
    rows = sum(one.rows for one in found.of("accepted"))
    print(f"sealed files: {count / took:.0f} a second ({rows / took:,.0f} rows/s), the same again {count / again:.0f}")


def main() -> None:
    """Reads the options and measures."""
    asking = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asking.add_argument("--centres", type=int, default=200)
    asking.add_argument("--months", type=int, default=12)
    asking.add_argument("--rows", type=int, default=120)
    asking.add_argument("--postgres", default="")
    asking.add_argument("--files", type=int, default=0)
    asked = asking.parse_args()
    all_of_them = list(packages(asked.centres, asked.months, asked.rows))
    with tempfile.TemporaryDirectory() as folder:
        side_by_side(f"sqlite:///{folder}/m.db", all_of_them)
        if asked.postgres:
            side_by_side(asked.postgres, all_of_them)
        if asked.files:
            from_files(asked.files, Path(folder))


if __name__ == "__main__":
    main()
