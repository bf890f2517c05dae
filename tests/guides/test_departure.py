"""The departure guide as pages: sizes, papers, sentences that can be copied, the same bytes twice."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from mrc_app.errors import Invalid
from mrc_app.guides.making import in_words, make
from mrc_app.guides.text_model import Edition
from mrc_app.guides.words import Words
from mrc_app.i18n import Catalog
from tests.guides.asking import CENTRE, HELPER, copied, moussa, request, tigist

FULL_WIDTH_MM = {"a6": 105, "a5": 148, "a4": 210}


def written(language: str) -> bool:
    return Catalog.load(language, "guides").find("D1.1") is not None


def squeezed(text: str) -> str:
    return "".join(text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069\u00ad"))).split())


@pytest.mark.parametrize("language", ["en", "fr", "am"])
def test_whole_sentences_can_be_copied_from_the_pages(language: str, tmp_path: Path) -> None:
    assert written(language)
    guide = make(request(language))
    text = squeezed(copied(guide.pdf, tmp_path))
    catalog = Catalog.load(language, "guides")
    wanted = ["D1.5", "D4.1", "D6.12", "D9.11", "D13.7", "D14.11", "D17.9", "D20.5"]
    missing = [line for line in wanted if squeezed(catalog.find(line) or "") not in text]
    assert not missing


def test_the_words_of_an_arabic_book_can_be_copied(tmp_path: Path) -> None:
    assert written("ar")
    guide = make(request("ar", services=(HELPER,)))
    text = copied(guide.pdf, tmp_path)
    catalog = Catalog.load("ar", "guides")
    words = {
        word for line in ("D4.1", "D6.1", "D9.11", "D13.7", "D17.9") for word in (catalog.find(line) or "").split()
    }
    plain = {word.strip('.،:؟!"«»') for word in words}
    found = [word for word in plain if word in text]
    assert len(found) >= 0.85 * len(plain), sorted(plain - set(found))
    assert "+966 11 555 0100" in text


@pytest.mark.parametrize("language", ["fr", "ff"])
def test_story_nine_fits_into_twenty_four_a6_pages_with_every_line_marked(language: str, tmp_path: Path) -> None:
    guide = make(
        request(language, "SN-MR", paper="a6", person=moussa(), services=(HELPER,), centre=CENTRE, officer="Awa")
    )
    assert guide.pages <= 24
    text = copied(guide.pdf, tmp_path)
    assert "150\u00a0000" in text or "150 000" in text
    assert "150 000,00" not in text.replace("\u00a0", " ")
    assert "pas encore connu ici" in text
    if language == "ff":
        assert guide.untranslated > 150
        assert f"fr: {Words.load('ff').text('X.untranslated')}" in text
        assert "Awa m’a expliqué ceci en Pulaar." in text or "Awa" in text
    else:
        assert guide.untranslated == 0


@pytest.mark.parametrize("corridor", ["ET-SA", "SN-MR"])
@pytest.mark.parametrize("language", ["en", "fr", "ar", "am"])
def test_an_a6_book_of_every_complete_language_has_at_most_twenty_four_pages(corridor: str, language: str) -> None:
    assert make(request(language, corridor, paper="a6")).pages <= 24


@pytest.mark.parametrize("paper", ["a6", "a5", "a4"])
def test_pages_have_the_size_that_was_asked_for(paper: str) -> None:
    reader = PdfReader(BytesIO(make(request(paper=paper)).pdf))
    assert float(reader.pages[0].mediabox.width) == pytest.approx(FULL_WIDTH_MM[paper] * 72 / 25.4, abs=1)


def test_a_booklet_lies_on_a4_sheets() -> None:
    booklet = make(request(paper="booklet"))
    sheets = PdfReader(BytesIO(booklet.pdf))
    assert float(max(sheets.pages[0].mediabox.width, sheets.pages[0].mediabox.height)) == pytest.approx(842, abs=1)
    assert len(sheets.pages) == -(-booklet.pages // 4) * 2
    assert sheets.root_object["/Lang"] == "en" and sheets.metadata and sheets.metadata.title == booklet.title


@pytest.mark.parametrize("language", ["en", "fr", "ar", "am"])
def test_one_sheet_is_two_sides_of_one_paper(language: str) -> None:
    sheet = make(request(language, paper="one-sheet", person=tigist(), services=(HELPER,), centre=CENTRE))
    assert sheet.pages == 2


def test_the_same_request_gives_the_same_bytes() -> None:
    one = request("am", person=tigist(), centre=CENTRE)
    assert make(one).pdf == make(one).pdf


def test_the_pdf_says_its_language_and_a_neutral_title() -> None:
    guide = make(request("ar", edition=Edition.DISCREET))
    reader = PdfReader(BytesIO(guide.pdf))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.metadata is not None and reader.metadata.title == guide.title
    assert guide.language == "ar"
    assert guide.file_name == "notes-ar-a5.pdf"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"language": "qq"}, "qq"),
        ({"corridor": "E-SA"}, "E-SA"),
        ({"corridor": "ET-QQ"}, "QQ"),
        ({"paper": "a3"}, "a3"),
        ({"leave_out": frozenset({"D99"})}, "D99"),
    ],
)
def test_a_wrong_request_is_refused_in_one_sentence(over: dict[str, object], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        make(request(**over))


def test_what_is_missing_is_named_by_section_and_the_officer_is_told() -> None:
    guide = make(request(person=tigist(minor="possible")))
    assert "D9" in guide.missing
    assert any("under 18" in warning for warning in guide.warnings)


def test_the_page_agrees_with_the_words(tmp_path: Path) -> None:
    one = request(services=(HELPER,), centre=CENTRE, person=tigist())
    text = squeezed(copied(make(one).pdf, tmp_path))
    for section in in_words(one)[1].sections:
        for said in section.lines:
            if said.kind == "line" and said.text:
                assert squeezed(said.text) in text, said.id
