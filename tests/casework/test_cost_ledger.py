"""A ledger as a file, and mrc costs: what it answers, and what it refuses by row and key."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mrc_app import cli
from mrc_app.casework import cost_ledger
from mrc_app.casework.cost_words import Collateral, CostCode, Lender
from mrc_app.errors import Invalid
from mrc_app.money import Money

COST = {"code": "FEE", "amount": 10, "currency": "ETB"}
LOAN = {"principal": 10, "currency": "ETB"}


def cost(**over: Any) -> Any:
    return cost_ledger.read({"cost": [{**COST, **over}]})


def loan(**over: Any) -> Any:
    return cost_ledger.read({"loan": [{**LOAN, **over}]}).debts[0]


def test_a_row_is_read_with_all_its_keys() -> None:
    row = {"date": date(2026, 10, 1), "paid_to": " Ato Girma ", "receipt": True, "refunded": "2.50"}
    (line,) = cost(code="fee", amount=Decimal("35000.00"), currency="etb", **row).lines
    assert line.code is CostCode.FEE and line.paid == Money.of(35000, "ETB") and line.net == Money.of("34997.5", "ETB")
    assert (line.on, line.paid_to, line.receipt) == (date(2026, 10, 1), "Ato Girma", True)
    assert cost(amount=18.75, currency="TND", receipt="no", date="2026-01-02").lines[0].paid.minor == 18750
    assert cost(refunded=True).lines[0].net.minor == 0 and cost(refunded=False).lines[0].net.minor == 1000
    assert cost_ledger.read({}) == cost_ledger.Ledger()


def test_a_loan_is_read_in_the_words_people_use() -> None:
    debt = loan(lender="money_lender", interest_per_month="5 %", collateral="House papers", may_leave=False)
    assert (debt.lender, debt.interest, debt.collateral) == (Lender.MONEYLENDER, 5, Collateral.HOUSE)
    assert (debt.taken_from_wage, debt.may_leave) == (None, False)
    assert loan(lender="broker", collateral="passport").collateral is Collateral.DOCUMENTS
    assert loan(lender="").lender is None


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"code": "BRIBE"}, "cost 1, code: “BRIBE” is not one of FEE, MED"),
        ({"amount": float("nan")}, "cost 1, amount: “nan” is not an amount"),
        ({"amount": float("inf")}, "cost 1, amount: “inf” is not an amount"),
        ({"amount": True}, "cost 1, amount: “True” is not an amount"),
        ({"amount": -5}, "cost 1, amount: “-5” is less than nothing"),
        ({"amount": 1.005}, "cost 1, amount: ETB has 2 decimals"),
        ({"amount": 10.5, "currency": "XOF"}, "cost 1, amount: XOF has 0 decimals"),
        ({"amount": "1e30"}, "not an amount"),
        ({"amount": 10**30}, "not an amount"),
        ({"amount": ""}, "cost 1, amount: this is missing"),
        ({"currency": "ZZZ"}, "cost 1, currency: There is no currency “ZZZ”"),
        ({"date": "2026-02-30"}, "cost 1, date: “2026-02-30” is not a date"),
        ({"date": datetime(2026, 1, 1, 1, 1)}, "cost 1, date: "),
        ({"receipt": "perhaps"}, "cost 1, receipt: “perhaps” is neither"),
        ({"receipt": 1}, "cost 1, receipt: “1” is neither"),
        ({"refunded": 11}, "cost 1, refunded: more was given back than was paid"),
        ({"paid_to": "x" * 200}, "cost 1, paid_to: This is longer"),
        ({"colour": "red"}, "cost 1, colour: there is no such key"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_row_and_key(over: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        cost(**over)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"lender": "dog"}, "loan 1, lender: “dog” is not one of bank"),
        ({"collateral": "the moon"}, "loan 1, collateral: "),
        ({"interest_per_month": -1}, "loan 1, interest_per_month: “-1” is not a percentage"),
        ({"interest_per_month": float("nan")}, "not a percentage"),
        ({"interest_per_month": 2000}, "not a percentage"),
        ({"principal": None}, "loan 1, principal: this is missing"),
    ],
)
def test_a_loan_that_cannot_be_is_refused_by_row_and_key(over: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        loan(**over)
    assert said in str(refused.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        cost_ledger.read({"cost": [{**COST, "code": "X"}, {**COST, "amount": -1}], "loan": [7], "other": {}})
    assert list(refused.value.problems) == ["other", "cost 1 code", "cost 2 amount", "loan"]
    with pytest.raises(Invalid, match="list of tables"):
        cost_ledger.read({"cost": {"code": "FEE"}})


def test_a_rate_is_read_with_its_day_and_source() -> None:
    quote = cost_ledger.rate("sar:ETB=38@2026-11-20,bank board, Bahir Dar")
    assert (quote.one, quote.other, quote.number, quote.on) == ("SAR", "ETB", 38, date(2026, 11, 20))
    assert quote.source == "bank board, Bahir Dar"


@pytest.mark.parametrize(
    "text",
    [
        "SAR:ETB", "SAR:ETB=38", "SAR:ETB=38@2026-11-20", "SAR:ETB=38@2026-11-20,", "SAR:ETB=38@,bank",
        "SAR:ETB=0@2026-11-20,bank", "SAR:ETB=-1@2026-11-20,bank", "SAR:ETB=nan@2026-11-20,bank",
        "SAR:ETB=@2026-11-20,bank", "SAR:SAR=1@2026-11-20,bank", "SAR:ZZZ=1@2026-11-20,bank",
        "SAR:ETB=1@2026-13-20,bank", "SAR:ETB=9999999999999@2026-11-20,bank",
    ],
)  # fmt: skip
def test_a_rate_that_cannot_be_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        cost_ledger.rate(text)
    assert len(refused.value.problems) == 1


# -- the command

STORY = """
[[cost]]
code = "MED"
amount = 2500
currency = "ETB"
receipt = true
[[cost]]
code = "ADM"
amount = 5000
currency = "ETB"
receipt = true
[[cost]]
code = "FEE"
amount = 35000
currency = "ETB"
date = 2026-10-12
paid_to = "Ato Girma"
receipt = false
[[cost]]
code = "TRN"
amount = 1500
currency = "ETB"
receipt = false
[[loan]]
principal = 30000
currency = "ETB"
lender = "moneylender"
interest_per_month = 5
collateral = "house papers"
"""
RATE = ["--rate", "SAR:ETB=38@2026-11-20,bank board"]


def mrc(tmp_path: Path, ledger: str, *options: str) -> Any:
    file = tmp_path / "ledger.toml"
    file.write_text(ledger, "utf-8")
    return CliRunner().invoke(cli.app, ["costs", str(file), *options])


def answer(tmp_path: Path, ledger: str, *options: str) -> Any:
    return json.loads(mrc(tmp_path, ledger, *options, "--json").stdout)


def test_story_one_to_the_figure(tmp_path: Path) -> None:
    wage = ["--income", "1000", "--currency", "SAR", "--basis", "contract", "--corridor", "ET-SA"]
    found = answer(tmp_path, STORY, *wage, *RATE, "--sector", "domestic", "--today", "2026-11-20")
    assert found["by_currency"] == {"ETB": 4_400_000} and found["no_receipt"] == {"ETB": 3_650_000}
    assert (found["ratio"], found["basis"]) == ("1.16", "contract")
    assert found["total"] == {"amount": 115_789, "currency": "SAR", "written": "SAR 1,157.89"}
    assert found["rates"][0]["inverse"] is True and found["rates"][0]["source"] == "bank board"
    assert [(one["side"], one["amount"], one["currency"]) for one in found["excess"]] == [
        ("origin", 3_500_000, "ETB"), ("destination", 3_500_000, "ETB"),
    ]  # fmt: skip
    risk = found["debt_risk"]
    assert (risk["level"], risk["triggers"]) == ("high", ["interest_per_month"])
    assert {"loan": 1, "fact": "collateral", "value": "house", "trigger": None,
            "text": "What stands for it: house."} in risk["facts"]  # fmt: skip


def test_story_five_keeps_the_two_sides_apart(tmp_path: Path) -> None:
    ledger = '[[cost]]\ncode = "FEE"\namount = 120000\ncurrency = "NPR"\n'
    found = answer(tmp_path, ledger, "--income", "1000", "--currency", "QAR", "--corridor", "NP-QA")
    assert {one["side"]: (one["amount"], one["confidence"]) for one in found["excess"]} == {
        "origin": (11_000_000, "low"), "destination": (12_000_000, "high"),
    }  # fmt: skip
    assert (found["ratio"], found["total"]) == (None, None) and "NPR and QAR" in found["why_no_ratio"]


def test_a_person_reads_the_same_in_sentences(tmp_path: Path) -> None:
    wage = ["--income", "1000", "--currency", "SAR", "--corridor", "ET-SA", "--living", "300", "--remittance", "200"]
    said = mrc(tmp_path, STORY, *wage, *RATE).stdout
    assert "Paid: ETB 44,000.00" in said and "Months of earnings paid: 1.16 (actual basis)" in said
    assert "Too much, origin: ETB 35,000.00" in said and "Debt risk: high, interest_per_month" in said
    assert "used the other way round" in said and "1.58 months to repay it." in said
    hong_kong = '[[cost]]\ncode = "FEE"\namount = 10\ncurrency = "HKD"\n'
    said = mrc(tmp_path, hong_kong, "--corridor", "PH-HK", "--first-job", "2026-01-01").stdout
    assert "No ratio: No earnings are known" in said and "Cannot tell, destination" in said
    empty = answer(tmp_path, "", "--living", "1", "--currency", "SAR")
    assert (empty["ratio"], empty["total"]["amount"], empty["debt_risk"]["level"]) == (None, 0, "unknown")


@pytest.mark.parametrize("content", ["amount = " + "9" * 5000, "a = " + "[" * 5000, "[[cost]]\ndate = 2026-02-30"])
def test_a_file_that_is_no_ledger_is_refused_in_one_sentence(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.toml"
    file.write_text(content, "utf-8")
    assert cli.run(["costs", str(file)]) == 1
    assert "is not a ledger file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--income", "1000"], ["--income", "-1", "--currency", "SAR"], ["--income", "nan", "--currency", "SAR"],
        ["--income", "1", "--currency", "ZZZ"], ["--basis", "hope"], ["--rate", "SAR:ETB=0@2026-11-20,x"],
        ["--corridor", "ET-XX"], ["--today", "soon"], ["--first-job", "soon"],
        ["--corridor", "ET-SA", "--sector", "zzz"],
    ],
)  # fmt: skip
def test_options_that_cannot_be_are_refused_with_exit_code_one(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.toml"
    file.write_text(STORY, "utf-8")
    assert cli.run(["costs", str(file), *options]) == 1
    told = capsys.readouterr()
    assert told.out == "" and told.err.strip() and "Traceback" not in told.err
