"""Half done is undone: one way for whatever makes files, rows or connections and may be stopped on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from mrc_app.store import keys


@contextmanager
def undone(undo: Callable[[], object]) -> Iterator[None]:
    """Calls ``undo`` when anything stops the work within, and lets the trouble go on its way."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()


def remove(files: Iterable[Path]) -> None:
    """Removes files that may be there."""
    for file in files:
        file.unlink(missing_ok=True)


def of_centre(path: Path) -> tuple[Path, ...]:
    """What a centre file is made of, its keys first."""
    return keys.beside(path), path, Path(f"{path}-wal"), Path(f"{path}-shm")
