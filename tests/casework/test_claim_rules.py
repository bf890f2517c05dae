"""Money of a case, reckoned: month tables, four kinds of money, shares to the last minor unit, percentages."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from mrc_app.casework import claim_months as months
from mrc_app.casework import claim_rules as rules
from mrc_app.casework.claim_rules import Form, Four, Kind, Said, four, percent, shared, shares, together
from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money

MARCH = date(2025, 3, 15)
USD_200 = Money.of(200, "USD")


def test_fourteen_months_at_200_with_six_paid_leave_1600() -> None:
    rows = months.paid_in_full(months.whole_months(MARCH, 14, USD_200), 6)
    assert [money.amount for money in months.totals(rows)] == [2800, 1200, 1600]
    assert (rows[0].last, rows[1].first, rows[-1].last) == (date(2025, 4, 14), date(2025, 4, 15), date(2026, 5, 14))


def test_twenty_four_days_at_three_decimals() -> None:
    row = months.worked_days(date(2026, 9, 1), date(2026, 9, 30), 24, Money.of("18.750", "TND"))
    [paid] = months.paid_altogether([row], Money.of("120.500", "TND"))
    assert [str(part.amount) for part in months.totals([paid])] == ["450.000", "120.500", "329.500"]
    for days in (0, 31):
        with pytest.raises(Invalid, match="days"):
            months.worked_days(date(2026, 9, 1), date(2026, 9, 30), days, USD_200)
    with pytest.raises(Invalid, match="before it begins"):
        months.worked_days(date(2026, 9, 2), date(2026, 9, 1), 1, USD_200)


def test_days_left_over_are_counted_only_when_she_says_so() -> None:
    table = months.between(MARCH, date(2025, 6, 20), USD_200)
    assert (len(table.rows), table.left_over) == (3, 6)
    short = months.between(MARCH, date(2025, 3, 20), USD_200)
    assert (short.rows, short.left_over) == ((), 6)
    by_days = months.between(MARCH, date(2025, 6, 20), USD_200, by_days=True).rows
    assert [(row.days, str(row.due.amount)) for row in by_days] == [
        (17, "109.68"), (None, "200.00"), (None, "200.00"), (20, "133.33"),
    ]  # fmt: skip
    of_26 = months.between(date(2025, 3, 2), date(2025, 3, 30), USD_200, by_days=True, divisor=26).rows
    assert of_26[0].due == USD_200
    with pytest.raises(Invalid, match="before it begins"):
        months.between(MARCH, date(2025, 3, 14), USD_200)


def test_work_begun_on_the_31st_has_a_row_for_every_month() -> None:
    rows = months.whole_months(date(2026, 1, 31), 3, USD_200)
    assert [(row.first, row.last) for row in rows] == [
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2026, 2, 28), date(2026, 3, 30)),
        (date(2026, 3, 31), date(2026, 4, 29)),
    ]


def test_a_table_refuses_no_rows_too_many_and_two_currencies() -> None:
    for number in (0, 601):
        with pytest.raises(Invalid):
            months.whole_months(MARCH, number, USD_200)
    with pytest.raises(Invalid, match="nothing in the table"):
        months.totals([])
    rows = [*months.whole_months(MARCH, 1, USD_200), *months.whole_months(MARCH, 1, Money.of(1, "XOF"))]
    with pytest.raises(Invalid, match="one currency"):
        months.totals(rows)


def test_one_sum_paid_is_laid_on_the_oldest_months_first() -> None:
    rows = months.whole_months(MARCH, 3, USD_200)
    laid = months.paid_altogether(rows, Money.of(500, "USD"))
    assert [int(row.paid.amount) for row in laid] == [200, 200, 100]
    assert [int(row.owed.amount) for row in laid] == [0, 0, 100]
    over = months.paid_altogether(rows, Money.of(700, "USD"))
    assert [int(row.paid.amount) for row in over] == [200, 200, 300]
    assert months.paid_altogether([], USD_200) == ()
    by_row = months.paid_by_row(rows, {1: Money.of(50, "USD")})
    assert [int(row.paid.amount) for row in by_row] == [0, 50, 0]


def test_hong_kong_percentages_are_those_of_the_story() -> None:
    claim = Money.of(14564, "HKD").minor
    assert percent(Money.of(7400, "HKD").minor, claim) == 51
    assert percent(Money.of(5825, "HKD").minor, claim) == 40
    assert (percent(1, 200), percent(0, 200), percent(None, 200), percent(5, 0), percent(5, None)) == (
        1,
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (2, [1, 1, 1], [1, 1, 0]),
        (1000, [5, 3, 2], [500, 300, 200]),
        (7, [0, 3, 4], [0, 3, 4]),
        (0, [1, 2], [0, 0]),
        (10, [1], [10]),
    ],
)
def test_a_sum_is_shared_to_the_last_minor_unit(total: int, weights: list[int], parts: list[int]) -> None:
    assert shares(total, weights) == parts


def test_shares_add_up_for_fifty_and_do_not_hang_on_the_order() -> None:
    weights = [1000 + 37 * place for place in range(50)]
    for total in (1, 49, 99_999, 1_000_003):
        parts = shares(total, weights)
        assert sum(parts) == total
        assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))
    for order in permutations((7, 11, 13)):
        assert dict(zip(order, shares(100, list(order)), strict=True)) == {7: 23, 11: 35, 13: 42}


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [-1, 2]), (1, [0, 0]), (1, [])])
def test_a_sum_that_cannot_be_shared_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(Invalid):
        shares(total, weights)


@pytest.mark.parametrize(("currency", "total"), [("XOF", "100001"), ("KWD", "1000.001"), ("TND", "505.626")])
def test_sums_are_shared_with_the_currencys_own_decimals(currency: str, total: str) -> None:
    claimed = {name: Money.of(amount, currency) for name, amount in (("a", 300), ("b", 500), ("c", 211))}
    parts = shared(Money.of(total, currency), claimed)
    assert sum(part.minor for part in parts.values()) == Money.of(total, currency).minor
    with pytest.raises(Invalid, match="USD"):
        shared(Money.of(total, currency), {**claimed, "d": USD_200})


def said(form: Form, amount: int, day: int, currency: str = "HKD") -> Said:
    return Said(form, Money.of(amount, currency), date(2026, 11, day))


def test_no_offer_is_not_an_offer_of_nothing() -> None:
    claim = said(Form.CLAIM, 100, 1)
    assert four("HKD", [claim]).money(Kind.OFFERED) is None
    assert four("HKD", [claim, said(Form.OFFER, 0, 2)]).money(Kind.OFFERED) == Money(0, "HKD")
    assert four("HKD", [claim, said(Form.OFFER, 0, 2)]).percent(Kind.OFFERED) == 0


def test_offers_replace_one_another_and_payments_add_up() -> None:
    found = four(
        "HKD",
        [said(Form.OFFER, 70, 5), said(Form.CLAIM, 100, 1), said(Form.OFFER, 50, 3), said(Form.SETTLEMENT, 80, 6),
         said(Form.PAYMENT, 30, 7), said(Form.PAYMENT, 20, 8)],
    )  # fmt: skip
    assert [found.money(kind) for kind in Kind] == [Money.of(n, "HKD") for n in (100, 70, 80, 50)]
    assert found.open == Money.of(30, "HKD")
    assert four("HKD", [said(Form.CLAIM, 100, 1)]).open == Money.of(100, "HKD")
    assert found.percent(Kind.PAID, Kind.AWARDED) == 63
    with pytest.raises(Invalid, match="HKD"):
        four("HKD", [said(Form.CLAIM, 1, 1, "USD")])


def test_currencies_are_never_added_together() -> None:
    sums = together([Four("HKD", 100, 40), Four("HKD", 100), Four("QAR", 7, paid=0)])
    assert sums == {"HKD": Four("HKD", 200, 40), "QAR": Four("QAR", 7, paid=0)}
    with pytest.raises(MrcError):
        _ = Money(1, "HKD") + Money(1, "QAR")


def test_the_five_of_sfax_are_owed_1011_and_a_quarter() -> None:
    owed = [Money.of(text, "TND").minor for text in ("329.500", "210.000", "96.250", "300.000", "75.500")]
    total = together(Four("TND", minor) for minor in owed)["TND"].money(Kind.CLAIMED)
    assert total == Money.of("1011.250", "TND")


def test_every_form_belongs_to_one_of_the_four() -> None:
    assert set(rules.KIND) == set(Form)
    assert set(rules.KIND.values()) == set(Kind)
