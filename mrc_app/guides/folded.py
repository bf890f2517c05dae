"""The emergency card as a form of its own: printed on one side, cut, folded twice, small enough for a hand or a shoe.

Hers and, where there are checked words, the language of the country she is in; only confirmed numbers; blank lines.
With the forty sentences it becomes a small book of one sheet, folded into eight.
"""

from __future__ import annotations

from collections.abc import Iterator

from mrc_app.guides.card import numbers
from mrc_app.guides.layout import Layout
from mrc_app.guides.text_model import Said, TextModel
from mrc_app.i18n import isolate, ltr
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.setting import Paper

SIZES = tuple(half / 2 for half in range(30, 13, -1))
"""Sizes of the type, the largest first; a card takes the largest with which it fits its panels."""


def paper(body: float) -> Paper:
    """A panel of A7 with type of a size."""
    return Paper(74, 105, 4.5, 4.5, 3.5, body, 8, 0.4, 1.2, smallest=max(5.5, body * 0.6))


def blocks(model: TextModel, layout: Layout) -> list[b.Block]:
    """The card as blocks: a sentence in her words, under it the same for whoever reads the card."""
    made: list[b.Block] = []
    many = any(section.id == "E" for section in model.sections)
    for section in model.sections:
        made.append(layout.heading(section.title, 2 if section.id == "E" else 1))
        for place, line in enumerate(section.lines, 1):
            made += _sentence(_label(line, "" if many else f"{place}. "), line, layout)
        if section.id != "E":
            made += [*_numbers(layout), layout.write_in("D20.4", 2)]
    return made


def _numbers(layout: Layout) -> list[b.Block]:
    """The confirmed numbers that no sentence says already, the days of their checks in small."""
    found = [(one, note) for one, note in numbers(layout.of) if one.number != layout.of.one_number]
    made: list[b.Block] = [b.Fact(isolate(one.name), ltr(one.number)) for one, _note in found]
    return [*made, b.Note(" · ".join(dict.fromkeys(note for _one, note in found)))] if made else []


def _label(line: Said, place: str) -> str:
    """The number to point at: the sentence's own where it has one."""
    return f"{line.id.removeprefix('E').lstrip('0')}. " if line.id.startswith("E") else place


def _sentence(label: str, line: Said, layout: Layout) -> Iterator[b.Block]:
    hers, *theirs = line.cells
    both: list[b.Block] = [b.Line(f"{label}{hers.text}", lang=hers.language, mark=layout.mark(hers))]
    both += [b.Line(each.text, strong=True, lang=each.language) for each in theirs]
    yield b.Together(both)
