"""Claims and time limits on the screen: an offer in percent, a shared sum shown first, months typed, two days left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mrc_app.casework import (
    agenda,
    agenda_deadlines,
    claims,
    deadline_typed,
    dossier_claims,
    grievance_cases,
    grievances,
)
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import make_client, make_journey
from tests.ui.acting import click, press, settle
from tests.ui.test_panels import tab, told
from ui.panels.claims_case import CaseMoney
from ui.panels.deadlines_case import CaseDeadlines
from ui.window import Window

HEADS = (("wage", 5100), ("notice", 5100), ("ticket", 2800), ("food_travel", 204), ("rest_days", 1360))


@pytest.fixture
def liza(desk: Window, store: Store) -> str:
    """Liza, dismissed twelve days ago, with her case and its five heads."""
    today = desk.desk.today()
    mine: dict[str, Any] = {"on": today, "by": store.officer}
    with store.change(by=store.officer, do="test") as session:
        client = make_client(session, call_name="Liza", given="Liza", nationality="PH", on=today).uuid
        person = claims_of(session, client)
        make_journey(session, person, origin="PH", destination="HK", sector="domestic", starts_on=date(2025, 5, 1))
        case = grievances.lodge(session, desk_code="BD1", people=[client], **mine)
        for head, amount in HEADS:
            money = Money.of(amount, "HKD")
            claims.add(session, client=client, grievance=case.uuid, head=head, amount=money, **mine)
        stay = deadline_typed.rules(session, "PH-HK", "domestic", today)[0]
        agenda_deadlines.begin(session, stay, client=client, started_on=today - timedelta(days=12), **mine)
        hearing = {"forum": "Labour Relations Division", "on": today + timedelta(days=11)}
        grievance_cases.plan_hearing(session, case, by=store.officer, **hearing)
    return client


def claims_of(session: Any, client: str) -> Any:
    from mrc_app.casework import clients

    return clients.by_uuid(session, client)


def money_of(desk: Window, client: str, qtbot: QtBot) -> CaseMoney:
    made = tab(desk, client, "claims", qtbot)
    settle(qtbot, desk)
    assert isinstance(made.money, CaseMoney)
    return made.money


def keep(money: CaseMoney, desk: Window, qtbot: QtBot) -> None:
    click(money.ok)
    settle(qtbot, desk)


def test_an_offer_is_shared_in_a_preview_and_shown_as_51_percent(
    desk: Window, store: Store, liza: str, qtbot: QtBot
) -> None:
    money = money_of(desk, liza, qtbot)
    assert "HKD\u00a014,564.00" in told(money) and "no offer" in told(money)
    click(money.give)
    assert money.form is not None
    money.form["form"].set_value("offer")
    money.form["amount"].set_value(Money.of(7400, "HKD"))
    settle(qtbot, desk)
    assert "HKD\u00a02,591.32 of HKD\u00a05,100.00" in told(money)
    keep(money, desk, qtbot)
    assert money.form is None
    assert "HKD\u00a07,400.00 · 51\u00a0%" in told(money) and "none yet" in told(money)
    with store.read() as session:
        kept = dossier_claims.of_client(session, liza, desk.desk.today())
    assert kept["claim_totals"][0]["offered_percent"] == 51


def test_what_the_case_refuses_is_said_under_its_field(desk: Window, liza: str, qtbot: QtBot) -> None:
    money = money_of(desk, liza, qtbot)
    click(money.give)
    assert money.form is not None
    keep(money, desk, qtbot)
    assert money.form.trouble("form")
    click(money.add)
    keep(money, desk, qtbot)
    assert money.form.trouble("amount")
    click(money.cost)
    money.form["kind"].set_value("extension")
    money.form["amount"].set_value(Money.of(230, "HKD"))
    keep(money, desk, qtbot)
    assert "HKD\u00a0230.00" in told(money)


def test_a_month_table_is_made_and_paid_row_by_row_with_the_keyboard(
    desk: Window, store: Store, liza: str, qtbot: QtBot
) -> None:
    money = money_of(desk, liza, qtbot)
    click(money.table_of)
    form = money.months
    assert form is not None
    form.form.fill({"first": date(2025, 5, 1), "months": 3, "wage": Money.of(5100, "HKD"), "paid_months": 1})
    press(money.make)
    settle(qtbot, desk)
    assert "owed HKD\u00a010,200.00" in told(money)
    form._paid[1].set_value("100.50")
    press(form._paid[1].line)
    assert form._paid[2].line.hasFocus()
    assert "owed HKD\u00a010,099.50" in told(money)
    form._paid[2].set_value("a lot")
    keep(money, desk, qtbot)
    assert money.trouble.isVisible()
    form._paid[2].set_value("0")
    keep(money, desk, qtbot)
    assert money.months is None
    assert "HKD\u00a019,563.50" in told(money)


@pytest.mark.long
def test_days_of_work_at_a_wage_for_the_day(desk: Window, liza: str, qtbot: QtBot) -> None:
    money = money_of(desk, liza, qtbot)
    click(money.table_of)
    assert money.months is not None
    typed = {"first": date(2026, 9, 1), "days": 24, "wage": Money.of("18.75", "HKD"), "paid": "120.50"}
    money.months.form.fill(typed)
    assert not money.months.make() and money.months.form.trouble("last")
    money.months.form["last"].set_value(date(2026, 9, 30))
    assert money.months.make()
    assert "owed HKD\u00a0329.50" in money.months.sum.text().translate(dict.fromkeys(range(0x2066, 0x206A)))


@pytest.mark.long
def test_instalments_are_planned_and_come(desk: Window, liza: str, qtbot: QtBot) -> None:
    money = money_of(desk, liza, qtbot)
    click(money.parts)
    assert money.form is not None
    keep(money, desk, qtbot)
    assert money.form.trouble("number")
    money.form.fill({"number": 2, "amount": Money.of(3000, "HKD")})
    keep(money, desk, qtbot)
    assert told(money).count("HKD\u00a00.00 of HKD\u00a03,000.00 paid") == 2
    assert money.told is not None
    money.ask_coming(money.told.sheet.instalments[0])
    keep(money, desk, qtbot)
    assert "HKD\u00a03,000.00 of HKD\u00a03,000.00 paid" in told(money)


def test_two_days_are_left_and_the_visa_is_asked_for(desk: Window, liza: str, qtbot: QtBot) -> None:
    panel = tab(desk, liza, "deadlines", qtbot)
    words = told(desk.page)
    assert "2 days left; earlier if the visa ends earlier." in words
    assert "comes after this day." in words
    assert "Until which day may she stay?" in told(panel)
    panel.ask_days(panel.told.limits[0])
    panel.form["other_on"].set_value(desk.desk.today() + timedelta(days=1))
    click(panel.ok)
    settle(qtbot, desk)
    assert "1 day left." in told(panel) and "Until which day" not in told(panel)
    panel.ask_drop(panel.told.limits[0])
    click(panel.ok)
    assert panel.form.trouble("because")
    panel.close_form()
    panel.ask_done(panel.told.limits[0])
    click(panel.ok)
    settle(qtbot, desk)
    assert "Done on" in told(panel)


@pytest.mark.long
def test_a_rule_of_the_desk_a_named_day_and_an_unknown_start(desk: Window, liza: str, qtbot: QtBot) -> None:
    panel = tab(desk, liza, "deadlines", qtbot)
    click(panel.follow)
    form = panel.form
    form["rule"].set_value("named")
    form.fill({"purpose": "answer", "source": "summons", "started_on": desk.desk.today() + timedelta(days=3)})
    click(panel.ok)
    settle(qtbot, desk)
    assert "3 days left." in told(panel)
    click(panel.follow)
    panel.form["rule"].set_value("write")
    click(panel.ok)
    assert panel.form.trouble("source")
    panel.form.fill({"source": "a lawyer of the union", "number": 6, "unit": "months", "event": "end_of_work"})
    click(panel.ok)
    settle(qtbot, desk)
    assert "The last day is not known." in told(panel)
    assert "Written down at this desk by Meseret." in told(panel)
    assert "Nobody has checked this rule" in told(panel)
    stale = [limit for limit in panel.told.limits if limit.stale]
    panel._check(stale[-1])
    settle(qtbot, desk)
    assert "Checked on" in told(panel)
    tasks = [one.task.text for one in desk.desk.read(lambda s: agenda.for_client(s, liza, desk.desk.today()))]
    assert any("Find out the last day" in text for text in tasks)
    assert {limit.standing.state.value for limit in panel.told.limits} == {"running", "unknown"}


@pytest.mark.long
def test_a_limit_of_the_whole_case_stands_on_its_page(desk: Window, liza: str, qtbot: QtBot) -> None:
    case = desk.desk.read(lambda session: grievances.of_client(session, liza)[0].uuid)
    panel = CaseDeadlines(desk.desk)
    qtbot.addWidget(panel)
    panel.show()
    panel.load(case)
    settle(qtbot, desk)
    assert "2 days left; earlier if the visa ends earlier." in told(panel) and "Liza" in told(panel)
    click(panel.follow)
    assert panel.form is not None and panel.form["client"].value() == liza
    panel.form.fill({"started_on": desk.desk.today() - timedelta(days=14)})
    click(panel.ok)
    settle(qtbot, desk)
    assert "is the last day at the latest" in told(panel)
    assert panel.told is not None and case in [limit.deadline.grievance for limit in panel.told.limits]


def test_today_shows_what_comes(desk: Window, liza: str, qtbot: QtBot) -> None:
    desk.show_page("today")
    settle(qtbot, desk)
    words = told(desk.page)
    assert "Time limits" in words and "2 days left; earlier if the visa ends earlier." in words
