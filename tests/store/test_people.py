"""People come and go: passwords, patience after wrong ones, disabling, the recovery sheet, a new key for the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from mrc_app import store
from mrc_app.errors import CannotRead, Invalid, NotAllowed
from mrc_app.store import journal, keys, lists, officers, opening, patience, people, refusals, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, make_client, make_store, new_store

HERS = "green hills of Gondar"
OTHER = "nine yellow lanterns"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least costly password guess the program still accepts."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


def unlocked(desk: Store, login: str, password: str) -> Store:
    return store.open(desk.path, login=login, password=password, settings=desk.path.parent)


def test_somebody_new_signs_in_with_her_own_password_and_role(centre: Store) -> None:
    people.add(centre, name="Abebe", login="abebe", role=Role.DATA_OFFICER, password=HERS)
    abebe = unlocked(centre, "Abebe", HERS)
    assert (abebe.officer_name, abebe.role) == ("Abebe", Role.DATA_OFFICER)
    abebe.close()
    with pytest.raises(Invalid, match="already"):
        people.add(centre, name="Another", login="ABEBE", role=Role.CASEWORKER, password=HERS)
    with pytest.raises(Invalid) as short:
        people.add(centre, name="Hirut", login="hirut", role=Role.CASEWORKER, password="short")
    assert "password" in short.value.problems


def test_who_is_disabled_opens_nothing_and_stays_in_the_journal(centre: Store) -> None:
    uuid = people.add(centre, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    abebe = unlocked(centre, "abebe", HERS)
    with abebe.change(by=abebe.officer, do="clients.register") as session:
        make_client(session, call_name="Tigist")
    abebe.close()
    people.disable(centre, "abebe")
    with pytest.raises(NotAllowed, match="name or the password"):
        unlocked(centre, "abebe", HERS)
    assert "Abebe" in {entry.by_name for entry in journal.entries(centre) if entry.by == uuid}
    with centre.read() as session:
        assert [one.name for one in officers.officers(session) if not one.active] == ["Abebe"]


def test_nobody_disables_herself_or_the_last_who_keeps_people(centre: Store) -> None:
    with pytest.raises(NotAllowed, match="yourself"):
        people.disable(centre, LOGIN)
    people.add(centre, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    with pytest.raises(NotAllowed, match="Somebody must stay"), centre.change(by=centre.officer, do="role") as session:
        officers.change_role(session, officers.signing_in_as(session, LOGIN), role=Role.CASEWORKER)


def test_the_only_one_who_sees_a_client_names_a_colleague_before_she_leaves(centre: Store) -> None:
    uuid = people.add(centre, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    with centre.change(by=centre.officer, do="clients.restrict") as session:
        restrictions.restrict(session, client=make_client(session).uuid, officers=[uuid], since="2026-11-20T08:00:00Z")
    with pytest.raises(NotAllowed, match="only one who may see"):
        people.disable(centre, "abebe")
    people.disable(centre, "abebe", even_alone=True)


def test_a_reset_password_opens_the_old_one_does_not_and_the_journal_says_who_reset_it(centre: Store) -> None:
    people.add(centre, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    people.reset(centre, "abebe", OTHER)
    unlocked(centre, "abebe", OTHER).close()
    with pytest.raises(NotAllowed):
        unlocked(centre, "abebe", HERS)
    said = [entry for entry in journal.entries(centre) if entry.do == "officers.reset"]
    assert [entry.by for entry in said] == [centre.officer]


def test_one_changes_ones_own_password_and_nobody_elses(centre: Store) -> None:
    people.add(centre, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    abebe = unlocked(centre, "abebe", HERS)
    with pytest.raises(NotAllowed, match="name or the password"):
        people.change_password(abebe, "not hers at all", OTHER)
    people.change_password(abebe, HERS, OTHER)
    for forbidden in (
        lambda: people.set_password(abebe, LOGIN, OTHER), lambda: people.reset(abebe, LOGIN, OTHER),
        lambda: people.remove(abebe, LOGIN), lambda: people.disable(abebe, LOGIN), lambda: people.new_sheet(abebe),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="Your role"):
            forbidden()
    abebe.close()
    unlocked(centre, "abebe", OTHER).close()


def test_the_recovery_sheet_gives_a_password_and_the_old_one_is_gone(tmp_path: Path) -> None:
    from mrc_app.store import making

    made, sheet = making.make(
        tmp_path / "centre.mrc", centre="MIC", country="ET", desk="Desk 1", officer="Meseret", login=LOGIN,
        password=PASSWORD, languages=["am"], token="this computer", cost=keys.FLOOR,
    )  # fmt: skip
    made.close()
    opened = store.recover(made.path, sheet=sheet, login=LOGIN, password=OTHER, settings=tmp_path)
    opened.close()
    unlocked(made, LOGIN, OTHER).close()
    with pytest.raises(NotAllowed):
        unlocked(made, LOGIN, PASSWORD)


def test_a_new_key_leaves_every_copied_key_and_every_other_slot_outside(tmp_path: Path) -> None:
    desk = new_store(tmp_path)
    with desk.change(by=desk.officer, do="clients.register") as session:
        make_client(session, call_name="Tigist", given="Tigist")
    people.add(desk, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    old = desk.key
    with pytest.raises(NotAllowed):
        people.rekey(desk, "a wrong password")
    sheet = people.rekey(desk, PASSWORD)
    with pytest.raises(CannotRead):
        opening.connect(desk.path, old)
    with pytest.raises(NotAllowed):
        unlocked(desk, "abebe", HERS)
    again = unlocked(desk, LOGIN, PASSWORD)
    assert again.key != old
    assert [row.name for row in lists.clients(again)] == ["Tigist"]
    assert journal.audit(again).intact
    people.reset(again, "abebe", OTHER)
    again.close()
    unlocked(desk, "abebe", OTHER).close()
    store.recover(desk.path, sheet=sheet, login=LOGIN, password=HERS, settings=tmp_path).close()
    assert not list(tmp_path.glob("*rekey*"))


def test_a_power_cut_between_file_and_key_file_is_mended_at_the_next_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_store(tmp_path)
    monkeypatch.setattr(people, "finish_rekey", lambda _path: False)
    people.rekey(desk, PASSWORD)
    monkeypatch.undo()
    monkeypatch.setattr(keys, "COST", keys.FLOOR)
    assert list(tmp_path.glob("*rekey*"))
    unlocked(desk, LOGIN, PASSWORD).close()
    assert not list(tmp_path.glob("*rekey*"))


def test_each_wrong_password_after_the_third_waits_longer_and_a_restart_does_not_help(tmp_path: Path) -> None:
    path, now = tmp_path / "centre.mrc", 1_000_000.0

    def wrong() -> None:
        with pytest.raises(NotAllowed, match="wrong"), patience.attempt(path, "a", now):
            raise NotAllowed("wrong")

    for _ in range(patience.FREE):
        assert patience.remaining(path, "a", now) == 0
        wrong()
    waits = []
    for _ in range(10):
        waits.append(patience.remaining(path, "a", now))
        with pytest.raises(NotAllowed, match="Wait"), patience.attempt(path, "a", now):
            raise AssertionError("tried all the same")
        assert patience.remaining(path, "a", now - 86_400) == waits[-1], "a clock turned back shortens nothing"
        now += waits[-1]
        wrong()
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert patience.remaining(path, "b", now) == 0, "a colleague does not wait"
    now += 900
    with patience.attempt(path, "a", now):
        pass
    assert patience.remaining(path, "a", now) == 0


def test_failed_sign_ins_are_told_to_the_supervisor_and_name_nobody_beside_the_file(centre: Store) -> None:
    people.add(centre, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    for login in ("abebe", "somebody"):
        with pytest.raises(NotAllowed):
            unlocked(centre, login, "a guess or two")
    assert "abebe" not in patience.beside(centre.path).read_text("utf-8")
    unlocked(centre, LOGIN, PASSWORD).close()
    assert [(one.name, one.what) for one in refusals.refusals(centre)] == [("", "sign_in"), ("Abebe", "sign_in")]
    unlocked(centre, LOGIN, PASSWORD).close()
    assert len(refusals.refusals(centre)) == 2


def test_a_key_file_on_a_full_disk_keeps_nobody_out(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    patience.beside(desk.path).mkdir()
    unlocked(desk, LOGIN, PASSWORD).close()
    desk.close()
