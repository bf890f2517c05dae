"""More of the page of a case: injuries, remedies, amnesties, papers as evidence, a case opened again."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.casework import (
    attachments,
    clients,
    consents,
    grievance_amnesties,
    grievance_cases,
    grievance_injuries,
    grievance_referrals,
    grievances,
    providers,
)
from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Good, Seen
from mrc_app.store import restrictions
from tests.ui.acting import click, settle
from tests.ui.test_grievances import a_case, clients_of, opened, words
from ui.pages.grievances import GrievancesPage
from ui.pages.today import TodayPage
from ui.panels.grievances import GrievancesPanel
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


def a_paper(desk: Window, client: str) -> str:
    store = desk.desk.store
    with store.change(by=store.officer, do="attachments.add") as session:
        return attachments.add(
            session, centre=store.path, client=client, content=b"her contract", what="contract", name="contract.txt",
            on=desk.desk.today(), by=store.officer,
        ).uuid  # fmt: skip


def test_a_paper_of_hers_is_linked_to_a_piece_of_evidence(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    paper, uuid = a_paper(desk, almaz), a_case(desk, almaz, danger="no")
    part = opened(desk, qtbot, uuid).evidence
    part.begin()
    assert part.form is not None and "attachment" in part.form
    part.form.fill({"what": "Contract", "client": almaz})
    click(part.ok)
    settle(qtbot, desk)
    with desk.desk.store.read() as session:
        (piece,) = grievance_cases.evidence(session, uuid)
    assert piece.attachment is None
    part.begin_link(piece)
    part.form.fill({"attachment": paper, "seen": "photo"})
    click(part.ok)
    settle(qtbot, desk)
    assert "contract.txt" in words(part)
    with desk.desk.store.read() as session:
        (piece,) = grievance_cases.evidence(session, uuid)
    assert (piece.attachment, piece.seen) == (paper, Seen.PHOTO)


def test_a_case_for_named_officers_is_opened_for_everybody_after_a_question(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    store = desk.desk.store
    since = "2026-01-01T08:00:00Z"
    uuid = a_case(desk, almaz, danger="no", officers=[store.officer], since=since)
    with store.change(by=store.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=almaz, officers=[store.officer], since=since)
    page = opened(desk, qtbot, uuid)
    assert not page.about.lift.isHidden()
    assert "Only who may see each of them sees this case" in words(page.about)
    page.about.begin_lift()
    with store.read() as session:
        assert grievances.named_officers(session, uuid) == [store.officer], "asked first"
    click(page.about.ok)
    settle(qtbot, desk)
    assert page.about.lift.isHidden()
    with store.read() as session:
        assert grievances.named_officers(session, uuid) is None


def test_a_window_that_may_touch_her_stands_on_her_case_with_its_source(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    store, today = desk.desk.store, desk.desk.today()
    with store.change(by=store.officer, do="grievance_amnesties.open_window") as session:
        clients.amend(session, clients.by_uuid(session, almaz), changes={"location_country": "LB"}, on=today)
        grievance_amnesties.open_window(
            session, by=store.officer, country="LB", begins_on=today, source="circular 12", checked_on=today
        )
    said = words(opened(desk, qtbot, a_case(desk, almaz, danger="no")).about)
    assert "may touch Almaz" in said and "Lebanon: from" in said and "the last day is not known" in said
    assert "Source: circular 12" in said and "Checked on" in said


def test_an_amnesty_is_written_down_on_the_page_of_cases_and_stands_with_the_client(desk: Window, qtbot: QtBot) -> None:
    ((almaz, _number),) = clients_of(desk, "Almaz")
    store, today = desk.desk.store, desk.desk.today()
    with store.change(by=store.officer, do="clients.amend") as session:
        clients.amend(session, clients.by_uuid(session, almaz), changes={"location_country": "LB"}, on=today)
    desk.show_page("grievances")
    settle(qtbot, desk)
    page = desk.page
    assert isinstance(page, GrievancesPage)
    click(page.windows)
    settle(qtbot, desk)
    assert page.list.isHidden() and not page.beside.isHidden()
    card = page.amnesties
    card.begin()
    assert card.form is not None
    card.form.fill({"country": "LB", "begins_on": today})
    click(card.ok)
    assert card.form.trouble("source")
    card.form.fill({"source": "circular 12", "ends_on": today})
    click(card.ok)
    settle(qtbot, desk)
    assert "Lebanon: from" in words(card) and "Open today" in words(card)
    click(page.tabs[False])
    settle(qtbot, desk)
    assert page.beside.isHidden()
    panel = GrievancesPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.load(almaz)
    settle(qtbot, desk)
    assert "may touch Almaz" in words(panel) and "Source: circular 12" in words(panel)


def test_a_referral_nobody_answered_for_two_weeks_stands_on_today(desk: Window, qtbot: QtBot) -> None:
    almaz, koffi = (uuid for uuid, _number in clients_of(desk, "Almaz", "Koffi"))
    store, today = desk.desk.store, desk.desk.today()
    with store.change(by=store.officer, do="referrals.make") as session:
        lawyers = providers.add(session, kind="legal_aid", name="Lawyers", country="ET").uuid
        for client, days in ((almaz, 15), (koffi, 3)):
            grievance_referrals.make(
                session, client=client, provider=lawyers, service="a letter", by=store.officer,
                on=today - timedelta(days=days), said=consents.Said(consents.State.GIVEN, consents.How.SIGNED),
            )  # fmt: skip
    desk.show_page("today")
    desk.page.refresh()
    settle(qtbot, desk)
    assert isinstance(desk.page, TodayPage)
    part = desk.page.referrals
    assert not part.isHidden()
    assert "Almaz to Lawyers" in words(part) and "15 days" in words(part) and "Koffi" not in words(part)
    click(next(one for one in part.findChildren(QPushButton) if "Lawyers" in one.accessibleName()))
    assert desk.page.id == almaz


@pytest.mark.skipif("MRC_PICTURES" not in os.environ, reason="pictures are looked at by a person")
@pytest.mark.parametrize("code", ["en", "ar"])
def test_pictures(desk: Window, qtbot: QtBot, code: str) -> None:
    (almaz, _number), *_more = clients_of(desk, "Almaz", "Koffi")
    uuid, store, today = a_case(desk, almaz, danger="no"), desk.desk.store, desk.desk.today()
    with store.change(by=store.officer, do="grievance_injuries.hurt") as session:
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
    with store.change(by=store.officer, do="grievance_amnesties.open_window") as session:
        clients.amend(session, clients.by_uuid(session, almaz), changes={"location_country": "LB"}, on=today)
        grievance_amnesties.open_window(
            session, by=store.officer, country="LB", begins_on=today, source="circular 12", checked_on=today
        )
    desk.resize(1280, 1000)
    desk.show_page("grievances")
    settle(qtbot, desk)
    assert isinstance(desk.page, GrievancesPage)
    desk.page.turn_windows()
    desk.page.amnesties.begin()
    settle(qtbot, desk)
    desk.grab().save(f"{os.environ['MRC_PICTURES']}/windows-{code}.png")
    opened(desk, qtbot, uuid)
    desk.grab().save(f"{os.environ['MRC_PICTURES']}/touch-{code}.png")
