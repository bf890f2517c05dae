"""The sheet she takes away: one page, short sentences, what nobody can tell apart, and nothing that betrays a call."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from mrc_app.casework import contract_checks
from mrc_app.casework.contract_findings import Shown, Verdict
from mrc_app.casework.contract_terms import read
from mrc_app.casework.contract_words import HerDecision, Stage
from mrc_app.casework.contract_words import Verdict as Concluded
from mrc_app.corridors import catalogue
from mrc_app.errors import MrcError
from mrc_app.guides import contract_result, letters
from mrc_app.guides.contract_result import MissingPapers, Result
from mrc_app.guides.letters_facts import Found
from mrc_app.guides.letters_words import LetterWords

LANGUAGES = ("en", "fr", "ar", "am", "ne")
ON = date(2026, 11, 20)
WAGE = {"currency": "SAR", "per": "month"}
OFFER = read({"wage": {**WAGE, "amount": 1200}, "rest": {"days_per_week": 1}})
PAPER = read({
    "wage": {**WAGE, "amount": 1000}, "rest": {"days_per_week": "by agreement"}, "passport_kept_by": "employer",
    "insurance": {"policy": ""}, "repatriation": {"paid_by": "employer", "condition": "after 24 months"},
    "duration_months": 24, "deductions": [{"for": "visa", "amount": 50, "currency": "SAR"}],
})  # fmt: skip
RED = ("9", "14", "15", "21", "25")
PAPERS = MissingPapers(("Certified insurance policy", "Entry visa", "Skill certificate"), 7, 10)


def tigist(**over: object) -> Result:
    found = tuple(Found(one, "missing" if one == "15" else "worse", True, source="C189", as_of="2011") for one in RED)
    floor = Shown(amount=Decimal(1000), currency="SAR", unit="per month")
    unsure = Found("6", "cannot_tell", rule=floor, side="agreement", source="press", confidence="low")
    made = Result(
        (*found, unsure), PAPER, ON, OFFER, "do_not_sign_yet", "waits", PAPERS, may_call=True,
        next_on=date(2026, 11, 27), officer="Meseret", explained_in="am",
    )  # fmt: skip
    return replace(made, **over)  # type: ignore[arg-type]


def said(result: Result, language: str = "en") -> str:
    found = contract_result.blocks(result, LetterWords.load(language))
    return re.sub("[\u2066-\u2069]", "", "\n".join(letters.texts(found))).replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_in_every_language(language: str) -> None:
    made = contract_result.make(tigist(), language=language)
    assert (made.pages, made.warnings, made.file_name) == (1, (), f"sheet-{language}.pdf")
    assert made.draft is (language != "en")
    info = PdfReader(BytesIO(made.pdf)).metadata
    assert info is not None and info.title == made.title


def test_five_red_points_in_words_with_what_to_ask_for() -> None:
    text = said(tigist())
    for wanted in (
        "The weekly rest day is not fixed.", "The employer would keep the passport.", "No insurance policy is shown.",
        "The paper is worse than the promise.", "The passport stays with the worker.", "SAR 1,200.00 a month",
        "SAR 1,000.00 a month", "1 day a week", "by agreement", "Do not sign yet.", "I do not sign yet.", "You decide.",
        "7 of 10 papers were seen.", "Entry visa", "We speak again on 27 November 2026.", "Explained to me in Amharic",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_what_nobody_can_tell_stands_apart_with_its_source_and_age() -> None:
    text = said(tigist())
    assert text.index("My decision") < text.index("What we cannot tell") < text.index("lowest legal wage")
    assert "agreement between the countries, SAR 1,000.00 a month, press, no date, not sure" in text
    other = said(tigist(findings=(Found("19", "cannot_tell"),), promised=None, papers=MissingPapers()))
    assert "Probation: We cannot tell." in other and "We found nothing wrong" in other
    assert "Promised" not in other and "papers were seen" not in other


def test_the_words_agreed_for_a_call_are_on_no_paper() -> None:
    assert "We call only in the way we agreed." in said(tigist())
    silent = said(tigist(may_call=False, next_on=None, officer=""))
    assert "We do not call." in silent and "Explained" not in silent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_has_a_sentence_for_every_state(language: str) -> None:
    words = LetterWords.load(language)
    for point in range(1, 29):
        for state in Verdict:
            assert words.first(f"R.{point}.{state.value}", f"R.{state.value}")
        assert words.raw(f"R.{point}.name") and words.raw(f"R.{point}.should")
    for kept in (*(f"S.verdict.{one}" for one in Concluded), *(f"S.decision.{one}" for one in HerDecision)):
        assert words.raw(kept)
    assert all(words.raw(f"D.stage.{one}") for one in Stage)


def test_a_very_long_result_says_that_it_does_not_fit() -> None:
    everything = tuple(Found(str(number), "worse", True) for number in range(1, 29))
    made = contract_result.make(tigist(findings=everything), language="am")
    assert made.pages > 1 and len(made.warnings) == 2
    assert any("fit" in problem.text() for problem in made.warnings)
    with pytest.raises(MrcError, match="no approved translation"):
        contract_result.make(tigist(), language="sm")


def test_from_a_check_that_was_just_made() -> None:
    corridor = catalogue.corridor("ET-SA")
    check = contract_checks.check(PAPER, corridor=corridor, today=ON, sector="domestic", against=OFFER)
    made = contract_result.of_check(
        check=check, terms=PAPER, corridor=corridor, language="am", today=ON, promised=OFFER, officer="Meseret",
        missing_papers=["Entry visa"],
    )  # fmt: skip
    assert made.pages == 1 and made.language == "am" and made.draft
