"""Packages arrive late, twice, out of order, damaged and forged; the database holds what the last good one says."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from mrc_app.errors import Cancelled, CannotRead, Invalid, MrcError
from mrc_app.ministry import centres, checking, opening, receiving
from mrc_app.ministry import database as databases
from mrc_app.ministry.database import Database
from mrc_app.ministry.receiving import Received
from tests.ministry.built import CENTRE, STRANGER, Made, sealed, zipped

TODAY = date(2026, 10, 5)


def take(at: Database, keys: Path, *files: Path, batch: int = 20) -> Received:
    return receiving.receive(at, files, opening.identities(keys), batch=batch)


def said(received: Received) -> list[str]:
    return [one.outcome if one.reason is None else one.reason.text() for one in received.answers]


def held(at: Database) -> list[tuple[object, ...]]:
    rows = at.rows(
        "SELECT p.centre, p.period, p.seq, o.cell, o.value FROM observation o JOIN package p ON p.id = o.package "
        "ORDER BY 1, 2, 4"
    )
    return [row for row in rows if "_T" not in row[3].split("|")]


def test_a_package_is_taken_once_and_its_numbers_stand_there(at: Database, keys: Path, tmp_path: Path) -> None:
    file = Made().put(tmp_path)
    assert said(take(at, keys, file, file)) == ["accepted", "duplicate"]
    assert said(take(at, keys, file)) == ["duplicate"]
    assert held(at) == [
        ("ETH-AA-01", "2026-Q3", 1, "E1|F|SAU", 12),
        ("ETH-AA-01", "2026-Q3", 1, "E1|M|SAU", 7),
        ("ETH-AA-01", "2026-Q3", 1, "E2|F|KWT", 9),
    ]
    assert at.rows("SELECT withheld, signer FROM package") == [("restricted=2", "unknown")]


def test_the_same_content_sealed_again_is_known(at: Database, keys: Path, tmp_path: Path) -> None:
    take(at, keys, Made().put(tmp_path))
    assert said(take(at, keys, Made().put(tmp_path, name="again.age"))) == ["duplicate"]


def test_a_higher_number_replaces_all_a_lower_one_nothing(at: Database, keys: Path, tmp_path: Path) -> None:
    late = Made(seq=1).put(tmp_path)
    take(at, keys, Made(seq=2, cells={("E1", "F", "SAU"): 13}).put(tmp_path))
    assert "later package" in said(take(at, keys, late))[0]
    assert held(at) == [("ETH-AA-01", "2026-Q3", 2, "E1|F|SAU", 13)]
    assert at.rows("SELECT said FROM quarantine")[0][0].startswith("A later package")


def test_the_same_days_under_another_name_are_replaced_too(at: Database, keys: Path, tmp_path: Path) -> None:
    take(at, keys, Made().put(tmp_path))
    days = {"mrc:period": "2026-07-01/P92D"}
    again = Made(seq=2, said=days, cells={("E1", "F", "SAU"): 5}).put(tmp_path)
    assert said(take(at, keys, again)) == ["accepted"]
    assert [(row[1], row[4]) for row in held(at)] == [("2026-07-01/2026-09-30", 5)]


def test_in_whatever_order_and_batches_they_come_the_last_one_stands(keys: Path, tmp_path: Path) -> None:
    files = [Made(seq=seq, cells={("E1", "F", "SAU"): 10 + seq}).put(tmp_path) for seq in (1, 2, 3)]
    files.append(Made(centre="ETH-AA-02").put(tmp_path))
    ends = set()
    for number, order in enumerate(itertools.permutations(files)):
        with databases.opened(f"sqlite:///{tmp_path / f'{number}.db'}", make=True) as at:
            take(at, keys, *order, batch=1 + number % 4)
            ends.add(tuple(held(at)))
    assert len(ends) == 1
    assert ("ETH-AA-01", "2026-Q3", 3, "E1|F|SAU", 13) in next(iter(ends))


def test_two_packages_of_one_number_are_a_fork(at: Database, keys: Path, tmp_path: Path) -> None:
    other = Made(cells={("E1", "F", "SAU"): 99}).put(tmp_path, name="other.age")
    first = Made().put(tmp_path)
    assert "same number" in said(take(at, keys, first, other))[1]
    assert "same number" in said(take(at, keys, other))[0]
    assert held(at)[0][4] == 12


def test_a_centre_in_the_register_must_have_signed(at: Database, keys: Path, tmp_path: Path) -> None:
    centres.add(at, code="ETH-AA-01", name="Addis", recipient=CENTRE.recipient, today=TODAY)
    forged = Made(seq=2, cells={("E1", "F", "SAU"): 99}).put(tmp_path, signer=STRANGER)
    bare = Made(seq=3).put(tmp_path, signer=None)
    good = Made().put(tmp_path)
    refused = said(take(at, keys, forged, bare, good))
    assert refused[0] == refused[1] == receiving.NO_SIGNATURE
    assert refused[2] == "accepted"
    assert at.rows("SELECT signer FROM package") == [("known",)]


def test_what_a_stranger_signed_never_replaces_what_the_centre_did(at: Database, keys: Path, tmp_path: Path) -> None:
    centres.add(at, code="ETH-AA-01", name="Addis", recipient=CENTRE.recipient, today=TODAY)
    take(at, keys, Made().put(tmp_path))
    at.run("DELETE FROM centre")
    assert "signer is not known" in said(take(at, keys, Made(seq=9).put(tmp_path, signer=STRANGER)))[0]


def test_a_signature_on_other_bytes_is_none(at: Database, keys: Path, tmp_path: Path) -> None:
    centres.add(at, code="ETH-AA-01", name="Addis", recipient=CENTRE.recipient, today=TODAY)
    one, two = Made().put(tmp_path), Made(seq=2).put(tmp_path)
    one.with_name(one.name + ".minisig").replace(two.with_name(two.name + ".minisig"))
    assert said(take(at, keys, two)) == [receiving.NO_SIGNATURE]


def test_one_bad_file_stops_no_other(at: Database, keys: Path, tmp_path: Path) -> None:
    noise = tmp_path / "noise.age"
    noise.write_bytes(b"age-encryption.org/v1\nrubbish")
    answers = take(at, keys, noise, tmp_path / "not there", Made().put(tmp_path), tmp_path)
    assert [one.outcome for one in answers.answers] == ["refused", "refused", "accepted", "refused"]
    assert at.rows("SELECT file FROM quarantine") == [("noise.age",)]


def test_what_was_refused_and_then_put_right_leaves_the_quarantine(at: Database, keys: Path, tmp_path: Path) -> None:
    centres.add(at, code="ETH-AA-01", name="Addis", recipient=STRANGER.recipient, today=TODAY)
    file = Made().put(tmp_path)
    take(at, keys, file)
    centres.add(at, code="ETH-AA-01", name="Addis", recipient=CENTRE.recipient, today=TODAY)
    assert said(take(at, keys, file)) == ["accepted"]
    assert at.rows("SELECT * FROM quarantine") == []


def test_a_file_whose_name_is_no_text_is_kept_apart_like_any_other(at: Database, keys: Path, tmp_path: Path) -> None:
    noise = tmp_path / "x\udcff\x1b.age"
    noise.write_bytes(b"rubbish")
    good = Made().put(tmp_path, name="good\udcff.age", signer=None)
    assert [one.outcome for one in take(at, keys, noise, good).answers] == ["refused", "accepted"]
    assert at.rows("SELECT file FROM quarantine") == [("x??.age",)]


def test_stopping_keeps_whole_batches_only(at: Database, keys: Path, tmp_path: Path) -> None:
    files = [Made(centre=f"ETH-AA-{number:02}").put(tmp_path) for number in range(4)]

    def step(done: int, _all: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        receiving.receive(at, files, opening.identities(keys), batch=2, step=step)
    assert at.rows("SELECT count(*) FROM package") == [(2,)]


def change(column: int, value: str, row: int = 1):  # type: ignore[no-untyped-def]
    return lambda rows: rows[row].__setitem__(column, value)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (Made(change=change(11, "13")), "do not add up"),
        (Made(change=change(11, "12", 4)), "do not add up"),
        (Made(change=change(5, "ETH-AA-99")), "does not belong"),
        (Made(change=change(11, "-3")), "does not belong"),
        (Made(change=change(11, "twelve")), "does not belong"),
        (Made(change=change(7, "=cmd|' /C calc'!A0")), "does not belong"),
        (Made(change=change(14, "F")), "does not belong"),
        (Made(change=change(1, "MRC:DF_COMPLAINANTS(2.0)")), "columns are not those"),
        (Made(change=lambda rows: rows.append(rows[1])), "twice"),
        (Made(change=lambda rows: rows[1].pop()), "more or fewer cells"),
        (Made(change=lambda rows: rows[0].__setitem__(11, "VALUE")), "columns are not those"),
        (Made(said={"mrc:profile": "mrc-export/2"}), "newer form"),
        (Made(said={"mrc:profile": "other/1"}), "mrc:profile"),
        (Made(said={"mrc:period": "2026-Q9"}), "mrc:period"),
        (Made(said={"mrc:sequence": 0}), "mrc:sequence"),
        (Made(said={"mrc:sequence": True}), "mrc:sequence"),
        (Made(said={"mrc:centre": "../../etc"}), "mrc:centre"),
        (Made(said={"mrc:record_counts": {"df-complainants": 3}}), "says 3 rows"),
        (Made(said={"mrc:record_counts": {"x": -1}}), "mrc:record_counts"),
        (Made(said={"mrc:withheld": {"\x00\ud800": 1}}), "mrc:withheld"),
        (Made(said={"mrc:local_period": "\ud800"}), "mrc:local_period"),
        (Made(said={"mrc:period": {"code": "2026-Q3", "start": "2026-07-02"}}), "mrc:period"),
        (Made(said={"mrc:country": "Ethiopia"}), "mrc:country"),
        (Made(said={"resources": [{"path": "nowhere.csv"}]}), "resources"),
        (Made(said={"resources": [{"path": "indicators/DF_COMPLAINANTS.csv", "hash": "sha256:00"}]}), "checksums"),
        (Made(tier="LINK"), "linkage unit"),
        (Made(tier="PUB"), "mrc:tier"),
        (Made(cells={}), "holds no table"),
        (Made(more={"../../etc/passwd": b"x"}), "no centre writes"),
        (Made(more={"/abs.csv": b"x"}), "no centre writes"),
        (Made(more={"\x1b[2Jx": b"x"}), "“?[2Jx”"),
        (Made(more={"a\\b.csv": b"x"}), "no centre writes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_a_sentence(
    made: Made, sentence: str, at: Database, keys: Path, tmp_path: Path
) -> None:
    received = take(at, keys, made.put(tmp_path, name="bad.age"))
    assert received.answers[0].outcome == "refused"
    assert sentence in said(received)[0]
    assert at.rows("SELECT count(*) FROM package") == [(0,)]
    assert at.rows("SELECT said FROM quarantine") == [(said(received)[0],)]


def refusal(content: bytes, keys: Path, tmp_path: Path) -> str:
    file = sealed(content, tmp_path / "bad.age")
    with pytest.raises(CannotRead) as met, opening.package(file, opening.identities(keys)):
        raise AssertionError("taken")
    return met.value.text()


def test_bombs_tricks_and_damage_in_the_zip_are_refused(keys: Path, tmp_path: Path) -> None:
    files = Made().files()
    good = zipped(files.items())
    assert "no package" in refusal(b"not a zip", keys, tmp_path)
    assert "no package" in refusal(good[: len(good) // 2], keys, tmp_path)
    assert "checksums" in refusal(zipped([*files.items(), ("extra.txt", b"x")]), keys, tmp_path)
    assert "checksums" in refusal(zipped((files | {"indicators/DF_COMPLAINANTS.csv": b"x"}).items()), keys, tmp_path)
    link = zipped(files.items(), flags=0o120777 << 16)
    assert "no centre writes" in refusal(link, keys, tmp_path)
    lying = zipped([*files.items(), ("indicators/x.csv", bytes(65 * 2**20))])
    assert "far larger" in refusal(lying, keys, tmp_path)
    assert "no package" in refusal(zipped([(f"x{n}", b"") for n in range(500)]), keys, tmp_path)
    flipped = bytearray(good)
    flipped[len(good) // 6] ^= 1
    assert refusal(bytes(flipped), keys, tmp_path)
    deep = files | {"datapackage.json": b"[" * 100_000}
    assert refusal(zipped(deep.items()), keys, tmp_path)


def test_a_sealed_file_is_refused_whole_when_a_bit_of_it_is_wrong(keys: Path, tmp_path: Path) -> None:
    file = Made().put(tmp_path)
    whole = file.read_bytes()
    for place in range(0, len(whole), 97):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(CannotRead), opening.package(file, opening.identities(keys)):
            pass
    for length in range(0, len(whole), 211):
        file.write_bytes(whole[:length])
        with pytest.raises(CannotRead), opening.package(file, opening.identities(keys)):
            pass


def test_only_the_lowest_tier_may_come_unsealed(at: Database, keys: Path, tmp_path: Path) -> None:
    path = tmp_path / "plain.zip"
    path.write_bytes(zipped(Made().files().items()))
    assert said(take(at, keys, path)) == ["accepted"]
    path.write_bytes(zipped(Made(tier="CASE").files().items()))
    assert "unsealed" in said(take(at, keys, path))[0]


def test_a_package_for_somebody_else_is_not_opened(at: Database, keys: Path, tmp_path: Path) -> None:
    assert "not sealed for this key" in said(take(at, keys, Made().put(tmp_path, to=STRANGER)))[0]


TOKENS = ("C-0123456789AB", "G-0123456789AB")
CASES = f"case_token,centre_code,period,open_month,sex,note\n{TOKENS[0]},ETH-AA-01,2026-Q3,2026-07,F,her name\n"


def test_case_rows_are_taken_without_columns_nobody_agreed_to(at: Database, keys: Path, tmp_path: Path) -> None:
    made = Made(tier="CASE", cells={}, more={"data/cases.csv": CASES.encode()})
    assert said(take(at, keys, made.put(tmp_path))) == ["accepted"]
    body = at.rows("SELECT kind, no, body FROM case_row")
    assert body[0][:2] == ("cases", 1)
    assert "her name" not in body[0][2]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("data/cases.csv", CASES.replace(TOKENS[0], "Almaz"), "does not belong"),
        ("data/cases.csv", CASES.replace("2026-07,F", "2026-07,F F"), "does not belong"),
        ("data/cases.csv", "case_token\nC-0123456789AB\n", "columns are not those"),
        ("data/friends.csv", "a\nb\n", "columns are not those"),
        ("data/cases.csv", CASES.replace(",her name", ""), "more or fewer"),
        ("data/services.csv", "case_token,service,month,sessions\nC-0123456789AB,F2,2026-07,1\n", "no case"),
    ],
)
def test_case_rows_that_cannot_be_are_refused(
    name: str, text: str, sentence: str, at: Database, keys: Path, tmp_path: Path
) -> None:
    made = Made(tier="CASE", cells={}, more={name: text.encode()})
    assert sentence in said(take(at, keys, made.put(tmp_path)))[0]


def test_unknown_columns_and_breakdowns_are_no_trouble(at: Database, keys: Path, tmp_path: Path) -> None:
    def wider(rows: list[list[str]]) -> None:
        for number, row in enumerate(rows):
            row.append("LATER" if number == 0 else "whatever")

    assert said(take(at, keys, Made(change=wider).put(tmp_path))) == ["accepted"]


def test_the_register_says_what_is_wrong_with_an_entry(at: Database) -> None:
    with pytest.raises(Invalid) as met:
        centres.add(at, code="../x", name="", recipient="age1nothing", today=TODAY)
    assert set(met.value.problems) == {"code", "name", "recipient"}
    made = centres.add(at, code="ETH-AA-01", name="Addis", recipient=CENTRE.recipient, today=TODAY)
    assert made.fingerprint == CENTRE.fingerprint
    again = centres.add(at, code="ETH-AA-01", name="Addis Ababa", recipient="", today=date(2026, 12, 1))
    assert (again.name, again.since, again.fingerprint) == ("Addis Ababa", TODAY, "")


def test_a_place_that_is_no_ministry_desk_is_refused_with_a_sentence(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "noise.db").write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    for place, sentence in {
        f"sqlite:///{tmp_path}/noise.db": "cannot be used",
        f"sqlite:///{tmp_path}/other.db": "something else",
        f"sqlite:///{tmp_path}/none/x.db": "no folder",
        "sqlite:///": "Write the place",
        "mysql://x": "Write the place",
    }.items():
        with pytest.raises(MrcError) as met, databases.opened(place, make=True):
            pass
        assert sentence in met.value.text()
    with pytest.raises(MrcError, match="no file"), databases.opened(f"sqlite:///{tmp_path}/new.db"):
        pass


def test_without_psycopg_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MrcError, match="extra “ministry”"), databases.opened("postgresql://me@here/x"):
        pass


def test_a_newer_database_is_left_alone(at: Database, url: str) -> None:
    at.run("UPDATE desk SET version = 2")
    with pytest.raises(CannotRead, match="newer program"), databases.opened(url):
        pass


@pytest.mark.long
def test_every_byte_of_a_package_turned_round_is_refused_or_changes_nothing(keys: Path, tmp_path: Path) -> None:
    own, whole = opening.identities(keys), zipped(Made().files().items())
    with opening.package(sealed(whole, tmp_path / "good.age", signer=None), own) as package:
        wanted, good = package.manifest, checking.check(package)
    refused = 0
    for place, turned in itertools.product(range(len(whole)), (1, 128, 255)):
        content = whole[:place] + bytes([whole[place] ^ turned]) + whole[place + 1 :]
        try:
            with opening.package(sealed(content, tmp_path / "bad.age", signer=None), own) as package:
                assert (package.manifest, checking.check(package)) == (wanted, good)
        except CannotRead:
            refused += 1
    assert refused > 2 * len(whole)
