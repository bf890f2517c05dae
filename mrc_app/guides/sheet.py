"""One sheet of paper: the ten lines on one side, the emergency card on the other."""

from __future__ import annotations

from mrc_app.guides.by_hand import Reminder, ten_lines
from mrc_app.guides.layout import Closing, Layout
from mrc_app.guides.text_model import TextModel
from mrc_app.typesetting import blocks as b


def sheet_blocks(model: TextModel, layout: Layout, closing: Closing) -> list[b.Block]:
    """The one sheet as blocks. What is only said aloud is not on it."""
    of = layout.of
    front: list[b.Block] = [b.Heading(of.words.text("X.ten_lines"), 1, "route")]
    written = [reminder for reminder in ten_lines(of) if not reminder.aloud]
    for number, reminder in enumerate(written, 1):
        front.append(_reminder(number, reminder))
    back: list[b.Block] = [b.PageBreak()]
    section = next((each for each in model.sections if each.id == "D18"), None)
    if section is not None:
        back.append(layout.card(section.lines, section.title))
    return [*front, *back, *layout.closing(closing)]


def _reminder(number: int, reminder: Reminder) -> b.Block:
    lines: list[b.Block] = []
    for place, said in enumerate(reminder.said):
        text = f"{number}. {said.text}" if place == 0 else said.text
        lines.append(b.Line(text, said.icon if place == 0 else None, lang=said.language, mark=said.mark or None))
    return b.Together(lines)
