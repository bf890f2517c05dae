"""From the book in words to blocks for the typesetter. Knows pages and tables, no case and no law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mrc_app.guides.card import numbers
from mrc_app.guides.contacts import scannable
from mrc_app.guides.lines import Particulars
from mrc_app.guides.text_model import Said, Section, TextModel
from mrc_app.guides.values import Origin, day, partial_day
from mrc_app.guides.words import sentences
from mrc_app.i18n import isolate, ltr
from mrc_app.typesetting import blocks as b

ROWS = {"D20.1": 14, "D20.2": 6, "D20.3": 5, "X.transfers": 3, "X.savings": 3, "X.business_plan": 4}
SPARED = frozenset({"X.budget", "X.transfers"})
"""Tables that the thinnest book leaves out while nothing stands in them: its lines say the same."""
COMPACT_ROWS = {"D20.1": 6, "D20.2": 3, "D20.3": 2, "X.transfers": 2, "X.savings": 2, "X.business_plan": 3}
THIN_ROWS = {"D20.1": 4, "D20.2": 2, "D20.3": 2, "X.savings": 2, "X.business_plan": 2}
NUMBERS = ("D16.1", "R15.1")
WIDE = 5
"""Columns from which on a table is too wide for the smallest paper."""
MOST_COMPACT_PAGES = 24
COMPACT_ICONS = frozenset(
    [
        "D2.3",
        "D2.5",
        "D3.7",
        "D4.11",
        "D6.1",
        "D6.2",
        "D6.3",
        "D6.7",
        "D7.3",
        "D10.2",
        "D10.4",
        "D11.1",
        "D11.6",
        "D12.7",
        "D14.5",
        "D14.8",
        "D16.5",
        "D16.10",
        "D17.9",
        "R2.1",
        "R2.2",
        "R4.1",
        "R4.2",
        "R5.9",
        "R7.7",
        "R8.5",
        "R11.2",
        "R16.7",
    ]
)
"""On the smallest paper only the most important lines keep their pictogram, so that the book stays thin."""
CARD = ("D18", "E")


@dataclass(frozen=True)
class Closing:
    """What ends a book: its version, who explained it and in which language ("" leaves a blank)."""

    version: str
    officer: str = ""
    explained_in: str = ""


@dataclass(frozen=True)
class Layout:
    """How a book is laid out. ``compact`` is for the smallest paper; ``thin`` saves its line pictograms too.

    Where most lines are in another language and the paper is small, ``tags`` marks each with that language's code, and
    the foot of every page says what the code means.
    """

    of: Particulars
    compact: bool = False
    tags: bool = False
    thin: bool = False

    @classmethod
    def chosen(cls, model: TextModel, of: Particulars, paper: str) -> Layout:
        """The layout for a book on a paper."""
        lines = sum(1 for said in model.every() if said.text)
        small = paper == "a6"
        return cls(of, small, small and model.untranslated * 2 > lines)

    def foot(self, model: TextModel) -> str:
        """The small words at the foot of every page."""
        parts = [self._legend(model)] if self.tags else []
        draft = sentences(model.foot)[0] if self.compact and self.of.words.draft else model.foot
        return " · ".join(part for part in (*parts, draft) if part)

    def _legend(self, model: TextModel) -> str:
        codes = dict.fromkeys(said.language for said in model.every() if said.mark)
        return f"{', '.join(codes)}: {self.of.words.text('X.untranslated')}"

    def book(self, model: TextModel, closing: Closing) -> list[b.Block]:
        """The whole book as blocks."""
        blocks: list[b.Block] = []
        for place, section in enumerate(_card_last(model.sections)):
            blocks += self.section(section, first=place == 0)
            blocks += [b.PageBreak()] if section.id == self.of.kind.cover else []
        return [*blocks, *self.sources(model.sources), *self.closing(closing)]

    def section(self, section: Section, *, first: bool = False) -> list[b.Block]:
        """One section as blocks."""
        if section.id == "D18":
            return [self.card(section.lines, section.title)]
        blocks: list[b.Block] = [self.heading(section.title, 1 if first else 2)] if section.title.text else []
        blocks += self.lines(section.lines)
        return blocks + (scannable(self.of) if section.id == self.of.kind.services else [])

    def card(self, lines: Sequence[Said], title: Said) -> b.CutOut:
        """The emergency card in its dashed frame: sentences in both languages, confirmed numbers, blank lines."""
        words = self.of.words
        inside: list[b.Block] = [self.heading(title, 3 if self.compact else 2), self.sentences(lines)]
        inside += self.numbers()
        if not self.compact or not numbers(self.of):
            inside.append(self.write_in("D20.4", 1 if self.compact else 2))
        if words.draft and not self.compact:
            inside.append(b.Note(words.text("X.draft")))
        return b.CutOut(inside, words.text("X.cut_here"))

    def write_in(self, message: str, lines: int = 1) -> b.WriteIn:
        """Blank lines under a label, which says its language where that is not hers."""
        word = self.of.words.find(message)
        return b.WriteIn(word.text, lines, word.language)

    def numbers(self) -> list[b.Block]:
        """The confirmed numbers of the card, each with the day it was checked."""
        found = numbers(self.of)
        if not self.compact:
            return [b.Fact(isolate(service.name), ltr(service.number), note) for service, note in found]
        rows: list[list[str | b.Cell]] = [
            [isolate(service.name), b.Cell(ltr(service.number), strong=True)]
            for service, _note in found
            if service.number != self.of.one_number
        ]
        notes = " · ".join(dict.fromkeys(note for _service, note in found))
        return [b.Table(rows, header=False, widths=(0.5, 0.5)), b.Note(notes)] if rows else []

    def closing(self, closing: Closing) -> list[b.Block]:
        """Who explained it, a place for a thumb print, the version and the day."""
        words = self.of.words
        explained = words.text(
            "X.explained", language=closing.explained_in or "_" * 8, officer=closing.officer or "_" * 12
        )
        version = words.find("X.version")
        printed = words.text("X.version", version=ltr(closing.version), date=day(self.of.today, version.language).text)
        return [
            b.Together(
                [
                    b.Line(explained, icon="sign_thumbprint", lang=words.find("X.explained").language),
                    self.write_in("X.sign_here", 1 if self.compact else 2),
                    self.write_in("X.date_line"),
                    b.Note(printed, version.language),
                ]
            )
        ]

    def heading(self, said: Said, level: int) -> b.Heading:
        """A heading with its pictogram."""
        return b.Heading(said.text, level, said.icon, said.language, self.mark(said))

    def mark(self, said: Said) -> str | None:
        """The visible mark of a line, what its blanks lack before it, or None."""
        code = self.tags and not self.of.words.is_own(said.language)
        return (
            " · ".join(part for part in (said.unknown, said.language if said.mark and code else said.mark) if part)
            or None
        )

    def lines(self, lines: Sequence[Said]) -> list[b.Block]:
        """The lines of a section; lines in columns that follow each other become one table."""
        blocks: list[b.Block] = []
        waiting: list[Said] = []
        for line in _joined(lines) if self.compact else lines:
            if line.kind == "columns":
                waiting.append(line)
                continue
            blocks += self.columns(waiting)
            waiting = []
            blocks += self.line(line)
        return blocks + self.columns(waiting)

    def line(self, line: Said) -> list[b.Block]:
        """One line as blocks: its source small under it."""
        mark = self.mark(line)
        if line.kind == "table":
            return self.table(line)
        if line.kind == "card":
            return [self.sentences([line])]
        if line.kind == "blank":
            return [b.WriteIn(line.text, lines=2 if self.compact else 4, lang=line.language, mark=mark)]
        if line.kind == "subheading":
            return [b.Heading(line.text, 3, None, line.language, mark)]
        if line.kind == "notice":
            return [b.Line(line.text, small=True, lang=line.language, mark=mark, inset=not self.compact)]
        source = [b.Note(line.source, line.language, inset=not self.compact)] if line.source else []
        return [self.sentence(line, mark), *source]

    def sentence(self, line: Said, mark: str | None) -> b.Line:
        """A sentence with its pictogram or tick box; on the smallest paper a bullet where neither stands."""
        tick = line.kind == "tick"
        icon = line.icon
        if self.compact and (tick or self.thin or line.id not in COMPACT_ICONS):
            icon = None
        bullet = self.compact and not (icon or tick)
        return b.Line(line.text, icon, tick=tick, lang=line.language, mark=mark, bullet=bullet, inset=not self.compact)

    def columns(self, lines: Iterable[Said]) -> list[b.Block]:
        """What my contract says beside what the law there says, as one table, its sources under it."""
        rows: list[list[str | b.Cell]] = []
        sources: dict[str, None] = {}
        for line in lines:
            rows.append([self.cell(cell) for cell in line.cells])
            sources |= dict.fromkeys([line.source] if line.source else [])
        if not rows:
            return []
        words = self.of.words
        head: list[str | b.Cell] = [words.text("X.from_my_contract"), words.text("X.law_there")]
        return [b.Table([head, *rows], widths=(0.44, 0.56)), *(b.Note(source) for source in sources)]

    def table(self, line: Said) -> list[b.Block]:
        """A table; on the smallest paper a wide one stands upright, a small table for each of its rows."""
        if self.thin and line.id in SPARED and not _written(line):
            return []
        if not (self.compact and len(line.cells) >= WIDE and _written(line)):
            return [self.empty_table(line)]
        heads = [b.Cell(cell.text, cell.language, strong=True) for cell in line.cells]
        upright = [list(zip(heads, row, strict=True)) for row in line.rows]
        return [b.Table([list(pair) for pair in pairs], widths=(0.35, 0.65)) for pairs in upright]

    def empty_table(self, line: Said) -> b.Block:
        """A table to fill in by hand, with what is known written in it."""
        heads: list[str | b.Cell] = [b.Cell(cell.text, cell.language) for cell in line.cells]
        room = THIN_ROWS if self.thin else COMPACT_ROWS if self.compact else ROWS
        count = room.get(line.id, 6)
        rows: list[list[str | b.Cell]] = [[*row, *[""] * (len(heads) - len(row))] for row in line.rows]
        rows = rows or [["" for _ in heads] for _ in range(count)]
        mark = self.mark(line.cells[0]) if line.cells else None
        return b.Table([heads, *rows], mark=mark)

    def sentences(self, lines: Sequence[Said]) -> b.Block:
        """Numbered sentences, her language beside the destination's: pointing at a number works without reading."""
        rows: list[list[str | b.Cell]] = []
        for place, line in enumerate(lines, 1):
            label = line.id.removeprefix("E").lstrip("0") if line.id.startswith("E") else str(place)
            rows.append([label, *(self.cell(cell) for cell in line.cells)])
        columns = max((len(row) for row in rows), default=2)
        widths = (0.08, 0.92) if columns == 2 else (0.07, 0.52, 0.41)
        shown = [[*row, *[""] * (columns - len(row))] for row in rows]
        return b.Table(shown, header=False, widths=widths, tight=self.compact)

    def cell(self, said: Said) -> b.Cell:
        """One cell in its language."""
        return b.Cell(said.text, said.language, self.mark(said))

    def sources(self, sources: Sequence[Origin]) -> list[b.Block]:
        """The numbered list of where the facts come from."""
        if not sources:
            return []
        words = self.of.words
        blocks: list[b.Block] = [b.Heading(words.text("X.sources_title"), 2)]
        for place, origin in enumerate(sources, 1):
            code = words.writes
            when = partial_day(origin.published, code) if origin.published else words.text("X.age_unknown")
            address = f" {ltr(origin.url)}" if origin.url else ""
            blocks.append(b.Note(f"[{place}] {isolate(origin.title)}, {isolate(when)}.{address}"))
        return blocks


def _written(line: Said) -> bool:
    return any(len(row) > 1 for row in line.rows)


def _joined(lines: Sequence[Said]) -> list[Said]:
    """On the smallest paper a number and whether it is safe without papers stand in one paragraph."""
    found: list[Said] = []
    for line in lines:
        if line.id == "D16.2" and found and found[-1].id in NUMBERS and line.language == found[-1].language:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def _card_last(sections: Sequence[Section]) -> list[Section]:
    """The card and its sentences stand before the blank pages: cutting it out must not cost advice on its back."""
    cards = [section for section in sections if section.id in CARD]
    others = [section for section in sections if section.id not in CARD]
    at = next((place for place, section in enumerate(others) if section.id == "D20"), len(others))
    return [*others[:at], *cards, *others[at:]]
