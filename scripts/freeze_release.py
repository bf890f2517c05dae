"""Keeps a centre file as this version writes it, so that every later version can be tried on it.

    python scripts/freeze_release.py [--again]

Writes tests/files/centre-<version>.mrc with its key file, from invented people. Once a version is released its file is
never written again; before that, ``--again`` replaces it when the first migration changed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mrc_app.casework import clients, journeys  # noqa: E402
from mrc_app.casework.consents import How, Said, State  # noqa: E402
from mrc_app.store import keys, making, swapping  # noqa: E402
from mrc_app.store.centre import Store  # noqa: E402

FILES = ROOT / "tests" / "files"
LOGIN, PASSWORD = "meseret", "seven blue donkeys"
DAY = date(2026, 11, 20)
NAMES = ("Tigist", "ትግስት", "Hawwa", "Ramesh")
LARGEST = 2_500_000
"""Bytes: the file stands in the repository."""


def main(again: bool) -> None:
    """Makes the file of this version. Stops when it stands already."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    target = FILES / f"centre-{version}.mrc"
    if target.exists() and not again:
        raise SystemExit(f"{target.name} stands already: a released file is never written again.")
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made, _sheet = making.make(
            Path(folder) / target.name, centre="MIC Bahir Dar (invented)", country="ET", desk="Desk 1",
            officer="Meseret (invented)", login=LOGIN, password=PASSWORD, languages=["am", "en"],
            token="frozen", cost=keys.FLOOR,
        )  # fmt: skip
        fill(made)
        key = made.key
        made.close()
        swapping.folded(made.path, key)
        if made.path.stat().st_size > LARGEST:
            raise SystemExit(f"{made.path.stat().st_size} bytes are too many for the repository.")
        shutil.copy(made.path, target)
        shutil.copy(keys.beside(made.path), keys.beside(target))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


def fill(desk: Store) -> None:
    """A few invented people with consents and a journey."""
    yes = Said(State.GIVEN, How.THUMB, "am")
    for name in NAMES:
        with desk.change(by=desk.officer, do="clients.register") as session:
            client = clients.register(
                session, desk_code=desk.desk_code, by=desk.officer, on=DAY, home="ET", call_name=name,
                record=yes, statistics=yes,
            )  # fmt: skip
            journeys.plan(session, client=client.uuid, origin="ET", destination="SA", on=DAY, by=desk.officer)


if __name__ == "__main__":
    main("--again" in sys.argv)
