"""A database of a ministry for every test: SQLite always; PostgreSQL where it can be started (``-m long``)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mrc_app.ministry import database
from mrc_app.ministry.database import Database
from tests.ministry.built import MINISTRY


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The ministry's identity file."""
    path = tmp_path / "ministry.txt"
    path.write_text(f"# the ministry\n{MINISTRY.identity}\n", "ascii")
    return path


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'ministry.db'}"


@pytest.fixture
def at(url: str) -> Iterator[Database]:
    """The database, open."""
    with database.opened(url, make=True) as made:
        yield made


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own on a socket in a folder; skips with the reason where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra “ministry”)")
    found = _programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (initdb, pg_ctl)")
    folder = tmp_path_factory.mktemp("pg")
    data = folder / "data"
    as_user: list[str] = []
    if os.name == "posix" and os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        folder.chmod(0o777)
        for parent in folder.parents:
            if parent.name.startswith(("pytest-", "popen-")):
                parent.chmod(0o755)
    for one in (
        [str(found / "initdb"), "-D", str(data), "-U", "desk", "-A", "trust", "--no-sync", "-E", "UTF8"],
        [str(found / "pg_ctl"), "-D", str(data), "-w", "-s", "-l", str(folder / "log"),
         "-o", f"-c listen_addresses= -c fsync=off -k {folder}", "start"],
    ):  # fmt: skip
        done = subprocess.run([*as_user, *one], capture_output=True, text=True, cwd=folder, check=False)
        if done.returncode:
            pytest.skip(f"PostgreSQL could not be started: {done.stderr.strip()[-200:]}")
    yield f"postgresql://desk@/postgres?host={folder}"
    subprocess.run(
        [*as_user, str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "-s", "stop"], cwd=folder, check=False
    )


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them out of the path."""
    there = shutil.which("initdb")
    if there is not None:
        return Path(there).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return kept[-1].parent if kept else None


@pytest.fixture
def postgres(server: str) -> str:
    """An empty database on the server."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS mrc CASCADE")
    return server
