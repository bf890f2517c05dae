"""Two languages side by side, line by line: hers, and one that somebody near her reads.

A line that is missing in one of them leaves its place empty, with the mark that it is not translated yet; nothing is
said in a third language while one of the two has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mrc_app.guides.layout import Closing, Layout
from mrc_app.guides.text_model import Said, Section, TextModel
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.setting import Paper

PAPERS = {
    "a5": Paper(148, 210, 9, 9, 7, 10.5, 10, 0.7, 1.2),
    "a4": Paper(210, 297, 14, 13, 9, 12.5, 12, 0.9, 1.2),
}
"""Papers that are wide enough for two columns, with their type."""
WHOLE_PAGE = frozenset({"X.untranslated_page"})
"""Notices about the whole book that two columns do not need: every line says it for itself."""
_Pair = tuple[Said, Said | None]


@dataclass(frozen=True)
class Beside:
    """A book in two languages: hers with its layout, and the same book in the other language."""

    layout: Layout
    model: TextModel
    other: TextModel

    def book(self, closing: Closing) -> list[b.Block]:
        """The whole book as blocks."""
        made: list[b.Block] = []
        for place, (section, other) in enumerate(self._sections()):
            made += self.section(section, other, level=2 if place else 1)
        return [*made, *self.layout.sources(self.model.sources), *self.layout.closing(closing)]

    def section(self, section: Section, other: Section | None, *, level: int = 2) -> list[b.Block]:
        """One section: its heading in both languages, then its lines."""
        if section.id == self.layout.of.kind.card:
            return [self.layout.card(section.lines, section.title)]
        return [*self._heading(section.title, other.title if other else None, level), *self.lines(section, other)]

    def lines(self, section: Section, other: Section | None) -> list[b.Block]:
        """The lines of a section, each beside the same in the other language."""
        theirs = other.lines if other else ()
        return [made for said, same in paired(section.lines, theirs) for made in self._line(said, same)]

    def _sections(self) -> list[tuple[Section, Section | None]]:
        theirs = {section.id: section for section in self.other.sections}
        return [(section, theirs.get(section.id)) for section in self.model.sections]

    def _line(self, said: Said, other: Said | None) -> Iterator[b.Block]:
        if said.id in WHOLE_PAGE:
            return
        if said.kind == "card":
            yield self.layout.sentences([said])
        elif said.kind == "table":
            yield from self._table(said, other)
        elif said.kind == "subheading":
            yield from self._heading(said, other, 3)
        elif said.kind == "blank":
            yield b.Note(other.text if other else "", self._code(other), self._mark(other))
            yield b.WriteIn(said.text, 4, said.language, self.layout.mark(said))
        else:
            yield from self._pairs(said, other)
        if said.source:
            yield b.Note(said.source, inset=True)

    def _pairs(self, said: Said, other: Said | None) -> Iterator[b.Block]:
        cells = said.cells or (said,)
        same: Sequence[Said | None] = (other.cells or (other,)) if other else ()
        for place, cell in enumerate(cells):
            beside = same[place] if place < len(same) else None
            icon = said.icon if place == 0 else None
            yield b.Pair(self._first(cell, beside), self._second(beside), icon, said.kind == "tick")

    def _first(self, said: Said, other: Said | None) -> b.Cell:
        """Hers; where she has none and the other language has one, an empty place with its mark."""
        hers = self.model.language
        if said.language != hers and other is not None and other.language == self.other.language:
            return b.Cell("", hers, self._missing())
        return b.Cell(said.text, said.language, self.layout.mark(said))

    def _second(self, said: Said | None) -> b.Cell:
        if said is None or said.language != self.other.language:
            return b.Cell("", self.other.language, self._missing())
        return b.Cell(said.text, said.language, said.unknown or None)

    def _heading(self, said: Said, other: Said | None, level: int) -> list[b.Block]:
        if not said.text:
            return []
        heading = self.layout.heading(said, level)
        if other is not None and other.language == self.other.language and other.language != said.language:
            heading = replace(heading, second=b.Cell(other.text, other.language))
        return [heading]

    def _table(self, said: Said, other: Said | None) -> Iterator[b.Block]:
        if other is not None and other.cells and other.language == self.other.language:
            yield b.Note(" · ".join(cell.text for cell in other.cells), other.language)
        yield from self.layout.table(said)

    def _code(self, said: Said | None) -> str:
        return said.language if said else self.other.language

    def _mark(self, said: Said | None) -> str | None:
        return None if said is not None and said.language == self.other.language else self._missing()

    def _missing(self) -> str:
        return self.layout.of.words.text("X.untranslated")


def paired(first: Iterable[Said], second: Iterable[Said]) -> list[_Pair]:
    """Each line of the first with the same line of the second: the same id, and the same time that it is said."""
    theirs = dict(_numbered(second))
    return [(said, theirs.get(key)) for key, said in _numbered(first)]


def _numbered(lines: Iterable[Said]) -> Iterator[tuple[tuple[str, int], Said]]:
    seen: Counter[str] = Counter()
    for said in lines:
        seen[said.id] += 1
        yield (said.id, seen[said.id]), said
