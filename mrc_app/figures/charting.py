"""Where everything of a chart stands: marks in units, laid out from left to right, turned round for right to left."""

from __future__ import annotations

from itertools import count
from math import ceil

from mrc_app.figures.dashboard_words import Chart, Columns, Line, Lines, Pairs
from mrc_app.typesetting.marks import (
    DARK,
    DISC,
    LEFT,
    LIGHT,
    MIDDLE,
    RIGHT,
    SQUARE,
    Bar,
    Dot,
    Mark,
    Picture,
    Stroke,
    Words,
)

HEIGHT, SCALE, FOOT, LEGEND = 150.0, 34.0, 22.0, 24.0
ROW, TIGHT, CAPTION, BAR = 26.0, 21.0, 20.0, 13.0
APART = 220.0
"""How far apart the names of a legend stand at most."""
LABELS = 240.0
"""The width of the labels of rows at most."""
NARROW = 52.0
"""A group of columns narrower than this is labelled with the short form."""


def drawn(chart: Chart, width: float, *, right_to_left: bool = False) -> Picture:
    """A chart as a picture of some width; of no height where there is nothing to draw."""
    shape = chart.shape
    if isinstance(shape, Columns):
        made = _columns(shape, width)
    elif isinstance(shape, Lines):
        made = _lines(shape, width)
    elif isinstance(shape, Pairs):
        made = _pairs(shape, width)
    else:
        made = Picture(width, 0.0, ())
    return made.turned() if right_to_left else made


def top_of(most: int) -> tuple[int, int]:
    """The round number a scale ends at, and the step of its lines: at most five."""
    step = next(one for one in (by * 10**zeros for zeros in count() for by in (1, 2, 5)) if one * 4 >= most)
    return max(step, ceil(most / step) * step), step


def _columns(shape: Columns, width: float) -> Picture:
    top, step = top_of(max(max(one) for one in shape.values))
    head, left = LEGEND + 8, SCALE + 6
    marks: list[Mark] = [*_legend(shape.names, width), *_scale(top, step, left, head, width)]
    room = (width - left) / len(shape.values)
    thick = min(26.0, room * 0.36)
    for place, (values, (long, short)) in enumerate(zip(shape.values, shape.labels, strict=True)):
        middle = left + room * (place + 0.5)
        for n, value in enumerate(values):
            high = HEIGHT * value / top
            x = middle + (n - len(values) / 2) * thick
            if value:
                marks.append(Bar(x, head + HEIGHT - high, thick - 1.5, high, (DARK, LIGHT)[n]))
        text = short if room < NARROW else long
        marks.append(Words(middle - room / 2, head + HEIGHT + 4, room, text, MIDDLE, soft=True, size=11))
    return Picture(width, head + HEIGHT + FOOT, tuple(marks))


def _legend(names: tuple[str, ...], width: float) -> list[Mark]:
    room = min(width / len(names), APART)
    marks: list[Mark] = []
    for n, name in enumerate(names):
        marks.append(Bar(n * room, 3, 12, 12, (DARK, LIGHT)[n]))
        marks.append(Words(n * room + 18, 0, room - 22, name))
    return marks


def _scale(top: int, step: int, left: float, head: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    for value in range(0, top + 1, step):
        y = head + HEIGHT * (1 - value / top)
        marks.append(Stroke(left, y, width, y))
        marks.append(Words(0, y - 8, SCALE, str(value), RIGHT, soft=True, size=11))
    return marks


def _lines(shape: Lines, width: float) -> Picture:
    labels, figures = min(width * 0.36, LABELS), min(max(64.0, width * 0.2), 140.0)
    room = width - labels - figures - 16
    marks: list[Mark] = []
    y, row = 2.0, ROW if len(shape.groups) == 1 else TIGHT
    for caption, lines in shape.groups:
        if caption:
            marks.append(Words(0, y, width, caption, soft=True))
            y += CAPTION
        start = y
        for line in lines:
            marks += _line(line, labels + 8, y, room, figures)
            y += row
        marks.append(Stroke(labels + 8, start - 2, labels + 8, y - 4))
        if shape.goal is not None:
            goal = labels + 8 + room * float(shape.goal)
            marks.append(Stroke(goal, start - 2, goal, y - 4, True))
        y += 8 if caption else 0
    return Picture(width, y, tuple(marks))


def _line(line: Line, left: float, y: float, room: float, figures: float) -> list[Mark]:
    marks: list[Mark] = [Words(0, y, left - 8, line.label)]
    long = room * float(line.part or 0)
    if long:
        marks.append(Bar(left, y + 2, max(long, 1.5), BAR, line.fill))
    marks.append(Words(left + room + 8, y, figures, line.text))
    return marks


def _pairs(shape: Pairs, width: float) -> Picture:
    labels, figures = min(width * 0.36, LABELS), 56.0
    left, room = labels + 12, width - labels - figures - 28
    head = LEGEND + 4
    marks: list[Mark] = []
    for n, name in enumerate(shape.names):
        at = n * min(width / 2, APART)
        marks.append(Dot(at + 7, 9, (DISC, SQUARE)[n]))
        marks.append(Words(at + 18, 0, min(width / 2, APART) - 22, name))
    low = head + ROW * len(shape.rows)
    for step in range(5):
        x = left + room * step / 4
        marks.append(Stroke(x, head, x, low))
        marks.append(Words(x - 20, low + 3, 40, f"{step / 4:.2f}", MIDDLE, soft=True, size=11))
    for n, (label, first, later, change) in enumerate(shape.rows):
        y = head + ROW * (n + 0.5)
        marks.append(Words(0, y - 9, labels, label))
        marks.append(Stroke(left + room * float(first), y, left + room * float(later), y, True))
        marks.append(Dot(left + room * float(first), y, DISC))
        marks.append(Dot(left + room * float(later), y, SQUARE))
        marks.append(Words(left + room + 16, y - 9, figures, change, LEFT))
    return Picture(width, low + FOOT, tuple(marks))
