"""The asylum flag of a case takes the embassy of her own country out of guide, card and list."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from mrc_app.casework import clients, grievances
from mrc_app.corridors import catalogue, services
from mrc_app.guides import records
from mrc_app.guides.making import GuideRequest, in_words
from mrc_app.guides.text_model import plain
from mrc_app.store.centre import Store
from tests.make import OFFICER, make_client, make_journey, make_store

TODAY = date(2026, 11, 20)
NUMBER = "+966 11 555 0111"


def guide(desk: Store, number: str) -> str:
    """Her departure guide, card included, in words."""
    corridor = catalogue.corridor("ET-SA")
    with desk.read() as session:
        person = clients.by_number(session, number)
        request = GuideRequest(
            "en", corridor.id, TODAY,
            person=records.person_facts(session, person, today=TODAY),
            services=records.whom_to_call(session, corridor, "en", person),
            centre=records.centre_of(desk.centre()),
        )  # fmt: skip
    return plain(in_words(request)[1])


def test_with_the_asylum_flag_no_embassy_is_printed(tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as desk:
        with desk.change(by=desk.officer, do="test.fill") as session:
            client = make_client(session, sex="F")
            make_journey(session, client)
            services.add(session, kind=services.Kind.EMBASSY, name="Embassy of Ethiopia", country="SA", number=NUMBER)
            case = grievances.lodge(
                session, desk_code="BD1", by=OFFICER, on=TODAY, people=[client.uuid], categories=["E8"]
            ).uuid
            number = client.number
        assert "Embassy of Ethiopia" in guide(desk, number)
        with desk.change(by=desk.officer, do="grievances.amend") as session:
            grievances.amend(session, grievances.by_uuid(session, case), changes={"asylum": "yes"})
        told = guide(desk, number)
        assert "Embassy of Ethiopia" not in told
        assert NUMBER not in told.translate(dict.fromkeys(range(0x2066, 0x206A)))
        with desk.read() as session:
            corridor = catalogue.corridor("ET-SA")
            found = records.whom_to_call(session, corridor, "en", clients.by_number(session, number))
        assert found == ()
