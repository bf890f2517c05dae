"""The lines as data and as words: complete, short, nothing dangerous."""

from __future__ import annotations

import re

import pytest

from mrc_app.errors import Invalid, MrcError
from mrc_app.guides import content
from mrc_app.guides.conditions import CONDITIONS
from mrc_app.guides.words import Words, fill, names, sentences
from mrc_app.i18n import Catalog, completeness

GUIDES = ("departure", "return")
# Fragments of the left column of the dangerous advice, as they would stand in a line. Z1 to Z26 in order.
NEVER = {
    "Z1": ("leave at once", "run away"),
    "Z2": ("go to the police", "call the police"),
    "Z3": ("contact your embassy", "call your embassy", "go to your embassy"),
    "Z4": ("any hospital", "go to a hospital"),
    "Z5": ("tell your employer you are pregnant",),
    "Z6": ("take photos", "record as proof", "film it"),
    "Z7": ("post your story",),
    "Z8": ("refuse to give your passport",),
    "Z9": ("refuse to sign",),
    "Z10": ("join the union", "go on strike"),
    "Z11": ("call the agency first", "agency first"),
    "Z12": ("go to the shelter",),
    "Z13": ("bring your medicines", "bring your medicine "),
    "Z14": ("as much as you can",),
    "Z15": ("give water to",),
    "Z16": ("get tested", "tell your hiv status"),
    "Z17": ("carry condoms",),
    "Z18": ("just pay at the airport",),
    "Z19": ("it is easy",),
    "Z20": ("you will receive",),
    "Z21": ("victim", "trafficked", "illegal"),
    "Z22": ("change employer if",),
    "Z23": ("claim your wages at the labour office",),
    "Z24": ("we inform your family", "we call your family"),
    "Z25": ("say you are 21",),
}


def english(guide: str) -> dict[str, str]:
    catalog = Catalog.load("en", "guides")
    return {line.id: catalog.find(line.id) or "" for section in content.sections(guide) for line in section.lines}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_english_line_has_at_most_fourteen_words(guide: str) -> None:
    for line, text in english(guide).items():
        words = [word for word in re.sub(r"\{\w+\}", "x", text).split() if re.search(r"\w", word)]
        assert len(words) <= 14, f"{line}: {text}"


@pytest.mark.parametrize("guide", GUIDES)
def test_no_line_says_may_or_should_or_gives_dangerous_advice(guide: str) -> None:
    for line, text in english(guide).items():
        said = text.casefold()
        for row, fragments in NEVER.items():
            assert not any(fragment in said for fragment in fragments), f"{line} says what {row} forbids: {text}"
        assert "should" not in said, line


def test_every_row_of_dangerous_advice_says_something_instead() -> None:
    catalog = Catalog.load("en", "guides")
    rows = content.dangers()
    assert [row.id for row in rows] == [f"Z{number}" for number in range(1, 27)]
    assert all(catalog.find(row.id) and row.never and row.why for row in rows)
    assert set(NEVER) == {row.id for row in rows} - {"Z26"}


def test_the_departure_guide_has_its_twenty_sections_and_known_conditions() -> None:
    sections = content.sections("departure")
    assert [section.id for section in sections] == [f"D{number}" for number in range(1, 21)]
    assert all(line.id.startswith((f"{section.id}.", "X.")) for section in sections for line in section.lines)
    assert {word for section in sections for line in section.lines for word in line.when} <= CONDITIONS


def test_only_lines_of_the_country_or_the_person_may_need_a_value_in_every_sentence() -> None:
    for section in content.sections("departure"):
        for line in section.lines:
            text = english("departure")[line.id]
            if line.flag == "U" and not line.write_in and names(text):
                assert section.id in ("D5", "D17"), f"{line.id} would vanish without a name: {text}"


def test_a_section_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match="D21"):
        content.chosen("departure", frozenset({"D21"}))


WHOLE = sorted(row["code"] for row in completeness("guides") if row["translated"] == row["total"])


@pytest.mark.parametrize("code", WHOLE)
def test_every_translation_keeps_the_places_of_the_english_line(code: str) -> None:
    source, translated = Catalog.load("en", "guides"), Catalog.load(code, "guides")
    for section in content.sections("departure"):
        for line in section.lines:
            text = translated.find(line.id)
            if text is not None:
                assert sorted(set(names(text))) == sorted(set(names(source.find(line.id) or ""))), line.id


@pytest.mark.parametrize("code", WHOLE)
def test_the_lines_of_two_columns_have_two_sentences_in_every_language(code: str) -> None:
    catalog = Catalog.load(code, "guides")
    for line in ("D5.2", "D5.3", "D5.4", "D5.5"):
        assert len(sentences(catalog.find(line) or "")) == 2, f"{code} {line}: {catalog.find(line)}"
    assert len((catalog.find("D20.1") or "").split("|")) == 5, code


def test_words_fall_back_in_order_and_say_in_which_language_they_are() -> None:
    pulaar = Words.load("ff")
    assert [each.language.code for each in pulaar.catalogs] == ["ff", "fr", "en"]
    assert pulaar.find("D1.1").language == "fr"
    assert pulaar.own("D1.1") is None
    assert pulaar.draft


def test_an_unknown_language_is_refused_and_an_unknown_line_too() -> None:
    with pytest.raises(Invalid, match="qq"):
        Words.load("qq")
    with pytest.raises(MrcError, match=r"D99\.9"):
        Words.load("en").find("D99.9")


def test_sentences_are_parted_in_every_script_and_filled_by_name() -> None:
    assert sentences("Paper lost? Ask {ngo}. Go.") == ["Paper lost?", "Ask {ngo}.", "Go."]
    assert sentences("ጻፉ። ይጠይቁ።") == ["ጻፉ።", "ይጠይቁ።"]
    assert sentences("هل ضاع؟ اسألوا.") == ["هل ضاع؟", "اسألوا."]
    assert fill("{a} and {b}", {"a": "1"}) == "1 and {b}"
