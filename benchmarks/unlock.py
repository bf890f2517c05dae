"""Start to the unlock screen, side by side with a bare PySide6 window: the ratio, in one run.

    .venv/bin/python benchmarks/unlock.py [rounds]

Each round starts both programs as fresh processes, taking turns, shows the window and
stops at the first turn of the event loop: how a program comes down again is not part of it.
Goal: a ratio of at most 1.5.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1180, 760)
window.show()
QTimer.singleShot(0, lambda: os._exit(0))
app.exec()
"""

OURS = """
import os, sys
from PySide6.QtCore import QTimer
from ui.app import make_application, make_window
from ui.settings import load_settings
app = make_application([])
window = make_window(load_settings(), sys.argv[1])
window.show()
QTimer.singleShot(0, lambda: os._exit(0))
app.exec()
"""


def once(code: str, *arguments: str, folder: Path) -> float:
    """Seconds one fresh process takes from start to its first turn of the event loop."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "MRC_SETTINGS": str(folder),
    }
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Prints the medians and their ratio."""
    from mrc_app import store

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk, _sheet = store.create(
            folder / "centre.mrc", centre="A centre", country="ET", desk="Desk 1", officer="Officer", login="officer",
            password="a long enough password", languages=["en"],
        )  # fmt: skip
        desk.close()
        once(BARE, folder=folder), once(OURS, str(folder / "centre.mrc"), folder=folder)
        bare, ours = [], []
        for _ in range(rounds):
            bare.append(once(BARE, folder=folder))
            ours.append(once(OURS, str(folder / "centre.mrc"), folder=folder))
    one, other = statistics.median(bare), statistics.median(ours)
    print(
        f"bare window {one * 1000:.0f} ms · unlock screen {other * 1000:.0f} ms · ratio {other / one:.2f} (goal ≤ 1.5)"
    )


if __name__ == "__main__":
    main()
