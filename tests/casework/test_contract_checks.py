"""The twenty-eight points: each red by its own condition, each floor its own finding, and nothing guessed."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mrc_app.casework import contract_checks, contract_terms
from mrc_app.casework.contract_findings import Check, Finding, Shown, Suggestion, Verdict
from mrc_app.casework.contract_words import POINTS
from mrc_app.corridors import catalogue
from mrc_app.corridors.facts import Side
from mrc_app.errors import Invalid

TODAY = date(2026, 11, 21)
OK, WORSE, MISSING, UNCLEAR, CANNOT = (
    Verdict.OK, Verdict.WORSE, Verdict.MISSING, Verdict.UNCLEAR, Verdict.CANNOT_TELL,
)  # fmt: skip
TIGIST = """
job = "domestic worker"
employer = "Abu Salem household"
wage = {amount = 1000, currency = "SAR", per = "month"}
duration_months = 24
rest = {days_per_week = "by agreement"}
passport_kept_by = "employer keeps the passport for residence formalities"
insurance = {policy = ""}
repatriation = {paid_by = "employer", condition = "only after 24 months"}
"""
OFFER = """
wage = {amount = 1200, currency = "SAR", per = "month"}
rest = {days_per_week = 1}
"""
GOOD = """
job = "domestic worker"
isco = "9111"
employer = "Abu Salem household"
agency = {name = "Y", licence = "12", valid_to = 2027-01-01}
workplace = "Riyadh"
wage = {amount = 1000, currency = "SAR", per = "month", paid_on = "last day", slip = true}
food = {provided = true}
accommodation = "private room, lockable"
hours = {per_day = 8}
overtime_percent = 50
rest = {days_per_week = 1, may_be_worked = false}
leave_days = 30
duration_months = 24
probation_months = 2
notice_days = 30
penalty_on_worker = false
passport_kept_by = "worker"
insurance = {policy = "P-7", seen = true}
repatriation = {paid_by = "employer", condition = ""}
deductions = []
fees_paid_by = "employer"
medical = "employer"
sick_pay = "paid"
equipment_paid_by = "employer"
movement = {free = true, phone = true}
social_security = "yes"
union_ban = false
health_test_condition = false
copy_given = true
dispute = "labour court, Saudi law"
language_understood = true
signed = 2026-11-20
"""


def terms(text: str) -> contract_terms.Terms:
    return contract_terms.read(tomllib.loads(text, parse_float=Decimal))


def check(text: str, corridor: str = "ET-SA", against: str | None = None, **asked: Any) -> Check:
    before = None if against is None else terms(against)
    return contract_checks.check(
        terms(text), corridor=catalogue.corridor(corridor), against=before, **{"today": TODAY, **asked}
    )


def corridor_with(id: str, key: str, value: Any, unit: str, **said: Any) -> catalogue.Corridor:
    """A corridor whose file holds this one fact under the key."""
    known = catalogue.corridor(id)
    fact = replace(known.facts[0], key=key, value=value, unit=unit, **{"currency": "", "sector": "all", **said})
    return replace(known, facts=(*(one for one in known.facts if one.key != key), fact))


def point(found: Check, number: str, side: Side | None = None) -> list[Finding]:
    return [one for one in found.findings if one.check == number and side in (None, one.side)]


def wage(amount: object, currency: str, per: str = "month", basis: str = "") -> str:
    said = f', basis = "{basis}"' if basis else ""
    return f'wage = {{amount = {amount}, currency = "{currency}", per = "{per}"{said}}}\n'


def test_tigists_contract_has_five_red_items_and_the_legal_minimum_cannot_be_told() -> None:
    found = check(TIGIST, against=OFFER)
    assert [one.check for one in found.red] == ["9", "14", "15", "21", "25"]
    assert {one.verdict for one in point(found, "6")} == {CANNOT}
    agreed = point(found, "6", Side.AGREEMENT)[0]
    assert agreed.rule == Shown(amount=Decimal(1000), currency="SAR", unit="per month")
    row = agreed.row()
    assert row["rule"] == "SAR 1000 per month" and row["confidence"] == "low" and row["as_of"] is None
    assert "The source is weak. The source shows no date." in row["reason"]
    assert found.red[-1].row()["reason"] == (
        "The wage is below the version before: SAR 1200 per month then, SAR 1000 per month now."
    )
    assert next((one.term, one.before, one.after) for one in found.differences) == ("wage.amount", 1200, 1000)
    assert found.suggested is Suggestion.DO_NOT_SIGN and len(found.reasons) == 7
    assert [one.check for one in found.questions] == ["24", "1", "18", "14", "9", "8", "13"]


def test_every_point_answers_even_to_an_empty_paper_and_nothing_is_red() -> None:
    found = check("")
    assert list(dict.fromkeys(one.check for one in found.findings)) == list(POINTS)
    assert {one.verdict for one in found.findings} == {UNCLEAR, CANNOT}
    assert found.red == () and found.suggested is Suggestion.CORRECT
    assert {one["verdict"] for one in (finding.row() for finding in found.findings)} == {"unclear", "cannot_tell"}


def test_a_good_contract_passes_with_its_reasons_and_what_cannot_be_told() -> None:
    found = check(GOOD)
    assert {one.verdict for one in found.findings} == {OK, CANNOT}
    assert found.suggested is Suggestion.PASS and found.red == () and len(found.reasons) == 2
    assert [one.verdict for one in found.questions] == [UNCLEAR, OK, OK, OK, OK, UNCLEAR, OK]


RED: list[tuple[str, str, Verdict]] = [
    ('employer = ""', "1", MISSING),
    ('wage = ""', "6", MISSING),
    ('wage = {amount = 5, currency = ""}', "6", MISSING),
    ('rest = ""', "9", MISSING),
    ("rest = {days_per_week = 0}", "9", WORSE),
    ("rest = {days_per_week = 1, may_be_worked = true}", "9", WORSE),
    ("rest = {may_be_worked = true}", "9", WORSE),
    ('deductions = [{for = "recruitment fee", amount = 1, currency = "SAR"}]', "11", WORSE),
    ('deductions = [{for = "Food and lodging"}]', "11", WORSE),
    ('deductions = [{for = "broken plates"}]', "11", WORSE),
    ('passport_kept_by = "her employer"', "14", WORSE),
    ('passport_kept_by = "agency"', "14", WORSE),
    ('insurance = {policy = "none"}', "15", MISSING),
    ('insurance = ""', "15", MISSING),
    ("penalty_on_worker = true", "20", WORSE),
    ('penalty_on_worker = "SAR 2,000 if she leaves"', "20", WORSE),
    ("penalty_on_worker = 500", "20", WORSE),
    ('repatriation = {paid_by = "worker"}', "21", WORSE),
    ('repatriation = {paid_by = "employer and worker"}', "21", WORSE),
    ('repatriation = {paid_by = "agency"}', "21", WORSE),
    ('repatriation = {paid_by = "nobody"}', "21", WORSE),
    ('repatriation = {paid_by = ""}', "21", MISSING),
    ('repatriation = {condition = "after two years"}', "21", WORSE),
    ("union_ban = true", "27", WORSE),
    ("health_test_condition = true", "27", WORSE),
    ('fees_paid_by = "the worker"', "28", WORSE),
    ('fees_paid_by = "shared"', "28", WORSE),
]


@pytest.mark.parametrize(("text", "number", "verdict"), RED)
def test_a_red_condition_is_red_once(text: str, number: str, verdict: Verdict) -> None:
    found = check(text)
    assert [(one.check, one.verdict) for one in found.red] == [(number, verdict)]
    assert found.suggested is Suggestion.DO_NOT_SIGN


NOT_RED: list[tuple[str, str, Verdict]] = [
    ('agency = ""', "2", MISSING),
    ('agency = {licence = "1", valid_to = 2026-01-01}', "2", WORSE),
    ('wage = {amount = 5, currency = "SAR"}', "6", UNCLEAR),
    ('wage = {paid_on = "5", slip = false}', "7", WORSE),
    ("hours = {per_day = 11}", "8", WORSE),
    ('hours = {per_day = ""}', "8", MISSING),
    ('hours = ""', "8", MISSING),
    ("rest = {may_be_worked = false}", "9", UNCLEAR),
    ("leave_days = 0", "10", WORSE),
    ("leave_days = 20", "10", CANNOT),
    ('deductions = ""', "11", MISSING),
    ("food = {provided = false}", "12", MISSING),
    ("food = {allowance = 100}", "12", OK),
    ('food = ""', "12", MISSING),
    ("accommodation = false", "13", WORSE),
    ('accommodation = "dormitory"', "13", UNCLEAR),
    ('passport_kept_by = ""', "14", MISSING),
    ('passport_kept_by = "the state"', "14", UNCLEAR),
    ('passport_kept_by = "worker, employer has a copy"', "14", UNCLEAR),
    ('passport_kept_by = "not the employer"', "14", UNCLEAR),
    ('passport_kept_by = "herself"', "14", OK),
    ('passport_kept_by = "she"', "14", OK),
    ('insurance = {policy = "P-1", seen = false}', "15", UNCLEAR),
    ('medical = "worker"', "16", WORSE),
    ("medical = false", "16", WORSE),
    ('medical = "clinic card"', "16", OK),
    ("sick_pay = false", "16", WORSE),
    ('equipment_paid_by = "worker"', "17", WORSE),
    ('equipment_paid_by = "by custom"', "17", UNCLEAR),
    ("movement = {free = false, phone = true}", "18", WORSE),
    ("probation_months = 3", "19", CANNOT),
    ("probation_months = 4", "19", WORSE),
    ("probation_months = 2", "19", OK),
    ('penalty_on_worker = "none"', "20", OK),
    ("notice_days = 10", "20", CANNOT),
    ('repatriation = {paid_by = "employer", condition = "no condition"}', "21", OK),
    ('repatriation = {paid_by = "employer, at no cost to the worker"}', "21", UNCLEAR),
    ('repatriation = {paid_by = "by custom"}', "21", UNCLEAR),
    ("copy_given = false", "23", WORSE),
    ('language_understood = "Arabic and Amharic"', "23", OK),
    ('signed = ""', "24", MISSING),
    ("signed = false", "24", WORSE),
    ('social_security = "none"', "26", WORSE),
    ('union_ban = ""', "27", MISSING),
    ('fees_paid_by = "agency"', "28", UNCLEAR),
    ('fees_paid_by = "none"', "28", UNCLEAR),
]


@pytest.mark.parametrize(("text", "number", "verdict"), NOT_RED)
def test_other_points_are_said_and_not_red(text: str, number: str, verdict: Verdict) -> None:
    found = check(text)
    assert found.red == ()
    assert verdict in {one.verdict for one in point(found, number)}


FLOORS: list[tuple[str, str, dict[str, Any], Side, Verdict, str]] = [
    # Hong Kong: the day of signature
    (wage(5000, "HKD"), "PH-HK", {"signed": date(2025, 9, 29)}, Side.DESTINATION, OK, "HKD 4990 per month"),
    (wage(5000, "HKD"), "PH-HK", {"signed": date(2025, 9, 30)}, Side.DESTINATION, WORSE, "HKD 5100 per month"),
    (wage(5100, "HKD"), "PH-HK", {"signed": date(2025, 9, 30)}, Side.DESTINATION, OK, "HKD 5100 per month"),
    (wage(4880, "HKD"), "PH-HK", {"signed": date(2024, 9, 27)}, Side.DESTINATION, OK, "HKD 4870 per month"),
    (wage(9000, "HKD"), "PH-HK", {"signed": date(2020, 1, 1)}, Side.DESTINATION, CANNOT, "HKD 4520 per month"),
    (wage(9000, "HKD"), "PH-HK", {"signed": date(2015, 1, 1)}, Side.DESTINATION, CANNOT, "HKD 4520 per month"),
    (wage(9000, "HKD"), "PH-HK", {}, Side.DESTINATION, CANNOT, "HKD 5100 per month"),
    (wage(9000, "HKD"), "PH-HK", {"signed": date(2025, 9, 30)}, Side.ORIGIN, CANNOT, "USD 400 per month"),
    (wage(5100, "HKD") + 'signed = ""', "ID-HK", {}, Side.DESTINATION, OK, "HKD 5100 per month"),
    (wage(5000, "HKD") + "signed = 2025-09-29", "ID-HK", {}, Side.DESTINATION, OK, "HKD 4990 per month"),
    # Poland and South Africa: the day worked; gross; by the hour or by the month
    (wage(4700, "PLN", basis="gross"), "UA-PL", {"worked": date(2025, 12, 31)}, Side.DESTINATION, OK,
     "PLN 4666 per month, gross"),
    (wage(4700, "PLN", basis="gross"), "UA-PL", {"signed": date(2025, 12, 31)}, Side.DESTINATION, WORSE,
     "PLN 4806 per month, gross"),
    (wage("31.39", "PLN", "hour", "gross"), "UA-PL", {}, Side.DESTINATION, WORSE,
     "PLN 31.40 per hour, gross (civil-law contracts)"),
    (wage("31.4", "PLN", "hour", "net"), "UA-PL", {}, Side.DESTINATION, CANNOT,
     "PLN 31.40 per hour, gross (civil-law contracts)"),
    (wage(9000, "PLN"), "UA-PL", {}, Side.DESTINATION, CANNOT, "PLN 4806 per month, gross"),
    (wage(9000, "PLN", "week", "gross"), "UA-PL", {}, Side.DESTINATION, CANNOT, "PLN 4806 per month, gross"),
    (wage(28, "ZAR", "hour"), "ZW-ZA", {"worked": date(2025, 3, 1)}, Side.DESTINATION, WORSE, "ZAR 28.79 per hour"),
    (wage(28, "ZAR", "hour"), "ZW-ZA", {"worked": date(2025, 2, 1)}, Side.DESTINATION, CANNOT, "ZAR 27.58 per hour"),
    (wage(28, "ZAR", "hour"), "ZW-ZA", {"worked": date(2023, 2, 1)}, Side.DESTINATION, OK, "ZAR 23.19 per hour"),
    # agreements: another currency, another basis
    (wage(200, "JOD"), "ET-JO", {}, Side.AGREEMENT, CANNOT, "USD 275 per month, net"),
    (wage(900, "USD", basis="gross"), "ET-JO", {}, Side.AGREEMENT, CANNOT, "USD 275 per month, net"),
    (wage("274.99", "USD", basis="net"), "ET-JO", {}, Side.AGREEMENT, WORSE, "USD 275 per month, net"),
    (wage(275, "USD", basis="net"), "ET-JO", {}, Side.AGREEMENT, OK, "USD 275 per month, net"),
    (wage(900, "USD", basis="net"), "ET-JO", {}, Side.ORIGIN, CANNOT,
     "highest of: receiving-country minimum, bilateral-agreement minimum, ratified international agreements"),
    # which day counts is not known: the same answer on both days, or none
    (wage(450, "USD"), "PH-SA", {"signed": date(2025, 5, 1)}, Side.ORIGIN, CANNOT, "USD 400 per month"),
    (wage(350, "USD"), "PH-SA", {"signed": date(2025, 5, 1)}, Side.ORIGIN, WORSE, "USD 400 per month"),
    (wage(1500, "SAR"), "PH-SA", {}, Side.AGREEMENT, CANNOT, "SAR 1500 per month"),
    (wage(1500, "SAR"), "PH-SA", {"sector": "residential_support"}, Side.AGREEMENT, OK, "SAR 1500 per month"),
    (wage(1700, "MYR"), "NP-MY", {"signed": date(2024, 12, 1)}, Side.DESTINATION, CANNOT, "MYR 1500 per month"),
    # another sector's minimum, provinces, words, old figures
    (wage(1700, "MYR"), "ID-MY", {}, Side.DESTINATION, CANNOT, "MYR 1700 per month"),
    (wage(1500, "MYR"), "ID-MY", {}, Side.AGREEMENT, OK, "MYR 1500 per month"),
    (wage(1400, "MYR"), "ID-MY", {"sector": "manufacturing"}, Side.DESTINATION, WORSE, "MYR 1700 per month"),
    (wage(336, "THB", "day"), "KH-TH", {}, Side.DESTINATION, WORSE, "THB 337 per day"),
    (wage(340, "THB", "day"), "KH-TH", {}, Side.DESTINATION, CANNOT, "THB 337 per day"),
    (wage(400, "THB", "day"), "KH-TH", {}, Side.DESTINATION, OK, "THB 337 per day"),
    (wage(999, "LBP"), "ET-LB", {}, Side.DESTINATION, CANNOT, "not applicable to domestic workers"),
    (wage(800, "SAR"), "BD-SA", {}, Side.AGREEMENT, CANNOT, "SAR 800 per month"),
    ("wage = {amount = 800}", "BD-SA", {}, Side.AGREEMENT, CANNOT, "SAR 800 per month"),
    ("wage = {amount = 800}", "NP-QA", {}, Side.DESTINATION, CANNOT, "QAR 1000 per month"),
    (wage(999, "QAR"), "NP-QA", {"sector": "construction"}, Side.DESTINATION, WORSE, "QAR 1000 per month"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "corridor", "asked", "side", "verdict", "rule"), FLOORS)
def test_a_floor_is_held_against_the_wage_only_in_its_own_currency_unit_basis_and_time(
    text: str, corridor: str, asked: dict[str, Any], side: Side, verdict: Verdict, rule: str
) -> None:
    found = point(check(text, corridor, **asked), "6", side)
    assert len(found) == 1, "one finding per side"
    assert (found[0].verdict, str(found[0].rule)) == (verdict, rule)
    assert found[0].red is (verdict is WORSE)
    assert found[0].source is not None and found[0].confidence is not None


def test_without_any_floor_nothing_is_said_to_be_in_order() -> None:
    assert [one.verdict for one in point(check(wage(340, "EUR"), "KE-DE"), "6")] == [CANNOT]


def test_a_figure_that_may_be_overtaken_says_so() -> None:
    old = point(check(wage(1000, "QAR"), "NP-QA"), "6")[0]
    assert old.verdict is OK and "a later one may be in force" in old.row()["reason"]


def test_food_is_held_against_the_allowance_of_the_day_of_signature() -> None:
    rent = wage(5100, "HKD") + "food = {provided = false, allowance = %s}\n"
    asked = {"corridor": "PH-HK", "signed": date(2026, 1, 5)}
    for allowance, verdict in (("1236", OK), ("1200", WORSE)):
        found = point(check(rent % allowance, **asked), "12")
        assert [(one.verdict, str(one.rule), one.red) for one in found] == [(verdict, "HKD 1236 per month", False)]
    earlier = point(check(rent % 1200, corridor="PH-HK", signed=date(2023, 1, 5)), "12")
    assert [(one.verdict, str(one.rule)) for one in earlier] == [(OK, "HKD 1196 per month")]
    assert [one.verdict for one in point(check(rent % 1236, corridor="PH-HK"), "12")] == [CANNOT]
    assert point(check("food = {provided = false}", "NP-QA"), "12")[0].verdict is CANNOT
    assert point(check(wage(1000, "QAR") + "food = {provided = false}", "NP-QA"), "12")[0].verdict is WORSE
    assert point(check(rent % 5, corridor="PH-HK", signed=date(2019, 1, 5)), "12")[0].verdict is CANNOT


def test_a_ceiling_for_deductions_binds_in_hong_kong() -> None:
    paid = wage(5100, "HKD")
    over = check(paid + 'deductions = [{for = "damage to a vase", amount = 301}]', "PH-HK").red
    assert [(one.check, str(one.rule)) for one in over] == [("11", "HKD 300 per case")]
    shares = check(paid + 'deductions = [{for = "lost keys", amount = 1276, currency = "HKD"}]', "PH-HK").red
    assert [(one.check, str(one.rule)) for one in shares] == [("11", "25 percent")]
    fine = check(paid + 'deductions = [{for = "damage", amount = 300}, {for = "tax"}]', "PH-HK")
    assert fine.red == () and point(fine, "11")[0].verdict is UNCLEAR
    assert point(check('deductions = [{for = "pension"}]', "PH-HK"), "11")[0].verdict is OK
    assert point(check('deductions = [{for = "vase"}]', "NP-QA"), "11")[0].verdict is UNCLEAR
    assert check('deductions = [{amount = 9, currency = "USD"}]', "PH-HK").red == ()


LIMITS: list[tuple[str, str, str, list[Verdict]]] = [
    ("hours = {per_day = 13}", "ET-AE", "8", [WORSE, UNCLEAR]),
    ("hours = {per_day = 12}", "ET-AE", "8", [OK, UNCLEAR]),
    ("hours = {per_week = 48}\novertime_percent = 50", "UA-PL", "8", [WORSE, OK]),
    ("hours = {per_week = 61, per_day = 10}", "ET-LB", "8", [OK, WORSE, UNCLEAR]),
    ("rest = {days_per_week = 1, may_be_worked = false}", "UA-PL", "9", [CANNOT, OK]),
    ("rest = {days_per_week = 2, may_be_worked = false}", "UA-PL", "9", [OK, OK]),
    ("rest = {days_per_week = 0.5, may_be_worked = false}", "UA-PL", "9", [WORSE, OK]),
    ("leave_days = 20", "UA-PL", "10", [OK]),
    ("leave_days = 19", "UA-PL", "10", [WORSE]),
    ("leave_days = 21", "ZW-ZA", "10", [OK]),
    ("leave_days = 14", "ZW-ZA", "10", [WORSE]),
    ("leave_days = 18", "ZW-ZA", "10", [CANNOT]),
    ("duration_months = 24", "PH-HK", "5", [OK]),
    ("duration_months = 36", "PH-HK", "5", [UNCLEAR]),
    ("duration_months = 10", "TV-NZ", "5", [WORSE]),
    ("duration_months = 9", "TV-NZ", "5", [OK]),
    ("duration_months = 9", "NP-QA", "5", [OK]),
    ("notice_days = 28", "ID-MY", "20", [CANNOT, UNCLEAR]),
    ("notice_days = 27", "NP-MY", "20", [WORSE, UNCLEAR]),
    ("notice_days = 30", "PH-HK", "20", [CANNOT, UNCLEAR]),
    ("notice_days = 31", "PH-HK", "20", [OK, UNCLEAR]),
    ('wage = {paid_on = "10", slip = true}', "NP-MY", "7", [WORSE, OK]),
    ('wage = {paid_on = "7", slip = true}', "NP-MY", "7", [OK, OK]),
    ('wage = {paid_on = "in time", slip = true}', "NP-MY", "7", [CANNOT, OK]),
    ('wage = {paid_on = "5", slip = true}', "ET-JO", "7", [CANNOT, OK, CANNOT]),
    ('repatriation = {paid_by = "employer and worker"}', "NP-SA", "21", [WORSE]),
    ('medical = "worker"', "PH-HK", "16", [WORSE, UNCLEAR]),
]


@pytest.mark.parametrize(("text", "corridor", "number", "verdicts"), LIMITS)
def test_a_number_is_held_against_each_sides_limit(
    text: str, corridor: str, number: str, verdicts: list[Verdict]
) -> None:
    assert [one.verdict for one in point(check(text, corridor), number)] == verdicts


def test_half_a_ticket_is_as_the_rule_says_where_the_rule_shares_it() -> None:
    shared = check('repatriation = {paid_by = "shared"}', "TV-NZ")
    assert [(one.verdict, one.red) for one in point(shared, "21")] == [(OK, False)]
    assert [one.red for one in point(check('repatriation = {paid_by = "worker"}', "TV-NZ"), "21")] == [True]


def test_another_job_than_before_is_red_by_its_code_and_asked_by_its_words() -> None:
    changed = check('job = "helper"\nisco = 9313', "NP-QA", 'job = "mason"\nisco = "7112"')
    assert [one.check for one in changed.red] == ["3", "25"]
    assert point(changed, "25")[0].term == "isco"
    worded = check('job = "helper"', "NP-QA", 'job = "mason"')
    assert worded.red == () and [one.verdict for one in point(worded, "3")] == [UNCLEAR, UNCLEAR]
    assert point(worded, "25")[0].verdict is UNCLEAR
    same = check('job = "The Mason"\nisco = 7112', "NP-QA", 'isco = "7112"')
    assert [one.verdict for one in (*point(same, "3"), *point(same, "25"))] == [OK, OK, OK]
    dropped = check('leave_days = ""', "NP-QA", "leave_days = 30")
    assert [(one.check, one.term, str(one.rule), str(one.contract)) for one in dropped.red] == [
        ("25", "leave_days", "30", "")
    ]
    better = check(wage(2000, "QAR"), "NP-QA", wage(1500, "QAR"))
    assert point(better, "25")[0].verdict is OK and len(better.differences) == 1


def test_a_sector_that_does_not_exist_is_refused_and_others_have_their_questions() -> None:
    with pytest.raises(Invalid) as refused:
        check("", sector="masonry")
    assert set(refused.value.problems) == {"sector"}
    fishing = check('repatriation = {paid_by = "worker"}', "KH-TH", sector="fishing").questions
    assert [(one.check, one.verdict) for one in fishing] == [
        ("6", UNCLEAR), ("7", UNCLEAR), ("8", UNCLEAR), ("21", WORSE), ("23", UNCLEAR),
    ]  # fmt: skip
    building = check('equipment_paid_by = "worker"', "NP-QA", sector="construction").questions
    assert [one.verdict for one in building] == [UNCLEAR, WORSE, UNCLEAR, UNCLEAR]
    assert all(one.row()["mark"] == "reported, not checked" for one in (*fishing, *building))
    assert check("", "NP-QA").questions == ()


def test_the_questions_of_domestic_work_are_answered_by_the_terms_where_they_can() -> None:
    asked = check('employer = ""\naccommodation = false\nmovement = {free = false}\npassport_kept_by = "employer"')
    said = {one.id: one.verdict for one in asked.questions}
    assert said["D2"] is MISSING and said["D3"] is WORSE and said["D4"] is WORSE and said["D7"] is WORSE
    assert {one.id: one.row()["mark"] for one in asked.questions}["D1"] == "read"
    assert check("rest = {days_per_week = 0}").questions[4].verdict is WORSE


def test_what_is_shown_is_written_plainly() -> None:
    assert str(Shown(amount=Decimal("31.4"), currency="PLN", unit="per hour")) == "PLN 31.40 per hour"
    assert str(Shown(amount=Decimal("10.5"), unit="hours per day")) == "10.5 hours per day"
    assert Shown(words="yes").said(lambda word: f"<{word}>") == "<yes>" and Shown().figure == ""


@pytest.mark.parametrize(
    ("text", "number", "key", "value", "unit", "verdict"),
    [
        ("hours = {per_day = 8}", "8", "hours.daily_max", "eight", "rule", CANNOT),
        ("leave_days = 0", "10", "leave.annual", True, "bool", CANNOT),
        ("duration_months = 24", "5", "contract.duration", "two years", "rule", CANNOT),
        ("duration_months = 24", "5", "contract.duration", 2, "years", CANNOT),
        ("duration_months = 24", "5", "contract.duration", 12, "months if the contract sets none", OK),
        ('passport_kept_by = "worker"', "14", "passport.retention_ban", False, "bool", OK),
        (wage(9, "SAR"), "6", "wage.minimum", 9, "per shift", CANNOT),
        (wage(9, "SAR", "day"), "6", "wage.minimum", 9, "per day", OK),
        (wage(9, "SAR") + "food = {allowance = 9}", "12", "wage.food_allowance", "enough", "rule", CANNOT),
    ],
)
def test_a_rule_in_words_or_in_a_unit_nobody_knows_is_never_in_order_by_itself(
    text: str, number: str, key: str, value: Any, unit: str, verdict: Verdict
) -> None:
    money = {"currency": "SAR"} if unit.startswith("per ") else {}
    made = corridor_with("ET-SA", key, value, unit, valid_from="2026-01-01", side=Side.DESTINATION, **money)
    found = contract_checks.check(terms(text), corridor=made, today=TODAY)
    assert point(found, number, Side.DESTINATION)[0].verdict is verdict


def test_a_rule_to_come_or_over_cannot_tell() -> None:
    for said in ({"valid_from": "2027-01"}, {"valid_to": "2025-12"}, {"superseded": True}):
        made = corridor_with("ET-SA", "leave.annual", 10, "days per year", side=Side.DESTINATION, **said)
        found = contract_checks.check(terms("leave_days = 30"), corridor=made, today=TODAY)
        assert [one.verdict for one in point(found, "10")] == [CANNOT]
        found = contract_checks.check(terms('passport_kept_by = "worker"'), corridor=made, today=TODAY)
        made = corridor_with("ET-SA", "contract.duration", 24, "months", side=Side.DESTINATION, **said)
        found = contract_checks.check(terms("duration_months = 24"), corridor=made, today=TODAY)
        assert [one.verdict for one in point(found, "5")] == [CANNOT]
        made = corridor_with("ET-SA", "passport.retention_ban", True, "bool", side=Side.DESTINATION, **said)
        found = contract_checks.check(terms('passport_kept_by = "worker"'), corridor=made, today=TODAY)
        assert [one.verdict for one in point(found, "14")] == [OK, CANNOT]


def test_the_day_that_counts_is_the_latest_known_step_of_a_series_with_gaps() -> None:
    made = corridor_with("ET-SA", "wage.minimum", 900, "per month", currency="SAR", valid_from="2030-01-01")
    later = replace(made.facts[-1], value=950, valid_from="2031-01-01")
    made = replace(made, facts=(*made.facts, later))
    found = contract_checks.check(terms(wage(1000, "SAR")), corridor=made, today=TODAY)
    assert [str(one.rule) for one in point(found, "6") if one.fact and one.fact.key == "wage.minimum"] == [
        "SAR 900 per month"
    ]
