"""Blocks to a PDF: the one way in for whoever prints something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mrc_app.i18n import N_, language
from mrc_app.typesetting.blocks import Block
from mrc_app.typesetting.building import Builder
from mrc_app.typesetting.characters import CONTROLS
from mrc_app.typesetting.flow import Pages, Placed
from mrc_app.typesetting.lines import Span
from mrc_app.typesetting.paragraph import Paragraph
from mrc_app.typesetting.pictures import MM
from mrc_app.typesetting.setting import Setting, setting
from mrc_app.typesetting.sheet import Sheet, line
from mrc_app.typesetting.tags import Element

CREATOR = "mrc-desk"
CROWDED_TABLE = N_("A table is too wide for this paper: some words are parted.")
CROWDED_PAGE = N_("Something is higher than a page and was made smaller.")


@dataclass(frozen=True)
class Composed:
    """A finished document: its bytes, how many pages, and what could be better about it (message ids)."""

    pdf: bytes
    pages: int
    warnings: list[str]


def compose(
    blocks: Sequence[Block],
    *,
    language: str,
    title: str,
    paper: str = "a6",
    foot: str = "",
    line_art: bool = False,
) -> Composed:
    """Sets blocks on paper ("a6", "a5" or "a4") in a language. The same blocks give the same bytes.

    Raises MissingGlyph when no typeface can draw a character, Invalid for an unknown language, paper or
    pictogram; nothing is returned then.
    """
    look = setting(_known(language), paper, line_art)
    root = Element("Document")
    builder = Builder(look, root)
    tight = look.paper.gap
    items = [replace(item, before=item.before * tight, after=item.after * tight) for item in builder.items(blocks)]
    pages = Pages(*look.paper.frame)
    filled = pages.fill(items)
    sheet = Sheet(look.paper.size, root)
    for number, placed in enumerate(filled, 1):
        _page(sheet, look, placed)
        _foot(sheet, look, foot, number, len(filled))
        sheet.showPage()
    warnings = [CROWDED_TABLE] if any(grid.crowded for grid in builder.grids) else []
    warnings += [CROWDED_PAGE] if pages.crowded else []
    plain = "".join(char for char in title if char not in CONTROLS)
    pdf = sheet.finished(look.lang, plain, look.right_to_left, CREATOR)
    return Composed(pdf, len(filled), warnings)


def _known(code: str) -> str:
    return language(code).code


def _page(sheet: Sheet, look: Setting, placed: Sequence[Placed]) -> None:
    left = look.paper.side_mm * MM
    top = (look.paper.height_mm - look.paper.top_mm) * MM
    for one in placed:
        one.flowable.drawOn(sheet, left + one.x, top - one.y)


def _foot(sheet: Sheet, look: Setting, foot: str, number: int, of: int) -> None:
    """The running foot: a thin rule, the foot's words, the page's number."""
    width = look.paper.frame[0]
    left, base = look.paper.side_mm * MM, look.paper.foot_mm * MM
    sheet.artifact(line(left, base - 9, left + width, base - 9, 0.5))
    said = Span(f"\u2066{number} / {of}\u2069", look.lang, look.tiny, False, look.soft)
    page = Paragraph([said], look.lang, align="end")
    page.wrap(width)
    page.drawOn(sheet, left, base - 12 - page.height)
    if foot:
        room = width - page.laid.natural() - 10
        words = Paragraph([Span(foot, look.lang, look.tiny, False, look.soft)], look.lang)
        words.wrap(room)
        x = left + (width - room if look.right_to_left else 0)
        words.drawOn(sheet, x, base - 12 - words.height)
