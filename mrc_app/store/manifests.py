"""The list that belongs to a backup: when it was made, its size and digest, where its journal stands, its papers.

It is sealed by a code made with the file's key. It names no person, no centre and no count: whoever finds a stick
learns a date and a size.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead
from mrc_app.i18n import N_
from mrc_app.store.rows import now_text

FORMAT = "mrc-backup"
SUFFIX = ".backup.json"
KINDS = ("copy", "stick")


@dataclass(frozen=True)
class Manifest:
    """``made`` is a UTC instant, ``size`` in bytes, ``head`` the journal's, ``papers`` name → size and SHA-256."""

    kind: str
    made: str
    size: int
    sha256: str
    head: str
    papers: dict[str, tuple[int, str]] = field(default_factory=dict)


def beside(backup: Path) -> Path:
    """Where the list of a backup lies."""
    return backup.with_suffix(SUFFIX)


def digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    whole = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()


def of(file: Path, kind: str, head: str, papers: dict[str, tuple[int, str]]) -> Manifest:
    """The list of a copy that was just verified."""
    return Manifest(kind, now_text(), file.stat().st_size, digest(file), head, papers)


def _text(manifest: Manifest) -> bytes:
    return json.dumps({"format": FORMAT, "v": 1, **asdict(manifest)}, sort_keys=True, separators=(",", ":")).encode()


def _seal(manifest: Manifest, key: bytes) -> str:
    return blake2b(_text(manifest), key=key, digest_size=32, person=b"mrc backup").hexdigest()


def write(backup: Path, manifest: Manifest, key: bytes) -> None:
    """Writes the list beside a backup; it is on the disk when this returns. Raises OSError."""
    part = beside(backup).with_name(beside(backup).name + ".part")
    with part.open("wb") as file:
        file.write(json.dumps({**json.loads(_text(manifest)), "seal": _seal(manifest, key)}, indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
    part.replace(beside(backup))


def read(backup: Path) -> tuple[Manifest, str] | None:
    """The list and its seal; None when there is none. Raises CannotRead when it cannot be read."""
    path = beside(backup)
    try:
        said: dict[str, Any] = json.loads(path.read_bytes())
        if said.pop("format") != FORMAT or said.pop("v") != 1:
            raise ValueError
        seal = said.pop("seal")
        papers = {str(name): (int(size), str(sha)) for name, (size, sha) in said.pop("papers").items()}
        found = Manifest(papers=papers, **said)
        if found.kind not in KINDS or any("/" in name or "\\" in name or name[:1] == "." for name in papers):
            raise ValueError
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise CannotRead(N_("The list “{file}” of the backup is damaged."), file=path.name) from None
    return found, seal


def sealed(manifest: Manifest, seal: str, key: bytes) -> bool:
    """Whether the list was written by somebody who held the file's key."""
    return hmac.compare_digest(_seal(manifest, key), str(seal))


def papers_of(backup: Path) -> dict[str, tuple[int, str]]:
    """The papers a backup lists; none when its list is missing or damaged."""
    try:
        found = read(backup)
    except CannotRead:
        return {}
    return found[0].papers if found else {}
