"""Every figure of an invented centre counted again from outside: from the takeout alone, by a script of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mrc_app import demo, store
from mrc_app.exchange import takeout
from mrc_app.figures import reports
from mrc_app.figures.tiers import Tier
from mrc_app.store.centre import Store
from tests.figures.recount import Recount, Takeout, differences

PERIODS = ("2026", "et:2018-13", "np:2083-06", "np:FY2082", "2026-09-06/2026-11-09")


def recounted(desk: Store, folder: Path, periods: tuple[str, ...]) -> None:
    made = takeout.take_out(desk, folder, sealing=takeout.Sealing(plain=True), today=demo.TODAY)
    kept = Takeout(made.file)
    for period in periods:
        report = reports.make(desk, period, Tier.INTERNAL, demo.TODAY)
        again = Recount(kept, report["start"], report["end"], demo.TODAY.isoformat())
        assert differences(again, report) == [], period
        assert report["figures"][0]["code"] == "A1"


def opened(made: demo.Demo) -> Store:
    return store.open(made.centre, login=made.user, password=made.password_file.read_text("utf-8").strip())


def test_a_recount_from_the_takeout_agrees_to_the_unit(tmp_path: Path) -> None:
    desk = opened(demo.make(tmp_path / "demo", clients=300))
    recounted(desk, tmp_path, PERIODS)
    year = reports.make(desk, "2026", Tier.INTERNAL, demo.TODAY)
    told = {one["code"] for one in year["figures"] if one["value"] not in ("", "0")}
    assert told >= {
        "A1",
        "A2",
        "A3",
        "A4",
        "AV",
        "B1",
        "B4",
        "B6",
        "C2",
        "C5",
        "C7",
        "C8",
        "C9",
        "D1",
        "D2",
        "D3",
        "E1",
    }
    desk.close()


def test_the_recount_finds_a_figure_that_is_off_by_one(tmp_path: Path) -> None:
    desk = opened(demo.make(tmp_path / "demo", clients=1))
    made = takeout.take_out(desk, tmp_path, sealing=takeout.Sealing(plain=True), today=demo.TODAY)
    report = reports.make(desk, "2026", Tier.INTERNAL, demo.TODAY)
    desk.close()
    report["figures"][0]["value"] = str(int(report["figures"][0]["value"]) + 1)
    (tmp_path / "report.json").write_text(json.dumps(report), "utf-8")
    script = Path(__file__).with_name("recount.py")
    asked = [sys.executable, "-I", str(script), str(made.file), str(tmp_path / "report.json"), str(demo.TODAY)]
    run = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert run.returncode == 1 and run.stdout.startswith("A1: report")


@pytest.mark.long
def test_a_recount_of_a_hundred_thousand_people_agrees_to_the_unit(tmp_path: Path) -> None:
    desk = opened(demo.make(tmp_path / "demo", clients=100_000))
    recounted(desk, tmp_path, ("2026", "et:2018-13", "np:FY2082"))
    desk.close()


def test_the_recount_reads_nothing_of_this_program() -> None:
    text = Path(__file__).with_name("recount.py").read_text("utf-8")
    assert "mrc_app" not in text and date(2026, 11, 21) == demo.TODAY
