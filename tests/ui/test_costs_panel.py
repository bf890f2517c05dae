"""The costs tab: payments typed one after another, a loan, earnings and a rate, read back as words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mrc_app.casework import costs
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import OFFICER, make_client, make_journey
from tests.ui.acting import click, press, settle, typed
from ui.panels.costs import CostsPanel
from ui.window import Window


@pytest.fixture
def tigist(store: Store) -> str:
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(session)
        make_journey(session, client, wage=Money.of(1000, "SAR"), wage_per="month", sector="domestic")
        return client.uuid


@pytest.fixture(autouse=True)
def each_letter_by_itself() -> Iterator[None]:
    """A letter typed in a list begins a new search, however fast the test types."""
    usual = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(0)
    yield
    QApplication.setKeyboardInputInterval(usual)


def shown(desk: Window, client: str, qtbot: QtBot) -> Any:
    desk.show_page("clients", client)
    settle(qtbot, desk)
    page: Any = desk.page
    click(page.panel.tabs.buttons["costs"])
    settle(qtbot, desk)
    return page.panel._panels["costs"]


def words(panel: Any) -> str:
    marks = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
    said = "\n".join(part.text() for part in panel.findChildren(QLabel) if part.isVisible())
    return said.translate(marks).replace("\u00a0", " ")


def pressed(panel: Any, name: str) -> None:
    found = [one for one in panel.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]
    click(found[0])


def pay(panel: Any, desk: Window, qtbot: QtBot, code: str, amount: str, to: str = "") -> None:
    form = panel.entry
    code_field, amount_field = form["code"].controls()[0], form["amount"].controls()[0]
    code_field.setFocus()
    for letter in code:
        press(code_field, Qt.Key(ord(letter)))
    typed(amount_field, amount)
    line = form["paid_to"].controls()[0]
    typed(line, to)
    press(line)
    settle(qtbot, desk)


def test_payments_are_typed_one_after_another_and_each_currency_has_its_own_sum(
    desk: Window, store: Store, tigist: str, qtbot: QtBot
) -> None:
    panel = shown(desk, tigist, qtbot)
    assert "Nothing is written down yet" in words(panel) and "Debt risk: not known" in words(panel)
    assert panel.entry["amount"].currency.value() == "ETB"
    pay(panel, desk, qtbot, "F", "35,000", "Ato Girma")
    pay(panel, desk, qtbot, "M", "2500")
    assert panel.entry["amount"].amount.value() is None and panel.entry["paid_to"].value() is None
    panel.entry["amount"].currency.set_value("USD")
    pay(panel, desk, qtbot, "T", "10.50")
    assert panel.total.text().replace("\u00a0", " ").count("ETB 37,500.00") == 1
    assert "USD" in panel.total.text() and "3 payments" in words(panel).replace("\u2068", "")
    assert "FEE Recruitment fee: ETB 35,000.00" in words(panel) and "Ato Girma" in words(panel)
    with store.read() as session:
        assert [one.code.value for one in costs.of_client(session, tigist)] == ["FEE", "MED", "TST"]


def test_a_refused_payment_keeps_what_was_typed(desk: Window, tigist: str, qtbot: QtBot) -> None:
    panel = shown(desk, tigist, qtbot)
    pay(panel, desk, qtbot, "F", "1.005")
    assert panel.entry.trouble("amount") and panel.entry["amount"].amount.value() == "1.005"


def test_the_ratio_needs_a_typed_rate_and_says_its_basis(desk: Window, store: Store, tigist: str, qtbot: QtBot) -> None:
    panel = shown(desk, tigist, qtbot)
    pay(panel, desk, qtbot, "F", "44000")
    click(panel.add_income)
    assert panel.form["amount"].value() == Money.of(1000, "SAR")
    click(panel.ok)
    settle(qtbot, desk)
    assert "no rate between ETB and SAR" in words(panel)
    click(panel.add_rate)
    assert (panel.form["one"].value(), panel.form["other"].value()) == ("SAR", "ETB")
    click(panel.ok)
    assert panel.form.trouble("number")
    typed(panel.form["number"].controls()[0], "38")
    typed(panel.form["source"].controls()[0], "bank board")
    click(panel.ok)
    settle(qtbot, desk)
    said = words(panel)
    assert "1.16 (wage of the contract)" in said and "1 SAR = 38 ETB, bank board" in said
    assert "used the other way round" in said and "ETB 44,000.00 too much" in said


@pytest.mark.long
def test_a_loan_shows_its_trigger_and_the_house_beside_it(desk: Window, tigist: str, qtbot: QtBot) -> None:
    panel = shown(desk, tigist, qtbot)
    click(panel.add_loan)
    typed(panel.form["principal"].controls()[0], "30000")
    panel.form["lender"].set_value("moneylender")
    panel.form["collateral"].set_value("house")
    typed(panel.form["interest"].controls()[0], "5")
    click(panel.ok)
    settle(qtbot, desk)
    said = words(panel)
    assert "Debt risk: high" in said and "The interest is too high" in said
    assert "What stands for it: house or its papers." in said and "may leave before it is repaid is not told" in said
    click(panel.add_loan)
    settle(qtbot, desk)
    pressed(panel, "Cancel")
    assert panel.form is None
    pressed(panel, "Take back: loan")
    settle(qtbot, desk)
    assert "No loan is written down" in words(panel)


@pytest.mark.long
def test_money_given_back_is_taken_off_and_a_mistake_is_taken_back(
    desk: Window, store: Store, tigist: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CostsPanel, "most_rows", 3)
    with store.change(by=store.officer, do="costs.pay") as session:
        day = desk.desk.today()
        for _number in range(3):
            costs.pay(session, client=tigist, on=day, by=OFFICER, code="TRV", amount=Money.of(1, "ETB"), receipt="no")
        costs.pay(session, client=tigist, on=day, by=OFFICER, code="FEE", amount=Money.of(100, "ETB"), paid_on=day)
    panel = shown(desk, tigist, qtbot)
    assert words(panel).count("TRV Travel and lodging: ETB") == 2 and "4 payments: ETB 103.00" in words(panel)
    pressed(panel, "Show all payments")
    settle(qtbot, desk)
    assert words(panel).count("TRV Travel and lodging: ETB") == 3
    pressed(panel, "Given back: FEE ETB 100.00")
    typed(panel.form["refunded"].controls()[0], "40")
    click(panel.ok)
    settle(qtbot, desk)
    assert "ETB 40.00 given back" in words(panel) and "4 payments: ETB 63.00" in words(panel)
    pressed(panel, "Take back: FEE ETB 100.00")
    settle(qtbot, desk)
    assert "3 payments: ETB 3.00" in words(panel)
