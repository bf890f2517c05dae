"""The record as kept, as one document."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import Session

from mrc_app.casework import (
    agenda,
    contract_files,
    contract_verdicts,
    contracts,
    counselling,
    dossier,
    households,
    journeys,
)
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


def test_contracts_stand_in_it_with_their_checks_and_the_approval_file(session: Session) -> None:
    client = make_client(session)
    journey = make_journey(session, client, sector="domestic")
    terms = {"job": "housemaid", "wage": {"amount": 1000, "currency": "SAR", "per": "month"}}
    contract = contracts.keep(session, journey, on=TODAY, by=OFFICER, stage="seen", terms=terms)
    contracts.stamp(session, contract, on=TODAY, by=OFFICER, authority="Embassy", seen="no")
    check = contract_verdicts.check(
        session, contract, journey, on=TODAY, by=OFFICER, answers={"14": {"state": "worse"}}
    )
    contract_verdicts.decide(session, check, verdict="do_not_sign_yet", on=TODAY, by=OFFICER)
    contract_verdicts.her_decision(session, check, decision="waits", on=TODAY, by=OFFICER)
    paper = {"checklist": "ET-agency", "on": TODAY, "by": OFFICER}
    contract_files.item(session, journey, item="passport", state="seen", note="original", **paper)
    contract_files.item(session, journey, item="photos", state="not_needed", **paper)
    kept = json.loads(json.dumps(dossier.of(session, client.number, TODAY)))
    (one,) = kept["contracts"]
    assert one["terms"] == terms | {"wage": {"amount": "1000", "currency": "SAR", "per": "month"}}
    assert one["stamps"][0]["authority"] == "Embassy" and one["stage"] == "seen"
    (told,) = one["checks"]
    assert (told["verdict"], told["decision"], told["suggested_now"]) == ("do_not_sign_yet", "waits", "do_not_sign_yet")
    assert told["answers"] == {"14": {"state": "worse"}} and "14" in told["red"]
    (file,) = kept["approval_files"]
    assert (file["seen"], file["needed"], file["basis"]) == (1, 9, "read") and len(file["missing"]) == 8
    assert file["items"][4] == {
        "item": "passport", "name": "Passport, original and copy", "state": "seen", "on": "2026-11-20",
        "note": "original",
    }  # fmt: skip


def test_a_short_record_has_empty_parts_and_an_unknown_number_is_refused(session: Session) -> None:
    client = make_client(session)
    kept = dossier.of(session, client.number, TODAY)
    assert kept["client"]["age"] is None and kept["household"] == [] == kept["journeys"]
    with pytest.raises(MrcError, match="no client with the number"):
        dossier.of(session, "XX-1", TODAY)
