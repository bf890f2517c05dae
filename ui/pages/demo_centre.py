"""An invented centre to look at, made in a folder that is emptied when the program ends."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mrc_app.errors import MrcError
from ui.desk import Desk
from ui.jobs import Step

CLIENTS = 120


def make_demo(desk: Desk, done: Callable[[Any], None], failed: Callable[[MrcError], None]) -> None:
    """Makes the invented centre beside the screen and hands over the opened file."""
    folder = Path(tempfile.mkdtemp(prefix="mrc-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def work(step: Step) -> Any:
        from mrc_app import demo, store

        made = demo.make(folder / "demo", clients=CLIENTS, progress=step)
        return store.open(made.centre, login=made.user, password=made.password_file.read_text("utf-8").strip())

    desk.jobs.run(work, done=done, failed=failed)
