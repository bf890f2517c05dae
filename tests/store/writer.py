"""Desks at work in processes of their own, for the tests that kill them, fill their disk or let two write at once.

The program starts once and forks a writer for each line it reads, so that its imports are paid for once; when it
forks it has no file open. A writer says ``ok <name>`` in a file of its own after every acknowledged unit of work.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from mrc_app.errors import MrcError
from mrc_app.store.centre import Store
from mrc_app.store.officers import Officer
from tests.make import make_store


def work(path: str, key: str, name: str, count: int, limit: int, told: str) -> None:
    """Adds officers until told to stop, killed, or refused."""
    with Path(told).open("w") as out:
        if limit:
            import resource
            import signal

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        desk = Store(Path(path), bytes.fromhex(key), "meseret", "this computer")
        for number in range(count):
            login = f"{name}{number}"
            try:
                with desk.change(by=desk.officer, do="officers.add") as session:
                    session.add(Officer(name=f"{name} {number} " + "x" * (2000 if limit else 20), login=login))
            except MrcError as trouble:
                out.write(f"refused {trouble.text()}\n")
                return
            out.write(f"ok {login}\n")
            out.flush()
        out.write("done\n")


def warm() -> None:
    """Writes once to a file that is then gone: what the first change of a program makes ready is ready for all."""
    with tempfile.TemporaryDirectory(prefix="mrc-writers-") as folder:
        desk = make_store(Path(folder))
        with desk.change(by=desk.officer, do="officers.add") as session:
            session.add(Officer(name="Nobody", login="nobody"))
        desk.close()


def serve() -> None:
    """Forks a writer for every line and says its number; a line with a number waits for that writer."""
    warm()
    for line in sys.stdin:
        asked = json.loads(line)
        if isinstance(asked, int):
            answer = os.waitpid(asked, 0)[1]
        else:
            answer = os.fork()
            if answer == 0:
                try:
                    work(*asked)
                finally:
                    os._exit(0)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
