"""A page and the list of languages say the same about a translation: what it lacks, who read it and when."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from mrc_app import cli, i18n
from mrc_app.guides import letters_words
from mrc_app.guides.making import in_words, make
from mrc_app.guides.text_model import plain
from mrc_app.wording import checking, marks, po_files
from tests.guides.asking import copied, request


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues of English and French, apart from the program's, and the French ones again as Wolof."""
    for code, here in (("en", "en"), ("fr", "fr"), ("fr", "wo")):
        shutil.copytree(i18n.LOCALES / code, tmp_path / "locales" / here, ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(i18n, "LOCALES", tmp_path / "locales")
    return tmp_path / "locales"


def row(code: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert cli.run(["languages", "--kind", "guides", "--json"]) == 0
    [found] = [one for one in json.loads(capsys.readouterr().out) if one["code"] == code]
    return dict(found)


def change(locales: Path, code: str, texts: dict[str, str], domain: str = "guides") -> None:
    path = locales / code / "LC_MESSAGES" / f"{domain}.po"
    found = po_files.read(path)
    changed = {id: found.entries[id].with_((text,), ()) for id, text in texts.items()}
    path.write_text(found.with_entries(changed).written(), "utf-8")


def sign(locales: Path, code: str, domain: str = "guides") -> None:
    path = locales / code / "LC_MESSAGES" / f"{domain}.po"
    found, source = po_files.read(path), checking.source(domain, locales)
    signed = {
        id: marks.marked(entry, source[id].text, entry.texts, "interprète", date(2026, 11, 20))
        for id, entry in found.entries.items()
        if entry.said
    }
    path.write_text(found.with_entries(signed).written(), "utf-8")


def test_a_string_that_is_deleted_lowers_what_is_translated_and_is_marked_on_the_page(
    locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, (_of, page) = row("fr", capsys), in_words(request("fr"))
    change(locales, "fr", {"D1.3": ""})
    after, (_of, marked) = row("fr", capsys), in_words(request("fr"))
    assert (before["total"], after["total"]) == (before["total"], before["total"])
    assert int(str(after["translated"])) == int(str(before["translated"])) - 1
    assert marked.untranslated == page.untranslated + 1
    [line] = [said for said in marked.every() if said.id == "D1.3"]
    assert (line.language, bool(line.mark)) == ("en", True) and line.mark in plain(marked)


def test_a_language_that_was_begun_and_says_nothing_is_none_and_reads_in_the_next(
    locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(locales, "wo", dict.fromkeys(po_files.read(locales / "wo" / "LC_MESSAGES" / "guides.po").entries, ""))
    change(locales, "wo", {"L.title": ""}, "letters")
    assert (row("wo", capsys)["status"], row("wo", capsys)["translated"]) == ("none", 0)
    assert "wo" not in letters_words.available() and "fr" in letters_words.available()


def test_a_reviewed_language_says_on_every_page_who_read_it_and_a_changed_line_makes_it_a_draft(
    locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign(locales, "fr")
    found = row("fr", capsys)
    assert (found["status"], found["reviewed_by"], found["reviewed_on"]) == ("reviewed", ["interprète"], "2026-11-20")
    foot = in_words(request("fr"))[1].foot
    assert "\u2068interprète\u2069" in foot and "20 novembre 2026" in foot
    change(locales, "fr", {"D1.3": "Gardez bien ce carnet."})
    assert row("fr", capsys)["status"] == "draft"
    assert in_words(request("fr"))[1].foot == i18n.Catalog.load("fr", "guides").find("X.draft")


@pytest.mark.long
def test_the_printed_book_carries_the_note(locales: Path, tmp_path: Path) -> None:
    sign(locales, "fr")
    change(locales, "fr", {"D1.5": ""})
    text = " ".join(copied(make(request("fr")).pdf, tmp_path).split())
    assert "interprète" in text and "Nobody may sell it to you." in text
