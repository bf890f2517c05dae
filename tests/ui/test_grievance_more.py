"""More of the page of a case: injuries, remedies, amnesties, papers as evidence, a case opened again."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from mrc_app.casework import grievance_cases, grievance_injuries
from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Good, Seen
from tests.ui.acting import click, settle
from tests.ui.test_grievances import a_case, clients_of, opened, words
from ui.window import Window


def test_an_injury_is_written_down_with_its_last_day_and_changed(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    uuid, today = a_case(desk, almaz, danger="no"), desk.desk.today()
    part = opened(desk, qtbot, uuid).injuries
    part.begin()
    assert part.form is not None
    part.form.fill({"what": "Burnt hand", "reported": "yes", "reported_to": "the agency",
                    "claim_by": today + timedelta(days=9)})  # fmt: skip
    click(part.ok)
    assert "Write where this last day stands." in part.form.trouble("clock_source")
    part.form.fill({"clock_source": "the policy", "clock_checked_on": today})
    click(part.ok)
    settle(qtbot, desk)
    said = words(part)
    assert "Burnt hand" in said and "the agency" in said and "Medical paper: Nothing seen" in said
    assert "Source: the policy" in said
    assert "The insurer is not known." in said
    with desk.desk.store.read() as session:
        (injury,) = grievance_injuries.injuries(session, uuid)
    part.begin_change(injury)
    part.form.fill({"insurer": "ARK", "paper": "photo", "claim_by": date(2020, 1, 6)})
    click(part.ok)
    settle(qtbot, desk)
    assert "has passed; ask a lawyer" in words(part)
    with desk.desk.store.read() as session:
        (injury,) = grievance_injuries.injuries(session, uuid)
    assert (injury.insurer, injury.paper, injury.reported) == ("ARK", Seen.PHOTO, Answer.YES)


def test_a_remedy_besides_money_is_for_one_person_or_for_all(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    uuid = a_case(desk, almaz, danger="no")
    part = opened(desk, qtbot, uuid).remedies
    part.begin()
    assert part.form is not None
    click(part.ok)
    assert part.form.trouble("good")
    part.form.fill({"good": "papers_back", "client": almaz, "note": "by the police"})
    click(part.ok)
    settle(qtbot, desk)
    said = words(part)
    assert "Papers given back" in said and "Almaz" in said and "by the police" in said
    with desk.desk.store.read() as session:
        (kept,) = grievance_cases.remedies(session, uuid)
    assert (kept.good, kept.client, kept.on) == (Good.PAPERS_BACK, almaz, desk.desk.today())


@pytest.mark.skipif("MRC_PICTURES" not in os.environ, reason="pictures are looked at by a person")
@pytest.mark.parametrize("code", ["en", "ar"])
def test_pictures(desk: Window, qtbot: QtBot, code: str) -> None:
    (almaz, _number), *_more = clients_of(desk, "Almaz", "Koffi")
    uuid, store, today = a_case(desk, almaz, danger="no"), desk.desk.store, desk.desk.today()
    with store.change(by=store.officer, do="grievance_injuries.hurt") as session:
        from mrc_app.casework import grievances

        case = grievances.by_uuid(session, uuid)
        grievance_injuries.hurt(
            session, case, client=almaz, on=today, by=store.officer, what="Burnt hand", reported="yes",
            reported_to="the agency", insurer="ARK", policy="AB-1 20", paper="photo", claim_by=today,
            clock_source="the policy", clock_checked_on=today,
        )  # fmt: skip
        grievance_cases.remedy(session, case, by=store.officer, today=today, good="papers_back", client=almaz)
    desk.desk.settings.language = code
    desk.dress()
    desk.resize(1280, 3300)
    settle(qtbot, desk)
    page = opened(desk, qtbot, uuid)
    page.injuries.begin()
    settle(qtbot, desk)
    desk.grab().save(f"{os.environ['MRC_PICTURES']}/more-{code}.png")
