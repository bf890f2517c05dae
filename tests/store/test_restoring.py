"""Restoring: rehearsed, never over a file that stands, refused when a byte is wrong, and no desk is blocked by it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mrc_app import store as front
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.store import (
    attachments,
    copies,
    erasing,
    journal,
    keys,
    manifests,
    opening,
    people,
    receiving,
    restoring,
    search,
    stick,
    upgrades,
)
from mrc_app.store.centre import Store
from mrc_app.store.officers import Officer
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, first_and_last, make_client, make_store, new_store
from tests.store.test_backups import NOW, PHRASE, dying, names, whole


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    """An open centre with a client and a paper."""
    (tmp_path / "desk").mkdir()
    made = make_store(tmp_path / "desk")
    register(made, "Tigist")
    attachments.write(made.path, "1" * 32, [b"a photo of a contract"])
    yield made
    made.close()


def register(desk: Store, name: str) -> str:
    """A client of this desk; her number."""
    with desk.change(by=desk.officer, do="clients.register") as session:
        return make_client(session, call_name=name, desk_code=desk.desk_code).number


def back(copy: Path, to: Path, key: bytes, **over: object) -> restoring.Restored:
    """Restores a copy as the first officer."""
    asked: dict[str, object] = {"settings": to.parent / "settings", "login": LOGIN, **over}
    return restoring.restore(copy, to, key, **asked)  # type: ignore[arg-type]


def opened(path: Path, key: bytes) -> Store:
    """A restored file on the computer it was restored on."""
    from mrc_app.store import identity

    return Store(path, key, LOGIN, identity.computer_token(path.parent / "settings"))


def told(desk: Store) -> list[object]:
    """Every row this file has, of every node."""
    with desk.plain() as connection:
        nodes = [row[0] for row in connection.execute("SELECT node FROM chain")]
        return [row for node in nodes for row in journal.rows_of(connection, node)]


def test_a_restored_file_holds_all_and_opens_with_the_password(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    done = back(made.file, tmp_path / "again.mrc", desk.key)
    assert (done.records, done.problems, done.sheet) == (made.records, [], None)
    assert whole(done.file, desk.key) == made.records
    again = front.open(done.file, login=LOGIN, password=PASSWORD, settings=tmp_path / "settings")
    assert len(search.find(again, "tigist")) == 1
    assert journal.audit(again).intact
    again.close()
    assert list(attachments.there(done.file)) == ["1" * 32]
    assert names(tmp_path) == sorted(["again.files", "again.keys.json", "again.mrc", "copies", "desk", "settings"])


def test_looking_tells_what_is_in_it_and_leaves_nothing(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    before = {path: path.read_bytes() for path in (tmp_path / "copies").rglob("*") if path.is_file()}
    (tmp_path / "trial").mkdir()
    looked = restoring.look(made.file, desk.key, tmp_path / "trial")
    assert looked.ok
    assert (looked.records["client"], looked.papers, looked.schema) == (1, 1, upgrades.NEWEST)
    assert looked.written[:4].isdigit()
    assert names(tmp_path / "trial") == []
    assert {path: path.read_bytes() for path in (tmp_path / "copies").rglob("*") if path.is_file()} == before


def test_a_file_that_stands_is_never_overwritten(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    (tmp_path / "there.mrc").write_bytes(b"mine")
    with pytest.raises(MrcError, match="exists already"):
        back(made.file, tmp_path / "there.mrc", desk.key)
    assert (tmp_path / "there.mrc").read_bytes() == b"mine"
    (tmp_path / "other").mkdir()
    other = new_store(tmp_path / "other")
    other.close()
    shutil.copy(keys.beside(other.path), tmp_path / "new.keys.json")
    with pytest.raises(MrcError, match="exists already"):
        back(made.file, tmp_path / "new.mrc", desk.key)
    with pytest.raises(MrcError, match=r"ends in \.mrc"):
        back(made.file, tmp_path / "new.txt", desk.key)


def test_a_flipped_byte_anywhere_in_a_backup_is_refused(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    chance, sentences = random.Random(11), set()
    for number in range(24):
        raw = bytearray(made.file.read_bytes())
        at = chance.randrange(len(raw))
        raw[at] ^= 1 << chance.randrange(8)
        spoiled = tmp_path / f"spoiled{number}"
        shutil.copytree(made.file.parent, spoiled)
        if number % 2:
            manifests.beside(spoiled / made.file.name).unlink()  # the pages alone must tell, too
        (spoiled / made.file.name).write_bytes(raw)
        with pytest.raises(CannotRead) as trouble:
            back(spoiled / made.file.name, tmp_path / "again.mrc", desk.key)
        sentences.add(trouble.value.text())
        assert not (tmp_path / "again.mrc").exists()
        shutil.rmtree(spoiled)
    assert all("damaged" in said and said.count("\n") == 0 for said in sentences)
    assert not list(tmp_path.glob(".restoring-*"))


def test_a_changed_list_and_another_copy_under_its_name_are_refused(desk: Store, tmp_path: Path) -> None:
    first = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    register(desk, "Later")
    second = copies.make(desk.path, desk.key, tmp_path / "copies", NOW + timedelta(days=1))
    shutil.copy(second.file, first.file)
    with pytest.raises(CannotRead, match="damaged"):
        back(first.file, tmp_path / "again.mrc", desk.key)
    said = manifests.beside(second.file).read_text()
    manifests.beside(second.file).write_text(said.replace('"copy"', '"stick"'))
    with pytest.raises(CannotRead, match="changed by somebody"):
        back(second.file, tmp_path / "again.mrc", desk.key)


def test_a_damaged_paper_is_told_and_everything_else_comes_back(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    attachments.there(made.file)["1" * 32].write_bytes(b"not the paper")
    done = back(made.file, tmp_path / "again.mrc", desk.key)
    assert [problem.text() for problem in done.problems] == ["1 papers of the backup are missing or damaged."]
    assert whole(done.file, desk.key)["client"] == 1


def test_wrong_passwords_and_sheets_are_refused_in_one_sentence(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    assert restoring.key_of(made.file, login=LOGIN, password=PASSWORD) == desk.key
    with pytest.raises(NotAllowed, match="name or the password"):
        restoring.key_of(made.file, login=LOGIN, password="seven blue donkey")
    with pytest.raises(NotAllowed, match="recovery sheet"):
        restoring.key_of(made.file, sheet=keys.new_sheet())
    with pytest.raises(Invalid, match="mistyped"):
        restoring.key_of(made.file, sheet="ABCDE-FGHJK-MNPQR-STVWX-YZ012-3")
    with pytest.raises(CannotRead, match="There is no backup"):
        restoring.key_of(tmp_path / "nothing.mrc", login=LOGIN, password=PASSWORD)


def test_who_may_not_restore_is_refused_and_nothing_is_left(desk: Store, tmp_path: Path) -> None:
    with desk.change(by=desk.officer, do="officers.add") as session:
        session.add(Officer(name="Data", login="data", role=Role.DATA_OFFICER))
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    with pytest.raises(NotAllowed, match="does not allow"):
        back(made.file, tmp_path / "again.mrc", desk.key, login="data")
    assert not (tmp_path / "again.mrc").exists()


# -- other desks, numbers, people who left, people who were erased


def test_other_desks_take_in_what_a_restored_old_copy_writes(desk: Store, tmp_path: Path) -> None:
    old = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    printed = [register(desk, f"Later {n}") for n in range(3)]
    (tmp_path / "other").mkdir()
    other = new_store(tmp_path / "other", token="another computer")
    receiving.apply(other, told(desk))  # type: ignore[arg-type]
    done = back(old.file, tmp_path / "again.mrc", desk.key)
    again = opened(done.file, desk.key)
    fresh = [register(again, f"After {n}") for n in range(3)]
    assert again.node != desk.node
    assert again.desk == desk.desk
    assert not set(printed) & set(fresh), "no number on paper is given out again"
    assert all(number.startswith(done.desk_code + "-") for number in fresh)
    taken = receiving.apply(other, told(again))  # type: ignore[arg-type]
    assert taken.forked == set()
    assert taken.gaps == {}
    home = receiving.apply(again, told(other))  # type: ignore[arg-type]
    assert home.forked == set()
    for one in (other, again):
        assert {found.name for found in search.find(one, "later")} == {"Later 0", "Later 1", "Later 2"}
        assert len(search.find(one, "after")) == 3
        one.close()


def test_a_copy_put_back_by_hand_would_block_them(desk: Store, tmp_path: Path) -> None:
    old = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    register(desk, "Later")
    (tmp_path / "other").mkdir()
    other = new_store(tmp_path / "other", token="another computer")
    receiving.apply(other, told(desk))  # type: ignore[arg-type]
    again = Store(old.file, desk.key, LOGIN, "this computer")
    register(again, "After")
    assert receiving.apply(other, told(again)).forked == {desk.node}  # type: ignore[arg-type]
    again.close()
    other.close()


def test_two_restores_of_one_copy_give_different_numbers(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    done = [back(made.file, tmp_path / f"again{n}.mrc", desk.key) for n in range(2)]
    assert done[0].desk_code != done[1].desk_code
    third = copies.make(done[0].file, desk.key, tmp_path / "copies", NOW)
    twice = back(third.file, tmp_path / "twice.mrc", desk.key)
    assert len(twice.desk_code) == len(done[0].desk_code), "a second restore does not make numbers longer"
    assert twice.desk_code != done[0].desk_code


def test_who_left_since_does_not_come_back_with_an_old_copy(desk: Store, tmp_path: Path) -> None:
    people.set_password(desk, "kebede", "eight green horses")
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    people.remove(desk, "kebede")
    done = back(made.file, tmp_path / "again.mrc", desk.key, live=desk.path)
    beside = keys.beside(done.file)
    with pytest.raises(NotAllowed):
        keys.unlock(beside, *keys.read(beside), "kebede", "eight green horses")
    front.open(done.file, login=LOGIN, password=PASSWORD, settings=tmp_path / "settings").close()


def test_who_was_erased_since_stays_erased(desk: Store, tmp_path: Path) -> None:
    with desk.change(by=desk.officer, do="clients.register") as session:
        gone = make_client(session, call_name="Erased").uuid
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    erasing.carry_out(desk, [gone])
    copies.make(desk.path, desk.key, tmp_path / "copies", NOW + timedelta(days=1))
    for number, live in enumerate((desk.path, None)):  # with the live file, and with nothing but the copies
        done = back(made.file, tmp_path / f"again{number}.mrc", desk.key, live=live)
        again = opened(done.file, desk.key)
        assert search.find(again, "erased") == []
        assert len(search.find(again, "tigist")) == 1
        with again.plain() as connection:
            rows = connection.execute("SELECT body FROM journal WHERE subject = ?", (gone,)).fetchall()
        assert rows
        assert all(body is None for (body,) in rows)
        assert journal.audit(again).intact
        again.close()


# -- a stick


def test_a_stick_opens_with_its_passphrase_and_gets_a_key_of_its_own(desk: Store, tmp_path: Path) -> None:
    on = stick.make(desk.path, desk.key, tmp_path / "stick", PHRASE, NOW, cost=keys.FLOOR)
    key = restoring.key_of(on.copy.file, password=PHRASE)
    assert on.sheet
    assert restoring.key_of(on.copy.file, sheet=on.sheet) == key
    with pytest.raises(Invalid):
        back(on.copy.file, tmp_path / "again.mrc", key, password="short")
    done = back(on.copy.file, tmp_path / "again.mrc", key, password="nine yellow goats")
    assert done.sheet
    assert done.sheet != on.sheet
    beside = keys.beside(done.file)
    for wrong in (key, desk.key):
        with pytest.raises(CannotRead):
            opening.connect(done.file, wrong)
    for login, secret in ((stick.LOGIN, PHRASE), (LOGIN, PASSWORD)):
        with pytest.raises(NotAllowed):
            keys.unlock(beside, *keys.read(beside), login, secret)
    again = front.open(done.file, login=LOGIN, password="nine yellow goats", settings=tmp_path / "settings")
    assert len(search.find(again, "tigist")) == 1
    assert list(attachments.there(done.file)) == ["1" * 32]
    again.close()
    recovered = front.recover(
        done.file, sheet=done.sheet, login=LOGIN, password="ten purple cows", settings=tmp_path / "settings"
    )
    recovered.close()


# -- death


@pytest.mark.parametrize("at", first_and_last(["copy", "papers", "verify", "rebuild", "name"]))
def test_killed_while_restoring_there_is_no_file_or_a_whole_one(desk: Store, tmp_path: Path, at: str) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    to = tmp_path / "again.mrc"
    said = dying("restore", made.file, desk.key, to, at)
    assert said.returncode == -9, said.stdout + said.stderr
    assert not to.exists()
    assert not keys.beside(to).exists()
    done = back(made.file, to, desk.key)
    assert whole(done.file, desk.key)["client"] == 1


def test_killed_between_keys_and_file_the_restore_can_be_done_again(desk: Store, tmp_path: Path) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    to = tmp_path / "again.mrc"
    shutil.copy(keys.beside(made.file), keys.beside(to))
    shutil.copytree(attachments.folder(made.file), attachments.folder(to))
    assert whole(back(made.file, to, desk.key).file, desk.key)["client"] == 1


@pytest.mark.parametrize("limit", [50_000, 400_000])
def test_a_disk_that_refuses_a_restore_leaves_nothing(desk: Store, tmp_path: Path, limit: int) -> None:
    made = copies.make(desk.path, desk.key, tmp_path / "copies", NOW)
    said = dying("restore", made.file, desk.key, tmp_path / "again.mrc", "never", limit)
    refused = [line for line in said.stdout.splitlines() if line.startswith("refused")]
    assert len(refused) == 1, said.stdout + said.stderr
    assert not (tmp_path / "again.mrc").exists()
    assert not list(tmp_path.glob(".restoring-*"))
