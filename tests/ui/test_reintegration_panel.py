"""The return tab: a returnee's year to the figure, and a return with its cover, through the screen's own actions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mrc_app.casework import follow_ups, reintegration_kept
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.casework.test_instruments import DAWIT
from tests.make import make_client, make_journey
from tests.ui.acting import click, press, settle
from tests.ui.test_panels import tab, told
from ui.panels.reintegration import ReintegrationPanel
from ui.window import Window

REGISTERED, PLANNED = date(2026, 10, 16), date(2026, 11, 13)
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
