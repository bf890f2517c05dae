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


def make_demo(desk: Desk, done: Callable[[Any], None], failed: Callable[[MrcError], None]) -> None:
    """Makes the invented centre beside the screen and hands over the opened file."""
    folder = Path(tempfile.mkdtemp(prefix="mrc-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def work(_step: object) -> Any:
        from mrc_app import demo

        return demo.open_invented(folder / "invented.mrc")

    desk.jobs.run(work, done=done, failed=failed)
