"""A centre's package on its way in: hostile until every check is passed. Nothing of it touches the disk in the clear.

The sealed file is opened in memory, its entries are read as streams of bounded length, and every byte is accounted for
by SHA256SUMS before anything in it is believed.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mrc_app.calendars.periods import Period
from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import CannotRead, Invalid, MrcError
from mrc_app.i18n import N_

LARGEST = 64 * 2**20
"""Bytes of a sealed file, and of one entry; a quarter of a centre is about 300 kB."""
WHOLE = 4 * LARGEST
"""Bytes of all entries together, unpacked."""
MOST = 400
PIECE = 1 << 18
SMALL = 8 * 2**20
PROFILE = "mrc-export"
MAJOR = 1
NAME = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
CENTRE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,12}){0,4}|[A-Z0-9][A-Z0-9_-]{0,31}")
COUNTRY = re.compile("[A-Z]{2}")
COUNTED = re.compile(r"[A-Za-z0-9_./-]{1,80}")
LASTING = re.compile(r"(\d{4}-\d{2}-\d{2})/P(\d{1,4})D")
SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
NOT_ZIP = N_("This is no package of a centre, or it is damaged.")
UNREADABLE = N_("“{file}” cannot be read: {trouble}.")
NOT_OURS = N_("The package is not sealed for this key, or it is damaged.")
SUMS = N_("“{name}” in the package is not what its list of checksums says.")
MANIFEST = N_("The description in the package (datapackage.json) cannot be understood: {what}.")
TIERS = ("MIN", "CASE")


@dataclass(frozen=True)
class Manifest:
    """What a package says of itself, read and checked."""

    centre: str
    tier: str
    period: str
    local_period: str
    first_day: date
    last_day: date
    seq: int
    replaces: str
    counts: dict[str, int]
    withheld: dict[str, int]
    resources: dict[str, dict[str, Any]]
    country: str = ""


@dataclass
class Package:
    """An opened package: its manifest, and its entries as streams."""

    zipped: ZipFile
    content: str
    manifest: Manifest

    @contextmanager
    def text(self, name: str) -> Iterator[io.TextIOWrapper]:
        """An entry as text."""
        with _damage(), self.zipped.open(name) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
            yield text


def spoken(text: str) -> str:
    """A word of a stranger as it may be said and kept: short, and nothing that moves a cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:80])


def sealed_hash(path: Path) -> str:
    """The SHA-256 of a file as it came. Raises MrcError when it cannot be read or is far too large."""
    try:
        if not path.is_file():
            raise MrcError(N_("There is no file “{file}”."), file=spoken(path.name))
        if path.stat().st_size > LARGEST:
            raise CannotRead(N_("“{file}” is far larger than any package."), file=spoken(path.name))
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as trouble:
        raise MrcError(UNREADABLE, file=spoken(path.name), trouble=trouble.strerror or "?") from None


def identities(path: Path) -> list[Any]:
    """The keys in an age identity file. Raises CannotRead when there are none."""
    import pyrage  # type: ignore[import-untyped]

    from mrc_app.exchange.desk_keys import from_identity_file

    first = from_identity_file(path).identity
    found = [line.strip() for line in path.read_text("utf-8").splitlines() if line.startswith("AGE-SECRET-KEY-1")]
    try:
        return [pyrage.x25519.Identity.from_str(one) for one in dict.fromkeys([first, *found])]
    except pyrage.IdentityError:
        raise CannotRead(N_("“{file}” holds a key that is none."), file=spoken(path.name)) from None


@contextmanager
def package(path: Path, keys: Sequence[Any]) -> Iterator[Package]:
    """Opens a sealed package (or a plain one of tier MIN). Raises CannotRead with one sentence."""
    content = _content(path, keys)
    with _damage():
        zipped = ZipFile(io.BytesIO(content))
    with zipped:
        with _damage():
            names = _names(zipped)
            made = Package(zipped, hashlib.sha256(content).hexdigest(), _manifest(zipped, _accounted(zipped, names)))
        if not is_sealed(path) and made.manifest.tier != "MIN":
            raise CannotRead(N_("Only a package of tier MIN may come unsealed."))
        yield made


def is_sealed(path: Path) -> bool:
    """Whether a file is an age file; anything else is taken for a bare ZIP."""
    with path.open("rb") as file:
        return file.read(4) != b"PK\x03\x04"


def _content(path: Path, keys: Sequence[Any]) -> bytes:
    if not is_sealed(path):
        return path.read_bytes()
    import pyrage

    out = io.BytesIO()
    try:
        with path.open("rb") as file:
            pyrage.decrypt_io(file, out, list(keys))
    except (pyrage.DecryptError, OSError, ValueError):
        raise CannotRead(NOT_OURS) from None
    return out.getvalue()


@contextmanager
def _damage() -> Iterator[None]:
    """Every way in which a damaged or malicious ZIP makes itself felt, as one sentence."""
    try:
        yield
    except (BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError, KeyError, OverflowError):
        raise CannotRead(NOT_ZIP) from None


def _names(zipped: ZipFile) -> list[str]:
    infos = zipped.infolist()
    names = [info.filename for info in infos]
    odd = next((info.filename for info in infos if not _plain(info)), None)
    if odd is not None:
        raise CannotRead(N_("The package holds an entry that no centre writes: “{name}”."), name=spoken(odd))
    if len(set(names)) != len(names) or len(names) > MOST:
        raise CannotRead(NOT_ZIP)
    if sum(info.file_size for info in infos) > WHOLE or any(info.file_size > LARGEST for info in infos):
        raise CannotRead(N_("Unpacked, the package would be far larger than any package is."))
    return names


def _plain(info: ZipInfo) -> bool:
    """A file with an ordinary name inside the package, packed in an ordinary way, not enciphered, no link."""
    kind = info.external_attr >> 28
    return (
        NAME.fullmatch(info.filename) is not None
        and info.orig_filename == info.filename
        and info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        and not info.flag_bits & 1
        and kind in (0, 8)
    )


def _accounted(zipped: ZipFile, names: list[str]) -> dict[str, str]:
    """The checksum of every entry. Raises CannotRead where one is missing, wrong, or too many."""
    if "SHA256SUMS" not in names or zipped.getinfo("SHA256SUMS").file_size > SMALL:
        raise CannotRead(NOT_ZIP)
    said = {}
    for line in zipped.read("SHA256SUMS").decode("ascii", "replace").splitlines():
        if (found := SUM.fullmatch(line)) is None:
            raise CannotRead(SUMS, name="SHA256SUMS")
        said[found[2]] = found[1]
    signed = {"SHA256SUMS", "SHA256SUMS.minisig"}
    if strange := (set(names) - signed) ^ (set(said) - signed):
        raise CannotRead(SUMS, name=spoken(min(strange)))
    for name, wanted in said.items():
        digest, read = hashlib.sha256(), 0
        with zipped.open(name) as entry:
            while piece := entry.read(PIECE):
                digest.update(piece)
                read += len(piece)
        if digest.hexdigest() != wanted or read != zipped.getinfo(name).file_size:
            raise CannotRead(SUMS, name=name)
    return said


# -- The manifest


def _manifest(zipped: ZipFile, sums: dict[str, str]) -> Manifest:
    if "datapackage.json" not in sums or zipped.getinfo("datapackage.json").file_size > SMALL:
        raise CannotRead(MANIFEST, what="datapackage.json")
    try:
        said = json.loads(zipped.read("datapackage.json"))
    except (ValueError, RecursionError):
        raise CannotRead(MANIFEST, what="JSON") from None
    if not isinstance(said, dict):
        raise CannotRead(MANIFEST, what="JSON")
    profile, _, major = str(said.get("mrc:profile", "")).partition("/")
    if profile != PROFILE or not major.isdecimal():
        raise CannotRead(MANIFEST, what="mrc:profile")
    if int(major) != MAJOR:
        raise CannotRead(
            N_("The package has a newer form ({version}). Please update this program."), version=spoken(major[:9])
        )
    return _read(said, sums)


def _read(said: dict[str, Any], sums: dict[str, str]) -> Manifest:
    tier = said.get("mrc:tier")
    if tier == "LINK":
        raise CannotRead(N_("Linkage keys belong to the linkage unit alone; they are not received here."))
    if tier not in TIERS:
        raise CannotRead(MANIFEST, what="mrc:tier")
    centre, seq = said.get("mrc:centre"), said.get("mrc:sequence")
    if not isinstance(centre, str) or CENTRE.fullmatch(centre) is None:
        raise CannotRead(MANIFEST, what="mrc:centre")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 10**6:
        raise CannotRead(MANIFEST, what="mrc:sequence")
    local, country = str(said.get("mrc:local_period") or ""), str(said.get("mrc:country") or "")
    if country and COUNTRY.fullmatch(country) is None:
        raise CannotRead(MANIFEST, what="mrc:country")
    try:
        span = _span(said.get("mrc:period"))
    except (Invalid, ValueError, OverflowError):
        raise CannotRead(MANIFEST, what="mrc:period") from None
    if len(local) > 40 or not local.isprintable():
        raise CannotRead(MANIFEST, what="mrc:local_period")
    return Manifest(
        centre, str(tier), span.code, local, span.start, span.end, seq, str(said.get("mrc:replaces") or ""),
        _counts(said.get("mrc:record_counts"), "mrc:record_counts"), _counts(said.get("mrc:withheld"), "mrc:withheld"),
        _resources(said.get("resources"), sums), country,
    )  # fmt: skip


def _span(said: Any) -> Period:
    """A period as it is typed, or as first day and length (``2026-11-10/P30D``), or named with both its days, which
    must then be the days of its code. Raises ValueError or Invalid."""
    told = said if isinstance(said, dict) else {"code": said}
    code = str(told.get("code"))
    if (found := LASTING.fullmatch(code)) is not None:
        first = date.fromisoformat(found[1])
        code = f"{first}/{first + timedelta(days=int(found[2]) - 1)}"
    span = read_period(code)
    if any(
        told.get(name, day.isoformat()) != day.isoformat() for name, day in (("start", span.start), ("end", span.end))
    ):
        raise ValueError(code)
    return span


def _counts(said: Any, name: str) -> dict[str, int]:
    """Numbers by name; nothing where the package says nothing."""
    if said is None:
        return {}
    good = isinstance(said, dict) and len(said) <= MOST and all(map(COUNTED.fullmatch, said))
    if not good or not all(type(one) is int and 0 <= one < 10**9 for one in said.values()):
        raise CannotRead(MANIFEST, what=name)
    return dict(said)


def _resources(said: Any, sums: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The resources by path; each is in the package and has the checksum and size it should have."""
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise CannotRead(MANIFEST, what="resources")
    found = {}
    for one in said:
        path = one.get("path")
        if not isinstance(path, str) or path not in sums:
            raise CannotRead(MANIFEST, what="resources")
        if str(one.get("hash", "")).removeprefix("sha256:") != sums[path]:
            raise CannotRead(SUMS, name=path)
        found[path] = one
    return found
