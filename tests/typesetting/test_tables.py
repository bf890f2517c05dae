"""Tables: columns in reading order, wide enough for their words; and the pages of a booklet in theirs."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from mrc_app.errors import Invalid
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.building import Builder
from mrc_app.typesetting.compose import CROWDED_TABLE, compose
from mrc_app.typesetting.impose import booklet_order, one_sheet, one_sheet_order, pocket_booklet, saddle_stitch
from mrc_app.typesetting.setting import setting
from mrc_app.typesetting.table import column_widths, shared_widths
from mrc_app.typesetting.tags import Element


def middle_of(pdf: bytes, text: str) -> float:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    index, _ = page.search(text).get_next()
    left, _, right, _ = page.get_charbox(index)
    document.close()
    return (left + right) / 2


@pytest.mark.parametrize(("lang", "forward"), [("en", True), ("ar", False), ("ur", False), ("am", True)])
def test_the_first_column_stands_where_reading_begins(lang: str, forward: bool) -> None:
    pdf = compose([b.Table([["11", "22", "33"], ["44", "55", "66"]])], language=lang, title="x").pdf
    places = [middle_of(pdf, text) for text in ("11", "22", "33")]
    assert places == sorted(places, reverse=not forward)


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    rows = [["Representation", "x"], ["a " * 60, "counterrevolutionary " * 3]]
    builder = Builder(setting("en", "a5", False), Element("Document"))
    (item,) = builder.items([b.Table(rows, widths=[1, 9])])
    item.flowable.wrap(300)
    for column, width in zip(zip(*item.flowable.rows, strict=True), item.flowable.widths, strict=True):
        assert all(cell.laid.longest() <= width for cell in column)


def test_widths_fill_the_page_and_respect_words() -> None:
    assert column_widths([10, 10], [20, 500], 100) == pytest.approx([20, 80])
    assert sum(column_widths([60, 60], [90, 90], 100)) == pytest.approx(100)
    assert shared_widths([1, 1], [10, 70], 100) == pytest.approx([30, 70])


def test_words_too_wide_for_a_table_are_said_in_a_warning_and_kept() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    done = compose([b.Table([[word, word, word]], header=False)], language="en", title="x")
    assert done.warnings == [CROWDED_TABLE]
    text = pypdfium2.PdfDocument(done.pdf)[0].get_textpage().get_text_bounded()
    letters = sorted(char for char in text if char.isalpha())
    assert letters == sorted(word * 3)


def test_the_header_is_repeated_but_read_out_once() -> None:
    rows = [["Heading", "Other"], *[[f"row {number}", "words " * 9] for number in range(30)]]
    done = compose([b.Table(rows)], language="en", title="x")
    document = pypdfium2.PdfDocument(done.pdf)
    assert len(document) > 2
    assert all("Heading" in page.get_textpage().get_text_bounded() for page in document)
    document.close()


def test_a_booklet_reads_on_when_folded() -> None:
    assert booklet_order(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert booklet_order(3, right_to_left=True) == [(0, None), (2, 1)]


LEAVES = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india"]


def numbered(pages: int, paper: str = "a6") -> bytes:
    blocks: list[b.Block] = []
    for number in range(pages):
        blocks += [b.Line(LEAVES[number]), b.PageBreak()]
    return compose(blocks, language="en", title="x", paper=paper).pdf


def leaves(pdf: bytes) -> list[list[tuple[int, bool, bool]]]:
    """(page, in the right half, in the upper half) of every page found on every sheet."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text, (width, height) = page.get_textpage(), page.get_size()
        row = []
        for number in range(len(LEAVES)):
            search = text.search(LEAVES[number], match_whole_word=True)
            while hit := search.get_next():
                left, bottom, _, _ = text.get_charbox(hit[0])
                row.append((number, left > width / 2, bottom > height / 2))
        found.append(row)
    document.close()
    return found


def test_stitched_sheets_are_a4_landscape_with_pages_in_their_halves() -> None:
    pdf = saddle_stitch(numbered(8))
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    assert [{(page, right) for page, right, _ in sheet} for sheet in leaves(pdf)] == [
        {(0, True), (7, False)},
        {(1, False), (6, True)},
        {(2, True), (5, False)},
        {(3, False), (4, True)},
    ]
    turned = leaves(saddle_stitch(numbered(8), right_to_left=True))
    assert {(page, right) for page, right, _ in turned[0]} == {(0, False), (7, True)}


def test_a_pocket_booklet_has_two_copies_of_each_side_on_a4() -> None:
    pdf = pocket_booklet(numbered(4))
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert sorted(leaves(pdf)[0]) == [(0, True, False), (0, True, True), (3, False, False), (3, False, True)]


def test_one_sheet_holds_eight_pages_and_refuses_nine() -> None:
    (sheet,) = leaves(one_sheet(numbered(8)))
    assert {(page, right, upper) for page, right, upper in sheet} == {
        (5, False, False), (6, False, False), (7, True, False), (0, True, False),
        (4, False, True), (3, False, True), (2, True, True), (1, True, True),
    }  # fmt: skip
    assert one_sheet_order(True) == ([1, 2, 3, 4], [0, 7, 6, 5])
    with pytest.raises(Invalid, match="One sheet holds 8 pages"):
        one_sheet(numbered(9))


def test_imposed_sheets_hold_no_font_that_is_not_embedded() -> None:
    assert b"Helvetica" not in one_sheet(numbered(2)) + saddle_stitch(numbered(2))
