"""The order of characters in lines of mixed direction: Unicode Standard Annex 9, whole, without dependencies.

Levels are small integers, odd for right to left. Source: UAX #9 revision 46 (Unicode 15); tested against
BidiTest.txt and BidiCharacterTest.txt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mrc_app.typesetting.characters import BRACKETS, bidi_class
from mrc_app.typesetting.implicit import resolve

MAX_DEPTH = 125
REMOVED = -1
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_EMBEDDINGS = frozenset(("LRE", "RLE", "LRO", "RLO"))
_UNTOUCHED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
_TRAILING = frozenset(("WS", "LRI", "RLI", "FSI", "PDI")) | _UNTOUCHED
_TURNING = frozenset(("R", "AL", "AN")) | _EMBEDDINGS | _ISOLATES | {"PDF", "PDI", "B"}


def base_level(classes: Sequence[str], start: int = 0, end: int | None = None) -> int | None:
    """The level the first strong character outside isolates asks for (P2, P3); None when there is none."""
    depth = 0
    for i in range(start, len(classes) if end is None else end):
        name = classes[i]
        if name in _ISOLATES:
            depth += 1
        elif name == "PDI":
            depth = max(0, depth - 1)
        elif not depth and name in ("L", "R", "AL"):
            return 0 if name == "L" else 1
        elif name == "B":
            break
    return None


def _isolate_ends(classes: Sequence[str]) -> dict[int, int]:
    """Where each isolate that is closed ends (BD9)."""
    ends: dict[int, int] = {}
    open_at: list[int] = []
    for i, name in enumerate(classes):
        if name in _ISOLATES:
            open_at.append(i)
        elif name == "PDI" and open_at:
            ends[open_at.pop()] = i
    return ends


class _Explicit:
    """The state of rules X1 to X8: a stack of (level, override, is an isolate)."""

    def __init__(self, classes: Sequence[str], base: int, ends: Mapping[int, int]) -> None:
        self.given = classes
        self.types = list(classes)
        self.levels = [base] * len(classes)
        self.ends = ends
        self.stack: list[tuple[int, str, bool]] = [(base, "", False)]
        self.lost_isolates = self.lost_embeddings = self.isolates = 0
        for i, name in enumerate(classes):
            self.take(i, name)

    def take(self, i: int, name: str) -> None:
        if name in _EMBEDDINGS:
            self.levels[i] = REMOVED
            self.embed(name)
        elif name == "PDF":
            self.levels[i] = REMOVED
            self.close_embedding()
        elif name == "BN":
            self.levels[i] = REMOVED
        elif name == "B":
            self.levels[i] = self.stack[0][0]
        elif name in _ISOLATES:
            self.place(i)
            self.isolate(i, name)
        else:
            if name == "PDI":
                self.close_isolate()
            self.place(i)

    def place(self, i: int) -> None:
        level, override, _ = self.stack[-1]
        self.levels[i] = level
        if override:
            self.types[i] = override

    def above(self, odd: bool) -> int:
        level = self.stack[-1][0]
        return (level + 1) | 1 if odd else (level + 2) & ~1

    def embed(self, name: str) -> None:
        level = self.above(name[0] == "R")
        if level <= MAX_DEPTH and not self.lost_isolates and not self.lost_embeddings:
            self.stack.append((level, name[0] if name[2] == "O" else "", False))
        elif not self.lost_isolates:
            self.lost_embeddings += 1

    def isolate(self, i: int, name: str) -> None:
        odd = name == "RLI"
        if name == "FSI":
            odd = base_level(self.given, i + 1, self.ends.get(i)) == 1
        level = self.above(odd)
        if level <= MAX_DEPTH and not self.lost_isolates and not self.lost_embeddings:
            self.isolates += 1
            self.stack.append((level, "", True))
        else:
            self.lost_isolates += 1

    def close_isolate(self) -> None:
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif self.isolates:
            self.lost_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.isolates -= 1

    def close_embedding(self) -> None:
        if self.lost_isolates:
            return
        if self.lost_embeddings:
            self.lost_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def _sequences(classes: Sequence[str], levels: Sequence[int], ends: Mapping[int, int]) -> list[list[int]]:
    """Isolating run sequences (BD13) as lists of indices, removed characters left out."""
    runs: list[list[int]] = []
    last = REMOVED
    for i, level in enumerate(levels):
        if level == REMOVED:
            continue
        if runs and level == last:
            runs[-1].append(i)
        else:
            runs.append([i])
        last = level
    if len(runs) == 1 or not ends:
        return runs
    return _linked(runs, ends)


def _linked(runs: list[list[int]], ends: Mapping[int, int]) -> list[list[int]]:
    by_first = {run[0]: run for run in runs}
    closers = set(ends.values())
    out = []
    for run in runs:
        if run[0] in closers:
            continue
        whole = list(run)
        while (end := ends.get(whole[-1])) is not None and end in by_first:
            whole += by_first[end]
        out.append(whole)
    return out


def _edges(
    seq: list[int], classes: Sequence[str], levels: Sequence[int], base: int, ends: Mapping[int, int]
) -> tuple[str, str]:
    """The directions at the start and the end of a sequence (X10)."""
    level = levels[seq[0]]
    before = seq[0] - 1
    while before >= 0 and levels[before] == REMOVED:
        before -= 1
    left = max(level, levels[before] if before >= 0 else base)
    last = seq[-1]
    if classes[last] in _ISOLATES and last not in ends:
        right = max(level, base)
    else:
        after = last + 1
        while after < len(levels) and levels[after] == REMOVED:
            after += 1
        right = max(level, levels[after] if after < len(levels) else base)
    return "RL"[not left & 1], "RL"[not right & 1]


def _trim(classes: Sequence[str], levels: list[int], base: int) -> None:
    """Separators, and white space before them or at the end, go back to the paragraph's level (L1)."""
    at_end = True
    for i in range(len(classes) - 1, -1, -1):
        name = classes[i]
        if name in ("B", "S"):
            at_end = True
        elif name not in _TRAILING:
            at_end = False
        if at_end and levels[i] != REMOVED:
            levels[i] = base


def _paragraph(classes: Sequence[str], base: int | None, brackets: Mapping[int, tuple[int, bool]]) -> list[int]:
    if base is None:
        base = base_level(classes) or 0
    ends = _isolate_ends(classes)
    explicit = _Explicit(classes, base, ends)
    types, levels = explicit.types, explicit.levels
    before = list(levels)
    for seq in _sequences(classes, before, ends):
        edges = _edges(seq, classes, before, base, ends)
        resolve(seq, types, levels, before[seq[0]], edges, brackets)
    _trim(classes, levels, base)
    return levels


def class_levels(
    classes: Sequence[str], base: int | None = None, brackets: Mapping[int, tuple[int, bool]] | None = None
) -> list[int]:
    """The level of each character of the given classes, REMOVED for those rule X9 takes out.

    ``base`` is 0 or 1, or None when the first strong character decides; ``brackets`` maps an index to its pair.
    """
    if "B" not in classes[:-1]:
        return _paragraph(classes, base, brackets or {})
    cut = classes.index("B") + 1
    later = {i - cut: pair for i, pair in (brackets or {}).items() if i >= cut}
    return _paragraph(classes[:cut], base, brackets or {}) + class_levels(classes[cut:], base, later)


def raw_levels(text: str, base: int | None = None) -> list[int]:
    """The level of each character of a text, REMOVED for explicit marks (X9)."""
    classes = [bidi_class(char) for char in text]
    pairs = {i: BRACKETS[char] for i, char in enumerate(text) if char in BRACKETS}
    return class_levels(classes, base, pairs)


def levels(text: str, base: int | None = None) -> list[int]:
    """The level of each character; a mark that draws nothing takes the level before it."""
    classes = {bidi_class(char) for char in text}
    if not base and not classes & _TURNING:
        return [0] * len(text)
    out = raw_levels(text, base)
    last = base or 0
    for i, level in enumerate(out):
        if level == REMOVED:
            out[i] = last
        last = out[i]
    return out


def visual_order(line: Sequence[int]) -> list[int]:
    """The indices of a line's items from left to right, given their levels (L2)."""
    order = list(range(len(line)))
    if not line:
        return order
    for level in range(max(line), 0, -1):
        start = None
        for at in range(len(order) + 1):
            inside = at < len(order) and line[order[at]] >= level
            if inside and start is None:
                start = at
            elif not inside and start is not None:
                order[start:at] = order[start:at][::-1]
                start = None
    return order
