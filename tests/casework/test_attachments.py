"""Papers of a client: recognised by what they are, refused when they are dangerous, kept and read back."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import Session

from mrc_app.casework import attachment_content as content
from mrc_app.casework import attachments
from mrc_app.casework.attachment_content import Media
from mrc_app.casework.attachments import What
from mrc_app.errors import Invalid, MrcError, NotAllowed
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import TODAY, make_client


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def pdf(extra: bytes = b"", streams: bytes = b"") -> bytes:
    """A small PDF of one page, with something extra in its catalogue and further objects."""
    head = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>\nendobj\n"
    )
    return head + streams + b"trailer\n<< /Root 1 0 R /Size 9 >>\n%%EOF\n"


def stream(head: bytes, data: bytes, number: int = 5) -> bytes:
    start = b"%d 0 obj\n<< %s /Length %d >>\nstream\n" % (number, head, len(data))
    return start + data + b"\nendstream\nendobj\n"


def add(session: Session, centre: Store, **over: object) -> attachments.Attachment:
    typed = {
        "centre": centre.path, "what": What.CONTRACT, "name": "contract.png", "content": picture(), "on": TODAY,
        "by": centre.officer,
    }  # fmt: skip
    if "client" not in over:
        typed["client"] = make_client(session).uuid
    return attachments.add(session, **{**typed, **over})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "said", "media"),
    [
        ("a.jpg", picture("JPEG"), Media.JPEG),
        ("a.JPEG", picture("JPEG"), Media.JPEG),
        ("a.png", picture(), Media.PNG),
        ("scan", picture(), Media.PNG),
        ("a.pdf", pdf(), Media.PDF),
        ("a.txt", "ደመወዝ 1,000\r\n\tSAR".encode(), Media.TEXT),
    ],
)
def test_a_paper_is_recognised_by_its_content(name: str, said: bytes, media: Media) -> None:
    assert content.checked(name, said) is media


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("photo.jpg", b"MZ\x90\x00" + b"\0" * 100),
        ("run.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("page.txt", b"<script>alert(1)</script>"),
        ("notes.txt", b"bell \x07 here"),
        ("notes.txt", b"\xff\xfe\x00"),
        ("archive.pdf", b"PK\x03\x04" + b"\xff" * 40),
        ("scan.tif", b"II*\x00" + b"\xff" * 40),
    ],
)
def test_anything_else_is_refused_by_name(name: str, said: bytes) -> None:
    with pytest.raises(MrcError, match="is not a photo") as told:
        content.checked(name, said)
    assert name in told.value.text()


@pytest.mark.parametrize(
    ("name", "said"), [("pay.exe", pdf()), ("contract.pdf", picture()), ("photo.png", b"only text")]
)
def test_a_name_that_says_something_else_than_the_content_is_refused(name: str, said: bytes) -> None:
    with pytest.raises(MrcError, match="is not what its name says"):
        content.checked(name, said)


def test_size_is_looked_at_before_anything_else(tmp_path: Path) -> None:
    with pytest.raises(MrcError, match="empty"):
        content.checked("a.txt", b"")
    with pytest.raises(MrcError, match=r"“a.txt” has 2 MB; at most 1 MB"):
        content.checked("a.txt", b"a" * (content.MB + 1), 1)
    content.checked("a.txt", b"a" * content.MB, 1)
    large = tmp_path / "film.jpg"
    with large.open("wb") as file:
        file.truncate(40 * content.MB)
    with pytest.raises(MrcError, match=r"“film.jpg” has 40 MB"):
        attachments.from_file(large, 100)
    with pytest.raises(MrcError, match="cannot be read"):
        attachments.from_file(tmp_path / "missing.jpg")
    small = tmp_path / "small.txt"
    small.write_bytes(b"hello")
    assert attachments.from_file(small) == b"hello"


def png_of(width: int, height: int) -> bytes:
    """The header of a picture that would be as large as it says, and next to nothing after it."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body)) + b"\0" * 20


def jpeg_of(width: int, height: int) -> bytes:
    said = bytearray(picture("JPEG"))
    at = said.index(b"\xff\xc0")
    said[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(said)


@pytest.mark.parametrize("said", [png_of(60_000, 60_000), jpeg_of(65_000, 65_000)])
def test_a_picture_that_would_unfold_too_far_is_refused_before_it_is_decoded(said: bytes) -> None:
    with pytest.raises(MrcError, match="would unfold"):
        content.checked("bomb", said)


@pytest.mark.parametrize(
    "said",
    [
        png_of(0, 10), picture()[:20], b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x04ab\x00",
        picture()[:12] + b"JUNK" + b"\0" * 20, b"\xff\xd8\xff\xff\xda\x00\x02\x00",
    ],
)  # fmt: skip
def test_a_picture_without_a_size_is_refused(said: bytes) -> None:
    with pytest.raises(MrcError, match="damaged or locked"):
        content.checked("broken", said)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "JavaScript"),
        (pdf(b"/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>"), "JavaScript"),
        (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "Launch"),
        (pdf(b"/Names << /EmbeddedFiles 4 0 R >>"), "EmbeddedFiles"),
        (pdf(b"/AcroForm << /XFA 4 0 R >>"), "XFA"),
        (
            pdf(
                streams=stream(
                    b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b"7 0 << /S /JavaScript /JS (x) >>")
                )
            ),
            "JavaScript",
        ),
        (pdf(streams=b"%>>\nstream\n<< /S /JavaScript >>\nendstream\n"), "JavaScript"),
    ],
)
def test_a_pdf_that_starts_a_program_is_refused(said: bytes, what: str) -> None:
    with pytest.raises(MrcError, match="starts a program") as told:
        content.checked("contract.pdf", said)
    assert what in told.value.text()


def test_a_picture_inside_a_pdf_may_hold_any_bytes() -> None:
    noise = b"\x01/JS \x02/XFA /FlateDecode"
    packed = stream(b"/Type /XObject /Width 10 /Height 10 /Filter /DCTDecode", noise)
    torn = stream(b"/Filter /FlateDecode", b"not packed at all", 6)
    assert content.checked("scan.pdf", pdf(streams=packed + torn)) is Media.PDF


def test_a_pdf_that_would_unfold_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_UNPACKED", 3_000_000)
    deep = stream(b"/Filter /FlateDecode", zlib.compress(b"\0" * 2_000_000))
    assert content.checked("a.pdf", pdf(streams=deep)) is Media.PDF
    packed = zlib.compress(b"\0" * 2_000_000)
    for said in (
        pdf(streams=deep + deep),
        pdf(streams=stream(b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(packed))),
        pdf(streams=stream(b"/Subtype /Image /Width 90000 /Height 90000", b"")),
        pdf(streams=b"%" + b" obj" * (content.MOST_OBJECTS + 1)),
        pdf().replace(b"[0 0 200 100]", b"[0 0 99999 99999]"),
    ):
        with pytest.raises(MrcError, match="would unfold"):
            content.checked("bomb.pdf", said)


def test_a_pdf_of_very_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_PAGES", 0)
    with pytest.raises(MrcError, match="would unfold"):
        content.checked("a.pdf", pdf())


@pytest.mark.parametrize("said", [b"%PDF-1.7\nnothing", pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0")])
def test_a_pdf_without_pages_is_refused(said: bytes) -> None:
    with pytest.raises(MrcError, match="damaged or locked"):
        content.checked("a.pdf", said)


def test_a_paper_is_kept_and_read_back(centre: Store) -> None:
    with centre.change(by=centre.officer, do="attachments.add") as session:
        kept = add(session, centre, name="C:\\phone\\Tigist \u202econtract.png", note="from her phone")
        uuid, client = kept.uuid, kept.client
    with centre.read() as session:
        found = attachments.by_uuid(session, uuid)
        assert (found.name, found.media, found.what) == ("Tigist contract.png", Media.PNG, What.CONTRACT)
        assert attachments.content(centre.path, found) == picture()
        assert attachments.is_here(centre.path, found)
        assert [paper.uuid for paper in attachments.of_client(session, client)] == [uuid]


def test_what_is_refused_leaves_no_file(centre: Store) -> None:
    with pytest.raises(Invalid), centre.change(by=centre.officer, do="attachments.add") as session:
        add(session, centre, what="passport photo")
    with pytest.raises(MrcError), centre.change(by=centre.officer, do="attachments.add") as session:
        add(session, centre, content=b"MZ\x90\x00")
    assert not centre.path.with_name("centre.files").exists()


def test_what_a_paper_is_can_be_said_again_and_a_mistake_put_away(centre: Store) -> None:
    with centre.change(by=centre.officer, do="attachments.add") as session:
        kept = add(session, centre)
        attachments.describe(session, kept, what="receipt", note="from the broker")
        attachments.describe(session, kept, what="receipt", note="from the broker")
        assert (kept.what, kept.note) == (What.RECEIPT, "from the broker")
        attachments.put_away(session, kept)
        assert attachments.of_client(session, kept.client) == []
        with pytest.raises(MrcError, match="not on this desk"):
            attachments.by_uuid(session, kept.uuid)


def test_a_data_officer_adds_no_papers(centre: Store, session: Session) -> None:
    session.info["role"] = Role.DATA_OFFICER
    with pytest.raises(NotAllowed):
        add(session, centre, client="0" * 32)


@pytest.mark.parametrize(
    ("settings", "limit"),
    [
        ({}, 15),
        ({"attachment_mb": 20}, 20),
        ({"attachment_mb": 400}, 40),
        ({"attachment_mb": 0}, 15),
        ({"attachment_mb": "x"}, 15),
    ],
)
def test_the_size_cap_is_the_centres_within_bounds(settings: dict[str, object], limit: int) -> None:
    assert attachments.limit_mb(settings) == limit


def test_a_long_name_keeps_its_ending() -> None:
    assert attachments.plain_name("a" * 200 + ".jpeg") == "a" * 115 + ".jpeg"
