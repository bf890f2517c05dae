"""Sealing and opening with age as a stream: a pipe with the age library at its other end, on a thread of its own, so
that nothing in the clear touches the disk and no file has to fit into memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange.desk_keys import Own
from mrc_app.i18n import N_

NOT_A_KEY = N_("“{key}” is not an age key (age1…).")


class NotForUs(Exception):
    """None of the identities opens the file."""


class NotAge(Exception):
    """The file is not sealed with age, or its start is damaged."""


class Damaged(Exception):
    """A later part of the file was changed or is missing."""


class Piped:
    """What the thread at the other end met. ``check`` raises it where the stream stands at its end."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.trouble: BaseException | None = None
        self._work = work
        self._met: tuple[type[BaseException], ...] = (OSError, ValueError, RuntimeError, *_age_errors())
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except self._met as met:
            self.trouble = met

    def check(self) -> None:
        """Waits for the other end and raises what it met: NotForUs, NotAge or Damaged."""
        self.thread.join()
        if self.trouble is None:
            return
        if not isinstance(self.trouble, _age_errors()):
            raise Damaged from self.trouble
        raise (NotForUs if "matching keys" in str(self.trouble).lower() else NotAge) from self.trouble


def _age_errors() -> tuple[type[BaseException], ...]:
    import pyrage  # type: ignore[import-untyped]

    return (pyrage.DecryptError, pyrage.EncryptError)


def recipients(keys: Sequence[str]) -> list[Any]:
    """The recipients the library works with. Raises Invalid(to=…)."""
    import pyrage

    found = []
    for text in keys:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError:
            raise Invalid(to=Problem(NOT_A_KEY, {"key": text})) from None
    return found


@contextmanager
def sealed_into(file: IO[bytes], keys: Sequence[str]) -> Iterator[IO[bytes]]:
    """What is written to the stream lands in ``file`` sealed for every key. The file is whole only where this ends
    without an error; OSError when the disk refuses."""
    import pyrage

    known = recipients(keys)
    reading, writing = os.pipe()

    def work() -> None:
        with os.fdopen(reading, "rb") as reader:
            pyrage.encrypt_io(reader, file, known)

    piped = Piped(work)
    try:
        with os.fdopen(writing, "wb") as out:
            yield out
    except BrokenPipeError:
        piped.thread.join()
    finally:
        piped.thread.join()
    if piped.trouble is not None:
        raise piped.trouble


@contextmanager
def opened_from(file: IO[bytes], identities: Sequence[Own]) -> Iterator[tuple[IO[bytes], Piped]]:
    """The content of a sealed file as a stream, and what to ``check`` at its end: a stream that breaks off early looks
    like one that ended."""
    import pyrage

    keys = [pyrage.x25519.Identity.from_str(one.identity) for one in identities]
    reading, writing = os.pipe()

    def work() -> None:
        with os.fdopen(writing, "wb") as out:
            pyrage.decrypt_io(file, out, keys)

    piped = Piped(work)
    reader = os.fdopen(reading, "rb")
    try:
        yield reader, piped
    finally:
        with suppress(OSError):
            reader.close()
        piped.thread.join()
