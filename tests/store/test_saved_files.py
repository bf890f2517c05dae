"""Files saved onto this computer: listed inside the encrypted file, removed from the disk, never another's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from mrc_app.errors import MrcError
from mrc_app.store import officers, restrictions, saved_files
from mrc_app.store.centre import Store
from tests.make import make_client


def saved(desk: Store, path: Path, client: str | None = None) -> Path:
    path.write_bytes(b"%PDF her guide")
    saved_files.note(desk, path, "departure_guide", b"%PDF her guide", client)
    return path


def test_a_saved_file_is_listed_and_removed_with_its_line(centre: Store, tmp_path: Path) -> None:
    path = saved(centre, tmp_path / "notebook-am-a5.pdf")
    (one,) = saved_files.listed(centre)
    assert (one.path, one.what, one.officer, one.is_there) == (str(path), "departure_guide", centre.officer, True)
    assert b"notebook-am" not in centre.path.read_bytes()
    assert saved_files.remove(centre, str(path)) is True
    assert not path.exists() and saved_files.listed(centre) == []


def test_a_file_that_is_gone_already_only_leaves_the_list(centre: Store, tmp_path: Path) -> None:
    path = saved(centre, tmp_path / "a.pdf")
    path.unlink()
    assert saved_files.remove(centre, str(path)) is False
    assert saved_files.listed(centre) == []


def test_another_file_in_its_place_is_not_deleted(centre: Store, tmp_path: Path) -> None:
    path = saved(centre, tmp_path / "a.pdf")
    path.write_text("somebody's letter")
    with pytest.raises(MrcError, match="no longer the file"):
        saved_files.remove(centre, str(path))
    assert path.read_text() == "somebody's letter"
    with pytest.raises(MrcError, match="was not saved from here"):
        saved_files.remove(centre, "/etc/hostname")


def test_a_place_that_cannot_be_read_is_said(centre: Store, tmp_path: Path) -> None:
    path = saved(centre, tmp_path / "a.pdf")
    path.unlink()
    path.mkdir()
    with pytest.raises(MrcError, match="cannot be deleted"):
        saved_files.remove(centre, str(path))


def test_files_about_a_hidden_client_are_hidden_and_go_with_her_erasure(centre: Store, tmp_path: Path) -> None:
    with centre.change(by=centre.officer, do="test") as session:
        officers.add(session, name="Abebe", login="abebe")
        client = make_client(session).uuid
        restrictions.restrict(session, client=client, officers=[centre.officer], since="2026-11-20T08:00:00Z")
    hers, changed = saved(centre, tmp_path / "a.pdf", client), saved(centre, tmp_path / "b.pdf", client)
    changed.write_text("something else")
    abebe = Store(centre.path, centre.key, "abebe", "this computer")
    assert saved_files.listed(abebe) == [] and len(saved_files.listed(centre)) == 2
    abebe.close()
    saved_files.remove_about(centre, [client])
    assert not hers.exists() and changed.exists()
    assert saved_files.listed(centre) == []
