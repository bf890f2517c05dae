"""A centre that prints no drafts; what stands where a language has no line yet, by data."""

from __future__ import annotations

from datetime import date

import pytest

from mrc_app.errors import Invalid
from mrc_app.guides import drafts, experience, letters
from mrc_app.guides.letters_words import LetterWords
from mrc_app.guides.making import in_words, make
from mrc_app.guides.words import Words
from tests.guides.asking import request, tigist
from tests.guides.test_letters import claim

SECTIONS = frozenset(f"D{number}" for number in range(1, 21)) - {"D6", "D18"}


def test_a_centre_that_prints_no_drafts_refuses_one_and_says_what_it_prints() -> None:
    assert Words.load("am").draft
    with pytest.raises(Invalid, match=r"Amharic is a draft .* It prints: English"):
        make(request("am", drafts=False, leave_out=SECTIONS))
    assert make(request("am", leave_out=SECTIONS)).pages
    assert make(request("en", drafts=False, leave_out=SECTIONS)).pages


def test_letters_keep_to_it_too_also_in_the_copy() -> None:
    with pytest.raises(Invalid, match=r"Arabic is a draft .* It prints: English"):
        letters.make(claim(), language="ar", drafts=False)
    with pytest.raises(Invalid, match="Arabic"):
        letters.make(claim(), language="en", copy="ar", drafts=False)
    assert letters.make(claim(), language="en", drafts=False).pages


def test_every_paper_that_is_handed_out_keeps_to_it() -> None:
    for words, domain in ((LetterWords.load("am"), "letters"), (experience.words_of("am"), "experience")):
        assert words.draft and drafts.signed(words, True) is words
        with pytest.raises(Invalid, match=r"Amharic is a draft .* It prints: English"):
            drafts.signed(words, False)
        assert drafts.printable(domain) == ["en"]


@pytest.mark.parametrize(
    ("code", "home", "chain"),
    [
        ("om", "ET", ["om", "am", "en"]),
        ("om", "KE", ["om", "sw", "en"]),
        ("ti", "ER", ["ti", "en"]),
        ("ff", "SN", ["ff", "fr", "en"]),
        ("ff", "NG", ["ff", "en"]),
        ("ha", "NE", ["ha", "fr", "en"]),
        ("ha", "NG", ["ha", "en"]),
        ("am", "ET", ["am", "en"]),
    ],
)
def test_the_second_language_is_the_one_of_her_country(code: str, home: str, chain: list[str]) -> None:
    assert [each.language.code for each in Words.load(code, home=home).catalogs] == chain


def test_the_card_of_a_safe_core_language_names_it_in_its_own_words() -> None:
    texts = {"wo": {"D18.1": "{first_name} laa tudd. {language} laay wax."}}
    _of, model = in_words(request("wo", "SN-MR", person=tigist(first_name="Awa"), texts=texts))
    card = next(section for section in model.sections if section.id == "D18")
    first = next(line for line in card.lines if line.id == "D18.1")
    assert first.cells[0].language == "wo" and not first.cells[0].mark
    assert "Wolof" in first.cells[0].text and "wolof" not in first.cells[0].text
    assert all(cell.mark for line in card.lines for cell in line.cells if cell.language == "fr")


def test_what_is_said_in_one_line_is_said_in_one_language_its_day_too() -> None:
    texts = {"om": {"X.confirmed_on": "Kan mirkanaa’e: {date}", "X.not_confirmed": "ammallee hin mirkanoofne"}}
    words = Words.load("om", texts, "ET")
    assert "Fulbaana 21, 2019" in words.told("X.confirmed_on", date(2026, 10, 1))
    assert words.beginning("X.source").language.code == "am"
    _of, model = in_words(request("om", texts=texts, leave_out=SECTIONS - {"D5"}))
    sources = [line.source for section in model.sections for line in section.lines if line.source]
    assert sources and not any("mirkanoofne" in each for each in sources)


def test_a_line_that_comes_in_another_language_has_its_days_in_that_language_too() -> None:
    """The job page is not translated into this language, and its first page is."""
    texts = {"wo": {"D1.1": "Sama kayit."}}
    of, model = in_words(request("wo", "SN-MR", person=tigist(), texts=texts, leave_out=SECTIONS - {"D2"} | {"D6"}))
    line = next(said for said in model.every() if said.id == "D2.6")
    assert of.words.writes == "wo" and line.language == "fr" and line.mark
    assert "10 décembre 2026" in line.text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))
