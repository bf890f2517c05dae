"""Nothing personal is on the disk in the clear: not in the file, its log, temporary files, settings or crash notes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMES = [
    "Tigist",
    "ትግስት",
    "Hawwa",
    "ሐዋ",
    "Moussa",
    "रमेश",
    "911550134",
    "Meseret calls",
    "Debre Tabor",
    "nobody in her family",
]

A_DAY = """
import os, sys
from datetime import date
from pathlib import Path
from mrc_app import demo, store
folder = Path(sys.argv[1])
made = demo.make(folder, clients=5)
desk = store.open(made.centre, login=made.user, password=made.password_file.read_text().strip())
from mrc_app.casework import clients, counselling
from mrc_app.store import search
found = search.find(desk, "Tigist")
with desk.change(by=desk.officer, do="counselling.record") as session:
    note = "nobody in her family knows"
    counselling.record(session, client=found[0].uuid, on=date(2026, 11, 21), officer=desk.officer, result=note)
desk.draft_save("register", {"call_name": "Tigist", "phone": "0911550134"})
from mrc_app.guides import making, records
with desk.read() as session:
    person = records.person_facts(session, clients.by_uuid(session, found[0].uuid), today=date(2026, 11, 21))
guide = making.make(making.GuideRequest(language="en", corridor="ET-SA", today=date(2026, 11, 21), person=person))
assert guide.pdf.startswith(b"%PDF")
assert "Tigist" not in guide.file_name
os.kill(os.getpid(), 9)  # the power goes while the write-ahead log is still there
"""


def everything_below(*folders: Path) -> list[Path]:
    """Every file under some folders."""
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What a working day that ended in a power cut leaves on the disk."""
    home, temp = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("temp")
    centre = tmp_path_factory.mktemp("centre")
    environment = {
        **os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"), "XDG_STATE_HOME": str(home / "state"), "TMPDIR": str(temp),
        "SQLITE_TMPDIR": str(temp),
    }  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-c", A_DAY, str(centre)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -9, ended.stderr
    files = everything_below(home, temp, centre)
    assert any(file.name.endswith("-wal") and file.stat().st_size for file in files), "the log is there to be read"
    return files


@pytest.mark.parametrize("name", NAMES)
def test_no_name_lies_on_the_disk(name: str, left: list[Path]) -> None:
    patterns = {name.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")}
    patterns |= {name.lower().encode(), name.upper().encode()}
    found = [str(file) for file in left if any(pattern in file.read_bytes() for pattern in patterns)]
    assert not found


def test_the_search_for_names_would_find_one(left: list[Path], tmp_path: Path) -> None:
    open_file = tmp_path / "in the clear.txt"
    open_file.write_text("Tigist")
    assert any(b"Tigist" in file.read_bytes() for file in [*left, open_file])
