"""Weak, bracket, neutral and implicit rules of UAX #9 (W1 to I2) for one isolating run sequence."""

from __future__ import annotations

from collections.abc import Mapping

_NEUTRAL = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))
_ISOLATING = frozenset(("FSI", "LRI", "RLI", "PDI"))
_AS_STRONG = {"L": "L", "R": "R", "AN": "R", "EN": "R"}
_MOST_BRACKETS = 63


def resolve(
    seq: list[int],
    types: list[str],
    levels: list[int],
    level: int,
    edges: tuple[str, str],
    brackets: Mapping[int, tuple[int, bool]],
) -> None:
    """Writes the final level of every character of the sequence into ``levels``."""
    run = [types[i] for i in seq]
    given = run[:]
    _weak(run, edges[0])
    embedding = "R" if level & 1 else "L"
    if brackets:
        _brackets(run, given, seq, edges[0], embedding, brackets)
    _neutral(run, edges, embedding)
    for i, name in zip(seq, run, strict=True):
        if level & 1:
            levels[i] = level + (name != "R")
        else:
            levels[i] = level + (0 if name == "L" else 1 if name == "R" else 2)


def _weak(run: list[str], start: str) -> None:
    kinds = set(run)
    if "NSM" in kinds:
        _marks(run, start)
    if "EN" in kinds:
        _arabic_numbers(run)
    run[:] = ["R" if name == "AL" else name for name in run]
    if kinds & {"ES", "CS", "ET"}:
        _separators(run)
        _terminators(run)
    if "EN" in run:
        _european_numbers(run, start)


def _marks(run: list[str], start: str) -> None:
    last = start
    for i, name in enumerate(run):
        if name == "NSM":
            run[i] = "ON" if last in _ISOLATING else last
        last = run[i]


def _arabic_numbers(run: list[str]) -> None:
    strong = ""
    for i, name in enumerate(run):
        if name in ("L", "R", "AL"):
            strong = name
        elif name == "EN" and strong == "AL":
            run[i] = "AN"


def _separators(run: list[str]) -> None:
    for i in range(1, len(run) - 1):
        left, name, right = run[i - 1], run[i], run[i + 1]
        if (name == "ES" and left == right == "EN") or (name == "CS" and left == right and left in ("EN", "AN")):
            run[i] = left


def _terminators(run: list[str]) -> None:
    i = 0
    while i < len(run):
        if run[i] != "ET":
            i += 1
            continue
        end = i
        while end < len(run) and run[end] == "ET":
            end += 1
        number = (i and run[i - 1] == "EN") or (end < len(run) and run[end] == "EN")
        run[i:end] = ["EN" if number else "ON"] * (end - i)
        i = end
    run[:] = ["ON" if name in ("ES", "CS") else name for name in run]


def _european_numbers(run: list[str], start: str) -> None:
    strong = start
    for i, name in enumerate(run):
        if name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            run[i] = "L"


def _pairs(run: list[str], seq: list[int], brackets: Mapping[int, tuple[int, bool]]) -> list[tuple[int, int]]:
    """Positions of paired brackets in order of their openers (BD16)."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    for at, i in enumerate(seq):
        if i not in brackets or run[at] != "ON":
            continue
        name, opens = brackets[i]
        if opens:
            if len(waiting) == _MOST_BRACKETS:
                return []
            waiting.append((name, at))
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == name:
                found.append((waiting[depth][1], at))
                del waiting[depth:]
                break
    return sorted(found)


def _brackets(
    run: list[str],
    given: list[str],
    seq: list[int],
    start: str,
    embedding: str,
    brackets: Mapping[int, tuple[int, bool]],
) -> None:
    """N0: a pair of brackets takes one direction."""
    for opener, closer in _pairs(run, seq, brackets):
        inside = {_AS_STRONG[name] for name in run[opener + 1 : closer] if name in _AS_STRONG}
        if not inside:
            continue
        side = embedding
        if embedding not in inside:
            before = next((_AS_STRONG[n] for n in reversed(run[:opener]) if n in _AS_STRONG), start)
            side = before if before != embedding else embedding
        for at in (opener, closer):
            run[at] = side
            after = at + 1
            while after < len(run) and given[after] == "NSM":
                run[after] = side
                after += 1


def _neutral(run: list[str], edges: tuple[str, str], embedding: str) -> None:
    i = 0
    before = edges[0]
    while i < len(run):
        name = run[i]
        if name not in _NEUTRAL:
            before = _AS_STRONG[name]
            i += 1
            continue
        end = i
        while end < len(run) and run[end] in _NEUTRAL:
            end += 1
        after = _AS_STRONG[run[end]] if end < len(run) else edges[1]
        run[i:end] = [before if before == after else embedding] * (end - i)
        i = end
