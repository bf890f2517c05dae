"""Makes a reference pack: files checked as the receiver will check them, signed and sealed for those who get it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead, Invalid, MrcError, Problem
from mrc_app.exchange import key_text, parcel_files, reference_files
from mrc_app.exchange.desk_keys import Own
from mrc_app.exchange.reference_files import Item
from mrc_app.i18n import N_
from mrc_app.store.records import new_uuid

KIND, SCHEMA, LINE = "reference", "mrc-reference/1", "file"
MOST_ITEMS, MOST_BYTES, LONGEST_SERIES, HIGHEST = 300, 16_000_000, 80, 10**9
NO_FILES = N_("There is no file to send.")
TOO_MANY = N_("A reference pack takes {most} files and 16 MB at most.")
NO_ONE = N_("Say for whom the pack is sealed: --to KEY, once for each.")
NOT_A_KEY = N_("“{key}” is not a key (age1…).")
NO_SERIES = N_("Give the series a short name, the same for every version of it.")
NO_VERSION = N_("The version is a number from 1, higher than the one before.")
TWICE = N_("{item} stands in the pack twice.")
GONE = N_("“{file}” cannot be read: {reason}.")


@dataclass(frozen=True)
class Made:
    """A pack that was written."""

    file: Path
    series: str
    version: int
    items: tuple[Item, ...]
    sha256: str


def make(
    own: Own, sources: Sequence[Path], *, out: Path, to: Sequence[str], version: int, series: str = "reference",
    centre: str = "",
) -> Made:  # fmt: skip
    """Writes a pack of files, or of the .toml files of folders, sealed for recipients (age1…). ``centre`` is the uuid
    of the writer's centre, where it has one. Raises Invalid(to=, version=, series=), CannotRead for a file that cannot
    be used, MrcError when the disk refuses."""
    problems(series, version, to)
    found = tuple(read_file(path) for path in _files(sources))
    check_items(found)
    header = parcel_files.Header(
        kind=KIND, id=new_uuid(), no=version, centre=centre, to=tuple(dict.fromkeys(key.strip().lower() for key in to)),
        schema=SCHEMA, more={"series": series.strip(), "version": version},
    )  # fmt: skip
    written = parcel_files.write(out, header, lambda: lines(found), own)
    return Made(out, series.strip(), version, found, written.sha256)


def problems(series: str, version: int, to: Sequence[str]) -> None:
    """Raises Invalid for what cannot be a pack's name, version or recipient."""
    wrong: dict[str, Problem] = {}
    if not 0 < len(series.strip()) <= LONGEST_SERIES or not series.strip().isprintable():
        wrong["series"] = Problem(NO_SERIES)
    if not 0 < version <= HIGHEST:
        wrong["version"] = Problem(NO_VERSION)
    strange = next((key for key in to if key_text.public_of(key.strip().lower()) is None), None)
    if not to or strange is not None:
        wrong["to"] = Problem(NO_ONE) if not to else Problem(NOT_A_KEY, {"key": strange})
    if wrong:
        raise Invalid(**wrong)


def check_items(found: Sequence[Item]) -> None:
    """Raises CannotRead for a pack with nothing, too much, or the same thing twice."""
    if not found:
        raise CannotRead(NO_FILES)
    if len(found) > MOST_ITEMS or sum(len(one.text.encode()) for one in found) > MOST_BYTES:
        raise CannotRead(TOO_MANY, most=MOST_ITEMS)
    seen: set[tuple[str, str]] = set()
    for one in found:
        if (one.kind.value, one.code) in seen:
            raise CannotRead(TWICE, item=f"{one.kind.value} {one.code}")
        seen.add((one.kind.value, one.code))


def lines(found: Sequence[Item]) -> Iterator[dict[str, Any]]:
    """The lines of the parcel: one a file."""
    for one in sorted(found, key=lambda one: (one.kind.value, one.code)):
        yield {"line": LINE, "name": one.name, "text": one.text}


def _files(sources: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in sources:
        found += sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return found


def read_file(path: Path) -> Item:
    """A file on the disk, checked. Raises CannotRead, MrcError."""
    try:
        with path.open("rb") as file:
            content = file.read(reference_files.MOST_BYTES + 1)
    except OSError as trouble:
        raise MrcError(GONE, file=path.name, reason=trouble.strerror or str(trouble)) from None
    try:
        return reference_files.read(path.name, content.decode("utf-8"))
    except UnicodeDecodeError:
        raise CannotRead(reference_files.NOT_TOML, file=path.name) from None
