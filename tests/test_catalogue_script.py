"""scripts/catalogues.py: what a translator's and a speaker's work survives."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from mrc_app.wording import marks, po_files

ROOT = Path(__file__).resolve().parent.parent
HEAD = (
    'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"X-Status: draft\\n"\n"X-Reviewed-By: \\n"\n'
)
ENGLISH = {"D1.1": "One {n}.", "D1.2": "Two."}


def write(locales: Path, code: str, texts: dict[str, str]) -> Path:
    path = locales / code / "LC_MESSAGES" / "guides.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(f'\n#. true everywhere\nmsgid "{id}"\nmsgstr "{text}"\n' for id, text in texts.items())
    path.write_text(HEAD.format(code=code) + rows + "\n", "utf-8")
    return path


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "LOCALES", tmp_path)
    write(tmp_path, "en", ENGLISH)
    write(tmp_path, "fr", {"D1.1": "Un {n}.", "D1.2": "Deux."})
    return made


def status(locales: Path) -> tuple[str, int]:
    found = po_files.read(locales / "fr" / "LC_MESSAGES" / "guides.po")
    return found.headers["x-status"], marks.standing(found.entries, ENGLISH).signed


def test_words_are_found_inside_an_f_string_and_inside_another_marked_call(script: ModuleType, tmp_path: Path) -> None:
    source = tmp_path / "said.py"
    source.write_text("""
a = f"{done} · {_('Red')} {ngettext('{n} case', '{n} cases', 2)} {say(N_('Record'))}"
b = _("By nation: {list}", list=listed(found, _("not stated")))
raise Invalid(name="Write the name.", day=Problem(N_("A day.")), other=words(_(one), ngettext(some, many, 1)))
""")
    found = {said for said, _line in script._passed_over(source)}
    assert found == {
        "Red", ("{n} case", "{n} cases"), "Record", "By nation: {list}", "not stated", "Write the name.", "A day."
    }  # fmt: skip


def test_signing_marks_every_line_and_a_filled_line_is_a_draft_again(script: ModuleType, tmp_path: Path) -> None:
    script.sign("fr", "interprète", "2026-11-20")
    assert status(tmp_path) == ("reviewed", 2)
    (tmp_path / "new.json").write_text(json.dumps({"D1.2": "Deux !"}))
    script.fill("fr", tmp_path / "new.json", "guides")
    assert status(tmp_path) == ("draft", 1)
    text = (tmp_path / "fr" / "LC_MESSAGES" / "guides.po").read_text("utf-8")
    assert text.count("# reviewed: interprète, 2026-11-20, ") == 1


def test_following_the_english_keeps_what_was_signed_and_takes_a_new_line_in(
    script: ModuleType, tmp_path: Path
) -> None:
    script.sign("fr", "interprète", "2026-11-20")
    write(tmp_path, "en", {"D1.1": "One {n}.", "D1.15": "Another.", "D1.2": "Two."})
    script.follow_english("guides")
    found = po_files.read(tmp_path / "fr" / "LC_MESSAGES" / "guides.po")
    assert list(found.entries) == ["D1.1", "D1.15", "D1.2"] and status(tmp_path) == ("reviewed", 2)
    assert found.entries["D1.2"].comments == ("true everywhere", "English: Two.")
    write(tmp_path, "en", {"D1.1": "One {n}, at once.", "D1.2": "Two."})
    script.follow_english("guides")
    assert po_files.read(tmp_path / "fr" / "LC_MESSAGES" / "guides.po").headers["x-status"] == "draft"


def test_a_text_without_its_placeholder_is_not_filled_in(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new.json").write_text(json.dumps({"D1.1": "Un.", "D9": "x"}))
    script.fill("fr", tmp_path / "new.json", "guides")
    said = capsys.readouterr().err
    assert "placeholders differ: D1.1" in said and "not a message: D9" in said
    assert po_files.read(tmp_path / "fr" / "LC_MESSAGES" / "guides.po").entries["D1.1"].text == "Un {n}."
