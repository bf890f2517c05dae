"""Memory of the window on a large centre against the same window on a small one, each in a fresh process.

    python benchmarks/memory.py [--clients 100000] [--demo 300] [--large FOLDER]

Goal: resident memory at most 1.5 times as much. Each process opens the centre, its list, scrolls a thousand lines,
searches and opens a client. FOLDER holds a centre that ``mrc demo`` made before; without it one is made.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

INSIDE = """
import json, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from mrc_app import store
from ui import look
from ui.app import make_application, make_window
from ui.settings import Settings
folder = Path(sys.argv[1])
app = make_application([])
look.wear(app, "light", 100)
window = make_window(Settings(language="en"))
window.resize(1280, 800)
window.show()
def settle():
    for _ in range(5):
        app.processEvents()
        while window.desk.jobs.busy:
            app.processEvents(); time.sleep(0.002)
desk = store.open(folder / "demo.mrc", login="meseret", password=(folder / "password.txt").read_text().strip())
window.desk.settings.centre = str(desk.path)
window.enter(desk); settle()
window.show_page("clients"); settle()
page = window.page
for _ in range(10):
    bar = page.people.verticalScrollBar(); bar.setValue(bar.maximum()); settle()
for text in ("almaz", "ti", "qq", "ትር", "abebe ke", ""):
    page.sought.setText(text); page.search(); settle()
page.people.setCurrentIndex(page.people.people.index(2)); settle()
window.show_page("today"); settle()
said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps([int(said["VmRSS"].split()[0]) / 1024, int(said["VmHWM"].split()[0]) / 1024]))
import os
sys.stdout.flush(); os._exit(0)
"""


def window_on(folder: Path, settings: Path) -> tuple[float, float]:
    """Resident memory at the end and at its highest, MB."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MRC_SETTINGS": str(settings), "PYTHONPATH": str(ROOT)}
    told = [sys.executable, "-c", INSIDE, str(folder)]
    said = subprocess.run(told, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    now, highest = json.loads(said.stdout.splitlines()[-1])
    return now, highest


def main() -> None:
    """Prints both and the ratio. Linux only: it reads /proc."""
    from mrc_app import demo

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=100_000)
    asked.add_argument("--demo", type=int, default=300)
    asked.add_argument("--large", type=Path)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="mrc-memory-") as name:
        small, large = Path(name) / "small", options.large or Path(name) / "large"
        demo.make(small, clients=options.demo)
        if options.large is None:
            demo.make(large, clients=options.clients)
        for folder, what in ((small, "demo"), (large, "large")):
            size = (folder / "demo.mrc").stat().st_size / 1e6
            print(f"{what}: {size:.0f} MB file, {window_on(folder, Path(name))[0]:.0f} MB resident")
        one, other = window_on(small, Path(name)), window_on(large, Path(name))
        print(f"resident {other[0]:.0f} / {one[0]:.0f} MB = {other[0] / one[0]:.2f} (goal ≤ 1.5)")
        print(f"highest  {other[1]:.0f} / {one[1]:.0f} MB = {other[1] / one[1]:.2f}")


if __name__ == "__main__":
    main()
