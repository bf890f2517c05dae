"""Her papers on the screen: added from a file, seen from memory, refused with a sentence, wanted when missing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from mrc_app.casework import attachments
from mrc_app.store import attachments as sealed
from mrc_app.store.centre import Store
from tests.make import make_client
from tests.ui.acting import click, settle
from tests.ui.test_panels import tab, told
from ui.panels.papers import PapersPanel
from ui.panels.preview import Preview
from ui.window import Window


@pytest.fixture
def panel(desk: Window, store: Store, qtbot: QtBot) -> PapersPanel:
    with store.change(by=store.officer, do="clients.register") as session:
        client = make_client(session, call_name="Tigist").uuid
    made = tab(desk, client, "papers", qtbot)
    assert isinstance(made, PapersPanel)
    return made


def file(tmp_path: Path, name: str, content: bytes) -> Path:
    made = tmp_path / name
    made.write_bytes(content)
    return made


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (3000, 2000), "green").save(out, "JPEG")
    return out.getvalue()


def add(panel: PapersPanel, desk: Window, qtbot: QtBot, path: Path, what: str = "contract") -> None:
    panel.ask(path)
    assert panel.form is not None
    panel.form["what"].set_value(what)
    click(panel.ok)
    settle(qtbot, desk)


def test_a_photo_is_added_seen_and_put_away(panel: PapersPanel, desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    assert "No papers yet" in told(panel)
    before = set(tmp_path.rglob("*"))
    add(panel, desk, qtbot, file(tmp_path, "contract.jpg", photo()))
    assert panel.form is None
    words = told(panel)
    assert "Contract" in words and "contract.jpg" in words and "Meseret" in words
    (paper,) = sealed.there(desk.desk.store.path)
    panel.view(paper)
    settle(qtbot, desk)
    assert isinstance(panel.viewed, QLabel)
    assert 0 < panel.viewed.pixmap().width() <= 900
    made = {path.suffix for path in set(tmp_path.rglob("*")) - before if path.is_file()}
    assert made <= {".jpg", ".paper"}, "looking at a paper writes no file"
    panel.put_away(paper)
    settle(qtbot, desk)
    assert "No papers yet" in told(panel)
    assert panel.viewed is None


@pytest.mark.long
def test_text_and_pdf_are_shown_from_memory(panel: PapersPanel, desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    from mrc_app.typesetting.blocks import Line
    from mrc_app.typesetting.compose import compose

    add(panel, desk, qtbot, file(tmp_path, "note.txt", "ደመወዝ".encode()), "other")
    pdf = compose([Line("Contract")], language="en", title="c", paper="a5").pdf
    add(panel, desk, qtbot, file(tmp_path, "c.pdf", pdf))
    with desk.desk.store.read() as session:
        kept = {paper.name: paper.uuid for paper in attachments.of_client(session, panel.client)}
    panel.view(kept["note.txt"])
    settle(qtbot, desk)
    assert isinstance(panel.viewed, QPlainTextEdit) and panel.viewed.toPlainText() == "ደመወዝ"
    panel.view(kept["c.pdf"])
    settle(qtbot, desk)
    assert isinstance(panel.viewed, Preview) and panel.viewed.pages is not None and len(panel.viewed.pages) == 1


def test_what_is_refused_is_said_and_the_form_stays(
    panel: PapersPanel, desk: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    add(panel, desk, qtbot, file(tmp_path, "photo.jpg", b"MZ\x90\x00\x00"))
    assert panel.form is not None
    assert "is not a photo" in panel.form.banner.words.text()
    assert panel.ok.isEnabled()


@pytest.mark.long
def test_a_missing_file_is_shown_as_wanted(panel: PapersPanel, desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    add(panel, desk, qtbot, file(tmp_path, "contract.jpg", photo()))
    (uuid,) = sealed.there(desk.desk.store.path)
    sealed.place(desk.desk.store.path, uuid).unlink()
    panel.view(uuid)
    settle(qtbot, desk)
    assert "not on this computer" in panel.trouble.words.text()
    panel.refresh()
    settle(qtbot, desk)
    assert "Wanted" in told(panel)
