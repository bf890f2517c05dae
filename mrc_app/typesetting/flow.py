"""Things one under another: what stays together, what may be parted, and how they fill pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mrc_app.typesetting.sheet import Laid, Sheet, line


@dataclass(frozen=True)
class Item:
    """A flowable with the empty height it wants before and after; ``sticks`` to what follows it on the page, and
    ``clings`` to what stands before it."""

    flowable: Any
    before: float = 0.0
    after: float = 0.0
    sticks: bool = False
    breaks: bool = False
    clings: bool = False


def bound(items: Sequence[Item]) -> list[Item]:
    """Items made to stick to what clings to them: a line to its source and to what is said of it, not small lines in a
    row to each other, nor a table, which may be parted."""
    done, held = [], False
    for one, after in zip(items, [*items, Item(None)][1:], strict=True):
        holds = after.clings and not (one.breaks or hasattr(one.flowable, "rows")) and not (one.clings and not held)
        done.append(replace(one, sticks=True) if holds else one)
        held = holds and not one.clings
    return done


@dataclass(frozen=True)
class Placed:
    """A flowable and where its lower left corner stands, counted from the frame's upper left corner."""

    flowable: Any
    x: float
    y: float


class Space(Laid):
    """Empty height in points."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.high = height

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        return 0.0, self.high

    def draw(self) -> None:
        """Nothing."""


class Aside(Laid):
    """A picture in a column of its own at the start of the line, and what stands beside it."""

    def __init__(self, picture: Any, body: Any, column: float, right_to_left: bool) -> None:
        super().__init__()
        self.picture, self.body, self.column, self.turned = picture, body, column, right_to_left

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = width
        self.body_height = self.body.wrap(width - self.column, height)[1]
        self.picture_height = self.picture.wrap(self.column, height)[1] if self.picture else 0.0
        self.height = max(self.body_height, self.picture_height)
        return width, self.height

    def least(self, width: float) -> float:
        """The least height that may stand at a page's end."""
        self.wrap(width)
        return max(self.picture_height, least(self.body, width - self.column))

    def split(self, width: float, height: float) -> list[Any]:
        """The part that fits and the rest."""
        self.wrap(width)
        parts = self.body.split(width - self.column, height) if height >= self.picture_height else []
        if len(parts) < 2:
            return []
        first, rest = parts
        return [Aside(self.picture, first, self.column, self.turned), Aside(None, rest, self.column, self.turned)]

    def draw(self) -> None:
        """Draws both, centred on each other when the text is short, else on the first line."""
        if self.body_height <= self.picture_height:
            low, body_low = 0.0, (self.picture_height - self.body_height) / 2
        else:
            first = getattr(self.body, "top", 0.0)
            low = self.height - max(self.picture_height, min(first, self.body_height))
            low += max(0.0, (first - self.picture_height) / 2)
            body_low = self.height - self.body_height
        if self.picture:
            self.picture.drawOn(self.canv, self.width - self.picture.width if self.turned else 0.0, low)
        self.body.drawOn(self.canv, 0.0 if self.turned else self.column, body_low)


class Stack(Laid):
    """Items on one page, one under another."""

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__()
        self.items = tuple(items)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = width
        self.placed, at, gap = [], 0.0, 0.0
        for i, item in enumerate(self.items):
            at += max(gap, item.before) if i else 0.0
            at += item.flowable.wrap(width, height)[1]
            self.placed.append(Placed(item.flowable, 0.0, at))
            gap = item.after
        self.height = at
        return width, at

    def draw(self) -> None:
        """Draws every item."""
        for one in self.placed:
            one.flowable.drawOn(self.canv, side(one.flowable, self.width), self.height - one.y)


class Ruled(Laid):
    """A heading: what it says, a thin rule under it, and its entry in the outline."""

    def __init__(self, body: Any, text: str, level: int, colour: str, gap: float) -> None:
        super().__init__()
        self.body, self.text, self.level, self.colour, self.gap = body, text, level, colour, gap

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.width = width
        self.height = self.body.wrap(width, height)[1] + self.gap
        return width, self.height

    def draw(self) -> None:
        """Draws it and enters it in the outline."""
        sheet: Sheet = self.canv
        sheet.enter(self.text, self.level, sheet.absolutePosition(0, self.height)[1])
        self.body.drawOn(sheet, 0, self.gap)
        if self.colour:
            sheet.artifact(line(0, self.gap * 0.35, self.width, self.gap * 0.35, 0.8, self.colour))


def side(flowable: Any, width: float) -> float:
    """Where a flowable narrower than its frame stands: at the start of the line."""
    return width - flowable.width if getattr(flowable, "turned", False) and hasattr(flowable, "width") else 0.0


def least(flowable: Any, width: float) -> float:
    """The least height of a flowable that may stand at a page's end."""
    return flowable.least(width) if hasattr(flowable, "least") else flowable.wrap(width, 0)[1]  # type: ignore[no-any-return]


class Pages:
    """Fills frames of one size with items."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.pages: list[list[Placed]] = [[]]
        self.used = self.gap = 0.0
        self.crowded = 0

    def fill(self, items: Sequence[Item]) -> list[list[Placed]]:
        """The pages, each a list of placed flowables."""
        for i, item in enumerate(items):
            if item.breaks:
                self.turn()
                continue
            if self.pages[-1] and self._need(items, i) > self.height - self.used:
                self.turn()
            self.put(item)
        if len(self.pages) > 1 and not self.pages[-1]:
            self.pages.pop()
        return self.pages

    def turn(self) -> None:
        """Begins a page unless this one is still empty."""
        if self.pages[-1]:
            self.pages.append([])
        self.used = self.gap = 0.0

    def _need(self, items: Sequence[Item], at: int) -> float:
        """The height that has to be free for an item and what it sticks to."""
        need, gap = 0.0, self.gap
        for item in items[at:]:
            if item.breaks:
                break
            need += max(gap, item.before)
            if not item.sticks:
                return need + least(item.flowable, self.width)
            need += item.flowable.wrap(self.width, self.height)[1]
            if need > self.height:
                return least(items[at].flowable, self.width)
            gap = item.after
        return need

    def put(self, item: Item) -> None:
        """Places an item, parted over pages where it must be."""
        at = self.used + (max(self.gap, item.before) if self.pages[-1] else 0.0)
        high = item.flowable.wrap(self.width, self.height)[1]
        if at + high <= self.height + 0.01:
            self._place(item.flowable, at, high, item.after)
            return
        parts = item.flowable.split(self.width, self.height - at)
        if len(parts) > 1:
            self._place(parts[0], at, parts[0].wrap(self.width, self.height)[1], item.after)
            self.turn()
            for part in parts[1:]:
                self.put(replace(item, flowable=part, before=0.0))
        elif self.pages[-1]:
            self.turn()
            self.put(item)
        else:
            self._force(item, high)

    def _force(self, item: Item, high: float) -> None:
        """What is higher than a page: a stack is taken apart, a row cut; the last resort is to shrink it."""
        flowable = item.flowable
        if hasattr(flowable, "apart"):
            for part in flowable.apart(self.width, self.height):
                self.put(Item(part, item.before, item.after))
            return
        if isinstance(flowable, Stack) and len(flowable.items) > 1:
            for part in flowable.items:
                self.put(part)
            return
        self.crowded += 1
        self._place(Shrunk(flowable, self.height), 0.0, self.height, item.after)

    def _place(self, flowable: Any, at: float, high: float, after: float) -> None:
        self.pages[-1].append(Placed(flowable, side(flowable, self.width), at + high))
        self.used, self.gap = at + high, after


class Shrunk(Laid):
    """What is higher than a page, made to fit by scaling."""

    def __init__(self, body: Any, height: float) -> None:
        super().__init__()
        self.body, self.height = body, height

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        """Its size."""
        self.scale = min(1.0, self.height / self.body.wrap(width, height)[1])
        return width, self.height

    def draw(self) -> None:
        """Draws the body smaller."""
        self.wrap(self.body.width)
        self.canv.scale(self.scale, self.scale)
        self.body.drawOn(self.canv, 0, 0)
