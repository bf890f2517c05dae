"""What a paper may be: recognised by its first bytes, never by its name, and measured before anything is decoded.

Photos (JPEG), pictures (PNG), PDF and plain text. A picture's size is read from its header, a PDF's streams are counted
and unpacked only up to a limit, so that a small file that would unfold into a huge one is refused without unfolding it.
The page renderer used here runs no scripts; a PDF that carries one is refused for the sake of whoever gets a copy.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from mrc_app.errors import MrcError
from mrc_app.i18n import N_, Labelled

# -- Words


class Media(Labelled):
    """What the content is. The word is its media type."""

    JPEG = "image/jpeg", N_("photo (JPEG)")
    PNG = "image/png", N_("picture (PNG)")
    PDF = "application/pdf", N_("PDF")
    TEXT = "text/plain", N_("plain text")


# -- Rules

MB = 1024 * 1024
DEFAULT_MB, MOST_MB = 15, 40
MOST_PIXELS = 60_000_000
MOST_PAGES = 300
MOST_OBJECTS = 100_000
MOST_UNPACKED = 200 * MB
PIECE = 65_536
LONGEST_SIDE = 14_400  # points: the largest page the PDF standard allows
ENDINGS = {
    Media.JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
    Media.PNG: {".png"},
    Media.PDF: {".pdf"},
    Media.TEXT: {".txt", ".text", ".md", ".csv"},
}
UNKNOWN = N_("“{file}” is not a photo (JPEG, PNG), a PDF or plain text. Save it as one of these first.")
BOMB = N_("“{file}” would unfold to more than this computer can hold. It was not opened.")
BROKEN = N_("“{file}” is damaged or locked and cannot be read.")
MISNAMED = N_("“{file}” is not what its name says: it holds {media}. It was not kept.")
ACTIVE = N_("“{file}” is a PDF that starts a program ({what}). It was not kept; print it and take a photo of it.")
TOO_LARGE = N_("“{file}” has {size} MB; at most {limit} MB are kept. Take the photo with fewer pixels.")
EMPTY = N_("“{file}” is empty.")
_PROGRAMS = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|EmbeddedFiles?)(?![A-Za-z0-9])")
_LONG = re.compile(rb"/(JavaScript|Launch|RichMedia|EmbeddedFiles?)(?![A-Za-z0-9])")
"""The same without words so short that a picture's bytes would form them by chance."""
_STREAM = re.compile(rb">>\s*stream\r?\n")
_PACKED = re.compile(rb"/(FlateDecode|Fl|LZWDecode|LZW)(?![A-Za-z0-9])")


def checked(name: str, content: bytes, limit_mb: int = DEFAULT_MB) -> Media:
    """What the content is. Raises MrcError, naming the file, for what is too large, unknown, misnamed or dangerous."""
    fits(name, len(content), limit_mb)
    media = sniff(content)
    if media is None:
        raise MrcError(UNKNOWN, file=name)
    ending = PurePath(name).suffix.lower()
    if ending and ending not in ENDINGS[media]:
        raise MrcError(MISNAMED, file=name, media=media.label)
    if media is Media.PDF:
        _look_into_pdf(name, content)
    elif media is not Media.TEXT:
        _measure(name, content, media)
    return media


def fits(name: str, size: int, limit_mb: int = DEFAULT_MB) -> None:
    """Raises MrcError for a file that is empty or too large; the size is known before it is read."""
    most = min(limit_mb, MOST_MB)
    if size == 0:
        raise MrcError(EMPTY, file=name)
    if size > most * MB or size >= MOST_MB * MB:
        raise MrcError(TOO_LARGE, file=name, size=-(-size // MB), limit=most)


def sniff(content: bytes) -> Media | None:
    """What the first bytes say; None for anything that is not kept here."""
    starts = {
        b"\xff\xd8\xff": Media.JPEG, b"\x89PNG\r\n\x1a\n": Media.PNG, b"%PDF-": Media.PDF,
    }  # fmt: skip
    found = next((media for start, media in starts.items() if content.startswith(start)), None)
    return found or (Media.TEXT if _is_text(content) else None)


def _is_text(content: bytes) -> bool:
    if content.startswith((b"#!", b"<")):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)


def _measure(name: str, content: bytes, media: Media) -> None:
    try:
        width, height = _jpeg(content) if media is Media.JPEG else _png(content)
    except (struct.error, IndexError):
        width = height = 0
    if width * height > MOST_PIXELS:
        raise MrcError(BOMB, file=name)
    if not width or not height:
        raise MrcError(BROKEN, file=name)


def _png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", content[16:24])
    return (width, height) if content[12:16] == b"IHDR" else (0, 0)


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 1 if kind == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0, 0


def _look_into_pdf(name: str, content: bytes) -> None:
    """Counts and unpacks within limits, looks for programs, then lets the page renderer count the pages."""
    if content.count(b" obj") > MOST_OBJECTS:
        raise MrcError(BOMB, file=name)
    room, at, told = MOST_UNPACKED, 0, []
    for begin, end in _streams(content):
        head = _unescaped(content[at:begin])
        told.append(head)
        last = head[max(head.rfind(b" obj"), 0) :]
        if _pixels(last) > MOST_PIXELS or len(_PACKED.findall(last)) > 1:
            raise MrcError(BOMB, file=name)
        if _PACKED.search(last):
            unpacked = _unpacked(content, begin, room)
            room -= len(unpacked)
            if room <= 0:
                raise MrcError(BOMB, file=name)
            if b"/ObjStm" in last:
                told.append(_unescaped(unpacked))
        at = end
    program = next(filter(None, map(_PROGRAMS.search, [*told, _unescaped(content[at:])])), None) or _LONG.search(
        content
    )
    if program:
        raise MrcError(ACTIVE, file=name, what=program[1].decode())
    _count_pages(name, content)


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the packed bytes of each stream begin and end."""
    end = 0
    while found := _STREAM.search(content, end):
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        yield found.end(), end


def _unpacked(content: bytes, begin: int, room: int) -> bytes:
    """What a packed stream holds, up to ``room`` bytes; nothing where it is packed another way or damaged."""
    unpacking, out, at = zlib.decompressobj(), bytearray(), begin
    try:
        while not unpacking.eof and len(out) < room and at < len(content):
            piece = unpacking.unconsumed_tail or content[at : at + PIECE]
            at += 0 if unpacking.unconsumed_tail else PIECE
            out += unpacking.decompress(piece, room - len(out))
    except zlib.error:
        return b""
    return bytes(out)


def _pixels(head: bytes) -> int:
    sides = [re.search(rb"/" + side + rb"\s+(\d{1,9})", head) for side in (b"Width", b"Height")]
    return int(sides[0][1]) * int(sides[1][1]) if sides[0] and sides[1] else 0


def _unescaped(part: bytes) -> bytes:
    """Names may be written with #xx for any letter."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), part)


def _count_pages(name: str, content: bytes) -> None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise MrcError(BROKEN, file=name) from None
    try:
        pages = len(document)
        sides = [side for number in range(min(pages, MOST_PAGES)) for side in document.get_page_size(number)]
    finally:
        document.close()
    if not 0 < pages <= MOST_PAGES or max(sides) > LONGEST_SIDE:
        raise MrcError(BOMB, file=name)
