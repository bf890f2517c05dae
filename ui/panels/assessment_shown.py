"""How answer sheets are shown: scores with how many answered, reasons where there is none, counts without a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QWidget

from mrc_app.casework import assessments, instruments
from mrc_app.casework.assessments import Assessment
from mrc_app.casework.instrument_words import Kind, Side
from mrc_app.casework.instruments import Instrument, Question
from mrc_app.errors import Problem
from mrc_app.i18n import _, isolate, ltr, ngettext, screen_language
from ui.look import px
from ui.panels.assessment_asking import text_in
from ui.panels.return_parts import dots
from ui.widgets.scores import Line
from ui.widgets.text import label


class Told(NamedTuple):
    """An answer sheet with its instrument; None where the instrument is no longer on this desk."""

    sheet: Assessment
    asked: Instrument | None


def here(texts: object) -> str:
    """A text of an instrument in the screen's language."""
    assert isinstance(texts, dict)
    return text_in(texts, screen_language().code)[0]


def reason(said: Problem | None) -> str:
    """Why there is no score, in the screen's language."""
    return said.text(_) if said is not None else ""


def percent(score: Decimal | None) -> str:
    """A score as it is shown: two decimals."""
    said = instruments.shown(score)
    return ltr(said) if said else ""


def answered_words(answered: int, of: int) -> str:
    """How many were answered, of those that apply."""
    return _("{n} of {all} answered", n=answered, all=of)


def score_table(told: Told) -> QWidget:
    """Dimensions, their scores or why there is none, and how many were answered; the composite last."""
    asked = told.asked
    assert asked is not None
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(18))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(0, 1)
    answers = assessments.kept_answers(told.sheet)
    if asked.kind is Kind.CHECKLIST:
        _count_rows(grid, asked, answers)
        return made
    result = instruments.score(asked, answers)
    for row, one in enumerate(asked.dimensions):
        found = result.dimensions[one.id]
        _put(grid, row, here(one.name), percent(found.score) or reason(found.reason),
             answered_words(found.answered, found.of), strong=found.score is not None)  # fmt: skip
    all_of = _("{n} of {all}", n=result.answered, all=result.of)
    none = _("none: a dimension has no score")
    _put(grid, len(asked.dimensions), _("Together"), percent(result.composite) or none, all_of, strong=True)
    return made


def _count_rows(grid: QGridLayout, asked: Instrument, answers: instruments.Answers) -> None:
    for row, one in enumerate(asked.dimensions):
        found = instruments.counted(asked, answers)[one.id]
        risks = ngettext("{n} risk", "{n} risks", found.risks)
        good = ngettext("{n} protective factor", "{n} protective factors", found.protective)
        _put(
            grid,
            row,
            here(one.name),
            dots([risks, good]),
            answered_words(found.answered, found.of),
            strong=True,
        )


def _put(grid: QGridLayout, row: int, name: str, value: str, below: str, *, strong: bool) -> None:
    cells = (label(name), label(value, "strong" if strong else "muted"), label(below, "small", wrap=False))
    for column, cell in enumerate(cells):
        grid.addWidget(cell, row, column)
    grid.setColumnStretch(1, 1)


def named(told: Told, side: Side) -> list[str]:
    """What she named in a checklist, on one side."""
    if told.asked is None:
        return []
    given = assessments.kept_answers(told.sheet)
    return [
        here(question.text)
        for dimension, question in told.asked.questions()
        if question.side is side and given.get(dimension.id, {}).get(question.id)
    ]


def needs(told: Told) -> list[tuple[Question, str]]:
    """The answers at the two lowest values, with the answer and its value."""
    if told.asked is None:
        return []
    found = instruments.needs(told.asked, assessments.kept_answers(told.sheet))
    return [(question, answer_words(question, value)) for _dimension, question, value in found]


def answer_words(question: Question, value: Decimal) -> str:
    """An answer in words, with its value."""
    words = next((here(one.text) for one in question.options if one.value == value), "")
    return f"{isolate(words)} {ltr(f'({instruments.shown(value)})')}".strip()


def lines(sheets: Sequence[Told]) -> list[Line]:
    """The scores of one instrument over time, for the chart: one line for each dimension."""
    asked = next((one.asked for one in sheets if one.asked is not None), None)
    if asked is None:
        return []
    known = [(one.sheet.on, assessments.kept_scores(one.sheet)) for one in sheets]
    return [Line(here(one.name), tuple((day, scores.get(one.id)) for day, scores in known)) for one in asked.dimensions]


def change_words(sheets: Sequence[Told]) -> list[tuple[str, str]]:
    """Before and after on the same person: "0.29 → 0.58" for each dimension that has both."""
    asked = next((one.asked for one in sheets if one.asked is not None), None)
    pair = assessments.first_and_last([one.sheet for one in sheets], sheets[0].sheet.instrument) if sheets else None
    if asked is None or pair is None:
        return []
    names = {one.id: here(one.name) for one in asked.dimensions} | {"composite": _("Together")}
    found = {one.dimension: one for one in assessments.paired([pair])}
    return [
        (isolate(name), ltr(f"{instruments.shown(found[id].before)} → {instruments.shown(found[id].after)}"))
        for id, name in names.items()
        if id in found
    ]
