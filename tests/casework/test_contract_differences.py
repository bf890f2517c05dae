"""Versions beside each other: what changed, what it costs, and when that cannot be told."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from mrc_app.casework import contract_differences, contract_terms
from mrc_app.casework.contract_differences import difference_row, differences, loss, side_by_side
from mrc_app.casework.contract_terms import Terms
from mrc_app.errors import Invalid
from mrc_app.money import Money

ADVERT = """
job = "mason"
isco = "7112"
wage = {amount = 1500, currency = "QAR", per = "month"}
food = {allowance = 300}
stage = "advert"
"""
LODGED = ADVERT.replace("advert", "lodged")
DOHA = """
job = "helper"
isco = "9313"
wage = {amount = 1000, currency = "QAR", per = "month"}
food = {provided = false}
stage = "signed_at_destination"
"""


def terms(text: str) -> Terms:
    return contract_terms.read(tomllib.loads(text, parse_float=Decimal))


def pay(amount: object, currency: str = "QAR", per: str = "month", more: str = "") -> Terms:
    return terms(f'wage = {{amount = {amount}, currency = "{currency}", per = "{per}"}}\n{more}')


def changed(before: str, after: str) -> dict[str, bool | None]:
    return {one.term: one.worse for one in differences(terms(before), terms(after))}


def test_rameshs_three_papers_side_by_side_and_what_he_lost() -> None:
    rows = {row.term: row for row in side_by_side([terms(ADVERT), terms(LODGED), terms(DOHA)])}
    assert rows["isco"].values == ("7112", "7112", "9313") and rows["isco"].differs
    assert rows["food.allowance"].values == (300, 300, None)
    assert rows["food.provided"].values == (None, None, False) and not rows["food.provided"].differs
    lost = loss(terms(ADVERT), terms(DOHA), 11)
    assert (lost.per_month, lost.total, lost.reason) == (Money(80000, "QAR"), Money(880000, "QAR"), None)
    found = {one.term: one for one in differences(terms(LODGED), terms(DOHA))}
    assert list(found) == ["job", "isco", "wage.amount", "food.allowance"]
    assert difference_row(found["wage.amount"]) == {
        "term": "wage.amount", "before": "1500", "after": "1000", "loss": "500", "currency": "QAR", "per": "month",
        "worse": True, "hint": "The wage is lower than in the version before.",
    }  # fmt: skip
    assert found["food.allowance"].loss == Money(30000, "QAR") and found["isco"].worse
    assert found["job"].worse is None and found["job"].loss is None


def test_a_term_that_nobody_looked_at_is_no_difference_and_a_dropped_one_is() -> None:
    assert changed("leave_days = 30", "") == {} and changed("", "leave_days = 30") == {}
    assert changed("leave_days = 30", 'leave_days = ""') == {"leave_days": True}
    assert changed('leave_days = ""', "leave_days = 30") == {"leave_days": None}
    assert changed('leave_days = ""', 'leave_days = ""') == {}
    assert changed("penalty_on_worker = true", 'penalty_on_worker = ""') == {"penalty_on_worker": False}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("rest = {days_per_week = 1}", 'rest = {days_per_week = "by agreement"}', {"rest.days_per_week": True}),
        ('rest = {days_per_week = "by agreement"}', "rest = {days_per_week = 1}", {"rest.days_per_week": False}),
        ("hours = {per_day = 8}", "hours = {per_day = 10}", {"hours.per_day": True}),
        ("movement = {free = true}", "movement = {free = false}", {"movement.free": True}),
        ("union_ban = true", "union_ban = false", {"union_ban": False}),
        ("food = {provided = true}", "food = {provided = false}", {"food.provided": True}),
        ('employer = "Al Bait"', 'employer = "Other Co"', {"employer": True}),
        ('employer = "Al Bait"', 'employer = "Al Bait Trading W.L.L."', {}),
        ('workplace = "Doha"', 'workplace = "Al Khor"', {"workplace": True}),
        ('workplace = "工地"', 'workplace = "工地"', {}),
        ('dispute = "Labour  Court"', 'dispute = "labour court"', {}),
        ('dispute = "court"', 'dispute = "employer decides"', {"dispute": None}),
        ("medical = true", 'medical = "employer"', {"medical": None}),
        ("duration_months = 24", "duration_months = 36", {"duration_months": None}),
        ("deductions = []", 'deductions = [{for = "food"}]', {"deductions": True}),
        ('deductions = [{for = "food"}]', "deductions = []", {"deductions": False}),
        ('deductions = [{for = "food"}]', 'deductions = [{for = "rent"}]', {"deductions": None}),
        ("signed = 2026-01-01", "signed = 2026-02-01", {}),
        ("agency = {valid_to = 2026-01-01}", "agency = {valid_to = 2027-01-01}", {"agency.valid_to": None}),
    ],
)
def test_a_change_is_worse_better_or_left_to_the_officer(
    before: str, after: str, expected: dict[str, bool | None]
) -> None:
    assert changed(before, after) == expected


def test_only_like_wages_are_subtracted() -> None:
    assert loss(pay(1500), terms("job = 'x'"), 1).reason is not None
    assert "currencies" in str(loss(pay(1500), pay(1000, "SAR"), 1).reason)
    assert "periods" in str(loss(pay(1500), pay(50, per="day"), 1).reason)
    daily = loss(pay(50, per="day"), pay(40, per="day"), 1)
    assert daily.total is None and "hours or days" in str(daily.reason)
    assert differences(pay(50, per="day"), pay(40, per="day"))[0].per == "day"
    assert [one.loss for one in differences(pay(1500), pay(1000, "SAR"))] == [None, None]


def test_a_loss_is_net_never_below_nothing_and_food_in_kind_is_not_priced() -> None:
    food, none = "food = {allowance = 300}", "food = {provided = false}"
    assert loss(pay(1500, more=food), pay(1700, more=none), 2).total == Money(20000, "QAR")
    assert loss(pay(1500), pay(1700), 2).total == Money(0, "QAR")
    assert loss(pay(1500, more=food), pay(1000), 2).reason is not None
    in_kind = loss(pay(1500, more=food), pay(1000, more="food = {provided = true}"), Decimal("1.5"))
    assert (in_kind.total, in_kind.reason) == (Money(75000, "QAR"), None)
    assert loss(pay(1500, more=food), pay(1500, more='food = {allowance = ""}'), 1).total == Money(30000, "QAR")
    assert loss(pay("18.750", "TND"), pay("17.5", "TND"), 3).total == Money(3750, "TND")
    for months in (-1, Decimal("NaN")):
        with pytest.raises(Invalid):
            loss(pay(1), pay(1), months)


def test_values_are_written_as_a_document_holds_them() -> None:
    row = difference_row(differences(terms("deductions = []"), terms('deductions = [{for = "food", amount = 5}]'))[0])
    assert row["after"] == [{"for": "food", "amount": "5"}] and row["before"] == []
    agency = difference_row(
        differences(terms("agency = {valid_to = 2026-01-01}"), terms("agency = {valid_to = 2027-01-01}"))[0]
    )
    assert agency["before"] == "2026-01-01"
    cents = difference_row(differences(pay("10.50", "EUR"), pay("10.25", "EUR"))[0])
    assert cents["loss"] == "0.25" and contract_differences.plain(None) is None
