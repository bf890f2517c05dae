"""Mistakes put in on purpose, each with the story that finds it. What no story would find is not promised."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from sqlmodel import select

from mrc_app.casework.client_words import Sex
from mrc_app.casework.clients import Client
from mrc_app.exchange import desk_parcels
from mrc_app.store import erasing, forks, heads, receiving, rows
from mrc_app.store.kinds import Kind
from mrc_app.store.rows import Row
from mrc_app.store.tables import Tables
from tests.exchange import desks, test_desk_parcels
from tests.store import test_receiving
from tests.store.test_receiving import a_client, amend, everything, meet, state

Story = Callable[[Path], None]


def stubs_take_nothing_away(tmp_path: Path) -> None:
    """Rows come again without their words, from a desk that may not see her."""
    with test_receiving.desks(tmp_path) as (one, two):
        uuid = a_client(one)
        meet(one, two)
        before, there = state(two), everything(two)
        bare = [row._replace(body=None, state="withheld") for row in there if row.subject == uuid]
        done = receiving.apply(two, bare)
        assert (done.new, done.refilled, done.same) == (0, 0, len(bare))
        assert state(two) == before and everything(two) == there


def a_word_nobody_here_can_read_is_not_replaced(tmp_path: Path) -> None:
    """A newer program wrote a word; somebody at an older one changes the same field, which shows her the old word."""
    with test_receiving.desks(tmp_path) as (one, two):
        uuid = a_client(one)
        meet(one, two)
        own = [row for row in everything(one) if row.record == uuid]
        body = json.loads(own[0].body or b"")
        seen = [f"{row.node}:{row.seq}" for row in own]
        body |= {"op": "set", "hlc": body["hlc"] + 5, "fields": {"sex": {"value": "a newer word", "seen": seen}}}
        raw = rows.canonical(body)
        receiving.apply(two, [Row("f" * 16, 1, uuid, uuid, raw, rows.digest(raw), "full")])
        with two.read() as session:
            was = session.exec(select(Client)).one().sex
        amend(two, uuid, sex=Sex.MALE if was is Sex.FEMALE else Sex.FEMALE)
        with two.plain() as connection:
            standing = heads.of(connection, uuid)["sex"]
        assert len(standing) == 2 and rows.Head("f" * 16, 1) in standing


def an_erased_client_stays_erased(tmp_path: Path) -> None:
    with desks.centre(tmp_path, 2) as two:
        test_desk_parcels.test_an_erased_client_stays_erased_and_a_late_parcel_does_not_bring_her_back(two)


def two_files_reach_everybody(tmp_path: Path) -> None:
    told = test_desk_parcels.test_what_each_of_two_files_wrote_as_one_node_reaches_everybody_once
    told(tmp_path, "the desk that keeps it out")


def each_file_of_a_desk_is_answered(tmp_path: Path) -> None:
    """A desk's file was copied to a second computer: what was sent to one of them has not come to the other."""
    with desks.centre(tmp_path, 2) as (one, other):
        desks.meet(one, other)
        clone = test_desk_parcels.copied(one, tmp_path / "copy", "another computer")
        uuid = a_client(other)
        for desk in (clone, one):
            desks.receive(other, desks.parcel(desk, "Desk 2"))
            desks.receive(desk, desks.parcel(other, "Desk 1"))
            with desk.read() as session:
                assert session.exec(select(Client.uuid)).all() == [uuid]
        clone.close()


def test_rows_that_come_again_without_their_words_take_nothing_away(tmp_path: Path) -> None:
    stubs_take_nothing_away(tmp_path)


def test_each_file_of_a_desk_is_answered_as_itself(tmp_path: Path) -> None:
    each_file_of_a_desk_is_answered(tmp_path)


def test_a_word_of_a_newer_program_is_not_replaced_unseen(tmp_path: Path) -> None:
    a_word_nobody_here_can_read_is_not_replaced(tmp_path)


# -- The mistakes


def stubs_win(connection: Connection, some: list[Row], done: Any) -> None:
    """A stub takes the place of the row that is here."""
    bare = [(row.node, row.seq) for row in some if row.body is None]
    connection.executemany("UPDATE journal SET body = NULL, state = 'withheld' WHERE node = ? AND seq = ?", bare)
    _put_down(connection, some, done)


def over_a_gap(connection: Connection, node: str) -> None:
    """The chain goes on over rows that are missing."""
    chained = rows.start(node)
    found = connection.execute("SELECT seq, digest FROM journal WHERE node = ? ORDER BY seq", (node,)).fetchall()
    for _seq, digest in found:
        chained = rows.link(chained, digest)
    last = (node, found[-1][0] if found else 0, chained)
    connection.execute("INSERT OR REPLACE INTO chain(node, seq, hash) VALUES (?, ?, ?)", last)


def nobody_waits(_self: Tables, _kind: Kind, _values: dict[str, Any]) -> None:
    """A child is written whether its parent is there or not."""


def whoever_spoke(told: dict[str, Any], sent: list[Any], node: str) -> desk_parcels.Assumed:
    """What was sent to one file of a desk counts for the other as well."""
    return _assumed({**told, "node": None}, [_spoken(one) for one in sent], node)


def _spoken(parcel: Any) -> Any:
    return parcel.__class__(**{**parcel.__dict__, "told": {**parcel.told, "spoke": None}})


_put_down, _assumed = receiving.put_down, desk_parcels.assumed
MISTAKES: dict[str, tuple[Story, Any, str, Any]] = {
    "a stub takes the place of a full row": (stubs_take_nothing_away, receiving, "put_down", stubs_win),
    "an erased row comes back": (
        an_erased_client_stays_erased, erasing, "without_words", lambda _connection, some, _checked: some,
    ),
    "the chain goes on over a gap": (
        test_receiving.test_missing_rows_are_named_by_node_and_number, receiving, "lengthen", over_a_gap,
    ),
    "children do not wait for their parents": (
        test_receiving.test_children_that_come_before_their_parents_wait, Tables, "_refused", nobody_waits,
    ),
    "a word nobody here can read is replaced": (
        a_word_nobody_here_can_read_is_not_replaced, heads, "on_screen",
        lambda connection, _kind, record: heads.of(connection, record),
    ),
    "two files of a desk are taken for one": (each_file_of_a_desk_is_answered, desk_parcels, "assumed", whoever_spoke),
    "what was kept out is not told again": (
        two_files_reach_everybody, forks, "renumber", lambda *_told: False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_by_its_story(mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story, where, name, wrong = MISTAKES[mistake]
    monkeypatch.setattr(where, name, wrong)
    with pytest.raises((AssertionError, *_refused())):
        story(tmp_path)


def _refused() -> tuple[type[Exception], ...]:
    from sqlcipher3.dbapi2 import DatabaseError

    return (DatabaseError,)
