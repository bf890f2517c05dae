"""The forms of a guide besides the book: wall poster, card to fold, two languages side by side, the printed script."""

from __future__ import annotations

import re
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mrc_app.errors import Invalid, MrcError
from mrc_app.guides import content, folded, gallery, poster, script
from mrc_app.guides.making import in_words, make
from mrc_app.guides.printing import narrowed
from mrc_app.guides.text_model import TextModel, plain
from mrc_app.guides.words import Words
from mrc_app.i18n import Catalog
from mrc_app.places import RESOURCES
from tests.guides.asking import CENTRE, HELPER, OLD, UNSEEN, copied, request, tigist
from tests.guides.test_departure import squeezed

EVERYBODY = (HELPER, OLD, UNSEEN)
BUT_TWO = frozenset(f"D{number}" for number in range(1, 21)) - {"D6", "D18"}


LONG = pytest.mark.long


def said(code: str, line: str) -> str:
    return Catalog.load(code, "guides").find(line) or ""


def in_form(language: str, **over: Any) -> TextModel:
    return in_words(narrowed(request(language, **over)))[1]


# -- the wall


@pytest.mark.parametrize("language", [*(pytest.param(code, marks=LONG) for code in ("en", "km")), "am"])
def test_a_poster_is_one_section_on_one_sheet_with_the_confirmed_numbers(language: str, tmp_path: Path) -> None:
    made = make(request(language, paper="poster", section="d6", services=EVERYBODY, centre=CENTRE))
    page = PdfReader(BytesIO(made.pdf)).pages[0].mediabox
    assert (round(page.width), round(page.height)) == (842, 1191)
    text = squeezed(copied(made.pdf, tmp_path))
    assert made.pages == 1 and "+251582200000" in text and "+966115550100" in text
    assert all(squeezed(said(language, f"D6.{line}")) in text for line in (1, 7, 12))
    assert "0199" not in text and "0111" not in text, "a number that nobody confirmed, or long ago"
    assert (squeezed(said(language, "X.draft")) in text) is (language != "en")


def test_an_arabic_poster_keeps_its_numbers_in_order(tmp_path: Path) -> None:
    made = make(request("ar", paper="poster", section="D10", services=EVERYBODY, centre=CENTRE))
    assert "+251 58 220 0000" in copied(made.pdf, tmp_path)


def test_a_poster_takes_the_largest_type_that_fits() -> None:
    assert poster.SIZES[0] > poster.SIZES[-1] >= 16
    assert poster.paper(30).width_mm == 297 and poster.paper(30).height_mm == 420


@pytest.mark.parametrize("section", ["D3", "D4", "D11", "R4"])
def test_nothing_of_anybody_and_nothing_unknown_hangs_on_a_wall(section: str) -> None:
    guide = "return" if section[0] == "R" else "departure"
    model = in_form("en", paper="poster", section=section, services=EVERYBODY, centre=CENTRE, kind=guide)
    assert [each.id for each in model.sections] == [section] and all(x.kind == "line" for x in model.sections[0].lines)
    assert not any(line.flag == "P" or line.missing or "____" in line.text for line in model.sections[0].lines)
    assert not model.untranslated and not model.missing
    assert "+966 11 555 0199" not in plain(in_form("en", paper="poster", section="D16", services=EVERYBODY))


@pytest.mark.parametrize("section", ["D1", "D2", "D18", "D20"])
def test_a_section_that_is_her_own_is_no_poster(section: str) -> None:
    with pytest.raises(Invalid, match="for everybody"):
        make(request(paper="poster", section=section))


def test_a_poster_needs_a_section_and_no_client() -> None:
    with pytest.raises(Invalid, match="which section"):
        make(request(paper="poster"))
    with pytest.raises(MrcError, match="without a client"):
        make(request(paper="poster", section="D6", person=tigist()))
    with pytest.raises(Invalid, match="D99"):
        make(request(paper="poster", section="D99"))
    with pytest.raises(Invalid, match="as a poster"):
        make(request(paper="a4", section="D6"))


@pytest.mark.long
def test_a_poster_on_two_sheets_of_a4_prints_twice_what_stands_where_they_meet() -> None:
    made = make(request(paper="poster-a4", section="D6", centre=CENTRE))
    sheets = PdfReader(BytesIO(made.pdf)).pages
    assert made.pages == 1 and len(sheets) == 2
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(842, 595)}


# -- the card


@pytest.mark.parametrize(
    ("language", "corridor", "theirs"), [("am", "ET-SA", "ar"), pytest.param("ur", "PK-SA", "ar", marks=LONG)]
)
def test_a_card_holds_both_languages_and_only_confirmed_numbers(
    language: str, corridor: str, theirs: str, tmp_path: Path
) -> None:
    asked = request(language, corridor, paper="card", services=EVERYBODY, centre=CENTRE, person=tigist())
    model = in_words(narrowed(asked))[1]
    assert {cell.language for line in model.sections[0].lines for cell in line.cells} == {language, theirs}
    assert "555 0199" not in plain(model) and "555 0111" not in plain(model)
    made = make(asked)
    assert made.pages <= 4 and len(PdfReader(BytesIO(made.pdf)).pages) == 1
    text = copied(made.pdf, tmp_path)
    assert text.count("+966 11 555 0100") == 2, "once on each of the two copies"


def test_a_card_has_nothing_that_endangers_its_carrier() -> None:
    private = {"N1": ("fled the army",), "N7": ("EP1234567",)}
    afraid = tigist(fears_own_state=True, irregular=True, private=private)
    model = in_form("en", paper="card", centre=CENTRE, person=afraid, services=(HELPER,))
    assert {section.id for section in model.sections} == {"D18"}
    text = plain(model)
    assert "consulate" not in text and "EP1234567" not in text and "Al-Harbi" not in text


@pytest.mark.long
def test_a_card_with_the_forty_sentences_is_a_small_book_of_one_sheet() -> None:
    made = make(request("am", paper="card", sentences=True, centre=CENTRE))
    assert 4 < made.pages <= 8 and len(PdfReader(BytesIO(made.pdf)).pages) == 1
    of, model = in_words(narrowed(request("am", paper="card", sentences=True)))
    from mrc_app.guides.layout import Layout

    numbers = [getattr(block.blocks[0], "text", "") for block in folded.blocks(model, Layout(of, True))
               if hasattr(block, "blocks")]  # fmt: skip
    assert sum(bool(re.match(r"\d+\. ", text)) for text in numbers) == 40


def test_a_card_can_have_another_language_beside_hers() -> None:
    model = in_form("am", paper="card", beside="fr")
    assert {cell.language for line in model.sections[0].lines for cell in line.cells} == {"am", "fr"}
    assert make(request("am", paper="card", beside="there")).file_name == "notebook-am-ar-card.pdf"
    with pytest.raises(Invalid, match="No language of Poland"):
        make(request("uk", "UA-PL", paper="card", beside="there"))
    with pytest.raises(Invalid, match="no emergency card"):
        make(request("am", kind="return", paper="card"))


# -- two languages


@pytest.mark.parametrize(("hers", "second", "paper"), [("am", "ar", "a4"), pytest.param("ur", "en", "a5", marks=LONG)])
def test_every_line_stands_in_both_languages(hers: str, second: str, paper: str, tmp_path: Path) -> None:
    made = make(request(hers, paper=paper, beside=second, leave_out=BUT_TWO, services=(HELPER,)))
    text = squeezed(copied(made.pdf, tmp_path))
    plainly = "en" if second == "en" else "am"
    assert all(squeezed(said(plainly, f"D6.{line}")) in text for line in range(1, 13))
    words = {word for line in range(1, 13) for word in said("ar", f"D6.{line}").split()} if second == "ar" else set()
    copy = copied(made.pdf, tmp_path)
    assert sum(word.strip('.،:؟!"«»') in copy for word in words) >= 0.85 * len(words)
    assert made.file_name == f"notebook-{hers}-{second}-{paper}.pdf" and made.language == hers


def test_a_line_that_one_language_lacks_leaves_its_place_empty_and_marked(tmp_path: Path) -> None:
    texts = {"wo": {"D6.1": "Wolof line one."}}
    asked = request("wo", "SN-MR", paper="a4", beside="en", leave_out=BUT_TWO, texts=texts)
    text = copied(make(asked).pdf, tmp_path)
    assert "Wolof line one." in text and "Someone keeps your passport" in text
    assert "Someone locks" not in text and said("fr", "D6.2") not in text, "no third language"
    assert text.count(Words.load("wo").text("X.untranslated")) >= 11


def test_two_languages_need_room_and_are_two() -> None:
    with pytest.raises(Invalid, match="a4 or a5"):
        make(request("am", paper="a6", beside="ar"))
    with pytest.raises(Invalid, match="another language"):
        make(request("am", paper="a4", beside="am"))
    with pytest.raises(Invalid, match="qq"):
        make(request("am", paper="a4", beside="qq"))


def test_a_second_language_that_is_a_draft_is_refused_too_where_drafts_are_not_printed() -> None:
    with pytest.raises(Invalid, match="Amharic is a draft"):
        make(request("en", paper="a4", beside="am", drafts=False, leave_out=BUT_TWO))


# -- the script


def test_the_script_is_printed_in_the_officers_language_with_her_lines_beside_it(tmp_path: Path) -> None:
    asked = request("am", paper="script", officer="Meseret", services=(HELPER,), centre=CENTRE, person=tigist())
    text = squeezed(copied(make(asked).pdf, tmp_path))
    assert squeezed(said("en", "X.script_title")) in text and squeezed(said("en", "S3")) in text
    assert squeezed(said("en", "D14.2")) in text and squeezed(said("am", "D14.2")) in text
    whole = next(row for row in script.ALWAYS if "{" not in said("am", row))
    assert squeezed(said("am", whole)) in text, "the dangers are said in her words"


@pytest.mark.long
def test_the_script_of_somebody_who_speaks_her_language_has_one_column(tmp_path: Path) -> None:
    made = make(request("am", paper="script", officer_language="am", services=(HELPER,), person=tigist()))
    assert squeezed(copied(made.pdf, tmp_path)).count(squeezed(said("am", "D14.2"))) == 1


# -- the same, the set


@pytest.mark.parametrize("over", [{"paper": "card"}, pytest.param({"paper": "poster", "section": "D6"}, marks=LONG)])
def test_a_form_has_the_same_bytes_twice(over: dict[str, str]) -> None:
    asked = request("am", centre=CENTRE, **over)
    assert make(asked).pdf == make(asked).pdf


def test_the_contact_sheet_shows_a_language_with_its_state(tmp_path: Path) -> None:
    made = gallery.of_languages(request("en", paper="a6", leave_out=BUT_TWO), only=("am",))
    assert [one.language.code for one in made.shown] == ["am"]
    text = copied(made.pdf, tmp_path)
    assert "Amharic" in text and "draft" in text and said("am", "D6.1") in text


@pytest.mark.long
def test_the_contact_sheet_has_the_same_bytes_twice_and_no_page_that_a_guide_lacks() -> None:
    asked = request("en", paper="a6", leave_out=BUT_TWO)
    made = gallery.of_languages(asked, only=("am", "ar"))
    assert [one.language.code for one in made.shown] == ["ar", "am"]
    assert made.pdf == gallery.of_languages(asked, only=("am", "ar")).pdf
    with pytest.raises(MrcError, match="page 90"):
        gallery.of_languages(asked, only=("am",), page=90)


def test_the_pictograms_are_one_set_of_one_weight_with_their_licences_beside_them() -> None:
    folder = RESOURCES / "pictograms"
    rows = tomllib.loads((folder / "pictograms.toml").read_text("utf-8"))["pictogram"]
    assert {row["concept"] for row in rows} == {path.stem for path in (folder / "svg").glob("*.svg")}
    assert all(row["licence"] and row["version"] for row in rows)
    assert {"LICENSE.tabler", "LICENSE.healthicons"} <= {path.name for path in folder.iterdir()}
    for path in (folder / "svg").glob("*.svg"):
        for scale, looks in re.findall(r"scale\(([\d.]+)\)\">\s*<g ([^>]*)>", path.read_text("utf-8")):
            width = float(re.search(r'stroke-width="([\d.]+)"', looks)[1])  # type: ignore[index]
            weight = float(scale) * (width if 'fill="none"' in looks else width + 2)
            assert 2.0 <= weight <= 2.45, path.name
    used = {line.icon for guide in ("departure", "return") for each in content.sections(guide) for line in each.lines}
    assert used - {None} <= {row["concept"] for row in rows}
    assert len(gallery.of_pictograms()) > 10_000
