"""Events: margins are enough, sums agree or are refused in words, an audience is nobody who came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import events
from mrc_app.errors import Invalid, MrcError
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_store

DESSIE: dict[str, Any] = {
    "on": "2026-11-20", "place": "Dessie woreda hall", "people": 62, "sex": {"female": 41, "male": 21, "other": 0},
    "age": {"15-17": 9}, "kind": {"potential": 48, "returnee": 6, "family": 8},
    "materials": {"leaflet": "60", "poster": "0"}, "minutes": 45, "topics": ["migration_steps"], "language": "am",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("events"))
    yield made
    made.close()


@pytest.fixture
def session(desk: Store) -> Iterator[Session]:
    with desk.change(by=desk.officer, do="test") as open_:
        yield open_


def held(session: Session, **over: Any) -> events.Event:
    return events.record(session, by=OFFICER, today=TODAY, **{**DESSIE, **over})


def test_the_hall_in_dessie_is_told_by_its_margins(session: Session) -> None:
    event = held(session)
    assert event.people == 62
    assert events.by(event, "sex") == {"female": 41, "male": 21}
    assert events.by(event, "age") == {"15-17": 9, "not_stated": 53}
    assert events.by(event, "kind") == {"potential": 48, "returnee": 6, "family": 8}
    assert events.handed_out(event) == {"leaflet": 60}


def test_a_full_table_gives_the_margins_and_must_agree_with_them(session: Session) -> None:
    cells = [("female", "15-17", "potential", 5), ("female", "15-17", "potential", 1), ("male", "18-24", "family", 4)]
    event = held(session, people=None, sex={}, age={}, kind={}, cells=cells)
    assert event.people == 10
    assert events.by(event, "sex") == {"female": 6, "male": 4}
    with pytest.raises(Invalid) as refused:
        held(session, people=10, sex={"female": 7, "male": 3}, age={}, kind={}, cells=cells)
    assert refused.value.problems["sex"].message == events.DISAGREE["sex"]
    with pytest.raises(Invalid) as refused:
        held(session, people=11, sex={}, age={}, kind={}, cells=cells)
    assert refused.value.problems["cells"].message == events.TOO_FEW["cells"]


def test_sums_that_do_not_agree_are_refused_in_words(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        held(session, sex={"female": 41, "male": 22}, kind={"potential": 48})
    assert refused.value.problems["sex"].text() == "By sex these are 63 people, but 62 were there."
    assert "only 48 of the 62" in refused.value.problems["kind"].text()


def test_what_is_missing_or_wrong_is_said_field_by_field(session: Session) -> None:
    wrong = {
        "on": "",
        "place": " ",
        "people": None,
        "sex": {},
        "age": {},
        "kind": {},
        "materials": {"sand": "1"},
        "x": 1,
    }
    with pytest.raises(Invalid) as refused:
        held(session, **wrong)
    assert set(refused.value.problems) == {"on", "place", "people", "materials", "x"}
    with pytest.raises(Invalid) as refused:
        held(session, on="2026-11-21", place="x" * 200)
    assert set(refused.value.problems) == {"on", "place"}


def test_a_broadcast_has_an_audience_and_nobody_who_came(session: Session) -> None:
    event = held(session, type="broadcast", people=None, sex={}, age={}, kind={}, audience="20000", materials={})
    assert (event.people, event.audience) == (0, 20_000)
    assert events.by(event, "sex") == {}


def test_an_event_is_amended_whole_found_by_its_day_and_taken_back(session: Session) -> None:
    event = held(session, on="2020-05-01")
    events.amend(session, event, today=TODAY, **{**DESSIE, "on": "2020-05-02", "people": 62})
    assert [one.uuid for one in events.between(session, date(2020, 5, 1), date(2020, 5, 31))] == [event.uuid]
    assert event.on == date(2020, 5, 2)
    assert event.uuid in [one.uuid for one in events.latest(session, 100)]
    assert events.by_uuid(session, event.uuid).uuid == event.uuid
    events.take_back(session, event)
    assert events.between(session, date(2020, 5, 1), date(2020, 5, 31)) == []
    with pytest.raises(MrcError):
        events.by_uuid(session, event.uuid)


def test_a_centre_on_disk_keeps_it(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with store.change(by=store.officer, do="test") as session:
        uuid = held(session).uuid
    with store.read() as session:
        assert events.rows(events.by_uuid(session, uuid))[0] == ("female", None, None, 41)
    store.close()
