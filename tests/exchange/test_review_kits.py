"""A speaker reads a language: the kit that goes out, and what is taken of the sheet that comes back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from mrc_app import cli, i18n
from mrc_app.exchange import reference_files, review_kits
from mrc_app.i18n import Catalog

ENGLISH = {
    "D1.title": "My notebook",
    "D1.2": "This book belongs to {first_name}.",
    "D1.3": "Keep your passport within 3 metres.",
    "D1.4": "The person works as a domestic worker.",
}
AMHARIC = {
    "D1.title": "ማስታወሻ ደብተሬ",
    "D1.2": "ይህ ደብተር የ{first_name} ነው።",
    "D1.3": "ፓስፖርትዎን በ3 ሜትር ውስጥ ያስቀምጡ።",
    "D1.4": "",
}
HEAD = (
    'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"X-Status: draft\\n"\n"X-Reviewed-By: \\n"\n'
)


def catalogue(folder: Path, code: str, texts: dict[str, str], domain: str = "guides") -> Path:
    path = folder / code / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(f'\n#. true everywhere\nmsgid "{id}"\nmsgstr "{text}"\n' for id, text in texts.items())
    path.write_text(HEAD.format(code=code) + rows, "utf-8")
    return path


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "locales"
    catalogue(folder, "en", ENGLISH)
    catalogue(folder, "am", AMHARIC)
    monkeypatch.setattr(i18n, "LOCALES", folder)
    monkeypatch.setenv("MRC_WORDS", str(tmp_path / "own"))
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs a command: the JSON it prints, or the sentence with which it refuses."""

    def said(*words: Any, fails: bool = False) -> Any:
        capsys.readouterr()
        code = cli.run([*map(str, words), *([] if fails else ["--json"])])
        out, err = capsys.readouterr()
        assert code == int(fails), err
        return err.strip() if fails else json.loads(out)

    return said


@pytest.fixture
def kit(locales: Path, tmp_path: Path, run: Callable[..., Any]) -> Path:
    run("review-kit", "--language", "am", "--kind", "guides", "--out", tmp_path / "kit")
    return tmp_path / "kit"


def filled(kit: Path, answers: dict[str, dict[str, Any]], *, formula: str = "", name: str = "am") -> Path:
    """The sheet as it comes back, with what a speaker wrote into it."""
    book = CalamineWorkbook.from_path(str(kit / "words-am.xlsx"))
    head, *rows = [list(row) for row in book.get_sheet_by_name("am").iter_rows()]
    for row in rows:
        for column, said in answers.get(str(row[0]), {}).items():
            row[head.index(column)] = said
    path = kit / "back.xlsx"
    made = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = made.add_worksheet(name)
    for number, row in enumerate([head, *rows]):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, str(cell)) if cell else None
    if formula:
        sheet.write_formula(2, 4, formula, None, "ደብተር")
    made.close()
    return path


TAKE = ("--reviewer-role", "interpreter", "--on", "2026-11-20", "--today", "2026-11-22")
WORKER = "ሰውየው የቤት ሠራተኛ ነው።"


def test_a_kit_has_every_line_with_its_terms_on_paper_and_in_a_sheet(kit: Path) -> None:
    text = "".join(page.extract_text() for page in PdfReader(kit / "proof-am.pdf").pages)
    assert "My notebook" in text and "ፓስፖርት" in text and "D1.3" in text and "correction" in text
    book = CalamineWorkbook.from_path(str(kit / "words-am.xlsx"))
    head, *rows = book.get_sheet_by_name("am").to_python()
    assert book.sheet_names == ["am", "how"] and tuple(head) == review_kits.HEAD
    found = {row[0]: row for row in rows}
    assert list(found) == [f"guides:{id}" for id in ENGLISH]
    assert found["guides:D1.3"][2:4] == [ENGLISH["D1.3"], AMHARIC["D1.3"]] and "passport: ፓስፖርት" in str(
        found["guides:D1.3"][6]
    )


def test_the_same_kit_has_the_same_bytes(kit: Path, tmp_path: Path) -> None:
    review_kits.make("am", tmp_path / "again", kinds=("guides",))
    for name in ("proof-am.pdf", "words-am.xlsx"):
        assert (kit / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    with zipfile.ZipFile(kit / "words-am.xlsx") as inside:  # not the second in which it was made
        assert inside.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_what_a_speaker_signs_stands_before_the_programs_words_and_the_rest_stays_a_draft(
    kit: Path, tmp_path: Path, locales: Path, run: Callable[..., Any]
) -> None:
    before = (locales / "am" / "LC_MESSAGES" / "guides.po").read_bytes()
    back = filled(kit, {
        "guides:D1.title": {"ok?": "Yes"},
        "guides:D1.2": {"ok?": "no", "correction": "ደብተሩ የ{first_name} ነው።"},
        "guides:D1.3": {"ok?": "no"},
    })  # fmt: skip
    done = run("review-take", back, *TAKE)
    assert (done["rows"], done["signed"], done["corrected"], done["doubted"]) == (4, 2, 1, ["guides:D1.3"])
    assert (done["status"], done["left"]) == ({"guides": "draft"}, {"guides": 1})
    catalog = Catalog.load("am", "guides")
    assert catalog.find("D1.2") == "ደብተሩ የ{first_name} ነው።" and catalog.find("D1.3") == AMHARIC["D1.3"]
    assert (locales / "am" / "LC_MESSAGES" / "guides.po").read_bytes() == before
    [row] = [one for one in run("languages", "--kind", "guides") if one["code"] == "am"]
    assert (row["translated"], row["signed"], row["reviewed"]) == (3, 2, False)


def test_a_language_is_reviewed_when_every_line_it_has_is_signed(
    kit: Path, locales: Path, run: Callable[..., Any]
) -> None:
    run("review-take", filled(kit, {f"guides:{id}": {"ok?": "x"} for id in AMHARIC if AMHARIC[id]}), *TAKE)
    back = filled(kit, {"guides:D1.4": {"correction": WORKER}})
    done = run("review-take", back, *TAKE[:1], "returned domestic worker", "--on", "2026-11-21", *TAKE[4:])
    assert done["status"] == {"guides": "reviewed"}
    [row] = [one for one in run("languages", "--kind", "guides") if one["code"] == "am"]
    assert (row["translated"], row["total"], row["reviewed"]) == (4, 4, True)
    assert row["reviewed_by"] == ["interpreter", "returned domestic worker"] and row["reviewed_on"] == "2026-11-21"
    again = run("review-kit", "--language", "am", "--kind", "guides", "--out", kit, "--unread", fails=True)
    assert again == "Nothing is left to review."


def test_a_later_version_with_another_english_line_asks_for_it_again(
    kit: Path, locales: Path, run: Callable[..., Any]
) -> None:
    run("review-take", filled(kit, {"guides:D1.2": {"correction": "ደብተሩ የ{first_name} ነው።"}}), *TAKE)
    catalogue(locales, "en", {**ENGLISH, "D1.2": "This little book belongs to {first_name}."})
    assert Catalog.load("am", "guides").find("D1.2") == AMHARIC["D1.2"]


def test_into_a_folder_of_catalogues_each_signed_line_carries_its_mark_and_the_others_their_bytes(
    kit: Path, locales: Path, run: Callable[..., Any]
) -> None:
    path = locales / "am" / "LC_MESSAGES" / "guides.po"
    before = path.read_text("utf-8")
    done = run("review-take", filled(kit, {"guides:D1.title": {"ok?": "yes"}}), *TAKE, "--into", locales)
    after = path.read_text("utf-8")
    assert done["files"] == [str(path)]
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line[:37] for line in added] == ['"X-Reviewed-On: \\n"', "# reviewed: interpreter, 2026-11-20, "]
    assert run("review-take", kit / "back.xlsx", *TAKE, "--into", locales)["corrected"] == 0
    assert path.read_text("utf-8") == after


def test_a_translation_written_over_in_its_own_column_is_a_correction(kit: Path, run: Callable[..., Any]) -> None:
    done = run("review-take", filled(kit, {"guides:D1.title": {"translation": "ደብተሬ"}}), *TAKE)
    assert done["corrected"] == 1 and Catalog.load("am", "guides").find("D1.title") == "ደብተሬ"


def test_what_changed_here_since_the_kit_was_made_is_left_and_named(
    kit: Path, locales: Path, run: Callable[..., Any]
) -> None:
    catalogue(locales, "am", {**AMHARIC, "D1.title": "ሌላ ርዕስ"})
    done = run("review-take", filled(kit, {f"guides:{id}": {"ok?": "yes"} for id in ("D1.title", "D1.2")}), *TAKE)
    assert (done["signed"], done["changed"]) == (1, ["guides:D1.title"])


@pytest.mark.parametrize(
    ("id", "said", "sentence"),
    [
        ("D1.2", {"correction": "ይህ ደብተር የእኔ ነው።"}, "What stands in braces must be the same as in English"),
        ("D1.3", {"correction": "ፓስፖርትዎን በ፫ ሜትር ያስቀምጡ።"}, "A number of the English is missing."),
        ("D1.3", {"correction": "ፓስፖርት ٣ 3 ሜትር"}, "Digits are written 0 to 9."),
        ("D1.4", {"correction": "ሰውየው ገረድ ነው።"}, "“ገረድ” is not said of people. Say: የቤት ሠራተኛ."),
        ("D1.4", {"correction": "ሠራተኛ\u202e"}, "It holds a direction mark."),
        ("D1.4", {"correction": "ሠራተኛ\u2060"}, "It holds a sign that cannot be seen."),
        ("D1.4", {"correction": "ሠ" * 2001}, "The text is too long."),
        ("D1.4", {"correction": "=1+1"}, "A text does not begin with =."),
        ("D1.4", {"ok?": "yes"}, "There is no text to say yes to."),
        ("D1.4", {"ok?": "perhaps"}, "“perhaps” under ok? is neither yes nor no."),
        ("D1.4", {"id": "guides:D9.99", "ok?": "yes"}, "There is no such line."),
        ("D1.4", {"id": "../../x", "ok?": "yes"}, "There is no such line."),
        ("D1.4", {"id": "guides:D1.2", "ok?": "yes"}, "The line stands in the sheet twice."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_written(
    kit: Path, tmp_path: Path, run: Callable[..., Any], id: str, said: dict[str, str], sentence: str
) -> None:
    back = filled(kit, {"guides:D1.title": {"ok?": "yes"}, f"guides:{id}": said})
    refused = run("review-take", back, *TAKE, fails=True)
    assert refused.startswith("Nothing was taken: 1 rows are to be mended, the first is row ") and sentence in refused
    assert not (tmp_path / "own").exists()
    [problem] = run("review-take", back, *TAKE, "--dry-run")["problems"]
    assert sentence in problem["reason"]


def test_a_sheet_with_formulas_or_of_another_kind_is_refused(
    kit: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    assert "has formulas" in run("review-take", filled(kit, {}, formula='="a"&"b"'), *TAKE, fails=True)
    assert "no row has a correction or a yes" in run("review-take", filled(kit, {}), *TAKE, fails=True)
    assert "give --language" in run("review-take", filled(kit, {}, name="Sheet1"), *TAKE, fails=True)
    other = tmp_path / "other.csv"
    other.write_text("id,said\n1,2\n", "utf-8")
    assert "no column “translation”" in run("review-take", other, *TAKE, "--language", "am", fails=True)
    other.write_bytes(b"\0" * 5_000_001)
    assert "too large" in run("review-take", other, *TAKE, fails=True)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a.txt", "x")
    other.write_bytes(packed.getvalue())
    assert "is not a sheet this program reads" in run("review-take", other, *TAKE, fails=True)


def test_a_csv_with_its_language_named_is_taken_too(kit: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    sheet = tmp_path / "back.csv"
    sheet.write_text(f"id,translation,correction,ok?\nguides:D1.title,{AMHARIC['D1.title']},,yes\n", "utf-8")
    assert run("review-take", sheet, *TAKE, "--language", "am")["signed"] == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("--reviewer-role", " "), "Say who read it"),
        (("--reviewer-role", "x" * 61), "Say who read it"),
        (("--on", "2026-11-23"), "still to come"),
        (("--on", "soon"), "is not a date"),
        (("--into", "/nowhere/at/all"), "There is no folder"),
    ],
)
def test_who_read_it_and_when_must_be_said(
    kit: Path, run: Callable[..., Any], change: tuple[str, str], sentence: str
) -> None:
    back = filled(kit, {"guides:D1.title": {"ok?": "yes"}})
    assert sentence in run("review-take", back, *TAKE, *change, fails=True)


def test_a_place_that_cannot_be_written_leaves_everything_as_it_was(
    kit: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    (tmp_path / "own").write_text("a file where a folder should be")
    back = filled(kit, {"guides:D1.title": {"ok?": "yes"}})
    assert "cannot be written" in run("review-take", back, *TAKE, fails=True)
    assert Catalog.load("am", "guides").standing().signed == 0


def test_a_language_without_a_word_begins_as_an_empty_kit(
    locales: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    made = run("review-kit", "--language", "bi", "--kind", "guides", "--out", tmp_path / "kit")
    assert made["rows"] == 4
    assert "English is what the others" in run("review-kit", "--language", "en", "--out", tmp_path, fails=True)
    assert "no kind of words “songs”" in run(
        "review-kit", "--language", "am", "--kind", "songs", "--out", tmp_path, fails=True
    )
    (tmp_path / "kit" / "words-am.xlsx").write_bytes((tmp_path / "kit" / "words-bi.xlsx").read_bytes())
    book = CalamineWorkbook.from_path(str(tmp_path / "kit" / "words-bi.xlsx"))
    assert book.get_sheet_by_name("bi").to_python()[1][3] == ""


def test_plural_forms_of_the_screen_are_signed_together(locales: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    folder = locales / "am" / "LC_MESSAGES"
    head = HEAD.format(code="am") + '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    body = '\nmsgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} ቀን"\nmsgstr[1] "{n} ቀናት"\n'
    (folder / "mrc_app.po").write_text(head + body, "utf-8")
    (locales / "mrc_app.pot").write_text(HEAD.format(code="") + body.replace("ቀን", "").replace("ቀናት", ""), "utf-8")
    run("review-kit", "--language", "am", "--kind", "ui", "--out", tmp_path / "kit")
    rows = CalamineWorkbook.from_path(str(tmp_path / "kit" / "words-am.xlsx")).get_sheet_by_name("am").to_python()[1:]
    first, second = (str(row[0]) for row in rows)
    assert first.endswith("[0]") and second.endswith("[1]")
    one = filled(tmp_path / "kit", {first: {"correction": "{n} ዕለት"}})
    assert "no row has" in run("review-take", one, *TAKE, fails=True)
    both = filled(tmp_path / "kit", {first: {"correction": "{n} ዕለት"}, second: {"ok?": "yes"}})
    assert run("review-take", both, *TAKE)["status"] == {"ui": "reviewed"}
    catalog = Catalog.load("am", "mrc_app")
    assert [catalog.plural("{n} day", "{n} days", n) for n in (1, 5)] == ["{n} ዕለት", "{n} ቀናት"]


def test_signed_lines_can_go_into_a_reference_pack(kit: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    back = filled(kit, {"guides:D1.2": {"correction": "ደብተሩ “የ{first_name}” ነው።"}})
    run("review-take", back, *TAKE, "--words", tmp_path / "am.toml")
    item = reference_files.read("am.toml", (tmp_path / "am.toml").read_text("utf-8"))
    assert isinstance(item.content, reference_files.GuideWords)
    assert dict(item.content.texts) == {"D1.2": "ደብተሩ “የ{first_name}” ነው።"} and item.content.as_of == "2026-11-20"
