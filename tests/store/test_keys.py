"""Key slots: passwords, the recovery sheet, and a key file somebody touched."""

from __future__ import annotations

import json
import random
import secrets
import unicodedata
from pathlib import Path

import pytest

from mrc_app import store
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.store import keys, people
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, make_store, new_store


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least costly password guess the program still accepts."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


def test_four_hundred_flipped_bits_never_give_a_wrong_key(tmp_path: Path, centre: Store) -> None:
    beside = keys.beside(centre.path)
    whole, chance = beside.read_bytes(), random.Random(20)
    slot = next(slot for slot in keys.read(beside)[0].slots if slot.kind == "password")
    refused = stretched = 0
    for _ in range(400):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        beside.write_bytes(raw)
        try:
            found, mac = keys.read(beside)
        except CannotRead as trouble:
            assert trouble.text().count(".") >= 1
            refused += 1
            continue
        if stretched >= 12 and _costs_a_guess(found, slot):
            refused += _would_refuse(found, mac, centre.key)
            continue
        stretched += 1
        with pytest.raises(MrcError):
            keys.unlock(beside, found, mac, LOGIN, PASSWORD)
        refused += 1
    assert refused == 400


def _costs_a_guess(found: keys.Keys, slot: keys.Slot) -> bool:
    return any(one.tag == slot.tag for one in found.slots)


def _would_refuse(found: keys.Keys, mac: str, key: bytes) -> bool:
    """The seal does not fit: even with the right key the file would be refused."""
    return keys._mac(found, key) != mac


def test_a_password_is_the_same_however_its_accents_are_composed(tmp_path: Path) -> None:
    made = new_store(tmp_path, password=unicodedata.normalize("NFD", "été à Nîmes"))
    made.close()
    beside = keys.beside(made.path)
    assert keys.unlock(beside, *keys.read(beside), LOGIN, unicodedata.normalize("NFC", "été à Nîmes"))


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaa", "ababababab"])
def test_a_weak_password_is_refused_before_a_file_is_made(tmp_path: Path, weak: str) -> None:
    with pytest.raises(Invalid) as trouble:
        new_store(tmp_path, password=weak)
    assert list(trouble.value.problems) == ["password"]
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_sheet_opens_and_sets_a_new_password(tmp_path: Path, cheap: None) -> None:
    made, sheet = store.create(
        tmp_path / "c.mrc", centre="MIC", country="ET", desk="Desk", officer="Meseret", login=LOGIN, password=PASSWORD,
        languages=["am"], settings=tmp_path,
    )  # fmt: skip
    made.close()
    typed = sheet.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    again = store.recover(made.path, sheet=typed, login=LOGIN, password="new and better", settings=tmp_path)
    again.close()
    with pytest.raises(NotAllowed):
        store.open(made.path, login=LOGIN, password=PASSWORD, settings=tmp_path)
    store.open(made.path, login=LOGIN, password="new and better", settings=tmp_path).close()


def test_every_mistyped_character_of_a_sheet_is_noticed() -> None:
    sheet = keys.new_sheet().replace("-", "")
    for at in range(len(sheet)):
        for other in keys.CROCKFORD:
            if other != sheet[at]:
                with pytest.raises(Invalid):
                    keys.read_sheet(sheet[:at] + other + sheet[at + 1 :])


def test_a_sheet_has_only_characters_that_are_easy_to_type() -> None:
    for _ in range(200):
        assert set(keys.new_sheet()) <= set(keys.CROCKFORD) | {"-"}


def test_another_centres_sheet_does_not_open(tmp_path: Path, centre: Store) -> None:
    with pytest.raises(NotAllowed):
        store.recover(centre.path, sheet=keys.new_sheet(), login=LOGIN, password="new and better", settings=tmp_path)


def test_a_colleague_opens_with_her_own_password(tmp_path: Path, centre: Store, cheap: None) -> None:
    from mrc_app.store import officers

    with centre.change(by=centre.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe")
    people.set_password(centre, "abebe", "another long word")
    opened = store.open(centre.path, login="Abebe", password="another long word", settings=tmp_path)
    assert opened.officer_name == "Abebe"
    opened.close()
    centre.close()
    store.open(centre.path, login=LOGIN, password=PASSWORD, settings=tmp_path).close()


def test_after_removing_an_officer_no_old_key_file_opens(tmp_path: Path, centre: Store, cheap: None) -> None:
    people.set_password(centre, "abebe", "another long word")
    beside = keys.beside(centre.path)
    old = beside.read_bytes()
    people.remove(centre, "abebe")
    assert sorted(path.name for path in tmp_path.iterdir() if "keys" in path.name) == [beside.name]
    with pytest.raises(NotAllowed):
        store.open(centre.path, login="abebe", password="another long word", settings=tmp_path)
    beside.write_bytes(old)
    with pytest.raises(CannotRead, match="older copy"):
        store.open(centre.path, login=LOGIN, password=PASSWORD, settings=tmp_path)


def test_the_last_person_cannot_be_removed(centre: Store) -> None:
    before = keys.beside(centre.path).read_bytes()
    with pytest.raises(Invalid):
        people.remove(centre, LOGIN)
    assert keys.beside(centre.path).read_bytes() == before


def test_a_key_file_asking_for_absurd_work_is_refused(centre: Store) -> None:
    beside = keys.beside(centre.path)
    for ops, mem in ((1, keys.FLOOR.mem), (3, 1024), (3, 1 << 40), (10**9, keys.FLOOR.mem)):
        data = json.loads(beside.read_bytes())
        data["slots"][0].update(ops=ops, mem=mem)
        beside.write_bytes(keys._text(data))
        with pytest.raises(CannotRead):
            keys.read(beside)


def test_what_the_program_asks_for_stands_between_floor_and_ceiling() -> None:
    assert keys.FLOOR.ops <= keys.COST.ops <= keys.CEILING.ops
    assert keys.FLOOR.mem <= keys.COST.mem <= keys.CEILING.mem
    assert keys.COST.mem == 64 * 1024 * 1024


def test_slots_of_two_centres_cannot_be_exchanged(tmp_path: Path, centre: Store) -> None:
    slot = keys.make_slot(secrets.token_hex(16), centre.key, "password", LOGIN, PASSWORD, keys.FLOOR)
    found, _mac = keys.read(keys.beside(centre.path))
    assert keys._open_slot(found.id, slot, PASSWORD) is None


def test_a_changed_password_needs_the_old_one(tmp_path: Path, cheap: None) -> None:
    made = make_store(tmp_path)
    with pytest.raises(NotAllowed):
        people.change_password(made, "not this one", "new and better")
    people.change_password(made, PASSWORD, "new and better")
    made.close()
    store.open(made.path, login=LOGIN, password="new and better", settings=tmp_path).close()
