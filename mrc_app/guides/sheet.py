"""One sheet of paper: the ten lines on one side, the emergency card on the other."""

from __future__ import annotations

from dataclasses import replace

from mrc_app.guides.by_hand import Reminder, ten_lines
from mrc_app.guides.content import sections
from mrc_app.guides.layout import Closing, Layout
from mrc_app.guides.text_model import Section, TextModel
from mrc_app.typesetting import blocks as b

_ON_THE_BACK = frozenset({"D18", "R14", "R15"})
"""The emergency card; for somebody who came home, her dates and whom to call."""


def sheet_blocks(model: TextModel, layout: Layout, closing: Closing) -> list[b.Block]:
    """The one sheet as blocks. What is only said aloud is not on it."""
    of, brief = layout.of, replace(layout, compact=True)
    front: list[b.Block] = [b.Heading(of.words.text("X.ten_lines"), 1, "route")]
    written = [reminder for reminder in ten_lines(of) if not reminder.aloud]
    front += [_reminder(number, reminder, brief) for number, reminder in enumerate(written, 1)]
    back: list[b.Block] = [b.PageBreak()]
    for section in model.sections:
        if section.id in _ON_THE_BACK:
            back += brief.section(section) if section.id == "D18" else _short(section, brief)
    return [*front, *back, *brief.closing(closing)]


def _short(section: Section, layout: Layout) -> list[b.Block]:
    said = [line for line in section.lines if line.kind != "notice"]
    return [layout.heading(section.title, 2), *layout.lines(said)]


def _reminder(number: int, reminder: Reminder, layout: Layout) -> b.Line:
    """One of the ten, its sentences in one paragraph beside the first pictogram among them."""
    first = reminder.said[0]
    icon = next((said.icon for said in reminder.said if said.icon), None) or _section_icon(
        layout.of.kind.rules, first.id
    )
    mark = next((layout.mark(said) for said in reminder.said if said.mark or said.unknown), None)
    text = " ".join(said.text for said in reminder.said)
    return b.Line(f"{number}. {text}", icon, lang=first.language, mark=mark)


def _section_icon(guide: str, line: str) -> str:
    wanted = line.partition(".")[0]
    return next(section.icon for section in sections(guide) if section.id == wanted)
