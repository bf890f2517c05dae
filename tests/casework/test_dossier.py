"""The record as kept, as one document."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import Session

from mrc_app.casework import agenda, counselling, dossier, households, journeys
from mrc_app.errors import MrcError
from mrc_app.money import Money
from tests.make import OFFICER, TODAY, make_client, make_journey


def test_a_dossier_holds_everything_and_is_plain_json(session: Session) -> None:
    client = make_client(session, birth={"year": 1995, "calendar": "ethiopian", "estimated": True}, speaks=["am"])
    journey = make_journey(session, client, wage=Money.of(1000, "SAR"), wage_per="month")
    journeys.move(session, journey, stage="travelling", on=date(2026, 12, 1), by=OFFICER)
    make_journey(session, client, destination="JO")
    counselling.record(session, client=client.uuid, on=TODAY, officer=OFFICER, topics=["contract"])
    agenda.add(session, due=TODAY, kind="call", client=client.uuid, on=TODAY, by=OFFICER)
    households.found(session, client=client.uuid)
    kept = json.loads(json.dumps(dossier.of(session, client.number, TODAY)))
    assert kept["client"]["age"] == {"low": 23, "high": 24, "estimated": True}
    assert kept["client"]["birth_given"] == "1995" and kept["client"]["speaks"] == ["am"]
    assert {one["corridor"]: one["wage"] for one in kept["journeys"]} == {"ET-SA": "SAR 1,000.00", "ET-JO": None}
    assert len(kept["consents"]) == 2 and kept["contacts"][0]["topics"] == ["contract"]
    assert kept["household"][0]["relation"] == "self" and kept["tasks"][0]["kind"] == "call"
    assert {"contracts", "costs", "grievances", "claims", "deadlines", "plan", "follow_ups"} <= set(kept)


def test_a_short_record_has_empty_parts_and_an_unknown_number_is_refused(session: Session) -> None:
    client = make_client(session)
    kept = dossier.of(session, client.number, TODAY)
    assert kept["client"]["age"] is None and kept["household"] == [] == kept["journeys"]
    with pytest.raises(MrcError, match="no client with the number"):
        dossier.of(session, "XX-1", TODAY)
