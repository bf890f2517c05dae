"""Every release's centre file opens, is brought up to date, and keeps what was in it (scripts/freeze_release.py)."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from mrc_app import store
from mrc_app.store import copies, keys, opening, restoring, search, upgrades, verify

FILES = sorted((Path(__file__).resolve().parents[1] / "files").glob("centre-*.mrc"))
LOGIN, PASSWORD = "meseret", "seven blue donkeys"
AGAIN = (
    "The first migration changed before the first release: run\n"
    "  python scripts/freeze_release.py --again\n"
    "and commit tests/files. After a release its file is never written again."
)


def test_this_version_has_its_file() -> None:
    root = Path(__file__).resolve().parents[2]
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"centre-{version}.mrc" in {file.name for file in FILES}
    assert all(file.stat().st_size < 2_000_000 for file in FILES)


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A released file, to work on."""
    for file in (request.param, keys.beside(request.param)):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / request.param.name


def test_every_releases_file_opens_and_is_brought_up_to_date(released: Path) -> None:
    desk = store.open(released, login=LOGIN, password=PASSWORD, settings=released.parent / "settings")
    report = verify.report(desk)
    assert report.ok, "\n".join([AGAIN, *(problem.text() for problem in report.problems)])
    assert report.records["client"] == 4
    assert report.records["journey"] == 4
    assert {found.name for found in search.find(desk, "ትግስት")} >= {"ትግስት"}
    assert len(search.find(desk, "ramesh")) == 1
    with desk.plain() as connection:
        assert upgrades.version(connection, released) == upgrades.NEWEST
    desk.close()


def test_every_releases_file_can_be_backed_up_and_restored(released: Path) -> None:
    key = restoring.key_of(released, login=LOGIN, password=PASSWORD)
    opening.connect(released, key).close()
    made = copies.make(released, key, released.parent / "copies")
    to = released.parent / "again.mrc"
    done = restoring.restore(made.file, to, key, settings=released.parent / "settings", login=LOGIN)
    assert done.records["client"] == 4, AGAIN
    assert done.problems == []
