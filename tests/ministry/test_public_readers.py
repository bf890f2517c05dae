"""Other people's programs read what a ministry publishes: frictionless, pysdmx and sdmx1 (see tests/exchange)."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from mrc_app.calendars.periods import period
from mrc_app.ministry import public_files, publishing
from mrc_app.ministry.database import Database
from tests.exchange.test_ministry_export_readers import CHECKERS, ROOT
from tests.ministry.test_publishing import TODAY, send

pytestmark = pytest.mark.long


def test_three_other_programs_read_a_publication(at: Database, tmp_path: Path) -> None:
    if not CHECKERS.exists():
        pytest.skip("frictionless, pysdmx and sdmx1 are not installed (MRC_CHECKERS names their Python)")
    send(at, tmp_path)
    made = publishing.prepare(at, period("2026-Q3"))
    name, whole = next(iter(public_files.files(made, "ET", TODAY).items()))
    assert name.endswith(".zip")
    with ZipFile(io.BytesIO(whole)) as zipped:
        zipped.extractall(tmp_path / "out")
    done = subprocess.run(
        [str(CHECKERS), str(ROOT / "tests" / "exchange" / "checkers.py"), str(tmp_path / "out")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (said,) = json.loads(done.stdout)
    assert said["errors"] == []
    assert all(len(set(rows)) == 1 for rows in said["rows"].values())
