"""The terms of a contract: every key, and everything that is refused by name."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrc_app.casework import contract_terms
from mrc_app.casework.contract_terms import KEYS, Deduction
from mrc_app.errors import Invalid
from mrc_app.money import Money

FULL: dict[str, Any] = {
    "job": "mason", "isco": 7112, "employer": "Al Bait", "workplace": "Doha",
    "agency": {"name": "Himal Shine", "licence": "12/34", "valid_to": date(2027, 1, 1)},
    "wage": {
        "amount": Decimal("1500.5"), "currency": "qar", "per": "month", "basis": "gross", "paid_on": 5, "slip": True,
    },
    "food": {"provided": False, "allowance": 300}, "accommodation": "shared room",
    "hours": {"per_day": 8, "per_week": 48.5}, "overtime_percent": "25",
    "rest": {"days_per_week": "By agreement", "may_be_worked": False}, "leave_days": 21, "duration_months": 24,
    "probation_months": 3, "notice_days": 30, "penalty_on_worker": 500, "passport_kept_by": "worker",
    "insurance": {"policy": "P-1", "seen": True}, "repatriation": {"paid_by": "employer", "condition": ""},
    "deductions": [{"for": "tax", "amount": 10, "currency": "QAR"}, {"for": "union"}, {"amount": ""}],
    "fees_paid_by": "employer", "medical": True, "sick_pay": "half", "equipment_paid_by": "employer",
    "movement": {"free": True, "phone": True}, "social_security": "none", "union_ban": False,
    "health_test_condition": False, "copy_given": True, "dispute": "labour court", "language_understood": "Arabic",
    "signed": "2026-11-20", "stage": "signed",
}  # fmt: skip


def wrong(document: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        contract_terms.read(document)
    for key, problem in refused.value.problems.items():
        assert key in problem.text()
    return set(refused.value.problems)


def test_every_key_is_read_and_reads_back_from_its_canonical_document() -> None:
    terms = contract_terms.read(FULL)
    document = terms.document()
    assert contract_terms.read(json.loads(json.dumps(document))) == terms
    assert document["wage"]["amount"] == "1500.5" and document["wage"]["currency"] == "QAR"
    assert document["deductions"][0] == {"for": "tax", "amount": "10", "currency": "QAR"}
    assert terms.wage == Money(150050, "QAR") and terms.food_allowance == Money(30000, "QAR")
    assert terms.signed == date(2026, 11, 20) and terms.said("rest.days_per_week") == "by_agreement"
    assert terms.deductions == (Deduction("tax", Decimal(10), "QAR"), Deduction("union"), Deduction())
    assert set(FULL) == {key for key in KEYS if "." not in key}


def test_an_absent_key_is_not_an_empty_one() -> None:
    terms = contract_terms.read({"rest": "", "wage": {"amount": ""}, "deductions": "", "leave_days": " ", "signed": ""})
    assert terms.is_silent("rest.days_per_week") and terms.is_silent("wage.amount") and terms.is_silent("signed")
    assert terms.is_absent("wage.currency") and terms.is_absent("job") and not terms.is_absent("rest")
    assert terms.said("leave_days") is None and terms.wage is None and terms.deductions is None
    assert terms.number("leave_days") is None and terms.yes("rest.may_be_worked") is None and terms.text("job") == ""
    assert contract_terms.read(terms.document()) == terms
    assert contract_terms.read({"food": {"provided": ""}}).is_silent("food.provided")
    assert contract_terms.read({"signed": datetime(2026, 1, 2, 3, 4)}).signed == date(2026, 1, 2)
    assert contract_terms.read({"signed": True}).yes("signed") is True


@pytest.mark.parametrize(
    ("document", "keys"),
    [
        ({"wage": {"amuont": 1}, "self": 2, 5: 3}, {"wage.amuont", "self", "5"}),
        ({"wage": {"amount": -1, "currency": "XXZ", "per": "year", "basis": "clean"}},
         {"wage.amount", "wage.currency", "wage.per", "wage.basis"}),
        ({"wage": {"amount": Decimal("NaN")}}, {"wage.amount"}),
        ({"wage": {"amount": Decimal("Infinity")}}, {"wage.amount"}),
        ({"wage": {"amount": float("-inf")}}, {"wage.amount"}),
        ({"wage": {"amount": True}}, {"wage.amount"}),
        ({"wage": {"amount": "a lot"}}, {"wage.amount"}),
        ({"wage": {"amount": "+5"}}, {"wage.amount"}),
        ({"wage": {"amount": 10**5000}}, {"wage.amount"}),
        ({"wage": {"amount": "9" * 50}}, {"wage.amount"}),
        ({"wage": {"amount": Decimal("1e-20")}}, {"wage.amount"}),
        ({"wage": {"amount": "10.005", "currency": "QAR"}}, {"wage.amount"}),
        ({"wage": {"amount": 5, "currency": 7}}, {"wage.currency"}),
        ({"food": {"allowance": Decimal("0.5")}, "wage": {"currency": "JPY"}}, {"food.allowance"}),
        ({"wage": 1000}, {"wage"}),
        ({"agency": ["x"]}, {"agency"}),
        ({"agency": {"valid_to": "2026-02-30"}}, {"agency.valid_to"}),
        ({"signed": 20260220}, {"signed"}),
        ({"signed": "soon"}, {"signed"}),
        ({"job": 5}, {"job"}),
        ({"job": "x" * 2001}, {"job"}),
        ({"job": "a\x00b"}, {"job"}),
        ({"job": "\ud800"}, {"job"}),
        ({"isco": "mason"}, {"isco"}),
        ({"isco": 99999}, {"isco"}),
        ({"hours": {"per_day": 25, "per_week": 169}}, {"hours.per_day", "hours.per_week"}),
        ({"rest": {"days_per_week": 8, "may_be_worked": "perhaps"}}, {"rest.days_per_week", "rest.may_be_worked"}),
        ({"wage": {"paid_on": 32}}, {"wage.paid_on"}),
        ({"deductions": "food"}, {"deductions"}),
        ({"deductions": [1]}, {"deductions[1]"}),
        ({"deductions": [{}] * 51}, {"deductions"}),
        ({"deductions": [{"for": "food", "what": 1}, {"amount": -2}]}, {"deductions[1].what", "deductions[2].amount"}),
        ({"deductions": [{"amount": "1.5", "currency": "XOF"}]}, {"deductions[1].amount"}),
        ({"penalty_on_worker": -5, "leave_days": -1}, {"penalty_on_worker", "leave_days"}),
        ("no table", {"terms"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name_and_all_at_once(document: Any, keys: set[str]) -> None:
    assert wrong(document) == keys


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=8) | st.dates()
    | st.datetimes() | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*[key.rpartition(".")[2] for key in KEYS], "for", "x"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([key for key in KEYS if "." not in key]) | st.text(max_size=5), _JUNK, max_size=6)
)
def test_a_hostile_document_is_read_or_refused_and_what_is_read_reads_back(document: dict[str, Any]) -> None:
    try:
        terms = contract_terms.read(document)
    except Invalid as refused:
        refused.text().encode()
        return
    kept = json.loads(json.dumps(terms.document()))
    assert contract_terms.read(kept).document() == kept
