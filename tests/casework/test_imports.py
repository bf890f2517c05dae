"""Imports as kept: a sheet read in is one batch, and taking it back leaves alone whoever was worked with since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from mrc_app.casework import clients, imports
from mrc_app.casework.imports import ImportBatch, ImportedRow
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Cancelled, MrcError
from mrc_app.store.centre import Store
from tests.make import TODAY, make_client, make_journey, make_store

UNTOUCHED, TOUCHED = 99, 0
"""Records about her the import is said to have made: more than there are, or fewer."""


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


def read_in(desk: Store) -> tuple[str, list[str]]:
    """A batch of two people; the uuid of the batch and their numbers."""
    with desk.change(by=desk.officer, do="imports.keep") as session:
        people = [make_client(session, call_name=name) for name in ("Almaz", "Hana")]
        batch = ImportBatch(file="logbook.xlsx", sha256="0", header="h", mapping="m", on=TODAY, by=desk.officer, rows=2)
        session.add(batch)
        session.flush()
        for row, (person, records) in enumerate(zip(people, (UNTOUCHED, TOUCHED), strict=True), 2):
            session.add(
                ImportedRow(client=person.uuid, batch=batch.uuid, key=f"k{row}", content="c", row=row, records=records)
            )
        session.flush()
        return batch.uuid, [person.number for person in people]


def test_an_import_is_listed_and_its_mapping_found_for_the_next_sheet(centre: Store) -> None:
    uuid, _numbers = read_in(centre)
    with centre.read() as session:
        assert [one.uuid for one in imports.batches(session)] == [uuid]
        assert (imports.mapping_for(session, "h"), imports.mapping_for(session, "other")) == ("m", "")
        assert [row.row for row in imports.of_batch(session, imports.by_uuid(session, uuid))] == [2, 3]
        with pytest.raises(MrcError, match="not on this desk"):
            imports.by_uuid(session, "nothing")


def test_taking_back_hides_who_was_left_alone_and_keeps_who_was_worked_with(centre: Store) -> None:
    uuid, (left_alone, worked_with) = read_in(centre)
    with centre.change(by=centre.officer, do="imports.undo") as session:
        done = imports.undo(session, imports.by_uuid(session, uuid), on=TODAY, by=centre.officer)
    assert (done.gone, done.kept) == (1, 1)
    with centre.read() as session:
        assert clients.by_number(session, worked_with).call_name == "Hana"
        with pytest.raises(MrcError):
            clients.by_number(session, left_alone)
    with centre.change(by=centre.officer, do="imports.undo") as session, pytest.raises(MrcError, match="already"):
        imports.undo(session, imports.by_uuid(session, uuid), on=TODAY, by=centre.officer)


def test_taking_back_tells_how_far_it_is_and_a_stop_takes_nothing_back(centre: Store) -> None:
    uuid, (left_alone, _worked_with) = read_in(centre)
    heard: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        heard.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled), centre.change(by=centre.officer, do="imports.undo") as session:
        imports.undo(session, imports.by_uuid(session, uuid), on=TODAY, by=centre.officer, step=stop)
    assert heard == [(0, 2)]
    with centre.read() as session:
        assert clients.by_number(session, left_alone).call_name == "Almaz"
        assert imports.by_uuid(session, uuid).undone_on is None


def test_a_journey_an_import_made_goes_with_it_unless_somebody_worked_on_it(centre: Store) -> None:
    with centre.change(by=centre.officer, do="imports.keep") as session:
        batch = ImportBatch(file="book.xlsx", sha256="1", header="h", mapping="m", on=TODAY, by=centre.officer, rows=2)
        session.add(batch)
        session.flush()
        made = [make_journey(session, make_client(session, call_name=name)) for name in ("Sara", "Hanna")]
        for row, journey in enumerate(made, 2):
            wrote = json.dumps([("journey", journey.uuid)])
            session.add(
                ImportedRow(
                    client=journey.client,
                    batch=batch.uuid,
                    key=f"j{row}",
                    content="c",
                    row=row,
                    records=99,
                    wrote=wrote,
                )
            )
        session.flush()
        uuid, (alone, worked) = batch.uuid, (made[0].uuid, made[1].uuid)
    with centre.change(by=centre.officer, do="journeys.amend") as session:
        session.exec(select(Journey).where(Journey.uuid == worked)).one().sector = "domestic"
    with centre.change(by=centre.officer, do="imports.undo") as session:
        done = imports.undo(session, imports.by_uuid(session, uuid), on=TODAY, by=centre.officer)
    assert (done.gone, done.kept) == (1, 1)
    with centre.read() as session:
        gone = {one.uuid: one.gone for one in session.exec(select(Journey))}
    assert gone == {alone: True, worked: False}
