"""What is in the file: fonts, tags, language, order, bounds; and that the same blocks give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from mrc_app.errors import Invalid
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import compose
from mrc_app.typesetting.shaping import MissingGlyph
from tests.typesetting.guide import guide
from tests.typesetting.sentences import SENTENCES

ONE_A_SCRIPT = {"en", "ru", "zh-Hant", "ar", "ur", "am", "ne", "bn", "si", "ta", "km", "lo", "th", "my"}
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "Tj", "TJ", "'", '"', "sh"}


def in_turn(*more: str) -> list[Any]:
    """Every language as a parameter: one for each script is looked at every time, the others, and all of them where a
    paper is named, in the long run."""
    return [
        pytest.param(lang, *more, marks=() if lang in ONE_A_SCRIPT and not more else pytest.mark.long)
        for lang in SENTENCES
    ]


def made(lang: str, paper: str = "a6") -> pikepdf.Pdf:
    done = compose(guide(lang), language=lang, title=SENTENCES[lang], paper=paper, foot=SENTENCES[lang][:20])
    return pikepdf.open(BytesIO(done.pdf))


def fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        yield from page.Resources.get("/Font", {}).values()
        for form in page.Resources.get("/XObject", {}).values():
            yield from form.get("/Resources", {}).get("/Font", {}).values()


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") is not None:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("lang", in_turn())
def test_every_font_is_embedded_by_glyph_with_its_text(lang: str) -> None:
    pdf = made(lang)
    seen = list(fonts(pdf))
    assert seen
    for font in seen:
        assert font.Subtype == "/Type0" and font.Encoding == "/Identity-H"
        assert b"beginbfchar" in font.ToUnicode.read_bytes()
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
    assert all(b"Helvetica" not in obj.unparse() for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary))


def marked(page: pikepdf.Page) -> list[int]:
    """The MCIDs of a page; nothing is painted outside a tag or an artifact, and every one that begins ends."""
    depth, found = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth.append(str(operands[0]))
            if name == "BDC" and "/MCID" in operands[1]:
                found.append(int(operands[1].MCID))
        elif name == "EMC":
            depth.pop()
        elif name in PAINTING:
            assert depth, "painted outside any tag"
    assert not depth
    return found


@pytest.mark.parametrize("lang", ["en", "fr", "am", "ar", "ur", "my", "zh-Hant"])
def test_every_mark_on_the_page_is_in_the_structure_tree(lang: str) -> None:
    pdf = made(lang)
    drawn = {(number, mcid) for number, page in enumerate(pdf.pages) for mcid in marked(page)}
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    told = set()
    for element in elements(pdf.Root.StructTreeRoot):
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
                told.add((pages[kid.Pg.objgen], int(kid.MCID)))
    assert told == drawn
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    for number, page in enumerate(pdf.pages):
        assert page.obj.StructParents == number and page.obj.Tabs == "/S"
        assert parents[2 * number] == number and len(parents[2 * number + 1]) == len(marked(page))


def test_the_tree_has_headings_lists_tables_and_pictures_with_words() -> None:
    pdf = made("ar")
    found = list(elements(pdf.Root.StructTreeRoot))
    tags = {str(one.S) for one in found}
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/LBody", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= tags
    assert all(str(one.Alt) for one in found if one.S == "/Figure")
    foreign = [one for one in found if one.get("/Lang") == "en"]
    assert foreign and foreign[0].S == "/LBody"
    assert any(one.S == "/Span" and one.Lang == "ar" for one in elements(foreign[0]))


def test_bullets_are_real_lists_and_a_cell_in_another_language_says_so() -> None:
    arabic = b.Cell(SENTENCES["ar"], lang="ar")
    blocks = [b.Line("One.", bullet=True), b.Line("Two.", bullet=True), b.Line("Three."), b.Table([["x"], [arabic]])]
    pdf = pikepdf.open(BytesIO(compose(blocks, language="en", title="x").pdf))
    found = list(elements(pdf.Root.StructTreeRoot))
    (listed,) = [one for one in found if one.S == "/L"]
    assert [str(item.S) for item in listed.K] == ["/LI", "/LI"]
    assert [str(one.Lang) for one in found if one.get("/Lang") is not None] == ["ar"]


def test_the_file_says_its_language_title_and_direction() -> None:
    pdf = made("ar")
    assert str(pdf.Root.Lang) == "ar" and pdf.Root.MarkInfo.Marked is True
    assert str(pdf.docinfo.Title) == SENTENCES["ar"]
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert pdf.Root.ViewerPreferences.Direction == "/R2L"
    with pdf.open_metadata() as meta:
        assert SENTENCES["ar"] in str(meta["dc:title"])
    with pdf.open_outline() as outline:
        assert [one.title for one in outline.root] == [SENTENCES["ar"]]
        assert [one.title for one in outline.root[0].children] == [SENTENCES["ar"]]
    assert "/ViewerPreferences" not in made("en").Root or "/Direction" not in made("en").Root.ViewerPreferences


@pytest.mark.parametrize("lang", ["en", "ar", "zh-Hans"])
def test_the_same_blocks_give_the_same_bytes(lang: str) -> None:
    first, second = (compose(guide(lang), language=lang, title="x", foot="y") for _ in range(2))
    assert first.pdf == second.pdf


@pytest.mark.parametrize(
    ("lang", "paper"),
    [
        ("en", "a4"),
        ("ar", "a5"),
        ("en", "a6"),
        ("ur", "a6"),
        ("my", "a6"),
        *in_turn("a6"),
        *in_turn("a5"),
        *in_turn("a4"),
    ],
)
def test_nothing_is_drawn_outside_the_margins(lang: str, paper: str) -> None:
    done = compose(guide(lang), language=lang, title="x", paper=paper, foot=SENTENCES[lang])
    document = pypdfium2.PdfDocument(done.pdf)
    edge = 11
    for page in document:
        picture = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200))
        left, top, right, bottom = picture.getbbox()
        assert left >= edge and top >= edge
        assert right <= picture.width - edge and bottom <= picture.height - edge
    document.close()


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    blocks: list[b.Block] = []
    for number in range(40):
        blocks += [
            b.Heading(f"Heading {number}", level=2),
            b.Line("A line of words that is long enough to fill two lines."),
        ]
    done = compose(blocks, language="en", title="x")
    document = pypdfium2.PdfDocument(done.pdf)
    assert len(document) > 5
    for page in document:
        lines = page.get_textpage().get_text_bounded().split("\r\n")
        assert not any(line.startswith("Heading") for line in lines[-2:])
    document.close()


def test_a_row_higher_than_a_page_is_cut_between_lines_and_nothing_is_lost() -> None:
    words = [f"word{number}" for number in range(400)]
    done = compose([b.Table([["a", "b"], [" ".join(words), "x"]])], language="en", title="x")
    assert done.pages > 2
    document = pypdfium2.PdfDocument(done.pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert [word for word in words if word not in text] == []
    document.close()


def test_a_frame_higher_than_a_page_is_opened_and_nothing_is_lost() -> None:
    lines = [b.Line(f"Line number {number} of the card.", icon="phone") for number in range(30)]
    done = compose([b.CutOut(lines, "Card")], language="en", title="x")
    document = pypdfium2.PdfDocument(done.pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", " ")
    assert all(f"Line number {number} of the card." in text for number in range(30))
    document.close()


def test_a_frame_a_little_higher_than_a_page_is_made_smaller_whole() -> None:
    pages = []
    for count in range(4, 16):
        lines = [b.Line(f"Line number {number} of the card.", icon="phone") for number in range(count)]
        done = compose([b.CutOut(lines, "Card")], language="en", title="x", paper="a6")
        document = pypdfium2.PdfDocument(done.pdf)
        text = document[0].get_textpage().get_text_bounded()
        pages.append(sum(f"Line number {number} of" in text for number in range(count)) == count)
        document.close()
    assert pages[0] and not pages[-1]
    assert pages == sorted(pages, reverse=True)


def test_a_document_of_nothing_is_one_empty_page() -> None:
    assert compose([], language="en", title="x").pages == 1


def test_what_cannot_be_printed_is_refused_before_anything_is_written() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+10480"):
        compose([b.Line("good"), b.Line("\U00010480")], language="en", title="x")
    with pytest.raises(MissingGlyph):
        compose([b.Line("good")], language="en", title="x", foot="\U00010480")
    with pytest.raises(Invalid, match="no pictogram"):
        compose([b.Line("good", icon="nothing_such")], language="en", title="x")
    with pytest.raises(Invalid, match="does not know the language"):
        compose([b.Line("good")], language="xx", title="x")
    with pytest.raises(Invalid, match="no paper"):
        compose([b.Line("good")], language="en", title="x", paper="a9")


def test_line_art_uses_black_only() -> None:
    done = compose(guide("en"), language="en", title="x", line_art=True)
    document = pypdfium2.PdfDocument(done.pdf)
    for page in document:
        picture = page.render(scale=2).to_pil().convert("RGB")
        assert all(max(colour) - min(colour) < 26 for _, colour in picture.getcolors(1 << 20) or [])
    document.close()
