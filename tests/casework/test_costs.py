"""Costs on a real centre file: payments, refunds, loans, earnings, rates, what is reckoned and what is counted."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import cost_figures, costs, dossier
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.casework.cost_words import Basis, CostCode, Level
from mrc_app.casework.costs import Cost
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money
from tests.make import OFFICER, TODAY, make_client, make_journey


@pytest.fixture
def tigist(session: Session) -> Client:
    return make_client(session)


@pytest.fixture
def way(session: Session, tigist: Client) -> Journey:
    return make_journey(session, tigist, sector="domestic")


def pay(session: Session, client: Client, paid: Any = 100, currency: str = "ETB", **typed: Any) -> Cost:
    typed = {"code": "FEE", "amount": Money.of(paid, currency), **typed}
    return costs.pay(session, client=client.uuid, on=TODAY, by=OFFICER, **typed)


def rate(session: Session, **over: Any) -> Any:
    typed = {"one": "SAR", "other": "ETB", "number": "38", "read_on": TODAY, "source": "bank board", **over}
    return costs.type_rate(session, today=TODAY, by=OFFICER, **typed)


def earn(session: Session, client: Client, wage: Any = 1000, **typed: Any) -> Any:
    typed = {"amount": Money.of(wage, "SAR"), "basis": "contract", **typed}
    return costs.earn(session, client=client.uuid, on=TODAY, by=OFFICER, **typed)


def test_tigists_ledger_is_kept_and_reckoned(session: Session, tigist: Client, way: Journey) -> None:
    for code, amount, receipt in (("MED", 2500, "yes"), ("ADM", 5000, "yes"), ("FEE", 35000, "no"), ("TRN", 1500, "")):
        pay(session, tigist, amount, code=code, receipt=receipt, journey=way.uuid)
    costs.borrow(
        session, client=tigist.uuid, on=TODAY, by=OFFICER, principal=Money.of(30000, "ETB"),
        lender="moneylender", interest="5.0", collateral="house",
    )  # fmt: skip
    earn(session, tigist)
    rate(session)
    found = costs.reckoned(session, tigist.uuid, TODAY)
    assert found.sums.ratio == Fraction(44, 38) and found.sums.no_receipt == {"ETB": 36_500_00}
    assert found.debt.level is Level.HIGH and {one.fact.corridor for one in found.compared} == {"ET-SA"}
    kept = dossier.of(session, tigist.number, TODAY)
    assert [row["code"] for row in kept["costs"]] == ["MED", "ADM", "FEE", "TRN"]
    assert kept["cost_summary"]["ratio"] == "1.16" and kept["loans"][0]["interest"] == "5"
    assert kept["incomes"][0]["basis"] == "contract"


def test_a_client_without_costs_has_no_figure(session: Session, tigist: Client) -> None:
    found = costs.reckoned(session, tigist.uuid, TODAY)
    assert found.compared == () and found.sums.ratio is None
    kept = dossier.of(session, tigist.number, TODAY)
    assert kept["costs"] == [] and kept["cost_summary"] is None


def refused(action: Any) -> list[str]:
    """The fields an action names when it refuses."""
    with pytest.raises(Invalid) as said:
        action()
    return list(said.value.problems)


def test_a_payment_that_cannot_be_is_refused_at_its_field(session: Session, tigist: Client) -> None:
    wrong: list[tuple[str, Any, str]] = [
        ("amount", "", "amount"),
        ("amount", "much", "amount"),
        ("amount", Money(-1, "ETB"), "amount"),
        ("amount", Money(1, "ZZZ"), "amount"),
        ("refunded", Money(1, "SAR"), "refunded"),
        ("refunded", Money(100_01, "ETB"), "refunded"),
        ("code", "BRIBE", "code"),
        ("paid_on", "2027-01-01", "paid_on"),
        ("receipt", "perhaps", "receipt"),
        ("colour", "red", "colour"),
    ]
    for key, value, field in wrong:
        assert refused(partial(pay, session, tigist, **{key: value})) == [field]
    assert costs.of_client(session, tigist.uuid) == []


def test_a_loan_and_earnings_that_cannot_be_are_refused(session: Session, tigist: Client) -> None:
    borrow = partial(costs.borrow, session, client=tigist.uuid, on=TODAY, by=OFFICER)
    owed = Money(1, "ETB")
    assert refused(partial(borrow, principal="")) == ["principal"]
    assert refused(partial(borrow, principal=owed, interest="much")) == ["interest"]
    assert refused(partial(borrow, principal=owed, borrowed_on=date(2030, 1, 1))) == ["borrowed_on"]
    assert borrow(principal=owed, interest="").interest == ""
    assert refused(partial(earn, session, tigist, amount="")) == ["amount"]
    assert refused(partial(earn, session, tigist, living=owed)) == ["living"]
    assert refused(partial(earn, session, tigist, month=date(2030, 1, 1))) == ["month"]


def test_a_rate_needs_two_currencies_a_number_a_day_and_a_source(session: Session) -> None:
    wrong: list[tuple[str, Any]] = [
        ("one", "ZZZ"), ("other", "SAR"), ("number", "0"), ("number", "-3"), ("read_on", ""), ("read_on", "soon"),
        ("read_on", date(2030, 1, 1)), ("source", " "), ("source", "x" * 300),
    ]  # fmt: skip
    for field, value in wrong:
        assert refused(partial(rate, session, **{field: value})) == [field]
    assert costs.rates(session) == []


def test_money_given_back_is_taken_off_and_never_more_than_was_paid(session: Session, tigist: Client) -> None:
    cost = pay(session, tigist, paid_to="Himal Shine", paid_how="loan", receipt=Answer.NO)
    costs.refund(session, cost, amount=Money.of(40, "ETB"), on=TODAY, today=TODAY)
    assert costs.reckoned(session, tigist.uuid, TODAY).sums.by_currency == {"ETB": 60_00}
    for wrong in (Money.of(101, "ETB"), None, Money.of(1, "SAR")):
        assert refused(partial(costs.refund, session, cost, amount=wrong, on=TODAY, today=TODAY)) == ["refunded"]
    assert (cost.refunded_minor, cost.refunded_on) == (40_00, TODAY)


def test_a_row_typed_by_mistake_is_taken_back(session: Session, tigist: Client) -> None:
    cost = pay(session, tigist)
    assert costs.one_of(session, costs.of_client, tigist.uuid, cost.uuid) == cost
    costs.take_back(session, cost)
    assert costs.of_client(session, tigist.uuid) == []
    with pytest.raises(MrcError, match="not on this desk any more"):
        costs.one_of(session, costs.of_client, tigist.uuid, cost.uuid)


def test_actual_earnings_stand_before_the_contract_and_costs_of_another_journey_are_left_out(
    session: Session, tigist: Client, way: Journey
) -> None:
    earn(session, tigist, 800, basis=Basis.ACTUAL, first_job_on=date(2026, 11, 1), living=Money.of(300, "SAR"))
    earn(session, tigist, 1000)
    before = make_journey(session, tigist, destination="JO", on=date(2020, 1, 1))
    pay(session, tigist, 9999, journey=before.uuid)
    pay(session, tigist, 400, "SAR", journey=way.uuid, paid_on=date(2026, 10, 1))
    pay(session, tigist, 5, "SAR", paid_on=date(2026, 11, 2))
    sums = costs.reckoned(session, tigist.uuid, TODAY).sums
    assert (sums.ratio, sums.basis, sums.after_first_job) == (Fraction(1, 2), Basis.ACTUAL, {"SAR": 500})


def test_the_figures_have_a_row_for_each_worker_who_paid(session: Session, tigist: Client, way: Journey) -> None:
    pay(session, tigist, 38000)
    earn(session, tigist, month=date(2026, 11, 1))
    rate(session)
    almaz, sara = make_client(session, call_name="Almaz"), make_client(session, call_name="Sara")
    pay(session, almaz, 5, code=CostCode.MED)
    earn(session, sara)
    pay(session, sara, 0)
    make_client(session, call_name="Hawa")
    found = {one.client: one for one in cost_figures.ratios(session, TODAY)}
    assert set(found) == {tigist.uuid, almaz.uuid, sara.uuid}
    hers = found[tigist.uuid]
    assert (hers.ratio, hers.origin, hers.destination, hers.sector) == (Fraction(1), "ET", "SA", "domestic")
    assert (hers.on, hers.basis, hers.journey) == (date(2026, 11, 1), Basis.CONTRACT, way.uuid)
    assert (found[almaz.uuid].ratio, found[almaz.uuid].income, found[almaz.uuid].on) == (None, None, None)
    assert found[sara.uuid].ratio == 0 and found[sara.uuid].on == TODAY
    assert cost_figures.ratios(session, date(2026, 11, 1)) == []
    assert cost_figures.ratios(session, TODAY, since=TODAY + timedelta(days=1)) == []


def test_the_debt_risk_that_is_counted_knows_the_earnings(session: Session, tigist: Client) -> None:
    costs.borrow(session, client=tigist.uuid, on=TODAY, by=OFFICER, principal=Money(1_000_00, "ETB"), lender="bank")
    assert cost_figures.debt_levels(session, TODAY, TODAY) == {tigist.uuid: Level.NOT_HIGH}
    costs.earn(session, client=tigist.uuid, on=TODAY, by=OFFICER, basis="contract", amount=Money(50_00, "ETB"))
    assert cost_figures.debt_levels(session, TODAY, TODAY) == {tigist.uuid: Level.HIGH}
    assert cost_figures.debt_levels(session, TODAY + timedelta(days=9), TODAY + timedelta(days=1)) == {}
