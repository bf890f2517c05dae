"""The return tab: a returnee's year to the figure, and a return with its cover, through the screen's own actions."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mrc_app.casework import agenda, assessments, covers, follow_ups, reintegration, reintegration_kept
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.casework.test_instruments import DAWIT, sheet
from tests.make import make_client, make_journey
from tests.ui.acting import click, press, settle
from tests.ui.test_panels import tab, told
from ui.panels.reintegration import ReintegrationPanel
from ui.window import Window

REGISTERED, PLANNED = date(2026, 10, 16), date(2026, 11, 13)
OURS = "centre-reintegration-index-1/1"
BETTER = ["0.50", "0.75", "0.50", "0.75", "0.50", "0.50"]
OWN = """
schema = "instrument/1"
id = "own"
version = "1"
kind = "index"
minimum_answered = "0.7"
needs_at_or_below = "0"
source = "the office"
name = { en = "Own survey" }
[[answer]]
code = "no"
value = "0"
text = { en = "No" }
[[answer]]
code = "yes"
value = "1"
text = { en = "Yes" }
[[dimension]]
id = "work"
name = { en = "Work" }
[[dimension.question]]
id = "w1"
weight = "3"
text = { en = "Has work" }
[[dimension.question]]
id = "w2"
weight = "1"
text = { en = "Is paid" }
"""
KEYS = {"0.00": 1, "0.25": 2, "0.50": 3, "0.75": 4, "1": 5}


@pytest.fixture
def dawit(store: Store) -> str:
    """Dawit, deported from Saudi Arabia, registered on 16 October."""
    with store.change(by=store.officer, do="test") as session:
        client = make_client(session, call_name="Dawit", given="Dawit", language="am", on=REGISTERED)
        make_journey(session, client, on=REGISTERED)
        return client.uuid


def part_of(desk: Window, client: str, name: str, qtbot: QtBot) -> Any:
    """A part of the return tab."""
    panel = tab(desk, client, "reintegration", qtbot)
    assert isinstance(panel, ReintegrationPanel)
    click(panel.buttons[name])
    settle(qtbot, desk)
    return panel.parts[name]


def keep(part: Any, desk: Window, qtbot: QtBot, **typed: Any) -> None:
    """Types into the open form and keeps it."""
    assert part.form is not None
    part.form.fill(typed)
    click(part.ok)
    settle(qtbot, desk)
    assert part.form is None, [row.trouble.text() for row in part.form._rows.values()]


def answer(part: Any, values: list[str]) -> None:
    """Answers one question after the other by its key."""
    for value in values:
        asking = part.asking
        press(asking.rows[asking.at], Qt.Key(Qt.Key.Key_0 + KEYS[value]))


def test_dawits_year_to_the_figure(desk: Window, store: Store, dawit: str, qtbot: QtBot) -> None:
    came = part_of(desk, dawit, "coming", qtbot)
    click(came.begin_button)
    keep(came, desk, qtbot, kind="deported", returned_on=date(2026, 10, 12), from_country="SA",
         needs=["documents"], debts=Money.of("60000", "ETB"))  # fmt: skip
    assert "Deported" in told(came) and "60,000.00" in told(came)

    asked = part_of(desk, dawit, "questions", qtbot)
    click(asked.ask_button)
    keep_form = asked.form
    assert keep_form is not None and keep_form["language"].value() == "am"
    asked.form.fill({"on": date(2026, 11, 6)})
    click(asked.ok)
    answer(asked, [value for values in DAWIT.values() for value in values])
    assert asked.asking.sheet()["E5"] == "not_at_all"
    click(asked.asking.finish)
    settle(qtbot, desk)
    words = told(asked)
    assert "Centre reintegration index v1" in words and "RSS" not in words
    for said in ("0.29", "0.63", "0.51", "6 of 6 answered", "18 of 18"):
        assert said in words
    assert words.count("\n• ") == 5

    plan = part_of(desk, dawit, "plan", qtbot)
    assert "5 needs" in told(plan)
    click(plan.make_button)
    assert plan.form["contact_on"].value() == REGISTERED
    keep(plan, desk, qtbot, on=PLANNED, agreed="yes")
    assert "Plan within 30 days: 28 days, yes" in told(plan)
    assert "5 needs without an answer yet" in told(plan)
    with store.read() as session:
        made = reintegration_kept.current(session, dawit)
        assert made is not None
        lines = reintegration_kept.lines(session, made)
        diary = [one.planned_on.isoformat() for one in follow_ups.of_client(session, dawit)]
    assert [line.question for line in lines] == ["E5", "E1", "E3", "E6", "P2"]
    assert diary == ["2026-12-13", "2027-02-13", "2027-05-13", "2027-11-13"]

    click(plan.add_button)
    plan.form["ready"].set_value("cash")
    keep(plan, desk, qtbot, cost=Money.of("120", "USD"), who_pays="partner", provider="Microfinance (invented)")
    click(plan.add_button)
    keep(plan, desk, qtbot, action="A loan", dimension="economic", promise="not_promised")
    cash, loan = (card for card in plan.cards.values() if card.line.action)
    assert plan.agreed.isAncestorOf(cash) and plan.apart.isAncestorOf(loan)
    assert "NOT PROMISED" in told(plan)
    cash.parted.emit()
    keep(plan, desk, qtbot, number=3, amount=Money.of("40", "USD"), first=date(2026, 12, 1))
    with store.read() as session:
        parts = reintegration_kept.instalments(session, dawit)
    assert [part.due.isoformat() for part in parts] == ["2026-12-01", "2027-01-01", "2027-02-01"]
    plan.ask_paid(parts[0])
    keep(plan, desk, qtbot, paid_on=date(2026, 12, 1), receipt="R-17")
    assert "receipt R-17" in told(plan)
    assert "USD 120.00 agreed, USD 40.00 paid, USD 80.00 still to be paid" in told(plan).replace("\u00a0", " ")
    press(plan.cards[cash.line.uuid], Qt.Key.Key_2)
    settle(qtbot, desk)
    assert plan.cards[cash.line.uuid].line.state.value == "started"
    press(plan.cards[cash.line.uuid], Qt.Key.Key_4)
    assert plan.form is not None and "result" in plan.form
    plan.close_form()

    follow = part_of(desk, dawit, "diary", qtbot)
    assert "13 May 2027" in told(follow) and "5 Ginbot 2019" in told(follow)
    with store.read() as session:
        survey = next(one for one in follow_ups.of_client(session, dawit) if one.kind.value == "survey_6")
    follow.ask_tried(survey, False)
    keep(follow, desk, qtbot, on=date(2027, 5, 13))
    follow.ask_tried(survey, True)
    keep(follow, desk, qtbot, on=date(2027, 5, 15), working="employed", work_isco="7212", work_title="Welder")
    words = told(follow)
    assert "Attempt 2" in words and "not reached" in words and "7212 Welders" in words
    assert "failed" not in words.casefold()


def test_a_later_survey_shows_the_change_on_the_same_person_and_a_chart(
    desk: Window, store: Store, dawit: str, qtbot: QtBot
) -> None:
    later = {**sheet(DAWIT), "economic": dict(zip(["E1", "E2", "E3", "E4", "E5", "E6"], BETTER, strict=True))}
    for wave, on, answers in (("baseline", date(2026, 11, 6), sheet(DAWIT)), ("month_6", date(2027, 5, 15), later)):
        with store.change(by=store.officer, do="test") as session:
            said: dict[str, Any] = {"on": on, "by": store.officer, "wave": wave, "answers": answers}
            assessments.assess(session, client=dawit, **said)
    part = part_of(desk, dawit, "questions", qtbot)
    words = told(part)
    words = words.replace("\u00a0", " ")
    assert "Work and money 0.29 → 0.58" in words
    assert "Home and services 0.63 → 0.63" in words
    chart = part.chart
    assert "0.29 on 6 November 2026, 0.58 on 15 May 2027" in told_to(chart)
    assert not chart.grab().isNull()
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not chart.grab().isNull()


def told_to(chart: Any) -> str:
    """What is read out of the chart."""
    description: str = chart.accessibleDescription()
    return description.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))


@pytest.fixture
def fanta(store: Store) -> str:
    """Fanta, back in Kayes from Nouakchott, who speaks Soninke."""
    with store.change(by=store.officer, do="test") as session:
        client = make_client(session, call_name="Fanta", given="Fanta", language="snk", home="ML")
        make_journey(session, client, origin="ML", destination="MR")
        return client.uuid


def test_fanta_keeps_her_savings_her_five_years_and_a_premium_that_becomes_a_task(
    desk: Window, store: Store, fanta: str, qtbot: QtBot
) -> None:
    today = desk.desk.today()
    came = part_of(desk, fanta, "coming", qtbot)
    click(came.begin_button)
    keep(came, desk, qtbot, kind="voluntary", returned_on=today, from_country="MR", savings=Money(1_150_000, "XOF"))
    assert "XOF\u00a01,150,000" in told(came)
    click(came.add_cover)
    keep(came, desk, qtbot, scheme="CNSS", kind="pension", country="MR", months=60, number_last4="0417",
         claim="preparing")  # fmt: skip
    click(came.add_cover)
    keep(came, desk, qtbot, scheme="Mutuelle", kind="micro_health", next_premium_on=today + timedelta(days=3))
    words = told(came)
    assert "60 months paid in" in words and "number …0417" in words.replace("...", "…")
    assert "Papers are being collected" in words
    with store.read() as session:
        mutuelle = next(one for one in covers.of_client(session, fanta) if one.scheme == "Mutuelle")
        (task,) = agenda.for_client(session, fanta, today)
        assert "Premium due" in task.task.text and "Mutuelle" in task.task.text
    came.ask_premium(mutuelle)
    keep(came, desk, qtbot, next_premium_on=None)
    with store.read() as session:
        assert agenda.for_client(session, fanta, today) == []


@pytest.mark.long
def test_questions_without_a_translation_are_marked_and_stand_in_the_language_behind_hers(
    desk: Window, fanta: str, qtbot: QtBot
) -> None:
    part = part_of(desk, fanta, "questions", qtbot)
    click(part.ask_button)
    click(part.ok)
    settle(qtbot, desk)
    row = part.asking.rows[0]
    assert row.words == "L'argent qui rentre suffit pour manger et pour le loyer."
    assert row.untranslated.isVisible()


def test_a_begun_sheet_survives_a_lock_and_under_70_percent_says_why_there_is_no_score(
    desk: Window, store: Store, fanta: str, qtbot: QtBot
) -> None:
    part = part_of(desk, fanta, "questions", qtbot)
    part.begin(OURS, "baseline", "fr", date(2026, 11, 6))
    answer(part, ["0.25", "0.50"])
    press(part.asking.rows[2], Qt.Key.Key_0)
    press(part.asking.rows[3], Qt.Key.Key_Left)
    assert part.asking.at == 2
    assert store.draft(f"assessment:{fanta}") is not None
    again = type(part)(desk.desk)
    again.load(fanta)
    assert again.asking is not None
    assert again.asking.sheet() == {"E1": "a_little", "E2": "partly", "E3": "na"}
    assert again.asking.at == 3
    again.keep()
    settle(qtbot, desk)
    assert store.draft(f"assessment:{fanta}") is None
    part.refresh()
    settle(qtbot, desk)
    words = told(part)
    assert "No score: 2 of 5 answered; at least 70 % are needed." in words
    assert "none: a dimension has no score" in words
    again.deleteLater()


def test_screening_is_asked_all_at_once_and_shown_as_counts_without_a_verdict(
    desk: Window, fanta: str, qtbot: QtBot
) -> None:
    part = part_of(desk, fanta, "questions", qtbot)
    part.begin("vulnerability-1/1", "baseline", "fr", date(2026, 11, 6), one_by_one=False)
    for row in part.asking.rows:
        if row.question.id in ("I1", "I5", "I6", "H2"):
            press(row, Qt.Key.Key_2)
    click(part.asking.finish)
    settle(qtbot, desk)
    words = told(part)
    assert "1 risk · 2 protective factors" in words and "1 risk · 0 protective factors" in words
    assert "She can read and write." in words
    assert "0.5" not in words and "Together" not in words


@pytest.mark.long
def test_an_offices_own_questions_are_loaded_and_weighed_as_it_says(
    desk: Window, fanta: str, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.show_page("settings")
    settle(qtbot, desk)
    page: Any = desk.page
    path = tmp_path / "own.toml"
    path.write_text("nonsense = [", "utf-8")
    page.questionnaires.take(path)
    assert "not an instrument" in page.questionnaires.trouble.words.text()
    path.write_text(OWN, "utf-8")
    page.questionnaires.take(path)
    settle(qtbot, desk)
    assert "Own survey" in told(page.questionnaires)
    part = part_of(desk, fanta, "questions", qtbot)
    part.begin("own/1", "other", "en", date(2026, 11, 6))
    press(part.asking.rows[0], Qt.Key.Key_2)
    press(part.asking.rows[1], Qt.Key.Key_1)
    click(part.asking.finish)
    settle(qtbot, desk)
    assert "0.75" in told(part) and "Own survey" in told(part)


@pytest.mark.long
def test_skills_courses_and_a_hint_below_what_she_holds(desk: Window, fanta: str, store: Store, qtbot: QtBot) -> None:
    part = part_of(desk, fanta, "skills", qtbot)
    click(part.add_skill)
    part.form["isco"].set_value("7531")
    assert part.form["title"].value() == "Tailors and dressmakers"
    keep(part, desk, qtbot, level="teaches", years=8, learned_country="MR")
    click(part.add_training)
    keep(part, desk, qtbot, course="Money and saving", kind="financial_literacy", hours=12)
    click(part.add_recognition)
    keep(part, desk, qtbot, occupation="Tailor", assessor="INIFP (invented)", result="part", level="2")
    words = told(part)
    assert "7531 Tailors and dressmakers (reported, not checked)" in words and "8 years" in words
    assert "12 hours" in words and "Recognised in part" in words
    follow = part_of(desk, fanta, "diary", qtbot)
    click(follow.year_button)
    keep(follow, desk, qtbot, start=desk.desk.today() - timedelta(days=40))
    with store.read() as session:
        call = follow_ups.of_client(session, fanta)[0]
    follow.ask_tried(call, True)
    keep(follow, desk, qtbot, working="employed", work_isco="9111")
    assert "This work asks for less than she is qualified for (7531 beside 9111)." in told(follow)
    click(follow.add_business)
    keep(follow, desk, qtbot, name="Benkadi", kind="cooperative", members=4)
    assert "Cooperative · 4 members" in told(follow)
    click(follow.onward)
    settle(qtbot, desk)
    page: Any = desk.page
    assert page.panel.tab == "journey" and page.panel._panels["journey"].form is not None


def test_what_is_due_of_the_year_stands_on_today(desk: Window, store: Store, dawit: str, qtbot: QtBot) -> None:
    today = desk.desk.today()
    with store.change(by=store.officer, do="test") as session:
        follow_ups.add(session, client=dawit, planned_on=today - timedelta(days=2), kind="call_1")
        plan = reintegration.plan(session, client=dawit, on=today, by=store.officer)
        line = reintegration.add_line(session, plan, action="Start-up money")
        reintegration.instalment(session, line, amount=Money.of("40", "USD"), due=today)
        covers.keep(session, client=dawit, scheme="Mutuelle", next_premium_on=today)
    desk.show_page("today")
    settle(qtbot, desk)
    page: Any = desk.page
    words = told(page.diary)
    assert "Dawit · Call after 1 month" in words and "2 days late" in words
    assert "Instalment to be paid: USD\u00a040.00" in words and "Premium due: Mutuelle" in words


@pytest.mark.long
def test_a_plan_is_closed_with_its_reason(desk: Window, store: Store, dawit: str, qtbot: QtBot) -> None:
    part = part_of(desk, dawit, "plan", qtbot)
    click(part.make_button)
    keep(part, desk, qtbot, contact_on=REGISTERED, on=date(2026, 11, 16))
    assert "Plan within 30 days: 31 days, no" in told(part)
    click(part.close_button)
    keep(part, desk, qtbot, closure="migrated_again")
    assert "Went abroad again" in told(part)
    with store.read() as session:
        assert reintegration_kept.current(session, dawit) is None
