"""PINs and lockdown: what opens, what does not, and what a crash leaves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mrc_app import store
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.store import backup, copies, identity, keys, locking, officers, patience, people, pins
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, new_store

PIN = "4711"
HERS = "another long word"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least costly guess the program still accepts."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


@pytest.fixture
def two(centre: Store) -> Store:
    """A centre with a supervisor (meseret, at the desk) and a caseworker (abebe)."""
    with centre.change(by=centre.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe", role=Role.CASEWORKER)
    people.set_password(centre, "abebe", HERS)
    return centre


def _open(path: Path, login: str = LOGIN, password: str = PASSWORD) -> Store:
    return store.open(path, login=login, password=password, settings=path.parent)


# -- PIN


def test_a_pin_opens_the_file_again_after_it_was_closed(centre: Store) -> None:
    sealed = pins.choose(centre, PIN, remember=False)
    key = centre.key
    centre.close()
    with pytest.raises(MrcError):
        _ = centre.key
    assert key not in b"".join(value for value in vars(sealed).values() if isinstance(value, bytes))
    again = sealed.open(PIN, centre.path.parent)
    assert again.key == key
    assert again.officer_name == "Meseret"
    again.close()


def test_five_wrong_pins_destroy_the_box_and_the_sixth_right_one_opens_nothing(centre: Store) -> None:
    sealed = pins.choose(centre, PIN, remember=False)
    centre.close()
    for left in (4, 3, 2, 1):
        with pytest.raises(NotAllowed, match=f"Tries left: {left}"):
            sealed.open("0815")
    with pytest.raises(NotAllowed, match="wrong 5 times"):
        sealed.open("0815")
    with pytest.raises(NotAllowed, match="Sign in with your password"):
        sealed.open(PIN)
    assert not any(value for value in vars(sealed).values() if isinstance(value, bytes))


def test_a_right_pin_gives_five_tries_again(centre: Store) -> None:
    sealed = pins.choose(centre, PIN, remember=False)
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(NotAllowed):
                sealed.open("0815")
        sealed.open(PIN, centre.path.parent).close()


@pytest.mark.parametrize("weak", ["123", "123456789", "12a4", "1111", "1234", "87654321", "", "١٢٣٥"])
def test_what_is_no_pin_is_refused(centre: Store, weak: str) -> None:
    with pytest.raises(Invalid):
        pins.choose(centre, weak, remember=True)
    assert pins.remembered(centre) is None


def test_a_remembered_pin_stands_only_inside_the_encrypted_file_and_not_as_typed(centre: Store) -> None:
    pins.choose(centre, PIN, remember=True)
    with centre.plain() as connection:
        assert PIN not in str(connection.execute("SELECT value FROM meta WHERE key LIKE 'pin:%'").fetchall())
    centre.close()
    again = _open(centre.path)
    sealed = pins.remembered(again)
    assert sealed is not None
    again.close()
    sealed.open(PIN, centre.path.parent).close()


def test_a_pin_for_this_session_is_not_kept_and_a_forgotten_one_is_gone(centre: Store) -> None:
    pins.choose(centre, PIN, remember=False)
    assert pins.remembered(centre) is None
    pins.choose(centre, PIN, remember=True)
    pins.forget(centre)
    assert pins.remembered(centre) is None


def test_the_pin_of_an_officer_whose_password_was_taken_away_opens_nothing(two: Store) -> None:
    hers = _open(two.path, "abebe", HERS)
    sealed = pins.choose(hers, PIN, remember=False)
    hers.close()
    people.remove(two, "abebe")
    with pytest.raises(NotAllowed, match="not valid any more"):
        sealed.open(PIN, two.path.parent)
    assert sealed.tries == 0


# -- lockdown


def test_a_lockdown_lets_only_the_supervisor_in_and_says_why(two: Store) -> None:
    hers = _open(two.path, "abebe", HERS)
    locking.lock_down(hers)
    hers.close()
    with pytest.raises(NotAllowed) as refused:
        _open(two.path, "abebe", HERS)
    assert refused.value.text() == keys.LOCKED_DOWN
    with pytest.raises(NotAllowed, match="not right"):
        _open(two.path, LOGIN, "not the password")
    boss = _open(two.path)
    stands = locking.standing(boss)
    assert stands is not None
    assert (stands.by, stands.waiting) == ("abebe", 1)
    boss.close()


def test_a_supervisor_ends_the_lockdown_and_everybody_is_back_with_her_own_password(two: Store) -> None:
    locking.lock_down(two)
    locking.lock_down(two)  # pressed again: nothing more happens
    locking.end(two)
    assert locking.standing(two) is None
    _open(two.path, "abebe", HERS).close()
    with pytest.raises(MrcError, match="not locked down"):
        locking.end(two)


def test_a_caseworker_may_lock_down_and_may_not_end_it(two: Store) -> None:
    hers = _open(two.path, "abebe", HERS)
    locking.lock_down(hers)
    assert not locking.may_end(hers)
    with pytest.raises(NotAllowed):
        locking.end(hers)
    assert locking.standing(hers) is not None
    hers.close()


def test_the_recovery_sheet_opens_a_locked_down_file_and_ends_the_lockdown(tmp_path: Path) -> None:
    made, sheet = store.create(
        tmp_path / "c.mrc", centre="MIC", country="ET", desk="Desk", officer="Meseret", login=LOGIN, password=PASSWORD,
        languages=["am"], settings=tmp_path,
    )  # fmt: skip
    with made.change(by=made.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe", role=Role.CASEWORKER)
    people.set_password(made, "abebe", HERS)
    locking.lock_down(made)
    made.close()
    again = store.recover(made.path, sheet=sheet, login="abebe", password="new and better", settings=tmp_path)
    assert locking.may_end(again)
    locking.end(again)
    again.close()
    _open(made.path, "abebe", "new and better").close()


def test_no_copy_of_the_old_key_file_stays_and_one_kept_elsewhere_is_refused(two: Store) -> None:
    beside = keys.beside(two.path)
    old = beside.read_bytes()
    slot = next(s for s in keys.read(beside)[0].slots if s.tag == keys.tag_of(keys.read(beside)[0].id, "abebe"))
    locking.lock_down(two)
    folder = two.path.parent
    assert [path.name for path in folder.iterdir() if "keys" in path.name] == [beside.name]
    assert not [path.name for path in folder.iterdir() if path.is_file() and slot.box.encode() in path.read_bytes()]
    beside.write_bytes(old)
    with pytest.raises(CannotRead, match="older copy"):
        _open(two.path, "abebe", HERS)


def test_the_backups_are_locked_down_too_and_set_free_with_it(two: Store) -> None:
    folder = copies.folder_of(two.path)
    folder.mkdir()
    old = folder / "centre-old.mrc"
    with two.apart() as connection:
        backup.copy(connection, two.path, two.key, old)
    _open(old, "abebe", HERS).close()
    locking.lock_down(two)
    with pytest.raises(NotAllowed, match="locked down"):
        _open(old, "abebe", HERS)
    locking.end(two)
    _open(old, "abebe", HERS).close()


def test_a_right_password_during_a_lockdown_is_no_wrong_try(two: Store) -> None:
    locking.lock_down(two)
    for _ in range(patience.FREE + 2):
        with pytest.raises(NotAllowed, match="locked down"):
            _open(two.path, "abebe", HERS)
    locking.end(two)
    _open(two.path, "abebe", HERS).close()


def test_a_touched_box_is_noticed(two: Store) -> None:
    locking.lock_down(two)
    beside = keys.beside(two.path)
    data = json.loads(beside.read_bytes())
    for changed in (data["lockdown"][:-2] + "00", "", "xy"):
        beside.write_bytes(keys._text({**data, "lockdown": changed}))
        with pytest.raises(CannotRead):
            _open(two.path)


def test_who_left_during_a_lockdown_does_not_come_back_with_it(two: Store) -> None:
    locking.lock_down(two)
    with two.change(by=two.officer, do="officers.leave") as session:
        gone = officers.by_login(session, "abebe")
        assert gone is not None
        gone.active = False
        session.add(gone)
    locking.end(two)
    with pytest.raises(NotAllowed):
        _open(two.path, "abebe", HERS)


def test_a_password_given_during_a_lockdown_stays_when_it_ends(two: Store) -> None:
    locking.lock_down(two)
    people.set_password(two, "abebe", "given by the supervisor")
    locking.end(two)
    _open(two.path, "abebe", "given by the supervisor").close()
    with pytest.raises(NotAllowed):
        _open(two.path, "abebe", HERS)


def test_a_prepared_lockdown_needs_no_key_and_a_stale_one_is_refused(two: Store) -> None:
    ready = locking.prepare(two)
    two.close()
    ready.carry_out()
    ready.carry_out()
    with pytest.raises(NotAllowed):
        _open(two.path, "abebe", HERS)
    boss = _open(two.path)
    with boss.plain() as connection:
        assert int(identity.get(connection, "keys_gen") or 0) == ready.generation
    locking.end(boss)
    boss.close()
    with pytest.raises(MrcError, match="changed since"):
        ready.carry_out()


def test_a_pin_opens_nothing_after_a_lockdown(two: Store) -> None:
    hers = _open(two.path, "abebe", HERS)
    sealed = pins.choose(hers, PIN, remember=True)
    hers.close()
    locking.lock_down(two)
    with pytest.raises(NotAllowed, match="locked down"):
        sealed.open(PIN, two.path.parent)


def test_a_centre_of_one_person_can_still_be_ended(tmp_path: Path) -> None:
    alone = new_store(tmp_path)
    locking.lock_down(alone)
    alone.close()
    again = _open(alone.path)
    locking.end(again)
    again.close()


class Killed:
    """Counts what the disk is asked for, and ends the process before the next of it."""

    def __init__(self, step: int) -> None:
        self.left = step
        for module, name in ((os, "fsync"), (Path, "replace"), (identity, "put")):
            setattr(module, name, self.counting(getattr(module, name)))

    def counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The same, but one step nearer to the end before and after."""

        def counted(*args: Any, **named: Any) -> Any:
            self.tick()
            answer = real(*args, **named)
            self.tick()
            return answer

        return counted

    def tick(self) -> None:
        """One step."""
        self.left -= 1
        if self.left < 0:
            os._exit(9)


def _in_a_process_of_its_own(path: Path, what: str, step: int) -> int:
    """Opens the file, begins, and is killed at a step; 0 when it came to the end before."""
    child = os.fork()
    if child == 0:
        try:
            opened = _open(path)
            Killed(step)
            getattr(locking, what)(opened)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.name != "posix", reason="a process is forked")
@pytest.mark.parametrize("what", ["lock_down", "end"])
def test_killed_at_any_step_the_file_still_opens_with_the_supervisors_password(two: Store, what: str) -> None:
    folder = two.path.parent
    if what == "end":
        locking.lock_down(two)
    two.close()
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    steps, states = 0, set()
    while True:
        for path, content in before.items():
            path.write_bytes(content)
        ended = _in_a_process_of_its_own(two.path, what, steps)
        again = _open(two.path)
        stands = locking.standing(again) is not None
        again.close()
        if ended == 0:
            assert stands is (what == "lock_down")
            break
        assert ended == 9
        states.add(stands)
        steps += 1
    assert steps >= 6
    assert states == {True, False}, "killed before and after the key file stood"
