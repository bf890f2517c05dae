"""Receiving: several desks exchange rows in any order, with repetition, and end in one state; nothing acknowledged
is lost."""

from __future__ import annotations

import gc
import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from mrc_app import store
from mrc_app.casework import duplicates
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent, State
from mrc_app.errors import CannotRead
from mrc_app.store import heads, journal, receiving, rows, search, verify
from mrc_app.store.centre import Store
from mrc_app.store.conflicts import conflicts
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.restrictions import Restriction
from mrc_app.store.rows import Row
from mrc_app.store.seeing import Seen
from tests.make import TODAY, make_client, make_store


@contextmanager
def desks(folder: Path, count: int = 2) -> Iterator[list[Store]]:
    """Desks of one centre, each on its own computer, beginning alike."""
    made = []
    for number in range(count):
        (folder / str(number)).mkdir()
        made.append(make_store(folder / str(number), token=f"computer {number}"))
    yield made
    for one in made:
        one.close()


def everything(desk: Store) -> list[Row]:
    """Every row of a desk's journal."""
    with desk.plain() as connection:
        return [Row(*row) for row in connection.execute("SELECT * FROM journal ORDER BY node, seq")]


def state(desk: Store) -> dict[str, list[tuple[Any, ...]]]:
    """The tables and heads without what is this desk's own."""
    with desk.plain() as connection:
        found = {
            name: connection.execute(f"SELECT {_columns(kind)} FROM main.{name} ORDER BY uuid").fetchall()
            for name, kind in kinds().items()
        }
        for name in ("head", "pending"):
            found[name] = connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall()
        found["sought"] = connection.execute(
            "SELECT record, kind, number, shown, sort, text FROM sought ORDER BY 1"
        ).fetchall()
    return found


def _columns(kind: Kind) -> str:
    return ", ".join(f'"{column}"' for column in ("uuid", *kind.columns))


def meet(*desks: Store) -> None:
    """Every desk receives everything of every other."""
    told = [everything(desk) for desk in desks]
    for desk in desks:
        for heard in told:
            receiving.apply(desk, heard)


def a_client(desk: Store, **over: Any) -> str:
    """A registered client's uuid."""
    with desk.change(by=desk.officer, do="clients.register") as session:
        return make_client(session, **over).uuid


def amend(desk: Store, uuid: str, seen: list[Seen] | None = None, **values: Any) -> None:
    """Changes fields of a client."""
    with desk.change(by=desk.officer, do="clients.amend", seen=seen) as session:
        client = session.exec(select(Client).where(Client.uuid == uuid)).one()
        for name, value in values.items():
            setattr(client, name, value)


def test_two_desks_that_meet_are_alike(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one, call_name="Tigist", native="ትግስት")
        meet(one, two)
        amend(two, uuid, district="Dessie")
        meet(one, two)
        assert state(one) == state(two)
        assert [found.uuid for found in search.find(two, "ትግስት")] == [uuid]
        assert journal.audit(one).head == journal.audit(two).head
        assert journal.audit(two).intact


def test_children_that_come_before_their_parents_wait(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        amend(one, uuid, district="Dessie")
        told = [row for row in everything(one) if row.subject == uuid]
        late = [row for row in told if row.record == uuid]
        receiving.apply(two, [row for row in told if row.record != uuid])
        with two.read() as session:
            assert session.exec(select(Consent)).all() == []
        with two.plain() as connection:
            assert connection.execute("SELECT count(*) FROM pending WHERE reason = ?", (uuid,)).fetchone()[0] == 2
        receiving.apply(two, late[1:])
        with two.plain() as connection:
            assert connection.execute("SELECT count(*) FROM client").fetchone() == (0,)
        receiving.apply(two, late[:1])
        assert state(one) == state(two)
        assert state(two)["pending"] == []


def test_a_record_made_at_two_desks_is_a_conflict_in_any_order(tmp_path: Path) -> None:
    with desks(tmp_path, 3) as (one, two, three):
        uuid = a_client(one, call_name="Tigist", district="Gondar")
        first = next(row for row in everything(one) if row.record == uuid)
        other = {**_fields(first), "call_name": {"value": "Tigi", "seen": []}}
        second = _again(first, fields=other)._replace(node="f" * 16)
        for desk, rows_in in ((two, [first, second]), (three, [second, first])):
            for row in rows_in:
                receiving.apply(desk, [row])
            with desk.read() as session:
                found = {known.register: {one.value for one in known.versions} for known in conflicts(session)}
            assert found == {"call_name": {"Tigist", "Tigi"}}
        assert state(two) == state(three)
        assert {row[1] for row in state(two)["head"]} >= {"call_name", "district"}


def test_a_record_that_was_only_made_costs_no_heads(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        meet(one, two)
        assert state(one)["head"] == state(two)["head"] == []
        amend(two, uuid, district="Dessie")
        meet(one, two)
        assert state(one)["head"] == state(two)["head"] == []
        with one.plain() as connection:
            (edit,) = heads.of(connection, uuid)["district"]
            (made,) = heads.of(connection, uuid)["call_name"]
        assert (edit.node, made.node) == (two.node, one.node)


def _fields(row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(row.body or b"{}")["fields"]
    return fields


def test_the_same_rows_twice_change_nothing(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        a_client(one)
        first = receiving.apply(two, everything(one))
        before = state(two)
        second = receiving.apply(two, everything(one))
        assert (first.new, second.new, second.kinds) == (3, 0, frozenset())
        assert state(two) == before


def test_a_tampered_row_is_refused_and_nothing_is_taken_in(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        a_client(one)
        told, before = [row for row in everything(one) if row.node == one.node], state(two)
        body = told[-1].body
        assert body is not None
        for bad in (
            told[-1]._replace(body=body.replace(b"thumb", b"voice")),
            told[-1]._replace(subject="0" * 32),
            told[-1]._replace(body=b"[]", digest=rows.digest(b"[]")),
            _again(told[-1], fields={"call_name": {"value": "x", "seen": ["nonsense"]}}),
            _again(told[-1], hlc="late"),
        ):
            with pytest.raises(CannotRead):
                receiving.apply(two, [*told[:-1], bad])
            assert state(two) == before


def test_what_receiving_takes_of_the_memory_is_given_back_also_when_it_refuses(tmp_path: Path) -> None:
    def usual() -> Any:
        with two.plain() as connection:
            return connection.execute("PRAGMA cache_size").fetchone(), gc.isenabled()

    with desks(tmp_path) as (one, two):
        a_client(one)
        before, last = usual(), [row for row in everything(one) if row.node == one.node][-1]
        with pytest.raises(CannotRead):
            receiving.apply(two, [_again(last, hlc="late")])
        assert usual() == before
        receiving.apply(two, everything(one))
        assert usual() == before


def _again(row: Row, **over: Any) -> Row:
    """A row whose digest fits, but not its content."""
    body = rows.canonical({**json.loads(row.body or b"{}"), **over})
    return row._replace(body=body, digest=rows.digest(body))


def test_a_fork_keeps_that_node_out_and_lets_the_others_in(tmp_path: Path) -> None:
    with desks(tmp_path, 3) as (one, two, three):
        uuid = a_client(one, call_name="Tigist")
        receiving.apply(two, everything(one))
        other = a_client(three, call_name="Hirut")
        twin = next(row for row in everything(one) if row.record == uuid)
        assert twin.body is not None
        changed = twin.body.replace(b"Tigist", b"Tirhas")
        forged = twin._replace(body=changed, digest=rows.digest(changed))
        done = receiving.apply(two, [forged, *[row for row in everything(three) if row.node == three.node]])
        assert done.forked == {one.node}
        with two.read() as session:
            names = {client.uuid: client.call_name for client in session.exec(select(Client))}
        assert names == {uuid: "Tigist", other: "Hirut"}
        assert receiving.apply(two, everything(one)).forked == {one.node}


def test_an_older_copy_of_a_file_goes_on_under_a_new_node(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        (tmp_path / "copy").mkdir()
        a_client(one, call_name="Tigist")
        meet(one, two)
        restored = make_store(tmp_path / "copy", token="computer 0")
        with restored.writing() as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'node'", (one.node,))
        restored.node = one.node
        receiving.apply(restored, everything(two))
        assert restored.node != one.node
        assert restored.desk_code != one.desk_code and restored.desk_code.startswith(one.desk_code)
        a_client(restored, call_name="Hirut")
        assert receiving.apply(two, everything(restored)).forked == set()
        assert state(two) == state(restored)
        restored.close()


def test_two_records_taken_for_one_person_and_apart_again_are_what_they_were(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        a, b = a_client(one, call_name="Tigist"), a_client(one, call_name="Tigi", district="Dessie")
        meet(one, two)
        before = state(two)
        for action in (duplicates.merge, duplicates.unmerge):
            with two.change(by=two.officer, do="duplicates") as session:
                pair = [session.exec(select(Client).where(Client.uuid == uuid)).one() for uuid in (a, b)]
                action(session, one=pair[0], other=pair[1], by=two.officer, on=TODAY, reason="the same phone")
            if action is duplicates.merge:
                amend(one, b, district="Gondar")  # somebody elsewhere works on one of the two meanwhile
        meet(one, two)
        after = state(two)
        assert {name for name in before if before[name] != after[name]} == {"client", "head", "link", "sought"}
        assert {row[0] for row in after["head"]} == {row[0] for row in after["link"]}  # that it was taken back
        assert [row for row in after["client"] if row[0] == a] == [row for row in before["client"] if row[0] == a]
        assert {"Tigist", "Tigi"} <= {name for row in after["client"] for name in row if isinstance(name, str)}
        assert state(one) == after
        with two.plain() as connection:
            assert connection.execute("SELECT count(*) FROM linked").fetchone() == (0,)


def test_a_withdrawal_never_loses_a_race(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        meet(one, two)
        _consent(one, uuid, State.WITHDRAWN)
        for _ in range(3):
            _consent(two, uuid, State.REFUSED)
            _consent(two, uuid, State.GIVEN)
        meet(one, two)
        for desk in (one, two):
            with desk.read() as session:
                states = session.exec(select(Consent.state).where(Consent.client == uuid).order_by(Consent.uuid))
                assert states.first() == State.WITHDRAWN
                assert [found.register for found in conflicts(session)] == ["state"]


def _consent(desk: Store, client: str, state: State) -> None:
    with desk.change(by=desk.officer, do="consents.test") as session:
        first = session.exec(select(Consent).where(Consent.client == client).order_by(Consent.uuid)).first()
        assert first is not None
        first.state = state


def test_a_restriction_beats_a_lifting_that_had_not_seen_it(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        with one.change(by=one.officer, do="restrict") as session:
            held = Restriction(
                client=uuid, officers=[one.officer], since="2026-11-01T00:00:00Z", lifted="2026-11-02T00:00:00Z"
            )
            session.add(held)
            record = held.uuid
        meet(one, two)
        for desk, lifted in ((one, None), (two, "2026-11-20T00:00:00Z")):
            with desk.change(by=desk.officer, do="restrict") as session:
                session.exec(select(Restriction).where(Restriction.uuid == record)).one().lifted = lifted
        meet(one, two)
        for desk in (one, two):
            with desk.read() as session:
                assert session.exec(select(Restriction)).one().lifted is None


def test_a_row_of_a_newer_program_waits_in_the_journal(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        meet(one, two)
        seen = [f"{row.node}:{row.seq}" for row in everything(one) if row.record == uuid]
        body = json.loads(next(row.body or b"" for row in everything(one) if row.record == uuid))
        body |= {"op": "set", "hlc": body["hlc"] + 5, "fields": {
            "iris_scan": {"value": "x", "seen": []},
            "sex": {"value": "not a word yet", "seen": []},
            "district": {"value": "Dessie", "seen": seen},
        }}  # fmt: skip
        raw = rows.canonical(body)
        receiving.apply(two, [Row("f" * 16, 1, uuid, uuid, raw, rows.digest(raw), "full")])
        with two.read() as session:
            client = session.exec(select(Client).where(Client.uuid == uuid)).one()
            assert client.district == "Dessie"
        assert {row[1:] for row in state(two)["pending"]} == {("iris_scan", "unknown"), ("sex", "word")}
        assert verify.report(two).ok


def test_a_withheld_row_shows_no_gap_and_is_filled_later(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        told = everything(one)
        stubs = [row._replace(body=None, state="withheld") if row.subject == uuid else row for row in told]
        done = receiving.apply(two, stubs)
        assert done.gaps == {}
        assert journal.audit(two).head == journal.audit(one).head
        assert receiving.apply(two, told).refilled == 3
        assert state(two) == state(one)


def test_an_erased_row_is_never_filled_again(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        told = everything(one)
        receiving.apply(two, [row._replace(body=None, state="erased") if row.subject == uuid else row for row in told])
        receiving.apply(two, told)
        with two.plain() as connection:
            assert connection.execute("SELECT count(*) FROM client").fetchone() == (0,)


def test_missing_rows_are_named_by_node_and_number(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        a_client(one)
        a_client(one)
        told = [row for row in everything(one) if row.node == one.node]
        done = receiving.apply(two, told[:2] + told[3:])
        assert done.gaps == {one.node: told[2].seq}
        assert receiving.apply(two, told).gaps == {}


def test_a_neighbour_five_years_ahead_does_not_poison_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desks(tmp_path) as (one, two):
        real = rows.wall()
        with monkeypatch.context() as ahead:
            ahead.setattr(rows, "wall", lambda: real + 5 * 365 * 86400 * 1000 * rows.TICKS)
            uuid = a_client(two)
        meet(one, two)
        amend(one, uuid, district="Dessie")
        last = json.loads(next(row.body or b"" for row in reversed(everything(one)) if row.node == one.node))
        assert last["hlc"] <= rows.wall() + (rows.AHEAD_MS + 60_000) * rows.TICKS
        with one.read() as session:
            assert session.exec(select(Client)).one().district == "Dessie"


def test_a_rebuild_equals_the_live_tables(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        for number in range(5):
            amend(one, a_client(one, call_name=f"Client {number}"), district="Dessie")
        meet(one, two)
        for desk in (one, two):
            before = state(desk)
            with desk.writing() as connection:
                receiving.rebuild(connection)
            assert state(desk) == before


# -- The property


@dataclass
class World:
    """Three desks, what stood on each screen, and every value that was acknowledged."""

    desks: list[Store]
    screens: dict[tuple[int, str], Seen] = field(default_factory=dict)
    uuids: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)

    def step(self, what: str, where: int, which: int, value: str) -> None:
        """One thing a person does at a desk, or one parcel that arrives."""
        desk = self.desks[where]
        if what == "receive":
            told = everything(self.desks[which % len(self.desks)])
            chance = random.Random(value)
            chance.shuffle(told)
            receiving.apply(desk, told[: len(told) * 2 // 3] if len(value) % 2 else told + told[:3])
        elif what == "register" or not self.uuids:
            self.uuids.append(a_client(desk, call_name=f"Name {value}"))
        else:
            self._on(desk, where, what, self.uuids[which % len(self.uuids)], value)
        with desk.read() as session:
            self.reached |= {found.register for found in conflicts(session)}

    def _on(self, desk: Store, where: int, what: str, uuid: str, value: str) -> None:
        with desk.read() as session:
            client = session.exec(select(Client).where(Client.uuid == uuid)).first()
            if client is None:
                return
            if what == "look":
                self.screens[where, uuid] = store.seen(session, client)
                return
        told = self.screens.pop((where, uuid), None)
        values: dict[str, Any] = {
            "remove": {"gone": len(value) % 2 == 0},
            "phone": {"phone": value, "phone_whose": value},
        }.get(what, {"district": value})
        amend(desk, uuid, [told] if told else None, **values)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["register", "look", "edit", "edit", "phone", "remove", "receive", "receive"]),
        st.integers(0, 2),
        st.integers(0, 5),
        st.text("abc", min_size=1, max_size=3),
    ),
    min_size=4,
    max_size=14,
)
REACHED: set[str] = set()


def converge(folder: Path, steps: list[tuple[str, int, int, str]]) -> None:
    """Plays the steps, lets every desk meet, and checks the invariants."""
    with desks(folder, 3) as made:
        world = World(made)
        for step in steps:
            world.step(*step)
        meet(*made)
        REACHED.update(world.reached)
        assert state(made[0]) == state(made[1]) == state(made[2])
        assert journal.audit(made[0]).intact
        by_hand = heads_by_hand(everything(made[0]))
        assert heads_now(made[0]) == by_hand
        assert {tuple(row) for row in state(made[0])["head"]} == worth_keeping(by_hand)
        with made[0].writing() as connection:
            before = state_of_tables(made[1])
            receiving.rebuild(connection)
        assert state_of_tables(made[0]) == before


def state_of_tables(desk: Store) -> dict[str, list[tuple[Any, ...]]]:
    """The state, read on a connection of its own."""
    return state(desk)


def heads_by_hand(told: list[Row]) -> set[tuple[str, str, str, int]]:
    """What must stand, reckoned another way: every value written, but those that an author of another value had
    seen."""
    written: set[tuple[str, str, str, int]] = set()
    seen: set[tuple[str, str, str, int]] = set()
    for row in told:
        for register, one in json.loads(row.body or b"{}").get("fields", {}).items():
            written.add((row.record, register, row.node, row.seq))
            for text in one["seen"]:
                node, _, seq = text.rpartition(":")
                seen.add((row.record, register, node, int(seq)))
    return written - seen


def heads_now(desk: Store) -> set[tuple[str, str, str, int]]:
    """What stands according to the desk."""
    with desk.plain() as connection:
        records = [row[0] for row in connection.execute("SELECT DISTINCT record FROM journal")]
        return {
            (record, register, *head)
            for record in records
            for register, standing in heads.of(connection, record).items()
            for head in standing
        }


def worth_keeping(by_hand: set[tuple[str, str, str, int]]) -> set[tuple[str, str, str, int]]:
    """Of all heads, those of registers with several, and removals."""
    several = Counter(head[:2] for head in by_hand)
    return {head for head in by_hand if several[head[:2]] > 1 or head[1] == "gone"}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(steps=STEPS)
def test_desks_converge_and_nothing_acknowledged_is_lost(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    converge(tmp_path_factory.mktemp("world"), steps)


def test_the_property_reached_conflicts(tmp_path: Path) -> None:
    told = (
        "register 0 0 a, receive 1 0 aa, receive 2 0 aa, look 1 0 a, edit 0 0 a, edit 1 0 b, phone 1 0 b, phone 2 0 c, "
        "receive 1 0 aa, receive 1 2 aa, remove 2 0 aa, edit 1 0 cc, receive 2 1 aa"
    )
    steps = [(what, int(where), int(which), value) for what, where, which, value in map(str.split, told.split(", "))]
    converge(tmp_path, steps)
    assert {"district", "gone"} <= REACHED
    assert REACHED & {"phone", "contact", "safe_contact"}


@pytest.mark.long
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_desks_converge_through_long_histories(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]) -> None:
    converge(tmp_path_factory.mktemp("world"), steps)


def test_what_waited_for_a_newer_program_is_settled_after_the_upgrade(tmp_path: Path) -> None:
    with desks(tmp_path) as (one, two):
        uuid = a_client(one)
        meet(one, two)
        amend(one, uuid, district="Dessie")
        wanted = state(one)
        receiving.apply(two, everything(one))
        with two.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO gate(node, seq) VALUES ('*', 0)")
            connection.execute("UPDATE client SET district = ''")
            connection.execute("DELETE FROM gate")
            connection.execute(
                "INSERT INTO pending(record, register, reason) VALUES (?, 'district', 'unknown')", (uuid,)
            )
        receiving.settle_waiting(two)
        assert state(two) == wanted
