"""What is published over many centres: nothing small, nothing that could be worked out, in line with what was told."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from mrc_app.calendars.periods import period
from mrc_app.cli import app
from mrc_app.errors import Invalid, MrcError
from mrc_app.figures.suppression_linked import Issue
from mrc_app.ministry import consolidated, opening, parquet, public_files, publishing, receiving, silence
from mrc_app.ministry import database as databases
from mrc_app.ministry.database import Database
from tests.ministry.built import CENTRE, MINISTRY, STRANGER, Made

TODAY = date(2026, 10, 5)
CELLS = {
    ("E1", "F", "SAU"): 14, ("E1", "M", "SAU"): 9, ("E2", "F", "SAU"): 11, ("E2", "M", "SAU"): 1,
    ("E3", "F", "SAU"): 2, ("E3", "M", "KWT"): 8, ("E14", "F", "SAU"): 2,
}  # fmt: skip


def send(
    at: Database, folder: Path, *, centres: int = 3, quarter: str = "2026-Q3", seq: int = 1, **more: object
) -> None:
    keys = folder / "keys.txt"
    keys.write_text(MINISTRY.identity, "ascii")
    files = [
        Made(centre=f"ETH-AA-{number + 1:02}", period=quarter, seq=seq, **{"cells": CELLS, **more}).put(folder)  # type: ignore[arg-type]
        for number in range(centres)
    ]
    found = receiving.receive(at, files, opening.identities(keys))
    assert [one.reason for one in found.answers] == [None] * centres


def told(made: publishing.Published) -> dict[tuple[str, ...], int | None]:
    return {
        (*(dim.id for dim in table.dimensions), *key): value
        for one in made.families for table, key, value in one.cells()
    }  # fmt: skip


def test_over_three_centres_sensitive_rows_need_ten_and_small_ones_are_hidden(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path)
    made = publishing.prepare(at, period("2026-Q3"))
    cells = told(made)
    assert cells["GCAT", "SEX", "E1", "F"] == 42
    assert cells["GCAT", "SEX", "E2", "M"] is None
    assert cells["GCAT", "SEX", "E14", "F"] is None
    assert made.recoverable == 0
    assert made.suppressed > 2


def test_under_three_centres_a_table_is_not_national_and_tells_nothing_sensitive(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path, centres=2)
    cells = told(publishing.prepare(at, period("2026-Q3")))
    assert not any("E14" in key for key in cells)
    assert cells["GCAT", "SEX", "_T", "_T"] == 2 * (sum(CELLS.values()) - 2)


def test_a_threshold_under_three_is_refused_and_so_is_a_period_nobody_sent(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path, centres=1)
    with pytest.raises(Invalid):
        publishing.prepare(at, period("2026-Q3"), k=2)
    with pytest.raises(MrcError, match="nothing to publish"):
        publishing.prepare(at, period("2026-Q2"))


def test_a_correction_after_a_publication_gives_no_small_difference_away(at: Database, tmp_path: Path) -> None:
    span = period("2026-Q3")
    send(at, tmp_path)
    first = publishing.prepare(at, span)
    publishing.keep(at, first, TODAY)
    send(at, tmp_path, seq=2, cells={**CELLS, ("E1", "F", "SAU"): 15})
    second = publishing.prepare(at, span)
    assert second.seq == 2
    before, after = told(first), told(second)
    assert before["GCAT", "SEX", "E1", "F"] == 42
    assert after["GCAT", "SEX", "E1", "F"] is None  # 45 - 42 = 3 would be told
    assert second.recoverable == 0


def test_a_count_told_twice_is_protected_once_and_only_where_both_agree(at: Database, tmp_path: Path) -> None:
    services = {("F", "Y18T24", "SAU", "_U"): 20, ("M", "Y18T24", "SAU", "_U"): 9}
    modes = {("IN_PERSON", "F"): 18, ("PHONE", "F"): 2, ("IN_PERSON", "M"): 9}
    for seq, cells in enumerate((modes, {**modes, ("PHONE", "F"): 3}), 1):
        other = Made(flow="DF_CONTACT_MODES", indicator="CONTACTS_N", cells=cells)
        more = {"indicators/DF_CONTACT_MODES.csv": other.table()}
        send(at, tmp_path, centres=1, seq=seq, flow="DF_SERVICES", indicator="SERVICES_N", cells=services, more=more)
        made = publishing.prepare(at, period("2026-Q3"))
        assert [len(one.tables) for one in made.families] == [4 if seq == 1 else 3]
        assert made.recoverable == 0


def test_centres_with_another_version_are_added_up_over_what_all_of_them_know(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path, centres=2)

    def newer(rows: list[list[str]]) -> None:
        for number, row in enumerate(rows):
            row.insert(10, "ROUTE" if number == 0 else "_T" if "_T" in row else "AIR")

    (tmp_path / "newer").mkdir()
    file = Made(centre="ETH-AA-09", cells=CELLS, change=newer).put(tmp_path / "newer")
    receiving.receive(at, [file], opening.identities(tmp_path / "keys.txt"))
    assert len(consolidated.sums(at, period("2026-Q3"))) == 2
    assert told(publishing.prepare(at, period("2026-Q3")))["GCAT", "SEX", "E1", "F"] == 42


def test_what_was_told_is_read_back_as_it_was(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path)
    made = publishing.prepare(at, period("2026-Q3"))
    publishing.keep(at, made, TODAY)
    ((kept,),) = publishing.earlier(at).values()
    one = made.families[0]
    assert kept == Issue(date(2026, 7, 1), date(2026, 9, 30), one.tables, dict(one.untold))


def test_the_public_files_hold_no_hidden_number_and_no_centre(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path)
    made = publishing.prepare(at, period("2026-Q3"))
    files = public_files.files(made, "ET", TODAY, ["am"])
    assert files == public_files.files(made, "ET", TODAY, ["am"])
    with ZipFile(io.BytesIO(files["mrc-export_ET_2026-Q3_PUB_0001.zip"])) as zipped:
        manifest = json.loads(zipped.read("datapackage.json"))
        rows = list(csv.DictReader(io.StringIO(zipped.read("indicators/DF_COMPLAINANTS.csv").decode())))
        assert {"SHA256SUMS", "README.txt", "report.xlsx", "sdmx/structure_2_1.xml"} <= set(zipped.namelist())
        assert not any(b"ETH-AA-0" in zipped.read(name) for name in zipped.namelist())
    assert manifest["mrc:suppression"] == {"method": public_files.METHOD, "k": 5, "date": "2026-10-05"}
    assert {(row["OBS_VALUE"] == "", row["CONF_STATUS"]) for row in rows} == {(True, "C"), (False, "F")}
    assert {row["CENTRE"] for row in rows} == {"_T"}


def test_numbers_of_centres_are_added_up_and_units_are_not(at: Database, tmp_path: Path) -> None:
    send(at, tmp_path)
    (one,) = consolidated.sums(at, period("2026-07-01/2026-09-30"))
    assert one.cells["_T", "_T", "_T"] == 3 * sum(CELLS.values())
    assert consolidated.by_member(one)["SEX"] == {"F": 87, "M": 54}
    assert set(consolidated.headlines(at, period("2026-Q3"))) == {"ETH-AA-01", "ETH-AA-02", "ETH-AA-03"}


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("2026-12", "2027-01"), ("2026-Q4", "2027-Q1"), ("2026-S1", "2026-S2"), ("2026", "2027"),
        ("et:2019-12", "et:2019-13"), ("et:2019-13", "et:2020-01"), ("np:2083-12", "np:2084-01"),
        ("np:FY2083", "np:FY2084"), ("2026-01-01/2026-01-09", None),
    ],
)  # fmt: skip
def test_every_kind_of_period_has_a_next_one(code: str, after: str | None) -> None:
    assert silence.following(code) == after


def test_who_is_silent_since_when_and_which_periods_and_packages_are_missing(at: Database, tmp_path: Path) -> None:
    from mrc_app.ministry import centres

    centres.add(at, code="ETH-AA-01", name="Addis", recipient=CENTRE.recipient, today=date(2026, 1, 1))
    centres.add(at, code="ETH-OR-01", name="Adama", recipient="", today=date(2026, 1, 1))
    send(at, tmp_path, centres=2, quarter="2025-Q3", seq=1)
    send(at, tmp_path, centres=2, quarter="2026-Q1", seq=4)
    addis, other, never = silence.sending(at, date(2026, 8, 1))
    assert (addis.missing, addis.gaps, addis.numbers) == (("2025-Q4", "2026-Q2"), ("2025-Q4",), (2, 3))
    assert (addis.silent_since, addis.unverified, other.unverified) == (date(2026, 3, 31), 0, 2)
    assert (never.silent_since, never.packages) == (date(2026, 1, 1), 0)
    assert silence.gaps([addis, never]) == [{"centre": "ETH-AA-01", "missing": ["2025-Q4"], "numbers": [2, 3]}]
    assert silence.sending(at, date(2026, 7, 2))[0].silent_since is None


def test_everything_as_parquet_for_analysts(at: Database, tmp_path: Path) -> None:
    reading = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (the extra “ministry”)")
    send(at, tmp_path, centres=2)
    rows = parquet.whole(at, tmp_path / "all.parquet")
    table = reading.read_table(tmp_path / "all.parquet").to_pydict()
    assert rows == len(table["value"])
    assert sum(n for n, cell in zip(table["value"], table["cell"], strict=True) if cell == "_T|_T|_T") == 94


def test_what_is_published_as_parquet_too_hides_the_same(at: Database, tmp_path: Path) -> None:
    reading = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (the extra “ministry”)")
    send(at, tmp_path)
    observed = public_files.observations(publishing.prepare(at, period("2026-Q3")), "ET")
    (path,) = parquet.released(observed, tmp_path / "out")
    table = reading.read_table(path).to_pydict()
    hidden = [value is None for value in table["OBS_VALUE"]]
    assert hidden == [status == "C" for status in table["CONF_STATUS"]]
    assert any(hidden)
    with pytest.raises(MrcError, match="cannot be written"):
        parquet.released(observed, path)


def test_without_pyarrow_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MrcError, match="extra “ministry”"):
        parquet.write(tmp_path / "x.parquet", {"a": [1]})


# -- The commands


def mrc(*said: str) -> dict[str, object]:
    done = CliRunner().invoke(app, ["ministry", *said, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_from_the_first_package_to_the_publication_on_the_command_line(url: str, keys: Path, tmp_path: Path) -> None:
    for number in range(3):
        mrc(
            "centres",
            "add",
            f"ETH-AA-{number:02}",
            "--into",
            url,
            "--name",
            "A centre",
            "--recipient",
            CENTRE.recipient,
        )
    files = [Made(centre=f"ETH-AA-{number:02}", cells=CELLS).put(tmp_path) for number in range(3)]
    forged = Made(centre="ETH-AA-00", seq=2).put(tmp_path, signer=STRANGER)
    said = mrc("receive", *map(str, files), str(files[0]), str(forged), "--into", url, "--identity", str(keys))
    assert (said["accepted"], said["duplicates"], said["gaps"]) == (3, 1, [])
    assert said["refused"] == [{"file": str(forged), "reason": receiving.NO_SIGNATURE}]
    register = mrc("centres", "list", "--from", url)
    assert [one["fingerprint"] for one in register] == [CENTRE.fingerprint] * 3  # type: ignore[index]
    status = mrc("status", "--from", url, "--today", "2026-10-05")
    assert status["silent"] == []
    tables = mrc("tables", "--from", url, "--period", "2026-Q3")
    assert tables["tables"][0]["indicator"] == "COMPLAINANTS_N"  # type: ignore[index]
    out = tmp_path / "out"
    published = mrc("publish", "--from", url, "--period", "2026-Q3", "--out", str(out), "--today", "2026-10-05")
    assert published["audited"]["recoverable"] == 0  # type: ignore[index]
    assert published["suppressed"] > 0  # type: ignore[operator]
    assert sorted(path.name for path in out.iterdir()) == [
        "mrc-export_ALL_2026-Q3_PUB_0001.xlsx", "mrc-export_ALL_2026-Q3_PUB_0001.zip",
    ]  # fmt: skip
    with databases.opened(url) as at:
        assert at.rows("SELECT period, seq, k FROM publication") == [("2026-Q3", 1, 5)]


def test_a_stock_age_key_opens_packages_and_signs_no_answer(at: Database, keys: Path, tmp_path: Path) -> None:
    from mrc_app.exchange.desk_keys import from_identity_file
    from mrc_app.ministry import answering

    found = receiving.receive(at, [Made().put(tmp_path)], opening.identities(keys))
    assert answering.answer(found, from_identity_file(keys), {"ETH-AA-01": CENTRE.recipient}).files == []


def test_every_centre_in_the_register_gets_a_signed_answer(url: str, tmp_path: Path) -> None:
    from mrc_app.exchange import desk_keys, parcel_files

    own = desk_keys.write_identity_file(tmp_path / "own.txt", "2026-01-01")
    mrc("centres", "add", "ETH-AA-01", "--into", url, "--name", "Addis", "--recipient", CENTRE.recipient)
    good = Made().put(tmp_path, to=own)
    bad = Made(seq=2, said={"mrc:record_counts": {"df-complainants": 1}}).put(tmp_path, to=own)
    said = mrc("receive", str(good), str(bad), "--into", url, "--identity", str(tmp_path / "own.txt"))
    outcomes = []
    for name in said["answers"]:  # type: ignore[attr-defined]
        with parcel_files.opened(Path(name), [CENTRE]) as found:
            assert found.header.sender == own.recipient
            outcomes.append((found.header.kind, found.header.more["accepted"], len(list(found.lines))))
    assert outcomes == [("acknowledgement", True, 0), ("acknowledgement", False, 2)]
