"""A parcel: one file for one or several recipients, sealed outside with age, packed with zstd, signed inside.

Inside: the header in one line, the signature of exactly these bytes in the next, then lines of JSON, the last of which
says how many came before it. The header names the length and the digest of everything after the signature, so that
nothing unsigned is ever looked at and nothing longer than what was signed is ever unpacked. ``age -d -i … FILE |
zstd -d`` shows it. A signature for minisign lies beside the file.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from mrc_app.errors import CannotRead, MrcError
from mrc_app.exchange import age_streams, minisigs
from mrc_app.exchange.desk_keys import Own, recipient_of, signed_by
from mrc_app.i18n import N_

FORMAT = "mrc-parcel/1"
KINDS = ("desk", "handover", "receipt", "export", "acknowledgement", "reference")
ENDING = ".parcel"
SIGNED = b"mrc parcel 1\x00"
LEVEL, WINDOW = 6, 23
MOST_HEADER, MOST_LINE, MOST = 16 << 20, 64 << 20, 1 << 40
PIECE = 1 << 18
Line = dict[str, Any]
Step = Callable[[int, int], None]

NOT_PARCEL = N_("“{file}” is not a parcel of this program.")
NOT_FOR_US = N_("“{file}” is not sealed for this desk: ask for a parcel under this desk's key.")
DAMAGED = N_("“{file}” was damaged or changed on the way. Nothing was taken in; ask for it again.")
FORGED = N_("The signature inside “{file}” does not fit. Nothing was taken in.")
RELAYED = N_("“{file}” was written for somebody else and sealed again for this desk. Nothing was taken in.")
NEWER = N_("“{file}” was written by a newer version of this program. Install the newer version.")
GONE = N_("“{file}” cannot be read: {reason}.")
THERE = N_("“{file}” exists already; nothing was changed.")
REFUSED = N_("“{file}” cannot be written here: {reason}.")


@dataclass(frozen=True)
class Header:
    """What a parcel says of itself. ``to`` are recipients, ``signer`` the Ed25519 key (hexadecimal), ``centre`` the
    uuid of the writer's centre; ``more`` whatever its kind adds. ``size`` and ``sha256`` are those of the lines."""

    kind: str
    id: str
    no: int
    centre: str
    to: tuple[str, ...]
    signer: str = ""
    made_at: str = ""
    schema: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    size: int = 0
    sha256: str = ""

    @property
    def sender(self) -> str:
        """The recipient (``age1…``) the signer is known by."""
        try:
            return recipient_of(bytes.fromhex(self.signer)) or ""
        except ValueError:
            return ""

    def as_line(self) -> bytes:
        """The header as it is signed, without the end of the line."""
        told = {
            **self.more, "format": FORMAT, "kind": self.kind, "id": self.id, "no": self.no, "centre": self.centre,
            "to": list(self.to), "from": self.sender, "signer": self.signer, "made_at": self.made_at,
            "schema": self.schema, "bytes": self.size, "sha256": self.sha256,
        }  # fmt: skip
        return _json(told)


_OWN = ("format", "kind", "id", "no", "centre", "to", "from", "signer", "made_at", "schema", "bytes", "sha256")


class Written(NamedTuple):
    """A parcel that was written: the file's own SHA-256 and size, and how many lines it holds."""

    sha256: str
    bytes: int
    lines: int
    header: Header


_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _json(said: Line) -> bytes:
    return _WRITER.encode(said).encode()


# -- writing


def write(
    path: Path, header: Header, lines: Callable[[], Iterator[Line]], own: Own, *, step: Step = lambda _done, _all: None
) -> Written:
    """Writes a parcel and the minisign signature beside it. ``lines`` is called twice and says the same both times.

    Raises Invalid(to=…) for a key, MrcError when a file is in the way or the disk refuses; nothing half made stays.
    ``step`` (bytes done, all) may raise Cancelled.
    """
    if path.exists():
        raise MrcError(THERE, file=path.name)
    whole, count = _measured(lines)
    signed = _signed(header, own, whole)
    part = path.with_name(path.name + ".new")
    try:
        with part.open("wb") as file:
            _seal(file, signed, lines, own, step)
            file.flush()
            os.fsync(file.fileno())
        digest, size = digest_of(part), part.stat().st_size
        part.replace(path)
        own.minisign(path, f"{header.kind} parcel {header.no} {header.id}")
    except OSError as trouble:
        raise MrcError(REFUSED, file=path.name, reason=trouble.strerror or str(trouble)) from None
    finally:
        part.unlink(missing_ok=True)
    return Written(digest, size, count, signed)


def _measured(lines: Callable[[], Iterator[Line]]) -> tuple[_Whole, int]:
    whole, count = _Whole(), 0

    def counted() -> Iterator[Line]:
        nonlocal count
        for line in lines():
            count += 1
            yield line

    for piece in _pieces(counted()):
        whole.add(piece)
    return whole, count


def _pieces(lines: Iterator[Line]) -> Iterator[bytes]:
    """The lines and their end as bytes, many at a time."""
    waiting, held, count = list[bytes](), 0, 0
    for line in lines:
        said = _json(line)
        waiting.append(said)
        held, count = held + len(said), count + 1
        if held > PIECE:
            yield b"\n".join([*waiting, b""])
            waiting, held = [], 0
    yield b"\n".join([*waiting, _json({"end": count}), b""])


class _Whole:
    """Length and digest of what went by."""

    def __init__(self) -> None:
        self.size, self._sum = 0, sha256()

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self._sum.update(piece)

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def _signed(header: Header, own: Own, whole: _Whole) -> Header:
    from dataclasses import replace

    from mrc_app.store.rows import now_text

    return replace(
        header, signer=own.verify_key.hex(), made_at=header.made_at or now_text(), size=whole.size, sha256=whole.digest
    )


def _seal(file: IO[bytes], header: Header, lines: Callable[[], Iterator[Line]], own: Own, step: Step) -> None:
    again = _Whole()
    with age_streams.sealed_into(file, header.to) as out:
        packer = _packer()
        top = header.as_line()
        signature = base64.b64encode(own.sign(SIGNED + top)).decode()
        out.write(packer.compress(top + b"\n" + _json({"signature": signature}) + b"\n"))
        for piece in _pieces(lines()):
            again.add(piece)
            out.write(packer.compress(piece))
            step(again.size, header.size)
        out.write(packer.flush())
    if (again.size, again.digest) != (header.size, header.sha256):
        raise RuntimeError("the lines of a parcel changed while it was written")
    step(header.size, header.size)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    whole = _Whole()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.add(piece)
    return whole.digest


# -- reading


@dataclass
class Opened:
    """An open parcel: its header, already verified, and its lines, the last of which verifies the rest. Only where
    ``whole`` is true may anything that came from the lines be kept."""

    header: Header
    lines: Iterator[Line]
    sha256: str = ""
    whole: bool = False


@contextmanager
def opened(path: Path, identities: Sequence[Own], *, step: Step = lambda _done, _all: None) -> Iterator[Opened]:
    """Opens a parcel sealed for one of these identities. Whether its ``header.sender`` is trusted is for the caller to
    say before a line is read. Raises CannotRead, also while lines are read and when they end too early or too late."""
    try:
        file = path.open("rb")
    except OSError as trouble:
        raise CannotRead(GONE, file=path.name, reason=trouble.strerror or str(trouble)) from None
    with file, age_streams.opened_from(file, identities) as (stream, piped):
        source = _Source(path.name, stream, piped)
        header = _header(source, {one.recipient for one in identities})
        found = Opened(header, iter(()))
        found.lines = _lines(source, found, step)
        yield found


class _Source:
    """The unpacked content, line by line; every kind of damage becomes one sentence."""

    def __init__(self, name: str, stream: IO[bytes], piped: age_streams.Piped) -> None:
        self.name, self._stream, self._piped = name, stream, piped
        self._packed = _unpacker()
        self._buffer = bytearray()

    def line(self, most: int) -> bytes:
        """The next line with its end. Raises CannotRead where there is none, or a longer one."""
        looked = 0
        while (at := self._buffer.find(b"\n", looked)) < 0:
            looked = len(self._buffer)
            if looked > most or not self._more():
                raise self.damaged()
        if at >= most:
            raise self.damaged()
        line = bytes(self._buffer[: at + 1])
        del self._buffer[: at + 1]
        return line

    def end(self) -> None:
        """Raises CannotRead unless the content ends here, and the sealing with it."""
        if self._buffer or self._more() or not self._packed.eof or self._packed.unused_data:
            raise self.damaged()
        if self._stream.read(1):
            raise self.damaged()
        self._check()

    def _more(self) -> bool:
        from_zstd = _zstd()
        while not self._packed.eof:
            piece = self._stream.read1(PIECE) if self._packed.needs_input else b""  # type: ignore[attr-defined]
            if not piece and self._packed.needs_input:
                self._check()
                return False
            try:
                found = self._packed.decompress(piece, max_length=PIECE)
            except from_zstd.ZstdError:
                raise self.damaged() from None
            if found:
                self._buffer += found
                return True
        return False

    def _check(self) -> None:
        try:
            self._piped.check()
        except age_streams.NotForUs:
            raise CannotRead(NOT_FOR_US, file=self.name) from None
        except age_streams.NotAge:
            raise CannotRead(NOT_PARCEL, file=self.name) from None
        except age_streams.Damaged:
            raise self.damaged() from None

    def damaged(self) -> CannotRead:
        """The one sentence."""
        return CannotRead(DAMAGED, file=self.name)


def _header(source: _Source, mine: set[str]) -> Header:
    top = source.line(MOST_HEADER)[:-1]
    told, sealed = _told(top), _told(source.line(4096))
    if told is None or sealed is None or not isinstance(told.get("format"), str):
        raise CannotRead(NOT_PARCEL, file=source.name)
    if told["format"] != FORMAT:
        newer = told["format"].startswith("mrc-parcel/")
        raise CannotRead(NEWER if newer else NOT_PARCEL, file=source.name)
    header = _shaped(told)
    if header is None:
        raise CannotRead(NOT_PARCEL, file=source.name)
    try:
        signature = base64.b64decode(str(sealed.get("signature")), validate=True)
        fits = signed_by(bytes.fromhex(header.signer), SIGNED + top, signature) and header.sender != ""
    except ValueError:
        fits = False
    if not fits:
        raise CannotRead(FORGED, file=source.name)
    if mine.isdisjoint(header.to):
        raise CannotRead(RELAYED, file=source.name)
    return header


def _shaped(told: Line) -> Header | None:
    wanted: dict[str, type] = {
        "kind": str, "id": str, "no": int, "centre": str, "to": list, "signer": str, "made_at": str, "schema": str,
        "bytes": int, "sha256": str,
    }  # fmt: skip
    if any(not isinstance(told.get(key), kept) or isinstance(told[key], bool) for key, kept in wanted.items()):
        return None
    if not all(isinstance(one, str) for one in told["to"]) or not 0 < told["bytes"] <= MOST:
        return None
    more = {key: value for key, value in told.items() if key not in _OWN}
    plain = {key: told[key] for key in ("kind", "id", "no", "centre", "signer", "made_at", "schema", "sha256")}
    return Header(**plain, to=tuple(told["to"]), size=told["bytes"], more=more)


def _lines(source: _Source, found: Opened, step: Step) -> Iterator[Line]:
    whole, count, header = _Whole(), 0, found.header
    while True:
        raw = source.line(min(MOST_LINE, header.size - whole.size))
        whole.add(raw)
        line = _told(raw)
        if line is None:
            raise source.damaged()
        if "end" in line and len(line) == 1:
            break
        count += 1
        if count % 512 == 0:
            step(whole.size, header.size)
        yield line
    source.end()
    if (whole.size, whole.digest, line["end"]) != (header.size, header.sha256, count):
        raise source.damaged()
    found.whole = True
    step(header.size, header.size)


def _told(raw: bytes) -> Line | None:
    try:
        said = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return None
    return cast("Line", said) if isinstance(said, dict) else None


# -- zstd


def _zstd() -> Any:
    """The standard library's zstd where there is one (Python 3.14), else its backport."""
    try:
        from compression import zstd  # type: ignore[import-not-found]
    except ImportError:
        from backports import zstd
    return zstd


def _packer() -> Any:
    return _zstd().ZstdCompressor(level=LEVEL)


def _unpacker() -> Any:
    zstd = _zstd()
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: WINDOW})


__all__ = ["ENDING", "FORMAT", "KINDS", "Header", "Opened", "Written", "digest_of", "minisigs", "opened", "write"]
