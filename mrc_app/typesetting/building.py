"""From blocks to things on a page: each block's paragraphs, pictures and place in the structure tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.digits import national
from mrc_app.typesetting.drawing import Drawing
from mrc_app.typesetting.flow import Aside, Item, Ruled, Space, Stack
from mrc_app.typesetting.fonts import primary
from mrc_app.typesetting.frames import Barred, BlankLines, DashedFrame
from mrc_app.typesetting.lines import Span
from mrc_app.typesetting.paragraph import Paragraph
from mrc_app.typesetting.pictures import LEAST_MM, MM, Bullet, Pictogram, QrCode, TickBox, least_mm
from mrc_app.typesetting.setting import Setting
from mrc_app.typesetting.table import PAD_Y, Grid
from mrc_app.typesetting.tags import Element

_HEADING_ICON = {1: 1.0, 2: 0.85}
OPTICAL = {"NotoSansMyanmar": 0.9}
"""Faces that look larger than others at the same size, and how much smaller they are set."""
TIGHT = 0.94
"""The type of a tight table beside that of others."""


def _listed(block: b.Block) -> bool:
    """Whether a block is an item of a list: one line of advice among others."""
    words = isinstance(block, b.Line) and (
        block.icon or block.tick or block.bullet or (block.inset and not block.small)
    )
    return isinstance(block, b.Pair) or bool(words)


class Builder:
    """Makes items of blocks, in one setting, under one element."""

    def __init__(self, setting: Setting, root: Element) -> None:
        self.setting, self.root = setting, root
        self.list: Element | None = None
        self.item: Element | None = None
        self.level = 0
        self.grids: list[Grid] = []

    def items(self, blocks: Sequence[b.Block], root: Element | None = None) -> list[Item]:
        """The items of blocks, their elements under ``root``."""
        outer, self.root, self.list, self.item = self.root, root or self.root, None, None
        made = [item for block in blocks for item in self._make(block)]
        self.root, self.list, self.item = outer, None, None
        return made

    def _make(self, block: b.Block) -> list[Item]:
        if not (_listed(block) or (isinstance(block, b.Note) and self.item)):
            self.list = self.item = None
        build: Callable[[Any], list[Item]] = getattr(self, f"_{type(block).__name__.lower()}")
        return build(block)

    def text(
        self,
        block: Any,
        text: str,
        element: Element | None,
        size: float,
        *,
        bold: bool = False,
        colour: str = "",
        mark: str | None = None,
        starts: str = "",
    ) -> Paragraph:
        """A paragraph of a block's text and the label after it, from the side where the language ``starts`` begins."""
        own = self.setting.lang
        lead = self.setting.paper.lead
        if self.setting.own_digits:
            text, mark = national(text, block.lang or own), national(mark, own) if mark else None
        size *= OPTICAL.get(primary(block.lang or own), 1.0)
        spans = [Span(text, block.lang or own, size, bold, colour or self.setting.ink, lead=lead)]
        if mark:
            spans.append(Span(mark, own, self.setting.tiny, False, self.setting.soft, boxed=True))
        return Paragraph(spans, starts or own, element, document=own, phones=self.setting.phones)

    def _heading(self, block: b.Heading) -> list[Item]:
        look, level = self.setting, min(max(block.level, 1), 3)
        self.level = min(level, self.level + 1)
        element = self.root.add(f"H{self.level}")
        body: Any = self.text(
            block, block.text, element, look.heading(level), bold=True, colour=look.accent, mark=block.mark
        )
        if block.second:
            said, size = element.add("Span", block.second.lang or look.lang), look.heading(level) * 0.85
            other = self.text(block.second, block.second.text, said, size, bold=True, colour=look.soft)
            body = Stack([Item(body), Item(other, before=2)])
        if block.icon:
            wide = max(look.paper.icon_mm * _HEADING_ICON.get(level, 0.7), least_mm(block.icon)) * MM
            body = Aside(Pictogram(block.icon, wide, look.right_to_left), body, wide + 2.5 * MM, look.right_to_left)
        rule = look.accent if level < 3 else ""
        whole = Ruled(body, block.text, level, rule, {1: 6.0, 2: 5.0}.get(level, 0.0))
        return [Item(whole, before=(16, 12, 9)[level - 1], after=(7, 5, 3)[level - 1], sticks=True)]

    def _line(self, block: b.Line) -> list[Item]:
        look = self.setting
        size = look.small if block.small else look.paper.body
        if not _listed(block):
            body = self.text(block, block.text, self.root.add("P"), size, bold=block.strong, mark=block.mark)
            shown = self._inset(body) if block.inset else body
            return [Item(shown, before=3, after=4, clings=block.small)]
        if self.list is None:
            self.list = self.root.add("L")
        self.item = self.list.add("LI").add("LBody")
        body = self.text(block, block.text, self.item, size, bold=block.strong, mark=block.mark)
        return [Item(self._beside(block, body), before=3, after=7 if block.icon or block.tick else 4)]

    def _beside(self, block: b.Line, body: Paragraph) -> Any:
        look = self.setting
        turned = look.right_to_left
        if block.tick:
            wide = 5 * MM
            inner = Aside(TickBox(wide), body, wide + 3 * MM, turned)
            if not block.icon:
                return self._inset(inner) if block.inset else inner
            return Aside(self._icon(block.icon), inner, look.column, turned)
        if block.icon:
            return Aside(self._icon(block.icon), body, look.column, turned)
        if not block.bullet:
            return self._inset(body)
        return Aside(Bullet(look.paper.body, look.ink), body, look.paper.body * 0.85, turned)

    def _inset(self, body: Any) -> Aside:
        return Aside(None, body, self.setting.column, self.setting.right_to_left)

    def _icon(self, name: str) -> Pictogram:
        return Pictogram(name, max(self.setting.paper.icon_mm, least_mm(name)) * MM, self.setting.right_to_left)

    def _note(self, block: b.Note) -> list[Item]:
        look = self.setting
        element = (self.item or self.root).add("P")
        body: Any = self.text(block, block.text, element, look.small, colour=look.soft, mark=block.mark)
        return [Item(self._inset(body) if block.inset else body, before=2, after=5, clings=True)]

    def _fact(self, block: b.Fact) -> list[Item]:
        look = self.setting
        element = self.root.add("Div")
        parts = [Item(self.text(block, block.label, element.add("P"), look.small, colour=look.soft), after=1)]
        value = self.text(block, block.value, element.add("P"), look.paper.body, bold=True, mark=block.mark)
        parts.append(Item(value, after=1))
        if block.source:
            said = self.text(block, block.source, element.add("P"), look.tiny, colour=look.soft)
            parts.append(Item(said))
        return [Item(Barred(Stack(parts), look.accent, look.right_to_left), before=6, after=8)]

    def _table(self, block: b.Table) -> list[Item]:
        table = self.root.add("Table")
        columns = max(len(row) for row in block.rows)
        scale = TIGHT if block.tight else 1.0
        rows = []
        for number, row in enumerate(block.rows):
            line, head = table.add("TR"), bool(block.header and number == 0)
            cells = [cell if isinstance(cell, b.Cell) else b.Cell(cell, block.lang) for cell in row]
            cells += [b.Cell("")] * (columns - len(cells))
            rows.append([self._cell(cell, line.add("TH" if head else "TD"), head, scale) for cell in cells])
        grid = Grid(rows, self.setting.right_to_left, int(block.header), block.widths, self.setting.head_look)
        grid.least_row, grid.ruled, grid.pad = block.row_mm * MM, block.ruled, PAD_Y * (0.5 if block.tight else 1)
        self.grids.append(grid)
        made = [Item(grid, before=5, after=8)]
        if block.mark:
            made += self._note(b.Note("", mark=block.mark))
        return made

    def _cell(self, cell: b.Cell, element: Element, head: bool, scale: float) -> Paragraph:
        size = self.setting.paper.body * (0.85 if head else 0.9) * scale
        return self.text(
            cell, cell.text, element, size, bold=head or cell.strong, mark=cell.mark, starts=cell.lang or ""
        )

    def _pair(self, block: b.Pair) -> list[Item]:
        look, turned = self.setting, self.setting.right_to_left
        if self.list is None:
            self.list = self.root.add("L")
        said, size = self.list.add("LI").add("LBody"), look.paper.body
        row = [
            self.text(cell, cell.text, said.add("P"), size, bold=cell.strong, mark=cell.mark, starts=cell.lang or "")
            for cell in (block.first, block.second)
        ]
        grid = Grid([row], turned, 0, (0.5, 0.5), "")
        self.grids.append(grid)
        icon = self._icon(block.icon) if block.icon else TickBox(5 * MM) if block.tick else None
        return [Item(Aside(icon, grid, look.column, turned), before=1, after=2)]

    def _figure(self, block: b.Figure) -> list[Item]:
        element = self.root.add("Figure", block.lang or "", block.alt)
        wide = max(block.width_mm, least_mm(block.icon)) * MM
        return [Item(Pictogram(block.icon, wide, self.setting.right_to_left, element), before=5, after=6)]

    def _code(self, block: b.Code) -> list[Item]:
        element = self.root.add("Figure", block.lang or "", block.alt)
        code = QrCode(block.data, max(block.width_mm, LEAST_MM) * MM, element)
        code.turned = self.setting.right_to_left
        return [Item(code, before=5, after=6)]

    def _chart(self, block: b.Chart) -> list[Item]:
        look = self.setting
        wide, column = look.paper.width * block.share, look.paper.width * min(block.share + 0.03, 1.0)
        drawn = Drawing(block.picture, wide, look, self.root.add("Figure", alt=block.alt))
        table = self._table(block.table)
        if block.share >= 1:
            return [Item(drawn, before=3, after=4, sticks=True), *table]
        return [Item(Aside(drawn, Stack(table), column, look.right_to_left), before=3, after=6)]

    def _writein(self, block: b.WriteIn) -> list[Item]:
        look = self.setting
        label = self.text(block, block.label, self.root.add("P"), look.small, colour=look.soft, mark=block.mark)
        lines = BlankLines(max(1, block.lines), look.paper.body)
        return [Item(Stack([Item(label), Item(lines)]), before=8, after=9)]

    def _cutout(self, block: b.CutOut) -> list[Item]:
        look = self.setting
        element = self.root.add("Sect", block.lang or "")
        label = None
        if block.label or block.mark:
            label = self.text(block, block.label, element.add("P"), look.tiny, colour=look.soft, mark=block.mark)
        body = Stack(self.items(block.blocks, element))
        return [Item(DashedFrame(body, label, look.right_to_left), before=9, after=9)]

    def _together(self, block: b.Together) -> list[Item]:
        inner = self.items(block.blocks, self.root)
        if any(item.breaks for item in inner) or not inner:
            return inner
        return [Item(Stack(inner), before=inner[0].before, after=inner[-1].after)]

    def _pagebreak(self, block: b.PageBreak) -> list[Item]:
        return [Item(None, breaks=True)]

    def _space(self, block: b.Space) -> list[Item]:
        return [Item(Space(block.mm * MM))]
