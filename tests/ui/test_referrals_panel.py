"""Referrals on the screen: a closed door with its reason, a yes, step by step, a withdrawal that shows what went."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mrc_app.casework import consents, grievance_referrals, grievances, providers, referrals, unions
from mrc_app.casework.consents import Purpose
from mrc_app.store.centre import Store
from tests.make import NO, YES, make_client
from tests.ui.acting import click, settle, typed
from tests.ui.test_panels import tab, told
from ui.window import Window


@pytest.fixture
def almaz(desk: Window, store: Store) -> str:
    """Almaz does not want the police; three services stand in the directory."""
    today = desk.desk.today()
    with store.change(by=store.officer, do="test") as session:
        client = make_client(session, call_name="Almaz", nationality="ET", on=today).uuid
        providers.add(session, kind="embassy", name="Embassy in Beirut", country="LB", speaks_for="ET")
        providers.add(session, kind="police", name="Anti-trafficking unit", country="ET", phone="991")
        providers.add(session, kind="legal_aid", name="Lawyers", country="ET", services=["claims"])
        consents.ask(
            session, client=client, purpose=Purpose.REFERRAL, said=NO, by=store.officer, on=today, scope="police"
        )
    return client


def row_of(panel: Any, name: str) -> Any:
    return next(one for one in panel.chooser.offers if one.provider.name == name)


def keep(panel: Any, desk: Window, qtbot: QtBot) -> None:
    click(panel.place.ok)
    settle(qtbot, desk)


def refer(panel: Any, desk: Window, qtbot: QtBot, name: str) -> None:
    click(panel.refer)
    settle(qtbot, desk)
    panel.chooser.chosen.emit(row_of(panel, name).provider)
    panel.place.form.fill({"service": "a letter", "answer": "given", "how": "signed"})
    keep(panel, desk, qtbot)


def test_the_police_are_greyed_out_with_the_reason_and_asked_again(desk: Window, almaz: str, qtbot: QtBot) -> None:
    panel = tab(desk, almaz, "referrals", qtbot)
    assert "Not referred to anybody yet" in told(panel)
    click(panel.refer)
    settle(qtbot, desk)
    words = told(panel)
    assert "She refused to be referred to Anti-trafficking unit" in words and "Ask her first" in words
    panel.ask_again(row_of(panel, "Anti-trafficking unit").provider)
    keep(panel, desk, qtbot)
    assert panel.place.form.trouble("answer")
    panel.place.form.fill({"answer": "refused"})
    keep(panel, desk, qtbot)
    assert panel.place.form is None
    panel.choose()
    settle(qtbot, desk)
    panel.chooser.chosen.emit(row_of(panel, "Lawyers").provider)
    panel.place.form.fill({"service": "a claim", "answer": "refused"})
    keep(panel, desk, qtbot)
    click(panel.refer)
    settle(qtbot, desk)
    assert "She refused to be referred to Lawyers" in told(panel)
    panel.chooser.chosen.emit(row_of(panel, "Anti-trafficking unit").provider)
    panel.place.form.fill({"service": "protection", "without": "danger", "reason": "he waits at the door"})
    keep(panel, desk, qtbot)
    assert "Without her consent" in told(panel)


def test_from_yes_to_the_confirmation_of_the_service(desk: Window, almaz: str, qtbot: QtBot) -> None:
    panel = tab(desk, almaz, "referrals", qtbot)
    refer(panel, desk, qtbot, "Lawyers")
    assert "Made, not yet sent" in told(panel) and "Her yes: signed" in told(panel)
    panel.ask_sent(panel.told.referrals[0])
    keep(panel, desk, qtbot)
    panel.ask_step(panel.told.referrals[0])
    panel.place.form.fill({"state": "given", "told_by": "client"})
    keep(panel, desk, qtbot)
    assert "Not complete" in told(panel)
    panel.ask_step(panel.told.referrals[0])
    panel.place.form.fill({"state": "given"})
    keep(panel, desk, qtbot)
    assert "Complete: the service confirmed it" in told(panel)
    refer(panel, desk, qtbot, "Embassy in Beirut")
    panel.ask_stop(panel.told.referrals[0])
    panel.place.form.fill({"because": "no_wish"})
    keep(panel, desk, qtbot)
    assert "Stopped" in told(panel)


def test_a_withdrawal_shows_what_went_out_and_stops_the_rest(
    desk: Window, store: Store, almaz: str, qtbot: QtBot
) -> None:
    panel = tab(desk, almaz, "referrals", qtbot)
    refer(panel, desk, qtbot, "Embassy in Beirut")
    panel.ask_sent(panel.told.referrals[0])
    keep(panel, desk, qtbot)
    papers = tab(desk, almaz, "consents", qtbot)
    assert "Embassy in Beirut: a letter" in told(papers) and "Police or anti-trafficking unit" in told(papers)
    row = papers.rows[Purpose.REFERRAL]
    click(row.take_back)
    click(row.ok)
    settle(qtbot, desk)
    words = told(papers)
    assert "This had gone out before" in words and "to Embassy in Beirut" in words
    assert "1 open referral was stopped." in words
    with store.read() as session:
        (one,) = referrals.of_client(session, almaz)
        assert referrals.current(referrals.events(session, one.uuid)) is referrals.S.STOPPED


def test_a_union_is_noted_step_by_step_and_told_to_nobody_unasked(
    desk: Window, store: Store, almaz: str, qtbot: QtBot
) -> None:
    panel = tab(desk, almaz, "referrals", qtbot)
    click(panel.join)
    panel.place.form.fill({"union": "CETU", "step": "joined"})
    keep(panel, desk, qtbot)
    assert "Nobody else is told." in told(panel)
    union = panel.told.unions[0].one.uuid
    panel.ask_union_step(union)
    panel.place.form.fill({"step": "dues"})
    keep(panel, desk, qtbot)
    assert panel.place.form.trouble("paid_to")
    panel.place.form.fill({"paid_to": desk.desk.today()})
    keep(panel, desk, qtbot)
    panel.ask_telling(union)
    panel.place.form.fill({"answer": "given", "how": "verbal"})
    keep(panel, desk, qtbot)
    assert "Others may be told." in told(panel) and "dues paid up to" in told(panel)
    with store.read() as session:
        assert unions.to_tell(session, almaz, desk.desk.today())


@pytest.mark.long
def test_the_directory_is_searched_changed_and_confirmed(desk: Window, almaz: str, qtbot: QtBot) -> None:
    desk.show_page("providers")
    settle(qtbot, desk)
    page: Any = desk.page
    assert "3 services" in told(page) and "Nobody has confirmed it yet" in told(page)
    typed(page.sought, "claims")
    qtbot.waitUntil(lambda: [one.name for one in page.found] == ["Lawyers"], timeout=5000)
    page.confirm(page.found[0])
    settle(qtbot, desk)
    assert "Confirmed on" in told(page)
    page.begin_change(page.found[0])
    page.place.form.fill({"kind": "shelter", "address": "4 Acacia Street"})
    click(page.place.ok)
    assert "A shelter never carries an address" in page.place.form.trouble("address")
    page.place.form.fill({"address": None})
    click(page.place.ok)
    settle(qtbot, desk)
    assert page.place.form is None
    click(page.add)
    click(page.place.ok)
    assert page.place.form.trouble("kind")
    page.place.form.fill({"kind": "ngo", "name": "Claims for all"})
    click(page.place.ok)
    settle(qtbot, desk)
    assert [one.name for one in page.found] == ["Claims for all", "Lawyers"]
    page.remove(page.found[0])
    settle(qtbot, desk)
    assert [one.name for one in page.found] == ["Lawyers"]


@pytest.mark.long
def test_the_page_of_a_case_shows_its_referrals_and_leads_to_the_person(
    desk: Window, store: Store, almaz: str, qtbot: QtBot
) -> None:
    today = desk.desk.today()
    with store.change(by=store.officer, do="test") as session:
        mine: dict[str, Any] = {"on": today, "by": store.officer}
        case = grievances.lodge(session, desk_code="BD1", people=[almaz], danger="no", **mine).uuid
    desk.show_page("grievance", case)
    settle(qtbot, desk)
    page: Any = desk.page
    assert "Nobody was referred in this case." in told(page.referrals)
    with store.change(by=store.officer, do="test") as session:
        legal = providers.named(session, "Lawyers").uuid
        grievance_referrals.make(
            session, client=almaz, provider=legal, grievance=case, service="claim", said=YES, **mine
        )
    settle(qtbot, desk)
    assert "Almaz to Lawyers" in told(page.referrals)
    page.referrals.open(almaz)
    settle(qtbot, desk)
    words = told(desk.page)
    assert "Each referral needs her own yes." in words and "claim" in words
