"""Opening: every kind of bad file is refused in one sentence, and stays byte for byte as it was."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mrc_app import store
from mrc_app.errors import CannotRead, MrcError, NotAllowed
from mrc_app.store import keys, opening
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, make_client, make_store


def prints(folder: Path) -> dict[str, str]:
    """Every file of a folder with its SHA-256."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "desk-token", "tries.json"))
    }


def refused(path: Path, password: str = PASSWORD, login: str = LOGIN) -> str:
    """The sentence with which a file is refused; nothing beside it changes."""
    before = prints(path.parent)
    with pytest.raises(MrcError) as trouble:
        store.open(path, login=login, password=password, settings=path.parent)
    assert prints(path.parent) == before
    said = trouble.value.text()
    assert said.endswith(".")
    assert "\n" not in said
    assert "{" not in said
    return said


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A centre file with one client, closed."""
    made = make_store(tmp_path)
    with made.change(by=made.officer, do="clients.register") as session:
        make_client(session)
    made.close()
    return made.path


def test_the_right_password_opens(closed: Path) -> None:
    opened = store.open(closed, login="  MESERET ", password=PASSWORD, settings=closed.parent)
    assert (opened.login, opened.officer_name, opened.centre().name) == ("  MESERET ", "Meseret", "MIC Bahir Dar")
    opened.close()


def test_a_wrong_password_is_refused_in_one_sentence(closed: Path) -> None:
    assert refused(closed, password="seven blue donkey") == "The name or the password is not right."


def test_a_wrong_name_gets_the_same_sentence_as_a_wrong_password(closed: Path) -> None:
    assert refused(closed, login="somebody") == "The name or the password is not right."


def test_a_missing_file_is_an_error_and_is_never_made(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.mrc"
    assert "There is no centre file" in refused(path)
    assert not path.exists()


def test_an_empty_file_is_not_a_centre(closed: Path) -> None:
    closed.write_bytes(b"")
    assert "is empty" in refused(closed)


def test_a_plain_database_is_not_a_centre(closed: Path) -> None:
    closed.unlink()
    with sqlite3.connect(closed) as plain:
        plain.execute("CREATE TABLE client (name TEXT)")
    plain.close()
    assert "without encryption" in refused(closed)


@pytest.mark.parametrize("keep", [100, 4096, 8192, -1, -4096])
def test_a_truncated_file_is_refused(closed: Path, keep: int) -> None:
    whole = closed.read_bytes()
    closed.write_bytes(whole[:keep])
    said = refused(closed)
    assert "cut short" in said or "damaged" in said


def test_another_kind_of_file_is_refused(closed: Path) -> None:
    closed.write_bytes(random.Random(1).randbytes(65536))
    assert "does not belong" in refused(closed)


@pytest.mark.parametrize("page", [0, 1, 3])
def test_a_flipped_bit_in_a_page_is_found_at_unlock(closed: Path, page: int) -> None:
    raw = bytearray(closed.read_bytes())
    raw[page * 4096 + 200] ^= 1
    closed.write_bytes(raw)
    assert "damaged" in refused(closed)


def test_sixty_flipped_bits_anywhere_are_each_found(closed: Path) -> None:
    whole, chance = closed.read_bytes(), random.Random(7)
    key = keys.unlock(keys.beside(closed), *keys.read(keys.beside(closed)), LOGIN, PASSWORD)
    for _ in range(60):
        raw = bytearray(whole)
        raw[chance.randrange(opening.SALT, len(raw))] ^= 1 << chance.randrange(8)
        closed.write_bytes(raw)
        with pytest.raises(CannotRead):
            _open_and_check(closed, key)


def _open_and_check(path: Path, key: bytes) -> None:
    connection = opening.connect(path, key)
    try:
        opening.light_check(connection, path)
    finally:
        connection.close()


def test_a_newer_file_is_refused_without_a_change(closed: Path) -> None:
    _with_raw(closed, lambda raw: raw.execute("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version" in refused(closed)


def test_an_encrypted_file_of_another_program_is_not_a_centre(closed: Path) -> None:
    _with_raw(closed, lambda raw: raw.execute("DROP TABLE alembic_version"))
    assert "is not a centre file" in refused(closed)


def _with_raw(path: Path, act: Callable[[sqlite3.Connection], object]) -> None:
    key = keys.unlock(keys.beside(path), *keys.read(keys.beside(path)), LOGIN, PASSWORD)
    raw = opening.connect(path, key)
    act(raw)
    raw.close()


def test_the_key_of_another_centre_does_not_open(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(CannotRead):
        opening.connect(closed, bytes(32))


def test_a_missing_key_file_is_named(closed: Path) -> None:
    keys.beside(closed).unlink()
    assert "key file" in refused(closed)


def test_a_new_centre_never_replaces_a_file(closed: Path) -> None:
    before = prints(closed.parent)
    with pytest.raises(MrcError, match="exists already"):
        make_again(closed)
    assert prints(closed.parent) == before
    keys.beside(closed).unlink()
    before = prints(closed.parent)
    with pytest.raises(MrcError, match="exists already"):
        make_again(closed)
    assert prints(closed.parent) == before


def make_again(path: Path) -> Store:
    """Tries to make a centre where one stands."""
    made, _sheet = store.create(
        path, centre="X", country="ET", desk="D", officer="O", login="o", password=PASSWORD, languages=["am"],
        settings=path.parent,
    )  # fmt: skip
    return made


def test_a_cloud_folder_is_warned_of_and_a_network_drive_refused() -> None:
    assert opening.warnings(Path("/home/m/Dropbox/centre.mrc"))
    assert opening.warnings(Path("/home/m/OneDrive - MIC/centre.mrc"))
    assert not opening.warnings(Path("/home/m/Documents/centre.mrc"))
    with pytest.raises(MrcError, match="network drive"):
        opening.look(Path("//server/share/centre.mrc"))


def test_the_key_stands_in_no_repr(centre: Store) -> None:
    with centre.read() as session:
        told = f"{centre!r} {session.connection()!r} {session.get_bind()!r} {session.get_bind().engine.url!r}"
    assert centre.key.hex() not in told
    assert repr(centre.key) not in told


def test_a_closed_store_answers_that_it_is_locked(centre: Store) -> None:
    centre.close()
    with pytest.raises(MrcError, match="locked"), centre.plain():
        pass
    with pytest.raises(MrcError, match="locked"), centre.read():
        pass


def test_settings_of_a_connection_are_as_promised(centre: Store) -> None:
    with centre.plain() as connection:
        asked = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "cell_size_check",
                "trusted_schema",
                "temp_store",
            )
        }
    assert list(asked.values()) == ["wal", 2, 1, 1, 0, 2], asked


def test_somebody_who_left_is_refused_even_with_a_slot(closed: Path, tmp_path: Path) -> None:
    made = store.open(closed, login=LOGIN, password=PASSWORD, settings=tmp_path)
    with made.change(by=made.officer, do="officers.leave") as session:
        from mrc_app.store.officers import by_login

        officer = by_login(session, LOGIN)
        assert officer is not None
        officer.active = False
    made.close()
    with pytest.raises(NotAllowed, match="does not work at this desk"):
        store.open(closed, login=LOGIN, password=PASSWORD, settings=tmp_path)
