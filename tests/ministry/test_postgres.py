"""The same promises on PostgreSQL: COPY, staging, merging, several at once. Runs where a server can be started."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mrc_app.errors import MrcError
from mrc_app.ministry import database as databases
from mrc_app.ministry import opening, receiving
from tests.ministry.built import Made
from tests.ministry.test_receiving import held, said, take

pytestmark = pytest.mark.long


def test_packages_late_twice_and_out_of_order_end_as_in_sqlite(
    postgres: str, url: str, keys: Path, tmp_path: Path
) -> None:
    files = [Made(seq=seq, cells={("E1", "F", "SAU"): 10 + seq}).put(tmp_path) for seq in (2, 1, 3)]
    files += [Made(centre=f"ETH-AA-{number:02}").put(tmp_path) for number in range(2, 30)]
    files += [Made(said={"mrc:profile": "mrc-export/2"}).put(tmp_path, name="bad.age"), files[0], files[5]]
    found = []
    for place in (postgres, url):
        with databases.opened(place, make=True) as at:
            found.append(
                (said(take(at, keys, *files)), held(at), at.rows("SELECT file, said FROM quarantine ORDER BY 1"))
            )
    assert found[0] == found[1]
    assert found[0][0].count("accepted") == 30


def test_two_that_receive_at_once_do_not_lose_or_double(postgres: str, keys: Path, tmp_path: Path) -> None:
    files = [Made(centre=f"ETH-AA-{number:02}").put(tmp_path) for number in range(12)]
    with databases.opened(postgres, make=True):
        pass

    def work(own: list[Path]) -> int:
        with databases.opened(postgres, make=True) as at:
            return len(receiving.receive(at, own, opening.identities(keys), batch=3).of("accepted"))

    with ThreadPoolExecutor(2) as pool:
        taken = sum(pool.map(work, [files, files[::-1]]))
    with databases.opened(postgres) as at:
        assert at.rows("SELECT count(*), count(DISTINCT content) FROM package") == [(12, 12)]
    assert taken == 12


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(MrcError) as met, databases.opened(f"postgresql://me:secret@/x?host={tmp_path}"):
        pass
    assert "secret" not in met.value.text()
    assert "The database refused" in met.value.text()


def test_a_database_nobody_received_into_says_so(postgres: str) -> None:
    with pytest.raises(MrcError, match="Nothing was received"), databases.opened(postgres):
        pass
