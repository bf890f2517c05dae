"""What a listener and a finger find: headings in order, lists with their sources inside, links that lead somewhere."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from mrc_app.i18n import ltr
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import compose
from mrc_app.typesetting.impose import saddle_stitch
from mrc_app.typesetting.links import links, target
from tests.typesetting.guide import PHONE, guide
from tests.typesetting.test_pages import elements

ADDRESS = "https://example.org/a?b=c"


def opened(blocks: list[b.Block], lang: str = "en", **more: object) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(compose(blocks, language=lang, title="x", **more).pdf))  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "ar", "my"])
def test_heading_levels_never_jump(lang: str) -> None:
    blocks = [b.Heading("a"), b.Heading("b", 3), b.Heading("c", 3), b.Heading("d", 2), b.Heading("e", 3), *guide(lang)]
    pdf = opened(blocks, lang)
    levels = [int(str(one.S)[2]) for one in elements(pdf.Root.StructTreeRoot) if str(one.S)[1] == "H"]
    assert levels[:5] == [1, 2, 3, 2, 3]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


def test_a_source_stands_inside_the_item_it_belongs_to_and_the_list_goes_on() -> None:
    blocks: list[b.Block] = [
        b.Line("One.", bullet=True),
        b.Note("Source: [1]."),
        b.Line("Two.", inset=True),
        b.Line("x"),
    ]
    pdf = opened(blocks)
    (listed,) = [one for one in elements(pdf.Root.StructTreeRoot) if one.S == "/L"]
    assert [[str(kid.S) for kid in item.K] for item in listed.K] == [["/LBody"], ["/LBody"]]
    assert any(isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/P" for kid in listed.K[0].K[0].K)


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        (PHONE.replace(" ", "\u00a0"), "tel:+966111112222"),
        (ADDRESS, ADDRESS),
        ("19911", "tel:19911"),
        ("1,000.00", ""),
        ("12 / 24", ""),
        ("+5", ""),
    ],
)
def test_what_can_be_tapped_leads_where_it_says(said: str, leads: str) -> None:
    assert target(said, {"19911"}) == leads


def test_only_what_stands_left_to_right_by_itself_is_a_link() -> None:
    assert links(f"call {PHONE} or {ADDRESS}") == ()
    (found,) = links(f"call {ltr(PHONE)}.")
    assert found.target == "tel:+966111112222" and found.start == 6


@pytest.mark.parametrize(("lang", "words"), [("en", "Call {} now. See {}."), ("ar", "اتصلوا على {} الآن. {}.")])
def test_a_phone_and_an_address_are_links_with_their_place_in_the_tree(lang: str, words: str) -> None:
    pdf = opened([b.Line(words.format(ltr(PHONE), ltr(ADDRESS)))], lang, phones=["19911"])
    annotations = list(pdf.pages[0].obj.Annots)
    assert list(dict.fromkeys(str(one.A.URI) for one in annotations)) == ["tel:+966111112222", ADDRESS]
    found = [one for one in elements(pdf.Root.StructTreeRoot) if one.S == "/Link"]
    assert len(found) == 2 and all(str(one.P.S) == "/P" for one in found)
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(keys)
    parts = [(element, kid.Obj) for element in found for kid in element.K if kid.get("/Type") == "/OBJR"]
    assert [annotation.objgen for annotation in annotations] == [annotation.objgen for _, annotation in parts]
    for element, annotation in parts:
        assert str(annotation.Contents)
        assert numbers[2 * keys.index(int(annotation.StructParent)) + 1].objgen == element.objgen
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == max(keys) + 1


@pytest.mark.parametrize(("lang", "words"), [("en", "Call {} now."), ("ar", "اتصلوا على {} الآن.")])
def test_the_area_of_a_link_lies_over_its_number(lang: str, words: str) -> None:
    done = compose([b.Line(words.format(ltr(PHONE)))], language=lang, title="x")
    pdf = pikepdf.open(BytesIO(done.pdf))
    annotation = pdf.pages[0].obj.Annots[0]
    left, low, right, high = (float(one) for one in annotation.Rect)
    document = pypdfium2.PdfDocument(done.pdf)
    page = document[0].get_textpage()
    start, count = page.search("+966").get_next()
    box = page.get_charbox(start + count)
    document.close()
    assert left <= box[0] <= box[2] <= right and low <= box[1] <= box[3] <= high


def test_a_long_address_over_two_lines_has_an_area_on_each_and_is_one_link() -> None:
    pdf = opened([b.Line(ltr("https://example.org/" + "abc/" * 40))], paper="a6")
    areas = list(pdf.pages[0].obj.Annots)
    assert len(areas) > 2
    assert sum(one.S == "/Link" for one in elements(pdf.Root.StructTreeRoot)) == 1


def test_a_number_without_a_country_is_a_link_only_where_it_is_known_as_one() -> None:
    said: list[b.Block] = [b.Line(f"Call {ltr('19911')}. Pay {ltr('500')}.")]
    plain, known = opened(said), opened(said, phones=["19911"])
    assert "/Annots" not in plain.pages[0].obj
    assert [str(one.A.URI) for one in known.pages[0].obj.Annots] == ["tel:19911"]


def test_a_repeated_header_and_the_sheets_of_a_booklet_hold_no_dead_link() -> None:
    rows = [[f"Call {ltr(PHONE)}", "x"], *[[f"row {number}", "words " * 9] for number in range(30)]]
    done = compose([b.Table(rows)], language="en", title="x")
    assert done.pages > 2
    pdf = pikepdf.open(BytesIO(done.pdf))
    assert [len(page.obj.get("/Annots", [])) for page in pdf.pages][:2] == [1, 0]
    sheets = pikepdf.open(BytesIO(saddle_stitch(done.pdf)))
    assert all("/Annots" not in page.obj for page in sheets.pages)


def test_small_lines_in_a_row_are_parted_freely() -> None:
    blocks: list[b.Block] = [b.Space(60), b.Heading("Sources", 2), *[b.Note(f"Source {n} " * 9) for n in range(30)]]
    document = pypdfium2.PdfDocument(compose(blocks, language="en", title="x").pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert "Source 3" in pages[0] and all(len(page) > 500 for page in pages[:-1])


def test_a_small_line_is_never_parted_from_what_it_belongs_to() -> None:
    for room in range(60, 95):
        blocks: list[b.Block] = [
            b.Space(room),
            b.Line("A line of the book.", bullet=True),
            b.Note("Source of the line."),
        ]
        blocks.append(b.Line("We could not check this.", small=True))
        document = pypdfium2.PdfDocument(compose(blocks, language="en", title="x").pdf)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        (where,) = [number for number, text in enumerate(pages) if "A line of the book." in text]
        assert "Source of the line." in pages[where] and "We could not check this." in pages[where]
