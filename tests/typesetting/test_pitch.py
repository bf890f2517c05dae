"""Lines of every script: none touches the next, none wastes paper, and cells of two scripts share a baseline."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.apart import boxes, ink, need
from mrc_app.typesetting.building import Builder
from mrc_app.typesetting.fonts import face, primary
from mrc_app.typesetting.lines import LaidText, LineOfText, Span
from mrc_app.typesetting.setting import setting
from mrc_app.typesetting.tags import Element
from tests.typesetting.sentences import SENTENCES

SIZE = 12.0
TALL = {
    "ur": "پیچھے ہٹیں گے تو کچھ نہیں ہو گا، کپکپاہٹ سے بچیں اور ٹِکٹ لے لیں۔",
    "ar": "قُلْ لَهُمْ: إنَّهُ حقٌّ لكُم، ولا تُوَقِّعوا شيئًا.",
    "my": "ကျွန်ုပ်တို့၏ လုပ်ငန်းခွင် ဥက္ကဋ္ဌသို့ တိုင်ကြားနိုင်သည်။",
    "km": "ស្ត្រីគ្រប់រូបត្រូវទទួលប្រាក់ខែ កម្ម្រៃសេវាត្រឹមត្រូវ។",
    "th": "ผู้ที่ทำสัญญาไว้ก่อนปีนี้ ต้องให้เขียนที่อยู่ ญี่ปุ่น",
    "vi": "Ở ẤN ĐỘ người giữ hộ chiếu của bạn phạm luật ỨỮ.",
    "fr": "À l’étranger, ÉVITEZ qu’on garde vos pièces : façon ÇÀÉ.",
}
"""Sentences with letters that reach high and deep."""


def white(lines: list[LineOfText], size: float, from_right: bool) -> list[float]:
    """The white between each line and the next, letter against letter."""
    drawn = [boxes(line, lambda _owner: size, from_right) for line in lines]
    pairs = zip(lines, lines[1:], drawn, drawn[1:], strict=False)
    return [above.descent + below.ascent - need(ink_above, ink_below) for above, below, ink_above, ink_below in pairs]


@pytest.mark.parametrize("lead", [0.0, 1.2])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("lang", SENTENCES)
def test_no_line_touches_the_next(lang: str, bold: bool, lead: float) -> None:
    said = TALL.get(lang, SENTENCES[lang])
    laid = LaidText([Span(f"{said} {SENTENCES[lang]} {said}", lang, SIZE, bold, lead=lead)], lang)
    for width in (110, 170, 260):
        lines = laid.lines(max(width, laid.longest()))
        assert len(lines) > 1
        assert all(gap > 0 for gap in white(lines, SIZE, bool(laid.base)))
        assert ink(lines[0].pieces, SIZE)[1] <= lines[0].ascent and -ink(lines[-1].pieces, SIZE)[0] <= lines[-1].descent


@pytest.mark.parametrize(
    ("lang", "most"), [("my", 1.7), ("ur", 2.3), ("ar", 1.6), ("th", 1.5), ("lo", 1.5), ("km", 1.5)]
)
def test_lines_are_no_higher_than_their_words_need(lang: str, most: float) -> None:
    laid = LaidText([Span(f"{SENTENCES[lang]} " * 4, lang, SIZE)], lang)
    lines = laid.lines(260)
    pitch = [above.descent + below.ascent for above, below in pairwise(lines)]
    assert max(pitch) <= most * SIZE
    assert max(pitch) - min(pitch) < 0.01, "all lines of a paragraph are as far from each other"
    one = face(primary(lang))
    assert max(pitch) <= (one.ascent + one.descent) * SIZE / 1000 + 0.01


def test_labels_do_not_touch_the_lines_beside_them() -> None:
    spans = [Span(SENTENCES["ur"] * 3, "ur", SIZE), Span("ابھی یہاں معلوم نہیں", "ur", 8, boxed=True)]
    laid = LaidText([*spans, Span(SENTENCES["ur"] * 2, "ur", SIZE)], "ur")
    lines = laid.lines(240)
    drawn = [boxes(line, laid.size, True) for line in lines]
    for number in range(1, len(lines)):
        assert need(drawn[number - 1], drawn[number]) < lines[number - 1].descent + lines[number].ascent


def test_cells_of_two_scripts_share_a_baseline() -> None:
    builder = Builder(setting("en", "a6", False), Element("Document"))
    cells = [b.Cell("Say what happened."), b.Cell(TALL["ur"], "ur"), b.Cell(SENTENCES["my"], "my")]
    (item,) = builder.items([b.Table([cells], header=False, tight=True)])
    grid = item.flowable
    grid.wrap(280)
    tops = [grid.pad + max(cell.rise for cell in grid.rows[0]) - cell.rise for cell in grid.rows[0]]
    assert len({round(top + cell.rise, 3) for top, cell in zip(tops, grid.rows[0], strict=True)}) == 1
    assert all(top + cell.height <= grid.height - grid.pad + 0.01 for top, cell in zip(tops, grid.rows[0], strict=True))
