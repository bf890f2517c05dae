"""Lines far enough from each other: where letters of one would touch those of the next, all lines of a paragraph move.

Faces of stacked scripts ask for lines so high that nothing could ever touch; words that need it are few. Lines are set
closer than that (``lines.PITCH``) and looked at here, letter against letter: they neither touch nor waste paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mrc_app.typesetting.lines import LineOfText, Piece

CLEAR = 0.02
"""The least white between two lines, for every point of size."""
Box = tuple[float, float, float, float]


def ink(pieces: Sequence[Piece], size: float) -> tuple[float, float]:
    """How far the outlines of pieces reach below (negative) and above their baseline."""
    deep = high = 0.0
    for piece in pieces:
        if piece.outline:
            deep, high = min(deep, piece.outline[0] * 1000 / size), max(high, piece.outline[1] * 1000 / size)
        reach = piece.run.face.ink
        for glyph in piece.glyphs:
            low, top = reach(glyph.glyph)
            deep, high = min(deep, low + glyph.dy), max(high, top + glyph.dy)
    return deep * size / 1000, high * size / 1000


def boxes(line: LineOfText, size_of: Callable[[int], float], from_right: bool) -> list[Box]:
    """Left, low, right and high of every glyph's outline, counted from where the line starts on its baseline."""
    found = []
    at = -line.width if from_right else 0.0
    for piece in line.pieces:
        scale, pen, box = size_of(piece.run.owner) / 1000, at, piece.run.face.box
        if piece.outline:
            found.append((at, piece.outline[0], at + piece.width, piece.outline[1]))
        for glyph in piece.glyphs:
            left, low, right, high = box(glyph.glyph)
            x, y = pen + glyph.dx * scale, glyph.dy * scale
            found.append((x + left * scale, y + low * scale, x + right * scale, y + high * scale))
            pen += glyph.advance * scale
        at += piece.width
    return found


def need(above: Sequence[Box], below: Sequence[Box]) -> float:
    """The least distance of two baselines at which no letters overlap."""
    return max(
        (high - low for left, low, right, _ in above for x, _, to_x, high in below if x < right and left < to_x),
        default=0.0,
    )


def apart(lines: list[LineOfText], size_of: Callable[[int], float], from_right: bool) -> list[LineOfText]:
    """The lines with the same room more between any two as the two that need it most, and room for the outermost."""
    clear = CLEAR * max((size_of(piece.run.owner) for line in lines for piece in line.pieces), default=0.0)
    reach = [_reach(line, size_of) for line in lines]
    more = 0.0
    for i in range(1, len(lines)):
        room = lines[i - 1].descent + lines[i].ascent - more - clear
        if reach[i][1] - reach[i - 1][0] > room:
            above, below = (boxes(lines[at], size_of, from_right) for at in (i - 1, i))
            more = max(more, need(above, below) + clear - lines[i - 1].descent - lines[i].ascent)
    done = [lines[0], *(replace(line, ascent=line.ascent + more) for line in lines[1:])] if more else list(lines)
    done[0] = replace(done[0], ascent=max(done[0].ascent, reach[0][1]))
    done[-1] = replace(done[-1], descent=max(done[-1].descent, -reach[-1][0]))
    return done


def _reach(line: LineOfText, size_of: Callable[[int], float]) -> tuple[float, float]:
    found = [ink([piece], size_of(piece.run.owner)) for piece in line.pieces]
    return min((low for low, _ in found), default=0.0), max((high for _, high in found), default=0.0)
