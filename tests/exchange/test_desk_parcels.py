"""Desk to desk in one centre, by file: what comes late, twice, never, from a stranger, or may not be read there."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from mrc_app import store as stores
from mrc_app.casework import attachments as papers
from mrc_app.casework import erasures
from mrc_app.casework.attachments import What
from mrc_app.casework.clients import Client
from mrc_app.errors import Cancelled, CannotRead, Invalid, MrcError
from mrc_app.exchange import (
    arriving,
    desk_keys,
    desk_new,
    desk_parcels,
    desk_parcels_making,
    ledgers,
    parcel_files,
    settling,
)
from mrc_app.store import (
    attachments,
    erasing,
    identity,
    journal,
    keys,
    people,
    receiving,
    restrictions,
    rows,
    sealing,
    upgrades,
)
from mrc_app.store.capture import ERASE
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from mrc_app.store.rows import Row
from tests.exchange import desks
from tests.exchange.desks import parcel, receive
from tests.exchange.test_parcel_files import mutated
from tests.make import LOGIN, PASSWORD, TODAY
from tests.store.test_receiving import a_client, amend, state

FILES = Path(__file__).resolve().parent.parent / "files"
SEED = b"a desk that keeps every parcel.."


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Store]]:
    with desks.centre(tmp_path, 2) as made:
        yield made


def test_a_new_desk_is_empty_until_its_first_parcel_brings_the_centre(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 1) as (first,):
        uuid = a_client(first, call_name="Tigist")
        path = tmp_path / "new.mrc"
        made = desk_new.make(
            path, join=desk_keys.own(first).recipient, name="Desk 2", login=LOGIN, password=PASSWORD,
            settings=tmp_path, cost=keys.FLOOR,
        )  # fmt: skip
        with pytest.raises(MrcError):
            stores.open(path, login=LOGIN, password=PASSWORD, settings=tmp_path)
        with pytest.raises(Invalid):
            parcel(first, made.own.recipient)
        desks.trust(first, made.own.recipient, "Desk 2")
        file = parcel(first, "desk 2")
        desk = stores.open(path, login=LOGIN, password=PASSWORD, settings=tmp_path, waiting=True)
        came = receive(desk, file)
        assert came.new > 3 and came.gaps == []
        assert (desk.officer, desk.centre().name) == (first.officer, "MIC Bahir Dar")
        with desk.read() as session:
            assert session.exec(select(Client.call_name).where(Client.uuid == uuid)).one() == "Tigist"
        desk.close()
        stores.open(path, login=LOGIN, password=PASSWORD, settings=tmp_path).close()


def test_two_desks_exchange_until_both_hold_the_same(two: list[Store]) -> None:
    one, other = two
    uuid = a_client(one, call_name="Tigist")
    a_client(other, call_name="Hirut")
    desks.meet(one, other)
    amend(other, uuid, district="Dessie")
    desks.meet(one, other)
    assert state(one) == state(other)
    assert journal.audit(one).head == journal.audit(other).head
    assert journal.audit(other).intact


def test_what_a_desk_has_is_not_sent_again_and_the_same_parcel_twice_changes_nothing(two: list[Store]) -> None:
    one, other = two
    desks.meet(one, other)
    a_client(one)
    file = parcel(one, "Desk 2")
    assert receive(other, file).new == 3
    before = state(other)
    again = receive(other, file)
    assert (again.new, again.same, state(other)) == (0, 3, before)
    assert receive(other, parcel(one, "Desk 2")).new == 0


def test_a_parcel_that_was_lost_is_named_and_its_changes_come_after_an_answer(two: list[Store]) -> None:
    one, other = two
    desks.meet(one, other)
    a_client(one)
    parcel(one, "Desk 2").unlink()
    a_client(one)
    late = parcel(one, "Desk 2")
    came = receive(other, late)
    assert [gap.message for gap in came.gaps] == [desk_parcels.MISSING_PARCELS]
    assert came.gaps[0].values["desk"] == "Desk 1" and came.gaps[0].values["numbers"].isdigit()
    receive(one, parcel(other, "Desk 1"))
    assert receive(other, parcel(one, "Desk 2")).gaps == []
    assert state(one) == state(other)


def test_parcels_that_come_in_the_wrong_order_make_the_same(two: list[Store]) -> None:
    one, other = two
    files = []
    for name in ("Tigist", "Hirut", "Aster"):
        a_client(one, call_name=name)
        files.append(parcel(one, "Desk 2"))
    for file in reversed(files):
        receive(other, file)
    desks.meet(one, other)
    assert state(one) == state(other) and desk_parcels.gaps(other) == []


def test_rows_of_a_third_desk_are_passed_on_as_far_as_it_signed(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 3) as (one, two_, three):
        uuid = a_client(three, call_name="Almaz")
        receive(one, parcel(three, "Desk 1"))
        came = receive(two_, parcel(one, "Desk 2"))
        assert came.gaps == []
        with two_.read() as session:
            assert session.exec(select(Client.call_name).where(Client.uuid == uuid)).one() == "Almaz"
        desks.meet(one, two_, three)
        assert state(one) == state(two_) == state(three)


def test_a_desk_that_relays_cannot_forge_rows_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mrc_app.exchange import desk_parcels_making
    from mrc_app.store import rows

    with desks.centre(tmp_path, 3) as (one, two_, three):
        uuid = a_client(three, call_name="Almaz")
        receive(one, parcel(three, "Desk 1"))
        real = desk_parcels_making._line

        def forged(name: str, row: tuple, withheld: set) -> dict:  # type: ignore[type-arg]
            if row[2] == uuid:
                row = (*row[:4], row[4].replace(b"Almaz", b"Alima"), rows.digest(b""), row[6])
            return real(name, row, withheld)

        monkeypatch.setattr(desk_parcels_making, "_line", forged)
        came = receive(two_, parcel(one, "Desk 2"))
        monkeypatch.undo()
        assert desk_parcels.NOT_SIGNED in {gap.message for gap in came.gaps}
        with two_.read() as session:
            assert session.exec(select(Client)).all() == []
        desks.meet(one, two_, three)
        assert state(one) == state(two_) == state(three)


def test_strangers_other_centres_and_revoked_keys_are_refused(tmp_path: Path, two: list[Store]) -> None:
    from mrc_app.exchange import partners
    from tests.make import new_store

    one, other = two
    (tmp_path / "x").mkdir()
    stranger = new_store(tmp_path / "x", token="computer x")
    desks.trust(stranger, desk_keys.own(one).recipient, "Desk 1")
    file = parcel(stranger, "Desk 1")
    with pytest.raises(MrcError, match="does not trust"):
        receive(one, file)
    desks.trust(one, desk_keys.own(stranger).recipient, "Stranger")
    with pytest.raises(MrcError, match="another centre"):
        receive(one, file)
    file = parcel(other, "Desk 1")
    with one.change(by=one.officer, do="partners.revoke") as session:
        partners.revoke(session, partners.by_key(session, "Desk 2"), by=one.officer, on=TODAY)
    before = state(one)
    with pytest.raises(MrcError, match="revoked"):
        receive(one, file)
    assert state(one) == before
    stranger.close()


def test_a_refused_parcel_leaves_the_file_as_it_was(two: list[Store]) -> None:
    one, other = two
    a_client(one)
    file = parcel(one, "Desk 2")
    content = file.read_bytes()
    with other.plain() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = other.path.read_bytes()
    for at in (10, len(content) // 2, len(content) - 20):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(CannotRead):
            receive(other, file)
    file.write_bytes(content[:-1])
    with pytest.raises(CannotRead):
        receive(other, file)
    with other.plain() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert other.path.read_bytes() == before


def test_a_restricted_client_goes_only_where_somebody_is_named_and_a_later_grant_fills_her_in(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 1) as (one,):
        hirut = people.add(one, name="Hirut", login="hirut", role=Role.CASEWORKER, password="green paper boats")
        other = desks.joined(one, tmp_path / "2", "Desk 2", login="hirut")
        desks.meet(one, other)
        uuid = a_client(one, call_name="Tigist")
        with one.change(by=one.officer, do="restrict") as session:
            restrictions.restrict(session, client=uuid, officers=[one.officer], since="2026-11-20T09:00:00Z")
        receive(other, parcel(one, "Desk 2"))
        with other.plain() as connection:
            told = connection.execute("SELECT state FROM journal WHERE subject = ?", (uuid,)).fetchall()
            assert connection.execute("SELECT count(*) FROM client").fetchone() == (0,)
        assert sorted(told) == [("full",), ("withheld",), ("withheld",), ("withheld",)]
        assert desk_parcels.gaps(other) == [] and journal.audit(other).intact
        with one.change(by=one.officer, do="lift") as session:
            restrictions.lift(session, client=uuid, at="2026-11-21T09:00:00Z")
        with one.change(by=one.officer, do="restrict") as session:
            restrictions.restrict(session, client=uuid, officers=[one.officer, hirut], since="2026-11-21T09:00:00Z")
        receive(one, parcel(other, "Desk 1"))
        came = receive(other, parcel(one, "Desk 2"))
        assert came.told["refilled"] == 3
        with other.read() as session:
            assert session.exec(select(Client)).one().call_name == "Tigist"
        other.close()


def test_contradictions_are_listed_with_both_values_and_settled_for_good(two: list[Store]) -> None:
    one, other = two
    clients = [a_client(one, call_name=name) for name in ("Tigist", "Hirut")]
    desks.meet(one, other)
    for uuid in clients:
        amend(one, uuid, district="Dessie")
        amend(other, uuid, district="Desse")
    receive(one, parcel(other, "Desk 1"))
    first, second = settling.contradictions(one)
    assert {(value.value, value.desk) for value in first.values} == {("Dessie", "Desk 1"), ("Desse", "Desk 2")}
    assert first.equal == (second.id,) and first.client and first.told()["field"] == "client.district"
    with pytest.raises(Invalid):
        settling.settle_by_id(one, {first.id: "Gondar"})
    with pytest.raises(Invalid):
        settling.settle_by_id(one, {"x.y": "Gondar"})
    assert settling.settle_by_id(one, {first.id: "Desse"}, equal=True) == 2
    assert settling.contradictions(one) == []
    desks.meet(one, other)
    assert settling.contradictions(other) == [] and state(one) == state(other)
    with other.read() as session:
        assert set(session.exec(select(Client.district))) == {"Desse"}


def test_what_a_newer_program_wrote_twice_is_nobody_s_contradiction_and_its_words_are_not_chosen(
    two: list[Store],
) -> None:
    one, other = two
    uuid = a_client(one)
    desks.meet(one, other)
    for number, desk in enumerate(two):
        with desk.plain() as connection:
            sql = "SELECT body FROM journal WHERE record = ? AND node = ?"
            body = json.loads(connection.execute(sql, (uuid, one.node)).fetchone()[0])
        fields = {"iris": {"value": f"i{number}", "seen": []}, "sex": {"value": ("later", "male")[number], "seen": []}}
        raw = rows.canonical({**body, "op": "set", "hlc": body["hlc"] + 5 + number, "fields": fields})
        receiving.apply(one, [Row("f" * 15 + str(number), 1, uuid, uuid, raw, rows.digest(raw), "full")])
    (found,) = settling.contradictions(one)
    assert found.field == "sex" and {value.value for value in found.values} >= {"later", "male"}
    with pytest.raises(Invalid, match="newer program"):
        settling.settle_by_id(one, {found.id: "later"})
    settling.settle_by_id(one, {found.id: "male"})
    assert settling.contradictions(one) == []


def test_a_removal_beside_an_edit_is_settled_either_way(two: list[Store]) -> None:
    one, other = two
    for keep in ("false", "true"):
        uuid = a_client(one)
        desks.meet(one, other)
        amend(one, uuid, gone=True)
        amend(other, uuid, district="Dessie")
        desks.meet(one, other)
        (found,) = settling.contradictions(other)
        assert found.field == "gone"
        settling.settle(other, [(found.conflict, 1 if keep == "true" else 0)])
        desks.meet(one, other)
        assert settling.contradictions(one) == settling.contradictions(other) == []
        assert state(one) == state(other)


def test_papers_travel_sealed_and_are_wanted_until_they_came(two: list[Store]) -> None:
    one, other = two
    uuid = a_client(one)
    made = add_paper(one, uuid)
    source = attachments.place(one.path, made)
    content = source.read_bytes()
    source.unlink()
    receive(other, parcel(one, "Desk 2"))
    with other.plain() as connection:
        assert attachments.wanted(connection, other.path) == [made]
    source.write_bytes(content)
    receive(one, parcel(other, "Desk 1"))
    assert receive(other, parcel(one, "Desk 2")).told["papers"] == 1
    assert attachments.place(other.path, made).read_bytes() == content


def add_paper(desk: Store, client: str) -> str:
    """A paper of a client; its uuid."""
    with desk.change(by=desk.officer, do="attachments.add") as session:
        return papers.add(
            session, centre=desk.path, client=client, content=b"wages " * 80_000, name="pass.txt",
            what=What.CONTRACT, on=TODAY, by=desk.officer,
        ).uuid  # fmt: skip


def test_a_client_who_was_known_before_her_restriction_is_filled_in_again_by_a_later_grant(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 1) as (one,):
        hirut = people.add(one, name="Hirut", login="hirut", role=Role.CASEWORKER, password="green paper boats")
        other = desks.joined(one, tmp_path / "2", "Desk 2", login="hirut")
        uuid = a_client(one, call_name="Tigist")
        desks.meet(one, other)
        for officers in ([one.officer], [one.officer, hirut]):
            with one.change(by=one.officer, do="restrict") as session:
                for standing in restrictions.standing(session, uuid):
                    standing.lifted = "2026-11-20T09:00:00Z"
                    session.add(standing)
                restrictions.restrict(session, client=uuid, officers=officers, since="2026-11-20T09:00:00Z")
            desks.meet(one, other)
            with other.read() as session:
                seen = [client.call_name for client in session.exec(select(Client))]
            assert seen == (["Tigist"] if hirut in officers else [])
        other.close()


def test_an_erased_client_stays_erased_and_a_late_parcel_does_not_bring_her_back(two: list[Store]) -> None:
    one, other = two
    uuid = a_client(one, call_name="Tigist")
    desks.meet(one, other)
    amend(other, uuid, district="Dessie")
    late = parcel(other, "Desk 1")
    with one.change(by=one.officer, do=ERASE) as session:
        client = session.exec(select(Client)).one()
        (asked,) = erasures.ask(session, client=client, because="asked", on=TODAY, by=one.officer)
        erasures.confirm(session, asked, on=TODAY, by=one.officer)
    erasing.catch_up(one)
    receive(one, late)
    desks.meet(one, other)
    for desk in (one, other):
        with desk.plain() as connection:
            told = connection.execute("SELECT state, body FROM journal WHERE record = ?", (uuid,)).fetchall()
            assert set(told) == {("erased", None)}
            assert connection.execute("SELECT count(*) FROM main.client").fetchone() == (0,)
        assert journal.audit(desk).intact and desk_parcels.gaps(desk) == []


def copied(one: Store, folder: Path, token: str = "computer 1") -> Store:
    """A copy of a desk's file that somebody works on too: on the same computer, or on another."""
    shutil.copytree(one.path.parent, folder)
    return Store(folder / one.path.name, one.key, LOGIN, token, personal=one.personal)


def test_two_files_that_wrote_as_one_node_are_kept_apart_and_everything_else_comes_in(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 2) as (one, other):
        desks.meet(one, other)
        twin = copied(one, tmp_path / "copy")
        a_client(one, call_name="Tigist")
        a_client(twin, call_name="Hirut")
        assert twin.node == one.node
        receive(other, parcel(one, "Desk 2"))
        came = receive(other, parcel(twin, "Desk 2"))
        assert [gap.message for gap in came.gaps] == [desk_parcels.FORKED]
        with other.read() as session:
            assert list(session.exec(select(Client.call_name))) == ["Tigist"]
        receive(one, parcel(other, "Desk 1"))
        assert one.node != twin.node
        a_client(one, call_name="Aster")
        receive(other, parcel(one, "Desk 2"))
        with other.read() as session:
            assert set(session.exec(select(Client.call_name))) == {"Tigist", "Aster"}
        twin.close()


NAMES = {"Tigist", "Hirut", "Aster", "Meron", "Liya", "Saba"}


@pytest.mark.parametrize("first", ["the desk that keeps it out", "the other file"])
def test_what_each_of_two_files_wrote_as_one_node_reaches_everybody_once(tmp_path: Path, first: str) -> None:
    with desks.centre(tmp_path, 2) as (one, other):
        shared = a_client(one, call_name="Saba")
        desks.meet(one, other)
        twin = copied(one, tmp_path / "copy")
        a_client(one, call_name="Tigist")
        amend(one, shared, district="Gondar")
        hers = a_client(twin, call_name="Hirut")
        amend(twin, hers, district="Dessie")
        amend(twin, shared, district="Bahir Dar")
        a_client(other, call_name="Liya")
        receive(other, parcel(one, "Desk 2"))
        if first == "the desk that keeps it out":
            assert [gap.message for gap in receive(other, parcel(twin, "Desk 2")).gaps] == [desk_parcels.FORKED]
        a_client(one, call_name="Aster")
        a_client(twin, call_name="Meron")
        node = one.node
        for _round in range(3):
            for desk in (twin, one):  # an answer is for the file that was heard last
                receive(other, parcel(desk, "Desk 2"))
                receive(desk, parcel(other, "Desk 1"))
        assert node not in (one.node, twin.node) or first == "the other file"
        assert one.node != twin.node
        assert state(one) == state(other) == state(twin)
        for desk in (one, other, twin):
            assert journal.audit(desk).intact
            with desk.read() as session:
                assert sorted(session.exec(select(Client.call_name))) == sorted(NAMES)
                assert session.exec(select(Client.district).where(Client.uuid == hers)).one() == "Dessie"
            listed = settling.contradictions(desk)
            assert [(found.conflict.record, found.conflict.register) for found in listed] == [(shared, "district")]
            with desk.plain() as connection:
                told = connection.execute("SELECT count(*) FROM journal WHERE record = ?", (hers,)).fetchone()
                assert told == (2,)
        twin.close()


def test_rows_of_somebody_restricted_are_told_again_too_and_stay_sealed(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 2) as (one, other):
        uuid = a_client(one, call_name="Saba")
        desks.meet(one, other)
        twin = copied(one, tmp_path / "copy")
        a_client(one, call_name="Tigist")
        with twin.change(by=twin.officer, do="restrictions.restrict") as session:
            restrictions.restrict(session, client=uuid, officers=[twin.officer], since="2026-11-20T09:00:00Z")
        amend(twin, uuid, district="Dessie")
        receive(other, parcel(one, "Desk 2"))
        receive(other, parcel(twin, "Desk 2"))
        receive(twin, parcel(other, "Desk 1"))
        sealing.catch_up(twin)
        with twin.plain() as connection:
            moved = "SELECT count(*) FROM sealed_body WHERE node = ?"
            assert connection.execute(moved, (twin.node,)).fetchone()[0] >= 1
            words = "SELECT count(*) FROM journal WHERE node = ? AND body LIKE '%Dessie%'"
            assert connection.execute(words, (twin.node,)).fetchone() == (0,)
        assert journal.audit(twin).intact
        twin.close()


@pytest.mark.long
def test_a_copy_on_another_computer_is_one_more_node_of_the_same_desk(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 2) as (one, other):
        clone = copied(one, tmp_path / "copy", "another computer")
        a_client(one, call_name="Tigist")
        a_client(clone, call_name="Hirut")
        receive(other, parcel(one, "Desk 2"))
        receive(other, parcel(clone, "Desk 2"))
        for desk in (one, clone, clone):
            receive(other, parcel(desk, "Desk 2"))
            receive(desk, parcel(other, "Desk 1"))
        receive(other, parcel(one, "Desk 2"))
        receive(one, parcel(other, "Desk 1"))
        assert state(one) == state(clone) == state(other)
        assert desk_parcels.gaps(other) == []
        clone.close()


def test_a_word_of_a_newer_program_waits_and_a_newer_journal_is_refused(
    two: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    file = parcel(one, "Desk 2")
    real = parcel_files.opened

    @contextmanager
    def newer(*args: Any, **over: Any) -> Iterator[Any]:
        with real(*args, **over) as found:
            found.header.more["v"] = 99
            yield found

    with monkeypatch.context() as later:
        later.setattr(upgrades, "NEWEST", "0001")
        assert receive(other, file).gaps[0].message == desk_parcels.NEWER_DESK
    monkeypatch.setattr(parcel_files, "opened", newer)
    with pytest.raises(CannotRead, match="newer version"):
        receive(other, file)


def test_a_receive_that_is_stopped_leaves_the_file_as_it_was(two: list[Store]) -> None:
    one, other = two
    for _number in range(3):
        add_paper(one, a_client(one))
    file = parcel(one, "Desk 2")
    before, folder = state(other), other.path.parent

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        arriving.arrive(other, file, today=TODAY, step=stop)
    assert state(other) == before
    assert [one_ for one_ in folder.rglob("*") if one_.suffix in (".new", ".paper")] == []


@pytest.mark.long
def test_a_receive_that_is_killed_leaves_the_file_as_it_was_and_nothing_in_the_clear(two: list[Store]) -> None:
    one, other = two
    for _number in range(3):
        add_paper(one, a_client(one))
    file = parcel(one, "Desk 2")
    before, folder = state(other), other.path.parent
    code = (
        "import os, sys; from datetime import date; from pathlib import Path; from mrc_app.exchange import arriving\n"
        "from mrc_app.store.centre import Store\n"
        "desk = Store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), 'meseret', sys.argv[4])\n"
        "stop = lambda done, total: os._exit(9) if done == total else None\n"
        "arriving.arrive(desk, Path(sys.argv[3]), today=date(2026, 11, 20), step=stop)\n"
    )
    with other.plain() as connection:
        token = connection.execute("SELECT value FROM meta WHERE key = 'token'").fetchone()[0]
    asked = [sys.executable, "-c", code, str(other.path), other.key.hex(), str(file), token]
    assert subprocess.run(asked, check=False).returncode == 9
    assert state(other) == before
    words = [part.read_bytes() for part in folder.rglob("*") if part.is_file()]
    assert not any(b"wages " in content or b"Tigist" in content for content in words)
    assert receive(other, file).told["papers"] == 3


def test_what_would_leave_is_shown_before_it_does_and_the_desks_are_listed(two: list[Store]) -> None:
    one, other = two
    desks.meet(one, other)
    add_paper(one, a_client(one))
    shown = desk_parcels_making.preview(one, "Desk 2")
    assert (shown.to, shown.changes, shown.papers, shown.withheld) == ("Desk 2", 4, 1, 0)
    assert shown.fingerprint == desk_keys.own(other).fingerprint
    with pytest.raises(Invalid):
        desk_parcels_making.preview(one, "Desk 3")
    (listed,) = desk_parcels.desks(one)
    assert (listed.name, listed.ahead, listed.unseen) == ("Desk 2", False, 4)
    assert listed.sent and listed.came
    assert {parcel.kind for parcel in ledgers.parcels(one)} == {"desk"}


KEPT = sorted(FILES.glob("desk-*.parcel"))


@pytest.mark.parametrize("file", KEPT, ids=lambda path: path.stem)
def test_a_parcel_of_every_released_version_is_taken_in(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "new.mrc"
    own = desk_keys.from_seed(SEED)
    with parcel_files.opened(file, [own]) as found:
        sender = found.header.sender
    desk_new.make(path, join=sender, name="Desk 2", login=LOGIN, password=PASSWORD, settings=tmp_path, cost=keys.FLOOR)
    desk = stores.open(path, login=LOGIN, password=PASSWORD, settings=tmp_path, waiting=True)
    with desk.writing() as connection:
        identity.put(connection, signing_key=SEED.hex())
    assert receive(desk, file).gaps == []
    with desk.read() as session:
        assert {"Tigist", "ትግስት"} <= set(session.exec(select(Client.call_name)))
    desk.close()


@pytest.mark.long
def test_many_mutated_parcels_leave_the_file_byte_for_byte_as_it_was(two: list[Store]) -> None:
    one, other = two
    for number in range(5):
        add_paper(one, a_client(one, call_name=f"Client {number}"))
    file = parcel(one, "Desk 2")
    content, chance = file.read_bytes(), random.Random(7)
    with other.plain() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = other.path.read_bytes()
    for _number in range(300):
        file.write_bytes(mutated(content, chance))
        if file.read_bytes() != content:
            with pytest.raises(CannotRead):
                receive(other, file)
    with other.plain() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert other.path.read_bytes() == before
    assert [one_ for one_ in other.path.parent.rglob("*") if one_.suffix in (".new", ".paper")] == []
    file.write_bytes(content)
    assert receive(other, file).told["papers"] == 5


@pytest.mark.long
def test_rows_a_relay_passes_on_wait_until_what_comes_before_them_is_here(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 3) as (one, two_, three):
        desks.meet(one, two_, three)
        for _time in range(2):
            a_client(three)
            receive(one, parcel(three, "Desk 1"))
            file = parcel(one, "Desk 2")
        came = receive(two_, file)
        assert came.new == 0 and came.gaps
        desks.meet(one, two_)
        assert state(one) == state(two_) and desk_parcels.gaps(two_) == []


def test_a_first_parcel_that_is_not_the_first_is_refused_by_an_empty_desk(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 1) as (first,):
        path = tmp_path / "new.mrc"
        made = desk_new.make(
            path, join=desk_keys.own(first).recipient, name="Desk 2", login=LOGIN, password=PASSWORD,
            settings=tmp_path, cost=keys.FLOOR,
        )  # fmt: skip
        desks.trust(first, made.own.recipient, "Desk 2")
        parcel(first, "Desk 2")
        a_client(first)
        desk = stores.open(path, login=LOGIN, password=PASSWORD, settings=tmp_path, waiting=True)
        with pytest.raises(MrcError, match="not the first"):
            receive(desk, parcel(first, "Desk 2"))
        assert receive(desk, parcel(first, "Desk 2", whole=True)).new > 3
        desk.close()


def test_an_empty_desk_needs_an_officer_who_signs_in_there(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 1) as (first,):
        with pytest.raises(MrcError, match="signs in as"):
            desks.joined(first, tmp_path / "2", "Desk 2", login="nobody")
        for wrong in ({"join": "age1"}, {"name": " "}, {"password": "x"}):
            told = {"join": desk_keys.own(first).recipient, "name": "Desk 3", "login": LOGIN, "password": PASSWORD}
            with pytest.raises(Invalid):
                desk_new.make(tmp_path / "3.mrc", **{**told, **wrong}, settings=tmp_path, cost=keys.FLOOR)
        assert not (tmp_path / "3.mrc").exists()


def test_an_officer_keeps_her_key_of_every_desk_whatever_two_desks_wrote_at_once(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 3) as all_three:
        desks.meet(*all_three)
        for desk in all_three:
            with desk.plain() as connection:
                (keys_of_hers,) = connection.execute("SELECT public_key FROM officer").fetchone()
            assert set(keys_of_hers.split()) == {sealing.public_of(one.personal) for one in all_three}
        assert state(all_three[0]) == state(all_three[1]) == state(all_three[2])
        assert settling.contradictions(all_three[0]) == []
