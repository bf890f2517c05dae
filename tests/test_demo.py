"""The invented centre: made in bulk it is the one that the actions would have made."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from mrc_app import demo
from mrc_app.errors import Invalid
from mrc_app.store import bulk, journal, lists, search, verify
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from tests.make import make_store

COUNT = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """The same people twice: in bulk, and through the actions."""
    in_bulk, by_actions = (make_store(tmp_path_factory.mktemp(name)) for name in ("bulk", "actions"))
    demo._register_many(in_bulk, demo.synthetic(random.Random(5), COUNT), COUNT, None)
    with by_actions.change(by=by_actions.officer, do="demo.make") as session:
        for person in demo.synthetic(random.Random(5), COUNT):
            said = (person.client, person.on, person.journey, person.contacts, person.statistics)
            demo._keep(session, by_actions, *said)
    return in_bulk, by_actions


def without_chance(desk: Store) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """A short name for every uuid in the order of the journal, and the journal's bodies without salts and clocks."""
    with desk.plain() as connection:
        rows = connection.execute("SELECT body, subject, state FROM journal WHERE node = ? ORDER BY seq", (desk.node,))
        said = [(json.loads(body), subject, state) for body, subject, state in rows]
    names: dict[str, str] = {}
    bodies = []
    for body, subject, state in said:
        names.setdefault(body["record"], f"record {len(names)}")
        assert (body["subject"], state) == (subject, "full")
        bodies.append({key: value for key, value in body.items() if key not in ("salt", "txn", "hlc", "at")})
    return names, json.loads(_named(json.dumps(bodies), names))


def _named(text: str, names: dict[str, str]) -> str:
    for uuid, name in names.items():
        text = text.replace(uuid, name)
    return text


def tables(desk: Store) -> dict[str, list[str]]:
    """Every kept table, and what people are found by, with short names for uuids."""
    names, _bodies = without_chance(desk)
    asked = {
        name: f'SELECT {", ".join(_quoted(["uuid", *kind.columns]))} FROM "{name}"' for name, kind in kinds().items()
    }
    asked["sought"] = "SELECT record, kind, number, shown, sort, text FROM sought"
    asked["match_key"] = "SELECT s.record, m.key FROM match_key m JOIN sought s ON s.id = m.id"
    asked |= {name: f"SELECT * FROM {name}" for name in ("counter", "pending", "head", "linked")}
    with desk.plain() as connection:
        return {
            name: sorted(_named(repr(row), names) for row in connection.execute(sql)) for name, sql in asked.items()
        }


def _quoted(columns: list[str]) -> list[str]:
    return [f'"{column}"' for column in columns]


def test_the_journal_says_the_same(made: tuple[Store, Store]) -> None:
    in_bulk, by_actions = (without_chance(desk)[1] for desk in made)
    assert in_bulk == by_actions
    kinds_told = {body["kind"] for body in in_bulk if body["do"] == "demo.make"}
    assert kinds_told >= {"client", "consent", "journey", "journeystep", "contact"}


def test_the_tables_hold_the_same_field_by_field(made: tuple[Store, Store]) -> None:
    in_bulk, by_actions = map(tables, made)
    assert in_bulk.keys() == by_actions.keys()
    for name in in_bulk:
        assert in_bulk[name] == by_actions[name], name
    assert len(in_bulk["client"]) == COUNT
    assert len(in_bulk["match_key"]) > COUNT


def test_the_bulk_made_centre_is_sound(made: tuple[Store, Store]) -> None:
    in_bulk, _ = made
    assert journal.audit(in_bulk).intact
    assert verify.report(in_bulk).problems == []
    for person in lists.clients(in_bulk):
        assert person.uuid in {found.uuid for found in search.find(in_bulk, person.name, limit=COUNT)}


def test_everybody_in_one_unit_of_work_shares_its_clock_and_listeners_hear_once(tmp_path: Path) -> None:
    desk, heard = make_store(tmp_path), list[frozenset[str]]()
    desk.listen(heard.append)
    demo._register_many(desk, demo.synthetic(random.Random(5), 3), 3, None)
    assert len(heard) == 1
    assert heard[0] >= {"client", "consent"}
    with desk.plain() as connection:
        rows = connection.execute("SELECT body FROM journal WHERE body LIKE '%demo.make%'").fetchall()
    assert len({json.loads(row[0])["txn"] for row in rows}) == len({json.loads(row[0])["hlc"] for row in rows}) == 1
    desk.close()


def test_nothing_is_kept_of_a_batch_that_fails(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    before = journal.audit(desk)
    with pytest.raises(Invalid), bulk.adding(desk, by=desk.officer, do="test") as adding, adding.batch() as batch:
        batch.number(desk.desk_code, 2026)
        batch.add("officer", name="A", login="a")
        batch.add("officer", name="A\x00", login="b")
    assert journal.audit(desk) == before
    with desk.plain() as connection:
        assert connection.execute("SELECT count(*) FROM counter").fetchone() == (0,)
    desk.close()
