"""A row of the journal: canonical JSON, salted digest, hash chain over digests only, hybrid clock.

The chain proves order and completeness to somebody who holds a signed checkpoint. Unsigned, it proves nothing
against a person who holds the key.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

VERSION = 1
TICKS = 65536
AHEAD_MS = 24 * 3600 * 1000


class Row(NamedTuple):
    """One record's changes in one unit of work. ``state`` is full, erased or withheld; the last two have no
    body."""

    node: str
    seq: int
    record: str
    subject: str | None
    body: bytes | None
    digest: bytes
    state: str


class Head(NamedTuple):
    """A value that stands: the row that wrote it."""

    node: str
    seq: int

    def __str__(self) -> str:
        return f"{self.node}:{self.seq}"

    @classmethod
    def of(cls, text: str) -> Head:
        """The head written as ``node:seq``."""
        node, _, seq = text.rpartition(":")
        return cls(node, int(seq))


_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(data: dict[str, Any]) -> bytes:
    """The one way a body is written: sorted keys, no spaces, UTF-8."""
    return _WRITER.encode(data).encode()


def digest(body: bytes) -> bytes:
    """SHA-256 of a body; its salt makes equal contents differ."""
    return sha256(body).digest()


def new_salt() -> str:
    """Sixteen random bytes for one body."""
    return secrets.token_hex(16)


def start(node: str) -> bytes:
    """The chain before a node's first row."""
    return sha256(b"mrc chain\x00" + node.encode()).digest()


def link(before: bytes, row_digest: bytes) -> bytes:
    """The chain after one more row."""
    return sha256(before + row_digest).digest()


def audit_head(heads: Iterable[tuple[str, int, bytes]]) -> str:
    """One hash over the sorted chain heads of all nodes."""
    whole = sha256(b"mrc audit\x00")
    for node, seq, chained in sorted(heads):
        whole.update(f"{node}:{seq}:".encode() + chained)
    return whole.hexdigest()


def now_text() -> str:
    """This instant in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def wall() -> int:
    """This instant as a hybrid clock value: milliseconds since 1970 times 65,536."""
    return int(time.time() * 1000) * TICKS


def bounded(hlc: int, now: int) -> int:
    """A clock value no further than a day ahead of this computer's clock: a neighbour's wrong clock cannot
    poison ours."""
    return min(hlc, now + AHEAD_MS * TICKS)


def tick(last: int, now: int) -> int:
    """The next hybrid clock value after ``last``."""
    return max(bounded(last, now) + 1, now)
