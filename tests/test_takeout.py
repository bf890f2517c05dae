"""The whole centre as open files: complete, documented, sealed for somebody, and nothing half done left."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pyrage
import pytest

from mrc_app.casework import attachments, duplicates
from mrc_app.errors import Cancelled, Invalid, MrcError, NotAllowed
from mrc_app.exchange import takeout
from mrc_app.exchange.takeout import Sealing
from mrc_app.money import Money
from mrc_app.store import attachments as sealed
from mrc_app.store import journal, officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.roles import Role
from tests.make import TODAY, make_client, make_journey, make_store

PLAIN = Sealing(plain=True)


@pytest.fixture
def desk(tmp_path: Path) -> Store:
    made = make_store(tmp_path)
    with made.change(by=made.officer, do="test") as session:
        one = make_client(session, call_name="Tigist", native="ትግስት", phone="0911550134", note="=HYPERLINK(1)")
        other = make_client(session, call_name="Tigest", speaks="am,en")
        duplicates.merge(session, one=one, other=other, by=made.officer, on=TODAY)
        make_journey(session, one, wage=Money(100_000, "SAR"))
        attachments.add(
            session, centre=made.path, client=one.uuid, what="contract", name="contract.txt",
            content=b"her contract", on=TODAY, by=made.officer,
        )  # fmt: skip
    return made


def take(desk: Store, folder: Path, sealing: Sealing = PLAIN, **more: object) -> takeout.Takeout:
    return takeout.take_out(desk, folder, sealing=sealing, today=TODAY, **more)  # type: ignore[arg-type]


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_every_kind_is_there_as_csv_and_json_with_the_same_rows(desk: Store, tmp_path: Path) -> None:
    made = take(desk, tmp_path / "out")
    files = opened(made.file.read_bytes())
    assert made.records["client"] == 2 and made.records["attachment"] == 1 and made.records["journey"] == 1
    assert set(made.records) == set(kinds())
    for kind, count in made.records.items():
        rows = list(csv.DictReader(io.StringIO(files[f"records/{kind}.csv"].decode("utf-8-sig"))))
        said = json.loads(files[f"records/{kind}.json"])
        assert len(rows) == len(said) == count
        assert [row["uuid"] for row in rows] == [row["uuid"] for row in said]
        assert all("key" not in row for row in said)
    clients = json.loads(files["records/client.json"])
    assert {row["native"] for row in clients} == {"ትግስት", ""}
    assert ["am", "en"] in [row["speaks"] for row in clients]
    persons = files["records/persons.csv"].decode("utf-8-sig").splitlines()
    assert len(persons) == 3


def test_the_journal_says_who_took_the_centre_out_when_and_how_much(desk: Store, tmp_path: Path) -> None:
    made = take(desk, tmp_path / "out")
    told = desk.centre().settings[takeout.TAKEN]
    assert told == {"on": TODAY.isoformat(), "by": desk.officer, "records": sum(made.records.values())}
    assert [entry.do for entry in journal.entries(desk)].count("takeout.take_out") == 1


def test_no_cell_is_a_formula_and_a_phone_stays_a_phone(desk: Store, tmp_path: Path) -> None:
    files = opened(take(desk, tmp_path / "out").file.read_bytes())
    told = files["records/client.csv"].decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in told
    assert ",+251911550134," in told


def test_papers_are_there_and_every_checksum_agrees(desk: Store, tmp_path: Path) -> None:
    files = opened(take(desk, tmp_path / "out").file.read_bytes())
    papers = [name for name in files if name.startswith("papers/")]
    assert [files[name] for name in papers] == [b"her contract"] and papers[0].endswith(".txt")
    lines = files["sha256sums.txt"].decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums.keys() == files.keys() - {"sha256sums.txt"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in sums.items())


def test_the_readme_says_what_every_field_means(desk: Store, tmp_path: Path) -> None:
    told = opened(take(desk, tmp_path / "out").file.read_bytes())["README.md"].decode()
    for kind in kinds().values():
        assert f"## {kind.name} (" in told
        part = told.split(f"## {kind.name} (")[1].split("\n## ")[0]
        for column in set(kind.columns) - {"gone", "key"}:
            assert f"| {column} |" in part, (kind.name, column)
    assert "`thumb` thumb-print" in told


def test_the_dictionary_says_of_every_column_what_it_holds(desk: Store, tmp_path: Path) -> None:
    files = opened(take(desk, tmp_path / "out").file.read_bytes())
    rows = list(csv.DictReader(io.StringIO(files["dictionary.csv"].decode("utf-8-sig"))))
    told = {(row["kind"], row["column"]) for row in rows}
    for name, content in files.items():
        if name.startswith("records/") and name.endswith(".csv"):
            head = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert {(name[8:-4], column) for column in head} <= told, name
    assert all(row["type"] and row["holds"] for row in rows)
    sex = next(row for row in rows if (row["kind"], row["column"]) == ("client", "sex"))
    assert sex["holds"] == "one word" and "female = female" in sex["words"]


TECHNICAL = {
    "journal", "chain", "head", "checkpoint", "gate", "meta", "counter", "kind", "alembic_version", "linked",
    "match_key", "seal", "seal_key", "sealed_body", "erased", "pending", "peer", "draft", "refusal", "saved_file",
    "parcel", "destination", "outbox",
}  # fmt: skip
"""Tables that are no records: the journal and its clocks, derived tables, and what this computer alone remembers."""


def test_no_table_is_forgotten(desk: Store) -> None:
    with desk.plain() as connection:
        rows = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    tables = {name for (name,) in rows if not name.startswith(("sqlite_", "sought"))}
    assert tables - set(kinds()) <= TECHNICAL, sorted(tables - set(kinds()) - TECHNICAL)


def test_a_paper_that_is_not_here_is_named_and_the_rest_goes_on(desk: Store, tmp_path: Path) -> None:
    (uuid,) = sealed.there(desk.path)
    sealed.place(desk.path, uuid).unlink()
    made = take(desk, tmp_path / "out")
    assert made.missing == [uuid]
    assert "1 papers were not on this computer" in opened(made.file.read_bytes())["README.md"].decode()


def test_it_opens_only_with_the_key_it_was_sealed_for(desk: Store, tmp_path: Path) -> None:
    key, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    made = take(desk, tmp_path / "out", Sealing([str(key.to_public())]))
    raw = made.file.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1") and b"Tigist" not in raw
    assert "records/client.csv" in opened(pyrage.decrypt(raw, [key]))
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(raw, [stranger])


def test_a_passphrase_opens_a_key_that_opens_the_archive(desk: Store, tmp_path: Path) -> None:
    made = take(desk, tmp_path / "out", Sealing(passphrase="seven blue donkeys"))
    lock = tmp_path / "out" / "takeout-2026-11-20.key.age"
    identity = pyrage.passphrase.decrypt(lock.read_bytes(), "seven blue donkeys").decode().strip()
    key = pyrage.x25519.Identity.from_str(identity)
    assert "README.md" in opened(pyrage.decrypt(made.file.read_bytes(), [key]))


@pytest.mark.parametrize("sealing", [PLAIN, Sealing(passphrase="seven blue donkeys")])
def test_a_stop_leaves_nothing(desk: Store, tmp_path: Path, sealing: Sealing) -> None:
    def stop(done: int, total: int) -> None:
        if done > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        take(desk, tmp_path / "out", sealing, step=stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_what_cannot_be_written_or_sealed_is_refused_in_a_sentence(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MrcError, match="cannot be written"):
        take(desk, tmp_path / "file")
    with pytest.raises(Invalid, match="not an age key"):
        take(desk, tmp_path / "out", Sealing(["age1nonsense"]))
    with pytest.raises(MrcError, match="for whom"):
        take(desk, tmp_path / "out", Sealing())
    assert not list(tmp_path.glob("out/*"))
    take(desk, tmp_path / "out")
    with pytest.raises(MrcError, match="exists already"):
        take(desk, tmp_path / "out")


def test_a_disk_that_fails_while_sealing_is_said(desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(reader: object, writer: object, keys: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyrage, "encrypt_io", full)
    key = pyrage.x25519.Identity.generate()
    with pytest.raises(MrcError, match="No space left"):
        take(desk, tmp_path / "out", Sealing([str(key.to_public())]))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_restricted_client_goes_only_with_a_named_officer(desk: Store, tmp_path: Path) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        officers.add(session, name="Abebe", login="abebe", role=Role.SUPERVISOR)
    abebe = Store(desk.path, desk.key, "abebe", "this computer")
    with desk.change(by=desk.officer, do="test") as session:
        hidden = make_client(session, call_name="Almaz")
        make_journey(session, hidden)
        attachments.add(
            session, centre=desk.path, client=hidden.uuid, what="contract", name="almaz.txt", content=b"Almaz signed",
            on=TODAY, by=desk.officer,
        )  # fmt: skip
        restrictions.restrict(session, client=hidden.uuid, officers=[desk.officer], since="2026-11-20T08:00:00Z")
        uuid = hidden.uuid
    for who, seen in ((desk, True), (abebe, False)):
        files = opened(take(who, tmp_path / who.login).file.read_bytes())
        for said in (uuid.encode(), b"Almaz", b"almaz.txt", b"Almaz signed"):
            assert any(said in content for content in files.values()) is seen, said
        assert not any(b"sealed:" in content for content in files.values())
    abebe.close()


def test_a_caseworker_takes_nothing_out(desk: Store, tmp_path: Path) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        officers.add(session, name="Hana", login="hana", role=Role.CASEWORKER)
    hana = Store(desk.path, desk.key, "hana", "this computer")
    with pytest.raises(NotAllowed):
        take(hana, tmp_path / "out")
    hana.close()


def test_the_command_answers_as_promised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], desk: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mrc_app.cli import run
    from tests.make import LOGIN, PASSWORD

    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    desk.close()

    def mrc(*more: str) -> tuple[int, str, str]:
        code = run(["takeout", "--centre", str(desk.path), "--user", LOGIN, "--today", "2026-11-20", *more])
        told = capsys.readouterr()
        return code, told.out, told.err

    call: Callable[..., tuple[int, str, str]] = mrc
    code, out, err = call("--out", str(tmp_path / "a"), "--plain", "--json")
    assert code == 0, err
    said = json.loads(out)
    assert Path(said["file"]).name == "takeout-2026-11-20.zip" and said["records"]["client"] == 2
    assert "not sealed" in err
    code, out, err = call("--out", str(tmp_path / "b"))
    assert (code, out) == (1, "") and err.count("\n") == 1 and "--to KEY" in err
    key = tmp_path / "key.txt"
    key.write_text(f"# public key\n{pyrage.x25519.Identity.generate().to_public()}\n")
    code, out, err = call("--out", str(tmp_path / "b"), "--to", str(key))
    assert code == 0 and "takeout-2026-11-20.zip.age" in out and err == ""
    for wrong in (("--to", str(tmp_path / "nothing")), ("--passphrase-file", str(tmp_path / "nothing"))):
        assert call("--out", str(tmp_path / "c"), *wrong)[0] == 1
    short = tmp_path / "short.txt"
    short.write_text("abc")
    assert "eight letters" in call("--out", str(tmp_path / "c"), "--passphrase-file", str(short))[2]
