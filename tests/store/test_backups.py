"""Backups: whole or not there, rotated, made beside other work; trouble with the disk is one sentence."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mrc_app.errors import Cancelled, CannotRead, MrcError, NotAllowed
from mrc_app.store import attachments, backup, copies, keys, manifests, opening, room, stick, verify
from mrc_app.store.centre import Store
from mrc_app.store.copies import Copy
from tests.make import LOGIN, PASSWORD, first_and_last, make_client, make_store
from tests.store.nursery import ROOT, Start

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PHRASE = "a phrase for the stick"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    """An open centre with a client and two papers."""
    (tmp_path / "desk").mkdir()
    made = make_store(tmp_path / "desk")
    with made.change(by=made.officer, do="clients.register") as session:
        make_client(session)
    for number in (1, 2):
        attachments.write(made.path, f"{number:032x}", [b"a photo of a contract" * number])
    yield made
    made.close()


def dying(
    what: str, path: Path, key: bytes, other: Path, at: str = "", limit: int = 0
) -> subprocess.CompletedProcess[str]:
    """Runs the program that dies; see tests/store/dying.py."""
    told = [sys.executable, "-m", "tests.store.dying", what, str(path), key.hex(), str(other), at]
    told += [str(limit)] if limit else []
    return subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)


def whole(copy: Path, key: bytes) -> dict[str, int]:
    """A backup's records, after every check."""
    opened = Store(copy, key, LOGIN, "this computer")
    try:
        report = verify.report(opened)
    finally:
        opened.close()
    assert report.ok, [problem.text() for problem in report.problems]
    return report.records


def names(folder: Path) -> list[str]:
    """Everything in a folder, by name."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# -- one copy


def test_a_copy_holds_everything_and_lists_it(desk: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    made = copies.make(desk.path, desk.key, folder, NOW)
    stem = "centre-20261122T090000Z"
    assert names(folder) == [f"{stem}.backup.json", f"{stem}.files", f"{stem}.keys.json", f"{stem}.mrc"]
    assert (made.verified, made.kind, made.papers, made.records["client"]) == (True, "copy", 2, 1)
    assert whole(made.file, desk.key) == made.records
    assert keys.beside(made.file).read_bytes() == keys.beside(desk.path).read_bytes()
    found = manifests.read(made.file)
    assert found is not None
    assert manifests.sealed(*found, desk.key)
    assert not manifests.sealed(*found, bytes(32))
    for uuid, paper in attachments.there(desk.path).items():
        assert attachments.there(made.file)[uuid].read_bytes() == paper.read_bytes()


def test_papers_are_written_once_and_then_linked_from_copy_to_copy(desk: Store, tmp_path: Path) -> None:
    first = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    second = copies.make(desk.path, desk.key, tmp_path / "copies", NOW + timedelta(days=1))
    for uuid, original in attachments.there(desk.path).items():
        one, two = attachments.there(first.file)[uuid], attachments.there(second.file)[uuid]
        assert one.stat().st_ino == two.stat().st_ino
        assert one.stat().st_ino != original.stat().st_ino


def test_the_list_tells_a_finder_nothing_about_anybody(desk: Store, tmp_path: Path) -> None:
    made = stick.make(desk.path, desk.key, tmp_path / "stick", PHRASE, NOW, cost=keys.FLOOR).copy
    said = json.loads(manifests.beside(made.file).read_text())
    assert set(said) == {"format", "v", "kind", "made", "size", "sha256", "head", "papers", "seal"}
    everything = b" ".join(
        path.name.encode() + path.read_bytes() for path in (tmp_path / "stick").rglob("*.*") if path.is_file()
    )
    for word in (
        b"centre",
        b"MIC",
        b"Bahir",
        b"meseret",
        b"Meseret",
        b"Desk 1",
        b"Tigist",
        desk.key,
        desk.key.hex().encode(),
    ):
        assert word not in everything


def test_a_stick_has_a_key_of_its_own_and_shares_it_among_its_copies(desk: Store, tmp_path: Path) -> None:
    first = stick.make(desk.path, desk.key, tmp_path / "stick", PHRASE, NOW, cost=keys.FLOOR)
    again = stick.make(desk.path, desk.key, tmp_path / "stick", PHRASE, NOW + timedelta(days=1), cost=keys.FLOOR)
    assert first.sheet and again.sheet is None
    with pytest.raises(NotAllowed, match="another passphrase"):
        stick.make(desk.path, desk.key, tmp_path / "stick", "another long phrase", NOW, cost=keys.FLOOR)
    beside = keys.beside(again.copy.file)
    own = keys.recover(beside, *keys.read(beside), first.sheet)
    assert own != desk.key
    assert keys.unlock(beside, *keys.read(beside), stick.LOGIN, PHRASE) == own
    with pytest.raises(NotAllowed):
        keys.unlock(beside, *keys.read(beside), LOGIN, PASSWORD)
    with pytest.raises(CannotRead):
        opening.connect(again.copy.file, desk.key)
    assert whole(again.copy.file, own)["client"] == 1


def test_a_copy_never_takes_the_place_of_anything(desk: Store) -> None:
    connection = opening.connect(desk.path, desk.key)
    with pytest.raises(MrcError, match="replace the centre file itself"):
        backup.copy(connection, desk.path, desk.key, desk.path)
    with pytest.raises(MrcError, match="among the papers"):
        backup.copy(connection, desk.path, desk.key, attachments.folder(desk.path) / "copy.mrc")
    connection.close()


def test_a_copy_that_is_stopped_leaves_nothing(desk: Store, tmp_path: Path) -> None:
    for at in ("copy", "verify", "papers", "keys", "list", "name"):

        def stop(step: str, at: str = at) -> None:
            if step == at:
                raise Cancelled

        with pytest.raises(Cancelled):
            copies.make(desk.path, desk.key, tmp_path / "copies", NOW, stop)
        assert names(tmp_path / "copies") == [], at


def test_a_copy_that_differs_from_the_original_is_never_named(desk: Store, tmp_path: Path) -> None:
    def spoil(step: str) -> None:
        if step == "verify":
            part = next((tmp_path / "copies").glob("*.part"))
            spoiled = opening.connect(part, desk.key)
            spoiled.execute("DELETE FROM chain")
            spoiled.close()

    with pytest.raises(CannotRead, match="does not hold what the original holds"):
        copies.make(desk.path, desk.key, tmp_path / "copies", NOW, spoil)
    assert names(tmp_path / "copies") == []


# -- many copies


def _copy(made: datetime, *, verified: bool = True) -> Copy:
    return Copy(Path(f"centre-{made.strftime(copies.STAMP)}.mrc"), made, 1, "copy", verified)


def test_seven_daily_and_four_weekly_copies_stay() -> None:
    there: list[Copy] = []
    for day in range(120):
        for hour in (8, 17):
            now = datetime(2026, 7, 1, hour, tzinfo=UTC) + timedelta(days=day)
            there.append(_copy(now))
            gone = copies.to_go(there, now)
            assert there[-1] not in gone
            there = [copy for copy in there if copy not in gone]
    assert len(there) == 11
    ages = sorted((there[-1].made.date() - copy.made.date()).days for copy in there)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    weeks = {copy.made.isocalendar()[:2] for copy in there if (there[-1].made - copy.made).days >= 7}
    assert len(weeks) == 4
    assert 21 <= ages[-1] <= 34


def test_a_copy_from_the_future_or_without_its_list_neither_counts_nor_goes() -> None:
    ahead, bare, sound = _copy(NOW + timedelta(days=900)), _copy(NOW, verified=False), _copy(NOW - timedelta(days=5))
    assert copies.newest([ahead, bare, sound], NOW) is sound
    assert copies.to_go([ahead, bare, sound], NOW) == []


def test_a_copy_is_due_on_a_new_day_after_changes_and_hours_apart() -> None:
    last = Copy(Path("a"), NOW, 1, "copy", True, head="h")
    assert copies.due([], "h", NOW, ending=True)
    assert not copies.due([last], "h", NOW + timedelta(days=1), ending=False), "nothing was written since"
    assert copies.due([last], "h", NOW + timedelta(days=3), ending=False), "but it never grows old"
    assert copies.due([last], "x", NOW + timedelta(days=1), ending=False)
    assert not copies.due([last], "x", NOW + timedelta(hours=1), ending=True), (
        "a lock every few minutes makes no copies"
    )
    assert copies.due([last], "x", NOW + timedelta(hours=5), ending=True)


def test_what_the_program_did_not_name_is_never_touched(desk: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "holiday.mrc").write_text("mine")
    (folder / "other-20200101T000000Z.mrc").write_text("another centre's")
    for day in range(10):
        copies.make(desk.path, desk.key, folder, NOW + timedelta(days=day))
    assert len(copies.in_folder(folder, "centre")) == 9, "seven days and two weeks"
    assert (folder / "holiday.mrc").exists()
    assert (folder / "other-20200101T000000Z.mrc").exists()
    assert len(list(folder.glob("centre-*.files"))) == 9


def test_an_automatic_copy_is_made_once_and_not_again_without_need(desk: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    assert copies.make_if_due(desk.path, desk.key, folder, ending=False) is not None
    assert copies.make_if_due(desk.path, desk.key, folder, ending=True) is None


# -- other work meanwhile, death, and the disk


def test_a_backup_beside_a_program_that_writes_is_whole_and_stops_nobody(
    desk: Store, tmp_path: Path, start: Start
) -> None:
    writer = start(desk, "beside", 100_000)
    while len(writer.acknowledged()) < 5:
        time.sleep(0.005)
    made = [copies.make(desk.path, desk.key, tmp_path / "copies", NOW + timedelta(seconds=n)) for n in range(3)]
    writer.kill()
    kept = set(writer.acknowledged())
    officers = [whole(copy.file, desk.key)["officer"] for copy in made if copy.file.exists()]
    assert officers == sorted(officers)
    with desk.plain() as connection:
        there = {row[0] for row in connection.execute("SELECT login FROM officer")}
    assert kept <= there
    assert officers[0] < len(there), "the writer went on writing"


@pytest.mark.parametrize("at", first_and_last(["copy", "verify", "papers", "keys", "list", "name"]))
def test_killed_while_backing_up_there_is_no_half_copy(desk: Store, tmp_path: Path, at: str) -> None:
    folder = tmp_path / "copies"
    older = copies.make(desk.path, desk.key, folder, NOW)
    said = dying("backup", desk.path, desk.key, folder, at)
    assert said.returncode == -9, said.stderr
    assert [copy.file for copy in copies.in_folder(folder) if copy.verified] == [older.file]
    assert [path.name for path in folder.glob("*.mrc")] == [older.file.name]
    newer = copies.make(desk.path, desk.key, folder, NOW + timedelta(days=1))
    assert not list(folder.glob("*.part*")), "the next copy sweeps what was left"
    assert len(list(folder.glob("*.keys.json"))) == len(list(folder.glob("*.mrc"))) == 2
    assert whole(newer.file, desk.key)["client"] == 1
    assert whole(desk.path, desk.key)["client"] == 1


def kill_backups(desk: Store, folder: Path, rounds: int) -> int:
    """Kills a program that backs up without end at any moment; returns how many whole copies were found."""
    chance, found = random.Random(5), 0
    told = [sys.executable, "-m", "tests.store.dying", "backup", str(desk.path), desk.key.hex(), str(folder), ""]
    for _ in range(rounds):
        process = subprocess.Popen(told, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.25)
        process.kill()
        process.wait()
        process.stdout.close()
        for copy in copies.in_folder(folder):
            assert copy.verified
            found += whole(copy.file, desk.key)["client"]
    return found


def test_backups_killed_at_any_moment_are_whole_or_not_there(desk: Store, tmp_path: Path) -> None:
    kill_backups(desk, tmp_path / "copies", 3)
    assert whole(desk.path, desk.key)["client"] == 1


@pytest.mark.long
def test_a_hundred_backups_killed_at_any_moment_are_whole_or_not_there(desk: Store, tmp_path: Path) -> None:
    assert kill_backups(desk, tmp_path / "copies", 100) > 20
    assert whole(desk.path, desk.key)["client"] == 1


@pytest.mark.parametrize("limit", [50_000, 300_000])
def test_a_disk_that_refuses_is_one_sentence_and_no_half_copy(desk: Store, tmp_path: Path, limit: int) -> None:
    said = dying("backup", desk.path, desk.key, tmp_path / "copies", "never", limit)
    refused = [line for line in said.stdout.splitlines() if line.startswith("refused")]
    assert len(refused) == 1, said.stdout + said.stderr
    assert "disk" in refused[0]
    assert names(tmp_path / "copies") == []
    assert whole(desk.path, desk.key)["client"] == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, which only root can make."""
    disk = tmp_path / "small"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root on Linux only")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], check=False).returncode:
        pytest.skip("this computer does not let a small disk be mounted")
    yield disk
    subprocess.run(["mount", "-o", "remount,rw", disk], check=False)
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_refuses_a_backup_before_it_begins(desk: Store, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(os.urandom(4 * room.MB))
    with pytest.raises(MrcError, match="too little room"):
        copies.make(desk.path, desk.key, small_disk / "copies", NOW)
    assert names(small_disk / "copies") == []


def test_a_disk_that_fills_up_meanwhile_leaves_no_half_copy(desk: Store, small_disk: Path) -> None:
    def fill(step: str) -> None:
        if step == "copy":
            with (small_disk / "filler").open("wb", buffering=0) as filler:
                try:
                    while filler.write(os.urandom(1 << 16)):
                        pass
                except OSError:
                    pass

    with pytest.raises(MrcError, match="became full while a backup was written"):
        copies.make(desk.path, desk.key, small_disk / "copies", NOW, fill)
    assert names(small_disk / "copies") == []


def test_a_read_only_folder_is_one_sentence(desk: Store, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(MrcError, match="cannot be written"):
        copies.make(desk.path, desk.key, small_disk / "copies", NOW)


def test_on_a_full_disk_the_reserve_lets_the_last_saves_through(small_disk: Path) -> None:
    desk = make_store(small_disk)
    assert room.lay_aside(desk.path, 400_000)
    with (small_disk / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(os.urandom(1 << 14)):
                pass
        except OSError:
            pass
    assert room.free(small_disk) < 1 << 16
    with desk.change(by=desk.officer, do="clients.register") as session:
        make_client(session, call_name="Kept on a full disk")
    assert not room.ballast(desk.path).exists(), "the reserve was given up"
    assert room.problems(desk.path)
    kept, refused = 1, ""
    for _ in range(400):
        try:
            with desk.change(by=desk.officer, do="clients.register") as session:
                make_client(session)
            kept += 1
        except MrcError as trouble:
            refused = trouble.text()
            break
    assert refused.startswith("The disk is full.")
    assert kept >= 2
    (small_disk / "filler").unlink()
    assert whole(desk.path, desk.key)["client"] == kept
    desk.close()


def test_the_reserve_is_not_taken_from_a_disk_that_has_little(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert room.lay_aside(desk.path)
    assert room.ballast(desk.path).stat().st_size == room.BALLAST
    room.release(desk.path)
    assert not room.lay_aside(desk.path, room.free(desk.path.parent))
    assert not room.ballast(desk.path).exists()


def test_a_cloud_folder_and_the_same_disk_are_warned_of(desk: Store, tmp_path: Path) -> None:
    said = [problem.text() for problem in backup.warnings(desk.path, tmp_path / "Dropbox" / "copies")]
    assert any("copied to a cloud" in text for text in said)
    assert any("same disk" in text for text in said)


# -- how it stands, said on Today


def test_today_hears_of_no_backup_an_old_one_and_a_failed_rehearsal(desk: Store, tmp_path: Path) -> None:
    folder, today = tmp_path / "copies", NOW.date()

    def said(now: datetime = NOW) -> list[str]:
        with desk.plain() as connection:
            state = copies.state(connection, desk.path, folder, now)
        return [problem.text() for problem in copies.problems(state, now.date())]

    assert said() == ["There is no backup of this centre file yet."]
    made = copies.make(desk.path, desk.key, folder, NOW)
    assert said() == []
    assert said(NOW + timedelta(days=5)) == ["The last backup is 5 days old."]
    looked = copies.rehearse(desk.path, desk.key, folder, today)
    assert looked is not None
    assert looked.ok
    assert said() == []
    assert said(NOW + timedelta(days=50))[-1] == "No backup was restored on trial for 50 days."
    spoiled = bytearray(made.file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    made.file.write_bytes(spoiled)
    with pytest.raises(CannotRead, match="is damaged"):
        copies.rehearse(desk.path, desk.key, folder, today)
    assert "could not be restored on trial" in said()[0]
    assert not list(folder.glob(".restoring-*")), "nothing of a trial stays"
