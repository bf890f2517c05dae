"""Sums, ratio, excess and debt risk, reckoned without a centre file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from mrc_app.casework import cost_answer
from mrc_app.casework.cost_debts import Debt, Thresholds, debt_risk, thresholds
from mrc_app.casework.cost_excess import Finding, compare
from mrc_app.casework.cost_rules import Earning, Line, Quote, as_money, rate_between, reckon, rounded
from mrc_app.casework.cost_words import Basis, Collateral, CostCode, Lender, Level, Trigger
from mrc_app.corridors import catalogue
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Confidence, Fact, Side, Source
from mrc_app.money import Money

DAY = date(2026, 11, 20)
BOARD = Quote("SAR", "ETB", Decimal(38), DAY, "bank board")


def paid(code: str, amount: Any, currency: str = "ETB", back: Any = 0, **more: Any) -> Line:
    return Line(CostCode(code), Money.of(amount, currency), Money.of(back, currency), **more)


def earns(amount: Any, currency: str = "SAR", basis: Basis = Basis.ACTUAL, **more: Any) -> Earning:
    return Earning(Money.of(amount, currency), basis, **more)


TIGIST = [
    paid("MED", 2500, receipt=True), paid("ADM", 5000, receipt=True),
    paid("FEE", 35000, paid_to="Ato Girma", receipt=False), paid("TRN", 1500, receipt=False),
]  # fmt: skip


def test_tigist_paid_1_16_months_of_the_contracts_wage() -> None:
    sums = reckon(TIGIST, earning=earns(1000, basis=Basis.CONTRACT), quotes=[BOARD])
    assert sums.by_currency == {"ETB": 44_000_00} and sums.no_receipt == {"ETB": 36_500_00}
    assert sums.ratio is not None and rounded(sums.ratio) == Decimal("1.16")
    assert sums.total == Fraction(44000, 38) and sums.basis is Basis.CONTRACT and sums.why is None
    assert [(used.inverse, used.quote.source) for used in sums.used] == [(True, "bank board")]
    assert sums.by_code[CostCode.FEE] == {"ETB": 35_000_00} and CostCode.ILL not in sums.by_code


def test_two_currencies_without_a_rate_give_no_total_and_never_half_a_sum() -> None:
    lines = [paid("FEE", 1000, "SAR"), paid("MED", 3800, "ETB"), paid("TRV", 10, "USD")]
    sums = reckon(lines, earning=earns(1000), quotes=[BOARD])
    assert (sums.total, sums.ratio, sums.without_rate) == (None, None, ("USD",))
    assert sums.why is not None and "USD" in sums.why.text()
    dollars = Quote("USD", "SAR", Decimal("3.75"), DAY, "bank board")
    whole = reckon(lines, earning=earns(1000), quotes=[BOARD, dollars])
    assert whole.total == 1000 + 100 + Fraction("37.5") and not whole.used[1].inverse


def test_nothing_paid_is_zero_and_no_earnings_is_no_ratio() -> None:
    assert reckon([], earning=earns(1000)).ratio == 0
    assert reckon([paid("FEE", 0)], earning=earns(1000)).ratio == 0
    back = reckon([paid("FEE", 500, "USD", back=500)], earning=earns(1000))
    assert (back.by_currency, back.ratio) == ({"USD": 0}, 0)
    nothing = reckon(TIGIST)
    assert (nothing.currency, nothing.total, nothing.ratio, nothing.basis) == ("ETB", 44000, None, Basis.ACTUAL)
    assert nothing.why is not None and "No earnings" in nothing.why.text()
    zero = reckon(TIGIST, earning=earns(0, "ETB"))
    assert zero.ratio is None and zero.why is not None and "zero" in zero.why.text()
    assert reckon([paid("FEE", 1, "SAR"), paid("FEE", 1, "USD")]).total is None


@pytest.mark.parametrize(
    ("amount", "back", "currency", "wage", "told"),
    [
        ("18.750", "0.125", "TND", "450.000", "0.04"),
        ("100.500", "0", "KWD", "80.400", "1.25"),
        ("1150000", "150000", "XOF", "200000", "5.00"),
        ("45000000", "0", "VND", "8000000", "5.63"),
        ("2.5", "0", "JOD", "100", "0.03"),
    ],
)
def test_three_decimals_and_none_are_reckoned_half_up(
    amount: str, back: str, currency: str, wage: str, told: str
) -> None:
    sums = reckon([paid("FEE", amount, currency, back)], earning=earns(wage, currency))
    assert sums.ratio is not None and str(rounded(sums.ratio)) == told


def test_an_exact_half_is_never_lost_on_the_way_through_a_rate() -> None:
    thirds = Quote("SAR", "TND", Decimal(3), DAY, "board")
    lines = [paid("FEE", 1, "TND"), paid("MED", 2, "TND"), paid("ADM", "0.375", "TND")]
    sums = reckon(lines, earning=earns(1), quotes=[thirds])
    assert sums.ratio is not None and rounded(sums.ratio) == Decimal("1.13")
    assert rounded(Fraction("-1.125")) == Decimal("-1.13") and as_money(Fraction("2.0005"), "TND").minor == 2001


def test_the_latest_rate_on_or_before_the_day_is_used() -> None:
    older = Quote("ETB", "SAR", Decimal("0.03"), date(2026, 1, 1), "old")
    later = Quote("SAR", "ETB", Decimal(40), date(2026, 12, 1), "later")
    again = replace(BOARD, number=Decimal(39), source="second look")
    quotes = [older, later, BOARD, again]
    chosen = [rate_between(quotes, "ETB", "SAR", on) for on in (None, DAY, date(2026, 2, 1), date(2025, 1, 1))]
    assert [used and (used.quote.source, used.inverse) for used in chosen] == [
        ("later", True), ("second look", True), ("old", False), None,
    ]  # fmt: skip


def test_what_was_paid_after_the_first_job_began_is_kept_apart() -> None:
    lines = [paid("FEE", 10, on=DAY), paid("TRV", 5, on=date(2027, 1, 2)), paid("ADM", 1)]
    sums = reckon(lines, first_job=date(2027, 1, 1))
    assert (sums.by_currency, sums.after_first_job) == ({"ETB": 1100}, {"ETB": 500})


# -- debts

LOAN = Debt(Money.of(30000, "ETB"), Lender.MONEYLENDER, Decimal(5), Collateral.HOUSE)
CALM = Debt(Money.of(1000, "SAR"), Lender.BANK, Decimal(3), Collateral.LAND, False, True)


def test_five_percent_a_month_is_high_and_the_house_stands_beside_it_as_a_fact() -> None:
    risk = debt_risk([LOAN], earning=earns(1000), quotes=[BOARD])
    assert (risk.level, risk.triggers) == (Level.HIGH, (Trigger.INTEREST,))
    facts = {fact.fact: fact for fact in risk.facts}
    assert facts["collateral"].value == "house" and facts["collateral"].trigger is None
    assert facts["interest_per_month"].said.text() == "Interest: 5 % a month, more than 3 %."
    assert facts["may_leave"].value is None and "not told" in facts["may_leave"].said.text()
    assert facts["debt_to_wage"].value == "0.79" and facts["months_to_repay"].value is None


@pytest.mark.parametrize(
    ("change", "trigger"),
    [
        ({"lender": Lender.EMPLOYER}, Trigger.LENDER),
        ({"lender": Lender.RECRUITER}, Trigger.LENDER),
        ({"lender": Lender.AGENCY}, Trigger.LENDER),
        ({"collateral": Collateral.DOCUMENTS}, Trigger.COLLATERAL),
        ({"collateral": Collateral.LABOUR}, Trigger.COLLATERAL),
        ({"may_leave": False}, Trigger.MAY_LEAVE),
        ({"interest": Decimal("3.01")}, Trigger.INTEREST),
        ({"principal": Money.of("12000.01", "SAR")}, Trigger.MONTHS),
    ],
)
def test_each_trigger_alone_makes_a_debt_high(change: dict[str, Any], trigger: Trigger) -> None:
    left = earns(1500, living=Money.of(300, "SAR"), remittance=Money.of(200, "SAR"))
    assert debt_risk([CALM], earning=left).level is Level.NOT_HIGH
    risk = debt_risk([replace(CALM, **change)], earning=left)
    assert (risk.level, risk.triggers) == (Level.HIGH, (trigger,))


def test_a_debt_that_is_taken_from_the_wage_is_said_without_being_a_trigger() -> None:
    risk = debt_risk([replace(CALM, taken_from_wage=True)])
    assert risk.level is Level.NOT_HIGH and "It is taken from the wage." in [f.said.text() for f in risk.facts]


def test_months_to_repay_are_told_as_far_as_they_are_known() -> None:
    def months(earning: Earning | None, owed: Debt = CALM) -> tuple[str | None, str, Trigger | None]:
        fact = debt_risk([owed], earning=earning).facts[-1]
        return fact.value, fact.said.text(), fact.trigger

    told = {"living": Money.of(300, "SAR"), "remittance": Money.of(200, "SAR")}
    assert months(earns(1500, **told)) == ("1.00", "1.00 months to repay it.", None)
    assert months(earns(500, **told)) == ("never", "Nothing of the earnings is left to repay it.", Trigger.MONTHS)
    assert months(earns(570, **told))[1] == "14.29 months to repay it, more than 12."
    assert months(None)[1].endswith("no earnings are known.") and months(earns(0))[0] is None
    assert "no rate between SAR and KWD" in months(earns(100, "KWD"))[1]
    at_least = months(earns(50))
    assert at_least[0] == "20.00" and at_least[1].startswith("At least 20.00") and at_least[2] is Trigger.MONTHS
    settled = replace(CALM, principal=Money(0, "SAR"))
    assert months(earns(500, **told), settled)[2] is None


def test_nothing_known_of_a_debt_is_unknown_and_not_low() -> None:
    assert debt_risk([]).level is Level.UNKNOWN and debt_risk([]).facts == ()
    bare = Debt(Money.of(10, "SAR"))
    assert debt_risk([bare]).level is Level.UNKNOWN
    whole = earns(100, living=Money(0, "SAR"), remittance=Money(0, "SAR"))
    assert debt_risk([bare], earning=whole).level is Level.NOT_HIGH


def test_the_centre_sets_the_thresholds_and_nonsense_counts_as_not_set() -> None:
    assert thresholds({}) == Thresholds()
    assert thresholds({"debt_months": 6, "debt_interest": "x"}) == Thresholds(months=Decimal(6))
    assert thresholds({"debt_months": "nan", "debt_interest": -1}) == Thresholds()
    strict = thresholds({"debt_interest": 1})
    assert debt_risk([CALM], limits=strict).triggers == (Trigger.INTEREST,)


# -- excess

RAMESH = {CostCode.FEE: {"NPR": 120_000_00}}


def test_ramesh_paid_too_much_by_each_sides_rule_side_by_side() -> None:
    found = compare(catalogue.corridor("NP-QA"), RAMESH, on=DAY)
    over = {one.fact.side: one for one in found if one.finding is Finding.OVER}
    assert over[Side.ORIGIN].amount == Money.of(110_000, "NPR")
    assert over[Side.ORIGIN].fact.confidence is Confidence.LOW
    assert over[Side.DESTINATION].amount == Money.of(120_000, "NPR")
    assert len(found) == 2 and len(over[Side.DESTINATION].also) == 1


def test_a_rule_on_ticket_visa_or_insurance_is_kept_apart_to_look_at() -> None:
    by_code = {CostCode.ADM: {"ETB": 500_000}, CostCode.TRV: {"ETB": 100}, CostCode.INS: {"ETB": 0}}
    found = compare(catalogue.corridor("ET-SA"), by_code, on=DAY, sector="domestic")
    assert {(one.finding, one.fact.side, one.codes[0]) for one in found} == {
        (Finding.AT_MOST, side, code)
        for side in (Side.ORIGIN, Side.DESTINATION)
        for code in (CostCode.ADM, CostCode.TRV)
    }
    assert all(one.why is not None and one.amount == one.paid for one in found)


def test_a_share_of_the_wage_needs_the_wage_in_the_same_money() -> None:
    fees = {CostCode.FEE: {"HKD": 600_00}, CostCode.ILL: {"HKD": 400_00}}
    hong_kong = catalogue.corridor("PH-HK")

    def there(earning: Earning | None) -> Any:
        return next(
            one for one in compare(hong_kong, fees, on=DAY, earning=earning) if one.fact.side is Side.DESTINATION
        )

    assert there(earns(5100, "HKD")).amount == Money.of(490, "HKD")
    assert there(earns(10000, "HKD")).finding is Finding.WITHIN
    assert there(None).finding is Finding.CANNOT_TELL and "HKD" in there(earns(1, "PHP")).why.text()
    month = compare(catalogue.corridor("ID-MY"), {CostCode.FEE: {"MYR": 200_000}}, on=DAY, earning=earns(1500, "MYR"))
    assert Money.of(500, "MYR") in [one.amount for one in month]


def invented(*facts: tuple[str, Any, str, str], **more: Any) -> Corridor:
    source = Source("s", "An invented paper", "", "law_text", "2026-11-01")
    made = tuple(
        Fact("XX-YY", key, "all", value, unit, Side.ORIGIN, Confidence.LOW, source, currency=currency, **more)
        for key, value, unit, currency in facts
    )
    return Corridor("XX-YY", "XX", "YY", known=True, facts=made)


@pytest.mark.parametrize(
    ("fact", "finding", "said"),
    [
        (("cost.recruitment_fee", "worker", "payer", ""), Finding.WITHIN, None),
        (("cost.recruitment_fee", "shared", "payer", ""), Finding.CANNOT_TELL, "shared"),
        (("cost.recruitment_fee", "no private agency", "rule", ""), Finding.CANNOT_TELL, "no private agency"),
        (("cost.worker_fee_max", 3, "goats", ""), Finding.CANNOT_TELL, "3 goats"),
        (("cost.worker_fee_max", 5, "money", "KWD"), Finding.CANNOT_TELL, "is in KWD"),
        (("cost.worker_fee_max", 0, "money", "KWD"), Finding.OVER, None),
    ],
)
def test_what_is_no_figure_or_other_money_is_said_and_not_converted(
    fact: tuple[str, Any, str, str], finding: Finding, said: str | None
) -> None:
    (one,) = compare(invented(fact), RAMESH, on=DAY)
    assert one.finding is finding
    assert (said is None and one.why is None) or (one.why is not None and said is not None and said in one.why.text())


def test_a_rule_that_does_not_hold_on_the_day_cannot_tell() -> None:
    old = invented(("cost.worker_fee_max", 5, "money", "NPR"), valid_to="2020")
    (one,) = compare(old, RAMESH, on=DAY)
    assert one.finding is Finding.CANNOT_TELL and one.why is not None and "until 2020" in one.why.text()


def test_every_corridor_can_be_compared_with_everything() -> None:
    by_code = {code: {"USD": 100, "ETB": 100} for code in CostCode}
    for corridor in catalogue.corridors():
        made = cost_answer.picture(
            [paid(code, 1, "USD") for code in CostCode], [LOAN], on=DAY, corridor=corridor, earning=earns(1000, "USD")
        )
        assert cost_answer.document(made)["by_currency"] == {"USD": 900}
        assert all(one.fact.corridor == corridor.id for one in compare(corridor, by_code, on=DAY))
