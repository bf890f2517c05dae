"""Approval files: which papers a journey needs, which were seen, and where that was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import contract_files, contract_words
from mrc_app.casework.contract_words import ItemState
from mrc_app.casework.journeys import Journey
from mrc_app.corridors import checklists
from mrc_app.corridors.checklists import Basis
from mrc_app.errors import CannotRead, Invalid
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_client, make_journey, make_store

GOOD = """schema = "approval-checklist/1"
id = "XX"
name = "x"
origins = ["ET"]
destinations = []
basis = "reported"
[[item]]
id = "passport"
name = "Passport"
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("files"))
    yield made
    made.close()


@pytest.fixture
def session(desk: Store) -> Iterator[Session]:
    with desk.change(by=desk.officer, do="test") as opened:
        yield opened


def tick(
    session: Session, journey: Journey, item: str, state: str = "seen", **over: Any
) -> contract_files.ApprovalItem:
    typed = {"checklist": "ET-agency", "on": TODAY, "by": OFFICER, **over}
    return contract_files.item(session, journey, item=item, state=state, **typed)


def test_story_1_has_seven_of_ten_papers(session: Session) -> None:
    journey = make_journey(session, make_client(session))
    for name in ("request", "entry_visa", "skill_certificate", "passport", "photos", "police_clearance",
                 "information_sheet"):  # fmt: skip
        tick(session, journey, name)
    tick(session, journey, "contract_verified", "missing", note="no stamp of the embassy")
    tick(session, journey, "insurance_policy", "missing")
    (file,) = contract_files.of_journey(session, journey)
    assert (file.seen, file.needed) == (7, 10) and file.checklist.basis is Basis.READ
    assert [paper.id for paper in file.lacking] == ["contract_verified", "orientation_certificate", "insurance_policy"]
    assert file.lines[1].kept is not None and file.lines[1].kept.note == "no stamp of the embassy"
    tick(session, journey, "police_clearance", "not_needed")
    (file,) = contract_files.of_journey(session, journey)
    assert (file.seen, file.needed) == (6, 9)


def test_a_paper_is_one_record_at_every_desk_and_keeps_its_note(session: Session) -> None:
    client = make_client(session)
    journey = make_journey(session, client)
    first = tick(session, journey, "passport", "missing", note="at the agency")
    later = date(2026, 11, 25)
    again = tick(session, journey, "passport", on=later, by="2" * 32)
    assert again.uuid == first.uuid and again.note == "at the agency"
    assert (again.state, again.on, again.noted_by) == (ItemState.SEEN, later, "2" * 32)
    tick(session, journey, "passport", on=date(2026, 12, 1), note="")
    assert again.on == later and again.note == "", "the day is the day of the state"
    assert contract_files.of_client(session, client.uuid) == [again]


def test_a_corridor_without_a_list_has_no_file_and_two_lists_stand_apart(session: Session) -> None:
    client = make_client(session)
    assert contract_files.of_journey(session, make_journey(session, client, origin="UA", destination="PL")) == []
    files = contract_files.of_journey(session, make_journey(session, client, origin="PH", destination="HK"))
    assert {file.checklist.id: file.needed for file in files} == {"HK-domestic": 4, "PH": 8, "PH-orientation": 7}
    read = {file.checklist.id for file in files if file.checklist.basis is not Basis.REPORTED}
    assert read == {"PH-orientation"}
    (west,) = contract_files.of_journey(session, make_journey(session, client, origin="SN", destination="MR"))
    assert west.checklist.id == "west-africa"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"item": "smile"}, "The list “ET-agency” has no paper “smile”."),
        ({"checklist": "PH"}, "There is no list “PH” for this journey."),
        ({"state": "lost"}, "“lost” is not one of the known words."),
    ],
)
def test_what_is_no_paper_of_the_journey_is_refused(session: Session, over: dict[str, str], said: str) -> None:
    journey = make_journey(session, make_client(session))
    with pytest.raises(Invalid) as refused:
        tick(session, journey, **{"item": "passport", **over})
    assert str(refused.value) == said
    assert contract_files.of_client(session, journey.client) == []


def test_every_name_of_the_lists_that_ship_can_be_translated() -> None:
    names = {paper.name for one in checklists.checklists() for paper in one.items}
    names |= {text for one in checklists.checklists() for text in (one.name, one.note) if text}
    assert names == set(contract_words.PAPERS)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (('id = "XX"', 'id = "YY"'), "id"),
        (('schema = "approval-checklist/1"', 'schema = "x/2"'), "schema"),
        (('basis = "reported"', 'basis = "read"'), "source"),
        (('basis = "reported"', 'basis = "sure"'), "basis"),
        (('name = "x"', 'name = " "'), "name"),
        (('name = "x"', 'name = "x"\nnote = 3'), "note"),
        (('name = "x"', 'name = "x"\nprice = 3'), "price"),
        (('name = "x"\n', ""), "name"),
        (('origins = ["ET"]', 'origins = ["XQ"]'), "origins"),
        (('origins = ["ET"]', 'origins = "ET"'), "origins"),
        (("destinations = []", "destinations = [1]"), "destinations"),
        (('name = "Passport"', 'name = ""'), "item 1"),
        (('name = "Passport"', 'name = "Passport"\n[[item]]\nid = "passport"\nname = "again"'), "item"),
        (('[[item]]\nid = "passport"\nname = "Passport"', "item = []"), "item"),
        (('[[item]]\nid = "passport"\nname = "Passport"', "item = [3]"), "item 1"),
        (('name = "x"', 'name = "x"\nseen = 3'), "seen"),
        (('id = "XX"', "id = "), "its text"),
    ],
)
def test_a_damaged_list_is_refused_by_field(tmp_path: Path, change: tuple[str, str], field: str) -> None:
    file = tmp_path / "XX.toml"
    file.write_text(GOOD, "utf-8")
    assert checklists.read(file).items[0].id == "passport"
    file.write_text(GOOD.replace(*change), "utf-8")
    with pytest.raises(CannotRead, match=f"XX.toml cannot be used: {field} is"):
        checklists.read(file)
    with pytest.raises(CannotRead):
        checklists.read(tmp_path / "none.toml")
