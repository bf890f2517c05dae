"""A guide as text, before anything is set on paper: what is said, in which language, with which mark and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mrc_app.errors import Problem
from mrc_app.guides.values import Origin


class Edition(StrEnum):
    """How much a book shows: everything, or little for somebody whose book will be looked through by others."""

    FULL = "full"
    DISCREET = "discreet"


@dataclass(frozen=True)
class Said:
    """One line as it will stand on paper.

    ``mark`` is the visible note that it is not in the reader's language; ``source`` the small line under a fact;
    ``cells`` the parts of a line that is set in columns, ``rows`` what stands under
    the heads of a table already; ``kind`` how it is set; ``unknown`` says what its blanks lack.
    """

    id: str
    text: str
    language: str
    flag: str = "U"
    mark: str = ""
    source: str = ""
    icon: str | None = None
    kind: str = "line"
    cells: tuple[Said, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    missing: bool = False
    unknown: str = ""

    def every(self) -> Iterator[Said]:
        """This line and its cells."""
        yield self
        for cell in self.cells:
            yield from cell.every()


@dataclass(frozen=True)
class Section:
    """A section as it will stand on paper."""

    id: str
    title: Said
    lines: tuple[Said, ...]

    @property
    def missing(self) -> bool:
        """Whether a value is not known here."""
        return any(each.missing for line in self.lines for each in line.every())

    @property
    def icon(self) -> str | None:
        """The section's pictogram."""
        return self.title.icon


@dataclass(frozen=True)
class TextModel:
    """The whole book as text. ``sources`` are numbered from 1 in this order; ``warnings`` are for the officer."""

    title: str
    language: str
    edition: Edition
    sections: tuple[Section, ...]
    sources: tuple[Origin, ...] = ()
    warnings: tuple[Problem, ...] = ()
    foot: str = ""

    @property
    def missing(self) -> list[str]:
        """The sections in which a value is not known here."""
        return [section.id for section in self.sections if section.missing]

    @property
    def untranslated(self) -> int:
        """How many lines are printed in another language than the reader's, or hold words of another language."""
        return sum(bool(said.mark) for said in self.every())

    def every(self) -> Iterator[Said]:
        """Every line, heading and cell in reading order."""
        for section in self.sections:
            yield from section.title.every()
            for line in section.lines:
                yield from line.every()


def plain(model: TextModel) -> str:
    """The book as plain text, one line a line, for reading, testing and copying by hand."""
    rows = [f"# {model.title}"]
    for section in model.sections:
        rows += ["", f"## {section.id} {_marked(section.title)}"]
        for line in section.lines:
            rows.append(_row(line))
            rows += [f"· {' | '.join(row)}" for row in line.rows]
            if line.source:
                rows.append(f"    {line.source}")
    if model.foot:
        rows += ["", f"-- {model.foot}"]
    return _visible("\n".join(rows) + "\n")


def _row(line: Said) -> str:
    if line.cells:
        return f"{line.id}: " + " | ".join(_marked(cell) for cell in line.cells)
    return f"{line.id}: {_marked(line)}" if line.id else _marked(line)


def _marked(said: Said) -> str:
    text = f"{said.text} [{said.unknown}]" if said.unknown else said.text
    return f"{text} ({said.mark})" if said.mark else text


def _visible(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))).replace("\u00a0", " ")
