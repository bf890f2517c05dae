"""The book in words: what is printed, what is named as missing, what is marked, what stays out."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mrc_app.corridors import catalogue
from mrc_app.errors import Invalid
from mrc_app.guides.lines import Particulars
from mrc_app.guides.making import in_words
from mrc_app.guides.place import Checked
from mrc_app.guides.spoken import spoken_there
from mrc_app.guides.text_model import Edition, TextModel, plain
from mrc_app.money import Money
from tests.guides.asking import CENTRE, HELPER, OLD, TODAY, UNSEEN, moussa, request, tigist

GOLDEN = Path(__file__).parent / "golden"


def words(model: TextModel) -> str:
    return plain(model)


def line(model: TextModel, wanted: str) -> str:
    """The first line with an id, as plain text; empty when it is not printed."""
    return next((row for row in plain(model).splitlines() if row.startswith(f"{wanted}: ")), "")


def made(**over: object) -> TextModel:
    return in_words(request(**over))[1]


@pytest.mark.parametrize(
    ("name", "over"),
    [
        ("en-ET-SA-general", {}),
        ("en-ET-SA-tigist", {"person": tigist(), "services": (HELPER, OLD), "centre": CENTRE}),
        ("en-ET-SA-discreet", {"edition": Edition.DISCREET, "services": (HELPER,), "centre": CENTRE}),
        ("en-SN-MR-moussa", {"corridor": "SN-MR", "person": moussa(), "if_you_go": True}),
    ],
)
def test_the_book_in_words_is_as_it_was_agreed(name: str, over: dict[str, object]) -> None:
    path = GOLDEN / f"{name}.txt"
    found = words(made(**over))
    if os.environ.get("MRC_WRITE_GOLDEN"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


@pytest.mark.parametrize("corridor", [each.id for each in catalogue.corridors()])
def test_every_corridor_has_a_book_in_which_nothing_is_left_open(corridor: str) -> None:
    model = made(corridor=corridor)
    text = words(model)
    assert "{" not in text
    assert [section.id for section in model.sections] == [f"D{number}" for number in range(1, 21)]
    assert model.untranslated == 0
    assert "  " not in text.replace("    Source", "")


def test_a_corridor_nobody_wrote_about_gets_the_universal_book_and_says_so() -> None:
    model = made(corridor="SN-MR")
    assert "We have no checked facts for this journey yet." in words(model)
    assert "D9.5: Do not photograph or film people without asking: _______. [not known here yet]" in words(model)
    assert {"D3", "D5", "D9", "D16"} <= set(model.missing)
    assert not model.sources


def test_what_could_not_be_checked_is_said_once_at_the_end_of_a_section() -> None:
    model = made(centre=CENTRE)
    for section in model.sections:
        ends = [each for each in section.lines if each.id.startswith("X.could_not_check")]
        assert len(ends) <= 1
        assert not ends or section.lines[-1] is ends[0]
    assert "X.could_not_check: We could not check this. Ask MIC Bahir Dar." in words(model)


def test_a_fact_never_travels_without_source_date_and_confirmation() -> None:
    model = made()
    with_facts = [said for said in model.every() if said.source]
    assert with_facts and all("not yet confirmed here" in said.source for said in with_facts)
    assert "    Source: [1], October 2023 · not yet confirmed here" in words(model)
    assert model.sources and all(origin.title for origin in model.sources)


def test_a_confirmed_fact_says_when_and_an_old_check_says_check_again() -> None:
    corridor = catalogue.corridor("ET-SA")
    fact = corridor.fact("hours.daily_max", "domestic", on=TODAY)
    assert fact is not None
    fresh = made(confirmations={fact.uuid: Checked(TODAY.replace(month=10))})
    assert "Checked on 21 October 2026" in words(fresh)
    old = made(confirmations={fact.uuid: Checked(TODAY.replace(year=2025), TODAY.replace(month=5))})
    assert "Check this number before you use it." in words(old)


def test_a_weak_source_is_called_weak() -> None:
    assert "weak source" in words(made())


def test_a_sentence_without_its_name_is_dropped_and_a_place_to_write_stays() -> None:
    model = made()
    assert line(model, "D5.10") == "D5.10: Forced to sign? Note the date."
    assert line(model, "D17.6") == "D17.6: Do not go alone."
    assert line(model, "D17.5") == ""
    assert line(model, "D16.10") == "D16.10: Learn one number by heart: __________."
    helped = made(services=(HELPER,))
    assert line(helped, "D17.6").endswith("the union or Migrant help desk.")


def test_a_contract_term_that_is_missing_is_named_for_a_person_and_a_blank_for_nobody() -> None:
    assert "Pay day: _______. [Not in my contract. Ask]" in line(made(person=tigist()), "D2.3")
    assert line(made(), "D2.2") == "D2.2: My work is __________."
    assert "D2" in made(person=tigist()).missing
    assert "D2" not in made().missing


def test_what_the_law_says_is_never_printed_as_what_the_contract_says() -> None:
    assert line(made(person=replace(tigist(), return_payer="", hours_day=None)), "D2.7").endswith(
        "_______. [Not in my contract. Ask]"
    )
    assert "contract _______. [Not in my contract. Ask]" in line(made(person=replace(tigist(), hours_day=None)), "D5.3")
    assert "Law there: at most 10 hours / day" in line(made(person=tigist()), "D5.3")


def test_money_has_the_decimals_of_its_currency_and_two_currencies_are_never_added() -> None:
    model = made(corridor="SN-MR", person=moussa())
    assert "My pay is 150,000 XOF every month. Pay day: 30." in line(model, "D2.3")
    assert "paid 45,000 XOF" in line(model, "D4.3")
    assert "At XOF 150,000 I need 1 months" in line(model, "D4.10")
    both = made(person=tigist(paid=(Money.of(10, "ETB"), Money.of(20, "SAR"))))
    assert "ETB 10.00 + SAR 20.00" in line(both, "D4.3")
    assert "I need __________ months" in line(made(person=tigist()), "D4.10")


def test_dates_are_words_with_the_national_calendar_beside() -> None:
    model = in_words(request("am", person=tigist()))[1]
    assert "ታኅሣሥ 1 ቀን 2019 ዓ.ም. (10 ዲሴምበር 2026 እ.ኤ.አ.)" in line(model, "D2.6")


@pytest.mark.parametrize(
    ("over", "printed", "left_out"),
    [
        ({"corridor": "SN-CI"}, {"D7.11"}, set()),
        ({"corridor": "SN-MR"}, set(), {"D7.11"}),
        ({"corridor": "SN-ML"}, set(), {"D7.11"}),
        ({"corridor": "SN-MR", "person": moussa()}, {"D11.1", "D11.7"}, {"D12.4", "D12.9"}),
        ({"person": tigist()}, {"D12.4", "D11.12"}, {"D11.1", "D11.7", "D12.9"}),
        ({"person": tigist(minor="possible")}, {"D12.9"}, set()),
        ({"person": tigist(fears_own_state=True)}, {"D16.5", "D17.12"}, {"D17.7", "D18.5"}),
        ({"person": tigist(fears_own_state=False)}, {"D16.5", "D17.7", "D18.5"}, set()),
        ({"person": tigist(fears_own_state=None)}, {"D16.5", "D17.7", "D18.5"}, set()),
    ],
)
def test_conditions_decide_on_lines(over: dict[str, object], printed: set[str], left_out: set[str]) -> None:
    ids = {said.id for said in made(**over).every()}
    assert printed <= ids
    assert not left_out & ids


def test_lines_about_status_fear_violence_and_women_stand_in_every_book() -> None:
    of_a_man = made(person=moussa(irregular=False), services=(HELPER,))
    of_a_woman = made(person=tigist(irregular=True, woman=True, sector="fishing"), services=(HELPER,))
    for wanted in ("D11.12", "D14.8", "D16.5", "D17.5", "D17.12"):
        assert line(of_a_man, wanted) == line(of_a_woman, wanted) != ""


def test_the_office_can_keep_a_line_for_the_voice_only() -> None:
    assert line(made(spoken_only=frozenset({"D16.5"})), "D16.5") == ""


def test_the_discreet_edition_shows_little() -> None:
    model = made(edition=Edition.DISCREET, services=(HELPER,), centre=CENTRE)
    ids = [section.id for section in model.sections]
    assert not {"D6", "D14", "D15", "D17"} & set(ids)
    assert ids.count("X.discreet") == 1
    assert model.title == "My notebook"
    assert not line(model, "D1.1") and model.sections[0].title.text == "My notebook"
    assert "Questions? Call +251 58 220 0000." in words(model)
    assert "Questions? Ask the person who gave you this book." in words(made(edition=Edition.DISCREET))


def test_for_somebody_who_may_be_under_18_there_is_no_job_page_and_no_job_line() -> None:
    model = made(person=tigist(minor="possible"))
    assert "D2" not in [section.id for section in model.sections]
    assert "Household Al-Harbi" not in words(model)
    assert "1,000" not in words(model)
    assert any("under 18" in problem.text() for problem in model.warnings)
    checked = made(person=tigist(minor="possible", child_checked=True))
    assert "Household Al-Harbi" in words(checked)


def test_sections_can_be_left_out_and_unknown_ones_are_refused() -> None:
    ids = [section.id for section in made(leave_out=frozenset({"D6", "D14"})).sections]
    assert "D6" not in ids and "D14" not in ids and "D7" in ids
    with pytest.raises(Invalid, match="D77"):
        made(leave_out=frozenset({"D77"}))


def test_only_numbers_checked_lately_stand_on_the_card_and_old_ones_carry_a_warning() -> None:
    from mrc_app.guides.card import numbers

    of, model = in_words(request(services=(HELPER, OLD, UNSEEN)))
    assert [service.name for service, _note in numbers(of)] == ["Migrant help desk"]
    assert "Checked on 1 September 2025 · Check this number before you use it." in words(model)
    assert any("Old hotline" in problem.text() for problem in model.warnings)
    assert any("not yet confirmed" in problem.text() for problem in model.warnings)


def test_the_card_names_her_language_in_the_words_of_who_reads_it() -> None:
    model = in_words(request("am", person=tigist()))[1]
    card = next(section for section in model.sections if section.id == "D18")
    first = card.lines[0]
    assert [cell.language for cell in first.cells] == ["am", "ar"]
    assert "الأمهرية" in first.cells[1].text
    assert "Tigist" in first.cells[0].text


def test_the_forty_sentences_are_there_when_asked_and_only_in_checked_languages() -> None:
    model = made(sentences=True)
    section = next(section for section in model.sections if section.id == "E")
    assert len(section.lines) == 40
    assert [cell.text for cell in section.lines[3].cells] == [
        "I speak \u2068English\u2069.",
        "أتكلّم \u2068الإنجليزية\u2069.",
    ]
    afraid = made(sentences=True, person=tigist(fears_own_state=True))
    assert "E32" not in {said.id for said in afraid.every()}
    soninke = in_words(request("snk", "SN-MR", sentences=True))[1]
    assert not any(said.id.startswith("E") for said in soninke.every() if said.id[1:].isdigit())


def test_every_line_in_another_language_is_marked_and_counted() -> None:
    model = in_words(request("snk", "SN-MR"))[1]
    foreign = [said for said in model.every() if said.text and said.language not in ("snk", "ar")]
    assert foreign and all(said.mark == "pas encore traduit" for said in foreign)
    assert model.untranslated == len([said for said in model.every() if said.mark])
    assert "Certaines lignes ne sont pas encore en soninké." in words(model)
    assert in_words(request("fr", "SN-MR"))[1].untranslated == 0


def test_a_draft_translation_says_so_on_every_page_and_to_the_officer() -> None:
    model = in_words(request("fr"))[1]
    if Particulars(in_words(request("fr"))[0].words, TODAY).words.draft:
        assert model.foot
        assert any("draft" in problem.text() for problem in model.warnings)
    assert not made().foot


def test_her_own_union_is_in_no_book_unless_unions_are_known_to_be_allowed() -> None:
    assert "CETU" not in words(made(person=tigist(union="CETU", union_phone="+251 11 515 5473")))


def test_the_page_for_somebody_who_goes_anyway_is_added_when_asked() -> None:
    ids = [section.id for section in made(if_you_go=True).sections]
    assert ids.index("X.if_you_go") == ids.index("D20") - 1
    assert "X.if_you_go" not in [section.id for section in made(if_you_go=True, edition=Edition.DISCREET).sections]


def test_numbers_are_isolated_so_that_they_stay_in_order() -> None:
    model = in_words(request("ar", services=(HELPER,)))[1]
    text = next(said.text for said in model.every() if said.id == "D16.1")
    assert "\u2066+966\u00a011\u00a0555\u00a00100\u2069" in text


def test_who_answers_in_which_language_is_said_in_the_readers_words() -> None:
    model = in_words(request("ar", "PH-HK"))[1]
    line = next(said.text for said in model.every() if "2157" in said.text and "22:00" in said.text)
    assert "التاغالوغية" in line or "الفلبينية" in line
    assert "Cantonese" not in line and " tl," not in line
    assert "Putonghua" not in plain(in_words(request("am", "PH-HK"))[1])


def test_english_opening_hours_in_another_book_are_marked() -> None:
    model = in_words(request("fr", "PH-HK"))[1]
    line = next(said for said in model.every() if said.id == "D16.1" and "interpretation" in said.text)
    assert line.mark and model.untranslated >= 1
    english = in_words(request("en", "PH-HK"))[1]
    assert not any(said.mark for said in english.every())


def test_an_unknown_language_name_keeps_what_is_written() -> None:
    assert spoken_there("am, Klingonish", "fr") == ("am, Klingonish", False)
    assert spoken_there("am (plus English)", "fr") == ("amharique, anglais", True)
    assert spoken_there("", "fr") == ("", True)
    assert spoken_there("am, en", "ar") == ("الأمهرية، الإنجليزية", True)


def test_the_forty_sentences_of_a_discreet_book_name_nothing_it_hides() -> None:
    full = {said.id for said in in_words(request(sentences=True))[1].every()}
    discreet = {said.id for said in in_words(request(sentences=True, edition=Edition.DISCREET))[1].every()}
    assert {"E22", "E33", "E36"} <= full
    assert not {"E18", "E22", "E31", "E32", "E33", "E34", "E36"} & discreet and "E01" in discreet
