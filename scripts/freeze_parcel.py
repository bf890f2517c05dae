"""Keeps a desk's parcel as this version writes it, so that every later version can be tried on it.

    python scripts/freeze_parcel.py [--again]

Writes tests/files/desk-<version>.parcel for the desk whose key follows from SEED, from invented people. Once a version
is released its parcel is never written again.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mrc_app.exchange import desk_keys, desk_parcels_making, partners  # noqa: E402
from mrc_app.exchange.partners import PartnerKind  # noqa: E402
from mrc_app.store import keys, making  # noqa: E402
from scripts.freeze_release import DAY, LOGIN, PASSWORD, fill  # noqa: E402

SEED = b"a desk that keeps every parcel.."


def main(again: bool) -> None:
    """Makes the parcel of this version. Stops when it stands already."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    target = ROOT / "tests" / "files" / f"desk-{version}.parcel"
    if target.exists() and not again:
        raise SystemExit(f"{target.name} stands already: a released parcel is never written again.")
    with tempfile.TemporaryDirectory() as folder:
        desk, _sheet = making.make(
            Path(folder) / "centre.mrc", centre="MIC Bahir Dar (invented)", country="ET", desk="Desk 1",
            officer="Meseret (invented)", login=LOGIN, password=PASSWORD, languages=["am", "en"],
            token="frozen", cost=keys.FLOOR,
        )  # fmt: skip
        fill(desk)
        with desk.change(by=desk.officer, do="partners.trust") as session:
            key = desk_keys.from_seed(SEED).recipient
            partners.trust(session, kind=PartnerKind.DESK, name="Desk 2", recipient=key, by=desk.officer, on=DAY)
        made = desk_parcels_making.make(desk, "Desk 2", Path(folder) / target.name)
        desk.close()
        shutil.copy(made.file, target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes, {made.changes} changes")


if __name__ == "__main__":
    main("--again" in sys.argv[1:])
