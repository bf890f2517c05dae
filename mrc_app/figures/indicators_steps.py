"""How far counting is: told to whoever waits, who may also stop it."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[int, int], None]
STEPS = 14
"""Into how many steps counting falls: reading who is counted, and one for each group."""


def unheard(_done: int, _all: int) -> None:
    """Nobody listens."""
