"""Sealed files beside the centre file: nothing in the clear, every change noticed, what is missing is named."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mrc_app.casework import attachments as papers
from mrc_app.errors import CannotRead, MrcError
from mrc_app.store import attachments, verify
from mrc_app.store.centre import Store
from tests.make import TODAY, make_client

UUID = "ab" * 16
NOTE = b"wage owed since Hidar: 2,800 USD\n"


def kept(desk: Store, content: bytes = NOTE) -> str:
    """A client with one paper; its uuid."""
    with desk.change(by=desk.officer, do="attachments.add") as session:
        client = make_client(session)
        added = papers.add(
            session, centre=desk.path, client=client.uuid, what="other", name="note.txt", content=content,
            on=TODAY, by=desk.officer,
        )  # fmt: skip
        return added.uuid


@pytest.mark.parametrize("size", [0, 1, attachments.PIECE - 1, attachments.PIECE, attachments.PIECE + 1, 300_000])
def test_what_was_sealed_is_read_back(tmp_path: Path, size: int) -> None:
    content = secrets.token_bytes(size)
    centre = tmp_path / "centre.mrc"
    done = attachments.write(centre, UUID, [content[at : at + 1000] for at in range(0, size, 1000)])
    assert done.size == size
    assert b"".join(attachments.read(centre, UUID, done.key)) == content
    assert attachments.whole(centre, UUID, done.key, done.sha256) == content
    assert [file.name for file in attachments.folder(centre).iterdir()] == [f"{UUID}.paper"]


def test_no_byte_of_the_content_and_no_name_stands_on_the_disk(centre: Store) -> None:
    kept(centre, NOTE * 50)
    for file in centre.path.parent.rglob("*"):
        if file.is_file():
            assert NOTE not in file.read_bytes(), file
            assert b"note.txt" not in file.read_bytes(), file
            assert "note" not in file.name


def test_every_change_of_a_sealed_file_is_noticed(tmp_path: Path) -> None:
    centre = tmp_path / "centre.mrc"
    done = attachments.write(centre, UUID, [secrets.token_bytes(200_000)])
    place = attachments.place(centre, UUID)
    sound = place.read_bytes()
    for cut in (0, 5, 20, 40, 70_000, len(sound) - 1):
        place.write_bytes(sound[:cut])
        with pytest.raises(CannotRead):
            list(attachments.read(centre, UUID, done.key))
    for at in range(0, len(sound), len(sound) // 60):
        place.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        with pytest.raises(CannotRead):
            list(attachments.read(centre, UUID, done.key))
    place.write_bytes(sound + b"\0")
    with pytest.raises(CannotRead):
        list(attachments.read(centre, UUID, done.key))
    place.write_bytes(sound)
    with pytest.raises(CannotRead):
        list(attachments.read(centre, UUID, secrets.token_bytes(32)))


def test_a_sealed_file_put_in_anothers_place_is_refused(tmp_path: Path) -> None:
    centre, other = tmp_path / "centre.mrc", "cd" * 16
    done = attachments.write(centre, UUID, [NOTE])
    attachments.place(centre, UUID).replace(attachments.place(centre, other))
    with pytest.raises(CannotRead):
        list(attachments.read(centre, other, done.key))
    with pytest.raises(CannotRead, match="wanted"):
        list(attachments.read(centre, UUID, done.key))


def test_a_content_that_is_not_what_the_record_says_is_refused(tmp_path: Path) -> None:
    centre = tmp_path / "centre.mrc"
    done = attachments.write(centre, UUID, [NOTE])
    with pytest.raises(CannotRead, match="damaged"):
        attachments.whole(centre, UUID, done.key, "00" * 32)


def test_a_disk_that_refuses_leaves_nothing_half_written(tmp_path: Path) -> None:
    centre = tmp_path / "centre.mrc"
    attachments.folder(centre).write_text("a file where the folder should be")
    with pytest.raises(MrcError, match="cannot be kept"):
        attachments.write(centre, UUID, [NOTE])

    def broken() -> object:
        yield NOTE
        raise RuntimeError("the camera was pulled out")

    attachments.folder(centre).unlink()
    with pytest.raises(RuntimeError):
        attachments.write(centre, UUID, broken())  # type: ignore[arg-type]
    assert list(attachments.folder(centre).iterdir()) == []


def test_a_missing_paper_is_wanted_and_the_damage_report_says_so(centre: Store) -> None:
    uuid = kept(centre)
    assert verify.report(centre).ok
    attachments.place(centre.path, uuid).unlink()
    report = verify.report(centre)
    assert not report.ok
    assert "1 papers are not on this computer" in report.problems[0].text()
    with centre.plain() as connection:
        assert attachments.wanted(connection, centre.path) == [uuid]


def test_the_sweep_takes_half_files_and_old_orphans_and_leaves_what_is_named(centre: Store) -> None:
    uuid = kept(centre)
    home = attachments.folder(centre.path)
    young, old, half, fresh_half = (home / name for name in ("a.paper", "b.paper", "c.paper.new", "d.paper.new"))
    for file in (young, old, half, fresh_half):
        file.write_bytes(b"noise")
    long_ago = time.time() - 40 * 86400
    for file in (old, half, attachments.place(centre.path, uuid)):
        os.utime(file, (long_ago, long_ago))
    with centre.plain() as connection:
        assert attachments.sweep(connection, centre.path) == ["b.paper", "c.paper.new"]
    assert {file.name for file in home.iterdir()} == {"a.paper", "d.paper.new", f"{uuid}.paper"}


def test_a_sweep_without_a_folder_finds_nothing(centre: Store) -> None:
    with centre.plain() as connection:
        assert attachments.sweep(connection, centre.path) == []


def test_a_file_that_vanishes_during_the_sweep_disturbs_nobody(tmp_path: Path) -> None:
    assert attachments._age(tmp_path / "gone", time.time()) == 0.0


def test_a_kill_after_the_file_and_before_the_record_leaves_only_noise(centre: Store) -> None:
    told = """
import os, sys
from pathlib import Path
from mrc_app.store import attachments
attachments.write(Path(sys.argv[1]), "ee" * 16, [b"her contract"])
os.kill(os.getpid(), 9)
"""
    ended = subprocess.run([sys.executable, "-c", told, str(centre.path)], check=False)
    assert ended.returncode == -9
    assert b"her contract" not in attachments.place(centre.path, "ee" * 16).read_bytes()
    assert verify.report(centre).ok
