"""Patience after wrong passwords: each one more makes the next wait longer, and a restart does not shorten it.

Kept beside the key file, by the tag of a login and never by its name. What failed is written into the centre file at
the next sign-in that succeeds. Whoever may delete files here can delete this one too: a guess costs what the slot says.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mrc_app.errors import NotAllowed
from mrc_app.i18n import N_

FREE = 3  # wrong passwords before the first wait
FIRST, LONGEST = 5, 900  # seconds
REMEMBERED = 200
WAIT = N_("Too many wrong passwords. Wait {seconds} seconds, then try again.")


@dataclass
class Tries:
    """The wrong passwords of one login since the last right one, when the last was (UTC seconds), and when each was."""

    wrong: int = 0
    last: float = 0.0
    untold: list[str] = field(default_factory=list)


def beside(path: Path) -> Path:
    """Where the tries of a centre file are kept."""
    return path.with_suffix(".tries.json") if path.suffix else path.with_name(path.name + ".tries.json")


def delay(wrong: int) -> int:
    """Seconds to wait after so many wrong passwords."""
    return 0 if wrong < FREE else min(FIRST * 2 ** min(wrong - FREE, 10), LONGEST)


def remaining(path: Path, tag: str, now: float | None = None) -> int:
    """Seconds this login still has to wait. A clock that was turned back counts as no time gone by."""
    tries = _read(path).get(tag, Tries())
    gone = max(0.0, (time.time() if now is None else now) - tries.last)
    return max(0, round(delay(tries.wrong) - gone + 0.49))


@contextmanager
def attempt(path: Path, tag: str, now: float | None = None) -> Iterator[None]:
    """Around one attempt to unlock: refuses it while the wait lasts; counts a NotAllowed as a wrong password.

    Raises NotAllowed.
    """
    if seconds := remaining(path, tag, now):
        raise NotAllowed(WAIT, seconds=seconds)
    try:
        yield
    except NotAllowed:
        _failed(path, tag, time.time() if now is None else now)
        raise
    _passed(path, tag)


def untold(path: Path) -> list[tuple[str, str]]:
    """The failed attempts that nobody was told of yet: tag and instant, oldest first."""
    return sorted(
        ((tag, at) for tag, tries in _read(path).items() for at in tries.untold), key=lambda failed: failed[1]
    )


def told(path: Path) -> None:
    """Forgets the instants of failed attempts; the waits stay."""
    found = _read(path)
    kept = {tag: Tries(tries.wrong, tries.last) for tag, tries in found.items() if tries.wrong}
    _write(path, kept)


def _failed(path: Path, tag: str, now: float) -> None:
    found = _read(path)
    tries = found.setdefault(tag, Tries())
    tries.wrong, tries.last = tries.wrong + 1, now
    tries.untold = [*tries.untold, datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")][-REMEMBERED:]
    if len(found) > REMEMBERED:
        found = dict(sorted(found.items(), key=lambda item: item[1].last)[-REMEMBERED:])
    _write(path, found)


def _passed(path: Path, tag: str) -> None:
    found = _read(path)
    if tag in found:
        found[tag].wrong = 0
        _write(path, found)


def _read(path: Path) -> dict[str, Tries]:
    try:
        return {tag: Tries(**tries) for tag, tries in json.loads(beside(path).read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(path: Path, found: dict[str, Tries]) -> None:
    """A disk that refuses must not keep an officer out: then nothing is remembered."""
    place = beside(path)
    with suppress(OSError):
        if not found:
            place.unlink(missing_ok=True)
            return
        new = place.with_name(place.name + ".new")
        new.write_text(json.dumps({tag: asdict(tries) for tag, tries in found.items()}), "utf-8")
        new.replace(place)
