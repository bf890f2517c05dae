"""How many contradictions wait for a person: asked beside the screen, told on Today, at the side and on Exchange."""

from __future__ import annotations

from collections.abc import Callable

from mrc_app.store.roles import May, may
from ui.desk import Desk


def ask_count(desk: Desk, done: Callable[[int], None]) -> None:
    """Counts beside the screen; never for a role that reads no names. ``done`` is a method of what shows it."""
    if not desk.is_open or not may(desk.store.role, May.SEE_NAMES):
        return
    store = desk.store

    def work(_step: object) -> int:
        from mrc_app.exchange import settling

        return settling.count(store)

    desk.jobs.run(work, done=done)
