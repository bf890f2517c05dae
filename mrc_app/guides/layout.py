"""From the book in words to blocks for the typesetter. Knows pages and tables, no case and no law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mrc_app.guides.card import numbers
from mrc_app.guides.contacts import scannable
from mrc_app.guides.lines import Particulars
from mrc_app.guides.text_model import Said, Section, TextModel
from mrc_app.guides.values import Origin, day, partial_day
from mrc_app.i18n import isolate, ltr
from mrc_app.typesetting import blocks as b

TABLE_ROWS = {"D20.1": 14, "D20.2": 6, "D20.3": 5}
STARTS_A_PAGE = frozenset({"D18"})


@dataclass(frozen=True)
class Closing:
    """What ends a book: version, the day of printing, who explained it in which language ("" leaves a blank)."""

    version: str
    officer: str = ""
    explained_in: str = ""


def book_blocks(model: TextModel, of: Particulars, closing: Closing) -> list[b.Block]:
    """The whole book as blocks."""
    blocks: list[b.Block] = []
    for number, section in enumerate(model.sections):
        if section.id in STARTS_A_PAGE:
            blocks.append(b.PageBreak())
        blocks += section_blocks(section, of, first=number == 0)
        if number == 0:
            blocks.append(b.PageBreak())
    blocks += _sources(model.sources, of)
    blocks += closing_blocks(of, closing)
    return blocks


def section_blocks(section: Section, of: Particulars, *, first: bool = False) -> list[b.Block]:
    """One section as blocks."""
    if section.id == "D18":
        return [_heading(section.title, 2), card(section.lines, of)]
    blocks: list[b.Block] = [_heading(section.title, 1 if first else 2)] if section.title.text else []
    blocks += _lines(section.lines, of)
    if section.id == "D16":
        blocks += scannable(of)
    return blocks


def card(lines: Sequence[Said], of: Particulars) -> b.CutOut:
    """The emergency card in its dashed frame: sentences in both languages, confirmed numbers, blank lines."""
    words = of.words
    inside: list[b.Block] = [_sentences(lines)]
    for service, note in numbers(of):
        inside.append(b.Fact(isolate(service.name), ltr(service.number), note))
    inside.append(b.WriteIn(words.text("D20.4"), lines=2))
    if words.draft:
        inside.append(b.Note(words.text("X.draft")))
    return b.CutOut(inside, words.text("X.cut_here"))


def closing_blocks(of: Particulars, closing: Closing) -> list[b.Block]:
    """Who explained it, a place for a thumb print, the version and the day."""
    words = of.words
    language = closing.explained_in or "_" * 8
    explained = words.text("X.explained", language=language, officer=closing.officer or "_" * 12)
    printed = words.text("X.version", version=ltr(closing.version), date=day(of.today, words.language.code).text)
    return [
        b.Together([
            b.Line(explained, icon="sign_thumbprint", lang=words.find("X.explained").language),
            b.WriteIn(words.text("X.sign_here"), lines=2),
            b.WriteIn(words.text("X.date_line"), lines=1),
            b.Note(printed),
        ])
    ]  # fmt: skip


def _heading(said: Said, level: int) -> b.Heading:
    return b.Heading(said.text, level, said.icon, said.language, said.mark or None)


def _lines(lines: Sequence[Said], of: Particulars) -> list[b.Block]:
    blocks: list[b.Block] = []
    waiting: list[Said] = []
    for line in lines:
        if line.kind == "columns":
            waiting.append(line)
            continue
        blocks += _columns(waiting, of)
        waiting = []
        blocks += _line(line)
    return blocks + _columns(waiting, of)


def _line(line: Said) -> list[b.Block]:
    if line.kind == "table":
        return [_empty_table(line)]
    if line.kind == "card":
        return [_sentences([line])]
    if line.kind == "blank":
        return [b.WriteIn(line.text, lines=4, lang=line.language, mark=line.mark or None)]
    if line.kind == "subheading":
        return [b.Heading(line.text, 3, None, line.language, line.mark or None)]
    if line.kind == "notice":
        return [b.Line(line.text, small=True, lang=line.language, mark=line.mark or None)]
    said: list[b.Block] = [
        b.Line(line.text, line.icon, tick=line.kind == "tick", lang=line.language, mark=line.mark or None)
    ]
    return said + ([b.Note(line.source)] if line.source else [])


def _columns(lines: Iterable[Said], of: Particulars) -> list[b.Block]:
    rows: list[list[str | b.Cell]] = []
    sources: list[str] = []
    for line in lines:
        rows.append([_cell(cell) for cell in line.cells])
        if line.source and line.source not in sources:
            sources.append(line.source)
    if not rows:
        return []
    words = of.words
    head: list[str | b.Cell] = [words.text("X.from_my_contract"), words.text("X.law_there")]
    return [b.Table([head, *rows]), *(b.Note(source) for source in sources)]


def _empty_table(line: Said) -> b.Block:
    heads: list[str | b.Cell] = [_cell(cell) for cell in line.cells]
    rows: list[list[str | b.Cell]] = [["" for _ in heads] for _ in range(TABLE_ROWS.get(line.id, 6))]
    return b.Table([heads, *rows])


def _sentences(lines: Sequence[Said]) -> b.Block:
    rows: list[list[str | b.Cell]] = []
    for number, line in enumerate(lines, 1):
        label = line.id.removeprefix("E").lstrip("0") if line.id.startswith("E") else str(number)
        rows.append([label, *(_cell(cell) for cell in line.cells)])
    columns = max((len(row) for row in rows), default=2)
    widths = (0.1, 0.9) if columns == 2 else (0.1, 0.45, 0.45)
    full = [[*row, *[""] * (columns - len(row))] for row in rows]
    return b.Table(full, header=False, widths=widths)


def _cell(said: Said) -> b.Cell:
    return b.Cell(said.text, said.language, said.mark or None)


def _sources(sources: Sequence[Origin], of: Particulars) -> list[b.Block]:
    if not sources:
        return []
    words = of.words
    blocks: list[b.Block] = [b.Heading(words.text("X.sources_title"), 2)]
    for number, origin in enumerate(sources, 1):
        when = partial_day(origin.published, words.language.code) if origin.published else words.text("X.age_unknown")
        address = f" {ltr(origin.url)}" if origin.url else ""
        blocks.append(b.Note(f"[{number}] {isolate(origin.title)}, {isolate(when)}.{address}", lang=None))
    return blocks
