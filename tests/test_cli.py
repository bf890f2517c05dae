"""The command line as outside checks call it: on a real, invented centre; one sentence and exit code 1 when refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mrc_app import demo
from mrc_app.cli import run

Answer = tuple[int, str, str]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> demo.Demo:
    return demo.make(tmp_path_factory.mktemp("demo"), clients=12)


@pytest.fixture
def centre(made: demo.Demo, tmp_path: Path) -> Path:
    for file in made.centre.parent.iterdir():
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / made.centre.name


@pytest.fixture
def mrc(centre: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def call(*arguments: str, at: bool = True) -> Answer:
        given = list(arguments)
        if at:
            given += ["--centre", str(centre), "--user", "meseret"]
            given += ["--password-file", str(centre.parent / "password.txt")]
        capsys.readouterr()
        code = run(given)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def ok(answer: Answer) -> Any:
    code, out, err = answer
    assert code == 0, err
    return json.loads(out)


def refused(answer: Answer, *words: str) -> None:
    code, out, err = answer
    assert code == 1
    assert out == ""
    assert err.count("\n") == 1, "one sentence on one line"
    assert "Traceback" not in err
    for word in words:
        assert word in err


def test_a_client_is_found_in_her_own_script_and_in_latin_letters(mrc: Callable[..., Answer]) -> None:
    for text in ("Tigist", "tigist al", "ትግስት", "0911550134"):
        found = ok(mrc("find", text, "--json"))
        assert found[0]["name"].startswith("Tigist"), text


def test_a_client_is_registered_amended_and_shown(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    fields = tmp_path / "fields.toml"
    fields.write_text(
        'given = "Zeynaba"\nfather = "Ali"\nsex = "F"\nbirth = { age = 24, estimated = true }\n'
        'phone = "0920 55 01 71"\n'
    )
    number = ok(mrc("register", str(fields), "--today", "2026-11-20", "--json"))["number"]
    changed = ok(mrc("amend", "--client", number, "district=Kombolcha", "--json"))
    assert changed == {"number": number, "changed": ["district"]}
    record = ok(mrc("case", number, "--today", "2026-11-20", "--json"))
    assert record["client"]["district"] == "Kombolcha"
    assert record["client"]["phone"] == "+251920550171"
    assert record["client"]["age"]["estimated"] is True
    assert [c["purpose"] for c in record["consents"]] == ["record"]
    assert {"journeys", "contracts", "costs", "grievances", "claims", "deadlines", "plan", "follow_ups"} <= set(record)


def test_bad_fields_are_refused_by_name_and_nothing_is_kept(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    fields = tmp_path / "fields.toml"
    before = ok(mrc("audit", "--json"))["count"]
    fields.write_text('given = "Nobody"\ncolour = "red"\n')
    refused(mrc("register", str(fields)), "colour")
    fields.write_text('given = "Nobody"\nbirth = { date = "1990-02-30" }\nphone = "twelve"\n')
    refused(mrc("register", str(fields)), "1990-02-30", "twelve")
    fields.write_text('given = "Nobody')
    refused(mrc("register", str(fields)), "fields.toml")
    refused(mrc("register", str(tmp_path / "no.toml")), "no.toml")
    assert ok(mrc("audit", "--json"))["count"] == before


def test_the_journal_is_readable_and_intact(mrc: Callable[..., Answer]) -> None:
    whole = ok(mrc("audit", "--json"))
    assert whole["intact"] is True
    number = ok(mrc("find", "Tigist", "--json"))[0]["number"]
    hers = ok(mrc("audit", "--client", number, "--json"))
    assert 0 < len(hers["entries"]) < len(whole["entries"])


def test_a_file_is_verified_and_damage_is_reported(mrc: Callable[..., Answer], centre: Path) -> None:
    password = ["--user", "meseret", "--password-file", str(centre.parent / "password.txt")]
    whole = ok(mrc("verify", str(centre), *password, "--json", at=False))
    assert whole["ok"] is True
    assert whole["records"]["client"] == 25
    with centre.open("r+b") as file:
        file.seek(centre.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    code, out, err = mrc("verify", str(centre), *password, "--json", at=False)
    assert code == 1
    assert "Traceback" not in err
    assert not out or json.loads(out)["ok"] is False


@pytest.mark.parametrize("what", ["missing", "empty", "plain", "truncated", "other", "wrong password", "no user"])
def test_trouble_at_the_door_is_one_sentence_and_changes_nothing(
    what: str, mrc: Callable[..., Answer], centre: Path, tmp_path: Path
) -> None:
    password, user = tmp_path / "password.txt", "meseret"
    whole = centre.read_bytes()
    match what:
        case "missing":
            centre.unlink()
        case "empty":
            centre.write_bytes(b"")
        case "plain":
            import sqlite3

            centre.unlink()
            with sqlite3.connect(centre) as plain:
                plain.execute("CREATE TABLE client (name TEXT)")
            plain.close()
        case "truncated":
            centre.write_bytes(whole[: len(whole) // 2 + 100])
        case "other":
            centre = tmp_path / "letter.txt"
            centre.write_text("Dear Tigist, " * 40)
        case "wrong password":
            password = tmp_path / "wrong.txt"
            password.write_text("not the password")
        case "no user":
            user = "somebody"
    before = centre.read_bytes() if centre.exists() else None
    asked = ["find", "a", "--centre", str(centre), "--user", user, "--password-file", str(password)]
    refused(mrc(*asked, at=False), *(["is not a centre file"] if what == "other" else []))
    if what == "truncated":  # once in a process of its own, as a person starts it
        said = subprocess.run([sys.executable, "-m", "mrc_app", *asked], capture_output=True, text=True, check=False)
        refused((said.returncode, said.stdout, said.stderr), "cut short")
    assert (centre.read_bytes() if centre.exists() else None) == before


def test_every_language_tells_how_complete_it_is(mrc: Callable[..., Answer]) -> None:
    rows = {row["code"]: row for row in ok(mrc("languages", "--kind", "guides", "--json", at=False))}
    assert {"en", "fr", "ar", "am", "snk"} <= set(rows)
    for code in ("en", "fr", "ar", "am"):
        assert rows[code]["translated"] == rows[code]["total"] > 490, code
    assert rows["ar"]["direction"] == "rtl"
    assert rows["fr"]["reviewed"] is False or rows["fr"]["reviewed"] == 0
    refused(mrc("languages", "--kind", "songs", at=False), "songs")


def test_corridors_are_listed_and_shown_whole(mrc: Callable[..., Answer]) -> None:
    rows = ok(mrc("corridors", "--json", at=False))
    assert {"ET-SA", "PH-HK", "NP-QA"} <= {row["id"] for row in rows}
    full = ok(mrc("corridors", "ET-SA", "--json", at=False))
    for fact in full["facts"]:
        assert {"value", "unit", "currency", "source", "as_of", "confidence"} <= set(fact)
    refused(mrc("corridors", "ET-ET", at=False))
    refused(mrc("corridors", "nonsense", at=False), "nonsense")


def test_a_day_is_said_in_every_calendar(mrc: Callable[..., Answer]) -> None:
    found = ok(mrc("dates", "2026-11-21", "--language", "am,ne", "--json", at=False))
    assert found["ethiopian"] == "2019-03-12"
    assert found["bikram_sambat"] == "2083-08-05"
    assert set(found["written"]) == {"am", "ne"}
    refused(mrc("dates", "2026-13-40", at=False), "2026-13-40")
    refused(mrc("dates", "2026-11-21", "--language", "qqq", at=False), "qqq")


def test_a_general_guide_is_printed(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    out = tmp_path / "guide.pdf"
    made = ok(
        mrc("guide", "departure", "--language", "fr", "--corridor", "SN-MR", "--out", str(out), "--json", at=False)
    )
    assert out.read_bytes().startswith(b"%PDF")
    assert made["pages"] > 4
    assert made["untranslated"] == 0
    assert made["missing"]


def test_what_the_window_can_add_to_a_guide_the_command_can_too(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    common = ("guide", "departure", "--language", "en", "--corridor", "ET-SA", "--paper", "a6", "--json")
    more = ("--if-you-go", "--sentences", "--one-number", "+251 58 220 0000", "--officer", "Meseret", "--line-art")
    plain, full = tmp_path / "plain.pdf", tmp_path / "full.pdf"
    before = ok(mrc(*common, "--out", str(plain), at=False))
    after = ok(mrc(*common, *more, "--out", str(full), at=False))
    text = "".join(page.extract_text() for page in PdfReader(full).pages)
    assert after["pages"] > before["pages"]
    assert "I am in danger now" in text and "Meseret" in text and "58" in text
    assert "If you go" in text and "Meseret" not in "".join(page.extract_text() for page in PdfReader(plain).pages)


def test_a_language_without_a_guide_is_not_called_a_draft(mrc: Callable[..., Answer]) -> None:
    said = mrc("languages", "--kind", "guides", at=False)[1].splitlines()
    rows = {line.split()[0]: line.split()[-1] for line in said}
    assert rows["am"] == "draft" and rows["snk"] == "none"


def test_her_own_guide_names_her_and_what_is_missing(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    number = ok(mrc("find", "Tigist", "--json"))[0]["number"]
    out = tmp_path / "hers.pdf"
    made = ok(
        mrc(
            "guide",
            "departure",
            "--language",
            "am",
            "--corridor",
            "ET-SA",
            "--client",
            number,
            "--out",
            str(out),
            "--json",
        )
    )
    assert out.exists()
    assert "D2" in made["missing"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--language", "xx", "--corridor", "ET-SA"], "xx"),
        (["--language", "am", "--corridor", "ET-XX"], "XX"),
        (["--language", "am", "--corridor", "Ethiopia"], "Ethiopia"),
        (["--language", "am", "--corridor", "ET-SA", "--paper", "a0"], "a0"),
        (["--language", "am", "--corridor", "ET-SA", "--leave-out", "D99"], "D99"),
        (["--language", "am", "--corridor", "ET-SA", "--edition", "loud"], "loud"),
    ],
)
def test_a_guide_that_cannot_be_is_refused_and_leaves_no_file(
    arguments: list[str], word: str, mrc: Callable[..., Answer], tmp_path: Path
) -> None:
    out = tmp_path / "papers" / "guide.pdf"
    refused(mrc("guide", "departure", *arguments, "--out", str(out), at=False), word)
    assert not out.exists()


def test_wrong_usage_is_exit_code_two(mrc: Callable[..., Answer]) -> None:
    assert mrc("guide", at=False)[0] == 2
    assert mrc("no-such-command", at=False)[0] == 2


def test_a_demo_is_the_same_for_the_same_seed_and_leaves_nothing_when_refused(
    mrc: Callable[..., Answer], tmp_path: Path
) -> None:
    folder = tmp_path / "again"
    refused(mrc("demo", str(folder), "--languages", "qqq", at=False), "qqq")
    assert not folder.exists()
    made = ok(mrc("demo", str(folder), "--clients", "3", "--json", at=False))
    assert made["clients"] == 16
    refused(mrc("demo", str(folder), at=False), "already")


def test_the_centre_s_choices_are_shown_changed_and_kept_to(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    assert ok(mrc("centre", "--json"))["print_drafts"] is True
    assert ok(mrc("centre", "print_drafts=no", "review_months=18", "--json"))["review_months"] == 18
    wall = ["guide", "departure", "--corridor", "ET-SA", "--paper", "poster", "--section", "D6"]
    refused(
        mrc(*wall, "--language", "am", "--out", str(tmp_path / "x.pdf")), "Amharic is a draft", "It prints: English"
    )
    assert not (tmp_path / "x.pdf").exists()
    done = ok(mrc(*wall, "--language", "en", "--out", str(tmp_path / "x.pdf"), "--json"))
    assert done["pages"] == 1 and (tmp_path / "x.pdf").exists()
    refused(mrc("centre", "print_drafts=perhaps"), "perhaps")


@pytest.mark.long
def test_a_contact_sheet_is_a_pdf_or_a_picture(mrc: Callable[..., Answer], tmp_path: Path) -> None:
    assert ok(mrc("gallery", "--pictograms", "--out", str(tmp_path / "set.png"), "--json", at=False))
    assert (tmp_path / "set.png").read_bytes().startswith(b"\x89PNG")
    sheet = ["gallery", "--languages", "en", "--paper", "one-sheet", "--out", str(tmp_path / "all.pdf")]
    found = ok(mrc(*sheet, "--today", "2026-11-22", "--json", at=False))
    assert [(row["code"], row["status"]) for row in found["languages"]] == [("en", "source")]
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
