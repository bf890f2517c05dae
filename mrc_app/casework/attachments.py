"""Attachments: photos and scans of her papers. The bytes lie sealed beside the centre file; the record holds their key.

Nothing is unpacked or shown before its content was looked at (attachment_content), and never through a temporary file.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path, PurePath
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.attachment_content import DEFAULT_MB, MOST_MB, Media, checked, fits
from mrc_app.errors import MrcError
from mrc_app.i18n import N_, Labelled
from mrc_app.store import attachments as sealed
from mrc_app.store.records import Record, added, checks, new_uuid, word_column
from mrc_app.store.roles import May, needs

# -- Words


class What(Labelled):
    """What the paper is."""

    CONTRACT = "contract", N_("contract")
    PASSPORT = "passport", N_("passport or identity paper")
    RECEIPT = "receipt", N_("receipt")
    PHOTO = "photo", N_("photo")
    MEDICAL = "medical", N_("medical paper")
    OTHER = "other", N_("other paper")


# -- Record


class Attachment(Record, table=True):
    """One paper of a client. ``size`` in bytes, ``sha256`` of the content; ``key`` opens the sealed file."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"content": ("key", "size", "sha256", "media")}
    __table_args__ = checks(what=What, media=Media)

    client: str = Field(foreign_key="client.uuid", index=True)
    what: What = word_column(What, What.OTHER)
    name: str = ""
    note: str = ""
    media: Media = word_column(Media, Media.TEXT)
    size: int
    sha256: str
    key: str
    added_on: date
    added_by: str


# -- Rules


def limit_mb(settings: dict[str, Any]) -> int:
    """A centre's size cap in MB: its setting ``attachment_mb``, 15 where none or nonsense stands, at most 40."""
    said = settings.get("attachment_mb", DEFAULT_MB)
    return min(said, MOST_MB) if isinstance(said, int) and said > 0 else DEFAULT_MB


def plain_name(name: str) -> str:
    """A file's name without its folder and without anything that is no letter to the eye, at most 120 characters."""
    last = PurePath(name.replace("\\", "/")).name
    said = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable()).strip()
    ending = PurePath(said).suffix
    return said if len(said) <= fields.SHORT else said[: fields.SHORT - len(ending)] + ending


# -- Actions


def from_file(file: Path, limit: int = DEFAULT_MB) -> bytes:
    """A file's bytes, read only after its size was looked at. Raises MrcError."""
    try:
        fits(file.name, file.stat().st_size, limit)
        return file.read_bytes()
    except OSError as trouble:
        raise MrcError(N_("“{file}” cannot be read: {reason}."), file=file.name, reason=trouble.strerror) from None


@needs(May.KEEP_PAPERS)
def add(
    session: Session,
    *,
    centre: Path,
    client: str,
    what: What | str,
    name: str,
    content: bytes,
    on: date,
    by: str,
    note: str = "",
    limit: int = DEFAULT_MB,
) -> Attachment:
    """Keeps a paper beside the centre file at ``centre``: sealed on the disk first, then named by a record.

    Raises Invalid for a word, MrcError for content that is not kept here.
    """
    kept = fields.checked({"what": fields.word(What), "note": fields.long_text}, {"what": what, "note": note})
    said = plain_name(name)
    media = checked(said, content, limit)
    uuid = new_uuid()
    done = sealed.write(centre, uuid, [content])
    attachment = Attachment(
        uuid=uuid, client=client, name=said, media=media, size=done.size, sha256=done.sha256, key=done.key.hex(),
        added_on=on, added_by=by, **kept,
    )  # fmt: skip
    return added(session, attachment)


@needs(May.KEEP_PAPERS)
def describe(session: Session, attachment: Attachment, *, what: What | str, note: str = "") -> Attachment:
    """Says again what a paper is. The content never changes."""
    kept = fields.checked({"what": fields.word(What), "note": fields.long_text}, {"what": what, "note": note})
    for column, value in kept.items():
        if getattr(attachment, column) != value:
            setattr(attachment, column, value)
    return added(session, attachment)


@needs(May.KEEP_PAPERS)
def put_away(session: Session, attachment: Attachment) -> Attachment:
    """Hides a paper that was added by mistake; its bytes go with the client's erasure."""
    attachment.gone = True
    return added(session, attachment)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Attachment]:
    """A client's papers, the latest first."""
    chosen = select(Attachment).where(Attachment.client == client, col(Attachment.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Attachment.added_on).desc(), col(Attachment.id).desc())))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Attachment:
    """One paper. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Attachment).where(Attachment.uuid == uuid, col(Attachment.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This paper is not on this desk."))
    return found


def content(centre: Path, attachment: Attachment) -> bytes:
    """The bytes of a paper, in memory only. Raises CannotRead when its file is missing or damaged."""
    return sealed.whole(centre, attachment.uuid, bytes.fromhex(attachment.key), attachment.sha256)


def is_here(centre: Path, attachment: Attachment) -> bool:
    """Whether the sealed file is on this computer; else it is wanted from another desk or a backup."""
    return sealed.place(centre, attachment.uuid).exists()
