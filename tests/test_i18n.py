"""Words: languages by code, catalogues, what is missing, and what stands in where CLDR has nothing."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import pytest

from mrc_app import i18n
from mrc_app.errors import Invalid
from mrc_app.wording import marks

PO = """msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Status: {status}\\n"
"""


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    return tmp_path


def write(
    locales: Path,
    code: str,
    domain: str,
    texts: dict[str, str],
    status: str = "draft",
    extra: str = "",
    read: dict[str, str] | None = None,
) -> Path:
    """A catalogue; ``read`` is the English of the texts that an interpreter signed."""
    folder = locales / code.replace("-", "_") / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    rows = ""
    for name, text in texts.items():
        english = (read or {}).get(name)
        mark = f"# reviewed: interpreter, 2026-11-20, {marks.check(english, [text])}\n" if english else ""
        rows += f'\n{mark}msgid "{name}"\nmsgstr "{text}"\n'
    path = folder / f"{domain}.po"
    path.write_text(PO.format(code=code, status=status) + rows + extra, "utf-8")
    return path


def compile_to_mo(po: Path) -> Path:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as source, po.with_suffix(".mo").open("wb") as out:
        write_mo(out, read_po(source))
    return po.with_suffix(".mo")


def row(kind: str, code: str) -> dict[str, Any]:
    [found] = [row for row in i18n.completeness(kind) if row["code"] == code]
    return found


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("am", "am"), ("EN", "en"), ("fr-SN", "fr"), ("am_ET", "am"), ("ar-SA", "ar"), ("snk", "snk"),
        ("zh-Hant", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-CN", "zh-Hans"),
        ("tl", "fil"), ("fa-AF", "prs"), ("prs", "prs"), ("ff-Adlm", "ff-Adlm"), ("ff-Latn-SN", "ff"),
    ],
)  # fmt: skip
def test_a_language_is_found_by_its_code(asked: str, known: str) -> None:
    assert i18n.language(asked).code == known


@pytest.mark.parametrize("code", ["", "xx", "klingon", "zh", "zh-Latn", "am-Arab", "../en", "-"])
def test_an_unknown_language_or_another_script_is_refused_in_one_sentence(code: str) -> None:
    with pytest.raises(Invalid, match=r"^The desk does not know the language “.*”\.$"):
        i18n.language(code)


def test_every_language_has_an_autonym_a_direction_and_a_fallback_that_babel_knows() -> None:
    from babel import Locale

    for known in i18n.languages().values():
        assert known.autonym and known.direction in ("ltr", "rtl") and known.script
        assert known.right_to_left == (known.script in ("Arab", "Aran", "Adlm"))
        assert Locale.parse(i18n.babel_locale(known.code))


def test_soninke_writes_dates_and_numbers_in_french_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    i18n.babel_locale.cache_clear()
    with caplog.at_level(logging.INFO, "mrc.i18n"):
        assert [i18n.babel_locale("snk") for _ in range(3)] == ["fr"] * 3
        assert i18n.babel_locale("am") == "am"
    assert [record.getMessage() for record in caplog.records] == [
        "No dates and numbers for snk (Soninke): written as in French."
    ]


def test_what_babel_lacks_is_said_in_the_language_that_stands_in() -> None:
    from mrc_app.corridors import countries
    from mrc_app.guides.card import language_name
    from mrc_app.guides.values import partial_day

    said = {
        code: (partial_day("2026-03", code), language_name("am", code), countries.name("SA", code))
        for code in ("snk", "kek", "ilo", "tvl", "kac", "gn")
    }
    assert said == {
        "snk": ("mars 2026", "amharique", "Arabie saoudite"),
        "kek": ("marzo de 2026", "amárico", "Arabia Saudí"),
        "ilo": ("Marso 2026", "Amharic", "Saudi Arabia"),
        "tvl": ("March 2026", "Amharic", "Saudi Arabia"),
        "kac": ("2026 မတ်", "အမ်ဟာရစ်ခ်", "ဆော်ဒီအာရေးဘီးယား"),
        "gn": ("2026 Jasyapy", "amárico", "Arabia Saudí"),
    }
    assert language_name("prs", "en") == "Dari"


def test_the_months_of_one_language_never_stand_in_another_s() -> None:
    from mrc_app.calendars import Calendar, month_names

    lao = month_names(Calendar.GREGORIAN, "lo")[2]
    assert lao == "ມີນາ"
    others = {code: month_names(Calendar.GREGORIAN, code)[2] for code in ("th", "vi", "id", "ms", "fil", "prs", "ha")}
    assert others == {
        "th": "มีนาคม", "vi": "Tháng 3", "id": "Maret", "ms": "Mac", "fil": "Marso", "prs": "مارچ", "ha": "Maris",
    }  # fmt: skip


def test_every_language_writes_a_day_with_its_month_as_a_word() -> None:
    from datetime import date

    from mrc_app.calendars import both

    for code in i18n.languages():
        text = both(date(2026, 11, 22), code)
        assert "2026" in text and "22" in text and any(sign.isalpha() for sign in text), f"{code}: {text}"
        assert not set(text) & set("\u200e\u200f\u061c"), code


def test_a_newer_po_is_used_before_an_older_mo_and_a_newer_mo_before_the_po(locales: Path) -> None:
    po = write(locales, "fr", "guides", {"D1.1": "premier"})
    mo = compile_to_mo(po)
    write(locales, "fr", "guides", {"D1.1": "second"})
    os.utime(mo, ns=(1_000, 1_000))
    assert i18n.Catalog.load("fr", "guides").find("D1.1") == "second"
    os.utime(mo, ns=(po.stat().st_mtime_ns + 1, po.stat().st_mtime_ns + 1))
    assert i18n.Catalog.load("fr", "guides").find("D1.1") == "premier"


def test_what_is_missing_empty_or_fuzzy_is_none_and_never_its_identifier(locales: Path) -> None:
    unsure = '\n#, fuzzy\nmsgid "D1.3"\nmsgstr "peut-être"\n'
    write(locales, "fr", "guides", {"D1.1": "oui", "D1.2": ""}, extra=unsure)
    catalog = i18n.Catalog.load("fr", "guides")
    assert [catalog.find(name) for name in ("D1.1", "D1.2", "D1.3", "D9.9", "")] == ["oui", None, None, None, None]
    assert i18n.Catalog.load("wo", "guides").find("D1.1") is None


def test_a_translation_that_equals_its_message_is_not_missing(locales: Path) -> None:
    write(locales, "fr", "mrc_app", {"Notes": "Notes"})
    catalog = i18n.Catalog.load("fr", "mrc_app")
    assert catalog.find("Notes") == "Notes" and catalog.find("Other") is None


def test_deleting_a_string_lowers_what_is_translated_and_not_the_total(locales: Path) -> None:
    english = {"D1.1": "one", "D1.2": "two", "D1.3": "three"}
    write(locales, "en", "guides", english, "source")
    write(locales, "am", "guides", {"D1.1": "አንድ", "D1.2": "ሁለት", "D1.3": "ሦስት"}, read=english)
    before = row("guides", "am")
    assert (before["translated"], before["total"], before["reviewed"]) == (3, 3, True)
    write(locales, "am", "guides", {"D1.1": "አንድ", "D1.2": "", "D9.9": "gone from the source"})
    after = row("guides", "am")
    assert (after["translated"], after["total"], after["reviewed"]) == (1, 3, False)
    assert row("guides", "snk")["translated"] == 0


def test_a_catalogue_is_reviewed_when_every_text_it_has_is_signed_as_it_stands(locales: Path) -> None:
    english = {"D1.1": "one", "D1.2": "two"}
    write(locales, "en", "guides", english, "source")
    write(locales, "am", "guides", {"D1.1": "አንድ", "D1.2": "ሁለት"}, "reviewed", read={"D1.1": "one"})
    assert [row("guides", "am")[name] for name in ("signed", "reviewed", "status")] == [1, False, "draft"]
    write(locales, "am", "guides", {"D1.1": "አንድ", "D1.2": "ሁለት"}, read=english)
    found = row("guides", "am")
    assert (found["status"], found["reviewed_by"], found["reviewed_on"]) == ("reviewed", ["interpreter"], "2026-11-20")
    write(locales, "en", "guides", {"D1.1": "one", "D1.2": "two, and another meaning"}, "source")
    assert row("guides", "am")["status"] == "draft"


def test_words_of_ones_own_that_are_damaged_or_do_not_fit_are_left_aside(
    locales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = {"D1.1": "one {n}", "D1.2": "two", "D1.3": "three"}
    write(locales, "en", "guides", english, "source")
    write(locales, "am", "guides", {"D1.1": "አንድ {n}", "D1.2": "ሁለት", "D1.3": "ሦስት"})
    monkeypatch.setenv("MRC_WORDS", str(locales / "own"))
    own = write(locales / "own", "am", "guides", {"D1.1": "{x}", "D1.2": "ሁለተኛ", "D1.3": "ሦስተኛ"}, read=english)
    own.write_text(own.read_text("utf-8").replace("ሦስተኛ", "ሦስት!"), "utf-8")
    catalog = i18n.Catalog.load("am", "guides")
    assert [catalog.find(id) for id in english] == ["አንድ {n}", "ሁለተኛ", "ሦስት"]
    own.write_bytes(b"\xff\xfe not a catalogue")
    assert i18n.Catalog.load("am", "guides").find("D1.2") == "ሁለት"
    assert row("guides", "am")["signed"] == 0


def test_a_catalogue_that_was_begun_and_says_nothing_counts_as_none(locales: Path) -> None:
    write(locales, "en", "guides", {"D1.1": "one"}, "source")
    write(locales, "wo", "guides", {"D1.1": ""})
    write(locales, "wo", "mrc_app", {"Yes": ""})
    assert (row("guides", "wo")["status"], row("guides", "wo")["translated"]) == ("none", 0)
    assert i18n.Catalog.load("wo", "guides").empty and not i18n.speaks("wo")


def test_the_screen_is_complete_in_the_language_it_is_written_in(locales: Path) -> None:
    write(locales, "fr", "mrc_app", {"Yes": "Oui", "No": ""})
    write(locales, "ar", "mrc_app", {"Yes": "نعم"})
    assert [(row("ui", code)["translated"], row("ui", code)["total"]) for code in ("en", "fr", "ar", "wo")] == [
        (2, 2),
        (1, 2),
        (1, 2),
        (0, 2),
    ]


def test_every_known_language_is_in_the_list_with_its_own_name() -> None:
    for kind in ("ui", "guides"):
        rows = i18n.completeness(kind)
        assert [found["code"] for found in rows] == list(i18n.languages())
        wanted = {"name", "autonym", "direction", "translated", "total", "reviewed"}
        assert all(wanted <= set(found) for found in rows)
        assert all(0 <= found["translated"] <= found["total"] for found in rows)
    assert row("guides", "en")["translated"] == row("guides", "en")["total"] > 300
    with pytest.raises(Invalid):
        i18n.completeness("poems")


def test_the_screen_speaks_one_language_while_a_document_speaks_another(locales: Path) -> None:
    write(locales, "fr", "mrc_app", {"Hello {name}": "Bonjour {name}", "Only {n}": "Seulement {n}"})
    write(locales, "am", "mrc_app", {"Hello {name}": "ሰላም {name}"})
    try:
        i18n.set_screen_language("fr")
        assert i18n._("Hello {name}", name="سعاد") == "Bonjour \u2068سعاد\u2069"
        assert i18n.Catalog.load("am", "mrc_app").find("Hello {name}") == "ሰላም {name}"
        assert i18n._("Not translated") == "Not translated"
        assert i18n._("") == ""
        assert i18n.ngettext("{n} day", "{n} days", 2) == "\u20682\u2069 days"
        i18n.set_screen_language("am")
        assert i18n._("Only {n}", n=1) == "Only \u20681\u2069"
    finally:
        i18n.set_screen_language("en")


def test_a_phone_number_is_isolated_left_to_right_and_never_broken() -> None:
    assert i18n.ltr("+966 11 000") == "\u2066+966\u00a011\u00a0000\u2069"
