"""A desk at work in a process of its own, for the tests that kill it, fill its disk or let two write at once.

Says ``ok <name>`` on standard output after every unit of work that was acknowledged.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mrc_app.errors import MrcError
from mrc_app.store.centre import Store
from mrc_app.store.officers import Officer


def work(path: Path, key: bytes, name: str, count: int, limit: int) -> None:
    """Adds officers until told to stop, killed, or refused."""
    if limit:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    desk = Store(path, key, "meseret", "this computer")
    for number in range(count):
        try:
            with desk.change(by=desk.officer, do="officers.add") as session:
                session.add(Officer(name=f"{name} {number} " + "x" * (2000 if limit else 20), login=f"{name}{number}"))
        except MrcError as trouble:
            sys.stdout.write(f"refused {trouble.text()}\n")
            return
        sys.stdout.write(f"ok {name}{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
