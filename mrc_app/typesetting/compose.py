"""Blocks to a PDF: the one way in for whoever prints something."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from mrc_app.i18n import N_, language
from mrc_app.typesetting.blocks import Block
from mrc_app.typesetting.building import Builder
from mrc_app.typesetting.digits import national
from mrc_app.typesetting.flow import Pages, Placed, bound
from mrc_app.typesetting.ink import plain
from mrc_app.typesetting.lines import Span
from mrc_app.typesetting.paragraph import Paragraph
from mrc_app.typesetting.pictures import MM
from mrc_app.typesetting.setting import Paper, Setting, setting
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
    paper: str | Paper = "a6",
    foot: str = "",
    line_art: bool = False,
    phones: Collection[str] = (),
    own_digits: bool = False,
) -> Composed:
    """Sets blocks on paper ("a6", "a5", "a4" or one described) in a language. The same blocks give the same bytes.
    Addresses can be tapped, and numbers with their country or among ``phones``. ``own_digits``: numbers in running text
    are written in the language's digits, save in what stands left to right by itself.

    Raises MissingGlyph when no typeface can draw a character, Invalid for an unknown language, paper or
    pictogram; nothing is returned then.
    """
    look = replace(setting(_known(language), paper, line_art), phones=frozenset(phones), own_digits=own_digits)
    root = Element("Document")
    builder = Builder(look, root)
    tight = look.paper.gap
    items = [replace(item, before=item.before * tight, after=item.after * tight) for item in builder.items(blocks)]
    items = bound(items)
    running = Foot(look, foot)
    pages = Pages(look.paper.width, running.frame)
    filled = pages.fill(items)
    sheet = Sheet(look.paper.size, root)
    for number, placed in enumerate(filled, 1):
        _page(sheet, look, placed)
        running.draw(sheet, number, len(filled))
        sheet.showPage()
    pdf = sheet.finished(look.lang, plain(title), look.right_to_left, CREATOR)
    return Composed(pdf, len(filled), _warnings(builder, pages))


def _warnings(builder: Builder, pages: Pages) -> list[str]:
    warnings = [CROWDED_TABLE] if any(grid.crowded for grid in builder.grids) else []
    return [*warnings, CROWDED_PAGE] if pages.crowded else warnings


def _known(code: str) -> str:
    return language(code).code


def _page(sheet: Sheet, look: Setting, placed: Sequence[Placed]) -> None:
    left = look.paper.side_mm * MM
    top = (look.paper.height_mm - look.paper.top_mm) * MM
    for one in placed:
        one.flowable.drawOn(sheet, left + one.x, top - one.y)


class Foot:
    """The running foot: a thin rule, the foot's words, and the page's number at the other end."""

    RULE, GAP = 3.0, 5.0

    def __init__(self, look: Setting, text: str) -> None:
        self.look = look
        self.words = self._said(text) if text else None
        self.room = look.paper.width - self._number(88, 88).laid.natural() - 10
        self.height = self._number(1, 1).wrap(self.room)[1]
        if self.words:
            self.height = max(self.height, self.words.wrap(self.room)[1])
        self.above = look.paper.foot_mm * MM + self.height + self.RULE

    def _said(self, text: str, align: str = "start") -> Paragraph:
        look = self.look
        if look.own_digits:
            text = national(text, look.lang)
        return Paragraph([Span(text, look.lang, look.tiny, False, look.soft)], look.lang, align=align)

    def _number(self, number: int, of: int) -> Paragraph:
        return self._said(f"\u2066{self._digits(number)} / {self._digits(of)}\u2069", "end")

    def _digits(self, number: int) -> str:
        return national(str(number), self.look.lang) if self.look.own_digits else str(number)

    @property
    def frame(self) -> float:
        """The height left for what stands above."""
        paper = self.look.paper
        return (paper.height_mm - paper.top_mm) * MM - self.above - self.GAP

    def draw(self, sheet: Sheet, number: int, of: int) -> None:
        """Draws it on the page."""
        look = self.look
        width, left, top = look.paper.width, look.paper.side_mm * MM, self.above - self.RULE
        sheet.artifact(line(left, self.above, left + width, self.above, 0.5))
        page = self._number(number, of)
        page.wrap(width)
        page.drawOn(sheet, left, top - page.height)
        if self.words:
            self.words.wrap(self.room)
            x = left + (width - self.room if look.right_to_left else 0)
            self.words.drawOn(sheet, x, top - self.words.height)
